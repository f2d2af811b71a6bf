"""The exchange rate a user states: a figure about money, never one about the company.

>>> find_exchange_rate("2000万美元，汇率按7.2算").value
Decimal('7.2')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"(\d{1,3}(?:[.块]\d{1,6})?)"
"""7.2, also as it is spoken: 7块2."""
_FOREIGN = r"(?:美元|美金|美刀|欧元|港币|港元|英镑|外币|usd|us dollars?|dollars?|eur|euros?|hkd|gbp)"
_OWN = r"(?:元(?:人民币)?|块(?:人民币)?|人民币|rmb|cny|yuan)"
_EQUALS = r"(?:可?兑换?|换成?|折合?(?:成|算成?)?|合|等于|约?=|≈|:|约|按|算|is|equals?|to|at|for|buys?)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d.,十百千万])(?:1|一)\s*{_FOREIGN}\s*{_EQUALS}{{0,2}}\s*(?:人民币|rmb|cny)?\s*{_NUMBER}\s*{_OWN}?",
        rf"(?<![\d.]){_NUMBER}\s*{_OWN}?\s*(?:/|per|to (?:the|one|1)|for (?:one|1)|a)\s*(?:us )?(?:{_FOREIGN}|\$)",
        rf"汇率(?:大约|大概|目前|现在|今天)?(?:改成?|换成?|变成?|调到|涨到|跌到|就?按照?|是|为|取|用|以|约|算|在|：|:|=)*\s*(?:1\s*[:：比]\s*)?{_NUMBER}(?![\d.]|\s*[万亿%年月])(?:\s*{_OWN})?(?:左右)?(?:来?(?:折?算|计算?|换算))?",
        rf"(?:按照?|以|用)\s*(?:1\s*[:：比]\s*)?{_NUMBER}\s*的?(?:汇率|折算|换算)",
        rf"(?:exchange |conversion |fx )rate\s*(?:of|is|was|at|=|:|to be|as)*\s*(?:about |around )?{_NUMBER}",
        rf"(?:usd\s*/\s*cny|usd\s*/\s*rmb|usdcny)\s*(?:of|is|at|=|:)*\s*{_NUMBER}",
    )
)


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """元 for one unit of the other currency, and where it stands."""

    value: Decimal
    start: int
    end: int


def find_exchange_rate(text: str) -> ExchangeRate | None:
    """The rate stated in a normalised text; None where none is, or where it is 0."""
    for pattern in _PATTERNS:
        match = pattern.search(text)
        value = Decimal(match.group(1).replace("块", ".")) if match else Decimal(0)
        if match and value > 0:
            return ExchangeRate(value, *match.span())
    return None
