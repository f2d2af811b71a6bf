"""Proof that a rule stands in its article: its quotation there, its figures in the quotation.

    >>> find_quote("最高给予 20\\n万元补贴", "最高给予20万元补贴")
    (0, 12)

White space and full or half width are not words: they may differ. Anything else may not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.rules.schema import AnyOf, CommonCeiling, Compare, Condition, Figure, OneOf, Rule
from index.models import Article, Bound, Policy, Quantity
from index.quantities.parser import parse_quantities

_AT_MOST = re.compile(
    "最高|最多|不超过|不高于|不多于|不大于|至多|上限|以内|以下|之内|封顶|限额|为限|限值|up to|at most|maximum|not exceed", re.IGNORECASE
)
# Shares and terms that are written as words.
_WORD_FIGURES = {
    "ratio": (("全额|全部", Decimal(1)), ("减半|半数|一半|半价", Decimal("0.5")), ("免征|免收|免除|免缴|全免", Decimal(0))),
    "year": (("首年|当年|第一年|一年内|整年度|首个年度", Decimal(1)),),
}
_MATCHED = re.compile(r"(?<![\d.])1[:：∶](\d(?:\.\d{1,2})?)(?![\d:：])")
"""1:1 of what another body pays."""
_BELOW_LINE = {
    "m2": "平方米|平米|㎡|m2|m²",
    "month": "月",
    "year": "年",
    "day": "日|天",
    "person": "人|名|位",
    "order": "单|票|件",
    "company": "家|户|企业",
    "TEU": "箱|柜|TEU",
    "ton": "吨",
    "item": "[个项件条座辆套台艘架张份篇部栋间处场家]",
    "time": "次|场|届|期|列",
    "kWh": "千瓦时|度",
    "night": "晚",
    "USD": "美元|美金",
    "CNY": "元",
}
_OPERATOR_BOUNDS = {">": Bound.MORE_THAN, ">=": Bound.AT_LEAST, "<": Bound.LESS_THAN, "<=": Bound.AT_MOST}
_STRICT = {Bound.AT_LEAST: Bound.MORE_THAN, Bound.AT_MOST: Bound.LESS_THAN}
_END_SAID = re.compile(r"及?以[上下内]|[（(]不?(?:包?含|包括)")
_CONTRADICTS = {
    Bound.MORE_THAN: {Bound.AT_LEAST, Bound.AT_MOST, Bound.LESS_THAN},
    Bound.AT_LEAST: {Bound.MORE_THAN, Bound.AT_MOST, Bound.LESS_THAN},
    Bound.LESS_THAN: {Bound.AT_MOST, Bound.AT_LEAST, Bound.MORE_THAN},
    Bound.AT_MOST: {Bound.LESS_THAN, Bound.AT_LEAST, Bound.MORE_THAN},
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of a rule and where in the rule it stands."""

    field: str
    value: Decimal
    unit: str
    bound: Bound | None
    """None: not a limit of its own (a threshold says it by its operator)."""
    operator: str = ""


@lru_cache(maxsize=256)
def fold(text: str) -> tuple[str, tuple[int, ...]]:
    """The text half-width and without white space, and for each of its characters the offset it came from."""
    parts = [_folded(character) for character in text]
    return "".join(parts), tuple(offset for offset, part in enumerate(parts) for _ in part)


@lru_cache(maxsize=8192)
def _folded(character: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKC", character) if not part.isspace() and unicodedata.category(part) != "Cf")


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Where the quotation stands in the text (start, end), None if it does not."""
    folded, offsets = fold(text)
    wanted, _ = fold(quote)
    at = folded.find(wanted) if wanted else -1
    return (offsets[at], offsets[at + len(wanted) - 1] + 1) if at >= 0 else None


def regions(policy: Policy, label: str | None) -> Iterator[tuple[int, int]]:
    """Spans of the text an article label names; a parent includes the parts that follow it. None: all unlabelled text."""
    for number, article in enumerate(policy.articles):
        if article.label == label:
            yield article.start, _end_with_parts(policy.articles, number)


def _end_with_parts(articles: tuple[Article, ...], number: int) -> int:
    article = articles[number]
    end = article.end
    if not article.path:
        return end
    for later in articles[number + 1 :]:
        if later.path[: len(article.path)] != article.path:
            break
        end = later.end
    return end


def locate(policy: Policy, label: str | None, quote: str) -> tuple[int, int] | None:
    """Offsets of the quotation in `policy.text`, looked for in the named article only."""
    for start, end in regions(policy, label):
        span = find_quote(policy.text[start:end], quote)
        if span:
            return start + span[0], start + span[1]
    return None


def unquoted(rule: Rule) -> list[str]:
    """What is wrong with the figures of a rule, each as "field: what and why"; empty when its quotation proves them all."""
    quantities = parse_quantities(rule.proof)
    problems = [problem for stated in stated_figures(rule) if (problem := _check(stated, rule.proof, quantities))]
    folded, _ = fold(rule.proof)
    for option in _options(rule.conditions):
        if option.isdigit() and option not in folded:
            problems.append(f"conditions: option {option} does not stand in the quotation")
    return problems


def unquoted_ceiling(ceiling: CommonCeiling) -> list[str]:
    """The same for a ceiling that rules share."""
    stated = Stated("ceilings", ceiling.cap.value, ceiling.cap.unit, ceiling.cap.bound)
    return [problem] if (problem := _check(stated, ceiling.quote, parse_quantities(ceiling.quote))) else []


def said_in_words(rule: Rule) -> list[tuple[Decimal, str]]:
    """Values and units that the quotation has as words and not as figures: 全额承担 is 100 %."""
    numbers = {(quantity.value, quantity.unit) for quantity in parse_quantities(rule.quote)}
    stated = ((figure.value, figure.unit, figure) for figure in stated_figures(rule))
    return [(value, unit) for value, unit, figure in stated if (value, unit) not in numbers and _as_word(figure, rule.quote)]


def _check(stated: Stated, quote: str, quantities: Iterable[Quantity]) -> str:
    named = f"{stated.field}: {stated.value} {stated.unit}"
    unit = "person" if stated.field.startswith("per.") and stated.unit == "person_time" else ""  # 2万人次以上的，每满1万人
    found = [q for q in quantities if q.value == stated.value and (q.unit == unit != "" or _same_unit(stated.unit, q.unit, quote))]
    if not found and stated.unit == "month":  # months that the text counts in years
        found = [quantity for quantity in quantities if quantity.unit == "year" and quantity.value * 12 == stated.value]
    if not found:
        return "" if _as_word(stated, quote) else f"{named} does not stand in the quotation"
    bounds = {Bound.LESS_THAN if _open_end(quantity, quote, quantities) else quantity.bound for quantity in found}
    bounds |= {_STRICT[quantity.bound] for quantity in found if _unsaid_end(quantity, quote)}
    if stated.operator:
        wanted = _OPERATOR_BOUNDS.get(stated.operator)
        if wanted and bounds <= _CONTRADICTS[wanted]:
            return f"{named} is compared with {stated.operator}, but the quotation says {_listed(bounds)}"
    elif stated.bound is Bound.AT_MOST:
        if Bound.AT_MOST not in bounds and not _AT_MOST.search(quote):
            return f"{named} is marked at_most, but the quotation has no 最高, 不超过 or the like"
    elif stated.bound is Bound.EXACT and bounds <= {Bound.AT_MOST, Bound.LESS_THAN}:
        return f"{named} is marked exact, but the quotation limits it ({_listed(bounds)})"
    return ""


def _open_end(quantity: Quantity, quote: str, quantities: Iterable[Quantity]) -> bool:
    """Whether it is the upper end of 1000万元（含）—5000万元: 含 is said of the lower end only."""
    if quantity.range_id is None or quantity.bound is not Bound.AT_MOST:
        return False
    low = next((q for q in quantities if q.range_id == quantity.range_id and q.end <= quantity.start), None)
    between = quote[low.end : quantity.start] if low else ""
    return "含" in between and "不含" not in between and not re.match(r"[（(]?含", quote[quantity.end :])


def _unsaid_end(quantity: Quantity, quote: str) -> bool:
    """Whether it is an end of a range that does not say whether it is included: beside 500万元（含） the next step begins above 500万元."""
    return quantity.range_id is not None and quantity.bound in _STRICT and not _END_SAID.match(quote, quantity.end)


def _listed(bounds: set[Bound]) -> str:
    return ", ".join(sorted(bounds))


def _as_word(stated: Stated, quote: str) -> bool:
    words = _WORD_FIGURES.get(stated.unit, ())
    if stated.unit == "ratio" and any(Decimal(share) == stated.value for share in _MATCHED.findall(quote)):
        return True
    return any(value == stated.value and re.search(pattern, quote) for pattern, value in words)


def _same_unit(wanted: str, found: str, quote: str) -> bool:
    """Equal, or the words of what is below the line stand elsewhere in the quotation (每平方米每月给予最高4元)."""
    if wanted == found:
        return True
    head, _, below = wanted.partition("/")
    found_head, _, found_below = found.partition("/")
    if head != found_head:
        return False
    missing = set(below.split("/")) - set(found_below.split("/")) if below else set()
    return all(re.search(_BELOW_LINE.get(part, re.escape(part)), quote) for part in missing)


def stated_figures(rule: Rule) -> Iterator[Stated]:
    """Every figure a rule claims its quotation contains."""
    for name in ("rate", "amount"):
        figure: Figure | None = getattr(rule, name)
        if figure:
            yield _of(name, figure)
    yield from _of_conditions("conditions", rule.conditions)
    for number, tier in enumerate(rule.tiers, 1):
        yield from _of_conditions(f"tiers[{number}].when", (tier.when, *tier.needs))
        if tier.amount or tier.rate:
            yield _of(f"tiers[{number}]", tier.amount or tier.rate)  # type: ignore[arg-type]
    for number, portion in enumerate(rule.portions, 1):
        yield _of(f"portions[{number}]", portion.amount)
    for measure in rule.per:
        for name in ("step", "above", "most"):
            if (value := getattr(measure, name)) is not None:
                yield Stated(f"per.{measure.fact}.{name}", value, measure.unit, None)
    for number, step in enumerate(rule.schedule, 1):
        yield _of(f"schedule[{number}]", step.amount)
    for number, cap in enumerate(rule.every_cap, 1):
        yield Stated(f"caps[{number}]", cap.value, cap.unit, cap.bound)
        if cap.per.startswith("years:"):
            yield Stated(f"caps[{number}].per", Decimal(cap.per[6:]), "year", None)
    if rule.tax:
        for name in ("single_limit", "annual_limit", "duty", "share"):
            yield _of(f"tax.{name}", getattr(rule.tax, name))
    if rule.target and rule.target.figure:
        yield _of("target.figure", rule.target.figure)
    for named in rule.figures:
        yield _of(f"figures.{named.label}", named.figure)


def _of(field: str, figure: Figure) -> Stated:
    return Stated(field, figure.value, figure.unit, figure.bound)


def _of_conditions(field: str, conditions: Iterable[Condition]) -> Iterator[Stated]:
    for condition in conditions:
        if isinstance(condition, AnyOf):
            yield from _of_conditions(f"{field}.any_of", condition.of)
        elif isinstance(condition, Compare):
            yield Stated(f"{field}.{condition.fact}", condition.value, condition.unit, None, condition.op)


def _options(conditions: Iterable[Condition]) -> Iterator[str]:
    for condition in conditions:
        if isinstance(condition, AnyOf):
            yield from _options(condition.of)
        elif isinstance(condition, OneOf):
            yield from condition.options
