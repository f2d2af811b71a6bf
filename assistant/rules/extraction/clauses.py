"""Cuts an article into sentences, clauses (；) and pieces (，), with the figures of each and the way back to the text.

    >>> sentence = read_sentences("对甲企业，给予最高5万元\\n奖励；对乙企业，给予3万元奖励。")[0]
    >>> [[piece.text for piece in clause.pieces] for clause in sentence.clauses]
    [['对甲企业', '给予最高5万元奖励'], ['对乙企业', '给予3万元奖励']]

Line breaks and blanks are dropped (documents are wrapped anywhere), brackets hold together, half-width punctuation
counts as full-width. `Flat.origin` says where each character stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.orders import gives_orders
from index.models import Quantity
from index.quantities.parser import parse_quantities

_WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "？": "。", "！": "。", "!": "。", "?": "。", "•": "·"})
_NARROW = {ord(c): chr(ord(c) - 0xFEE0) for c in "０１２３４５６７８９％．ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"}
_OPEN, _CLOSE = "（[【〔“《‘", "）]】〕”》’"
_SENTENCE_END = "。\n"
_OWNERS = re.compile(
    r"[（\[【](?:牵头|责任|主办|配合|第一位|市[^（）\]。]{2,20}[局委办]|[^（）\]。]{2,14}(?:牵头|负责))[^（）\]]{0,5}(?:单位|部门|，|、|：|牵头|负责|配合)?"
    r"(?:[^（）\]]|（[^（）]*）)*[）\]】]"
)
_OWNER_LINE = re.compile(r"(?:牵头|责任|主办|配合|协办)(?:单位|部门)：")
_LABEL = re.compile(
    r"\A\n*(?:(?:第[一二三四五六七八九十百零\d]+[章条节]|[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、](?!\d)|[①-⑳])"
    r"(?:【[^】\n]{1,30}】)?|【[^】\n]{1,30}】)[：]?"
)
_LABEL_LINE = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]+[章条节]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d))"
)


@dataclass(frozen=True, slots=True)
class Flat:
    """A text without blanks; `origin[i]` is where character i stood."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the flat characters start..end."""
        return self.origin[start], self.origin[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between commas; offsets count in the flat article."""

    text: str
    start: int
    quantities: tuple[Quantity, ...]

    @property
    def end(self) -> int:
        """End, exclusive."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Clause:
    """Pieces between semicolons. `lead`: what stood before a colon and governs all clauses that follow it."""

    pieces: tuple[Piece, ...]
    lead: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "，".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words up to a full stop; offsets count in the flat article."""

    text: str
    start: int
    clauses: tuple[Clause, ...]

    @property
    def end(self) -> int:
        """End, exclusive, full stop included."""
        return self.start + len(self.text)


def flatten(text: str, heading: str = "") -> Flat:
    """Drop blanks, and line breaks that do not end the heading or begin a new label or a line of responsible bodies."""
    kept: list[str] = []
    origin: list[int] = []
    heading_end = _heading_end(text, heading)
    for i, character in enumerate(text):
        if character == "\n" and (i == heading_end or _begins_something(text, i + 1)):
            kept.append("\n")
            origin.append(i)
        elif not character.isspace() or _between_latin_words(text, i):
            kept.append(" " if character.isspace() else character)
            origin.append(i)
    flat = "".join(kept).translate(_NARROW)
    wide = re.sub(r"[,;:()!?•？！]", lambda m: _widen(flat, m.start()), flat)
    return Flat(wide, tuple(origin))


def read_sentences(text: str) -> list[Sentence]:
    """Sentences of an article's text without the label it begins with; lines that only name responsible bodies are left out,
    and so are orders to programs that read it."""
    return read_flat(flatten(text))


def read_flat(flat: Flat) -> list[Sentence]:
    """Sentences of a flattened text."""
    blanked = _OWNERS.sub(lambda m: "\n" * len(m.group()), flat.text)
    blanked = _LABEL.sub(lambda m: "\n" * len(m.group()), blanked, count=1)
    sentences = []
    for start, end in _split(blanked, 0, len(blanked), _SENTENCE_END):
        body = blanked[start:end].rstrip("。\n")
        skipped = len(body) - len(body.lstrip("\n"))
        body, start = body[skipped:], start + skipped
        if body.strip() and not _OWNER_LINE.match(body) and not gives_orders(body):
            sentences.append(
                Sentence(
                    blanked[start : start + len(body) + (blanked[start + len(body) : start + len(body) + 1] == "。")],
                    start,
                    _clauses(body, start),
                )
            )
    return sentences


def _clauses(body: str, offset: int) -> tuple[Clause, ...]:
    quantities = parse_quantities(body)
    clauses = []
    for start, end in _split(body, 0, len(body), "；：", keep=False):
        pieces = tuple(
            Piece(body[a:b], offset + a, tuple(replace(q, start=q.start - a, end=q.end - a) for q in quantities if a <= q.start < b))
            for a, b in _pieces(body, start, end)
            if body[a:b].strip()
        )
        if pieces:
            clauses.append(Clause(pieces, lead=body[end : end + 1] == "："))
    return tuple(clauses)


def _pieces(body: str, start: int, end: int) -> list[tuple[int, int]]:
    """Between commas; 对甲给予5万元奖励、对乙给予3万元奖励 are two as well."""
    spans = []
    for a, b in _split(body, start, end, "，", keep=False):
        cuts = [a, *(a + m.end() for m in re.finditer("(?:奖励|补助|补贴|资助|支持|扶持|资金|元)、(?=对)", body[a:b])), b]
        spans += [(x, y - (y < b)) for x, y in pairwise(cuts)]
    return spans


def _split(text: str, start: int, end: int, marks: str, *, keep: bool = True) -> list[tuple[int, int]]:
    """Spans between marks that stand outside brackets; a bracket that never closes within the span holds nothing together."""
    spans, begin, depth = [], start, 0
    for i in range(start, end):
        character = text[i]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in marks and (depth == 0 or (character in _SENTENCE_END and not _closes_soon(text, i, end))):
            depth = 0
            spans.append((begin, i + 1 if keep else i))
            begin = i + 1
    if begin < end:
        spans.append((begin, end))
    return spans


def _closes_soon(text: str, i: int, end: int) -> bool:
    """Whether a closing bracket follows before any opening one, near enough to belong to this sentence."""
    match = re.match(r"[^（\[【“《\n]{0,80}?[）\]】”》]", text[i + 1 : end])
    return match is not None


def _heading_end(text: str, heading: str) -> int:
    """Where the line break stands that ends a heading line: 第四条 物流支持 and the sentence in the next line; -1 without one."""
    words = r"\s*".join(re.escape(character) for character in heading if not character.isspace())
    found = re.match(rf"[^\n]{{0,12}}?{words}[ \t\u3000]*(?=\n)", text.lstrip()) if words else None
    return found.end() + len(text) - len(text.lstrip()) if found else -1


def _begins_something(text: str, i: int) -> bool:
    return bool(_LABEL_LINE.match(text, i)) or bool(_OWNER_LINE.match(text[i : i + 40].lstrip().replace(":", "：")))


def _between_latin_words(text: str, i: int) -> bool:
    return 0 < i < len(text) - 1 and text[i - 1].isascii() and text[i - 1].isalpha() and text[i + 1].isascii() and text[i + 1].isalpha()


def _widen(text: str, i: int) -> str:
    """A half-width mark as a full-width one, unless it stands within a number or a Latin word."""
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    within = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return text[i] if within and text[i] in ",:" else text[i].translate(_WIDE)
