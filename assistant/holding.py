"""Which of many texts hold a word, without looking through all of them.

texts = Holding(["海外仓奖励", "出口奖励"])
texts.of("奖励")       # {0, 1}
texts.of("海外仓")     # {0}
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence


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
        if len(word) == 2:
            return self._by_pair.get(word, ())
        return [number for number in self._candidates(word) if word in self._texts[number]]

    def _candidates(self, word: str) -> Collection[int]:
        """The texts that hold the word's rarest pair; all, if it is too short to have one."""
        found = [self._by_pair.get(word[at : at + 2], ()) for at in range(len(word) - 1)]
        return min(found, key=len, default=range(len(self._texts)))
