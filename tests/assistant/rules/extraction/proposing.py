"""Proposes rules for sentences, and tells what they hold, in short."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.rules.extraction.propose import propose_rules
from assistant.rules.loader import prove
from assistant.rules.schema import AnyOf, Rule, RuleFile
from index.articles import split_articles
from index.models import Place, Policy, Status

_UNITS = {"CNY": "", "ratio": ""}
_SHORT = {"exact": "", "at_most": "≤", "at_least": "≥", "more_than": ">", "less_than": "<"}


def policy_of(text: str) -> Policy:
    articles, _ = split_articles(text, "test")
    return Policy("test", "关于促进发展的若干措施", Place(city="测试市"), text, tuple(articles), Status.UNKNOWN)


def propose(*sentences: str) -> RuleFile:
    text = "一、支持政策\n" + "\n".join(f"（{n}）{s}" for n, s in zip("一二三四五六", sentences, strict=False)) + "\n（九）其他工作。\n"
    policy = policy_of(text)
    file = propose_rules(policy)
    prove(file, policy)  # every proposal loads
    return file


def figures(rule: Rule) -> set[str]:
    """Every figure of a rule in short: A 50000 ≤, R 0.3, C 200000 ≤, T 100 m2 ≥."""
    found = []
    if rule.amount:
        found.append(("A", rule.amount.value, rule.amount.unit, rule.amount.bound))
    if rule.rate:
        found.append(("R", rule.rate.value, rule.rate.unit, rule.rate.bound))
    found += [("C", cap.value, cap.unit, cap.bound) for cap in rule.caps]
    for tier in rule.tiers:
        given = tier.rate or tier.amount
        assert given
        found.append(("R" if tier.rate else "A", given.value, given.unit, given.bound))
    found += [("A", step.amount.value, step.amount.unit, step.amount.bound) for step in rule.schedule]
    words = {
        " ".join(part for part in (role, f"{value.normalize():f}", _UNITS.get(unit, unit), _SHORT[bound]) if part)
        for role, value, unit, bound in found
    }
    return words | {f"T {value}" for value in _thresholds([*rule.conditions, *(tier.when for tier in rule.tiers)])}


def _thresholds(conditions: Iterable[object]) -> Iterable[str]:
    for condition in conditions:
        if isinstance(condition, AnyOf):
            yield from _thresholds(condition.of)
        elif getattr(condition, "is_", "") == "compare":
            yield f"{condition.op}{condition.value.normalize():f}{'' if condition.unit == 'CNY' else condition.unit}"
