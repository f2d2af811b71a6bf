"""Lists of one length that belong together: 面积超过A、B的，均按50%给予补助，分别不超过X、Y; 规模A—B、B以上的，增长分别达到C、D的.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> draft = read_drafts(read_sentences("对面积超过100平方米、200平方米的，按建设费的50%给予补助，分别不超过10万元、20万元。"))[0]
>>> [(when.quantities[0].text, given.quantities[0].text) for when, given in listed(draft).tiers]
[('100平方米', '50%'), ('200平方米', '50%')]
"""

from __future__ import annotations

from dataclasses import replace

from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.roles import GRANTED, Series, is_money
from assistant.rules.extraction.steps import names_of
from index.models import Quantity

_FEWEST = 2


def listed(draft: Draft) -> Draft:
    """The draft with its one grant once for each step, where what it asks for or its ceilings are lists of one length."""
    grant = draft.grants[0]
    if len(draft.grants) > 1 or len(grant.quantities) > 1 or grant.role not in GRANTED or draft.tiers or draft.each or draft.excess:
        return draft
    thresholds = [series for series in draft.conditions if len(_steps(series)) >= _FEWEST]
    ceilings = [series for series in draft.caps if len(series.quantities) >= _FEWEST and is_money(series.unit) and not series.is_range]
    if ceilings:
        count = len(ceilings[0].quantities)
        thresholds = [series for series in thresholds if len(_steps(series)) == count]
        if not thresholds:
            repeated = replace(draft, grants=[grant] * count)
            return repeated if names_of(repeated, count) else draft
    elif len(thresholds) < _FEWEST or len({len(_steps(series)) for series in thresholds}) > 1:
        return draft
    first, *further = ([replace(series, quantities=step) for step in _steps(series)] for series in thresholds)
    needs = list(zip(*further, strict=True)) if further else []
    return replace(draft, grants=[grant] * len(first), tiers=[(step, grant) for step in first], needs=needs)


def _steps(series: Series) -> list[tuple[Quantity, ...]]:
    """The figures of each step: one, or the two ends of a range."""
    steps: list[tuple[Quantity, ...]] = []
    for quantity in series.quantities:
        if steps and quantity.range_id is not None and steps[-1][-1].range_id == quantity.range_id:
            steps[-1] = (*steps[-1], quantity)
        else:
            steps.append((quantity,))
    return steps
