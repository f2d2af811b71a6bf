"""Facts as people write them: units, signs, contradictions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.rules.facts import RESERVED, Fact, Slot, collect_facts, format_fact, parse_fact
from assistant.rules.units import convert
from index.errors import FactValueError, UnknownFactError

SLOTS = {
    **RESERVED,
    "turnover": Slot("turnover", "number", "年交易额", "annual turnover", ("CNY",), frozenset({"交易额", "GMV"})),
    "trade": Slot("trade", "number", "进出口额", "trade", ("CNY", "USD"), frozenset({"额度"})),
    "age": Slot("age", "number", "经营时间", "age", ("year",)),
    "area": Slot("area", "number", "面积", "area", ("m2",)),
    "tenants": Slot("tenants", "number", "入驻企业数", "tenants", ("company",), frozenset({"额度"})),
    "share": Slot("share", "number", "占比", "share", ("ratio",)),
    "growth": Slot("growth", "number", "增幅", "growth", ("ratio",)),
    "mode": Slot("mode", "choice", "业务模式", "mode", options=("1210", "9610")),
    "running": Slot("running", "confirm", "正式运营", "in operation"),
}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("turnover=6000万元", "60000000", "CNY"),
        ("turnover=6000万", "60000000", "CNY"),
        ("turnover=6000", "6000", "CNY"),
        ("turnover=1,234,567.89", "1234567.89", "CNY"),
        ("turnover=RMB 1.2 million", "1200000", "CNY"),
        ("turnover=500万美元", "5000000", "USD"),
        ("年交易额=一亿二千万元", "120000000", "CNY"),
        ("GMV=3000元", "3000", "CNY"),
        ("annual turnover = 3000元", "3000", "CNY"),
        ("age=18个月", "18", "month"),
        ("age=2", "2", "year"),
        ("area=0.06公顷", "600", "m2"),
        ("tenants=20个", "20", "item"),
        ("share=30%", "0.3", "ratio"),
        ("growth=150%", "1.5", "ratio"),
        ("trade=4000万美元", "40000000", "USD"),
        ("exchange_rate=7.15", "7.15", "CNY/USD"),
        ("汇率=7.15", "7.15", "CNY/USD"),
        ("years=2", "2", "year"),
    ],
)
def test_numbers(text: str, value: str, unit: str) -> None:
    fact = parse_fact(text, SLOTS)
    assert (fact.value, fact.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mode=1210", "1210"),
        ("mode=9610、1210", ("9610", "1210")),
        ("running=是", True),
        ("running=No", False),
        ("turnover=3万元、2万元", (Decimal(30000), Decimal(20000))),
        ("turnover=3万元;1,500元", (Decimal(30000), Decimal(1500))),
    ],
)
def test_words_and_lists(text: str, value: object) -> None:
    assert parse_fact(text, SLOTS).value == value


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("turnover=-3万元", FactValueError, "negative"),
        ("turnover=-3", FactValueError, "negative"),
        ("turnover=很多", FactValueError, "not one number"),
        ("turnover=3到5万元", FactValueError, "not one number"),
        ("turnover=", FactValueError, "name=value"),
        ("turnover", FactValueError, "name=value"),
        ("turnover=300平方米", FactValueError, "measured in CNY"),
        ("age=20000年", FactValueError, "check it"),
        ("age=3天", FactValueError, "measured in year"),
        ("share=130%", FactValueError, "more than 100%"),
        ("tenants=2.5家", FactValueError, "whole number"),
        ("trade=4000万", FactValueError, "which currency"),
        ("exchange_rate=0", FactValueError, "cannot be 0"),
        ("support_year=1.5", FactValueError, "whole number"),
        ("vat_rate=13", FactValueError, "100%"),
        ("running=perhaps", FactValueError, "yes or no"),
        ("turnover=3万元、2万美元", FactValueError, "different units"),
        ("turnovr=3万元", UnknownFactError, "turnover"),
        ("额度=3万元", UnknownFactError, "several"),
    ],
)
def test_refused(text: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        parse_fact(text, SLOTS)


def test_the_same_thing_twice_is_no_contradiction() -> None:
    facts = collect_facts([Fact("age", Decimal(18), "month"), Fact("age", Decimal("1.5"), "year")])
    assert facts == {"age": Fact("age", Decimal(18), "month")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Fact("age", Decimal(18), "month"), Fact("age", Decimal(2), "year")),
        (Fact("turnover", Decimal(100), "CNY"), Fact("turnover", Decimal(100), "USD")),
        (Fact("running", True), Fact("running", False)),
    ],
)
def test_contradiction(one: Fact, other: Fact) -> None:
    with pytest.raises(FactValueError, match="two values"):
        collect_facts([one, other])


@pytest.mark.parametrize(
    ("value", "source", "target", "rate", "expected"),
    [
        ("18", "month", "year", None, "1.5"),
        ("8", "month", "year", None, None),  # no finite number of years
        ("3", "mu", "m2", None, "2000"),
        ("5", "ton", "kg", None, "5000"),
        ("100", "USD", "CNY", "7.2", "720"),
        ("720", "CNY", "USD", "7.2", "100"),
        ("100", "USD", "CNY", None, None),
        ("100", "USD", "EUR", "7.2", None),
    ],
)
def test_convert(value: str, source: str, target: str, rate: str | None, expected: str | None) -> None:
    result = convert(Decimal(value), source, target, Decimal(rate) if rate else None)
    assert result == (Decimal(expected) if expected else None)


def test_format_fact() -> None:
    assert format_fact(Fact("turnover", (Decimal(30000), Decimal(1500)), "CNY")) == "3万元、1500元"
    assert format_fact(Fact("running", True), "en") == "yes"
