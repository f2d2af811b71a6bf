"""The sum a rule gives: product, tier or schedule, then caps, each step in words and numbers.

    basis 8000万元, rate 2%, cap 100万元 a year:
    8000万元 × 2% = 160万元
    160万元超过上限100万元，按100万元计

Every product is exact; where something is not given, the sum is None and `missing` names it.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.rules.bands import band_parts, in_bands
from assistant.rules.caps import is_yearly, pay_out, total_up
from assistant.rules.conditions import Given
from assistant.rules.facts import PRICE_PAID, YEARS
from assistant.rules.schedule import schedule_parts
from assistant.rules.schema import Figure, Measure, Period, Rule, RuleKind
from assistant.rules.sums import MONTHS_A_YEAR, Part, Sum, amount_step, at_most, counted, factors_of, multiplied, product_step
from assistant.rules.tiers import choose_tier
from assistant.rules.wording import EXACT, format_quantity
from index.models import Bound


def work_out(rule: Rule, given: Given) -> Sum:
    """The sum of a rule that promises money.

    Raises:
        FactValueError: a fact has the wrong unit, or is a zero basis.
    """
    total = Sum(given, caps=rule.caps)
    parts = schedule_parts(rule, total) if rule.schedule else _parts(rule, total)
    if not parts or total.missing:
        return total
    total_up(rule, parts, total)
    if rule.payments and total.amount is not None:
        pay_out(rule, total.amount, total)
    return total


def _parts(rule: Rule, total: Sum) -> list[Part]:
    if rule.portions:
        return _added(rule, total)
    if in_bands(rule):
        return band_parts(rule, total)
    amount, rate = rule.amount, rule.rate
    if rule.tiers:
        tier = choose_tier(rule, total)
        if not tier:
            return []
        amount, rate = tier.amount, tier.rate
        total.caps += (tier.cap,) if tier.cap else ()
    if rate:
        return _rated(rule, rate, total)
    if amount is None:  # the schema gives every money kind an amount or a rate
        return []
    return _counted(rule, amount, total)


def _rated(rule: Rule, rate: Figure, total: Sum) -> list[Part]:
    if rule.basis is None:
        return []
    basis = total.value(rule.basis)
    if basis is None:
        return []
    total.currency = rule.basis.unit
    total.use(rate)
    product = EXACT.multiply(basis, rate.value)
    product_step(total, [(basis, rule.basis.unit), (rate.value, "ratio")], product)
    return [Part(product)]


def _added(rule: Rule, total: Sum) -> list[Part]:
    """Portions added up; one whose count is not given while another's is counts for nothing, and that is said."""
    measures = {measure.fact: measure for measure in rule.per}
    given = [fact for fact in measures if fact in total.given.facts]
    if not given:
        total.missing.extend(total.given.lacks(measure) for measure in measures.values())
        return []
    amounts: list[Decimal] = []
    for portion in rule.portions:
        total.currency = portion.amount.unit.partition("/")[0]
        absent = [measures[fact] for fact in portion.per if fact not in given]
        if absent:
            total.assumed.extend(measure.fact for measure in absent)
            total.step(f"未说明{absent[0].label}，不计入", f"{absent[0].label_en or absent[0].label} not stated: not counted")
            continue
        factors = [counted(measures[fact], total) for fact in portion.per]
        if total.missing or total.failed:
            return []
        total.use(portion.amount)
        if portion.per:
            amounts.append(multiplied(total, [factor for factor in factors if factor], portion.amount).amount)
        else:
            amount_step(total, portion.amount)
            amounts.append(portion.amount.value)
    whole = sum(amounts, Decimal(0))
    if len(amounts) > 1:
        terms, terms_en = (" + ".join(total.show(amount, lang) for amount in amounts) for lang in ("zh", "en"))
        total.step(f"{terms} = {total.show(whole)}", f"{terms_en} = {total.show(whole, 'en')}")
    return [Part(whole)]


def _counted(rule: Rule, figure: Figure, total: Sum) -> list[Part]:
    """A fixed amount, or an amount for each unit of the measures in `per`; months are cut into years where a cap is yearly."""
    total.currency = figure.unit.partition("/")[0]
    total.use(figure)
    figure = _paid_at_most(figure, total)
    months_measure = next((measure for measure in rule.per if measure.unit == "month"), None)
    factors = factors_of(rule, total, months_measure)
    months = _months(rule, months_measure, total) if months_measure else _months_asked(rule, total.given)
    if factors is None or (months_measure and months is None):
        return []
    if not factors and months is None:
        if not rule.tiers:  # a tier has shown its amount
            amount_step(total, figure)
        return [Part(_within_cost(rule, figure, total))]
    if months is None:
        return [multiplied(total, factors, figure)]
    yearly = any(is_yearly(cap, rule) for cap in rule.every_cap)
    stretches = _by_year(months) if yearly and months > MONTHS_A_YEAR else [(None, months)]
    return [multiplied(total, [*factors, (count, "month")], figure, year, count) for year, count in stretches]


def _paid_at_most(figure: Figure, total: Sum) -> Figure:
    """A highest price in support of what is really paid (按实际租金，每平方米每月不超过30元) is never more than that."""
    paid = total.given.number(PRICE_PAID)
    if paid is None or figure.bound is not Bound.AT_MOST or paid[0] >= figure.value:
        return figure
    zh, en = (format_quantity(paid[0], figure.unit, lang) for lang in ("zh", "en"))
    total.step(f"实际价格只有{zh}，按实际价格计", f"the price paid is {en}: that counts")
    return figure.model_copy(update={"value": paid[0]})


def _within_cost(rule: Rule, figure: Figure, total: Sum) -> Decimal:
    """A highest amount in support of a cost (对运营费用给予最高100万元) is never more than that cost, where it is given."""
    if rule.kind is not RuleKind.LUMP_SUM or rule.basis is None or rule.basis.fact not in total.given.facts:
        return figure.value
    cost = total.value(rule.basis)
    if cost is None or cost >= figure.value:
        return figure.value
    label, label_en = rule.basis.label, rule.basis.label_en or rule.basis.label
    zh, en = total.show(cost), total.show(cost, "en")
    total.step(f"{label}只有{zh}，支持不超过实际发生的费用", f"{label_en} is {en}: support is no more than the cost")
    return cost


def _months(rule: Rule, measure: Measure, total: Sum) -> Decimal | None:
    """Months of support without a schedule: as given, or twelve for each year given."""
    years = total.given.number(YEARS)
    if measure.fact not in total.given.facts and (years or total.given.all_met or rule.period is Period.YEAR):
        return at_most(measure, (years[0] if years else Decimal(1)) * MONTHS_A_YEAR, total)
    value = total.value(measure)
    return None if value is None else at_most(measure, value, total)


def _months_asked(rule: Rule, given: Given) -> Decimal | None:
    """Months of the years asked about, for a sum that is paid monthly; None: the sum of one month."""
    years = given.number(YEARS)
    return years[0] * MONTHS_A_YEAR if years and rule.period is Period.MONTH else None


def _by_year(months: Decimal) -> list[tuple[int | None, Decimal]]:
    stretches: list[tuple[int | None, Decimal]] = []
    while months > 0:
        stretches.append((len(stretches) + 1, min(months, MONTHS_A_YEAR)))
        months -= MONTHS_A_YEAR
    return stretches
