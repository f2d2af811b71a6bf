"""What several supports give together at most: told beside each of them, and kept where they are added up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.compose.draft import Context, Draft, where
from assistant.knowledge import RuleEntry
from assistant.models import Calculation
from assistant.rules.schema import CommonCeiling
from assistant.rules.wording import format_quantity


def share_ceiling(context: Context, draft: Draft, entry: RuleEntry, ceiling: CommonCeiling) -> None:
    """Quote a ceiling that the rule shares with others."""
    citation = entry.rules.clause_citation(ceiling)
    draft.cite(citation)
    place = where(entry.policy, citation.article, context.zh)
    quote = "".join(citation.quote.split())
    draft.notice(
        context.say(
            f"另有合计上限：{place}“{quote}”",
            f"A further ceiling on the total: {place} “{quote}”",
        )
    )


def within_ceilings(context: Context, entries: Sequence[RuleEntry], results: Sequence[Calculation]) -> tuple[Decimal, list[str]]:
    """What these results give together, and the steps by which shared ceilings cut it: those of an article before those of a document."""
    currency = results[0].currency
    groups = [({entry.key}, result.amount or Decimal(0)) for entry, result in zip(entries, results, strict=True)]
    steps = []
    for ceiling, sharing in _shared(entries, currency):
        own = [group for group in groups if group[0] <= sharing]
        together = sum((amount for _, amount in own), Decimal(0))
        if together <= ceiling.cap.value:
            continue
        shown, most = (format_quantity(value, currency, context.language) for value in (together, ceiling.cap.value))
        steps.append(context.say(f"{shown}超过合计上限{most}，按{most}计", f"{shown} exceeds the shared ceiling of {most}: {most}"))
        groups = [group for group in groups if group not in own] + [({key for keys, _ in own for key in keys}, ceiling.cap.value)]
    return sum((amount for _, amount in groups), Decimal(0)), steps


def _shared(entries: Sequence[RuleEntry], currency: str) -> list[tuple[CommonCeiling, set[tuple[str, str]]]]:
    """The ceilings of these rules, each with the keys of those that share it."""
    sharing: dict[tuple[str, str], tuple[CommonCeiling, set[tuple[str, str]]]] = {}
    for entry in entries:
        for ceiling in entry.rules.ceilings_of(entry.rule):
            if ceiling.cap.unit == currency:
                sharing.setdefault((entry.policy.id, ceiling.quote), (ceiling, set()))[1].add(entry.key)
    return sorted(sharing.values(), key=lambda pair: not pair[0].rules)
