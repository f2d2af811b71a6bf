"""Cuts a reply into statements: sentences of Chinese and English, list items, headings and rows of tables.

>>> [s.text for s in cut("**秦皇岛**：最高100万元。\\n- 一次性；No. 26 applies. Ask us.")]
['**秦皇岛**：最高100万元。', '- 一次性；No. 26 applies.', 'Ask us.']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ENDS = "。！？!?"
_FULL_STOP = re.compile(r"\.(?=[ \t]+[A-Z“\"(*]|[ \t]*$)")
_SHORT = re.compile(r"\b(?:No|Art|art|Nos|vs|etc|approx|e\.g|i\.e|max|Inc|Ltd|Co|[A-Z])$")
_OPEN = "“「『《〈（("
_BRACKETS = re.compile(r"[“「『《〈（(”」』》〉）)]")
_QUOTES = re.compile("[“「『”」』]")
_TITLES = re.compile("[《》]")
_PARTS = re.compile("[；;|]")
_STOPS = re.compile(r"[。！？!?.]")


class Cut(NamedTuple):
    """A statement and where it stands in the draft."""

    text: str
    start: int
    end: int
    line: int
    """Number of its line: what one sentence of a line names, the next may lean on."""
    quoted: bool
    """It stands in a Markdown quotation (a line that begins with >)."""


def cut(draft: str) -> list[Cut]:
    """The statements of a draft in order; white space between them belongs to none."""
    found: list[Cut] = []
    position = 0
    for number, line in enumerate(draft.splitlines(keepends=True)):
        quoted = line.lstrip(" -*0123456789.").startswith(">")
        for start, end in _sentences(line):
            text = line[start:end].strip()
            if text:
                first = position + start + len(line[start:end]) - len(line[start:end].lstrip())
                found.append(Cut(text, first, first + len(text), number, quoted))
        position += len(line)
    return found


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    """Spans of a line, cut after the marks that end a sentence outside quotations, titles and brackets."""
    stops = list(_STOPS.finditer(line))
    depths = _depths(line) if stops else []
    start = 0
    for match in stops:
        i = match.start()
        if depths[i]:
            continue
        ends = match.group() != "." or (_FULL_STOP.match(line, i) and not _SHORT.search(line[:i]))
        if ends and not (i + 1 < len(line) and line[i + 1] in _ENDS):
            yield start, i + 1
            start = i + 1
    yield start, len(line)


def _depths(line: str) -> list[int]:
    """How deep each character stands in marks that open and close; marks that never close count for nothing."""
    depths = [0] * len(line)
    stack: list[int] = []
    for match in _BRACKETS.finditer(line):
        if match.group() in _OPEN:
            stack.append(match.start())
        elif stack:
            span = slice(stack.pop(), match.end())
            depths[span] = [depth + 1 for depth in depths[span]]
    return depths


def segments(text: str) -> list[tuple[int, int]]:
    """Spans of the parts of a statement between semicolons, and the cells of a row: each is about one thing."""
    parts = list(_PARTS.finditer(text))
    depths = _depths(text) if parts else []
    spans, start = [], 0
    for match in parts:
        if not depths[match.start()]:
            spans.append((start, match.end()))
            start = match.end()
    return [*spans, (start, len(text))]


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans of what stands in quotation marks, outermost only, the marks included."""
    spans = _outermost(text, _QUOTES, "“「『")
    if not spans and text.count('"') >= 2:
        marks = [i for i, character in enumerate(text) if character == '"']
        spans = [(a, b + 1) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    return spans


def titles(text: str) -> list[tuple[int, int]]:
    """Spans of what stands in book-title marks, outermost only, the marks included."""
    return _outermost(text, _TITLES, "《")


def _outermost(text: str, marks: re.Pattern[str], opening: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    stack: list[int] = []
    for match in marks.finditer(text):
        if match.group() in opening:
            stack.append(match.start())
        elif stack:
            start = stack.pop()
            if not stack:
                spans.append((start, match.end()))
    return spans
