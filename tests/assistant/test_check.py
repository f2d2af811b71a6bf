"""The number check: which figures of an answer are proven, and by what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.check import Proof, check_numbers, figures, unproven

ARTICLE = "对年直播销售额达到2000万元以上的企业，按照3%给予奖励，每年最高80万元，连续支持3年，自2025年1月1日起施行。"

PROVEN = [  # what an answer says               proven by the article above
    ("最高80万元", True),
    ("最高800,000元", True),
    ("最高八十万元", True),
    ("最高 **80万元**", True),
    ("up to RMB 800,000", True),
    ("奖励比例为3%", True),
    ("奖励比例为百分之三", True),
    ("销售额2,000万元", True),
    ("销售额0.2亿元", True),
    ("支持36个月", True),
    ("2025年起施行", True),
    ("最高81万元", False),
    ("最高80元", False),
    ("最高80亿元", False),
    ("最高80万美元", False),
    ("最高800万元", False),
    ("奖励比例为30%", False),
    ("奖励比例为0.3%", False),
    ("支持4年", False),
    ("2026年起施行", False),
    ("三百万元", False),
    ("支持300家企业", False),
]


@pytest.mark.parametrize(("answer", "proven"), PROVEN)
def test_a_figure_is_proven_only_by_its_value_and_unit(answer: str, proven: bool) -> None:
    checks = check_numbers(answer, [Proof("citation:0", ARTICLE)])
    assert len(checks) == 1
    assert bool(checks[0].proof) is proven


def test_swapped_figures_of_one_kind_are_not_noticed_as_values_but_kinds_are() -> None:
    """Rate and amount swapped: 3万元 and 80% stand nowhere."""
    assert [check.text for check in unproven(check_numbers("按80%给予奖励，最高3万元", [Proof("citation:0", ARTICLE)]))] == ["80%", "3万元"]


def test_the_first_proof_is_named() -> None:
    proofs = [Proof("citation:0", "面积100平方米"), Proof("calculation:0", "2000万元 × 3% = 60万元"), Proof("question", "销售额2000万元")]
    checks = check_numbers("2000万元 × 3% = 60万元，面积100平方米", proofs)
    assert [check.proof for check in checks] == ["calculation:0", "calculation:0", "calculation:0", "citation:0"]
    assert checks[2].value == Decimal(600_000)
    assert checks[2].unit == "CNY"


NO_FIGURES = [
    "（二）支持平台建设",
    "依据第十二条",
    "三（三）1",
    "依据（二十一）",
    "article （七）",
    "一、总体要求",
    "第二年",
    "1. 第一项",
    "没有写明",
]


@pytest.mark.parametrize("label", NO_FIGURES)
def test_labels_are_no_figures(label: str) -> None:
    assert check_numbers(label, []) == []


@pytest.mark.parametrize(
    "text",
    [
        "合计1.8亿元",
        "1.8亿元",
        "计算：1.8亿元",
        "“1.8亿元”",
        "合计\n1.8亿元",
    ],
)
def test_a_decimal_is_read_whole_wherever_it_stands(text: str) -> None:
    assert [value for value, _, _ in figures(text)] == [Decimal(180_000_000)]


def test_an_invented_decimal_is_not_proven_by_another() -> None:
    assert unproven(check_numbers("3.8亿元", [Proof("citation:0", "1.8亿元")]))


def test_whole_means_all_of_it() -> None:
    assert not unproven(check_numbers("支持100%", [Proof("citation:0", "对展位费予以全额补贴")]))
    assert unproven(check_numbers("支持100%", [Proof("citation:0", "全额征税")]))


def test_nothing_is_proven_by_nothing() -> None:
    assert unproven(check_numbers("最高80万元", []))
    assert check_numbers("", []) == []
