"""The article that search finds nearest, where the rules chosen by words are far from it.

设备作价出资能算进实缴资本吗    each word stands in some rule; the article on capital paid in kind is what is asked about

Words of a question may be scattered over rules that have nothing to do with it. Search looks at whole articles: where it finds the
chosen rules nowhere near, they hold little of the question, and no sum is asked for, the nearest article answers in its own words.
"""

from __future__ import annotations

from assistant.answering.words import WORDS
from assistant.compose.draft import Context, Draft
from assistant.compose.passages import answer_passages
from assistant.findings import Findings
from assistant.knowledge import RuleEntry
from assistant.selecting import share
from assistant.understanding.question import Ask

_NEAR = 3
"""A rule of one of so many articles is near."""
_HELD = 0.6
"""From this share of the question's words on, rules are what is asked about, whatever search finds."""
_BETTER = 0.2
"""By how much more the nearest sentence must hold where a sum seems to be asked for: 按多少税率测算."""
_SUMS = frozenset({Ask.AMOUNT, Ask.RATE, Ask.CAP, Ask.TOTAL, Ask.INVERSE, Ask.BASIS, Ask.TARGET, Ask.LIST})


def nearest_article(context: Context, found: Findings) -> Draft | None:
    """The best sentence of the article found first, where no rule that gives money stands in it or near it."""
    if not found.hits or not found.chosen or context.question.thread:
        return None
    near = list(dict.fromkeys((hit.chunk.policy_id, hit.chunk.article) for hit in found.hits))[:_NEAR]
    rules = [match.entry for match in found.chosen]
    paid = [entry for entry in context.knowledge.rules_of([policy.id for policy in found.policies]) if entry.rule.gives_money]
    if any(_at(entry) in near for entry in rules) or any(_at(entry) == near[0] for entry in paid):
        return None
    together = [max(match.strengths[number] for match in found.chosen) for number in range(len(found.units))]
    held = share(found.units, together, topics_only=False)
    passages = [passage for passage in found.passages() if (passage.entry.policy.id, passage.entry.number) == near[0]][:1]
    if not passages or not any(whole == 1.0 and not rule for whole, rule in zip(passages[0].strengths, together, strict=True)):
        return None  # it has no word of the question that the rules lack
    own = share(found.units, [strength if strength == 1.0 else 0.0 for strength in passages[0].strengths], topics_only=False)
    wants_sum = context.question.asks & _SUMS or WORDS["how_much"].search(context.question.text)
    if held >= _HELD or (wants_sum and (own < held + _BETTER or context.question.mentions)):
        return None
    return answer_passages(context, passages)


def _at(entry: RuleEntry) -> tuple[str, int]:
    return entry.policy.id, next(number for number, article in enumerate(entry.policy.articles) if article.start == entry.article.start)
