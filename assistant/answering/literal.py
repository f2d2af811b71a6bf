"""The last look before a question is called unanswered: what of it stands literally in the documents.

Silence is only said of words that stand nowhere. A name or a figure of the texts is enough to find the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.several import cites_figure
from assistant.answering.words import WORDS
from assistant.compose.draft import Context, Draft
from assistant.compose.incentives import answer_incentives
from assistant.compose.listing import answer_list
from assistant.compose.passages import answer_passages
from assistant.findings import Findings, is_head
from assistant.holding import holds
from assistant.knowledge import RARE, RuleEntry, plain
from assistant.rules.describe import describe
from assistant.rules.figures import figures_of
from assistant.rules.schema import Period, RuleKind
from assistant.selecting import Passage, RuleMatch
from assistant.understanding.patterns import MARKERS
from assistant.understanding.question import Ask, Unit
from assistant.understanding.topic import EVERYWHERE

_LIMITS = frozenset({RuleKind.TAX, RuleKind.THRESHOLD})
_SHORT = 2
_TOLD = 3
"""So many rules are told in full; more are listed."""


def by_figure(context: Context, found: Findings) -> Draft | None:
    """The rules that state the figure asked about, where no word says which rule is meant: 最多不超过100万是每年还是总共."""
    text = context.question.text
    entries = [entry for policy in found.policies for entry in context.knowledge.rules_of([policy.id])]
    entries = [entry for entry in entries if _states(context, entry)]
    if not WORDS["of_the_text"].search(text) or context.question.personal:
        entries = [entry for entry in entries if entry.rule.kind in _LIMITS]
    entries = _of_period(text, _of_newest(context, entries))
    if not entries:
        return None
    if len(entries) > _TOLD:
        return answer_list(context, entries)
    told = Context(context.knowledge, context.question.with_(asks=context.question.asks - {Ask.TOTAL}), context.on)
    return answer_incentives(told, [RuleMatch(1.0, (), entry) for entry in entries])


def _states(context: Context, entry: RuleEntry) -> bool:
    """Whether the rule states a figure of the question; 全额 is one: the whole of the cost."""
    if WORDS["in_full"].search(context.question.text) and entry.rule.gives_money:
        return (Decimal(1), "ratio") in figures_of(entry.rule)
    if entry.rule.kind in _LIMITS:
        figures = set(figures_of(entry.rule))
        return any((said.quantity.value, said.quantity.unit) in figures for said in context.question.mentions)
    return cites_figure(context, entry)


def _of_newest(context: Context, entries: Sequence[RuleEntry]) -> list[RuleEntry]:
    """Without those of an earlier document where a later one states the figure too, unless versions are named."""
    policies = {entry.policy.id for entry in entries}
    return [entry for entry in entries if context.question.versions_named or not policies.intersection(entry.policy.superseded_by)]


def _of_period(text: str, entries: Sequence[RuleEntry]) -> list[RuleEntry]:
    """Those paid as often as the question says beside the figure (每年最高30万), where any is and it does not ask how often."""
    if WORDS["how_often"].search(text) or not WORDS["yearly"].search(text):
        return list(entries)
    yearly = [entry for entry in entries if entry.rule.period is Period.YEAR or any(cap.per == "year" for cap in entry.rule.every_cap)]
    return yearly or list(entries)


def stands(found: Findings, forms: Sequence[str]) -> bool:
    """Whether one of the words stands in the documents at hand."""
    entries = found.context.knowledge.articles_of([policy.id for policy in found.policies])
    return any(holds(entry.text, forms) for entry in entries)


def _own_forms(unit: Unit) -> list[str]:
    """The word as the asker wrote it, what of it is a word of its own (老字号 of 老字号企业), what it is short for (综保区)."""
    parts = [form for form in unit.forms if form in unit.name and len(form) > _SHORT]
    return list(dict.fromkeys([unit.name, *parts, *(form for form in unit.forms if _is_short_for(unit.name, form))]))


def _is_short_for(short: str, full: str) -> bool:
    rest = iter(full)
    return all(character in rest for character in short)


def mentioned(found: Findings) -> Passage | None:
    """The sentence that names what is asked about: all rare words of the question that stand in the documents.

    A word that is not rare counts where support is asked for this very thing (物流补贴), if nothing else is asked for.
    """
    text = plain(found.question.text)
    named = [number for number, unit in enumerate(found.units) if unit.topic or unit.weight >= RARE]
    named = [number for number in named if any(form in text and stands(found, [form]) for form in _own_forms(found.units[number]))]
    wanted = [number for number in named if found.units[number].weight >= RARE]
    if not wanted and not absent(found):
        wanted = [number for number in named if found.units[number].weight > EVERYWHERE and is_head(found.units[number], text)]
    passages = found.passages()[:20]
    return next((passage for passage in passages if wanted and all(passage.strengths[number] == 1.0 for number in wanted)), None)


def answer_mentioned(context: Context, passage: Passage) -> Draft:
    """A thing that the documents name without a sum for it: the sentence, and what its article pays."""
    lead = context.say("文件提到了，但没有写明给它多少钱：", "The document mentions it but states no amount for it:")
    if context.question.confirming:
        lead = context.say("不对，", "No. ") + lead
    draft = answer_passages(context, [passage], lead=lead)
    article = passage.entry.article
    for entry in context.knowledge.rules_of([passage.entry.policy.id]):
        if entry.rule.gives_money and entry.article.start == article.start and article.path:
            told = describe(entry.rule, context.language)
            draft.rules.append(entry)
            draft.cite(entry.rules.citation(entry.rule))
            label = context.label(entry.rule)
            draft.details.append(context.say(f"同一条写明的支持：{label}，{told}。", f"The same article gives: {label}: {told}."))
    return draft


def absent(found: Findings) -> list[Unit]:
    """Topic words that stand nowhere in the documents at hand: only of them can it be said that the documents are silent."""
    return [unit for unit in found.topics if not stands(found, _own_forms(unit))]


def bought_unknown(found: Findings) -> list[Unit]:
    """Things whose purchase support is asked for (买大巴车有补贴吗) of which the documents at hand know nothing."""
    text = found.question.text.lower()
    if any(MARKERS["goods_of_any_kind"].search(match.entry.quote) for match in found.chosen):
        return []  # it may be one of them
    return [
        unit
        for unit in found.units
        if not unit.name.isascii()
        and not stands(found, unit.forms)
        and is_head(unit, text)
        and (MARKERS["bought_as_one"].search(unit.name) or MARKERS["bought"].search(text[: max(text.find(unit.forms[0]), 0)]))
    ]


def only_place(found: Findings) -> tuple[str, ...]:
    """Policies of the only place whose documents hold a name of the question; () if there is no such name or place."""
    names = [unit for unit in found.units if unit.weight >= RARE and len(unit.name) > 2 and not unit.name.isascii()]
    entries = found.context.knowledge.articles_of()
    holding = [entry.policy for entry in entries if any(unit.name in entry.text for unit in names)]
    places = {policy.place for policy in holding}
    if len(places) != 1:
        return ()
    return tuple(policy.id for policy in found.context.knowledge.policies.values() if policy.place in places)
