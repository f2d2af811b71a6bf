"""What every benchmark says beside its figures: the machine, the versions, the day; and how it prints and keeps them.

report = {**environment(), "search p50 (ms)": 31.0}
show_report(report, as_json=False, out=Path("bench.json"))
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import typer

from eval.statistics import percentile
from index.embedder import Embedder, Progress, no_progress
from index.errors import InputFileError

LIBRARIES = ("torch", "sentence-transformers", "chromadb", "bm25s", "numpy", "langchain-core")


def environment() -> dict[str, Any]:
    """Machine, versions and day, by name."""
    system = f"{platform.system()} {platform.release()}"
    return {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()}, {system}, {platform.machine()}",
        "versions": versions(),
        "measured at": datetime.now(UTC).isoformat(timespec="minutes"),
    }


def versions(libraries: Sequence[str] = LIBRARIES) -> str:
    """Python and the libraries, those that are installed."""
    return ", ".join([f"python {platform.python_version()}", *(f"{name} {found}" for name in libraries if (found := _version(name)))])


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:  # not Linux
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unknown processor"


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf, some systems not these names
        return "memory unknown"


def show_report(report: Mapping[str, Any], *, as_json: bool = False, out: Path | None = None) -> None:
    """Print a report, as lines or as JSON; with `out`, write it there as JSON too.

    Raises:
        InputFileError: the file cannot be written.
    """
    text = json.dumps(report, ensure_ascii=False, indent=2)
    if out is not None:
        write_json(out, report)
    if as_json:
        typer.echo(text)
        return
    width = max(len(name) for name in report)
    for name, value in report.items():
        typer.echo(f"{name:<{width}}  {value}")


def write_json(out: Path, data: Any) -> None:
    """Write JSON to a file; folders are made.

    Raises:
        InputFileError: the file cannot be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputFileError(f"{out} cannot be written: {error.strerror or error}. Name another file with --out.") from error


def seconds(action: Callable[[], Any]) -> float:
    """How long it takes, by the clock on the wall."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def in_ms(times: Sequence[float], share: float = 0.5) -> float:
    """A percentile of times in seconds, in milliseconds."""
    return round(percentile(times, share) * 1000, 2)


class TimedEmbedder:
    """An embedder that adds up the time spent in it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder, self.identity, self.seconds = embedder, embedder.identity, 0.0

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """One row a question."""
        started = time.perf_counter()
        vectors = self._embedder.embed_queries(texts)
        self.seconds += time.perf_counter() - started
        return vectors

    def embed_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:
        """One row a text."""
        started = time.perf_counter()
        vectors = self._embedder.embed_passages(texts, progress)
        self.seconds += time.perf_counter() - started
        return vectors
