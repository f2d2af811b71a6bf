"""Decides which possible labels are real and how they nest: numbers must count up, or start at one.

>>> nodes, warnings = read_outline("一、主体\\n（一）甲。见第（八）条。\\n（二）乙。\\n二、平台\\n（三）丙。")
>>> [(n.label.printed, n.depth) for n in nodes]
[('一', 0), ('（一）', 1), ('（二）', 1), ('二', 0), ('（三）', 1)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.numbering import Candidate, Position, Style, find_candidates

_LARGEST_GAP = 3  # a label may have been lost from a document: 10. 12.
_LONGEST_GLUED_HEADING = 40
_ALWAYS_OUTSIDE = (Style.CHAPTER, Style.PART)


@dataclass(slots=True, eq=False)
class Node:
    """One accepted label and where it stands in the tree."""

    label: Candidate
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """0 for the outermost."""
        return 0 if self.parent is None else self.parent.depth + 1

    @property
    def ancestors(self) -> list[Node]:
        """From the outermost down, without the node itself."""
        return [] if self.parent is None else [*self.parent.ancestors, self.parent]

    @property
    def root(self) -> Node:
        """The outermost label it stands under; itself if it is the outermost."""
        return self if self.parent is None else self.parent.root


@dataclass(slots=True)
class _Reader:
    text: str
    candidates: list[Candidate]
    nodes: list[Node] = field(default_factory=list)
    open: list[Node] = field(default_factory=list)
    last: dict[Style, Candidate] = field(default_factory=dict)
    last_decimal: dict[tuple[int, ...], Candidate] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def read_outline(text: str, extra: tuple[Candidate, ...] = (), *, begin: int = 0) -> tuple[list[Node], list[str]]:
    """The labels of `text` in order, and what looked wrong with their numbering.

    Args:
        text: A whole document.
        extra: Heading lines without a number that the caller has recognised.
        begin: Labels before it are passed over (a table of contents).
    """
    taken = {c.start for c in extra}
    candidates = sorted(
        [c for c in find_candidates(text) if c.start not in taken and c.start >= begin] + list(extra), key=lambda c: c.start
    )
    reader = _Reader(text, candidates)
    for i, candidate in enumerate(candidates):
        if _accept(reader, i):
            _place(reader, candidate)
    return reader.nodes, reader.warnings


def _accept(reader: _Reader, i: int) -> bool:
    """Whether candidate `i` continues a list that is open, a list that runs through, or starts one."""
    candidate = reader.candidates[i]
    if candidate.style is Style.NAMED:
        return candidate.place in (Position.LINE, Position.SENTENCE) and not _directly_after_label(reader, candidate)
    if not _place_allows(reader, candidate):
        return False
    last = _open_of(reader, candidate.style)
    previous = last.label if last else reader.last.get(candidate.style)
    if candidate.style is Style.DECIMAL:
        previous = reader.last_decimal.get(candidate.numbers[:-1])
    step = _step(previous, candidate)
    if step == 1:
        return True
    if candidate.place is Position.LINE and 1 < step <= _LARGEST_GAP:
        lost = f"between {previous.printed} and {candidate.printed}" if previous else f"before {candidate.printed}"
        reader.warnings.append(f"a label seems to be missing {lost}")
        return True
    if candidate.number != 1:
        return _starts_late(reader, candidate, previous)
    return candidate.place is Position.LINE or _continues_later(reader, i)


def _step(previous: Candidate | None, candidate: Candidate) -> int:
    """How far the number counts up; 0 if the two are not of one list."""
    if previous is None or len(previous.numbers) != len(candidate.numbers):
        return 0
    return candidate.number - previous.number if previous.numbers[:-1] == candidate.numbers[:-1] else 0


def _starts_late(reader: _Reader, candidate: Candidate, previous: Candidate | None) -> bool:
    """An excerpt may start with 第六条 or 三、: only at a line start, and only as the first of its kind."""
    if candidate.place is not Position.LINE or candidate.style not in (
        Style.CHAPTER,
        Style.PART,
        Style.HAN,
        Style.CLAUSE,
        Style.HAN_BRACKET,
    ):
        return False
    if previous is not None or any(c.style is candidate.style and c.number == 1 for c in reader.candidates):
        return False
    reader.warnings.append(f"the labels start at {candidate.printed}")
    return True


def _place_allows(reader: _Reader, candidate: Candidate) -> bool:
    if candidate.place is Position.COLON:
        return candidate.style in (Style.HAN, Style.CLAUSE)
    if candidate.place is not Position.GLUED:
        return True
    # Glued labels follow a heading directly: 一、总体要求（一）指导思想; or the title: 某市办法第一章 总则第一条
    if not reader.nodes:
        return candidate.style in (Style.CHAPTER, Style.CLAUSE) and candidate.number == 1
    above = reader.nodes[-1].label
    between = reader.text[above.end : candidate.start]
    return above.style < candidate.style and 0 < len(between) <= _LONGEST_GLUED_HEADING and not re.search(r"[。；：，,;:\n（(]", between)


def _directly_after_label(reader: _Reader, candidate: Candidate) -> bool:
    """第五条 【人才奖】: the name is the heading of 第五条, no label of its own."""
    return bool(reader.nodes) and not reader.text[reader.nodes[-1].label.end : candidate.start].strip()


def _continues_later(reader: _Reader, i: int) -> bool:
    """Inside a line a 1 is a label only if its 2 follows as one: this leaves 可享受：（1）…；（2）… in its sentence."""
    first = reader.candidates[i]
    for later in reader.candidates[i + 1 :]:
        if later.style is first.style and later.number == 2:
            return later.place in (Position.LINE, Position.SENTENCE, Position.SPACE)
        if later.style is first.style and later.number == 1:
            return False
    return False


def _open_of(reader: _Reader, style: Style) -> Node | None:
    return next((node for node in reversed(reader.open) if node.label.style is style), None)


def _place(reader: _Reader, candidate: Candidate) -> None:
    """Close what the new label ends, and hang it under what is left open."""
    style = candidate.style
    if style is Style.DECIMAL:
        while reader.open and not _is_prefix(reader.open[-1].label, candidate):
            reader.open.pop()
        reader.last_decimal[candidate.numbers[:-1]] = candidate
    elif _open_of(reader, style):
        while reader.open and reader.open[-1].label.style is not style:
            reader.open.pop()
        reader.open.pop()
    else:
        while reader.open and _ends(candidate, reader.open[-1]):
            reader.open.pop()
    parent = reader.open[-1] if reader.open else None
    node = Node(candidate, parent)
    if parent:
        parent.children.append(node)
    if style in (Style.CHAPTER, Style.HAN) or (style is Style.NAMED and not parent):
        _forget_inner(reader, style)
    reader.open.append(node)
    reader.nodes.append(node)
    reader.last[style] = candidate


def _is_prefix(outer: Candidate, inner: Candidate) -> bool:
    """2 and 2.1 stand above 2.1.3; a label of another style stands above any decimal."""
    if outer.style not in (Style.NUMBER, Style.DECIMAL):
        return outer.style < Style.DECIMAL
    return len(outer.numbers) < len(inner.numbers) and inner.numbers[: len(outer.numbers)] == outer.numbers


def _forget_inner(reader: _Reader, style: Style) -> None:
    """Lists of items do not run on into the next section; numbered articles may, so these are kept."""
    for inner in (Style.NUMBER_BRACKET, Style.CIRCLED):
        if inner > style:
            reader.last.pop(inner, None)


def _ends(candidate: Candidate, inner: Node) -> bool:
    """Whether a label of a style that is not open ends the label `inner`."""
    style = candidate.style
    if style is Style.NAMED:
        return not candidate.printed.startswith("【")  # a heading line such as 附则 ends everything
    if inner.label.style is Style.NAMED:
        return style in _ALWAYS_OUTSIDE
    if style in (*_ALWAYS_OUTSIDE, Style.HAN, Style.CLAUSE):
        starts_inside = style is Style.HAN and candidate.number == 1 and inner.label.style is Style.CLAUSE
        return (inner.label.style > style and not starts_inside) or (style is Style.CHAPTER and inner.label.style is Style.PART)
    # Other styles nest as the document first uses them: a list that starts at one belongs to what is open.
    return candidate.number != 1 and inner.label.style > style
