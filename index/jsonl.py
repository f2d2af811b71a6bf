"""Files with one JSON object a line, as the command lines read and write them.

for record in read_records(Path("in.jsonl"), require=("id", "text")):
    ...
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from index.errors import InputFileError


def read_records(path: Path, *, require: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The objects of a file; empty lines are skipped.

    Args:
        path: A .jsonl file in UTF-8.
        require: Keys that every object must have.

    Raises:
        InputFileError: it cannot be read, or a line is wrong; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise InputFileError(f"{path} cannot be read: {error.strerror}. Give the path of an existing .jsonl file.") from error
    except UnicodeDecodeError as error:
        raise InputFileError(f"{path} is not UTF-8 ({error.reason} at byte {error.start}). Save it as UTF-8.") from error
    return [_record(line, f"{path}, line {number}", require) for number, line in enumerate(lines, start=1) if line.strip()]


def _record(line: str, where: str, require: Iterable[str]) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputFileError(f"{where} is not JSON ({error}). Write one object a line.") from error
    if not isinstance(record, dict):
        raise InputFileError(f"{where} is not a JSON object. Write one object a line.")
    missing = [key for key in require if key not in record]
    if missing:
        raise InputFileError(f"{where} lacks {', '.join(map(repr, missing))}.")
    return record


def write_records(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write one object a line.

    Raises:
        InputFileError: the file cannot be written.
    """
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    try:
        path.write_text("".join(lines), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputFileError(f"{path} cannot be written: {error.strerror}. Give a path in a folder you can write to.") from error
