"""Prices by the area as what they come to: 8000平方米 at 25元/平方米/月 are 20万元 a month.

Only for rules that ask for the whole amount; a rule that pays by the square metre takes the area itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.rules.wording import format_quantity
from assistant.understanding.question import Mention
from assistant.understanding.restating import Restated, Step

_TIMES = {"month": 12, "quarter": 4}


def by_the_area(mentions: Sequence[Mention]) -> Restated:
    """Each price by the square metre times the area given with it, if it is the only one."""
    result: list[Mention] = []
    steps: list[Step] = []
    for mention in mentions:
        areas = [other.quantity.value for other in mentions if other.quantity.unit == "m2" and other.order == mention.order]
        money, *below = mention.quantity.unit.split("/")
        if "m2" in below and len(areas) == 1:
            price, area = mention.quantity.value, areas[0]
            quantity = replace(mention.quantity, value=price * area, unit=money)
            times = next((_TIMES[each] for each in below if each in _TIMES), 0)
            steps.append(_step(price, area, money))
            mention = replace(mention, quantity=quantity, times=times)
        result.append(mention)
    return result, steps


def _step(price: Decimal, area: Decimal, money: str) -> Step:
    chinese, english = (
        f"{format_quantity(area, 'm2', language)} × {format_quantity(price, money, language)}"
        f" = {format_quantity(price * area, money, language)}"
        for language in ("zh", "en")
    )
    return chinese, english
