"""The command line of the evaluation.

python -m eval run eval/cases/answers --report report
python -m eval baselines eval/cases/answers
python -m eval bench retrieval --questions questions.jsonl --statutes stard
python -m eval bench latency
python -m eval bench build
python -m eval bench scale --sizes 5,50
python -m eval bench rules
python -m eval bench extraction --details
python -m eval bench verify --questions questions.jsonl
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from eval.bench_commands import AsJson, Out, add_benches, bar, shown_progress
from eval.commands import add_commands
from eval.machine import environment, show_report, write_json
from eval.side_by_side_command import baselines
from index.config import load_settings
from index.errors import ConfigError, InputFileError, PolicyDeskError, PolicyError

app = typer.Typer(help="Measure the assistant from outside.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
bench = typer.Typer(help="Speed and quality of single parts.", no_args_is_help=True)
app.add_typer(bench, name="bench")
add_commands(app)
add_benches(bench)
app.command("baselines")(baselines)
BAD_INPUT = (ConfigError, PolicyError, InputFileError)
"""Errors that the caller can mend by another call: exit code 2. All others are failures: exit code 1."""


@app.callback()
def evaluation() -> None:
    """Measure the assistant from outside."""


@bench.command()
def retrieval(
    questions: Annotated[
        Path | None, typer.Option(help="Questions about the policies (.jsonl) with 'turns' and 'expect.cite_any'.")
    ] = None,
    policies: Annotated[Path | None, typer.Option(help="Folder of policies; default: the one of the settings.")] = None,
    statutes: Annotated[Path | None, typer.Option(help="Folder with corpus.jsonl and queries.jsonl.")] = None,
    misses: Annotated[bool, typer.Option("--misses", help="Name the questions whose right article is not first.")] = False,
    as_json: AsJson = False,
    out: Out = None,
) -> None:
    """How often the right article is found: one table a corpus, with the dense, the lexical and the fused list."""
    from eval.bench_retrieval import Result, policies_result, statutes_result

    if questions is None and statutes is None:
        raise typer.BadParameter("Give --questions FILE, --statutes DIR, or both.")
    settings = load_settings()
    results: dict[str, Result] = {}
    with bar() as shown:
        if questions is not None:
            own = (
                settings
                if policies is None
                else settings.model_copy(update={"policies": policies, "data": settings.data / "bench-policies"})
            )
            results["policies"] = policies_result(questions, own, shown_progress(shown, "Policies"))
        if statutes is not None:
            results["statutes"] = statutes_result(statutes, settings, shown_progress(shown, "Statutes"))
    if _as_json(environment() | {name: asdict(result) for name, result in results.items()}, as_json, out):
        return
    for name, result in results.items():
        _print_scores(name, result)
        for miss in result.missed if misses else ():
            print(f"  {miss['id']}  rank {miss['rank'] or '–'}  {miss['question']}  -> {'; '.join(miss['found'])}")


@bench.command("rules")
def bench_rules(as_json: AsJson = False, out: Out = None) -> None:
    """Time of one calculation and of matching a company against thousands of rules, beside a bare loop over the same records."""
    from eval.bench_rules import measure

    show_report({**environment(), **measure(load_settings())}, as_json=as_json, out=out)


@bench.command("extraction")
def bench_extraction(
    details: Annotated[bool, typer.Option("--details", help="Name what was missed, invented or wrong.")] = False,
    as_json: AsJson = False,
    out: Out = None,
) -> None:
    """Proposed rules against people's reading: reviewed policies of the settings, and the annotated documents of other cities."""
    from assistant.rules.loader import load_all
    from eval.bench_extraction import bench_cases, bench_policies, format_scores
    from index.policies import load_policies

    settings = load_settings()
    policies, _ = load_policies(settings.policies)
    reviewed, _ = load_all(policies, settings.policies)
    files = {name: rules.file for name, rules in reviewed.items() if any(rule.review for rule in rules.rules)}
    results = {
        "reviewed policies": bench_policies([policy for policy in policies if policy.id in files], files),
        "annotated documents": bench_cases(),
    }
    if _as_json(environment() | {name: [asdict(score) for score in scores] for name, scores in results.items()}, as_json, out):
        return
    for name, scores in results.items():
        print(f"{name}\n{format_scores(scores, details=details)}\n")


def _as_json(report: dict[str, Any], as_json: bool, out: Path | None) -> bool:
    """Keep a report whose figures make a table of their own; True where JSON is all that is printed."""
    if out is not None:
        write_json(out, report)
    show_report(report if as_json else environment(), as_json=as_json)
    return as_json


@bench.command("verify")
def bench_verify(
    questions: Annotated[Path | None, typer.Option(help="Questions with what their answers must show: a .jsonl file or a folder.")] = None,
    each: Annotated[int, typer.Option(min=1, help="Mutants of each kind made of one answer.")] = 1,
    seed: Annotated[int, typer.Option(help="The same seed makes the same mutants.")] = 1,
    details: Annotated[bool, typer.Option("--details", help="Name what was missed, and what was flagged wrongly.")] = False,
    as_json: AsJson = False,
    out: Out = None,
) -> None:
    """Right answers spoiled by program in some fifty ways: how many are caught, how many right ones are flagged, and in what time."""
    from eval.bench_verify import QUESTIONS, format_report, measure, read_questions

    with bar() as shown:
        asked = read_questions(questions or QUESTIONS)
        report = measure(load_settings(), asked, seed=seed, each=each, progress=shown_progress(shown, "Answers"))
    if not _as_json(environment() | report, as_json, out):
        print(format_report(report, details=details))


def _print_scores(name: str, result: Any) -> None:
    table = Table("List", "MRR@10", "hit@1", "hit@5", "hit@10", title=f"{name}: {result.scores['fused'].questions} questions")
    for list_name, scores in result.scores.items():
        figures = (scores.mrr_at_10, scores.hit_at_1, scores.hit_at_5, scores.hit_at_10)
        table.add_row(list_name, *(f"{figure:.4f}" for figure in figures))
    Console().print(table)


def main() -> None:
    """Run the command; an error meant for the user is one line, not a traceback."""
    try:
        app(prog_name="python -m eval")
    except PolicyDeskError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, BAD_INPUT) else 1)


if __name__ == "__main__":
    main()
