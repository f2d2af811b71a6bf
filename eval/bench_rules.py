"""Time of the calculator and of matching a company, as a ratio to a bare loop over the same rules.

report = measure(load_settings(), rules=5000)
report["match 5000 rules, ms"]      # 31.0
report["match / bare loop"]         # 60: sorting a company costs so many times looking at each rule once

The rules are those of the policy folders, repeated under new policy ids until there are enough.
"""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

from assistant.rules.calculator import calculate
from assistant.rules.facts import Fact
from assistant.rules.loader import RuleSet, load_all
from assistant.rules.matching import match_profile
from index.config import Settings
from index.policies import load_policies

ON = date(2026, 6, 30)
PROFILE = {
    fact.name: fact
    for fact in (
        Fact("online_turnover", Decimal(80_000_000), "CNY"),
        Fact("business_mode", "1210"),
        Fact("import_export_value", Decimal(30_000_000), "CNY"),
        Fact("promotion_cost", Decimal(600_000), "CNY"),
        Fact("rent", Decimal(800_000), "CNY"),
        Fact("warehouse_area", Decimal(1500), "m2"),
        Fact("recognition_level", "市级"),
        Fact("in_operation", True),
    )
}


def measure(settings: Settings, *, rules: int = 5000, rounds: int = 7) -> dict[str, Any]:
    """Figures by name; times are medians of `rounds`, processor time of one thread, in the unit the name says."""
    policies, _ = load_policies(settings.policies)
    loaded, _ = load_all(policies, settings.policies)
    many = repeated(list(loaded.values()), rules)
    count = sum(len(each.rules) for each in many)
    cold, _ = _timed(lambda: match_profile(many, PROFILE, ON))
    match = _median(lambda: match_profile(many, PROFILE, ON), rounds)
    bare = _median(lambda: _bare(many), rounds)
    money = [(each, rule) for each in loaded.values() for rule in each.rules if rule.gives_money]
    single = _median(lambda: [calculate(each, rule, PROFILE, ON) for each, rule in money], rounds) / len(money)
    found = match_profile(many, PROFILE, ON)
    return {
        "rules": count,
        "policies": len(many),
        "incentives sorted": len(found.lines),
        "one calculation, ms": round(single * 1000, 4),
        f"match {count} rules, ms": round(match * 1000, 2),
        f"match {count} rules for the first time, ms": round(cold * 1000, 2),
        f"bare loop over {count} rules, ms": round(bare * 1000, 3),
        "match / bare loop": round(match / bare, 1),
    }


def repeated(rulesets: list[RuleSet], rules: int) -> list[RuleSet]:
    """The rule sets again and again under new ids, until there are `rules` rules."""
    many: list[RuleSet] = []
    count = 0
    for number, original in enumerate(islice(cycle(rulesets), 100_000)):
        if count >= rules:
            break
        copy = RuleSet(dataclasses.replace(original.policy, id=f"{original.id}-{number}"), original.file, original.spans)
        many.append(copy)
        count += len(copy.rules)
    return many


def _bare(many: list[RuleSet]) -> int:
    """Looks at every rule once: does any of its conditions ask for a fact the company gave?"""
    return sum(rule.basis is not None and rule.basis.fact in PROFILE for each in many for rule in each.rules)


def _median(work: Callable[[], Any], rounds: int) -> float:
    return statistics.median(_timed(work)[0] for _ in range(rounds))


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    result = work()
    return time.process_time() - started, result
