"""Puts the evidence together: of an answer, or for a reply that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.knowledge import Knowledge, RuleEntry
from assistant.models import Answer, Behaviour, Citation
from assistant.verification.models import Evidence
from assistant.verification.units import article_of


def evidence_for(knowledge: Knowledge, answer: Answer, said: str, on: date) -> Evidence:
    """What an answer rests on: its articles, the rules in them, its calculations, and the program's own notices.

    Args:
        answer: As the pipeline gives it.
        said: What the user said so far.
        on: The day the answer is about.
    """
    texts = list(answer.notices)
    if answer.behaviour is Behaviour.REFUSE:
        texts.append(answer.conclusion)  # words of the program; a refusal states nothing of a document
    if answer.behaviour is Behaviour.CLARIFY:
        texts += [name for entry in knowledge.entries for name in (entry.rule.label, entry.rule.label_en) if name]
    return Evidence(
        policies=knowledge.policies,
        citations=answer.citations,
        calculations=answer.calculations,
        said=said,
        on=on,
        texts=tuple(texts),
        rules=tuple(rules_of(knowledge, answer.citations)),
    )


def rules_of(knowledge: Knowledge, citations: Iterable[Citation]) -> list[RuleEntry]:
    """The rules that stand in the cited articles."""
    articles = set()
    for citation in citations:
        article = article_of(knowledge.policies[citation.policy], citation)
        if article:
            articles.add((citation.policy, article.start))
    return [entry for entry in knowledge.entries if (entry.policy.id, entry.article.start) in articles]
