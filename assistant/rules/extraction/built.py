"""What is known of a rule that gives money before it has an id and a quotation: its kind, whom it helps, its name, how often it pays."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from assistant.rules.extraction.conditions import measure_label
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.naming import NOBODY, award_name, short_label, subject_noun
from assistant.rules.extraction.roles import is_money
from assistant.rules.extraction.subjects import GRANT_NAME, beneficiary_of, find_subject
from assistant.rules.extraction.terms import (
    counted_words,
    period_of,
    words_of,
)
from assistant.rules.schema import Period, RuleKind

GRANT = re.compile("津贴|奖励|补助|补贴|资助|扶持|支持|配套|贴息|贷款")
_LONGEST_MATTER = 24
_LONGEST_HEADING = 8


@dataclass(slots=True)
class Built:
    """The fields of a rule that gives money, before it gets id and quotation."""

    kind: RuleKind
    beneficiary: str
    label: str
    period: Period
    fields: dict[str, Any] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


def start(draft: Draft, kind: RuleKind, basis: str = "") -> Built:
    """The rule a draft begins, with its name; sums, shares and conditions are filled in by its kind."""
    named = any(re.search(rf"(?:{GRANT.pattern})$", topic) for topic in draft.topics[:1] + draft.topics[2:3])
    subject = find_subject(draft).text or ("" if named else draft.beneficiary_from)
    if draft.fuller and (short := subject_noun(subject)):
        subject = subject.removesuffix(short) + draft.fuller
    label = short_label(subject, _grant_words(draft), basis, draft.topics, purpose=draft.text)
    own = draft.topics[0] if draft.topics else ""
    if GRANT.search(own[-2:]) and 4 <= len(own) <= _LONGEST_HEADING and not re.search("[，、和及]", own):
        label = own  # the article is called 岗位补贴
    if label.startswith(NOBODY) and (name := _other_name(draft)):
        label = name if name.endswith("奖") else name + label.removeprefix(NOBODY)
    if label.startswith(NOBODY) and 1 < len(draft.above) <= _LONGEST_MATTER and not re.search("[，、。]", draft.above):
        label = draft.above if GRANT.search(draft.above[-2:]) else draft.above + label.removeprefix(NOBODY)
    if award := award_name(*draft.topics[:1], draft.above):
        who = re.sub(rf"(?:{GRANT.pattern})$", "", label)
        label = award if who in award or NOBODY in who else f"{award}（{who}）"
    if given := GRANT_NAME.match(draft.body[0].text):
        label = given["name"]
    if draft.run_in and GRANT.search(draft.run_in):
        label = draft.run_in
    return Built(kind, beneficiary_of(draft), label, period_of(draft, basis))


def _other_name(draft: Draft) -> str:
    """What a promise is called that names nobody: by its heading (经营贡献奖), what it counts, or what it measures."""
    heading = draft.topics[0] if draft.topics and draft.topics[0].endswith("奖") else ""
    measures = [re.sub(r"^.*(?:企业|机构|单位|平台)(?=.{3})", "", measure_label(s)) for s in draft.conditions if is_money(s.unit)]
    return heading or counted_words(draft.grants[0]) or next((name for name in measures if 3 < len(name) <= 16), "")


def _grant_words(draft: Draft) -> str:
    """The pieces with the grant, in front of those that only limit it; where they have no noun, all words."""
    granting = [piece.text for piece in draft.body if any(piece.start <= s.start < piece.end for s in draft.grants)]
    words = "，".join(granting)
    if draft.announced:
        return draft.announced.text.rstrip("。")
    promising = [piece.text for piece in draft.head if GRANT.search(piece.text)]
    if draft.names and promising and not GRANT.search(words):
        return promising[-1]  # 发放住房补贴，其中本科生1万元，…
    return words if GRANT.search(words) else words_of(draft) if GRANT.search(words_of(draft)) else draft.text
