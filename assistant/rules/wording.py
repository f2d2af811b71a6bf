"""Figures in words for steps and answers, and arithmetic that never rounds.

>>> format_quantity(Decimal(1600000), "CNY")
'160万元'
"""

from __future__ import annotations

from decimal import Context, Decimal, Inexact
from functools import lru_cache

from index.models import Bound
from index.quantities import formatting

EXACT = Context(prec=60, traps=[Inexact])
"""Arithmetic that raises instead of rounding."""

OPERATORS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "==": "="}
_BOUND_ZH = {Bound.EXACT: "", Bound.AT_MOST: "不超过", Bound.LESS_THAN: "低于", Bound.AT_LEAST: "不低于", Bound.MORE_THAN: "超过"}
_BOUND_EN = {
    Bound.EXACT: "",
    Bound.AT_MOST: "up to ",
    Bound.LESS_THAN: "less than ",
    Bound.AT_LEAST: "at least ",
    Bound.MORE_THAN: "more than ",
}


@lru_cache(maxsize=65536)  # the same thresholds and caps are written for every company
def format_quantity(value: Decimal, unit: str, lang: str = "zh") -> str:
    """The figure with its unit: 160万元, 5000万美元, 30%; in English RMB 1.6 million, USD 50 million, 30%."""
    return formatting.format_quantity(value, unit, lang)


def unit_name(unit: str) -> str:
    """The unit alone, in Chinese: 年 for year, 平方米 for m2."""
    return format_quantity(Decimal(2), unit).removeprefix("2")


def tidy(value: Decimal) -> Decimal:
    """The same number without zeros that say nothing and without exponent: 999800.00 -> 999800."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1), context=EXACT) if value == whole else value.normalize(EXACT)


def is_currency(unit: str) -> bool:
    """Whether the unit is money: CNY, USD … (not CNY/m2)."""
    return len(unit) == 3 and unit.isalpha() and unit.isupper() and unit != "TEU"


def bound_words(bound: Bound, lang: str = "zh") -> str:
    """The words before a limited figure: 不超过, up to; "" for an exact one."""
    return _BOUND_ZH[bound] if lang == "zh" else _BOUND_EN[bound]
