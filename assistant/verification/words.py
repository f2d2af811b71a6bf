"""The words of `words.yaml` as compiled patterns.

>>> WORDS["speaks"].search("文件写明了申请材料") is not None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("words.yaml")


class Words(Mapping[str, re.Pattern[str]]):
    """Pattern by name; names of groups are joined by a dot: `status.draft`. Read at first use."""

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {name: quick_pattern(parts) for name, parts in _parts().items()}

    @cached_property
    def _groups(self) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
        groups: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for name, pattern in self._patterns.items():
            group, dot, own = name.partition(".")
            if dot:
                groups.setdefault(group, []).append((own, pattern))
        return groups

    @cached_property
    def _any_of(self) -> dict[str, re.Pattern[str]]:
        """One pattern for each group: most texts have no word of it, and are looked through once only."""
        parts = _parts()
        return {
            group: quick_pattern([part for own, _ in named for part in parts[f"{group}.{own}"]]) for group, named in self._groups.items()
        }

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self._patterns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._patterns)

    def __len__(self) -> int:
        return len(self._patterns)

    def group(self, name: str) -> list[tuple[str, re.Pattern[str]]]:
        """The patterns of one group with their own names."""
        return self._groups[name]

    def mentioned(self, group: str, text: str) -> bool:
        """Whether any pattern of a group occurs in the text."""
        return self._any_of[group].search(text) is not None

    def found(self, group: str, text: str) -> frozenset[str]:
        """Own names of the patterns of a group that occur in the text."""
        if not self._any_of[group].search(text):
            return frozenset()
        return frozenset(own for own, pattern in self._groups[group] if pattern.search(text))

    def matches(self, group: str, text: str, start: int = 0, end: int | None = None) -> list[tuple[str, re.Match[str]]]:
        """All places where patterns of a group occur between `start` and `end`, pattern by pattern, with their own names."""
        stop = len(text) if end is None else end
        if not self._any_of[group].search(text, start, stop):
            return []
        return [(own, match) for own, pattern in self._groups[group] for match in pattern.finditer(text, start, stop)]


WORDS = Words()


@cache
def _parts() -> dict[str, list[str]]:
    data: Mapping[str, Any] = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    flat: dict[str, str] = {}
    for name, value in data.items():
        if isinstance(value, str):
            flat[name] = value
        else:
            flat |= {f"{name}.{own}": words for own, words in value.items()}
    return {name: [part for part in re.split(r"\n|[ ]{2,}", words.strip()) if part] for name, words in flat.items()}


def quick_pattern(parts: Sequence[str]) -> re.Pattern[str]:
    """One pattern of these alternatives, that tries them only at characters with which one can begin.

    >>> quick_pattern(["(?<!不)保证", "not (?:yet )?adopted"]).pattern
    '(?=[Nn保])(?:(?:(?<!不)保证)|(?:not (?:yet )?adopted))'
    """
    joined = "|".join(f"(?:{part})" for part in parts)
    firsts = [_firsts(part) for part in parts]
    if any(first is None for first in firsts):
        return re.compile(joined, re.IGNORECASE)
    characters = {case for first in firsts for c in first or () for case in (c.lower(), c.upper())}
    return re.compile(f"(?=[{''.join(map(re.escape, sorted(characters)))}])(?:{joined})", re.IGNORECASE)


_BEFORE = re.compile(r"(?:\(\?<[!=][^()]*\)|\\b|\^)+")
"""What looks back, or takes no character."""
_BLANKS = {chr(code) for code in range(0x3001) if chr(code).isspace()}


def _firsts(part: str) -> set[str] | None:
    """The characters with which a match of an alternative can begin; None where it is not plain to see."""
    before = _BEFORE.match(part)
    firsts, rest = _firsts_and_rest(part[before.end() :] if before else part)
    if firsts is None or rest.startswith("{"):
        return None
    if not rest.startswith(("?", "*")):
        return firsts
    following = _firsts(rest[1:])  # what may be missing: the next may be first
    return None if following is None else firsts | following


def _firsts_and_rest(part: str) -> tuple[set[str] | None, str]:
    """The characters of the first element (a group, a class, a character), and what stands behind the element."""
    if part.startswith("(?:"):
        branches, rest = _branches(part[3:])
        firsts = [_firsts(branch) for branch in branches]
        return (None if any(first is None for first in firsts) else {c for first in firsts for c in first or ()}), rest
    if plain := re.match(r"\[([^\]^\\-]+)\]", part):
        return set(plain[1]), part[plain.end() :]
    if part.startswith("\\s"):
        return _BLANKS, part[2:]
    if part[:1] == "\\" and not part[1:2].isalnum():
        part = part[1:]  # an escaped sign
    elif part[:1] in ("", *"*+?|.[(^$\\"):
        return None, part
    return {part[0]}, part[1:]


def _branches(text: str) -> tuple[list[str], str]:
    """The alternatives of a group that was just opened, and what follows it."""
    depth = start = 0
    found: list[str] = []
    for i, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return [*found, text[start:i]], text[i + 1 :]
        if character == "|" and not depth:
            found.append(text[start:i])
            start = i + 1
    raise re.error("a group is not closed", text)
