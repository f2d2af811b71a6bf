"""The index as a LangChain retriever, for the pipeline and for chains of other people."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.glossary.terms import Glossary
from assistant.understanding.question import Question
from index.models import Hit
from index.search import Searcher


class PolicyRetriever(BaseRetriever):
    """Finds the articles nearest to a question; each document's metadata names policy, article and offsets.

    >>> PolicyRetriever(searcher=searcher, policies=("zhuzhou-draft",)).invoke("体验店补贴")   # doctest: +SKIP
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    policies: tuple[str, ...] | None = None
    k: int = 8
    also: tuple[str, ...] = ()

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        return [as_document(hit) for hit in self.hits(query)]

    def hits(self, query: str, policies: Collection[str] | None = None, also: Collection[str] = ()) -> list[Hit]:
        """The same as plain hits."""
        return self.searcher.search(query, policies=policies or self.policies, k=self.k, also=tuple(also) or self.also)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is searched for, where (None: everywhere), and with which further words for the lexical side."""

    text: str
    policies: tuple[str, ...] | None
    also: tuple[str, ...]


def search_query(question: Question, glossary: Glossary) -> SearchQuery:
    """The query for one question: a follow-up brings the topic it leans on, English brings its Chinese terms."""
    topic = " ".join(unit.name for unit in question.units) if question.follow_up else ""
    return SearchQuery(f"{question.text} {topic}".strip(), question.policies or None, tuple(glossary.expand(question.text)))


def as_document(hit: Hit) -> Document:
    """A hit as a LangChain document."""
    chunk = hit.chunk
    metadata: dict[str, Any] = {
        "policy": chunk.policy_id,
        "article": chunk.label,
        "number": chunk.article,
        "start": chunk.start,
        "end": chunk.end,
        "rank": hit.rank,
        "score": hit.score,
    }
    return Document(page_content=chunk.text, metadata=metadata)
