"""Follow-ups that change a figure given before: 翻倍呢, 少了10家, 再过半年, 单位是美元.

apply_change(question, earlier) -> the question without its own operand, the earlier figures with the changed one
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from assistant.rules.wording import format_quantity
from assistant.understanding.patterns import Patterns
from assistant.understanding.question import Mention, Question

WORDS = Patterns(Path(__file__).with_name("changes.yaml"))
_MONEY = frozenset({"", "CNY", "USD", "EUR", "HKD"})
_TIME = frozenset({"year", "month", "day"})
_MONTHS = {"year": Decimal(12), "month": Decimal(1)}

Change: TypeAlias = tuple[Question, tuple[Mention, ...]]


def apply_change(question: Question, earlier: Sequence[Mention], alike: Callable[[str, str], float]) -> Change | None:
    """The question and the earlier figures as it changes them; None where it changes none.

    Args:
        question: The follow-up.
        earlier: Figures of the turns before.
        alike: How much two phrases are alike; chooses among several figures.
    """
    if not earlier:
        return None
    text = question.text.lower()
    if unit := _new_unit(text, question):
        target = _last(earlier, lambda mention: mention.quantity.unit in _MONEY and mention.quantity.unit != unit)
        return _changed(question, earlier, target, target.quantity.value, unit, ()) if target else None
    if factor := _factor(text, question):
        candidates = [mention for mention in earlier if mention.quantity.unit not in _TIME] or list(earlier)
        best = max(candidates, key=lambda mention: (alike(text, mention.phrase), mention.quantity.unit in _MONEY, mention.order))
        own = tuple(mention for mention in question.mentions if mention.quantity.unit == "times")
        return _changed(question, earlier, best, best.quantity.value * factor, best.quantity.unit, own, f"× {factor.normalize():f}")
    return _shifted(text, question, earlier)


def _new_unit(text: str, question: Question) -> str:
    """The currency that the figure before is said to be in: 单位是美元."""
    if question.mentions:
        return ""
    return next((name.upper() for name in ("usd", "cny") if WORDS[name].search(text)), "")


def _factor(text: str, question: Question) -> Decimal | None:
    if WORDS["half"].search(text):
        return Decimal("0.5")
    if WORDS["double"].search(text):
        return Decimal(2)
    times = [mention.quantity.value for mention in question.mentions if mention.quantity.unit == "times"]
    return times[0] if len(times) == 1 else None


def _shifted(text: str, question: Question, earlier: Sequence[Mention]) -> Change | None:
    """So much more or less than before: 多500万, 少了10家, 再过半年."""
    later, more, less = (bool(WORDS[name].search(text)) for name in ("later", "more", "less"))
    own = [mention for mention in question.mentions if (mention.quantity.unit in _TIME) == later]
    if later and not own and WORDS["half_year"].search(text):
        value, unit = Decimal(6), "month"
    elif len(own) == 1 and len(question.mentions) == 1 and (later or more != less):
        value, unit = own[0].quantity.value, own[0].quantity.unit
    else:
        return None
    kind = _TIME if later else _MONEY if unit in _MONEY else frozenset({unit})
    target = _last(earlier, lambda mention: mention.quantity.unit in kind)
    if target is None:
        return None
    before, known = target.quantity.value, target.quantity.unit
    if later:
        if unit not in _MONTHS or known not in _MONTHS:
            return None
        before, value, known = before * _MONTHS[known], value * _MONTHS[unit], "month"
    elif unit not in ("", known) and known:
        return None
    whole = before - value if less else before + value
    if whole <= 0:
        return None
    sign = "−" if less else "+"
    target_now = replace(target, quantity=replace(target.quantity, value=before, unit=known))
    changed = tuple(target_now if mention is target else mention for mention in earlier)
    return _changed(question, changed, target_now, whole, known, question.mentions, f"{sign} ", value)


def _changed(
    question: Question,
    earlier: Sequence[Mention],
    target: Mention,
    value: Decimal,
    unit: str,
    operands: Sequence[Mention],
    operation: str = "",
    operand: Decimal | None = None,
) -> Change:
    order = max((mention.order for mention in earlier), default=0)
    new = replace(target, quantity=replace(target.quantity, value=value, unit=unit), order=order, times=0)
    steps = question.steps
    if operation:
        old, now = (
            [format_quantity(each, target.quantity.unit or "CNY", lang) for each in (target.quantity.value, value)] for lang in ("zh", "en")
        )
        by = ["" if operand is None else format_quantity(operand, unit or "CNY", lang) for lang in ("zh", "en")]
        steps = (*steps, (f"{old[0]} {operation}{by[0]} = {old[1]}", f"{now[0]} {operation}{by[1]} = {now[1]}"))
    left = tuple(mention for mention in question.mentions if mention not in operands)
    return question.with_(mentions=left, steps=steps), tuple(new if mention is target else mention for mention in earlier)


def _last(mentions: Sequence[Mention], fits: Callable[[Mention], bool]) -> Mention | None:
    return next((mention for mention in reversed(mentions) if fits(mention)), None)


def is_remark(text: str) -> bool:
    """Whether the text is more than a bare word of going on (那呢, 好的): then something in it was said."""
    return len(re.findall(r"[\u4e00-\u9fff]|[a-z]+", text.lower())) >= 3
