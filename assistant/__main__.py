"""`python -m assistant`: ask, and the commands for rules."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.commands import add_commands
from assistant.verify_command import add_verify
from index.config import load_settings
from index.errors import PolicyDeskError, QuestionError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Ask city-government policy documents. Every figure is proven or computed."
)


add_commands(app)
add_verify(app)


def _day(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value} is no date; write it as 2026-01-31") from error


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Chinese or English.")] = None,
    on: Annotated[str | None, typer.Option(help="Day the question is about, YYYY-MM-DD. Default: today.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    batch: Annotated[Path | None, typer.Option(help='JSON lines of {"id", "turns": [...]}.')] = None,
    out: Annotated[Path | None, typer.Option(help="Where the answers to --batch go; default: standard output.")] = None,
) -> None:
    """Answer one question, or a file of conversations."""
    from assistant.pipeline import Assistant

    if (question is None) == (batch is None):
        raise typer.BadParameter("give either a question or --batch FILE")
    day = _day(on)
    assistant = Assistant.open(load_settings())
    for problem in assistant.knowledge.problems:
        typer.echo(f"warning: {problem}", err=True)
    if batch is not None:
        _batch(assistant, batch, out, day)
        return
    answer = assistant.ask(question or "", on=day)
    if as_json:
        typer.echo(json.dumps(answer.as_json(), ensure_ascii=False, indent=1))
        return
    typer.echo(answer.text)
    for number, citation in enumerate(answer.citations, 1):
        typer.echo(f"[{number}] {citation.title} {citation.article or ''}".rstrip())


def _batch(assistant: Any, source: Path, target: Path | None, day: date | None) -> None:
    from rich.progress import track

    cases = _read_cases(source)
    lines = []
    for case in track(cases, description="asking", console=_stderr(), disable=not sys.stderr.isatty()):
        dialogue = assistant.new_dialogue()
        answers = []
        for turn in case["turns"]:
            try:
                answers.append(assistant.ask(turn, dialogue, day).as_json())
            except QuestionError as error:
                answers.append({"text": str(error), "conclusion": str(error), "behaviour": "clarify", "citations": []})
        lines.append(json.dumps({"id": case["id"], "answer": answers[-1], "turns": answers}, ensure_ascii=False))
    text = "\n".join(lines) + "\n"
    if target is None:
        typer.echo(text, nl=False)
        return
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise PolicyDeskError(f"{target}: cannot be written: {error.strerror}; name another --out") from error


def _stderr() -> Any:
    from rich.console import Console

    return Console(stderr=True)


def _read_cases(source: Path) -> list[dict[str, Any]]:
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyDeskError(f"{source}: cannot be read as UTF-8 text: {error}") from error
    cases = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except json.JSONDecodeError as error:
            raise PolicyDeskError(f"{source}, line {number}: no JSON: {error.msg}") from error
        if not isinstance(case, dict) or "id" not in case or not _are_questions(case.get("turns")):
            raise PolicyDeskError(f'{source}, line {number}: expected {{"id": ..., "turns": ["question", ...]}}')
        cases.append(case)
    return cases


def _are_questions(turns: Any) -> bool:
    return isinstance(turns, list) and bool(turns) and all(isinstance(turn, str) for turn in turns)


def main() -> None:
    """Run the command line; errors raised on purpose become one line and exit status 1 (2 for unusable input)."""
    try:
        app()
    except QuestionError as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(2) from error
    except PolicyDeskError as error:
        typer.echo(f"error: {error}", err=True)
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
