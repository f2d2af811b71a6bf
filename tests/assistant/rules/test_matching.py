"""One company against all incentives: sorted, with reasons and a total."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from assistant.rules.facts import Fact, collect_facts, parse_fact, slots_of
from assistant.rules.loader import RuleSet
from assistant.rules.matching import ProfileMatch, match_profile

ON = date(2026, 6, 30)


def match(chosen: list[RuleSet], *texts: str, on: date = ON) -> ProfileMatch:
    slots = slots_of(rule for rules in chosen for rule in rules.rules)
    return match_profile(chosen, collect_facts(parse_fact(text, slots) for text in texts), on)


def ids(lines: object) -> list[str]:
    return [line.rule.id for line in lines]  # type: ignore[attr-defined]


def test_sorted_into_three(rulesets: dict[str, RuleSet]) -> None:
    found = match(
        [rulesets["qinhuangdao-2022-26"]],
        "online_turnover=2000万元",
        "business_mode=1210",
        "warehouse_area=1200平方米",
        "business_area=60平方米",
    )
    assert ids(found.meets) == ["import-1210"]
    assert ids(found.does_not) == ["export-9610-9710-9810", "o2o-store"]
    assert found.could[0].rule.id == "overseas-warehouse"  # what the company spoke of comes first
    assert found.could[0].reason == "经营时间 ≥ 1年"
    assert found.does_not[1].reason == "营业面积 ≥ 100平方米，给出60平方米：须达到100平方米，还差40平方米"
    assert (
        found.does_not[1].reason_en
        == "business area ≥ 100 square metres, given 60 square metres: must be at least 100 square metres; 40 square metres short"
    )
    assert [line.article for line in found.meets] == ["（二）"]
    (total,) = found.totals
    assert (total.entitled, total.ceiling, total.possible) == (Decimal(400_000), Decimal(400_000), Decimal(900_000))


def test_a_company_that_said_nothing_meets_nothing(rulesets: dict[str, RuleSet]) -> None:
    found = match(list(rulesets.values()))
    assert found.meets == ()
    assert len(found.could) > 40


def test_each_incentive_appears_once(rulesets: dict[str, RuleSet]) -> None:
    found = match(list(rulesets.values()), "online_turnover=2亿元", "recognition_level=省级")
    keys = [(line.calculation.policy, line.rule.id) for line in found.lines]
    assert len(keys) == len(set(keys))
    money = sum(rule.gives_money for rules in rulesets.values() for rule in rules.rules)
    assert len(keys) >= money


def test_ceilings_widen_the_range(rulesets: dict[str, RuleSet]) -> None:
    found = match([rulesets["lianyungang-2024"]], "promotion_cost=20万元", "rent=40万元")
    (total,) = found.totals
    assert ids(found.meets) == ["brand-promotion", "bonded-area-rent"]
    assert (total.entitled, total.ceiling) == (Decimal(100_000), Decimal(220_000))


def test_a_draft_gives_ceilings_only(rulesets: dict[str, RuleSet]) -> None:
    found = match([rulesets["zhuzhou-draft"]], "booth_fee=2万元", "exhibition_organiser=株洲市商务局")
    (total,) = found.totals
    assert ids(found.meets) == ["official-fair-booth"]
    assert (total.entitled, total.ceiling, total.draft) == (Decimal(0), Decimal(20_000), True)


def test_out_of_force_is_a_reason(rulesets: dict[str, RuleSet]) -> None:
    found = match([rulesets["lianyungang-2024"]], "rent=40万元", on=date(2028, 1, 1))
    assert found.meets == found.could == ()
    assert all("有效期" in line.reason for line in found.does_not)


def test_a_fact_one_rule_cannot_use_excludes_that_rule_only(rulesets: dict[str, RuleSet]) -> None:
    found = match([rulesets["lianyungang-2024"]], "rent=0元", "promotion_cost=20万元")
    assert ids(found.does_not) == ["bonded-area-rent"]
    assert found.does_not[0].reason == "租金为0，没有可以计算的基数"
    assert ids(found.meets) == ["brand-promotion"]


SECOND = "period: year\n  excludes: [staff]"


@pytest.mark.parametrize(("investment", "lower"), [("199万元", "invest"), ("200万元", "staff"), ("201万元", "staff")])
def test_same_matter_counts_once(load: Callable[..., RuleSet], investment: str, lower: str) -> None:
    rules = load(("period: year", SECOND))
    facts = collect_facts(parse_fact(text, rules.slots) for text in (f"investment={investment}", "staff=60人", "age=4年"))
    found = match_profile([rules], facts, ON)
    assert ids(found.meets) == ["invest", "staff"]
    assert ids(line for line in found.meets if line.lower_than) == [lower]
    (total,) = found.totals
    assert total.ceiling == max(line.calculation.amount or 0 for line in found.meets)


def test_without_a_stacking_rule_sums_add_up(load: Callable[..., RuleSet]) -> None:
    rules = load()
    facts = {
        "investment": Fact("investment", Decimal(4_000_000), "CNY"),
        "staff": Fact("staff", Decimal(60), "person"),
        "age": Fact("age", Decimal(4), "year"),
    }
    (total,) = match_profile([rules], facts, ON).totals
    assert total.entitled == Decimal(300_000)
