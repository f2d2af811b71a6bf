"""Adding up: yearly caps on each year, years together, then the caps on the whole.

two years of 8万元, at most 5万元 a year: 5万元/年 × 2年 = 10万元
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from assistant.rules.conditions import Given
from assistant.rules.facts import EXCHANGE_RATE, SUPPORT_YEAR, YEARS
from assistant.rules.schema import Cap, Period, Rule
from assistant.rules.sums import Part, Sum
from assistant.rules.units import convert
from assistant.rules.wording import EXACT, format_quantity


def total_up(rule: Rule, parts: list[Part], total: Sum) -> None:
    """Yearly caps on each part, parts and years added up, then the caps on the whole; fills in `total`."""
    parts = _in_currency_of_caps(parts, total)
    uncapped = Decimal(0)
    amounts: list[Decimal] = []
    for part in parts:
        uncapped += part.amount
        amounts.append(_capped(part.amount, [cap for cap in total.caps if is_yearly(cap, rule) or cap.per == "month"], part, rule, total))
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
    whole = _capped(whole, [cap for cap in total.caps if not is_yearly(cap, rule) and cap.per != "month"], parts[0], rule, total)
    if total.missing:
        return
    total.amount = whole
    if whole != uncapped:
        total.uncapped = uncapped


def pay_out(rule: Rule, whole: Decimal, total: Sum) -> None:
    """How the sum is paid year by year; where one year is asked about, its share is the sum."""
    amounts = [EXACT.multiply(whole, share) for share in rule.payments]
    zh = "、".join(f"第{year}年{total.show(amount)}" for year, amount in enumerate(amounts, 1))
    en = ", ".join(f"{total.show(amount, 'en')} in year {year}" for year, amount in enumerate(amounts, 1))
    total.step(f"分{len(amounts)}年拨付：{zh}", f"paid over {len(amounts)} years: {en}")
    which = total.given.number(SUPPORT_YEAR)
    if which and 1 <= which[0] <= len(amounts):
        total.amount, total.uncapped = amounts[int(which[0]) - 1], None


def _in_currency_of_caps(parts: list[Part], total: Sum) -> list[Part]:
    """A share of a sum in dollars that is capped in yuan is paid in yuan."""
    if total.currency == "CNY" or not any(cap.unit == "CNY" for cap in total.caps):
        return parts
    rate = total.given.exchange_rate
    if rate is None:
        total.missing.append(EXCHANGE_RATE)
        return parts
    converted: list[Part] = []
    for part in parts:
        amount = EXACT.multiply(part.amount, rate)
        yuan, yuan_en = format_quantity(amount, "CNY"), format_quantity(amount, "CNY", "en")
        total.step(f"{total.show(part.amount)} × {rate} = {yuan}", f"{total.show(part.amount, 'en')} × {rate} = {yuan_en}")
        converted.append(replace(part, amount=amount))
    total.currency = "CNY"
    return converted


def _years_counted(rule: Rule, parts: list[Part], given: Given) -> Decimal:
    """How often a yearly sum is given: the years asked about; once where years or months are already laid out."""
    years = given.number(YEARS)
    laid_out = any(part.year or part.months for part in parts)
    yearly = rule.period is Period.YEAR or any(cap.per == "year" for cap in rule.every_cap)
    return years[0] if years and yearly and not laid_out else Decimal(1)


def is_yearly(cap: Cap, rule: Rule) -> bool:
    """Whether the cap is for each year: said so, or unsaid in a rule that pays yearly."""
    return cap.per == "year" or (cap.per == "unstated" and rule.period is Period.YEAR)


def _capped(amount: Decimal, caps: Iterable[Cap], part: Part, rule: Rule, total: Sum) -> Decimal:
    for cap in caps:
        limit = _limit(cap, part, rule, total)
        if limit is None:
            total.missing.append(total.given.lacks(rule.basis) if cap.unit == "ratio" and rule.basis else EXCHANGE_RATE)
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
    count = total.given.number(of_each(cap)) if cap.scope else None
    if value is not None and count:
        one, value = value, EXACT.multiply(value, count[0])
        if part.amount > one:  # how the whole is spread over them is not known
            total.limited = True
            total.step(
                f"{cap.scope}上限{total.show(one)}，{count[0].normalize():f} × {total.show(one)} = {total.show(value)}",
                f"{count[0].normalize():f} × {total.show(one, 'en')} = {total.show(value, 'en')} at most",
            )
    if value is not None and cap.per == "month":
        return EXACT.multiply(value, part.months or Decimal(1))
    return value


def of_each(cap: Cap) -> str:
    """The fact that says for how many things a ceiling for one of them (单个展位最高1万元) counts."""
    return f"count:{cap.scope}"


def _per_words(cap: Cap) -> tuple[str, str]:
    if cap.per.startswith("years:"):
        return f"{cap.per[6:]}年累计", f"{cap.per[6:]}-year total "
    return {"year": ("每年", "yearly "), "month": ("每月", "monthly "), "total": ("累计", "total ")}.get(cap.per, ("", ""))
