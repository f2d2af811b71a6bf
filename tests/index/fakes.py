"""Stand-ins for the model and the store, and policies written in a line: for tests that need no weights."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from index.chunks import chunk_policy
from index.config import Settings
from index.errors import IndexStoreError
from index.models import Article, ArticleKind, Chunk, Place, Policy, Status

DIMENSIONS = 64


class HashingEmbedder:
    """Counts pairs of characters in 64 buckets; the same on every machine. Remembers what it embedded."""

    def __init__(self, identity: str = "hashing-1") -> None:
        self.identity = identity
        self.embedded: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([self._vector(text) for text in texts], np.float32)

    def embed_passages(self, texts: Sequence[str], progress=lambda done, total: None) -> np.ndarray:
        self.embedded.extend(texts)
        progress(len(texts), len(texts))
        return self.embed_queries(texts)

    def _vector(self, text: str) -> np.ndarray:
        counts = np.full(DIMENSIONS, 0.1)
        for i in range(len(text) - 1):
            counts[zlib.crc32(text[i : i + 2].encode()) % DIMENSIONS] += 1
        return counts / np.linalg.norm(counts)


class MemoryStore:
    """A `VectorStore` in a dictionary."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[Chunk, np.ndarray]]] = {}

    def add(self, collection: str, chunks: Sequence[Chunk], vectors: np.ndarray) -> None:
        if collection in self._rows:
            raise IndexStoreError(f"{collection} exists")
        self._rows[collection] = list(zip(chunks, vectors, strict=True))

    def nearest(
        self, collection: str, vector: np.ndarray, *, limit: int, policies: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        if collection not in self._rows:
            raise IndexStoreError(f"no {collection}")
        found = [
            (chunk.id, float(row @ vector) / float(np.linalg.norm(row) * np.linalg.norm(vector)))
            for chunk, row in self._rows[collection]
            if policies is None or chunk.policy_id in policies
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def collections(self) -> list[str]:
        return sorted(self._rows)

    def delete(self, collection: str) -> None:
        self._rows.pop(collection, None)


def policy(id_: str, *articles: str, city: str = "甲市", title: str = "若干措施") -> Policy:
    """A policy whose articles are labelled （一）, （二） … in the order given."""
    labels = [f"（{numeral}）" for numeral in "一二三四五六七八九十"]
    text, parts = "", []
    for label, words in zip(labels, articles, strict=False):
        start = len(text)
        text += f"{label}{words}\n"
        parts.append(Article(id_, ArticleKind.ARTICLE, label, (label[1:-1],), "", text[start:], start, len(text)))
    return Policy(id_, title, Place(city=city), text, tuple(parts), Status.IN_FORCE)


def chunks(*policies: Policy) -> list[Chunk]:
    return [chunk for one in policies for chunk in chunk_policy(one)]


def settings(folder: Path) -> Settings:
    return Settings(data=folder / "data", policies=folder / "policies", _env_file=None)
