"""What all baselines share: their documents, the question they search with, and a passage as the answer.

    answer(["秦皇岛海外仓奖励多少？", "那连云港呢？"], date(2026, 1, 31))      # one dict a turn, shaped like `Answer.as_json()`

A baseline always answers, with its best passage, in the words of the document. It searches with all messages of the
conversation so far, so that a follow-up keeps its subject.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.models import Answer, Behaviour, Citation
from index.config import load_settings
from index.embedder import SentenceTransformerEmbedder, open_embedder
from index.lexical import tokens
from index.models import Policy
from index.policies import load_policies


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document, as offsets into its text."""

    policy: str
    start: int
    end: int


Search = Callable[[str], Passage]
"""The best passage for a question."""


@cache
def documents() -> dict[str, Policy]:
    """The policies of the settings, by id."""
    policies, _ = load_policies(load_settings().policies)
    return {policy.id: policy for policy in policies}


@cache
def embedder() -> SentenceTransformerEmbedder:
    """The embedder of the settings: every baseline with vectors uses the same."""
    return open_embedder(load_settings())


def answers(turns: Sequence[str], search: Search) -> list[dict[str, Any]]:
    """One answer a turn: the best passage for all messages up to this one."""
    asked = ["\n".join(turns[: number + 1]) for number in range(len(turns))]
    return [as_answer(search(question), question) for question in asked]


def as_answer(passage: Passage, question: str) -> dict[str, Any]:
    """A passage in the form of an answer: its own conclusion, citing the articles whose words it shows.

    A splitter that does not know articles begins in the middle of one and ends in another; which of them it means cannot be
    seen from it. The first citation is the one that shares most terms with the question: the reading in its favour.
    """
    policy, wanted = documents()[passage.policy], set(tokens(question))
    shown = [
        Citation(policy.id, policy.title, article.label, policy.text[start:end], start, end)
        for article in policy.articles
        if (start := max(article.start, passage.start)) < (end := min(article.end, passage.end)) and policy.text[start:end].strip()
    ]
    shown.sort(key=lambda citation: -len(wanted & set(tokens(citation.quote))))
    text = policy.text[passage.start : passage.end]
    return Answer(text=text, conclusion=text, behaviour=Behaviour.ANSWER, citations=tuple(shown)).as_json()
