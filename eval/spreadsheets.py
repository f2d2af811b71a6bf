"""Cases written in a spreadsheet (.csv or .xlsx): one row a case, one column a field, several values by line breaks in the cell.

records = read_sheet(Path("cases.xlsx"))       # [("cases.xlsx, row 2", {"id": …, "turns": […], "expect": {…}})]

| column | cell |
|---|---|
| `id`, `lang`, `type`, `on`, `behaviour`, `behaviour_also`, `why`, `notes`, `known` | one value |
| `turns`, `tags`, `numbers_…`, `ceilings`, `cite_none_docs`, `text_none` | one value a line |
| `cite_any`, `cite_all` | one article a line: `qinhuangdao-2022-26 （二）`; without a label: anywhere in the document |
| `text_any` | one group a line, its words separated by `/`: one of each line must appear |
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from eval.corpus import Corpus
from eval.reading import read_case
from eval.schema import Case, Expect
from index.errors import InputFileError

_FIGURES = ("numbers_all", "numbers_conclusion", "numbers_none", "numbers_not_final", "ceilings")
_LIST = ("turns", "tags", "cite_none_docs", "text_none", *_FIGURES)
_CITES = ("cite_any", "cite_all")
COLUMNS = (*(name for name in Case.model_fields if name != "expect"), *Expect.model_fields)


def import_cases(path: Path, corpus: Corpus | None = None) -> list[Case]:
    """The cases of a spreadsheet.

    Raises:
        InputFileError: it cannot be read, or a row is no case; names row and column.
    """
    cases: dict[str, Case] = {}
    for where, record in read_sheet(path):
        case = read_case(record, where, corpus=corpus)
        if case.id in cases:
            raise InputFileError(f"{where}, id: {case.id!r} stands in an earlier row. Give each case an id of its own.")
        cases[case.id] = case
    if not cases:
        raise InputFileError(f"{path} holds no case: below the row of headings there must be one row a case.")
    return list(cases.values())


def read_sheet(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row as the fields of a case, with its place; rows without a value are left out."""
    rows = _xlsx(path) if path.suffix == ".xlsx" else _csv(path)
    head = [_text(cell).strip() for cell in next(rows, ())]
    _check_head(path, head)
    for number, row in enumerate(rows, 2):
        cells = {name: _text(cell).strip() for name, cell in zip(head, row, strict=False) if name}
        if any(cells.values()):
            yield f"{path}, row {number}", _record({name: cell for name, cell in cells.items() if cell})


def _check_head(path: Path, head: Sequence[str]) -> None:
    for name in ("id", "turns", "behaviour"):
        if name not in head:
            found = ", ".join(filter(None, head)) or "none"
            raise InputFileError(f"{path}, row 1: there is no column {name!r}. The first row holds the headings; it has: {found}.")
    unknown = [name for name in head if name and name not in COLUMNS]
    if unknown:
        raise InputFileError(f"{path}, row 1: {unknown[0]!r} is no column. There are: {', '.join(COLUMNS)}.")
    twice = next((name for name in head if name and head.count(name) > 1), None)
    if twice:
        raise InputFileError(f"{path}, row 1: the column {twice!r} stands twice. Keep one of them.")


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
    if column == "text_any":
        return lambda cell: [[word.strip() for word in line.split("/") if word.strip()] for line in _lines(cell)]
    return _lines if column in _LIST else str


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.splitlines() if line.strip()]


def _cite(line: str) -> dict[str, str | None]:
    policy, _, label = line.replace("\u3000", " ").partition(" ")
    return {"doc": policy, "article": label.strip() or None}


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
    if path.suffix != ".csv":
        raise InputFileError(f"{path} is no spreadsheet: its name must end in .csv or .xlsx.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputFileError(f"{path} cannot be read: {error.strerror}. Give the path of an existing file.") from error
    except UnicodeDecodeError as error:
        raise InputFileError(f"{path} is not UTF-8. In Excel, save as “CSV UTF-8”.") from error
    # Excel separates by semicolons where the comma is the decimal sign.
    first = text.split("\n", 1)[0]
    yield from csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
