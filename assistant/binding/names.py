"""How much the words around a figure are like the names of a measure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.binding.words import WORDS

NARROWED = 1.0
"""What it counts that a figure is the part that matters: 25家，真正有业绩的就18家."""


_BOTH_WAYS = re.compile("进出口")
_LESS = 0.6
_ONE_WAY = re.compile("(?<!进)出口|进口")


def likeness(phrase: str, names: Sequence[str]) -> float:
    """How much the words around a figure are like one of the names: 1 and more when a whole name stands there."""
    return likest(phrase, names)[0]


def likest(phrase: str, names: Sequence[str]) -> tuple[float, str]:
    """The same with the name; "" when none is like it at all."""
    if WORDS["narrowed"].search(phrase.split(" ", 1)[0]):
        score, name = likest_plain(phrase, names)
        return (score + NARROWED if name else 0.0), name
    return likest_plain(phrase, names)


def likest_plain(phrase: str, names: Sequence[str]) -> tuple[float, str]:
    """As `likest`, whether or not the words narrow the figure down."""
    best, best_name = 0.0, ""
    one_way = _BOTH_WAYS.sub("", phrase)
    words = set(re.findall(r"[a-z]+", phrase))
    whole = phrase
    for name in names:
        phrase = one_way if _ONE_WAY.search(name) else whole  # 进出口重箱 is no 出口重箱
        if name in phrase:
            score = 1.0 + len(name) / 50
        elif (bare := bare_name(name)) != name and bare in phrase:
            score = 0.8
        elif name.isascii():
            parts = [part for part in re.findall(r"[a-z]+", name) if len(part) > 2]
            score = 0.9 * sum(part in words for part in parts) / len(parts) if parts else 0.0
        else:
            pairs = bigrams(name)
            score = 0.9 * len(pairs & bigrams(phrase)) / len(pairs) if pairs else 0.0
        if phrase is not whole and one_way != whole:
            score *= _LESS
        if score > best:
            best, best_name = score, name
    return best, best_name


def bigrams(text: str) -> set[str]:
    """All two neighbouring characters: what is alike in two Chinese phrases."""
    return {text[i : i + 2] for i in range(len(text) - 1)}


def bare_name(name: str) -> str:
    """What a cost is for: 专利 of 专利费用, trademark of trademark cost; the name itself where it is no cost."""
    bare = WORDS["cost"].sub("", name)
    return bare if len(bare) >= 2 else name


def different_parts(first: str, second: str) -> bool:
    """Whether two names of one measure name different things: 展位费 and 人员费, not 交易额 and 年交易额."""
    if first in second or second in first:
        return False
    one, other = bare_name(first), bare_name(second)
    if one != first and other != second:  # two costs: what each is for tells
        if first.isascii() or second.isascii():
            return not set(one.split()) & set(other.split())
        return one[-2:] not in other and other[-2:] not in one
    return not bigrams(first[:-1]) & bigrams(second[:-1])
