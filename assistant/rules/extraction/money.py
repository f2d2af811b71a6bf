"""From drafts to rules that give money: which kind, on what basis, how much, up to what.

    >>> [rule.kind.value for rule in money_rules(source)]    # doctest: +SKIP
    ['rate', 'lump_sum']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.drafts import Draft
from assistant.rules.extraction.naming import fact_name, grant_noun, last_noun, short_label
from assistant.rules.extraction.roles import EACH_OF, Role, Series, is_money
from assistant.rules.extraction.subjects import beneficiary_of, conditions_of, factors_of, find_subject, measure_label
from assistant.rules.schema import Cap, Compare, Condition, Figure, Measure, OneOf, Period, RuleKind, Step, Tier
from index.models import Bound, Quantity

_COST = re.compile("费|租金|支出|成本|保费|利息|价款|贷款|房租")
_LIMIT_HEAD = re.compile(r"^(?:的|其|各自|不超过|不高于|最高|最多|可|上限|比例|标准|照)+")
_LIMIT_TAIL = re.compile(r"(?:的?(?:不超过|不高于|最高|最多|至多|最高可达|上限为?)|的|按|为|给予|一次性|分别)+$")
_BELOW = {"m2": "面积", "month": "月数", "year": "年数", "person": "人数", "item": "件数", "company": "企业数", "order": "单数", "ton": "吨数", "TEU": "标箱数", "time": "次数", "day": "天数"}
_EACH_ONE = re.compile(r"每(?:一)?(?:个|项|件|款|场|部|张|台|辆|班|列)(?P<what>(?:[\u4e00-\u9fff]{0,6}?)(?:项目|展位|课题|品牌|商标|专利|认证|标准|产品|海外仓|门店|活动|场次|航线|班列))?(?=给予|奖励|补助|补贴|资助|最高|支持|一次性|扶持)")
_BODY = re.compile(r"^(?:企业|单位|机构|个人|园区|平台|主体|公司|基地)")
_EACH_UNITS = {"单": "order", "票": "order", "人": "person", "名": "person", "位": "person", "吨": "ton", "标箱": "TEU", "标准箱": "TEU"} | dict.fromkeys(
    ("场", "班", "列", "架次", "次"), "time"
)
_COST_SUBJECT = re.compile("费|租金|支出|保费")
_LIST_MARK = re.compile(r"(?:、|和|或|及|以及|与)")


@dataclass(slots=True)
class Built:
    """The fields of a rule that gives money, before it gets id and quotation."""

    kind: RuleKind
    beneficiary: str
    label: str
    period: Period
    fields: dict[str, Any] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


def build(draft: Draft) -> Built:
    """The rule a draft means. What the text leaves open is said in `doubts`, never guessed silently."""
    rates = [s for s in draft.grants if s.role is Role.RATE]
    amounts = [s for s in draft.grants if s.role is Role.AMOUNT or (s.role is Role.CAP and is_money(s.unit))]
    if len(draft.amounts) > 1 and not (rates and amounts):
        built = _schedule(draft) if _years(draft) and not rates else _tiers(draft)
    elif rates or draft.grants[0].unit == "ratio":
        built = _rate(draft, (rates or draft.grants)[0])
    elif "/" in draft.grants[0].unit or draft.each or _each_of(draft) or _each_one(draft):
        built = _per_unit(draft)
    else:
        built = _lump_sum(draft)
    built.fields["caps"] = _caps(draft, built.period)
    built.fields.setdefault("conditions", conditions_of(draft))
    if re.search(r"\d[:：∶]\d", draft.text):
        built.doubts.append("配套比例以“几比几”写出，没有作为比例读入")
    if any(piece.text.startswith("或") for piece in draft.head):
        built.doubts.append("条件之间有“或”，请核对")
    factors = factors_of(draft)
    if factors:
        built.fields["factors"] = factors
    if not built.beneficiary:
        built.beneficiary = "符合条件的申报主体"
        built.doubts.append("原文没有在本句写明对象")
    return built


def figure(quantity: Quantity) -> Figure:
    """The quantity as a figure of a rule."""
    return Figure(value=quantity.value, unit=quantity.unit, bound=quantity.bound)


# --- kinds ------------------------------------------------------------------------------------------------------------


def _start(draft: Draft, kind: RuleKind, basis: str = "") -> Built:
    subject = find_subject(draft).text or draft.beneficiary_from
    return Built(kind, beneficiary_of(draft), short_label(subject, _words(draft), basis), period_of(draft, basis))


def _words(draft: Draft) -> str:
    return "，".join(piece.text for piece in draft.body)


def _lump_sum(draft: Draft) -> Built:
    built = _start(draft, RuleKind.LUMP_SUM)
    built.fields["amount"] = figure(draft.amounts[0])
    return built


def _rate(draft: Draft, series: Series) -> Built:
    label = basis_of(draft, series)
    spent = last_noun(find_subject(draft).text)
    if label in ("实际发生额", "核定金额", "实际支出") and _COST_SUBJECT.search(spent[-4:]):
        label = spent[-16:]
    if re.search("利率$|LPR", label):
        label = f"按{label}计算的利息"
    cost = bool(_COST.search(label or ""))
    built = _start(draft, RuleKind.REIMBURSEMENT if cost else RuleKind.RATE, label)
    if not label:
        label = "核定金额"
        built.doubts.append("没有找到按什么计算")
    built.fields["basis"] = _measure(label, "CNY")
    built.fields["rate"] = figure(series.quantities[0])
    return built


def _per_unit(draft: Draft) -> Built:
    built = _start(draft, RuleKind.PER_UNIT)
    quantity = draft.amounts[0]
    one = _each_one(draft)
    if "/" in quantity.unit:
        built.fields["per"] = tuple(_below(draft, unit) for unit in quantity.unit.split("/")[1:])
    elif draft.each:
        series = draft.each[-1]
        measured = series.quantities[0]
        words = _each_words(draft, series)
        if measured.value != 1:
            built.doubts.append(f"每{measured.text}为一份，请核对不足一份时如何计算")
            label = f"{words.removesuffix('数')}每{measured.text}的份数"
            built.fields["per"] = (Measure(fact=label[:40], label=label, unit="item"),)
        else:
            built.fields["per"] = (_measure(words, measured.unit),)
    elif _each_of(draft):
        unit = _each_of(draft)
        built.fields["per"] = (_measure((last_noun(find_subject(draft).text)[-10:] or "") + _BELOW[unit], unit),)
    elif one:
        built.fields["per"] = (_measure(one + "数", "item", default=Decimal(1)),)
    built.fields["amount"] = figure(quantity)
    return built


def _tiers(draft: Draft) -> Built:
    steps, keys, doubts = _steps(draft)
    rated = steps[0][1].unit == "ratio"
    label = basis_of(draft, next(s for s in draft.grants if s.role is Role.RATE)) if rated and any(s.role is Role.RATE for s in draft.grants) else ""
    built = _start(draft, RuleKind.TIERS, label)
    built.doubts += doubts
    if rated:
        built.fields["basis"] = _measure(label or "核定金额", "CNY")
    built.fields["tiers"] = tuple(
        Tier(when=when, label=words, **({"rate": figure(q)} if rated else {"amount": figure(q)})) for when, q, words in steps
    )
    built.fields["conditions"] = _without_choice(conditions_of(draft, keys), steps)
    return built


def _schedule(draft: Draft) -> Built:
    years = _years(draft)
    built = _start(draft, RuleKind.SCHEDULE)
    built.period = Period.YEARS
    built.fields["schedule"] = tuple(Step(years=y, amount=figure(q)) for y, q in zip(years, draft.amounts, strict=True))
    if "/" in draft.amounts[0].unit:
        built.kind = RuleKind.PER_UNIT
        built.fields["per"] = tuple(_below(draft, unit) for unit in draft.amounts[0].unit.split("/")[1:])
    return built


# --- parts ------------------------------------------------------------------------------------------------------------


def period_of(draft: Draft, basis: str = "") -> Period:
    """How often it is paid."""
    body = _words(draft)
    if p.ONCE.search(body):
        return Period.ONCE
    if p.YEARLY.search(body) or p.CONSECUTIVE.search(draft.text):
        return Period.YEAR
    if "首年" in basis:
        return Period.FIRST_YEAR
    return Period.YEAR if "年" in basis else Period.UNSTATED


def basis_of(draft: Draft, series: Series) -> str:
    """What a rate is taken of: 按照A的2%, 给予A最高70%, 对A给予50%, or in a piece before or behind (按30%的比例，对其发生的A…)."""
    for pattern in (r"按(?:照)?(?!不超过$)(?P<what>[^按]*)$", r"(?:给予|免收|免征)(?P<what>.*)$"):
        match = re.search(pattern, series.left)
        if match and (label := _trim(match["what"])):
            return label
    match = re.search(rf"^(?P<what>.+?)(?:{p.GIVE})[^，；。]{{0,12}}$", series.left)
    if match and (label := _trim(re.sub("^(?:对于?|其中)", "", match["what"]))):
        return label
    if (label := _trim(re.sub("^可?按?", "", series.left.split("可按")[-1]))) and not re.search("比例|标准", series.left):
        return label
    for piece in draft.body:
        match = re.search(r"(?:对其(?:发生的|实际发生的)?|给予其|其)(?P<what>[^，；。\d]{2,30}?)(?:最高|不超过|最多|给予|予以)", piece.text)
        if match and (label := _trim(match["what"])):
            return label
    for piece in reversed(draft.head):
        match = re.search(r"对其?(?P<what>[^，；。\d]{2,40}?)(?:给予|予以|进行)", piece.text)
        if match and (label := _trim(match["what"])):
            return label
        if re.search("费用?$|部分$|贡献$|租金$|金额$|额$|利息$|投入$|收入$|资金$", re.sub("（[^）]*）", "", piece.text)):
            noun = last_noun(piece.text)
            return noun if 1 < len(noun) <= 24 else re.sub("^对于?", "", piece.text)[-24:]
    return ""


def _trim(text: str) -> str:
    """A usable name of a basis, or ""."""
    if re.fullmatch("(?:对)?(?:国家|省|市|区|县)级的?", text):
        return ""
    text = re.split(r"给予|予以", text)[0] if re.match(r".{3,}(?:给予|予以)", text) else text
    limited = re.search(r"(?:不超过|不高于|最高|最多)(?P<what>[^\d]{2,})$", text)
    if limited and not _LIMIT_TAIL.fullmatch(limited["what"]):
        text = limited["what"]
    text = _LIMIT_TAIL.sub("", _LIMIT_HEAD.sub("", text)).strip("（）")
    if len(text) > 30:
        text = last_noun(text)
    return text if len(text) > 1 and not re.fullmatch("一次性|资金|比例|标准|奖励|补助|相应|企业|分别|支持", text) else ""


def _caps(draft: Draft, period: Period) -> tuple[Cap, ...]:
    caps = []
    for series in draft.caps:
        quantity = series.quantities[0]
        if not is_money(quantity.unit) and quantity.unit not in ("m2", "person", "item"):
            continue  # 企业员工总数的15%以内 limits no sum
        scope = re.search(r"(?:单个|单家|单户|每个|每家|每户|每项|单笔|单项|同一|对?一家)[\u4e00-\u9fff]{0,10}?(?=每年|年度|年|单一|累计|合计|三年|两年|最高|最多|不超过|扶持|补贴|补助|资助|支持|奖励|贴息|给予|“|该)|个人", series.left)
        cap = Cap(value=quantity.value, unit=quantity.unit, bound=Bound.AT_MOST, per=_cap_period(series.left, period), scope=scope.group() if scope else "")
        if cap not in caps:
            caps.append(cap)
    return tuple(caps)


def _cap_period(left: str, period: Period) -> str:
    years = p.YEARS_TOTAL.search(left)
    if years and (count := p.chinese_number(years["n"])):
        return f"years:{count}"
    if re.search(r"每年|年度|单一年度|当年|全年|年(?:支持|资助|扶持|补贴|补助|奖励)", left):
        return "year"
    if re.search("累计|合计|共计", left):
        return "total"
    return {Period.ONCE: "once", Period.YEAR: "year", Period.FIRST_YEAR: "first_year"}.get(period, "unstated")


def _measure(label: str, unit: str, default: Decimal | None = None) -> Measure:
    fact = fact_name(label, unit)
    return Measure(fact=fact.name, label=label, unit=unit, aliases=fact.aliases, default=default)


def _below(draft: Draft, unit: str) -> Measure:
    """What is counted below the line of a price: the area that is rented, the months, the patents."""
    words = draft.text
    label = _BELOW.get(unit, "数量")
    if unit == "m2" and (match := re.search(r"[\u4e00-\u9fff]{0,10}(?:面积|用房|场地|场所)", words)):
        label = match.group() if match.group().endswith("面积") else match.group() + "面积"
        label = re.sub(r"^.*?(?=租赁|租用|购置|购买|营业|实际|自用|使用|建筑)", "", label)
    elif unit == "month":
        label = "租赁月数" if "租" in words else "月数"
    elif unit in ("item", "order", "person", "company"):
        label = (last_noun(find_subject(draft).text) or draft.body[-1].text[:10]).removesuffix("给") + _BELOW[unit]
    return _measure(label[:24], unit)


def _each_words(draft: Draft, series: Series) -> str:
    """每新入驻1家跨境电商企业 -> 新入驻跨境电商企业数."""
    verb = re.search(r"每(?P<verb>[\u4e00-\u9fff]{0,10})$", series.left)
    noun = re.match(r"[\u4e00-\u9fff]{0,12}?(?=年|给予|，|的|并|$|按)", series.right)
    before = re.sub(r"^.*[，、的）]", "", series.left[: verb.start()]) if verb else ""
    words = (before[-16:] if is_money(series.unit) else "") + (verb["verb"] if verb else "") + (noun.group() if noun else "")
    words = words.removeprefix("按每")
    if len(words) < 3:
        words = last_noun(find_subject(draft).text)[-12:] + words
    if is_money(series.unit):
        return words or "金额"
    return (words or {"m2": "面积"}.get(series.unit, "")) + "数"


def _each_of(draft: Draft) -> str:
    """Unit of 每单4元, 每人1500元; "" for 每家, 每户: there the company itself is meant."""
    match = EACH_OF.search(draft.grants[0].left)
    if not match or match["unit"] in ("家", "户", "个"):
        return ""
    return _EACH_UNITS.get(match["unit"], "item")


def _each_one(draft: Draft) -> str:
    """每个项目给予 -> 项目; nothing for 每家企业, 每个单位: there the company itself is meant."""
    for piece in draft.body:
        match = _EACH_ONE.search(piece.text)
        if match and match["what"] and not _BODY.match(match["what"]):
            return match["what"]
    return ""


def _years(draft: Draft) -> list[tuple[int, ...]]:
    """The years of each amount of a schedule, one entry an amount; [] if it is none."""
    text = _words(draft)
    found: list[tuple[int, ...]] = []
    for match in p.ORDINAL_YEAR.finditer(text):
        if match["first"]:
            found.append((1,))
        elif match["from"]:
            first = p.chinese_number(match["from"])
            found.append(tuple(range(first, (p.chinese_number(match["to"]) if match["to"] else first) + 1)))
        elif match["rest"]:
            after = max((y for years in found for y in years), default=1)
            found.append(tuple(range(after + 1, after + 1 + p.chinese_number(match["rest"]))))
        else:
            found.append(tuple(range(1, p.chinese_number(match["front"]) + 1)))
    return found if len(found) == len(draft.amounts) and len(found) > 1 else []


# --- tiers ------------------------------------------------------------------------------------------------------------

_StepT = tuple[Condition, Quantity, str]


def _steps(draft: Draft) -> tuple[list[_StepT], tuple[Series, ...], list[str]]:
    """When and what of each step; the condition series used up; doubts."""
    amounts = draft.amounts
    if draft.tiers:
        label = measure_label(draft.tiers[0][0]) if draft.tiers[0][0] else "数额"
        steps = [(_step_compare(s.quantities[0], label), g.quantities[0], s.quantities[0].text) for s, g in draft.tiers if s]
        if len(steps) == len(amounts):
            return steps, tuple(s for s, _ in draft.tiers if s), []
    series = next((s for s in reversed(draft.conditions) if len(s.quantities) == len(amounts) > 1), None)
    if series:
        label = measure_label(series) or "数额"
        return [(_step_compare(c, label), q, c.text) for c, q in zip(series.quantities, amounts, strict=True)], (series,), []
    names = _year_names(draft, len(amounts)) or _names(draft, len(amounts))
    doubts = [] if names else ["没有读出各档对应的名称，请对照原文补上"]
    names = names or [f"第{i}档" for i in range(1, len(amounts) + 1)]
    fact = "recognition_level" if all(re.fullmatch("(?:国家|省|市|区|县|国际|世界|世界级)级", n) for n in names) else "award_kind"
    label = "认定级别" if fact == "recognition_level" else "类别"
    return [(OneOf(**{"is": "one_of"}, fact=fact, label=label, options=(n,)), q, n) for n, q in zip(names, amounts, strict=True)], (), doubts  # type: ignore[arg-type]


def _year_names(draft: Draft, count: int) -> list[str]:
    """前3年和后2年分别给予100%和80%; 三年内按房租的100%、80%、50%."""
    text = draft.text
    found = [m.group() for m in p.ORDINAL_YEAR.finditer(text)]
    if len(found) == count:
        return found
    within = re.search(r"(?P<n>[两二三四五2-5])年内", text)
    if within and p.chinese_number(within["n"]) == count and not re.search("分别", text.split(within.group())[0]):
        return [f"第{'一二三四五'[i]}年" for i in range(count)]
    return []


def _step_compare(quantity: Quantity, label: str) -> Compare:
    op = {Bound.MORE_THAN: ">", Bound.AT_MOST: "<=", Bound.LESS_THAN: "<"}.get(quantity.bound, ">=")
    fact = fact_name(label, quantity.unit)
    return Compare(**{"is": "compare"}, fact=fact.name, label=label, op=op, value=quantity.value, unit=quantity.unit, aliases=fact.aliases)  # type: ignore[arg-type]


def _names(draft: Draft, count: int) -> list[str]:
    """What the parallel amounts are for: 省、市级海外仓 -> 省级, 市级; A、B、C的企业 -> A, B, C; 3A-5A级 -> 3A, 4A, 5A."""
    each = [re.search(r"(?P<who>[\u4e00-\u9fffA-Za-z（）]{2,16}?)每[人家个名位项件]$", s.left.split("、")[-1]) for s in draft.grants]
    if all(each) and len(each) == count:
        return [re.sub("^按", "", m["who"]) for m in each if m]
    own = re.split("分别|依次", _words(draft))[0]
    texts = [own, *(piece.text for piece in sorted(draft.head, key=lambda piece: -piece.start))]
    for text in texts:
        text = re.sub("（[^）]*）", "", text)
        span = re.search(r"(?P<a>\d)A[级]?[-—~至到](?P<b>\d)A", text)
        if span and abs(int(span["b"]) - int(span["a"])) + 1 == count:
            return [f"{n}A" for n in range(int(span["a"]), int(span["b"]) + 1)]
        levels = re.search(r"(?:(?:国家|省|市|区|县|国际)级?[、和或及]?){2,}", text)
        if levels:
            found = re.findall("国家|国际|省|市|区|县", levels.group())
            if len(found) == count:
                return [f"{level}级" for level in found]
        parts = [part for part in _LIST_MARK.split(text) if part]
        if len(parts) >= count:
            return _cleaned(parts[-count:])
    return []


def _cleaned(parts: list[str]) -> list[str]:
    first = re.sub(r"^.*(?:认定为|评为|获得|获评|授予|列入|入选|新认定的|达到|通过|对|凡被评为)", "", parts[0])
    last = re.sub(r"的(?:企业|单位|项目|机构|个人|[\u4e00-\u9fff]{1,6})$|，.*$", "", parts[-1])
    return [first or parts[0], *parts[1:-1], last or parts[-1]]


def _without_choice(conditions: tuple[Condition, ...], steps: list[_StepT]) -> tuple[Condition, ...]:
    """A level the steps choose between is no condition of the whole."""
    chosen = {step[0].fact for step in steps if isinstance(step[0], OneOf)}
    return tuple(c for c in conditions if not (isinstance(c, OneOf) and c.fact in chosen))


__all__ = ["Built", "basis_of", "build", "figure", "grant_noun", "period_of"]
