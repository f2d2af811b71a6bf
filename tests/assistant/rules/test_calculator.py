"""Every row of the tables beside this file, and what must hold for all facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from assistant.models import Calculation, Eligible
from assistant.rules.calculator import calculate
from assistant.rules.facts import Fact, collect_facts, parse_fact, slots_of
from assistant.rules.inverse import inverse
from assistant.rules.loader import RuleSet
from index import errors
from index.models import Bound

TABLES = sorted(Path(__file__).parent.glob("*.yaml"))
ROWS = [(table.stem, row) for table in TABLES for row in YAML(typ="safe").load(table.read_text(encoding="utf-8"))]
KEYS = {
    "name",
    "rule",
    "facts",
    "on",
    "expect",
    "bound",
    "eligible",
    "missing",
    "gap",
    "steps",
    "uncapped",
    "outcome",
    "notice",
    "assumes",
    "error",
    "says",
}
ON = date(2026, 6, 30)


def work(rules: RuleSet, rule_id: str, facts: list[str], on: date = ON) -> Calculation:
    rule = rules.get(rule_id)
    own = slots_of([rule])
    return calculate(rules, rule, collect_facts(parse_fact(text, rules.slots, own) for text in facts), on)


@pytest.mark.parametrize(("policy", "row"), ROWS, ids=[f"{policy}:{row['rule']}:{row['name']}" for policy, row in ROWS])
def test_row(rulesets: dict[str, RuleSet], policy: str, row: dict[str, Any]) -> None:
    assert set(row) <= KEYS
    on = date.fromisoformat(row["on"]) if "on" in row else ON
    if "error" in row:
        with pytest.raises(getattr(errors, row["error"]), match=row["says"]):
            work(rulesets[policy], row["rule"], row["facts"], on)
        return
    result = work(rulesets[policy], row["rule"], row["facts"], on)
    assert result.amount == (Decimal(row["expect"]) if row["expect"] is not None else None)
    assert result.eligible == row.get("eligible", "yes")
    assert result.missing == tuple(row.get("missing", ()))
    assert result.uncapped == (Decimal(row["uncapped"]) if "uncapped" in row else result.uncapped)
    assert result.bound == row.get("bound", result.bound)
    assert result.steps == tuple(row.get("steps", result.steps))
    assert result.outcome == row.get("outcome", result.outcome)
    assert result.assumptions == tuple(row.get("assumes", ()))
    assert row.get("gap", "") in "；".join(check.gap for check in result.conditions)
    assert row.get("notice", "") in "；".join(result.notices)
    assert len(result.steps) == len(result.steps_en)
    assert len(result.notices) == len(result.notices_en)
    if row.get("eligible") == "no":
        assert any(check.met is Eligible.NO and check.gap and check.gap_en for check in result.conditions)


sums = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("1e12"), places=2)


def of_turnover(rules: RuleSet, value: Decimal) -> Calculation:
    facts = {"online_turnover": Fact("online_turnover", value, "CNY"), "business_mode": Fact("business_mode", "1210")}
    return calculate(rules, rules.get("import-1210"), facts, ON)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turnover=sums, more=sums)
def test_never_above_the_cap_and_never_less_for_more(rulesets: dict[str, RuleSet], turnover: Decimal, more: Decimal) -> None:
    rules = rulesets["qinhuangdao-2022-26"]
    low, high = of_turnover(rules, turnover), of_turnover(rules, turnover + more)
    assert low.amount is not None
    assert high.amount is not None
    assert low.amount <= high.amount <= 1_000_000
    assert low.amount == min(turnover * Decimal("0.02"), Decimal(1_000_000))
    assert (high.bound is Bound.AT_MOST) == (high.uncapped is not None)


@given(order=st.permutations(["leased_area=730平方米", "online_turnover=5500万元", "leased_months=17", "exchange_rate=7", "years=2"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_order_of_facts_is_irrelevant(rulesets: dict[str, RuleSet], order: list[str]) -> None:
    rules = rulesets["zhuzhou-draft"]
    assert work(rules, "park-rent", order) == work(rules, "park-rent", sorted(order))


@given(months=st.integers(min_value=1, max_value=60), area=st.decimals(min_value=1, max_value=10000, places=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rent_counts_each_month_once(rulesets: dict[str, RuleSet], months: int, area: Decimal) -> None:
    result = work(rulesets["zhuzhou-draft"], "park-rent", [f"leased_area={area}平方米", "online_turnover=1亿元", f"leased_months={months}"])
    assert result.amount == area * sum(4 if month < 12 else 2 for month in range(min(months, 24)))


def test_every_rule_of_every_policy_can_be_asked_without_facts(rulesets: dict[str, RuleSet]) -> None:
    for rules in rulesets.values():
        for rule in rules.rules:
            result = calculate(rules, rule, {}, ON)
            assert result.rule == rule.id
            assert result.eligible is not Eligible.NO or result.notices
            assert result.amount is None or result.amount > 0


@pytest.mark.parametrize(
    ("policy", "rule", "amount", "needed", "unit", "bound"),
    [
        ("qinhuangdao-2022-26", "service-platform", "2000000", "200000000", "CNY", Bound.AT_LEAST),
        ("qinhuangdao-2022-26", "park", None, "2000000000", "CNY", Bound.AT_LEAST),
        ("qinhuangdao-2022-26", "platform-leader-settlement", "3000000", "50000000", "USD", Bound.MORE_THAN),
        ("lianyungang-2024", "brand-promotion", None, "600000", "CNY", Bound.AT_LEAST),
        ("lianyungang-2024", "bonded-area-rent", "100000", "333333.34", "CNY", Bound.AT_LEAST),
        ("zhuzhou-draft", "o2o-store", "300000", "3000", "m2", Bound.AT_LEAST),
    ],
)
def test_inverse(rulesets: dict[str, RuleSet], policy: str, rule: str, amount: str | None, needed: str, unit: str, bound: Bound) -> None:
    rules = rulesets[policy]
    result = inverse(rules, rules.get(rule), Decimal(amount) if amount else None, ON)
    assert (result.amount, result.currency, result.bound) == (Decimal(needed), unit, bound)


def test_inverse_beyond_the_cap_is_no(rulesets: dict[str, RuleSet]) -> None:
    rules = rulesets["qinhuangdao-2022-26"]
    result = inverse(rules, rules.get("service-platform"), Decimal(3_000_001))
    assert (result.eligible, result.amount) == (Eligible.NO, None)
    assert result.steps == ("最高只有300万元",)
