"""Time of a whole answer against the bare embedding of the same question, in one process, taking turns.

report = measure(load_settings(), cases)
report["rest / bare, p50"]      # 0.45: all that is not the model takes less than half of what the model takes

"Rest" is what `ask` does besides embedding the question: understanding, searching, composing, checking.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.pipeline import Assistant
from eval.machine import TimedEmbedder, environment, in_ms, seconds
from eval.schema import TODAY, Case
from index.builder import build
from index.config import Settings
from index.embedder import Progress, no_progress, open_embedder
from index.search import Searcher
from index.vector_store import open_store

WARM_UP = 20
"""Conversations held before anything is counted."""


@dataclass
class Times:
    """Seconds of each turn, in the order asked."""

    whole: list[float] = field(default_factory=list)
    embedding: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def rest(self) -> list[float]:
        """Of each turn, the time not spent in the model."""
        return [whole - embedding for whole, embedding in zip(self.whole, self.embedding, strict=True)]


def measure(settings: Settings, cases: Sequence[Case], progress: Progress = no_progress) -> dict[str, Any]:
    """Ask every case, turn by turn, and beside each turn embed its words with the bare model."""
    build(settings)
    embedder = open_embedder(settings)
    timed = TimedEmbedder(embedder)
    assistant = Assistant(settings, Knowledge.load(settings), Searcher(settings, timed, open_store(settings)), Glossary.load())
    model = embedder.load()
    slowest = _warm_up(assistant, cases)
    first, later = Times(), Times()
    for number, case in enumerate(cases, start=1):
        dialogue = assistant.new_dialogue()
        for place, turn in enumerate(case.turns):
            times = later if place else first
            bare = partial(model.encode, [settings.query_prefix + turn], show_progress_bar=False)
            if number % 2:  # whoever comes second finds the caches of the processor warm
                times.bare.append(seconds(bare))
            before, started = timed.seconds, time.perf_counter()
            assistant.ask(turn, dialogue, case.on or TODAY)
            times.whole.append(time.perf_counter() - started)
            times.embedding.append(timed.seconds - before)
            if not number % 2:
                times.bare.append(seconds(bare))
        progress(number, len(cases))
    return {
        **environment(),
        "policies, conversations": f"{len(assistant.knowledge.policies)}, {len(cases)}",
        "longest turn while tables are filled (ms)": round(slowest * 1000),
        **figures("first turn", first),
        **figures("follow-up", later),
    }


def _warm_up(assistant: Assistant, cases: Sequence[Case]) -> float:
    """Ask some of the cases: opens the store and fills the tables that are read at first use. Seconds of the longest turn."""
    longest = 0.0
    for case in cases[:: max(1, len(cases) // WARM_UP)]:
        dialogue = assistant.new_dialogue()
        for turn in case.turns:
            longest = max(longest, seconds(partial(assistant.ask, turn, dialogue, case.on or TODAY)))
    return longest


def figures(name: str, times: Times) -> dict[str, Any]:
    """Medians, 95th percentiles and ratios of one kind of turn; empty if there was none."""
    if not times.whole:
        return {}
    # A turn that needs no document (small talk, a place without a document) embeds nothing: the ratios leave it out.
    searched = [row for row, spent in enumerate(times.embedding) if spent]
    whole, rest, bare = ([column[row] for row in searched] for column in (times.whole, times.rest, times.bare))
    found: dict[str, Any] = {f"{name}: turns (with a search)": f"{len(times.whole)} ({len(searched)})"}
    for label, share in (("p50", 0.5), ("p95", 0.95)):
        found[f"{name}: ask {label} (ms)"] = in_ms(times.whole, share)
        found[f"{name}: rest without the model {label} (ms)"] = in_ms(times.rest, share)
        found[f"{name}: bare query embedding {label} (ms)"] = in_ms(times.bare, share)
        if searched:
            found[f"{name}: ask / bare, {label}"] = round(in_ms(whole, share) / in_ms(bare, share), 2)
            found[f"{name}: rest / bare, {label}"] = round(in_ms(rest, share) / in_ms(bare, share), 2)
    return found
