"""What a reworded conclusion must keep of the program's: a text may be true in every sentence and still not answer.

>>> lost("可以得到支持。", "最高100万元", names=())
['100万元', '最高']
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from assistant.understanding.patterns import Patterns
from index.models import Bound
from index.normalise import fold
from index.quantities import parse_dates, parse_quantities

MONEY = frozenset({"CNY", "USD", "ratio"})
"""Figures a hurried reader takes for the result."""
Figure = tuple[Decimal, str, str]
"""Value, unit (or `date`), bound."""


_MARKS = Patterns(Path(__file__).with_name("marks.yaml"))


def lost(text: str, conclusion: str, names: Iterable[str]) -> list[str]:
    """What `conclusion` says and `text` does not: figures with their bounds, names, words that change its worth."""
    own, wanted = _figures(text), _figures(conclusion)
    missing = [words for figure, words in wanted.items() if not any(_as_bound(figure, other) for other in own)]
    missing += [name for name in names if name in conclusion and name not in text]
    missing += [said[0] for mark in _MARKS.values() if (said := mark.search(conclusion)) and not mark.search(text)]
    return missing


def added(text: str, conclusion: str) -> list[str]:
    """Amounts and rates in `text` that `conclusion` does not name: true perhaps, but not the result."""
    known = {(value, unit) for value, unit, _ in _figures(conclusion)}
    return [words for (value, unit, _), words in _figures(text).items() if unit in MONEY and (value, unit) not in known]


def conclusion_of(text: str, conclusion: str, names: Iterable[str], own: str = "") -> str:
    """The leading paragraphs of `text` that say what `conclusion` says and no other amount; "" if there are none.

    Amounts of `own`, the asker's own figures, may be repeated.
    """
    names = tuple(names)
    paragraphs = re.split(r"\n\s*\n", text.strip())
    for number in range(1, len(paragraphs) + 1):
        leading = "\n\n".join(paragraphs[:number])
        if not lost(leading, conclusion, names):
            return "" if added(leading, f"{conclusion}\n{own}") else leading
    return ""


def _as_bound(figure: Figure, other: Figure) -> bool:
    """Whether `other` is the figure, and a ceiling if that is one."""
    return figure[:2] == other[:2] and (figure[2] != Bound.AT_MOST or other[2] == Bound.AT_MOST)


def _figures(text: str) -> dict[Figure, str]:
    """The figures of a text with a unit, and its days."""
    folded = fold(text).replace("**", "")
    days = parse_dates(folded)
    found: dict[Figure, str] = {
        (quantity.value, quantity.unit, quantity.bound): quantity.text
        for quantity in parse_quantities(folded)
        if quantity.unit and not any(day.start <= quantity.start < day.end for day in days)
    }
    found |= {(Decimal(day.first.toordinal()), "date", Bound.EXACT): day.text for day in days}
    return found
