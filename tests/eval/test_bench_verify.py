"""The bench of the verification: mutants are made the same way each time, and of a small run nearly all are caught."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from eval.bench_verify import PARAPHRASES, QUESTIONS, format_report, is_right, measure, read_questions
from eval.mutations.kinds import KINDS, mutants
from eval.mutations.source import Source
from index.config import ROOT, Settings
from index.errors import InputFileError
from index.jsonl import read_records
from tests.assistant.invented import open_assistant


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """An answer about an invented city, with a sum and its quotation."""
    assistant = open_assistant(tmp_path_factory.mktemp("cities"))
    question, on = "云岭年直播销售额2500万元，能拿多少奖励？", date(2026, 6, 30)
    return Source("one", assistant.ask(question, on=on), assistant.knowledge, question, on)


def test_the_same_seed_makes_the_same_mutants(source: Source) -> None:
    made = list(mutants(source, 1))
    assert made == list(mutants(source, 1))
    assert made != list(mutants(source, 2))


def test_every_mutant_differs_from_the_answer(source: Source) -> None:
    made = list(mutants(source, 1))
    assert len({mutant.kind for mutant in made}) >= 15
    assert all(mutant.text != source.text and mutant.kind in KINDS for mutant in made)


def test_there_are_enough_kinds_and_paraphrases() -> None:
    assert len(KINDS) >= 20
    rows = read_records(PARAPHRASES, require=("id", "draft", "question"))
    assert len(rows) >= 150
    assert len({row["id"] for row in rows}) == len({row["draft"] for row in rows}) == len(rows)
    assert sum(row["draft"].isascii() for row in rows) >= 30


def test_a_folder_without_questions_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="holds no"):
        read_questions(tmp_path)


def test_only_right_answers_are_spoiled(source: Source) -> None:
    right = {"behaviour": "answer", "numbers_all": ["75万元"], "cite_any": [{"doc": "yunling-2025", "article": "（一）"}]}
    assert is_right(source.answer, right)
    assert not is_right(source.answer, {**right, "numbers_all": ["76万元"]})
    assert not is_right(source.answer, {**right, "cite_any": [{"doc": "yunling-2025", "article": "（二）"}]})
    assert not is_right(source.answer, {"behaviour": "refuse"})


@pytest.mark.slow
def test_a_small_run_over_the_questions_of_the_project() -> None:
    settings = Settings(policies=ROOT / "policies_text", data=ROOT / ".policydesk", _env_file=None)
    rows = [row for row in read_questions(QUESTIONS) if row["type"] in ("calc", "status")][:30]
    report = measure(settings, rows)
    assert report["right answers"] >= 20
    assert report["caught"] >= 0.98
    assert len(report["answers flagged"]) <= 1
    assert len(report["paraphrases flagged"]) <= 0.01 * report["paraphrases"]
    assert "all mutants" in format_report(report, details=True)
