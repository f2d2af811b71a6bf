"""Time of building and searching against the bare embedding model, in one process, taking turns.

report = measure(load_settings(), queries=500)
report["embedding / bare"]      # 1.02: a build takes 2 % longer than encoding its chunks
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from eval.machine import TimedEmbedder, environment, seconds
from eval.running import peak_memory
from index.builder import index_policies
from index.chunks import chunk_policy, indexed_text
from index.config import Settings
from index.embedder import Progress, no_progress, open_embedder
from index.policies import load_policies
from index.search import Searcher
from index.vector_store import open_store

ROUNDS = 2


def measure(settings: Settings, *, queries: int = 500, progress: Progress = no_progress) -> dict[str, Any]:
    """All figures by name, times in seconds or milliseconds as named.

    The index is built in a temporary folder; the model is unpacked where the settings say.
    """
    policies, _ = load_policies(settings.policies)
    texts = [indexed_text(chunk) for policy in policies for chunk in chunk_policy(policy)]
    embedder = open_embedder(settings)
    start_up = _start_up()
    model = embedder.load()
    prefixed = [settings.passage_prefix + text for text in texts]
    embedded, bare, builds = 0.0, 0.0, []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            own = settings.model_copy(update={"data": Path(folder), "chroma_url": ""})
            store, timed = open_store(own), TimedEmbedder(embedder)
            builds.append(index_policies(policies, own, timed, store, progress=progress).seconds)
            embedded += timed.seconds
            embedder.embed_passages(texts[:1])  # leaves PyTorch with the threads of building: the bare model gets the same
            bare += seconds(partial(model.encode, prefixed, show_progress_bar=False))
            second = index_policies(policies, own, embedder, store)
            index_policies(policies[1:], own, embedder, store)
            one = index_policies(policies, own, embedder, store)
            if len(builds) == ROUNDS:
                search, embed = _search_times(Searcher(own, embedder, store), model, settings.query_prefix, texts, queries, progress)
    return {
        **environment(),
        "policies, chunks": f"{len(policies)}, {len(texts)}",
        "bare encode (s)": round(bare / ROUNDS, 2),
        "embedding in a build (s)": round(embedded / ROUNDS, 2),
        "embedding / bare": round(embedded / bare, 3),
        "whole build (s)": round(min(builds), 2),
        "whole build, each document (s)": round(min(builds) / len(policies), 2),
        "whole build / bare encode": round(sum(builds) / bare, 3),
        "second build, nothing new: embedded": second.embedded,
        "second build, nothing new (s)": round(second.seconds, 2),
        "build after one more document: embedded": one.embedded,
        "build after one more document (s)": round(one.seconds, 2),
        "bare query embedding p50 (ms)": round(embed, 2),
        "search p50 (ms)": round(search, 2),
        "search / bare": round(search / embed, 3),
        "start-up to first vector (s)": round(start_up, 1),
        "peak memory (MB)": round(peak_memory() or 0) or None,
    }


def _search_times(
    searcher: Searcher,
    model: Any,
    prefix: str,
    texts: list[str],
    count: int,
    progress: Progress,
) -> tuple[float, float]:
    """Medians in milliseconds of a search and of the bare embedding of the same question, measured in turns.

    The questions are sentences of the corpus of usual length, each used once: nothing can be answered from a cache.
    """
    questions = [f"{texts[i % len(texts)][i % 40 :][:24]}{i}？" for i in range(count)]
    searcher.search("政策")  # opens the store and sets the threads of queries
    searches: list[float] = []
    embeddings: list[float] = []
    for number, question in enumerate(questions, start=1):
        turns = [(searches, partial(searcher.search, question)), (embeddings, partial(model.encode, [prefix + question]))]
        for times, action in turns if number % 2 else reversed(turns):
            times.append(seconds(action))
        progress(number, count)
    return statistics.median(searches) * 1000, statistics.median(embeddings) * 1000


def _start_up() -> float:
    """Seconds from nothing to an embedded question in a fresh process."""
    imports = "from index.config import load_settings; from index.embedder import open_embedder"
    code = f"{imports}; open_embedder(load_settings()).embed_queries(['政策'])"
    root = Path(__file__).resolve().parent.parent
    return seconds(lambda: subprocess.run([sys.executable, "-c", code], cwd=root, check=True))
