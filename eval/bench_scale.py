"""What grows with the number of documents: time to build, load, search and answer, and memory, at several sizes.

report = measure(load_settings(), read_cases([CASES]), sizes=[5, 50])
report["ratios"]["50"]["ask p50 (ms)"]      # 1.4: with ten times the documents an answer takes 1.4 times as long

The documents are those of the settings under other cities (`many_cities`). The embedding model takes the same time for a text
whatever stands beside it, so by default a stand-in without a model gives the vectors, and the model is timed once, beside;
with `model=True` it embeds everything. Each step of each size runs in a process of its own, so that memory and caches are its own.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import numpy as np

from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.pipeline import Assistant
from eval.machine import environment, in_ms, seconds
from eval.many_cities import Move, write_corpus
from eval.running import peak_memory
from eval.schema import TODAY, Case
from index.builder import index_policies
from index.chunks import chunk_policy, indexed_text
from index.config import Settings
from index.embedder import Embedder, Progress, no_progress, open_embedder
from index.lexical import tokens
from index.policies import load_policies
from index.search import Searcher
from index.vector_store import open_store

SIZES = (5, 50, 500)
DIMENSIONS = 384
SAMPLE = 40
"""Texts and questions that the bare model is timed with."""
T = TypeVar("T")


class StandIn:
    """Vectors of hashed terms, in no time: like texts get like vectors."""

    identity = "terms, hashed"

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """One row a question."""
        return np.vstack([_hashed(text) for text in texts])

    def embed_passages(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:  # noqa: ARG002 - nothing to wait for
        """One row a text."""
        return self.embed_queries(texts)


def _hashed(text: str) -> np.ndarray:
    vector = np.full(DIMENSIONS, 1e-3, np.float32)
    for term in tokens(text):
        number = crc32(term.encode())
        vector[number % DIMENSIONS] += 1 if number & 0x10000 else -1
    return vector / np.float32(np.linalg.norm(vector))


def measure(
    settings: Settings,
    cases: Sequence[Case],
    *,
    sizes: Sequence[int] = SIZES,
    questions: int = 60,
    model: bool = False,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Figures of each size, and their ratios to the smallest."""
    asked = list(cases)[:: max(1, len(cases) // questions)][:questions]
    bare = _alone(_bare, settings)
    measured: dict[str, dict[str, float]] = {}
    for number, size in enumerate(sorted(sizes)):
        progress(number, len(sizes))
        measured[str(size)] = _at(settings, asked, size, model)
    progress(len(sizes), len(sizes))
    least = measured[str(min(sizes))]
    ratios = {size: ratios_to(least, found) for size, found in measured.items()}
    vectors = "the model of the settings" if model else StandIn.identity
    return {**environment(), "vectors": vectors, **bare, "sizes": measured, "ratios": ratios}


def ratios_to(least: dict[str, float], found: dict[str, float]) -> dict[str, float]:
    """Each figure as a multiple of that of the smallest corpus; none where that is 0."""
    return {name: round(value / least[name], 2) for name, value in found.items() if least[name]}


def _at(settings: Settings, cases: Sequence[Case], size: int, model: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        own = settings.model_copy(update={"policies": root / "policies", "data": root / "data", "chroma_url": ""})
        made = write_corpus(settings.policies, own.policies, size)
        turns = [moved_turns(case, made, number) for number, case in enumerate(cases)]
        models = settings.data if model else None
        return {**_alone(_build, own, models), **_alone(_ask, own, turns, models)}


def moved_turns(case: Case, made: Sequence[Move], number: int) -> list[str]:
    """The messages of a case, asked of cities of the corpus: another set of documents for each number."""
    sets = sorted({move.new_id.rpartition("-")[2] for move in made}, key=int)
    along = [move for move in made if move.new_id.rpartition("-")[2] == sets[number % len(sets)]]
    turns = list(case.turns)
    for move in along:
        turns = [move.words(turn) for turn in turns]
    return turns


def _alone(step: Callable[..., T], *arguments: Any) -> T:
    """Runs a step in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        return pool.apply(step, arguments)


def _embedder(settings: Settings, models: Path | None) -> Embedder:
    return StandIn() if models is None else open_embedder(settings.model_copy(update={"data": models}))


def _bare(settings: Settings) -> dict[str, float]:
    """The model alone, on passages and questions of the documents of the settings."""
    policies, _ = load_policies(settings.policies)
    texts = [indexed_text(chunk) for policy in policies for chunk in chunk_policy(policy)]
    embedder = open_embedder(settings)
    embedder.embed_passages(texts[:1])
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    passages = seconds(lambda: embedder.embed_passages(sample)) / len(sample)
    questions = [seconds(lambda text=text: embedder.embed_queries([text[:24]])) for text in sample]  # type: ignore[misc]
    return {"bare model, each chunk (ms)": round(passages * 1000, 2), "bare model, a question p50 (ms)": in_ms(questions)}


def _build(settings: Settings, models: Path | None) -> dict[str, float]:
    policies, _ = load_policies(settings.policies)
    report = index_policies(policies, settings, _embedder(settings, models), open_store(settings))
    chunks = report.embedded + report.reused
    return {"chunks": chunks, "build (s)": round(report.seconds, 2), "build, each chunk (ms)": round(report.seconds / chunks * 1000, 2)}


def _ask(settings: Settings, conversations: Sequence[Sequence[str]], models: Path | None) -> dict[str, float]:
    first_load = seconds(lambda: Knowledge.load(settings))  # nothing of the YAML has been kept yet
    started, worked = time.perf_counter(), time.process_time()
    knowledge = Knowledge.load(settings)
    searcher = Searcher(settings, _embedder(settings, models), open_store(settings))
    assistant = Assistant(settings, knowledge, searcher, Glossary.load())
    loaded, worked = time.perf_counter() - started, time.process_time() - worked
    first = seconds(lambda: assistant.ask("1210", on=TODAY))
    assistant.warm_up()  # as the server does, while its page opens
    searches: list[float] = []
    answers: list[float] = []
    for turns in conversations:
        dialogue = assistant.new_dialogue()
        for turn in turns:
            searches.append(seconds(lambda turn=turn: searcher.search(turn)))  # type: ignore[misc]
            answers.append(seconds(lambda turn=turn, dialogue=dialogue: assistant.ask(turn, dialogue, TODAY)))  # type: ignore[misc]
    return {
        "rules": sum(len(each.rules) for each in knowledge.rulesets.values()),
        "folders that could not be used": len(knowledge.problems),
        "first load of documents and rules (s)": round(first_load, 2),
        "load (s)": round(loaded, 2),
        "load, processor time (s)": round(worked, 2),  # what it takes on a machine with nothing else to do
        "first answer (s)": round(first, 2),
        "search p50 (ms)": in_ms(searches),
        "ask p50 (ms)": in_ms(answers),
        "ask p95 (ms)": in_ms(answers, 0.95),
        "memory (MB)": round(peak_memory() or 0),
    }
