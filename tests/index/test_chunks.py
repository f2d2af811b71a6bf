"""Chunks stay inside their article and keep every word."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunks import chunk_policy, context_of, indexed_text, split
from index.models import Article, ArticleKind, Place, Policy, Status
from tests.index.fakes import policy

LONG = "支持企业。" * 200


def test_chunks_never_cross_an_article() -> None:
    one = policy("p", "租金补贴30%。", LONG, "保费补贴。")
    for chunk in chunk_policy(one):
        article = one.articles[chunk.article]
        assert article.start <= chunk.start < chunk.end <= article.end
        assert chunk.text == one.text[chunk.start : chunk.end]
        assert chunk.label == article.label


def test_ids_name_policy_article_and_piece() -> None:
    ids = [chunk.id for chunk in chunk_policy(policy("p", "租金。", LONG))]
    assert ids[:3] == ["p/0/0", "p/1/0", "p/1/1"]
    assert len(set(ids)) == len(ids)


def test_context_is_place_title_section_headings_each_once() -> None:
    article = Article(
        "p", ArticleKind.ITEM, "二（一）1", ("二", "一", "1"), "仓库", "", 0, 0, "二、主要任务", ("物流", "仓库")
    )  # its own heading is the last parent
    one = Policy("p", "关于补贴的通知", Place("丙省", "甲市"), "", (article,), Status.UNKNOWN, short_title="补贴通知")
    assert context_of(one, article) == "甲市 · 补贴通知 · 二、主要任务 · 物流 · 仓库"


@pytest.mark.parametrize(("words", "expected"), [("一、总则\n", 0), ("一、总则\n本办法支持企业发展，原则如下。\n", 1)])
def test_a_section_is_a_chunk_only_with_words_of_its_own(words: str, expected: int) -> None:
    section = Article("p", ArticleKind.SECTION, "一", ("一",), "总则", words, 0, len(words))
    one = Policy("p", "通知", Place(city="甲市"), words, (section,), Status.UNKNOWN)
    assert len(chunk_policy(one)) == expected


def test_line_breaks_inside_sentences_are_not_indexed_but_kept_in_the_text() -> None:
    (chunk,) = chunk_policy(policy("p", "给予最高\n30 万元 cash back 补贴"))
    assert "给予最高30万元cash back补贴" in indexed_text(chunk)
    assert "最高\n30" in chunk.text


def test_a_changed_place_changes_what_is_indexed() -> None:
    one = policy("p", "租金。")
    moved = replace(one, place=Place(city="乙市"))
    assert indexed_text(chunk_policy(one)[0]) != indexed_text(chunk_policy(moved)[0])


@given(st.text(alphabet="补贴a1。；\n ！", max_size=400), st.integers(5, 60))
def test_splitting_loses_no_word_and_respects_the_limit(text: str, limit: int) -> None:
    spans = split(text, 0, len(text), limit)
    kept = "".join(text[start:end] for start, end in spans)
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in itertools.pairwise(spans))
    for start, end in spans:
        body = text[start:end].rstrip("。；\n ！")
        assert end - start <= limit or not set("。；！\n") & set(body)  # only a single sentence may be longer
