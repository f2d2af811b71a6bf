"""Texts to vectors. The only file that imports torch and sentence-transformers, and it does so on first use.

embedder = open_embedder(load_settings())
embedder.embed_queries(["租金能补多少？"]).shape      # (1, 384)
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index import weights
from index.errors import EmbedderError

if TYPE_CHECKING:
    from index.config import Settings

Progress = Callable[[int, int], None]
"""Called with (done, total)."""

BUILTIN = "builtin"
QUERY_THREADS = 1  # measured: on a busy machine with 2 cores, 2 threads made single queries 50 times slower
BATCH = 16  # measured on CPU: larger batches only add padding
SLICE = 64  # texts between two progress reports


def no_progress(done: int, total: int) -> None:
    """Report to nobody."""


class Embedder(Protocol):
    """Turns texts into vectors of length 1, as float32 rows."""

    @property
    def identity(self) -> str:
        """Equal for two embedders exactly when they give passages the same vectors."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """One row a question."""
        ...

    def embed_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:
        """One row a text, in the order given."""
        ...


class SentenceTransformerEmbedder:
    """Any model of sentence-transformers, from a local folder, loaded when the first text comes.

    Args:
        folder: Gives the model's folder; called once, because unpacking takes seconds.
        identity: What the passages' vectors depend on.
        threads: PyTorch threads; 0 for one with queries and all cores with passages.
    """

    def __init__(self, folder: Callable[[], Path], identity: str, *, query_prefix: str, passage_prefix: str, threads: int = 0) -> None:
        self._folder = folder
        self.identity = identity
        self._query_prefix, self._passage_prefix = query_prefix, passage_prefix
        self._query_threads = threads or QUERY_THREADS
        self._passage_threads = threads or os.cpu_count() or 1
        # A fast tokenizer must not be used by two threads at once ("Already borrowed"), and the number of threads is global.
        self._lock = RLock()

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """One row a question."""
        with self._lock:
            return self._encode([self._query_prefix + text for text in texts], self._query_threads)

    def embed_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:
        """One row a text, in the order given. Texts of like length go together, the long ones first."""
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        vectors: list[np.ndarray] = [np.empty(0)] * len(texts)
        progress(0, len(texts))
        for first in range(0, len(order), SLICE):
            rows = order[first : first + SLICE]
            with self._lock:
                encoded = self._encode([self._passage_prefix + texts[row] for row in rows], self._passage_threads)
            for row, vector in zip(rows, encoded, strict=True):
                vectors[row] = vector
            progress(first + len(rows), len(texts))
        return np.vstack(vectors) if vectors else np.empty((0, 0), np.float32)

    def load(self) -> Any:
        """The SentenceTransformer itself, loaded."""
        with self._lock:
            return self._model

    def _encode(self, texts: list[str], threads: int) -> np.ndarray:
        import torch

        model = self._model
        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)
        vectors = model.encode(texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)

    @cached_property
    def _model(self) -> Any:
        folder = self._folder()
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, ImportError) as error:
            raise EmbedderError(
                f"The embedding model in {folder} cannot be loaded: {error}. "
                "Point POLICYDESK_EMBEDDER to a complete sentence-transformers folder, or delete that folder to have it unpacked again."
            ) from error


def open_embedder(settings: Settings) -> SentenceTransformerEmbedder:
    """The embedder of the settings; loads nothing yet.

    Raises:
        EmbedderError: the model is neither built in, nor a folder, nor a name already downloaded.
    """
    if settings.embedder == BUILTIN:
        model = f"{weights.NAME}-{weights.file_digest(weights.packed_file())}-{weights.LAYOUT}"
        models = settings.data / "models"

        def folder() -> Path:
            return weights.unpack(models)
    else:
        local = _local_folder(settings.embedder)
        model = f"{settings.embedder}-{_folder_digest(local)}"

        def folder() -> Path:
            return local

    return SentenceTransformerEmbedder(
        folder,
        f"{model}|{settings.passage_prefix}",
        query_prefix=settings.query_prefix,
        passage_prefix=settings.passage_prefix,
        threads=settings.threads,
    )


def _local_folder(name: str) -> Path:
    """The folder of that name, or of the model of that name in the hub's local cache. Downloads nothing."""
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as error:
        raise EmbedderError(
            f"POLICYDESK_EMBEDDER={name} is neither a folder nor a downloaded model. Nothing is downloaded at run time: "
            f"run 'hf download {name}' once, or set POLICYDESK_EMBEDDER={BUILTIN}."
        ) from error


def _folder_digest(folder: Path) -> str:
    """Identity of a model folder by the content of its files."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".json", ".safetensors", ".bin", ".model", ".txt"} and path.is_file():
            digest.update(f"{path.relative_to(folder)}:{weights.file_digest(path)}\n".encode())
    return digest.hexdigest()[:16]
