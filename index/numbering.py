"""Finds what looks like a printed label, in any numbering style; the outline decides which are real.

>>> [(c.style.name, c.bare, c.place.name) for c in find_candidates("一、总体要求（一）指导思想。按第（八）条。")]
[('HAN', '一', 'LINE'), ('HAN_BRACKET', '一', 'GLUED')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

HAN_DIGITS = "一二三四五六七八九"


class Style(IntEnum):
    """Numbering styles, from the one that usually stands outermost."""

    CHAPTER = 0  # 第三章、第二部分
    PART = 1  # 第二节
    HAN = 2  # 一、
    CLAUSE = 3  # 第六条
    HAN_BRACKET = 4  # （一）
    NUMBER = 5  # 1.
    DECIMAL = 6  # 1.2、11.5.2
    NUMBER_BRACKET = 7  # （1）
    CIRCLED = 8  # ①
    NAMED = 9  # 【支持对象】 or a heading line without a number (附则)


class Position(IntEnum):
    """Where a label stands; the further down, the more must speak for it."""

    LINE = 0
    SENTENCE = 1  # after 。 or a closing bracket
    SPACE = 2
    COLON = 3
    GLUED = 4  # 一、总体要求（一）


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible label. `numbers` has one number, several for 11.5.2, none for 【name】."""

    style: Style
    numbers: tuple[int, ...]
    bare: str
    printed: str
    start: int
    end: int
    place: Position

    @property
    def number(self) -> int:
        """The number that counts up; 0 for a name."""
        return self.numbers[-1] if self.numbers else 0


_HAN = r"[一二三四五六七八九十百零〇]{1,5}"
_NUM = r"[0-9０-９]{1,2}"
_OPEN, _CLOSE = r"[（(]\s*", r"\s*[）)]"
# What follows a number when it is referred to, not printed as a label: （三）项的、第七条第一款、第八条、第九条.
_REFERRED = r"(?!\s*、|[项款条目](?=[的之、，；和或及与至中规所]))"
_CLAUSE_REFERRED = rf"(?!\s*第(?:{_HAN}|{_NUM})[款项条]|[的、，。；）至和或及与]|规定[的，。执])"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.CHAPTER, re.compile(rf"第\s*(?P<n>{_HAN}|{_NUM})\s*(?P<unit>章|编|篇|部分)(?![的、，第])")),
    (Style.PART, re.compile(rf"第\s*(?P<n>{_HAN}|{_NUM})\s*(?P<unit>节)(?![的、，第])")),
    # 一、二、三产业 is an enumeration, not the label 一、
    (Style.HAN, re.compile(rf"(?P<n>{_HAN})\s*[、.．](?!\s*{_HAN}[、类级等产])")),
    (Style.CLAUSE, re.compile(rf"第\s*(?P<n>{_HAN}|[0-9０-９]{{1,3}})\s*(?P<unit>条){_CLAUSE_REFERRED}")),
    (Style.HAN_BRACKET, re.compile(rf"(?:{_OPEN}(?P<n>{_HAN}){_CLOSE}|(?P<sign>[㈠-㈩])){_REFERRED}")),
    (
        Style.DECIMAL,
        re.compile(rf"(?P<n>{_NUM}(?:[.．]{_NUM}){{1,3}})(?=\s*[\u4e00-\u9fff“《])(?!\s*[万亿元倍年月日米吨的条款项个家人第])"),
    ),
    (Style.NUMBER, re.compile(rf"(?:(?P<n>{_NUM})\s*[.．、](?:(?![0-9０-９])|(?=\d{{4}}年))|(?P<sign>[⒈-⒛]))")),
    (Style.NUMBER_BRACKET, re.compile(rf"(?:{_OPEN}(?P<n>{_NUM}){_CLOSE}|(?P<half>{_NUM})[）)]|(?P<sign>[⑴-⒇])){_REFERRED}")),
    (Style.CIRCLED, re.compile(r"(?P<sign>[①-⑳])")),
    (Style.NAMED, re.compile(r"【(?P<name>[^】\n]{1,20})】")),
)
_STARTS = re.compile(r"[第一二三四五六七八九十（(㈠-㈩0-9０-９⒈-⒛⑴-⒇①-⑳【]")
_LONGEST_QUOTATION = 400
_SENTENCE_END = "。！？"
_CLOSERS = "”’」』）)】]"


def find_candidates(text: str) -> list[Candidate]:
    """All possible labels of `text` in order, none overlapping."""
    return sorted([*_scan(text), *_bare_numbers(text)], key=lambda candidate: candidate.start)


def label_at_start(line: str) -> Candidate | None:
    """The possible label a line begins with, leading blanks ignored."""
    offset = len(line) - len(line.lstrip())
    return _match(line, offset, Position.LINE) if offset < len(line) else None


def _scan(text: str) -> Iterator[Candidate]:
    position = 0
    while found := _STARTS.search(text, position):
        start = found.start()
        candidate = None if _is_quoted(text, start) else _match(text, start, _place(text, start))
        if candidate:
            yield candidate
            position = candidate.end
        else:
            # Step over the rest of a number: the 5. of 15. is no label.
            position = start + 1
            while position < len(text) and text[position] in "0123456789０１２３４５６７８９" and text[start].isdigit():
                position += 1


def _is_quoted(text: str, start: int) -> bool:
    """Whether `start` stands inside “…”: 将第五条修改为：“第五条 …”. A quotation mark that is never closed opens none."""
    opened = text.rfind("“", max(0, start - _LONGEST_QUOTATION), start)
    if opened < 0 or text.find("”", opened, start) >= 0:
        return False
    closed = text.find("”", start, start + _LONGEST_QUOTATION)
    return closed >= 0 and text.find("“", start, closed) < 0


def _bare_numbers(text: str) -> Iterator[Candidate]:
    """Labels with only a blank after them, where the document shows that they are no figures.

    `2 标准` counts where a line 2.1 stands; `一 平台` where another line begins with 二 and a blank.
    """
    lines = list(re.finditer(rf"^[ \t\u3000]*(?P<n>{_HAN})(?=[ \t\u3000]+[\u4e00-\u9fff])", text, re.MULTILINE))
    if {"一", "二"} <= {match.group("n") for match in lines}:
        for match in lines:
            bare = match.group("n")
            if label_number(bare):
                yield Candidate(Style.HAN, (label_number(bare),), bare, bare, match.start("n"), match.end("n"), Position.LINE)
    decimals = {match.group(1) for match in re.finditer(rf"^[ \t\u3000]*({_NUM})[.．]1(?![0-9０-９%])", text, re.MULTILINE)}
    if not decimals:
        return
    for match in re.finditer(rf"^[ \t\u3000]*(?P<n>{_NUM})(?=[ \t\u3000]+[\u4e00-\u9fff])", text, re.MULTILINE):
        if match.group("n") in decimals:
            bare = match.group("n")
            yield Candidate(Style.NUMBER, (label_number(bare),), bare, bare, match.start("n"), match.end("n"), Position.LINE)


def _match(text: str, start: int, place: Position) -> Candidate | None:
    if start and text[start - 1] in "0123456789.．%第至":
        return None
    for style, pattern in _PATTERNS:
        if style in (Style.PART, Style.CIRCLED, Style.NAMED) and place in (Position.COLON, Position.GLUED):
            continue
        if style is Style.DECIMAL and place is not Position.LINE:
            continue
        match = pattern.match(text, start)
        if match and (candidate := _candidate(style, match, place)):
            return candidate
    return None


def _candidate(style: Style, match: re.Match[str], place: Position) -> Candidate | None:
    groups = match.groupdict()
    bare = groups.get("name") or groups.get("n") or groups.get("half") or _sign(groups.get("sign"), style)
    bare = re.sub(r"\s", "", bare or "")
    if not bare:
        return None
    numbers = () if style is Style.NAMED else tuple(label_number(part) for part in re.split(r"[.．]", bare))
    if style is not Style.NAMED and not all(numbers):
        return None
    if groups.get("unit"):
        bare = f"第{bare}{groups['unit']}"
    return Candidate(style, numbers, bare, _printed(style, bare), match.start(), match.end(), place)


def _printed(style: Style, bare: str) -> str:
    """The label as cited: full-width brackets, no trailing 、 or point."""
    if style in (Style.HAN_BRACKET, Style.NUMBER_BRACKET):
        return f"（{bare}）"
    if style is Style.NAMED:
        return f"【{bare}】"
    return bare


def _sign(sign: str | None, style: Style) -> str:
    """The number inside one-character labels: ㈢ ⑶ ⒊ ③."""
    if not sign:
        return ""
    first = {Style.HAN_BRACKET: "㈠", Style.NUMBER_BRACKET: "⑴", Style.NUMBER: "⒈", Style.CIRCLED: "①"}[style]
    number = ord(sign) - ord(first) + 1
    return (HAN_DIGITS + "十")[number - 1] if style is Style.HAN_BRACKET else sign if style is Style.CIRCLED else str(number)


def label_number(numeral: str) -> int:
    """The value of a numeral of a label, 0 where it is none: 二十一 -> 21, 12 -> 12, ③ -> 3."""
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    if numeral.isdecimal():
        return int(numeral)
    # Labels count from 一 to a few hundred; a general numeral parser would also accept 一二, which is no label.
    match = re.fullmatch(rf"(?:([{HAN_DIGITS}])百[零〇]?)?(?:([{HAN_DIGITS}])?(十))?([{HAN_DIGITS}])?", numeral)
    if not match or not numeral:
        return 0
    hundreds, tens, ten, ones = match.groups()
    value = {digit: i for i, digit in enumerate(HAN_DIGITS, 1)}
    return 100 * value.get(hundreds or "", 0) + (10 * value.get(tens or "一", 1) if ten else 0) + value.get(ones or "", 0)


def _place(text: str, start: int) -> Position:
    before = start
    while before and text[before - 1] in " \t\u3000\xa0":
        before -= 1
    if before == 0 or text[before - 1] in "\n\r\u2028":
        return Position.LINE
    last = text[before - 1]
    if last in _SENTENCE_END or last in _CLOSERS:
        return Position.SENTENCE
    if last in "：:":
        return Position.COLON
    return Position.SPACE if before < start else Position.GLUED
