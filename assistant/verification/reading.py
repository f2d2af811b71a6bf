"""What a text claims, read the same way from a draft and from the evidence: figures with what they belong to, dates, words.

>>> [(str(f.value), f.unit, f.bound.value, sorted(f.belongs)) for f in read("市级、省级分别给予最高20万元、50万元").figures]
[('200000', 'CNY', 'at_most', ['level:市级']), ('500000', 'CNY', 'at_most', ['level:省级'])]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.verification.figures import Figure, figures_of_text
from assistant.verification.forms import compact, plain_text, tokens
from index.models import DateMention
from index.quantities import parse_dates

LABELS = re.compile(
    r"[一二三四五六七八九十]{0,3}[（(][一二三四五六七八九十百\d]{1,4}[）)](?:\d{1,2}(?![\d.]))?"
    r"|第[一二三四五六七八九十百\d]{1,5}(?:[、和及与至到-]第?[一二三四五六七八九十百\d]{1,3})*[条章款项年](?!以)"
    r"|(?:article|year)s? [\d（）一二三四五六七八九十]+(?:(?:, | and |, and )\d+(?![\d.%]))*"
    r"|(?:^|[“：。；\n])\s*\d{1,2}[.、．](?!\d)\s?",
    re.IGNORECASE | re.MULTILINE,
)
"""Names of articles and years of support, and marks of lists: no figures."""
_MAY_BE_DATE = re.compile(r"[\d年月零〇]")


@dataclass(frozen=True)
class Reading:
    """A text as the check sees it."""

    text: str
    figures: tuple[Figure, ...]
    dates: tuple[DateMention, ...]

    @cached_property
    def tokens(self) -> frozenset[str]:
        """What tells its topic."""
        return tokens(self.text)

    @cached_property
    def compact(self) -> str:
        """Without blanks, marks and case: for looking words up."""
        return compact(self.text)

    @property
    def years(self) -> frozenset[int]:
        """All years named."""
        return frozenset(year for day in self.dates for year in (day.first.year, day.last.year))


@lru_cache(maxsize=16384)
def read(text: str) -> Reading:
    """The reading of a piece of evidence: kept, because articles are asked for again and again."""
    return read_once(text)


def read_once(text: str) -> Reading:
    """The reading of a piece of a draft."""
    plain = plain_text(text)
    masked = LABELS.sub(_blank, plain)
    dates = tuple(parse_dates(masked)) if _MAY_BE_DATE.search(masked) else ()
    return Reading(plain, figures_of_text(masked, plain, dates), dates)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
