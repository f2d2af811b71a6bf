"""Conditions of a rule held against the facts of a company.

    >>> check = check_condition(condition, Given({"business_area": Fact("business_area", Decimal(80), "m2")}))  # doctest: +SKIP
    >>> check.met, check.label, check.gap                                                                        # doctest: +SKIP
    (<Eligible.NO: 'no'>, '营业面积 ≥ 100平方米', '还差20平方米')

A fact that is not given is neither yes nor no: the condition is unknown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from assistant.models import ConditionCheck, Eligible
from assistant.rules.facts import CONDITIONS_MET, EXCHANGE_RATE, Fact, format_fact
from assistant.rules.ranges import Range, format_bound, reaches
from assistant.rules.schema import AnyOf, Compare, Condition, Confirm, Measure, OneOf
from assistant.rules.units import comparable, factor, to_decimal
from assistant.rules.wording import OPERATORS, format_quantity, unit_name
from index.errors import FactValueError
from index.models import Bound

_WORDS_ZH = {">": "超过", ">=": "达到", "<": "低于", "<=": "不超过", "==": "等于"}
_WORDS_EN = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most", "==": "exactly"}


class Given:
    """The facts of a company during one calculation."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.facts = facts
        rate = facts.get(EXCHANGE_RATE)
        self.exchange_rate = rate.value if rate and isinstance(rate.value, Decimal) else None
        met = facts.get(CONDITIONS_MET)
        self.all_met = bool(met and met.value is True)

    def number(self, name: str) -> tuple[Decimal, str] | None:
        """A single number and its unit, None when not given."""
        fact = self.facts.get(name)
        if fact is None:
            return None
        value = fact.value
        if isinstance(value, tuple) and value and isinstance(value[0], Decimal):
            return sum(value, Decimal(0)), fact.unit
        if not isinstance(value, Decimal):
            raise FactValueError(f"{name} 应为数值，给出的是 {format_fact(fact)} / {name} must be a number, not {format_fact(fact, 'en')}")
        return value, fact.unit

    def of(self, measure: Measure) -> Decimal | None:
        """A measure in its own unit; None when not given, or when the exchange rate is missing (see `lacks`).

        Raises:
            FactValueError: the unit measures something else, or the conversion has no finite decimal form.
        """
        found = self.number(measure.fact)
        if found is None:
            return measure.default
        ratio = self._factor(found[1], measure.unit, measure.label)
        if ratio is None:
            return None
        if ratio == 1:
            return found[0]
        value = to_decimal(Fraction(found[0]) * ratio)
        if value is None:
            raise FactValueError(
                f"{measure.label}换算成 {measure.unit} 除不尽，请直接以该单位给出"
                f" / {measure.fact} has no exact value in {measure.unit}: please give it in that unit"
            )
        return value

    def lacks(self, measure: Measure | Compare) -> str:
        """The fact to ask for when a measure is not available: its own, or the exchange rate."""
        return EXCHANGE_RATE if measure.fact in self.facts else measure.fact

    def ratio(self, source: str, target: str, label: str) -> Fraction | None:
        """What converts `source` to `target`; None without the exchange rate.

        Raises:
            FactValueError: the units measure different things.
        """
        return self._factor(source, target, label)

    def _factor(self, source: str, target: str, label: str) -> Fraction | None:
        if source == target or not source:
            return Fraction(1)
        if not comparable(source, target):
            wanted, given = unit_name(target), unit_name(source)
            raise FactValueError(f"{label}应以{wanted}计，给出的是{given} / {label} is measured in {target}, not {source}")
        return factor(source, target, self.exchange_rate)


def check_condition(condition: Condition, given: Given, article: str | None = None) -> ConditionCheck:
    """One condition: met (yes, no, unknown), what was given, and how far away it is."""
    match condition:
        case Compare():
            return _check_compare(condition, given, article)
        case OneOf():
            return _check_one_of(condition, given, article)
        case Confirm():
            return _check_confirm(condition, given, article)
        case AnyOf():
            return _check_any_of(condition, given, article)


def missing_facts(check: ConditionCheck, given: Given) -> Iterator[str]:
    """Names of the facts that would settle an unknown condition."""
    if check.met is not Eligible.UNKNOWN:
        return
    if check.alternatives:
        for alternative in check.alternatives:
            yield from missing_facts(alternative, given)
    elif check.measured and check.fact in given.facts and not check.loose:
        if given.exchange_rate is None:
            yield EXCHANGE_RATE
    else:
        yield check.fact


@lru_cache(maxsize=65536)  # conditions are immutable, and the same for every company
def format_condition(condition: Condition, lang: str = "zh") -> str:
    """A condition in words and signs: 营业面积 ≥ 100平方米; 业务模式：9610、9710、9810之一; 正式运营."""
    zh = lang == "zh"
    if isinstance(condition, AnyOf):
        return (" 或 " if zh else " or ").join(format_condition(part, lang) for part in condition.of)
    label = condition.label if zh else (condition.label_en or condition.label)
    if isinstance(condition, Compare):
        return f"{label} {OPERATORS[condition.op]} {format_quantity(condition.value, condition.unit, lang)}"
    if isinstance(condition, OneOf):
        options = condition.options if zh else (condition.options_en or condition.options)
        if zh:
            return f"{label}：{'、'.join(options)}{'之一' if len(options) > 1 else ''}"
        return f"{label}: {' or '.join(options)}"
    return label


def _check_compare(condition: Compare, given: Given, article: str | None) -> ConditionCheck:
    label, label_en = format_condition(condition), format_condition(condition, "en")
    found = given.number(condition.fact)
    if found is None:
        met = Eligible.YES if given.all_met else Eligible.UNKNOWN
        return ConditionCheck(label, met, fact=condition.fact, label_en=label_en, assumed=given.all_met, article=article, measured=True)
    value, unit = found
    fact = given.facts[condition.fact]
    shown, shown_en = (
        format_bound(format_quantity(value, unit or condition.unit, lang), fact.bound, lang, near=fact.near) for lang in ("zh", "en")
    )
    ratio = given.ratio(unit, condition.unit, condition.label)
    if ratio is None:
        return ConditionCheck(
            label, Eligible.UNKNOWN, shown, "", condition.fact, label_en, given_en=shown_en, article=article, measured=True
        )
    amount: Decimal | Fraction = value if ratio == 1 else Fraction(value) * ratio
    met = reaches(condition.op, condition.value, Range.of(amount, fact.bound, near=fact.near))
    gap, gap_en = _gap(condition, amount, fact.bound) if met is Eligible.NO else ("", "")
    return ConditionCheck(
        label, met, shown, gap, condition.fact, label_en,
        given_en=shown_en, gap_en=gap_en, article=article, measured=True, loose=met is Eligible.UNKNOWN,
    )  # fmt: skip


def _gap(condition: Compare, amount: Decimal | Fraction, bound: Bound) -> tuple[str, str]:
    """How far a figure is from the threshold it misses, in the unit of the threshold."""
    limit, limit_en = format_quantity(condition.value, condition.unit), format_quantity(condition.value, condition.unit, "en")
    must, must_en = f"须{_WORDS_ZH[condition.op]}{limit}", f"must be {_WORDS_EN[condition.op]} {limit_en}"
    if bound is not Bound.EXACT:
        return must, must_en  # how far away nobody said
    if amount == condition.value:
        return f"{must}，恰好{limit}不算{_WORDS_ZH[condition.op]}", f"{must_en}; exactly {limit_en} is not {_WORDS_EN[condition.op]} it"
    distance = condition.value - amount if isinstance(amount, Decimal) else to_decimal(Fraction(condition.value) - amount)
    unit, size = condition.unit, abs(distance) if distance is not None else None
    if size is None and unit == "year":  # 8 months are no finite number of years: count the months
        unit, size = "month", to_decimal(abs(Fraction(condition.value) - Fraction(amount)) * 12)
    if size is None:
        return must, must_en
    apart, apart_en = format_quantity(size, unit), format_quantity(size, unit, "en")
    if condition.op == "==":
        return f"{must}，相差{apart}", f"{must_en}; it differs by {apart_en}"
    if condition.op in (">", ">="):
        return f"{must}，还差{apart}", f"{must_en}; {apart_en} short"
    return f"{must}，高出{apart}", f"{must_en}; {apart_en} above"


def _check_one_of(condition: OneOf, given: Given, article: str | None) -> ConditionCheck:
    label, label_en = format_condition(condition), format_condition(condition, "en")
    fact = given.facts.get(condition.fact)
    if fact is None:
        met = Eligible.YES if given.all_met else Eligible.UNKNOWN
        return ConditionCheck(label, met, fact=condition.fact, label_en=label_en, assumed=given.all_met, article=article, measured=True)
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    allowed = {_same(option) for option in (*condition.options, *condition.options_en)}
    holds = any(_same(str(value)) in allowed for value in values)
    shown = format_fact(fact)
    gap, gap_en = (
        ("", "") if holds else (f"限{'、'.join(condition.options)}", f"limited to {', '.join(condition.options_en or condition.options)}")
    )
    return ConditionCheck(
        label, Eligible.YES if holds else Eligible.NO, shown, gap, condition.fact, label_en,
        given_en=format_fact(fact, "en"), gap_en=gap_en, article=article, measured=True,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _same(option: str) -> str:
    return "".join(unicodedata.normalize("NFKC", option).casefold().split())


def _check_confirm(condition: Confirm, given: Given, article: str | None) -> ConditionCheck:
    fact = given.facts.get(condition.fact)
    label_en = condition.label_en or condition.label
    if fact is None:
        assumed = condition.assumed or given.all_met
        met = Eligible.YES if assumed else Eligible.UNKNOWN
        return ConditionCheck(condition.label, met, fact=condition.fact, label_en=label_en, assumed=assumed, article=article)
    holds = fact.value is not False
    met, gap, gap_en = (Eligible.YES, "", "") if holds else (Eligible.NO, f"须{condition.label}", f"required: {label_en}")
    return ConditionCheck(
        condition.label, met, format_fact(fact), gap, condition.fact, label_en,
        given_en=format_fact(fact, "en"), gap_en=gap_en, article=article,
    )  # fmt: skip


def _check_any_of(condition: AnyOf, given: Given, article: str | None) -> ConditionCheck:
    checks = tuple(check_condition(part, given, article) for part in condition.of)
    label, label_en = format_condition(condition), format_condition(condition, "en")
    states = [check.met for check in checks]
    met = next((state for state in (Eligible.YES, Eligible.UNKNOWN) if state in states), Eligible.NO)
    told = [check for check in checks if check.given and (met is not Eligible.YES or check.met is Eligible.YES)]
    return ConditionCheck(
        label, met,
        "；".join(check.given for check in told),
        "" if met is Eligible.YES else "；或".join(check.gap for check in told if check.gap),
        label_en=label_en,
        given_en="; ".join(check.given_en for check in told),
        gap_en="" if met is Eligible.YES else "; or ".join(check.gap_en for check in told if check.gap_en),
        assumed=all(check.assumed for check in checks),
        article=article, alternatives=checks,
        measured=any(check.measured for check in checks),
    )  # fmt: skip
