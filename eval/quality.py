"""The quality that must not be lost: passed cases by kind, kept in `eval/quality.json` under a name.

worse = falls_below("main", summary)      # ["calc: 49 passed, 51 before"]
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.summary import ALL, Summary
from index.errors import InputFileError

FILE = Path(__file__).with_name("quality.json")


def _read(file: Path) -> dict[str, Any]:
    try:
        stored: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InputFileError(f"{file} cannot be read: {error}. Make it again with --save-baseline.") from error
    return stored


def falls_below(name: str, summary: Summary, file: Path = FILE) -> list[str]:
    """The kinds in which fewer cases pass than in the baseline, in words.

    Raises:
        InputFileError: there is no baseline of that name.
    """
    stored = _read(file)
    if name not in stored:
        known = ", ".join(stored) or "none"
        raise InputFileError(f"no baseline {name!r} in {file}; there are: {known}. Make it with --save-baseline {name}.")
    now = {ALL: summary.total, **summary.kinds}
    passed = {kind: tally.passed for kind, tally in now.items()}
    return [f"{kind}: {passed.get(kind, 0)} passed, {before['passed']} before" for kind, before in stored[name].items()
            if passed.get(kind, 0) < before["passed"]]  # fmt: skip


def save_baseline(name: str, summary: Summary, file: Path = FILE) -> None:
    """Keep the passes of this run as the baseline of that name."""
    stored = _read(file)
    now = {ALL: summary.total, **summary.kinds}
    stored[name] = {kind: {"passed": tally.passed, "total": tally.total} for kind, tally in now.items()}
    try:
        file.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputFileError(f"{file} cannot be written: {error.strerror}.") from error
