"""Reads case files: JSON lines (.jsonl) and YAML (.yaml, .yml), alone or in folders. One clear error names file, line and field.

cases = read_cases([Path("eval/cases/answers")], corpus)
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from eval.corpus import Corpus
from eval.schema import Case, Cite, Expect
from index.errors import InputFileError

SUFFIXES = (".jsonl", ".yaml", ".yml")
_FIELDS = {"expect": tuple(Expect.model_fields), "cite_any": tuple(Cite.model_fields), "cite_all": tuple(Cite.model_fields)}


def read_cases(paths: Sequence[Path], corpus: Corpus | None = None) -> list[Case]:
    """The cases of files and folders, in order.

    Args:
        paths: .jsonl, .yaml or .yml files, or folders of them.
        corpus: The documents; with it, a policy or article that does not exist is an error.

    Raises:
        InputFileError: a file cannot be read, or a case is wrong; names file, line and field.
    """
    cases: list[Case] = []
    seen: dict[str, str] = {}
    for path in _files(paths):
        found = list(_records(path))
        if not found:
            raise InputFileError(f"{path} holds no case. Write one object a line, with 'id', 'turns' and 'expect'.")
        for where, record, lines in found:
            case = read_case(record, where, lines, corpus)
            if case.id in seen:
                raise InputFileError(f"{where}, id: {case.id!r} is taken by the case of {seen[case.id]}. Give each case an id of its own.")
            seen[case.id] = where
            cases.append(case)
    return cases


def read_case(record: object, where: str, lines: Mapping[tuple[str | int, ...], int] | None = None, corpus: Corpus | None = None) -> Case:
    """One case from its fields.

    Args:
        record: What the file holds.
        where: "cases.jsonl, line 3": stands at the beginning of each message.
        lines: Where known, the line of each field by its way from the case.
        corpus: The documents that may be cited.

    Raises:
        InputFileError: a field is missing, unknown or wrong.
    """
    if not isinstance(record, Mapping):
        raise InputFileError(f"{where}: a case is an object with 'id', 'turns' and 'expect', not {_kind(record)}.")
    try:
        case = Case.model_validate(record)
    except ValidationError as error:
        raise InputFileError(_message(error, where, lines or {})) from error
    if corpus is not None:
        for field, cite in _cites(case):
            _check_exists(cite, corpus, f"{where}, expect.{field}")
    return case


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES)
            if not inside:
                raise InputFileError(f"{path} holds no case file ({', '.join(SUFFIXES)}).")
            yield from inside
        elif path.suffix in (".csv", ".xlsx"):
            raise InputFileError(f"{path} is a spreadsheet. Turn it into cases first: python -m eval import {path} --out cases.jsonl")
        elif path.suffix not in SUFFIXES:
            raise InputFileError(f"{path} is no case file: its name must end in {', '.join(SUFFIXES)}.")
        else:
            yield path


_Lines = dict[tuple[str | int, ...], int]


def _records(path: Path) -> Iterator[tuple[str, object, _Lines]]:
    """Each case of a file with its place, and the lines of its fields."""
    text = _text(path)
    if path.suffix == ".jsonl":
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield f"{path}, line {number}", _json(line, f"{path}, line {number}"), {}
        return
    loader = YAML(typ="rt")
    loader.allow_duplicate_keys = False
    try:
        data = loader.load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise InputFileError(f"{path}, line {line}: this is no YAML: {' '.join(str(error.problem).split())}.") from error
    except YAMLError as error:
        raise InputFileError(f"{path}: this is no YAML: {' '.join(str(error).split())}.") from error
    if data is None:
        return
    if not isinstance(data, CommentedSeq):
        raise InputFileError(f"{path}, line 1: the file is {_kind(data)}; write a list of cases, each beginning with '- id:'.")
    for number, item in enumerate(data):
        yield f"{path}, line {data.lc.item(number)[0] + 1}", _plain(item), dict(_lines_of(item))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputFileError(f"{path} cannot be read: {error.strerror}. Give the path of an existing file.") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputFileError(f"{path}, line {line} is not UTF-8. Save the file as UTF-8.") from error


def _json(line: str, where: str) -> object:
    try:
        return json.loads(line, object_pairs_hook=lambda pairs: _once(pairs, where))
    except ValueError as error:
        raise InputFileError(f"{where} is not JSON ({error}). Write one object a line.") from error


def _once(pairs: Sequence[tuple[str, object]], where: str) -> dict[str, object]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputFileError(f"{where}, {twice}: stands twice. Keep one of them.")
    return dict(pairs)


def _plain(value: Any) -> Any:
    """Without the line numbers that the YAML reader keeps."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _lines_of(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], int]]:
    if isinstance(value, CommentedMap):
        found = [(key, item, value.lc.key(key)[0]) for key, item in value.items()]
    elif isinstance(value, CommentedSeq):
        found = [(number, item, value.lc.item(number)[0]) for number, item in enumerate(value)]
    else:
        return
    for key, item, line in found:
        yield (*way, key), line + 1
        yield from _lines_of(item, (*way, key))


# --- messages -----------------------------------------------------------------------------------------------------------


def _message(error: ValidationError, where: str, lines: Mapping[tuple[str | int, ...], int]) -> str:
    """The first thing that is wrong, in words, and how many more there are."""
    first, *more = error.errors(include_url=False)
    way = tuple(first["loc"])
    line = next((lines[way[:depth]] for depth in range(len(way), 0, -1) if way[:depth] in lines), None)
    place = re.sub(r"line \d+$", f"line {line}", where) if line else where
    field = ".".join(str(part) for part in way)
    rest = f" ({len(more)} more after this one.)" if more else ""
    return f"{place}{', ' if field else ': '}{field}{': ' if field else ''}{_reason(dict(first), way)}{rest}"


def _reason(error: dict[str, Any], way: tuple[str | int, ...]) -> str:
    kind, given = error["type"], error["input"]
    if kind == "extra_forbidden":
        return _unknown_field(way)
    if kind == "missing":
        return "is missing."
    if kind in ("string_type", "string_sub_type"):
        quoted = json.dumps(str(given) if isinstance(given, int | float) else "…", ensure_ascii=False)
        return f"is {_kind(given)}; write text in quotation marks: {quoted}."
    if kind in ("tuple_type", "list_type"):
        return f"is {_kind(given)}; write a list: [{json.dumps(given if isinstance(given, str) else '…', ensure_ascii=False)}]."
    if kind in ("string_too_short", "too_short"):
        return "is empty; leave the field out, or fill it in."
    if kind == "literal_error":
        return f"is {given!r}; it may be {error['ctx']['expected']}."
    if kind == "value_error":
        return f"{error['ctx']['error']}."
    if kind.startswith("date_"):
        return f"{given!r} is no day; write it as 2026-01-31."
    if kind.startswith("model_"):
        return f"is {_kind(given)}; write an object with {', '.join(_FIELDS.get(str(way[0] if len(way) < 2 else way[1]), ())[:3])} …"
    return f"{error['msg']}."


def _unknown_field(way: tuple[str | int, ...]) -> str:
    inner = next((_FIELDS[part] for part in reversed(way[:-1]) if part in _FIELDS), tuple(Case.model_fields))
    name = str(way[-1])
    near = difflib.get_close_matches(name, inner, n=1, cutoff=0.5)
    elsewhere = [] if near else [part for part in ("expect",) if name in _FIELDS[part]]
    hint = (
        f"did you mean {near[0]!r}?" if near else f"it belongs into {elsewhere[0]!r}." if elsewhere else f"There are: {', '.join(inner)}."
    )
    return f"is no field; {hint}"


def _kind(value: object) -> str:
    names = {
        type(None): "empty (null)",
        bool: "yes or no",
        int: "a number",
        float: "a number",
        str: "text",
        dict: "an object",
        list: "a list",
    }
    return next((name for kind, name in names.items() if isinstance(value, kind)), type(value).__name__)


def _cites(case: Case) -> Iterator[tuple[str, Cite]]:
    for field in ("cite_any", "cite_all"):
        for number, cite in enumerate(getattr(case.expect, field)):
            yield f"{field}.{number}", cite
    for number, document in enumerate(case.expect.cite_none_docs):
        yield f"cite_none_docs.{number}", Cite(doc=document, article=None)


def _check_exists(cite: Cite, corpus: Corpus, where: str) -> None:
    if cite.doc not in corpus.policies:
        raise InputFileError(f"{where}: there is no policy {cite.doc!r}. There are: {', '.join(corpus.policies)}.")
    if not corpus.find(cite.doc, cite.article):
        labels = _labels(article.label for article in corpus.policies[cite.doc].articles)
        raise InputFileError(f"{where}: {cite.doc} has no article {cite.article!r}. Its labels: {labels}.")


def _labels(labels: Iterable[str | None]) -> str:
    named = [label for label in labels if label]
    return "、".join(named[:40]) + (" …" if len(named) > 40 else "")
