"""Figures that were not reached."""

from __future__ import annotations

import pytest

from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.understanding.shortfalls import not_reached, short_of
from assistant.understanding.understand import Understanding
from tests.assistant.invented import write_policies


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    return Understanding(Knowledge.load(write_policies(tmp_path_factory.mktemp("cities"))), Glossary.load())


MISSED = [  # what is said, the figures that count
    ("经营差一个月满一年", "11 month exact"),
    ("面积离1000平方米还差50平方米", "950 m2 exact"),
    ("还差3家满20家", "17 company exact"),
    ("差200万元到1亿元", "98000000 CNY exact"),
    ("one month short of one year", "11 month exact"),
    ("面积没有100平方米", "100 m2 less_than"),
    ("面积不到100平方米", "100 m2 less_than"),
    ("100平方米都不到", "100 m2 less_than"),
    ("服务企业没有20家", "19 company at_most"),
    ("服务企业不足20家", "19 company at_most"),
    ("有没有100万元", "1000000 CNY exact"),
    ("面积120平方米，运营2年", "120 m2 exact; 2 year exact"),
]


@pytest.mark.parametrize(("text", "figures"), MISSED)
def test_figures_not_reached(understanding: Understanding, text: str, figures: str) -> None:
    (question,) = understanding.read(text).questions
    mentions, _ = not_reached(short_of(question.mentions)[0])
    assert "; ".join(f"{m.quantity.value:f} {m.quantity.unit} {m.quantity.bound}" for m in mentions) == figures


def test_the_step_is_shown(understanding: Understanding) -> None:
    (question,) = understanding.read("面积离1000平方米还差50平方米").questions
    assert short_of(question.mentions)[1] == [
        ("1000平方米 − 50平方米 = 950平方米", "1,000 square metres − 50 square metres = 950 square metres")
    ]
