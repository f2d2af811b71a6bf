"""The line on one rule: computed, not met, a figure missing, or the rule in general."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.binding import Bindings
from assistant.compose.calculating import money
from assistant.compose.cases import each_case, each_recipient
from assistant.compose.draft import Context, Draft, article_citation, rule_name, source
from assistant.compose.entry_terms import conditions_elsewhere
from assistant.compose.words import WORDS
from assistant.compose.years import duration, each_year, years_of_schedule
from assistant.knowledge import RuleEntry
from assistant.models import Behaviour, Calculation, Eligible
from assistant.rules.conditions import format_condition
from assistant.rules.describe import describe
from assistant.rules.facts import RESERVED, Fact, Slot
from assistant.rules.schema import Compare, Confirm, Measure, OneOf, RuleKind
from assistant.rules.wording import format_quantity
from assistant.understanding.question import Ask
from index.models import Bound, Status

_THINGS = frozenset({"item", "time", ""})


def computed_line(context: Context, draft: Draft, entry: RuleEntry, result: Calculation, bindings: Bindings) -> str:
    """What the user's figures give."""
    if entry.rule.kind is RuleKind.TAX:
        return _tax(context, draft, entry, result, untaxed=entry.key in bindings.untaxed)
    cut = ""
    if result.uncapped is not None:
        cut = context.say("，已受上限限制", ", cut by the ceiling") + _for_one_thing(context, entry, bindings)
    open_ = [check for check in result.conditions if check.met is Eligible.UNKNOWN]
    condition = ""
    if open_:
        names = context.say("、", "; ").join(context.label(check) for check in open_)
        condition = context.say(f"，前提是：{names}", f", provided that: {names}")
    apart = each_case(context, draft, entry, bindings) or each_recipient(context, draft, entry, result, bindings)
    if yearly := apart or each_year(context, draft, entry, bindings):
        return context.say(
            f"{rule_name(context, entry)}：{yearly}{condition}{source(context, entry)}。",
            f"{rule_name(context, entry)}: {yearly}{condition}{source(context, entry)}.",
        )
    got = "可得" if result.bound is Bound.EXACT else ""
    sure = certainty(context, entry) if result.bound is not Bound.EXACT else ""
    return context.say(
        f"{rule_name(context, entry)}：{sure}{got}**{money(context, result)}**{cut}{condition}{source(context, entry)}。",
        f"{rule_name(context, entry)}: {sure}**{money(context, result)}**{cut}{condition}{source(context, entry)}.",
    )


def _for_one_thing(context: Context, entry: RuleEntry, bindings: Bindings) -> str:
    """Where several things are named and the ceiling is for one of them (每个标准展位最高3万元): that the sum is for one only."""
    several = any(mention.quantity.unit in _THINGS and mention.quantity.value >= 2 for mention in context.question.mentions)
    scope = next((cap.scope for cap in entry.rule.caps if WORDS["one_thing"].search(cap.scope)), "")
    if not several or not scope or f"count:{scope}" in bindings.facts(entry):
        return ""
    return context.say(f"（这是{scope}的上限，有几个须分别计算）", " (this ceiling is for one of them; several are worked out one by one)")


def _tax(context: Context, draft: Draft, entry: RuleEntry, result: Calculation, *, untaxed: bool) -> str:
    """The tax due, and what is saved against the statutory tax where that is asked."""
    due = format_quantity(result.amount or Decimal(0), result.currency, context.language)
    saved = ""
    if result.uncapped is not None and result.amount is not None and WORDS["saved"].search(context.question.text):
        less = format_quantity(result.uncapped - result.amount, result.currency, context.language)
        draft.work(f"{format_quantity(result.uncapped, result.currency, context.language)} − {due} = {less}")
        saved = context.say(f"比法定应纳税额少交**{less}**；", f"**{less}** less than the statutory tax; ")
    condition = context.say("，前提是商品不征消费税", ", provided that no consumption tax is due") if untaxed else ""
    return context.say(
        f"{rule_name(context, entry)}：{saved}应纳税额合计**{due}**{condition}{source(context, entry)}。",
        f"{rule_name(context, entry)}: {saved}the tax due is **{due}**{condition}{source(context, entry)}.",
    )


def share_of_tax_line(context: Context, draft: Draft, entry: RuleEntry, statutory: Fact) -> str:
    """What is left to pay of the taxes due by law, within the limits."""
    assert entry.rule.tax is not None
    share = entry.rule.tax.share
    parts = statutory.value if isinstance(statutory.value, tuple) else (statutory.value,)
    by_law = sum((part for part in parts if isinstance(part, Decimal)), Decimal(0))
    due = format_quantity(by_law * share.value, "CNY", context.language)
    whole, rate = format_quantity(by_law, "CNY", context.language), format_quantity(share.value, "ratio", context.language)
    draft.work(f"{whole} × {rate} = {due}")
    return context.say(
        f"{rule_name(context, entry)}：限值以内实际应缴**{due}**{source(context, entry)}。",
        f"{rule_name(context, entry)}: within the limits **{due}** is payable{source(context, entry)}.",
    )


def not_eligible_line(context: Context, entry: RuleEntry, result: Calculation) -> str:
    """Why it is not to be had."""
    if entry.rule.kind is RuleKind.TAX and result.outcome:
        outcome = result.outcome if context.zh else result.outcome_en
        why_not = "；".join(
            f"{check.label if context.zh else check.label_en}{('，' + check.gap) if check.gap and context.zh else ''}"
            for check in result.conditions
            if check.met is Eligible.NO
        )
        return context.say(
            f"{rule_name(context, entry)}：超出限值（{why_not}），该笔交易{outcome}{source(context, entry)}。",
            f"{rule_name(context, entry)}: beyond the limit ({why_not}): {outcome}{source(context, entry)}.",
        )
    reasons = [check for check in result.conditions if check.met is Eligible.NO]
    why = [
        gap if gap and label in gap else f"{label}{(context.say('，', '; ') + gap) if gap else ''}"
        for label, gap in ((context.label(check), context.say(check.gap, check.gap_en)) for check in reasons)
    ]
    stated = "；".join(why) if context.zh else "; ".join(why)
    if entry.rule.kind is RuleKind.THRESHOLD:
        lost = entry.rule.consequence.removeprefix("可以").removeprefix("可")
        denied = f"不能{lost}" if WORDS["deed"].match(lost) else "拿不到这笔支持"
        return context.say(
            f"{rule_name(context, entry)}：不符合条件，{denied}——{stated}{source(context, entry)}",
            f"{rule_name(context, entry)}: not met — {stated}{source(context, entry)}.",
        )
    return context.say(
        f"{rule_name(context, entry)}：不符合条件，拿不到这笔支持——{stated}{source(context, entry)}。",
        f"{rule_name(context, entry)}: not eligible — {stated}{source(context, entry)}.",
    )


def missing_line(context: Context, draft: Draft, entry: RuleEntry, result: Calculation) -> str:
    """What must be known to compute it."""
    draft.behaviour = Behaviour.CLARIFY
    needed = missing_labels(context, entry, result)
    names = "、".join(needed) if context.zh else " and ".join(needed)
    return context.say(
        f"{rule_name(context, entry)}：{describe(entry.rule, 'zh')}。要算出金额，请告诉我：{names}。",
        f"{rule_name(context, entry)}: {describe(entry.rule, 'en')}. To compute the amount, please tell me: {names}.",
    )


def missing_labels(context: Context, entry: RuleEntry, result: Calculation) -> list[str]:
    """The missing facts in the words of the rule."""
    known: dict[str, Compare | OneOf | Confirm | Measure | Slot] = {condition.fact: condition for condition in entry.rule.single_conditions}
    known |= {measure.fact: measure for measure in (entry.rule.basis, *entry.rule.per) if measure}
    labels = []
    for fact in result.missing:
        own = known.get(fact) or RESERVED.get(fact)
        labels.append(context.label(own) if own else fact)
    return list(dict.fromkeys(labels)) or [context.say("相关金额", "the amount")]


def chosen_tier(entry: RuleEntry, bindings: Bindings) -> RuleEntry:
    """The rule with the one tier that is asked about, where it is a price (硕士每人每月1200元): the others are somebody else's."""
    facts = bindings.facts(entry)
    tiers = [tier for tier in entry.rule.tiers if isinstance(tier.when, OneOf) and _chosen(facts.get(tier.when.fact), tier.when)]
    if len(tiers) != 1 or not (entry.rule.per or tiers[0].when.fact == "support_year"):  # type: ignore[union-attr]
        return entry
    return replace(entry, rule=entry.rule.model_copy(update={"tiers": tuple(tiers)}))


def _chosen(fact: Fact | None, when: OneOf) -> bool:
    return fact is not None and fact.value in when.options


def certainty(context: Context, entry: RuleEntry) -> str:
    """Whether the amount is fixed or a ceiling, where that is asked."""
    rule = entry.rule
    if Ask.CERTAIN not in context.question.asks or not rule.gives_money:
        return ""
    exact = rule.amount is not None and rule.amount.bound is Bound.EXACT and entry.policy.status is not Status.DRAFT
    if exact:
        return context.say("是固定金额，原文没有“最高”字样。", "A fixed amount: the text has no “at most”. ")
    return context.say(
        "“最高/不超过”是上限，不保证一定拿到这个数，具体由主管部门审核确定。",
        "“At most” is a ceiling, not a guarantee: the authority decides the amount. ",
    )


def general_line(context: Context, draft: Draft, entry: RuleEntry) -> str:
    """The rule itself, with the side asked about first."""
    rule, question = entry.rule, context.question
    body = describe(rule, context.language)
    extra = certainty(context, entry)
    if rule.kind is RuleKind.COMMITMENT and (
        {Ask.AMOUNT, Ask.RATE, Ask.CAP} & question.asks or question.wants_type or WORDS["how_much"].search(question.text)
    ):
        extra = context.say("文件没有写明具体金额、比例或规模。", "The document states no amount or rate. ")
    counted = question.wants_type and any(isinstance(part, Compare) and part.unit == question.wants_type for part in rule.single_conditions)
    elsewhere = conditions_elsewhere(context, entry) if Ask.CONDITIONS in question.asks else []
    if elsewhere:
        draft.cite_all(article_citation(article.policy, article.article) for article in elsewhere)
        listed = "".join(f"“{' '.join(article.article.text.split())}”" for article in elsewhere)
        extra += context.say(f"条件：{listed}。", f"Conditions: {listed}. ")
    elif (Ask.CONDITIONS in question.asks or counted) and rule.conditions:
        listed = "；".join(format_condition(condition, context.language) for condition in rule.conditions)
        extra += context.say(f"条件：{listed}。", f"Conditions: {listed}. ")
    if Ask.PERIOD in question.asks:
        lasting = [part for part in rule.single_conditions if isinstance(part, Compare) and part.unit in ("year", "month", "day")]
        if lasting and WORDS["running"].search(question.text):
            extra += "；".join(format_condition(part, context.language) for part in lasting) + context.say("。", ". ")
        else:
            extra += duration(context, entry)
    vague = WORDS["vague"].search(question.text) or (WORDS["vague"].search(rule.quote) if Ask.CONDITIONS in question.asks else None)
    if vague and vague.group() in rule.quote and not elsewhere:
        extra += context.say(f"“{vague.group()}”文件没有写明具体数值或标准。", f"The document does not define “{vague.group()}”. ")
    if rule.schedule and question.support_years:
        told, extra_years = years_of_schedule(context, draft, rule)
        body, extra = told or body, extra + extra_years
    return context.say(
        f"{rule_name(context, entry)}：{extra}{body}{source(context, entry)}。",
        f"{rule_name(context, entry)}: {extra}{body}{source(context, entry)}.",
    )
