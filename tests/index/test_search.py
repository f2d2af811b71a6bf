"""Search on a small corpus with real BM25, the hashing embedder and the store in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.builder import index_policies
from index.search import Searcher
from tests.index.fakes import HashingEmbedder, MemoryStore, policy, settings

LONG = "支持企业租用仓库。" + "对企业开展的各项活动给予指导和服务。" * 40 + "租金补贴每平方米10元。"
POLICIES = [
    policy("a", "租金补贴30%，最高30万元。", "保费补贴。", "人才引进奖励。", city="甲市"),
    policy("b", "租金补贴50%。", "物流奖励5万元。", LONG, city="乙市"),
]


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    own, embedder, store = settings(tmp_path), HashingEmbedder(), MemoryStore()
    index_policies(POLICIES, own, embedder, store)
    return Searcher(own, embedder, store)


@pytest.mark.parametrize(
    ("query", "policies", "first"),
    [
        ("物流奖励", None, ("b", "（二）")),
        ("租金补贴30%", {"a"}, ("a", "（一）")),
        ("租金补贴", {"b"}, ("b", "（一）")),
        ("甲市的保费补贴", None, ("a", "（二）")),
        ("人 才 引 进", {"a"}, ("a", "（三）")),
        ("第（三）条", {"a"}, ("a", "（三）")),
    ],
)
def test_the_right_article_comes_first(searcher: Searcher, query: str, policies: set[str] | None, first: tuple[str, str]) -> None:
    hit = searcher.search(query, policies=policies)[0]
    assert (hit.chunk.policy_id, hit.chunk.label) == first


def test_a_filter_lets_nothing_else_through(searcher: Searcher) -> None:
    assert {hit.chunk.policy_id for hit in searcher.search("租金补贴", policies={"b"})} == {"b"}
    assert searcher.search("租金补贴", policies=set()) == []
    assert searcher.search("租金补贴", policies={"unknown"}) == []


def test_each_article_once_with_its_best_piece(searcher: Searcher) -> None:
    hits = searcher.search("租金补贴每平方米10元", policies={"b"})
    assert len({hit.chunk.article for hit in hits}) == len(hits)
    best = next(hit for hit in hits if hit.chunk.article == 2)
    assert "每平方米10元" in best.chunk.text


def test_ranks_count_from_one_and_k_limits(searcher: Searcher) -> None:
    hits = searcher.search("租金补贴", k=2)
    assert [hit.rank for hit in hits] == [1, 2]
    assert hits[0].score >= hits[1].score
    assert hits[0].ranks.keys() <= {"dense", "lexical"}


def test_added_words_find_what_a_foreign_question_misses(searcher: Searcher) -> None:
    assert searcher.lists("Bonus?")["lexical"] == []
    best = searcher.lists("Bonus?", also=["物流奖励"])["lexical"][0]
    assert (best.chunk.policy_id, best.chunk.label) == ("b", "（二）")


def test_the_same_question_gives_the_same_hits(searcher: Searcher) -> None:
    assert searcher.search("补贴奖励") == searcher.search("补贴奖励")


def test_lists_shows_what_was_fused(searcher: Searcher) -> None:
    lists = searcher.lists("租金补贴")
    assert set(lists) == {"dense", "lexical", "fused"}
    assert lists["fused"] == searcher.search("租金补贴")
