"""Figures given with a limit (不到, 超过, 接近) held against thresholds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.models import Eligible
from assistant.rules.ranges import Range, format_bound, reaches
from index.models import Bound

HELD = [  # sign and threshold of the rule, the figure given, how it is limited, near it, the verdict
    (">=", 100, 100, Bound.EXACT, False, "yes"),
    (">=", 100, 100, Bound.LESS_THAN, False, "no"),
    (">=", 100, 300, Bound.LESS_THAN, False, "unknown"),
    (">=", 100, 300, Bound.LESS_THAN, True, "yes"),  # 接近300 is more than 100
    (">=", 100, 100, Bound.LESS_THAN, True, "no"),
    (">=", 100, 100, Bound.AT_MOST, False, "unknown"),
    (">=", 100, 90, Bound.AT_MOST, False, "no"),
    (">=", 100, 90, Bound.MORE_THAN, False, "unknown"),
    (">=", 100, 90, Bound.MORE_THAN, True, "no"),  # 90多 is below 100
    (">=", 1000, 900, Bound.MORE_THAN, True, "no"),
    (">=", 100, 100, Bound.MORE_THAN, False, "yes"),
    (">", 100, 100, Bound.EXACT, False, "no"),
    (">", 100, 100, Bound.MORE_THAN, False, "yes"),
    (">", 100, 100, Bound.AT_LEAST, False, "unknown"),
    ("<", 100, 100, Bound.EXACT, False, "no"),
    ("<", 100, 100, Bound.LESS_THAN, False, "yes"),
    ("<", 100, 120, Bound.LESS_THAN, False, "unknown"),
    ("<", 100, 100, Bound.MORE_THAN, False, "no"),
    ("<=", 100, 100, Bound.MORE_THAN, False, "no"),
    ("<=", 100, 100, Bound.AT_LEAST, False, "unknown"),
    ("==", 100, 100, Bound.EXACT, False, "yes"),
    ("==", 100, 100, Bound.LESS_THAN, False, "no"),
    ("==", 100, 101, Bound.LESS_THAN, False, "unknown"),
]


@pytest.mark.parametrize(("sign", "threshold", "value", "bound", "near", "verdict"), HELD)
def test_reaches(sign: str, threshold: int, value: int, bound: Bound, near: bool, verdict: str) -> None:
    assert reaches(sign, Decimal(threshold), Range.of(Decimal(value), bound, near=near)) is Eligible(verdict)


@pytest.mark.parametrize(
    ("bound", "near", "lang", "shown"),
    [
        (Bound.EXACT, False, "zh", "100平方米"),
        (Bound.LESS_THAN, False, "zh", "不到100平方米"),
        (Bound.LESS_THAN, True, "zh", "接近100平方米"),
        (Bound.MORE_THAN, False, "zh", "超过100平方米"),
        (Bound.LESS_THAN, False, "en", "less than 100平方米"),
    ],
)
def test_format_bound(bound: Bound, near: bool, lang: str, shown: str) -> None:
    assert format_bound("100平方米", bound, lang, near=near) == shown
