"""The words of `words.yaml`: what is put in the place of what.

>>> WORDS.periods["一次性"]
'每年'
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("words.yaml")
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SpoilingWords:
    """Word by word, or pair by pair, as the file has them."""

    units: dict[str, str]
    turns: dict[str, str]
    strict: dict[str, str]
    periods: dict[str, str]
    status: dict[str, str]
    """Patterns by standing."""
    in_force: Pairs
    negations: Pairs
    affirmations: Pairs
    invented: Pairs
    """Chinese, English; `{a}` and `{b}` are figures."""
    invented_plain: Pairs
    widened: Pairs
    """`{label}` is the name of a support, `{place}` its city, here and below."""
    rates: dict[str, tuple[str, str]]
    """By value."""
    recipients: dict[str, tuple[str, str]]
    """By patterns of the right beneficiary; `{amount}` is the sum."""
    leads: Pairs
    """`{label}` is that of an article, `{body}` a wrong one."""
    publishers: Pairs
    combined: Pairs
    elsewhere: Pairs
    """Cities without a document: Chinese, English."""

    @staticmethod
    def load(file: Path = FILE) -> SpoilingWords:
        """Read the file."""
        data: dict[str, Any] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        known: dict[str, Any] = {name: words if isinstance(words, dict) else tuple(map(tuple, words)) for name, words in data.items()}
        return SpoilingWords(**known)


WORDS = SpoilingWords.load()
