"""Text normalisation: what is changed, what stays, and where each character came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise import collapse_spaces, fold, normalise

FORMS = [
    ("１２１０业务", "1210业务"),
    ("５０％，最高￥３０", "50%，最高¥30"),
    ("ＵＳＤ　５０", "USD 50"),
    ("補貼標準：（二）獎勵", "补贴标准：（二）奖励"),
    ("1\u200b0\ufeff万\u00ad元", "10万元"),
    ("跨境电商，海外仓。“奖励”；（一）", "跨境电商，海外仓。“奖励”；（一）"),
    ("⽀持", "支持"),  # a radical that only looks like 支
    ("plain ASCII (1)", "plain ASCII (1)"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_form(text: str, expected: str) -> None:
    assert normalise(text).text == expected


def test_offsets_lead_back_over_removed_characters() -> None:
    text = "最高\u200b１０\u200b万元"
    normalised = normalise(text)
    start = normalised.text.index("10万")
    first, last = normalised.original_span(start, start + 3)
    assert text[first:last] == "１０\u200b万"


def test_empty_span_is_empty_in_the_original() -> None:
    assert normalise("\u200b甲乙").original_span(1, 1) == (2, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("秦 皇 岛 1 2 1 0 业务", "秦皇岛1210业务"),
        ("最高 20 万元 补贴", "最高20万元补贴"),
        ("up to 20 million yuan", "up to 20 million yuan"),
        ("B2B 出口", "B2B 出口"),
    ],
)
def test_collapse_spaces(text: str, expected: str) -> None:
    assert collapse_spaces(normalise(text)).text == expected


def test_collapsed_offsets_lead_back() -> None:
    text = "秦 皇\u200b 岛"
    collapsed = collapse_spaces(normalise(text))
    assert collapsed.text == "秦皇岛"
    assert collapsed.original_span(0, 3) == (0, len(text))
    assert collapsed.original_span(2, 3) == (5, 6)


@given(st.text())
def test_every_character_comes_from_one_place(text: str) -> None:
    normalised = normalise(text)
    assert len(normalised.offsets) == len(normalised.text) + 1
    assert list(normalised.offsets) == sorted(set(normalised.offsets))
    assert normalised.offsets[-1] == len(text)


@given(st.text())
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="補貼標準１２％（二）\u200b 万元abc"))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once
