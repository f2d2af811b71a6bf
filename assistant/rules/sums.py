"""A sum in the making: facts, figures used, steps in both languages, and what is missing.

total = Sum(Given(facts))
multiplied(total, [(Decimal(600), "m2")], rule.amount)      # step: 600平方米 × 100元/平方米 = 6万元
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from assistant.models import ConditionCheck
from assistant.rules.conditions import Given
from assistant.rules.schema import Figure, Measure, Rule
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
    factors: list[tuple[Decimal, str]] = []
    for measure in rule.per:
        if measure is not months_measure:
            value = total.value(measure)
            if value is not None:
                factors.append((value, measure.unit))
    return None if total.missing else factors


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
