"""`python -m assistant verify`: is each statement of a reply proven?

    python -m assistant verify "秦皇岛1210业务：最高100万元。" --question "秦皇岛1210能拿多少？"

`add_verify(app)` puts it on the command line of `python -m assistant`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from assistant.verification.gather import evidence_for_reply
from assistant.verification.models import Statement
from assistant.verification.verify import verify
from index.config import load_settings
from index.errors import InputFileError, NoSuchPolicyError, PolicyDeskError, QuestionError
from index.jsonl import read_records, write_records
from index.policies import is_named

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

UNPROVEN, BAD_INPUT = 1, 2
"""Exit codes."""
_KEYS = ("draft", "question", "place", "on")


@dataclass(frozen=True)
class Reply:
    """A reply to be checked, with what it answers."""

    draft: str
    question: str = ""
    place: str = ""
    on: date | None = None
    id: Any = None


def add_verify(app: typer.Typer) -> None:
    """Put verify on a command line."""
    app.command("verify")(verify_command)


def verify_command(
    reply: Annotated[
        str | None, typer.Argument(metavar="[FILE | TEXT]", help="The reply, or a file that holds it; - reads standard input.")
    ] = None,
    question: Annotated[str, typer.Option(help="What the reply answers: its figures are the user's own facts.")] = "",
    place: Annotated[str, typer.Option(help="Whose documents count; without it, those of the places the reply names.")] = "",
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day the reply is about; default: today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    batch: Annotated[Path | None, typer.Option(help='JSON lines of {"id", "draft", "question"?, "place"?, "on"?}.')] = None,
    out: Annotated[Path | None, typer.Option(help="Where the verdicts on --batch go; default: standard output.")] = None,
) -> None:
    """Check each statement of a reply against the documents; exit code 1 if something is unproven."""
    if (reply is None) == (batch is None):
        raise typer.BadParameter("give either a reply or --batch FILE")
    try:
        replies = _read_batch(batch) if batch else [Reply(_text(reply or ""), question, place, on.date() if on else None)]
        results = _verified(replies)
        if batch and out:
            write_records(out, (as_plain(statements, each.id) for each, statements in results))
        elif batch:
            for each, statements in results:
                typer.echo(json.dumps(as_plain(statements, each.id), ensure_ascii=False))
        elif as_json:
            typer.echo(json.dumps(as_plain(results[0][1], None), ensure_ascii=False, indent=1))
        else:
            _show(results[0][1])
    except PolicyDeskError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    raise typer.Exit(0 if all(_ok(statements) for _, statements in results) else UNPROVEN)


def as_plain(statements: Sequence[Statement], id_: Any) -> dict[str, Any]:
    """{"id", "ok", "statements": [{"text", "ok", "verdicts": [{"flaw", "words", "reason", "reason_en", "evidence", "ok"}]}]}."""
    shown = [
        {
            "text": statement.text,
            "ok": statement.ok,
            "verdicts": [
                {
                    "flaw": verdict.flaw.value,
                    "words": verdict.words,
                    "reason": verdict.reason,
                    "reason_en": verdict.reason_en,
                    "evidence": verdict.evidence,
                    "ok": verdict.ok,
                }
                for verdict in statement.verdicts
            ],
        }
        for statement in statements
    ]
    head = {} if id_ is None else {"id": id_}
    return {**head, "ok": _ok(statements), "statements": shown}


def _verified(replies: Sequence[Reply]) -> list[tuple[Reply, tuple[Statement, ...]]]:
    from rich.progress import track

    from assistant.pipeline import Assistant

    assistant = Assistant.open(load_settings())
    for problem in assistant.knowledge.problems:
        typer.echo(f"warning: {problem}", err=True)
    shown = track(replies, description="verifying", console=Console(stderr=True), disable=len(replies) < 2 or not sys.stderr.isatty())
    return [(reply, _verify_one(assistant, reply)) for reply in shown]


def _verify_one(assistant: Assistant, reply: Reply) -> tuple[Statement, ...]:
    documents = assistant.knowledge.policies
    policies = [policy.id for policy in documents.values() if is_named(policy, reply.place)] if reply.place else []
    if reply.place and not policies:
        known = "、".join(dict.fromkeys(policy.place.name for policy in documents.values()))
        raise NoSuchPolicyError(f"no policy of a place {reply.place!r}; there are: {known}")
    return verify(reply.draft, evidence_for_reply(assistant, reply.draft, reply.question, policies, reply.on))


def _ok(statements: Sequence[Statement]) -> bool:
    return all(statement.ok for statement in statements)


def _text(reply: str) -> str:
    """The reply itself, or the words of the file of that name."""
    if reply == "-":
        text = sys.stdin.read()
    elif len(reply) < 255 and "\n" not in reply and Path(reply).is_file():
        text = _read(Path(reply))
    else:
        text = reply
    if not text.strip():
        raise QuestionError("回复是空的，请给出要核对的文字。/ The reply is empty: give the words to be checked.")
    return text


def _read(source: Path) -> str:
    try:
        return source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError(f"{source}: cannot be read as UTF-8 text: {error}") from error


def _read_batch(source: Path) -> list[Reply]:
    replies = []
    for row in read_records(source, require=("id", "draft")):
        where = f"{source}, id {row['id']!r}"
        if wrong := [key for key in _KEYS if not isinstance(row.get(key, ""), str)]:
            raise InputFileError(f"{where}: {wrong[0]} must be a string. Put it in quotation marks, or leave it out.")
        if not row["draft"].strip():
            raise InputFileError(f"{where}: draft is empty. Give the words to be checked.")
        replies.append(Reply(row["draft"], row.get("question", ""), row.get("place", ""), _day(row.get("on", ""), where), row["id"]))
    return replies


def _day(value: str, where: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise InputFileError(f"{where}: on: {value!r} is no date; write it as 2026-01-31") from error


def _show(statements: Sequence[Statement]) -> None:
    """A line for each statement, and under it what is not proven, and what the evidence says instead."""
    console = Console(highlight=False, soft_wrap=True)
    for statement in statements:
        mark = "[green]✓[/green]" if statement.ok else "[red]✗[/red]"
        console.print(f"{mark} {_escaped(statement.text)}")
        for verdict in statement.verdicts:
            if not verdict.ok:
                console.print(f"    {verdict.flaw.value}: {_escaped(verdict.reason)} / {_escaped(verdict.reason_en)}")
                if verdict.evidence:
                    console.print(f"    → {_escaped(verdict.evidence)}")
    wrong = sum(not statement.ok for statement in statements)
    console.print(f"{len(statements)} statements, {wrong} unproven")


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)
