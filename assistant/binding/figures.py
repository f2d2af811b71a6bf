"""Which figures of a question say something of the company, and as what they count; the others are said of the policy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.binding.measures import Slot
from assistant.binding.units import dimension
from assistant.binding.words import WORDS
from assistant.knowledge import RuleEntry
from assistant.understanding.periods import by_the_year, in_whole_months
from assistant.understanding.question import Mention
from assistant.understanding.shortfalls import not_reached, short_of
from index.models import Bound


def is_granted(mention: Mention) -> bool:
    """Whether the figure is what is hoped for, doubted or believed to be paid: 能拿80万, 为什么不是120万."""
    return bool(WORDS["granted"].search(mention.before))


def cites(mention: Mention, entry: RuleEntry) -> bool:
    """Whether a figure whose words name nothing quotes what the rule pays (那50万) rather than stating a fact."""
    rule = entry.rule
    if mention.times:
        return False  # a monthly rent that comes to the ceiling over the year
    paid = {cap.value for cap in rule.caps} | {figure.value for figure in (rule.amount, *(tier.amount for tier in rule.tiers)) if figure}
    return mention.quantity.value in paid and mention.quantity.unit in ("", "CNY") and not WORDS["measured"].search(mention.before)


def stated_bound(mention: Mention) -> Bound:
    """Whether the figure is what the company has, or only a limit of it: 达到1亿元 is so much, 1亿元以上 may be more."""
    figure = mention.quantity
    if figure.range_id is not None or (figure.bound is Bound.AT_LEAST and WORDS["reached"].search(mention.before)):
        return Bound.EXACT
    return figure.bound


def misses(mention: Mention, slot: Slot) -> bool:
    """Whether the figure falls short where much is asked for: 不到1000平也能拿，对吧 is a case, no threshold of the rule."""
    return slot.least and mention.quantity.bound is Bound.LESS_THAN


def yearly(mentions: Sequence[Mention], all_slots: Sequence[tuple[RuleEntry, Slot]]) -> tuple[list[Mention], list[tuple[str, str]]]:
    """Amounts by the month as yearly ones, days as months, unless a rule asks for the monthly figure or for days itself."""
    units = {slot.unit for _, slot in all_slots}
    mentions, steps = short_of(mentions)
    mentions, more = not_reached(mentions)
    steps += more
    if "day" not in units and units & {"year", "month"}:
        mentions, more = in_whole_months(mentions)
        steps += more
    if any(unit.endswith(("/month", "/quarter")) for unit in units):
        return list(mentions), steps
    by_year, more = by_the_year(mentions)
    return by_year, [*steps, *more]


def effective(mentions: Sequence[Mention]) -> list[Mention]:
    """Figures as they count: of "25家，其中7家没业绩" 18 do."""
    result: list[Mention] = []
    for mention in mentions:
        whole = next((other for other in reversed(result) if other.quantity.unit == mention.quantity.unit), None)
        if whole and "其中" in mention.before and WORDS["lacking"].search(mention.phrase) and whole.quantity.value > mention.quantity.value:
            quantity = replace(mention.quantity, value=whole.quantity.value - mention.quantity.value)
            phrase = WORDS["lacking"].sub("", mention.phrase.replace("还", ""))
            result.append(replace(mention, quantity=quantity, phrase=f"{phrase}有", before="其中"))
        else:
            result.append(mention)
    return result


def adds_up(text: str, first: Mention, second: Mention) -> bool:
    """Whether two figures of one message for one measure are parts of a sum: 展位费5万元、人员费3万元."""
    if first.order != second.order or first.quantity.start >= second.quantity.start or dimension(first.quantity.unit or "CNY") != "money":
        return False
    between = text[first.quantity.end : second.quantity.start]
    joined = bool(WORDS["joined"].search(between)) or (len(between) <= 6 and not re.search(r"[，,。；;]|(?:改|变|换|不)", between))
    return len(between) <= 30 and joined and first.quantity.unit == second.quantity.unit
