"""The words of `words.yaml` as compiled patterns.

>>> WORDS["speaks"].search("文件写明了申请材料") is not None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("words.yaml")


class Words(Mapping[str, re.Pattern[str]]):
    """Pattern by name; names of groups are joined by a dot: `status.draft`. Read at first use."""

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return _patterns()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_patterns())

    def __len__(self) -> int:
        return len(_patterns())

    def group(self, name: str) -> list[tuple[str, re.Pattern[str]]]:
        """The patterns of one group with their own names."""
        return _group(name)

    def mentioned(self, name: str, text: str) -> bool:
        """Whether any pattern of a group occurs in the text."""
        return _any_of(name).search(text) is not None

    def found(self, name: str, text: str) -> frozenset[str]:
        """Own names of the patterns of a group that occur in the text."""
        return frozenset(own for own, pattern in _group(name) if pattern.search(text))


WORDS = Words()


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: quick_pattern(parts) for name, parts in _parts().items()}


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


@cache
def _any_of(group: str) -> re.Pattern[str]:
    return quick_pattern([part for name, parts in _parts().items() if name.startswith(f"{group}.") for part in parts])


def quick_pattern(parts: Sequence[str]) -> re.Pattern[str]:
    """One pattern of these alternatives, that tries them only at characters with which one can begin.

    >>> quick_pattern(["(?<!不)保证", "not (?:yet )?adopted"]).pattern
    '(?=[nN保])(?:(?:(?<!不)保证)|(?:not (?:yet )?adopted))'
    """
    joined = "|".join(f"(?:{part})" for part in parts)
    firsts = [_first(part) for part in parts]
    if any(first is None for first in firsts):
        return re.compile(joined, re.IGNORECASE)
    characters = {case for first in firsts for c in first or () for case in (c.lower(), c.upper())}
    return re.compile(f"(?=[{''.join(map(re.escape, sorted(characters)))}])(?:{joined})", re.IGNORECASE)


_BEFORE = re.compile(r"(?:\(\?<[!=][^()]*\)|\\b|\^)+")
"""What looks back, or takes no character."""
_OPTIONAL = ("?", "*", "{")


def _first(part: str) -> set[str] | None:
    """The characters with which a match of an alternative can begin; None where it is not plain to see."""
    part = _BEFORE.sub("", part, count=1) if _BEFORE.match(part) else part
    if part.startswith("(?:"):
        branches, rest = _branches(part[3:])
        firsts = [_first(branch) for branch in branches]
        if rest.startswith(_OPTIONAL) or any(first is None for first in firsts):
            return None
        return {character for first in firsts for character in first or ()}
    if part[:1] == "\\" and not part[1:2].isalnum():
        part = part[1:]  # an escaped sign
    elif part[:1] in ("", *".[(^$\\"):
        return None
    return None if part[1:].startswith(_OPTIONAL) else {part[0]}


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


@cache
def _group(name: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(key.partition(".")[2], pattern) for key, pattern in _patterns().items() if key.startswith(f"{name}.")]
