"""What a rule gives: in general, for the user's figures, or against what the user believes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.binding import STATUTORY_TAX, Bindings, bind
from assistant.compose.draft import Context, Draft, place_name, printed, standing_notice, where
from assistant.compose.verifying import judge
from assistant.knowledge import RuleEntry, plain
from assistant.models import Behaviour, Calculation, ConditionCheck, Eligible
from assistant.rules.calculator import calculate, ceiling
from assistant.rules.conditions import format_condition
from assistant.rules.describe import describe
from assistant.rules.facts import RESERVED, SUPPORT_YEAR, Fact, Slot
from assistant.rules.inverse import inverse
from assistant.rules.notices import standing_notices
from assistant.rules.schema import AnyOf, Compare, Confirm, Measure, OneOf, Rule, RuleKind
from assistant.rules.wording import format_quantity
from assistant.selecting import RuleMatch
from assistant.understanding.question import Ask
from index.errors import FactValueError
from index.models import Bound, Standing, Status


def answer_incentives(context: Context, matches: Sequence[RuleMatch]) -> Draft:
    """Answer about the chosen rules: one line each in the conclusion, quotation and steps below."""
    draft = Draft(rules=[match.entry for match in matches])
    question = context.question
    bindings = bind(draft.rules, question)
    if question.malformed and not question.mentions:
        return _ask_again(context, draft, question.malformed)
    try:
        results = [_calculate(context, entry, bindings) for entry in draft.rules]
    except FactValueError as error:
        return _reject(context, draft, str(error))
    results, draft.rules = _drop_inapplicable(context, results, draft.rules)
    results, draft.rules = _drop_unfigured(results, draft.rules, bindings)
    for entry, result in zip(draft.rules, results, strict=True):
        _detail(context, draft, entry, result, bindings)
    for chinese, english in bindings.steps:
        draft.work(context.say(chinese, english))
    upper = _upper_end(context, draft, results)
    lines = _conclusion(context, draft, results, bindings)
    draft.conclusion = "\n".join(line for line in (_out_of_force(context, draft.rules), *lines, upper) if line)
    return draft


def _upper_end(context: Context, draft: Draft, results: Sequence[Calculation]) -> str:
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
        high = _calculate(context, entry, bindings)
        if low.amount is not None and high.amount is not None and high.amount != low.amount:
            draft.calculations.append(high)
            told.append(
                context.say(f"按您给的范围的上限计算为{money(context, high)}", f"at the upper end of your range: {money(context, high)}")
            )
    return context.say("；", "; ").join(told) + context.say("。", ".") if told else ""


def _ask_again(context: Context, draft: Draft, words: str) -> Draft:
    entry = draft.rules[0]
    measure = entry.rule.basis.label if entry.rule.basis else context.say("金额", "the amount")
    draft.behaviour = Behaviour.CLARIFY
    negative = words[0] in "-−负"
    draft.conclusion = context.say(
        f"“{words}”{'是负数，不能用来计算，请核对' if negative else '不是可以计算的数值，请确认'}{measure}的具体数字。",
        f"“{words}” is {'negative' if negative else 'no number I can compute with'}. Please give {measure} as a figure.",
    )
    draft.details.append(context.say("计算办法：", "Formula: ") + describe(entry.rule, context.language))
    draft.cite(entry.rules.citation(entry.rule))
    return draft


def _reject(context: Context, draft: Draft, message: str) -> Draft:
    draft.behaviour = Behaviour.CLARIFY
    chinese, _, english = message.partition(" / ")
    draft.conclusion = context.say(
        f"给出的数值不能用来计算，请核对后重新告诉我：{chinese}", f"That figure cannot be right; please check it: {english or chinese}"
    )
    for entry in draft.rules[:1]:
        draft.cite(entry.rules.citation(entry.rule))
    return draft


def _calculate(context: Context, entry: RuleEntry, bindings: Bindings) -> Calculation:
    return calculate(entry.rules, entry.rule, bindings.facts(entry), valid_day(entry, context.on))


def valid_day(entry: RuleEntry, on: date) -> date:
    """The day to compute for: `on`, or the nearest day on which the document was in force; the answer says which."""
    start, end = entry.policy.effective_from.value, entry.policy.effective_to.value
    if end and on > end:
        return end
    return start if start and on < start else on


def _out_of_force(context: Context, entries: Sequence[RuleEntry]) -> str:
    """Said first where a document is not in force on the day: what follows is what its articles would give."""
    for policy in {entry.policy.id: entry.policy for entry in entries}.values():
        if policy.standing(context.on) in (Standing.EXPIRED, Standing.NOT_YET):
            notice = standing_notice(policy, context.on, context.zh)
            return notice + context.say("以下只是按原条文计算：", " What follows is only what its articles would give:")
    return ""


def _drop_inapplicable(context: Context, results: list[Calculation], entries: list[RuleEntry]) -> tuple[list[Calculation], list[RuleEntry]]:
    """Of rules that exclude each other, leave out the one whose named property (organiser, level) is not met."""
    keep = list(range(len(entries)))
    for number, entry in enumerate(entries):
        others = [other for other in keep if other != number and entries[other].rule.id in entry.rule.excludes]
        if others and number in keep and results[number].eligible is Eligible.NO:
            keep.remove(number)
    keep = keep or list(range(len(entries)))
    del context
    return [results[number] for number in keep], [entries[number] for number in keep]


def _drop_unfigured(results: list[Calculation], entries: list[RuleEntry], bindings: Bindings) -> tuple[list[Calculation], list[RuleEntry]]:
    """Where figures were given and serve some rules, leave out rules that none of them serves and that need some."""
    served = [_figured(result, bindings, entry) or result.eligible is Eligible.NO for result, entry in zip(results, entries, strict=True)]
    if not any(_figured(result, bindings, entry) for result, entry in zip(results, entries, strict=True)):
        return results, entries
    keep = [number for number, result in enumerate(results) if served[number] or result.amount is not None]
    return [results[number] for number in keep], [entries[number] for number in keep]


def money(context: Context, result: Calculation, value: Decimal | None = None) -> str:
    """最高100万元 / up to RMB 1 million; without the word for an entitlement."""
    amount = format_quantity(result.amount if value is None else value, result.currency, context.language)
    if result.bound is Bound.EXACT:
        return amount
    return context.say(f"最高{amount}", f"at most {amount}")


def _figured(result: Calculation, bindings: Bindings, entry: RuleEntry) -> bool:
    """Whether the result rests on figures of the user, rather than restating the rule."""
    if result.amount is None:
        return False
    chosen = {tier.when.fact for tier in entry.rule.tiers if isinstance(tier.when, OneOf)} & bindings.facts(entry).keys()
    return bool(bindings.numbers(entry)) or bool(chosen)


def _conclusion(context: Context, draft: Draft, results: list[Calculation], bindings: Bindings) -> list[str]:
    question = context.question
    lines: list[str] = []
    if Ask.INVERSE in question.asks and Ask.TOTAL not in question.asks and (line := _inverse(context, draft, results)):
        return [line]
    if Ask.VERIFY in question.asks or question.claims or question.hearsay:
        verdict = judge(context, draft.rules, results, bindings)
        if verdict:
            lines.append(verdict)
    restated = (
        not question.new_figures and bool(question.asks & {Ask.RATE, Ask.BASIS, Ask.PERIOD, Ask.CAP}) and Ask.TOTAL not in question.asks
    )
    computed = [number for number, entry in enumerate(draft.rules) if _figured(results[number], bindings, entry) and not restated]
    failed = [number for number, result in enumerate(results) if result.eligible is Eligible.NO]
    for number, (entry, result) in enumerate(zip(draft.rules, results, strict=True)):
        if statutory := bindings.facts(entry).get(STATUTORY_TAX):
            lines.append(_share_of_tax(context, draft, entry, statutory))
        elif number in failed:
            lines.append(_not_eligible(context, entry, result))
        elif number in computed or (Ask.TOTAL in question.asks and entry.rule.schedule and result.amount is not None):
            lines.append(_computed(context, draft, entry, result, bindings))
        elif (bindings.numbers(entry) and result.missing and entry.rule.gives_money) or (
            _needs_figure(context, entry, result)
            and question.personal
            and Ask.RATE not in question.asks
            and {Ask.AMOUNT, Ask.TOTAL, Ask.CAP} & question.asks
        ):
            lines.append(_missing(context, draft, entry, result))
        else:
            lines.append(_general(context, draft, entry, result))
    if Ask.DIFFERENCE in question.asks and (gap := _tier_difference(context, draft)):
        lines.insert(0, gap)
    total = _total(context, draft, results, computed) or _total_ceiling(context, draft, results)
    if total:
        lines.insert(1 if lines and Ask.VERIFY in question.asks else 0, total)
    return lines


def _tier_difference(context: Context, draft: Draft) -> str:
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
    return ""


def _needs_figure(context: Context, entry: RuleEntry, result: Calculation) -> bool:
    del context
    return entry.rule.gives_money and result.amount is None and bool(result.missing) and result.eligible is not Eligible.NO


def _name(context: Context, entry: RuleEntry) -> str:
    label = entry.rule.label if context.zh else entry.rule.label_en or entry.rule.label
    return (
        f"{place_name(entry.policy, context.zh)}{'' if context.zh else ': '}“{label}”"
        if context.zh
        else f"{place_name(entry.policy, False)}, {label}"
    )


def _source(context: Context, entry: RuleEntry) -> str:
    label = printed(entry.rule.article)
    return (f"（依据{label}）" if label else "") if context.zh else (f" (article {label})" if label else "")


def _not_eligible(context: Context, entry: RuleEntry, result: Calculation) -> str:
    if entry.rule.kind is RuleKind.TAX and result.outcome:
        outcome = result.outcome if context.zh else result.outcome_en
        why_not = "；".join(
            f"{check.label if context.zh else check.label_en}{('，' + check.gap) if check.gap and context.zh else ''}"
            for check in result.conditions
            if check.met is Eligible.NO
        )
        return context.say(
            f"{_name(context, entry)}：超出限值（{why_not}），该笔交易{outcome}{_source(context, entry)}。",
            f"{_name(context, entry)}: beyond the limit ({why_not}): {outcome}{_source(context, entry)}.",
        )
    reasons = [check for check in result.conditions if check.met is Eligible.NO]
    why = [
        gap if gap and label in gap else f"{label}{(context.say('，', '; ') + gap) if gap else ''}"
        for label, gap in (_label_and_gap(context, check) for check in reasons)
    ]
    stated = "；".join(why) if context.zh else "; ".join(why)
    if entry.rule.kind is RuleKind.THRESHOLD:
        lost = entry.rule.consequence.removeprefix("可以").removeprefix("可")
        return context.say(
            f"{_name(context, entry)}：不符合条件，不能{lost}——{stated}{_source(context, entry)}",
            f"{_name(context, entry)}: not met — {stated}{_source(context, entry)}.",
        )
    return context.say(
        f"{_name(context, entry)}：不符合条件，拿不到这笔支持——{stated}{_source(context, entry)}。",
        f"{_name(context, entry)}: not eligible — {stated}{_source(context, entry)}.",
    )


def _label_and_gap(context: Context, check: ConditionCheck) -> tuple[str, str]:
    if context.zh:
        return check.label, check.gap
    return check.label_en or check.label, check.gap_en


def _tax(context: Context, draft: Draft, entry: RuleEntry, result: Calculation) -> str:
    """The tax due, and what is saved against the statutory tax where that is asked."""
    due = format_quantity(result.amount or Decimal(0), result.currency, context.language)
    saved = ""
    if result.uncapped is not None and result.amount is not None and _SAVED.search(context.question.text):
        less = format_quantity(result.uncapped - result.amount, result.currency, context.language)
        draft.work(f"{format_quantity(result.uncapped, result.currency, context.language)} − {due} = {less}")
        saved = context.say(f"比法定应纳税额少交**{less}**；", f"**{less}** less than the statutory tax; ")
    return context.say(
        f"{_name(context, entry)}：{saved}应纳税额合计**{due}**{_source(context, entry)}。",
        f"{_name(context, entry)}: {saved}the tax due is **{due}**{_source(context, entry)}.",
    )


def _share_of_tax(context: Context, draft: Draft, entry: RuleEntry, statutory: Fact) -> str:
    """What is left to pay of the taxes due by law, within the limits."""
    assert entry.rule.tax is not None
    share = entry.rule.tax.share
    parts = statutory.value if isinstance(statutory.value, tuple) else (statutory.value,)
    by_law = sum((part for part in parts if isinstance(part, Decimal)), Decimal(0))
    due = format_quantity(by_law * share.value, "CNY", context.language)
    whole, rate = format_quantity(by_law, "CNY", context.language), format_quantity(share.value, "ratio", context.language)
    draft.work(f"{whole} × {rate} = {due}")
    return context.say(
        f"{_name(context, entry)}：限值以内实际应缴**{due}**{_source(context, entry)}。",
        f"{_name(context, entry)}: within the limits **{due}** is payable{_source(context, entry)}.",
    )


_SAVED = re.compile(r"少[交缴]|省(?:下|了)?多少|节省|优惠了?多少|save|less")


def _each_year(context: Context, draft: Draft, entry: RuleEntry, bindings: Bindings) -> str:
    """The sum for each year of support, where several are asked about: 第一年和第二年各能补多少."""
    years = context.question.support_years
    if not entry.rule.schedule or len(years) < 2:
        return ""
    told = []
    for year in years:
        facts = {**bindings.facts(entry), SUPPORT_YEAR: Fact(SUPPORT_YEAR, Decimal(year), "")}
        own = calculate(entry.rules, entry.rule, facts, valid_day(entry, context.on))
        if own.amount is None:
            return ""
        draft.calculations.append(own)
        draft.worked += [*own.steps, *own.steps_en, f"{year}年"]
        told.append(context.say(f"第{year}年**{money(context, own)}**", f"year {year}: **{money(context, own)}**"))
    return context.say("；", "; ").join(told)


def _computed(context: Context, draft: Draft, entry: RuleEntry, result: Calculation, bindings: Bindings) -> str:
    if entry.rule.kind is RuleKind.TAX:
        return _tax(context, draft, entry, result)
    cut = ""
    if result.uncapped is not None:
        cut = context.say("，已受上限限制", ", cut by the ceiling")
    open_ = [check for check in result.conditions if check.met is Eligible.UNKNOWN]
    condition = ""
    if open_:
        names = "、".join(check.label for check in open_) if context.zh else "; ".join(check.label_en or check.label for check in open_)
        condition = context.say(f"，前提是：{names}", f", provided that: {names}")
    if yearly := _each_year(context, draft, entry, bindings):
        return context.say(
            f"{_name(context, entry)}：{yearly}{condition}{_source(context, entry)}。",
            f"{_name(context, entry)}: {yearly}{condition}{_source(context, entry)}.",
        )
    got = "可得" if result.bound is Bound.EXACT else ""
    return context.say(
        f"{_name(context, entry)}：{got}**{money(context, result)}**{cut}{condition}{_source(context, entry)}。",
        f"{_name(context, entry)}: **{money(context, result)}**{cut}{condition}{_source(context, entry)}.",
    )


def _missing(context: Context, draft: Draft, entry: RuleEntry, result: Calculation) -> str:
    draft.behaviour = Behaviour.CLARIFY
    needed = missing_labels(context, entry, result)
    names = "、".join(needed) if context.zh else " and ".join(needed)
    return context.say(
        f"{_name(context, entry)}：{describe(entry.rule, 'zh')}。要算出金额，请告诉我：{names}。",
        f"{_name(context, entry)}: {describe(entry.rule, 'en')}. To compute the amount, please tell me: {names}.",
    )


def missing_labels(context: Context, entry: RuleEntry, result: Calculation) -> list[str]:
    """The missing facts in the words of the rule."""
    known: dict[str, Compare | OneOf | Confirm | Measure | Slot] = {condition.fact: condition for condition in conditions_of(entry.rule)}
    known |= {measure.fact: measure for measure in (entry.rule.basis, *entry.rule.per) if measure}
    labels = []
    for fact in result.missing:
        own = known.get(fact) or RESERVED.get(fact)
        labels.append((own.label if context.zh else own.label_en or own.label) if own else fact)
    return list(dict.fromkeys(labels)) or [context.say("相关金额", "the amount")]


def conditions_of(rule: Rule) -> Iterable[Compare | OneOf | Confirm]:
    """All single conditions of a rule and its tiers."""
    for condition in (*rule.conditions, *(tier.when for tier in rule.tiers)):
        yield from condition.of if isinstance(condition, AnyOf) else (condition,)


def _general(context: Context, draft: Draft, entry: RuleEntry, result: Calculation) -> str:
    """The rule itself, with the side asked about first."""
    rule, question = entry.rule, context.question
    body = describe(rule, context.language)
    extra = ""
    if Ask.CERTAIN in question.asks and rule.gives_money:
        exact = rule.amount is not None and rule.amount.bound is Bound.EXACT and entry.policy.status is not Status.DRAFT
        extra = context.say(
            "是固定金额，原文没有“最高”字样。" if exact else "“最高/不超过”是上限，不保证一定拿到这个数，具体由主管部门审核确定。",
            "A fixed amount: the text has no “at most”. "
            if exact
            else "“At most” is a ceiling, not a guarantee: the authority decides the amount. ",
        )
    if rule.kind is RuleKind.COMMITMENT and (
        {Ask.AMOUNT, Ask.RATE, Ask.CAP} & question.asks or question.wants_type or _HOW_MUCH.search(question.text)
    ):
        extra = context.say("文件没有写明具体金额、比例或规模。", "The document states no amount or rate. ")
    counted = question.wants_type and any(isinstance(part, Compare) and part.unit == question.wants_type for part in conditions_of(rule))
    if (Ask.CONDITIONS in question.asks or counted) and rule.conditions:
        listed = "；".join(format_condition(condition, context.language) for condition in rule.conditions)
        extra += context.say(f"条件：{listed}。", f"Conditions: {listed}. ")
    if Ask.PERIOD in question.asks:
        lasting = [part for part in conditions_of(rule) if isinstance(part, Compare) and part.unit in ("year", "month", "day")]
        if lasting and _LASTING.search(question.text):
            extra += "；".join(format_condition(part, context.language) for part in lasting) + context.say("。", ". ")
        else:
            extra += _period(context, entry)
    vague = _VAGUE.search(question.text) or (_VAGUE.search(rule.quote) if Ask.CONDITIONS in question.asks else None)
    if vague and vague.group() in rule.quote:
        extra += context.say(f"“{vague.group()}”文件没有写明具体数值或标准。", f"The document does not define “{vague.group()}”. ")
    if rule.schedule and question.support_years:
        told, extra_years = _years(context, draft, rule)
        body, extra = told or body, extra + extra_years
    del result
    return context.say(
        f"{_name(context, entry)}：{extra}{body}{_source(context, entry)}。",
        f"{_name(context, entry)}: {extra}{body}{_source(context, entry)}.",
    )


_LASTING = re.compile(r"经营|运营|开业?|才|满|operat|running")
_HOW_MUCH = re.compile(r"多大|多少|几|how (?:much|large|big)")
_VAGUE = re.compile(r"(?:达到|形成|具有|具备)?一定[\u4e00-\u9fff]{2}|适当补贴|明显效应|符合条件")


def _years(context: Context, draft: Draft, rule: Rule) -> tuple[str, str]:
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


def _period(context: Context, entry: RuleEntry) -> str:
    rule = entry.rule
    if rule.schedule:
        years = sorted({year for step in rule.schedule for year in step.years})
        return context.say(f"只写了第{years[0]}年到第{years[-1]}年。", f"Only years {years[0]} to {years[-1]} are stated. ")
    words = {
        "once": ("一次性。", "Paid once. "),
        "year": ("按年度计算，没有写明可连续享受几年。", "Per year; the number of years is not stated. "),
        "first_year": ("只限首年（第一年）。", "First year only. "),
    }
    chinese, english = words.get(rule.period.value, ("文件没有写明年限。", "The period is not stated. "))
    return context.say(chinese, english)


def _total(context: Context, draft: Draft, results: list[Calculation], computed: list[int]) -> str:
    """Sum of several results, where a total was asked for or several items were computed."""
    counted = [number for number, result in enumerate(results) if result.amount is not None and result.eligible is not Eligible.NO]
    if Ask.TOTAL not in context.question.asks or len(counted) < 2 or (computed and len(computed) < 2 and len(counted) != len(results)):
        return ""
    if len({results[number].currency for number in counted}) > 1:
        return ""
    amounts = [results[number].amount or Decimal(0) for number in counted]
    total = sum(amounts, Decimal(0))
    currency = results[counted[0]].currency
    ceiling = any(results[number].bound is not Bound.EXACT for number in counted)
    shown = format_quantity(total, currency, context.language)
    step = " + ".join(format_quantity(amount, currency, context.language) for amount in amounts) + f" = {shown}"
    draft.work(context.say(f"合计：{step}", f"Total: {step}"))
    return context.say(f"合计{'最高' if ceiling else ''}**{shown}**。", f"Total: {'at most ' if ceiling else ''}**{shown}**.")


def _total_ceiling(context: Context, draft: Draft, results: list[Calculation]) -> str:
    """Sum of the ceilings of several rules, where a total was asked for and nothing can be computed."""
    if Ask.TOTAL not in context.question.asks or len(results) < 2 or any(result.amount is not None for result in results):
        return ""
    limits = [ceiling(entry.rule) for entry in draft.rules]
    known = [limit for limit in limits if limit is not None]
    if len(known) < len(limits):
        return ""
    shown = format_quantity(sum(known, Decimal(0)), "CNY", context.language)
    draft.work(
        context.say("上限合计：", "Sum of the ceilings: ")
        + " + ".join(format_quantity(limit, "CNY", context.language) for limit in known)
        + f" = {shown}"
    )
    return context.say(f"上限合计最高**{shown}**。", f"The ceilings add up to at most **{shown}**.")


def _inverse(context: Context, draft: Draft, results: list[Calculation]) -> str:
    entry, result = draft.rules[0], results[0]
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
    label = rule.basis.label if context.zh else rule.basis.label_en or rule.basis.label
    del result
    return context.say(
        f"{beyond}{_name(context, entry)}：要达到{target}，{label}至少需要 **{shown}**{_source(context, entry)}。",
        f"{beyond}{_name(context, entry)}: to reach {target}, {label} must be at least **{shown}**{_source(context, entry)}.",
    )


def _detail(context: Context, draft: Draft, entry: RuleEntry, result: Calculation, bindings: Bindings) -> None:
    citation = entry.rules.citation(entry.rule)
    draft.cite(citation)
    draft.calculations.append(result)
    steps = result.steps if context.zh else result.steps_en
    if steps and result.eligible is not Eligible.NO and (bindings.facts(entry) or Ask.TOTAL in context.question.asks):
        draft.details.append(context.say("计算：", "Steps: ") + ("；" if context.zh else "; ").join(steps))
    checked = [check for check in result.conditions if check.given or check.met is Eligible.NO]
    if checked:
        mark = {Eligible.YES: "✓", Eligible.NO: "✗", Eligible.UNKNOWN: "？"}
        draft.details.extend(
            f"- {mark[check.met]} {check.label if context.zh else check.label_en or check.label}"
            + (context.say(f"（您的情况：{check.given}）", f" (yours: {check.given_en or check.given})") if check.given else "")
            + (f" {gap}" if (gap := check.gap if context.zh else check.gap_en) else "")
            for check in checked
        )
    assumed = [(check.label if context.zh else check.label_en or check.label) for check in result.conditions if check.assumed]
    if assumed and result.eligible is not Eligible.NO and result.amount is not None:
        draft.details.append(context.say("条文还要求：", "The article also requires: ") + ("；" if context.zh else "; ").join(assumed))
    quote = re.sub(r"\s+", "" if context.zh else " ", citation.quote)
    line = f"> {where(entry.policy, citation.article, context.zh)}：“{quote}”"
    if line not in draft.details:
        draft.details.append(line)
    if not context.zh and entry.rule.gives_money:
        draft.details.append(f"In English: {describe(entry.rule, 'en')}.")
    standing = standing_notices(entry.policy.standing(context.on), entry.policy.effective_from.value, entry.policy.effective_to.value)
    for note in result.notices if context.zh else result.notices_en:
        if note not in standing:  # the document's own notice says it, with its name
            draft.notice(note)


def calculated(context: Context, entry: RuleEntry, bindings: Bindings) -> Calculation:
    """The calculation for one rule; unusable figures count as not given."""
    try:
        return _calculate(context, entry, bindings)
    except FactValueError:
        return calculate(entry.rules, entry.rule, {}, context.on)


def money_figures(rule: Rule, language: str) -> str:
    """Rate, amounts and caps in a few words: 2%，最高100万元."""
    most = "最高" if language == "zh" else "at most "
    parts: list[str] = []
    for figure in (rule.rate, rule.amount, *(tier.amount or tier.rate for tier in rule.tiers), *(step.amount for step in rule.schedule)):
        if figure is not None:
            prefix = most if figure.bound is Bound.AT_MOST else ""
            parts.append(prefix + format_quantity(figure.value, figure.unit, language))
    parts += [most + format_quantity(cap.value, cap.unit, language) for cap in rule.caps]
    return ("、" if language == "zh" else ", ").join(dict.fromkeys(parts))
