"""Every figure of a text with its unit, bound and place.

    >>> [q.value for q in parse_quantities("超过5000万美元、3000万美元的，给予不超过300万元")]
    [Decimal('50000000'), Decimal('30000000'), Decimal('3000000')]

One left-to-right pass finds numerals; what stands before and after each gives unit and bound; a second
look at neighbours joins ranges (200万—500万) and lists that share a unit (10、20、30万元).
Dates, labels （十三）, document numbers, telephone numbers and clock times are no quantities.
"""

from __future__ import annotations

import re
from decimal import Decimal

from index.models import Quantity
from index.quantities.bounds import After, Before, after, before, before_share, combine
from index.quantities.dates import date_spans
from index.quantities.figures import Figure, next_figure
from index.quantities.neighbours import Found, join_neighbours
from index.quantities.numerals import EXACT, fold_numerals
from index.quantities.units import CURRENCIES, TIME_UNITS, UnitMatch, compound, currency_before, match_unit, price_before, with_denominators

_ONE = Decimal(1)
_CN = "零一二三四五六七八九十百千万"
_NOT_A_QUANTITY = re.compile(
    rf"(?=[A-Za-z\d_.+〔\[(（【前第{_CN} \t-])(?:"  # spares most positions the long list
    r"[A-Za-z0-9_.+-]{1,40}@[A-Za-z0-9.-]+|https?://[^\s，。）]+"
    r"|(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}(?![\d.,万亿元千百美个家亩平㎡吨人件单]))(?!\d)"  # telephone numbers
    r"|(?<![\d-])\d{3,4}-\d{3,4}-\d{4}(?!\d)"
    r"|\b(?i:No|Nos|Art|Article|Articles|Section|Chapter|Clause|Annex|Paragraph)\b\.?[ ]?\d{1,4}(?![\d,.]*\d)"
    r"|(?<!\d)\d{1,2}[:：]\d{2}(?!\d)|\d{1,2}[ ]?[×xX*✕][ ]?\d{1,2}[ ]?小时"  # clock times, 7×24小时
    r"|[〔\[(（【][ ]?(?:19|20)\d{2}[ ]?[〕\])）】](?:[ ]?第?[ ]?\d{1,5}[ ]{0,2}号)?|(?<![\d.])\d{1,6}[ ]{0,2}号"  # document numbers
    r"|(?<![\d.])\d{1,4}[ ]?强(?![制度化])"  # the 500 of a ranking
    rf"|前[ ]?(?:\d{{1,4}}|[{_CN}]{{1,4}})[ ]?名"
    rf"|第[ ]?(?:\d{{1,6}}|[{_CN}]{{1,8}})(?:[ ]?[个批届次名位年期季类条款项章节部分阶段])?"  # ordinals
    rf"|[(（][ ]?(?:\d{{1,2}}|[{_CN}]{{1,4}})[ ]?[)）]|^[ \t]*(?:\d{{1,2}}|[{_CN}]{{1,4}})[、.](?![ ]?\d)"  # labels
    r"|(?<=[。；;\s])\d{1,2}[.、](?=[ ]?[\u4e00-\u9fff]|(?:19|20)\d{2}年)"
    r"|(?<![\d.])\d{1,2}[ ]?(?:[-~～—–至到][ ]?\d{1,2}[ ]?)?(?:星级?|级(?!别))"  # grades: 5星级, 2-5星级
    rf"|(?<![\d.])\d{{1,2}}[ ]?(?:[-~～—–至到][ ]?\d{{1,2}}[ ]?)?月(?:[ ]?\d{{1,2}}[ ]?[日号])?"  # days
    rf"|[一二三四五六七八九十]{{1,2}}月(?:[{_CN}]{{1,3}}[日号])?"
    r"|(?<![\d.])\d{1,2}[ ]?日(?![以之]?内)|(?<!\d)\d{2}年(?=[底初末]|[ ]?\d{1,2}月))",
    re.MULTILINE,
)
_CHANGE = re.compile(
    r"又?零?(?P<dime>[\d一二三四五六七八九])[角毛](?:零?(?P<cent>[\d一二两三四五六七八九])分)?|又?零?(?P<only>\d{1,2}|[一二两三四五六七八九])美?分(?![之钟])"
)
_HYPHENATED = re.compile(r"-(?:year|quarter|month|week|day|hour)\b", re.IGNORECASE)  # a 3-year plan
_ENGLISH_WORD = re.compile("[A-Za-z]{3}")
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"两": "2"}
_LONE = re.compile(r"[\s，。；、,;.!?！？）)的]|\Z")


def parse_quantities(text: str) -> list[Quantity]:
    """The quantities of `text` in order, offsets in `text` as given, values exact.

    Ends of a range share `range_id`; a bare number has unit "".
    """
    folded = fold_numerals(text)
    found = _scan(folded, text)
    join_neighbours(folded, found)
    return [
        Quantity(text[f.start : f.end], f.value, f.unit, f.bound, f.start, f.end, f.approximate, f.range_id) for f in found if not f.faint
    ]


def _scan(folded: str, original: str) -> list[Found]:
    skipped = sorted([*date_spans(folded), *(m.span() for m in _NOT_A_QUANTITY.finditer(folded))])
    found: list[Found] = []
    position = next_skip = 0
    english = _ENGLISH_WORD.search(folded) is not None
    while figure := next_figure(folded, position, english=english):
        while next_skip < len(skipped) and skipped[next_skip][1] <= figure.start:
            next_skip += 1
        if (
            next_skip < len(skipped)
            and skipped[next_skip][0] < figure.end
            and not (figure.is_fraction and skipped[next_skip][1] < figure.end)
        ):
            position = max(skipped[next_skip][1], position + 1)
            continue
        quantity = _complete(folded, original, figure, position) if figure.number is not None else None
        if quantity:
            found.append(quantity)
        position = max(figure.end, quantity.end if quantity else 0)
    return found


def _complete(folded: str, original: str, figure: Figure, earliest: int) -> Found | None:
    """The figure with unit and bound; None where the characters around it show that it is none.

    What stands before `earliest` belongs to the figure before: the 美元 of 20万美元一点点.
    """
    number, end = figure.number or Decimal(0), figure.end
    currency = currency_before(folded, figure.start)
    currency = currency if currency and currency[1] >= earliest else None
    start = currency[1] if currency else figure.start
    if not currency and start and folded[start - 1].isascii() and (folded[start - 1].isalpha() or folded[start - 1] in "._"):
        return None  # B2B, ISO9001, 3.2.1
    unit = _unit(folded, original, figure, currency[0] if currency else "")
    if unit and unit.unit == "year" and figure.is_code:
        unit = None  # 做1210年线上交易额: nothing lasts 1210 years
    if unit:
        end = unit.end
        number, end = _remainder(folded, unit, number, end)
    elif folded[end : end + 1].isascii() and folded[end : end + 1].isalnum() and folded[end - 1 : end].isascii():
        return None  # 2C, 5G
    trail = after(folded, end)
    lead = before(folded, start)
    name, factor = (unit.unit, unit.factor) if unit else ("", _ONE)
    if name in CURRENCIES:
        below, said_at = price_before(folded, start)
        name = compound(name, below)
        lead = lead if lead.bound else before(folded, said_at)  # 不超过每平方米100元
    elif name == "ratio" and not lead.bound:
        lead = before_share(folded, start) or lead
    faint = not unit and figure.is_chinese and not _stands_alone(folded, figure, trail, lead)
    if unit and figure.is_article and not lead.bound and _is_article(folded, figure):
        return None
    if name in TIME_UNITS and folded[start - 1 : start] == "近":
        lead = Before(lead.bound)  # 近三年: the last three, not some three
    bound = combine(lead, trail)
    approximate = figure.approximate or lead.approximate or trail.approximate
    if figure.bound and not lead.bound and not trail.bound:
        bound = figure.bound
    return Found(start, end, number, figure.scale, name, factor, lead, trail, bound, approximate, faint)


def _unit(folded: str, original: str, figure: Figure, currency: str) -> UnitMatch | None:
    end = figure.end
    if figure.is_fraction:
        return UnitMatch("ratio", _ONE, end)
    blank = end
    while blank < end + 3 and folded[blank : blank + 1].isspace():
        blank += 1
    unit = match_unit(folded, blank + 1 if _HYPHENATED.match(folded, end) else blank)
    if unit and currency and unit.unit.split("/")[0] not in CURRENCIES:
        unit = None
    if unit:
        return unit
    if folded.startswith("半月", end - 1):  # 两个半月: the half is part of the figure
        return UnitMatch("month", _ONE, end + 1)
    if currency:
        return with_denominators(folded, UnitMatch(currency, _ONE, end))
    if folded[end : end + 1] in ("角", "分", "毛") and original[figure.end - 1] in "壹贰叁肆伍陆柒捌玖貳參陸":
        return UnitMatch("CNY", Decimal("0.01") if folded[end] == "分" else Decimal("0.1"), end + 1)
    return figure.tenths(folded)


def _remainder(folded: str, unit: UnitMatch, number: Decimal, end: int) -> tuple[Decimal, int]:
    """What is written behind the unit and still counts: 12块5毛, 一年半."""
    if unit.unit in ("CNY", "USD") and (change := _CHANGE.match(folded, end)):
        tens = _DIGITS.get(change["dime"] or "", change["dime"] or "0")
        ones = change["cent"] or change["only"] or "0"
        cents = int(tens) * 10 + int(_DIGITS.get(ones, ones))
        return EXACT.add(number, Decimal(cents).scaleb(-2)), change.end()
    if (
        folded[end : end + 1] == "半"
        and unit.factor == _ONE
        and unit.unit not in CURRENCIES
        and folded[end + 1 : end + 2] not in ("年", "数", "径", "价")
    ):
        return EXACT.add(number, Decimal("0.5")), end + 1
    return number, end


def _is_article(folded: str, figure: Figure) -> bool:
    """一 that counts nothing: 每一家, 另一个, 上一年, 一批, 一种."""
    return folded[figure.end] in "批种" or (figure.start > 0 and folded[figure.start - 1] in "每这那某另同任各首哪统唯单上下")


def _stands_alone(folded: str, figure: Figure, trail: After, lead: Before) -> bool:
    """A Chinese numeral without unit is a number in 三千八百万 or 超过三十, not in 一体化 or 十分."""
    if not folded[: figure.start].strip() and not folded[figure.end :].strip():
        return True
    if (trail.bound and folded[figure.end] != "起") or (lead.comparison and (trail.bigger or trail.smaller)):
        return True
    if figure.is_large:
        return True
    return lead.bound is not None and folded[figure.start] != "零" and bool(_LONE.match(folded, figure.end))
