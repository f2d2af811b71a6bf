"""One suite for every vector store: the one in memory, Chroma in a folder, and a Chroma server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from index.errors import ConfigError, IndexStoreError
from index.vector_store import ChromaStore, VectorStore
from tests.index.fakes import MemoryStore, chunks, policy

CHUNKS = chunks(policy("p", "甲", "乙", "丙"), policy("q", "丁", "戊"))
VECTORS = np.array([[1, 0, 0], [0.9, 0.1, 0], [0, 1, 0], [0, 0, 1], [0.8, 0, 0.6]], np.float32)
QUERY = np.array([1, 0, 0], np.float32)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    command = [str(chroma), "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(tmp_path_factory.mktemp("chroma"))]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{url}/api/v2/heartbeat", timeout=1).raise_for_status()
                break
            except httpx.HTTPError:
                assert process.poll() is None, "the Chroma server ended"
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(params=["memory", "folder", pytest.param("server", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> VectorStore:
    if request.param == "memory":
        return MemoryStore()
    if request.param == "folder":
        return ChromaStore(tmp_path / "chroma")
    found = ChromaStore(request.getfixturevalue("server"))
    for name in found.collections():
        found.delete(name)
    return found


def test_nearest_first_with_cosine(store: VectorStore) -> None:
    store.add("policydesk-1", CHUNKS, VECTORS)
    found = store.nearest("policydesk-1", QUERY, limit=3)
    assert [id_ for id_, _ in found] == ["p/0/0", "p/1/0", "q/1/0"]
    assert [score for _, score in found] == pytest.approx([1.0, 0.9939, 0.8], abs=1e-3)


@pytest.mark.parametrize(("policies", "expected"), [({"q"}, ["q/1/0", "q/0/0"]), (set(), []), ({"nowhere"}, []), (None, 5)])
def test_only_wanted_policies(store: VectorStore, policies: set[str] | None, expected: list[str] | int) -> None:
    store.add("policydesk-1", CHUNKS, VECTORS)
    found = [id_ for id_, _ in store.nearest("policydesk-1", QUERY, limit=10, policies=policies)]
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_equal_vectors_come_in_the_order_of_their_ids(store: VectorStore) -> None:
    store.add("policydesk-1", CHUNKS, np.ones((5, 3), np.float32))
    found = [id_ for id_, _ in store.nearest("policydesk-1", QUERY, limit=5)]
    assert found == sorted(found)


def test_collections_are_apart_and_can_be_deleted(store: VectorStore) -> None:
    store.add("policydesk-1", CHUNKS, VECTORS)
    store.add("policydesk-2", CHUNKS[:1], VECTORS[:1])
    assert len(store.nearest("policydesk-2", QUERY, limit=10)) == 1
    store.delete("policydesk-1")
    store.delete("policydesk-1")
    assert store.collections() == ["policydesk-2"]
    with pytest.raises(IndexStoreError):
        store.nearest("policydesk-1", QUERY, limit=1)


def test_an_empty_collection_finds_nothing(store: VectorStore) -> None:
    store.add("policydesk-1", [], np.zeros((0, 3), np.float32))
    assert store.nearest("policydesk-1", QUERY, limit=10) == []


def test_no_server_is_said_with_address_and_setting() -> None:
    with pytest.raises(IndexStoreError, match=r"127\.0\.0\.1:9.*POLICYDESK_CHROMA_URL"):
        ChromaStore("http://127.0.0.1:9").collections()


def test_a_wrong_address_is_said() -> None:
    with pytest.raises(ConfigError, match="http://localhost:8000"):
        ChromaStore("localhost:8000").collections()
