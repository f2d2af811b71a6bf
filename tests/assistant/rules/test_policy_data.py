"""The rules of the five policies hold every figure a reader of the texts noted down, and no other.

`tests/data/facts/*.jsonl` is that reading: one line for each incentive, limit and target, with the rule that says it
and what it must say, in the words of `_states` below. It is written from the texts, never from the rules.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.glossary.measures import load_measures
from assistant.rules.loader import RuleSet, load_rules
from assistant.rules.schema import AnyOf, Compare, Condition, Confirm, Measure, OneOf, Rule, RuleKind
from index.models import Bound
from index.policies import load_policies

POLICIES = Path(__file__).parents[3] / "policies_text"
FACTS = [
    json.loads(line)
    for path in sorted((Path(__file__).parents[2] / "data" / "facts").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
COUNTS = {"qinhuangdao-2022-26": 11, "lianyungang-2024": 29, "lianyungang-2021-20": 21, "zhuzhou-draft": 46, "tangshan-2018-141": 78}
FIGURES = ("rate ", "cap ", "amount ", "tier ", "year ", "condition ", "any of ", "target ", "tax ")
SIGNS = {Bound.MORE_THAN: ">", Bound.AT_LEAST: ">=", Bound.EXACT: ">=", Bound.AT_MOST: "<=", Bound.LESS_THAN: "<"}
"""Of targets: a plain number that is planned is the least that is planned."""


@pytest.fixture(scope="module")
def rulesets() -> dict[str, RuleSet]:
    policies, problems = load_policies(POLICIES)
    assert not problems
    return {policy.id: load_rules(policy, POLICIES / policy.id) for policy in policies if policy.id in COUNTS}


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _states(rule: Rule) -> Iterator[str]:
    """Everything a rule says, one short line each."""
    yield f"period {rule.period}"
    if rule.basis:
        yield f"basis {rule.basis.fact}"
    for name in ("rate", "amount"):
        if figure := getattr(rule, name):
            yield f"{name} {_number(figure.value)} {figure.unit} {figure.bound}"
    for cap in rule.caps:
        yield f"cap {_number(cap.value)} {cap.unit} {cap.bound}"
        yield f"cap per {cap.per}"
    for condition in rule.conditions:
        yield from _of_condition(condition)
    for tier in rule.tiers:
        given = tier.amount or tier.rate
        assert given
        for when in _of_condition(tier.when):
            yield f"tier {when.removeprefix('condition ').removeprefix('one of ')}: {_number(given.value)} {given.unit} {given.bound}"
    for step in rule.schedule:
        for year in step.years:
            yield f"year {year}: {_number(step.amount.value)} {step.amount.unit} {step.amount.bound}"
    yield from (f"per {measure.fact} {measure.unit}" for measure in rule.per)
    yield from (f"adds with {other}" for other in rule.adds_with)
    yield from (f"excludes {other}" for other in rule.excludes)
    yield from (f"figure {_number(named.figure.value)} {named.figure.unit} {named.figure.bound}" for named in rule.figures)
    yield from (f"{name} {words}" for name, words in (("factors", rule.factors), ("consequence", rule.consequence)) if words)
    yield from _of_tax_and_target(rule)
    if not rule.gives_money:
        yield "no sum"


def _of_condition(condition: Condition, name: str = "condition") -> Iterator[str]:
    match condition:
        case Compare():
            yield f"{name} {condition.op} {_number(condition.value)} {condition.unit}"
        case OneOf():
            yield from (f"one of {option}" for option in condition.options)
        case Confirm():
            yield f"confirm {condition.fact}"
        case AnyOf():
            for part in condition.of:
                yield from _of_condition(part, "any of")


def _of_tax_and_target(rule: Rule) -> Iterator[str]:
    if rule.tax:
        for name in ("single_limit", "annual_limit", "duty", "share"):
            figure = getattr(rule.tax, name)
            yield f"tax {name} {_number(figure.value)} {figure.unit} {figure.bound}"
        yield f"tax beyond {rule.tax.beyond}"
    if target := rule.target:
        if target.figure:
            yield f"target {SIGNS[target.figure.bound]} {_number(target.figure.value)} {target.figure.unit}"
        yield from (f"{word} {when}" for word, when in (("in", target.year), ("by", target.by)) if when)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_every_fact_of_the_texts_stands_in_its_rule(fact: dict[str, object], rulesets: dict[str, RuleSet]) -> None:
    rule = rulesets[str(fact["policy"])].get(str(fact["rule"]))
    assert rule.article == fact["article"]
    states = set(_states(rule))
    assert [state for state in fact["states"] if state not in states] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("policy", COUNTS)
def test_no_fact_is_missing(policy: str) -> None:
    assert sum(fact["policy"] == policy for fact in FACTS) == COUNTS[policy]


@pytest.mark.parametrize("policy", COUNTS)
def test_rules_with_money_say_no_figure_beyond_the_facts(policy: str, rulesets: dict[str, RuleSet]) -> None:
    noted: dict[str, set[str]] = defaultdict(set)
    for fact in FACTS:
        if fact["policy"] == policy:
            noted[fact["rule"]].update(fact["states"])
    for rule in rulesets[policy].rules:
        if rule.gives_money or rule.kind in (RuleKind.TAX, RuleKind.THRESHOLD):
            said = {state for state in _states(rule) if state.startswith(FIGURES) and not state.startswith("cap per")}
            assert said - noted[rule.id] == set(), rule.id


def _measures(rule: Rule) -> Iterator[Measure | Compare]:
    yield from rule.per
    if rule.basis:
        yield rule.basis
    if rule.tax:
        yield from (rule.tax.value, rule.tax.annual)
    for condition in (*rule.conditions, *(tier.when for tier in rule.tiers)):
        parts = condition.of if isinstance(condition, AnyOf) else (condition,)
        yield from (part for part in parts if isinstance(part, Compare))


@pytest.mark.parametrize("policy", COUNTS)
def test_measures_are_those_of_the_catalogue(policy: str, rulesets: dict[str, RuleSet]) -> None:
    """The same measure has the same name everywhere: a fact given once counts in every policy."""
    catalogue = load_measures()
    unknown = {measure.fact for rule in rulesets[policy].rules for measure in _measures(rule) if not catalogue.get(measure.fact)}
    assert unknown == set()


@pytest.mark.parametrize("policy", COUNTS)
def test_rules_are_reviewed_and_speak_english(policy: str, rulesets: dict[str, RuleSet]) -> None:
    for rule in rulesets[policy].rules:
        assert rule.review, rule.id
        assert rule.label_en, rule.id
        assert rule.beneficiary_en or not rule.gives_money, rule.id
        if rule.gives_money or rule.kind in (RuleKind.TAX, RuleKind.THRESHOLD):
            assert rule.terms, rule.id
            assert all(measure.label_en for measure in _measures(rule)), rule.id
            conditions = [*rule.conditions, *(tier.when for tier in rule.tiers)]
            assert all(isinstance(condition, AnyOf) or condition.label_en for condition in conditions), rule.id
            chosen = [condition for condition in conditions if isinstance(condition, OneOf)]
            assert all(len(condition.options) == len(condition.options_en) for condition in chosen), rule.id
        if rule.target:
            assert rule.target.metric_en, rule.id
        if rule.consequence:
            assert rule.consequence_en, rule.id


@pytest.mark.parametrize(
    ("policy", "start", "end", "stacking"),
    [
        ("qinhuangdao-2022-26", None, None, "unstated"),  # the 3年支持期 has neither beginning nor end
        ("lianyungang-2024", date(2024, 11, 20), date(2027, 12, 31), "highest_only"),
        ("lianyungang-2021-20", date(2021, 4, 14), None, "highest_only"),
        ("zhuzhou-draft", None, None, "unstated"),
        ("tangshan-2018-141", date(2019, 1, 1), date(2021, 12, 31), "unstated"),
    ],
)
def test_frame(policy: str, start: date | None, end: date | None, stacking: str, rulesets: dict[str, RuleSet]) -> None:
    file = rulesets[policy].file
    assert (file.effective.from_, file.effective.to, file.stacking.mode) == (start, end, stacking)
    assert (file.stacking.clause is not None) == (stacking == "highest_only")
    assert file.approval


def test_one_cap_covers_trademarks_certification_and_patents(rulesets: dict[str, RuleSet]) -> None:
    """5万元 a year is for the three costs together, so it is one rule that answers to all three names."""
    rules = [rule for rule in rulesets["lianyungang-2024"].rules if rule.basis and "商标" in rule.basis.label]
    assert len(rules) == 1
    names = " ".join(rules[0].basis.aliases)  # type: ignore[union-attr]
    assert all(word in names for word in ("商标", "认证", "专利", "trademark", "certification", "patent"))
