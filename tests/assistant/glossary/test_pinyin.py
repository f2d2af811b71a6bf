from __future__ import annotations

import pytest

from assistant.glossary.pinyin import PinyinReader, confusable, pinyin_to_terms, readings, syllables
from assistant.glossary.terms import Glossary


@pytest.fixture(scope="module")
def reader() -> PinyinReader:
    return PinyinReader(["唐山", "唐山市", "秦皇岛", "连云港", "株洲", *Glossary.load().vocabulary])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tangshan 2021 nian kuajing dianshang qiye mubiao duoshao jia", "唐山2021年跨境电商企业目标多少家"),
        ("qin huang dao 1210 butie", "秦皇岛1210补贴"),
        ("zhuzhou haiwaicang neng na duoshao", "株洲海外仓能拿多少"),
        ("Lianyungang zongbu qiye jiangli?", "连云港总部企业奖励?"),
        ("haiwaicang", "海外仓"),
    ],
)
def test_pinyin_is_read(reader: PinyinReader, text: str, expected: str) -> None:
    assert reader.rewrite(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "What can a company in Zhuzhou get for you?",
        "How long is the song",
        "Tangshan e-commerce target in 2021",
        "you",
        "",
        "秦皇岛1210补贴",
        "B2B O2O RCEP",
    ],
)
def test_what_is_no_pinyin_stays(reader: PinyinReader, text: str) -> None:
    assert reader.rewrite(text) is None
    assert reader.terms(text) == []


def test_terms_of_a_given_vocabulary() -> None:
    assert pinyin_to_terms("zhuzhou haiwaicang", ["株洲", "海外仓"]) == ["株洲", "海外仓"]


def test_a_word_is_read_as_a_phrase_and_a_character_in_all_ways() -> None:
    assert syllables("重庆") == ("chong", "qing")
    assert set(readings("重")) >= {"chong", "zhong"}
    assert readings("A") == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("cang", "chang", True), ("lin", "ning", True), ("shi", "si", True), ("shi", "chi", False), ("gong", "gon", False)],
)
def test_confusable_syllables(one: str, other: str, alike: bool) -> None:
    assert (confusable(one) == confusable(other)) is alike
