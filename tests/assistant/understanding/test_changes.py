"""Follow-ups that change a figure given before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.understanding.changes import apply_change, is_remark
from assistant.understanding.question import Mention, Question
from index.models import Bound
from index.quantities import parse_quantities


def mention(text: str, order: int = 0) -> Mention:
    figure = parse_quantities(text)[0]
    return Mention(figure, text.replace(figure.text, " ").strip(), text[: figure.start], order=order)


def said(text: str) -> Question:
    return Question(text, "zh", mentions=tuple(mention(text, 1) for _ in parse_quantities(text)[:1]))


CHANGES = [  # what was said before, the follow-up, the figure and its unit now
    ("交易额3000万元", "翻倍呢", "60000000", "CNY"),
    ("交易额3000万元", "少了一半呢", "15000000", "CNY"),
    ("交易额3000万元", "如果是3倍呢", "90000000", "CNY"),
    ("交易额3000万元", "多500万呢", "35000000", "CNY"),
    ("租金60万元", "涨了20万呢", "800000", "CNY"),
    ("入驻25家", "少了10家呢", "15", "company"),
    ("经营8个月", "再过四个月呢", "12", "month"),
    ("开了半年", "再过半年呢", "12", "month"),
    ("进出口额200万元", "不是人民币，是美元", "2000000", "USD"),
    ("turnover 20 million yuan", "what if it doubles?", "40000000", "CNY"),
]


@pytest.mark.parametrize(("before", "text", "value", "unit"), CHANGES)
def test_changed(before: str, text: str, value: str, unit: str) -> None:
    changed = apply_change(said(text), [mention(before)], lambda _, __: 0.0)
    assert changed is not None
    question, (now,) = changed
    assert (now.quantity.value, now.quantity.unit, now.quantity.bound) == (Decimal(value), unit, Bound.EXACT)
    assert question.mentions == ()


@pytest.mark.parametrize("text", ["那连云港呢", "物流费90万呢", "谁牵头", "面积1200平方米"])
def test_unchanged(text: str) -> None:
    assert apply_change(said(text), [mention("交易额3000万元")], lambda _, __: 0.0) is None


def test_less_than_nothing_is_no_change() -> None:
    assert apply_change(said("少了30家呢"), [mention("入驻25家")], lambda _, __: 0.0) is None


@pytest.mark.parametrize(("text", "remark"), [("那呢", False), ("公司搬走了呢", True)])
def test_is_remark(text: str, remark: bool) -> None:
    assert is_remark(text) is remark
