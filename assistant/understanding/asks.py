"""Which kind of question it is, read from words of asking (asks.yaml): data of the language, not of any policy.

>>> sorted(find_asks("秦皇岛1210补贴比例多少？哪个部门牵头？"))
[<Ask.AMOUNT: 'amount'>, <Ask.DEPARTMENT: 'department'>, <Ask.RATE: 'rate'>]
"""

from __future__ import annotations

from pathlib import Path

from assistant.understanding.patterns import Patterns
from assistant.understanding.question import Ask

_FILE = Path(__file__).with_name("asks.yaml")


_KINDS = Patterns(_FILE, "kinds")
_WANTED = Patterns(_FILE, "wanted")


def find_asks(text: str) -> frozenset[Ask]:
    """All kinds of question whose words occur in a normalised text."""
    return frozenset(Ask(name) for name, pattern in _KINDS.items() if pattern.search(text))


def find_wanted_type(text: str) -> str:
    """Unit of the figure asked for, "date", "department", or "" where the words do not say."""
    return next((unit for unit, pattern in _WANTED.items() if pattern.search(text)), "")
