"""The words around a figure that limit it: 超过 > , 达到 ≥ , 不超过 ≤ , 不满 < , and 约 which makes it approximate.

    >>> before("单家企业每年最高支持", 10)
    Before(bound=<Bound.AT_MOST: 'at_most'>, weak=False, approximate=False, comparison=False)

以上、以下、以内 include the number itself (Civil Code, article 1259).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.models import Bound

_FILL = (
    r"(?:可以?|给予|给|支持|扶持|补助|补贴|奖励|资助|配套|一次性|限额|金额|额度|资金|总额|比例|标准|达到|达|获得|享受|予以|申请|享|获|领取?"
    r"|拿|得|补|奖|按照?|不超过|的|为|是|至|到|每年|年度|每|单个|单家|单户|家|户|个|企业|项目|主体|累计|合计|年|月)"
)
_LESS_THAN = (
    r"不足|不满|未满|不到|未达到?|达不到|没有?达到|没满|不及|(?<![不得])低于|(?<![不得])少于|(?<![不得])小于|<(?![ ]?=)"
    r"|(?<!not )(?<!no )(?:less|fewer|lower|smaller) than|(?<!not )under|(?<!not )below|not (?:yet|even)(?: quite)?"
)
_AT_MOST = (
    r"不(?:得|能|应|可|会)?(?:超过|高于|多于|大于|突破|超出?)|(?:未|没有?)(?:超过|突破)|(?:至多|最多)[^的，。；、,\d]{0,6}|上限(?:为|是)?|限[值额](?:为|是)|封顶|控制在"
    r"|最(?:大|长)(?:可|为|是|达|给予|支持|不超过)?|[小低少]于(?:或者?|[ ]或[ ])?等于|<[ ]?=|≤"
    rf"|最高{_FILL}{{0,8}}|(?:no|not) (?:more|greater|higher|larger|longer) than|not (?:to )?exceed(?:ing)?"
    r"|up to|at most|a? ?maximum (?:amount |subsidy |grant |reward )?(?:of|is)?|max\.?|capped at|cap(?: of| is|:)?"
    r"|ceiling of|limited to|within"
)
_AT_LEAST = (
    r"(?<!不)达到|(?<![不高多长])达(?!不)|不(?:得|能|应)?(?:低于|少于|小于|短于)|(?:至少|起码)[^的，。；、,\d]{0,8}|最[低少小短]|(?<![不未圆没])满|不下"
    r"|[大高多]于(?:或者?|[ ]或[ ])?等于|>[ ]?=|≥|at least|(?:no|not) (?:less|fewer|lower|smaller) than|(?:a )?minimum(?: of)?"
    r"|(?<!not )reach(?:es|ed|ing)?"
)
_MORE_THAN = (
    r"(?<![不未没])超过|(?<!不)超出|(?<![不未])突破|(?<!不)高于|(?<!不)大于|(?<!不)多于|逾|(?<![不高])超|(?<![^额量值收入数积率润])过|(?<!突)破"
    r"|>(?![ ]?=)|(?<!not )(?<!no )(?:more|greater|higher|larger) than|(?<!not )\bover|(?<!not )above"
    r"|(?<!not )exceed(?:s|ed|ing)?|in excess of"
)
_LEAD = {
    Bound.LESS_THAN: _LESS_THAN,
    Bound.AT_MOST: _AT_MOST,
    Bound.AT_LEAST: _AT_LEAST,
    Bound.MORE_THAN: _MORE_THAN,
    Bound.EXACT: r"等于|正好|恰好|刚好|exactly|precisely",
}
_GROUPS = "|".join(f"(?P<{bound.value}>{words})" for bound, words in _LEAD.items())
_ABOUT = r"约|近|大约|大概|大致|差不多|about|around|approximately|roughly|some|circa|ca\."
_NEARLY = (
    r"接近|将近|临近|逼近|(?<![加更较尽赶])快要?(?:达?到|满|够|有|接近)?|(?:就|只|还)?差(?:了|那么)?一?(?:点点|点儿|点|丁点)(?:儿)?就?(?:达?到|不到|没到|满|够)?"
    r"|nearly|almost|close to|approaching|not quite|just (?:under|below|short of|shy of)|shy of|short of"
)
_BETWEEN = r"了|是|有|为|等值|折合|合计|累计|共计|总计|人民币|价值|其|an? |the |equivalent of |total of |:|："
_FIRST = (
    r"(?=[不未没达低少小<最至上限封控≤起满大高多>≥超突逾过破等正恰刚比约近差接将临逼快就只还a-zA-Z])"  # spares most positions the long list
)
_LEAD_PATTERN = re.compile(
    rf"{_FIRST}(?:{_GROUPS}|(?P<than>比)|(?P<nearly>{_NEARLY})|(?P<about>{_ABOUT}))"
    rf"[ ]{{0,2}}(?:(?:{_BETWEEN})[ ]?){{0,2}}(?P<about_too>{_ABOUT})?[ ]{{0,2}}\Z",
    re.IGNORECASE,
)
# 不超过实际营业收入5%: before a share, what it is a share of may stand between
_SHARE_PATTERN = re.compile(rf"{_FIRST}(?:{_GROUPS})[^，。；、！？,;:：()（）\d]{{1,16}}\Z")
_EXCLUSIVE = r"[(（][ ]?(?P<{name}>不含|不包括|不包含|含|包括|包含|exclusive|inclusive|excluded|included)[^()（）\n]{{0,12}}[)）]"
_TRAIL_PATTERN = re.compile(
    r"[ ]{0,2}(?P<about>左右|上下|多(?!一?[点些])|余|来|出头)?(?:" + _EXCLUSIVE.format(name="first") + r")?[ ]{0,2}"
    r"(?:(?P<at_least>(?:及其?|或者?|或其)?(?:以上(?![述文级])|之上|更[多高])|起(?![来步点始草诉算到施])|\+(?![\dA-Za-z])"
    r"|(?:or|and) (?:more|above|over|higher))"
    r"|(?P<at_most>(?:及其?|或者?)?以下(?![简统称几条措材方内标])|以内|之内|之下|内(?![部外资贸设需容涵陆地销])|封顶|为限|为上限"
    r"|(?:or|and) (?:less|below|fewer|under)|at most)"
    r"|(?P<less_than>(?:都|还|也)?(?:不到|不足|没到|未到|不满|没满)(?=[，,。；;！!？?、的了\s]|$))"
    r"|(?P<more_than>以外|还?多一?(?:点点?儿?|些)(?=[，,。；;！!？?、的了\s]|$))|(?P<bigger>[大高多](?!于))|(?P<smaller>[小低少](?!于)))?"
    r"(?:[ ]?" + _EXCLUSIVE.format(name="last") + ")?",
    re.IGNORECASE,
)
_REACH = 40
_CLAUSE_ENDS = frozenset("，。；、！？,;0123456789%")
_LINE_BREAK = re.compile(r"(?<![A-Za-z,])[ ]?[\r\n]+[ ]?")
_STRICT = {Bound.AT_LEAST: Bound.MORE_THAN, Bound.AT_MOST: Bound.LESS_THAN}
_INCLUSIVE = {strict: loose for loose, strict in _STRICT.items()}
_WEAK = re.compile(r"(?:达到?|reach(?:es|ed|ing)?)", re.IGNORECASE)


class Before(NamedTuple):
    """What the words before a figure say."""

    bound: Bound | None
    weak: bool = False
    """达到: gives way to words after the figure that say otherwise (达到…以下)."""
    approximate: bool = False
    comparison: bool = False
    """比: the bound follows the figure (比170低)."""


class After(NamedTuple):
    """What the words after a figure say, and where they end."""

    bound: Bound | None
    inclusive: bool | None
    """（含）, （不含）, or nothing said."""
    approximate: bool
    bigger: bool
    smaller: bool
    end: int


def before(text: str, start: int) -> Before:
    """Read the words that end at `start`."""
    match = _LEAD_PATTERN.search(_window(text, start))
    if not match:
        return Before(None)
    if match["nearly"] is not None:
        return Before(Bound.LESS_THAN, approximate=True)
    approximate = bool(match["about_too"])
    if bound := _bound_of(match):
        return Before(bound, bool(_WEAK.fullmatch(match[bound])), approximate)
    return Before(None, approximate=match["about"] is not None or approximate, comparison=match["than"] is not None)


def before_share(text: str, start: int) -> Before | None:
    """Read a bound that stands some words before a percentage; None if there is none."""
    match = _SHARE_PATTERN.search(_window(text, start))
    bound = _bound_of(match) if match else None
    return Before(bound) if bound else None


def _window(text: str, start: int) -> str:
    """The clause before `start`, with lines joined: printed lines break anywhere."""
    first, lowest = start, max(0, start - _REACH)
    while first > lowest and text[first - 1] not in _CLAUSE_ENDS:
        first -= 1
    window = text[first:start]
    return _LINE_BREAK.sub("", window) if "\n" in window else window


def _bound_of(match: re.Match[str]) -> Bound | None:
    return next((bound for bound in _LEAD if match[bound] is not None), None)


def after(text: str, end: int) -> After:
    """Read the words that begin at `end`."""
    match = _TRAIL_PATTERN.match(text, end)
    if not match:
        return After(None, None, False, False, False, end)
    bound = next((b for b in (Bound.AT_LEAST, Bound.AT_MOST, Bound.LESS_THAN, Bound.MORE_THAN) if match[b]), None)
    note = match["last"] or match["first"]
    inclusive = None if note is None else not (note.startswith("不") or note.lower().startswith("excl"))
    return After(bound, inclusive, bool(match["about"]), bool(match["bigger"]), bool(match["smaller"]), match.end())


def combine(lead: Before, trail: After) -> Bound:
    """The bound of a figure from the words on both sides of it."""
    bound = lead.bound
    if trail.bound and (bound is None or lead.weak):
        bound = trail.bound
    if lead.comparison:
        bound = Bound.MORE_THAN if trail.bigger else Bound.LESS_THAN if trail.smaller else bound
    if bound and trail.inclusive is not None:
        bound = with_inclusion(bound, inclusive=trail.inclusive)
    return bound or Bound.EXACT


def with_inclusion(bound: Bound, *, inclusive: bool) -> Bound:
    """The bound after （含） or （不含） is written behind the figure."""
    return _INCLUSIVE.get(bound, bound) if inclusive else _STRICT.get(bound, bound)
