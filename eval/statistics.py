"""The few formulas of the reports.

>>> [round(share, 3) for share in wilson(95, 100)]
[0.888, 0.978]
>>> round(mcnemar(1, 9), 4)
0.0215
"""

from __future__ import annotations

import math
from collections.abc import Sequence

_Z95 = 1.959964


def wilson(passed: int, total: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share (Wilson score): between 0 and 1, also for few cases and for 0 or all."""
    if not total:
        return 0.0, 1.0
    share, squared = passed / total, _Z95 * _Z95
    middle = share + squared / (2 * total)
    spread = _Z95 * math.sqrt(share * (1 - share) / total + squared / (4 * total * total))
    return max(0.0, (middle - spread) / (1 + squared / total)), min(1.0, (middle + spread) / (1 + squared / total))


def mcnemar(worse: int, better: int) -> float:
    """How likely a difference at least this large is if both were equally good: exact McNemar test, two-sided.

    Args:
        worse: Cases that only the first passed.
        better: Cases that only the second passed.
    """
    changed = worse + better
    tail = sum(math.comb(changed, count) for count in range(min(worse, better) + 1))
    return float(min(1.0, 2 * tail / 2**changed))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed (nearest rank); 0.0 of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0
