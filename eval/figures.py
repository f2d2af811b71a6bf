"""Figures of answers compared by value and unit, in any notation: 100万元 is RMB 1 million, 满一年 is 12 months.

>>> states(figures("RMB 1 million at most"), "100万元")
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from index.models import Bound
from index.normalise import fold
from index.quantities import parse_quantities

COUNT = "count"
MONEY = frozenset({"CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "KRW", "RUB"})
_COUNTED = frozenset({"item", "company", "person", "person_time", "order", "time"})
"""A count is a count, whatever is counted: 20家 is 20 enterprises is 20个."""
_YEARS = {"year": Decimal(1), "quarter": Decimal(1) / 4, "month": Decimal(1) / 12}
_NEEDS_UNIT = frozenset({"USD", "ratio", "percentage_point"})
"""A bare number is read as 元, m² or a count, but not as one of these."""
_MARKS = re.compile(r"[*`]|__")
_LINE = re.compile(r"[\n；;。]")
_SENTENCE = re.compile(r"(?<=[。；！？!?\n])|(?<=\.)\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in a base unit; `unit` is "" where none is written."""

    value: Decimal
    unit: str
    text: str
    bound: Bound

    def is_same(self, other: Figure) -> bool:
        """Whether this figure, as written in an answer, is the expected `other`."""
        if self.value != other.value:
            return False
        if self.unit == other.unit:
            return True
        if not self.unit:
            return other.unit not in _NEEDS_UNIT
        return not other.unit and self.unit == COUNT


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text in base units; 4元/平方米 is 4元, emphasis marks are no part of the text."""
    return tuple(_figures(fold(text).replace("**", "")))


def _figures(text: str) -> Iterator[Figure]:
    for quantity in parse_quantities(text):
        unit = quantity.unit.split("/")[0]
        value = quantity.value
        if unit in _YEARS:
            value, unit = value * _YEARS[unit], "year"
        yield Figure(value, COUNT if unit in _COUNTED else unit, quantity.text, quantity.bound)


def states(found: Iterable[Figure], words: str) -> bool:
    """Whether every figure of `words` is among those found."""
    stated = tuple(found)
    wanted = figures(words)
    return bool(wanted) and all(any(figure.is_same(want) for figure in stated) for want in wanted)


def totals(text: str, proven: Iterable[Figure]) -> list[Figure]:
    """The results of additions written in a text that hold and are made of proven figures: 9万元 + 9万元 = 18万元."""
    known = tuple(proven)
    found = []
    for line in _LINE.split(_MARKS.sub("", text)):
        left, _, right = line.replace("＝", "=").replace("＋", "+").partition("=")
        parts = [figures(part)[-1:] for part in left.split("+")]
        result = figures(right)[:1]
        terms = [part[0] for part in parts if part]
        if len(terms) == len(parts) > 1 and result and all(any(term.is_same(figure) for figure in known) for term in terms):
            total = sum((term.value for term in terms), Decimal(0))
            found += [figure for figure in result if figure.value == total and all(term.unit == figure.unit for term in terms)]
    return found


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences and lines of a Chinese or English text."""
    return tuple(part for part in _SENTENCE.split(text) if part.strip())


def sentences_with(text: str, words: str) -> list[str]:
    """The sentences that state all figures of `words`."""
    return [sentence for sentence in sentences(text) if states(figures(sentence), words)]


def values(text: str) -> set[tuple[Decimal, str]]:
    """Value and unit of each figure; a bare number is a count."""
    return {(figure.value, figure.unit or COUNT) for figure in figures(text)}


def without_marks(text: str) -> str:
    """The words of a text in Markdown."""
    return _MARKS.sub("", text)


def shorten(text: str, length: int = 160) -> str:
    """The text without Markdown; a long one up to its last whole word or part of a sentence, with dots."""
    whole = without_marks(text).strip()
    if len(whole) <= length:
        return whole
    cut = re.match(r".*(?=[\s，,；;。：:（(])", whole[:length], re.DOTALL)
    return f"{cut[0] if cut and len(cut[0]) > length // 2 else whole[:length]} …"
