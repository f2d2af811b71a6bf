"""The words of `words.yaml` as compiled patterns."""

from __future__ import annotations

from pathlib import Path

from assistant.understanding.patterns import Patterns

WORDS = Patterns(Path(__file__).with_name("words.yaml"))
