"""The commands around cases: run, compare, import, schema. `add_commands(app)` puts them on the command line of `python -m eval`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from eval.comparing import SIGNIFICANT, comparison_html, format_comparison
from eval.comparing import compare as compare_results
from eval.corpus import Corpus
from eval.junit import write_junit
from eval.quality import falls_below, save_baseline
from eval.reading import read_cases
from eval.report import HTML, write_report
from eval.results import RESULTS, Result, ResultFile, read_results
from eval.running import Run, describe, earlier_results, peak_memory, picked, read_description, write_description, write_text
from eval.schema import TODAY, json_schema
from eval.summary import Summary, Tally, milliseconds, summarise
from eval.targets import open_target
from index.config import load_settings
from index.errors import InputFileError
from index.jsonl import write_records

Cases = Annotated[list[Path], typer.Argument(help="Files of cases (.jsonl, .yaml, .csv, .xlsx), or folders of them.")]


def add_commands(app: typer.Typer) -> None:
    """Put the commands on a command line."""
    app.command("run")(run)
    app.command("compare")(compare)
    app.command("import")(import_)
    app.command("schema")(schema)


def run(
    cases: Cases,
    report: Annotated[Path | None, typer.Option(help="Folder for results.jsonl, junit.xml and report.html.")] = None,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=f"Day of cases that name none. Default: {TODAY}.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Only cases with this tag; may be repeated.")] = None,
    type_: Annotated[list[str] | None, typer.Option("--type", help="Only cases of this kind; may be repeated.")] = None,
    repeat: Annotated[int, typer.Option(min=1, help="Ask everything so often, and report what does not agree.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, help="Conversations at the same time.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run in --report that was cut off.")] = False,
    target: Annotated[str, typer.Option(help="Who is asked: http://…, command:… or python:MODULE:FUNCTION. Default: this program.")] = "",
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a server may take for one conversation.")] = 120,
    baseline: Annotated[str, typer.Option(help="Fail if a kind has fewer passes than in this stored baseline.")] = "",
    save: Annotated[str, typer.Option("--save-baseline", help="Store the passes of this run as the baseline of that name.")] = "",
    min_pass: Annotated[float | None, typer.Option(min=0, max=1, help="Share that must pass. Default: 1, or none with --baseline.")] = None,
) -> None:
    """Ask every case, judge the answers, report; exit code 1 if fewer pass than must."""
    settings = load_settings()
    corpus = Corpus.load(settings)
    chosen = picked(read_cases(cases, corpus), tag or (), type_ or ())
    if not chosen:
        raise InputFileError("no case has such a tag or type. Leave --tag and --type out to ask all.")
    if resume and report is None:
        raise typer.BadParameter("--resume needs the --report of the run that was cut off.")
    if baseline:
        falls_below(baseline, summarise([]))  # a name that does not exist is told before everything is asked
    least = 1.0 if min_pass is None and not baseline else min_pass
    one = Run(chosen, open_target(target, settings, timeout), corpus, on.date() if on else TODAY, repeat)
    description = describe(one) | {"cases": [path.name if path.is_absolute() else path.as_posix() for path in cases], "must": least}
    if report is not None and resume:
        one.done = {result.key: result for result in earlier_results(report, description)}
    started = monotonic()
    results = _go(one, jobs, report)
    summary = summarise(results)
    memory = peak_memory()
    reasons = _too_few(summary, baseline, least)
    description |= {"peak_memory_mb": round(memory) if memory else None, "seconds": round(monotonic() - started, 1), "not_enough": reasons}
    if report is not None:
        write_description(report, description)
        write_junit(report, results)
        write_report(report, results, summary, description, corpus)
    _print(results, summary, description)
    if save:
        save_baseline(save, summary)
    for reason in reasons:
        typer.echo(f"not enough: {reason}", err=True)
    if report is not None:
        typer.echo(f"report: {report / HTML}")
    raise typer.Exit(1 if reasons else 0)


def compare(
    before: Annotated[Path, typer.Argument(help="Folder of the first report, or its results.jsonl.")],
    after: Annotated[Path, typer.Argument(help="Folder of the second.")],
    html: Annotated[Path | None, typer.Option(help="Write the comparison, with both answers, as a page.")] = None,
    fail_if_worse: Annotated[bool, typer.Option("--fail-if-worse", help="Exit code 1 if the second is significantly worse.")] = False,
) -> None:
    """What got better, worse or different between two runs, and whether that can be chance."""
    found = compare_results(read_results(before), read_results(after))
    runs = (read_description(before), read_description(after))
    typer.echo(format_comparison(found))
    if html is not None:
        write_text(html, comparison_html(found, runs))
    if fail_if_worse and found.chance <= SIGNIFICANT and len(found.worse) > len(found.better):
        raise typer.Exit(1)


def import_(
    sheet: Annotated[Path, typer.Argument(help="A spreadsheet (.xlsx, or .csv in UTF-8) with one row a case.")],
    out: Annotated[Path, typer.Option(help="Where the cases go (.jsonl).")],
) -> None:
    """Make a case file of a spreadsheet, to go on with as text."""
    cases = read_cases([sheet], Corpus.load(load_settings()))
    write_records(out, [case.model_dump(mode="json", exclude_defaults=True) for case in cases])
    typer.echo(f"{out}: {len(cases)} cases. Run them: python -m eval run {out}")


def schema() -> None:
    """Print the schema of a case as JSON Schema, for editors and other programs."""
    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))


def _go(one: Run, jobs: int, report: Path | None) -> list[Result]:
    console = Console(stderr=True)
    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        if report is None:
            return one.go(jobs=jobs, keep=lambda _: None, progress=progress)
        write_description(report, describe(one))
        with ResultFile(report / RESULTS, append=bool(one.done)) as file:
            return one.go(jobs=jobs, keep=file.append, progress=progress)


def _too_few(summary: Summary, baseline: str, least: float | None) -> list[str]:
    reasons = falls_below(baseline, summary) if baseline else []
    judged = summary.total.total - summary.total.known
    share = summary.total.passed / judged if judged else 1.0
    if least is not None and share < least:
        reasons.append(f"{summary.total.passed} of {judged} passed ({share:.1%}), {least:.1%} must")
    return reasons


def _print(results: Sequence[Result], summary: Summary, description: dict[str, object]) -> None:
    console = Console(soft_wrap=True)
    for result in results:
        if not result.passed:
            known = " (known)" if result.case.known else ""
            console.print(f"[bold]{escape(result.case.id)}[/bold]{known}  {escape(' | '.join(result.case.turns))}", highlight=False)
            said = str(result.answer.get("conclusion") or result.answer.get("text") or "").replace("\n", " ")
            console.print(f"    -> {escape(said[:200])}", highlight=False)
            for reason in result.reasons:
                console.print(f"    ✗ {escape(reason)}", highlight=False)
    table = Table("Kind", "Passed", "of", "Share", "95 % interval", title=f"{description['target']}, {description['on']}")
    for name, tally in (*summary.kinds.items(), ("all", summary.total)):
        table.add_row(name, *_row(tally))
    console.print(table)
    measured = Table("Metric", "Value", "n", "Meaning")
    for name, metric in summary.metrics.items():
        measured.add_row(name, f"{metric.value:.3f}", str(metric.count), escape(metric.meaning))
    times = ", ".join(f"{name} {value}" for name, value in milliseconds(summary.seconds).items())
    measured.add_row("milliseconds", "", str(len(summary.seconds)), f"of a turn: {times}")
    console.print(measured)
    for title, ids in (("do not agree", summary.disagreeing), ("known to fail, but pass now", summary.fixed)):
        if ids:
            console.print(f"{title}: {escape(', '.join(ids))}")


def _row(tally: Tally) -> tuple[str, ...]:
    low, high = tally.interval
    return str(tally.passed), str(tally.total), f"{tally.share:.1%}", f"{low:.1%} – {high:.1%}"
