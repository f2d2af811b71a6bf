"""Cases written in a spreadsheet (.csv or .xlsx): one row a case, one column a field, several values by line breaks in the cell.

found = read_sheet(Path("cases.xlsx"), problems := [])       # Found("cases.xlsx, row 2", {"id": …, "turns": […], "expect": {…}}) …

| column | cell |
|---|---|
| `id`, `lang`, `type`, `on`, `behaviour`, `behaviour_also`, `why`, `notes`, `known` | one value |
| `turns`, `tags`, `numbers_…`, `ceilings`, `cite_none_docs`, `text_none` | one value a line |
| `cite_any`, `cite_all` | one article a line: `qinhuangdao-2022-26 （二）`; without a label: anywhere in the document |
| `text_any`, `text_conclusion` | one group a line, its words separated by `/`: one of each line must appear |
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from eval.formats import Found
from eval.schema import Case, Expect
from index.errors import InputFileError

_FIGURES = ("numbers_all", "numbers_conclusion", "numbers_none", "numbers_not_final", "ceilings")
_LIST = ("turns", "tags", "cite_none_docs", "text_none", *_FIGURES)
_CITES = ("cite_any", "cite_all")
_GROUPS = ("text_any", "text_conclusion")
_CITE = re.compile(r"([^\s（(]+)\s*(.*)")
"""A policy and an article; the blank between them is easily forgotten before a bracket."""
COLUMNS = (*(name for name in Case.model_fields if name != "expect"), *Expect.model_fields)


def read_sheet(path: Path, problems: list[str]) -> Iterator[Found]:
    """Each row as the fields of a case, with its place; rows without a value are left out.

    Raises:
        InputFileError: the file cannot be read.
    """
    rows = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    head = [_text(cell).strip() for cell in next(rows, ())]
    wrong = list(_wrong_headings(path, head))
    if wrong:
        problems += wrong
        return
    for number, row in enumerate(rows, 2):
        values = [_text(cell).strip() for cell in row]
        where = f"{path}, row {number}"
        if any(values[len(head) :]):
            problems.append(
                f"{where}: has {len(values)} cells, the headings only {len(head)}. Put a cell with a comma into quotation marks."
            )
            continue
        cells = {name: cell for name, cell in zip(head, values, strict=False) if name and cell}
        if cells:
            yield Found(where, _record(cells))


def _wrong_headings(path: Path, head: Sequence[str]) -> Iterator[str]:
    if not any(head):
        return  # an empty file holds no case, which is told elsewhere
    unknown = [name for name in head if name and name not in COLUMNS]
    if not set(head) & set(COLUMNS):
        yield f"{path}, row 1: these are no headings. Write the names of the columns into the first row: id, turns, behaviour, …"
        return
    for name in unknown:
        near = difflib.get_close_matches(name.lower(), COLUMNS, n=1, cutoff=0.7)
        hint = f"did you mean {near[0]!r}?" if near else f"There are: {', '.join(COLUMNS)}."
        yield f"{path}, row 1: {name!r} is no column. {hint}"
    for name in ("id", "turns", "behaviour"):
        if name not in head and not unknown:
            found = ", ".join(filter(None, head))
            yield f"{path}, row 1: there is no column {name!r}. The first row holds the headings; it has: {found}."
    for name in dict.fromkeys(name for name in head if name and head.count(name) > 1):
        yield f"{path}, row 1: the column {name!r} stands twice. Keep one of them."


def _record(cells: Mapping[str, str]) -> dict[str, Any]:
    expect: dict[str, Any] = {}
    record: dict[str, Any] = {"expect": expect}
    for name, cell in cells.items():
        place = expect if name in Expect.model_fields else record
        place[name] = _value(name)(cell)
    return record


def _value(column: str) -> Callable[[str], Any]:
    if column in _CITES:
        return lambda cell: [_cite(line) for line in _lines(cell)]
    if column in _GROUPS:
        return lambda cell: [[word.strip() for word in line.split("/") if word.strip()] for line in _lines(cell)]
    return _lines if column in _LIST else str


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]


def _cite(line: str) -> dict[str, str | None]:
    match = _CITE.match(line)
    return {"doc": match[1], "article": match[2].strip() or None} if match else {"doc": line, "article": None}


def _text(cell: object) -> str:
    """A cell as text; Excel makes dates of days, and numbers of ids."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _xlsx(path: Path) -> Iterator[Sequence[object]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise InputFileError(f"{path} cannot be read: {error.strerror}. Give the path of an existing file.") from error
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InputFileError(f"{path} is no Excel workbook (.xlsx). Save it as one, or as .csv in UTF-8.") from error
    try:
        yield from book.worksheets[0].iter_rows(values_only=True)
    finally:
        book.close()


def _csv(path: Path) -> Iterator[Sequence[object]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputFileError(f"{path} cannot be read: {error.strerror}. Give the path of an existing file.") from error
    except UnicodeDecodeError as error:
        raise InputFileError(f"{path} is not UTF-8. In Excel, save as “CSV UTF-8”.") from error
    if "\0" in text:
        raise InputFileError(f"{path} is no text. Save the sheet as .xlsx, or as “CSV UTF-8”.")
    # Excel separates by semicolons where the comma is the decimal sign.
    first = text.split("\n", 1)[0]
    yield from csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
