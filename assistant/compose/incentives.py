"""What a rule gives: in general, for the user's figures, or against what the user believes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.binding import STATUTORY_TAX, Bindings, bind, recall
from assistant.compose.calculating import calculate_rule, rests_on_figures
from assistant.compose.ceilings import share_ceiling
from assistant.compose.counted import counted_claim
from assistant.compose.draft import Context, Draft, standing_notice, where
from assistant.compose.entry_terms import falls_short
from assistant.compose.goals import goal_line, goal_mention
from assistant.compose.objections import objection, once_more
from assistant.compose.plain_questions import plain_answer
from assistant.compose.received import received_line
from assistant.compose.rule_lines import chosen_tier, computed_line, general_line, missing_line, not_eligible_line, share_of_tax_line
from assistant.compose.totals import ceilings_line, difference_line, several_line, total_line, upgrade_line, upper_end_line
from assistant.compose.verifying import judge
from assistant.compose.years import asks_for_whole
from assistant.knowledge import RuleEntry
from assistant.models import Behaviour, Calculation, Eligible
from assistant.rules.describe import describe
from assistant.rules.notices import standing_notices
from assistant.rules.schema import Compare
from assistant.selecting import RuleMatch
from assistant.understanding.changes import is_remark
from assistant.understanding.question import Ask, Mention
from index.errors import FactValueError
from index.models import Standing


def answer_incentives(context: Context, matches: Sequence[RuleMatch]) -> Draft:
    """Answer about the chosen rules: one line each in the conclusion, quotation and steps below."""
    draft = Draft(rules=[match.entry for match in matches])
    question = context.question
    goal = goal_mention(question)
    stated = question.with_(mentions=tuple(mention for mention in question.mentions if mention is not goal)) if goal else question
    bindings = bind(draft.rules, stated)
    recall(draft.rules, context.knowledge.entries, question, bindings)
    if question.malformed and not question.mentions:
        return _ask_again(context, draft, question.malformed)
    try:
        results = [calculate_rule(context, entry, bindings) for entry in draft.rules]
    except FactValueError as error:
        return _reject(context, draft, str(error))
    results, draft.rules = _drop_inapplicable(results, draft.rules, bindings)
    results, draft.rules = _drop_unfigured(results, draft.rules, bindings)
    if Ask.VERIFY not in question.asks and (short := falls_short(context, draft.rules)):
        draft.conclusion = "\n".join(line for line in (_out_of_force(context, draft.rules), short[0]) if line)
        draft.cite(short[1])
        return draft
    for entry, result in zip(draft.rules, results, strict=True):
        _detail(context, draft, entry, result, bindings)
    for entry, result in zip(draft.rules, results, strict=True):
        if result.amount is not None and result.eligible is not Eligible.NO and bindings.facts(entry):
            draft.facts[entry.key] = tuple(bindings.facts(entry).values())
    for chinese, english in (*question.steps, *bindings.steps):
        draft.work(context.say(chinese, english))
    for mention in bindings.uneven:
        draft.work(_parted(context, mention))
    same = _nothing_new(context, draft)
    upper = upper_end_line(context, draft, results)
    lines = _conclusion(context, draft, results, bindings)
    draft.conclusion = "\n".join(line for line in (_out_of_force(context, draft.rules), same, *lines, upper) if line)
    return draft


def _parted(context: Context, mention: Mention) -> str:
    """Why a sum of several years is not computed with."""
    years, words = mention.over_years, mention.quantity.text
    return context.say(
        f"{words}是{years}年合计的数，文件按年计算，请分别给出每年的金额。",
        f"{words} is for {years} years together; the document counts by the year: please give the amount of each.",
    )


def _nothing_new(context: Context, draft: Draft) -> str:
    """Said of a follow-up that changed nothing of what was known: its sum is the one of before."""
    held = dict(context.question.held)
    if not context.question.silent or not is_remark(context.question.text) or not draft.facts:
        return ""
    if any(held.get(key) != facts for key, facts in draft.facts.items()):
        return ""
    return context.say(
        "这句话里没有读到新的数字或条件，以下仍是前面的结果；如果情况有变，请写明具体数字或条件。",
        "I read no new figure or condition in this; what follows is still the result of before. Please state what has changed.",
    )


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
    draft.cite_all(entry.rules.citations(entry.rule))
    return draft


def _reject(context: Context, draft: Draft, message: str) -> Draft:
    draft.behaviour = Behaviour.CLARIFY
    chinese, _, english = message.partition(" / ")
    draft.conclusion = context.say(
        f"给出的数值不能用来计算，请核对后重新告诉我：{chinese}", f"That figure cannot be right; please check it: {english or chinese}"
    )
    for entry in draft.rules[:1]:
        draft.cite_all(entry.rules.citations(entry.rule))
    return draft


def _out_of_force(context: Context, entries: Sequence[RuleEntry]) -> str:
    """Said first where a document is not in force on the day: what follows is what its articles would give."""
    for policy in {entry.policy.id: entry.policy for entry in entries}.values():
        if policy.standing(context.on) in (Standing.EXPIRED, Standing.NOT_YET):
            notice = standing_notice(policy, context.on, context.zh)
            return notice + context.say("以下只是按原条文计算：", " What follows is only what its articles would give:")
    return ""


def _drop_inapplicable(
    results: list[Calculation], entries: list[RuleEntry], bindings: Bindings
) -> tuple[list[Calculation], list[RuleEntry]]:
    """Of rules that exclude each other, leave out the one whose named property (organiser, level) is not met."""
    keep = list(range(len(entries)))
    for number in sorted(keep, key=lambda each: -_distance(entries[each], bindings)):
        entry = entries[number]
        others = [other for other in keep if other != number and entries[other].rule.id in entry.rule.excludes]
        higher = any(_as_sure(results[other], results[number]) and _gives_more(results[other], results[number]) for other in others)
        if others and number in keep and (results[number].eligible is Eligible.NO or higher):
            keep.remove(number)
    keep = keep or list(range(len(entries)))
    return [results[number] for number in keep], [entries[number] for number in keep]


def _as_sure(one: Calculation, other: Calculation) -> bool:
    """Whether no condition of the one is open that is not one of the other, too: two steps of one ladder wait for the same."""
    open_for = [{check.label for check in result.conditions if check.met is Eligible.UNKNOWN} for result in (one, other)]
    return one.eligible is Eligible.YES or (one.eligible is other.eligible is Eligible.UNKNOWN and open_for[0] == open_for[1])


def _distance(entry: RuleEntry, bindings: Bindings) -> Decimal:
    """How far the figures are from the conditions of the rule: of cases none of which is met, the nearest is told."""
    facts = bindings.facts(entry)
    gaps = Decimal(0)
    for part in entry.rule.single_conditions:
        given = facts[part.fact].value if isinstance(part, Compare) and part.fact in facts else None
        if isinstance(part, Compare) and isinstance(given, Decimal) and part.value and not _holds(part, given):
            gaps += abs(given - part.value) / part.value
    return gaps


def _holds(part: Compare, given: Decimal) -> bool:
    return given >= part.value if part.op in (">", ">=") else given <= part.value


def _gives_more(one: Calculation, other: Calculation) -> bool:
    return one.amount is not None and other.amount is not None and one.amount > other.amount


def _drop_unfigured(results: list[Calculation], entries: list[RuleEntry], bindings: Bindings) -> tuple[list[Calculation], list[RuleEntry]]:
    """Where figures were given and serve some rules, leave out rules that none of them serves and that need some."""
    figured = [rests_on_figures(result, bindings, entry) for result, entry in zip(results, entries, strict=True)]
    if not any(figured):
        return results, entries
    keep = [
        number
        for number, result in enumerate(results)
        if figured[number]
        or result.eligible is Eligible.NO
        or result.amount is not None
        or (number == 0 and bindings.numbers(entries[0]))  # the rule that fits best asks for what it lacks
    ]
    return [results[number] for number in keep], [entries[number] for number in keep]


def _conclusion(context: Context, draft: Draft, results: list[Calculation], bindings: Bindings) -> list[str]:
    question = context.question
    if Ask.INVERSE in question.asks and Ask.TOTAL not in question.asks and (line := goal_line(context, draft, goal_mention(question))):
        return [line]
    answer = _straight_answer(context, draft, results, bindings)
    lines = [answer] if answer else []
    restated = (
        not question.new_figures and bool(question.asks & {Ask.RATE, Ask.BASIS, Ask.PERIOD, Ask.CAP}) and Ask.TOTAL not in question.asks
    )
    computed = [number for number, entry in enumerate(draft.rules) if rests_on_figures(results[number], bindings, entry) and not restated]
    failed = [number for number, result in enumerate(results) if result.eligible is Eligible.NO]
    for number, (entry, result) in enumerate(zip(draft.rules, results, strict=True)):
        if statutory := bindings.facts(entry).get(STATUTORY_TAX):
            lines.append(share_of_tax_line(context, draft, entry, statutory))
        elif number in failed:
            lines.append(not_eligible_line(context, entry, result))
        elif number in computed or (entry.rule.schedule and result.amount is not None and asks_for_whole(context)):
            lines.append(computed_line(context, draft, entry, result, bindings))
        elif ((bindings.numbers(entry) or bindings.uneven) and result.missing and entry.rule.gives_money) or (
            _needs_figure(entry, result)
            and question.personal
            and Ask.RATE not in question.asks
            and {Ask.AMOUNT, Ask.TOTAL, Ask.CAP} & question.asks
        ):
            lines.append(missing_line(context, draft, chosen_tier(entry, bindings), result))
        else:
            lines.append(general_line(context, draft, chosen_tier(entry, bindings)))
    if Ask.DIFFERENCE in question.asks and (gap := difference_line(context, draft)):
        lines.insert(0, gap)
    if upgraded := upgrade_line(context, draft, results):
        return [upgraded]
    total = total_line(context, draft, results, computed, bindings) or ceilings_line(context, draft, results)
    if total:
        lines.insert(1 if answer else 0, total)
    counted = Ask.VERIFY in question.asks and counted_claim(context, draft, draft.rules)
    further = ("" if counted else several_line(context, draft, bindings), received_line(context, draft, results))
    return [*lines, *(line for line in further if line)]


def _straight_answer(context: Context, draft: Draft, results: list[Calculation], bindings: Bindings) -> str:
    """Yes, no or one of two, where that is asked; "" where only the rules answer."""
    question = context.question
    if (Ask.VERIFY in question.asks or question.hearsay) and (verdict := judge(context, draft, draft.rules, results, bindings)):
        return verdict
    if plainly := plain_answer(context, draft.rules):
        return plainly
    if Ask.CONDITIONS in question.asks and (against := _refused(context, draft.rules, results)):
        return against
    if Ask.STACKING in question.asks and _add_up(draft.rules):
        return context.say("可以叠加。", "Yes, they may be added together.")
    return ""


def _refused(context: Context, entries: Sequence[RuleEntry], results: Sequence[Calculation]) -> str:
    """What the rule says against getting it, where a case is asked about (去年拿过，今年还能再拿吗)."""
    if len(entries) != 1 or results[0].eligible is Eligible.NO:
        return ""
    return objection(context, entries[0], results[0]) or once_more(context, entries[0])


def _add_up(entries: Sequence[RuleEntry]) -> bool:
    """Whether the text lets each of several rules be added to the others."""
    return len(entries) > 1 and all({other.rule.id for other in entries} - {entry.rule.id} <= {*entry.rule.adds_with} for entry in entries)


def _needs_figure(entry: RuleEntry, result: Calculation) -> bool:
    return entry.rule.gives_money and result.amount is None and bool(result.missing) and result.eligible is not Eligible.NO


def _detail(context: Context, draft: Draft, entry: RuleEntry, result: Calculation, bindings: Bindings) -> None:
    citation, *above = entry.rules.citations(entry.rule)
    draft.cite_all((citation, *above))
    draft.calculations.append(result)
    steps = result.steps if context.zh else result.steps_en
    if steps and result.eligible is not Eligible.NO and (bindings.facts(entry) or Ask.TOTAL in context.question.asks):
        draft.details.append(context.say("计算：", "Steps: ") + ("；" if context.zh else "; ").join(steps))
    checked = [check for check in result.conditions if check.given or check.met is Eligible.NO]
    if checked:
        mark = {Eligible.YES: "✓", Eligible.NO: "✗", Eligible.UNKNOWN: "？"}
        draft.details.extend(
            f"- {mark[check.met]} {context.label(check)}"
            + (context.say(f"（您的情况：{check.given}）", f" (yours: {check.given_en or check.given})") if check.given else "")
            + (f" {gap}" if (gap := check.gap if context.zh else check.gap_en) else "")
            for check in checked
        )
    assumed = [context.label(check) for check in result.conditions if check.assumed]
    if assumed and result.eligible is not Eligible.NO and result.amount is not None:
        draft.details.append(context.say("条文还要求：", "The article also requires: ") + ("；" if context.zh else "; ").join(assumed))
    for source in (*above, citation):
        quote = re.sub(r"\s+", "" if context.zh else " ", source.quote)
        line = f"> {where(entry.policy, source.article, context.zh)}：“{quote}”"
        if line not in draft.details:
            draft.details.append(line)
    if not context.zh and entry.rule.gives_money:
        draft.details.append(f"In English: {describe(entry.rule, 'en')}.")
    for ceiling in entry.rules.ceilings_of(entry.rule):
        share_ceiling(context, draft, entry, ceiling)
    standing = standing_notices(entry.policy.standing(context.on), entry.policy.effective_from.value, entry.policy.effective_to.value)
    for note in result.notices if context.zh else result.notices_en:
        if note not in standing:  # the document's own notice says it, with its name
            draft.notice(note)
