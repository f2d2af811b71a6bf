"""English words of a text, reduced so that singular, plural and -ing forms meet.

>>> [w.stem for w in english_words("Overseas warehouses and training companies")]
['oversea', 'warehous', 'and', 'train', 'compani']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Apostrophes belong to a word (Xi'an, people's); a hyphen separates words, so that "e-commerce" meets "e commerce".
_WORD = re.compile(r"[a-z0-9&]+(?:['’][a-z]+)*", re.IGNORECASE)
_KEPT = 3  # words this short have no ending worth cutting: gas, tax, IPO


@dataclass(frozen=True, slots=True)
class EnglishWord:
    """A word of a text with its offsets, end exclusive."""

    text: str
    stem: str
    start: int
    end: int


def english_words(text: str) -> list[EnglishWord]:
    """The Latin words and numbers of `text`, in order."""
    return [EnglishWord(m.group(), stem(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def word_matches(text: str) -> Iterator[re.Match[str]]:
    """The same without stems, for when only the places are wanted."""
    return _WORD.finditer(text)


def words_of(text: str) -> list[str]:
    """The same as bare words, for when neither stems nor places are wanted."""
    return _WORD.findall(text)


def stem_phrase(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase's words: the key two spellings of it share."""
    return tuple(word.stem for word in english_words(phrase))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The form plural and -ing spellings of `word` have in common; not necessarily a word itself."""
    word = word.lower().replace("’", "'")
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) <= _KEPT:
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(("ses", "xes", "zes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ing") and len(word) > 5:
        word = word[:-3]
        if word[-1] == word[-2] and word[-1] not in "lsz":
            word = word[:-1]  # shipping -> ship
    if word.endswith("y"):
        return word[:-1] + "i"
    return word[:-1] if word.endswith("e") and len(word) > _KEPT else word
