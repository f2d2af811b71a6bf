"""What a rule gives in which year of support, and for how long."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.binding import Bindings
from assistant.compose.calculating import money, valid_day
from assistant.compose.draft import Context, Draft
from assistant.compose.words import WORDS
from assistant.knowledge import RuleEntry
from assistant.rules.calculator import calculate
from assistant.rules.facts import SUPPORT_YEAR, Fact
from assistant.rules.schema import Rule
from assistant.rules.wording import format_quantity
from assistant.understanding.question import Ask
from index.models import Bound


def asks_for_whole(context: Context) -> bool:
    """Whether the sum over years is asked for: 一共多少, 三年最多."""
    question = context.question
    over_years = any(mention.quantity.unit == "year" and mention.quantity.value >= 2 for mention in question.mentions)
    over_years = over_years and Ask.AMOUNT in question.asks and not WORDS["written_limit"].search(question.text)
    return over_years or (Ask.TOTAL in question.asks and not WORDS["written_limit"].search(question.text))


def each_year(context: Context, draft: Draft, entry: RuleEntry, bindings: Bindings) -> str:
    """The sum for each year of support, where several are asked about: 第一年和第二年各能补多少."""
    years = context.question.support_years
    if not entry.rule.schedule or len(years) < 2:
        return ""
    told, amounts = [], []
    for year in years:
        facts = {**bindings.facts(entry), SUPPORT_YEAR: Fact(SUPPORT_YEAR, Decimal(year), "")}
        own = calculate(entry.rules, entry.rule, facts, valid_day(entry, context.on))
        if own.amount is None:
            return ""
        draft.calculations.append(own)
        draft.worked += [*own.steps, *own.steps_en, f"{year}年"]
        amounts.append(own.amount)
        told.append(context.say(f"第{year}年**{money(context, own)}**", f"year {year}: **{money(context, own)}**"))
    words = context.say("；", "; ").join(told)
    if not asks_for_whole(context):
        return words
    shown = [format_quantity(amount, own.currency, context.language) for amount in (*amounts, sum(amounts, Decimal(0)))]
    draft.work(" + ".join(shown[:-1]) + f" = {shown[-1]}")
    return words + context.say(f"；{len(years)}年合计最高**{shown[-1]}**", f"; **{shown[-1]}** at most for the {len(years)} years")


def years_of_schedule(context: Context, draft: Draft, rule: Rule) -> tuple[str, str]:
    """What the schedule gives in the years asked about, and which of them it does not reach."""
    wanted = context.question.support_years
    steps = [(year, step) for year in wanted for step in rule.schedule if year in step.years]
    beyond = [year for year in wanted if not any(year in step.years for step in rule.schedule)]
    words = []
    for year, step in steps:
        most = context.say("最高", "at most ") if step.amount.bound is Bound.AT_MOST else ""
        words.append(
            context.say(f"第{year}年{most}", f"year {year}: {most}")
            + format_quantity(step.amount.value, step.amount.unit, context.language)
        )
    missing = ""
    if beyond:
        last = max(year for step in rule.schedule for year in step.years)
        draft.worked += [f"{last}年", *(f"{year}年" for year in wanted)]
        names = "、".join(f"第{year}年" for year in beyond) if context.zh else ", ".join(f"year {year}" for year in beyond)
        missing = context.say(
            f"{names}文件没有规定支持，只写到第{last}年。", f"The document provides nothing for {names}; it stops at year {last}. "
        )
    return ("；" if context.zh else "; ").join(words), missing


def _stated_term(entry: RuleEntry) -> str:
    """The words of the rule's sentence, up to its end, that say how long it is given: 连续三年内, 分两年发放; "" if none do."""
    text, quote = entry.article.text, entry.rule.quote
    at = text.find(quote)
    behind = re.split("[。；;\n]", text[at + len(quote) :])[0] if at >= 0 and not re.search("[。；;]$", quote) else ""
    pieces = (piece.strip() for piece in re.split("[，。；：,;:\n]", quote + behind))
    return next((piece for piece in pieces if WORDS["given_for"].search(piece)), "")


def duration(context: Context, entry: RuleEntry) -> str:
    """For how many years support is given, as far as the document says."""
    rule = entry.rule
    if rule.schedule:
        years = sorted({year for step in rule.schedule for year in step.years})
        return context.say(f"只写了第{years[0]}年到第{years[-1]}年。", f"Only years {years[0]} to {years[-1]} are stated. ")
    if stated := _stated_term(entry):
        return context.say(f"文件写明：“{stated}”。", f"The document says: “{stated}”. ")
    words = {
        "once": ("一次性。", "Paid once. "),
        "year": ("按年度计算，没有写明可连续享受几年。", "Per year; the number of years is not stated. "),
        "first_year": ("只限首年（第一年）。", "First year only. "),
    }
    chinese, english = words.get(rule.period.value, ("文件没有写明年限。", "The period is not stated. "))
    return context.say(chinese, english)
