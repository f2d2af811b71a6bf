"""The words of `words.yaml` as compiled patterns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.understanding.patterns import Patterns, load_words

_FILE = Path(__file__).with_name("words.yaml")
WORDS = Patterns(_FILE, "cues")
RECIPIENTS = Patterns(_FILE, "recipients")
PERIODS = Patterns(_FILE, "periods")
_ASKED = Patterns(_FILE, "asked")
_DUTIES = Patterns(_FILE, "duties_asked")


def steps_asked(text: str) -> list[tuple[str, ...]]:
    """For each step of a procedure that is asked about, the words under which documents write it."""
    return _matching(text, _ASKED, _written("written"))


def duties_asked(text: str) -> list[tuple[str, ...]]:
    """The same for duties that people call by other words than documents: 谁批 is 审批."""
    return _matching(text, _DUTIES, _written("duties_written"))


def _matching(text: str, asked: Patterns, written: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [written[name] for name, pattern in asked.items() if pattern.search(text)]


@lru_cache(maxsize=2)
def _written(section: str) -> dict[str, tuple[str, ...]]:
    return load_words(_FILE, section)
