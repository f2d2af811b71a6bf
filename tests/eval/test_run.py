"""Whole runs from the command line, against another system in each of the ways a target can be asked."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from eval import quality
from eval.__main__ import app
from eval.comparing import compare, format_comparison
from eval.results import read_results
from eval.statistics import mcnemar, percentile, wilson
from eval.summary import summarise
from eval.targets import open_target
from index.config import ROOT, load_settings
from index.errors import ConfigError, InputFileError
from tests.eval import answering

FUNCTION = "python:tests.eval.answering:answer"
PROGRAM = f"command:{sys.executable} {ROOT / 'tests' / 'eval' / 'answering.py'}"


def write(path: Path, **turns: str) -> Path:
    """A case file: each case is right if 100万元 is answered, as a ceiling."""
    expect = {"behaviour": "answer", "numbers_all": ["100万元"]}
    rows = [{"id": id_, "turns": asked.split("|"), "type": id_[0], "tags": [asked[-1]], "expect": expect} for id_, asked in turns.items()]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["run", *map(str, words)])


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    return write(tmp_path / "cases.jsonl", a1="1210上限", a2="2%？|那上限", b1="比例", b2="坏")


def records(folder: Path) -> dict[str, Any]:
    lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


class TestTargets:
    @pytest.mark.parametrize("jobs", [1, 3])
    @pytest.mark.parametrize("kind", ["function", "program", "server"])
    def test_each_kind_gives_the_same_verdicts(self, cases: Path, tmp_path: Path, kind: str, jobs: int) -> None:
        with answering.serve() as address:
            target = {"function": FUNCTION, "program": PROGRAM, "server": address}[kind]
            result = run(cases, "--target", target, "--report", tmp_path / "r", "--jobs", jobs)
        assert result.exit_code == 1, result.output
        found = records(tmp_path / "r")
        assert {id_: record["passed"] for id_, record in found.items()} == {"a1": True, "a2": True, "b1": False, "b2": False}
        assert [len(record["turns"]) for record in found.values() if record["id"] == "a2"] == [2]
        assert found["b1"]["reasons"] == ["behaviour is refuse, not answer"]
        assert re.search("ZeroDivisionError|HTTP 500: sorry|gave no line for this id", found["b2"]["error"])
        assert all(record["seconds"] for id_, record in found.items() if id_ != "b2")
        assert "not enough: 2 of 4 passed (50.0%), 100.0% must" in result.output

    def test_a_server_that_is_not_there(self, cases: Path, tmp_path: Path) -> None:
        run(cases, "--target", "http://127.0.0.1:9/ask", "--report", tmp_path / "r")
        assert all("ConnectError" in record["error"] for record in records(tmp_path / "r").values())

    @pytest.mark.parametrize(
        ("address", "message"),
        [
            ("ftp://x", "write http://HOST:PORT/PATH, command:PROGRAM ARGS, or python:MODULE:FUNCTION"),
            ("python:tests.eval.answering", "write http"),
            ("python:no.such:answer", "No module named 'no'"),
            ("python:tests.eval.answering:ask", "tests.eval.answering has no 'ask'"),
        ],
    )
    def test_a_wrong_address(self, address: str, message: str) -> None:
        with pytest.raises(ConfigError, match=re.escape(message)):
            open_target(address, load_settings())

    def test_a_program_that_is_not_there(self, cases: Path) -> None:
        assert "cannot be started" in str(run(cases, "--target", "command:/no/such/program").exception)


class TestRun:
    def test_the_report(self, cases: Path, tmp_path: Path) -> None:
        run(cases, "--target", FUNCTION, "--report", tmp_path / "r", "--on", "2025-01-31")
        page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
        assert page.index("b1") < page.index("a1</span>")  # failures first
        assert "behaviour is refuse, not answer" in page
        assert 'href="#qinhuangdao-2022-26-' in page
        assert "1210" in page[page.index("The articles") :]
        assert not re.findall(r'(?:src|href)="(?!#)', page)
        suites = ElementTree.parse(tmp_path / "r" / "junit.xml").getroot()
        assert [(suite.get("name"), suite.get("failures"), suite.get("errors")) for suite in suites] == [("a", "0", "0"), ("b", "1", "1")]
        assert json.loads((tmp_path / "r" / "run.json").read_text(encoding="utf-8"))["on"] == "2025-01-31"

    def test_the_page_shows_answers_as_they_are_read(self, tmp_path: Path) -> None:
        cases = write(tmp_path / "c.jsonl", a1="多少？|**上限**")
        result = run(cases, "--target", "python:tests.eval.answering:formatted", "--report", tmp_path / "r")
        page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
        assert "最高<strong>100万元</strong>" in page
        assert "<td>一</td>" in page
        assert "**100万元**" not in page
        assert "多少？ … **上限** <span" in page  # a dialogue has its first and last turn for a title; a question is no Markdown
        assert "c.jsonl" in page[: page.index("What passed")]
        assert "Enough: 100.0 % must pass" in page
        assert f"report: {tmp_path / 'r' / 'report.html'}" in result.output.replace("\n", "")

    def test_the_page_says_what_was_wanted(self, cases: Path, tmp_path: Path) -> None:
        run(cases, "--target", FUNCTION, "--report", tmp_path / "r")
        page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
        assert "Not enough: 2 of 4 passed" in page
        assert "<td>kind of reply:</td><td>answer</td><td>refuse</td>" in page

    def test_what_is_answered_is_text_in_the_page(self, tmp_path: Path) -> None:
        hostile = write(tmp_path / "c.jsonl", a1="<script>alert(1)</script>\x00")
        run(hostile, "--target", FUNCTION, "--report", tmp_path / "r")
        page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
        assert "<script>alert" not in page
        ElementTree.parse(tmp_path / "r" / "junit.xml")

    @pytest.mark.parametrize(("option", "value", "left"), [("--tag", "限", ["a1", "a2"]), ("--type", "b", ["b1", "b2"])])
    def test_some_of_the_cases(self, cases: Path, tmp_path: Path, option: str, value: str, left: list[str]) -> None:
        run(cases, "--target", FUNCTION, "--report", tmp_path / "r", option, value)
        assert [*records(tmp_path / "r")] == left

    @pytest.mark.parametrize(("least", "code"), [("0.5", 0), ("0.51", 1)])
    def test_the_exit_code_follows_the_threshold(self, cases: Path, least: str, code: int) -> None:
        assert run(cases, "--target", FUNCTION, "--min-pass", least).exit_code == code

    def test_a_run_that_was_cut_off_goes_on(self, cases: Path, tmp_path: Path) -> None:
        run(cases, "--target", FUNCTION, "--report", tmp_path / "r")
        file = tmp_path / "r" / "results.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text(lines[0] + lines[1][:60], encoding="utf-8")
        write(cases, a1="1210上限", a2="2%？|那上限", b1="上限", b2="坏")
        before = answering.times_asked
        run(cases, "--target", FUNCTION, "--report", tmp_path / "r", "--resume")
        assert answering.times_asked - before == 3
        assert {id_: record["passed"] for id_, record in records(tmp_path / "r").items()} == {
            "a1": True,
            "a2": True,
            "b1": True,
            "b2": False,
        }

    def test_a_rewritten_case_is_asked_again(self, cases: Path, tmp_path: Path) -> None:
        run(cases, "--target", FUNCTION, "--report", tmp_path / "r")
        write(cases, a1="1210上限", a2="2%？|那上限", b1="那么上限", b2="坏")
        run(cases, "--target", FUNCTION, "--report", tmp_path / "r", "--resume")
        assert records(tmp_path / "r")["b1"]["passed"]

    @pytest.mark.parametrize("other", [PROGRAM, ""])
    def test_going_on_with_another_run(self, cases: Path, tmp_path: Path, other: str) -> None:
        if other:
            run(cases, "--target", FUNCTION, "--report", tmp_path / "r")
        result = run(cases, "--target", other or FUNCTION, "--report", tmp_path / "r", "--resume")
        assert isinstance(result.exception, InputFileError)

    def test_repetitions_that_do_not_agree(self, tmp_path: Path) -> None:
        changing = write(tmp_path / "c.jsonl", a1="上限", a2="变")
        result = run(changing, "--target", FUNCTION, "--repeat", 3, "--report", tmp_path / "r")
        assert "do not agree: a2" in result.output
        assert len(read_results(tmp_path / "r")) == 6
        assert summarise(read_results(tmp_path / "r")).total.total == 2

    def test_a_known_failure_is_none(self, tmp_path: Path) -> None:
        row = {"id": "a1", "turns": ["比例"], "expect": {"behaviour": "answer", "numbers_all": ["2%"]}, "known": "not built yet"}
        (tmp_path / "c.jsonl").write_text(json.dumps(row), encoding="utf-8")
        assert run(tmp_path / "c.jsonl", "--target", FUNCTION).exit_code == 0

    def test_no_case_left(self, cases: Path) -> None:
        assert isinstance(run(cases, "--tag", "none").exception, InputFileError)


class TestBaseline:
    @pytest.fixture(autouse=True)
    def _own_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(quality, "FILE", tmp_path / "quality.json")

    def test_fewer_passes_of_a_kind_fail(self, cases: Path) -> None:
        run(cases, "--target", FUNCTION, "--save-baseline", "main")
        assert run(cases, "--target", FUNCTION, "--baseline", "main").exit_code == 0
        write(cases, a1="1210上限", a2="2%？|比例", b1="上限", b2="坏")
        result = run(cases, "--target", FUNCTION, "--baseline", "main")
        assert (result.exit_code, "not enough: a: 1 passed, 2 before" in result.output) == (1, True)

    def test_a_baseline_that_is_not_there(self, cases: Path) -> None:
        before = answering.times_asked
        assert "no baseline 'other'" in str(run(cases, "--target", FUNCTION, "--baseline", "other").exception)
        assert answering.times_asked == before


def test_the_stored_baseline_is_of_all_cases() -> None:
    stored = json.loads(quality.FILE.read_text(encoding="utf-8"))["main"]
    assert stored["all"]["passed"] == sum(tally["passed"] for kind, tally in stored.items() if kind != "all") >= 200


class TestCompare:
    @pytest.fixture
    def runs(self, tmp_path: Path) -> tuple[Path, Path]:
        cases = write(tmp_path / "c.jsonl", **{f"a{number}": "上限" if number else "变" for number in range(9)})
        folders = tmp_path / "one", tmp_path / "two"
        for folder, target in zip(folders, (FUNCTION, "python:tests.eval.answering:silence"), strict=True):
            run(cases, "--target", target, "--report", folder)
        return folders

    def test_worse_and_better(self, runs: tuple[Path, Path]) -> None:
        one, two = map(read_results, runs)
        found = compare(one, two)
        assert (len(found.worse), len(found.better), found.same, found.chance) == (9, 0, 0, 2 / 2**9)
        assert found.verdict.startswith("significantly worse (0 better, 9 worse")
        assert compare(two, one).verdict.startswith("significantly better")
        assert "behaviour is refuse, not answer" in format_comparison(found)

    def test_other_words(self, runs: tuple[Path, Path], tmp_path: Path) -> None:
        run(tmp_path / "c.jsonl", "--target", FUNCTION, "--report", tmp_path / "three")
        found = compare(read_results(runs[0]), read_results(tmp_path / "three"))
        assert ([pair.after.case.id for pair in found.changed], found.same, found.chance) == (["a0"], 8, 1)

    def test_cases_that_only_one_has(self, runs: tuple[Path, Path]) -> None:
        one, two = map(read_results, runs)
        found = compare(one[:-1], two[1:])
        assert (found.only_before, found.only_after, len(found.worse)) == (("a0",), ("a8",), 7)
        with pytest.raises(InputFileError, match="no case in common"):
            compare(one[:1], two[1:])

    def test_the_command(self, runs: tuple[Path, Path], tmp_path: Path) -> None:
        words = ["compare", *map(str, runs), "--html", str(tmp_path / "page.html")]
        result = CliRunner().invoke(app, words)
        assert (result.exit_code, "significantly worse" in result.output) == (0, True)
        page = (tmp_path / "page.html").read_text(encoding="utf-8")
        assert "significantly worse" in page
        assert not re.findall(r'(?:src|href)="(?!#)', page)
        assert CliRunner().invoke(app, [*words, "--fail-if-worse"]).exit_code == 1


def test_the_schema_is_printed() -> None:
    printed = CliRunner().invoke(app, ["schema"]).output
    assert "numbers_conclusion" in json.dumps(json.loads(printed))


def test_a_spreadsheet_is_asked_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id,turns,behaviour,numbers_all\na,上限,answer,100万元\n", encoding="utf-8")
    assert run(tmp_path / "c.csv", "--target", FUNCTION).exit_code == 0


def test_refusal_recall_is_of_the_questions_that_only_a_refusal_answers(tmp_path: Path) -> None:
    refuse = {"behaviour": "refuse"}
    rows = [
        {"id": "a", "turns": ["比例"], "expect": refuse},
        {"id": "b", "turns": ["上限"], "expect": refuse},
        {"id": "c", "turns": ["上限"], "expect": {**refuse, "behaviour_also": "answer"}},
    ]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    run(tmp_path / "c.jsonl", "--target", FUNCTION, "--report", tmp_path / "r")
    recall = summarise(read_results(tmp_path / "r")).metrics["refusal_recall"]
    assert (recall.value, recall.count) == (0.5, 2)


def test_import_and_run(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id,turns,behaviour,numbers_all\na,上限,answer,100万元\n", encoding="utf-8")
    out = tmp_path / "c.jsonl"
    assert CliRunner().invoke(app, ["import", str(tmp_path / "c.csv"), "--out", str(out)]).exit_code == 0
    assert run(out, "--target", FUNCTION).exit_code == 0


def test_formulas() -> None:
    """Against figures of the literature: Wilson for 81 of 263, McNemar for 1 against 9."""
    assert [round(edge, 4) for edge in wilson(81, 263)] == [0.2553, 0.3662]
    assert wilson(0, 0) == (0, 1)
    assert wilson(10, 10)[1] == pytest.approx(1)
    assert mcnemar(1, 9) == pytest.approx(0.02148, abs=1e-5)
    assert mcnemar(0, 0) == mcnemar(4, 4) == 1
    assert [percentile([3, 1, 2], share) for share in (0.5, 0.95, 1)] == [2, 3, 3]
