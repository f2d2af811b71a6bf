"""What the assistant returns: an `Answer` whose every part can be checked."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from index.models import Bound


class Behaviour(StrEnum):
    """What kind of reply it is."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REFUSE = "refuse"


class Author(StrEnum):
    """Who worded the conclusion. All else in an answer is the program's, always."""

    PROGRAM = "program"
    MODEL = "model"
    """A language model; every sentence was proven."""
    PART = "model, in part"
    """A language model, less the sentences that were not proven."""


class Eligible(StrEnum):
    """Whether the stated conditions are met."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a part of the answer stands. `quote` is verbatim `text.txt[start:end]`."""

    policy: str
    title: str
    article: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ConditionCheck:
    """One condition held against the facts."""

    label: str
    """In words, with the threshold: 营业面积 ≥ 100平方米."""
    met: Eligible
    given: str = ""
    """The fact as the user gave it, formatted; "" when not given."""
    gap: str = ""
    """How far away: 还差20平方米."""
    fact: str = ""
    label_en: str = ""
    assumed: bool = False
    given_en: str = ""
    gap_en: str = ""
    article: str | None = None
    """Label of the article the condition stands in."""
    alternatives: tuple[ConditionCheck, ...] = ()
    """Where one of several is enough: each of them."""
    measured: bool = False
    """The text states it as a figure or a list; False: it leaves it to judgement."""
    loose: bool = False
    """The figure given may or may not reach it: 不到300平方米 for 100平方米以上."""


@dataclass(frozen=True, slots=True)
class Calculation:
    """What a rule gives for these facts on this day."""

    policy: str
    rule: str
    incentive: str
    """The rule's label."""
    eligible: Eligible
    amount: Decimal | None
    """In `currency`; None when it cannot be computed, or no money follows. Never 0 for "not in force"."""
    currency: str
    bound: Bound
    """AT_MOST: a ceiling, not an entitlement."""
    steps: tuple[str, ...] = ()
    steps_en: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Names of facts without which the result is open."""
    conditions: tuple[ConditionCheck, ...] = ()
    period: str = ""
    notices: tuple[str, ...] = ()
    uncapped: Decimal | None = None
    """The product before the cap, where a cap cut it."""
    outcome: str = ""
    """Consequence where it is no money, in words of the rule."""
    outcome_en: str = ""
    notices_en: tuple[str, ...] = ()
    article: str | None = None
    """Label of the article the rule stands in."""
    assumptions: tuple[str, ...] = ()
    """Names of facts that were not given and for which the rule's usual value was taken; the steps say so."""


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """A figure of the answer and what proves it."""

    text: str
    value: Decimal
    unit: str
    proof: str
    """`citation:<n>`, `calculation:<n>`, `question`, `policy:<id>`, or "" when nothing does."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one turn."""

    text: str
    """Markdown, conclusion first."""
    conclusion: str
    behaviour: Behaviour
    citations: tuple[Citation, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    workings: tuple[str, ...] = ()
    """Counts, sums and differences made outside the calculator, in words and numbers: `2万元 × 6个月 = 12万元`."""
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    checks: tuple[NumberCheck, ...] = ()
    language: str = "zh"
    facts: dict[str, str] = field(default_factory=dict)
    """What the assistant remembers of the company, formatted for display."""
    author: Author = Author.PROGRAM

    def as_json(self) -> dict[str, Any]:
        """The contract's JSON object: decimals as strings, dates in ISO form."""
        return _plain(asdict(self))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value
