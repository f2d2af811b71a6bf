"""Figures that were not reached: 没有100平方米, 不到20家, 差一个月满一年.

>>> short_of(mentions)[0][-1].quantity.value      # of 差一个月满一年  # doctest: +SKIP
Decimal('11')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.rules.wording import format_quantity
from assistant.understanding.question import Mention
from assistant.understanding.restating import Restated, Step, restate
from index.models import Bound, Quantity

_NOT_REACHED = re.compile(r"(?:(?<!有)没有?|没到|未满|达不到|未达到?|凑不[够满到]|不够)(?:这么|那么)?(?:个)?\s*$")
_COUNTED = frozenset({"company", "person", "item", "order"})
_MISSING = re.compile(r"(?:差了?|缺|少了?)\s*$")
_TO_REACH = re.compile(r"\s*(?:就|才|才能|就能|就可以)?\s*(?:达到?|满|够|到|凑够|凑满|足)(?:了)?\s*")
_SHORT_OF = re.compile(r"\s*(?:just )?(?:short of|shy of|away from)\s*(?:the |a |an )?", re.IGNORECASE)
_FROM = re.compile(r"(?:距离?|离)(?:要求的?|规定的?)?\s*$")
_PARTS = {"day": Decimal(365), "month": Decimal(12)}
"""Parts of a year."""


def not_reached(mentions: Sequence[Mention]) -> Restated:
    """Figures said not to be reached: 没有20家 are 19 at most, 没有100平方米 are less."""
    return restate(mentions, _less)


def _less(mention: Mention) -> tuple[Quantity, Step | None] | None:
    figure = mention.quantity
    if figure.bound is not Bound.LESS_THAN and not (figure.bound is Bound.EXACT and _NOT_REACHED.search(mention.before)):
        return None
    if figure.unit not in _COUNTED or figure.value < 2 or figure.value % 1:
        return replace(figure, bound=Bound.LESS_THAN), None
    most = figure.value - 1
    return replace(figure, value=most, bound=Bound.AT_MOST), (
        f"不到{figure.value:f}，最多{most:f}",
        f"fewer than {figure.value:f}: {most:f} at most",
    )


def short_of(mentions: Sequence[Mention]) -> Restated:
    """What is left of a figure that is missed by another: 差一个月满一年 are 11 months, 离1000平还差50平 are 950."""
    result: list[Mention] = []
    steps: list[Step] = []
    for mention in mentions:
        last = result[-1] if result and result[-1].order == mention.order else None
        pair = _missed_and_wanted(last, mention) if last else None
        left = _difference(*pair) if pair else None
        if last and left:
            step, quantity = left
            result[-1] = replace(mention, quantity=quantity, phrase=f"{last.before} {mention.phrase}".strip(), before=last.before)
            steps.append(step)
        else:
            result.append(mention)
    return result, steps


def _missed_and_wanted(first: Mention, second: Mention) -> tuple[Quantity, Quantity] | None:
    if (_MISSING.search(first.before) and _TO_REACH.fullmatch(first.after)) or _SHORT_OF.fullmatch(first.after):
        return first.quantity, second.quantity
    if _FROM.search(first.before) and _MISSING.search(first.after):
        return second.quantity, first.quantity
    return None


def _difference(missed: Quantity, wanted: Quantity) -> tuple[Step, Quantity] | None:
    whole, unit = wanted.value, wanted.unit or missed.unit
    if unit == "year" and missed.unit in _PARTS:
        whole, unit = whole * _PARTS[missed.unit], missed.unit
    if unit != (missed.unit or unit) or missed.value >= whole:
        return None
    left = whole - missed.value
    chinese, english = (
        "{} − {} = {}".format(*(format_quantity(value, unit, lang) for value in (whole, missed.value, left))) for lang in ("zh", "en")
    )
    return (chinese, english), replace(wanted, value=left, unit=unit, bound=Bound.EXACT, approximate=False)
