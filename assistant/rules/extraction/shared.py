"""What one sentence says of the grants in others: the condition of a lead, and a ceiling of its own for each kind.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> drafts = read_drafts(read_sentences("对成交的车辆，按成交价格的1%给予补贴。其中，小型车不超过1000元，大型车不超过5000元。"))
>>> [(draft.of_kind, draft.caps[0].quantities[0].text) for draft in drafts]
[('小型车', '1000元'), ('大型车', '5000元')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import replace

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Piece, Sentence
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.roles import Role, Series, is_money, read_series
from index.models import Bound

_OF_KIND = re.compile(
    r"^(?:其中，?)?(?:对于?)?(?P<kind>(?!单[个家户项]|每|同一|年度?|全年|累计|合计|最高|最多|奖励|补助|补贴|资助|总)[\u4e00-\u9fffA-Za-z]{2,14}?)"
    r"的?(?:补贴|补助|奖励|资助)?(?:金额)?(?:最高)?(?:不超过|最高|最多|不高于)$"
)
_PER_CLAIMANT = re.compile(
    "(?:每[家个]|单[个家]|同一)(?:企业|机构|单位|主体|公司|申报单位|申报主体|法人)?(?:每年|每个?年度|年度|全年|累计|合计|总计)[^，。；\\d]{0,8}(?:最高|最多|不超过)"
)
_FEWEST = 2
_ANEW = re.compile(r"^(?:对于?|鼓励|支持|每年|凡)")


def kinds_of(sentence: Sentence) -> list[tuple[str, Piece, Series]]:
    """Kind and ceiling of each piece of 其中，甲不超过5000元/艘，乙不超过1万元/艘; [] where the sentence says anything else."""
    found = []
    for piece in (piece for clause in sentence.clauses for piece in clause.pieces):
        if piece.text == "其中":
            continue
        series = read_series(piece)
        named = _OF_KIND.match(series[0].left) if len(series) == 1 and len(series[0].quantities) == 1 else None
        if not named or not is_money(series[0].unit):
            return []
        found.append((named["kind"], piece, _whole(series[0])))
    return found if len(found) >= _FEWEST else []


def _whole(series: Series) -> Series:
    """5000元/艘 as the most for one: 5000元."""
    quantity = replace(series.quantities[0], unit=series.unit.split("/")[0], bound=Bound.AT_MOST)
    return replace(series, quantities=(quantity,), role=Role.CAP)


def apart_by_kind(draft: Draft) -> list[Draft]:
    """The same where the ceilings stand in the sentence of the grant: …给予补助，其中省级最高100万元，市级最高50万元."""
    named = [_OF_KIND.match(series.left) for series in draft.caps]
    if len(named) < _FEWEST or not all(named) or len(draft.grants) != 1 or len({match["kind"] for match in named if match}) < len(named):
        return [draft]
    caps, kinds = draft.caps, [match["kind"] for match in named if match]
    draft.caps = []
    body = draft.body
    result = by_kind(draft, [(kind, body[-1], series) for kind, series in zip(kinds, caps, strict=True)])
    for one in result:
        one.body = body
    return result


def by_kind(draft: Draft, kinds: Sequence[tuple[str, Piece, Series]]) -> list[Draft]:
    """The grant once for each kind, with the ceiling of that kind."""
    result = []
    for kind, piece, series in kinds:
        one = copy(draft)
        one.of_kind, one.caps, one.body = kind, [*draft.caps, series], [*draft.body, piece]
        result.append(one)
    return result


def lead_in(draft: Draft, lead: Draft) -> None:
    """A sentence that promises support under a condition leads those that say how much: 对…超过10亿元的给予补贴。租赁的，…."""
    first = min((*draft.head, *draft.body), key=lambda piece: piece.start)
    if first.start < lead.head[0].start or _ANEW.match(first.text):
        return
    draft.before += [piece for piece in lead.head if piece not in draft.head]
    draft.conditions[:0] = [series for series in lead.conditions if series not in draft.conditions]


def yearly_limit(sentence: Sentence, found: list[Draft]) -> tuple[Piece, Series] | None:
    """每家机构每年最高奖励1000万元 as a sentence: it limits the grants before it, and promises nothing."""
    single = len(found) == 1 and len(sentence.clauses) == 1 and len(sentence.clauses[0].pieces) == 1
    if not single or not _PER_CLAIMANT.match(sentence.text) or len(found[0].amounts) != 1 or found[0].conditions:
        return None
    series = found[0].grants[0]
    limits = is_money(series.unit) and "/" not in series.unit and series.bound is Bound.AT_MOST
    return (sentence.clauses[0].pieces[0], replace(series, role=Role.CAP)) if limits else None


def raise_ceiling(draft: Draft, before: Draft, loose: Sequence[tuple[Piece, Series]]) -> tuple[Piece, Series] | None:
    """对年交易额达到1亿元的，最高支持金额提高至100万元: the share before it, up to this ceiling, which is returned."""
    raised = next(((piece, cap) for piece, cap in loose if piece in draft.head and p.RAISED_TO.search(cap.left)), None)
    if draft.grants or not raised or not draft.conditions or before.grants[0].role is not Role.RATE or before.tiers:
        return None
    piece, cap = raised
    draft.head.remove(piece)
    draft.grants, draft.caps, draft.body = list(before.grants), [cap], [*before.body, piece]
    return raised
