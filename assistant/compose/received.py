"""Support that has been paid already (已经拿了30万): never a cost, but part of what a yearly ceiling allows."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.binding import is_received
from assistant.compose.draft import Context, Draft
from assistant.compose.words import WORDS
from assistant.knowledge import RuleEntry
from assistant.models import Calculation, Eligible
from assistant.rules.caps import is_yearly
from assistant.rules.schema import Period
from assistant.rules.wording import format_quantity
from assistant.understanding.question import Mention


def received_line(context: Context, draft: Draft, results: Sequence[Calculation]) -> str:
    """What the sum already received means for the rule at hand; "" where none is named or several rules are told."""
    paid = [mention for mention in context.question.mentions if mention.quantity.unit in ("", "CNY") and is_received(mention)]
    given = [entry for entry, result in zip(draft.rules, results, strict=True) if result.eligible is not Eligible.NO]
    if not paid or not given or not all(entry.rule.gives_money and not entry.rule.schedule for entry in given):
        return ""
    mention = paid[-1]
    shown = format_quantity(mention.quantity.value, "CNY", context.language)
    if len(given) == 1 and not WORDS["earlier_year"].search(mention.lead):
        if line := _left_of_year(context, draft, given[0], mention, shown):
            return line
        if given[0].rule.period is Period.ONCE:
            return context.say(
                f"已拿的{shown}没有计入；这是一次性支持，文件没有写明拿过后可以再拿。",
                f"The {shown} received is not counted; the support is one-off, and the document does not say that it is paid again.",
            )
    return context.say(f"已拿的{shown}没有计入以上金额。", f"The {shown} received is not counted in this.")


def _left_of_year(context: Context, draft: Draft, entry: RuleEntry, mention: Mention, shown: str) -> str:
    """What the ceiling of one year leaves."""
    cap = next((cap.value for cap in entry.rule.caps if is_yearly(cap, entry.rule) and cap.unit == "CNY"), None)
    if cap is None or mention.quantity.value > cap:
        return ""
    most, left = (format_quantity(value, "CNY", context.language) for value in (cap, cap - mention.quantity.value))
    draft.work(f"{most} − {shown} = {left}")
    return context.say(
        f"每年上限是{most}：如果已拿的{shown}也是这项支持、同一年度的，最多还能拿**{left}**。",
        f"The ceiling is {most} a year: if the {shown} received was of this support and the same year, at most **{left}** is left.",
    )
