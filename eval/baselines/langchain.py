"""A plain LangChain retrieval chain: its recursive splitter with 1000 characters and 200 overlap, a vector store, the best passage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.runnables import RunnableLambda
from langchain_core.vectorstores import InMemoryVectorStore
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.baselines.passages import Passage, Search, answers, documents, embedder


class _SameEmbedder(Embeddings):
    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return embedder().embed_passages(texts).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        return embedder().embed_queries([text])[0].tolist()  # type: ignore[no-any-return]


@cache
def build() -> Search:
    """Split and embed the documents."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    whole = [Document(policy.text, metadata={"policy": policy.id}) for policy in documents().values()]
    store = InMemoryVectorStore(_SameEmbedder())
    store.add_documents(splitter.split_documents(whole))
    chain = store.as_retriever(search_kwargs={"k": 1}) | RunnableLambda(_best)
    return chain.invoke


def _best(found: list[Document]) -> Passage:
    best, start = found[0], found[0].metadata["start_index"]
    return Passage(best.metadata["policy"], start, start + len(best.page_content))


def answer(turns: Sequence[str], on: date) -> list[dict[str, Any]]:  # noqa: ARG001 - a passage is the same on every day
    """One answer a turn."""
    return answers(turns, build())
