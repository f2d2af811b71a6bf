"""From drafts to rules that give money: which kind, on what basis, how much, up to what.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> build(read_drafts(read_sentences("对甲企业，给予最高5万元奖励。"))[0]).kind.value
'lump_sum'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from assistant.rules.extraction.conditions import compare, conditions_of, measure_label, one_of
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.matched_funds import MATCHED, of_others
from assistant.rules.extraction.naming import NOBODY, award_name, last_noun, short_label, subject_noun, without_level
from assistant.rules.extraction.roles import Role, Series, is_money
from assistant.rules.extraction.steps import choice_of, names_of, steps_of, without_choice
from assistant.rules.extraction.subjects import GRANT_NAME, beneficiary_of, factors_of, find_subject
from assistant.rules.extraction.terms import (
    COUNT_NAMES,
    basis_of,
    below,
    caps_of,
    counted_label,
    counted_words,
    each_of,
    each_one,
    each_units,
    each_words,
    figure,
    limits_of,
    measure,
    most_of,
    period_of,
    words_of,
    years_of,
)
from assistant.rules.schema import Cap, Compare, Condition, Measure, NamedFigure, Period, Portion, RuleKind, Step, Tier
from index.models import Bound

_COST = re.compile("费|租金|支出|成本|保费|利息|价款|贷款|房租")
GRANT = re.compile("奖励|补助|补贴|资助|扶持|支持|配套|贴息|贷款")
_LONGEST_HEADING = 8
_COUNT_END = re.compile("(?:人数|件数|单数|吨数|次数|标箱数|数)$")
_COST_SUBJECT = re.compile("费|租金|支出|保费")


_UNSAID = "核定金额"
_NO_BASIS = "没有找到按什么计算"


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
    if draft.increase:
        built = _increased(draft)
    elif (draft.priced or _each_their_own(draft)) and not years_of(draft):
        built = _each_a_time(draft) if len(each_units(draft)) > 1 else _added(draft)
    elif draft.excess and not draft.tiers and len(draft.grants) == 1:
        built = _excess(draft)
    elif parallel := _parallel(draft):
        built = _counted_apart(draft, parallel)
    elif len(draft.amounts) > 1 and not (rates and amounts):
        built = _schedule(draft) if years_of(draft) and not rates else _tiers(draft)
    elif rates or draft.grants[0].unit == "ratio":
        built = _rate(draft, (rates or draft.grants)[0])
    elif "/" in draft.grants[0].unit or draft.each or each_of(draft) or each_one(draft):
        built = _per_unit(draft)
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
    built.fields["per"] = _apart(built.fields.get("per", ()), built.fields["conditions"], doubtful=bool(draft.each))
    factors = factors_of(draft)
    if factors:
        built.fields["factors"] = factors
    if not built.beneficiary:
        built.beneficiary = NOBODY
        built.doubts.append("原文没有在本句写明对象")
    return built


# --- kinds ------------------------------------------------------------------------------------------------------------


def _start(draft: Draft, kind: RuleKind, basis: str = "") -> Built:
    named = any(re.search(rf"(?:{GRANT.pattern})$", topic) for topic in draft.topics[:1] + draft.topics[2:3])
    subject = find_subject(draft).text or ("" if named else draft.beneficiary_from)
    if draft.fuller and (short := subject_noun(subject)):
        subject = subject.removesuffix(short) + draft.fuller
    label = short_label(subject, _grant_words(draft), basis, draft.topics, purpose=draft.text)
    own = draft.topics[0] if draft.topics else ""
    if GRANT.search(own[-2:]) and 4 <= len(own) <= _LONGEST_HEADING and not re.search("[，、和及]", own):
        label = own  # the article is called 岗位补贴
    if label.startswith(NOBODY) and (name := _other_name(draft)):
        label = name if name.endswith("奖") else name + label.removeprefix(NOBODY)
    if award := award_name(*draft.topics[:1], draft.above):
        who = re.sub(rf"(?:{GRANT.pattern})$", "", label)
        label = award if who in award or NOBODY in who else f"{award}（{who}）"
    if given := GRANT_NAME.match(draft.body[0].text):
        label = given["name"]
    if draft.run_in and GRANT.search(draft.run_in):
        label = draft.run_in
    return Built(kind, beneficiary_of(draft), label, period_of(draft, basis))


def _other_name(draft: Draft) -> str:
    """What a promise is called that names nobody: by its heading (经营贡献奖), what it counts, or what it measures."""
    heading = draft.topics[0] if draft.topics and draft.topics[0].endswith("奖") else ""
    measures = [re.sub(r"^.*(?:企业|机构|单位|平台)(?=.{3})", "", measure_label(s)) for s in draft.conditions if is_money(s.unit)]
    return heading or counted_words(draft.grants[0]) or next((name for name in measures if 3 < len(name) <= 16), "")


def _grant_words(draft: Draft) -> str:
    """The pieces with the grant, in front of those that only limit it; where they have no noun, all words."""
    granting = [piece.text for piece in draft.body if any(piece.start <= s.start < piece.end for s in draft.grants)]
    words = "，".join(granting)
    if draft.announced:
        return draft.announced.text.rstrip("。")
    return words if GRANT.search(words) else words_of(draft) if GRANT.search(words_of(draft)) else draft.text


def _lump_sum(draft: Draft) -> Built:
    built = _start(draft, RuleKind.LUMP_SUM)
    built.fields["amount"] = figure(draft.amounts[0])
    return built


def _rate(draft: Draft, series: Series) -> Built:
    label = basis_of(draft, series)
    spent = last_noun(find_subject(draft).text)
    if label in ("实际发生额", _UNSAID, "实际支出") and _COST_SUBJECT.search(spent[-4:]):
        label = spent[-16:]
    if re.search("利率$|LPR", label):
        label = f"按{label}计算的利息"
    cost = bool(_COST.search(label or ""))
    built = _start(draft, RuleKind.REIMBURSEMENT if cost else RuleKind.RATE, label)
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


def _per_unit(draft: Draft) -> Built:
    built = _start(draft, RuleKind.PER_UNIT)
    quantity = draft.amounts[0]
    one = each_one(draft)
    if "/" in quantity.unit and not (draft.each and quantity.unit.split("/")[1:] == [draft.each[-1].unit]):
        built.fields["per"] = tuple(below(draft, unit) for unit in quantity.unit.split("/")[1:])
    elif draft.each:
        series = draft.each[-1]
        measured = series.quantities[0]
        words = each_words(draft, series)
        step = measured.value if measured.value != 1 or is_money(measured.unit) else None
        if step:
            built.doubts.append(f"每{measured.text}为一份，不足一份的没有计入，请核对")
        built.fields["per"] = (measure(words, measured.unit, step=step),)
    elif each_of(draft):
        first, *further = each_units(draft)
        named = measure(counted_label(draft, first), first, most=most_of(draft, first))
        built.fields["per"] = (named, *(measure(COUNT_NAMES[unit], unit, most=most_of(draft, unit)) for unit in further))
    elif one:
        built.fields["per"] = (measure(one + "数", "item", default=Decimal(1), most=most_of(draft, "item")),)
    built.fields["amount"] = figure(quantity)
    return built


def _each_their_own(draft: Draft) -> bool:
    """博士每人8万元、硕士每人5万元: amounts that are counted, each by its own people or pieces."""
    return len(draft.grants) > 1 and all(
        s.role is Role.AMOUNT and len(s.quantities) == 1 and each_of(draft, s) and _counted_who(s) for s in draft.grants
    )


def _each_a_time(draft: Draft) -> Built:
    """博士每人每月2000元、硕士每人每月1200元: one of several prices, for the people and the time asked about."""
    built = _start(draft, RuleKind.PER_UNIT)
    names = [_short_kind(_counted_who(series)) for series in draft.grants]
    fact, label = choice_of(names)
    built.kind = RuleKind.TIERS
    built.fields["tiers"] = tuple(
        Tier(when=one_of(fact, label, (name,)), label=name, amount=figure(series.quantities[0]))
        for name, series in zip(names, draft.grants, strict=True)
    )
    first, *further = each_units(draft)
    built.fields["per"] = (
        measure(COUNT_NAMES[first], first, default=Decimal(1), most=most_of(draft, first)),
        *(measure(COUNT_NAMES[unit], unit, most=most_of(draft, unit)) for unit in further),
    )
    return built


def _short_kind(who: str) -> str:
    return re.sub("(?:学位|职称|学历)?(?:人员|人才|研究生|毕业生)$", "", who) or who


def _counted_who(series: Series) -> str:
    match = re.search(
        r"(?P<who>(?:\d+(?=[英尺A-Za-z]))?[\u4e00-\u9fffA-Za-z（）]{2,16}?)每[人个名位项件场单吨次箱柜](?:每[月晚天日])?$",
        re.split("[、，]", series.left)[-1],
    )
    return re.sub("^(?:分别)?(?:按照?)?|^对", "", match["who"]) if match else ""


def _added(draft: Draft) -> Built:
    """Several amounts, each for its own count, that add up under the caps."""
    built = _start(draft, RuleKind.PER_UNIT)
    measures, portions = [], []
    head = "" if not draft.priced else without_level(last_noun(find_subject(draft).text))[-12:]
    for series in draft.grants:
        if draft.priced:
            unit = series.quantities[0].unit.split("/")[1]
            deed = re.sub(r"^(?:获得|取得|完成|其中)|(?:后|费用?|的|按|给予|资助|补贴|奖励|补助)+$", "", series.left)
            deed = deed.removeprefix(head)
            label, aliases = f"{head}{deed}{COUNT_NAMES.get(unit, '数')}", (f"{deed}{COUNT_NAMES.get(unit, '数')}", deed)
        else:
            unit, who = each_of(draft, series), _counted_who(series)
            short = _short_kind(who)
            label, aliases = who + ("数" if who.endswith(("人员", "人才")) else COUNT_NAMES[unit]), (who, short)
        # its own fact: the catalogue would call applications and grants of patents the same
        own = tuple(name for name in dict.fromkeys(aliases) if len(name) > 1 and name != label)
        counted = Measure(fact=label[:40], label=label[:40], unit=unit, aliases=own)
        measures.append(counted)
        portions.append(Portion(label=_COUNT_END.sub("", label), amount=figure(series.quantities[0]), per=(counted.fact,)))
    built.fields["per"], built.fields["portions"] = tuple(measures), tuple(portions)
    return built


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


def _parallel(draft: Draft) -> list[str]:
    """甲、乙按每吨分别给予10元、50元: the names of what is counted, one an amount; [] where one thing has several steps."""
    count = len(draft.amounts)
    stepped = any(len(series.quantities) == count for series in draft.conditions)
    if len(draft.grants) != 1 or count < 2 or stepped or not each_of(draft) or "分别" not in draft.grants[0].left:
        return []
    names = names_of(draft, count)
    return [re.sub("(?:按照?|每).*$", "", name) for name in names]


def _counted_apart(draft: Draft, names: list[str]) -> Built:
    built = _start(draft, RuleKind.PER_UNIT)
    unit = each_of(draft)
    labels = [(name if name.endswith(COUNT_NAMES[unit]) else name + COUNT_NAMES[unit])[:40] for name in names]
    built.fields["per"] = tuple(
        Measure(fact=label, label=label, unit=unit, aliases=(name,)) for label, name in zip(labels, names, strict=True)
    )
    built.fields["portions"] = tuple(
        Portion(label=name, amount=figure(quantity), per=(label,))
        for name, label, quantity in zip(names, labels, draft.amounts, strict=True)
    )
    return built


def _increased(draft: Draft) -> Built:
    """A first amount at the threshold, and another for each full step beyond it."""
    assert draft.increase is not None
    each, more = draft.increase
    built = _start(draft, RuleKind.PER_UNIT)
    threshold = next(s for s in draft.conditions if s.unit == each.unit and s.bound in (Bound.AT_LEAST, Bound.MORE_THAN))
    label = measure_label(threshold) or "数额"
    counted = measure(label, each.unit, step=each.quantities[0].value, above=threshold.quantities[0].value)
    built.fields["per"] = (counted,)
    built.fields["portions"] = (
        Portion(label="基础部分", amount=figure(draft.amounts[0])),
        Portion(label="增加部分", amount=figure(more.quantities[0]), per=(counted.fact,)),
    )
    built.doubts.append("每增加一份从条件中的数额起算，不足一份的没有计入，请核对")
    return built


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
    if basis is None:
        return
    core = re.sub("^(?:实际|该|其|上述|当年|年度|项目|完成|买方|企业)+|额$", "", _one_word(basis.label))
    for part in built.fields["conditions"]:
        if (
            len(core) > 1
            and isinstance(part, Compare)
            and part.unit == basis.unit
            and _one_word(part.label).removesuffix("额").endswith(core)
        ):
            names = tuple(dict.fromkeys(name for name in (part.label, *part.aliases) if name != basis.label))
            built.fields["basis"] = basis.model_copy(update={"fact": part.fact, "aliases": names})
            return


def _one_word(label: str) -> str:
    """采购额 and 购买总额 are one thing."""
    return re.sub("购买|购入", "采购", label).replace("总额", "额")


def take_basis(built: Built, before: Built) -> None:
    """The share of another case is taken of the same: …，补助比例提高至12%."""
    basis, known = built.fields.get("basis"), before.fields.get("basis")
    if basis is not None and known is not None and basis.label == _UNSAID:
        built.fields["basis"] = known
        built.doubts.remove("没有找到按什么计算")


def _apart(per: tuple[Measure, ...], conditions: tuple[Condition, ...], *, doubtful: bool) -> tuple[Measure, ...]:
    """新入驻企业 and 入驻企业 are two counts, whatever the catalogue calls them."""
    known = {part.fact: part.label for part in conditions if isinstance(part, Compare)}
    return tuple(
        m.model_copy(update={"fact": m.label[:40], "aliases": ()})
        if doubtful and m.above is None and m.fact in known and ("新" in m.label) != ("新" in known[m.fact])
        else m
        for m in per
    )


def _tiers(draft: Draft) -> Built:
    steps, keys, doubts = steps_of(draft)
    rated = steps[0].given.unit == "ratio"
    rate = next((s for s in draft.grants if s.role is Role.RATE), None)
    beyond = draft.beyond or [False] * len(steps)
    label = draft.measured if any(beyond) else (basis_of(draft, rate) or draft.measured) if rated and rate else ""
    built = _start(draft, RuleKind.TIERS, label if rated else "")
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
    elif not rated and not any(beyond) and (units := each_units(draft)):  # 500人以上的，每列奖励6万元
        built.fields["per"] = (measure(COUNT_NAMES[units[0]], units[0], default=Decimal(1), most=most_of(draft, units[0])),)
    built.fields["conditions"] = without_choice(conditions_of(draft, keys), steps)
    return built


def _unit_of(keys: tuple[Series, ...]) -> str:
    return keys[0].unit if keys else "CNY"


def _excess(draft: Draft) -> Built:
    """超过500万元的，超出部分按30%给予奖励: one step, of the part above its threshold."""
    series = draft.grants[0]
    measured = [s for s in draft.conditions if s.unit == "CNY" or s.unit == each_of(draft)]
    threshold = measured[-1]
    label = measure_label(measured[0]) or "数额"
    built = _start(draft, RuleKind.TIERS, label if series.unit == "ratio" else "")
    built.fields["basis"] = measure(label, threshold.unit)
    given, rated = figure(series.quantities[0]), series.unit == "ratio"
    step = compare(threshold.quantities[0], label)
    name = f"超过{threshold.quantities[0].text}的部分"
    tier = Tier(when=step, label=name, rate=given if rated else None, amount=None if rated else given, beyond=True)
    built.fields["tiers"] = (tier,)
    return built


def _schedule(draft: Draft) -> Built:
    years = years_of(draft)
    built = _start(draft, RuleKind.SCHEDULE)
    built.period = Period.YEARS
    built.fields["schedule"] = tuple(Step(years=y, amount=figure(q)) for y, q in zip(years, draft.amounts, strict=True))
    if "/" in draft.amounts[0].unit:
        built.kind = RuleKind.PER_UNIT
        built.fields["per"] = tuple(below(draft, unit) for unit in draft.amounts[0].unit.split("/")[1:])
    return built
