"""Reads which bodies an article names as responsible, and which of them leads.

>>> [(d.name, d.lead) for d in find_departments("…（牵头单位：市商务局，责任单位：市财政局、各县（市）、区）")]
[('市商务局', True), ('市财政局', False), ('各县（市）、区', False)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.models import Department

_OPEN = "（([［【"
_CLOSE = "）)]］】"
_LEADING = "牵头|主办|主管|主责"
_FOLLOWING = "责任|配合|协办|协同|参与|实施|落实|支持|承办|负责|完成"
_ROLE = re.compile(rf"(?P<lead>{_LEADING})?(?:(?P<other>{_FOLLOWING}))?(?:单位|部门)\s*[：:】]")
_ROLE_LINE = re.compile(rf"(?:^|(?<=[。；]))[ \t\u3000]*【?(?=(?:(?:{_LEADING})|(?:{_FOLLOWING}))+(?:单位|部门)\s*[：:】])", re.MULTILINE)
_ROLE_AFTER = re.compile(rf"^(?P<names>.+?)(?:共同|分别)?(?P<role>{_LEADING}|负责|配合|参与|协助|协同)$")
_FIRST_LEADS = re.compile(
    r"(?:第一位|首位|排在首位|排第一位?|列第一位?|第一个)(?:的|单位|部门|者)*(?:[为是]|负责)?(?:牵头|主办)|排名第一[^。，]{0,8}牵头"
)
_NO_NAME = re.compile(r"^下同$|^第一位|^首位|牵头(?:单位|部门)?$|^按职责|^分工|^等$")
# 各县、区人民政府 is one name written short; so are 各县（市）、区 and 市、区商务部门
_GENERIC = r"(?:县|市|区|乡|镇|街道|旗|开发区|管理区|功能区|园区)"
_BEGINS_GENERIC = re.compile(rf"^{_GENERIC}(?:$|人民政府|政府|管委会|管理委员会|相关部门|有关部门|（|\()")
_ENDS_GENERIC = re.compile(rf"^(?:各|相关|有关)(?:{_GENERIC}|（{_GENERIC}）)+$")
_ONLY_LEVEL = re.compile(r"^(?:国家|省|市|县|区)$")


def first_is_lead(document: str) -> bool:
    """Whether a document says that the first body named leads (第一位为牵头部门)."""
    return _FIRST_LEADS.search(document) is not None


def is_role_line(line: str) -> bool:
    """Whether a line begins with 牵头单位： or 责任单位： or the like."""
    return _ROLE_LINE.match(line) is not None


def find_departments(text: str, lead_first: bool = False) -> tuple[Department, ...]:
    """The bodies `text` names as responsible, in order, each once.

    Args:
        text: An article.
        lead_first: The document's rule that the first of 责任单位 leads where no 牵头单位 is named.
    """
    found: dict[str, bool] = {}
    for passage in _passages(text):
        named = list(_read_roles(passage)) or list(_read_trailing_roles(passage))
        if lead_first and named and not any(lead for _, lead in named):
            named[0] = (named[0][0], True)
        for name, lead in named:
            found[name] = found.get(name, False) or lead
    return tuple(Department(name, lead) for name, lead in found.items())


def _passages(text: str) -> Iterator[str]:
    """Bracketed notes and lines that name bodies; neighbouring role lines are one passage."""
    lines: list[str] = []
    spans: list[tuple[int, int]] = []
    for start, end in _outer_brackets(text):
        inner = text[start + 1 : end - 1].strip()
        if _ROLE.match(inner) or re.search(rf"(?:{_LEADING}|负责|配合)$", inner):
            spans.append((start, end))
            yield inner
    for match in _ROLE_LINE.finditer(text):
        if any(start <= match.end() < end for start, end in spans):
            continue
        line_end = text.find("\n", match.end())
        lines.append(text[match.end() : line_end if line_end >= 0 else len(text)].strip())
    if lines:
        yield "；".join(lines)


def _outer_brackets(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every bracket that stands in no other; an unclosed bracket is none."""
    stack: list[int] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            stack.append(i)
        elif char in _CLOSE and stack:
            start = stack.pop()
            if not stack:
                yield start, i + 1


def _read_roles(passage: str) -> Iterator[tuple[str, bool]]:
    marks = list(_ROLE.finditer(passage))
    ends = [*(mark.start() for mark in marks[1:]), len(passage)]
    for mark, end in zip(marks, ends, strict=False):
        names = passage[mark.end() : end]
        for name in split_names(re.split(r"[。\n]|；\s*$", names)[0]):
            yield name, mark.group("lead") is not None


def _read_trailing_roles(passage: str) -> Iterator[tuple[str, bool]]:
    """市商务局牵头，市财政局、市税务局配合"""
    pending = ""
    for part in re.split(r"[，,；;]", passage.rstrip("。")):
        pending = f"{pending}、{part}" if pending else part
        match = _ROLE_AFTER.match(pending.strip())
        if match:
            for name in split_names(match.group("names")):
                yield name, match.group("role") in _LEADING.split("|")
            pending = ""


def split_names(names: str) -> list[str]:
    """Cut a list of bodies at 、 ， ； outside brackets; names written short stay together: 各县（市）、区."""
    parts: list[str] = []
    depth = 0
    part = ""
    for char in names + "、":
        depth += (char in _OPEN) - (char in _CLOSE)
        if char in "、，,；;\n" and depth <= 0:
            parts.append(part.strip(" \t\u3000。."))
            part = ""
        else:
            part += char
    if part.strip():  # a bracket was never closed
        parts.append(part.strip(" \t\u3000。、"))
    return [name for name in _joined(parts) if name and not _NO_NAME.search(name)]


def _joined(parts: list[str]) -> list[str]:
    merged: list[str] = []
    for part in parts:
        if merged and part and ((_ENDS_GENERIC.match(merged[-1]) and _BEGINS_GENERIC.match(part)) or _ONLY_LEVEL.match(merged[-1])):
            merged[-1] = f"{merged[-1]}、{part}"
        else:
            merged.append(part)
    return merged
