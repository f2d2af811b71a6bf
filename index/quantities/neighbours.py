"""Figures that stand side by side: ranges (200万—500万) and lists that share a unit or bound (10、20、30万元).

In "1-2亿元" the 1 takes unit and scale of the 2 and becomes the low end of a range; in
"不超过300万元、200万元" the second figure is limited by the words before the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from index.models import Bound
from index.quantities.bounds import After, Before, combine
from index.quantities.numerals import EXACT, as_written
from index.quantities.units import CURRENCIES, TIME_UNITS


@dataclass(slots=True)
class Found:
    """A figure on its way to becoming a `Quantity`."""

    start: int
    end: int
    number: Decimal
    """The value before unit factor, scale included."""
    scale: Decimal
    """万 in 30万: what a bare left neighbour inherits. 1 where nothing is written."""
    unit: str
    factor: Decimal
    lead: Before
    trail: After
    bound: Bound
    approximate: bool
    faint: bool
    """A lone 一 or 三 without unit: no quantity unless its neighbours make it one."""
    range_id: int | None = None

    @property
    def value(self) -> Decimal:
        """The number in the canonical unit."""
        return as_written(EXACT.multiply(self.number, self.factor))


_SIGN = r"[ ]?(?:[-—–~～]{1,2}|至|到|to)[ ]?"
_AND = r"[ ]?(?:和|与|and)[ ]?"
_LISTED = r"\s{0,3}(?:、|和|及|与|或者?|以及|,? ?and|,? ?or|,(?=[ ]))\s{0,3}"
_NOTE = r"(?:及?以上)?(?:[(（]不?(?:包?含|包括)[^()（）]{0,12}[)）])?(?:及?以上)?"
_INCLUDED = re.compile(r"[(（][ ]?(?P<no>不)?(?:包?含|包括)[ ]?\Z")
_NOTE_CLOSES = re.compile(r"(?:及?以上|以下)?[ ]?[)）]")
_FARTHEST_RANGE = 26
_FARTHEST = 12
_RANGE_GAP = re.compile(_NOTE + _SIGN, re.IGNORECASE)
_AND_GAP = re.compile(_NOTE + _AND, re.IGNORECASE)
_LIST_GAP = re.compile(_LISTED, re.IGNORECASE)
_BETWEEN_AFTER = re.compile(r"[ ]?之?间")
_BETWEEN_BEFORE = re.compile(r"between[ ](?:RMB[ ]?|USD[ ]?)?\Z", re.IGNORECASE)
_GROWN = re.compile(
    r"\b(?:rose|risen|rising|increas\w+|grew|grown|growing|went(?: up)?|jump\w*|climb\w*|expand\w*|fell|dropped|declin\w*)"
    r" from (?:RMB|USD|US\$|\$|¥)?[ ]?\Z",
    re.IGNORECASE,
)
# 5000、1万元: the 5000 is no 5000万. Neighbours in one list differ by less than this.
_SAME_ORDER = 100
_BIG_SCALES = (Decimal(10**8), Decimal(10**4))


def join_neighbours(text: str, found: list[Found]) -> None:
    """Give neighbours what they share, in place. Right to left for units, left to right for bounds."""
    for left, right in pairwise(found):
        if left.unit in CURRENCIES and not right.unit and right.scale > 1 and _LIST_GAP.fullmatch(text[left.end : right.start]):
            right.unit, right.factor = left.unit, left.factor  # RMB 3 million, 2 million and 1 million
    closed = {
        right.start for left, right in pairwise(found) if left.end == right.start and left.unit
    }  # the 300万 of 5000万美元300万、3000万美元200万
    notes = _drop_repeated(text, found)
    for left, right in reversed(list(pairwise(found))):
        if right.start - left.end > _FARTHEST_RANGE:
            continue
        gap = text[left.end : right.start]
        if _is_range(text, gap, left, right):
            _make_range(left, right, notes.get(right.start))
        elif right.start - left.end > _FARTHEST:
            continue
        elif _LIST_GAP.fullmatch(gap) and not (right.unit and left.start in closed):
            _share_unit(left, right, is_range=False)
            if left.unit == right.unit and left.lead.bound is None and left.trail.bound is None and right.trail.bound and right.unit:
                left.bound, left.trail = right.bound, right.trail  # 100万元、200万元以上
    for left, right in pairwise(found):
        if left.range_id is not None or right.range_id is not None or not left.lead.bound or left.unit != right.unit:
            continue
        if right.lead.bound is None and right.trail.bound is None and _LIST_GAP.fullmatch(text[left.end : right.start]):
            right.lead, right.bound = left.lead, combine(left.lead, right.trail)  # 不超过300万元、200万元


def _drop_repeated(text: str, found: list[Found]) -> dict[int, Found]:
    """Take out figures that only say whether an end is included: 至400万美元（不含400万美元）, 100万元-300万元（含300万元）.

    Returns what stood in the note behind a figure, by the start of that figure.
    """
    notes: dict[int, Found] = {}
    kept = found[:1]
    for before, figure in pairwise(found):
        opened = _INCLUDED.search(text, before.end, figure.start)
        near = opened and opened.start() - before.end <= len("及以上") and _NOTE_CLOSES.match(text, figure.end)
        if near and (figure.number == before.number or _is_known(figure, before, kept)):
            notes[before.start] = figure
        else:
            kept.append(figure)
    found[:] = kept
    return notes


def _is_known(figure: Found, before: Found, found: list[Found]) -> bool:
    """Whether an end of a range that stands shortly in front of `before` has the number of `figure`."""
    for end in reversed(found):
        if before.start - end.end >= _FARTHEST_RANGE:
            return False
        if end.end <= before.end and end.number == figure.number:
            return True
    return False


def _is_range(text: str, gap: str, left: Found, right: Found) -> bool:
    if not gap or (right.range_id is not None and left.range_id is not None):
        return False
    if _GROWN.search(text, max(0, left.start - 30), left.start):
        return False  # rose from 200 to 260 million: two figures, the one after the other
    if _RANGE_GAP.fullmatch(gap):
        return True
    if not _AND_GAP.fullmatch(gap):
        return False
    return bool(_BETWEEN_AFTER.match(text, right.end) or _BETWEEN_BEFORE.search(text, max(0, left.start - 14), left.start))


def _make_range(left: Found, right: Found, note: Found | None = None) -> None:
    """Two ends of one range. `note`: the figure named in brackets behind it (含1亿元), which may be the lower end."""
    _share_unit(left, right, is_range=True)
    if left.unit != right.unit and not {left.unit, right.unit} <= TIME_UNITS:  # 2个月至1年 is a range, too
        return
    if not right.faint or left.faint:
        left.faint = right.faint = False
    left.range_id = right.range_id = left.start
    excluded_low = left.trail.inclusive is False or left.lead.bound is Bound.MORE_THAN
    left.bound = Bound.MORE_THAN if excluded_low else Bound.AT_LEAST
    lower_named = note is not None and note.number == left.number and note.number != right.number
    if lower_named:
        left.bound = Bound.AT_LEAST if right.trail.inclusive else Bound.MORE_THAN
    right.bound = Bound.LESS_THAN if right.trail.inclusive is lower_named else Bound.AT_MOST
    left.approximate = right.approximate = left.approximate or right.approximate


def _share_unit(left: Found, right: Found, *, is_range: bool) -> None:
    """A bare 10 before 30万元 is 10万元; the 500万 after 200万元 is 500万元 (in ranges only)."""
    if left.unit and not right.unit and is_range:
        right.unit, right.factor = left.unit, left.factor
    elif right.unit and not left.unit:
        if not is_range and not _same_order(left, right):
            return
        left.unit, left.factor, left.faint = right.unit, right.factor, False
    if left.unit != right.unit or right.scale == 1 or left.scale != 1:
        return
    if not is_range:
        scale = right.scale if _same_order(left, right) else None
    else:
        # 一到两千万 shares 千万, 一千五百到两千万 only 万
        ending = next((big for big in _BIG_SCALES if right.scale % big == 0), Decimal(1))
        scale = next((s for s in (right.scale, ending) if EXACT.multiply(left.number, s) <= right.number), None)
    if scale:
        left.number, left.scale = EXACT.multiply(left.number, scale), scale


def _same_order(left: Found, right: Found) -> bool:
    if left.scale != 1 and right.unit in CURRENCIES:
        return True
    if left.scale != 1:  # a turnover of 60 million, 500 square metres
        low, high = sorted((left.number, right.number))
    else:
        low, high = sorted((EXACT.divide(left.number, left.scale), EXACT.divide(right.number, right.scale)))
    return low <= 0 or high < low * _SAME_ORDER
