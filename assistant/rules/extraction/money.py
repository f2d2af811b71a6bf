"""From drafts to rules that give money: which kind, on what basis, how much, up to what.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> build(read_drafts(read_sentences("对甲企业，给予最高5万元奖励。"))[0]).kind.value
'lump_sum'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assistant.rules.extraction.conditions import conditions_of
from assistant.rules.extraction.drafts import Draft
from assistant.rules.extraction.naming import last_noun, short_label
from assistant.rules.extraction.roles import Role, Series, is_money
from assistant.rules.extraction.steps import steps_of, without_choice
from assistant.rules.extraction.subjects import beneficiary_of, factors_of, find_subject
from assistant.rules.extraction.terms import (
    basis_of,
    below,
    caps_of,
    each_of,
    each_one,
    each_words,
    figure,
    limits_of,
    measure,
    period_of,
    words_of,
    years_of,
)
from assistant.rules.schema import Measure, Period, RuleKind, Step, Tier

_COST = re.compile("费|租金|支出|成本|保费|利息|价款|贷款|房租")
_BELOW = {
    "m2": "面积",
    "month": "月数",
    "year": "年数",
    "person": "人数",
    "item": "件数",
    "company": "企业数",
    "order": "单数",
    "ton": "吨数",
    "TEU": "标箱数",
    "time": "次数",
    "day": "天数",
}
_COST_SUBJECT = re.compile("费|租金|支出|保费")


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
        built = _schedule(draft) if years_of(draft) and not rates else _tiers(draft)
    elif rates or draft.grants[0].unit == "ratio":
        built = _rate(draft, (rates or draft.grants)[0])
    elif "/" in draft.grants[0].unit or draft.each or each_of(draft) or each_one(draft):
        built = _per_unit(draft)
    else:
        built = _lump_sum(draft)
    built.fields["caps"] = caps_of(draft, built.period)
    built.fields.setdefault("conditions", conditions_of(draft))
    limits = limits_of(draft)
    if limits:
        built.fields["figures"] = limits
        built.doubts.append("另有面积或数量的上限，计算时没有计入")
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


# --- kinds ------------------------------------------------------------------------------------------------------------


def _start(draft: Draft, kind: RuleKind, basis: str = "") -> Built:
    subject = find_subject(draft).text or draft.beneficiary_from
    return Built(kind, beneficiary_of(draft), short_label(subject, words_of(draft), basis), period_of(draft, basis))


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
    built.fields["basis"] = measure(label, "CNY")
    built.fields["rate"] = figure(series.quantities[0])
    return built


def _per_unit(draft: Draft) -> Built:
    built = _start(draft, RuleKind.PER_UNIT)
    quantity = draft.amounts[0]
    one = each_one(draft)
    if "/" in quantity.unit:
        built.fields["per"] = tuple(below(draft, unit) for unit in quantity.unit.split("/")[1:])
    elif draft.each:
        series = draft.each[-1]
        measured = series.quantities[0]
        words = each_words(draft, series)
        if measured.value != 1:
            built.doubts.append(f"每{measured.text}为一份，请核对不足一份时如何计算")
            label = f"{words.removesuffix('数')}每{measured.text}的份数"
            built.fields["per"] = (Measure(fact=label[:40], label=label, unit="item"),)
        else:
            built.fields["per"] = (measure(words, measured.unit),)
    elif each_of(draft):
        unit = each_of(draft)
        built.fields["per"] = (measure((last_noun(find_subject(draft).text)[-10:] or "") + _BELOW[unit], unit),)
    elif one:
        built.fields["per"] = (measure(one + "数", "item", default=Decimal(1)),)
    built.fields["amount"] = figure(quantity)
    return built


def _tiers(draft: Draft) -> Built:
    steps, keys, doubts = steps_of(draft)
    rated = steps[0].given.unit == "ratio"
    rate = next((s for s in draft.grants if s.role is Role.RATE), None)
    label = basis_of(draft, rate) if rated and rate else ""
    built = _start(draft, RuleKind.TIERS, label)
    built.doubts += doubts
    if rated:
        built.fields["basis"] = measure(label or "核定金额", "CNY")
    built.fields["tiers"] = tuple(
        Tier(when=when, label=name, rate=figure(given) if rated else None, amount=None if rated else figure(given))
        for when, given, name in steps
    )
    built.fields["conditions"] = without_choice(conditions_of(draft, keys), steps)
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
