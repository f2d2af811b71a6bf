"""The command line of the index.

python -m index build
python -m index search "租金能补多少？" --place 连云港
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Column, Table

from index.config import Settings, load_settings
from index.errors import ConfigError, InputFileError, NoSuchPolicyError, PolicyDeskError, PolicyError, QuestionError
from index.jsonl import read_records, write_records
from index.models import Article, Hit, Policy

app = typer.Typer(
    help="Read policy documents and find articles in them. Settings come from the environment: POLICYDESK_POLICIES, POLICYDESK_DATA …",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
BAD_INPUT = (ConfigError, PolicyError, InputFileError, QuestionError)
"""Errors that the caller can mend by another call: exit code 2. All others are failures: exit code 1."""
SHOWN = 80

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def build(as_json: AsJson = False) -> None:
    """Bring the index up to date with the folder of policies. Only what changed is embedded."""
    from index.builder import build as build_index

    settings = load_settings()
    with _progress_bar() as bar:
        task = bar.add_task("Reading policies", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, description="Embedding", completed=done, total=total)

        report = build_index(settings, show)
    for warning in report.warnings:
        _note(f"Warning: {warning}")
    if as_json:
        _print_json(asdict(report))
        return
    print(
        f"{report.policies} policies in {settings.data}: {report.embedded} chunks embedded, {report.reused} reused, {report.seconds:.1f} s."
    )
    for verb, ids in (("Added", report.added), ("Changed", report.changed), ("Removed", report.removed)):
        if ids:
            print(f"{verb}: {', '.join(ids)}")


@app.command("list")
def list_policies(as_json: AsJson = False) -> None:
    """List the policies with place, state and dates."""
    policies = _policies(load_settings())
    if as_json:
        _print_json([_policy_row(policy) for policy in policies])
        return
    table = Table(Column("Policy", no_wrap=True), Column("Place", no_wrap=True), "Title", "Status", "In force", "Articles")
    for policy in policies:
        days = [str(fact.value or "…") for fact in (policy.effective_from, policy.effective_to)]
        table.add_row(policy.id, policy.place.name, policy.title, policy.status.value, " – ".join(days), str(len(policy.articles)))
    Console().print(table)


@app.command()
def show(
    policy: Annotated[str, typer.Argument(help="Policy id, as 'list' prints it.")],
    article: Annotated[
        str | None, typer.Argument(help="Label, as 'show POLICY' prints it: （二）, 三（三）1; brackets may be left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a policy's articles, or the words of one."""
    found = _policy(_policies(load_settings()), policy)
    if article is None:
        if as_json:
            _print_json(_policy_row(found) | {"articles": [_article_row(one) for one in found.articles]})
            return
        print(f"{found.title}\n{found.place.name}  {found.document_number}  {found.status.value}\n")
        for one in found.articles:
            print(f"{one.label or '–':　<8} {one.heading or _shortened(one.text)}")
        return
    one = _article(found, article)
    if as_json:
        _print_json(_article_row(one))
        return
    for above in (one.section, *one.parents):
        print(above)
    print(one.text.strip())


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="A question or some words.")],
    policy: Annotated[list[str] | None, typer.Option(help="Only this policy; may be repeated.")] = None,
    place: Annotated[str | None, typer.Option(help="Only policies of this place: 连云港, Lianyungang …")] = None,
    k: Annotated[int, typer.Option("-k", min=1, help="At most so many articles.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find articles, the best first."""
    from index.search import Searcher

    settings = load_settings()
    if not query.strip():
        raise QuestionError("The query is empty. Type a question or some words.")
    if len(query) > settings.max_question:
        raise QuestionError(f"The query has {len(query)} characters, more than {settings.max_question}. Shorten it.")
    wanted = _wanted(settings, policy or [], place)
    with Console(stderr=True).status("Loading the embedding model"):
        hits = Searcher.open(settings).search(query, policies=wanted, k=k)
    if as_json:
        _print_json([_hit_row(hit) for hit in hits])
        return
    if not hits:
        print("Nothing found.")
    for hit in hits:
        where = ", ".join(f"{name} {rank}" for name, rank in hit.ranks.items())
        print(f"{hit.rank:>2}  {hit.chunk.policy_id}  {hit.chunk.label or '–'}  ({where})\n    {_shortened(hit.chunk.text)}")


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A .txt or .docx document.")],
    policy_id: Annotated[str | None, typer.Option("--id", help="Id of the new policy; made from the file name if left out.")] = None,
) -> None:
    """Make a policy folder of a document. Then check its policy.yaml, and build."""
    from index.importer import import_document

    result = import_document(file, load_settings().policies, policy_id=policy_id)
    for warning in result.warnings:
        _note(f"Warning: {warning}")
    print(f"{result.folder}: {result.policy.title}, {len(result.policy.articles)} articles ({result.encoding}).")
    print(f"Check {result.folder / 'policy.yaml'}, then: python -m index build")


@app.command()
def quantities(
    text: Annotated[str | None, typer.Argument(help="Text to read figures from; '-' reads standard input.")] = None,
    batch: Annotated[Path | None, typer.Option(help='A file with one {"id", "text"} a line.')] = None,
    out: Annotated[Path | None, typer.Option(help='Where to write one {"id", "quantities"} a line.')] = None,
) -> None:
    """Read figures and dates from a text, with unit, bound and offsets; values are exact decimal strings."""
    from index.quantities import quantities_as_json

    if (text is None) == (batch is None) or (batch is None) != (out is None):
        raise typer.BadParameter("Give either TEXT, or --batch IN together with --out OUT.")
    if batch is None or out is None:
        _print_json(quantities_as_json(sys.stdin.read() if text == "-" else str(text)))
        return
    records = read_records(batch, require=("id", "text"))
    wrong = next((record["id"] for record in records if not isinstance(record["text"], str)), None)
    if wrong is not None:
        raise InputFileError(f"{batch}: the text of {wrong!r} is not a string.")
    write_records(out, ({"id": record["id"], "quantities": quantities_as_json(record["text"])} for record in records))
    print(f"{len(records)} texts read, written to {out}.")


def _policies(settings: Settings) -> list[Policy]:
    """The policies that can be loaded; the others are named on standard error."""
    from index.policies import load_policies

    policies, problems = load_policies(settings.policies)
    for problem in problems:
        _note(f"Warning: {problem.error}")
    return policies


def _policy(policies: list[Policy], id_: str) -> Policy:
    for policy in policies:
        if policy.id == id_:
            return policy
    raise NoSuchPolicyError(f"There is no policy {id_!r}. There are: {', '.join(policy.id for policy in policies) or 'none'}.")


def _article(policy: Policy, label: str) -> Article:
    wanted = [one for one in policy.articles if one.label == label] or [
        one for one in policy.articles if one.label and _bare(one.label) == _bare(label)
    ]
    if wanted:
        return wanted[0]
    labels = "  ".join(one.label for one in policy.articles if one.label)
    raise NoSuchPolicyError(f"{policy.id} has no article {label!r}. It has: {labels}")


def _bare(label: str) -> str:
    """Without brackets and 第…条, so that a label can be typed easily."""
    return re.sub(r"[（）()第条款项、.．\s]", "", label)


def _wanted(settings: Settings, ids: list[str], place: str | None) -> set[str] | None:
    """Ids of the policies to search in; None for all."""
    if not ids and place is None:
        return None
    policies = _policies(settings)
    wanted = {_policy(policies, id_).id for id_ in ids} or {policy.id for policy in policies}
    if place is None:
        return wanted
    there = {policy.id for policy in policies if _is_at(policy, place)}
    if not there:
        known = sorted({policy.place.name for policy in policies})
        raise QuestionError(f"No policy of {place!r}. There are policies of: {', '.join(known)}.")
    return wanted & there


def _is_at(policy: Policy, place: str) -> bool:
    names = {policy.place.province, policy.place.city, policy.place.district, *policy.aliases, *policy.place_en.split(",")}
    bare = {name.strip().lower().rstrip("省市区县") for name in names if name}
    return place.strip().lower().rstrip("省市区县") in bare


def _policy_row(policy: Policy) -> dict[str, Any]:
    return {
        "id": policy.id,
        "title": policy.title,
        "place": policy.place.name,
        "document_number": policy.document_number,
        "status": policy.status.value,
        "effective_from": _day(policy.effective_from.value),
        "effective_to": _day(policy.effective_to.value),
        "warnings": list(policy.warnings),
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _article_row(article: Article) -> dict[str, Any]:
    return {
        "label": article.label,
        "kind": article.kind.value,
        "section": article.section,
        "parents": list(article.parents),
        "heading": article.heading,
        "start": article.start,
        "end": article.end,
        "text": article.text,
    }


def _hit_row(hit: Hit) -> dict[str, Any]:
    chunk = hit.chunk
    return {
        "rank": hit.rank,
        "policy": chunk.policy_id,
        "article": chunk.label,
        "place": chunk.place,
        "context": chunk.context,
        "text": chunk.text,
        "start": chunk.start,
        "end": chunk.end,
        "score": round(hit.score, 6),
        "ranks": hit.ranks,
    }


def _progress_bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _shortened(text: str) -> str:
    line = re.sub(r"\s+", " ", text.strip())
    return line if len(line) <= SHOWN else line[:SHOWN] + "…"


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _note(message: str) -> None:
    print(message, file=sys.stderr)


def main() -> None:
    """Run the command; an error meant for the user is one line, not a traceback."""
    try:
        app(prog_name="python -m index")
    except PolicyDeskError as error:
        _note(f"Error: {error}")
        sys.exit(2 if isinstance(error, BAD_INPUT) else 1)


if __name__ == "__main__":
    main()
