"""What stands in a case file: JSON lines, or YAML with the line of each field. What cannot be parsed is told with its likely cause.

problems: list[str] = []
for found in records(Path("cases.yaml"), problems):
    found.where, found.record
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from eval.complaints import kind_of
from index.errors import InputFileError

CASE_FILES = (".jsonl", ".yaml", ".yml")
SPREADSHEETS = (".csv", ".xlsx")
Way = tuple[str | int, ...]
"""The way from a case to one of its fields: ("expect", "cite_all", 0)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a file for one case."""

    where: str
    """"cases.yaml, line 3"."""
    record: object
    lines: Mapping[Way, int] = field(default_factory=dict)
    """The line of each field, where that is known."""


def records(path: Path, problems: list[str]) -> Iterator[Found]:
    """Each case of a file; what cannot be read goes to `problems`, in words."""
    if path.suffix.lower() in SPREADSHEETS:
        from eval.spreadsheets import read_sheet  # it loads a library that few runs need

        yield from read_sheet(path, problems)
        return
    text = _text(path)
    reader = _json_lines if path.suffix.lower() == ".jsonl" else _yaml
    yield from reader(path, text, problems)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputFileError(f"{path} cannot be read: {error.strerror}. Give the path of an existing file.") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputFileError(f"{path}, line {line} is not UTF-8. Save the file as UTF-8.") from error


# --- JSON lines ---------------------------------------------------------------------------------------------------------


class _TwiceError(ValueError):
    """A key that stands twice: the first value would be lost without a word."""


def _json_lines(path: Path, text: str, problems: list[str]) -> Iterator[Found]:
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    if first and _is_array(lines[first - 1]):
        problems.append(
            f"{path}, line {first}: the file is one JSON array. Write one object a line, without [ ] around them and commas between."
        )
        return
    for number, line in enumerate(lines, 1):
        where = f"{path}, line {number}"
        if not line.strip():
            continue
        try:
            yield Found(where, json.loads(line, object_pairs_hook=_once))
        except json.JSONDecodeError as error:
            problems.append(f"{where}, column {error.pos + 1} is not JSON: {_json_advice(line, error)}")
        except (_TwiceError, RecursionError) as error:
            problems.append(f"{where}, {error}" if isinstance(error, _TwiceError) else f"{where} is nested too deeply.")


def _is_array(first: str) -> bool:
    """Whether the objects stand in brackets; a line of a list alone is told as a case that is none."""
    if not first.lstrip().startswith("["):
        return False
    return first.strip() == "[" or "{" in first


def _json_advice(line: str, error: json.JSONDecodeError) -> str:
    here, before = line[error.pos : error.pos + 1], line[: error.pos].rstrip()
    if error.msg.startswith(("Unterminated string", "Invalid control")):
        return "a quotation mark is not closed on this line. Write one whole object a line."
    if not line[error.pos :].strip():
        return "the object is not closed on this line. Write one whole object a line, and close each {, [ and quotation mark."
    if here in "，：；“”‘’｛｝［］":
        return f'{here} is a full-width character. Type , : {{ }} [ ] and " in half width.'
    if here in "}]" and before.endswith(","):
        return f"take away the comma before {here}."
    if before.endswith(",") and error.msg.startswith("Illegal trailing comma"):
        return "take away the comma at the end."
    if here == "'":
        return 'text stands in double quotation marks: "…".'
    return f"{error.msg}. Write one object a line."


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise _TwiceError(f"{twice}: stands twice. Keep one of them.")
    return dict(pairs)


# --- YAML ---------------------------------------------------------------------------------------------------------------


class _Constructor(RoundTripConstructor):
    """Leaves days as text: they are checked like all fields, and 2026-02-30 is an error with a place."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda self, node: self.construct_scalar(node))

_ADVICE = (
    ("cannot start any token", "a tab stands where blanks must. Indent with blanks only."),
    ("mapping values are not allowed", "a colon where none can be. Put text with ': ' in quotation marks; begin fields below each other."),
    ("expected <block end>", "it does not line up with the lines above. Begin the fields of a case below each other."),
    ("did not find expected", "it does not line up with the lines above, or a bracket is not closed."),
    ("expected ',' or", "a bracket is not closed, or a comma is missing between two values."),
    ("could not find expected ':'", "a field is written as 'name: value', with a blank after the colon."),
    ("found unexpected end of stream", "a quotation mark is not closed."),
    ("found unexpected ':'", "a colon where none can be. Put text that holds a colon in quotation marks."),
    ("while scanning", "a quotation mark or bracket is not closed."),
)  # fmt: skip
"""What the parser says, and what to do."""
_FULL_WIDTH = re.compile(r"^\s*(?:-\s+)?[a-z_]+：", re.MULTILINE)
_TAB = re.compile(r"^ *\t", re.MULTILINE)


def _yaml(path: Path, text: str, problems: list[str]) -> Iterator[Found]:
    loader = YAML(typ="rt")
    loader.Constructor = _Constructor
    loader.allow_duplicate_keys = False
    try:
        data = loader.load(text)
    except MarkedYAMLError as error:
        problems.append(_yaml_problem(path, text, error))
        return
    except (YAMLError, ValueError, RecursionError) as error:  # ValueError: a number or mark that the reader cannot make sense of
        problems.append(f"{path}: this is no YAML: {' '.join(str(error).split())}.")
        return
    if data is None:
        return
    if not isinstance(data, CommentedSeq):
        problems.append(
            _full_width(path, text) or f"{path}, line 1: the file is {kind_of(data)}; write a list of cases, each beginning with '- id:'."
        )
        return
    for number, item in enumerate(data):
        where = f"{path}, line {data.lc.item(number)[0] + 1}"
        if isinstance(item, str) and (wrong := _full_width(path, text)):
            problems.append(wrong)
            return
        yield Found(where, _plain(item), dict(_lines_of(item)))


def _yaml_problem(path: Path, text: str, error: MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    said = " ".join(f"{error.context or ''} {error.problem or ''}".split())
    read = "\n".join(text.split("\n")[:line])
    tab = _TAB.search(read)
    if tab:
        return f"{path}, line {read.count(chr(10), 0, tab.start()) + 1}: this is no YAML: {_ADVICE[0][1]}"
    if wrong := _full_width(path, read):
        return wrong
    twice = re.search(r'duplicate key "([^"]*)"', said)
    if twice:
        return f"{path}, line {line}, {twice[1]}: stands twice. Keep one of them."
    advice = next((advice for words, advice in _ADVICE if words in said and advice), f"{error.problem}.")
    return f"{path}, line {line}: this is no YAML: {advice}"


def _full_width(path: Path, text: str) -> str:
    """The complaint about the first field whose colon is a Chinese one; "" if there is none."""
    found = _FULL_WIDTH.search(text)
    if not found:
        return ""
    line = text.count("\n", 0, found.end()) + 1
    return f"{path}, line {line}: '{found[0].strip()}' ends in a full-width colon. Type ': ' in half width, with a blank after it."


def _plain(value: Any) -> Any:
    """Without the line numbers that the YAML reader keeps."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _lines_of(value: Any, way: Way = ()) -> Iterator[tuple[Way, int]]:
    if isinstance(value, CommentedMap):
        found: list[tuple[str | int, Any, int]] = [(str(key), item, value.lc.key(key)[0]) for key, item in value.items()]
    elif isinstance(value, CommentedSeq):
        found = [(number, item, value.lc.item(number)[0]) for number, item in enumerate(value)]
    else:
        return
    for key, item, line in found:
        yield (*way, key), line + 1
        yield from _lines_of(item, (*way, key))
