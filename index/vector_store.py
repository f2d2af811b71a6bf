"""Vectors by collection, in Chroma: embedded in a folder by default, or a Chroma server. The only file that imports chromadb.

store = open_store(load_settings())
store.add("policydesk-1", chunks, vectors)
store.nearest("policydesk-1", query_vector, limit=20, policies={"tangshan-2018-141"})   # [("tangshan-2018-141/12/0", 0.41), …]
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import numpy as np

from index.errors import ConfigError, IndexStoreError
from index.models import Chunk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.config import Settings

ADD_BATCH = 1000
# The graph is searched widely: with some thousand chunks the result is the exact one, and still takes about a millisecond.
HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32, "num_threads": 1}


class VectorStore(Protocol):
    """Named collections of vectors, each with the policy it belongs to."""

    def add(self, collection: str, chunks: Sequence[Chunk], vectors: np.ndarray) -> None:
        """Write a new collection: one row of `vectors` a chunk."""
        ...

    def nearest(
        self, collection: str, vector: np.ndarray, *, limit: int, policies: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Chunk ids with their cosine, best first, ties by id; only from `policies` if given."""
        ...

    def collections(self) -> list[str]:
        """Names of all collections."""
        ...

    def delete(self, collection: str) -> None:
        """Remove a collection; nothing happens if there is none."""
        ...


class ChromaStore:
    """A `VectorStore` in Chroma.

    Args:
        where: A folder (embedded), or http://host:port of a server.
    """

    def __init__(self, where: Path | str) -> None:
        self._where = where
        self._opened: dict[str, Any] = {}

    def add(self, collection: str, chunks: Sequence[Chunk], vectors: np.ndarray) -> None:
        """Write a new collection: one row of `vectors` a chunk."""
        with self._errors("written"):
            opened = self._client.create_collection(collection, configuration={"hnsw": HNSW}, embedding_function=None)
            for first in range(0, len(chunks), ADD_BATCH):
                batch = chunks[first : first + ADD_BATCH]
                opened.add(
                    ids=[chunk.id for chunk in batch],
                    embeddings=vectors[first : first + ADD_BATCH],
                    metadatas=[{"policy_id": chunk.policy_id, "place": chunk.place} for chunk in batch],
                )

    def nearest(
        self, collection: str, vector: np.ndarray, *, limit: int, policies: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Chunk ids with their cosine, best first, ties by id; only from `policies` if given."""
        if policies is not None and not policies:
            return []
        where = None if policies is None else {"policy_id": {"$in": sorted(policies)}}
        with self._errors("read"):
            found = self._open(collection).query(query_embeddings=[vector], n_results=limit, where=where, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return sorted(((id_, 1.0 - distance) for id_, distance in pairs), key=lambda pair: (-pair[1], pair[0]))

    def collections(self) -> list[str]:
        """Names of all collections."""
        with self._errors("read"):
            return sorted(collection.name for collection in self._client.list_collections())

    def delete(self, collection: str) -> None:
        """Remove a collection; nothing happens if there is none."""
        from chromadb.errors import NotFoundError

        self._opened.pop(collection, None)
        with self._errors("written"):
            try:
                self._client.delete_collection(collection)
            except NotFoundError:
                return

    def _open(self, collection: str) -> Any:
        if collection not in self._opened:
            self._opened[collection] = self._client.get_collection(collection, embedding_function=None)
        return self._opened[collection]

    @cached_property
    def _client(self) -> Any:
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        settings = ChromaSettings(anonymized_telemetry=False)
        if isinstance(self._where, Path):
            self._where.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(str(self._where), settings=settings)
        url = urlsplit(self._where)
        if url.scheme not in {"http", "https"} or not url.hostname:
            raise ConfigError(f"POLICYDESK_CHROMA_URL={self._where} is no address. Write it like http://localhost:8000.")
        port = url.port or (443 if url.scheme == "https" else 80)
        return chromadb.HttpClient(url.hostname, port, ssl=url.scheme == "https", settings=settings)

    @contextmanager
    def _errors(self, done: str) -> Iterator[None]:
        """Chroma's and the connection's errors as ours."""
        import httpx
        from chromadb.errors import ChromaError

        try:
            yield
        # Chroma turns a refused connection into a ValueError, and the engine below it raises RuntimeError.
        except (ChromaError, OSError, httpx.HTTPError, ValueError, RuntimeError) as error:
            remedy = (
                "Is the folder writable and the disk not full? Build again: python -m index build"
                if isinstance(self._where, Path)
                else "Is the Chroma server running there? See POLICYDESK_CHROMA_URL."
            )
            raise IndexStoreError(f"The vector store at {self._where} cannot be {done}: {str(error).rstrip('.')}. {remedy}") from error


def open_store(settings: Settings) -> ChromaStore:
    """The vector store of the settings; connects on first use."""
    return ChromaStore(settings.chroma_url or settings.data / "chroma")
