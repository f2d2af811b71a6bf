"""How much is needed to get a sum."""

from __future__ import annotations

from decimal import Decimal

from assistant.compose.draft import Context, Draft, rule_name, source
from assistant.compose.words import WORDS
from assistant.knowledge import RuleEntry
from assistant.models import Calculation
from assistant.rules.calculator import ceiling, currency_of
from assistant.rules.conditions import format_condition
from assistant.rules.inverse import inverse
from assistant.rules.wording import format_quantity
from assistant.understanding.question import Ask, Mention, Question
from index.models import Bound


def goal_mention(question: Question) -> Mention | None:
    """The sum that is wished for, where a question asks what it takes: it is no figure of the company."""
    if Ask.INVERSE not in question.asks or Ask.TOTAL in question.asks or not question.new_figures:
        return None
    money = [mention for mention in question.mentions if mention.quantity.unit in ("CNY", "")]
    return next((mention for mention in money if WORDS["goal"].search(mention.before)), money[0] if len(money) == 1 else None)


def goal_line(context: Context, draft: Draft, wanted: Mention | None) -> str:
    """What must be reached to get the sum named, or the most there is; "" where the rule does not say."""
    entry = draft.rules[0]
    rule = entry.rule
    most = ceiling(rule)
    goal = wanted.quantity.value if wanted else most
    if goal is None or not rule.gives_money:
        return ""
    money, beyond = currency_of(rule), ""
    if most is not None and goal > most:
        asked, limit = (format_quantity(value, money, context.language) for value in (goal, most))
        beyond = context.say(f"拿不到{asked}，最高只有{limit}。", f"{asked} is not to be had: the most it gives is {limit}. ")
        goal = most
    solved = inverse(entry.rules, rule, goal)
    target = format_quantity(goal, money, context.language)
    if solved.amount is None:
        return beyond + _conditions_line(context, entry, target) if rule.amount and not rule.per else beyond
    needed = _needed(context, draft, entry, solved)
    return context.say(
        f"{beyond}{rule_name(context, entry)}：要达到{target}，{needed}{source(context, entry)}。",
        f"{beyond}{rule_name(context, entry)}: to reach {target}, {needed}{source(context, entry)}.",
    )


def _needed(context: Context, draft: Draft, entry: RuleEntry, solved: Calculation) -> str:
    """The figure needed, and what else the rule asks for where it is no plain rate."""
    rule = entry.rule
    shown = format_quantity(solved.amount or Decimal(0), solved.currency, context.language)
    measure = rule.basis if rule.rate else rule.per[0] if rule.per else None
    label = context.label(measure) if measure else (solved.outcome if context.zh else "the measure")
    draft.work((solved.steps if context.zh else solved.steps_en)[0])
    least = ("超过", "more than") if solved.bound is Bound.MORE_THAN else ("至少需要", "at least")
    needed = context.say(f"{label}{least[0]} **{shown}**", f"{label} must be {least[1]} **{shown}**")
    if rule.rate or not rule.conditions:
        return needed
    return needed + context.say("，并须满足：", "; also required: ") + _listed(context, entry)


def _conditions_line(context: Context, entry: RuleEntry, target: str) -> str:
    if not entry.rule.conditions:
        return ""
    if entry.rule.amount and entry.rule.amount.bound is Bound.AT_MOST:
        target = context.say(f"最高{target}", f"at most {target}")
    return context.say(
        f"{rule_name(context, entry)}：要得到{target}，须满足：{_listed(context, entry)}{source(context, entry)}。",
        f"{rule_name(context, entry)}: for {target} it requires: {_listed(context, entry)}{source(context, entry)}.",
    )


def _listed(context: Context, entry: RuleEntry) -> str:
    return ("；" if context.zh else "; ").join(format_condition(condition, context.language) for condition in entry.rule.conditions)
