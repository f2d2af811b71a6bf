"""`python -m assistant ask`: one question, a day, a batch; files that cannot be used give one line and an exit code."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

import assistant.__main__ as command
from assistant.pipeline import Assistant
from tests.assistant.invented import open_assistant

GOOD = '{"id": "a", "turns": ["云岭年直播销售额2500万元，能拿多少奖励？", "如果是3000万元呢？"]}\n\n{"id": "b", "turns": ["深圳呢"]}\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("cities"))


@pytest.fixture
def opened(desk: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command opens the two invented cities: no model, no index on disk."""
    monkeypatch.setattr(Assistant, "open", lambda settings: desk)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["assistant", *arguments])
    with pytest.raises(SystemExit) as end:
        command.main()
    return int(end.value.code or 0)


QUESTION = "云岭年直播销售额2500万元，能拿多少奖励？"


@pytest.mark.usefixtures("opened")
class TestAsk:
    """One question."""

    def test_as_text(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(monkeypatch, "ask", QUESTION, "--on", "2026-06-30") == 0
        shown = capsys.readouterr().out
        assert "75万元" in shown
        assert "[1] 云岭市关于支持新业态的若干措施 （一）" in shown

    def test_as_json(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(monkeypatch, "ask", QUESTION, "--on", "2026-06-30", "--json") == 0
        answer = json.loads(capsys.readouterr().out)
        assert (answer["behaviour"], answer["calculations"][0]["amount"]) == ("answer", "750000")
        assert set(answer) >= {"text", "conclusion", "citations", "calculations", "notices", "suggestions", "checks"}

    @pytest.mark.parametrize(("on", "early"), [("2024-12-31", True), ("2025-01-01", False)])
    def test_on_a_day(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], on: str, early: bool) -> None:
        assert run(monkeypatch, "ask", QUESTION, "--on", on) == 0
        assert ("尚未生效" in capsys.readouterr().out) is early

    @pytest.mark.parametrize(("text", "says"), [("", "empty"), ("   ", "empty"), ("啊" * 10_001, "10000")])
    def test_no_question(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, says: str) -> None:
        assert run(monkeypatch, "ask", text) == 2
        error = capsys.readouterr().err
        assert says in error
        assert error.startswith("error: ")
        assert error.count("\n") == 1


@pytest.mark.usefixtures("opened")
class TestBatch:
    """A file of conversations."""

    def test_to_a_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "in.jsonl").write_text(GOOD, encoding="utf-8")
        assert run(monkeypatch, "ask", "--batch", f"{tmp_path}/in.jsonl", "--out", f"{tmp_path}/out.jsonl", "--on", "2026-06-30") == 0
        first, second = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
        assert (first["id"], len(first["turns"]), second["id"], second["answer"]["behaviour"]) == ("a", 2, "b", "refuse")
        assert first["answer"] == first["turns"][-1]
        assert "80万元" in first["answer"]["conclusion"]

    def test_to_standard_output(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "in.jsonl").write_text(GOOD, encoding="utf-8")
        assert run(monkeypatch, "ask", "--batch", f"{tmp_path}/in.jsonl") == 0
        assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["a", "b"]

    def test_a_turn_that_cannot_be_answered_ends_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "in.jsonl").write_text(json.dumps({"id": "c", "turns": ["", "啊" * 10_001, QUESTION]}), encoding="utf-8")
        assert run(monkeypatch, "ask", "--batch", f"{tmp_path}/in.jsonl") == 0
        turns = json.loads(capsys.readouterr().out)["turns"]
        assert ["空" in turns[0]["text"], "10000" in turns[1]["text"], "75万元" in turns[2]["text"]] == [True, True, True]

    def test_to_a_folder_that_is_not_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "in.jsonl").write_text(GOOD, encoding="utf-8")
        assert run(monkeypatch, "ask", "--batch", f"{tmp_path}/in.jsonl", "--out", f"{tmp_path}/none/out.jsonl") == 1
        assert "out.jsonl: cannot be written" in capsys.readouterr().err


BROKEN = [  # content of the batch file, what the error says
    (b'{"id": "a", "turns": ["x"]}\n{"id": \n', "line 2: no JSON"),
    (b'{"id": "a"}\n', 'line 1: expected {"id"'),
    (b'{"id": "a", "turns": []}\n', "line 1: expected"),
    (b'{"id": "a", "turns": "x"}\n', "line 1: expected"),
    (b'{"turns": ["x"]}\n', "line 1: expected"),
    (b'["x"]\n', "line 1: expected"),
    ("深圳".encode("gb18030"), "cannot be read as UTF-8"),
    (None, "cannot be read as UTF-8"),
]


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(("content", "says"), BROKEN)
def test_a_broken_batch_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], content: bytes | None, says: str
) -> None:
    file = tmp_path / "in.jsonl"
    if content is not None:
        file.write_bytes(content)
    assert run(monkeypatch, "ask", "--batch", str(file)) == 1
    error = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")]
    assert len(error) == 1
    assert "in.jsonl" in error[0]
    assert says in error[0]


@pytest.mark.usefixtures("opened")
def test_a_turn_that_is_no_text_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": "a", "turns": [5]}\n', encoding="utf-8")
    assert run(monkeypatch, "ask", "--batch", str(tmp_path / "in.jsonl")) == 1
    assert "line 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask"], "give either a question or"),
        (["ask", "问题", "--batch", "in.jsonl"], "give either a question or"),
        (["ask", "问题", "--on", "2026-13-01"], "is no date"),
        (["ask", "问题", "--on", "明天"], "is no date"),
        (["asked"], "No such command"),
    ],
)
def test_a_wrong_call_is_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert run(monkeypatch, *arguments) == 2
    assert says in capsys.readouterr().err


def test_a_missing_folder_of_policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("POLICYDESK_POLICIES", str(tmp_path / "none"))
    monkeypatch.setenv("POLICYDESK_DATA", str(tmp_path / "data"))
    assert run(monkeypatch, "ask", "云岭有补贴吗") in (1, 2)
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert os.fspath(tmp_path / "none") in error
