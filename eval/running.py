"""Asks a target all cases and judges what it says.

run = Run(cases, target, corpus, on=TODAY)
results = run.go(jobs=2, keep=file.append)
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from eval.corpus import Corpus
from eval.results import RESULTS, RUN, Result, fingerprint, judged, read_results
from eval.schema import Case
from eval.targets import Asked, Target
from index.errors import InputFileError

Progress = Callable[[int, int], None]


@dataclass
class Run:
    """One run: who is asked what, on which day, how often."""

    cases: Sequence[Case]
    target: Target
    corpus: Corpus
    on: date
    repeat: int = 1
    done: Mapping[tuple[str, int], Result] = field(default_factory=dict)
    """Results of a run that was cut off: these are not asked again."""

    def go(self, *, jobs: int, keep: Callable[[Result], None], progress: Progress) -> list[Result]:
        """Ask, judge, and hand each result to `keep` as it comes; the results in the order of the cases."""
        asked = [Asked(case, case.on or self.on, number) for number in range(1, self.repeat + 1) for case in self.cases]
        results = {one.key: self.done[one.key] for one in asked if one.key in self.done and self._is_same(one)}
        open_ = [one for one in asked if one.key not in results]
        progress(len(results), len(asked))
        for given in self.target.ask(open_, jobs) if open_ else ():
            result = judged(given, self.corpus)
            results[given.asked.key] = result
            keep(result)
            progress(len(results), len(asked))
        return [results[one.key] for one in asked]

    def _is_same(self, asked: Asked) -> bool:
        """Whether the case of the earlier result still has the same words."""
        return self.done[asked.key].fingerprint == fingerprint(asked)


def describe(run: Run) -> dict[str, Any]:
    """What a report says about a run."""
    return {
        "target": run.target.name,
        "on": run.on.isoformat(),
        "repeat": run.repeat,
        "policies": sorted(run.corpus.policies),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }


def write_description(folder: Path, description: Mapping[str, Any]) -> None:
    """Write `run.json` into the folder of the report."""
    write_text(folder / RUN, json.dumps(description, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a file of the report, and its folder if there is none.

    Raises:
        InputFileError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputFileError(f"{path} cannot be written: {error.strerror}. Name another place.") from error


def read_description(path: Path) -> dict[str, Any]:
    """What is known of the run whose folder or results file this is; little, if `run.json` is not there."""
    unknown = {"target": path.name, "at": "?", "on": "?"}
    try:
        return unknown | dict(json.loads(((path if path.is_dir() else path.parent) / RUN).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return unknown


def earlier_results(folder: Path, description: Mapping[str, Any]) -> list[Result]:
    """Whole lines of a run that was cut off; a last line that was being written is dropped.

    Raises:
        InputFileError: the run asked somebody else, or is not there.
    """
    try:
        before = json.loads((folder / RUN).read_text(encoding="utf-8"))
        text = (folder / RESULTS).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputFileError(f"{folder} holds no run that could go on. Leave --resume out.") from error
    if before.get("target") != description["target"]:
        raise InputFileError(f"the run in {folder} asked {before.get('target')}. Name that --target, or leave --resume out.")
    whole = text[: text.rfind("\n") + 1]
    if not whole.strip():
        return []
    (folder / RESULTS).write_text(whole, encoding="utf-8", newline="\n")
    return read_results(folder)


def peak_memory() -> float | None:
    """Most memory this process had, in MB; None where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def picked(cases: Iterable[Case], tags: Sequence[str] = (), types: Sequence[str] = ()) -> list[Case]:
    """The cases that have one of the tags, and are of one of the kinds."""
    return [case for case in cases if (not tags or set(tags) & set(case.tags)) and (not types or case.type in types)]
