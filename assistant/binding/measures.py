"""The measures a rule needs, each with its unit and all its names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.binding.names import likest_plain
from assistant.glossary.measures import load_measures
from assistant.knowledge import plain
from assistant.rules.facts import CONSUMPTION_TAX_RATE, VAT_RATE
from assistant.rules.schema import AnyOf, Compare, Condition, Rule

STATUTORY_TAX = "statutory_tax"
"""VAT and consumption tax due by law, as given by the user: the share of them is what remains to pay."""

_STATUTORY_NAMES = (
    "法定应纳增值税",
    "应纳增值税",
    "增值税",
    "应纳消费税",
    "消费税",
    "statutory vat",
    "vat of",
    "consumption tax of",
    "consumption tax",
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A measure a rule needs, with all its names."""

    fact: str
    unit: str
    names: tuple[str, ...]
    main: bool
    """The basis or what the amount is counted by, as opposed to a condition."""
    least: bool = False
    """A condition asks for so much or more of it."""


def slots(rule: Rule) -> tuple[Slot, ...]:
    """All measures of a rule, each once, the basis first."""
    found: dict[str, Slot] = {}
    measures = [*([rule.basis] if rule.basis else []), *rule.per, *([rule.tax.value, rule.tax.annual] if rule.tax else [])]
    for measure in measures:
        main = not rule.tax or measure is rule.tax.value
        found.setdefault(
            measure.fact, Slot(measure.fact, measure.unit, _names(measure.fact, (measure.label, measure.label_en, *measure.aliases)), main)
        )
    tiers = list(_compares(tier.when for tier in rule.tiers))
    needs = _compares(part for tier in rule.tiers for part in tier.needs)
    for number, compare in enumerate([*tiers, *needs, *_compares(rule.conditions)]):
        names = _names(compare.fact, (compare.label, compare.label_en, *compare.aliases))
        found.setdefault(
            compare.fact, Slot(compare.fact, compare.unit, names, number < len(tiers) and not rule.basis, compare.op in (">", ">="))
        )
    if rule.tax:
        for fact, names in (
            (VAT_RATE, ("增值税率", "增值税", "税率", "vat")),
            (CONSUMPTION_TAX_RATE, ("消费税率", "消费税", "consumption tax")),
        ):
            found[fact] = Slot(fact, "ratio", _names(fact, names), False)
        found[STATUTORY_TAX] = Slot(STATUTORY_TAX, "CNY", _names(STATUTORY_TAX, _STATUTORY_NAMES), False)
    return tuple(found.values())


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


def named(phrase: str, rule: Rule) -> tuple[float, str, str]:
    """How much a phrase is like a measure of the rule, the name it is like, and the measure's fact."""
    return max(((*likest_plain(phrase, slot.names), slot.fact) for slot in slots(rule)), default=(0.0, "", ""))
