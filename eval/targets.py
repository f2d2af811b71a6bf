"""Who is asked: this program, a server, a command, or a Python function.

target = open_target("http://127.0.0.1:8000/ask", settings)
for given in target.ask([Asked(case, on)], jobs=4):
    ...

| address | is asked |
|---|---|
| `""` | the assistant of this program, in process |
| `http://…`, `https://…` | POST {"turns", "on"} -> {"answer", "turns"} |
| `command:PROGRAM ARGS` | lines of {"id", "turns", "on"} on its input, lines of {"id", "answer", "turns"} on its output |
| `python:MODULE:FUNCTION` | FUNCTION(turns, on) -> one Answer object a turn |
"""

from __future__ import annotations

import importlib
import json
import shlex
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import httpx

from eval.schema import Case
from index.config import Settings
from index.errors import ConfigError, PolicyDeskError, QuestionError

Record = Mapping[str, Any]
FIRST_WORD = "seconds_to_first_word"
"""A Python function that streams may put this into its answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One conversation to be had."""

    case: Case
    on: date
    repeat: int = 1

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from the others of a run."""
        return self.case.id, self.repeat


@dataclass(frozen=True, slots=True)
class Given:
    """What came back: one answer a turn, or why there is none."""

    asked: Asked
    answers: tuple[Record, ...] = ()
    seconds: tuple[float, ...] = ()
    """Of each turn; of all turns together where the target answers them at once."""
    first_word: float | None = None
    """Seconds until the last answer began to arrive, where the target streams."""
    error: str = ""


class Target(Protocol):
    """Somebody who answers."""

    name: str

    def ask(self, asked: Sequence[Asked], jobs: int) -> Iterator[Given]:
        """Have all conversations; each is given back as it ends, in any order."""


def open_target(address: str, settings: Settings, timeout: float = 120) -> Target:
    """The target of an address.

    Raises:
        ConfigError: there is no such kind of target, module or function.
    """
    kind, _, rest = address.partition(":")
    if not address:
        return InProcess(settings)
    if kind in ("http", "https"):
        return HttpServer(address, timeout)
    if kind == "command" and rest.strip():
        return Command(rest)
    if kind == "python" and rest.count(":") == 1:
        return PythonFunction(rest)
    raise ConfigError(f"target {address!r}: write http://HOST:PORT/PATH, command:PROGRAM ARGS, or python:MODULE:FUNCTION")


class InProcess:
    """The assistant of this program."""

    def __init__(self, settings: Settings) -> None:
        from assistant.pipeline import Assistant  # seconds: not for the commands that ask nobody

        self.name = "assistant"
        self._assistant = Assistant.open(settings)

    def ask(self, asked: Sequence[Asked], jobs: int) -> Iterator[Given]:
        """One dialogue for each conversation; the model is loaded before the first is timed."""
        self._assistant.warm_up()
        return _each(asked, jobs, self._one)

    def _one(self, asked: Asked) -> Given:
        dialogue = self._assistant.new_dialogue()
        answers: list[Record] = []
        seconds: list[float] = []
        for turn in asked.case.turns:
            start = time.perf_counter()
            try:
                answers.append(self._assistant.ask(turn, dialogue, asked.on).as_json())
            except QuestionError as error:
                answers.append({"text": str(error), "conclusion": str(error), "behaviour": "clarify"})
            seconds.append(time.perf_counter() - start)
        return Given(asked, tuple(answers), tuple(seconds))


class PythonFunction:
    """A function of any module on the path of Python."""

    def __init__(self, spec: str) -> None:
        module, _, function = spec.partition(":")
        self.name = f"python:{spec}"
        try:
            self._answer: Callable[[Sequence[str], date], Sequence[Record]] = getattr(importlib.import_module(module), function)
        except ImportError as error:
            raise ConfigError(f"target python:{spec}: {error}. Run it from the folder of the module, in its environment.") from error
        except AttributeError as error:
            raise ConfigError(f"target python:{spec}: {module} has no {function!r}") from error

    def ask(self, asked: Sequence[Asked], jobs: int) -> Iterator[Given]:
        """One call for each conversation."""
        return _each(asked, jobs, self._one)

    def _one(self, asked: Asked) -> Given:
        start = time.perf_counter()
        answers = tuple(self._answer(asked.case.turns, asked.on))
        seconds = time.perf_counter() - start
        if not answers or not all(isinstance(answer, Mapping) for answer in answers):
            return Given(asked, error=f"{self.name} gave {type(answers[0]).__name__ if answers else 'nothing'}, not one object a turn")
        first = answers[-1].get(FIRST_WORD)
        return Given(asked, answers, (seconds,), float(first) if first is not None else None)


class HttpServer:
    """A server that takes {"turns", "on"} and gives {"answer", "turns"}; `turns` may be left out."""

    def __init__(self, address: str, timeout: float) -> None:
        self.name = address
        self._client = httpx.Client(timeout=timeout)

    def ask(self, asked: Sequence[Asked], jobs: int) -> Iterator[Given]:
        """One POST for each conversation."""
        return _each(asked, jobs, self._one)

    def _one(self, asked: Asked) -> Given:
        start = time.perf_counter()
        first = None
        body = bytearray()
        with self._client.stream("POST", self.name, json={"turns": list(asked.case.turns), "on": asked.on.isoformat()}) as response:
            for chunk in response.iter_bytes():
                first = first if first is not None else time.perf_counter() - start
                body += chunk
        seconds = time.perf_counter() - start
        if response.status_code != httpx.codes.OK:
            return Given(asked, error=f"HTTP {response.status_code}: {body[:200].decode(errors='replace')}")
        return _from_record(asked, json.loads(body), (seconds,), first)


class Command:
    """A program that reads questions and writes answers, one JSON object a line; started once for each repetition."""

    def __init__(self, command: str) -> None:
        self.name = f"command:{command}"
        self._words = shlex.split(command)

    def ask(self, asked: Sequence[Asked], jobs: int) -> Iterator[Given]:  # noqa: ARG002  how much it does at once is its own affair
        """All conversations of a repetition go to one process."""
        for repeat in sorted({one.repeat for one in asked}):
            yield from self._all({one.case.id: one for one in asked if one.repeat == repeat})

    def _all(self, waiting: dict[str, Asked]) -> Iterator[Given]:
        lines = [
            json.dumps({"id": id_, "turns": list(one.case.turns), "on": one.on.isoformat()}, ensure_ascii=False) + "\n"
            for id_, one in waiting.items()
        ]
        try:
            process = subprocess.Popen(self._words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"target {self.name} cannot be started: {error.strerror}") from error
        assert process.stdin is not None
        assert process.stdout is not None
        # In a thread of its own: a program that answers line by line would wait for us to read, and we for it.
        writer = threading.Thread(target=_feed, args=(process.stdin, lines), daemon=True)
        writer.start()
        reason = ""
        before = time.perf_counter()
        for line in process.stdout:
            now = time.perf_counter()
            try:
                record = json.loads(line)
                one = waiting.pop(str(record["id"]))
            except (ValueError, KeyError, TypeError):
                reason = f" It wrote: {line.strip()[:80]}"
                continue
            yield _from_record(one, record, (now - before,), None)
            before = now
        writer.join()
        code = process.wait()
        for one in waiting.values():
            yield Given(one, error=f"{self._words[0]} gave no line for this id (exit code {code}).{reason}")


def _feed(stream: Any, lines: Sequence[str]) -> None:
    try:
        stream.writelines(lines)
        stream.close()
    except BrokenPipeError:
        return  # it ended before it had read everything: what it did not answer is reported


def _from_record(asked: Asked, record: Any, seconds: tuple[float, ...], first: float | None) -> Given:
    answer = record.get("answer") if isinstance(record, Mapping) else None
    if not isinstance(answer, Mapping):
        return Given(asked, error='the reply has no object "answer"')
    turns = record.get("turns") or [answer]
    return Given(asked, (*turns[:-1], answer), seconds, first)


def _each(asked: Sequence[Asked], jobs: int, answer: Callable[[Asked], Given]) -> Iterator[Given]:
    if jobs == 1:
        yield from (_guarded(answer, one) for one in asked)
        return
    pool = ThreadPoolExecutor(jobs)
    try:
        for future in as_completed([pool.submit(_guarded, answer, one) for one in asked]):
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _guarded(answer: Callable[[Asked], Given], asked: Asked) -> Given:
    """Whatever goes wrong inside a target is the result of this case, not the end of the run."""
    try:
        return answer(asked)
    except PolicyDeskError as error:
        return Given(asked, error=str(error))
    except Exception as error:  # noqa: BLE001  foreign code is asked here: it may raise anything
        return Given(asked, error=f"{type(error).__name__}: {error}")
