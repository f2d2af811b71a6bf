"""Dates as written: 2024年11月20日, 2019年上半年, 2020年6月底前, 2024-11-20, November 20, 2024.

    >>> parse_dates("自2024年11月20日起实施")[0].first
    datetime.date(2024, 11, 20)

A mention covers the days from `first` to `last`. A month or day without a year is no date: it cannot be placed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from index.models import Bound, DateMention
from index.quantities.numerals import DIGITS, fold_numerals, read_numeral

_S = r"[ ]{0,2}"
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_MONTH_NAME = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_YEAR = rf"(?:(?<!\d)(?:19|20)\d{{2}}|[一二][零一二三四五六七八九]{{3}})(?={_S}(?:年|版|[-~～—–至到]{{1,2}}{_S}(?:19|20)\d{{2}}{_S}年))"
_SHORT = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"

_LISTED_YEARS = r"(?:(?:,|,?[ ](?:and|or|vs\.?|versus|with|than))[ ](?:the[ ])?20\d{2})*"
_FUNCTION_WORD = (
    r"(?:the|a|and|or|for|of|to|in|at|on|by|per|as|with|under|than|is|was|were|are|did|do|does|will|set|according|what|which|who|how)\b"
)
"""After these a number of a year's size is a year ("by 2020 under the plan"); before a noun it may count ("in 2020 shops")."""
_TITLES = r"(?:意见|方案|措施|办法|政策|文件|规定|目标|计划|通知|新版|旧版|老版|那份|那版|那个文件)"

_BESIDE = "(?:还是|或者?|和|与|、|跟|及|对比?|比)"

_CHINESE_DATE = (
    rf"(?P<year>{_YEAR})(?:{_S}年(?:度)?)?(?:"
    rf"{_S}(?P<half>上半年|下半年)|{_S}第?(?P<quarter>[一二三四1-4])季度"
    rf"|{_S}(?P<month>{_SHORT}){_S}月(?:份)?(?:{_S}(?P<day>{_SHORT}){_S}[日号]|{_S}(?P<ten>上旬|中旬|下旬))?)?"
    rf"{_S}(?P<bottom>年?末|年?底)?"
    rf"|(?<!\d)(?P<named_year>20\d{{2}})(?=(?:{_S}{_BESIDE}{_S}20\d{{2}}(?=年|版|的|{_TITLES}))?{_S}的?{_TITLES})"
    rf"|(?<!\d)(?P<paired_year>20\d{{2}})(?={_S}{_BESIDE}{_S}20\d{{2}}(?:年|版|的|{_TITLES}))"
    r"|(?<![\d.])(?P<iso_year>(?:19|20)\d{2})(?P<separator>[-/.])(?P<iso_month>\d{1,2})(?P=separator)(?P<iso_day>\d{1,2})(?!\d|\.\d)"
    r"|(?<![\d.])(?P<dotted_year>(?:19|20)\d{2})[-/.](?P<dotted_month>0?[1-9]|1[0-2])(?![\d.,]|[ ]?[万亿元美家个平%㎡年])"
)
_ENGLISH_DATE = (
    rf"\b(?P<name>{_MONTH_NAME})[ ](?:(?P<name_day>\d{{1,2}})(?:st|nd|rd|th)?,?[ ])?(?P<name_year>(?:19|20)\d{{2}})\b"
    rf"|\b(?P<first_day>\d{{1,2}})(?:st|nd|rd|th)?[ ](?P<mid_name>{_MONTH_NAME}),?[ ](?P<last_year>(?:19|20)\d{{2}})\b"
    rf"|\b(?P<titled_year>20\d{{2}})(?={_LISTED_YEARS}[ ]"
    r"(?:opinion|polic|measure|plan|version|edition|notice|rule|document|draft|target|goal))"
    r"|\b(?:(?:end|year)[ ](?:of[ ])?|(?:in|by|for|of|from|since|until|till|during|before|after|than"
    r"|(?<=20\d\d[ ])(?:to|and|or))[ ])(?P<bare_year>20\d{2})\b"
    rf"(?![-/]\d|[ ]?[\d,.]*\d|[ ]?[%万元亿家个]|[ ](?!{_FUNCTION_WORD})[A-Za-z])"
)
_YEAR_GROUPS = ("year", "named_year", "paired_year", "iso_year", "dotted_year", "name_year", "last_year", "titled_year", "bare_year")
# what a date can begin with: spares most positions the long list
_DATE = re.compile(rf"(?=[\da-z一二])(?:{_CHINESE_DATE}|{_ENGLISH_DATE})", re.IGNORECASE)
_DATE_WITHOUT_ENGLISH = re.compile(rf"(?=[12一二])(?:{_CHINESE_DATE})")
_ENGLISH_WORD = re.compile(r"[A-Za-z][,.]? ?\d|\d ?[A-Za-z]{3}")
_YEARS = re.compile(
    rf"(?=[12])(?<![\d.,])((?:19|20)\d{{2}}){_S}(?:[-~～—–]{{1,2}}|至|到){_S}((?:19|20)\d{{2}})(?![\d年]|[.,]\d|[ ]?[万亿元美平㎡%家个人])"
)
_BEFORE = re.compile(rf"{_S}(?:(?P<at_most>以前|之前|前|内|止)|(?P<at_least>以后|之后|后|起|以来))")
_LEAD = re.compile(r"(?:(?P<at_most>截至|截止到?|不晚于|不迟于|至|by|until|till|before)|(?P<at_least>自|从|since|from|after))[ ]?\Z", re.I)


def parse_dates(text: str) -> list[DateMention]:
    """Every date, month, half year, quarter or year with its year, in order; offsets in `text`."""
    folded = fold_numerals(text)
    found = []
    for match, span in _found(folded):
        start = match.start("bare_year") if match.lastgroup == "bare_year" else match.start()
        end = start + len(match.group()[start - match.start() :].rstrip())
        found.append(DateMention(text[start:end], *span, start, end, _bound(folded, start, end)))
    for match in _YEARS.finditer(folded):
        for group in (1, 2):
            year, (start, end) = int(match[group]), match.span(group)
            found.append(DateMention(text[start:end], date(year, 1, 1), date(year, 12, 31), start, end))
    return sorted(found, key=lambda mention: mention.start)


def date_spans(folded: str) -> list[tuple[int, int]]:
    """Where dates stand in a folded text: no quantity is read there."""
    spans = [match.span() for match, _ in _found(folded)]
    return spans + [match.span() for match in _YEARS.finditer(folded)]


@lru_cache(maxsize=16)
def _found(folded: str) -> tuple[tuple[re.Match[str], tuple[date, date]], ...]:
    """The dates of a text, with the days they cover. Kept for a moment: who reads the dates reads the quantities too."""
    matches = (_DATE if _ENGLISH_WORD.search(folded) else _DATE_WITHOUT_ENGLISH).finditer(folded)
    return tuple((match, span) for match in matches if (span := _span(match)))


def _bound(folded: str, start: int, end: int) -> Bound:
    found = _BEFORE.match(folded, end) or _LEAD.search(folded, max(0, start - 8), start)
    if not found:
        return Bound.EXACT
    return Bound.AT_MOST if found.lastgroup == "at_most" else Bound.AT_LEAST


def _span(match: re.Match[str]) -> tuple[date, date] | None:
    parts = match.groupdict()
    year = next(parts[name] for name in _YEAR_GROUPS if parts.get(name))
    number = int("".join(str(DIGITS.get(c, c)) for c in year))
    name = parts.get("name") or parts.get("mid_name")
    if name:
        month: int | None = next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name[:3].lower()))
    else:
        month = _small(parts["month"] or parts["iso_month"] or parts["dotted_month"])
    day = _small(parts["day"] or parts["iso_day"] or parts.get("name_day") or parts.get("first_day"))
    try:
        if month and day:
            return (date(number, month, day),) * 2
        return _wide_span(match, number, month)
    except ValueError:  # 31 June, month 13: written like a date, but none
        return None


def _wide_span(match: re.Match[str], year: int, month: int | None) -> tuple[date, date]:
    """First and last day of a month, a third of one, a half year, a quarter, a year; 底 and 末 mean the last day."""
    last_month = month or 12
    first_month = month or 1
    if match["half"]:
        first_month, last_month = (1, 6) if match["half"][0] == "上" else (7, 12)
    elif match["quarter"]:
        quarter = _small(match["quarter"]) or 1
        first_month, last_month = quarter * 3 - 2, quarter * 3
    first, last = date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])
    if match["ten"]:
        start, stop = {"上": (1, 10), "中": (11, 20), "下": (21, last.day)}[match["ten"][0]]
        first, last = first.replace(day=start), last.replace(day=stop)
    if match["bottom"]:
        first = last
    return first, last


def _small(text: str | None) -> int | None:
    return int(read_numeral(text)) if text else None
