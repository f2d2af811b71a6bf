"""Spoils what is said: status, quotations, negations, and sentences that were never in any document."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from assistant.rules.schema import RuleKind
from eval.mutations.source import Change, Mutator, Source, cited_text, end_of_conclusion, gap, names_of
from eval.mutations.words import WORDS
from index.quantities import parse_quantities


def no_status(source: Source, chance: random.Random) -> Iterator[Change]:
    """Every word that says what the document is worth is taken out, and figures are left."""
    del chance
    standings = {policy.standing(source.on) for policy in source.policies}
    if len(source.policies) == 1 and source.answer.calculations and (pattern := WORDS.status.get(*standings)):
        yield 0, len(source.text), re.sub(pattern, "", source.text)


def status(source: Source, chance: random.Random) -> Iterator[Change]:
    """A draft is given as in force, a plan that is over as valid."""
    del chance
    for old, new in WORDS.in_force:
        for match in re.finditer(re.escape(old), source.text):
            yield match.start(), match.end(), new


def quotation(source: Source, chance: random.Random) -> Iterator[Change]:
    """One character of a quotation is another."""
    for start, end in source.quotations:
        at = chance.choice([i for i in range(start, end) if "\u4e00" <= source.text[i] <= "\u9fff"])
        yield at, at + 1, chance.choice([c for c in "办把与其将内新可有关" if c != source.text[at]])


def _sentences_elsewhere(source: Source) -> list[str]:
    places = {policy.place.name for policy in source.policies}
    cited = "".join(cited_text(source)).replace(" ", "")
    found = []
    for entry in source.knowledge.entries:
        if entry.policy.place.name in places or not entry.rule.gives_money or entry.rule.kind is RuleKind.TIERS:
            continue
        figures = [quantity.text.replace(" ", "") for quantity in parse_quantities(entry.rule.quote) if quantity.unit in ("CNY", "ratio")]
        # A figure that stands in the cited articles as well would leave nothing wrong but the matter.
        if figures and not any(figure in cited for figure in figures):
            found.append(entry.rule.quote.rstrip("。") + "。")
    return found


def other_city(source: Source, chance: random.Random) -> Iterator[Change]:
    """A sentence of another city's document is put under the name of this one."""
    if not source.answer.citations:
        return
    sentences = _sentences_elsewhere(source)
    at = end_of_conclusion(source)
    for sentence in chance.sample(sentences, min(2, len(sentences))):
        yield at, at, f"\n\n{names_of(source.policies[0])[0]}：{sentence}"


def invented(source: Source, chance: random.Random) -> Iterator[Change]:
    """An incentive with a figure that no document knows is added."""
    if not source.answer.citations:
        return
    cited = "".join(cited_text(source)) + source.text + source.said
    amounts = [a for a in (37, 43, 67, 83, 91) if str(a) not in cited]
    rates = [b for b in (11, 17, 19, 23) if str(b) not in cited]
    if amounts and rates:
        at = end_of_conclusion(source)
        for pair in WORDS.invented:
            yield at, at, gap(source) + pair[not source.chinese].format(a=chance.choice(amounts), b=chance.choice(rates))


def invented_plain(source: Source, chance: random.Random) -> Iterator[Change]:
    """An incentive in words alone that no document knows is added."""
    del chance
    if source.answer.citations:
        at = end_of_conclusion(source)
        yield from ((at, at, gap(source) + pair[not source.chinese]) for pair in WORDS.invented_plain)


def replacing(pairs: Sequence[tuple[str, str]], guard: Callable[[Source], bool] = lambda _: True) -> Mutator:
    """A way to spoil that puts the new words of each pair for the old ones, outside quotations."""

    def mutate(source: Source, chance: random.Random) -> Iterator[Change]:
        del chance
        for old, new in pairs:
            for match in re.finditer(re.escape(old), source.text):
                if guard(source) and not source.is_quoted(match.start()):
                    yield match.start(), match.end(), new

    return mutate


def marks(source: Source, chance: random.Random) -> Iterator[Change]:
    """A condition that is met is given as not met, or the other way round."""
    del chance
    for match in re.finditer(r"(?m)^- ([✓✗])", source.text):
        yield match.start(1), match.end(1), "✗" if match[1] == "✓" else "✓"
