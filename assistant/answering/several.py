"""Questions about several rules at once: comparisons, lists, the targets of a year."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.filters import by_share, by_sum
from assistant.answering.words import PERIODS
from assistant.compose.comparing import answer_compare
from assistant.compose.draft import Context, Draft
from assistant.compose.listing import answer_list
from assistant.compose.targets import answer_targets
from assistant.compose.verifying import same_kind
from assistant.findings import Findings
from assistant.knowledge import RARE, RuleEntry
from assistant.levels import levels_of
from assistant.rules.figures import figures_of
from assistant.rules.schema import MONEY_KINDS, Period, RuleKind
from assistant.selecting import HEADING, RuleMatch, cover
from assistant.understanding.question import Ask
from index.models import Policy

_COMPARED = frozenset({*MONEY_KINDS, RuleKind.THRESHOLD, RuleKind.TAX, RuleKind.COMMITMENT})


def is_comparison(context: Context, found: Findings) -> bool:
    """Whether several places, versions or rules are to be held beside each other."""
    question = context.question
    places = {policy.place.name for policy in found.policies} if question.policies or question.everywhere else set()
    if question.everywhere:
        return bool(question.asks & {Ask.COMPARE, Ask.CAP, Ask.AMOUNT, Ask.LIST, Ask.RATE})
    if len(places) > 1:
        return True
    if question.versions_named and len(question.policies) > 1:
        return True
    return (
        bool({Ask.COMPARE, Ask.DIFFERENCE} & question.asks)
        and Ask.TOTAL not in question.asks
        and len(found.chosen) > 1
        and found.chosen[0].entry.rule.gives_money
    )


def compare(context: Context, found: Findings) -> Draft | None:
    """A comparison of what each document has on the matter."""
    question = context.question
    groups: list[tuple[Policy, Sequence[RuleMatch]]] = []
    best = found.ranked[0].score if found.ranked else 0.0
    for policy in found.policies:
        own = [match for match in found.ranked if match.entry.policy.id == policy.id and match.entry.rule.kind in _COMPARED]
        own = [match for match in own if match.score >= 0.3 * best]
        if found.about_money and any(match.entry.rule.gives_money for match in own):
            own = [match for match in own if match.entry.rule.gives_money]
        if len(found.policies) == 1:
            own = list(cover(own, found.units, each=True))
        else:
            own = [match for match in own if match.score >= 0.85 * own[0].score][:4]
        groups.append((policy, own))
    matched = [group for group in groups if group[1]]
    if not matched:
        return None
    if question.everywhere:
        groups = matched
    elif not question.versions_named:
        groups = _leading_versions(groups)
    if len(groups) == 1 and len(groups[0][1]) == 1 and not question.everywhere:
        return None
    return answer_compare(context, groups)


def _leading_versions(groups: list[tuple[Policy, Sequence[RuleMatch]]]) -> list[tuple[Policy, Sequence[RuleMatch]]]:
    """Of several documents of one place the leading one that has something on the matter."""
    by_place: dict[str, list[tuple[Policy, Sequence[RuleMatch]]]] = {}
    for group in groups:
        by_place.setdefault(group[0].place.name, []).append(group)
    leading = []
    for same in by_place.values():
        ordered = sorted(
            same, key=lambda group: (not group[1], bool(group[0].superseded_by), -max((match.score for match in group[1]), default=0.0))
        )
        leading.append(ordered[0])
        known = _levels(ordered[0])
        leading += [group for group in ordered[1:] if known and _levels(group) - known]  # only the earlier one pays for 省级
    return leading


def _levels(group: tuple[Policy, Sequence[RuleMatch]]) -> frozenset[str]:
    return frozenset().union(*(levels_of(match.entry.rule) for match in group[1]))


def list_rules(context: Context, found: Findings) -> Draft | None:
    """A complete list: of a year's targets, of a way of paying, of a figure, of a topic, or of all that is paid."""
    question = context.question
    scope = [entry for policy in found.policies for entry in context.knowledge.rules_of([policy.id])]
    if question.years and Ask.TARGET in question.asks:
        targets = [match for match in found.ranked if match.entry.rule.target and match.entry.rule.target.year in question.years]
        if targets:
            return answer_targets(context, targets[:12])
    if period := next((Period(name) for name, words in PERIODS.items() if words.search(question.text)), None):
        periodic = [entry for entry in scope if entry.rule.gives_money and entry.rule.period is period]
        if periodic and not any(unit.topic and unit.weight > 1.5 for unit in found.units):
            return answer_list(context, periodic)
    if not any(unit.weight > 1.0 for unit in found.topics) and (draft := by_sum(context, scope) or by_share(context, scope)):
        return draft
    if question.mentions:
        figured = [entry for entry in scope if cites_figure(context, entry)]
        if figured:
            return answer_list(context, figured)
    money = [entry for entry in scope if entry.rule.gives_money]
    if not found.topics:
        if any(unit.weight >= RARE and context.knowledge.mentions(unit.forms[:1]) for unit in found.units):
            return None  # 穿戴甲企业有什么奖励 asks for those of one trade
        return answer_list(context, money) if money and (not found.units or found.about_money) else None
    fitting = [match for match in found.ranked if match.entry.rule.gives_money or match.entry.rule.kind is RuleKind.COMMITMENT]
    if not fitting or not found.supported or not found.about_money:
        return None
    best = fitting[0].score
    telling = [number for number, unit in enumerate(found.units) if unit.topic and unit.weight > 0.8]
    chosen = [match for match in fitting if match.score >= 0.6 * best or any(match.covers(number, HEADING) for number in telling)]
    paid = [match for match in chosen if match.entry.rule.gives_money]
    return answer_list(context, [match.entry for match in (paid or chosen)]) if paid or chosen else None


def cites_figure(context: Context, entry: RuleEntry) -> bool:
    """Whether the question names a figure of a rule that gives money."""
    wanted = {(mention.quantity.value, mention.quantity.unit) for mention in context.question.mentions}
    figures = figures_of(entry.rule)
    return entry.rule.gives_money and any(value == other and same_kind(unit, own) for value, unit in figures for other, own in wanted)


def targets_of_years(context: Context, found: Findings) -> Draft | None:
    """All targets of the years named; of the kind of figure the user gives, where one is given."""
    question = context.question
    targets = [
        entry
        for entry in context.knowledge.rules_of([policy.id for policy in found.policies])
        if entry.rule.target and entry.rule.target.figure and entry.rule.target.year in question.years
    ]
    units = {*(mention.quantity.unit for mention in question.mentions), *([question.wants_type] if question.wants_type else [])}
    fitting = [
        entry for entry in targets if entry.rule.target and entry.rule.target.figure and entry.rule.target.figure.unit in units
    ] or targets
    return answer_targets(context, [RuleMatch(1.0, (), entry) for entry in fitting[:12]]) if fitting else None
