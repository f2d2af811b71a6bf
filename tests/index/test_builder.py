"""Builds embed only what changed, replace what changed, forget what was removed, and survive being killed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from index.builder import BuildReport, index_policies
from index.errors import IndexMissingError, IndexStoreError
from index.generation import Generations
from index.models import Policy
from index.search import Searcher
from index.vector_store import ChromaStore
from tests.index.fakes import HashingEmbedder, MemoryStore, policy, settings

P = policy("p", "租金补贴30%。", "保费补贴。")
Q = policy("q", "物流奖励5万元。", city="乙市")
ROOT = Path(__file__).resolve().parents[2]


class Desk:
    """A data folder with store and embedder."""

    def __init__(self, folder: Path) -> None:
        self.settings, self.store, self.embedder = settings(folder), MemoryStore(), HashingEmbedder()

    def build(self, *policies: Policy) -> BuildReport:
        self.embedder.embedded.clear()
        return index_policies(policies, self.settings, self.embedder, self.store)

    def found(self, query: str) -> list[str]:
        return [hit.chunk.id for hit in Searcher(self.settings, self.embedder, self.store).search(query)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_first_build_embeds_everything(desk: Desk) -> None:
    report = desk.build(P, Q)
    assert (report.policies, report.embedded, report.reused, report.added) == (2, 3, 0, ("p", "q"))
    assert desk.found("物流奖励")[0] == "q/0/0"


def test_the_second_build_embeds_nothing_and_keeps_the_generation(desk: Desk) -> None:
    desk.build(P, Q)
    before = Generations(desk.settings.data).current_name()
    report = desk.build(P, Q)
    assert (report.embedded, report.reused, report.added, report.changed, report.removed) == (0, 3, (), (), ())
    assert desk.embedder.embedded == []
    assert Generations(desk.settings.data).current_name() == before


def test_a_changed_article_is_embedded_and_replaced(desk: Desk) -> None:
    desk.build(P, Q)
    report = desk.build(policy("p", "租金补贴30%。", "人才补贴。"), Q)
    assert (report.embedded, report.reused, report.changed) == (1, 2, ("p",))
    assert [text.split("\n")[-1] for text in desk.embedder.embedded] == ["（二）人才补贴。"]
    searcher = Searcher(desk.settings, desk.embedder, desk.store)
    assert all("保费" not in chunk.text for chunk in searcher.chunks)


def test_a_removed_policy_is_gone_from_everywhere(desk: Desk) -> None:
    desk.build(P, Q)
    report = desk.build(P)
    assert (report.embedded, report.removed) == (0, ("q",))
    assert all(not id_.startswith("q/") for id_ in desk.found("物流奖励5万元"))
    (collection,) = desk.store.collections()
    assert {id_ for id_, _ in desk.store.nearest(collection, desk.embedder.embed_queries(["物流"])[0], limit=10)} == {"p/0/0", "p/1/0"}
    assert len(list((desk.settings.data / "index" / "generations").iterdir())) == 1


def test_another_embedder_embeds_everything_again(desk: Desk) -> None:
    desk.build(P, Q)
    desk.embedder = HashingEmbedder("hashing-2")
    with pytest.raises(IndexStoreError, match="another embedding model"):
        desk.found("租金")
    assert desk.build(P, Q).embedded == 3
    assert desk.found("租金")


def test_a_lost_store_is_filled_from_the_vectors_kept(desk: Desk) -> None:
    desk.build(P, Q)
    desk.store = MemoryStore()
    assert desk.build(P, Q).embedded == 0
    assert desk.found("租金补贴")[0] == "p/0/0"


@pytest.mark.parametrize("name", ["manifest.json", "chunks.jsonl", "vectors.npz", "lexical/params.index.json"])
def test_a_damaged_file_is_reported_and_built_anew(desk: Desk, name: str) -> None:
    desk.build(P, Q)
    (path,) = (desk.settings.data / "index" / "generations").glob(f"*/{name}")
    path.write_bytes(b"\x00damaged")
    report = desk.build(P, Q)
    assert len(report.warnings) == 1
    assert path.name in report.warnings[0] or "lexical" in report.warnings[0]
    assert desk.found("租金补贴")[0] == "p/0/0"


def test_nothing_to_index_is_an_empty_index(desk: Desk) -> None:
    desk.build()
    assert desk.found("租金") == []


def test_before_the_first_build_the_remedy_is_named(desk: Desk) -> None:
    with pytest.raises(IndexMissingError, match="python -m index build"):
        desk.found("租金")


def test_two_builds_at_once_are_refused(desk: Desk) -> None:
    desk.build(P)
    with FileLock(desk.settings.data / "index" / "lock"), pytest.raises(IndexStoreError, match="Another build"):
        desk.build(P, Q)
    assert desk.found("租金")


def test_a_store_that_cannot_be_written_keeps_the_old_index(desk: Desk) -> None:
    desk.build(P)
    generations = desk.settings.data / "index" / "generations"
    generations.rename(generations.with_name("kept"))
    generations.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(IndexStoreError, match="POLICYDESK_DATA"):
        desk.build(P, Q)
    generations.unlink()
    generations.with_name("kept").rename(generations)
    assert desk.found("租金补贴")[0] == "p/0/0"


def test_a_build_that_fails_while_embedding_changes_nothing(desk: Desk) -> None:
    class Failing(HashingEmbedder):
        def embed_passages(self, texts, progress=None):
            raise IndexStoreError("out of memory")

    desk.build(P)
    with pytest.raises(IndexStoreError):
        index_policies([P, Q], desk.settings, Failing(), desk.store)
    assert desk.found("租金补贴")[0] == "p/0/0"


def test_an_open_searcher_follows_a_new_build(desk: Desk) -> None:
    desk.build(P)
    searcher = Searcher(desk.settings, desk.embedder, desk.store)
    assert all(hit.chunk.policy_id == "p" for hit in searcher.search("物流奖励"))
    desk.build(Q)
    assert searcher.search("物流奖励")[0].chunk.id == "q/0/0"


BUILD_FOREVER = """
import sys, itertools
from pathlib import Path
from index.builder import index_policies
from index.vector_store import ChromaStore
from tests.index.fakes import HashingEmbedder, policy, settings
own = settings(Path(sys.argv[1]))
for n in itertools.count(int(sys.argv[2])):
    extra = [policy(f"extra-{n}-{i}", *(f"第{n}次的奖励{j}" for j in range(10))) for i in range(20)]
    index_policies([policy("p", "租金补贴30%。"), *extra], own, HashingEmbedder(), ChromaStore(own.data / "chroma"))
    print(n, flush=True)
"""


@pytest.mark.slow
def test_killed_ten_times_and_an_answer_every_time(tmp_path: Path) -> None:
    own = settings(tmp_path)
    index_policies([policy("p", "租金补贴30%。")], own, HashingEmbedder(), ChromaStore(own.data / "chroma"))
    ask = (
        "import sys; from pathlib import Path; from index.search import Searcher; from index.vector_store import ChromaStore;"
        "from tests.index.fakes import HashingEmbedder, settings; own = settings(Path(sys.argv[1]));"
        "print(Searcher(own, HashingEmbedder(), ChromaStore(own.data / 'chroma')).search('租金补贴')[0].chunk.id)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    moments = random.Random(20)
    for attempt in range(10):
        command = [sys.executable, "-c", BUILD_FOREVER, str(tmp_path), str(attempt * 1000)]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as builder:
            assert builder.stdout is not None
            assert builder.stdout.readline().strip() == str(attempt * 1000)  # one build through, the next is under way
            time.sleep(moments.uniform(0, 0.6))
            builder.kill()
        answer = subprocess.run(
            [sys.executable, "-c", ask, str(tmp_path)], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert answer.stdout.strip() == "p/0/0"
    report = index_policies([policy("p", "租金补贴30%。")], own, HashingEmbedder(), ChromaStore(own.data / "chroma"))
    assert report.policies == 1
    assert len(ChromaStore(own.data / "chroma").collections()) == 1
    assert len(list((own.data / "index" / "generations").iterdir())) == 1


def test_the_manifest_names_what_it_was_made_from(desk: Desk) -> None:
    desk.build(P, Q)
    (path,) = (desk.settings.data / "index" / "generations").glob("*/manifest.json")
    manifest = json.loads(path.read_text(encoding="utf-8"))
    assert set(manifest["policies"]) == {"p", "q"}
    assert (manifest["embedder"], manifest["chunks"]) == ("hashing-1", 3)


def test_new_terms_are_indexed_without_embedding_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.build(P, Q)
    monkeypatch.setattr("index.builder.VERSION", 99)
    assert desk.build(P, Q).embedded == 0
    with pytest.raises(IndexStoreError, match="another version"):
        desk.found("租金")
    monkeypatch.setattr("index.search.VERSION", 99)
    assert desk.found("租金补贴")[0] == "p/0/0"
