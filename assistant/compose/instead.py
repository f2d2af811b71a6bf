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


def not_ruled_out(context: Context, matches: Sequence[RuleMatch], ranked: Sequence[RuleMatch]) -> list[RuleMatch]:
    """The matches; where what the user says of the company rules the first one out, its neighbour in the text that it leaves."""
    first = matches[0]
    beside = [match for match in ranked if match not in matches and _neighbours(first.entry, match.entry)]
    if not beside or not first.entry.rule.gives_money:
        return list(matches)
    results = _results(context, [first.entry, *(match.entry for match in beside)])
    if not results or not _denied(results[0]):
        return list(matches)
    left = [match for match, result in zip(beside, results[1:], strict=True) if result.eligible is not Eligible.NO]
    rest = [match for match in left if WORDS["all_others"].match(match.entry.rule.beneficiary)]
    others = [match for match in matches[1:] if not _neighbours(first.entry, match.entry)]
    return [(rest or left)[0], *others] if left else list(matches)


def _neighbours(one: RuleEntry, other: RuleEntry) -> bool:
    """Whether both give money under one article, or under one sentence above their items."""
    if one.policy.id != other.policy.id or not other.rule.gives_money:
        return False
    path = one.article.path
    if len(path) > 1 and path[:-1] == other.article.path[:-1] and _kind(one) == _kind(other):
        return True  # 新设企业 and 已设立企业 are items of one article
    return one.article.start == other.article.start or (one.rule.under is not None and one.rule.under == other.rule.under)


def _kind(entry: RuleEntry) -> str:
    """The label without what tells it from others of its name."""
    return entry.rule.label.split("（")[0]


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
