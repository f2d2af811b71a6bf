"""The general vocabulary of enterprise-support policy: which words mean the same, in Chinese and English.

    >>> glossary = Glossary.load()
    >>> [(m.term.zh, m.text) for m in glossary.find("国外仓库能拿多少？")]
    [('海外仓', '国外仓库')]
    >>> glossary.canonical("国外仓库的房租")
    '海外仓的租金'
    >>> glossary.render_en("海外仓奖励")
    'overseas warehouse reward'

The words are data (`terms.yaml`); they name topics, bodies and procedures, never what one city gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.glossary.english import english_words, stem_phrase
from index.normalise import fold

TERMS_FILE = Path(__file__).with_name("terms.yaml")
BUSINESS_MODES = "business_modes"

# "1210" in 1210万元 or 1210家 is an amount, not the supervision code.
_UNITS = "万|亿|千|百|元|块|美|欧|日元|港币|平|㎡|m2|家|个|单|票|吨|人|年|月|天|件|usd|rmb|yuan|million|sqm"
_AMOUNT_AFTER = re.compile(rf"\s*(?:[\d.,%]|{_UNITS})", re.I)
_AMOUNT_BEFORE = re.compile(r"(?:[\d.,¥$€]|rmb|usd)\s*$", re.I)
_JOINERS = {"的": "", "和": "and", "与": "and", "及": "and", "以及": "and", "或": "or", "、": ","}


@dataclass(frozen=True, slots=True)
class Term:
    """One meaning and the words for it; `zh` and `en[0]` are how the program writes it."""

    zh: str
    also: tuple[str, ...]
    en: tuple[str, ...]
    group: str
    code: str = ""
    """Customs supervision code of a business mode: 1210."""

    @property
    def words(self) -> tuple[str, ...]:
        """All Chinese words for it, the canonical one first."""
        return (self.zh, *self.also)


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a text; `text` is the words used there, at `start` to `end` (exclusive)."""

    term: Term
    start: int
    end: int
    text: str


class Glossary:
    """Finds the terms of a text and says them in other words."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` has the sections of `terms.yaml`."""
        self.terms = tuple(_terms(data))
        self.support_words = frozenset(data["support_words"])
        self.question_words = frozenset(data["question_words"])
        self.filler_words = frozenset(data["filler_words"])
        self.english_support_words = frozenset(data["support_words_en"])
        self.english_question_words = frozenset(data["english_question_words"])
        self.english_stop_words = frozenset(data["english_stop_words"])
        self.pinyin_words = tuple(data["pinyin_words"])
        self._support_en: dict[str, str] = dict(data["support_words"])
        self._by_word: dict[str, Term] = {}
        self._by_phrase: dict[tuple[str, ...], Term] = {}
        for term in self.terms:
            for word in (term.code, *term.words):
                if word:
                    self._by_word.setdefault(fold(word).lower(), term)
            for phrase in (term.code, *term.en):
                if phrase:
                    self._by_phrase.setdefault(stem_phrase(phrase), term)
        self._lengths = _lengths_by_start((word[:2], word) for word in self._by_word)
        self._phrase_lengths = _lengths_by_start((phrase[0], phrase) for phrase in self._by_phrase)

    @staticmethod
    def load() -> Glossary:
        """The glossary of `terms.yaml`, read once a process."""
        return _load()

    @property
    def business_modes(self) -> tuple[Term, ...]:
        """The terms with a customs supervision code."""
        return tuple(term for term in self.terms if term.code)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every Chinese word of every term, longest first: what misspellings are compared with."""
        words = {word for term in self.terms for word in term.words}
        return tuple(sorted(words, key=lambda word: (-len(word), word)))

    def find(self, text: str) -> list[TermMatch]:
        """The terms of `text` in order; of overlapping ones the longest, of equally long ones the first."""
        folded = fold(text).lower()
        spans = [*self._chinese_spans(folded), *self._english_spans(folded)]
        taken = longest_first((start, end) for start, end, _ in spans)
        found: dict[tuple[int, int], Term] = {}
        for start, end, term in spans:
            found.setdefault((start, end), term)
        return [TermMatch(found[span], *span, text[slice(*span)]) for span in taken]

    def expand(self, text: str) -> list[str]:
        """The Chinese words for all terms of `text`, without those that already stand in it.

        For lexical search: an English or colloquial question brings no word of the article with it.
        """
        folded = fold(text)
        words = (word for match in self.find(text) for word in (match.term.code, *match.term.words))
        return [word for word in dict.fromkeys(words) if word and word not in folded]

    def canonical(self, text: str) -> str:
        """`text` with every Chinese word of a term replaced by the canonical one; business modes keep their code."""
        pieces: list[str] = []
        position = 0
        for match in self.find(text):
            replaced = match.term.zh if not match.text.isascii() else match.text
            pieces += [text[position : match.start], replaced]
            position = match.end
        return "".join([*pieces, text[position:]])

    def render_en(self, phrase: str) -> str | None:
        """`phrase` in English, put together from known terms; None if a word of it is unknown."""
        known = {**_JOINERS, **self._support_en}
        rendered: list[str] = []
        rest = fold(phrase).strip()
        matches = {match.start: match for match in self.find(rest)}
        position = 0
        while position < len(rest):
            if match := matches.get(position):
                # A number code stays as printed; a term says its name.
                rendered.append(match.text if match.text == match.term.code else match.term.en[0])
                position = match.end
                continue
            word = next((w for w in sorted(known, key=len, reverse=True) if rest.startswith(w, position)), None)
            if word is None:
                plain = re.compile(r"[A-Za-z0-9 %.\-]+").match(rest, position)
                if plain is None:
                    return None
                word = plain.group()
            rendered.append(known.get(word, word).strip())
            position += len(word)
        return " ".join(filter(None, rendered)).replace(" ,", ",") or None

    def _chinese_spans(self, text: str) -> Iterable[tuple[int, int, Term]]:
        for start in range(len(text) - 1):
            for length in self._lengths.get(text[start : start + 2], ()):
                word = text[start : start + length]
                term = self._by_word.get(word)
                if term and _stands_alone(text, start, start + len(word)):
                    yield start, start + len(word), term
                    break

    def _english_spans(self, text: str) -> Iterable[tuple[int, int, Term]]:
        words = english_words(text)
        stems = tuple(word.stem for word in words)
        for first, stem in enumerate(stems):
            for length in self._phrase_lengths.get(stem, ()):
                phrase = words[first : first + length]
                term = self._by_phrase.get(stems[first : first + length])
                if term and _stands_alone(text, phrase[0].start, phrase[-1].end):
                    yield phrase[0].start, phrase[-1].end, term
                    break


def longest_first(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that do not overlap, in order: the longest wins, of equally long ones the first.

    >>> longest_first([(0, 2), (1, 4), (4, 6), (5, 7)])
    [(1, 4), (4, 6)]
    """
    taken: list[tuple[int, int]] = []
    occupied: set[int] = set()
    for start, end in sorted(set(spans), key=lambda span: (span[0] - span[1], span[0])):
        places = range(start, end)
        if occupied.isdisjoint(places):
            occupied.update(places)
            taken.append((start, end))
    return sorted(taken)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Not part of a longer Latin word or number; a bare number is not an amount."""
    word = text[start:end]
    if word[0].isascii() and start and text[start - 1].isascii() and text[start - 1].isalnum():
        return False
    if word[-1].isascii() and end < len(text) and text[end].isascii() and text[end].isalnum():
        return False
    if word.isascii() and word.isdigit():
        return not (_AMOUNT_AFTER.match(text, end) or _AMOUNT_BEFORE.search(text[max(0, start - 4) : start]))
    return True


def _lengths_by_start(keys: Iterable[tuple[Any, Sized]]) -> dict[Any, tuple[int, ...]]:
    """Start of a key -> the lengths of keys that begin so, longest first."""
    lengths: dict[Any, set[int]] = {}
    for start, key in keys:
        lengths.setdefault(start, set()).add(len(key))
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


def _terms(data: Mapping[str, Any]) -> Iterable[Term]:
    groups = {BUSINESS_MODES: data[BUSINESS_MODES], **data["terms"]}
    for group, entries in groups.items():
        for entry in entries:
            yield Term(entry["zh"], tuple(entry.get("also", ())), tuple(entry["en"]), group, entry.get("code", ""))


@lru_cache(maxsize=1)
def _load() -> Glossary:
    return Glossary(YAML(typ="safe").load(TERMS_FILE.read_text(encoding="utf-8")))
