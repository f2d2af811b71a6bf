"""Grants of several clauses that are one promise: tiers, prices of one thing, more for each step beyond a threshold.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> draft = read_drafts(read_sentences("年销售额达到1亿元的，给予10万元奖励；每增加1亿元，另给予5万元奖励。"))[0]
>>> [series.quantities[0].text for series in draft.increase]
['1亿元', '5万元']
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Piece
from assistant.rules.extraction.conditions import measure_label
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.roles import EACH_UNIT, Role, Series
from index.models import Bound


def join_prices(drafts: list[Draft], start: int) -> None:
    """申请费资助1000元/件，获得授权后资助8000元/件: prices of one thing, added up."""
    for later in drafts[start + 1 :]:
        earlier = drafts[drafts.index(later) - 1]
        first, second = earlier.grants[0], later.grants[0]
        alike = first.unit == second.unit and "/" in first.unit and len(later.amounts) == 1
        if alike and not later.head and not later.conditions and not later.each and not later.body[0].text.startswith("对"):
            earlier.grants += later.grants
            earlier.body += later.body
            earlier.caps += later.caps
            earlier.limits += later.limits
            earlier.priced = True
            drafts.remove(later)


def join_tiers(drafts: list[Draft], start: int) -> None:
    """超过1000万的，给予20万；超过5000万的，给予50万: one draft with steps."""
    i = max(start, 1)
    while i < len(drafts):
        i += 0 if _joined(drafts, i) else 1


def _joined(drafts: list[Draft], i: int) -> bool:
    """Whether the draft at `i` became a step of the one before it."""
    earlier, later = drafts[i - 1], drafts[i]
    if (
        len(later.grants) != 1
        or len(later.grants[0].quantities) != 1
        or later.each
        or earlier.each
        or later.excess
        or later.grants[0].role is not earlier.grants[-1].role
        or later.excess
        or any(p.MORE_GIVEN.match(piece.text) for piece in later.body)
    ):
        return False
    own = [
        s
        for s in later.conditions
        if s.start >= later.body[0].start or any(within(s, piece) for piece in later.head if piece.start > earlier.end)
    ]
    if len(own) > 1:
        return _joined_on_all(drafts, i, own)
    if len(own) != 1 or not _single(own[0]):
        return False
    steps = earlier.tiers or _first_step(earlier, own[0])
    if not steps or any(len(s.quantities) != 1 for s in earlier.grants) or not _same_measure(steps[-1][0], own[0]):
        return False
    earlier.tiers = [*steps, (_above(steps[-1][0], own[0]), later.grants[0])]
    earlier.grants.append(later.grants[0])
    earlier.body += [piece for piece in (*later.head, *later.body) if piece not in earlier.head and piece not in earlier.body]
    earlier.caps += [c for c in later.caps if c not in earlier.caps]
    drafts.pop(i)
    return True


def _joined_on_all(drafts: list[Draft], i: int, own: list[Series]) -> bool:
    """面积1万平方米以上、入驻率50%以上的，给予20万元；面积5万平方米以上、入驻率60%以上的，给予50万元: the same words, other figures."""
    earlier, later = drafts[i - 1], drafts[i]
    first = earlier.conditions
    if _asked(earlier, 0) != _asked(later, earlier.end) or len(first) != len(own) or not all(map(_single, (*first, *own))):
        return False
    earlier.needs = [*(earlier.needs or [tuple(first[1:])]), tuple(own[1:])]
    earlier.tiers = [*(earlier.tiers or [(first[0], earlier.grants[0])]), (own[0], later.grants[0])]
    earlier.grants.append(later.grants[0])
    earlier.body += [piece for piece in (*later.head, *later.body) if piece not in earlier.head and piece not in earlier.body]
    earlier.caps += [c for c in later.caps if c not in earlier.caps]
    drafts.pop(i)
    return True


def _asked(draft: Draft, after: int) -> str:
    """The words in front of a grant without their figures and remarks."""
    words = []
    for piece in sorted((*draft.head, draft.body[0]), key=lambda piece: piece.start):
        if piece.start < after:
            continue
        text = piece.text[: draft.grants[0].start - piece.start] if piece is draft.body[0] else piece.text
        for quantity in piece.quantities:
            text = text[: quantity.start] + "#" * (quantity.end - quantity.start) + text[quantity.end :]
        words.append(re.sub("#+", "#", re.sub("（[^（）]*）", "", text)))
    return re.sub("^对于?", "", "，".join(words))


def _above(before: Series | None, step: Series) -> Series:
    """500亩以上 behind 100—500亩（含500亩）: the figure both name belongs to the step that says 含."""
    first = step.quantities[0]
    included = before and before.is_range and before.quantities[1].value == first.value and re.match("元?（含", before.right)
    return replace(step, quantities=(replace(first, bound=Bound.MORE_THAN), *step.quantities[1:])) if included else step


def with_increases(drafts: list[Draft]) -> list[Draft]:
    """达到1亿元，给予10万元；每增加1亿元，另给予10万元: one draft, the second grant counts what exceeds the threshold."""
    result: list[Draft] = []
    for draft in drafts:
        before = result[-1] if result else None
        each = draft.each[-1] if draft.each else None
        if (
            before
            and each
            and re.search("每再?(?:增加|增长|超过?|提高|新增|多)$", each.left)
            and not before.tiers
            and not before.increase
            and len(before.amounts) == len(draft.amounts) == 1
            and before.grants[0].role is Role.AMOUNT
            and "/" not in before.grants[0].unit
            and any(s.unit == each.unit and s.bound in (Bound.AT_LEAST, Bound.MORE_THAN) for s in before.conditions)
        ):
            before.increase = (each, draft.grants[0])
            own = [piece for piece in (*draft.head, *draft.body) if piece.start > before.body[0].start and piece not in before.body]
            before.body += own
            before.caps += [cap for cap in draft.caps if cap not in before.caps]
            before.limits += draft.limits
            continue
        result.append(draft)
    return result


def with_excess(drafts: list[Draft]) -> list[Draft]:
    """达到500标箱的，每标箱200元；超过2000标箱的，超过部分每标箱300元: one draft, the second price is of the part beyond."""
    result: list[Draft] = []
    for draft in drafts:
        before = result[-1] if result else None
        step = _own_threshold(draft)
        first = next((s for s in reversed(before.conditions) if step and s.unit == step.unit), None) if before else None
        if before and step and first and draft.excess and not before.excess and _alike(before, draft):
            before.tiers = [(first, before.grants[0]), (step, draft.grants[0])]
            before.names = [first.quantities[0].text, f"超过{step.quantities[0].text}的部分"]
            before.beyond = [False, True]
            before.grants += draft.grants
            before.body += [piece for piece in (*draft.head, *draft.body) if piece.start > before.body[-1].start]
            before.caps += [cap for cap in draft.caps if cap not in before.caps]
            before.measured = measure_label(first)
            continue
        result.append(draft)
    return result


def _alike(before: Draft, draft: Draft) -> bool:
    """Whether both give one share, or one price for the same thing."""
    first, second = before.grants[0], draft.grants[0]
    single = len(before.amounts) == len(draft.amounts) == 1 and not before.tiers and not before.increase
    return single and first.role is second.role and first.unit == second.unit and each_units_of(first) == each_units_of(second)


def _own_threshold(draft: Draft) -> Series | None:
    own = [s for s in draft.conditions if s.bound in (Bound.AT_LEAST, Bound.MORE_THAN)]
    return own[-1] if own and draft.grants else None


def _first_step(draft: Draft, like: Series) -> list[tuple[Series | None, Series]]:
    if (
        like.left
        and not like.elided
        and any(s.start > own.end for own in draft.conditions for s in draft.conditions if own.unit == like.unit)
    ):
        return []  # 注册资本1亿元以上且营业收入达到5000万元的，…；注册资本5000万元至1亿元的，…: another condition goes with the first step
    same = [s for s in draft.conditions if s.unit == like.unit and _same_side(s, like) and _single(s)]
    return [(same[-1], draft.grants[0])] if same and len(draft.grants) == 1 else []


def _same_measure(first: Series | None, second: Series) -> bool:
    """超过5000万 after 增幅超过1000万; 年进出口额500万 after 跨境电子商务年进出口额200万; not 英语国家 after 非英语国家."""
    if first is None or first.unit != second.unit:
        return False
    words = re.sub(r"(?:达到?|超过?|突破|在|为|实现|满|不低于|不少于)+$", "", second.left).split("、")[-1]
    words = re.sub(r"^(?:对于?|其中|其)", "", words)
    if first.bound is not second.bound:
        return len(words) > 2 and _same_side(first, second) and words in first.left
    return not words or words in first.left or first.left.endswith(words[-4:])


def apart(draft: Draft) -> list[Draft]:
    """A且B的，或C且D的，给予…: two drafts, each under its own conditions; a single figure behind 或 stays an alternative."""
    for number, piece in enumerate(draft.head):
        own = [s for s in draft.conditions if within(s, piece)]
        before = [s for s in draft.conditions if s.start < piece.start]
        if number and piece.text.startswith("或") and len(own) > 1 and len(before) > 1 and not draft.tiers:
            rest = [s for s in draft.conditions if s not in own and s not in before]
            first = replace(draft, head=[*draft.head[:number], *draft.head[number + 1 :]], conditions=[*before, *rest])
            bare = Piece(piece.text[1:], piece.start + 1, tuple(replace(q, start=q.start - 1, end=q.end - 1) for q in piece.quantities))
            own = [replace(s, left=s.left.removeprefix("或")) for s in own]
            second = replace(draft, head=[bare, *draft.head[number + 1 :]], conditions=[*own, *rest], instead=True)
            return [first, second]
    return [draft]


def _same_side(first: Series, second: Series) -> bool:
    """Two thresholds of one kind: 达到800万元, and 超过5000万元 above it."""
    return first.bound is second.bound or {first.bound, second.bound} == {Bound.AT_LEAST, Bound.MORE_THAN}


def each_units_of(series: Series) -> list[str]:
    """The words behind 每 in front of a figure."""
    return [match["unit"] for match in EACH_UNIT.finditer(series.left[-12:])]


def _single(series: Series) -> bool:
    """One figure, or the two ends of a range."""
    return len(series.quantities) == 1 or series.quantities[0].range_id is not None


def within(series: Series, piece: Piece) -> bool:
    """Whether the figures stand in the piece."""
    return piece.start <= series.start < piece.end
