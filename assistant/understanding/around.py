"""Which of two sums the words between them belong to: in 推广费5万扣点费3万 the word 扣点费 names the second."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.patterns import MARKERS
from index.models import Quantity

_MONEY = frozenset({"", "CNY", "USD"})
_NOUN = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z]{3,}|\d{4}", re.IGNORECASE)


def end_of_words_after(text: str, left: int, figure: Quantity, others: Sequence[Quantity], right: int) -> int:
    """Where the words end that belong to `figure` and stand behind it.

    Between two sums without a comma the words name the second one (推广费5万扣点费3万, 1210做3000万和9610做2000万), unless 的
    ties them to the first (5万元的展位费和3万元的人员费) or nothing else names the first (5万元展位费和3万元人员费).
    """
    if not _is_sum(figure) or not any(other.start >= right and _is_sum(other) for other in others):
        return right
    between = text[figure.end : right]
    if MARKERS["joiner"].match(between):
        return figure.end
    if not any(other.start == right for other in others):  # a comma stands between them
        return right
    named = _NOUN.search(text[left : figure.start])
    return figure.end if named and not between.lstrip().startswith("的") else right


def _is_sum(figure: Quantity) -> bool:
    return figure.unit in _MONEY and figure.value >= 100
