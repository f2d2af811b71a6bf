"""Cases of one support: rules of one name whose figures exclude each other.

（一）年销售额1亿元至5亿元的，…；（二）年销售额5亿元以上的，… are two items, but one company is in one of them. Each
names the other in `excludes`: a question with a figure is then answered by the case the figure is in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from assistant.rules.schema import Compare, Rule
from index.quantities import parse_quantities

_NUMBERED = re.compile(r"之(?:[二三四五六七八九十]|\d+)$")
_INCLUDED = re.compile(r"[（(](?:包?含|包括)")
_LIMITED = re.compile("及?以[上下内]")


def exclude_cases(rules: Sequence[Rule], parents: Mapping[str, tuple[str, ...]]) -> list[Rule]:
    """The rules, those that are cases of one support naming each other.

    Args:
        rules: All rules of a policy.
        parents: The item above the article of each rule, by rule id.
    """
    found = {rule.id: rule for rule in _of_one_measure(rules)}
    for one, other in combinations([rule.id for rule in rules if rule.gives_money], 2):
        if parents[one] == parents[other] and _one_support(found[one], found[other]):
            for fact in _shared(found[one], found[other]):
                first, second = _apart(found[one], found[other], fact)
                if not _overlap(_ends(first, fact), _ends(second, fact)) or _steps(first, second, fact):
                    found[one] = _excluding(first, other)
                    found[other] = _excluding(second, one)
                    break
    return list(found.values())


def _of_one_measure(rules: Sequence[Rule]) -> list[Rule]:
    """新建面积500亩以上 beside 基地面积100亩至500亩 in one article: steps of one measure that share a limit, under one fact and name."""
    result = list(rules)
    for number, (one, other) in enumerate(pairwise(rules)):
        limits = _meeting(result[number], other) if one.article == other.article and _paid_alike(one, other) else None
        if limits:
            upper, lower = limits
            result[number + 1] = _renamed(other, lower, upper, result[number].label)
    return result


def _paid_alike(one: Rule, other: Rule) -> bool:
    return one.kind is other.kind and bool(one.amount and other.amount and one.amount.unit == other.amount.unit and "/" in one.amount.unit)


def _meeting(one: Rule, other: Rule) -> tuple[Compare, Compare] | None:
    """The upper limit of one and the lower limit of the other, where they are the same figure of measures named alike."""
    for upper in (part for part in _compared(one) if part.op in ("<", "<=")):
        for lower in (part for part in _compared(other) if part.op in (">", ">=")):
            alike = upper.label.endswith(lower.label[-2:]) or lower.label.endswith(upper.label[-2:])
            if upper.unit == lower.unit and upper.value == lower.value and alike:
                return upper, lower
    return None


def _renamed(rule: Rule, old: Compare, new: Compare, label: str) -> Rule:
    """The rule with a measure under another fact, and with another name."""
    names = tuple(dict.fromkeys((*old.aliases, old.label))) if old.label != new.label else old.aliases
    names_of = {"fact": new.fact, "label": new.label, "aliases": names}
    conditions = tuple(
        part.model_copy(update=names_of) if isinstance(part, Compare) and part.fact == old.fact else part for part in rule.conditions
    )
    per = tuple(measure.model_copy(update=names_of) if measure.fact == old.fact else measure for measure in rule.per)
    return rule.model_copy(update={"conditions": conditions, "per": per, "label": f"{_NUMBERED.sub('', label)}之二"})


def _one_support(one: Rule, other: Rule) -> bool:
    """Whether both pay in the same way, under one name."""
    names = {_NUMBERED.sub("", rule.label) for rule in (one, other)}
    units = {rule.amount.unit if rule.amount else "" for rule in (one, other)}
    return len(names) == len(units) == 1 and one.kind is other.kind and not {one.id, other.id} & {*one.adds_with, *other.adds_with}


def _compared(rule: Rule) -> list[Compare]:
    return [part for part in rule.conditions if isinstance(part, Compare)]


def _shared(one: Rule, other: Rule) -> list[str]:
    """Measures that a condition of each holds against a figure in the same unit."""
    known = {(part.fact, part.unit) for part in _compared(other)}
    return list(dict.fromkeys(part.fact for part in _compared(one) if (part.fact, part.unit) in known))


def _ends(rule: Rule, fact: str) -> tuple[Compare | None, Compare | None]:
    """The least and the most of a measure under which the rule pays."""
    own = [part for part in _compared(rule) if part.fact == fact]
    lower = max((part for part in own if part.op in (">", ">=")), key=lambda part: part.value, default=None)
    upper = min((part for part in own if part.op in ("<", "<=")), key=lambda part: part.value, default=None)
    return lower, upper


def _overlap(one: tuple[Compare | None, Compare | None], other: tuple[Compare | None, Compare | None]) -> bool:
    return not (_below(one[1], other[0]) or _below(other[1], one[0]))


def _steps(one: Rule, other: Rule, fact: str) -> bool:
    """Whether they are steps of one ladder: 超过1000万元的，奖励300万元 and 超过2000万元的，奖励600万元 in items of their own."""
    (lower, upper), (second, last) = _ends(one, fact), _ends(other, fact)
    rest = [[part for part in rule.conditions if not (isinstance(part, Compare) and part.fact == fact)] for rule in (one, other)]
    if upper or last or not lower or not second or rest[0] != rest[1] or not one.amount or not other.amount:
        return False
    return (lower.value - second.value) * (one.amount.value - other.amount.value) > 0


def _below(upper: Compare | None, lower: Compare | None) -> bool:
    """Whether what ends there ends before the other begins."""
    if upper is None or lower is None:
        return False
    return upper.value <= lower.value  # a single figure both include is judged by what each then gives


def _apart(one: Rule, other: Rule, fact: str) -> tuple[Rule, Rule]:
    """Both rules, a figure at which one ends and the other begins given to one of them: to the end that says 含, else to the beginning."""
    for low, high in ((one, other), (other, one)):
        upper, lower = _ends(low, fact)[1], _ends(high, fact)[0]
        if upper and lower and upper.value == lower.value and upper.op == "<=" and lower.op == ">=":
            first, second = low, high
            if not _says(low.quote, upper.value):
                first = _with(low, upper, "<")
            elif not _says(high.quote, lower.value):
                second = _with(high, lower, ">")
            return (first, second) if low is one else (second, first)
    return one, other


def _says(quote: str, value: Decimal) -> bool:
    """Whether the words say of this figure that it is included: 500万元（含500万元）, 500万元以上."""
    ends = [quantity for quantity in parse_quantities(quote) if quantity.value == value]
    return any(_INCLUDED.match(quote, end.end) or _LIMITED.match(quote, end.end) for end in ends)


def _with(rule: Rule, condition: Compare, op: str) -> Rule:
    changed = condition.model_copy(update={"op": op})
    return rule.model_copy(update={"conditions": tuple(changed if part == condition else part for part in rule.conditions)})


def _excluding(rule: Rule, other: str) -> Rule:
    return rule.model_copy(update={"excludes": tuple(sorted({*rule.excludes, other}))})
