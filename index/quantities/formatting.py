"""Writing figures the way people do, and as JSON. What is written here, `parse_quantities` reads back exactly.

    >>> format_quantity(Decimal("1600000"), "CNY", "zh"), format_quantity(Decimal("0.001"), "ratio", "en")
    ('160万元', '0.1%')

Chinese sums: below 10,000 in 元; from there in 万元, from 1亿 in 亿元, as long as four decimals say it
exactly, else in the next smaller unit.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from index.models import DateMention, Quantity
from index.quantities.dates import parse_dates
from index.quantities.numerals import EXACT
from index.quantities.parser import parse_quantities

_ZH = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元", "GBP": "英镑", "TWD": "新台币", "KRW": "韩元", "RUB": "卢布",
    "m2": "平方米", "mu": "亩", "m3": "立方米", "year": "年", "quarter": "个季度", "month": "个月", "week": "周", "day": "天",
    "working_day": "个工作日", "hour": "小时", "minute": "分钟", "company": "家", "person": "人", "person_time": "人次", "item": "个",
    "order": "单", "ton": "吨", "kg": "千克", "g": "克", "jin": "斤", "TEU": "标箱", "km": "千米", "m": "米", "cm": "厘米",
    "foot": "英尺", "kW": "千瓦", "kWh": "千瓦时", "night": "晚", "kcal": "千卡", "degC": "摄氏度", "character": "字",
    "times": "倍", "time": "次", "percentage_point": "个百分点", "basis_point": "个基点",
}  # fmt: skip
_EN = {
    "m2": "square metres", "mu": "mu", "m3": "cubic metres", "year": "years", "quarter": "quarters", "month": "months", "week": "weeks",
    "day": "days", "working_day": "working days", "hour": "hours", "minute": "minutes", "company": "enterprises", "person": "people",
    "item": "items", "order": "orders", "ton": "tonnes", "kg": "kg", "TEU": "TEU", "km": "km", "m": "metres", "cm": "cm", "foot": "feet",
    "kW": "kW", "kWh": "kWh", "night": "nights", "times": "times", "percentage_point": "percentage points", "basis_point": "basis points",
}  # fmt: skip
_EN_CURRENCY = {"CNY": "RMB", "USD": "USD", "EUR": "EUR", "HKD": "HKD", "JPY": "JPY", "GBP": "GBP"}
_SINGULAR = {"enterprises": "enterprise", "people": "person"}
_ZH_SCALES = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_EN_SCALES = ((Decimal(10**9), " billion"), (Decimal(10**6), " million"))
_ZH_COUNTED = frozenset(
    {"CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "KRW", "RUB", "person", "order", "ton", "TEU", "m2", "item", "company"}
)


def format_quantity(value: Decimal, unit: str, lang: str = "zh") -> str:
    """`value` of `unit` in Chinese ("zh") or English ("en"): 160万元, RMB 1.6 million, 2%."""
    numerator, *below = unit.split("/")
    if numerator == "ratio":
        return _plain(EXACT.multiply(value, Decimal(100))) + "%"
    if lang == "en":
        return _english(value, numerator) + "".join("/" + _singular(_EN.get(name, name)) for name in below)
    names = {"month": "月", "quarter": "季度"}
    return _chinese(value, numerator) + "".join("/" + names.get(name, _ZH.get(name, name)) for name in below)


def quantities_as_json(text: str) -> list[dict[str, Any]]:
    """Quantities and dates of `text` in reading order, as plain values.

    Keys: text, value (an exact decimal as a string; a date as YYYY-MM-DD, YYYY-MM or YYYY), unit ("date" for
    dates), bound, start, end; `approximate` only where true, `range` where the figure is an end of a range.
    """
    rows = [_quantity_row(q) for q in parse_quantities(text)] + [_date_row(d) for d in parse_dates(text)]
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _quantity_row(quantity: Quantity) -> dict[str, Any]:
    row: dict[str, Any] = {
        "text": quantity.text,
        "value": _plain(quantity.value, grouped=False),
        "unit": quantity.unit,
        "bound": quantity.bound.value,
        "start": quantity.start,
        "end": quantity.end,
    }
    if quantity.approximate:
        row["approximate"] = True
    if quantity.range_id is not None:
        row["range"] = quantity.range_id
    return row


def _date_row(mention: DateMention) -> dict[str, Any]:
    first, last = mention.first, mention.last
    if first == last:
        value = first.isoformat()
    elif (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        value = str(first.year)
    elif first.month == last.month and first.day == 1 and last.day >= 28:
        value = first.isoformat()[:7]
    else:
        value = f"{first.isoformat()}/{last.isoformat()}"
    return {"text": mention.text, "value": value, "unit": "date", "bound": mention.bound.value, "start": mention.start, "end": mention.end}


def _chinese(value: Decimal, unit: str) -> str:
    name = _ZH.get(unit, unit)
    if unit in _ZH_COUNTED:
        for scale, word in _ZH_SCALES:
            scaled = EXACT.divide(value, scale)
            if abs(scaled) >= 1 and _decimals(scaled) <= 4:
                return _plain(scaled, grouped=False) + word + name
    return _plain(value, grouped=False) + name


def _english(value: Decimal, unit: str) -> str:
    if unit in _EN_CURRENCY:
        for scale, word in _EN_SCALES:
            scaled = EXACT.divide(value, scale)
            if abs(scaled) >= 1 and _decimals(scaled) <= 4:
                return f"{_EN_CURRENCY[unit]} {_plain(scaled)}{word}"
        return f"{_EN_CURRENCY[unit]} {_plain(value)}"
    name = _EN.get(unit, unit)
    return f"{_plain(value)} {_singular(name) if value == 1 else name}".rstrip()


def _singular(name: str) -> str:
    return _SINGULAR.get(name, name.removesuffix("s"))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize(EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(value: Decimal, *, grouped: bool = True) -> str:
    """Without exponent and trailing zeros; "1,234.5" or "1234.5"."""
    shown = value.normalize(EXACT)
    if shown == 0:
        return "0"
    return f"{shown:,f}" if grouped else f"{shown:f}"
