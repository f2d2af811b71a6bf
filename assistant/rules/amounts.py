"""The sum a rule gives: product, tier or schedule, then caps, each step in words and numbers.

    basis 8000万元, rate 2%, cap 100万元 a year:
    8000万元 × 2% = 160万元
    160万元超过上限100万元，按100万元计

Every product is exact; where something is not given, the sum is None and `missing` names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.models import ConditionCheck, Eligible
from assistant.rules.conditions import Given, check_condition, missing_facts
from assistant.rules.facts import EXCHANGE_RATE, SUPPORT_YEAR, YEARS
from assistant.rules.schema import AnyOf, Cap, Compare, Figure, Measure, Period, Rule, Tier
from assistant.rules.units import convert
from assistant.rules.wording import EXACT, bound_words, format_quantity
from index.errors import FactValueError
from index.models import Bound

_AT_MOST = (Bound.AT_MOST, Bound.LESS_THAN)
_AT_LEAST = (Bound.AT_LEAST, Bound.MORE_THAN)
_MONTHS_A_YEAR = Decimal(12)


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


def work_out(rule: Rule, given: Given) -> Sum:
    """The sum of a rule that promises money.

    Raises:
        FactValueError: a fact has the wrong unit, or is a zero basis.
    """
    total = Sum(given)
    parts = _schedule_parts(rule, total) if rule.schedule else _parts(rule, total)
    if not parts or total.missing:
        return total
    _total_up(rule, parts, total)
    return total


def _parts(rule: Rule, total: Sum) -> list[Part]:
    amount, rate = rule.amount, rule.rate
    if rule.tiers:
        tier = _choose_tier(rule, total)
        if not tier:
            return []
        amount, rate = tier.amount, tier.rate
    if rate:
        return _rated(rule, rate, total)
    if amount is None:  # the schema gives every money kind an amount or a rate
        return []
    return _counted(rule, amount, total)


def _rated(rule: Rule, rate: Figure, total: Sum) -> list[Part]:
    if rule.basis is None:
        return []
    basis = total.value(rule.basis)
    if basis is None:
        return []
    total.currency = rule.basis.unit
    total.use(rate)
    product = EXACT.multiply(basis, rate.value)
    _product_step(total, [(basis, rule.basis.unit), (rate.value, "ratio")], product)
    return [Part(product)]


def _counted(rule: Rule, figure: Figure, total: Sum) -> list[Part]:
    """A fixed amount, or an amount for each unit of the measures in `per`; months are cut into years where a cap is yearly."""
    total.currency = figure.unit.partition("/")[0]
    total.use(figure)
    months_measure = next((measure for measure in rule.per if measure.unit == "month"), None)
    factors = _factors(rule, total, months_measure)
    months = _months(rule, months_measure, total) if months_measure else _months_asked(rule, total.given)
    if factors is None or (months_measure and months is None):
        return []
    if not factors and months is None:
        if not rule.tiers:  # a tier has shown its amount
            _amount_step(total, figure)
        return [Part(figure.value)]
    if months is None:
        return [_multiplied(total, factors, figure)]
    yearly = any(_is_yearly(cap, rule) for cap in rule.caps)
    stretches = _by_year(months) if yearly and months > _MONTHS_A_YEAR else [(None, months)]
    return [_multiplied(total, [*factors, (count, "month")], figure, year, count) for year, count in stretches]


def _factors(rule: Rule, total: Sum, months_measure: Measure | None) -> list[tuple[Decimal, str]] | None:
    factors: list[tuple[Decimal, str]] = []
    for measure in rule.per:
        if measure is not months_measure:
            value = total.value(measure)
            if value is not None:
                factors.append((value, measure.unit))
    return None if total.missing else factors


def _months(rule: Rule, measure: Measure, total: Sum) -> Decimal | None:
    """Months of support without a schedule: as given, or twelve for each year given."""
    years = total.given.number(YEARS)
    if measure.fact not in total.given.facts and (years or total.given.all_met or rule.period is Period.YEAR):
        return (years[0] if years else Decimal(1)) * _MONTHS_A_YEAR
    return total.value(measure)


def _months_asked(rule: Rule, given: Given) -> Decimal | None:
    """Months of the years asked about, for a sum that is paid monthly; None: the sum of one month."""
    years = given.number(YEARS)
    return years[0] * _MONTHS_A_YEAR if years and rule.period is Period.MONTH else None


def _by_year(months: Decimal) -> list[tuple[int | None, Decimal]]:
    stretches: list[tuple[int | None, Decimal]] = []
    while months > 0:
        stretches.append((len(stretches) + 1, min(months, _MONTHS_A_YEAR)))
        months -= _MONTHS_A_YEAR
    return stretches


def _schedule_parts(rule: Rule, total: Sum) -> list[Part]:
    amounts = {year: step.amount for step in rule.schedule for year in step.years}
    asked = _asked_years(sorted(amounts), total)
    first = rule.schedule[0].amount
    total.currency = first.unit.partition("/")[0]
    months_measure = next((measure for measure in rule.per if measure.unit == "month"), None)
    factors = _factors(rule, total, months_measure)
    if factors is None:
        return []
    if not asked:
        total.failed.append(_beyond_schedule(max(amounts), rule, total))
        return []
    counts = _months_by_year(months_measure, asked, total) if months_measure else dict.fromkeys(asked)
    parts: list[Part] = []
    for year in asked:
        count, figure = counts[year], amounts[year]
        if count is not None and count <= 0:
            continue
        total.use(figure)
        scaled = [*factors, (count, "month")] if count is not None else factors
        if scaled:
            parts.append(_multiplied(total, scaled, figure, year, count))
        else:
            _amount_step(total, figure, year)
            parts.append(Part(figure.value, year))
    return parts


def _beyond_schedule(last: int, rule: Rule, total: Sum) -> ConditionCheck:
    """The check that fails when a year is asked about for which the text sets no amount."""
    which = total.given.number(SUPPORT_YEAR)
    year = format(which[0], "f") if which else ""
    label, label_en = f"支持年次 ≤ 第{last}年", f"year of support ≤ {last}"
    gap, gap_en = f"文件只规定支持到第{last}年，之后没有金额", f"the document sets amounts up to year {last} only"
    return ConditionCheck(
        label, Eligible.NO, f"第{year}年", gap, SUPPORT_YEAR, label_en,
        given_en=f"year {year}", gap_en=gap_en, article=rule.article, measured=True,
    )  # fmt: skip


def _asked_years(years: list[int], total: Sum) -> list[int]:
    which, count = total.given.number(SUPPORT_YEAR), total.given.number(YEARS)
    if which:
        return [year for year in years if year == which[0]]
    return [year for year in years if not count or year <= count[0]]


def _months_by_year(measure: Measure, asked: list[int], total: Sum) -> dict[int, Decimal | None]:
    """Months counted in each year of support: never more than twelve a year, in the order of the years."""
    if measure.fact not in total.given.facts:
        if not total.given.number(SUPPORT_YEAR) and not total.given.number(YEARS):
            total.assumed.append(measure.fact)
            total.limited = True
            total.step(
                f"未说明{measure.label}，按每年12个月计", f"{measure.label_en or measure.label} not stated: taken as 12 months a year"
            )
        return dict.fromkeys(asked, _MONTHS_A_YEAR)
    months = total.value(measure) or Decimal(0)
    if total.given.number(SUPPORT_YEAR) and months <= _MONTHS_A_YEAR:
        return dict.fromkeys(asked, months)  # the months of the year asked about
    counts = {year: min(_MONTHS_A_YEAR, months - _MONTHS_A_YEAR * (year - 1)) for year in asked}
    beyond = months - _MONTHS_A_YEAR * max(asked)
    if beyond > 0 and not total.given.number(SUPPORT_YEAR):
        shown, shown_en = format_quantity(beyond, "month"), format_quantity(beyond, "month", "en")
        total.step(f"只支持{len(asked)}年，超出的{shown}不计", f"support lasts {len(asked)} years: {shown_en} beyond are not counted")
    return dict(counts)


def _choose_tier(rule: Rule, total: Sum) -> Tier | None:
    """The tier that holds and gives most; None when facts are missing or no tier is reached (see `failed`)."""
    checks = [(tier, check_condition(tier.when, total.given, rule.article)) for tier in rule.tiers]
    held = [(tier, check) for tier, check in checks if check.met is Eligible.YES and not check.assumed]
    if held:
        tier, check = max(held, key=lambda pair: _rank(pair[0]))
        label = tier.label or check.label
        figure = tier.amount or tier.rate
        if figure:
            given_zh, given_en = (f"{check.given}，" if check.given else ""), (f"{check.given_en}: " if check.given_en else "")
            shown, shown_en = _bounded(figure), _bounded(figure, "en")
            total.step(f"{given_zh}符合“{label}”一档：{shown}", f"{given_en}tier “{check.label_en or label}”: {shown_en}")
        return tier
    unknown = [name for _, check in checks if check.met is Eligible.UNKNOWN or check.assumed for name in _asks(check, total.given)]
    if unknown:
        total.missing.extend(dict.fromkeys(unknown))
        return None
    _note_failure(rule, checks, total)
    return None


def _note_failure(rule: Rule, checks: list[tuple[Tier, ConditionCheck]], total: Sum) -> None:
    """Why no tier is reached: the lowest threshold, or all the levels there are."""
    alternatives = tuple(tier.when for tier in rule.tiers if not isinstance(tier.when, AnyOf))
    if len(alternatives) < len(checks) or all(isinstance(when, Compare) for when in alternatives):
        _, check = min(checks, key=lambda pair: _rank(pair[0]))
    else:
        check = check_condition(AnyOf.model_validate({"is": "any_of", "of": alternatives}), total.given, rule.article)
    total.failed.append(check)


def _asks(check: ConditionCheck, given: Given) -> Iterable[str]:
    """A tier is never taken as met because "all conditions are met": which one must be known."""
    return [check.fact] if check.assumed and check.fact else missing_facts(check, given)


def _rank(tier: Tier) -> tuple[Decimal, Decimal]:
    figure = tier.amount or tier.rate
    threshold = tier.when.value if isinstance(tier.when, Compare) else Decimal(0)
    return (figure.value if figure else Decimal(0), threshold)


def _total_up(rule: Rule, parts: list[Part], total: Sum) -> None:
    """Yearly caps on each part, parts and years added up, then the caps on the whole."""
    uncapped = Decimal(0)
    amounts: list[Decimal] = []
    for part in parts:
        uncapped += part.amount
        amounts.append(_capped(part.amount, [cap for cap in rule.caps if _is_yearly(cap, rule) or cap.per == "month"], part, rule, total))
    if total.missing:
        return
    whole = sum(amounts, Decimal(0))
    if len(amounts) > 1:
        terms, terms_en = (" + ".join(total.show(amount, lang) for amount in amounts) for lang in ("zh", "en"))
        total.step(f"{terms} = {total.show(whole)}", f"{terms_en} = {total.show(whole, 'en')}")
    times = _years_counted(rule, parts, total.given)
    if times > 1:
        yearly, whole, uncapped = whole, EXACT.multiply(whole, times), EXACT.multiply(uncapped, times)
        zh, en = format_quantity(times, "year"), format_quantity(times, "year", "en")
        total.step(
            f"{total.show(yearly)}/年 × {zh} = {total.show(whole)}", f"{total.show(yearly, 'en')} a year × {en} = {total.show(whole, 'en')}"
        )
    whole = _capped(whole, [cap for cap in rule.caps if not _is_yearly(cap, rule) and cap.per != "month"], parts[0], rule, total)
    if total.missing:
        return
    total.amount = whole
    if whole != uncapped:
        total.uncapped = uncapped


def _years_counted(rule: Rule, parts: list[Part], given: Given) -> Decimal:
    """How often a yearly sum is given: the years asked about; once where years or months are already laid out."""
    years = given.number(YEARS)
    laid_out = any(part.year or part.months for part in parts)
    yearly = rule.period is Period.YEAR or any(cap.per == "year" for cap in rule.caps)
    return years[0] if years and yearly and not laid_out else Decimal(1)


def _is_yearly(cap: Cap, rule: Rule) -> bool:
    return cap.per == "year" or (cap.per == "unstated" and rule.period is Period.YEAR)


def _capped(amount: Decimal, caps: Iterable[Cap], part: Part, rule: Rule, total: Sum) -> Decimal:
    for cap in caps:
        limit = _limit(cap, part, rule, total)
        if limit is None:
            total.missing.append(EXCHANGE_RATE)
        elif amount > limit:
            shown, shown_en = (format_quantity(limit, total.currency, lang) for lang in ("zh", "en"))
            per, per_en = _per_words(cap)
            total.step(
                f"{total.show(amount)}超过{per}上限{shown}，按{shown}计",
                f"{total.show(amount, 'en')} exceeds the {per_en}cap of {shown_en}: {shown_en}",
            )
            amount = limit
            total.limited = True
    return amount


def _limit(cap: Cap, part: Part, rule: Rule, total: Sum) -> Decimal | None:
    """The cap in the currency of the sum; None without the exchange rate."""
    if cap.unit == "ratio":  # a share of the basis: 不超过投资额的50%
        basis = total.given.of(rule.basis) if rule.basis else None
        return None if basis is None else EXACT.multiply(basis, cap.value)
    value = convert(cap.value, cap.unit.partition("/")[0], total.currency, total.given.exchange_rate)
    if value is not None and cap.per == "month":
        return EXACT.multiply(value, part.months or Decimal(1))
    return value


def _per_words(cap: Cap) -> tuple[str, str]:
    if cap.per.startswith("years:"):
        return f"{cap.per[6:]}年累计", f"{cap.per[6:]}-year total "
    return {"year": ("每年", "yearly "), "month": ("每月", "monthly "), "total": ("累计", "total ")}.get(cap.per, ("", ""))


def _multiplied(
    total: Sum, factors: list[tuple[Decimal, str]], figure: Figure, year: int | None = None, months: Decimal | None = None
) -> Part:
    product = figure.value
    for value, _ in factors:
        product = EXACT.multiply(product, value)
    _product_step(total, [*factors, (figure.value, figure.unit)], product, year)
    return Part(product, year, months)


def _product_step(total: Sum, factors: list[tuple[Decimal, str]], product: Decimal, year: int | None = None) -> None:
    zh = " × ".join(format_quantity(value, unit) for value, unit in factors)
    en = " × ".join(format_quantity(value, unit, "en") for value, unit in factors)
    year_zh, year_en = _year_words(year)
    total.step(f"{year_zh}{zh} = {total.show(product)}", f"{year_en}{en} = {total.show(product, 'en')}")


def _amount_step(total: Sum, figure: Figure, year: int | None = None) -> None:
    year_zh, year_en = _year_words(year)
    total.step(f"{year_zh}{_bounded(figure)}", f"{year_en}{_bounded(figure, 'en')}")


def _year_words(year: int | None) -> tuple[str, str]:
    return (f"第{year}年：", f"year {year}: ") if year else ("", "")


def _bounded(figure: Figure, lang: str = "zh") -> str:
    return bound_words(figure.bound, lang) + format_quantity(figure.value, figure.unit, lang)
