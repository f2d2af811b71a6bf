"""Which figure of a question belongs to which measure of a rule.

A figure goes to the measure whose names are most like the words around it, if the units fit; a figure whose
words name nothing goes to the only open measure of its kind. So a new policy needs no new code here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.glossary.measures import load_measures
from assistant.knowledge import RuleEntry, condition_names, plain
from assistant.rules.facts import CONSUMPTION_TAX_RATE, VAT_RATE, Fact
from assistant.rules.figures import figures_of
from assistant.rules.schema import AnyOf, Compare, Condition, Confirm, OneOf, Rule
from assistant.understanding.question import Mention, Question

_DIMENSIONS = {
    "CNY": "money", "USD": "money", "EUR": "money", "HKD": "money", "JPY": "money",
    "year": "time", "month": "time", "day": "time",
    "m2": "area", "mu": "area",
    "ratio": "share", "percentage_point": "share",
}  # fmt: skip
_COUNTS = frozenset({"item", "time", "", "set", "piece"})


def dimension(unit: str) -> str:
    """What kind of thing a unit measures; counts keep their own unit."""
    return _DIMENSIONS.get(unit, unit)


def fits(given: str, wanted: str) -> bool:
    """Whether a figure in unit `given` can state a measure in unit `wanted`."""
    if given == "":
        return dimension(wanted) != "share"
    if dimension(given) == dimension(wanted):
        return True
    return wanted not in _DIMENSIONS and given not in _DIMENSIONS and (given in _COUNTS or wanted in _COUNTS)


@dataclass(frozen=True, slots=True)
class Slot:
    """A measure a rule needs, with all its names."""

    fact: str
    unit: str
    names: tuple[str, ...]
    main: bool
    """The basis or what the amount is counted by, as opposed to a condition."""


@lru_cache(maxsize=2048)
def _names(fact: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    entry = load_measures().get(fact)
    known = (entry.label, entry.label_en, *entry.names) if entry else ()
    return tuple(dict.fromkeys(plain(name) for name in (*labels, *known) if name))


def _compares(conditions: Iterable[Condition]) -> Iterable[Compare]:
    for condition in conditions:
        if isinstance(condition, Compare):
            yield condition
        elif isinstance(condition, AnyOf):
            yield from _compares(condition.of)


def slots(rule: Rule) -> tuple[Slot, ...]:
    """All measures of a rule, each once, the basis first."""
    found: dict[str, Slot] = {}
    measures = [*([rule.basis] if rule.basis else []), *rule.per, *([rule.tax.value, rule.tax.annual] if rule.tax else [])]
    for measure in measures:
        main = not rule.tax or measure is rule.tax.value
        found.setdefault(measure.fact, Slot(measure.fact, measure.unit, _names(measure.fact, (measure.label, measure.label_en, *measure.aliases)), main))
    tiers = list(_compares(tier.when for tier in rule.tiers))
    for number, compare in enumerate([*tiers, *_compares(rule.conditions)]):
        names = _names(compare.fact, (compare.label, compare.label_en, *compare.aliases))
        found.setdefault(compare.fact, Slot(compare.fact, compare.unit, names, number < len(tiers) and not rule.basis))
    if rule.tax:
        for fact in (VAT_RATE, CONSUMPTION_TAX_RATE):
            found[fact] = Slot(fact, "ratio", _names(fact, ()), False)
    return tuple(found.values())


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def likeness(phrase: str, names: Sequence[str]) -> float:
    """How much the words around a figure are like one of the names: 1 and more when a whole name stands there."""
    best = 0.0
    words = set(re.findall(r"[a-z]+", phrase))
    for name in names:
        if name in phrase:
            score = 1.0 + len(name) / 50
        elif name.isascii():
            parts = [part for part in re.findall(r"[a-z]+", name) if len(part) > 2]
            score = 0.9 * sum(part in words for part in parts) / len(parts) if parts else 0.0
        else:
            pairs = _pairs(name)
            score = 0.9 * len(pairs & _pairs(phrase)) / len(pairs) if pairs else 0.0
        best = max(best, score)
    return best


@dataclass
class Bindings:
    """Facts for each rule."""

    by_rule: dict[tuple[str, str], dict[str, Fact]]
    used: list[Mention]
    """Mentions that state a fact of the company; the others may be claims about the policy."""

    def facts(self, entry: RuleEntry) -> dict[str, Fact]:
        """Facts for this rule by name."""
        return self.by_rule.get(entry.key, {})

    def numbers(self, entry: RuleEntry) -> dict[str, Fact]:
        """Those of them that are figures."""
        return {name: fact for name, fact in self.facts(entry).items() if not isinstance(fact.value, bool | str) and fact.name != "support_year"}


def bind(entries: Sequence[RuleEntry], question: Question) -> Bindings:
    """Facts for each of the rules. Later mentions override earlier ones."""
    all_slots = [(entry, slot) for entry in entries for slot in slots(entry.rule)]
    bound: dict[tuple[str, str], dict[str, Fact]] = {entry.key: _chosen(entry.rule, question) for entry in entries}
    strengths: dict[tuple[tuple[str, str], str], tuple[int, float]] = {}
    last: dict[tuple[tuple[str, str], str], Mention] = {}
    loose: list[Mention] = []
    used: list[Mention] = []
    for mention in question.mentions:
        narrowed = 0.5 if _NARROWED.search(mention.before) else 0.0
        scored = [(likeness(mention.phrase, slot.names) + narrowed, entry, slot) for entry, slot in all_slots if fits(mention.quantity.unit, slot.unit)]
        top = max((score for score, _, _ in scored), default=0.0)
        if top < 0.3:
            loose.append(mention)
            continue
        used.append(mention)
        for entry in entries:
            score, slot = max(((score, slot) for score, other, slot in scored if other is entry), key=lambda pair: pair[0], default=(0.0, None))
            if slot is None or score < 0.75 * top:
                continue
            place = (entry.key, slot.fact)
            known = bound[entry.key].get(slot.fact)
            if known is not None and slot.main and _adds_up(question.text, last[place], mention):
                bound[entry.key][slot.fact] = _together(known, as_fact(slot.fact, mention, slot.unit), entry.rule)
                last[place] = mention
                continue
            if strengths.get(place, (-1, 0.0)) <= (mention.order, score):  # the later turn wins, then the closer name
                strengths[place] = (mention.order, score)
                last[place] = mention
                bound[entry.key][slot.fact] = as_fact(slot.fact, mention, slot.unit)
    placed: dict[tuple[tuple[str, str], str], Mention] = {}
    for mention in loose:
        if _bind_loose(mention, entries, bound, placed, question.text):
            used.append(mention)
    return Bindings(bound, used)


_NARROWED = re.compile(r"(?:只有|仅有?|其中|真正|实际)\s*$|\b(?:only|of which)\s*$", re.IGNORECASE)
_JOINED = re.compile(r"[、和及与跟＋+]|另外?|还有|再加|\band\b|\bplus\b")


def _adds_up(text: str, first: Mention, second: Mention) -> bool:
    """Whether two figures of one message for one measure are parts of a sum: 展位费5万元、人员费3万元."""
    if first.order != second.order or first.quantity.start >= second.quantity.start:
        return False
    between = text[first.quantity.end : second.quantity.start]
    return len(between) <= 16 and bool(_JOINED.search(between)) and first.quantity.unit == second.quantity.unit


def _together(first: Fact, second: Fact, rule: Rule) -> Fact:
    """Both amounts: kept apart where each transaction is taxed on its own, added elsewhere."""
    values = first.value if isinstance(first.value, tuple) else (first.value,)
    both = (*values, second.value)
    if rule.tax is not None:
        return Fact(first.name, both, first.unit)  # type: ignore[arg-type]
    return Fact(first.name, sum((value for value in both if isinstance(value, Decimal)), Decimal(0)), first.unit)


def as_fact(name: str, mention: Mention, unit: str) -> Fact:
    """The fact a mention states; a bare number takes the measure's unit."""
    return Fact(name, mention.quantity.value, mention.quantity.unit or unit)


def _bind_loose(
    mention: Mention,
    entries: Sequence[RuleEntry],
    bound: dict[tuple[str, str], dict[str, Fact]],
    placed: dict[tuple[tuple[str, str], str], Mention],
    text: str,
) -> bool:
    """A figure whose words name nothing: to the open main measure it fits, else to the only open one.

    A later turn replaces what an earlier one put there; a second figure of the same message is added to the first.
    A figure that the rule itself states (那50万) is a citation of it, not a fact.
    """
    taken = False
    for entry in entries:
        facts = bound[entry.key]
        own = {value for value, unit in figures_of(entry.rule) if unit != "ratio"}
        candidates = [slot for slot in slots(entry.rule) if fits(mention.quantity.unit, slot.unit)]
        earlier = [slot for slot in candidates if (entry.key, slot.fact) in placed]
        free = [slot for slot in candidates if slot.fact not in facts]
        if earlier and _adds_up(text, placed[entry.key, earlier[0].fact], mention):
            slot = earlier[0]
            facts[slot.fact] = _together(facts[slot.fact], as_fact(slot.fact, mention, slot.unit), entry.rule)
            placed[entry.key, slot.fact] = mention
            taken = True
            continue
        if earlier and placed[entry.key, earlier[0].fact].order < mention.order:
            target: Slot | None = earlier[0]
        elif mention.quantity.value in own and mention.quantity.unit in ("", "CNY") and not _MEASURED.search(mention.before):
            target = None
        else:
            target = next((slot for slot in free if slot.main), free[0] if len(free) == 1 else None)
        if target is None and mention.order > 0 and mention.quantity.value not in own:
            target = candidates[0] if len(candidates) == 1 else next((slot for slot in candidates if slot.main), None)
        if target is not None:
            facts[target.fact] = as_fact(target.fact, mention, target.unit)
            placed[entry.key, target.fact] = mention
            taken = True
    return taken


_MEASURED = re.compile(r"(?:额|费|做了|花了?|卖了?|有|达到|是|为|面积|了|约|大概|正好|刚好|恰好|如果是|要是)\s*$|\b(?:of|is|was|spent|paid|exactly)\s*$")


_NO_CONSUMPTION_TAX = re.compile(r"(?:无|没有|不征|免征?|不含|不涉及|不交|不收)消费税|消费税(?:为|是)?(?:0|零|没有)|no consumption ?tax|without consumption ?tax")


def _chosen(rule: Rule, question: Question) -> dict[str, Fact]:
    """Facts that are named rather than counted: modes, levels, organisers, confirmed conditions."""
    facts: dict[str, Fact] = {}
    texts = [plain(text) for text in (question.text, question.said) if text]
    if question.support_years and (rule.schedule or any(isinstance(part, Compare) and part.fact == "support_year" for part in rule.conditions)):
        facts["support_year"] = Fact("support_year", Decimal(question.support_years[0]), "")
    if rule.tax and any(_NO_CONSUMPTION_TAX.search(text) for text in texts):
        facts[CONSUMPTION_TAX_RATE] = Fact(CONSUMPTION_TAX_RATE, Decimal(0), "ratio")
    for condition in (*rule.conditions, *(tier.when for tier in rule.tiers)):
        for part in condition.of if isinstance(condition, AnyOf) else (condition,):
            if isinstance(part, OneOf):
                named = next((chosen for text in texts if (chosen := _named(part, text))), [])
                if named:
                    facts[part.fact] = Fact(part.fact, tuple(dict.fromkeys(named)) if len(named) > 1 else named[0], "")
            elif isinstance(part, Confirm) and (said := _confirmed(part, texts)) is not None:
                facts[part.fact] = Fact(part.fact, said, "")
    return facts


def _confirmed(condition: Confirm, texts: Sequence[str]) -> bool | None:
    """True when the user says so, False when the user denies it, None when nothing is said."""
    for text in texts:
        for name in condition_names(condition):
            word = plain(name) if name else ""
            if word and word in text:
                return _says(text, word)
    return None


def _named(condition: OneOf, text: str) -> list[str]:
    """The options the text affirms."""
    return [option for option, words in _options(condition) if any(_says(text, word) for word in words)]


def _options(condition: OneOf) -> Iterable[tuple[str, tuple[str, ...]]]:
    for number, option in enumerate(condition.options):
        words = [plain(option)]
        if option.endswith("级") and len(option) <= 3:
            words += [option[:-1] + "里", option[:-1] + "内"]
        if number < len(condition.options_en):
            words.append(plain(condition.options_en[number]))
        yield option, tuple(words)


_DENIED = re.compile(r"(?:不是|未|尚未|没|还没|并非|非|不属于|没有|除了?|不由|以外|not (?:\w+ ){0,4}|other than |except )[^，,。;；]{0,12}$")


def _says(text: str, word: str) -> bool:
    """Whether the text affirms the word: it stands there and is not denied right before."""
    at = text.find(word)
    return at >= 0 and not _DENIED.search(text[max(0, at - 24) : at])


def conditions_met(rule: Rule) -> Rule:
    """The rule with its thresholds taken as met, as the user states; they stay listed."""
    changed = tuple(
        Confirm.model_validate({"is": "confirm", "fact": part.fact, "label": part.label, "label_en": part.label_en, "assumed": True})
        if isinstance(part, Compare)
        else part
        for part in rule.conditions
    )
    return rule.model_copy(update={"conditions": changed})
