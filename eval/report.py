"""The report of a run as one HTML file: totals by kind, failures first with their reasons, the cited articles, charts, times.

write_report(folder, results, summary, description, corpus)      # report.html
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.corpus import Corpus
from eval.rendering import render
from eval.replies import Reply
from eval.results import Result
from eval.running import write_text
from eval.summary import ALL, Summary, milliseconds

HTML = "report.html"
_BARS = 24
_PLAIN_NUMBERS = ("length", "unproven_figures")
"""Metrics that are no shares."""
_BEHAVIOURS = {"answer": "answered", "clarify": "asked back", "refuse": "refused"}
_CHECKED = {
    "not_empty": "there is text",
    "behaviour": "kind of reply:",
    "cite_all": "cites",
    "cite_any": "cites one of",
    "cite_none_docs": "does not cite",
    "numbers_all": "states",
    "numbers_conclusion": "conclusion states",
    "numbers_none": "conclusion does not state",
    "numbers_not_final": "does not conclude with",
    "text_any": "says one of",
    "text_conclusion": "conclusion says one of",
    "text_none": "does not say",
    "quotations": "quotations stand where they are cited",
    "ceiling": "calls a ceiling one:",
    "standing": "says that the document is",
    "place": "speaks of no other city",
    "figures": "figures of the conclusion are proven",
}
"""The checks in words."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article that is linked to, or the lack of it."""

    anchor: str
    name: str
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One conversation as the page shows it."""

    result: Result
    citations: Sequence[tuple[str, str, str]]
    """Anchor ("" if there is no such article), name, quotation."""
    expected: Sequence[tuple[str, str]]
    """Anchor and name of the articles that are right to cite."""

    @property
    def state(self) -> str:
        """`failed`, `known` (failed, as it is known to) or `passed`."""
        return "passed" if self.result.passed else "known" if self.result.case.known else "failed"


def write_report(folder: Path, results: Sequence[Result], summary: Summary, description: Mapping[str, Any], corpus: Corpus) -> Path:
    """Write `report.html` into a folder, and give its path.

    Raises:
        InputFileError: it cannot be written.
    """
    path = folder / HTML
    write_text(path, report_html(results, summary, description, corpus))
    return path


def report_html(results: Sequence[Result], summary: Summary, description: Mapping[str, Any], corpus: Corpus) -> str:
    """The page."""
    sources = _Sources(corpus)
    shown = [_shown(result, sources) for result in results]
    order = {"failed": 0, "known": 1, "passed": 2}
    return render(
        "report.html",
        run=description,
        summary=summary,
        kinds={ALL: summary.total, **summary.kinds},
        cases=sorted(shown, key=lambda one: order[one.state]),
        counts={state: sum(one.state == state for one in shown) for state in order},
        sources=sources.named(),
        times=milliseconds(summary.seconds),
        first_words=milliseconds(summary.first_words) if summary.first_words else {},
        bars=histogram(summary.seconds),
        checked=_CHECKED,
        behaviours=_BEHAVIOURS,
        plain_numbers=_PLAIN_NUMBERS,
    )


def _shown(result: Result, sources: _Sources) -> Shown:
    cited = Reply.of(result.answer).citations if result.answer and not result.error else ()
    return Shown(
        result,
        [(sources.anchor(one.policy, one.article), f"{one.policy} {one.article or ''}".strip(), one.quote) for one in cited],
        [(sources.anchor(cite.doc, cite.article), f"{cite.doc} {cite.article or ''}".strip()) for cite in result.case.expect.cites],
    )


class _Sources:
    """The articles that the page links to: each stands in it once."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._found: dict[tuple[str, int], Source] = {}

    def anchor(self, policy_id: str, label: str | None) -> str:
        """Where the article stands in the page; of several of that label the first, of none ""."""
        articles = self._corpus.find(policy_id, label)
        if not articles or label is None:
            return ""
        article = articles[0]
        name = f"{policy_id}-{article.start}"
        title = self._corpus.policies[policy_id].title
        self._found[policy_id, article.start] = Source(name, f"{policy_id} {article.label}", article.text, title)
        return name

    def named(self) -> list[Source]:
        """All that were asked for, in the order of the documents."""
        return [self._found[key] for key in sorted(self._found)]


def histogram(seconds: Sequence[float]) -> list[tuple[str, int, float]]:
    """Bars over times, each twice as fine as a doubling: label of its upper edge in ms, count, height from 0 to 1."""
    if not seconds:
        return []
    slots = [max(0, math.ceil(2 * math.log2(max(1e-3, second) * 1000))) for second in seconds]
    first, last = min(slots), min(max(slots), min(slots) + _BARS - 1)
    counts = [sum(1 for slot in slots if min(slot, last) == number) for number in range(first, last + 1)]
    return [(f"{2 ** (number / 2):.0f}", count, count / max(counts)) for number, count in zip(range(first, last + 1), counts, strict=True)]
