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
from assistant.rules.facts import Fact
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
        found.setdefault(measure.fact, Slot(measure.fact, measure.unit, _names(measure.fact, (measure.label, measure.label_en, *measure.aliases)), True))
    tiers = list(_compares(tier.when for tier in rule.tiers))
    for number, compare in enumerate([*tiers, *_compares(rule.conditions)]):
        names = _names(compare.fact, (compare.label, compare.label_en, *compare.aliases))
        found.setdefault(compare.fact, Slot(compare.fact, compare.unit, names, number < len(tiers) and not rule.basis))
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
    loose: list[Mention] = []
    used: list[Mention] = []
    for mention in question.mentions:
        scored = [(likeness(mention.phrase, slot.names), entry, slot) for entry, slot in all_slots if fits(mention.quantity.unit, slot.unit)]
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
            if strengths.get(place, (-1, 0.0)) <= (mention.order, score):  # the later turn wins, then the closer name
                strengths[place] = (mention.order, score)
                bound[entry.key][slot.fact] = as_fact(slot.fact, mention, slot.unit)
    for mention in loose:
        if _bind_loose(mention, entries, bound):
            used.append(mention)
    return Bindings(bound, used)


def as_fact(name: str, mention: Mention, unit: str) -> Fact:
    """The fact a mention states; a bare number takes the measure's unit."""
    return Fact(name, mention.quantity.value, mention.quantity.unit or unit)


def _bind_loose(mention: Mention, entries: Sequence[RuleEntry], bound: dict[tuple[str, str], dict[str, Fact]]) -> bool:
    """A figure whose words name nothing: to the open main measure it fits, else to the only open one."""
    taken = False
    for entry in entries:
        facts = bound[entry.key]
        candidates = [slot for slot in slots(entry.rule) if fits(mention.quantity.unit, slot.unit)]
        free = [slot for slot in candidates if slot.fact not in facts]
        target = next((slot for slot in free if slot.main), free[0] if len(free) == 1 else None)
        if target is None and mention.order > 0:  # a later turn restates a measure it need not name again
            target = candidates[0] if len(candidates) == 1 else next((slot for slot in candidates if slot.main), None)
        if target is not None:
            facts[target.fact] = as_fact(target.fact, mention, target.unit)
            taken = True
    return taken


def _chosen(rule: Rule, question: Question) -> dict[str, Fact]:
    """Facts that are named rather than counted: modes, levels, organisers, confirmed conditions."""
    facts: dict[str, Fact] = {}
    text = plain(question.text)
    if question.support_years and (rule.schedule or any(isinstance(part, Compare) and part.fact == "support_year" for part in rule.conditions)):
        facts["support_year"] = Fact("support_year", Decimal(question.support_years[0]), "")
    for condition in (*rule.conditions, *(tier.when for tier in rule.tiers)):
        for part in condition.of if isinstance(condition, AnyOf) else (condition,):
            if isinstance(part, OneOf):
                named = [option for option, words in _options(part) if any(_says(text, word) for word in words)]
                if named:
                    facts[part.fact] = Fact(part.fact, tuple(dict.fromkeys(named)) if len(named) > 1 else named[0], "")
            elif isinstance(part, Confirm) and any(name and plain(name) in text for name in condition_names(part)):
                facts[part.fact] = Fact(part.fact, True, "")
    return facts


def _options(condition: OneOf) -> Iterable[tuple[str, tuple[str, ...]]]:
    for number, option in enumerate(condition.options):
        words = [plain(option)]
        if option.endswith("级") and len(option) <= 3:
            words += [option[:-1] + "里", option[:-1] + "内"]
        if number < len(condition.options_en):
            words.append(plain(condition.options_en[number]))
        yield option, tuple(words)


_DENIED = re.compile(r"(?:不是|并非|非|不属于|没有|除了?|不由|以外|not (?:\w+ ){0,4}|other than |except )[^，,。;；]{0,12}$")


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
