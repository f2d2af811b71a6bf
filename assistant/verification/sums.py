"""Arithmetic in a draft: 200万元 × 2% = 4万元, 8万元 + 18万元 = 26万元. What is worked out right is proven by its parts.

>>> [(s.words, s.holds) for s in sums("计算：8万元 + 18万元 = 26万元", read_once("计算：8万元 + 18万元 = 26万元").figures)]
[('8万元 + 18万元 = 26万元', True)]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.verification.figures import Figure, same_quantity
from assistant.verification.reading import read_once
from index.quantities.numerals import EXACT
from index.quantities.units import CURRENCIES

__all__ = ["EQUALS", "Sum", "read_once", "sums"]

_SIGN = re.compile(r"^[\s的按]*(?P<sign>[×xX✕*＊+＋\-−–÷/=＝≈]|乘以?|加上?|减去?|等于|times|plus|minus|equals)\s*(?:RMB|约)?\s*$")
_CENT = Decimal("0.01")
EQUALS = re.compile(r"[=＝≈]|等于|\bequals\b")
_KINDS = {
    **dict.fromkeys(("×", "x", "X", "✕", "*", "＊", "乘", "乘以", "times"), "×"),
    **dict.fromkeys(("+", "＋", "加", "加上", "plus"), "+"),
    **dict.fromkeys(("-", "−", "–", "减", "减去", "minus"), "-"),
    **dict.fromkeys(("÷", "/"), "÷"),
    **dict.fromkeys(("=", "＝", "≈", "等于", "equals"), "="),
}


@dataclass(frozen=True, slots=True)
class Sum:
    """An equation as written: its parts, and its result."""

    words: str
    parts: tuple[Figure, ...]
    subtracts: bool
    result: Figure
    holds: bool


def sums(text: str, figures: Sequence[Figure]) -> list[Sum]:
    """The equations of a text, in order."""
    found: list[Sum] = []
    chain: list[Figure] = []
    signs: list[str] = []
    for number, figure in enumerate(figures):
        sign = _sign(text, figures[number - 1], figure) if number else ""
        if not sign:
            chain, signs = [figure], []
            continue
        if sign == "=" and chain:
            value = _value(chain, signs)
            words = text[chain[0].start : figure.end]
            if len(chain) > 1:
                found.append(Sum(words, tuple(chain), "-" in signs, figure, _holds(value, chain, figure, divided="÷" in signs)))
            chain, signs = [figure], []
            continue
        chain.append(figure)
        signs.append(sign)
    return found


def _sign(text: str, left: Figure, right: Figure) -> str:
    match = _SIGN.match(text[left.end : right.start])
    return _KINDS.get(match["sign"], "") if match else ""


def _holds(value: Decimal | None, chain: Sequence[Figure], result: Figure, *, divided: bool) -> bool:
    """25% − 10% = 15个百分点 holds too; 3% of a sum is never a number of percentage points."""
    if value is None or not _fits(chain, result, divided=divided):
        return False
    if result.unit == "percentage_point" and all(part.unit == "ratio" for part in chain):
        return same_quantity(value, "ratio", result.value, result.unit)
    if divided and result.unit in CURRENCIES:
        return 0 <= result.value - value < _CENT  # what does not come out even is rounded up to the cent
    return value == result.value


def _fits(chain: Sequence[Figure], result: Figure, *, divided: bool) -> bool:
    """A product or sum with money in it is money of the same kind; where a unit is not written, any fits.

    50万元 ÷ 100元/平方米 is an area.
    """
    if divided and result.unit in {part.unit.partition("/")[2] for part in chain[1:]} - {""}:
        return True
    heads = {part.unit.split("/")[0] for part in chain} - {"ratio", "percentage_point", ""}
    head = result.unit.split("/")[0]
    wanted = heads & CURRENCIES or heads
    return head in ("", "ratio", "percentage_point", "times") or not wanted or head in wanted


def _value(chain: Sequence[Figure], signs: Sequence[str]) -> Decimal | None:
    """Products before sums, exactly; None where it does not come out even."""
    terms = [chain[0].value]
    for sign, figure in zip(signs, chain[1:], strict=True):
        if sign == "×":
            terms[-1] = EXACT.multiply(terms[-1], figure.value)
        elif sign == "÷":
            if not figure.value:
                return None
            terms[-1] = terms[-1] / figure.value
        else:
            terms.append(figure.value if sign == "+" else -figure.value)
    return sum(terms, Decimal(0))
