"""What a rule says against a claim beside its figures: a condition waived, a one-off paid every year, somebody else paid.

objection(context, entry, result)   # 不对，是一次性的，不是每年都给。  "" when nothing speaks against it
reserve(context, entry, result)     # 可以，但有前提：经营时间 ≥ 1年。   "" when nothing is left open
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from assistant.binding import bigrams, slots
from assistant.binding.denials import AFFIRMED
from assistant.compose.draft import Context
from assistant.compose.words import WORDS
from assistant.knowledge import RuleEntry, condition_names, plain
from assistant.models import Calculation, Eligible
from assistant.rules.conditions import format_condition
from assistant.rules.describe import describe, describe_conditions
from assistant.rules.schema import AnyOf, Compare, Condition, OneOf, Period, Rule
from assistant.understanding.asks import find_wanted_type
from assistant.understanding.patterns import MARKERS
from index.models import Bound, Status
from index.quantities import parse_quantities

LIKE = 0.6
"""Share of the shorter of two phrases that they must have in common to name the same thing."""


def objection(context: Context, entry: RuleEntry, result: Calculation) -> str:
    """The first thing the rule says against the words of the claim; "" for none."""
    for speaks in _OBJECTIONS:
        if sentence := speaks(context, entry, result):
            return sentence
    return ""


def reserve(context: Context, entry: RuleEntry, result: Calculation) -> str:
    """Why a claim whose figures are right is not simply right; "" when it is."""
    text = context.question.text
    open_conditions = _left_open(context, result)
    if WORDS["everybody"].search(text) and (own := _conditions(context, entry)):
        return context.say(f"不完全对，还须符合条件：{own}。", f"Not quite, there are conditions: {own}.")
    if WORDS["guaranteed"].search(text) and not _due(entry, result):
        must = context.say(f"须符合条件（{open_conditions}），", f"conditions apply ({open_conditions}) and ") if open_conditions else ""
        return context.say(f"不一定：{must}由主管部门审核确定。", f"Not for certain: {must}the authority decides.")
    if WORDS["waived"].search(text):
        return context.say("不能这样说：文件没有写明这一点。", "Not as such: the document does not say so.")
    if said := once_more(context, entry):
        return said
    if other := _other_basis(context, entry):
        return other
    if WORDS["even_so"].search(text) and (judged := _judged_open(context, result)):
        return context.say(f"不一定，须符合条件：{judged}。", f"Not for certain; conditions apply: {judged}.")
    if open_conditions and any(check.given for check in result.conditions):
        return context.say(f"可以，但有前提：{open_conditions}。", f"Yes, but only if: {open_conditions}.")
    return ""


def once_more(context: Context, entry: RuleEntry) -> str:
    """A one-off is to be paid again: nothing says that it is."""
    if entry.rule.period is not Period.ONCE or not WORDS["again"].search(context.question.text):
        return ""
    return context.say("不一定：文件没有写明可以重复拿。", "Not for certain: the document does not say that it is paid again.")


def _other_basis(context: Context, entry: RuleEntry) -> str:
    """按年租金的2%给: the rate is right, but of something that has nothing in common with the basis."""
    basis = entry.rule.basis
    for mention in context.question.mentions if basis else ():
        said = WORDS["rate_of"].search(mention.before)
        names = next((slot.names for slot in slots(entry.rule) if basis and slot.fact == basis.fact), ())
        if basis and said and not any(set(said["basis"]) & set(name) for name in names):
            label = context.label(basis)
            return context.say(f"不完全对：是按{label}计算的。", f"Not quite: it is computed on the {label}.")
    return ""


def _paid_when(context: Context, entry: RuleEntry, result: Calculation) -> str:
    del result
    text, rule = context.question.text, entry.rule
    yearly = bool(WORDS["yearly"].search(text))
    if rule.payments:  # paid out over years: 一次性发放 is wrong, 每年都发 is right
        over = len(rule.payments)
        paid_once = WORDS["once"].search(text)
        return context.say(f"不对，是分{over}年拨付的。", f"No: it is paid over {over} years.") if paid_once else ""
    if yearly and rule.period is Period.ONCE:
        return context.say("不对，是一次性的，不是每年都给。", "No: it is paid once, not every year.")
    if yearly and rule.period is Period.FIRST_YEAR:
        return context.say("不对，只给首年，不是每年都给。", "No: it is for the first year only.")
    if yearly and rule.gives_money and rule.period is Period.UNSTATED and not any(cap.per == "year" for cap in rule.every_cap):
        return context.say("不能这样说：文件没有写明每年都给。", "Not as such: the document does not say that it is paid every year.")
    if rule.period is Period.YEAR and WORDS["once"].search(text):
        return context.say("不对，是按年度的，不是一次性的。", "No: it is by the year, not one-off.")
    return ""


def _uncapped(context: Context, entry: RuleEntry, result: Calculation) -> str:
    del result
    rule = entry.rule
    capped = bool(rule.every_cap) or any(figure.bound is Bound.AT_MOST for figure in (rule.rate, rule.amount) if figure)
    if not capped or not WORDS["uncapped"].search(context.question.text):
        return ""
    return context.say("不对，文件规定了上限。", "No: the document sets a ceiling.")


def _exempt(context: Context, entry: RuleEntry, result: Calculation) -> str:
    del result
    text, tax = context.question.text, entry.rule.tax
    internal = bool(WORDS["internal_tax"].search(text)) or not WORDS["duty"].search(text)
    if tax is None or tax.share.value <= 0 or not internal or not WORDS["exempt"].search(text):
        return ""
    return context.say("不对，增值税、消费税不是免征。", "No: VAT and consumption tax are not waived.")


def _waived(context: Context, entry: RuleEntry, result: Calculation) -> str:
    """海外仓不用满一年也能拿, 没通过验收也能拿: a condition is said not to count."""
    del result
    for words, refusal in (("waived", "不对"), ("lacked", "不行")):
        for condition in entry.rule.single_conditions:
            if any(names_condition(entry.rule, condition, match.group()) for match in WORDS[words].finditer(context.question.text)):
                stated = format_condition(condition, context.language)
                return context.say(f"{refusal}，条文要求：{stated}。", f"No: the text requires {stated}.")
    return ""


def _alternative(context: Context, entry: RuleEntry, result: Calculation) -> str:
    """进出口额不算, 两个都要: one of several alternatives is said not to be enough."""
    del result
    text = context.question.text
    for condition in entry.rule.conditions:
        if not isinstance(condition, AnyOf):
            continue
        excluded = [match.group() for match in WORDS["excluded"].finditer(text)]
        named = any(names_condition(entry.rule, part, phrase) for part in condition.of for phrase in excluded)
        if named or WORDS["all_needed"].search(text):
            return context.say("不对，条文写的是“或”，满足其一即可。", "No: the text says “or”; one is enough.")
    return ""


def _first_only(context: Context, entry: RuleEntry, result: Calculation) -> str:
    """今年再进名单还能拿: a support for the first time is claimed again, unless it is said to be the first (今年首次)."""
    del result
    text = context.question.text
    if entry.rule.schedule or not WORDS["again"].search(text) or AFFIRMED["first"].search(text):
        return ""
    first = WORDS["first"].search(entry.rule.quote)
    if not first:
        return ""
    return context.say(f"不对，条文限“{first.group()}”。", f"No: the text limits it to the first time (“{first.group()}”).")


def _bounded(context: Context, entry: RuleEntry, result: Calculation) -> str:
    """不到1000平也能拿: below a threshold, or beyond a limit."""
    del result
    rule = entry.rule
    if MARKERS["refused"].search(context.question.text):
        return ""  # 不足1000平就没有奖励: nobody says it is to be had
    for mention in context.question.mentions:
        figure = mention.quantity
        for part in rule.single_conditions:
            if not isinstance(part, Compare) or part.unit != (figure.unit or part.unit) or part.value < figure.value:
                continue
            below = part.op in (">", ">=") and figure.bound is Bound.LESS_THAN
            if below or (part.op in ("<", "<=") and figure.bound in (Bound.AT_LEAST, Bound.MORE_THAN) and part.value == figure.value):
                stated = format_condition(part, context.language)
                return context.say(f"不对，条文要求：{stated}。", f"No: the text requires {stated}.")
        limits = (rule.tax.single_limit, rule.tax.annual_limit) if rule.tax else ()
        beyond = figure.bound in (Bound.MORE_THAN, Bound.AT_LEAST) and not mention.required
        if beyond and any(limit.value == figure.value for limit in limits):
            return context.say("不对，超过限值的不适用。", "No: it does not apply beyond the limit.")
    return ""


def _somebody_else(context: Context, entry: RuleEntry, result: Calculation) -> str:
    """入驻产业园的企业能拿吗: claimed for those who use a thing, where whoever runs it is paid."""
    del result
    user = WORDS["user"].search(context.question.text)
    if not user or not entry.rule.gives_money:
        return ""
    paid = entry.rule.beneficiary
    if WORDS["company"].search(paid) and (not user["use"] or user["use"] in paid):
        return ""
    to = context.say(paid, entry.rule.beneficiary_en or paid)
    return context.say(f"不对，条文给的是{to}，不是{user.group()}。", f"No: it is for {to}.")


def _of_the_kind(context: Context, entry: RuleEntry, result: Calculation) -> str:
    """工业用地也能拿: the text is for what is not so (非工业用地)."""
    del result
    text = context.question.text
    for match in WORDS["not_of_kind"].finditer(entry.rule.quote):
        if re.search(f"(?<!非)(?<!不是)(?<!不属于){re.escape(match['kind'])}", text):
            return context.say(f"不对，条文写的是“{match.group()}”。", f"No: the text is for “{match.group()}”.")
    return ""


def _by_tier(context: Context, entry: RuleEntry, result: Calculation) -> str:
    """每个都补40元: one of several steps is said to be all of them."""
    rule, text = entry.rule, context.question.text
    if result.amount is not None or not WORDS["each"].search(text) or any(option in text for option in _options(rule)):
        return ""
    given = {figure.value for tier in rule.tiers for figure in (tier.amount or tier.rate,) if figure}
    if len(given) < 2 or not any(mention.quantity.value in given for mention in context.question.mentions):
        return ""
    return context.say(
        f"不对，不都是这样，要看属于哪一档：{describe(rule)}。", f"Not all of them; it depends on the tier: {describe(rule, 'en')}."
    )


def _options(rule: Rule) -> set[str]:
    return {option for tier in rule.tiers if isinstance(tier.when, OneOf) for option in tier.when.options}


_OBJECTIONS: tuple[Callable[[Context, RuleEntry, Calculation], str], ...] = (
    _uncapped,
    _exempt,
    _paid_when,
    _waived,
    _alternative,
    _first_only,
    _bounded,
    _somebody_else,
    _of_the_kind,
    _by_tier,
)


def names_condition(rule: Rule, condition: Condition, phrase: str) -> bool:
    """Whether a phrase names the condition: by its words, by a figure in its unit, or by its kind (不管多大)."""
    if isinstance(condition, Compare):
        said = {figure.unit for figure in parse_quantities(phrase)} | {find_wanted_type(phrase)}
        if condition.unit in said - {"", "CNY"}:
            return True
        names: Iterable[str] = next((slot.names for slot in slots(rule) if slot.fact == condition.fact), ())
    else:
        names = (plain(name) for name in condition_names(condition) if name)
    words = plain(WORDS["negation"].sub("", phrase))
    pairs = bigrams(words)
    return any(name in words or (len(words) > 1 and words in name) or _alike(bigrams(name), pairs) for name in names)


def _alike(first: set[str], second: set[str]) -> bool:
    common = len(first & second)
    return common >= 2 and common >= LIKE * min(len(first), len(second))


def _left_open(context: Context, result: Calculation) -> str:
    """The conditions of which nothing is known, in words."""
    names = [context.label(check) for check in result.conditions if check.met is Eligible.UNKNOWN]
    return context.say("；", "; ").join(dict.fromkeys(names))


def _judged_open(context: Context, result: Calculation) -> str:
    """The open conditions that asking does not imply and no figure decides, in words."""
    names = [
        context.label(check) for check in result.conditions if check.met is Eligible.UNKNOWN and not check.measured and not check.assumed
    ]
    return context.say("；", "; ").join(dict.fromkeys(names))


def _conditions(context: Context, entry: RuleEntry) -> str:
    """The conditions that asking does not imply, else those it does, in words."""
    own = describe_conditions(entry.rule, context.language, assumed=False) or describe_conditions(entry.rule, context.language)
    return context.say("；", "; ").join(own)


def _due(entry: RuleEntry, result: Calculation) -> bool:
    """Whether the sum follows from the text alone: no ceiling, no open condition, no approval, no draft."""
    exact = result.bound is Bound.EXACT and result.eligible is Eligible.YES
    return exact and not entry.rules.file.approval and entry.policy.status is not Status.DRAFT
