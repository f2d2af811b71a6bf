"""The sentence above numbered items that says for whom and on what terms all of them are.

（二）对现有企业投资500万元以上的改造项目，予以补助。
1.应用机器人的项目，按4%给予补助。       # both items are for such projects only
2.其他项目按3%给予补助。
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Sentence
from assistant.rules.extraction.conditions import conditions_of
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.drafts import read_drafts
from assistant.rules.extraction.quoting import Source
from assistant.rules.extraction.roles import Role, read_series
from assistant.rules.extraction.subjects import find_subject
from assistant.rules.schema import Clause, Condition, Confirm

_LISTS = re.compile("(?:按(?:照)?|给予)?(?:以下|下列|如下)[^，。；]{0,12}(?:给予|予以|奖励|补助|补贴|资助|支持|扶持)")
_GENERAL = re.compile("^(?:符合|满足|达到|具备).{0,12}(?:条件|要求|标准|规定)(?:之一)?$")
_REST = re.compile("^(?:其他|其余|除此以外|上述以外)")


@dataclass(frozen=True, slots=True)
class Governing:
    """What holds for the items below a sentence."""

    clause: Clause
    conditions: tuple[Condition, ...]
    who: str
    sentence: Sentence

    @property
    def says_something(self) -> bool:
        """Whether it asks for more than the items say themselves."""
        return bool(self.conditions)


def governing(source: Source, sources: Sequence[Source]) -> Governing | None:
    """The last sentence of the article above an item, where it promises without a figure; None if there is none."""
    above = parent_of(source, sources)
    if above is None or not above.sentences:
        return None
    sentence = above.sentences[-1]
    if len(sentence.clauses) != 1 or not _promises(sentence) or read_drafts([sentence]):
        return None
    pieces = sentence.clauses[0].pieces
    draft = Draft(sentence, head=list(pieces[:-1]), body=[pieces[-1]])
    draft.conditions = [s for piece in pieces for s in read_series(piece) if s.role is Role.CONDITION and s.unit not in ("", "time")]
    conditions = tuple(
        part for part in conditions_of(draft) if not (isinstance(part, Confirm) and (part.assumed or _GENERAL.match(part.label)))
    )
    quote = above.quote(pieces[0].start, pieces[-1].end)
    return Governing(Clause(article=above.article.label, quote=quote), conditions, find_subject(draft).text, sentence)


def parent_of(source: Source, sources: Sequence[Source]) -> Source | None:
    """The article whose item this is."""
    path = source.article.path
    return next((other for other in sources if len(path) > 1 and other.article.path == path[:-1]), None)


def governs_items(source: Source, sources: Sequence[Source]) -> Governing | None:
    """What the article's own last sentence says for its items, if they state the figures of what it promises."""
    for item in sources:
        if parent_of(item, sources) is source and read_drafts(list(item.sentences)) and (found := governing(item, sources)):
            return found
    return None


def is_rest(words: str) -> bool:
    """Whether an item is for what the items before it leave: 其他项目."""
    return bool(_REST.match(words))


def _promises(sentence: Sentence) -> bool:
    return bool(p.SOFT_GRANT.search(sentence.text) or _LISTS.search(sentence.text)) and not re.search("就高|不重复|除外", sentence.text)
