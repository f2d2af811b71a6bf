"""What a company says about itself: named values with units, and the slots of the rules that ask for them.

    >>> parse_fact("online_turnover=6000万元", slots)        # doctest: +SKIP
    Fact(name='online_turnover', value=Decimal('60000000'), unit='CNY')

A fact keeps the unit it was given in; it is converted, exactly, where a rule needs another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz, process

from assistant.rules.ranges import format_bound
from assistant.rules.schema import Compare, Measure, OneOf, Rule
from assistant.rules.units import comparable, factor
from assistant.rules.wording import format_quantity, is_currency, unit_name
from index.errors import FactValueError, UnknownFactError
from index.models import Bound
from index.normalise import fold
from index.quantities.parser import parse_quantities

FactValue = Decimal | bool | str | tuple[str, ...] | tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of a company. `unit` is "" for words and for yes or no."""

    name: str
    value: FactValue
    unit: str = ""
    bound: Bound = Bound.EXACT
    """More or less than the value, by an amount nobody said: 超过1000万美元, 不到100平方米."""
    near: bool = False
    """Not by much: 接近1亿元, 900多平方米."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact rules ask for: number, choice or confirm (yes or no), and the names people use for it."""

    name: str
    kind: str
    label: str
    label_en: str = ""
    units: tuple[str, ...] = ()
    """The unit it is asked for in; several where policies differ (进出口额 in CNY here, in USD there)."""
    names: frozenset[str] = frozenset()
    options: tuple[str, ...] = ()


YEARS, SUPPORT_YEAR, EXCHANGE_RATE = "years", "support_year", "exchange_rate"
PRICE_PAID = "price_paid"
"""What is really paid for a unit that a rule refunds up to its own price."""
VAT_RATE, CONSUMPTION_TAX_RATE, CONDITIONS_MET = "vat_rate", "consumption_tax_rate", "conditions_met"
RESERVED: dict[str, Slot] = {
    slot.name: slot
    for slot in (
        Slot(YEARS, "number", "年数", "number of years", ("year",), frozenset({"连续年数"})),
        Slot(SUPPORT_YEAR, "number", "第几年", "year of support", ("",), frozenset({"支持年次"})),
        Slot(EXCHANGE_RATE, "number", "汇率", "exchange rate (yuan for a US dollar)", ("CNY/USD",), frozenset({"人民币汇率"})),
        Slot(VAT_RATE, "number", "增值税税率", "VAT rate", ("ratio",), frozenset({"增值税率"})),
        Slot(CONSUMPTION_TAX_RATE, "number", "消费税税率", "consumption tax rate", ("ratio",), frozenset({"消费税率"})),
        Slot(CONDITIONS_MET, "confirm", "其他条件均已满足", "all other conditions are met"),
    )
}
"""Facts no policy names, which the calculator understands for all of them."""

_YES = frozenset({"true", "yes", "y", "1", "是", "有", "对", "满足", "符合", "已"})
_NO = frozenset({"false", "no", "n", "0", "否", "没有", "无", "不是", "不满足", "不符合", "未"})
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?|[+-]?\.\d+")
_SEVERAL = re.compile(r"[、;；+＋]|,(?!\d{3}(?!\d))|，")
_HIGHEST = {"year": Decimal(100), "month": Decimal(1200), "day": Decimal(36525), "quarter": Decimal(400)}
_WHOLE = frozenset({"company", "person", "item", "order"})


def slots_of(rules: Iterable[Rule]) -> dict[str, Slot]:
    """The slots of some rules, under their names; the reserved ones are always among them."""
    found: dict[str, Slot] = {}
    for rule in rules:
        for slot in _slots_of_rule(rule):
            found[slot.name] = _merged(found[slot.name], slot) if slot.name in found else slot
    return {**RESERVED, **found}


def fact_names(rule: Rule) -> frozenset[str]:
    """Names of the facts that can change what this rule gives (without the reserved ones)."""
    return frozenset(slot.name for slot in _slots_of_rule(rule))


def parse_fact(text: str, slots: Mapping[str, Slot], first: Mapping[str, Slot] | None = None) -> Fact:
    """Read `name=value`: online_turnover=6000万元, 年线上交易额=6000万, business_mode=1210, in_operation=yes.

    A bare number takes the slot's unit; several values are separated by 、 or ;. Names are looked for in `first`
    (the slots of the rule in question) before `slots`.

    Raises:
        UnknownFactError: no rule asks for such a fact.
        FactValueError: no value, or one that cannot be.
    """
    name, separator, value = text.partition("=")
    if not separator or not value.strip():
        raise FactValueError(
            f"“{text}” 不是 名称=数值 的形式，例如 online_turnover=6000万元 / write name=value, for example online_turnover=6000万元"
        )
    return make_fact(find_slot(name, slots, first), value.strip())


def find_slot(name: str, slots: Mapping[str, Slot], first: Mapping[str, Slot] | None = None) -> Slot:
    """The slot with this name, label or alias: of `first` if it has one, else of `slots`.

    Raises:
        UnknownFactError: there is none, or a label that several share; the message lists near names.
    """
    wanted = name.strip()
    called: list[Slot] = []
    for known in (first or {}, slots):
        if wanted in known:
            return known[wanted]
        called = _called(wanted, known)
        if len(called) == 1:
            return called[0]
    short = [slot for slot in {**slots, **(first or {})}.values() if slot.name.rsplit("_", 1)[-1] == wanted]
    if not called and len(short) == 1:  # mode for business_mode, where no other fact ends so
        return short[0]
    words = {slot.name: f"{slot.name} {slot.label}" for slot in (called or slots.values())}
    near = "、".join(
        f"{match[2]}（{slots[match[2]].label}）" for match in process.extract(wanted, words, scorer=fuzz.partial_ratio, limit=4)
    )
    if called:
        raise UnknownFactError(f"“{wanted}” 可指多项，请用其一 / “{wanted}” may mean several, use one of: {near}")
    raise UnknownFactError(f"没有规则用到“{wanted}”；相近的有 / no rule asks for “{wanted}”; near names: {near}")


def _called(name: str, slots: Mapping[str, Slot]) -> list[Slot]:
    folded = fold(name).casefold()
    return [slot for slot in slots.values() if folded in {fold(word).casefold() for word in (slot.label, slot.label_en, *slot.names)}]


def make_fact(slot: Slot, text: str) -> Fact:
    """The fact of a slot from what was written for it."""
    if slot.kind == "confirm":
        return Fact(slot.name, _yes_or_no(slot, text))
    if slot.kind == "choice":
        chosen = tuple(part.strip() for part in _SEVERAL.split(text) if part.strip())
        return Fact(slot.name, chosen[0] if len(chosen) == 1 else chosen)
    if _NUMBER.fullmatch(text):
        return check_fact(Fact(slot.name, _decimal(text), _own_unit(slot)), slot)
    parts = [part for part in _SEVERAL.split(text) if part.strip()]
    numbers = [_number(slot, part.strip()) for part in parts]
    if len({unit for _, unit in numbers}) != 1:
        raise FactValueError(f"{slot.label}：“{text}” 单位不一致 / the values of {slot.name} have different units")
    values = tuple(value for value, _ in numbers)
    return check_fact(Fact(slot.name, values[0] if len(values) == 1 else values, numbers[0][1]), slot)


def check_fact(fact: Fact, slot: Slot) -> Fact:
    """The fact itself if it can be true.

    Raises:
        FactValueError: negative, more than the whole, a year that cannot be, or a unit of another kind.
    """
    for value in fact.value if isinstance(fact.value, tuple) else (fact.value,):
        if isinstance(value, Decimal):
            _check_number(value, fact.unit, slot)
    if fact.unit and slot.units and not any(comparable(fact.unit, unit) for unit in slot.units):
        unit = slot.units[0]
        raise FactValueError(
            f"{slot.label}应以{unit_name(unit)}计，给出的是{unit_name(fact.unit)} / {slot.name} is measured in {unit}, not {fact.unit}"
        )
    return fact


def collect_facts(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Facts under their names.

    Raises:
        FactValueError: two of them contradict each other.
    """
    collected: dict[str, Fact] = {}
    for fact in facts:
        earlier = collected.setdefault(fact.name, fact)
        if not _agree(earlier, fact):
            shown = f"{format_fact(earlier)} ≠ {format_fact(fact)}"
            raise FactValueError(f"{fact.name} 前后矛盾：{shown} / {fact.name} was given two values: {shown}")
    return collected


def format_fact(fact: Fact, lang: str = "zh") -> str:
    """The value with its unit, for people: 6000万元; 是; 9610、9710."""
    if isinstance(fact.value, bool):
        return ("是" if fact.value else "否") if lang == "zh" else ("yes" if fact.value else "no")
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    words = [
        format_bound(format_quantity(value, fact.unit, lang), fact.bound, lang, near=fact.near) if isinstance(value, Decimal) else value
        for value in values
    ]
    return ("、" if lang == "zh" else ", ").join(words)


def _agree(one: Fact, other: Fact) -> bool:
    if one == other:
        return True
    if (
        not (isinstance(one.value, Decimal) and isinstance(other.value, Decimal))
        or is_currency(one.unit)
        or not comparable(one.unit, other.unit)
    ):
        return False
    ratio = factor(one.unit, other.unit, None)
    return ratio is not None and ratio.numerator * one.value == other.value * ratio.denominator


def _check_number(value: Decimal, unit: str, slot: Slot) -> None:
    shown = format_quantity(value, unit)
    if not value.is_finite() or value < 0:
        raise FactValueError(f"{slot.label}不能是 {shown}（负数）/ {slot.name} cannot be negative ({value})")
    if value > _HIGHEST.get(unit, value):
        raise FactValueError(f"{slot.label}不能是 {shown}，请核对 / {slot.name} cannot be {value} {unit}: please check it")
    if unit == "ratio" and value > 1 and not re.search("增|growth|increase", f"{slot.label}{slot.label_en}"):
        raise FactValueError(f"{slot.label}不能超过100%（给出 {shown}）/ {slot.name} cannot be more than 100%")
    whole = unit in _WHOLE or slot.name == SUPPORT_YEAR
    if whole and value % 1:
        raise FactValueError(f"{slot.label}应为整数（给出 {shown}）/ {slot.name} is a whole number, not {value}")
    if slot.name in (SUPPORT_YEAR, YEARS, EXCHANGE_RATE) and value == 0:
        raise FactValueError(f"{slot.label}不能为0 / {slot.name} cannot be 0")
    if slot.name in (VAT_RATE, CONSUMPTION_TAX_RATE) and value >= 1:
        raise FactValueError(f"{slot.label}应低于100%，13%写作 13% 或 0.13 / {slot.name} is below 100%: write 13% or 0.13")


def _number(slot: Slot, text: str) -> tuple[Decimal, str]:
    if _NUMBER.fullmatch(text):
        return _decimal(text), _own_unit(slot)
    if text.startswith(("-", "−", "负")):
        raise FactValueError(f"{slot.label}不能是负数（{text}）/ {slot.name} cannot be negative ({text})")
    quantities = parse_quantities(text)
    if len(quantities) != 1:
        raise FactValueError(f"{slot.label}：“{text}” 不是一个数值 / {slot.name}: “{text}” is not one number with a unit")
    return quantities[0].value, quantities[0].unit or _own_unit(slot)


def _own_unit(slot: Slot) -> str:
    if len({unit for unit in slot.units if is_currency(unit)}) > 1:
        units = "、".join(slot.units)
        raise FactValueError(f"{slot.label}：请写明币种（{units}）/ {slot.name}: say which currency ({units})")
    return slot.units[0] if slot.units else ""


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise FactValueError(f"“{text}” 不是数值 / “{text}” is not a number") from error


def _yes_or_no(slot: Slot, text: str) -> bool:
    word = fold(text).strip().casefold()
    if word not in _YES | _NO:
        raise FactValueError(f"{slot.label}：请答 是 或 否，而不是“{text}” / {slot.name}: answer yes or no, not “{text}”")
    return word in _YES


def _slots_of_rule(rule: Rule) -> Iterable[Slot]:
    measures = [*rule.per, *([rule.basis] if rule.basis else []), *([rule.tax.value, rule.tax.annual] if rule.tax else [])]
    for measure in measures:
        yield _number_slot(measure)
    for condition in rule.single_conditions:
        if isinstance(condition, Compare):
            yield _number_slot(condition)
        elif isinstance(condition, OneOf):
            yield Slot(condition.fact, "choice", condition.label, condition.label_en, options=condition.options)
        else:
            yield Slot(condition.fact, "confirm", condition.label, condition.label_en, names=frozenset(condition.aliases))


def _number_slot(measure: Measure | Compare) -> Slot:
    return Slot(measure.fact, "number", measure.label, measure.label_en, (measure.unit,), frozenset(measure.aliases))


def _merged(one: Slot, other: Slot) -> Slot:
    labels = {other.label, other.label_en} - {one.label, one.label_en, ""}
    return replace(
        one,
        units=tuple(dict.fromkeys((*one.units, *other.units))),
        names=one.names | other.names | labels,
        options=tuple(dict.fromkeys((*one.options, *other.options))),
    )
