"""Retail-import tax: within both limits a duty and a share of the other taxes, beyond them what the rule says.

    2000元, VAT 13%, no consumption tax, share 70%:  2000元 × 13% × 70% = 182元

Consumption tax is part of its own base: consumption = value / (1 - c) × c, VAT = (value + consumption) × v.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from assistant.models import ConditionCheck, Eligible
from assistant.rules.conditions import Given
from assistant.rules.facts import CONSUMPTION_TAX_RATE, VAT_RATE
from assistant.rules.ranges import Range, format_bound, reaches
from assistant.rules.schema import Measure, Tax
from assistant.rules.sums import Sum
from assistant.rules.units import to_decimal
from assistant.rules.wording import format_quantity
from index.errors import FactValueError
from index.models import Bound

_FEN = Decimal("0.01")


def work_out_tax(tax: Tax, given: Given, article: str | None = None) -> tuple[Sum, list[ConditionCheck]]:
    """Tax on one or several purchases of one person in a year, and the limits held against them.

    Returns:
        The sum (None beyond a limit: the rule's `beyond` says what follows) and a check for each limit.

    Raises:
        FactValueError: a value in another currency, or zero.
    """
    total = Sum(given, currency=tax.single_limit.unit)
    values = _values(tax.value, given)
    if values is None:
        total.missing.append(tax.value.fact)
    checks = _check_limits(tax, values or [], given, article)
    rates = {name: number[0] for name in (VAT_RATE, CONSUMPTION_TAX_RATE) if (number := given.number(name))}
    if any(check.met is Eligible.NO for check in checks):
        return total, checks
    total.missing.extend(name for name in (VAT_RATE, CONSUMPTION_TAX_RATE) if name not in rates)
    if not total.missing and values is not None:
        _compute(tax, sum(values, Decimal(0)), rates[VAT_RATE], rates[CONSUMPTION_TAX_RATE], total)
    return total, checks


def _values(measure: Measure, given: Given) -> list[Decimal] | None:
    fact = given.facts.get(measure.fact)
    if fact is None:
        return None
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    numbers = [value for value in values if isinstance(value, Decimal)]
    if len(numbers) != len(values) or fact.unit not in ("", measure.unit):
        raise FactValueError(f"{measure.label}应为 {measure.unit} 金额 / {measure.fact} must be sums in {measure.unit}")
    if any(value == 0 for value in numbers):
        raise FactValueError(f"{measure.label}为0，无从计税 / {measure.fact} is 0: there is nothing to tax")
    return numbers


def _check_limits(tax: Tax, values: list[Decimal], given: Given, article: str | None) -> list[ConditionCheck]:
    """Each purchase against the single limit, and all together with earlier ones against the annual limit."""
    unit = tax.single_limit.unit
    earlier = given.number(tax.annual.fact)
    largest = max(values, default=None)
    year = sum(values, earlier[0] if earlier else Decimal(0)) if values else None
    bound = given.facts[tax.value.fact].bound if values else Bound.EXACT
    single = _against(tax.value, "单次交易", largest, bound, tax.single_limit.value, unit, article)
    annual = _against(tax.annual, "个人年度累计", year, bound, tax.annual_limit.value, unit, article)
    if earlier is None and annual.met is Eligible.YES and not given.all_met:
        annual = ConditionCheck(annual.label, Eligible.UNKNOWN, "", "", annual.fact, annual.label_en, article=article, measured=True)
    return [single, annual]


def _against(
    measure: Measure, name: str, value: Decimal | None, bound: Bound, limit: Decimal, unit: str, article: str | None
) -> ConditionCheck:
    shown, shown_en = format_quantity(limit, unit), format_quantity(limit, unit, "en")
    label, label_en = f"{name} ≤ {shown}", f"{measure.label_en or measure.label} ≤ {shown_en}"
    if value is None:
        return ConditionCheck(label, Eligible.UNKNOWN, fact=measure.fact, label_en=label_en, article=article, measured=True)
    given, given_en = (format_bound(format_quantity(value, unit, lang), bound, lang) for lang in ("zh", "en"))
    met, gap, gap_en = reaches("<=", limit, Range.of(value, bound)), "", ""
    if met is Eligible.NO:
        gap, gap_en = f"超过限值{shown}", f"above the limit of {shown_en}"
        if value > limit:
            gap += f"，高出{format_quantity(value - limit, unit)}"
            gap_en += f" by {format_quantity(value - limit, unit, 'en')}"
    return ConditionCheck(
        label, met, given, gap, measure.fact, label_en,
        given_en=given_en, gap_en=gap_en, article=article, measured=True, loose=met is Eligible.UNKNOWN,
    )  # fmt: skip


def _compute(tax: Tax, value: Decimal, vat_rate: Decimal, consumption_rate: Decimal, total: Sum) -> None:
    consumption = Fraction(value) / (1 - Fraction(consumption_rate)) * Fraction(consumption_rate)
    vat = (Fraction(value) + consumption) * Fraction(vat_rate)
    duty = Fraction(value) * Fraction(tax.duty.value)
    share = tax.share.value
    due = duty + (vat + consumption) * Fraction(share)

    def show(amount: Fraction, lang: str = "zh") -> str:
        return _show(amount, total.currency, lang)

    percent = format_quantity(share, "ratio")
    v, c = format_quantity(vat_rate, "ratio"), format_quantity(consumption_rate, "ratio")
    goods, goods_en = show(Fraction(value)), show(Fraction(value), "en")
    rate = format_quantity(tax.duty.value, "ratio")
    total.step(f"关税：{goods} × {rate} = {show(duty)}", f"duty: {goods_en} × {rate} = {show(duty, 'en')}")
    if consumption:
        total.step(
            f"法定消费税：{goods} ÷ (1 − {c}) × {c} = {show(consumption)}",
            f"statutory consumption tax: {goods_en} ÷ (1 − {c}) × {c} = {show(consumption, 'en')}",
        )
        total.step(
            f"法定增值税：({goods} + {show(consumption)}) × {v} = {show(vat)}",
            f"statutory VAT: ({goods_en} + {show(consumption, 'en')}) × {v} = {show(vat, 'en')}",
        )
        taxes, taxes_en = f"({show(vat)} + {show(consumption)})", f"({show(vat, 'en')} + {show(consumption, 'en')})"
    else:
        total.step(f"法定增值税：{goods} × {v} = {show(vat)}", f"statutory VAT: {goods_en} × {v} = {show(vat, 'en')}")
        taxes, taxes_en = show(vat), show(vat, "en")
    reduced = (vat + consumption) * Fraction(share)
    total.step(
        f"按法定应纳税额的{percent}征收：{taxes} × {percent} = {show(reduced)}",
        f"{percent} of it is levied: {taxes_en} × {percent} = {show(reduced, 'en')}",
    )
    saved = vat + consumption - reduced
    total.step(f"比法定应纳税额少 {show(saved)}", f"{show(saved, 'en')} less than the statutory tax")
    total.amount, total.uncapped = _sum(due), _sum(vat + consumption)


def _sum(value: Fraction) -> Decimal:
    """Exact where the decimal is finite; a tax that is not is settled to the fen."""
    exact = to_decimal(value)
    if exact is not None:
        return exact
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_FEN, ROUND_HALF_UP)


def _show(value: Fraction, currency: str, lang: str = "zh") -> str:
    about = "" if to_decimal(value) is not None else ("约" if lang == "zh" else "about ")
    return about + format_quantity(_sum(value), currency, lang)
