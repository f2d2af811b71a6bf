"""The words of `words.yaml` as compiled patterns."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.understanding.patterns import Patterns, load_words

_FILE = Path(__file__).with_name("words.yaml")
WORDS = Patterns(_FILE, "cues")
PERIODS = Patterns(_FILE, "periods")
_ASKED = Patterns(_FILE, "asked")


def steps_asked(text: str) -> list[tuple[str, ...]]:
    """For each step of a procedure that is asked about, the words under which documents write it."""
    written = _written()
    return [written[step] for step, pattern in _ASKED.items() if pattern.search(text)]


@lru_cache(maxsize=1)
def _written() -> dict[str, tuple[str, ...]]:
    return load_words(_FILE, "written")
