"""The values understanding produces: a message becomes questions, each with places, topic, facts and asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.rules.facts import Fact
from index.models import DateMention, Quantity


class Ask(StrEnum):
    """What is wanted. One question may ask for several."""

    AMOUNT = "amount"  # how much, what is given, what is the standard
    RATE = "rate"
    CAP = "cap"
    BASIS = "basis"  # computed on what
    CONDITIONS = "conditions"
    PERIOD = "period"  # for how many years
    DEPARTMENT = "department"
    PROCEDURE = "procedure"  # how, where, until when to apply
    STATUS = "status"  # in force, expired, formal, since when
    ISSUER = "issuer"
    NUMBER = "number"  # document number
    ISSUED = "issued"
    LIST = "list"
    COMPARE = "compare"
    VERIFY = "verify"  # is it true that …
    STACKING = "stacking"
    INVERSE = "inverse"  # how much must I have to get …
    TARGET = "target"
    DIFFERENCE = "difference"  # how much more than
    TOTAL = "total"
    TAX = "tax"
    CERTAIN = "certain"  # fixed or highest, guaranteed or not
    EXISTS = "exists"  # is there any …
    ENTITY = "entity"  # which companies, places, projects are named


ABOUT_DOCUMENT = frozenset({Ask.STATUS, Ask.ISSUER, Ask.NUMBER, Ask.ISSUED})
"""What is asked of a document, not of its rules."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of the topic: any of `forms` in a text matches it."""

    forms: tuple[str, ...]
    weight: float = 1.0
    """How much it says: rare words weigh more (see Vocabulary)."""
    topic: bool = False
    """A term of the glossary or of the rules, as opposed to a word left over."""
    head: tuple[str, ...] = ()
    """Forms of the term it stands directly before and narrows: 海外仓 for the 自建 of 自建海外仓."""

    @property
    def name(self) -> str:
        """The form the asker used, or the standard one."""
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure the user gave, with the words around it that say what it measures."""

    quantity: Quantity
    phrase: str
    """Words up to the next comma on both sides, the figure left out."""
    before: str
    """The words directly before it."""
    after: str = ""
    """The words directly after it."""
    order: int = 0
    """Turn in which it was said; later ones override earlier ones."""
    times: int = 0
    """How often a year the amount falls due, where it is given by the month (12) or quarter (4): 月租金5万元, 5万元/月; else 0."""
    over_years: int = 0
    """Of how many years it is the whole, where it is said to be: 三年租金总共90万元; else 0."""
    year_of_sum: int = 0
    """Which of these years it is the part of; 0 for any other figure."""
    of_counted: bool = False
    """It describes others that are counted, not the company: the 60万 of 35家年进出口额60万美元的企业."""
    lead: str = ""
    """All words between the figure before it and this one, commas included."""
    one_by_one: bool = False
    """Its message asks what each of several figures gives: 分别多少."""
    required: bool = False
    """It is what the user takes for the policy's threshold (要2000平方米以上才给), not a fact of the company."""
    growth: bool = False
    """It is by how much a measure grew, worked out of two figures: it states no level."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a message, on its own; what it leaves out, the dialogue fills in."""

    text: str
    """Normalised: half-width, simplified, single-spaced."""
    language: str
    policies: tuple[str, ...] = ()
    """Policies of the places and versions named; empty where none is named."""
    everywhere: bool = False
    """All covered documents are meant (五份文件, 哪个城市)."""
    uncovered: tuple[str, ...] = ()
    """Places asked about that no document covers."""
    wider: tuple[str, ...] = ()
    """Provinces named alone, of which only cities have documents: 江苏省的海外仓补贴."""
    units: tuple[Unit, ...] = ()
    asks: frozenset[Ask] = frozenset()
    mentions: tuple[Mention, ...] = ()
    codes: tuple[str, ...] = ()
    """Business modes by customs code: 1210."""
    dates: tuple[DateMention, ...] = ()
    years: tuple[int, ...] = ()
    """Years a target is asked for."""
    on: date | None = None
    """The day the question is about, where one is named."""
    article: str | None = None
    """Label of an article named in the question: （十一）."""
    more_articles: tuple[str, ...] = ()
    """Labels of further ones: 第七条和第八条."""
    personal: bool = False
    """Asks about the user's own case."""
    all_met: bool = False
    """The user says the stated conditions are met (条件都达标)."""
    follow_up: bool = False
    """Leans on what was said before: 那…呢, 它, 刚才."""
    correction: bool = False
    wants_type: str = ""
    """Unit of the figure asked for (company, ratio, m2 …), "date", "department" or ""."""
    exchange_rate: Decimal | None = None
    """元 for one unit of a foreign currency, where the user states one."""
    malformed: str = ""
    """A figure that cannot be used (abc万元), as written."""
    support_years: tuple[int, ...] = ()
    """第二年, 首年: which year of support."""
    versions_named: bool = False
    deictic: bool = False
    confirming: bool = False
    """It states something and asks whether that is so (…，对吧): its figures are claims, not facts of the company."""
    hearsay: bool = False
    """It doubts the last answer on somebody's word."""
    focus: tuple[tuple[str, str], ...] = ()
    """Rules of the last answer, where this question stays on its matter."""
    thread: tuple[tuple[str, str], ...] = ()
    """Rules talked about so far in this matter, where a total of them is asked for."""
    held: tuple[tuple[tuple[str, str], tuple[Fact, ...]], ...] = ()
    """What was known of the company for each rule that gave a sum in the turns before, at the same place."""
    steps: tuple[tuple[str, str], ...] = ()
    """How it changed a figure given before (1500万元 × 2 = 3000万元), in Chinese and English."""
    silent: bool = False
    """A follow-up that asks for nothing of its own and gives no figure: it may have meant something that was not read."""
    new_figures: bool = True
    """It gives figures of its own, or stands alone: False when all figures come from earlier turns."""
    adds: bool = False
    """It adds something to what was asked before (再加一个海外仓)."""
    said: str = ""
    """Earlier messages on the same matter, normalised; set by the dialogue."""

    def with_(self, **changes: object) -> Question:
        """A changed copy."""
        return replace(self, **changes)  # type: ignore[arg-type]
