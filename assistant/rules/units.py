"""Exact conversion between units that measure the same, and between currencies at a rate the user gives.

    >>> convert(Decimal(18), "month", "year", None)
    Decimal('1.5')

No exchange rate is built in: without one, a conversion between currencies is None.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from assistant.rules.wording import EXACT, is_currency

# unit -> (what it measures, how many of the smallest unit)
_SCALES: dict[str, tuple[str, Fraction]] = {
    "m2": ("area", Fraction(1)),
    "mu": ("area", Fraction(2000, 3)),  # 15亩 are one hectare
    "month": ("months", Fraction(1)),
    "quarter": ("months", Fraction(3)),
    "year": ("months", Fraction(12)),
    "hour": ("hours", Fraction(1)),
    "day": ("hours", Fraction(24)),
    "week": ("hours", Fraction(168)),
    "g": ("mass", Fraction(1)),
    "jin": ("mass", Fraction(500)),
    "kg": ("mass", Fraction(1000)),
    "ton": ("mass", Fraction(1_000_000)),
    "m": ("length", Fraction(1)),
    "km": ("length", Fraction(1000)),
}
# Counted things: people say 20个 or 20户 of what the text counts in 家.
_COUNTS = frozenset({"company", "item", "person", "order", "time", "person_time", "TEU", ""})


def comparable(source: str, target: str) -> bool:
    """Whether a figure in `source` can stand where `target` is asked for (currencies: given a rate)."""
    if source == target or (is_currency(source) and is_currency(target)):
        return True
    if source in _COUNTS and target in _COUNTS:
        return True
    return source in _SCALES and target in _SCALES and _SCALES[source][0] == _SCALES[target][0]


def factor(source: str, target: str, exchange_rate: Decimal | None) -> Fraction | None:
    """What to multiply a figure in `source` by to have it in `target`; None without the rate that is needed.

    Args:
        source: Unit of the figure.
        target: Unit wanted; `comparable` with it.
        exchange_rate: CNY for one unit of the other currency.
    """
    if source == target or (source in _COUNTS and target in _COUNTS):
        return Fraction(1)
    if is_currency(source) and is_currency(target):
        if not exchange_rate or "CNY" not in (source, target):
            return None
        return Fraction(exchange_rate) if target == "CNY" else 1 / Fraction(exchange_rate)
    return _SCALES[source][1] / _SCALES[target][1]


def convert(value: Decimal, source: str, target: str, exchange_rate: Decimal | None) -> Decimal | None:
    """The figure in another unit, exactly; None without the exchange rate, or where it has no finite decimal form."""
    if source == target:
        return value
    ratio = factor(source, target, exchange_rate)
    return None if ratio is None else to_decimal(Fraction(value) * ratio)


def to_decimal(fraction: Fraction) -> Decimal | None:
    """The fraction as a decimal if it has a finite one (8 months are no finite number of years)."""
    rest = fraction.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    return EXACT.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))
