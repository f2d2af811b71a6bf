"""A right answer, what it rests on, and what the ways of spoiling it ask of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.knowledge import Knowledge
from assistant.models import Answer, Behaviour
from index.models import Article, Bound, Policy, Quantity
from index.normalise import fold
from index.quantities import parse_dates, parse_quantities


@dataclass(frozen=True)
class Source:
    """A right answer and what it rests on."""

    id: str
    answer: Answer
    knowledge: Knowledge
    said: str
    on: date

    @cached_property
    def text(self) -> str:
        """The words of the answer."""
        return self.answer.text

    @cached_property
    def figures(self) -> list[Quantity]:
        """Figures with a unit, anywhere in the answer."""
        days = parse_dates(fold(self.text))
        found = [q for q in parse_quantities(fold(self.text)) if q.unit and any(c.isdigit() for c in q.text)]
        found = [q for q in found if not any(day.start <= q.start < day.end for day in days)]
        # 文件写的不是100万元: another figure is not the document's either.
        return [q for q in found if not re.search(r"(?:不是|not say )\**\Z", self.text[: q.start])]

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """Spans of the words quoted from articles."""
        spans = []
        for citation in self.answer.citations:
            at = self.text.find(f"“{citation.quote}”")
            if at >= 0:
                spans.append((at + 1, at + 1 + len(citation.quote)))
        return spans

    def is_quoted(self, position: int) -> bool:
        """Whether a position lies in a quotation."""
        return any(start <= position < end for start, end in self.quotations)

    @cached_property
    def policies(self) -> list[Policy]:
        """The documents cited."""
        return [self.knowledge.policies[policy] for policy in dict.fromkeys(citation.policy for citation in self.answer.citations)]

    @property
    def chinese(self) -> bool:
        """The language of the answer."""
        return self.answer.language != "en"


@dataclass(frozen=True)
class Mutant:
    """A spoiled answer."""

    source: str
    kind: str
    text: str
    what: str


Change = tuple[int, int, str]
"""Start, end, and the words that take the place of those between."""


Mutator = Callable[[Source, random.Random], Iterable[Change]]


def answers(source: Source) -> bool:
    """Whether the answer states anything of a document."""
    return source.answer.behaviour is not Behaviour.REFUSE


def names_of(policy: Policy) -> list[str]:
    """The name of a document's place in Chinese and English."""
    name = policy.place.name
    return [name.removesuffix("市"), policy.place_en.split(",")[0]]


def cited_text(source: Source) -> list[str]:
    """The words of the cited articles."""
    return [article.text for article in cited_articles(source)]


def cited_articles(source: Source) -> list[Article]:
    """The articles around the citations."""
    return [
        article
        for citation in source.answer.citations
        for article in source.knowledge.policies[citation.policy].articles
        if article.start <= citation.start < article.end
    ]


def in_step(source: Source, position: int) -> bool:
    """36万元超过每年上限30万元 is arithmetic about the figures, told in the step itself; turned, it is a matter of the sum."""
    line = source.text[source.text.rfind("\n", 0, position) + 1 : position]
    return line.startswith(("计算", "Steps", "- ✗", "- ✓"))


def in_name(source: Source, start: int, end: int) -> bool:
    """Whether the words are part of the name of a rule."""
    return any(
        label and (at := source.text.find(label)) >= 0 and at <= start and end <= at + len(label)
        for entry in source.knowledge.entries
        for label in (entry.rule.label, entry.rule.label_en)
    )


def line_at(source: Source, position: int) -> str:
    """The line a position stands in."""
    end = source.text.find("\n", position)
    return source.text[source.text.rfind("\n", 0, position) + 1 : end if end >= 0 else len(source.text)]


def is_ceiling(source: Source, words: str) -> bool:
    """Whether a cited article states the sum as a ceiling."""
    value = parse_quantities(words)[0].value
    return any(q.value == value and q.bound is Bound.AT_MOST for text in cited_text(source) for q in parse_quantities(text))


def end_of_conclusion(source: Source) -> int:
    """Where a further sentence can be put."""
    return len(source.answer.conclusion)


def gap(source: Source) -> str:
    """What sets a further sentence apart from the conclusion."""
    return "" if source.answer.conclusion.endswith(("。", ".")) else "\n"
