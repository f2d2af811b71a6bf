from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.glossary.terms import Glossary
from assistant.glossary.typos import Corrector

NAMES = ["秦皇岛", "秦皇岛市", "连云港", "连云港市", "株洲", "唐山"]


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    return Corrector([*Glossary.load().vocabulary, *NAMES])


@pytest.fixture(scope="module")
def names() -> Corrector:
    return Corrector(NAMES, protected=["黄岛", "杭州", "滁州", "常州"], names=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("跨镜电商海外舱", "跨境电商海外仓"),
        ("跨景电商综试区", "跨境电商综试区"),
        ("连云岗的孵华基地", "连云港的孵化基地"),
        ("綜合保水區", "综合保税区"),
        ("展为费怎么补", "展位费怎么补"),
        ("租今补多少", "租金补多少"),
        ("海外昌", "海外仓"),  # chang for cang
    ],
)
def test_words_of_the_same_sound_are_repaired(corrector: Corrector, text: str, expected: str) -> None:
    assert corrector.correct(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "仅出口的企业",
        "海外租个仓库",
        "海外舱位",
        "市级园区",
        "出口免税",
        "出口关税",
        "集采中心",
        "推广费花多少",
        "线上交易额",
        "一店一策",
        "",
        "1210",
        "What",
    ],
)
def test_words_that_are_meant_stay(corrector: Corrector, text: str) -> None:
    assert corrector.correct(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("秦黄岛", "秦皇岛"),
        ("秦阜岛", "秦皇岛"),
        ("株州", "株洲"),
        ("连云港综试区", "连云港综试区"),
        ("滁州", "滁州"),
        ("杭州", "杭州"),
        ("黄岛", "黄岛"),
    ],
)
def test_names(names: Corrector, text: str, expected: str) -> None:
    assert names.correct(text) == expected


def test_a_correction_tells_where_it_stands(corrector: Corrector) -> None:
    (correction,) = corrector.corrections("有海外舱吗")
    assert (correction.start, correction.end, correction.text, correction.word) == (1, 4, "海外舱", "海外仓")


def test_two_equally_near_words_are_no_answer() -> None:
    assert Corrector(["甲乙丙丁"]).correct("甲义丙丁") == "甲乙丙丁"
    assert Corrector(["甲乙丙丁", "甲已丙丁"]).correct("甲义丙丁") == "甲义丙丁"


@settings(deadline=None)  # the first example loads the dictionary
@given(st.lists(st.deferred(lambda: st.sampled_from(Glossary.load().vocabulary)), min_size=1, max_size=5))
def test_the_words_of_the_vocabulary_are_never_touched(words: list[str]) -> None:
    text = "，".join(words)
    assert _shared().correct(text) == text


_CACHE: list[Corrector] = []


def _shared() -> Corrector:
    if not _CACHE:
        _CACHE.append(Corrector(Glossary.load().vocabulary))
    return _CACHE[0]
