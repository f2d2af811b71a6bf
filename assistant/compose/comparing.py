"""Side by side: the best matching rule of each place, version or topic, and what the comparison can say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.binding import bind
from assistant.compose.calculating import calculated, money_figures
from assistant.compose.draft import Context, Draft, place_name, printed, title_of, where
from assistant.knowledge import RuleEntry
from assistant.models import Calculation, Eligible
from assistant.rules.describe import describe
from assistant.rules.wording import format_quantity
from assistant.selecting import RuleMatch
from assistant.understanding.question import Ask
from index.models import Bound, Policy


def answer_compare(context: Context, groups: Sequence[tuple[Policy, Sequence[RuleMatch]]]) -> Draft:
    """A table of what each document gives for the same thing; the conclusion names the higher one.

    Args:
        context: Question and day.
        groups: Each document with its matching rules; none where it gives nothing for the topic.
    """
    draft = Draft()
    rows: list[tuple[RuleEntry, Calculation]] = []
    silent: list[Policy] = []
    for policy, matches in groups:
        if not matches:
            silent.append(policy)
            continue
        entries = [match.entry for match in matches]
        bindings = bind(entries, context.question)
        for entry in entries:
            result = calculated(context, entry, bindings)
            rows.append((entry, result))
            draft.rules.append(entry)
            draft.calculations.append(result)
            draft.cite(entry.rules.citation(entry.rule))
    draft.details.extend(_table(context, rows))
    for entry, result in rows:
        steps = result.steps if context.zh else result.steps_en
        if steps and result.amount is not None and bind([entry], context.question).numbers(entry):
            draft.details.append(f"- {place_name(entry.policy, context.zh)}：" + "；".join(steps))
        draft.details.append(f"> {where(entry.policy, entry.rule.article, context.zh)}：“{entry.rule.quote}”")
    draft.conclusion = _verdict(context, draft, rows, silent)
    return draft


def _table(context: Context, rows: Sequence[tuple[RuleEntry, Calculation]]) -> list[str]:
    head = context.say(
        "| 文件 | 条款 | 支持内容 | 按您的情况 |\n|---|---|---|---|", "| Document | Article | Support | Your case |\n|---|---|---|---|"
    )
    lines = [head]
    for entry, result in rows:
        document = f"{place_name(entry.policy, context.zh)}{title_of(entry.policy)}"
        support = describe(entry.rule, context.language).replace("|", "/")
        lines.append(f"| {document} | {printed(entry.rule.article) or '—'} | {support} | {_result(context, result)} |")
    return ["\n".join(lines)]


def _result(context: Context, result: Calculation) -> str:
    if result.eligible is Eligible.NO:
        return context.say("不符合", "not eligible")
    if result.amount is None:
        return "—"
    amount = format_quantity(result.amount, result.currency, context.language)
    return amount if result.bound is Bound.EXACT else context.say(f"最高{amount}", f"at most {amount}")


def highest(entry: RuleEntry, result: Calculation) -> Decimal | None:
    """The figure by which rules are compared: the amount for the user's case, else the most the rule can give."""
    if result.eligible is Eligible.NO:
        return Decimal(0)
    if result.amount is not None:
        return result.amount
    rule = entry.rule
    candidates = [cap.value for cap in rule.every_cap if cap.unit == "CNY"]
    candidates += [tier.amount.value for tier in rule.tiers if tier.amount and tier.amount.unit == "CNY"] if not candidates else []
    candidates += [step.amount.value for step in rule.schedule if step.amount.unit == "CNY"] if not candidates else []
    if rule.amount and rule.amount.unit == "CNY" and not candidates:
        candidates.append(rule.amount.value)
    return max(candidates, default=None)


def _verdict(context: Context, draft: Draft, rows: Sequence[tuple[RuleEntry, Calculation]], silent: Sequence[Policy]) -> str:
    lines = []
    by_rate = Ask.RATE in context.question.asks and all(entry.rule.rate for entry, _ in rows)
    measure = _rate if by_rate else highest
    ranked = sorted(((measure(entry, result), entry, result) for entry, result in rows), key=lambda row: -(row[0] or Decimal(-1)))
    open_ended = [entry for value, entry, _ in ranked if value is None and entry.rule.gives_money]
    limited = {entry.policy.id for value, entry, _ in ranked if value is not None}
    if len(limited) > 1 and all(entry.policy.id in limited for entry in open_ended):  # each has a rule with a ceiling: those are compared
        ranked, left_out = [row for row in ranked if row[0] is not None], open_ended
    else:
        left_out = []
    if len(ranked) > 1 and open_ended and not left_out and _wants_winner(context):
        names = "、".join(dict.fromkeys(place_name(entry.policy, context.zh) for entry in open_ended))
        lines.append(
            context.say(
                f"{names}没有写明金额上限，不能直接比较高低，须看实际费用。",
                f"They cannot be ranked: {names} names no ceiling; it depends on the actual costs.",
            )
        )
    elif len(ranked) > 1 and ranked[0][0] is not None and _wants_winner(context):
        best, second = ranked[0], ranked[1]
        figure = format_quantity(best[0] or Decimal(0), "ratio" if by_rate else "CNY", context.language)
        one_place = len({entry.policy.place for entry, _ in rows}) == 1
        name = where(best[1].policy, None, context.zh) if one_place else place_name(best[1].policy, context.zh)
        label = context.label(best[1].rule)
        if best[0] == second[0]:
            lines.append(context.say(f"并列最高，同为{figure}。", f"The highest two are equal: {figure}."))
        else:
            rate = best[1].rule.rate if by_rate else None
            limit = "" if rate and rate.bound is Bound.EXACT else _limit(context, best[2])  # a ceiling of the sum is none of the rate
            lines.append(
                context.say(
                    f"**{name}**更高：{label}，{limit}{figure}。",
                    f"**{name}** is higher: {label}, {limit}{figure}.",
                )
            )
            if Ask.DIFFERENCE in context.question.asks and second[0] is not None and best[0] is not None and not by_rate:
                lines.append(_difference(context, draft, best[0], second[0]))
    if left_out and _wants_winner(context):
        names = "、".join(f"{place_name(entry.policy, context.zh)}“{context.label(entry.rule)}”" for entry in left_out)
        lines.append(context.say(f"{names}没有写明金额上限，没有计入。", f"{names} names no ceiling and is left out."))
    for entry, result in rows:
        label = context.label(entry.rule)
        own = _result(context, result) if result.amount is not None or result.eligible is Eligible.NO else ""
        figures = money_figures(entry.rule, context.language) or describe(entry.rule, context.language)
        shown = own or figures
        lines.append(f"- {place_name(entry.policy, context.zh)}{title_of(entry.policy)}{printed(entry.rule.article)} {label}：{shown}")
    for policy in silent:
        lines.append(
            context.say(f"- {where(policy, None)}没有写明这方面的具体支持。", f"- {where(policy, None, False)} states nothing on this.")
        )
    if any(result.bound is not Bound.EXACT for _, result in rows):
        lines.append(
            context.say("比较的是上限（最高可给多少），不等于一定拿到的数额。", "What is compared are ceilings, not entitlements.")
        )
    return "\n".join(lines)


def _rate(entry: RuleEntry, result: Calculation) -> Decimal | None:
    del result
    return entry.rule.rate.value if entry.rule.rate else None


def _difference(context: Context, draft: Draft, high: Decimal, low: Decimal) -> str:
    more, less, gap = (format_quantity(value, "CNY", context.language) for value in (high, low, high - low))
    draft.work(f"{more} − {less} = {gap}")
    return context.say(f"相差**{gap}**。", f"The difference is **{gap}**.")


def _limit(context: Context, result: Calculation) -> str:
    return "" if result.bound is Bound.EXACT and result.amount is not None else context.say("最高", "at most ")


def _wants_winner(context: Context) -> bool:
    return bool({Ask.COMPARE, Ask.CAP, Ask.DIFFERENCE} & context.question.asks)
