"""Reads from a model without trusting it: it may hang, break off or never end.

for chunk in read(lambda: model.stream(messages), deadline=monotonic() + 30): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

from index.errors import ModelError

Chunk = TypeVar("Chunk")
AHEAD = 64
"""Chunks a model may be ahead of its reader."""


class _End:
    """Stands in the queue where the model has finished."""


def read(chunks: Callable[[], Iterator[Chunk]], deadline: float) -> Iterator[Chunk]:
    """The chunks as they come, until `deadline` (of the monotonic clock).

    The model runs in a thread of its own, because a call that hangs cannot be ended from outside; it is left behind, and stops
    at its next chunk.

    Raises:
        ModelError: it did not end in time, or it failed in whatever way.
    """
    queue: Queue[Chunk | _End | ModelError] = Queue(maxsize=AHEAD)
    stop = Event()

    def hand_over(item: Chunk | _End | ModelError) -> None:
        while not stop.is_set():
            with suppress(Full):
                queue.put(item, timeout=0.2)
                return

    def work() -> None:
        try:
            for chunk in chunks():
                hand_over(chunk)
                if stop.is_set():
                    return
        except Exception as error:  # noqa: BLE001  # code of others behind a network: whatever goes wrong there, the user gets an answer
            hand_over(ModelError(f"{type(error).__name__}: {error}"))
        else:
            hand_over(_End())

    Thread(target=work, name="language-model", daemon=True).start()
    try:
        while True:
            item = _next(queue, deadline)
            if isinstance(item, _End):
                return
            if isinstance(item, ModelError):
                raise item
            yield item
    finally:
        stop.set()


def _next(queue: Queue[Chunk | _End | ModelError], deadline: float) -> Chunk | _End | ModelError:
    left = deadline - monotonic()
    if left > 0:  # an endless stream never leaves the queue empty
        with suppress(Empty):
            return queue.get(timeout=left)
    raise ModelError("the time for this answer is used up")
