"""How sure a proposal is, and why not.

>>> confidence_of([])
Decimal('0.9')
>>> confidence_of(["没有找到按什么计算"])
Decimal('0.7')
"""

from __future__ import annotations

from decimal import Decimal

_BEST = Decimal("0.9")  # a proposal is never as good as one a person compared with the text
_STEP = Decimal("0.2")
_LEAST = Decimal("0.1")


def confidence_of(doubts: list[str] | tuple[str, ...]) -> Decimal:
    """Between 0.1 and 0.9; every doubt takes a fifth off."""
    return max(_LEAST, _BEST - _STEP * len(doubts))
