"""Repairs misspelt domain words: another character of the same sound, or one character off.

    >>> corrector = Corrector(["跨境电商", "海外仓", "连云港", "进出口"])
    >>> corrector.correct("连云岗跨镜电商海外舱")
    '连云港跨境电商海外仓'
    >>> corrector.correct("仅出口的企业")      # 仅出口 sounds like 进出口, and means what it says
    '仅出口的企业'

Words of the vocabulary and common words are never touched, whatever they resemble.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import product

from assistant.glossary.pinyin import confusable, readings, syllables
from assistant.glossary.terms import longest_first
from index.normalise import fold

# Characters that are words of their own: a phrase with one of them is rarely a misspelling.
_OWN_WORDS = frozenset(
    "的了吗呢吧啊在有是和与及或对将给按仅只还也都再又被把让向从到为以于可能会要想请问去来做用买卖租开建办"
    "年月日时个家元万亿千百多少大小高低不没无非我你他她它这那哪何谁几两一二三四五六七八九十市县区省乡镇国花"
    "内外上下前后首次每各全单双新旧老好坏已未曾正当如若因所使比跟同就才却很最更太拿领补奖投交收付等且集部"
)
_LONGEST_COMMON = 4


class Likeness(IntEnum):
    """How a misspelling resembles the word; smaller is closer."""

    SAME_SOUND = 0
    CONFUSED_SOUND = 1
    ONE_CHARACTER = 2


@dataclass(frozen=True, slots=True)
class Correction:
    """`text` at `start` to `end` (exclusive) is a misspelling of `word`."""

    start: int
    end: int
    text: str
    word: str


@dataclass(frozen=True, slots=True)
class _Entry:
    word: str
    sounds: tuple[str, ...]
    confusable: tuple[str, ...]
    any_character: bool
    """One wrong character inside the word is repaired whatever it sounds like."""


class Corrector:
    """Finds misspellings of the words of a vocabulary."""

    def __init__(self, vocabulary: Iterable[str], protected: Iterable[str] = (), *, names: bool = False) -> None:
        """`protected` words are right as they are and are not proposed.

        With `names` a wrong character of any sound is repaired inside three-character words too; in
        ordinary words that needs five characters, since 集采中心 is no misspelling of 集货中心.
        """
        words = {word for word in vocabulary if len(word) > 1 and all(map(readings, word))}
        self._known = words | set(protected)
        self._known_lengths = sorted({len(word) for word in self._known}, reverse=True)
        self._by_sound: dict[tuple[str, ...], list[_Entry]] = {}
        self._by_ends: dict[tuple[str, str, int], list[_Entry]] = {}
        for word in sorted(words):
            sounds = syllables(word)
            entry = _Entry(word, sounds, tuple(map(confusable, sounds)), len(word) >= (3 if names else 5))
            self._by_sound.setdefault(entry.confusable[:_KEY], []).append(entry)
            if entry.any_character:
                self._by_ends.setdefault((word[0], word[-1], len(word)), []).append(entry)
        self._starts = {key[:2] for key in self._by_sound}
        self._lengths: dict[str, set[int]] = {}
        for first, _, length in self._by_ends:
            self._lengths.setdefault(first, set()).add(length)

    def correct(self, text: str) -> str:
        """`text` with its misspellings repaired."""
        pieces: list[str] = []
        position = 0
        for correction in self.corrections(text):
            pieces += [text[position : correction.start], correction.word]
            position = correction.end
        return "".join([*pieces, text[position:]])

    def corrections(self, text: str) -> list[Correction]:
        """The misspellings in `text`, in order; where two words are equally near, none."""
        folded = fold(text)
        found: dict[tuple[int, int], dict[str, Likeness]] = {}
        known: dict[int, tuple[int, int]] | None = None
        for start, entry in self._candidates(folded):
            window = folded[start : start + len(entry.word)]
            likeness = _likeness(entry, window)
            if likeness is None or window in self._known:
                continue
            known = self._known_words(folded) if known is None else known
            if not _is_meant(folded, start, entry.word, likeness, known):
                found.setdefault((start, start + len(window)), {})[entry.word] = likeness
        chosen = {span: _nearest(words) for span, words in found.items()}
        spans = longest_first(span for span, word in chosen.items() if word)
        return [Correction(*span, text[slice(*span)], chosen[span] or "") for span in spans]

    def _candidates(self, text: str) -> Iterable[tuple[int, _Entry]]:
        heard = [_heard(character) for character in text]
        for start in range(len(text) - 1):
            for pair in product(heard[start], heard[start + 1]):
                if pair not in self._starts:
                    continue
                thirds = heard[start + 2] if start + 2 < len(text) else ()
                for key in (pair, *((*pair, third) for third in thirds)):
                    for entry in self._by_sound.get(key, ()):
                        if start + len(entry.word) <= len(text) and not text.startswith(entry.word, start):
                            yield start, entry
            for length in self._lengths.get(text[start], ()):
                if start + length <= len(text):
                    for entry in self._by_ends.get((text[start], text[start + length - 1], length), ()):
                        yield start, entry

    def _known_words(self, text: str) -> dict[int, tuple[int, int]]:
        """For each position inside a known word the span of that word."""
        spans = (
            (start, start + length)
            for start in range(len(text))
            for length in self._known_lengths
            if start + length <= len(text) and text[start : start + length] in self._known
        )
        return {position: span for span in longest_first(spans) for position in range(*span)}


_KEY = 3  # sounds a word is looked up by; two-character words have two


@lru_cache(maxsize=8192)
def _heard(character: str) -> tuple[str, ...]:
    return tuple({confusable(sound) for sound in readings(character)})


def _wrong(window: str, word: str) -> list[int]:
    return [i for i, (typed, meant) in enumerate(zip(window, word, strict=True)) if typed != meant]


def _likeness(entry: _Entry, window: str) -> Likeness | None:
    """How `window` resembles the word; None: not enough, or it is the word."""
    wrong = _wrong(window, entry.word)
    if not wrong or not all(map(readings, window)):
        return None
    short = len(window) == 2
    if all(entry.sounds[i] in readings(window[i]) for i in wrong):
        return None if short and len(wrong) > 1 else Likeness.SAME_SOUND
    if short or len(wrong) > 1:
        return None
    if entry.confusable[wrong[0]] in _heard(window[wrong[0]]):
        return Likeness.CONFUSED_SOUND
    inside = 0 < wrong[0] < len(window) - 1
    return Likeness.ONE_CHARACTER if inside and entry.any_character else None


def _is_meant(text: str, start: int, word: str, likeness: Likeness, known: Mapping[int, tuple[int, int]]) -> bool:
    """The characters make sense as they stand: in a known or common word, or as words of their own."""
    end = start + len(word)
    wrong = [start + i for i in _wrong(text[start:end], word)]
    # Between two right ones of the same sound even 为 is a slip: 展为费.
    suspects = [i for i in wrong if likeness is not Likeness.SAME_SOUND or i in (start, end - 1)]
    if any(text[i] in _OWN_WORDS for i in suspects) or is_common(text[start:end]):
        return True
    # 黄岛 is a place, but 秦黄岛 sounds exactly like 秦皇岛: a word inside a long misspelling proves nothing.
    ignored = range(start, end) if likeness is Likeness.SAME_SOUND and len(word) > 2 else range(0)
    if any(i in known and not (known[i][0] in ignored and known[i][1] - 1 in ignored) for i in wrong):
        return True
    if any(_in_common_word(text, position, ignored) for position in wrong):
        return True
    if len(word) > 2:
        return False
    # Two characters are a misspelt word only where words end on both sides: not in 市工信办.
    beside = [i for i in (start - 1, end) if 0 <= i < len(text) and readings(text[i])]
    return any(i not in known and text[i] not in _OWN_WORDS and not _in_common_word(text, i, range(0)) for i in beside)


def _in_common_word(text: str, position: int, ignored: range) -> bool:
    """Whether a common word covers the position, other than words that lie inside `ignored`."""
    for first in range(max(0, position - _LONGEST_COMMON + 1), position + 1):
        for last in range(max(position + 1, first + 2), min(len(text), first + _LONGEST_COMMON) + 1):
            if first in ignored and last - 1 in ignored:
                continue
            if is_common(text[first:last]):
                return True
    return False


def _nearest(words: dict[str, Likeness]) -> str | None:
    best = min(words.values())
    nearest = [word for word, likeness in words.items() if likeness is best]
    return nearest[0] if len(nearest) == 1 else None


def is_common(word: str) -> bool:
    """Whether a general Chinese dictionary has the word."""
    return word in _common_words()


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Words of two to four characters in jieba's dictionary (348,982 words, MIT), without its rare entries.

    Rare names are left out too: they hold misspellings (株州), and real places are known from elsewhere.
    """
    import jieba

    with jieba.get_dict_file() as lines:
        entries = (line.decode("utf-8").split() for line in lines)
        return frozenset(word for word, count, tag in entries if 2 <= len(word) <= _LONGEST_COMMON and int(count) >= _RAREST[tag[:2]])


_RAREST = defaultdict(lambda: 3, ns=10, nr=10)
