"""The bench of extraction: what it counts, and the quality that must not be lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.rules.extraction.propose import propose_rules
from assistant.rules.loader import load_rules
from assistant.rules.schema import Cap, Figure, Measure, Rule, RuleKind
from eval.bench_extraction import Score, bench_cases, bench_policies, format_scores, load_cases, of_rule, score
from index.models import Bound
from index.policies import load_policies

POLICIES = Path(__file__).resolve().parents[2] / "policies_text"
QUOTE = "对甲企业，按照年交易额的2%给予支持，最多不超过100万元。"


def rule(*, rate: str = "0.02", cap: str = "1000000", quote: str = QUOTE, bound: Bound = Bound.EXACT) -> Rule:
    return Rule(
        id="r", label="甲", article="（一）", quote=quote, kind=RuleKind.RATE, beneficiary="甲企业",
        basis=Measure(fact="turnover", label="年交易额", unit="CNY"), rate=Figure(value=Decimal(rate), unit="ratio", bound=bound),
        caps=(Cap(value=Decimal(cap), unit="CNY", bound=Bound.AT_MOST, per="year"),),
    )  # fmt: skip


def total(scores: list[Score]) -> tuple[float, float, float]:
    whole = Score("all")
    for one in scores:
        for name in ("expected", "found", "proposed", "spurious", "right"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
    return whole.shares


def test_the_same_rule_is_found_and_right() -> None:
    assert score([rule()], [of_rule(rule())], "d").shares == (1, 0, 1)


@pytest.mark.parametrize("proposal", [rule(cap="2000000"), rule(bound=Bound.AT_MOST)])
def test_a_wrong_figure_or_bound_is_found_but_not_right(proposal: Rule) -> None:
    result = score([proposal], [of_rule(rule())], "d")
    assert (result.found, result.right, len(result.wrong)) == (1, 0, 1)


def test_nothing_proposed_is_missed() -> None:
    result = score([], [of_rule(rule())], "d")
    assert (result.shares[0], result.missed) == (0, ["money: 甲"])


def test_a_rule_of_other_words_is_spurious() -> None:
    result = score([rule(), rule(quote="对乙机构，依据合同金额的2%予以奖励，上限100万元。")], [of_rule(rule())], "d")
    assert (result.found, result.spurious) == (1, 1)


def test_every_annotation_stands_in_its_text() -> None:
    cases = list(load_cases())
    assert sum(len([e for e in expected if not e.optional]) for _, expected in cases) >= 120
    for policy, expected in cases:
        assert [entry.quote for entry in expected if entry.quote not in policy.text] == []


def test_other_cities() -> None:
    scores = bench_cases()
    found, spurious, right = total(scores)
    assert found >= 0.95, format_scores(scores)
    assert spurious <= 0.05, format_scores(scores)
    assert right >= 0.97, format_scores(scores)


def test_reviewed_policies() -> None:
    policies = load_policies(POLICIES)[0]
    scores = bench_policies(policies, {policy.id: load_rules(policy, POLICIES / policy.id).file for policy in policies})
    found, spurious, right = total(scores)
    assert found >= 0.95, format_scores(scores)
    assert spurious <= 0.05, format_scores(scores)
    assert right >= 0.97, format_scores(scores)


def test_reviewed_rules_are_not_read() -> None:
    policy = load_policies(POLICIES)[0][0]
    assert all(rule.review is None and rule.confidence is not None for rule in propose_rules(policy).rules)
