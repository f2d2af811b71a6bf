"""The evidence as units: how telling their words are, and what a figure of theirs stands for."""

from itertools import islice, permutations

import pytest

from assistant.verification.reading import read
from assistant.verification.units import Kind, Telling, Unit
from index.models import Bound


def _units(*words: str) -> tuple[Unit, ...]:
    return tuple(Unit(Kind.ARTICLE, "policy", None, "", text, (), frozenset(text), text) for text in words)


def test_the_order_of_the_words_does_not_change_their_weight() -> None:
    telling = Telling(_units("年度交易", "年度限额", "年交易额", "单次交易", "关税", "额度"))
    weights = {telling.weight(words) for words in islice(permutations("年度交易限额单次"), 0, None, 97)}
    assert len(weights) == 1


def test_the_same_units_are_weighed_once() -> None:
    units = _units("年度交易", "关税")
    assert Telling.of(units) is Telling.of(tuple(units))
    assert Telling.of(units) is not Telling.of(_units("年度交易", "关税"))


@pytest.mark.parametrize(
    ("text", "bound"),
    [("拿不到150万元", Bound.EXACT), ("营业面积不到100平方米", Bound.LESS_THAN), ("拿不到这笔支持——经营时间 ≤ 1年", Bound.AT_MOST)],
)
def test_what_cannot_be_had_takes_only_its_own_bound_away(text: str, bound: Bound) -> None:
    assert [figure.bound for figure in read(text).figures] == [bound]
