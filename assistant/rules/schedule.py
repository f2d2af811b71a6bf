"""Support by year: the amount of each year asked about, months counted in the year they fall in.

4元/平方米/月 in year 1, 2元 in year 2; 18 months of 500平方米: 500 × 12 × 4 + 500 × 6 × 2 = 3万元
"""

from __future__ import annotations

from decimal import Decimal

from assistant.models import ConditionCheck, Eligible
from assistant.rules.facts import SUPPORT_YEAR, YEARS
from assistant.rules.schema import Measure, Rule
from assistant.rules.sums import MONTHS_A_YEAR, Part, Sum, amount_step, factors_of, multiplied
from assistant.rules.wording import format_quantity


def schedule_parts(rule: Rule, total: Sum) -> list[Part]:
    """One part for each year of support that is asked about; none when facts are missing or the text sets no amount."""
    amounts = {year: step.amount for step in rule.schedule for year in step.years}
    asked = _asked_years(sorted(amounts), total)
    first = rule.schedule[0].amount
    total.currency = first.unit.partition("/")[0]
    months_measure = next((measure for measure in rule.per if measure.unit == "month"), None)
    factors = factors_of(rule, total, months_measure)
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
            parts.append(multiplied(total, scaled, figure, year, count))
        else:
            amount_step(total, figure, year)
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
        return dict.fromkeys(asked, MONTHS_A_YEAR)
    months = total.value(measure) or Decimal(0)
    if total.given.number(SUPPORT_YEAR) and months <= MONTHS_A_YEAR:
        return dict.fromkeys(asked, months)  # the months of the year asked about
    counts = {year: min(MONTHS_A_YEAR, months - MONTHS_A_YEAR * (year - 1)) for year in asked}
    beyond = months - MONTHS_A_YEAR * max(asked)
    if beyond > 0 and not total.given.number(SUPPORT_YEAR):
        shown, shown_en = format_quantity(beyond, "month"), format_quantity(beyond, "month", "en")
        total.step(f"只支持{len(asked)}年，超出的{shown}不计", f"support lasts {len(asked)} years: {shown_en} beyond are not counted")
    return dict(counts)
