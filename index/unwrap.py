"""Joins lines that were broken inside sentences (by a page or by a narrow column); changes no word.

>>> unwrap("一、总体要求\\n\\n推动转型，加快发\\n\\n展，形成新格局。\\n\\n（一）平台。支持\\n\\n建设。\\n")
'一、总体要求\\n推动转型，加快发展，形成新格局。\\n（一）平台。支持建设。\\n'
"""

from __future__ import annotations

import re

from index.departments import is_role_line
from index.framing import DATE_LINE, DOCUMENT_NUMBER, DOCUMENT_TYPES, begins_closing, is_title_line
from index.numbering import Position, Style, label_at_start

_ENDS_SENTENCE = re.compile(r"[。！？；;：:][”’」』）)】\]]*$")
_ENDS_OPEN = re.compile(r"[，、,（(《“〈及和与或的在]$")
_BRACKETS = {"（": "）", "(": ")", "《": "》", "“": "”", "〔": "〕", "[": "]"}
_WRAP_TOLERANCE = 3.0  # full-width characters; punctuation is not left at a line start
# Page numbers are no words of the document, and would end up inside sentences: — 3 —, 第 3 页 共 9 页
_PAGE_NUMBER = re.compile(r"^\s*(?:[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*$")
_LONGEST_SHORT_LINE = 45


def unwrap(text: str) -> str:
    """`text` with one paragraph, heading or role line a line, and no blank lines.

    Whitespace and page numbers apart, every character stays, in order. A document on one line stays on one line.
    """
    lines = ["" if _PAGE_NUMBER.match(line) else line.strip(" \t\u3000\xa0\ufeff") for line in text.splitlines()]
    blank = sum(not line for line in lines)
    full = [line for line in lines if line]
    width = _wrap_width(full)
    page_broken = blank >= len(full) / 5
    joined: list[str] = []
    previous = ""
    for line in full:
        if joined and _continues(joined[-1], previous, line, width, page_broken):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
        previous = line
    return "".join(f"{line}\n" for line in joined)


def _continues(paragraph: str, last_line: str, line: str, width: float | None, page_broken: bool) -> bool:
    """Whether `line` goes on with the sentence that `paragraph` (whose last printed line is `last_line`) leaves open."""
    if _begins_anew(line) or begins_closing(line):
        return False
    if DOCUMENT_NUMBER.fullmatch(paragraph) or DATE_LINE.fullmatch(paragraph):
        return False
    if is_role_line(paragraph):
        return "。" not in line and (width is None or _width(last_line) >= width - _WRAP_TOLERANCE)
    if _unfinished_title(paragraph):
        return True
    full_line = width is not None and _width(last_line) >= width - 1
    if is_title_line(paragraph) or _ENDS_SENTENCE.search(paragraph):
        # In a narrow column a full line that ends with 。 is more often inside a paragraph than its end.
        return full_line and paragraph.endswith("。")
    if _has_open_bracket(paragraph) or _ENDS_OPEN.search(paragraph):
        return True
    if paragraph.endswith(("）", ")", "]", "】")) and re.search(r"[。；][（(\[【][^。]*$", paragraph):
        return False
    if width is not None and _is_heading(paragraph):
        return _width(last_line) >= width - _WRAP_TOLERANCE
    return (page_broken or width is not None) and not _is_heading(paragraph)


def _begins_anew(line: str) -> bool:
    label = label_at_start(line)
    if label is not None:
        # 20. is a label, "1.5 亿元" is none; what follows a decimal or a bare number inside a sentence goes on with it.
        return label.place is Position.LINE and label.style is not Style.DECIMAL
    return bool(is_role_line(line) or DATE_LINE.fullmatch(line) or DOCUMENT_NUMBER.fullmatch(line))


def _is_heading(paragraph: str) -> bool:
    """A short line without a finished sentence: a heading, an issuer, a title."""
    return len(paragraph) <= _LONGEST_SHORT_LINE and not re.search(r"[。；，：]", paragraph)


def _unfinished_title(paragraph: str) -> bool:
    """关于加快发展的 / 实施意见: the title's last word comes on the next line."""
    return (
        len(paragraph) <= _LONGEST_SHORT_LINE
        and "关于" in paragraph
        and not re.search(r"[。；，：]", paragraph)
        and not re.search(rf"(?:{DOCUMENT_TYPES})", paragraph)
    )


def _has_open_bracket(paragraph: str) -> bool:
    return any(paragraph.count(opening) > paragraph.count(closing) for opening, closing in _BRACKETS.items())


def _wrap_width(lines: list[str]) -> float | None:
    """The width of a narrow column in full-width characters; None where lines are as long as their paragraphs."""
    widths = sorted(_width(line) for line in lines)
    if len(widths) < 10:
        return None
    widest = widths[int(0.9 * (len(widths) - 1))]
    near = sum(abs(width - widest) <= _WRAP_TOLERANCE for width in widths)
    return widest if near >= len(widths) / 2 and widest <= 60 else None


def _width(line: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in line)


def _join(first: str, second: str) -> str:
    space = " " if re.search(r"[A-Za-z]$", first) and re.match(r"[A-Za-z]", second) else ""
    return first + space + second
