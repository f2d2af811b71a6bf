"""Plain questions about a rule that yes, no or one of two answers: 有上限吗, 按进出口额算吗, 必须自建吗, 一次性还是每年.

plain_answer(context, [park])   # 不对，是按园区年度线上交易总额计算的。  "" when the rule does not settle it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.binding import likeness, slots
from assistant.compose.draft import Context
from assistant.compose.objections import names_condition
from assistant.compose.verifying import joined_conditions
from assistant.compose.words import WORDS
from assistant.knowledge import RuleEntry, plain
from assistant.rules.calculator import currency_of
from assistant.rules.conditions import format_condition
from assistant.rules.figures import figures_of
from assistant.rules.schema import Period, Rule
from index.models import Bound
from index.quantities import parse_quantities

_CURRENCIES = {"人民币": "CNY", "美元": "USD", "rmb": "CNY", "usd": "USD"}


def plain_answer(context: Context, entries: Sequence[RuleEntry]) -> str:
    """The answer in one sentence where all the rules give the same; "" where none is asked for or they do not agree."""
    for answer in _ANSWERS:
        said = {sentence for entry in entries if (sentence := answer(context, entry))}
        if len(said) == 1:
            return said.pop()
        if said and answer is _basis and all(sentence.startswith(("不对", "No")) for sentence in said):
            return context.say("不对。", "No.")
    return ""


def _joined(context: Context, entry: RuleEntry) -> str:
    return "" if _measured(context) else joined_conditions(context, [entry.rule])


def _measured(context: Context) -> bool:
    """Whether the question has figures beside those that only count (两个条件)."""
    return any(mention.quantity.unit not in ("item", "time") for mention in context.question.mentions)


def _cap(context: Context, entry: RuleEntry) -> str:
    rule = entry.rule
    if not WORDS["cap_asked"].search(context.question.text) or not rule.gives_money:
        return ""
    figures = [rule.amount, *(tier.amount for tier in rule.tiers), *(step.amount for step in rule.schedule)]
    if rule.every_cap or any(figure.bound is Bound.AT_MOST for figure in figures if figure):
        return context.say("有上限。", "Yes, there is a ceiling.")
    if any(figures):
        return context.say("是固定金额，没有另写上限。", "It is a fixed amount; no other ceiling is stated.")
    return context.say("文件没有写明上限。", "The document states no ceiling.")


def _review(context: Context, entry: RuleEntry) -> str:
    if not WORDS["review_asked"].search(context.question.text):
        return ""
    for clause in entry.rules.file.approval:
        if WORDS["review_written"].search(clause.quote):
            return context.say(f"需要，文件写明：“{clause.quote.rstrip('。')}”。", f"Yes; the document says: “{clause.quote}”")
    return ""


def _basis(context: Context, entry: RuleEntry) -> str:
    asked, basis = WORDS["basis_asked"].search(context.question.text), entry.rule.basis
    if not asked or not basis or parse_quantities(asked.group()):
        return ""
    names = next(slot.names for slot in slots(entry.rule) if slot.fact == basis.fact)
    label = context.label(basis)
    if likeness(plain(asked["basis"]), names) >= 0.6:
        return context.say(f"是的，是按{label}计算的。", f"Yes, it is computed on the {label}.")
    return context.say(f"不对，是按{label}计算的。", f"No, it is computed on the {label}.")


def _must(context: Context, entry: RuleEntry) -> str:
    asked = WORDS["must_asked"].search(context.question.text)
    if not asked or _measured(context) or not entry.rule.gives_money:
        return ""
    for condition in entry.rule.conditions:
        if names_condition(entry.rule, condition, asked["must"]):
            stated = format_condition(condition, context.language)
            return context.say(f"是的，条文要求：{stated}。", f"Yes, the text requires {stated}.")
    return context.say(f"条文没有写明必须{asked['must']}。", "The text does not require that.")


def _one_of_two(context: Context, entry: RuleEntry) -> str:
    """The one of two that the rule bears out: its figure, period, currency, who is paid, or its words."""
    asked = WORDS["either_or"].search(context.question.text)
    if not asked or not entry.rule.gives_money:
        return ""
    options = [re.split("[是给按为分]", asked["one"])[-1], re.sub("^(?:只|是|给|按|为|分|照)+", "", asked["two"])]
    for holds in (_of_figures, _of_period, _of_currency, _of_beneficiary, _of_words):
        right = [option for option in options if holds(entry.rule, plain(option))]
        if len(right) == 1:
            if holds is _of_beneficiary:
                paid = context.say(entry.rule.beneficiary, entry.rule.beneficiary_en or entry.rule.beneficiary)
                return context.say(f"给的是{paid}。", f"It is for {paid}.")
            return context.say(f"是{right[0]}。", f"It is {right[0]}.")
    return ""


def _of_figures(rule: Rule, option: str) -> bool:
    stated = set(figures_of(rule))
    said = parse_quantities(option)
    return bool(said) and all((figure.value, figure.unit or "CNY") in stated for figure in said)


def _of_period(rule: Rule, option: str) -> bool:
    if WORDS["once"].search(option):
        return rule.period is Period.ONCE
    if WORDS["first"].search(option):
        return rule.period is Period.FIRST_YEAR
    return "每年" in option and rule.period is Period.YEAR


def _of_currency(rule: Rule, option: str) -> bool:
    return any(word in option and currency_of(rule) == unit for word, unit in _CURRENCIES.items())


def _of_beneficiary(rule: Rule, option: str) -> bool:
    return len(option) > 1 and option in re.sub(r"\([^)]*\)", "", plain(rule.beneficiary))  # 县（市）区


def _of_words(rule: Rule, option: str) -> bool:
    return len(option) > 1 and option in plain(rule.quote)


_ANSWERS: tuple[Callable[[Context, RuleEntry], str], ...] = (_joined, _cap, _review, _basis, _must, _one_of_two)
