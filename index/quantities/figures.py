"""Finding the numerals of a text, with what is fused to them: 十几万, 20多亿, 百分之二, 3/4, 半, 500w, two million.

>>> next_figure("约二百三十余万元", 0).number
Decimal('2300000')
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from index.models import Bound
from index.quantities.numerals import (
    ARABIC,
    CHINESE,
    DIGITS,
    ENGLISH,
    EXACT,
    LATIN_SCALE,
    NUMERAL,
    divide,
    read_english,
    read_numeral,
)  # fmt: skip
from index.quantities.units import UnitMatch

_WORD = "(?:" + "|".join(sorted([*ENGLISH, "hundred", "thousand"], key=len, reverse=True)) + ")"
_FIRST = rf"(?=[\d.半{CHINESE}])"  # spares most positions the numerals
_CHINESE_START = rf"(?P<numeral>{NUMERAL})|(?P<half>半(?=年|个月|个小时|天|日内|小时|斤|亩|个百分点))"
_START = re.compile(f"{_FIRST}(?:{_CHINESE_START})")
_START_ENGLISH = re.compile(
    rf"{_FIRST}(?:{_CHINESE_START})|\b(?P<half_a>half[ ]a[ ](?=year|month|day|mu\b))"
    rf"|\b(?P<words>{_WORD}(?:(?:[ -]|[ ]and[ ])(?:{_WORD}|million|billion))*)\b",
    re.IGNORECASE,
)
_SCALE_AFTER = re.compile(LATIN_SCALE, re.IGNORECASE)
_MILLION_M = re.compile(r"[mM](?![A-Za-z0-9])")
_CURRENCY_END = re.compile(r"(?:\$|¥|€|£|RMB|CNY|USD)[ ]?\Z")
_LOOSE = re.compile(r"[ ]?(?:(?P<many>多|余|来)|(?P<some>几))个?(?P<scale>[百千]?[万亿]*)")
_SHARE = re.compile(rf"分之(?P<minus>负)?(?P<top>{NUMERAL})")
_MIXED = re.compile(rf"又(?P<bottom>{NUMERAL})分之(?P<top>{NUMERAL})")
_SLASH = re.compile(r"[ ]?/[ ]?(?P<bottom>\d{1,3})(?![\d./])")
_PERCENT = re.compile(rf"百分(?:之[ ]?)?(?P<minus>负)?(?P<top>{NUMERAL}|百)")
_SCALED = re.compile(rf"(?P<figure>{ARABIC}|[零一二两三四五六七八九])[ 个]?(?P<scale>[十百千万亿]+)")
_TWO_SUMS = re.compile(rf"(?:{ARABIC})[百千]?万(?=(?:{ARABIC})[百千]?[万亿])")
"""A threshold and its sum written together: 3000万200万."""
_TAIL_SCALE = re.compile(r"[万亿]+\Z")
_TENTHS = re.compile(r"[ ]?(?:成(?![本功立果为员长熟都效交绩品分就人型套])|折(?![合算扣旧页]))")
_EITHER = re.compile(r"(?P<low>[一二三四五六七八])(?P<high>[两二三四五六七八九])(?P<scale>[十百千万亿]*)(?![零一二两三四五六七八九])")
_PAIR_OFF = re.compile(r"[一二三四五六七八九]{2}(?=折)")
_UPWARD = ("上", "数", "几")
_CONTEXT_FOR_BARE_SCALE = "超过破逾达近成满约到足于"
_BARE_SUM = re.compile("[百千][万亿](?:元|美元)|[万亿]美?元(?:及?以[上下])")  # 千万元, 亿元以上
_SIGN_BEFORE = " \t\n(（[：:=为是比~"


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeral found. `number` is None where the characters make no number; reading goes on at `end`."""

    start: int
    end: int
    number: Decimal | None = None
    scale: Decimal = Decimal(1)
    approximate: bool = False
    bound: Bound | None = None
    is_chinese: bool = False
    is_fraction: bool = False
    is_large: bool = False
    """Several characters with a 百, 千, 万 or 亿 among them: a number even without a unit."""
    is_code: bool = False
    """Four plain digits: may be a business code or a year."""
    is_article: bool = False
    """The one word 一."""

    def tenths(self, text: str) -> UnitMatch | None:
        """The unit of 七成 and 九折 (0.7, 0.9), where one follows; 75折 counts in hundredths."""
        match = _TENTHS.match(text, self.end)
        if not match or self.number is None or self.number > 100:
            return None
        return UnitMatch("ratio", Decimal("0.1") if self.number <= 10 else Decimal("0.01"), match.end())


def next_figure(text: str, position: int, *, english: bool = True) -> Figure | None:
    """The first figure at or after `position` of a folded text; without spelled English numbers it is found faster."""
    match = (_START_ENGLISH if english else _START).search(text, position)
    if not match:
        return None
    try:
        return _signed(text, _read(text, match), position)
    except ValueError:
        return Figure(match.start(), match.end())


def _read(text: str, match: re.Match[str]) -> Figure:
    start, end = match.span()
    if match.lastgroup == "half_a":
        return Figure(start, end, Decimal("0.5"))
    if match.lastgroup == "words":
        return _words(text, match)
    if match["half"]:
        blocked = start and text[start - 1] in "上下前后过多大每"
        return Figure(start, end, None if blocked else Decimal("0.5"))
    if text[start] in CHINESE and (spoken := _spoken(text, start)):
        return spoken
    body = match["numeral"]
    if two := _TWO_SUMS.match(body):
        return _plain(text, start, start + two.end(), two.group())
    if text.startswith("..", end) or (start and text[start - 1] == "." and text[start - 2 : start - 1] in (".", *"0123456789")):
        raise ValueError("two decimal points")
    if text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit():
        raise ValueError("a section or version number: 1.2.3")
    if mixed := _MIXED.match(text, end):
        part = divide(read_numeral(mixed["top"]), read_numeral(mixed["bottom"]))
        return Figure(start, mixed.end(), EXACT.add(read_numeral(body), part), is_fraction=True)
    if share := _SHARE.match(text, end):
        return Figure(start, share.end(), _minus(divide(read_numeral(share["top"]), read_numeral(body)), share["minus"]), is_fraction=True)
    if body.isdigit() and len(body) <= 3 and (slash := _SLASH.match(text, end)):
        return Figure(start, slash.end(), divide(Decimal(body), Decimal(slash["bottom"])), is_fraction=True)
    return _plain(text, start, end, body)


def _spoken(text: str, start: int) -> Figure | None:
    """What is said in Chinese and is no plain numeral: 百分之二, 七五折, 三四百万."""
    if percent := _PERCENT.match(text, start):
        top = Decimal(100) if percent["top"] == "百" else read_numeral(percent["top"])
        return Figure(start, percent.end(), _minus(divide(top, Decimal(100)), percent["minus"]), is_fraction=True)
    if pair := _PAIR_OFF.match(text, start):
        return Figure(start, pair.end(), Decimal(DIGITS[text[start]] * 10 + DIGITS[text[start + 1]]))
    if (either := _EITHER.match(text, start)) and DIGITS[either["high"]] == DIGITS[either["low"]] + 1:  # 三四百万, 七八家
        scale = read_numeral("一" + either["scale"]) if either["scale"] else Decimal(1)
        number = EXACT.multiply(Decimal(DIGITS[either["low"]]), scale)
        return Figure(start, either.end(), number, scale, True, Bound.AT_LEAST, is_chinese=True, is_large=scale >= 100)
    return None


def _plain(text: str, start: int, end: int, body: str) -> Figure:
    """A numeral with the loose words and Latin scales fused to it."""
    bare_scale = body[0] in "百千万亿"
    upward = start > 0 and text[start - 1] in (_UPWARD if body[0] != "十" else _UPWARD[1:])
    if bare_scale and not upward and not (start and text[start - 1] in _CONTEXT_FOR_BARE_SCALE) and not _BARE_SUM.match(text, start):
        raise ValueError("a scale without a figure: 万元 alone names a unit")
    number = read_numeral(body)
    scaled = _SCALED.fullmatch(body)
    tail = _TAIL_SCALE.search(body)
    scale = read_numeral("一" + scaled["scale"]) if scaled else read_numeral("一" + tail.group()) if tail else Decimal(1)
    approximate, bound = (True, Bound.AT_LEAST) if upward and body[0] in "十百千万亿" else (False, None)
    while loose := _LOOSE.match(text, end):
        if loose["some"] and body[-1] not in "十百千0":
            break
        if not loose["scale"] and not loose["some"] and body[-1] not in "十百千万亿0123456789":
            break
        times = read_numeral("一" + loose["scale"]) if loose["scale"] else Decimal(1)
        number, scale, end = EXACT.multiply(number, times), EXACT.multiply(scale, times), loose.end()
        approximate, bound = True, Bound.MORE_THAN
    if text.startswith("个半", end) and text[end + 2 : end + 3] in ("月", "小"):  # 两个半月
        number, end = EXACT.add(number, Decimal("0.5")), end + 2
    if latin := _SCALE_AFTER.match(text, end) or (_CURRENCY_END.search(text, max(0, start - 4), start) and _MILLION_M.match(text, end)):
        times = read_numeral("1" + latin.group())
        number, scale, end = EXACT.multiply(number, times), EXACT.multiply(scale, times), latin.end()
    is_chinese = body[0] in CHINESE
    return Figure(
        start, end, number, scale, approximate, bound, is_chinese,
        is_large=is_chinese and len(body) > 1 and any(c in body for c in "百千万亿") and (body[0] not in "百千万亿" or upward),
        is_code=body.isdecimal() and len(body) == 4 and scale == 1, is_article=body == "一",
    )  # fmt: skip


def _words(text: str, match: re.Match[str]) -> Figure:
    words = [w for w in re.split(r"[ -]", match["words"].lower()) if w != "and"]
    number, end = read_english(words), match.end()
    if latin := re.compile(r"[ ](?:million|billion)\b", re.IGNORECASE).match(text, end):
        number, end = EXACT.multiply(number, read_numeral("1" + latin.group())), latin.end()
    return Figure(match.start(), end, number, is_chinese=True, is_article=words == ["one"])


def _signed(text: str, figure: Figure, position: int) -> Figure:
    """The figure with its sign: 负 always, a hyphen only where it cannot join two ends of a range."""
    before = figure.start - 1
    if figure.number is None or before < position:
        return figure
    minus = text[before] == "负" or (
        text[before] == "-" and (before == 0 or text[before - 1] in _SIGN_BEFORE) and not text[:before].rstrip()[-1:].isdigit()
    )
    if not minus:
        return figure
    return replace(figure, start=before, number=EXACT.minus(figure.number))


def _minus(number: Decimal, sign: str | None) -> Decimal:
    return EXACT.minus(number) if sign else number
