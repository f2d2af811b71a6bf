"""Amounts listed by kind: 其中本科生1万元，硕士研究生3万元; 国家级20万元、省级10万元; 县级奖励1万元，市级奖励3万元.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> sentence = read_sentences("对新引进人才发放住房补贴，其中本科生1万元，硕士研究生3万元。")[0]
>>> [(entry.name, entry.given.quantities[0].text) for entry in listed_in(sentence.clauses, promised=False).entries]
[('本科生', '1万元'), ('硕士研究生', '3万元')]

The verb is said once in front, or with each amount; the general reading of pieces takes such figures for conditions or for
grants of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Clause, Piece, Sentence
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.roles import GRANTED, Role, Series, is_money, read_series
from index.models import Bound

_VERBS = "给予|奖励|补助|补贴|资助|发放|奖|补"
_NAMED = re.compile(
    r"^(?:其中)?[，：]?(?:对于?|认定为|获评|评为)?(?P<name>[\u4e00-\u9fffA-Za-z“”]{1,14}?)(?:的)?(?:分别|一次性)?"
    rf"(?P<verb>{_VERBS})?(?:一次性)?(?:最高|不超过|为|：)?$"
)
_BEHIND = re.compile(r"^(?:元)?(?:的?(?:一次性)?[\u4e00-\u9fff]{0,6}(?:奖励|补助|补贴|资助|奖金|扶持|支持)(?:资金)?)?$")
_NO_KIND = re.compile(
    r"^(?:最[高多]|不超过|单[个家户项笔]|每|同一|累计|合计|总|全年|年度?|当年|首年|次年|第[一二三四五\d]|前|后|再|另|并|且|按|共|三年|两年|自|以上|以下)"
    r"|(?:达到?|超过?|满|不低于|不少于|实现|突破|完成|增长|增加|增幅|为|至|且|或|和|及)$"
    r"|(?:额|量|数|率|值|收入|投资|资本|面积|规模|贡献|税收|成本|产值|租金|费用?|经费|资金|补贴|补助|奖励|奖金|津贴|奖)$"
)
_GRADE = re.compile("[级档等星A]$")
_FEWEST = 2
_LONGEST_NAME = 6
"""Of kinds that have a verb each: 县级奖励1万元, not 获得国家称号的单位奖励10万元."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind and what is given for it."""

    name: str
    given: Series
    piece: Piece
    has_verb: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A run of entries: the pieces of the first clause before them, the pieces behind them, how many clauses it takes."""

    before: list[Piece]
    entries: list[Entry]
    behind: list[Piece]
    clauses: int


def listed_in(clauses: Sequence[Clause], *, promised: bool) -> Listed | None:
    """The amounts by kind that a row of clauses begins with; None where there are not two.

    Args:
        clauses: The clauses of a sentence from here on.
        promised: Whether a lead before them gives something: 按以下标准给予奖励：国家级20万元，….
    """
    first = clauses[0]
    cut = [_entries_of(piece) for piece in first.pieces]
    begin = next((n for n, entries in enumerate(cut) if entries), len(cut))
    end = next((n for n in range(begin, len(cut)) if not cut[n]), len(cut))
    entries = [entry for part in cut[begin:end] for entry in part]
    taken = 1
    while end == len(cut) and taken < len(clauses):
        more = [_entries_of(piece) for piece in clauses[taken].pieces]
        if not all(more):
            break
        entries += [entry for part in more for entry in part]
        taken += 1
    before = list(first.pieces[:begin])
    if first.lead or len(entries) < _FEWEST or not _go_together(entries, promised or promises(before)):
        return None
    if any(series.role in GRANTED for piece in before for series in read_series(piece)):
        return None  # 给予10万元奖励，其中…: parts of a sum that is given already
    return Listed(before, entries, list(first.pieces[end:]), taken)


def draft_of(sentence: Sentence, listed: Listed, lead: Draft) -> Draft:
    """One promise with the kinds as its tiers."""
    draft = Draft(sentence, head=[*lead.head, *listed.before], conditions=list(lead.conditions), caps=list(lead.caps))
    for piece in listed.before:
        draft.conditions += [series for series in read_series(piece) if series.role is Role.CONDITION]
    for entry in listed.entries:
        draft.grants.append(entry.given)
        draft.names.append(entry.name)
        draft.body += [] if entry.piece in draft.body else [entry.piece]
    return draft


def promises(pieces: Iterable[Piece]) -> bool:
    """Whether words without a sum say that something is given."""
    return any(p.SOFT_GRANT.search(piece.text) or re.search(f"(?:{_VERBS})", piece.text[-12:]) for piece in pieces)


def _go_together(entries: list[Entry], promised: bool) -> bool:
    """Whether they are kinds of one thing, not parts of a sum: each has its verb and they are named alike, or the verb is said before."""
    names = [entry.name for entry in entries]
    alike = len({name[-1] for name in names}) == 1
    verbs = [entry.has_verb for entry in entries]
    if len(set(names)) < len(names) or len({entry.given.unit for entry in entries}) > 1:
        return False
    named_anew = any(re.match("(?:其中)?对", entry.given.left) for entry in entries) and not all(_GRADE.search(name) for name in names)
    short = not named_anew and all(len(name) <= _LONGEST_NAME and not re.search("的|每", name) for name in names)
    return short and alike if all(verbs) else promised and not any(verbs[1:]) and not any("每" in name for name in names)


def _entries_of(piece: Piece) -> list[Entry]:
    """The entries a piece consists of; [] if it says anything else."""
    entries: list[Entry] = []
    for part in _parts(piece):
        if part.text == "其中":
            continue
        if len(part.quantities) != 1:
            return []
        quantity = part.quantities[0]
        left, right = part.text[: quantity.start], part.text[quantity.end :]
        match = _NAMED.match(left)
        fits = (
            is_money(quantity.unit)
            and "/" not in quantity.unit
            and quantity.bound in (Bound.EXACT, Bound.AT_MOST)
            and quantity.range_id is None
        )
        if not match or not fits or _NO_KIND.search(match["name"]) or not _BEHIND.match(right):
            return []
        given = replace(read_series(part)[0], role=Role.AMOUNT)
        entries.append(Entry(match["name"].removesuffix("的"), given, piece, bool(match["verb"])))
    return entries


def _parts(piece: Piece) -> list[Piece]:
    """国家级20万元、省级10万元 as two."""
    cuts = [0, *(m.end() for m in re.finditer(r"(?<=元)、(?=[\u4e00-\u9fff])", piece.text)), len(piece.text)]
    parts = []
    for start, end in pairwise(cuts):
        inside = tuple(replace(q, start=q.start - start, end=q.end - start) for q in piece.quantities if start <= q.start < end)
        parts.append(Piece(piece.text[start:end].rstrip("、"), piece.start + start, inside))
    return parts
