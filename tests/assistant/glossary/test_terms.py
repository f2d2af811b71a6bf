from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.glossary.english import stem_phrase
from assistant.glossary.terms import Glossary, longest_first
from tests.growth import growth


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.load()


FOUND = [  # text, canonical terms in order
    ("国外仓库能拿多少", ["海外仓"]),
    ("有無海外倉獎勵", ["海外仓"]),
    ("跨境电子商务综合试验区", ["跨境电商综合试验区"]),
    ("跨境电商产业园的房租", ["跨境电商产业园", "租金"]),
    ("Any support for overseas warehousing?", ["海外仓"]),
    ("IPOs of companies", ["上市", "企业"]),
    ("o2o店", ["体验店"]),
    ("参展的摊位费", ["参展", "展位费"]),
    ("1210线上交易额2500万", ["网购保税进口", "交易额"]),
    ("9810模式", ["跨境电商出口海外仓", "模式"]),
    ("a 9710 exporter", ["跨境电商B2B直接出口", "外贸企业"]),
]


@pytest.mark.parametrize(("text", "terms"), FOUND)
def test_terms_are_found(glossary: Glossary, text: str, terms: list[str]) -> None:
    assert [match.term.zh for match in glossary.find(text)] == terms


@pytest.mark.parametrize("text", ["去年1210万元", "1210 家", "3.1210", "12100", "¥9610", "9,610", "9610 sqm", "共9710元"])
def test_an_amount_is_no_business_mode(glossary: Glossary, text: str) -> None:
    assert not [match for match in glossary.find(text) if match.term.code]


@pytest.mark.parametrize("text", ["Bushmills", "exported goods ranking", "AIR", "repos", "IPOX"])
def test_no_term_inside_a_latin_word(glossary: Glossary, text: str) -> None:
    assert not {match.term.zh for match in glossary.find(text)} & {"上市", "人工智能", "外贸港口"}


def test_expansion_brings_the_other_words_only(glossary: Glossary) -> None:
    words = glossary.expand("国外仓库")
    assert "海外仓" in words
    assert "国外仓库" not in words
    assert "海外仓" in glossary.expand("overseas warehouse")
    assert glossary.expand("天气") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国外仓库的房租", "海外仓的租金"),
        ("1210的补贴", "1210的补贴"),
        ("天气怎么样", "天气怎么样"),
        ("overseas warehouse", "overseas warehouse"),
    ],
)
def test_canonical(glossary: Glossary, text: str, expected: str) -> None:
    assert glossary.canonical(text) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("海外仓奖励", "overseas warehouse reward"),
        ("省级跨境电商产业园", "provincial cross-border e-commerce industrial park"),
        ("商标和专利", "trademark and patent"),
        ("1210企业的补贴", "1210 company subsidy"),
        ("神秘莫测的补贴", None),
        ("", None),
    ],
)
def test_english_rendering(glossary: Glossary, phrase: str, expected: str | None) -> None:
    assert glossary.render_en(phrase) == expected


def test_a_word_belongs_to_one_term_only(glossary: Glossary) -> None:
    words = [word for term in glossary.terms for word in term.words]
    assert len(words) == len(set(words))


def test_terms_are_vocabulary_and_not_sentences(glossary: Glossary) -> None:
    assert len(glossary.terms) >= 450
    for term in glossary.terms:
        assert term.en and all(re.fullmatch(r"[A-Za-z0-9&'’ .-]+", phrase) for phrase in term.en), term.zh
        assert all(1 < len(word) <= 16 and not re.search(r"[？?。！]", word) for word in term.words), term.zh


def test_support_question_and_filler_words_are_no_terms(glossary: Glossary) -> None:
    words = {word for term in glossary.terms for word in term.words}
    assert not words & (glossary.support_words | glossary.question_words | glossary.filler_words)
    phrases = {phrase.lower() for term in glossary.terms for phrase in term.en}
    assert not phrases & (glossary.english_support_words | glossary.english_question_words | glossary.english_stop_words)


@pytest.mark.parametrize(
    "pair",
    [
        ("warehouse", "warehousing"),
        ("companies", "company"),
        ("taxes", "tax"),
        ("shipping", "ship"),
        ("leasing", "lease"),
        ("cities", "city"),
    ],
)
def test_spellings_that_meet(pair: tuple[str, str]) -> None:
    assert stem_phrase(pair[0]) == stem_phrase(pair[1])


@pytest.mark.parametrize("pair", [("bus", "bu"), ("import", "export"), ("bonded", "bond")])
def test_spellings_that_do_not_meet(pair: tuple[str, str]) -> None:
    assert stem_phrase(pair[0]) != stem_phrase(pair[1])


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))))
def test_chosen_spans_never_overlap(spans: list[tuple[int, int]]) -> None:
    chosen = longest_first(spans)
    assert all(left[1] <= right[0] for left, right in pairwise(chosen))
    assert all(any(a < d and c < b for c, d in chosen) for a, b in spans)  # nothing is left out without a reason


@settings(deadline=None)  # the first example loads the glossary
@given(st.text(alphabet="海外仓跨境电商企业租金 1210overseaswarehouse,。万", max_size=60))
def test_offsets_lead_to_the_words(text: str) -> None:
    for match in Glossary.load().find(text):
        assert text[match.start : match.end] == match.text != ""


def test_time_grows_with_the_length_only(glossary: Glossary) -> None:
    text = "对进驻后首年跨境电商线上交易额达到以上或进出口额达到以上的企业按其租赁自用场所面积给予最高资金扶持"
    assert growth(lambda times: glossary.find(text * times), 250, 1_000) < 9  # linear: 4


def test_an_english_phrase_belongs_to_one_term_only(glossary: Glossary) -> None:
    owners: dict[tuple[str, ...], str] = {}
    for term in glossary.terms:
        for phrase in term.en:
            assert owners.setdefault(stem_phrase(phrase), term.zh) == term.zh, phrase
