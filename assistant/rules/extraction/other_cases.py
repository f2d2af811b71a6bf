"""A grant that is another case of the one before it: 按3%给予补助；属于首台套的，按5%给予补助.

The words of the case are a condition that must be said to hold; what the grant is called, who gets it and what a share is
taken of is as before. Where the case is told by an article (如为第二条（一）的项目), what that article lists names it, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.rules.extraction.built import Built
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.money import take_basis
from assistant.rules.extraction.quoting import Source
from assistant.rules.schema import Condition, Confirm

OTHER_CASE = re.compile(r"(?:^|[，,；])(?:其中[，,]?)?(?:(?:如果?|若)(?:为|是|属于?|系)|属于|[属为]下列)")
"""What begins such a case, from the end of the grant before it on."""
_CASE = re.compile(r"^(?:其中，?)?(?:如果?|若)?(?P<words>(?:为|是|属于?|系)[^，；。]{2,40}?)(?:的)?$")
_REFERENCE = re.compile(r"第[一二三四五六七八九十百\d]+条(?:（[一二三四五六七八九十\d]+）)?")
_LISTED = re.compile(r"(?:属于|为|是)(?P<list>[^。；：]{4,200}?)(?:等)?(?:[。；]|$)")
_BEING = re.compile("^(?:为|是|属于?|系)")
_SHORTEST, _LONGEST = 2, 10
"""Characters of a name; what is longer describes."""
_RANKED = re.compile(r"\d+强")


def case_of(draft: Draft) -> str:
    """The words of the case, "" where the grant names somebody of its own."""
    words = draft.head[-1].text if draft.head else ""
    match = _CASE.match(words)
    return match["words"] if match and not any(re.match("对于?(?!其)", piece.text) for piece in draft.head[-1:]) else ""


def share_conditions(draft: Draft, before: Draft) -> None:
    """…500万元以上的项目，补助10%；其中，列入目录的，补助12%: what is asked of all is asked of those, too."""
    if not any(piece.text.startswith("其中") for piece in draft.head[:1]) or draft.conditions:
        return
    draft.conditions = list(before.conditions)
    draft.head[:0] = [piece for piece in before.head if piece not in draft.head]


def as_other_case(built: Built, before: Built, words: str, sources: Sequence[Source]) -> None:
    """Make of the grant a case of the one before."""
    take_basis(built, before)
    built.label, built.beneficiary = before.label, before.beneficiary
    kept: list[Condition] = [part for part in built.fields.get("conditions", ()) if not (isinstance(part, Confirm) and words in part.label)]
    own = _BEING.sub("", words)
    names = tuple(name for match in _REFERENCE.finditer(words) for name in _names_of(match.group(), sources)) or (own,)
    condition = Confirm.model_validate({"is": "confirm", "fact": words[:40], "label": words, "aliases": names})
    built.fields["conditions"] = (*kept, condition)


def _names_of(label: str, sources: Sequence[Source]) -> list[str]:
    """What an article that is referred to lists: 属于世界1000强、中央企业等 -> 世界1000强, 1000强, 中央企业."""
    source = next((source for source in sources if source.article.label == label), None)
    match = _LISTED.search(source.sentences[0].text) if source and source.sentences else None
    names = [name for name in re.split("[、和]|以及", match["list"]) if _SHORTEST <= len(name) <= _LONGEST] if match else []
    return list(dict.fromkeys([*names, *(rank.group() for name in names for rank in _RANKED.finditer(name))]))
