"""Figures put into another form before they are bound to a measure, and the steps that show how."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from assistant.understanding.question import Mention
from index.models import Quantity

Step: TypeAlias = tuple[str, str]
"""How a figure was restated, in Chinese and English."""

Restated: TypeAlias = tuple[list[Mention], list[Step]]
"""The figures as they count, and the steps of each conversion."""

Restating: TypeAlias = Callable[[Mention], tuple[Quantity, Step | None] | None]
"""The other form of a figure with the step worth showing; None where it keeps its own."""


def restate(mentions: Iterable[Mention], other_form: Restating) -> Restated:
    """All figures, those that have another form in that form, with the steps."""
    result: list[Mention] = []
    steps: list[Step] = []
    for mention in mentions:
        if other := other_form(mention):
            quantity, step = other
            mention = replace(mention, quantity=quantity)
            if step:
                steps.append(step)
        result.append(mention)
    return result, steps
