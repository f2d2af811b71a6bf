"""The terms of the tax on retail imports, where an article states all of them: limits, duty, share of the other taxes.

>>> [rule.tax.single_limit.value for rule in tax_rules(source)]          # doctest: +SKIP
[Decimal('5000')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.rules.extraction.confidence import confidence_of
from assistant.rules.extraction.naming import fact_name
from assistant.rules.extraction.quoting import Source
from assistant.rules.extraction.terms import figure
from assistant.rules.schema import Figure, Measure, Period, Rule, RuleKind, Tax
from index.models import Bound, Quantity
from index.quantities.parser import parse_quantities

_SINGLE = re.compile(r"单次(?:交易)?(?:限值|限额)[^，；。\d]{0,10}$")
_ANNUAL = re.compile(r"(?:年度|每年|全年)(?:累计)?(?:交易)?(?:限值|限额)[^，；。\d]{0,10}$")
_DUTY = re.compile(r"关税(?:税率)?(?:暂)?(?:设为|按|为|设置为|适用)?[^，；。\d]{0,4}$")
_SHARE = re.compile(r"(?:应纳税额|法定税额)的?$")
_BEYOND = re.compile(r"(?:均|全部|一律)?按照?一般贸易(?:方式)?(?:全额)?征税")


def tax_rules(source: Source) -> Iterator[Rule]:
    """At most one rule an article."""
    text = source.flat.text
    quantities = parse_quantities(text)
    found = {
        name: _figure_after(text, quantities, pattern)
        for name, pattern in (("single", _SINGLE), ("annual", _ANNUAL), ("duty", _DUTY), ("share", _SHARE))
    }
    beyond = _BEYOND.search(text)
    single, annual, duty, share = found["single"], found["annual"], found["duty"], found["share"]
    if not (single and annual and duty and share and beyond):
        return
    first = min(q.start for q in (single, annual, duty, share))
    last = max(beyond.end(), *(q.end for q in (single, annual, duty, share)))
    start, end = source.sentence_at(first), source.sentence_at(last - 1)
    if not start or not end:
        return
    yield Rule(
        id="proposed",
        label="跨境电商零售进口税收",
        article=source.article.label,
        quote=source.quote(start.start, end.start + len(end.text.rstrip("。"))),
        kind=RuleKind.TAX,
        beneficiary="个人消费者",
        period=Period.TRANSACTION,
        tax=Tax(
            value=Measure(fact=fact_name("单次交易完税价格", "CNY").name, label="单次交易完税价格", unit="CNY"),
            annual=Measure(fact=fact_name("个人本年度此前累计交易额", "CNY").name, label="个人本年度此前累计交易额", unit="CNY"),
            single_limit=_limit(single),
            annual_limit=_limit(annual),
            duty=figure(duty),
            share=figure(share),
            beyond=beyond.group(),
        ),
        confidence=confidence_of(()),
    )


def _figure_after(text: str, quantities: list[Quantity], pattern: re.Pattern[str]) -> Quantity | None:
    return next((q for q in quantities if pattern.search(text[max(0, q.start - 24) : q.start])), None)


def _limit(quantity: Quantity) -> Figure:
    return Figure(value=quantity.value, unit=quantity.unit, bound=Bound.AT_MOST)
