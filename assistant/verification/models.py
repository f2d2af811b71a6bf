"""What the verification returns: a verdict for each claim of each statement of a reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.knowledge import RuleEntry
from assistant.models import Calculation, Citation
from index.models import Policy


class Flaw(StrEnum):
    """Why a claim is not proven; PROVEN is the absence of one."""

    PROVEN = "proven"
    NUMBER = "number"
    """No evidence of the same place holds this figure."""
    UNIT = "unit"
    """The figure stands there with another unit or currency."""
    MEASURE = "measure"
    """The figure stands there, of something else: a rate given as a cap, one article's figure under another's subject."""
    LEVEL = "level"
    """市级 for 省级, the second year for the first."""
    BOUND = "bound"
    """最高 or 以上 was dropped, added or turned."""
    PERIOD = "period"
    """一次性 became 每年, or the other way round."""
    PLACE = "place"
    """The claim is another place's, or a place nothing speaks of."""
    DOCUMENT = "document"
    """A title, document number or date that is not the document's."""
    ARTICLE = "article"
    """The article named does not hold the claim, or does not exist."""
    MODE = "mode"
    """Another business mode than the article's."""
    DEPARTMENT = "department"
    """A body that the article does not name, or not in this part."""
    STATUS = "status"
    """A draft given as in force, an expired document as valid, or the other way round."""
    QUOTATION = "quotation"
    """Words in quotation marks that stand nowhere."""
    POLARITY = "polarity"
    """A negation was added or dropped."""
    SUPPORT = "support"
    """Claims an incentive, a condition or a promise that no evidence speaks of."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one claim."""

    flaw: Flaw
    words: str
    """The claim, as it stands in the draft."""
    reason: str
    """In Chinese, for the reader of the report; "" where proven."""
    reason_en: str
    evidence: str
    """What proves or contradicts it: `<policy>（二）: 最多不超过100万元`, `calculation: …`, `question`; "" where there is nothing."""

    @property
    def ok(self) -> bool:
        """Whether something proves it."""
        return self.flaw is Flaw.PROVEN


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or line of the draft; `draft[start:end] == text`."""

    text: str
    start: int
    end: int
    verdicts: tuple[Verdict, ...]

    @property
    def ok(self) -> bool:
        """Whether every claim is proven; a statement without claims is."""
        return all(verdict.ok for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a draft may rest on."""

    policies: Mapping[str, Policy]
    """Every document of the corpus: needed to tell another city's figure from an invented one."""
    citations: tuple[Citation, ...] = ()
    """The articles that the draft may speak of; the whole article around each counts."""
    calculations: tuple[Calculation, ...] = ()
    said: str = ""
    """What the user said so far: figures in it are the user's own facts."""
    on: date = date.min
    """The day the answer is about: decides what is in force."""
    texts: tuple[str, ...] = ()
    """Further words that are known to be right: names of rules, the program's own notices."""
    rules: tuple[RuleEntry, ...] = ()
    """The rules that stand in the cited articles: their names, conditions and terms in both languages."""
    workings: tuple[str, ...] = ()
    """Counts and sums made outside a calculation: they prove what they count and what they come to."""
