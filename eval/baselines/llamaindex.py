"""LlamaIndex with its defaults: reader, sentence splitter of 1024 tokens, vector index, retriever; the best node answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from llama_index.core import SimpleDirectoryReader, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding

from eval.baselines.passages import Passage, Search, answers, documents, embedder
from index.config import load_settings
from index.policies import TEXT_FILE


class _SameEmbedder(BaseEmbedding):
    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return embedder().embed_passages(texts).tolist()  # type: ignore[no-any-return]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return embedder().embed_queries([query])[0].tolist()  # type: ignore[no-any-return]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


@cache
def build() -> Search:
    """Read, split and embed the documents."""
    files = [load_settings().policies / policy / TEXT_FILE for policy in documents()]
    index = VectorStoreIndex.from_documents(SimpleDirectoryReader(input_files=files).load_data(), embed_model=_SameEmbedder())
    retriever = index.as_retriever()

    def search(question: str) -> Passage:
        node = retriever.retrieve(question)[0].node
        policy = Path(node.metadata["file_path"]).parent.name
        start = documents()[policy].text.index(node.text)
        return Passage(policy, start, start + len(node.text))

    return search


def answer(turns: Sequence[str], on: date) -> list[dict[str, Any]]:  # noqa: ARG001 - a passage is the same on every day
    """One answer a turn."""
    return answers(turns, build())
