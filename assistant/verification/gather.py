"""Puts the evidence together: of an answer, or for a reply that somebody wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.compose.draft import article_citation
from assistant.knowledge import Knowledge, RuleEntry
from assistant.models import Answer, Behaviour, Citation
from assistant.verification.corpus import Corpus
from assistant.verification.forms import compact, plain_text
from assistant.verification.models import Evidence
from assistant.verification.reading import read_once
from assistant.verification.scope import label_marks, place_marks, version_marks
from assistant.verification.statements import cut, titles
from assistant.verification.units import article_of

if TYPE_CHECKING:  # the pipeline may import this module
    from assistant.pipeline import Assistant


def evidence_for(knowledge: Knowledge, answer: Answer, said: str, on: date) -> Evidence:
    """What an answer rests on: its articles, the rules in them, its calculations, and the program's own notices.

    Args:
        answer: As the pipeline gives it.
        said: What the user said so far.
        on: The day the answer is about.
    """
    texts = list(answer.notices)
    if answer.behaviour is Behaviour.REFUSE:
        texts += [piece.text for piece in cut(answer.conclusion)]  # words of the program; a refusal states nothing of a document
    if answer.behaviour is Behaviour.CLARIFY:
        texts += [name for entry in knowledge.entries for name in (entry.rule.label, entry.rule.label_en) if name]
    return Evidence(
        policies=knowledge.policies,
        citations=answer.citations,
        calculations=answer.calculations,
        workings=answer.workings,
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


_NEAREST = 4
"""Articles looked up for each statement of a reply."""


def evidence_for_reply(
    assistant: Assistant, draft: str, question: str = "", policies: Sequence[str] = (), on: date | None = None
) -> Evidence:
    """What a reply that somebody wrote may rest on.

    The answer to the question, if one is given; the articles the reply names; and for each of its statements the nearest ones.

    Args:
        assistant: Answers and searches.
        draft: The reply.
        question: What it replies to: its figures are the user's own facts.
        policies: Ids of the documents it may speak of; empty: those of the places it names, or all.
        on: The day it is about; today, if not given.
    """
    day = on or date.today()
    knowledge = assistant.knowledge
    answer = assistant.ask(question, on=day) if question else None
    citations = list(answer.citations) if answer else []
    corpus = Corpus.of(knowledge.policies)
    named: tuple[str, ...] = ()
    for piece in cut(draft):
        plain = plain_text(piece.text)
        named = _documents_named(corpus, plain) or named
        within = tuple(policy for policy in named if not policies or policy in policies) or tuple(policies) or None
        for mark in label_marks(plain):
            found = corpus.articles(within or tuple(corpus.by_id), mark.label)
            citations += [article_citation(knowledge.policies[policy], article) for policy, article in found] if within else []
        if len(compact(plain)) >= _WORTH_SEARCHING:
            citations += _nearest(assistant, plain, within)
    citations = list({(citation.policy, citation.start): citation for citation in citations}.values())
    texts = tuple(answer.notices) if answer else ()
    return Evidence(
        policies=knowledge.policies,
        citations=tuple(citations),
        calculations=answer.calculations if answer else (),
        workings=answer.workings if answer else (),
        said=question,
        on=day,
        texts=texts,
        rules=tuple(rules_of(knowledge, citations)),
    )


_WORTH_SEARCHING = 6


def _documents_named(corpus: Corpus, plain: str) -> tuple[str, ...]:
    """The documents of the titles in a statement, else those of its places, and of these those of a year named."""
    titled = [policy for start, end in titles(plain) for policy in corpus.titles.get(compact(plain[start + 1 : end - 1]), ())]
    places = place_marks(corpus, corpus.places.find(plain))
    found = tuple(dict.fromkeys(titled)) or tuple(dict.fromkeys(policy for mark in places for policy in mark.policies))
    reading = read_once(plain)
    for mark in version_marks(corpus, plain, [(day.start, day.end, day.first.year) for day in reading.dates], places):
        found = tuple(policy for policy in found if policy in mark.policies) or found
    return found


def _nearest(assistant: Assistant, plain: str, policies: tuple[str, ...] | None) -> list[Citation]:
    hits = assistant.retriever.hits(plain, policies, assistant.glossary.expand(plain))
    articles = dict.fromkeys((hit.chunk.policy_id, hit.chunk.article) for hit in hits)
    known = assistant.knowledge.policies
    return [article_citation(known[policy], known[policy].articles[number]) for policy, number in list(articles)[:_NEAREST]]
