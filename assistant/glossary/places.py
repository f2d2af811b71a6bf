"""Which places a question names, and which policies hold there.

    finder = PlaceFinder(policies)
    finder.find("河北省秦皇岛海港区")     # 河北省 (whole), 秦皇岛市 (exact), 海港区 (part of it)
    finder.find("杭州有补贴吗")           # 杭州市, covered=False

What is covered follows from the policies alone; the table of divisions adds the districts of covered cities and the
places that are not covered. A name inside another word (以上海外仓, 四平方米, 广交会) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA
from ruamel.yaml import YAML

from assistant.glossary.divisions import Alone, Division, Divisions, Level
from assistant.glossary.english import word_matches
from assistant.glossary.pinyin import syllables
from assistant.glossary.terms import Glossary
from assistant.glossary.typos import Corrector
from index.models import Policy
from index.normalise import fold

NAMES_FILE = Path(__file__).with_name("places.yaml")
COUNTRY, REGION, OTHER = "country", "region", "other"

_LATIN_WORDS = 4  # qin huang dao shi
_BEGINNING = 3  # letters of a Latin name that are looked at first
_LATIN = re.compile("[A-Za-z]{2}")
_NO_LETTER = re.compile("[^a-zà-ÿ]")
_SHORTEST_LATIN = 4
_SHORTEST_MISSPELT = 7
"""Shorter names are one letter away from too many others: Wuhu, Wuhai."""
_DIVISION_WORD = "(?:省|市|自治区|特别行政区|自治州|县|区|新区|开发区|经开区|高新区)?"


class Relation(StrEnum):
    """How the place named lies to the place where the policies hold."""

    EXACT = "exact"
    PART = "part"  # a district of the city
    WHOLE = "whole"  # the province the city lies in: the policies hold in a part of it only
    NONE = "none"


class Role(StrEnum):
    """What a place name is for, where the words beside it tell."""

    ORGANISATION = "organisation"  # 湖南省商务厅, 大连海关, 秦皇岛港: the place names a body, not where the asker is
    EVENT = "event"  # 广州展会, 去上海参展


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text at `start` to `end` (exclusive), written `text` there."""

    name: str
    """As divisions are called officially: 秦皇岛市; 美国."""
    start: int
    end: int
    text: str
    policies: tuple[str, ...]
    """Ids of the policies that hold there; for WHOLE, of those that hold somewhere in it."""
    covered: bool
    """A policy holds there (EXACT or PART)."""
    kind: str
    """province | city | county | country | region | other (a zone that is no division)."""
    relation: Relation = Relation.NONE
    role_hint: Role | None = None
    misspelt: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A place that names lead to."""

    name: str
    kind: str
    policies: tuple[str, ...] = ()
    relation: Relation = Relation.NONE
    within: frozenset[str] = frozenset()
    """Names of the wider places it lies in."""


_Span = tuple[int, int, list[_Named], bool]
"""Start, end, the places of that name, whether it is misspelt."""


class PlaceFinder:
    """Finds place names in questions; built from the policies that are loaded."""

    def __init__(self, policies: Iterable[Policy], glossary: Glossary | None = None) -> None:
        self._policies = tuple(policies)
        self._table = Divisions.load()
        data = _names_data()
        glossary = glossary or Glossary.load()
        self._names: dict[str, list[_Named]] = {}
        self._latin: dict[str, list[_Named]] = {}
        self._add_policies()
        self._add_divisions(data)
        for kind, section in ((COUNTRY, "countries"), (REGION, "regions")):
            for name, spellings in data[section].items():
                self._add(name, _Named(name, kind))
                for spelling in spellings:
                    self._add(spelling, _Named(name, kind))
        self._lengths_of_names = _lengths(self._names)
        firsts, seconds = (_any_of(name[i] for name in self._names) for i in (0, 1))
        self._beginning = re.compile(f"{firsts}(?={seconds})")
        self._latin_beginnings = {name[:length] for name in self._latin for length in range(1, _BEGINNING + 1)}
        self._words = {*self._names, *data["not_places"], *(fold(word) for word in glossary.vocabulary)}
        self._lengths = _lengths(self._words)
        self._run = re.compile(_any_of(character for word in self._words for character in word) + "+")
        covered = [name for name, places in self._names.items() if any(_covers(place) for place in places)]
        self._corrector = Corrector(covered, protected=self._words, names=True)
        self._covered_latin: dict[str, list[str]] = {}
        for name, places in self._latin.items():
            if len(name) >= _SHORTEST_MISSPELT and any(_covers(place) for place in places):
                self._covered_latin.setdefault(name[0], []).append(name)
        bodies = [word for term in glossary.terms if term.group == "bodies" for word in term.words]
        self._organisation = re.compile(_DIVISION_WORD + _alternatives([*bodies, *data["organisation_endings"]]))
        self._event = re.compile(_DIVISION_WORD + "(?:国际|进口|出口|跨境电商|外贸)*" + _alternatives(data["event_endings"]))

    def find(self, text: str, *, misspelt: bool = True) -> list[PlaceMention]:
        """The places named in `text`, in order; no two overlap. `misspelt`: also those with a slip in the name."""
        folded = fold(text)
        fixes = self._corrector.corrections(folded) if misspelt else []
        fixed = {position for fix in fixes for position in range(fix.start, fix.end)}
        spans = [(*span, self._names[folded[slice(*span)]], False) for span in self._segment(folded) if fixed.isdisjoint(range(*span))]
        spans += [(fix.start, fix.end, self._names[fix.word], True) for fix in fixes]
        spans += self._latin_spans(folded, misspelt=misspelt) if _LATIN.search(folded) else []
        if not spans:
            return []
        named = {place.name for _, _, places, _ in spans for place in places if len(places) == 1}
        mentions = [_mention(text, start, end, _choose(places, named), wrong) for start, end, places, wrong in sorted(spans, key=_start)]
        roles = [self._role(folded, mention) for mention in mentions]
        return [replace(mention, role_hint=role) if role else mention for mention, role in zip(mentions, roles, strict=True)]

    def _add_policies(self) -> None:
        for policy in self._policies:
            division = self._table.of(policy.place)
            kind = division.level.value if division else OTHER
            # Every policy of the place is meant, whichever of them the alias stands in.
            holding = tuple(other.id for other in self._policies if other.place == policy.place)
            place = _Named(policy.place.name, kind, holding, Relation.EXACT)
            # Lianyungang, Jiangsu: the province is a place of its own.
            for name in (policy.place.name, policy.place_en.split(",")[0], *policy.aliases):
                # A district among the aliases is found through the table, as a part of the city.
                if name and not (division and self._is_inside(name, division)):
                    self._add(name, place)

    def _is_inside(self, name: str, division: Division) -> bool:
        return any(division in self._table.chain(row)[1:] for row in self._table.named(name))

    def _add_divisions(self, data: Mapping[str, Any]) -> None:
        holders = [(policy.id, division) for policy in self._policies if (division := self._table.of(policy.place))]
        aliases = {alias for policy in self._policies for alias in policy.aliases}
        by_name: dict[str, _Named] = {}
        for division in self._table.rows:
            place = self._named(division, holders)
            by_name.setdefault(division.name, place)
            self._add(division.name, place)
            short = self._is_used_alone(division, place, aliases)
            if short:
                self._add(division.short, place)
            latin = division.en or ("".join(syllables(division.short)) if _covers(place) else "")
            if latin and short:
                self._add(latin, place)
                self._add(latin + "shi", place)
        for name, meant in data["nicknames"].items():
            self._add(name, by_name.get(meant) or _Named(meant, OTHER))
        for spelling, meant in data["latin"].items():
            known = self._latin.setdefault(spelling, [])
            known[:] = [place for place in known if _covers(place)] or [by_name[meant]]

    def _is_used_alone(self, division: Division, place: _Named, aliases: set[str]) -> bool:
        if division.alone is Alone.ALWAYS or place.relation is Relation.EXACT:
            return True
        return _covers(place) and (division.alone is Alone.COVERED or (division.short in aliases and division.short not in place.within))

    def _named(self, division: Division, holders: Sequence[tuple[str, Division]]) -> _Named:
        chain = self._table.chain(division)
        wider = frozenset(name for outer in chain[1:] for name in (outer.name, outer.short))
        exact = tuple(policy for policy, holder in holders if holder is division)
        # A policy of the province holds in the city as well; the city's own come first.
        outer = tuple(policy for policy, holder in holders if holder in chain[1:])
        if exact or outer:
            return _Named(division.name, division.level, (*exact, *outer), Relation.EXACT if exact else Relation.PART, wider)
        inner = tuple(policy for policy, holder in holders if division in self._table.chain(holder)[1:])
        return _Named(division.name, division.level, inner, Relation.WHOLE if inner else Relation.NONE, wider)

    def _add(self, name: str, place: _Named) -> None:
        name = fold(name.strip())
        if name.isascii() or re.fullmatch(r"[A-Za-zÀ-ÿ '’.-]+", name):
            names, key = self._latin, _NO_LETTER.sub("", name.lower())
            key = re.sub(r"(?<=.{4})(?:city|province|district)$", "", key)
        else:
            names, key = self._names, name
        if len(key) < (_SHORTEST_LATIN if names is self._latin else 2) and key not in ("usa", "uae"):
            return
        places = names.setdefault(key, [])
        same = next((i for i, known in enumerate(places) if known.name == place.name and known.within in (place.within, frozenset())), None)
        if same is None:
            places.append(place)
        else:
            policies = tuple(dict.fromkeys((*places[same].policies, *place.policies)))
            relation = min(places[same].relation, place.relation, key=list(Relation).index)
            places[same] = replace(place, policies=policies, relation=relation)

    def _segment(self, text: str) -> list[tuple[int, int]]:
        """Spans of place names. No word reaches beyond a run of the characters that words are made of: a run without a name is left out."""
        runs = [run for run in self._run.finditer(text) if self._holds_name(run.group())]
        return [(run.start() + start, run.start() + end) for run in runs for start, end in self._segment_run(run.group())]

    def _holds_name(self, text: str) -> bool:
        for begun in self._beginning.finditer(text):
            start = begun.start()
            if any(text[start : start + length] in self._names for length in self._lengths_of_names.get(text[start : start + 2], ())):
                return True
        return False

    def _segment_run(self, text: str) -> list[tuple[int, int]]:
        """The text is covered with words as far as it goes, so that names cut out of words fall away."""
        best: list[tuple[int, int, int]] = [(0, 0, 0)] * (len(text) + 1)  # letters covered, minus words, sum of squares
        step = [0] * (len(text) + 1)
        for start in range(len(text) - 1, -1, -1):
            best[start] = best[start + 1]
            for length in self._lengths.get(text[start : start + 2], ()):
                end = start + length
                if end <= len(text) and text[start:end] in self._words:
                    covered, words, squares = best[end]
                    score = (covered + length, words - 1, squares + length * length)
                    if score > best[start] or (score == best[start] and not step[start]):
                        best[start], step[start] = score, length
        spans = []
        start = 0
        while start < len(text):
            end = start + max(1, step[start])
            if text[start:end] in self._names:
                spans.append((start, end))
            start = end
        return spans

    def _latin_spans(self, text: str, *, misspelt: bool = True) -> list[_Span]:
        words = [word for word in word_matches(text) if word.group()[0].isalpha()]
        keys = [_latin_key(word.group()) for word in words]
        # A run of words ends where something other than blanks and hyphens stands between them.
        joined = [not text[a.end() : b.start()].strip(" -") for a, b in pairwise(words)]
        spans: list[_Span] = []
        free = set(range(len(words)))
        for look_up, wrong in ((self._latin.get, False), (self._misspelt_latin, True))[: 1 + misspelt]:
            for first, count in product(range(len(words)), range(_LATIN_WORDS, 0, -1)):
                run = range(first, first + count)
                if not wrong and keys[first][:_BEGINNING] not in self._latin_beginnings:
                    continue
                if run.stop > len(words) or not free.issuperset(run) or not all(joined[first : first + count - 1]):
                    continue
                if places := look_up("".join(keys[first : first + count])):
                    last = words[run[-1]]
                    end = last.end() - (2 if last.group().lower().endswith(("'s", "’s")) else 0)
                    spans.append((words[first].start(), end, places, wrong))
                    free.difference_update(run)
        return spans

    def _misspelt_latin(self, word: str) -> list[_Named] | None:
        for name in self._covered_latin.get(word[:1], ()):
            if abs(len(name) - len(word)) <= 1 and len(word) >= _SHORTEST_MISSPELT and OSA.distance(word, name, score_cutoff=1) <= 1:
                return self._latin[name]
        return None

    def _role(self, text: str, mention: PlaceMention) -> Role | None:
        if self._organisation.match(text, mention.end):
            return Role.ORGANISATION
        if self._event.match(text, mention.end):
            return Role.EVENT
        travels = re.search(r"[去到赴]$", text[: mention.start]) and re.match(r"市?(?:参展|参加|办展)", text[mention.end :])
        return Role.EVENT if travels else None


def _latin_key(word: str) -> str:
    word = word.lower()
    return word if word.isascii() and word.isalpha() else _NO_LETTER.sub("", re.sub(r"['’]s$", "", word))


def _covers(place: _Named) -> bool:
    return place.relation in (Relation.EXACT, Relation.PART)


def _choose(places: Sequence[_Named], named: set[str]) -> _Named:
    """Of places of one name: the one whose city or province is named too, else a covered one, else the widest."""
    levels = [*Level, COUNTRY, REGION, OTHER]
    return min(places, key=lambda place: (place.within.isdisjoint(named), not _covers(place), levels.index(place.kind)))


def _mention(text: str, start: int, end: int, place: _Named, misspelt: bool) -> PlaceMention:
    written = text[start:end]
    return PlaceMention(place.name, start, end, written, place.policies, _covers(place), str(place.kind), place.relation, misspelt=misspelt)


def _lengths(words: Iterable[str]) -> dict[str, set[int]]:
    """First two characters -> how long the words are that begin so."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[:2], set()).add(len(word))
    return found


def _any_of(characters: Iterable[str]) -> str:
    """A pattern for any one of these characters."""
    return "[" + "".join(map(re.escape, sorted(set(characters)))) + "]"


def _start(span: _Span) -> int:
    return span[0]


def _alternatives(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word)))) + ")"


@lru_cache(maxsize=1)
def _names_data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = YAML(typ="safe").load(NAMES_FILE.read_text(encoding="utf-8"))
    return data
