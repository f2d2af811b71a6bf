"""Word patterns kept as data: lists of regular expressions by name and language, joined into one each.

>>> load_patterns(Path("asks.yaml"), "kinds")["rate"].search("补贴比例")      # doctest: +SKIP
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


def load_patterns(path: Path, section: str = "") -> dict[str, re.Pattern[str]]:
    """The patterns of a file (or of one section of it), by name; languages are joined, case does not count."""
    content: Mapping[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    entries: Mapping[str, Any] = content[section] if section else content
    return {name: re.compile(_joined(entry), re.IGNORECASE) for name, entry in entries.items()}


@lru_cache(maxsize=1)
def load_markers() -> dict[str, re.Pattern[str]]:
    """The patterns of markers.yaml."""
    return load_patterns(Path(__file__).with_name("markers.yaml"))


def _joined(entry: str | Mapping[str, list[str]]) -> str:
    return entry if isinstance(entry, str) else "|".join(pattern for patterns in entry.values() for pattern in patterns)
