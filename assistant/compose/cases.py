"""Several figures for one rule that are no sum: one for each year, or the same for each of several companies."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.binding import Bindings
from assistant.compose.calculating import money, valid_day
from assistant.compose.draft import Context, Draft
from assistant.knowledge import RuleEntry
from assistant.models import Calculation, Eligible
from assistant.rules.calculator import calculate
from assistant.rules.wording import format_quantity
from assistant.understanding.question import Ask
from index.models import Bound

_YEAR = re.compile(r"^第(\d+)年$")
"""The label of a case that is one year of several."""


def each_case(context: Context, draft: Draft, entry: RuleEntry, bindings: Bindings) -> str:
    """What each figure gives on its own (2023年3800万元：76万元；2024年…), and together where a total is asked."""
    cases = bindings.cases.get(entry.key, [])
    if len(cases) < 2:
        return ""
    told, results = [], []
    for label, fact in cases:
        own = calculate(entry.rules, entry.rule, {**bindings.facts(entry), fact.name: fact}, valid_day(entry, context.on))
        if not isinstance(fact.value, Decimal) or (own.amount is None and own.eligible is not Eligible.NO):
            return ""
        shown = format_quantity(fact.value, fact.unit, context.language)
        draft.work(context.say("计算：", "Steps: ") + ("；" if context.zh else "; ").join(own.steps if context.zh else own.steps_en))
        draft.calculations.append(own)
        results.append(own)
        got = f"**{money(context, own)}**" if own.amount is not None else context.say("不符合条件", "not eligible")
        label = label if context.zh else _YEAR.sub(r"year \1:", label)
        told.append(f"{label}{shown}：{got}" if context.zh else f"{label} {shown}: {got}".strip())
    words = context.say("；", "; ").join(told)
    return words + _together(context, draft, results) if Ask.TOTAL in context.question.asks else words


def each_recipient(context: Context, draft: Draft, entry: RuleEntry, result: Calculation, bindings: Bindings) -> str:
    """What each company gets, and all of them together."""
    count = bindings.recipients.get(entry.key, 0)
    if count < 2 or result.amount is None:
        return ""
    one = context.say(f"每家**{money(context, result)}**", f"each **{money(context, result)}**")
    if Ask.TOTAL not in context.question.asks:
        return one
    whole = format_quantity(result.amount * count, result.currency, context.language)
    single = format_quantity(result.amount, result.currency, context.language)
    draft.work(f"{single} × {count}{context.say('家', '')} = {whole}")
    return one + context.say(f"，{count}家分别申领合计**{whole}**", f", **{whole}** for {count} that apply separately")


def _together(context: Context, draft: Draft, results: list[Calculation]) -> str:
    amounts = [result.amount for result in results if result.amount is not None]
    if len(amounts) < 2:
        return ""
    currency = results[0].currency
    whole = format_quantity(sum(amounts, Decimal(0)), currency, context.language)
    draft.work(" + ".join(format_quantity(amount, currency, context.language) for amount in amounts) + f" = {whole}")
    most = any(result.bound is not Bound.EXACT for result in results)
    return context.say(f"；合计{'最高' if most else ''}**{whole}**", f"; together {'at most ' if most else ''}**{whole}**")
