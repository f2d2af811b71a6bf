"""Walks the pieces of one sentence: who, under which conditions, what is granted, up to what.

    >>> from assistant.rules.extraction.clauses import read_sentences
    >>> sentence = read_sentences("对甲平台，超过1000万美元的，给予20万元；超过5000万美元的，给予50万元。")[0]
    >>> [[q.text for q in draft.amounts] for draft in SentenceReader(sentence).read()]
    [['20万元', '50万元']]

A draft is closed when the next grant begins. What stands before a colon governs all that follows; a clause that names
nobody (超过5000万美元的，给予50万元) keeps the head of the clause before it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Clause, Piece, Sentence
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.joining import apart, join_prices, join_tiers, with_excess, with_increases, within
from assistant.rules.extraction.joint import apart as in_one_breath
from assistant.rules.extraction.ladders import bands_of, draft_of, find_rungs
from assistant.rules.extraction.listed import Listed, listed_in, promises
from assistant.rules.extraction.listed import draft_of as listed_draft
from assistant.rules.extraction.roles import EACH_OF, GRANTED, Role, Series, is_money, read_series
from assistant.rules.extraction.shared import raise_ceiling
from index.models import Bound

_OWN_SUBJECT = re.compile(
    r"^(?:其中，?)?(?:对于?(?!其)|鼓励|支持|其他|原有|现有|凡|新|首次|为(?!其)|给予|已|未|符合)|(?:企业|单位|机构|平台|园区|项目|个人|组织|中心|基地|主体|集团|人才|院校|学校|协会|商户|店|仓|公司|站)$"
    r"|^(?:企业|单位|机构|公司)(?:完成|通过|获得|取得|建成|购买|聘用|引进|参加|投保|入驻)[^，；。\d]{2,}的$"
)
_RUN_IN_HEADING = re.compile(r"^(?:（\d{1,2}）|[①-⑳])?(?!对|按)[^，\d]{2,16}(?:奖励|补助|补贴|资助|扶持|支持|配套|贴息)$")
_FOR_ONE = re.compile("(?:单[个家户条项]|每[家户条]|同一)")


class SentenceReader:
    """Walks the pieces of one sentence."""

    def __init__(self, sentence: Sentence, told: Sentence | None = None) -> None:
        self.sentence = sentence
        self.told = told
        """The sentence before, where it promises without a sum: 对…进行奖励。国家级50万元、省级30万元。"""
        self.drafts: list[Draft] = []
        self.lead = Draft(sentence)
        """What stands before a colon."""
        self.first_head: Draft | None = None
        """Head of the last clause that named somebody."""
        self.loose: list[tuple[Piece, Series]] = []
        """Caps and limits that stand before any grant."""
        self.current = Draft(sentence)
        self.promised: Draft | None = None
        """The last promise without a sum, under a condition with a figure."""
        self.in_lead = False
        self.clause_start = 0
        self.measured: Series | None = None
        """The last sum of the sentence whose measure is named."""

    def read(self) -> list[Draft]:
        """The drafts of the sentence in order."""
        clauses = self.sentence.clauses
        position = 0
        while position < len(clauses):
            if listed := listed_in(clauses[position:], promised=promises(self.lead.head) or self.told is not None):
                self._listed(listed)
                position += listed.clauses
                continue
            rungs = find_rungs(clauses[position:])
            lead_text = clauses[position - 1].text if position else ""
            ladder = draft_of(self.sentence, rungs, self.lead, lead_text) if rungs else None
            if ladder:
                self._close()
                self.drafts.append(ladder)
            elif not self._bands(clauses[position]):
                self._clause(clauses[position])
            position += len(rungs) if ladder else 1
        self._close()
        _share_cap([draft for draft in self.drafts if draft.grants])
        found = [case for draft in self.drafts if draft.grants for case in apart(draft)]
        return with_excess(with_increases(found))

    def _listed(self, listed: Listed) -> None:
        """Amounts by kind are one draft; what stands behind them caps it, or is read as any words."""
        self._close()
        self.clause_start = len(self.drafts)
        draft = listed_draft(self.sentence, listed, self.lead)
        if self.told and not draft.head:
            draft.head[:0], draft.announced = self.told.clauses[0].pieces, self.told
        self.drafts.append(draft)
        for piece in listed.behind:
            self._piece(piece)
        self._close()

    def _bands(self, clause: Clause) -> bool:
        """Whether the clause lists the parts of one measure, each with its share: then it is read as one draft."""
        before, rungs, behind = bands_of(clause)
        if not rungs:
            return False
        lead = Draft(self.sentence, head=[*self.lead.head, *before], conditions=list(self.lead.conditions))
        for piece in before:
            lead.conditions += [s for s in read_series(piece) if s.role is Role.CONDITION]
        draft = draft_of(self.sentence, rungs, lead, "")
        if draft is None:
            return False
        for piece in behind:
            draft.caps += [s for s in read_series(piece) if s.role is Role.CAP]
            draft.body.append(piece)
        self._close()
        self.drafts.append(draft)
        return True

    def _clause(self, clause: Clause) -> None:
        self._close()
        clause_start = self.clause_start = len(self.drafts)
        self.in_lead = clause.lead
        for piece in clause.pieces:
            first, *further = in_one_breath(piece)
            self._piece(first)
            for part in further:
                self._close()
                self._piece(part, granted=True)
        if clause.lead and not self.current.grants and len(self.drafts) == clause_start:
            self._extend_lead()
            return
        if self.drafts and (raised := raise_ceiling(self.current, self.drafts[-1], self.loose)):
            self.loose.remove(raised)
        self._close()
        join_prices(self.drafts, clause_start)
        new = self.drafts[clause_start:]
        _share_cap(new)
        for draft in new:
            self._name_measures(draft)
        if new:
            self._inherit(new)
            join_tiers(self.drafts, clause_start)

    def _name_measures(self, draft: Draft) -> None:
        """A figure that begins its words measures what the last one did: 5000万元—1亿元且… behind 年进出口额1000万元—5000万元且…."""
        for i, series in enumerate(draft.conditions):
            bare = re.sub("^(?:对于?|其中|且|并|首次|达到?|超过?|突破|在|为|实现|满|不低于|不少于|高于)+", "", series.left)
            if not is_money(series.unit):
                continue
            if not bare and self.measured and self.measured.unit == series.unit:
                draft.conditions[i] = replace(series, left=self.measured.left, elided=True)
            elif bare:
                self.measured = series

    def _extend_lead(self) -> None:
        if len(self.current.head) == 1 and _RUN_IN_HEADING.match(self.current.head[0].text):
            self.current = Draft(self.sentence)  # （3）投资专项奖励：… names the matter, no condition
            return
        for name in ("head", "body", "conditions", "caps"):
            getattr(self.lead, name).extend(getattr(self.current, name))
        self.current = Draft(self.sentence)
        self.first_head = None

    def _close(self) -> None:
        """The current draft is complete; what has no grant is forgotten."""
        if self.current.grants:
            self.drafts.append(self.current)
        elif self.current.soft and self.current.conditions:
            self.promised = self.current
        self.current = Draft(self.sentence)

    def _piece(self, piece: Piece, *, granted: bool = False) -> None:
        """Takes in a piece; `granted`: its sum is given, because that is said of the sum before (30万元补贴和每月3000元津贴)."""
        series = read_series(piece)
        if granted:
            series = [replace(s, role=Role.AMOUNT) if is_money(s.unit) and s.role not in GRANTED else s for s in series]
        grants = [s for s in series if s.role in GRANTED]
        caps = [s for s in series if s.role is Role.CAP]
        limits = [s for s in series if s.role is Role.LIMIT]
        if limits and not grants and not caps and self._limit(piece, limits):
            return
        self._promote(grants, caps)
        if grants:
            self._grant(piece, series, grants, caps)
        elif caps and self.current.grants:
            self.current.caps += caps
            self.current.conditions += [s for s in series if s.role is Role.CONDITION and not self._trailing(s)]
            self.current.body.append(piece)
        elif caps and self._here() and not self.in_lead and not self._own_head() and (not self.current.head or not self.current.conditions):
            self.drafts[-1].caps += caps
            self.drafts[-1].body += [*self.current.head, piece]
            self.current = Draft(self.sentence)
        else:
            self.loose += [(piece, cap) for cap in (*caps, *limits)]
            self.current.caps += caps if self.in_lead else []
            self._head(piece, series)
        self.current.limits += limits

    def _limit(self, piece: Piece, limits: list[Series]) -> bool:
        """A limit behind the grant belongs to it; False where no grant is near."""
        near = self.current if self.current.grants else self.drafts[-1] if self._here() and not self._own_head() else None
        if near is None:
            return False
        near.limits += limits
        near.body += [*(self.current.head if near is not self.current else []), piece]
        if near is not self.current:
            self.current = Draft(self.sentence)
        return True

    def _trailing(self, series: Series) -> bool:
        """A limit behind the grant that is none of its conditions: 累计扶持不超过3次."""
        return series.bound in (Bound.AT_MOST, Bound.LESS_THAN)

    def _promote(self, grants: list[Series], caps: list[Series]) -> None:
        """A ceiling that stands alone is what is granted: 再给予相同额度奖励，每年最高200万元; 最高给予50万元."""
        if grants or not caps or self.current.grants or not (is_money(caps[0].unit) or caps[0].unit == "ratio"):
            return
        left, right = caps[0].left, caps[0].right
        if self._open_ended() and not (self.current.conditions or p.DIRECT_GIVING.search(left)):
            return
        if (
            self._here()
            and not self._own_head()
            and not self.drafts[-1].caps
            and not self.current.conditions
            and not p.DIRECT_GIVING.search(left)
        ):
            return
        soft = self.current.soft and p.SOFT_GRANT.search("，".join(h.text for h in self.current.head[-2:]))
        direct = not p.TOTAL.search(left) and is_money(caps[0].unit) and (p.DIRECT_GIVING.search(left) or p.GRANT_AFTER.match(right))
        if self.in_lead:
            soft, direct = False, direct and p.GRANT_AFTER.match(right)
        if soft or direct:
            grants.append(caps.pop(0))

    def _here(self) -> bool:
        """Whether a draft of this clause is complete."""
        return len(self.drafts) > self.clause_start

    def _own_head(self) -> bool:
        """Whether the words since then name somebody again: 对新认定的首台套，给予1:1配套，每个企业最高20万元."""
        return any(re.match(r"对于?(?!其|该|同一|单|每)", piece.text) for piece in self.current.head)

    def _open_ended(self) -> bool:
        """Whether the last draft of this sentence still lacks its ceiling."""
        return (
            self._here()
            and not self.drafts[-1].caps
            and (self.drafts[-1].grants[0].role is Role.RATE or _for_each(self.drafts[-1].grants[0]))
        )

    def _grant(self, piece: Piece, series: list[Series], grants: list[Series], caps: list[Series]) -> None:
        if self.current.grants and not self._continues(piece, grants):
            self._close()
        draft = self.current
        if draft.grants and not _is_schedule(piece.text) and draft.grants[0].role is Role.RATE and is_money(grants[0].unit):
            caps, grants = [*grants, *caps], []
        if not draft.grants and len(grants) > 1 and not _is_schedule(piece.text):
            grants, caps = self._split_grants(grants, caps)
        draft.conditions += [s for s in series if s.role is Role.CONDITION]
        draft.each += [s for s in series if s.role is Role.EACH]
        draft.grants += grants
        draft.caps += caps
        draft.body.append(piece)

    def _split_grants(self, grants: list[Series], caps: list[Series]) -> tuple[list[Series], list[Series]]:
        """Of several grants in one piece: a rate or price and its ceiling, or parallel grants (博士每人8万元、硕士每人5万元)."""
        first, rest = grants[0], grants[1:]
        if (first.role is Role.RATE or "/" in first.unit) and all(is_money(s.unit) and "/" not in s.unit for s in rest):
            return [first], [*rest, *caps]
        if p.CAP_ADDITION.search(rest[-1].left[len(first.left) :]) and rest[-1].bound is Bound.AT_MOST:
            return [first], [*rest, *caps]
        return grants, caps

    def _continues(self, piece: Piece, grants: list[Series]) -> bool:
        """Whether the grant belongs to the draft that is open: the ceiling of its rate, or the next years of a schedule."""
        if p.MORE_GIVEN.match(piece.text):
            return False
        first = self.current.grants[0]
        if p.ORDINAL_YEAR.match(piece.text) and p.ORDINAL_YEAR.search(self.current.body[-1].text):
            return True
        money = all(is_money(s.unit) and "/" not in s.unit for s in grants)
        ceiling = all(s.bound is Bound.AT_MOST for s in grants)
        between = self.current.body[-1].end + 1 >= piece.start
        if first.role is Role.RATE and money and ceiling and between and not self.current.caps:
            return True
        return money and ceiling and between and _for_each(first) and not self.current.caps

    def _head(self, piece: Piece, series: list[Series]) -> None:
        """Words without a grant: of the next draft, or a remark behind the last one."""
        if self.current.grants:
            self._close()
        self.current.head.append(piece)
        self.current.conditions += [s for s in series if s.role is Role.CONDITION]
        self.current.each += [s for s in series if s.role is Role.EACH]
        self.current.soft = self.current.soft or bool(p.SOFT_GRANT.search(piece.text))

    # --- clauses that name nobody ------------------------------------------------------------------------------------

    def _inherit(self, new: list[Draft]) -> None:
        first = new[0]
        words = [piece.text for piece in (*first.head, *first.body)]
        if names_somebody(first):
            self.first_head = first
        elif self.first_head:
            first.head[:0] = self._shared_head(first)
            kept = {piece.start for piece in first.head}
            first.conditions[:0] = [
                s for s in self.first_head.conditions if any(within(s, piece) for piece in first.head if piece.start in kept)
            ]
            self._inherit_rate(first, words)
        for draft in new:
            draft.head[:0] = [piece for piece in self.lead.head if piece not in draft.head]
            draft.conditions[:0] = self.lead.conditions
            draft.caps += self.lead.caps
        for earlier, later in pairwise(new):
            if not names_somebody(later) and not later.head:
                later.head[:0] = earlier.head

    def _shared_head(self, draft: Draft) -> list[Piece]:
        """Of the last named head, what is not replaced by the clause's own words: all but its last conditional piece."""
        assert self.first_head is not None
        head = list(self.first_head.head) or self.first_head.body[:1]
        back = draft.head and re.match("其(?!他|余|中)", draft.head[0].text)  # 其本部购置…的: the same company as before
        if draft.head and not back and len(head) > 1 and head[-1].text.endswith("的"):
            head = head[:-1]
        return head

    def _inherit_rate(self, draft: Draft, words: list[str]) -> None:
        """按30%的比例，对其A最高给予20万元；对其B最高给予10万元: the rate is said once."""
        assert self.first_head is not None
        rate = next((s for s in self.first_head.grants if s.role is Role.RATE), None)
        if rate and words[0].startswith("对其") and not any(s.role is Role.RATE for s in draft.grants):
            draft.caps[:0], draft.grants = draft.grants, [rate]
            piece = next(b for b in self.first_head.body if within(rate, b))
            draft.body.insert(0, piece)


def names_somebody(draft: Draft) -> bool:
    """Whether the words in front of the grant say whom it is for, rather than lean on those before."""
    own = draft.head or draft.body[:1]
    if re.match(r"对(?:其|(?:国家|省|市|区|县)级的)", own[0].text):
        return False
    return any(_OWN_SUBJECT.search(re.sub("（[^）]*）", "", piece.text)) for piece in own) and not draft.body[0].text.startswith("对其")


def _share_cap(drafts: list[Draft]) -> None:
    """去程每标箱1500元，回程每标箱2000元，单家企业年度不超过3000万元: the ceiling for one company holds for each of the prices."""
    if len(drafts) < 2 or not all(_for_each(draft.grants[0]) for draft in drafts):
        return
    *earlier, last = drafts
    shared = [cap for cap in last.caps if _FOR_ONE.match(cap.left)]
    pieces = [piece for piece in last.body if any(within(cap, piece) for cap in shared)]
    for draft in earlier:
        if shared and not draft.caps:
            draft.caps += shared
            draft.body += pieces


def _for_each(series: Series) -> bool:
    """An amount for each unit, which may have a ceiling: 50元/平方米, 每公斤1.5元."""
    counted = EACH_OF.search(series.left)
    return "/" in series.unit or bool(counted and not re.fullmatch("每[个一]?[家户个].*", counted.group()))


def _is_schedule(text: str) -> bool:
    """Whether grants of several years are listed: 首年60万元、后两年每年30万元; 第二年2万元."""
    return len(p.ORDINAL_YEAR.findall(text)) > 1 or bool(re.match("第[二三四五]年|[后余][两二三四]年|次年", text))
