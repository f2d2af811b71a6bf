"""Steps that add up: each share or price is of the part of the measure between its threshold and the next.

1.2亿元 at 1% up to 5000万元, 1.5% up to 1亿元 and 2% beyond: 50万元 + 75万元 + 40万元 = 165万元
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from assistant.rules.conditions import check_condition
from assistant.rules.schema import Compare, Rule, Tier
from assistant.rules.sums import Part, Sum, product_step
from assistant.rules.wording import EXACT, format_quantity


class _Band(NamedTuple):
    tier: Tier
    low: Decimal
    high: Decimal | None


def in_bands(rule: Rule) -> bool:
    """Whether a step of the rule is of the part above its threshold only."""
    return any(tier.beyond for tier in rule.tiers)


def band_parts(rule: Rule, total: Sum) -> list[Part]:
    """The bands that the measure reaches, added up; none when it is not given, or below the first threshold."""
    if rule.basis is None:
        return []
    value = total.value(rule.basis)
    if value is None:
        return []
    amounts: list[Decimal] = []
    for tier, low, high in _bands(rule):
        figure = tier.rate or tier.amount
        if figure is None or value <= low:
            continue
        total.use(figure)
        total.currency = rule.basis.unit if tier.rate else figure.unit.partition("/")[0]
        part = _part(value, low, high, rule.basis.unit, total)
        amounts.append(EXACT.multiply(part, figure.value))
        product_step(total, [(part, rule.basis.unit), (figure.value, figure.unit)], amounts[-1])
    if not amounts:
        total.failed.append(check_condition(rule.tiers[0].when, total.given, rule.article))
        return []
    whole = sum(amounts, Decimal(0))
    if len(amounts) > 1:
        terms, terms_en = (" + ".join(total.show(amount, lang) for amount in amounts) for lang in ("zh", "en"))
        total.step(f"{terms} = {total.show(whole)}", f"{terms_en} = {total.show(whole, 'en')}")
    return [Part(whole)]


def _bands(rule: Rule) -> list[_Band]:
    """Each step with the ends of its part, in order."""
    lows = sorted((_threshold(tier), number) for number, tier in enumerate(rule.tiers))
    highs = [low for low, _ in lows[1:]]
    return [_Band(rule.tiers[number], low, high) for (low, number), high in zip(lows, [*highs, None], strict=True)]


def _threshold(tier: Tier) -> Decimal:
    """Where the part of a step begins; at 0 for one that is not of the part above a threshold."""
    return tier.when.value if tier.beyond and isinstance(tier.when, Compare) else Decimal(0)


def _part(value: Decimal, low: Decimal, high: Decimal | None, unit: str, total: Sum) -> Decimal:
    """What of the value lies in a band, with the step that says so."""
    top = value if high is None else min(value, high)
    if low:
        (a, b, c), (a_en, b_en, c_en) = ([format_quantity(q, unit, lang) for q in (top, low, top - low)] for lang in ("zh", "en"))
        total.step(f"{a} − {b} = {c}", f"{a_en} − {b_en} = {c_en}")
    return top - low
