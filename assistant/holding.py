"""Which texts hold a word: as a word, and without looking through all of them.

holds("跨境电商标杆区", ["商标"])     # False

texts = Holding(["海外仓奖励", "出口奖励"])
texts.of("奖励")       # {0, 1}
texts.of("海外仓")     # {0}
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache


@lru_cache(maxsize=1)
def _dictionary() -> Mapping[str, int]:
    """How often jieba's dictionary has seen a word; 0 for what only begins one."""
    import jieba

    jieba.setLogLevel("WARNING")
    jieba.initialize()
    known: Mapping[str, int] = jieba.dt.FREQ
    return known


AROUND = 4
"""Characters on both sides that decide how a passage falls into words."""


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text; the 商标 of 电商标杆 is the end of one word and the beginning of the next."""
    return any(word in text and (len(word) != 2 or word.isascii() or stands_whole(text, word)) for word in words)


def stands_whole(text: str, word: str) -> bool:
    """Whether a word of two characters stands in the text as more than the end of one word and the beginning of the next."""
    known = _dictionary()
    at = text.find(word)
    while at >= 0:
        around = text[at - 1 : at + 1], text[at + 1 : at + 3]
        if (
            at == 0
            or not all(len(pair) == 2 and known.get(pair) for pair in around)
            or not _is_apart(text[max(0, at - AROUND) : at + 2 + AROUND], word)
        ):
            return True
        at = text.find(word, at + 1)
    return False


@lru_cache(maxsize=4096)
def _is_apart(passage: str, word: str) -> bool:
    """Whether the word is part of none of the words that the passage most likely falls into."""
    import jieba

    return not any(word in piece for piece in jieba.cut(passage, HMM=False))


class Holding:
    """The texts under their pairs of neighbouring characters: a word stands only where all of its pairs do."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts: Sequence[str] = tuple(texts)
        self._by_pair: dict[str, array[int]] = {}
        for number, text in enumerate(self._texts):
            for pair in {text[at : at + 2] for at in range(len(text) - 1)}:
                self._by_pair.setdefault(pair, array("L")).append(number)

    def of(self, word: str) -> Collection[int]:
        """Numbers of the texts that hold the word."""
        return [number for number in self._candidates(word) if holds(self._texts[number], [word])]

    def _candidates(self, word: str) -> Collection[int]:
        """The texts that hold the word's rarest pair; all, if it is too short to have one."""
        found = [self._by_pair.get(word[at : at + 2], ()) for at in range(len(word) - 1)]
        return min(found, key=len, default=range(len(self._texts)))
