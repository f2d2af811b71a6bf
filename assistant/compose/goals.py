"""How much is needed to get a sum."""

from __future__ import annotations

from assistant.compose.draft import Context, Draft, rule_name, source
from assistant.rules.calculator import ceiling
from assistant.rules.inverse import inverse
from assistant.rules.wording import format_quantity


def goal_line(context: Context, draft: Draft) -> str:
    """How much the basis must be to get the sum named, or the most there is; "" where the rule has no rate."""
    entry = draft.rules[0]
    rule = entry.rule
    if not rule.basis or not rule.rate:
        return ""
    stated = context.question.mentions if context.question.new_figures else ()
    wanted = next((mention.quantity.value for mention in stated if mention.quantity.unit in ("CNY", "")), None)
    most = ceiling(rule)
    goal = wanted if wanted is not None else most
    if goal is None:
        return ""
    beyond = ""
    if most is not None and goal > most:
        asked, limit = (format_quantity(value, "CNY", context.language) for value in (goal, most))
        beyond = context.say(f"拿不到{asked}，最高只有{limit}。", f"{asked} is not to be had: the most it gives is {limit}. ")
        goal = most
    solved = inverse(entry.rules, rule, goal)
    if solved.amount is None:
        return beyond
    needed = solved.amount
    shown, target = format_quantity(needed, rule.basis.unit, context.language), format_quantity(goal, "CNY", context.language)
    rate = format_quantity(rule.rate.value, "ratio", context.language)
    draft.work(f"{target} ÷ {rate} = {shown}")
    label = context.label(rule.basis)
    return context.say(
        f"{beyond}{rule_name(context, entry)}：要达到{target}，{label}至少需要 **{shown}**{source(context, entry)}。",
        f"{beyond}{rule_name(context, entry)}: to reach {target}, {label} must be at least **{shown}**{source(context, entry)}.",
    )
