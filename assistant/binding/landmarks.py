"""Which of several rules the words beside a figure name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.knowledge import RuleEntry
from assistant.rules.schema import Compare
from assistant.understanding.question import Mention, Question


def landmarks(entries: Sequence[RuleEntry], question: Question) -> list[tuple[int, tuple[str, str]]]:
    """Where the question names something that belongs to one of the rules only, in order."""
    if len(entries) < 2:
        return []
    text = question.text.lower()
    marks = []
    for unit in question.units:
        owners = [entry.key for entry in entries if any(form in entry.name or form in entry.core for form in unit.forms)]
        if len(owners) == 1:
            marks += [(match.start(), owners[0]) for form in unit.forms[:1] for match in re.finditer(re.escape(form), text)]
    return sorted(marks)


def nearest(marks: Sequence[tuple[int, tuple[str, str]]], mention: Mention) -> tuple[str, str] | None:
    """Key of the rule whose mark stands behind the figure within its words, else of the last one before it."""
    end = mention.quantity.end
    after = [owner for at, owner in marks if end <= at < end + len(mention.after)]
    before = [owner for at, owner in marks if at < mention.quantity.start]
    return after[0] if after else before[-1] if before else None


def _thresholds(entries: Sequence[RuleEntry]) -> set[Decimal]:
    """The figures from which tiers give more."""
    return {tier.when.value for entry in entries for tier in entry.rule.tiers if isinstance(tier.when, Compare)}


def lists_tiers(entries: Sequence[RuleEntry], mentions: Sequence[Mention]) -> bool:
    """Whether one message names two or more of them: then it tells the levels, not what a company has."""
    known = _thresholds(entries)
    return any(len({other.quantity.value for other in mentions if other.order == mention.order} & known) > 1 for mention in mentions)


def named_rule(entries: Sequence[RuleEntry], question: Question, mention: Mention) -> tuple[str, str] | None:
    """Key of the rule whose own name stands nearest to a figure, of several; None where none is named."""
    return nearest(landmarks(entries, question), mention)
