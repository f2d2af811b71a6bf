"""The table of the assistant and the baselines: who is asked, what is shown, where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval.__main__ import app
from eval.corpus import Corpus
from eval.reading import read_case
from eval.side_by_side import SYSTEMS, Row, System, as_markdown, ask, installed, write_between
from index.config import Settings
from index.errors import InputFileError


def row(system: str, passed: int, unanswerable: float | None = None) -> Row:
    return Row(system, passed, 10, (0.1, 0.5), 0.75, 0.5, 0.25, unanswerable, 120.4, 3.14)


def test_the_table_puts_the_best_first_and_shows_what_was_not_counted() -> None:
    lines = as_markdown("cases: 10 cases", [row("worse", 2), row("better", 9, 1.0)]).splitlines()
    assert lines[2] == "| better | 9/10 = 90.0 % | 10.0 % – 50.0 % | 75.0 % | 50.0 % | 25.0 % | 100.0 % | 120 | 3.1 |"
    assert lines[3].startswith("| worse | 2/10")
    assert " – | 120 |" in lines[3]
    assert len({line.count("|") for line in lines}) == 1


def test_what_is_not_installed_is_left_out() -> None:
    absent = System("absent", "python:nowhere:answer", "no_such_library")
    assert installed([SYSTEMS[1], absent]) == ([SYSTEMS[1]], [absent])


def test_a_baseline_is_asked_and_judged_like_the_assistant() -> None:
    settings = Settings(_env_file=None)
    cite = {"cite_any": [{"doc": "qinhuangdao-2022-26", "article": "（二）"}]}
    right = {"id": "right", "turns": ["秦皇岛1210业务资金支持比例"], "expect": {"behaviour": "answer", "numbers_all": ["2%"], **cite}}
    wrong = {"id": "wrong", "turns": ["深圳有补贴吗？"], "expect": {"behaviour": "refuse"}}
    found = ask(SYSTEMS[1], [read_case(case, "here") for case in (right, wrong)], Corpus.load(settings), settings, lambda *_: None)
    assert (found.passed, found.total, found.article_cited, found.unanswerable) == (1, 2, 1.0, 0.0)


def test_tables_go_between_the_marks(tmp_path: Path) -> None:
    document = tmp_path / "quality.md"
    document.write_text("before\n<!-- tables -->\nold \\1\n<!-- /tables -->\nafter\n", encoding="utf-8")
    write_between(document, "tables", "new \\1\n")
    assert document.read_text(encoding="utf-8") == "before\n<!-- tables -->\nnew \\1\n<!-- /tables -->\nafter\n"


def test_a_document_without_marks_is_not_touched(tmp_path: Path) -> None:
    document = tmp_path / "quality.md"
    document.write_text("nothing", encoding="utf-8")
    with pytest.raises(InputFileError, match="<!-- tables -->"):
        write_between(document, "tables", "new")
    with pytest.raises(InputFileError, match="cannot be read"):
        write_between(tmp_path / "none.md", "tables", "new")
    assert document.read_text(encoding="utf-8") == "nothing"


def test_the_command_prints_the_table(tmp_path: Path) -> None:
    cases = tmp_path / "mine.jsonl"
    cases.write_text('{"id": "a", "turns": ["深圳有补贴吗？"], "expect": {"behaviour": "refuse"}}\n', encoding="utf-8")
    run = CliRunner().invoke(app, ["baselines", str(cases), "--only", "BM25"])
    assert run.exit_code == 0, run.output
    assert "| mine: 1 cases | right |" in run.stdout
    assert "| BM25 alone | 0/1 = 0.0 % |" in run.stdout


def test_an_unknown_system_is_told() -> None:
    run = CliRunner().invoke(app, ["baselines", "--only", "ChatGPT"])
    assert "Haystack" in str(run.exception)
