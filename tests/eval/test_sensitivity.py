"""The judge passes right answers in any words, and fails them once they are spoiled."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from eval.checking import failures, judge
from eval.corpus import Corpus
from eval.reading import read_cases
from eval.replies import Reply
from eval.schema import TODAY, Case
from index.config import ROOT
from index.policies import load_policies
from tests.eval.spoiling import SPOILINGS

CORPUS = Corpus(load_policies(ROOT / "policies_text")[0])
CASES = {case.id: case for case in read_cases([ROOT / "eval" / "cases" / "answers"], CORPUS)}
REWORDED = YAML(typ="safe").load((ROOT / "tests" / "data" / "reworded.yaml").read_text(encoding="utf-8"))


def record(row: dict[str, Any]) -> dict[str, Any]:
    """The Answer object of a row: each article is cited with its first words."""
    citations = []
    for cite in row.get("cite", ()):
        policy, _, label = cite.partition(" ")
        article = CORPUS.find(policy, label or None)[0]
        title = CORPUS.policies[policy].title
        citations.append({"policy": policy, "title": title, "article": article.label, "quote": article.text.strip()[:40]})
    conclusion = row["text"].partition("\n\n")[0]
    return {"text": row["text"], "conclusion": conclusion, "behaviour": row.get("behaviour", "answer"), "citations": citations}


def lacks(case: Case, answer: dict[str, Any]) -> list[str]:
    return failures(judge(case, Reply.of(answer), CORPUS, case.on or TODAY))


def test_there_are_enough_of_many_kinds() -> None:
    assert len(REWORDED) >= 60
    assert len({CASES[row["case"]].type for row in REWORDED}) >= 12


@pytest.mark.parametrize("row", REWORDED, ids=[row["case"] for row in REWORDED])
def test_a_right_answer_passes_in_any_words(row: dict[str, Any]) -> None:
    assert lacks(CASES[row["case"]], record(row)) == []


@pytest.mark.parametrize("spoil", SPOILINGS, ids=[spoil.__name__ for spoil in SPOILINGS])
def test_a_spoiled_answer_fails(spoil: Any) -> None:
    spoilt = [(row["case"], answer) for row in REWORDED if (answer := spoil(CASES[row["case"]], record(row), CORPUS))]
    assert len(spoilt) >= 3
    assert [(case, answer["text"]) for case, answer in spoilt if not lacks(CASES[case], answer)] == []
