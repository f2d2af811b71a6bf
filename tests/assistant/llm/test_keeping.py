"""What a reworded conclusion must keep of the program's, and what it must not add."""

from __future__ import annotations

import pytest

from assistant.llm.keeping import added, conclusion_of, lost

ROWS = [  # the program's conclusion, another wording, what is lost
    ("最高100万元", "最多100万元", []),
    ("最高100万元", "不超过1,000,000元", []),
    ("最高100万元", "可得100万元", ["100万元", "最高"]),
    ("最高100万元", "最高10万元", ["100万元"]),
    ("一次性50万元", "50万元，一次付清", ["一次性"]),
    ("at most RMB 300,000", "up to 300,000 yuan", []),
    ("at most RMB 300,000", "RMB 300,000", ["RMB 300,000", "at most"]),
    ("不符合条件，须达到100平方米", "没有达到100平方米，因此不符合", []),
    ("不符合条件，须达到100平方米", "符合条件，达到100平方米", ["不符合"]),
    ("有效期至2027年12月31日", "到2027年12月31日为止有效", []),
    ("有效期至2027年12月31日", "到2027年12月30日为止有效", ["2027年12月31日"]),
    ("是征求意见稿", "是正式文件", ["征求意见稿"]),
    ("由市商务局牵头", "由商务部门牵头", ["市商务局"]),
]


@pytest.mark.parametrize(("conclusion", "text", "missing"), ROWS)
def test_lost(conclusion: str, text: str, missing: list[str]) -> None:
    assert lost(text, conclusion, names=("市商务局", "市财政局")) == missing


def test_added() -> None:
    assert added("8000万元的2%是160万元，最高100万元", "最高100万元") == ["8000万元", "2%", "160万元"]
    assert added("面积达到1000平方米，奖励50万元", "50万元") == []


def test_the_conclusion_ends_with_the_paragraph_that_completes_it() -> None:
    text = "最高100万元。\n\n另外最高30万元。\n\n2%是160万元。"
    assert conclusion_of(text, "最高100万元。", ()) == "最高100万元。"
    assert conclusion_of(text, "最高100万元。\n\n最高30万元。", ()) == "最高100万元。\n\n另外最高30万元。"
    assert conclusion_of(text, "最高200万元。", ()) == ""


def test_an_amount_on_the_way_is_no_conclusion_unless_it_is_the_asker_s() -> None:
    assert conclusion_of("8000万元，最高100万元。", "最高100万元。", ()) == ""
    assert conclusion_of("8000万元，最高100万元。", "最高100万元。", (), own="8000万元")
