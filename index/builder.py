"""Policies to an index: chunks, vectors, lexical index; only what changed is embedded.

    report = build(load_settings())
    print(report.embedded, report.reused, report.removed)

A new generation is written beside the current one and becomes current in one step; a build that is killed changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby

import numpy as np
from filelock import FileLock, Timeout

from index.centring import PLAIN_QUESTIONS, Centring
from index.chunks import chunk_policy, indexed_text
from index.config import Settings
from index.embedder import Embedder, Progress, no_progress, open_embedder
from index.errors import IndexStoreError
from index.generation import FORMAT, Generation, Generations, Manifest
from index.lexical import VERSION, LexicalIndex
from index.models import Chunk, Policy
from index.vector_store import VectorStore, open_store


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    policies: int
    embedded: int
    """Chunks embedded now."""
    reused: int
    """Chunks whose vector was taken over."""
    added: tuple[str, ...]
    """Policies, as in the next two."""
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    warnings: tuple[str, ...]
    """What could not be used, with file and remedy."""
    seconds: float


def build(settings: Settings, progress: Progress = no_progress) -> BuildReport:
    """Bring the index up to date with the folder of policies.

    Raises:
        PolicyError: no folder of policies.
        IndexStoreError: the store cannot be written, or another build is running.
        EmbedderError: the model cannot be loaded.
    """
    from index.policies import load_policies  # reading policies is not needed to index given ones

    policies, problems = load_policies(settings.policies)
    warnings = (*(str(problem.error) for problem in problems), *(f"{p.id}: {warning}" for p in policies for warning in p.warnings))
    return index_policies(policies, settings, open_embedder(settings), open_store(settings), warnings=warnings, progress=progress)


def index_policies(
    policies: Sequence[Policy],
    settings: Settings,
    embedder: Embedder,
    store: VectorStore,
    *,
    warnings: tuple[str, ...] = (),
    progress: Progress = no_progress,
) -> BuildReport:
    """Make the index hold exactly these policies."""
    started = time.perf_counter()
    generations = Generations(settings.data)
    with _only_build(generations):
        chunks = [chunk for policy in policies for chunk in chunk_policy(policy)]
        manifest = Manifest(FORMAT, embedder.identity, VERSION, _digests(policies, chunks), len(chunks))
        previous, trouble = _previous(generations)
        missing = 0
        if not (previous and previous.manifest == manifest and generations.collection(previous.name) in store.collections()):
            vectors, missing = _vectors(chunks, embedder, previous, progress)
            _write(generations, manifest, chunks, vectors, embedder, store)
        _clean(generations, store)
    old = previous.manifest.policies if previous else {}
    return BuildReport(
        policies=len(policies),
        embedded=missing,
        reused=len(chunks) - missing,
        added=tuple(id_ for id_ in manifest.policies if id_ not in old),
        changed=tuple(id_ for id_, digest in manifest.policies.items() if old.get(id_, digest) != digest),
        removed=tuple(id_ for id_ in old if id_ not in manifest.policies),
        warnings=(*warnings, *trouble),
        seconds=time.perf_counter() - started,
    )


def _digests(policies: Sequence[Policy], chunks: Sequence[Chunk]) -> dict[str, str]:
    digests = {policy.id: _digest("") for policy in policies}
    for id_, own in groupby(chunks, key=lambda chunk: chunk.policy_id):
        digests[id_] = _digest(json.dumps([asdict(chunk) for chunk in own]))
    return digests


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _previous(generations: Generations) -> tuple[Generation | None, tuple[str, ...]]:
    """The current generation; one that cannot be read is replaced and reported."""
    if not generations.current_name():
        return None, ()
    try:
        previous = generations.current()
        previous.chunks, previous.lexical, previous.centring  # noqa: B018 - a damaged file must be noticed now
    except IndexStoreError as error:
        return None, (f"The previous index was not used: {error}",)
    return previous, ()


def _vectors(chunks: Sequence[Chunk], embedder: Embedder, previous: Generation | None, progress: Progress) -> tuple[np.ndarray, int]:
    """One row a chunk, and how many of them were embedded now."""
    known: dict[str, np.ndarray] = {}
    if previous and previous.manifest.embedder == embedder.identity:
        known = {indexed_text(chunk): row for chunk, row in zip(previous.chunks, previous.vectors(), strict=True)}
    texts = [indexed_text(chunk) for chunk in chunks]
    missing = list(dict.fromkeys(text for text in texts if text not in known))
    if missing:
        known.update(zip(missing, embedder.embed_passages(missing, progress), strict=True))
    rows = [known[text] for text in texts]
    return (np.vstack(rows) if rows else np.zeros((0, 1), np.float32)), len(missing)


def _write(
    generations: Generations, manifest: Manifest, chunks: Sequence[Chunk], vectors: np.ndarray, embedder: Embedder, store: VectorStore
) -> None:
    name = secrets.token_hex(6)
    centring = Centring.of(vectors, embedder.embed_queries(PLAIN_QUESTIONS))
    folder = generations.write(name, manifest, chunks, vectors, centring)
    LexicalIndex.build([indexed_text(chunk) for chunk in chunks]).save(folder / "lexical")
    store.add(generations.collection(name), chunks, centring.passages(vectors))
    generations.switch(name)


def _clean(generations: Generations, store: VectorStore) -> None:
    """Remove everything of older generations and of builds that were killed."""
    current = generations.current_name()
    for collection in store.collections():
        if collection.startswith(generations.prefix) and collection != generations.collection(current):
            store.delete(collection)
    generations.delete_others(current)


@contextmanager
def _only_build(generations: Generations) -> Iterator[None]:
    """One build at a time; what the system says about folder and disk as our error."""
    try:
        generations.root.mkdir(parents=True, exist_ok=True)
        with FileLock(generations.root / "lock", timeout=0):
            yield
    except Timeout as error:
        raise IndexStoreError(f"Another build is writing to {generations.root}. Wait until it has ended, then build again.") from error
    except OSError as error:
        raise IndexStoreError(
            f"The index cannot be written to {error.filename or generations.root}: {error.strerror or error}. Make the folder writable, "
            "free space, or set POLICYDESK_DATA to another folder. The index built before keeps answering."
        ) from error
