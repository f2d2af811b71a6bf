"""Steps of one measure that a lead names once: 按展览面积分档给予补贴：5000平方米以上不足1万平方米的，补贴15万元；1万平方米以上的，….

>>> from assistant.rules.extraction.clauses import read_sentences
>>> sentence = read_sentences("营业收入按以下比例分段累进奖励：5000万元以下部分，奖励1%；5000万元以上部分，奖励2%。")[0]
>>> [(rung.name, rung.beyond) for rung in find_rungs(sentence.clauses[1:])]
[('5000万元以下部分', False), ('5000万元以上部分', True)]

A figure of such a clause stands alone (1万平方米以上不足3万平方米的), has two ends without a dash, or is only the part of the
sum it is a share of (5000万元以上部分): the general reading of clauses takes it for a basis or a condition of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.rules.extraction.clauses import Clause, Piece, Sentence
from assistant.rules.extraction.conditions import measure_label
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.roles import GRANTED, Role, Series, read_series
from index.models import Bound, Quantity

_STEP = re.compile(
    r"^(?P<step>[^，\d]{0,24}\d[^，]*?)(?:(?P<part>的?部分)|的(?:企业|单位|机构|项目)?)，?"
    r"(?=[^，]*(?:奖|补|给|按|资助|扶持|支持|一次性|最高))"
)
_FRAME = re.compile(
    r"以上|以下|及|不足|不满|未满|不到|低于|小于|超过|大于|高于|达到?|满|至|到|[-—~－–]|[（）()]|不?含本?数?|(?:的)?部分|之间|、|在|为|的$|^的"
)
_JOINED = re.compile("且|并|或|同比|同时")
_NAMED = (
    re.compile(r"按照?(?:其)?(?P<what>(?!以下|下列|如下)[\u4e00-\u9fff]{2,14}?)(?:规模)?的?(?:实行)?(?:分档|分级|分段|分类|累进|超额累进)"),
    re.compile(r"按照?(?P<what>(?!以下|下列|如下)[\u4e00-\u9fff]{0,12}?(?:面积|额|量|数|规模|收入|投资|人次|产值))(?:分别)?给予"),
    re.compile(r"(?P<what>[\u4e00-\u9fff]{2,24}?)(?:达到|符合|按照?)(?:以下|下列|如下)(?:标准|条件|规定|比例|档次|规模)?"),
)
_WHOSE = re.compile(r"^.*(?:企业|机构|单位|公司|平台|项目|主体)的?(?=(?:上?一?个?年度?|当年|累计|实际|实缴)?[\u4e00-\u9fff]{3,})")
_LOWER = (Bound.AT_LEAST, Bound.MORE_THAN, Bound.EXACT)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Rung:
    """One clause: the measure it names ("" if the lead does), the ends of the step, what is given."""

    clause: Clause
    name: str
    measure: str
    ends: tuple[Quantity, ...]
    beyond: bool
    """The grant is of the part above the lower end only: 5000万元以上部分."""
    given: Series
    caps: tuple[Series, ...]
    start: int

    @property
    def series(self) -> Series:
        """The step as a condition."""
        return Series(self.ends, Role.CONDITION, self.measure, "", self.start, self.start + len(self.name))


def named_measure(lead: str) -> str:
    """What the steps behind a lead measure: 年度设备购置额达到下列标准的，分档给予补助 -> 年度设备购置额; "" if it does not say."""
    for pattern in _NAMED:
        if match := pattern.search(re.split("[，；]", lead)[-1]) or pattern.search(lead):
            what = _WHOSE.sub("", re.sub("^对于?", "", match["what"]))
            return what if len(what) > 1 else ""
    return ""


def read_rung(clause: Clause) -> Rung | None:
    """The clause as a step, None if it says more or something else."""
    first = clause.pieces[0]
    match = _STEP.match(clause.text)
    if clause.lead or not match:
        return None
    ends = tuple(q for q in first.quantities if q.end <= match.end("step"))
    rest = _blanked(match["step"], ends)
    before = match["step"][: ends[0].start] if ends else ""
    measure = re.sub("^(?:其中，?)?对?于?|(?:在|达到?|为|超过?|满|不足|不低于)+$", "", before)
    if not 1 <= len(ends) <= 2 or len({q.unit for q in ends}) > 1 or _JOINED.search(match["step"]) or _FRAME.sub("", rest[len(before) :]):
        return None
    series = [s for piece in clause.pieces for s in read_series(piece) if s.start >= first.start + match.end("step")]
    given = [s for s in series if s.role in GRANTED]
    others = [s for s in series if s.role not in (*GRANTED, Role.CAP)]
    if len(given) != 1 or len(given[0].quantities) != 1 or others:
        return None
    ends = tuple(sorted(ends, key=lambda q: q.value))
    beyond = bool(match["part"]) and ends[0].bound in _LOWER
    caps = tuple(s for s in series if s.role is Role.CAP)
    name = match["step"] + (match["part"] or "")
    return Rung(clause, name, measure, _as_range(ends, match["step"]), beyond, given[0], caps, first.start)


def find_rungs(clauses: Sequence[Clause]) -> list[Rung]:
    """The steps a row of clauses begins with; [] unless they are at least two of one measure that follow each other."""
    rungs: list[Rung] = []
    for clause in clauses:
        rung = read_rung(clause)
        if rung is None or (rungs and not _follows(rungs[-1], rung)):
            break
        rungs.append(rung)
    return rungs if len(rungs) >= _FEWEST else []


def bands_of(clause: Clause) -> tuple[list[Piece], list[Rung], list[Piece]]:
    """Parts that one piece of a clause lists (1亿元至5亿元部分按1%、5亿元以上部分按2%给予补助), the pieces before them and behind."""
    for number, piece in enumerate(clause.pieces):
        cuts = [0, *(match.end() for match in re.finditer(r"[%％]、(?=\d)", piece.text)), len(piece.text)]
        if len(cuts) <= _FEWEST:
            continue
        parts = [_part_of(piece, a, b) for a, b in pairwise(cuts)]
        rungs = find_rungs([Clause((part,)) for part in parts])
        if len(rungs) == len(parts) and any(rung.beyond for rung in rungs):
            return list(clause.pieces[:number]), rungs, list(clause.pieces[number + 1 :])
    return [], [], []


def _part_of(piece: Piece, start: int, end: int) -> Piece:
    words = piece.text[start:end].rstrip("、")
    inside = tuple(replace(q, start=q.start - start, end=q.end - start) for q in piece.quantities if start <= q.start < end)
    return Piece(words, piece.start + start, inside)


def draft_of(sentence: Sentence, rungs: Sequence[Rung], lead: Draft, lead_text: str) -> Draft | None:
    """One promise with the steps as its tiers; None where nobody says what they measure."""
    measure = rungs[0].measure or named_measure(lead_text) or _condition_measure(lead, rungs[0])
    if not measure:
        return None
    draft = Draft(sentence, head=list(lead.head), conditions=list(lead.conditions), caps=list(lead.caps), measured=measure)
    for rung in rungs:
        draft.tiers.append((replace(rung.series, left=measure), rung.given))
        draft.grants.append(rung.given)
        draft.names.append(rung.name)
        draft.beyond.append(rung.beyond)
        draft.caps += rung.caps
        draft.body += rung.clause.pieces
    return draft


def _condition_measure(lead: Draft, rung: Rung) -> str:
    """固定资产投资 of 对固定资产投资1亿元以上的项目, behind which the parts name no measure."""
    same = [series for series in lead.conditions if series.unit == rung.ends[0].unit]
    return measure_label(same[-1]) if same else ""


def measured_by(sentence: Sentence, measure: str) -> Draft | None:
    """An item that is a single step of what the paragraph above it measures: （一）200万元至500万元的，补助8%."""
    rung = read_rung(sentence.clauses[0]) if len(sentence.clauses) == 1 else None
    if rung is None or rung.measure or not measure:
        return None
    draft = Draft(sentence, conditions=[replace(rung.series, left=measure)], grants=[rung.given], measured=measure)
    draft.caps += rung.caps
    draft.body += rung.clause.pieces
    return draft


def _follows(before: Rung, rung: Rung) -> bool:
    """Whether the step begins where the one before it ends (either way round), by the same measure, with the same kind of grant."""
    alike = rung.ends[0].unit == before.ends[0].unit and rung.given.role is before.given.role and rung.given.unit == before.given.unit
    named = not rung.measure or rung.measure == before.measure
    meets = before.ends[-1].value == rung.ends[0].value or rung.ends[-1].value == before.ends[0].value
    two_ends = any(len(r.ends) > 1 or r.ends[0].bound not in _LOWER for r in (before, rung))
    return alike and named and meets and two_ends


def _as_range(ends: tuple[Quantity, ...], words: str) -> tuple[Quantity, ...]:
    """Two ends read as the ends of one range: the upper one is not included unless it says so."""
    if len(ends) < _FEWEST:
        return ends
    low, high = ends
    low = replace(low, bound=low.bound if low.bound is Bound.MORE_THAN else Bound.AT_LEAST, range_id=0)
    lower_only = "含" in words[low.end : high.start] and not re.match("（?含", words[high.end :])
    included = high.bound is Bound.AT_MOST and not lower_only
    high = replace(high, bound=Bound.AT_MOST if included else Bound.LESS_THAN, range_id=0)
    return low, high


def _blanked(text: str, quantities: Iterable[Quantity]) -> str:
    for quantity in quantities:
        text = text[: quantity.start] + " " * (quantity.end - quantity.start) + text[quantity.end :]
    return text.replace(" ", "")
