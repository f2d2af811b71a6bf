"""Amounts given by the month or the quarter, and what they come to in a year.

>>> find_times("月租金5万元，能补多少", parse_quantities("月租金5万元，能补多少")[0])
12
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.rules.wording import format_quantity
from assistant.understanding.question import Mention
from assistant.understanding.restating import Restated, Step, restate
from index.models import Quantity

_NAMED = (
    r"(?:每(?:个|一)?|一个|单|平均每?个?|(?<![0-9一二三四五六七八九十两几上下本当这那个年份])){unit}(?:均|度)?(?!份)"
    r"[^，,。；;、0-9一二三四五六七八九十]{{0,8}}$"
)
_WRITTEN = r"^\s*(?:人民币)?\s*(?:/|每|一|per |a |each |every )?\s*(?:一?个)?(?:{unit})(?!份)"
_TIMES = (
    (12, re.compile(_NAMED.format(unit="月")), re.compile(_WRITTEN.format(unit="月|month"))),
    (4, re.compile(_NAMED.format(unit="季")), re.compile(_WRITTEN.format(unit="季度?|quarter"))),
    (12, re.compile(r"(?:monthly|per month|a month|each month)[a-z' -]{0,60}(?:rmb|cny|¥|\$|usd)?\s*$"), None),
    (4, re.compile(r"(?:quarterly|per quarter|each quarter)[a-z' -]{0,60}(?:rmb|cny|¥|\$|usd)?\s*$"), None),
)
MONEY = ("", "CNY", "USD")
"""Units of a sum: a bare figure may be one."""
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def find_times(text: str, figure: Quantity) -> int:
    """12 for an amount by the month, 4 for one by the quarter, 0 for any other figure."""
    unit, _, per = figure.unit.partition("/")
    if per in ("month", "quarter"):
        return 12 if per == "month" else 4
    if unit not in MONEY or per:
        return 0
    before, after = text[: figure.start].lower(), text[figure.end :].lower()
    for times, named, written in _TIMES:
        if named.search(before) or (written and written.search(after)):
            return times
    return 0


def by_the_year(mentions: Sequence[Mention]) -> Restated:
    """Monthly and quarterly amounts as what they come to: over the months given beside them, else over a full year."""

    def yearly(mention: Mention) -> tuple[Quantity, Step] | None:
        if not mention.times:
            return None
        count = _months(mentions, mention) if mention.times == 12 else None
        periods = count or Decimal(mention.times)
        quantity = mention.quantity
        unit = quantity.unit.partition("/")[0]
        whole = replace(quantity, value=quantity.value * periods, unit=unit)
        return whole, _step(quantity.value, unit, periods, whole.value, mention.times, assumed=count is None)

    return restate(mentions, yearly)


def in_whole_months(mentions: Sequence[Mention]) -> Restated:
    """Days as the whole months they make up (364天 are 11, 365天 a year), for rules that count years or months."""
    return restate(mentions, _whole_months)


def _whole_months(mention: Mention) -> tuple[Quantity, Step] | None:
    days = mention.quantity
    if days.unit != "day" or days.value < 28:
        return None
    months = days.value * 12 // 365
    step = f"{days.value:f}天按{months:f}个整月计", f"{days.value:f} days count as {months:f} whole months"
    return replace(days, value=months, unit="month"), step


def _months(mentions: Iterable[Mention], amount: Mention) -> Decimal | None:
    """Months said in the same message: 租了8个月, 租了半年. More than a year is paid year by year."""
    said = [other.quantity.value * _MONTHS.get(other.quantity.unit, 0) for other in mentions if other.order == amount.order]
    return next((months.normalize() for months in said if 1 < months <= 12), None)


def _step(value: Decimal, unit: str, periods: Decimal, whole: Decimal, times: int, *, assumed: bool) -> Step:
    money = unit or "CNY"
    words = ("个月", " months") if times == 12 else ("个季度", " quarters")
    chinese, english = (
        f"{format_quantity(value, money, language)} × {periods:f}{word} = {format_quantity(whole, money, language)}"
        for language, word in zip(("zh", "en"), words, strict=True)
    )
    return (f"按全年计：{chinese}", f"Over a full year: {english}") if assumed else (chinese, english)
