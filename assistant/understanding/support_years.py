"""Years of support that a question asks about: 首年, 第二年, 后两年."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.models import Quantity

_SUPPORT_YEARS = (
    (re.compile(r"首年|第一年|头一年|第1年|first year|year one|year 1\b", re.IGNORECASE), (1,)),
    (re.compile(r"第二年|第2年|second year|year two|year 2\b", re.IGNORECASE), (2,)),
    (re.compile(r"第三年|第3年|third year|year three|year 3\b", re.IGNORECASE), (3,)),
    (re.compile(r"第四年|fourth year", re.IGNORECASE), (4,)),
    (re.compile(r"[前头]两年|first two years", re.IGNORECASE), (1, 2)),
    (re.compile(r"后两年|之后两年|following two years|next two years|two years after", re.IGNORECASE), (2, 3)),
)

_NO_MEASURE = frozenset({"year", "item", "company"})


def _counts_years(figure: Quantity) -> bool:
    return figure.unit == "year" and figure.value <= 10


def find_support_years(text: str, figures: Sequence[Quantity]) -> tuple[int, ...]:
    """Years of support asked about; 首年 before a figure (首年交易额8000万) only says when that figure was.

    3个海外仓首年多少 has a count before it, which is no such figure.
    """
    measured = [figure for figure in figures if figure.unit not in _NO_MEASURE and not (figure.unit == "" and figure.value < 100)]
    counted = [figure for figure in figures if not _counts_years(figure) and figure.unit not in ("item", "")]
    named = [
        year
        for clause in re.finditer(r"[^，,。；;？?！!.]+", text)
        if not any(clause.start() <= figure.start < clause.end() for figure in measured)
        for pattern, years in _SUPPORT_YEARS
        for match in pattern.finditer(clause.group())
        if not any(clause.start() + match.end() <= figure.start < clause.end() for figure in counted)
        for year in years
    ]
    return tuple(dict.fromkeys(named))
