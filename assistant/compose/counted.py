"""Sums claimed for each of several things, or for all of them: 每个都拿50万, 3个能拿150万. A document that is silent promises neither.

counted_claim(context, [warehouse])   # 不一定：文件没有写明可以按个数分别领取……  "" where nothing of the kind is claimed
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.compose.draft import Context, Draft
from assistant.compose.words import WORDS
from assistant.knowledge import RuleEntry
from assistant.rules.figures import figures_of
from assistant.rules.schema import Rule
from assistant.rules.wording import format_quantity
from assistant.understanding.question import Mention

_THINGS = frozenset({"item", "company", "time"})
_MOST = 99


def counted_claim(context: Context, draft: Draft, entries: Sequence[RuleEntry]) -> str:
    """What the rule says of a sum for each of several things, or of so many times its sum; "" for any other claim."""
    for entry in entries:
        rule = entry.rule
        if not rule.gives_money or any(measure.unit in _THINGS for measure in rule.per) or not _sums(rule):
            continue
        for mention in context.question.mentions:
            count = _count(context, rule, mention)
            if count is None:
                continue
            return _said(context, draft, rule, count, mention)
    return ""


def claims_each(text: str) -> bool:
    """Whether something is said of each of several things (每个直播间都能拿), not of several incentives."""
    return bool(WORDS["each_thing"].search(text))


def _sums(rule: Rule) -> list[tuple[Decimal, str]]:
    """What the rule pays at all or at most."""
    return [(value, unit) for value, unit in figures_of(rule) if unit == "CNY"]


def _count(context: Context, rule: Rule, claim: Mention) -> Decimal | None:
    """How many a claimed sum is said to be for: 0 for each of any number; None where it is no such claim."""
    if claim.quantity.unit not in ("", "CNY"):
        return None
    paid = {value for value, _ in _sums(rule)}
    counts = [number for number in _numbers(context) if claim.quantity.value != number]
    several = next((number for number in counts if claim.quantity.value / number in paid), None)
    if several is not None and claim.quantity.value not in paid:
        return several
    if claim.quantity.value in paid and claims_each(context.question.text):
        return max(counts, default=Decimal(0))
    return None


def _numbers(context: Context) -> Iterable[Decimal]:
    for mention in context.question.mentions:
        if mention.quantity.unit in _THINGS and 2 <= mention.quantity.value <= _MOST and mention.quantity.value % 1 == 0:
            yield mention.quantity.value


def _said(context: Context, draft: Draft, rule: Rule, count: Decimal, claim: Mention) -> str:
    whole, each = claim.quantity.value, WORDS["paid_each"].search(rule.quote)
    companies = any(
        WORDS["company"].match(mention.after.strip()) for mention in context.question.mentions if mention.quantity.unit in _THINGS
    )
    for_companies = each is not None and bool(WORDS["company"].match(rule.quote[each.end() :]))
    multiplied = whole not in {value for value, _ in _sums(rule)}
    if each and for_companies and not companies:  # 每家企业最高6万元: not for each of its fairs
        return "" if multiplied else _unwritten(context)
    if each and not multiplied:
        return ""
    if each:
        one, total = (format_quantity(value, "CNY", context.language) for value in (whole / count, whole))
        draft.work(worked := f"{one} × {count:f} = {total}")
        return context.say(f"按条文的“{each.group()}”是这样：{worked}。", f"By the text each is paid: {worked}.")
    if companies:
        return context.say(
            "不一定：文件写的是单家企业的金额，各家须分别符合条件、分别申请。",
            "Not for certain: the sum is for one company; each must qualify and apply for itself.",
        )
    return _unwritten(context)


def _unwritten(context: Context) -> str:
    return context.say(
        "不一定：文件没有写明可以按个数分别领取，请向主管部门确认。",
        "Not for certain: the document does not say that each of several is paid; ask the authority.",
    )
