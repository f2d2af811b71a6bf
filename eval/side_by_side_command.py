"""The command `python -m eval baselines`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eval.bench_commands import CASES, Out, bar, shown_progress
from eval.corpus import Corpus
from eval.machine import environment, write_json
from eval.reading import read_cases
from eval.side_by_side import SYSTEMS, Row, as_json, as_markdown, ask, installed, write_between
from index.config import load_settings
from index.errors import ConfigError

MARKS = "baselines"


def baselines(
    cases: Annotated[list[Path] | None, typer.Argument(help="Files or folders, a table each. Default: the project's.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Only systems whose name holds this; may be repeated.")] = None,
    doc: Annotated[
        Path | None, typer.Option(help=f"Document with <!-- {MARKS} --> … <!-- /{MARKS} -->, between which the tables go.")
    ] = None,
    out: Out = None,
) -> None:
    """The assistant beside what people would use instead, as tables; systems that are not installed are named and left out."""
    settings = load_settings()
    corpus = Corpus.load(settings)
    sets = {_title(path): read_cases([path], corpus) for path in cases or [CASES]}
    systems, missing = installed([system for system in SYSTEMS if not only or any(part.lower() in system.name.lower() for part in only)])
    if not systems:
        raise ConfigError(f"no system to ask. There are: {', '.join(system.name for system in SYSTEMS)}; make baselines installs them.")
    for system in missing:
        typer.echo(f"{system.name}: {system.library} is not installed; run make baselines", err=True)
    tables: dict[str, list[Row]] = {}
    with bar() as shown:
        for title, chosen in sets.items():
            progress = {system.name: shown_progress(shown, f"{title}: {system.name}") for system in systems}
            tables[title] = [ask(system, chosen, corpus, settings, progress[system.name]) for system in systems]
    around = environment()
    text = "\n".join(as_markdown(f"{title}: {len(sets[title])} cases", rows) for title, rows in tables.items())
    text = f"{text}\n{around['machine']}; {around['versions']}; {around['measured at']}.\n"
    typer.echo(text)
    if out is not None:
        write_json(out, {**around, "tables": as_json(tables)})
    if doc is not None:
        write_between(doc, MARKS, text)


def _title(path: Path) -> str:
    return "the project's cases" if path.resolve() == CASES.resolve() else path.stem
