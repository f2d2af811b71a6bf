"""An exchange rate somebody states, as people say it; and what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.understanding.rates import find_exchange_rate

RATES = [  # text, the rate, and the words that must be left when it is taken out
    ("出口3000万美元，汇率7.2", "7.2", "出口3000万美元"),
    ("出口3000万美元，汇率按7.2算", "7.2", "出口3000万美元"),
    ("按照7.15的汇率，3000万美元能拿多少", "7.15", "3000万美元能拿多少"),
    ("汇率改成7呢", "7", "呢"),
    ("汇率大概是7.1左右", "7.1", ""),
    ("汇率：1:7.2", "7.2", ""),
    ("1美元兑7.2元人民币", "7.2", ""),
    ("1美元=7.18元", "7.18", ""),
    ("一美元约合7.2元", "7.2", ""),
    ("1欧元换7.8元", "7.8", ""),
    ("1美元换7块2", "7.2", ""),
    ("1美元换7块", "7", ""),
    ("1港币等于0.92元", "0.92", ""),
    ("按7.2折算，3000万美元", "7.2", "3000万美元"),
    ("7.2元/美元", "7.2", ""),
    ("USD 30 million at an exchange rate of 7.2", "7.2", "USD 30 million"),
    ("one dollar, 7.2 yuan per dollar", "7.2", "one dollar"),
    ("the exchange rate is 7.1", "7.1", "the"),
    ("USD/CNY 7.25", "7.25", ""),
]


@pytest.mark.parametrize(("text", "rate", "left"), RATES)
def test_a_rate_is_found_where_it_stands(text: str, rate: str, left: str) -> None:
    found = find_exchange_rate(text)
    assert found is not None
    assert found.value == Decimal(rate)
    assert left in text[: found.start] + text[found.end :]


NONE = [
    "出口3000万美元",
    "年出口额1.2亿美元，同比增长7.2%",
    "利率7.2%",
    "补贴7.2万元",
    "汇率风险补贴50%",
    "汇率避险有补贴吗",
    "汇率按0算",
    "21美元换多少",
    "租金按7.2万元算",
    "2000万元，每平方米10元",
    "USD 30 million of exports",
    "a subsidy rate of 50%",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_rate(text: str) -> None:
    assert find_exchange_rate(text) is None
