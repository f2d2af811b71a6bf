"""What stands in a part of its own beside the part that says what is given: 1.申报条件 …; 2.支持标准 按费用的2%给予奖励。

八、产业联动奖励
1.申报条件
承接物流外包，且年度外包费用达500万元以上。        # asked of whoever claims what stands in 2
2.支持标准
按外包费用的2%给予奖励。
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.rules.extraction.clauses import Sentence
from assistant.rules.extraction.conditions import conditions_of
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.drafts import read_drafts
from assistant.rules.extraction.governing import Governing
from assistant.rules.extraction.quoting import Source
from assistant.rules.extraction.roles import Role, read_series
from assistant.rules.schema import AnyOf, Clause, Compare, Condition, Confirm

_ASKED = re.compile("^(?:申报|申请|支持|扶持|奖励|奖补|补助|补贴|资助|认定|享受|基本|具体|准入)?条件$")
_GIVEN = re.compile(
    "^(?:支持|扶持|奖励|奖补|补助|补贴|资助|激励|兑现)(?:资金)?(?:标准|方式|内容|政策|措施|额度|金额|办法)(?:[及和与](?:标准|方式|额度))?$"
)
_ANY = re.compile("之一|任[一意]|其中[一1]项")
_MOST = 3
_LONGEST = 40


def is_frame(heading: str) -> bool:
    """Whether a heading names a part every matter has (申报条件, 支持标准), and so no matter."""
    return bool(_ASKED.match(heading) or _GIVEN.match(heading))


def asked_beside(source: Source, sources: Sequence[Source]) -> Governing | None:
    """The conditions of the part beside the one a promise stands in; None where there is no such part, or any one of them is enough."""
    path = source.article.path
    part = next((other for n in range(len(path), 1, -1) for other in sources if _beside(other, path[:n])), None)
    if part is None or part is source or _ANY.search(part.article.text):
        return None
    asked = [(other, sentence) for other in sources if _within(other, part) for sentence in other.sentences]
    asked = [(other, sentence) for other, sentence in asked if not is_frame(sentence.text.rstrip("。"))]
    if not asked or any(read_drafts([sentence]) for _, sentence in asked):
        return None
    figured = next(((other, sentence, found) for other, sentence in asked if (found := _figured(sentence))), None)
    rest = tuple(part for other, sentence in asked if not figured or sentence is not figured[1] for part in _judged(sentence))
    if len(asked) > _MOST or any(len(condition.label) > _LONGEST for condition in rest):
        words = f"符合“{part.article.heading}”所列各项"
        rest = (Confirm.model_validate({"is": "confirm", "fact": words, "label": words}),)
    other, sentence, conditions = figured or (*asked[0], ())
    first, last = sentence.clauses[0].pieces[0], sentence.clauses[-1].pieces[-1]
    clause = Clause(article=other.article.label, quote=other.quote(first.start, last.end))
    return Governing(clause, (*conditions, *rest), "", sentence)


def _beside(other: Source, path: tuple[str, ...]) -> bool:
    return other.article.path[:-1] == path[:-1] and other.article.path != path and bool(_ASKED.match(other.article.heading))


def _within(other: Source, part: Source) -> bool:
    path = part.article.path
    return other.article.path[: len(path)] == path


def _figured(sentence: Sentence) -> tuple[Condition, ...]:
    """The conditions with a figure, and what the sentence says besides."""
    pieces = [piece for clause in sentence.clauses for piece in clause.pieces]
    draft = Draft(sentence, head=pieces[:-1], body=[pieces[-1]])
    draft.conditions = [s for piece in pieces for s in read_series(piece) if s.role is Role.CONDITION and s.unit not in ("", "time")]
    found = conditions_of(draft) if draft.conditions else ()
    return tuple(part for part in found if not isinstance(part, Confirm)) if any(isinstance(c, Compare | AnyOf) for c in found) else ()


def _judged(sentence: Sentence) -> tuple[Confirm, ...]:
    words = sentence.text.rstrip("。;；.")
    return (Confirm.model_validate({"is": "confirm", "fact": words[:_LONGEST], "label": words}),) if len(words) > 1 else ()
