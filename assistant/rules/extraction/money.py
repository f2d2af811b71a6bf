"""From drafts to rules that give money: which kind, on what basis, how much, up to what.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> build(read_drafts(read_sentences("对甲企业，给予最高5万元奖励。"))[0]).kind.value
'lump_sum'
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.glossary.measures import load_measures
from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.basis import basis_of
from assistant.rules.extraction.built import Built, start
from assistant.rules.extraction.conditions import compare, conditions_of, measure_label, one_of
from assistant.rules.extraction.counted import (
    added,
    counted_apart,
    counted_once,
    each_a_time,
    each_their_own,
    increased,
    parallel,
    per_unit,
)
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.lists import listed
from assistant.rules.extraction.matched_funds import MATCHED, of_others
from assistant.rules.extraction.naming import NOBODY, last_noun
from assistant.rules.extraction.paying import sums_by_year
from assistant.rules.extraction.roles import Role, Series, is_money
from assistant.rules.extraction.steps import steps_of, without_choice
from assistant.rules.extraction.subjects import factors_of, find_subject
from assistant.rules.extraction.terms import (
    COUNT_NAMES,
    below,
    caps_of,
    each_of,
    each_one,
    each_units,
    each_words,
    figure,
    limits_of,
    measure,
    most_of,
    years_of,
)
from assistant.rules.schema import Cap, Compare, Condition, Measure, NamedFigure, Period, RuleKind, Step, Tier
from index.models import Bound

_COST = re.compile("费|租金|支出|成本|保费|利息|价款|贷款|房租")
_COST_SUBJECT = re.compile("费|租金|支出|保费")


_IN_FULL = re.compile("全额(?:给予|予以)?(?:资金)?(?:奖励|奖补|补助|补贴|资助|扶持|支持|报销|承担|返还)")
_PAID = re.compile(
    "(?:支付|缴纳|发生|产生|承担|投入)的?(?P<cost>[\u4e00-\u9fff]{1,14}?(?:费用|费|租金|支出|利息|成本))(?=[^\u4e00-\u9fff]|的|给予|予以|全额|等|$)"
)
"""企业支付第三方检测费的，给予全额补贴，不超过100万元: the cost itself, up to the ceiling."""
_PART_OR_TIME = re.compile("新增|增量|增长|增加|增幅|净增|超出|超过|上年|上一年|去年|首年")
_DESCRIBED = re.compile(r"\d[万亿千百]*(?:元|美元|%|人|家|平方米|倍)(?:及?以上)?的?(?P<noun>[\u4e00-\u9fff]{2,8}?)的?$")
_LAST_YEAR = re.compile("(?:上|前)一?个?年度?(?:年)?的?|去年")
_ALIKE = 0.75
"""Share of the characters of the shorter name that two names of one measure have in common."""
_FEWEST_ALIKE = 6
_UNSAID = "核定金额"
_NO_BASIS = "没有找到按什么计算"


def build(draft: Draft) -> Built:
    """The rule a draft means. What the text leaves open is said in `doubts`, never guessed silently."""
    draft = listed(draft)
    rates = [s for s in draft.grants if s.role is Role.RATE]
    amounts = [s for s in draft.grants if s.role is Role.AMOUNT or (s.role is Role.CAP and is_money(s.unit))]
    if draft.increase:
        built = increased(draft)
    elif (draft.priced or each_their_own(draft)) and not years_of(draft):
        built = each_a_time(draft) if len(each_units(draft)) > 1 else added(draft)
    elif draft.excess and not draft.tiers and len(draft.grants) == 1:
        built = _excess(draft)
    elif names := parallel(draft):
        built = counted_apart(draft, names)
    elif len(draft.amounts) > 1 and not (rates and amounts):
        built = _schedule(draft) if years_of(draft) and not rates else _tiers(draft)
    elif rates or draft.grants[0].unit == "ratio":
        built = _rate(draft, (rates or draft.grants)[0])
    elif "/" in draft.grants[0].unit or draft.each or each_of(draft) or each_one(draft):
        built = per_unit(draft)
    else:
        built = _lump_sum(draft)
    built.fields["caps"] = caps_of(draft, built.period)
    _respective_caps(draft, built)
    built.fields["payments"] = draft.payments
    built.fields.setdefault("conditions", conditions_of(draft))
    if draft.of_kind:
        built.label = f"{built.label}（{draft.of_kind}）"
        level = re.match("(?:国家|省|市|区|县)级", draft.of_kind)
        chosen = one_of("recognition_level", "认定级别", (level.group(),)) if level else one_of("award_kind", "类别", (draft.of_kind,))
        built.fields["conditions"] = (*built.fields["conditions"], chosen)
    _same_basis(built)
    if draft.least:
        built.fields["figures"] = (NamedFigure(label="数额" if is_money(draft.least.unit) else "比例", figure=figure(draft.least)),)
    limits = limits_of(draft)
    if limits:
        built.fields["figures"] = (*built.fields.get("figures", ()), *limits)
        if not any(measure.most for measure in built.fields.get("per", ())):
            built.doubts.append("另有期限、面积或数量的限制，计算时没有计入")
    _matched(draft, built)
    if any(piece.text.startswith("或") for piece in draft.head):
        built.doubts.append("条件之间有“或”，请核对")
    built.fields["per"] = counted_once(built.fields.get("per", ()), built.fields["conditions"], doubtful=bool(draft.each))
    factors = factors_of(draft)
    if factors:
        built.fields["factors"] = factors
    if not built.beneficiary:
        built.beneficiary = NOBODY
        built.doubts.append("原文没有在本句写明对象")
    return built


# --- kinds ------------------------------------------------------------------------------------------------------------


def _lump_sum(draft: Draft) -> Built:
    if parts := sums_by_year(draft.text, draft.amounts[0].value):
        built = start(draft, RuleKind.SCHEDULE)
        built.period = Period.YEARS
        built.fields["schedule"] = tuple(Step(years=years, amount=figure(quantity)) for years, quantity in parts)
        built.fields["conditions"] = conditions_of(draft, tuple(s for s in draft.conditions if p.ORDINAL_YEAR.search(s.left)))
        return built
    built = start(draft, RuleKind.LUMP_SUM)
    built.fields["amount"] = figure(draft.amounts[0])
    if _IN_FULL.search(draft.text) and draft.amounts[0].bound is Bound.AT_MOST and (cost := _PAID.search(draft.text)):
        built.fields["basis"] = measure(cost["cost"], "CNY")
    return built


def _rate(draft: Draft, series: Series) -> Built:
    label = basis_of(draft, series)
    spent = last_noun(find_subject(draft).text)
    if label in ("实际发生额", _UNSAID, "实际支出") and _COST_SUBJECT.search(spent[-4:]):
        label = spent[-16:]
    if re.search("利率$|LPR", label):
        label = f"按{label}计算的利息"
    cost = bool(_COST.search(label or ""))
    built = start(draft, RuleKind.REIMBURSEMENT if cost else RuleKind.RATE, label)
    label = label or draft.measured
    if not label:
        label = _UNSAID
        built.doubts.append(_NO_BASIS)
    built.fields["basis"] = measure(label, "CNY")
    built.fields["rate"] = figure(series.quantities[-1 if series.is_range else 0])
    return built


def basis_of_threshold(built: Built, draft: Draft) -> None:
    """A share of what nobody named is of the one sum that must be reached: 固定资产投资500万元以上的，按8%补助."""
    basis = built.fields.get("basis")
    labels = {measure_label(series) for series in draft.conditions if series.unit == "CNY"}
    if basis is None or basis.label != _UNSAID or len(labels) != 1:
        return
    label = labels.pop()
    built.fields["basis"] = measure(label, "CNY")
    built.doubts = [doubt for doubt in built.doubts if doubt != _NO_BASIS]
    built.doubts.append(f"没有写明按什么计算，按门槛中的“{label}”计")


def _matched(draft: Draft, built: Built) -> None:
    """按上级资金1:1给予配套，最高不超过50万元: the sum is only the ceiling of the share."""
    share, most = MATCHED.search(draft.text), built.fields.get("amount")
    if share and built.kind is RuleKind.LUMP_SUM and most and most.bound is Bound.AT_MOST:
        built.kind = RuleKind.RATE
        del built.fields["amount"]
        built.fields |= of_others(share)
        built.fields["caps"] = (Cap(value=most.value, unit=most.unit, bound=Bound.AT_MOST, per="unstated"), *built.fields["caps"])
    elif re.search(r"\d[:：∶]\d", draft.text):
        built.doubts.append("配套比例以“几比几”写出，没有作为比例读入")


def _respective_caps(draft: Draft, built: Built) -> None:
    """按100%、70%配套，最高分别不超过500万元、300万元: each step has its own ceiling."""
    tiers = built.fields.get("tiers", ())
    series = next((s for s in draft.caps if len(s.quantities) == len(tiers) > 1 and is_money(s.unit)), None)
    if series is None or series.is_range:
        return
    single = [caps_of(draft, built.period, replace(series, quantities=(quantity,))) for quantity in series.quantities]
    built.fields["tiers"] = tuple(tier.model_copy(update={"cap": caps[0]}) for tier, caps in zip(tiers, single, strict=True) if caps)
    built.fields["caps"] = tuple(cap for cap in built.fields["caps"] if cap not in [caps[0] for caps in single if caps])


def _same_basis(built: Built) -> None:
    """设备投资额200万元以上的，按实际投资额的15%: one measure, named shortly where it is the basis."""
    basis = built.fields.get("basis")
    if basis is not None:
        built.fields["conditions"] = tuple(_of_its_year(part, basis) for part in built.fields["conditions"])
        built.fields["tiers"] = tuple(
            tier.model_copy(
                update={"when": _of_its_year(tier.when, basis), "needs": tuple(_of_its_year(part, basis) for part in tier.needs)}
            )
            for tier in built.fields.get("tiers", ())
        )
        built.fields["basis"] = one_measure(basis, built.fields["conditions"])


def _of_its_year(part: Condition, basis: Measure) -> Condition:
    """上年度营业收入 is another measure than the 营业收入 of this year that is paid by."""
    last = _LAST_YEAR.match(part.label) if isinstance(part, Compare) else None
    if not isinstance(part, Compare) or not last or part.fact != basis.fact or _LAST_YEAR.match(basis.label):
        return part
    what = part.label[last.end() :]
    names = tuple(name for name in (f"去年{what}", f"上年{what}", f"上一年{what}", f"上年度{what}") if name != part.label)
    return part.model_copy(update={"fact": part.label[:40], "aliases": names})


def one_measure(basis: Measure, conditions: tuple[Condition, ...]) -> Measure:
    """The basis under the name of the condition that measures the same."""
    core = re.sub("^(?:实际|该|其|上述|当年|年度|单个|项目|完成|买方|企业)+|额$", "", _one_word(basis.label))
    for part in conditions:
        if (
            not isinstance(part, Compare)
            or part.unit != basis.unit
            or bool(_LAST_YEAR.match(part.label)) != bool(_LAST_YEAR.match(basis.label))
        ):
            continue
        if _ends_in(part.label, core) or _worded_alike(part, basis):
            names = tuple(dict.fromkeys(name for name in (part.label, *part.aliases) if name != basis.label))
            return basis.model_copy(update={"fact": part.fact, "aliases": names})
    return basis


def _ends_in(label: str, core: str) -> bool:
    words = _one_word(label).removesuffix("额")
    return len(core) > 1 and words.endswith(core) and not (words.endswith("进出口") and "进出口" not in core)


def _worded_alike(part: Compare, basis: Measure) -> bool:
    """年度外包物流费用 and 承接该企业物流服务外包总费用: nearly the same characters, and no names the catalogue tells apart."""
    known = load_measures()
    told_apart = all(known.find(label, basis.unit) for label in (part.label, basis.label))
    other_part = bool(_PART_OR_TIME.search(part.label)) != bool(_PART_OR_TIME.search(basis.label))
    fewer = min(set(part.label), set(basis.label), key=len)
    common = len(set(part.label) & set(basis.label))
    return not told_apart and not other_part and len(fewer) >= _FEWEST_ALIKE and common >= _ALIKE * len(fewer)


def _one_word(label: str) -> str:
    """采购额 and 购买总额 are one thing."""
    return re.sub("购买|购入", "采购", label).replace("总额", "额")


def take_basis(built: Built, before: Built) -> None:
    """The share of another case is taken of the same: …，补助比例提高至12%."""
    basis, known = built.fields.get("basis"), before.fields.get("basis")
    if basis is not None and known is not None and basis.label == _UNSAID:
        built.fields["basis"] = known
        built.doubts.remove("没有找到按什么计算")


def _tiers(draft: Draft) -> Built:
    steps, keys, doubts = steps_of(draft)
    rated = steps[0].given.unit == "ratio"
    rate = next((s for s in draft.grants if s.role is Role.RATE), None)
    beyond = draft.beyond or [False] * len(steps)
    label = draft.measured if any(beyond) else (basis_of(draft, rate) or draft.measured) if rated and rate else ""
    built = start(draft, RuleKind.TIERS, label if rated else "")
    built.doubts += doubts
    if rated or any(beyond):
        built.fields["basis"] = measure(label or _UNSAID, "CNY" if rated else _unit_of(keys))
    if any(beyond):  # the threshold of a first step that counts from 0 is a condition of the whole
        keys = tuple(s for s, part in zip(keys, beyond, strict=True) if part or s.bound not in (Bound.AT_LEAST, Bound.MORE_THAN))
    built.fields["tiers"] = tuple(
        Tier(
            when=step.when,
            label=step.name,
            rate=figure(step.given) if rated else None,
            amount=None if rated else figure(step.given),
            beyond=part,
            needs=step.needs,
        )
        for step, part in zip(steps, beyond, strict=True)
    )
    if one := "" if rated or any(beyond) else each_one(draft):
        built.fields["per"] = (measure(one + "数", "item", default=Decimal(1), most=most_of(draft, "item")),)
    elif not rated and not any(beyond) and draft.each and not is_money(draft.each[-1].unit):  # 每签约一名销售额1亿元、5000万元主播的，分别…
        built.fields["per"] = (_each_counted(draft),)
    elif not rated and not any(beyond) and "/" in steps[0].given.unit:  # 500标箱以上的，给予30元/标箱
        built.fields["per"] = tuple(_priced(draft, keys, unit) for unit in steps[0].given.unit.split("/")[1:])
    elif not rated and not any(beyond) and (units := each_units(draft)):  # 500人以上的，每列奖励6万元
        built.fields["per"] = (measure(COUNT_NAMES[units[0]], units[0], default=Decimal(1), most=most_of(draft, units[0])),)
    built.fields["conditions"] = without_choice(conditions_of(draft, keys), steps)
    return built


def _each_counted(draft: Draft) -> Measure:
    """What 每签约一名年销售额达到1亿元、5000万元主播的 counts: 签约主播数."""
    series = draft.each[-1]
    noun, verb = _DESCRIBED.search(series.right), re.search("每(?P<verb>[\u4e00-\u9fff]{0,4})$", series.left)
    words = f"{verb['verb'] if verb else ''}{noun['noun']}数" if noun else each_words(draft, series)[-24:]
    counted = measure(words, series.unit, default=Decimal(1), most=most_of(draft, series.unit))
    return counted.model_copy(update={"aliases": (*counted.aliases, noun["noun"])}) if noun else counted


def _priced(draft: Draft, keys: tuple[Series, ...], unit: str) -> Measure:
    """What a step's price is multiplied by: what its threshold measures, where that is counted in the same unit."""
    label = next((measure_label(series) for series in keys if series.unit == unit), "")
    return measure(label, unit, most=most_of(draft, unit)) if label else below(draft, unit)


def _unit_of(keys: tuple[Series, ...]) -> str:
    return keys[0].unit if keys else "CNY"


def _excess(draft: Draft) -> Built:
    """超过500万元的，超出部分按30%给予奖励: one step, of the part above its threshold."""
    series = draft.grants[0]
    measured = [s for s in draft.conditions if s.unit == "CNY" or s.unit == each_of(draft)]
    threshold = measured[-1]
    label = measure_label(measured[0]) or "数额"
    built = start(draft, RuleKind.TIERS, label if series.unit == "ratio" else "")
    built.fields["basis"] = measure(label, threshold.unit)
    given, rated = figure(series.quantities[0]), series.unit == "ratio"
    step = compare(threshold.quantities[0], label)
    name = f"超过{threshold.quantities[0].text}的部分"
    tier = Tier(when=step, label=name, rate=given if rated else None, amount=None if rated else given, beyond=True)
    built.fields["tiers"] = (tier,)
    return built


def _schedule(draft: Draft) -> Built:
    years = years_of(draft)
    built = start(draft, RuleKind.SCHEDULE)
    built.period = Period.YEARS
    built.fields["schedule"] = tuple(Step(years=y, amount=figure(q)) for y, q in zip(years, draft.amounts, strict=True))
    if "/" in draft.amounts[0].unit:
        built.kind = RuleKind.PER_UNIT
        built.fields["per"] = tuple(below(draft, unit) for unit in draft.amounts[0].unit.split("/")[1:])
    return built
