"""Claims that name no incentive: a body said to do a thing, and figures that only one rule of the place can be meant by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.answering.words import WORDS
from assistant.compose.draft import Context, Draft
from assistant.compose.incentives import answer_incentives
from assistant.compose.passages import answer_passages
from assistant.compose.targets import answer_targets
from assistant.findings import Findings
from assistant.knowledge import RuleEntry, plain
from assistant.rules.figures import figures_of
from assistant.rules.schema import RuleKind
from assistant.selecting import RuleMatch, rank_passages
from assistant.understanding.question import Ask, Unit

_COMMON = frozenset({"", "CNY", "ratio", "percentage_point", "company", "item", "year", "month", "person", "time"})
"""Units that figures of many rules have; a claim in another one (USD, CNY/m2) points at the few that use it."""


def claimed_body(context: Context, found: Findings) -> Draft | None:
    """A body is said to do a thing (组长是副市长, 申报指南由市财政局发布): yes or no by the sentence that says who does."""
    question = context.question
    text = question.text
    body = WORDS["claimed_body"].search(text)
    duties = list(dict.fromkeys(WORDS["duty"].findall(text)))
    if Ask.VERIFY not in question.asks or not body or not duties or not question.policies:
        return None
    units = (*(Unit((duty,), 3.0, True) for duty in duties), *found.units)
    entries = context.knowledge.articles_of([policy.id for policy in found.policies])
    leading = sorted(rank_passages(entries, units)[:8], key=lambda passage: bool(passage.entry.policy.superseded_by))
    for passage in leading:
        clauses = [clause for clause in re.split("[，,。；;]", plain(passage.text)) if any(duty in clause for duty in duties)]
        said = all(strength == 1.0 for strength in passage.strengths[: len(duties)])
        if said and any(WORDS["doer"].search(clause) for clause in clauses):
            return answer_passages(context, [passage], lead=_verdict(context, body["body"] or body["person"], clauses))
    return None


def _verdict(context: Context, body: str, clauses: Sequence[str]) -> str:
    """Whether one of the clauses names the body: 市长 is not the 副市长."""
    for place in {policy.place.name for policy in context.knowledge.policies.values()}:
        body = body.removeprefix(place).removeprefix(place.removesuffix("市"))
    right = any(re.search(rf"(?<!副){re.escape(plain(body))}", clause) for clause in clauses)
    return context.say("是的，与文件一致。", "Yes, that is what the document says.") if right else context.say("不对。", "No.")


def claimed_figures(context: Context, found: Findings) -> Draft | None:
    """The rules meant by the figures of a claim without a topic: those with most of them, or alone with their unit."""
    question = context.question
    if Ask.VERIFY not in question.asks or not question.mentions or not question.policies:
        return None
    entries = context.knowledge.rules_of([policy.id for policy in found.policies if not policy.superseded_by] or list(question.policies))
    if question.years and (dated := _targets(context, entries)):
        return answer_targets(context, [RuleMatch(1.0, (), entry) for entry in dated])
    rare = {_measured_in(mention.quantity.unit) for mention in question.mentions} - _COMMON
    fitting = [entry for entry in entries if entry.rule.gives_money and rare and rare & _unit_parts(entry)]
    if not fitting:
        return None
    values = {mention.quantity.value for mention in question.mentions}
    scores = [sum(value in values for value in {value for value, _ in figures_of(entry.rule)}) for entry in fitting]
    best = [entry for entry, score in zip(fitting, scores, strict=True) if score == max(scores)]
    return answer_incentives(context, [RuleMatch(1.0, (), entry) for entry in best]) if len(best) == 1 else None


def _measured_in(unit: str) -> str:
    """The unit; of a price (CNY/m2/month) what it is for."""
    return unit.split("/")[1] if "/" in unit else unit


def _unit_parts(entry: RuleEntry) -> set[str]:
    return {_measured_in(unit) for _, unit in figures_of(entry.rule)}


def _targets(context: Context, entries: Sequence[RuleEntry]) -> list[RuleEntry]:
    """The targets of one metric for the years of the question that hold most of its figures."""
    claims = {(mention.quantity.value, mention.quantity.unit) for mention in context.question.mentions}
    dated = [
        entry
        for entry in entries
        if entry.rule.kind is RuleKind.TARGET and entry.rule.target and entry.rule.target.year in context.question.years
    ]
    hits = Counter(entry.rule.target.metric for entry in dated if entry.rule.target and claims & set(figures_of(entry.rule)))
    if not hits or hits.most_common(1)[0][1] < 2:
        return []
    metric = hits.most_common(1)[0][0]
    return [entry for entry in dated if entry.rule.target and entry.rule.target.metric == metric]
