"""Reads cases from files and folders: JSON lines (.jsonl), YAML (.yaml, .yml), spreadsheets (.csv, .xlsx).

cases = read_cases([Path("eval/cases/answers")], corpus)

What is wrong is told in one error with a line for each thing: file, line, field, and what to do.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from eval.complaints import Complaint, complaints, kind_of
from eval.contradictions import contradictions
from eval.corpus import Corpus
from eval.formats import CASE_FILES, SPREADSHEETS, Found, Way, records
from eval.schema import Case, Cite
from index.errors import InputFileError

SUFFIXES = (*CASE_FILES, *SPREADSHEETS)
_TOLD = 20
"""So many problems are told at once."""
_HOLDS_NO_CASE = {
    ".jsonl": "Write one object a line, with 'id', 'turns' and 'expect'",
    ".csv": "Below the row of headings there must be one row a case",
    ".xlsx": "Below the row of headings, on the first sheet, there must be one row a case",
}


def read_cases(paths: Sequence[Path], corpus: Corpus | None = None) -> list[Case]:
    """The cases of files and folders, in order.

    Args:
        paths: Files of cases, or folders of them.
        corpus: The documents; with it, a policy or article that does not exist is an error.

    Raises:
        InputFileError: a file cannot be read, or cases are wrong; names file, line and field of each problem.
    """
    cases: list[Case] = []
    problems: list[str] = []
    seen: dict[str, str] = {}
    for path in _files(paths):
        before = len(problems)
        empty = True
        for one in records(path, problems):
            empty = False
            case, wrong = _case(one, corpus)
            problems += wrong
            if case is None:
                continue
            if case.id in seen:
                place = _place(one.where, one.lines, ("id",))
                problems.append(f"{place}, id: {case.id!r} is taken by the case of {seen[case.id]}. Give each case an id of its own.")
                continue
            seen[case.id] = one.where
            cases.append(case)
        if empty and len(problems) == before:
            advice = _HOLDS_NO_CASE.get(path.suffix.lower(), "Write a list of cases, each beginning with '- id:'")
            problems.append(f"{path} holds no case. {advice}.")
    _raise(problems)
    return cases


def read_case(record: object, where: str, lines: Mapping[Way, int] | None = None, corpus: Corpus | None = None) -> Case:
    """One case from its fields.

    Args:
        record: What the file holds.
        where: "cases.jsonl, line 3": stands at the beginning of each message.
        lines: Where known, the line of each field by its way from the case.
        corpus: The documents that may be cited.

    Raises:
        InputFileError: fields are missing, unknown or wrong.
    """
    case, problems = _case(Found(where, record, lines or {}), corpus)
    _raise(problems)
    assert case is not None
    return case


def _raise(problems: Sequence[str]) -> None:
    if problems:
        rest = len(problems) - _TOLD
        raise InputFileError("\n".join([*problems[:_TOLD], *([f"({rest} more after these.)"] if rest > 0 else [])]))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        for file in _inside(path) if path.is_dir() else [path]:
            if file.suffix.lower() not in SUFFIXES:
                raise InputFileError(f"{file} is no case file: its name must end in {', '.join(SUFFIXES)}.")
            if file.resolve() in seen:
                raise InputFileError(f"{file} is named twice. Name each file once, by itself or by its folder.")
            seen.add(file.resolve())
            yield file


def _inside(folder: Path) -> list[Path]:
    # Excel keeps a file of this name beside a workbook that is open: ~$cases.xlsx
    found = sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES and not file.name.startswith(("~$", ".")))
    if not found:
        raise InputFileError(f"{folder} holds no case file ({', '.join(SUFFIXES)}).")
    return found


def _case(found: Found, corpus: Corpus | None) -> tuple[Case | None, list[str]]:
    """The case, None if its fields cannot be read; and all that is wrong with it, in words."""
    if not isinstance(found.record, Mapping):
        return None, [f"{found.where}: a case is an object with 'id', 'turns' and 'expect', not {kind_of(found.record)}."]
    try:
        case = Case.model_validate(found.record)
    except ValidationError as error:
        return None, _told(complaints(error), found)
    wrong = [*contradictions(case), *(_unknown(case, corpus) if corpus is not None else ())]
    return case, _told(wrong, found)


def _told(wrong: Iterable[Complaint], found: Found) -> list[str]:
    lines = []
    for complaint in wrong:
        field = ".".join(str(part) for part in complaint.way)
        lines.append(f"{_place(found.where, found.lines, complaint.way)}{f', {field}' if field else ''}: {complaint.words}")
    return lines


def _place(where: str, lines: Mapping[Way, int], way: Way) -> str:
    """The place of a field, or of the nearest thing around it whose line is known."""
    line = next((lines[way[:depth]] for depth in range(len(way), 0, -1) if way[:depth] in lines), None)
    return re.sub(r"line \d+$", f"line {line}", where) if line else where


# --- policies and articles that do not exist ----------------------------------------------------------------------------


def _unknown(case: Case, corpus: Corpus) -> Iterator[Complaint]:
    for way, cite in _cites(case):
        policy = corpus.policies.get(cite.doc)
        if policy is None:
            yield Complaint(way, f"there is no policy {cite.doc!r}{_meant(cite, corpus)} There are: {', '.join(corpus.policies)}.")
        elif not corpus.find(cite.doc, cite.article):
            labels = _labels(article.label for article in policy.articles)
            yield Complaint(way, f"{cite.doc} has no article {cite.article!r}. Its labels: {labels}.")


def _cites(case: Case) -> Iterator[tuple[Way, Cite]]:
    for field in ("cite_any", "cite_all"):
        for number, cite in enumerate(getattr(case.expect, field)):
            yield ("expect", field, number), cite
    for number, document in enumerate(case.expect.cite_none_docs):
        yield ("expect", "cite_none_docs", number), Cite(doc=document, article=None)


def _meant(cite: Cite, corpus: Corpus) -> str:
    joined = next((name for name in corpus.policies if cite.doc.startswith(name) and cite.article is None), None)
    if joined:
        return f"; did you mean doc {joined!r} and article {cite.doc.removeprefix(joined).strip()!r}?"
    near = difflib.get_close_matches(cite.doc, corpus.policies, n=1, cutoff=0.75)
    return f"; did you mean {near[0]!r}?" if near else "."


def _labels(labels: Iterable[str | None]) -> str:
    named = [label for label in labels if label]
    return "、".join(named[:40]) + (" …" if len(named) > 40 else "")
