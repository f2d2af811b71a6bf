"""Cases of one support: items that exclude each other, and grants that are another case of the one before."""

from __future__ import annotations

import pytest

from assistant.rules.extraction.terms import cost_parts
from assistant.rules.schema import Compare, Confirm, Rule
from tests.assistant.rules.extraction.proposing import propose


def _paid(*sentences: str) -> list[Rule]:
    return [rule for rule in propose(*sentences).rules if rule.gives_money]


def _ends(rule: Rule) -> list[str]:
    return [f"{part.op}{part.value.normalize():f}" for part in rule.conditions if isinstance(part, Compare)]


def test_items_with_ranges_that_meet_exclude_each_other() -> None:
    low, middle, high = _paid(
        "对年配送额50万元-80万元（含80万元）的新店，给予1万元奖励。",
        "对年配送额80万元-120万元（含120万元）的新店，给予2万元奖励。",
        "对年配送额120万元以上的新店，给予3万元奖励。",
    )
    assert _ends(low) == [">=500000", "<=800000"]
    assert _ends(middle) == [">800000", "<=1200000"]
    assert {middle.id, high.id} == {*low.excludes}
    assert {low.id, high.id} == {*middle.excludes}


def test_an_end_that_is_not_said_to_be_included_gives_way() -> None:
    low, high = _paid("对年配送额50万元-80万元的新店，给予1万元奖励。", "对年配送额80万元以上的新店，给予3万元奖励。")
    assert _ends(low) == [">=500000", "<800000"]
    assert _ends(high) == [">=800000"]


def test_rules_that_overlap_or_pay_otherwise_stay_apart() -> None:
    rules = _paid("对年配送额50万元以上的新店，给予1万元奖励。", "对年配送额80万元以上的新店，给予配送费10%的奖励。")
    assert [rule.excludes for rule in rules] == [(), ()]


def test_a_higher_threshold_of_one_sentence_is_a_step() -> None:
    (rule,) = _paid("对年配送额达到50万元的，每年补贴1万元，对年配送额超过80万元的，每年补贴3万元。")
    assert [tier.when.op for tier in rule.tiers if isinstance(tier.when, Compare)] == [">=", ">"]


def test_more_that_is_given_on_top_is_no_step() -> None:
    rules = _paid("对年配送额达到50万元的，给予1万元奖励，年配送额超过80万元的，再给予3万元奖励。")
    assert len(rules) == 2


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("按设备投资额的10%给予补助，其中属于首台套的，按15%给予补助。", "属于首台套"),
        ("对参加展会的企业，按展位费的50%给予补助；属于新兴市场的，按70%给予补助。", "属于新兴市场"),
        ("对新设门店给予5万元奖励，若为老字号的，给予8万元奖励。", "为老字号"),
    ],
)
def test_another_case_keeps_name_and_basis(text: str, condition: str) -> None:
    first, second = _paid(text)
    assert first.excludes == (second.id,)
    assert second.label.startswith(first.label.split("（")[0])
    assert [part.label for part in second.conditions if isinstance(part, Confirm) and not part.assumed] == [condition]
    assert (first.basis and first.basis.label) == (second.basis and second.basis.label)


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("首年平台入驻费和首年推广费", ("首年平台入驻费", "首年推广费")),
        ("实际发生的检测费、认证费等", ("检测费", "认证费")),
        ("境内外展位费", ()),
        ("研发和销售收入", ()),
    ],
)
def test_costs_that_are_taken_together(label: str, parts: tuple[str, ...]) -> None:
    assert cost_parts(label) == parts
