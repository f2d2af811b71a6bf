"""What a rule gives for these facts on this day, with every step.

    >>> result = calculate(rules, rules.get("import-1210"), facts, on=date(2026, 1, 1))   # doctest: +SKIP
    >>> result.amount, result.steps                                                        # doctest: +SKIP
    (Decimal('1000000'), ('8000万元 × 2% = 160万元', '160万元超过每年上限100万元，按100万元计'))

Facts that are missing make a result unknown, never no; a day outside the validity is a result of its own, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from assistant.models import Calculation, ConditionCheck, Eligible
from assistant.rules.amounts import work_out
from assistant.rules.conditions import Given, check_condition, missing_facts
from assistant.rules.describe import describe
from assistant.rules.facts import Fact
from assistant.rules.loader import RuleSet
from assistant.rules.notices import Frame, frame
from assistant.rules.schema import Rule, RuleKind
from assistant.rules.sums import Sum
from assistant.rules.tax import work_out_tax
from assistant.rules.wording import tidy
from index.models import Bound, Standing

_SAYS_ONLY = frozenset({RuleKind.TARGET, RuleKind.COMMITMENT, RuleKind.PROVISION})


def calculate(rules: RuleSet, rule: Rule, facts: Mapping[str, Fact], on: date) -> Calculation:
    """Work out what `rule` gives on the day `on`.

    Args:
        rules: The rules of the policy, their quotations proven.
        rule: One of them.
        facts: Facts under their names; absent is unknown, not "no".
        on: The day the claim is about.

    Returns:
        `amount` is exact and never rounded; None if it cannot be computed, a condition fails, or the document is not
        in force. Where only conditions are open it is what would follow if they hold, and `eligible` is unknown.

    Raises:
        FactValueError: a fact of the wrong unit, or a basis of zero.
    """
    standing = frame(rules, on)
    given = Given(facts)
    checks = [check_condition(condition, given, rule.article) for condition in rule.conditions]
    if rule.kind in _SAYS_ONLY:
        return _statement(rules, rule, standing, checks, given)
    if not standing.in_force:
        return _result(rules, rule, standing, Eligible.NO, Sum(given), [_not_in_force(standing), *checks])
    if rule.kind is RuleKind.TAX and rule.tax:
        total, limits = work_out_tax(rule.tax, given, rule.article)
        checks = [*checks, *limits]
    elif rule.gives_money:
        total = work_out(_under_ceilings(rules, rule), given)
        checks = [*checks, *total.needed, *total.failed]
    else:
        total = Sum(given)
    eligible = _eligible(checks, rule, total)
    missing = _missing(checks, total, given) if eligible is not Eligible.NO else ()
    return _result(rules, rule, standing, eligible, total, checks, missing)


def _under_ceilings(rules: RuleSet, rule: Rule) -> Rule:
    """The rule with what it shares with others as caps of its own: alone it gives no more than all of them together.

    A rule whose own cap is above a yearly ceiling of the whole document is meant to be paid over years: that ceiling is only quoted.
    """
    own = max((cap.value for cap in rule.caps if cap.unit == currency_of(rule)), default=Decimal(0))
    shared = tuple(ceiling.cap for ceiling in rules.ceilings_of(rule) if ceiling.rules or own <= ceiling.cap.value)
    return rule.model_copy(update={"caps": (*rule.caps, *shared)}) if shared else rule


def _eligible(checks: Iterable[ConditionCheck], rule: Rule, total: Sum) -> Eligible:
    states = {check.met for check in checks}
    if Eligible.NO in states:
        return Eligible.NO
    if Eligible.UNKNOWN in states or total.missing:
        return Eligible.UNKNOWN
    if rule.gives_money and total.amount is None:
        return Eligible.UNKNOWN
    return Eligible.YES


def _missing(checks: Iterable[ConditionCheck], total: Sum, given: Given) -> tuple[str, ...]:
    """Facts without which there is no amount first, then those that decide whether it is due."""
    names = list(total.missing)
    ordered = sorted(checks, key=lambda check: not check.measured)
    names.extend(name for check in ordered for name in missing_facts(check, given))
    return tuple(dict.fromkeys(names))


def _result(
    rules: RuleSet, rule: Rule, standing: Frame, eligible: Eligible, total: Sum, checks: list[ConditionCheck], missing: tuple[str, ...] = ()
) -> Calculation:
    refused = eligible is Eligible.NO
    steps, steps_en = (_comparisons(checks), _comparisons(checks, "en")) if refused or not rule.gives_money else ((), ())
    outcome, outcome_en = _outcome(rule, eligible, checks)
    limited = total.limited or standing.standing is Standing.DRAFT or bool(rule.factors)
    keeps_steps = not refused or not rule.gives_money
    return Calculation(
        policy=rules.id,
        rule=rule.id,
        incentive=rule.label,
        eligible=eligible,
        amount=None if refused or total.amount is None else tidy(total.amount),
        currency=total.currency,
        bound=Bound.AT_MOST if limited else Bound.AT_LEAST if total.floor else Bound.EXACT,
        steps=(*steps, *(total.steps if keeps_steps else ())),
        steps_en=(*steps_en, *(total.steps_en if keeps_steps else ())),
        missing=missing,
        conditions=tuple(checks),
        period=str(rule.period),
        notices=standing.notices,
        uncapped=None if refused or total.uncapped is None else tidy(total.uncapped),
        outcome=outcome,
        outcome_en=outcome_en,
        notices_en=standing.notices_en,
        article=rule.article,
        assumptions=() if refused else tuple(total.assumed),
    )


def _comparisons(checks: Iterable[ConditionCheck], lang: str = "zh") -> tuple[str, ...]:
    """Given figures held against thresholds: 营业面积 ≥ 100平方米：给出80平方米，不符合（还差20平方米）."""
    lines: list[str] = []
    for check in checks:
        given, gap, label = (check.given, check.gap, check.label) if lang == "zh" else (check.given_en, check.gap_en, check.label_en)
        if not given and check.met is not Eligible.NO:
            continue
        failed = check.met is Eligible.NO
        told = given if check.measured else ""  # "yes" to a question needs no repeating
        if lang == "zh":
            verdict = ("不符合" if failed else "符合") + (f"（{gap}）" if gap else "")
            lines.append(f"{label}：{f'给出{told}，' if told else ''}{verdict}")
        else:
            verdict = ("not met" if failed else "met") + (f" ({gap})" if gap else "")
            lines.append(f"{label}: {f'given {told}, ' if told else ''}{verdict}")
    return tuple(lines)


def _outcome(rule: Rule, eligible: Eligible, checks: Iterable[ConditionCheck]) -> tuple[str, str]:
    """What follows where it is no money."""
    if rule.kind is RuleKind.TAX and rule.tax:
        beyond = any(check.met is Eligible.NO and check.fact in (rule.tax.value.fact, rule.tax.annual.fact) for check in checks)
        return (rule.tax.beyond, rule.tax.beyond_en or rule.tax.beyond) if beyond else ("", "")
    if eligible is Eligible.NO:
        return "", ""
    return rule.consequence, rule.consequence_en or rule.consequence


def _statement(rules: RuleSet, rule: Rule, standing: Frame, checks: list[ConditionCheck], given: Given) -> Calculation:
    """Targets, commitments and provisions: what they say. Nothing to compute, so never "yes"."""
    outcome, outcome_en = rule.consequence or rule.quote, rule.consequence_en
    if rule.target:
        outcome, outcome_en = describe(rule), describe(rule, "en")
    refused = any(check.met is Eligible.NO for check in checks)
    return Calculation(
        rules.id,
        rule.id,
        rule.label,
        Eligible.NO if refused else Eligible.UNKNOWN,
        None,
        "CNY",
        Bound.EXACT,
        steps=_comparisons(checks),
        steps_en=_comparisons(checks, "en"),
        missing=() if refused else _missing(checks, Sum(given), given),
        conditions=tuple(checks),
        period=str(rule.period),
        notices=standing.notices,
        outcome=outcome,
        outcome_en=outcome_en,
        notices_en=standing.notices_en,
        article=rule.article,
    )


def _not_in_force(standing: Frame) -> ConditionCheck:
    """The first notice of a frame that is not in force says why."""
    label, label_en = standing.notices[0], standing.notices_en[0]
    return ConditionCheck(
        "文件在该日期有效", Eligible.NO, gap=label, label_en="the document is in force on that day", gap_en=label_en, measured=True
    )


def currency_of(rule: Rule) -> str:
    """The currency a rule pays in."""
    if rule.portions:
        return rule.portions[0].amount.unit.partition("/")[0]
    figure = rule.amount or (rule.schedule[0].amount if rule.schedule else next((tier.amount for tier in rule.tiers if tier.amount), None))
    if figure:
        return figure.unit.partition("/")[0]
    return rule.basis.unit if rule.basis else "CNY"


def ceiling(rule: Rule) -> Decimal | None:
    """The most a rule can give as far as the text limits it, in its own currency; None when it sets no limit."""
    caps = [cap.value for cap in rule.every_cap if cap.unit == currency_of(rule)]
    if caps:
        return max(caps)
    if rule.per:
        return None
    amounts = [tier.amount.value for tier in rule.tiers if tier.amount]
    if amounts and not any(tier.rate for tier in rule.tiers):
        return max(amounts)
    if rule.schedule:
        return sum((step.amount.value * len(step.years) for step in rule.schedule), Decimal(0))
    return rule.amount.value if rule.amount else None
