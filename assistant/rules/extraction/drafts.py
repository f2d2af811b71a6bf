"""Puts figures that belong together into one draft: who (head), under which conditions, what is granted, up to what.

    >>> from assistant.rules.extraction.clauses import read_sentences
    >>> drafts = read_drafts(read_sentences("对甲平台，超过1000万美元的，给予20万元；超过5000万美元的，给予50万元。"))
    >>> [[q.text for q in draft.amounts] for draft in drafts]
    [['20万元', '50万元']]

Sentence by sentence (`sentence_reader`); here, what one sentence has from those before it: a lead whose list goes on,
a promise whose sums follow, and 扶持金额最多不超过50万元, which caps the sentence before it.
"""

from __future__ import annotations

import re

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Piece, Sentence
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.listed import promises
from assistant.rules.extraction.paying import payments_in
from assistant.rules.extraction.roles import Role, Series
from assistant.rules.extraction.sentence_reader import SentenceReader, names_somebody
from assistant.rules.extraction.shared import apart_by_kind, by_kind, kinds_of, lead_in, yearly_limit

_IN_STEPS = re.compile("分[档级段类](?:次|别)?|按(?:照)?(?:以下|下列|如下)(?:标准|档次|规定)|(?:标准|档次)如下")
_LISTING = re.compile(r"：(?:（1）|（一）|①|1[.、])")
"""A lead whose list goes on over several sentences."""


def read_drafts(sentences: list[Sentence]) -> list[Draft]:
    """All drafts of an article in order."""
    drafts: list[Draft] = []
    previous: list[Draft] = []
    lead: Draft | None = None
    promised: Draft | None = None
    announcing: Draft | None = None
    told: Sentence | None = None
    for sentence in sentences:
        reader = SentenceReader(sentence, told)
        found = reader.read()
        told = sentence if not found and len(sentence.clauses) == 1 and promises(sentence.clauses[0].pieces[-1:]) else None
        if previous and (kinds := kinds_of(sentence)) and not drafts[-1].caps and len(drafts[-1].grants) == 1:
            drafts[-1:] = previous = by_kind(drafts[-1], kinds)
            continue
        if promised:
            for draft in found:
                lead_in(draft, promised)
        promised = reader.promised or promised
        if lead:
            for draft in found:
                _lead_in(draft, lead)
        elif announcing and found and not names_somebody(found[0]):
            for draft in found:
                draft.head[:0], draft.announced = announcing.head, announcing.sentence
        announcing = _announcing(sentence) if not found else None
        if _LISTING.search(sentence.text) and (reader.lead.head or reader.lead.conditions):
            lead = reader.lead
        if not found and previous and reader.loose and p.CAP_SENTENCE.match(sentence.text):
            _cap_all(previous, reader.loose)
            continue
        if found and previous and reader.loose and p.CAP_SENTENCE.match(sentence.text):
            _cap_all(previous, [c for c in reader.loose if c[0].start < found[0].start])
        if previous and (limit := yearly_limit(sentence, found)):
            _cap_all(previous, [limit])
            continue
        for draft, later in zip(found, [*found[1:], None], strict=False):
            _pay_out(draft, later)
        found = [one for draft in found for one in apart_by_kind(draft)]
        drafts += found
        if found:
            previous = found
    return drafts


def _announcing(sentence: Sentence) -> Draft | None:
    """A sentence that promises in steps without naming them: 对新设企业，按照纳税额分档次给予落户奖励。"""
    if len(sentence.clauses) != 1 or not _IN_STEPS.search(sentence.text) or not p.SOFT_GRANT.search(sentence.text):
        return None
    return Draft(sentence, head=list(sentence.clauses[0].pieces))


def _pay_out(draft: Draft, later: Draft | None) -> None:
    """The words behind a grant on the years in which it is paid belong to it: …，分5年等额发放."""
    for clause in draft.sentence.clauses:
        for piece in clause.pieces:
            if piece.start >= draft.own_start and (later is None or piece.start < later.own_start):
                shares, _ = payments_in(piece.text)
                if shares:
                    draft.payments = shares
                    draft.body += [] if piece in draft.body else [piece]


def _lead_in(draft: Draft, lead: Draft) -> None:
    draft.head[:0] = lead.head
    draft.conditions[:0] = lead.conditions
    draft.caps += lead.caps


def _cap_all(drafts: list[Draft], caps: list[tuple[Piece, Series]]) -> None:
    for draft in drafts:
        for piece, series in caps:
            (draft.limits if series.role is Role.LIMIT else draft.caps).append(series)
            if piece not in draft.body:
                draft.body.append(piece)
