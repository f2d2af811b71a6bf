"""All figures of a rule, for comparing with what a user says or cites.

>>> figures_of(rules.get("import-1210"))       # doctest: +SKIP
[(Decimal('0.02'), 'ratio'), (Decimal('1000000'), 'CNY')]
"""

from __future__ import annotations

from decimal import Decimal

from assistant.rules.schema import Compare, Figure, Rule


def figures_of(rule: Rule) -> list[tuple[Decimal, str]]:
    """Value and unit of every figure of a rule."""
    figures: list[Figure] = [figure for figure in (rule.rate, rule.amount) if figure]
    figures += [figure for tier in rule.tiers for figure in (tier.amount, tier.rate) if figure]
    figures += [portion.amount for portion in rule.portions]
    figures += [step.amount for step in rule.schedule] + [named.figure for named in rule.figures]
    if rule.target and rule.target.figure:
        figures.append(rule.target.figure)
    pairs = [(figure.value, figure.unit) for figure in figures]
    pairs += [(cap.value, cap.unit) for cap in rule.every_cap]
    for measure in rule.per:
        pairs += [(value, measure.unit) for value in (measure.step, measure.above, measure.most) if value is not None]
    if rule.tax:
        pairs += [(figure.value, figure.unit) for figure in (rule.tax.single_limit, rule.tax.annual_limit, rule.tax.duty, rule.tax.share)]
    return pairs + [(part.value, part.unit) for part in rule.single_conditions if isinstance(part, Compare)]
