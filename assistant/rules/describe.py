"""A rule in one line, written from its data; 最高 and 不超过 stay, because a ceiling is no promise.

>>> describe(rules.get("import-1210"))       # doctest: +SKIP
'年线上交易额的2%，每年最多不超过100万元'
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.rules.conditions import format_condition
from assistant.rules.schema import Cap, Confirm, Figure, Measure, Period, Portion, Rule, RuleKind, Step, Tier
from assistant.rules.wording import bound_words, format_quantity
from index.models import Bound
from index.quantities.parser import parse_quantities

_HIGHEST = re.compile("最高不超过|最多不超过|不超过|最高|最多|不高于|上限")
_PERIOD_ZH = {Period.ONCE: "一次性", Period.YEAR: "每年", Period.MONTH: "每月", Period.FIRST_YEAR: "首年"}
_PERIOD_EN = {Period.ONCE: "one-off", Period.YEAR: "a year", Period.MONTH: "a month", Period.FIRST_YEAR: "in the first year"}


def describe(rule: Rule, lang: str = "zh") -> str:
    """What the rule gives or says, in Chinese ("zh") or English ("en"); its conditions are not part of it."""
    return _chinese(rule) if lang == "zh" else _english(rule)


def describe_conditions(rule: Rule, lang: str = "zh", *, assumed: bool = True) -> tuple[str, ...]:
    """The conditions in words; without those the question itself implies if `assumed` is False."""
    return tuple(
        format_condition(condition, lang)
        for condition in rule.conditions
        if assumed or not (isinstance(condition, Confirm) and condition.assumed)
    )


def highest_word(rule: Rule, figure: Figure | Cap) -> str:
    """The word by which the quotation limits this figure: 最高, 不超过; "" when it is exact."""
    if figure.bound not in (Bound.AT_MOST, Bound.LESS_THAN):
        return bound_words(figure.bound)
    ends = [quantity.end for quantity in parse_quantities(rule.quote) if quantity.value == figure.value]
    before = _HIGHEST.findall(rule.quote, 0, ends[0]) if ends else []
    return str(before[-1]) if before else "不超过"


def _figure(rule: Rule, figure: Figure | Cap, lang: str) -> str:
    words = highest_word(rule, figure) if lang == "zh" else bound_words(figure.bound, lang)
    return words + format_quantity(figure.value, figure.unit, lang)


def _chinese(rule: Rule) -> str:
    said = _said(rule, "zh")
    if said is not None:
        return said
    period = _PERIOD_ZH.get(rule.period, "")
    if rule.portions:
        grant = "；".join(_portion(rule, portion, "zh") for portion in rule.portions)
    elif rule.schedule:
        grant = "；".join(_step_zh(rule, step) for step in rule.schedule)
    elif rule.tiers:
        grant = "；".join(f"{_step_name(tier, 'zh')}：{_tier(rule, tier, 'zh')}" for tier in rule.tiers)
        grant += f"（{period}）" if rule.period is Period.ONCE else ""
    elif rule.rate and rule.basis:
        word = highest_word(rule, rule.rate)
        word += "为" if word in ("最高", "最多") else ""  # 最高为租金的30%, but 不超过租金的30%
        grant = f"{word}{rule.basis.label}的{format_quantity(rule.rate.value, rule.rate.unit)}"
    elif rule.amount:
        grant = (
            f"{period}{_figure(rule, rule.amount, 'zh')}" if not (one := _each_one(rule)) else f"{one}{_figure(rule, rule.amount, 'zh')}"
        )
    else:
        grant = ""
    measures = [_counted_zh(measure) for measure in rule.per if measure.default is None and not rule.portions]
    per = f"按{'、'.join(measures)}，" if measures else ""
    return per + grant + "".join(f"，{_cap_zh(rule, cap)}" for cap in rule.caps) + _limits(rule, "zh")


def _each_one(rule: Rule) -> str:
    """每次, 每个 in front of a sum that is for each of what is counted, where the sum itself does not say so."""
    if not rule.amount or "/" in rule.amount.unit or len(rule.per) != 1 or rule.per[0].step or rule.per[0].above:
        return ""
    one = format_quantity(Decimal(1), rule.per[0].unit).removeprefix("1").strip()
    return ("一次性" if rule.period is Period.ONCE else "") + f"每{one}" if one and not one[0].isdigit() else ""


def _english(rule: Rule) -> str:
    said = _said(rule, "en")
    if said is not None:
        return said
    if rule.portions:
        grant = "; ".join(_portion(rule, portion, "en") for portion in rule.portions)
    elif rule.schedule:
        grant = "; ".join(_step_en(rule, step) for step in rule.schedule)
    elif rule.tiers:
        grant = "; ".join(f"{_step_name(tier, 'en')}: {_tier(rule, tier, 'en')}" for tier in rule.tiers)
    elif rule.rate and rule.basis:
        grant = f"{_figure(rule, rule.rate, 'en')} of the {rule.basis.label_en or rule.basis.label}"
    elif rule.amount:
        grant = _figure(rule, rule.amount, "en")
    else:
        grant = ""
    per = "".join(f" × {_counted_en(measure)}" for measure in rule.per if measure.default is None and not rule.portions)
    period = _PERIOD_EN.get(rule.period, "")
    if rule.period is Period.ONCE:
        grant = f"{period}: {grant}"
    elif period and not rule.schedule and not rule.caps:  # with a cap, the cap says it
        grant = f"{grant} {period}"
    return grant + per + "".join(f", {_cap_en(cap)}" for cap in rule.caps) + _limits(rule, "en")


def _counted_zh(measure: Measure) -> str:
    """租赁面积; 零售额每2000万元; 销售额超过1亿元的部分每1亿元."""
    above = f"超过{format_quantity(measure.above, measure.unit)}的部分" if measure.above else ""
    step = f"每{format_quantity(measure.step, measure.unit)}" if measure.step else ""
    return measure.label + above + step


def _counted_en(measure: Measure) -> str:
    label = measure.label_en or measure.label
    above = f" above {format_quantity(measure.above, measure.unit, 'en')}" if measure.above else ""
    return f"{label}{above}" if not measure.step else f"each {format_quantity(measure.step, measure.unit, 'en')} of {label}{above}"


def _portion(rule: Rule, portion: Portion, lang: str) -> str:
    """博士学位人员数：每人8万元."""
    amount = _figure(rule, portion.amount, lang)
    measures = [measure for measure in rule.per if measure.fact in portion.per]
    if not measures:
        return amount
    zh = lang == "zh"
    if "/" in portion.amount.unit or any(measure.step for measure in measures):
        counted = "、".join(_counted_zh(measure) if zh else _counted_en(measure) for measure in measures)
        return f"{counted}：{amount}" if zh else f"{amount} × {counted}"
    one = format_quantity(Decimal(1), measures[0].unit, lang).removeprefix("1").strip()
    return f"{portion.label}：每{one}{amount}" if zh else f"{amount} a {one} ({measures[0].label_en or portion.label})"


def _limits(rule: Rule, lang: str) -> str:
    """Limits that are no sums: 补贴面积不超过500平方米."""
    if rule.kind in (RuleKind.TARGET, RuleKind.PROVISION, RuleKind.COMMITMENT):
        return ""
    before, between = ("，", "") if lang == "zh" else (", ", " ")
    figures = [(named.label, named.figure) for named in rule.figures]
    return "".join(
        f"{before}{label}{between}{bound_words(figure.bound, lang)}{format_quantity(figure.value, figure.unit, lang)}"
        for label, figure in figures
    )


def _step_zh(rule: Rule, step: Step) -> str:
    each = "每年" if len(step.years) > 1 else ""
    return f"第{'、'.join(map(str, step.years))}年{each}{_figure(rule, step.amount, 'zh')}"


def _step_en(rule: Rule, step: Step) -> str:
    each = " each" if len(step.years) > 1 else ""
    return f"year {' and '.join(map(str, step.years))}: {_figure(rule, step.amount, 'en')}{each}"


def _tier(rule: Rule, tier: Tier, lang: str) -> str:
    figure = tier.amount or tier.rate
    limit = "" if not tier.cap else f"，{_cap_zh(rule, tier.cap)}" if lang == "zh" else f", {_cap_en(tier.cap)}"
    return _figure(rule, figure, lang) + limit if figure else ""


def _step_name(tier: Tier, lang: str) -> str:
    """What a step is called, with what it alone asks for: 5000万元以上（限上市公司投资）."""
    name = (tier.label if lang == "zh" else "") or format_condition(tier.when, lang)
    needs = "、".join(format_condition(part, lang) for part in tier.needs)
    return name + ((f"（{needs}）" if lang == "zh" else f" ({needs})") if needs else "")


def _said(rule: Rule, lang: str) -> str | None:
    """Rules that promise no sum: limits, tax, targets, commitments."""
    zh = lang == "zh"
    if rule.kind is RuleKind.THRESHOLD:
        conditions = ("；" if zh else "; ").join(describe_conditions(rule, lang))
        consequence = rule.consequence if zh else (rule.consequence_en or rule.consequence)
        return f"{conditions}：{consequence}" if zh else f"{conditions}: {consequence}"
    if rule.tax:
        return _tax_zh(rule) if zh else _tax_en(rule)
    if rule.target:
        return _target(rule, lang)
    if not rule.gives_money:
        return rule.consequence or rule.quote if zh else (rule.consequence_en or rule.label_en or rule.label)
    return None


def _tax_zh(rule: Rule) -> str:
    tax = rule.tax
    if not tax:
        return ""
    single, annual = (format_quantity(limit.value, limit.unit) for limit in (tax.single_limit, tax.annual_limit))
    duty, share = format_quantity(tax.duty.value, "ratio"), format_quantity(tax.share.value, "ratio")
    return f"单次交易不超过{single}且个人年度累计不超过{annual}：关税{duty}，增值税、消费税按法定应纳税额的{share}征收；超过：{tax.beyond}"


def _tax_en(rule: Rule) -> str:
    tax = rule.tax
    if not tax:
        return ""
    single, annual = (format_quantity(limit.value, limit.unit, "en") for limit in (tax.single_limit, tax.annual_limit))
    duty, share = format_quantity(tax.duty.value, "ratio"), format_quantity(tax.share.value, "ratio")
    beyond = tax.beyond_en or tax.beyond
    within = f"up to {single} a purchase and {annual} a person a year: duty {duty}, VAT and consumption tax at {share} of the statutory tax"
    return f"{within}; beyond: {beyond}"


def _target(rule: Rule, lang: str) -> str:
    target = rule.target
    if not target:
        return ""
    zh = lang == "zh"
    figure = target.figure
    value = bound_words(figure.bound, lang) + format_quantity(figure.value, figure.unit, lang) if figure else ""
    until = target.by_text or (target.by.isoformat() if target.by else f"{target.year}年" if target.year else "")
    if zh:
        return f"{until}{'：' if until else ''}{target.metric}{' ' if value else ''}{value}"
    until = str(target.by or target.year or "")
    return f"{f'by {until}: ' if until else ''}{target.metric_en or target.metric}{' ' if value else ''}{value}"


def _cap_zh(rule: Rule, cap: Cap) -> str:
    per = {"year": "每年", "month": "每月", "total": "累计", "transaction": "每次"}.get(cap.per, "")
    if cap.per.startswith("years:"):
        per = f"{cap.per[6:]}年累计"
    return f"{cap.scope}{per}{_figure(rule, cap, 'zh')}"


def _cap_en(cap: Cap) -> str:
    per = {
        "year": " a year",
        "month": " a month",
        "total": " in total",
        "first_year": " in the first year",
        "transaction": " each time",
    }.get(cap.per, "")
    if cap.per.startswith("years:"):
        per = f" over {cap.per[6:]} years"
    return f"{bound_words(cap.bound, 'en')}{format_quantity(cap.value, cap.unit, 'en')}{per}"
