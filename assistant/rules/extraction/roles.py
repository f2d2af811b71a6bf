"""What a figure does in its piece of text: is it granted, does it cap, is it a condition, or only background.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> piece = read_sentences("对年进出口额200万美元以上的企业给予10万元扶持资金。")[0].clauses[0].pieces[0]
>>> [(s.role.value, s.quantities[0].text) for s in read_series(piece)]
[('condition', '200万美元'), ('amount', '10万元')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Piece
from index.models import Bound, Quantity

_JOINT = re.compile(r"^(?:元|级)?(?:以上|及以上|以下|（[^（）]{1,6}）)?[、和及或与]{1,2}(?:以及)?$")
_CURRENCY = re.compile(r"[A-Z]{3}(?:/|$)")
_GIVING = re.compile("给予|奖励|补助|补贴|资助|扶持|支持")
COUNTED = (
    "单(?![个位家项笔])|票|件|项|人次|人|名|位|总?吨|公斤|千克|标箱|标准箱|TEU|箱|柜|场次?|班[次列]?|列|架次|航次|车次|次|台|艘|"
    "辆|亩|公里|条|篇|张|床|学时|课时|小时|天|日|晚|千瓦时|家|户|个"
)
EACH_UNIT = re.compile(rf"每[个一]?(?P<unit>{COUNTED}|年度?|月)")
COMPARED_WITH = "同比|环比|[较比与](?:同期|[上去]一?年(?:度|同期)?|年初|基期)(?:相?比)?|净"
"""每同比增加1000万元, 每较上年增长100万元."""
TRADED = "进出口|出口|进口|结汇|收汇|创汇|销售|交易|成交|纳税|缴纳|投资|投入"
"""每出口1美元奖励0.2元."""
EACH_SUM = re.compile(rf"每(?:(?:年|再|{COMPARED_WITH})*(?:新增|增加|增长|增|提高|多|实现|完成|达到?|满|超过?|{TRADED}))?$")
EACH_OF = re.compile(
    rf"(?:每(?:年度?|月))?(?:每[个一]?(?:{COUNTED})){{1,2}}(?:每(?:年度?|月))?"
    r"(?:(?:一次性)?[\u4e00-\u9fff]{0,2}|(?:按月|分别)?(?:给予|发放)[\u4e00-\u9fff]{0,6}|[\u4e00-\u9fff]{0,4}(?:补贴|补助|奖励|资助))$"
    r"|每个?月(?:按|可)?(?:给予|发放|领取|补助|补贴|资助)?(?:最高|不超过)?$"
)
"""按每单4元标准; 硕士每人5万元; 按每人每学时20元."""
_LIMITS_WHAT = re.compile(
    r"(?:补贴|补助|奖励|奖补|支持|资助|扶持|贴息|享受|租金|贷款|期限|时间|年限|累计|面积|数量|名额|次数|周期|最长|给予)[^，；。]{0,12}$"
)
_TERM = re.compile("(?:补贴|补助|奖励|支持|扶持|资助|贴息|享受|减免)(?:期限?|年限|时间|周期)(?:为|是|共)?$")
"""补贴期限为3年."""
_GROWTH = re.compile(r"(?:增长|增幅|增速|增加|提高|提升|上升|下降|降低|占|比例|占比|率)[^，；。、\d]{0,6}$")

_EXCESS = re.compile(
    r"超(?:过|出|额)(?:[\d.]+[万亿千百]*[\u4e00-\u9fff]{0,3}?)?的?部分[^，；。\d]{0,10}$|超(?:出|过)(?:的?(?:金|数)?额(?:度)?)的?(?:按(?:照)?)?$"
)
_PAID_OUT = re.compile(r"分[两二三四五六\d]年[^，；。]{0,12}$")
"""分三年按40%、30%、30%的比例拨付: when a sum is paid, not how much."""
"""两项奖励总额最高为其贡献的100%: bounds what several rules give together, it grants nothing."""
_RANGE_AFTER = re.compile(
    rf"^(?:/[年月人家]|不等|之间)?(?:的?(?:一次性|资金|专项)?[\u4e00-\u9fff]{{0,4}}(?:{p.GRANT_NOUN})|(?:的?(?:比例|标准|幅度))?(?:给|予|$)|（)"
)
"""给予20万元-50万元不等的落户奖励; not 500万元-1000万元的项目给予…."""
_RAISED = re.compile(r"(?:上浮|下浮|上调|下调)(?:了)?$")
"""运营补贴上浮50%: more than another grant, no share of a basis."""


class Role(StrEnum):
    """The use of a figure."""

    AMOUNT = "amount"
    RATE = "rate"
    CAP = "cap"
    CONDITION = "condition"
    EACH = "each"  # the 1 of 每新入驻1家
    LIMIT = "limit"  # bounds a count, an area or a time, not the sum
    DURATION = "duration"
    BACKGROUND = "background"


GRANTED = (Role.AMOUNT, Role.RATE)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one unit in a row (A、B、C), their common role, and the words of the piece around them."""

    quantities: tuple[Quantity, ...]
    role: Role
    left: str
    right: str
    start: int
    """Offset in the flat article."""
    end: int
    bracketed: bool = False
    elided: bool = False
    """`left` is that of an earlier figure: its own words name no measure."""

    @property
    def unit(self) -> str:
        """Unit of all of them."""
        return self.quantities[0].unit

    @property
    def is_range(self) -> bool:
        """Whether they are the two ends of a range: 20-200万元."""
        return len(self.quantities) == 2 and self.quantities[0].range_id is not None

    @property
    def bound(self) -> Bound:
        """Bound of all of them."""
        return self.quantities[0].bound


def of_excess(series: Series) -> bool:
    """Whether a grant is of what exceeds a threshold only: 超过部分按每标箱300元."""
    return series.role in GRANTED and bool(_EXCESS.search(series.left))


def is_money(unit: str) -> bool:
    """CNY, USD/m2 …"""
    return bool(_CURRENCY.match(unit)) and unit[:3] != "TEU"


def read_series(piece: Piece) -> list[Series]:
    """The figures of a piece grouped into series, with roles."""
    result = [_series(piece, group) for group in _group(piece)]
    outside = any(s.role in GRANTED and not s.bracketed for s in result)
    # 按每单4元奖励（旅游业每单5元）: a remark changes nothing of what is granted in general
    return [replace(s, role=Role.BACKGROUND) if outside and s.bracketed and s.role in GRANTED else s for s in result]


def _group(piece: Piece) -> list[list[Quantity]]:
    groups: list[list[Quantity]] = []
    outer: list[Quantity] = []
    for quantity in piece.quantities:
        remark = _in_brackets(piece.text, quantity.start)
        group = groups[-1] if groups and remark else outer
        last = group[-1] if group else None
        if last and (
            (last.unit == quantity.unit and _JOINT.match(_without_remarks(piece.text[last.end : quantity.start])))
            or (last.range_id is not None and last.range_id == quantity.range_id)
        ):
            group.append(quantity)
        else:
            group = [quantity]
            groups.append(group)
        outer = outer if remark else group
    return groups


def _in_brackets(text: str, position: int) -> bool:
    opened = text.rfind("（", 0, position)
    return opened > text.rfind("）", 0, position)


def _without_remarks(between: str) -> str:
    """5000万元以上（仅限上市公司）、2亿元以上 is one list."""
    return re.sub("（(?!不?含)[^（）]*）", "", between)


def _series(piece: Piece, group: list[Quantity]) -> Series:
    text = piece.text
    opened = max(text.rfind(mark, 0, group[0].start) for mark in "（(")
    inside = opened >= 0 and not re.search("[）)]", text[opened : group[0].start])
    left = text[opened + 1 if inside else 0 : group[0].start]
    if not inside:  # a remark in brackets says nothing about the figure behind it
        left = re.sub("（[^（）]*）", "", left)
    right = text[group[-1].end :]
    group = [_complete(q, right) for q in group]
    group = _common_bound(group, text[group[0].end : group[-1].start], right)
    if _EXCESS.search(left):  # 超出部分按30%给予: 超出 says nothing of the share
        group = [replace(q, bound=Bound.EXACT) if q.bound is Bound.MORE_THAN else q for q in group]
    role = Role.BACKGROUND if inside and re.fullmatch("不?[含包]+[括含]?", left) else _role(group, left, right)
    if role in (Role.AMOUNT, Role.RATE, Role.CAP) and group[0].bound is Bound.EXACT and _limited(left, right):
        group = [replace(q, bound=Bound.AT_MOST) for q in group]
    return Series(tuple(group), role, left, right, piece.start + group[0].start, piece.start + group[-1].end, inside)


def _complete(quantity: Quantity, right: str) -> Quantity:
    """元/平方米·月 is one unit; 元/年 is an amount that is paid yearly."""
    if quantity.unit.endswith("/m2") and re.match("[·•./]?月", right):
        return replace(quantity, unit=quantity.unit + "/month")
    if quantity.unit.endswith("/year") and quantity.unit.count("/") == 1:
        return replace(quantity, unit=quantity.unit.removesuffix("/year"))
    return quantity


def _open_above(group: list[Quantity], between: str, right: str) -> list[Quantity]:
    """1000万元（含）—5000万元: said of the lower end only, the upper one is not included."""
    if "含" in between and "不含" not in between and not re.match("（?含", right) and group[-1].bound is Bound.AT_MOST:
        return [*group[:-1], replace(group[-1], bound=Bound.LESS_THAN)]
    return group


def _common_bound(group: list[Quantity], between: str, right: str) -> list[Quantity]:
    """超过A、B、C and A、B、C以上: the word holds for all of the list."""
    if group[0].range_id is not None:
        return _open_above(group, between, right)
    bounds = {q.bound for q in group} - {Bound.EXACT}
    bound = next(iter(bounds)) if len(bounds) == 1 else Bound.EXACT if not bounds else group[0].bound
    if Bound.MORE_THAN in bounds and re.match("以上|及以上", right.lstrip("元")):
        bound = Bound.AT_LEAST if len(bounds) > 1 else bound
    if re.match(r"元?（[^）]{0,4}不含(?:本?数|此数|该数)?）", right):
        bound = {Bound.AT_LEAST: Bound.MORE_THAN, Bound.AT_MOST: Bound.LESS_THAN}.get(bound, bound)
    return [replace(q, bound=bound) for q in group]


def _limited(left: str, right: str) -> bool:
    return bool(p.AT_MOST_LEFT.search(left) or p.AT_MOST_RIGHT.match(right))


def _role(group: list[Quantity], left: str, right: str) -> Role:
    unit, bound = group[0].unit, group[0].bound
    if group[0].range_id is not None and (is_money(unit) or unit == "ratio") and _range_granted(unit, left, right):
        return Role.AMOUNT if is_money(unit) else Role.RATE
    if group[0].range_id is not None and not is_money(unit):
        return Role.CONDITION
    if len(group) == 1 and _counted_each(unit, bound, left):
        return Role.EACH
    if is_money(unit):
        return _money(group, left, right)
    if unit == "ratio":
        return _ratio(group, left, right)
    if unit in ("year", "month", "day", "working_day", "quarter"):
        if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
            return Role.CONDITION
        bounding = bound is Bound.AT_MOST and _LIMITS_WHAT.search(left)
        stated = bound is Bound.EXACT and _TERM.search(left)
        return Role.LIMIT if len(group) == 1 and (bounding or stated) else Role.DURATION
    if bound in (Bound.AT_MOST, Bound.LESS_THAN) and _LIMITS_WHAT.search(left):
        return Role.LIMIT
    return Role.BACKGROUND if bound is Bound.EXACT and not p.CONDITION_LEFT.search(left) else Role.CONDITION


def _range_granted(unit: str, left: str, right: str) -> bool:
    """Whether a range is what is given (给予企业20-200万元的奖励), not what is asked for (对投资500-1000万元的，给予…)."""
    giving = re.search(r"(?:给予|予以|发放|奖励|奖补|补助|补贴|资助|扶持|支持|最高|按照?)(?P<what>[^，；。\d]{0,16})$", left)
    if giving and unit == "ratio":
        return bool(_RANGE_AFTER.match(right))
    measured = giving and re.search("(?:额|量|积|数|率|收入|产值|规模|资本|投资|税收|贡献)(?:在|达到?|为)?$", giving["what"])
    return bool(giving and not measured and _RANGE_AFTER.match(right))


def _counted_each(unit: str, bound: Bound, left: str) -> bool:
    """每新入驻1家, 每增加1亿元; not 每平方米800元, 每家给予50万元."""
    if is_money(unit):
        return bool(EACH_SUM.search(left))
    full = bound is Bound.AT_LEAST and re.search("每(?:年|月)?(?:新增|增加|累计)?(?:达到?|满)?$", left)  # 每满5000人奖励5000元
    return bool(full) or (bound is Bound.EXACT and bool(re.search(r"每新?[\u4e00-\u9fff]{0,10}$", left)) and not _GIVING.search(left))


def _money(group: list[Quantity], left: str, right: str) -> Role:
    bound = group[0].bound
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return Role.CONDITION
    if p.FUND_LEFT.search(left) and (p.FUND_RIGHT.match(right) or p.SET_ASIDE.search(f"{left}|{right}")):
        return Role.BACKGROUND
    if "/" in group[0].unit:
        return Role.AMOUNT
    if EACH_OF.search(left):
        return Role.AMOUNT
    granted = bool(p.GIVE_NEAR.search(left) or p.GRANT_AFTER.match(right) or p.PRICE_AFTER.match(right))
    if not granted and p.CONDITION_LEFT.search(left) and not _limited(left, right):
        return Role.CONDITION
    if _limited(left, right) or bound is Bound.AT_MOST:
        if granted and not p.CAP_SUBJECT.match(left):
            return Role.AMOUNT
        if re.match(r"^的[\u4e00-\u9fff]", right) and not granted:
            return Role.CONDITION
        return Role.CAP
    return Role.AMOUNT if granted else Role.CONDITION


def _ratio(group: list[Quantity], left: str, right: str) -> Role:
    bound = group[0].bound
    if bound is Bound.MORE_THAN and re.match("的?部分", right):
        return Role.BACKGROUND  # 超过15%部分的税负差额
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN) or p.SHARED_OUT.match(right):
        return Role.CONDITION if not p.SHARED_OUT.match(right) else Role.BACKGROUND
    if _PAID_OUT.search(left) or _RAISED.search(left):
        return Role.BACKGROUND
    if p.OLD_LEFT.search(left) and p.OLD_RIGHT.match(right):
        return Role.BACKGROUND
    if p.TOGETHER_AT_MOST.search(left):
        return Role.CAP  # 两项奖励总额最高为其实缴税款的100% promises nothing more
    if re.search(r"(?:支持|补贴|补助|奖励|资助|扶持|贴息)(?:的)?比例(?:上限|可)?[^，；。]{0,14}$", left):
        return Role.RATE
    given = re.match(rf"^的?(?:比例|标准|额度)?[^，；。、\d的]{{0,12}}?(?:{p.GIVE}|申请)", right) or re.match(
        rf"^的[^，；。、\d]{{0,10}}(?:{p.GRANT_NOUN})", right
    )
    by = re.search(r"按(?:照|其)?[^，；。]*$", left)
    verb = re.search(rf"(?:{p.GIVE})[^，；。\d]{{0,30}}$", left)
    if re.search(r"占[^，；。]{0,12}$", left) or (_GROWTH.search(left) and not (by or verb)):
        return Role.CAP if bound is Bound.AT_MOST and not by else Role.CONDITION
    if given and (by or verb or _limited(left, right) or left):
        return Role.RATE
    if by and re.match(r"^(?:的?(?:比例|标准|额度))?(?:$|对|向|，|（|给|、(?:且|但)?(?:给予|最高|最多|不超过))", right):
        return Role.RATE
    if (by or verb) and ((after := re.match("^(?:的(?:比例|标准))?[、和]", right)) and p.ORDINAL_YEAR.match(right, after.end())):
        return Role.RATE  # 第一年按租金的80%、第二年按租金的50%给予补贴
    if verb and re.match(r"^、(?:且|但|单[个家户项])?[^，；。\d]{0,6}(?:最高|最多|不超过)[^，；。]{0,24}(?:奖|补|资助|扶持|支持)", right):
        return Role.RATE  # 给予实际投入30%、最高不超过200万元的补助
    if verb and re.match(r"^的?(?:$|资金|奖|补|支|资|扶|配|比例)", right):
        return Role.RATE
    if (_limited(left, right) or bound is Bound.AT_MOST) and re.search("的$|总额$|贡献|投资|成本|费用|金额", left):
        return Role.CAP
    return Role.CONDITION
