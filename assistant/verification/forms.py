"""The forms in which texts are compared: plain, for looking words up, as words that tell a topic, as clauses.

>>> compact("**年 交易额**：100 万元"), sorted(tokens("年交易额"))
('年交易额:100万元', ['交易', '年交', '易额'])
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.glossary.english import stem, words_of
from assistant.verification.words import WORDS
from index.normalise import fold

_ALL_MEANT = re.compile(r"[*_`]")
_HAN = re.compile(r"(?:(?<=\d)[万亿千百]{0,2}(?:美元|元)?)?([\u3400-\u9fff]+)")
"""A run of Chinese characters, less the unit of a sum before it: every rule has its 万元, that tells nothing."""
_LATIN = re.compile(r"[A-Za-z]{3}")
_COMMON = frozenset({"the", "and", "for", "with", "from", "that", "this", "are", "was", "rmb", "usd", "yuan", "million", "billion", "its"})


@lru_cache(maxsize=16384)
def plain_text(text: str) -> str:
    """Half-width, simplified, without the marks of Markdown."""
    return _ALL_MEANT.sub("", fold(text))


@lru_cache(maxsize=16384)
def compact(text: str) -> str:
    """The form in which words are looked up: no blanks, no marks, lower case, one kind of comma and colon."""
    return re.sub(r"[\s*_`>]+", "", fold(text)).lower().replace("，", ",").replace("：", ":").replace("；", ";")


def tokens(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters, and stems of Latin words: what tells a topic."""
    pairs = {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
    if _LATIN.search(text):
        pairs |= {stem(word) for word in words_of(text) if len(word) > 2 and not word.isdigit()} - _COMMON
    return frozenset(pairs)


known_tokens = lru_cache(maxsize=16384)(tokens)
"""The same for clauses of the evidence, that are asked for again and again."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two signs, and what can turn their meaning: negations and levels."""

    text: str
    words: frozenset[str]
    """Without negations and levels."""
    negations: int
    levels: frozenset[str]


@lru_cache(maxsize=16384)
def read_clause(text: str) -> Clause:
    """The clause as it is compared with others."""
    said, negations = WORDS["negations"].subn("", text)
    if WORDS.mentioned("levels", said):
        for _, level in WORDS.group("levels"):
            said = level.sub("", said)
    return Clause(text, tokens(said), negations, WORDS.found("levels", text))
