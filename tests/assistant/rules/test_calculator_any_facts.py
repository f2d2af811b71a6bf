"""Whatever is said of a company: a result or a FactValueError, a reason for every no, never more than the caps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.models import Eligible
from assistant.rules.calculator import calculate
from assistant.rules.facts import RESERVED, Fact, Slot, slots_of
from assistant.rules.loader import RuleSet
from assistant.rules.matching import match_profile
from assistant.rules.schema import Rule
from index.errors import FactValueError
from index.models import Bound

NUMBERS = st.decimals(min_value=0, max_value=Decimal("1e11"), places=2) | st.integers(min_value=0, max_value=100).map(Decimal)


def values(draw: st.DrawFn, slot: Slot) -> Fact:
    if slot.kind == "confirm":
        return Fact(slot.name, draw(st.booleans()))
    if slot.kind == "choice":
        return Fact(slot.name, draw(st.sampled_from([*slot.options, "其它"])))
    if slot.units == ("ratio",):
        return Fact(slot.name, draw(st.sampled_from([Decimal("0.09"), Decimal("0.13"), Decimal(0)])), "ratio")
    if slot.name in RESERVED:
        return Fact(slot.name, Decimal(draw(st.integers(1, 5))), slot.units[0])
    return Fact(slot.name, draw(NUMBERS), draw(st.sampled_from([*slot.units, "CNY", "USD", "month"])))


@st.composite
def facts_for(draw: st.DrawFn, slots: dict[str, Slot]) -> dict[str, Fact]:
    chosen = draw(st.lists(st.sampled_from(sorted(slots)), unique=True, max_size=8))
    return {name: values(draw, slots[name]) for name in chosen}


def most(rule: Rule, years: Decimal) -> Decimal | None:
    caps = [
        cap.value * (years if cap.per == "year" or (cap.per == "unstated" and rule.period == "year") else 1)
        for cap in rule.caps
        if cap.unit == "CNY"
    ]
    return min(caps) if caps else None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=400, deadline=None)
@given(data=st.data())
def test_any_facts(rulesets: dict[str, RuleSet], data: st.DataObject) -> None:
    rules = rulesets[data.draw(st.sampled_from(sorted(rulesets)))]
    rule = data.draw(st.sampled_from([rule for rule in rules.rules if rule.gives_money or rule.tax or rule.conditions]))
    facts = data.draw(facts_for(slots_of([rule])))
    on = data.draw(st.dates(date(2018, 1, 1), date(2030, 1, 1)))
    try:
        result = calculate(rules, rule, facts, on)
    except FactValueError:
        return
    if result.eligible is Eligible.NO:
        assert result.amount is None
        assert any(check.met is Eligible.NO and check.gap and check.gap_en for check in result.conditions)
    if result.eligible is Eligible.UNKNOWN and (rule.gives_money or rule.tax or rule.kind == "threshold"):
        assert result.missing
    if result.eligible is Eligible.YES and rule.gives_money:
        assert result.amount is not None
    if result.amount is not None and rule.gives_money:
        assert result.steps
        years = facts["years"].value if "years" in facts else Decimal(1)
        limit = most(rule, years) if isinstance(years, Decimal) else None
        assert limit is None or result.amount <= limit
        assert result.bound is Bound.AT_MOST or result.uncapped is None
    assert len(result.steps) == len(result.steps_en)
    assert not set(result.missing) & set(facts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40, deadline=None)
@given(data=st.data())
def test_matching_never_fails_and_agrees_with_the_calculator(rulesets: dict[str, RuleSet], data: st.DataObject) -> None:
    rules = rulesets[data.draw(st.sampled_from(sorted(rulesets)))]
    facts = data.draw(facts_for(dict(rules.slots)))
    found = match_profile([rules], facts, date(2026, 6, 30))
    for line in found.meets:
        assert calculate(rules, line.rule, facts, date(2026, 6, 30)) == line.calculation
    assert all(line.reason and line.reason_en for line in found.lines)
    assert all(total.entitled <= total.ceiling <= total.possible for total in found.totals)
