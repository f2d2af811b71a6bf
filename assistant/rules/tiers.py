"""The tier a company reaches: the highest threshold that holds, or the level it has.

4500万美元 against 超过5000万、3000万、1000万美元 reaches the second
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.models import ConditionCheck, Eligible
from assistant.rules.conditions import Given, check_condition, missing_facts
from assistant.rules.schema import AnyOf, Compare, Rule, Tier
from assistant.rules.sums import Sum, bounded


def choose_tier(rule: Rule, total: Sum) -> Tier | None:
    """The tier that holds and gives most; None when facts are missing or no tier is reached (see `failed`)."""
    checks = [(tier, check_condition(tier.when, total.given, rule.article)) for tier in rule.tiers]
    needed = {tier: [check_condition(part, total.given, rule.article) for part in tier.needs] for tier in rule.tiers}
    reached = [(tier, check) for tier, check in checks if check.met is Eligible.YES and not check.assumed]
    held = [(tier, check) for tier, check in reached if all(part.met is not Eligible.NO for part in needed[tier])]
    if reached and not held:  # the threshold is reached, but not what this step asks for besides
        total.failed.extend(part for part in needed[_nearest(reached, needed)] if part.met is Eligible.NO)
        return None
    if held:
        tier, check = max(held, key=lambda pair: _rank(pair[0]))
        total.needed.extend(needed[tier])
        label = tier.label or check.label
        figure = tier.amount or tier.rate
        if figure:
            given_zh, given_en = (f"{check.given}，" if check.given else ""), (f"{check.given_en}: " if check.given_en else "")
            shown, shown_en = bounded(figure), bounded(figure, "en")
            total.step(f"{given_zh}符合“{label}”一档：{shown}", f"{given_en}tier “{check.label_en or label}”: {shown_en}")
        return tier
    unknown = [name for _, check in checks if check.met is Eligible.UNKNOWN or check.assumed for name in _asks(check, total.given)]
    if unknown:
        total.missing.extend(dict.fromkeys(unknown))
        return None
    _note_failure(rule, checks, total)
    return None


def _nearest(reached: list[tuple[Tier, ConditionCheck]], needed: dict[Tier, list[ConditionCheck]]) -> Tier:
    """Of the tiers whose threshold is reached, the one that asks least of what fails."""

    def asked(tier: Tier) -> list[Decimal]:
        failed = {check.fact for check in needed[tier] if check.met is Eligible.NO}
        return [part.value for part in tier.needs if isinstance(part, Compare) and part.fact in failed]

    return min((tier for tier, _ in reached), key=asked)


def _note_failure(rule: Rule, checks: list[tuple[Tier, ConditionCheck]], total: Sum) -> None:
    """Why no tier is reached: the lowest threshold, or all the levels there are."""
    alternatives = tuple(tier.when for tier in rule.tiers if not isinstance(tier.when, AnyOf))
    if len(alternatives) < len(checks) or all(isinstance(when, Compare) for when in alternatives):
        _, check = min(checks, key=lambda pair: _rank(pair[0]))
    else:
        check = check_condition(AnyOf.model_validate({"is": "any_of", "of": alternatives}), total.given, rule.article)
    total.failed.append(check)


def _asks(check: ConditionCheck, given: Given) -> Iterable[str]:
    """A tier is never taken as met because "all conditions are met": which one must be known."""
    return [check.fact] if check.assumed and check.fact else missing_facts(check, given)


def _rank(tier: Tier) -> tuple[Decimal, Decimal]:
    figure = tier.amount or tier.rate
    threshold = tier.when.value if isinstance(tier.when, Compare) else Decimal(0)
    return (figure.value if figure else Decimal(0), threshold)
