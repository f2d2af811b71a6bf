"""Of rules of one matter the one that the case leaves: 不用机器人 rules out one item, and 其他项目 is the next."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.binding import bind, recall
from assistant.compose.calculating import calculate_rule
from assistant.compose.draft import Context
from assistant.compose.words import WORDS
from assistant.knowledge import RuleEntry
from assistant.models import Calculation, Eligible
from assistant.selecting import RuleMatch
from index.errors import FactValueError
from index.models import ArticleKind


def not_ruled_out(context: Context, matches: Sequence[RuleMatch], ranked: Sequence[RuleMatch]) -> list[RuleMatch]:
    """The matches; where what the user says of the company rules the first one out, its neighbour in the text that it leaves."""
    first = matches[0]
    told = [match for match in matches[1:] if _neighbours(first.entry, match.entry)]
    same = [match for match in ranked if match not in matches and _neighbours(first.entry, match.entry)]
    beside = [*told, *sorted(same, key=lambda match: match.entry.article.start != first.entry.article.start)]
    if not beside or not first.entry.rule.gives_money:
        return list(matches)
    results = _results(context, [first.entry, *(match.entry for match in beside)])
    if not results or not _denied(results[0]):
        return list(matches)
    possible = [match for match, result in zip(told, results[1:], strict=False) if result.eligible is not Eligible.NO]
    if possible:  # told beside it already
        return [*possible, *(match for match in matches[1:] if match not in told)]
    left = [match for match, result in zip(beside, results[1:], strict=True) if result.eligible is not Eligible.NO]
    rest = [match for match in left if WORDS["all_others"].match(match.entry.rule.beneficiary)]
    others = [match for match in matches[1:] if not _neighbours(first.entry, match.entry)]
    return [(rest or left)[0], *others] if left else list(matches)


_TELLING = 4
"""Characters from which on a noun says more than 企业."""


def _neighbours(one: RuleEntry, other: RuleEntry) -> bool:
    """Whether both give money under one article, or under one sentence above their items."""
    if one.policy.id != other.policy.id or not other.rule.gives_money:
        return False
    if one.rule.under is not None and one.rule.under == other.rule.under and WORDS["all_others"].match(other.rule.beneficiary):
        return True
    above = one.article.path[:-1]
    items = bool(above) and above == other.article.path[:-1] and one.article.kind is ArticleKind.ITEM
    beside = one.article.start == other.article.start or items
    return (
        beside and len(_kind(one)) >= _TELLING and _kind(one) == _kind(other)
    )  # 新设企业 and 已设立企业, 租用 and 购置 are cases of one support


def _kind(entry: RuleEntry) -> str:
    """The head noun of whom it is for: 新设的服务企业 and 已设立的服务企业 are of one kind."""
    return entry.rule.beneficiary.rpartition("的")[2]


def _results(context: Context, entries: Sequence[RuleEntry]) -> list[Calculation]:
    bindings = bind(entries, context.question)
    recall(entries, context.knowledge.entries, context.question, bindings)
    try:
        return [calculate_rule(context, entry, bindings) for entry in entries]
    except FactValueError:
        return []


def _denied(result: Calculation) -> bool:
    """Whether it fails by what was said, not by a figure."""
    failed = [check for check in result.conditions if check.met is Eligible.NO]
    return bool(failed) and not any(check.measured for check in failed)
