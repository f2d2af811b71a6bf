"""Whether a figure that somebody gave, exactly or not, reaches a threshold.

>>> reaches(">=", Decimal(100), Range.of(Decimal(100), Bound.LESS_THAN))     # 不到100平方米 against 100平方米以上
<Eligible.NO: 'no'>
>>> reaches(">=", Decimal(100), Range.of(Decimal(300), Bound.LESS_THAN))     # 不到300平方米 may be 80 or 280
<Eligible.UNKNOWN: 'unknown'>
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.models import Eligible
from index.models import Bound

Number = Decimal | Fraction

NEARLY = Fraction(4, 5)
"""Nearly so much is taken as no less than this share of it: 将近5000万美元 is more than 4000万."""

_BELOW = (Bound.LESS_THAN, Bound.AT_MOST)
_ABOVE = (Bound.MORE_THAN, Bound.AT_LEAST)
_WORDS = {
    Bound.LESS_THAN: ("不到{}", "less than {}"),
    Bound.AT_MOST: ("不超过{}", "at most {}"),
    Bound.AT_LEAST: ("至少{}", "at least {}"),
    Bound.MORE_THAN: ("超过{}", "more than {}"),
}


@dataclass(frozen=True, slots=True)
class Range:
    """All values a figure may stand for; None where it has no end."""

    low: Fraction | None
    high: Fraction | None
    open_low: bool = False
    """The low end itself does not count: 超过100."""
    open_high: bool = False

    @classmethod
    def of(cls, value: Number, bound: Bound, *, near: bool = False) -> Range:
        """What a value stands for with the words around it; `near`: not far from it (接近1000平, 900多平)."""
        end = Fraction(value)
        if bound in _BELOW:
            return cls(end * NEARLY if near else None, end, open_high=bound is Bound.LESS_THAN)
        if bound in _ABOVE:
            return cls(end, end + _last_digit(value) if near else None, open_low=bound is Bound.MORE_THAN, open_high=True)
        return cls(end, end)


def reaches(op: str, threshold: Number, given: Range) -> Eligible:
    """Yes where every value of the range holds, no where none does, else unknown."""
    limit = Fraction(threshold)
    if op in (">=", ">"):
        return _verdict(_all_above(given, limit, strict=op == ">"), _all_below(given, limit, strict=op == ">="))
    if op in ("<=", "<"):
        return _verdict(_all_below(given, limit, strict=op == "<"), _all_above(given, limit, strict=op == "<="))
    only = given.low == given.high == limit
    return _verdict(only, _all_above(given, limit, strict=True) or _all_below(given, limit, strict=True))


def format_bound(words: str, bound: Bound, lang: str, *, near: bool = False) -> str:
    """A figure with the words that limit it: 不到100平方米, less than 100 square metres."""
    if bound is Bound.EXACT:
        return words
    chinese, english = ("接近{}", "nearly {}") if near and bound is Bound.LESS_THAN else _WORDS[bound]
    return (chinese if lang == "zh" else english).format(words)


def _last_digit(value: Number) -> Fraction:
    """What the last digit that is no zero counts: 900多 are less than 1000."""
    number = Fraction(value)
    if number.denominator > 1 or not number:
        return number or Fraction(1)
    unit = Fraction(1)
    while number % (unit * 10) == 0:
        unit *= 10
    return unit


def _verdict(yes: bool, no: bool) -> Eligible:
    return Eligible.YES if yes else Eligible.NO if no else Eligible.UNKNOWN


def _all_above(given: Range, limit: Fraction, *, strict: bool) -> bool:
    if given.low is None:
        return False
    return given.low > limit or (given.low == limit and (given.open_low or not strict))


def _all_below(given: Range, limit: Fraction, *, strict: bool) -> bool:
    if given.high is None:
        return False
    return given.high < limit or (given.high == limit and (given.open_high or not strict))
