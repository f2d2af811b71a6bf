"""Each baseline answers every turn, with a passage that stands in the document it cites."""

from __future__ import annotations

import importlib
from datetime import date

import pytest

from eval.baselines.passages import Passage, answers, as_answer, documents

ON = date(2026, 6, 30)
POLICY = "qinhuangdao-2022-26"


def test_all_messages_so_far_are_searched_with() -> None:
    asked: list[str] = []

    def search(question: str) -> Passage:
        asked.append(question)
        return Passage(POLICY, 0, 10)

    assert len(answers(["海外仓奖励多少？", "那连云港呢？"], search)) == 2
    assert asked == ["海外仓奖励多少？", "海外仓奖励多少？\n那连云港呢？"]


@pytest.mark.parametrize(("question", "label"), [("做1210业务能拿多少", "（二）"), ("O2O线下体验店的扶持", "（六）")])
def test_a_passage_over_several_articles_cites_the_one_that_fits_first(question: str, label: str) -> None:
    policy = documents()[POLICY]
    start, end = policy.article("（一）").start, policy.article("（九）").end
    answer = as_answer(Passage(POLICY, start + 5, end - 5), question)
    assert answer["text"] == answer["conclusion"] == policy.text[start + 5 : end - 5]
    assert answer["citations"][0]["article"] == label
    assert {citation["article"] for citation in answer["citations"]} >= {f"（{numeral}）" for numeral in "一二三四五六七八九"}
    for citation in answer["citations"]:
        assert citation["quote"] == policy.text[citation["start"] : citation["end"]]
        assert citation["quote"] in policy.article(citation["article"]).text or citation["article"] is None


def test_a_passage_cites_no_article_it_does_not_touch() -> None:
    article = documents()[POLICY].article("（三）")
    answer = as_answer(Passage(POLICY, article.start, article.end), "做1210业务能拿多少")
    assert [citation["article"] for citation in answer["citations"]] == ["（三）"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("bm25", "bm25s"),
        ("e5", "torch"),
        ("langchain", "langchain_text_splitters"),
        ("llamaindex", "llama_index"),
        ("haystack", "haystack"),
    ],
)
def test_a_baseline_answers_every_turn_from_the_documents(name: str, library: str) -> None:
    pytest.importorskip(library, reason="make baselines installs it in an environment of its own")
    baseline = importlib.import_module(f"eval.baselines.{name}")
    replies = baseline.answer(["秦皇岛1210业务的资金支持比例是多少？", "最多多少？"], ON)
    assert len(replies) == 2
    for reply in replies:
        assert reply["behaviour"] == "answer"
        assert reply["citations"]
        for citation in reply["citations"]:
            assert citation["quote"] == documents()[citation["policy"]].text[citation["start"] : citation["end"]] != ""
    assert replies[0]["citations"][0]["policy"] == POLICY
