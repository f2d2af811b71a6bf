"""How a sum is paid out over years: 分5年等额发放, 分两年各拨付50%, 分三年按40%、30%、30%的比例拨付.

>>> payments_in("给予50万元落户奖励，分三年按40%、30%、30%的比例拨付")[0]
(Decimal('0.4'), Decimal('0.3'), Decimal('0.3'))
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.rules.extraction import patterns as p
from index.quantities.parser import parse_quantities

_PAID = re.compile(
    r"分(?P<years>[两二三四五六2-6])(?:个)?年(?:度)?(?:内)?(?P<how>[^，；。]{0,24}?(?:发放|拨付|兑现|支付|发给|到位)|[^，；。]{0,6}(?:发放|拨付|兑现|支付)[^，；。]{0,8})"
)
_EQUAL = re.compile("等额|平均|均等|等比例")


def payments_in(text: str) -> tuple[tuple[Decimal, ...], int]:
    """The share of each year and where the words begin; ((), -1) where the text pays at once or does not say how."""
    for match in _PAID.finditer(text):
        words = text[match.start() : match.end() + 8]
        years = p.chinese_number(match["years"])
        shares = tuple(q.value for q in parse_quantities(re.split("[，；。]", words)[0]) if q.unit == "ratio")
        if len(shares) == years and sum(shares) == 1:
            return shares, match.start()
        if len(shares) == 1 and shares[0] * years == 1:
            return shares * years, match.start()
        if not shares and _EQUAL.search(match["how"]) and years in (2, 4, 5):
            return (Decimal(1) / years,) * years, match.start()
    return (), -1
