"""The embedding model alone, over the same pieces of articles as the assistant's index: the nearest vector answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from eval.baselines.passages import Passage, Search, answers, documents, embedder
from index.chunks import chunk_policy, indexed_text


@cache
def build() -> Search:
    """Embed the documents."""
    chunks = [chunk for policy in documents().values() for chunk in chunk_policy(policy)]
    vectors = embedder().embed_passages([indexed_text(chunk) for chunk in chunks])

    def search(question: str) -> Passage:
        best = chunks[int((vectors @ embedder().embed_queries([question])[0]).argmax())]
        return Passage(best.policy_id, best.start, best.end)

    return search


def answer(turns: Sequence[str], on: date) -> list[dict[str, Any]]:  # noqa: ARG001 - a passage is the same on every day
    """One answer a turn."""
    return answers(turns, build())
