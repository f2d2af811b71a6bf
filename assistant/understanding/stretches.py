"""How long a sum runs: months told by their names (3月到8月 are six), and sums of several years (三年总共90万元).

>>> [figure.value for figure in month_spans("3月到8月，月租4万元")]
[Decimal('6')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, Inexact
from pathlib import Path

from assistant.rules.wording import EXACT, format_quantity
from assistant.understanding.patterns import Patterns
from assistant.understanding.periods import MONEY, find_times
from assistant.understanding.question import Mention
from assistant.understanding.restating import Step
from index.models import Bound, Quantity
from index.quantities.numerals import read_numeral

WORDS = Patterns(Path(__file__).with_name("stretches.yaml"))
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = 12
_MOST_YEARS = 10


def month_spans(text: str) -> list[Quantity]:
    """The months that named months bound, as a figure of months; of 从7月开始 those left of the year, where this year is meant."""
    if match := WORDS["months"].search(text):
        first, last = _month(match, "from"), _month(match, "to") or _YEAR
        years = [int(match[name]) for name in ("from_year", "to_year") if match[name]]
        count = last - first + 1 + (_YEAR * (years[1] - years[0]) if len(years) == 2 else 0)
    elif WORDS["this_year"].search(text) and (match := WORDS["onward"].search(text)):
        count = _YEAR + 1 - _month(match, "from")
    else:
        return []
    if count < 1:
        return []
    return [Quantity(match.group(), Decimal(count), "month", Bound.EXACT, match.start(), match.end())]


def _month(match: re.Match[str], end: str) -> int:
    told = next((text for name, text in match.groupdict().items() if text and name.startswith(end) and "year" not in name), "")
    if told[:3].lower() in _ENGLISH:
        return _ENGLISH.index(told[:3].lower()) + 1
    return int(read_numeral(told)) if told else 0


def years_together(text: str, figure: Quantity, figures: Sequence[Quantity]) -> int:
    """Of how many years a sum is the whole: 3 for 三年租金总共90万元; 0 where it is not said to be."""
    if figure.unit not in MONEY or find_times(text, figure):
        return 0
    for years in figures:
        if years.unit != "year" or not 2 <= years.value <= _MOST_YEARS or years.value % 1:
            continue
        start, end = min(years.start, figure.start), max(years.end, figure.end)
        between = text[min(years.end, figure.end) : max(years.start, figure.start)]
        told = (text[max(0, start - 8) : start] + between).lower()
        if len(between) > 20 or any(other.start >= start and other.end <= end for other in figures if other not in (years, figure)):
            continue
        whole = WORDS["all_years"].search(told) or WORDS["all_years_after"].search(text[end:].lower())
        if whole and not WORDS["each_year"].search(told):
            return int(years.value)
    return 0


def year_by_year(mentions: Sequence[Mention]) -> tuple[list[Mention], list[Step], list[Mention]]:
    """Sums of several years, and monthly ones of more than twelve months, as one sum for each year.

    Returns:
        The figures as they count; the steps; sums of several years that cannot be parted evenly.
    """
    result: list[Mention] = []
    steps: list[Step] = []
    uneven: list[Mention] = []
    for mention in mentions:
        parts: list[tuple[Decimal, Step]] | None = None
        if mention.over_years > 1:
            parts = _evenly(mention)
            if parts is None:
                uneven.append(mention)
                continue
        elif mention.times and (months := _months(mentions, mention)) > _YEAR:
            parts = _stretch(mention, months * mention.times / _YEAR)
        if parts is None:
            result.append(mention)
            continue
        unit = mention.quantity.unit.partition("/")[0]
        for number, (value, step) in enumerate(parts, 1):
            quantity = replace(mention.quantity, value=value, unit=unit)
            result.append(replace(mention, quantity=quantity, times=0, over_years=0, year_of_sum=number))
            steps += [] if step in steps else [step]
    return result, steps, uneven


def _evenly(mention: Mention) -> list[tuple[Decimal, Step]] | None:
    years, whole, unit = mention.over_years, mention.quantity.value, mention.quantity.unit or "CNY"
    try:
        share = EXACT.divide(whole, Decimal(years))
    except Inexact:
        return None
    zh, en = ([format_quantity(value, unit, language) for value in (whole, share)] for language in ("zh", "en"))
    step = (f"按{years}年平均计：{zh[0]} ÷ {years} = {zh[1]}", f"Spread evenly over {years} years: {en[0]} ÷ {years} = {en[1]}")
    return [(share, step)] * years


def _months(mentions: Sequence[Mention], amount: Mention) -> Decimal:
    """Months said in the same message: 18 for 一年半."""
    times = {"month": 1, "year": _YEAR}
    said = [other.quantity.value * times.get(other.quantity.unit, 0) for other in mentions if other.order == amount.order]
    return max((months for months in said if months <= _YEAR * _MOST_YEARS), default=Decimal(0))


def _stretch(mention: Mention, count: Decimal) -> list[tuple[Decimal, Step]]:
    """What a sum that falls due `count` times comes to in each year."""
    unit = mention.quantity.unit.partition("/")[0]
    words = ("个月", " months") if mention.times == _YEAR else ("个季度", " quarters")
    parts = []
    while count > 0:
        now = min(count, Decimal(mention.times)).normalize()
        value = mention.quantity.value * now
        zh, en = ([format_quantity(each, unit or "CNY", lang) for each in (mention.quantity.value, value)] for lang in ("zh", "en"))
        parts.append((value, (f"{zh[0]} × {now:f}{words[0]} = {zh[1]}", f"{en[0]} × {now:f}{words[1]} = {en[1]}")))
        count -= now
    return parts
