"""The words of `words.yaml` as compiled patterns.

>>> WORDS["speaks"].search("文件写明了申请材料") is not None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
        return any(pattern.search(text) for _, pattern in _group(name))

    def found(self, name: str, text: str) -> frozenset[str]:
        """Own names of the patterns of a group that occur in the text."""
        return frozenset(own for own, pattern in _group(name) if pattern.search(text))


WORDS = Words()


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data: Mapping[str, Any] = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    flat: dict[str, str] = {}
    for name, value in data.items():
        if isinstance(value, str):
            flat[name] = value
        else:
            flat |= {f"{name}.{own}": words for own, words in value.items()}
    return {name: _compiled(words) for name, words in flat.items()}


def _compiled(words: str) -> re.Pattern[str]:
    parts = [part for part in re.split(r"\n|[ ]{2,}", words.strip()) if part]
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


@cache
def _group(name: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(key.partition(".")[2], pattern) for key, pattern in _patterns().items() if key.startswith(f"{name}.")]
