"""Prices by the square metre."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.understanding.areas import by_the_area
from assistant.understanding.question import Mention
from index.quantities import parse_quantities


def mentions(text: str) -> list[Mention]:
    return [Mention(figure, "", text[: figure.start]) for figure in parse_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit", "times"),
    [
        ("8000平方米，租金25元/平方米/月", "200000", "CNY", 12),
        ("租金每平米每月25元，租8000平米", "200000", "CNY", 12),
        ("2000平方米，每平方米每年300元", "600000", "CNY", 0),
        ("500㎡，每平方米100元", "50000", "CNY", 0),
        ("租金25元/平方米/月", "25", "CNY/m2/month", 0),  # no area
        ("800平方米和1200平方米，25元/平方米/月", "25", "CNY/m2/month", 0),  # which of the two?
    ],
)
def test_a_price_by_the_area_times_the_area(text: str, value: str, unit: str, times: int) -> None:
    found, steps = by_the_area(mentions(text))
    price = next(each for each in found if each.quantity.unit.startswith("CNY"))
    assert (price.quantity.value, price.quantity.unit, price.times) == (Decimal(value), unit, times)
    assert len(steps) == (unit == "CNY")


def test_the_step_is_shown_in_both_languages() -> None:
    _, steps = by_the_area(mentions("2000平方米，20元/平方米/月"))
    assert steps == [("2000平方米 × 20元 = 4万元", "2,000 square metres × RMB 20 = RMB 40,000")]
