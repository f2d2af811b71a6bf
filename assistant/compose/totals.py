"""Several figures taken together: totals, the difference between two tiers, the upper end of a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.binding import Bindings, bind
from assistant.compose.calculating import calculate_rule, money
from assistant.compose.ceilings import within_ceilings
from assistant.compose.draft import Context, Draft, rule_name, source
from assistant.compose.instead import neighbours
from assistant.compose.words import WORDS
from assistant.knowledge import RuleEntry, plain
from assistant.models import Calculation, Eligible
from assistant.rules.calculator import ceiling
from assistant.rules.schema import OneOf
from assistant.rules.wording import format_quantity
from assistant.selecting import TELLING
from assistant.understanding.question import Ask
from index.models import Bound


def total_line(context: Context, draft: Draft, results: list[Calculation], computed: list[int], bindings: Bindings) -> str:
    """Sum of several results, where a total was asked for or several items were computed."""
    parts = _parts_of_one(draft.rules, computed)
    if not (Ask.TOTAL in context.question.asks or parts or _prices_of_one(draft.rules, computed)) or bindings.cases or bindings.recipients:
        return ""
    given = [number for number, result in enumerate(results) if result.amount is not None and result.eligible is not Eligible.NO]
    counted = [number for number in given if number in computed or _named(context, draft.rules[number], bindings)] if computed else given
    if len(counted) < 2 or (computed and len(computed) < 2 and len(counted) != len(results)):
        return ""
    if any(draft.rules[one].rule.id in draft.rules[other].rule.excludes for one in counted for other in counted):
        return ""  # two cases of one support: only one of them is given
    if len({results[number].currency for number in counted}) > 1:
        return ""
    amounts = [results[number].amount or Decimal(0) for number in counted]
    total, cuts = within_ceilings(context, [draft.rules[number] for number in counted], [results[number] for number in counted])
    currency = results[counted[0]].currency
    ceiling = bool(cuts) or any(results[number].bound is not Bound.EXACT for number in counted)
    added, shown = (format_quantity(value, currency, context.language) for value in (sum(amounts, Decimal(0)), total))
    step = " + ".join(format_quantity(amount, currency, context.language) for amount in amounts) + f" = {added}"
    draft.work(context.say(f"合计：{step}", f"Total: {step}") + "".join(context.say("；", "; ") + cut for cut in cuts))
    limit = _shared_cap([draft.rules[number] for number in counted]) if parts else None
    if limit is not None and total > limit:
        shown, ceiling = format_quantity(limit, currency, context.language), True
        draft.work(context.say(f"合计超过上限，按{shown}计", f"The total exceeds the cap: {shown}"))
    return context.say(f"合计{'最高' if ceiling else ''}**{shown}**。", f"Total: {'at most ' if ceiling else ''}**{shown}**.")


def _parts_of_one(entries: Sequence[RuleEntry], computed: Sequence[int]) -> bool:
    """Whether all are parts of one support that its article adds up: 按总产值奖励0.05%；按出口产值另奖励0.1%."""
    rules = [entries[number].rule for number in computed]
    if len(rules) < 2 or len(rules) < len(entries) or len({(entry.policy.id, entry.article.start) for entry in entries}) > 1:
        return False
    return all(other.id in rule.adds_with for rule in rules for other in rules if other is not rule)


def _shared_cap(entries: Sequence[RuleEntry]) -> Decimal | None:
    """The ceiling of all together that each of them has from one sentence."""
    shared = set.intersection(*({(cap.value, cap.unit) for cap in entry.rule.caps} for entry in entries))
    return min((value for value, unit in shared if unit != "ratio"), default=None)


def _prices_of_one(entries: Sequence[RuleEntry], computed: Sequence[int]) -> bool:
    """Whether all are prices that one sentence has for different things (去程每标箱, 回程每标箱), each with a figure of its own."""
    rules = [entries[number].rule for number in computed]
    if len(rules) < 2 or len(rules) < len(entries) or len({(entry.policy.id, entry.article.start) for entry in entries}) > 1:
        return False
    counted = [rule.per[0].label for rule in rules if rule.per and rule.per[0].default is None]
    return len(set(counted)) == len(rules) and len({rule.per[0].unit for rule in rules}) == 1


def _named(context: Context, entry: RuleEntry, bindings: Bindings) -> bool:
    """Whether the question names the rule other than by the words of a figure that another rule has taken."""
    if any(value.value is True or isinstance(value.value, str | tuple) for value in bindings.facts(entry).values()):
        return True
    taken = " ".join(mention.phrase for mention in bindings.used)
    return any(
        unit.topic and unit.weight >= TELLING and any(form in entry.name and form not in taken for form in unit.forms[:1])
        for unit in context.question.units
    )


def ceilings_line(context: Context, draft: Draft, results: list[Calculation]) -> str:
    """Sum of the ceilings of several rules, where a total was asked for and nothing can be computed."""
    if Ask.TOTAL not in context.question.asks or len(results) < 2 or any(result.amount is not None for result in results):
        return ""
    limits = [ceiling(entry.rule) for entry, result in zip(draft.rules, results, strict=True) if result.eligible is not Eligible.NO]
    known = [limit for limit in limits if limit is not None]
    if len(known) < len(limits) or len(known) < 2:
        return ""
    shown = format_quantity(sum(known, Decimal(0)), "CNY", context.language)
    draft.work(
        context.say("上限合计：", "Sum of the ceilings: ")
        + " + ".join(format_quantity(limit, "CNY", context.language) for limit in known)
        + f" = {shown}"
    )
    return context.say(f"上限合计最高**{shown}**。", f"The ceilings add up to at most **{shown}**.")


def several_line(context: Context, draft: Draft, bindings: Bindings) -> str:
    """Where several of the thing are named (三个海外仓) and the rule has no measure for how many: that the sum is for one."""
    if not {Ask.TOTAL, Ask.AMOUNT, Ask.CAP} & context.question.asks:
        return ""
    for mention in context.question.mentions:
        many = mention.quantity.unit in ("item", "company") and mention.quantity.value >= 2
        if not many or mention in bindings.used:
            continue
        for entry in draft.rules:
            beside = plain(mention.before + mention.after)
            named = any(unit.topic and any(form in entry.name and form in beside for form in unit.forms) for unit in context.question.units)
            if named and entry.rule.gives_money and not entry.rule.per and not entry.rule.basis:
                return context.say(
                    f"以上是单个的金额；文件没有写明有{mention.quantity.text}时能否按个数分别领取，请向主管部门确认。",
                    f"This does not count how many there are: the document does not say whether each of {mention.quantity.text} is paid.",
                )
    return ""


def difference_line(context: Context, draft: Draft) -> str:
    """How far apart two tiers of one rule are that the question names: 市级和省级相差多少."""
    text = plain(context.question.text)
    for entry in draft.rules:
        named = [
            tier.amount
            for tier in entry.rule.tiers
            if tier.amount
            and isinstance(tier.when, OneOf)
            and any(plain(option) in text for option in (*tier.when.options, *tier.when.options_en))
        ]
        if len(named) == 2 and named[0].unit == named[1].unit:
            high, low = sorted((figure.value for figure in named), reverse=True)
            shown = [format_quantity(value, named[0].unit, context.language) for value in (high, low, high - low)]
            draft.work(f"{shown[0]} − {shown[1]} = {shown[2]}")
            return (
                context.say(f"上限相差**{shown[2]}**。", f"The ceilings differ by **{shown[2]}**.")
                if named[0].bound is Bound.AT_MOST
                else (context.say(f"相差**{shown[2]}**。", f"They differ by **{shown[2]}**."))
            )
    amounts = [entry.rule.amount for entry in draft.rules if entry.rule.amount]
    alike = len(draft.rules) == len(amounts) == 2 and neighbours(draft.rules[0], draft.rules[1])
    if alike and amounts[0].unit == amounts[1].unit:
        high, low = sorted((figure.value for figure in amounts), reverse=True)
        shown = [format_quantity(value, amounts[0].unit, context.language) for value in (high, low, high - low)]
        draft.work(f"{shown[0]} − {shown[1]} = {shown[2]}")
        if any(amount.bound is Bound.AT_MOST for amount in amounts):
            return context.say(f"上限相差**{shown[2]}**。", f"The ceilings differ by **{shown[2]}**.")
        return context.say(f"相差**{shown[2]}**。", f"They differ by **{shown[2]}**.")
    return ""


def upgrade_line(context: Context, draft: Draft, results: Sequence[Calculation]) -> str:
    """What is left to pay where the text pays only the difference to a lower grade that was paid before: 4A升5A, 30万已经拿过."""
    question = context.question
    for entry, result in zip(draft.rules, results, strict=True):
        given = {tier.amount.value for tier in entry.rule.tiers if tier.amount and tier.amount.unit == "CNY"}
        if not given or not WORDS["pays_difference"].search(entry.article.text) or not WORDS["upgraded"].search(question.text):
            continue
        named = [
            tier.amount.value
            for tier in entry.rule.tiers
            if tier.amount and isinstance(tier.when, OneOf) and any(plain(option) in plain(question.text) for option in tier.when.options)
        ]
        had = [mention.quantity.value for mention in question.mentions if mention.quantity.value in given]
        high = result.amount if result.amount is not None else max(named, default=None)
        low = had[-1] if had and result.amount is not None else min(named, default=None)
        if high is None or low is None or low >= high or (result.amount is None and len(named) != 2):
            continue
        shown = [format_quantity(value, "CNY", context.language) for value in (high, low, high - low)]
        draft.work(f"{shown[0]} − {shown[1]} = {shown[2]}")
        name = rule_name(context, entry)
        return context.say(
            f"{name}：晋档只给差额，可得**{shown[2]}**{source(context, entry)}。",
            f"{name}: only the difference to the lower grade is paid, **{shown[2]}**{source(context, entry)}.",
        )
    return ""


def upper_end_line(context: Context, draft: Draft, results: Sequence[Calculation]) -> str:
    """Where the user gave a range (2000-3000万元): what its upper end gives; the rest of the answer rests on the lower one."""
    mentions = context.question.mentions
    highs = {
        mention.quantity.range_id
        for mention in mentions
        if mention.quantity.range_id is not None and mention.quantity.bound is Bound.AT_MOST
    }
    lows = [mention for mention in mentions if mention.quantity.range_id in highs and mention.quantity.bound is Bound.AT_LEAST]
    if not lows:
        return ""
    rest = tuple(
        replace(mention, quantity=replace(mention.quantity, bound=Bound.EXACT)) if mention.quantity.range_id in highs else mention
        for mention in mentions
        if mention not in lows
    )
    bindings = bind(draft.rules, context.question.with_(mentions=rest))
    told = []
    for entry, low in zip(draft.rules, results, strict=True):
        high = calculate_rule(context, entry, bindings)
        if low.amount is not None and high.amount is not None and high.amount != low.amount:
            draft.calculations.append(high)
            told.append(
                context.say(f"按您给的范围的上限计算为{money(context, high)}", f"at the upper end of your range: {money(context, high)}")
            )
    return context.say("；", "; ").join(told) + context.say("。", ".") if told else ""
