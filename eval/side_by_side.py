"""The assistant and what people would use instead, on the same cases, judged alike: one table a set of cases.

rows = compare(read_cases([path]), corpus, settings, SYSTEMS)
print(as_markdown("the project's cases", rows))
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.corpus import Corpus
from eval.running import Progress, Run
from eval.schema import TODAY, Case
from eval.statistics import percentile
from eval.summary import Summary, summarise
from eval.targets import open_target
from index.config import Settings
from index.errors import InputFileError


@dataclass(frozen=True, slots=True)
class System:
    """Somebody who answers, and the library that must be installed for it."""

    name: str
    address: str
    library: str


def _baseline(name: str, module: str, library: str) -> System:
    return System(name, f"python:eval.baselines.{module}:answer", library)


SYSTEMS = (
    System("this assistant", "", "langchain_core"),
    _baseline("BM25 alone", "bm25", "bm25s"),
    _baseline("E5 alone", "e5", "sentence_transformers"),
    _baseline("LangChain, recursive splitter 1000/200", "langchain", "langchain_text_splitters"),
    _baseline("LlamaIndex, defaults", "llamaindex", "llama_index"),
    _baseline("Haystack, defaults", "haystack", "haystack"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one system reached on one set of cases. Shares are between 0 and 1, None where nothing could be counted."""

    system: str
    passed: int
    total: int
    interval: tuple[float, float]
    article_cited: float | None
    """Of the articles to be cited, those that were."""
    cited_right: float | None
    """Of the articles cited, those that are right ones."""
    figures_right: float | None
    """Of the figures expected or concluded with, those that are right."""
    unanswerable: float | None
    """Of the questions that no document answers, those taken rightly; a few allow an answer beside the refusal."""
    characters: float | None
    milliseconds: float
    """Median of a conversation."""


def installed(systems: Iterable[System] = SYSTEMS) -> tuple[list[System], list[System]]:
    """Those that can be asked here, and those whose library is missing."""
    there: list[System] = []
    missing: list[System] = []
    for system in systems:
        (there if importlib.util.find_spec(system.library) else missing).append(system)
    return there, missing


def ask(system: System, cases: Sequence[Case], corpus: Corpus, settings: Settings, progress: Progress) -> Row:
    """One system, asked all cases."""
    results = Run(cases, open_target(system.address, settings), corpus, TODAY).go(jobs=1, keep=lambda _: None, progress=progress)
    times = [sum(result.seconds) for result in results]
    return row_of(system.name, summarise(results), percentile(times, 0.5) * 1000)


def row_of(name: str, summary: Summary, milliseconds: float) -> Row:
    """The figures of the table, out of all that was measured."""

    def value(metric: str) -> float | None:
        return summary.metrics[metric].value if metric in summary.metrics else None

    return Row(
        system=name,
        passed=summary.total.passed,
        total=summary.total.total,
        interval=summary.total.interval,
        article_cited=value("citation_recall"),
        cited_right=value("citation_precision"),
        figures_right=value("number_accuracy"),
        unanswerable=value("refusal_recall"),
        characters=value("length"),
        milliseconds=round(milliseconds, 1),
    )


def as_markdown(title: str, rows: Sequence[Row]) -> str:
    """A table for people, best first."""
    columns = (
        *(title, "right", "95 % interval", "right article cited", "cited articles that are right"),
        *("figures right", "unanswerable taken rightly", "characters", "ms"),
    )
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for row in sorted(rows, key=lambda row: -row.passed):
        low, high = row.interval
        shares = (row.article_cited, row.cited_right, row.figures_right, row.unanswerable)
        cells = (
            row.system,
            f"{row.passed}/{row.total} = {_percent(row.passed / row.total)}",
            f"{_percent(low)} – {_percent(high)}",
            *(_percent(share) for share in shares),
            "–" if row.characters is None else f"{row.characters:.0f}",
            f"{row.milliseconds:.1f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}".replace("%", " %")


def as_json(tables: dict[str, list[Row]]) -> dict[str, Any]:
    """The tables by title."""
    return {title: [asdict(row) for row in rows] for title, rows in tables.items()}


def write_between(path: Path, name: str, text: str) -> None:
    """Put a text between `<!-- name -->` and `<!-- /name -->` of a document.

    Raises:
        InputFileError: the document cannot be read or written, or has no such marks.
    """
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    try:
        document = path.read_text(encoding="utf-8")
        marked = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
        if not marked.search(document):
            raise InputFileError(f"{path} has no {start} … {end}: put these two lines where the tables belong.")
        path.write_text(marked.sub(lambda _: f"{start}\n{text.strip()}\n{end}", document), encoding="utf-8")
    except OSError as error:
        raise InputFileError(f"{path} cannot be read and written: {error.strerror or error}.") from error
