"""The sums of a run: passed by kind with confidence intervals, the metrics, the times.

summary = summarise(results)
summary.kinds["calc"].passed, summary.metrics["citation_recall"].value
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.metrics import AT
from eval.results import Result
from eval.statistics import percentile, wilson

ALL = "all"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases passed. A case that is asked several times passes if it does every time."""

    passed: int
    total: int
    known: int = 0
    """Of those that failed, how many are known to fail."""

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.passed / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % confidence interval of the share."""
        return wilson(self.passed, self.total)


@dataclass(frozen=True, slots=True)
class Measured:
    """One metric over all cases in which it was taken."""

    value: float
    count: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All sums."""

    total: Tally
    kinds: dict[str, Tally]
    languages: dict[str, Tally]
    metrics: dict[str, Measured]
    seconds: tuple[float, ...]
    """Of each turn that was timed."""
    first_words: tuple[float, ...]
    failed: tuple[str, ...]
    """Ids, known failures left out."""
    fixed: tuple[str, ...]
    """Ids of known failures that pass now."""
    disagreeing: tuple[str, ...]
    """Ids whose repetitions do not agree in verdict or words."""


def summarise(results: Sequence[Result]) -> Summary:
    """The sums of one run."""
    by_case: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_case[result.case.id].append(result)
    cases = list(by_case.values())
    return Summary(
        total=_tally(cases),
        kinds=_by(cases, lambda result: result.case.type),
        languages=_by(cases, lambda result: result.case.lang),
        metrics=_metrics(results),
        seconds=tuple(second for result in results for second in result.seconds),
        first_words=tuple(result.first_word for result in results if result.first_word is not None),
        failed=tuple(id_ for id_, runs in by_case.items() if not _passed(runs) and not runs[0].case.known),
        fixed=tuple(id_ for id_, runs in by_case.items() if _passed(runs) and runs[0].case.known),
        disagreeing=tuple(id_ for id_, runs in by_case.items() if len({(run.passed, str(run.answer.get("text"))) for run in runs}) > 1),
    )


def _passed(runs: Iterable[Result]) -> bool:
    return all(run.passed for run in runs)


def _tally(cases: Sequence[list[Result]]) -> Tally:
    failed = [runs for runs in cases if not _passed(runs)]
    return Tally(len(cases) - len(failed), len(cases), sum(bool(runs[0].case.known) for runs in failed))


def _by(cases: Sequence[list[Result]], key: Callable[[Result], str]) -> dict[str, Tally]:
    groups: dict[str, list[list[Result]]] = defaultdict(list)
    for runs in cases:
        groups[key(runs[0])].append(runs)
    return {name: _tally(groups[name]) for name in sorted(groups)}


_MEANINGS = {
    "citation_precision": "of the articles cited, share that are right ones",
    "citation_recall": "of the articles to be cited, share that are",
    "ceiling_kept": "answers in which a ceiling is called one",
    "status_told": "answers that say draft, expired … where the document is",
    "own_city": "answers that speak of no other city",
    "quoted_verbatim": "answers whose quotations all stand where they are cited",
    "unproven_figures": "figures without a proof, by the answers' own checks",
    "length": "characters of an answer, mean",
}
_SUMS = ("unproven_figures",)


def _metrics(results: Sequence[Result]) -> dict[str, Measured]:
    measured: dict[str, Measured] = dict(_behaviour(results))
    ranks = _values(results, "right_article_rank")
    for limit in AT if ranks else ():
        hits = sum(1 for rank in ranks if 0 < rank <= limit)
        measured[f"right_article_at_{limit}"] = Measured(hits / len(ranks), len(ranks), f"a right article is among the first {limit} cited")
    counts = {name: sum(_values(results, f"numbers_{name}")) for name in ("stated", "missing", "wrong")}
    figures = sum(counts.values())
    if figures:
        meaning = f"figures right: {counts['stated']:.0f} stated, {counts['missing']:.0f} missing, {counts['wrong']:.0f} wrong"
        measured["number_accuracy"] = Measured(counts["stated"] / figures, int(figures), meaning)
    for name, meaning in _MEANINGS.items():
        values = _values(results, name)
        if values:
            total = sum(values)
            measured[name] = Measured(total if name in _SUMS else total / len(values), len(values), meaning)
    return measured


def _values(results: Sequence[Result], name: str) -> list[float]:
    return [value for result in results if (value := result.value(name)) is not None]


def _behaviour(results: Sequence[Result]) -> Iterable[tuple[str, Measured]]:
    done = [result for result in results if not result.error]
    if not done:
        return
    right = [result.answer.get("behaviour") in (result.case.expect.behaviour, result.case.expect.behaviour_also) for result in done]
    yield "behaviour_accuracy", Measured(sum(right) / len(done), len(done), "answered, asked back or refused as expected")
    refused = [is_right for result, is_right in zip(done, right, strict=True) if result.answer.get("behaviour") == "refuse"]
    if refused:
        yield "refusal_precision", Measured(sum(refused) / len(refused), len(refused), "of the refusals, share that are right")
    to_refuse = [result.answer.get("behaviour") == "refuse" for result in done if set(_allowed(result)) <= {"refuse", None}]
    if to_refuse:
        meaning = "of the questions that must be refused, share that are"
        yield "refusal_recall", Measured(sum(to_refuse) / len(to_refuse), len(to_refuse), meaning)
    false = sum(1 for result in done if result.answer.get("behaviour") == "refuse" and "refuse" not in _allowed(result))
    answerable = sum("refuse" not in _allowed(result) for result in done)
    if answerable:
        yield "false_refusals", Measured(false / answerable, answerable, "of the questions with an answer, share refused")


def _allowed(result: Result) -> tuple[str | None, ...]:
    return result.case.expect.behaviour, result.case.expect.behaviour_also


def milliseconds(values: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and longest of some times."""
    return {name: round(1000 * percentile(values, share), 1) for name, share in (("p50", 0.5), ("p95", 0.95), ("max", 1.0))}
