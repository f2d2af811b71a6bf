"""A reply as any target gives it: the contract's Answer object, of which keys may be missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from index.errors import InputFileError

_LISTS = ("citations", "calculations", "notices", "suggestions", "checks")


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of a reply."""

    policy: str
    article: str | None
    quote: str
    title: str

    def __str__(self) -> str:
        return f"{self.policy} {self.article or '(no article)'}"


@dataclass(frozen=True)
class Reply:
    """The parts of an answer that are judged; what a target does not give is empty."""

    text: str
    conclusion: str
    behaviour: str
    citations: tuple[Cited, ...]
    record: Mapping[str, Any]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Reply:
        """Read a reply.

        Raises:
            InputFileError: it is not shaped like an Answer; names the key.
        """
        for key in ("text", "conclusion", "behaviour"):
            if not isinstance(record.get(key) or "", str):
                raise InputFileError(f"the answer's {key!r} is {type(record[key]).__name__}, not text")
        for key in _LISTS:
            if not isinstance(record.get(key) or [], list):
                raise InputFileError(f"the answer's {key!r} is {type(record[key]).__name__}, not a list")
        cited = [item for item in record.get("citations") or [] if isinstance(item, Mapping)]
        return cls(
            record.get("text") or "",
            record.get("conclusion") or "",
            record.get("behaviour") or "",
            tuple(
                Cited(
                    str(item.get("policy") or ""), item.get("article") or None, str(item.get("quote") or ""), str(item.get("title") or "")
                )
                for item in cited
            ),
            record,
        )

    @property
    def head(self) -> str:
        """What a hurried person reads: the conclusion, or all of a reply that has none."""
        return self.conclusion or self.text

    @cached_property
    def evidence(self) -> str:
        """The words of the reply and of what it cites."""
        return "\n".join([self.text, *(f"{cited.title}\n{cited.quote}" for cited in self.citations)])

    @cached_property
    def workings(self) -> str:
        """The words of its calculations, which prove figures that stand in no article."""
        lines: list[str] = []
        for result in self.record.get("calculations") or []:
            if isinstance(result, Mapping):
                lines += [str(step) for key in ("steps", "steps_en", "missing") for step in result.get(key) or []]
                lines += [str(value) for check in result.get("conditions") or [] for value in check.values()]
        return "\n".join(lines)
