"""Numerals alone. Values are the plain sums of the digits written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quantities import parse_number

NUMBERS = [
    ("零", "0"),
    ("十", "10"),
    ("一百零一", "101"),
    ("一百二", "120"),
    ("一百一十", "110"),
    ("一百十一", "111"),
    ("两千四百五", "2450"),
    ("两万五", "25000"),
    ("一万零一", "10001"),
    ("一万二百五十", "10250"),
    ("十万零一千", "101000"),
    ("三千八百万", "38000000"),
    ("一个亿", "100000000"),
    ("四万万", "400000000"),
    ("十万亿", "10000000000000"),
    ("一亿零两千三百", "100002300"),
    ("九千八百七十六万五千四百三十二亿九千八百七十六万五千四百三十二", "9876543298765432"),
    ("壹佰玖拾万叁仟玖佰柒拾壹", "1903971"),
    ("貳拾萬", "200000"),
    ("肆佰陸拾", "460"),
    ("兩千六", "2600"),
    ("负四十五亿零四百零四万", "-4504040000"),
    ("三点一四一五九二六", "3.1415926"),
    ("二十点一万", "201000"),
    ("负零点一零", "-0.1"),
    ("80,000,000", "80000000"),
    ("４，５６５", "4565"),
    ("10,000.233", "10000.233"),
    (".5", "0.5"),
    ("-1", "-1"),
    ("4.78万亿", "4780000000000"),
    ("1,100.9亿", "110090000000"),
    ("3万4000", "34000"),
    ("5亿1万4千6百", "500014600"),
    ("2千零30万", "20300000"),
    ("300w", "3000000"),
    ("1.5k", "1500"),
    ("二分之一", "0.5"),
    ("3/16", "0.1875"),
    ("千分之二", "0.002"),
    ("3又一千分之23", "3.023"),
]

MALFORMED = [
    "元整",
    "圆",
    "负",
    "零点",
    "点零",
    "零点点",
    "零点零大",
    "10.1万零100",
    "10..1万",
    "",
    "一七二零",
    "一万五万",
    "1,00",
    "1.2.3",
    "万元",
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_value(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", MALFORMED)
def test_malformed(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_number(text)


def test_division_by_zero_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="denominator"):
        parse_number("1/0")


def test_endless_decimals_are_cut_after_28_digits() -> None:
    assert parse_number("三分之一") == Decimal("0.3333333333333333333333333333")


def spell(number: int) -> str:
    """The Chinese numeral of 0 < number < 10**16, written out by an independent rule."""
    digits, small = "零一二三四五六七八九", ["", "十", "百", "千"]
    words, zero = "", False
    for position, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit == "0":
            zero = bool(words)
        else:
            words += ("零" if zero else "") + digits[int(digit)] + small[position % 4]
            zero = False
        if position % 4 == 0 and position and (number // 10**position) % 10**4:
            words += "万" if position % 8 else "亿"
            zero = False
        elif position == 8 and number >= 10**12:
            words += "亿"
    return words


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_spelled_numbers_come_back(number: int) -> None:
    assert parse_number(spell(number)) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_arabic_numbers_come_back(number: Decimal) -> None:
    assert parse_number(f"{number:,f}") == number
