"""Which kind of question it is, read from words of asking (asks.yaml): data of the language, not of any policy.

>>> sorted(find_asks("秦皇岛1210补贴比例多少？哪个部门牵头？"))
[<Ask.AMOUNT: 'amount'>, <Ask.DEPARTMENT: 'department'>, <Ask.RATE: 'rate'>]
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from assistant.understanding.patterns import load_patterns
from assistant.understanding.question import Ask

_FILE = Path(__file__).with_name("asks.yaml")


@lru_cache(maxsize=1)
def _kinds() -> dict[Ask, re.Pattern[str]]:
    return {Ask(name): pattern for name, pattern in load_patterns(_FILE, "kinds").items()}


@lru_cache(maxsize=1)
def _wanted() -> dict[str, re.Pattern[str]]:
    return load_patterns(_FILE, "wanted")


def find_asks(text: str) -> frozenset[Ask]:
    """All kinds of question whose words occur in a normalised text."""
    return frozenset(ask for ask, pattern in _kinds().items() if pattern.search(text))


def find_wanted_type(text: str) -> str:
    """Unit of the figure asked for, "date", "department", or "" where the words do not say."""
    return next((unit for unit, pattern in _wanted().items() if pattern.search(text)), "")
