"""`python -m assistant verify`: a reply as text, as a file, in a batch; verdicts in words and JSON; exit codes for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.__main__ import app
from assistant.pipeline import Assistant
from tests.assistant.invented import open_assistant

RIGHT = "云岭年直播销售额达到2000万元以上的企业，按3%奖励，每年最高不超过80万元。"
WRONG = "云岭年直播销售额达到2000万元以上的企业，按3%奖励，每年最高不超过90万元。"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("cities"))


@pytest.fixture(autouse=True)
def _opened(desk: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command opens the two invented cities: no model, no index on disk."""
    monkeypatch.setattr(Assistant, "open", lambda settings: desk)


def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["verify", *arguments], input=typed)
    return result.exit_code, result.stdout, result.stderr


def test_a_proven_reply() -> None:
    code, shown, _ = run(RIGHT, "--on", "2026-06-30")
    assert (code, shown) == (0, f"✓ {RIGHT}\n1 statements, 0 unproven\n")


def test_an_unproven_reply_says_why() -> None:
    code, shown, _ = run(WRONG, "--on", "2026-06-30")
    assert code == 1
    assert shown.startswith(f"✗ {WRONG}\n    number: ")
    assert "“90万元”" in shown
    assert shown.endswith("1 statements, 1 unproven\n")


def test_a_file_and_standard_input(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(WRONG, encoding="utf-8")
    assert run(str(tmp_path / "draft.txt"))[0] == 1
    assert run("-", typed=RIGHT)[0] == 0


def test_json() -> None:
    code, shown, _ = run(WRONG, "--json", "--on", "2026-06-30")
    result = json.loads(shown)
    assert (code, result["ok"], result["statements"][0]["ok"]) == (1, False, False)
    verdicts = result["statements"][0]["verdicts"]
    assert {"flaw", "words", "reason", "reason_en", "evidence", "ok"} == set(verdicts[0])
    assert [verdict["words"] for verdict in verdicts if not verdict["ok"]] == ["90万元"]


def test_the_question_gives_the_askers_own_figures() -> None:
    reply = "云岭：3000万元 × 3% = 90万元，超过上限，最高80万元。"
    assert run(reply, "--on", "2026-06-30")[0] == 1
    assert run(reply, "--question", "云岭年直播销售额3000万元，能拿多少奖励？", "--on", "2026-06-30")[0] == 0


def test_a_place_narrows_the_documents() -> None:
    reply = "年直播销售额达到2000万元以上的企业，按3%奖励。"
    assert run(reply, "--place", "云岭", "--on", "2026-06-30")[0] == 0
    assert run(reply, "--place", "白沙", "--on", "2026-06-30")[0] == 1


def test_a_batch(tmp_path: Path) -> None:
    rows = [{"id": 1, "draft": RIGHT, "on": "2026-06-30"}, {"id": "b", "draft": WRONG, "question": "云岭奖多少？", "place": "云岭"}]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert run("--batch", f"{tmp_path}/in.jsonl", "--out", f"{tmp_path}/out.jsonl")[0] == 1
    written = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["ok"]) for row in written] == [(1, True), ("b", False)]
    code, shown, _ = run("--batch", f"{tmp_path}/in.jsonl")
    assert (code, len(shown.splitlines())) == (1, 2)


BROKEN = [
    ('{"id": 1}', "lacks 'draft'"),
    ('{"draft": "x"}', "lacks 'id'"),
    ("{", "is not JSON"),
    ('{"id": 1, "draft": ""}', "draft is empty"),
    ('{"id": 1, "draft": 5}', "draft must be a string"),
    ('{"id": 1, "draft": "x", "on": "morgen"}', "is no date"),
    ('{"id": 1, "draft": "x", "place": "深圳"}', "no policy of a place '深圳'"),
]


@pytest.mark.parametrize(("line", "says"), BROKEN)
def test_a_batch_that_cannot_be_used_is_explained(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "in.jsonl").write_text(line, encoding="utf-8")
    code, _, error = run("--batch", f"{tmp_path}/in.jsonl")
    assert code == 2
    assert says in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give either a reply or"),
        (["x", "--batch", "in.jsonl"], "give either a reply or"),
        (["  "], "empty"),
        (["x", "--on", "2026-13-01"], "--on"),
        (["x", "--place", "深圳"], "no policy of a place"),
        (["--batch", "none.jsonl"], "none.jsonl"),
    ],
)
def test_a_wrong_call_is_explained(arguments: list[str], says: str) -> None:
    code, _, error = run(*arguments)
    assert code == 2
    assert says in error
