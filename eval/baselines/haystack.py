"""Haystack with its defaults: a splitter of 200 words, an in-memory store, retrieval by vectors; the best document answers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")  # read once, when the library is imported

from haystack import Document, Pipeline, component
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore

from eval.baselines.passages import Passage, Search, answers, documents, embedder


@component
class _EmbedDocuments:
    @component.output_types(documents=list[Document])
    def run(self, documents: list[Document]) -> dict[str, list[Document]]:
        vectors = embedder().embed_passages([document.content or "" for document in documents])
        return {"documents": [replace(document, embedding=vector) for document, vector in zip(documents, vectors.tolist(), strict=True)]}


@component
class _EmbedText:
    @component.output_types(embedding=list[float])
    def run(self, text: str) -> dict[str, list[float]]:
        return {"embedding": embedder().embed_queries([text])[0].tolist()}


@cache
def build() -> Search:
    """Split and embed the documents."""
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    indexing = _pipeline(splitter=DocumentSplitter(), embedder=_EmbedDocuments(), writer=DocumentWriter(store))
    indexing.connect("splitter", "embedder")
    indexing.connect("embedder", "writer")
    whole = [Document(content=policy.text, meta={"policy": policy.id}) for policy in documents().values()]
    indexing.run({"splitter": {"documents": whole}})
    querying = _pipeline(embedder=_EmbedText(), retriever=InMemoryEmbeddingRetriever(store))
    querying.connect("embedder.embedding", "retriever.query_embedding")

    def search(question: str) -> Passage:
        best = querying.run({"embedder": {"text": question}})["retriever"]["documents"][0]
        start = best.meta["split_idx_start"]
        return Passage(best.meta["policy"], start, start + len(best.content))

    return search


def _pipeline(**components: Any) -> Pipeline:
    pipeline = Pipeline()
    for name, part in components.items():
        pipeline.add_component(name, part)
    return pipeline


def answer(turns: Sequence[str], on: date) -> list[dict[str, Any]]:  # noqa: ARG001 - a passage is the same on every day
    """One answer a turn."""
    return answers(turns, build())
