"""Word patterns kept as data: lists of regular expressions by name and language, joined into one each.

>>> Patterns(Path("asks.yaml"), "kinds")["rate"].search("补贴比例")      # doctest: +SKIP
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


class Patterns(Mapping[str, re.Pattern[str]]):
    """The patterns of a file (or of one section of it) by name: read at first use, languages joined, case does not count."""

    def __init__(self, path: Path, section: str = "") -> None:
        self._path, self._section = path, section

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self._patterns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._patterns)

    def __len__(self) -> int:
        return len(self._patterns)

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {name: re.compile(_joined(entry), re.IGNORECASE) for name, entry in _read(self._path, self._section).items()}


def load_words(path: Path, section: str = "") -> dict[str, tuple[str, ...]]:
    """Lists of plain words by name, from a file or one section of it."""
    return {name: tuple(words) for name, words in _read(path, section).items()}


def load_entries(path: Path) -> list[Mapping[str, str]]:
    """The entries of a file whose keys only tell them apart."""
    return list(_read(path, "").values())


def _read(path: Path, section: str) -> Mapping[str, Any]:
    content: Mapping[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return content[section] if section else content


def _joined(entry: str | Mapping[str, list[str]]) -> str:
    return entry if isinstance(entry, str) else "|".join(pattern for patterns in entry.values() for pattern in patterns)


MARKERS = Patterns(Path(__file__).with_name("markers.yaml"))
"""Words that say how a question is meant, whatever its topic."""
