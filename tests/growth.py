"""How the time of a function grows with its input: a ratio, so that a slow machine changes nothing."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_TRIES = 3
_NOISE = 0.02
"""Seconds of processor time below which a clock says nothing about growth."""


def growth(run: Callable[[T], object], smaller: T, larger: T) -> float:
    """Processor time of `run(larger)` over that of `run(smaller)`, the quickest of a few tries each, other threads left out."""
    return _quickest(run, larger) / max(_quickest(run, smaller), _NOISE)


def _quickest(run: Callable[[T], object], given: T) -> float:
    spent = []
    collected = gc.isenabled()
    gc.disable()  # in a large test process a collection takes longer than what is measured
    try:
        for _ in range(_TRIES):
            started = time.thread_time()
            run(given)
            spent.append(time.thread_time() - started)
    finally:
        if collected:
            gc.enable()
    return min(spent)
