"""The other way round: what a company must reach for a sum.

300万元 at 1% of the turnover served:  300万元 ÷ 1% = 3亿元
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from assistant.models import Calculation, Eligible
from assistant.rules.calculator import ceiling, currency_of
from assistant.rules.conditions import format_condition
from assistant.rules.loader import RuleSet
from assistant.rules.notices import frame
from assistant.rules.schema import Compare, Measure, Rule
from assistant.rules.units import to_decimal
from assistant.rules.wording import format_quantity
from index.models import Bound


def inverse(rules: RuleSet, rule: Rule, amount: Decimal | None = None, on: date | None = None) -> Calculation:
    """What basis, count or threshold a rule needs to give `amount`.

    Args:
        rules: The rules of the policy.
        rule: A rule that gives money.
        amount: The sum wanted, in the rule's currency; None: the most it gives.
        on: The day, for the notices; None: no notices.

    Returns:
        `amount` is the figure needed, in `currency` (the unit of the measure: CNY, USD, m2); `bound` is at_least, or
        more_than where the text says 超过. `eligible` is no when the rule never gives that much, unknown when it has no
        measure to solve for (a fixed sum, or several factors).
    """
    most = ceiling(rule)
    wanted = amount if amount is not None else most
    money = currency_of(rule)
    if wanted is None:
        return _answer(rules, rule, on, Eligible.UNKNOWN, steps=("文件没有写明上限", "the document sets no cap"))
    if most is not None and wanted > most:
        shown, shown_en = (format_quantity(most, money, lang) for lang in ("zh", "en"))
        return _answer(rules, rule, on, Eligible.NO, steps=(f"最高只有{shown}", f"the most it gives is {shown_en}"))
    if rule.tiers:
        return _tier(rules, rule, wanted, on)
    solved = _solve(rule, wanted)
    if not solved:
        return _answer(rules, rule, on, Eligible.UNKNOWN, steps=("金额不按单一数值计算", "the amount does not follow from one figure"))
    measure, divisor, unit = solved
    needed = _divided(wanted, divisor)
    parts = [(wanted, money), (divisor, unit), (needed, measure.unit)]
    (a, b, c), (a_en, b_en, c_en) = (tuple(format_quantity(value, of, lang) for value, of in parts) for lang in ("zh", "en"))
    zh, en = f"{a} ÷ {b} = {c}", f"{a_en} ÷ {b_en} = {c_en}"
    return _answer(rules, rule, on, Eligible.YES, needed, measure.unit, Bound.AT_LEAST, (zh, en), measure.label)


def _solve(rule: Rule, wanted: Decimal) -> tuple[Measure, Decimal, str] | None:
    if rule.rate and rule.basis:
        return rule.basis, rule.rate.value, "ratio"
    if rule.amount and len(rule.per) == 1 and wanted:
        return rule.per[0], rule.amount.value, rule.amount.unit
    return None


def _tier(rules: RuleSet, rule: Rule, wanted: Decimal, on: date | None) -> Calculation:
    """The lowest tier that gives enough."""
    enough = [tier for tier in rule.tiers if tier.amount and tier.amount.value >= wanted]
    if not enough:
        return _answer(rules, rule, on, Eligible.UNKNOWN, steps=("金额不按单一数值计算", "the amount does not follow from one figure"))
    tier = min(enough, key=lambda each: each.amount.value if each.amount else wanted)
    words = (format_condition(tier.when), format_condition(tier.when, "en"))
    if not isinstance(tier.when, Compare):
        return _answer(rules, rule, on, Eligible.YES, steps=words)
    bound = Bound.MORE_THAN if tier.when.op == ">" else Bound.AT_LEAST
    return _answer(rules, rule, on, Eligible.YES, tier.when.value, tier.when.unit, bound, words, tier.when.label)


def _divided(wanted: Decimal, divisor: Decimal) -> Decimal:
    """Exact, or the next fen up where the quotient has no finite form: a little more is enough, a little less is not."""
    quotient = Fraction(wanted) / Fraction(divisor)
    exact = to_decimal(quotient)
    return exact if exact is not None else Decimal(-(-quotient.numerator * 100 // quotient.denominator)).scaleb(-2)


def _answer(
    rules: RuleSet,
    rule: Rule,
    on: date | None,
    eligible: Eligible,
    amount: Decimal | None = None,
    unit: str = "CNY",
    bound: Bound = Bound.AT_LEAST,
    steps: tuple[str, str] = ("", ""),
    outcome: str = "",
) -> Calculation:
    told = frame(rules, on) if on else None
    return Calculation(
        rules.id, rule.id, rule.label, eligible, amount, unit, bound, (steps[0],), (steps[1],), period=str(rule.period), outcome=outcome,
        notices=told.notices if told else (), notices_en=told.notices_en if told else (), article=rule.article,
    )  # fmt: skip
