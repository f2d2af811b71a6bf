"""What parallel amounts are for, where a list names it: steps of one measure, grades of a range, kinds of a list.

>>> grades_in("新评定为2—4星级的民宿", 3)
['2星级', '3星级', '4星级']
>>> kinds_in("引进国际性、全国性主办的大型会议、会展、竞赛", 2)
['国际性', '全国性']
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.rules.extraction.clauses import Piece
from assistant.rules.extraction.conditions import measure_label
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.roles import Role, Series
from index.models import Bound, Quantity

_RANGE = re.compile(
    r"(?P<a>[1-9]|[一二三四五六七八九])[级等星档A]{0,2}[-—~至到](?P<b>[1-9]|[一二三四五六七八九])(?P<unit>星级|星|等级|等|级|档|类|A(?=级?))"
)
_DIGITS = "一二三四五六七八九"
_STEP_MARK = re.compile(r"、|和(?=\d)|以及(?=\d)|(?<=[元家人个名件])及(?=\d)")
_BETWEEN = re.compile(r"(?:元)?(?:（[^（）]{1,6}）)?(?:及?以上)?(?:（[^（）]{1,6}）)?(?:至|到|[-—~－–])(?:不足|不满|低于)?")
_END = re.compile(r"^元?(?:（[^（）]{1,6}）)?(?:及?以[上下内])?(?:（[^（）]{1,6}）)?(?:的.{0,14}|之间的?.{0,14})?$")
_LIST_MARK = re.compile("、|和|或|以及|与")
_KIND_END = re.compile("(?P<first>[\u4e00-\u9fff]{2}(?P<end>[性级类型式]))$")


def steps_listed(draft: Draft, count: int) -> tuple[list[tuple[Quantity, str]], str, tuple[Series, ...]]:
    """Ends and names of the steps, the measure, the conditions they replace: 500万元以上至1000万元、1000万元以上的，分别按30%、40%."""
    for piece in reversed(draft.pieces):
        parts = _numeric_parts(piece)[-count:]
        if len(parts) < count or not _follow(parts):
            continue
        keys = tuple(s for s in draft.conditions if piece.start <= s.start < piece.end and s.unit == parts[0][0][0].unit)
        first = parts[0][0][0]
        before = re.sub("(?:不足|不满|低于|少于|不到)$", "", piece.text[: first.start])
        label = measure_label(Series((first,), Role.CONDITION, before, "", piece.start + first.start, 0))
        if label:
            return [(_key(ends), name) for ends, name in parts], label, keys
    return [], "", ()


def _numeric_parts(piece: Piece) -> list[tuple[list[Quantity], str]]:
    """The figures and words of each part of a list of steps; [] where a part is none."""
    cuts = [0, *(match.end() for match in _STEP_MARK.finditer(piece.text)), len(piece.text)]
    found: list[tuple[list[Quantity], str]] = []
    for start, end in pairwise(cuts):
        own = [q for q in piece.quantities if start <= q.start < end]
        words = piece.text[start:end]
        tail = _STEP_MARK.sub("", piece.text[own[-1].end : end]) if own else ""
        between = piece.text[own[0].end : own[1].start] if len(own) > 1 else ""
        joined = len(own) == 1 or (len(own) == 2 and _BETWEEN.fullmatch(between))
        if not own or not joined or not _END.match(tail) or (found and not _bare(piece.text[start : own[0].start])):
            found = []
            continue
        found.append((own, re.sub("的.*$|、$|之间.*$", "", words[own[0].start - start :])))
    return found


def _bare(words: str) -> bool:
    return bool(re.fullmatch("(?:达到?|超过?|在|为|不足|不满|低于|满|不低于)?", words))


def _follow(parts: list[tuple[list[Quantity], str]]) -> bool:
    """Whether each begins where the one before ends, in one unit."""
    units = {q.unit for ends, _ in parts for q in ends}
    meets = all(a[-1].value == b[0].value or a[0].value == b[-1].value for (a, _), (b, _) in pairwise(parts))
    return len(units) == 1 and meets and any(len(ends) > 1 for ends, _ in parts)


def _key(ends: list[Quantity]) -> Quantity:
    """The end a step is known by: the lower one; of the lowest that has none, the upper."""
    first = ends[0]
    if len(ends) > 1 or first.bound is Bound.EXACT:
        return replace(first, bound=Bound.MORE_THAN if first.bound is Bound.MORE_THAN else Bound.AT_LEAST, range_id=None)
    return first


def grades_in(text: str, count: int) -> list[str]:
    """A range of grades written out, where it has as many as there are amounts."""
    for match in _RANGE.finditer(re.sub("（[^）]*）", "", text)):
        a, b = (_DIGITS.index(x) + 1 if x in _DIGITS else int(x) for x in (match["a"], match["b"]))
        step = 1 if a <= b else -1
        if abs(a - b) + 1 == count > 1:
            chinese = match["a"] in _DIGITS
            return [f"{_DIGITS[n - 1] if chinese else n}{match['unit']}" for n in range(a, b + step, step)]
    return []


def kinds_in(text: str, count: int) -> list[str]:
    """The last list of a text that has exactly as many members as there are amounts; [] if there is none."""
    text = re.sub("（[^）]*）", "", text)
    for part in reversed(re.split("的|，|且|以上|并", text)):
        members = [member for member in _LIST_MARK.split(part) if member]
        if len(members) == count > 1 and not any(re.search(r"\d", member) for member in members):
            return _of_one_form(members)
    return []


def _of_one_form(members: list[str]) -> list[str]:
    """引进国际性, 全国性主办 -> 国际性, 全国性; others as they are."""
    match = _KIND_END.search(members[0])
    if match and all(re.match(f"[\u4e00-\u9fff]{{2}}{match['end']}", member) for member in members[1:]):
        return [match["first"], *(member[:3] for member in members[1:])]
    first, *others = members
    longest = max(map(len, others))
    if len({len(other) for other in others}) == 1 and len(first) > longest and all(other[-2:] == first[-2:] for other in others):
        return [first[-longest:], *others]  # 牵头制定国际标准, 国家标准, 行业标准
    return members
