"""The calculation for one rule on the day asked about, and what it says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.binding import Bindings
from assistant.compose.draft import Context
from assistant.knowledge import RuleEntry
from assistant.models import Calculation
from assistant.rules.calculator import calculate
from assistant.rules.schema import OneOf, Rule
from assistant.rules.wording import format_quantity
from index.errors import FactValueError
from index.models import Bound


def calculate_rule(context: Context, entry: RuleEntry, bindings: Bindings) -> Calculation:
    """The calculation for one rule; raises FactValueError for a figure that cannot be used."""
    return calculate(entry.rules, entry.rule, bindings.facts(entry), valid_day(entry, context.on))


def calculated(context: Context, entry: RuleEntry, bindings: Bindings) -> Calculation:
    """The calculation for one rule; unusable figures count as not given."""
    try:
        return calculate_rule(context, entry, bindings)
    except FactValueError:
        return calculate(entry.rules, entry.rule, {}, context.on)


def valid_day(entry: RuleEntry, on: date) -> date:
    """The day to compute for: `on`, or the nearest day on which the document was in force; the answer says which."""
    start, end = entry.policy.effective_from.value, entry.policy.effective_to.value
    if end and on > end:
        return end
    return start if start and on < start else on


def rests_on_figures(result: Calculation, bindings: Bindings, entry: RuleEntry) -> bool:
    """Whether the result rests on figures of the user, rather than restating the rule."""
    if result.amount is None:
        return False
    chosen = {tier.when.fact for tier in entry.rule.tiers if isinstance(tier.when, OneOf)} & bindings.facts(entry).keys()
    return bool(bindings.numbers(entry)) or bool(chosen)


def money(context: Context, result: Calculation, value: Decimal | None = None) -> str:
    """最高100万元 / up to RMB 1 million; without the word for an entitlement."""
    amount = format_quantity(result.amount if value is None else value, result.currency, context.language)
    if result.bound is Bound.EXACT:
        return amount
    return context.say(f"最高{amount}", f"at most {amount}")


def money_figures(rule: Rule, language: str) -> str:
    """Rate, amounts and caps in a few words: 2%，最高100万元."""
    most = "最高" if language == "zh" else "at most "
    parts: list[str] = []
    for figure in (rule.rate, rule.amount, *(tier.amount or tier.rate for tier in rule.tiers), *(step.amount for step in rule.schedule)):
        if figure is not None:
            prefix = most if figure.bound is Bound.AT_MOST else ""
            parts.append(prefix + format_quantity(figure.value, figure.unit, language))
    parts += [most + format_quantity(cap.value, cap.unit, language) for cap in rule.every_cap]
    return ("、" if language == "zh" else ", ").join(dict.fromkeys(parts))
