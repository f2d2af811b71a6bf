"""Results of a run: one JSON object a line, appended as the answers come, so that a run that was cut off can go on.

with ResultFile(folder / "results.jsonl") as file:
    file.append(result)
results = read_results(folder)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, Self

from eval.checking import Check, failures, judge
from eval.corpus import Corpus
from eval.metrics import Metric, measure
from eval.reading import read_case
from eval.replies import Reply
from eval.schema import Case
from eval.targets import Asked, Given
from index.errors import InputFileError
from index.jsonl import read_records

RESULTS, RUN = "results.jsonl", "run.json"


@dataclass(frozen=True)
class Result:
    """One conversation, what came of it, and every check."""

    case: Case
    on: date
    repeat: int
    answers: tuple[Mapping[str, Any], ...]
    checks: tuple[Check, ...]
    metrics: tuple[Metric, ...]
    seconds: tuple[float, ...]
    first_word: float | None
    error: str

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from the others of a run."""
        return self.case.id, self.repeat

    @property
    def passed(self) -> bool:
        """Whether every check is ok."""
        return not self.error and all(check.ok for check in self.checks)

    @property
    def reasons(self) -> list[str]:
        """Why it failed."""
        return [self.error] if self.error else failures(self.checks)

    @property
    def answer(self) -> Mapping[str, Any]:
        """The answer to the last turn; empty if there is none."""
        return self.answers[-1] if self.answers else {}

    def value(self, metric: str) -> float | None:
        """The value of a metric, None where it was not taken."""
        return next((one.value for one in self.metrics if one.name == metric), None)

    @property
    def fingerprint(self) -> str:
        """Changes when the case or its day does: such a result is not taken over by a later run."""
        return fingerprint(Asked(self.case, self.on))

    def as_json(self) -> dict[str, Any]:
        """The line of the results file."""
        return {
            "id": self.case.id, "repeat": self.repeat, "type": self.case.type, "passed": self.passed, "reasons": self.reasons,
            "on": self.on.isoformat(), "fingerprint": self.fingerprint, "case": self.case.model_dump(mode="json", exclude_defaults=True),
            "answer": self.answer, "turns": list(self.answers),
            "checks": [asdict(check) for check in self.checks], "metrics": [asdict(metric) for metric in self.metrics],
            "seconds": [round(value, 5) for value in self.seconds], "first_word": self.first_word, "error": self.error,
        }  # fmt: skip


def fingerprint(asked: Asked) -> str:
    """Stands for the words of a case and the day it is asked on."""
    words = asked.case.model_dump_json() + asked.on.isoformat()
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def judged(given: Given, corpus: Corpus) -> Result:
    """What came back, with its checks and metrics."""
    case, on = given.asked.case, given.asked.on
    checks: list[Check] = []
    metrics: list[Metric] = []
    error = given.error
    if not error:
        try:
            reply = Reply.of(given.answers[-1])
        except InputFileError as wrong:
            error = str(wrong)
        else:
            checks = judge(case, reply, corpus, on)
            metrics = measure(case, reply, checks)
    return Result(case, on, given.asked.repeat, given.answers, tuple(checks), tuple(metrics), given.seconds, given.first_word, error)


def read_results(path: Path) -> list[Result]:
    """The results of a run: the folder of its report, or the file in it.

    Raises:
        InputFileError: there are none, or a line is none.
    """
    file = path / RESULTS if path.is_dir() else path
    needed = ("case", "on", "repeat", "turns", "checks", "metrics", "seconds", "error")
    return [_result(record, f"{file}, line {number}") for number, record in enumerate(read_records(file, require=needed), 1)]


def _result(record: Mapping[str, Any], where: str) -> Result:
    try:
        return Result(
            read_case(record["case"], where),
            date.fromisoformat(record["on"]),
            int(record["repeat"]),
            tuple(record["turns"]),
            tuple(Check(**check) for check in record["checks"]),
            tuple(Metric(**metric) for metric in record["metrics"]),
            tuple(record["seconds"]),
            record.get("first_word"),
            record["error"],
        )
    except (TypeError, ValueError) as error:
        raise InputFileError(f"{where} is no result of a run ({error}). Run the cases again.") from error


class ResultFile:
    """A results file that is written line by line."""

    def __init__(self, path: Path, *, append: bool) -> None:
        self.path = path
        self._mode = "a" if append else "w"
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open(self._mode, encoding="utf-8", newline="\n")
        except OSError as error:
            raise InputFileError(f"{self.path} cannot be written: {error.strerror}. Name another --report.") from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def append(self, result: Result) -> None:
        """Write one line, whole and at once."""
        assert self._file is not None
        self._file.write(json.dumps(result.as_json(), ensure_ascii=False) + "\n")
        self._file.flush()
