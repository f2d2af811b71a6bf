"""The commands `bench latency`, `bench build` and `bench scale`, and the option all benchmarks share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from eval.machine import show_report, write_json
from eval.reading import read_cases
from eval.schema import Case
from index.config import ROOT, load_settings

CASES = ROOT / "eval" / "cases" / "answers"
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Out = Annotated[Path | None, typer.Option(help="Write the figures to this file, as JSON.")]
Questions = Annotated[list[Path] | None, typer.Option(help="Files or folders of cases; may be repeated. Default: those of the project.")]


def add_benches(bench: typer.Typer) -> None:
    """Put the commands on a command line."""
    bench.command("latency")(latency)
    bench.command("build")(build)
    bench.command("scale")(scale)


def latency(
    questions: Questions = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many conversations, spread over all; 0: all.")] = 0,
    as_json: AsJson = False,
    out: Out = None,
) -> None:
    """Time of whole answers, first turns and follow-ups, beside the bare embedding of the same questions."""
    from eval.bench_latency import measure

    cases = _cases(questions)
    chosen = cases[:: max(1, len(cases) // limit)][:limit] if limit else cases
    with bar() as shown:
        report = measure(load_settings(), chosen, shown_progress(shown, "Asking"))
    show_report(report, as_json=as_json, out=out)


def build(
    queries: Annotated[int, typer.Option(min=1, help="Number of searches to time.")] = 500,
    as_json: AsJson = False,
    out: Out = None,
) -> None:
    """Time of building and searching against the bare model, side by side; memory and start-up."""
    from eval.bench_build import measure

    with bar() as shown:
        report = measure(load_settings(), queries=queries, progress=shown_progress(shown, "Measuring"))
    show_report(report, as_json=as_json, out=out)


def scale(
    sizes: Annotated[str, typer.Option(help="Numbers of documents.")] = "5,50,500",
    questions: Questions = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many conversations at each size.")] = 60,
    model: Annotated[bool, typer.Option("--model", help="Embed everything with the model, not with a stand-in.")] = False,
    as_json: AsJson = False,
    out: Out = None,
) -> None:
    """What grows with the number of documents: time to build, load, search, answer, and memory."""
    from eval.bench_scale import measure

    numbers = _numbers(sizes)
    cases = _cases(questions)
    with bar() as shown:
        progress = shown_progress(shown, "Sizes")
        report = measure(load_settings(), cases, sizes=numbers, questions=limit, model=model, progress=progress)
    if out is not None:
        write_json(out, report)
    if as_json:
        show_report(report, as_json=True)
        return
    show_report({name: value for name, value in report.items() if name not in ("sizes", "ratios")})
    _print_sizes(report["sizes"], report["ratios"])


def _numbers(sizes: str) -> list[int]:
    try:
        numbers = sorted({int(size) for size in sizes.split(",")})
    except ValueError as error:
        raise typer.BadParameter(f"{sizes!r}: write numbers with commas: 5,50") from error
    if numbers[0] < 1:
        raise typer.BadParameter("a corpus has at least one document")
    return numbers


def _print_sizes(measured: Mapping[str, Mapping[str, float]], ratios: Mapping[str, Mapping[str, float]]) -> None:
    least, *larger = measured
    table = Table("", f"{least} documents", *(f"{size} (× of {least})" for size in larger))
    for name, value in measured[least].items():
        others = (
            f"{measured[size][name]} (× {ratios[size][name]})" if name in ratios[size] else str(measured[size][name]) for size in larger
        )
        table.add_row(name, str(value), *others)
    Console().print(table)


def _cases(paths: list[Path] | None) -> list[Case]:
    return read_cases(paths or [CASES])


def bar() -> Progress:
    """A progress bar on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def shown_progress(shown: Progress, description: str) -> Any:
    """A progress function that moves a bar of its own."""
    task = shown.add_task(description, total=None)
    return lambda done, total: shown.update(task, completed=done, total=total)
