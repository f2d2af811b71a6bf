"""How a sum is paid out over years: 分5年等额发放, 分两年各拨付50%, 分三年按40%、30%、30%的比例拨付.

>>> payments_in("给予50万元落户奖励，分三年按40%、30%、30%的比例拨付")[0]
(Decimal('0.4'), Decimal('0.3'), Decimal('0.3'))
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.rules.extraction import patterns as p
from index.models import Quantity
from index.quantities.parser import parse_quantities

_PAID = re.compile(
    r"分(?P<years>[两二三四五六2-6])(?:个)?年(?:度)?(?:内)?(?P<how>[^，；。]{0,24}?(?:发放|拨付|兑现|支付|发给|到位)|[^，；。]{0,6}(?:发放|拨付|兑现|支付)[^，；。]{0,8})"
)
_REMARK = re.compile(r"(?:（|其中，?)(?P<years>[^（）；。]*)")
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


def sums_by_year(text: str, total: Decimal) -> list[tuple[tuple[int, ...], Quantity]]:
    """The parts of a sum in a remark, where they add up to it: 10万元奖励（第一年5万元，第二年3万元，第三年2万元）; else []."""
    for match in _REMARK.finditer(text):
        words = match["years"]
        years = list(p.ORDINAL_YEAR.finditer(words))
        sums = [q for q in parse_quantities(words) if q.unit == "CNY"]
        in_turn = all(year.end() <= q.start for year, q in zip(years, sums, strict=False))
        if not years[1:] or len(years) != len(sums) or not in_turn:
            continue
        steps = _counted_years(years)
        if sum(q.value * len(step) for step, q in zip(steps, sums, strict=True)) == total:
            return list(zip(steps, sums, strict=True))
    return []


def _counted_years(found: list[re.Match[str]]) -> list[tuple[int, ...]]:
    """首年, 后两年 -> (1,), (2, 3)."""
    steps: list[tuple[int, ...]] = []
    for match in found:
        after = steps[-1][-1] if steps else 0
        if match["rest"] or match["front"]:
            steps.append(tuple(range(after + 1, after + 1 + p.chinese_number(match["rest"] or match["front"]))))
        elif match["from"] and match["to"]:
            steps.append(tuple(range(p.chinese_number(match["from"]), p.chinese_number(match["to"]) + 1)))
        else:
            steps.append((p.chinese_number(match["from"]) if match["from"] else after + 1,))
    return steps
