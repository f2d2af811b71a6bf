"""One complete build on disk. `CURRENT` names the one that answers; it is switched in one step when a build is complete.

<data>/index/CURRENT                     3f2a9c…
<data>/index/STORE                       the name our collections begin with
<data>/index/generations/3f2a9c…/        manifest.json  chunks.jsonl  vectors.npz  lexical/
and the collection policydesk-<store>-3f2a9c… of the vector store
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from index.centring import Centring
from index.errors import IndexMissingError, IndexStoreError
from index.lexical import LexicalIndex
from index.models import Chunk

FORMAT = 1
"""Raise when the files change. A build of another format is replaced by the next build, which embeds everything."""
BUILD_AGAIN = "Build again: python -m index build"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from."""

    format: int
    embedder: str
    """`Embedder.identity` of the vectors."""
    lexical: int
    """`index.lexical.VERSION` of the lexical index."""
    policies: dict[str, str]
    """Policy id -> digest of its chunks."""
    chunks: int


@dataclass(frozen=True)
class Generation:
    """A complete build, read when needed."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """Random, unique."""
        return self.folder.name

    @cached_property
    def chunks(self) -> list[Chunk]:
        """All chunks, in the order of the lexical index and of the vectors."""
        try:
            return [Chunk(**json.loads(line)) for line in self._read("chunks.jsonl").split("\n") if line]
        except (ValueError, TypeError) as error:
            raise IndexStoreError(f"{self.folder / 'chunks.jsonl'} is damaged ({error}). {BUILD_AGAIN}") from error

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The lexical index of the chunks."""
        return LexicalIndex.load(self.folder / "lexical", self.manifest.chunks)

    @cached_property
    def centring(self) -> Centring:
        """The means to subtract."""
        return Centring(*self._arrays("passage_mean", "query_mean"))

    def vectors(self) -> np.ndarray:
        """The embedder's own vectors, not centred: one row a chunk."""
        return self._arrays("vectors")[0]

    def _arrays(self, *names: str) -> list[np.ndarray]:
        try:
            with np.load(self.folder / "vectors.npz") as arrays:
                return [arrays[name] for name in names]
        except (OSError, ValueError, KeyError) as error:
            raise IndexStoreError(f"{self.folder / 'vectors.npz'} cannot be read ({error}). {BUILD_AGAIN}") from error

    def _read(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise IndexStoreError(f"{self.folder / name} cannot be read ({error}). {BUILD_AGAIN}") from error


class Generations:
    """The folder of generations and the pointer to the current one."""

    def __init__(self, data: Path) -> None:
        self.root = data / "index"
        self._folders = self.root / "generations"
        self._pointer = self.root / "CURRENT"

    def current_name(self) -> str:
        """The name of the current generation, "" if there is none. Cheap: one small file."""
        try:
            return self._pointer.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise IndexStoreError(f"{self._pointer} cannot be read ({error}). {BUILD_AGAIN}") from error

    def current(self) -> Generation:
        """The generation that answers.

        Raises:
            IndexMissingError: nothing has been built yet.
            IndexStoreError: it cannot be read, or is of another format.
        """
        name = self.current_name()
        if not name:
            raise IndexMissingError(f"There is no index in {self.root} yet. Build it: python -m index build")
        path = self._folders / name / "manifest.json"
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            if fields["format"] != FORMAT:
                raise IndexStoreError(f"The index in {self.root} was built by another version of the program. {BUILD_AGAIN}")
            return Generation(path.parent, Manifest(**fields))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexStoreError(f"The index is damaged: {path} cannot be read ({error}). {BUILD_AGAIN}") from error

    def collection(self, name: str) -> str:
        """The name of a generation's collection in the vector store."""
        return f"{self.prefix}{name}"

    @property
    def prefix(self) -> str:
        """What the names of our collections begin with: a Chroma server may serve several indexes."""
        path = self.root / "STORE"
        if not path.exists():
            _write_whole(path, secrets.token_hex(6))
        return f"policydesk-{path.read_text(encoding='ascii').strip()}-"

    def write(self, name: str, manifest: Manifest, chunks: Sequence[Chunk], vectors: np.ndarray, centring: Centring) -> Path:
        """Everything of a new generation but its lexical index and collection. Returns its folder."""
        folder = self._folders / name
        folder.mkdir(parents=True)
        lines = (json.dumps(asdict(chunk), ensure_ascii=False) for chunk in chunks)
        (folder / "chunks.jsonl").write_text("\n".join(lines), encoding="utf-8", newline="\n")
        np.savez(folder / "vectors.npz", vectors=vectors, passage_mean=centring.passage_mean, query_mean=centring.query_mean)
        (folder / "manifest.json").write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
        return folder

    def switch(self, name: str) -> None:
        """Make a complete generation the current one, in one step."""
        _write_whole(self._pointer, name)

    def delete_others(self, name: str) -> None:
        """Remove the folders of all other generations, finished or not."""
        for folder in self._folders.iterdir():
            if folder.name != name:
                shutil.rmtree(folder, ignore_errors=True)


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old or the new content, also after a crash."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with temporary.open("w", encoding="ascii") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
