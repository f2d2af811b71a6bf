"""A sum in the making: facts, figures used, steps in both languages, and what is missing.

total = Sum(Given(facts))
multiplied(total, [(Decimal(600), "m2")], rule.amount)      # step: 600平方米 × 100元/平方米 = 6万元
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from assistant.models import ConditionCheck
from assistant.rules.conditions import Given, check_condition
from assistant.rules.schema import Cap, Compare, Figure, Measure, Rule
from assistant.rules.wording import EXACT, bound_words, format_quantity
from index.errors import FactValueError
from index.models import Bound

MONTHS_A_YEAR = Decimal(12)
_AT_MOST = (Bound.AT_MOST, Bound.LESS_THAN)
_AT_LEAST = (Bound.AT_LEAST, Bound.MORE_THAN)


@dataclass(slots=True)
class Part:
    """What is given for one stretch of time: a year of support, a year like every other, or all at once."""

    amount: Decimal
    year: int | None = None
    months: Decimal | None = None


@dataclass(slots=True)
class Sum:
    """A sum in the making."""

    given: Given
    currency: str = "CNY"
    amount: Decimal | None = None
    uncapped: Decimal | None = None
    limited: bool = False
    """A figure is a highest one, or a cap cut the sum: it is a ceiling."""
    floor: bool = False
    """A figure is a lowest one (不低于): at least this much."""
    steps: list[str] = field(default_factory=list)
    steps_en: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    failed: list[ConditionCheck] = field(default_factory=list)
    """The lowest tier, when none is reached."""
    needed: list[ConditionCheck] = field(default_factory=list)
    """What the tier that is reached asks for besides."""
    caps: tuple[Cap, ...] = ()
    """The caps of the rule, and of the tier that is reached."""

    def step(self, zh: str, en: str) -> None:
        """Note a step in both languages."""
        self.steps.append(zh)
        self.steps_en.append(en)

    def show(self, value: Decimal, lang: str = "zh") -> str:
        """The value in the sum's currency."""
        return format_quantity(value, self.currency, lang)

    def use(self, figure: Figure) -> None:
        """Note how a figure of the rule limits the sum."""
        self.limited |= figure.bound in _AT_MOST
        self.floor |= figure.bound in _AT_LEAST

    def value(self, measure: Measure) -> Decimal | None:
        """A measure from the facts or its default; notes what is missing or assumed. Zero is refused.

        Raises:
            FactValueError: it is zero: there is nothing to compute from.
        """
        value = self.given.of(measure)
        if value is None:
            self.missing.append(self.given.lacks(measure))
        elif measure.fact not in self.given.facts:
            shown, shown_en = format_quantity(value, measure.unit), format_quantity(value, measure.unit, "en")
            self.assumed.append(measure.fact)
            self.step(f"未说明{measure.label}，按{shown}计", f"{measure.label_en or measure.label} not stated: taken as {shown_en}")
        elif value == 0:
            raise FactValueError(
                f"{measure.label}为0，没有可以计算的基数 / {measure.label_en or measure.fact} is 0: there is nothing to compute from"
            )
        else:
            self._add_up(measure)
            self.limited |= self.given.facts[measure.fact].bound in _AT_MOST  # 不到5000万元: the sum is not reached either
        return value

    def _add_up(self, measure: Measure) -> None:
        """Show the sum where several values were given for one measure: 5万元 + 3万元 = 8万元."""
        fact = self.given.facts.get(measure.fact)
        if fact and isinstance(fact.value, tuple) and len(fact.value) > 1:
            values = [value for value in fact.value if isinstance(value, Decimal)]
            (zh, whole), (en, whole_en) = (
                (
                    " + ".join(format_quantity(value, fact.unit, lang) for value in values),
                    format_quantity(sum(values, Decimal(0)), fact.unit, lang),
                )
                for lang in ("zh", "en")
            )
            self.step(f"{zh} = {whole}", f"{en} = {whole_en}")


def factors_of(rule: Rule, total: Sum, months_measure: Measure | None) -> list[tuple[Decimal, str]] | None:
    """Values and units of the measures an amount is multiplied by, months aside; None when one is missing."""
    factors = [counted(measure, total) for measure in rule.per if measure is not months_measure]
    return None if total.missing or total.failed else [factor for factor in factors if factor]


def counted(measure: Measure, total: Sum) -> tuple[Decimal, str] | None:
    """How much of a measure counts, and its unit: at most so much, only above a threshold, whole steps only."""
    value = total.value(measure)
    if value is None:
        return None
    value = at_most(measure, value, total)
    if measure.step is None and measure.above is None:
        return value, measure.unit
    if value < (measure.above or Decimal(0)) + (measure.step or Decimal(0)):
        if not measure.above:  # below one step nothing is due; above a threshold that is met, merely nothing is added
            total.failed.append(check_condition(_one_step(measure), total.given))
            return None
        return Decimal(0), "" if measure.step else measure.unit
    if measure.above:
        rest = value - measure.above
        (a, b, c), (a_en, b_en, c_en) = (
            [format_quantity(part, measure.unit, lang) for part in (value, measure.above, rest)] for lang in ("zh", "en")
        )
        total.step(f"{a} − {b} = {c}", f"{a_en} − {b_en} = {c_en}")
        value = rest
    if measure.step is None:
        return value, measure.unit
    times = value // measure.step
    (a, b), (a_en, b_en) = ([format_quantity(part, measure.unit, lang) for part in (value, measure.step)] for lang in ("zh", "en"))
    whole, whole_en = ("", "") if times * measure.step == value else ("，不足一份的不计", "; what is left over does not count")
    total.step(f"{a}含{times}个{b}{whole}", f"{a_en} holds {b_en} {times} times{whole_en}")
    return times, ""


def at_most(measure: Measure, value: Decimal, total: Sum) -> Decimal:
    """The value, or the most that is counted of it."""
    if measure.most is None or value <= measure.most:
        return value
    (a, b), (a_en, b_en) = ([format_quantity(part, measure.unit, lang) for part in (value, measure.most)] for lang in ("zh", "en"))
    total.step(
        f"{measure.label}{a}超过上限{b}，按{b}计", f"{measure.label_en or measure.label} of {a_en} exceeds the limit of {b_en}: {b_en}"
    )
    return measure.most


def _one_step(measure: Measure) -> Compare:
    return Compare.model_validate(
        {
            "is": "compare", "fact": measure.fact, "label": measure.label, "label_en": measure.label_en,
            "op": ">=", "value": measure.step, "unit": measure.unit,
        }
    )  # fmt: skip


def multiplied(
    total: Sum, factors: list[tuple[Decimal, str]], figure: Figure, year: int | None = None, months: Decimal | None = None
) -> Part:
    """The figure times all factors, noted as a step, as the part of that year and those months."""
    product = figure.value
    for value, _ in factors:
        product = EXACT.multiply(product, value)
    product_step(total, [*factors, (figure.value, figure.unit)], product, year)
    return Part(product, year, months)


def product_step(total: Sum, factors: list[tuple[Decimal, str]], product: Decimal, year: int | None = None) -> None:
    """Note a × b = product."""
    zh = " × ".join(format_quantity(value, unit) for value, unit in factors)
    en = " × ".join(format_quantity(value, unit, "en") for value, unit in factors)
    year_zh, year_en = _year_words(year)
    total.step(f"{year_zh}{zh} = {total.show(product)}", f"{year_en}{en} = {total.show(product, 'en')}")


def amount_step(total: Sum, figure: Figure, year: int | None = None) -> None:
    """Note an amount that needs no computing."""
    year_zh, year_en = _year_words(year)
    total.step(f"{year_zh}{bounded(figure)}", f"{year_en}{bounded(figure, 'en')}")


def _year_words(year: int | None) -> tuple[str, str]:
    return (f"第{year}年：", f"year {year}: ") if year else ("", "")


def bounded(figure: Figure, lang: str = "zh") -> str:
    """The figure with the words that limit it: 不超过50万元."""
    return bound_words(figure.bound, lang) + format_quantity(figure.value, figure.unit, lang)
