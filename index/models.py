"""The plain values that travel between reading, finding and answering.

Money is `Decimal` in 元 (or in the currency its unit names), ratios are 0 to 1, dates are `date`.
Offsets are character offsets into the policy's `text.txt`, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Bound(StrEnum):
    """How the words around a figure limit it."""

    EXACT = "exact"
    AT_LEAST = "at_least"  # 以上、达到、不低于 (the number included: Civil Code art. 1259)
    MORE_THAN = "more_than"  # 超过、突破、高于
    AT_MOST = "at_most"  # 以下、不超过、最高、最多、以内
    LESS_THAN = "less_than"  # 低于、不满、不足


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure with its unit, as it stands in a text.

    `unit` is canonical: CNY, USD (other currencies by ISO code), ratio (30% is 0.3), percentage_point,
    m2, month, year, day, company, item, person, order, ton, TEU, time … ; compound units are joined by
    "/", as in CNY/m2/month; "" where no unit is written.
    """

    text: str
    value: Decimal
    unit: str
    bound: Bound
    start: int
    end: int
    approximate: bool = False
    range_id: int | None = None
    """Both ends of one range share it: 200万—500万 gives an AT_LEAST and an AT_MOST quantity."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day, month or year as written: first and last day it covers."""

    text: str
    first: date
    last: date
    start: int
    end: int
    bound: Bound = Bound.EXACT


class ArticleKind(StrEnum):
    """What a stretch of a document is."""

    TITLE = "title"
    PREAMBLE = "preamble"
    SECTION = "section"  # 一、 / 第X章: a group of articles, with or without words of its own
    ARTICLE = "article"  # the unit people cite: （二）, 第六条, 5.
    ITEM = "item"  # a labelled part of an article: 第六条（一）
    PARAGRAPH = "paragraph"  # text in which no structure was found
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Department:
    """A body named as responsible."""

    name: str
    lead: bool


@dataclass(frozen=True, slots=True)
class Article:
    """A stretch of a document with one label. Articles partition the text: none overlap, none miss."""

    policy_id: str
    kind: ArticleKind
    label: str | None
    """As printed, full-width: （二）; a path where labels restart: 三（三）1; None for unlabelled text."""
    path: tuple[str, ...]
    """Labels from the section down, bare: ("三", "三", "1"). Unique within a policy, except () for unlabelled text."""
    heading: str
    text: str
    start: int
    end: int
    section: str = ""
    """Label and heading of the section it stands in: 二、强力推动国家试点加快建设."""
    parents: tuple[str, ...] = ()
    """Headings of the labelled texts it stands in, outermost first."""
    departments: tuple[Department, ...] = ()


class Status(StrEnum):
    """What the document says of its own force; what follows for a day is `Policy.standing`."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    PLAN = "plan"  # a plan for a stated period
    UNKNOWN = "unknown"  # issued, but no dates of force are stated


class Standing(StrEnum):
    """What a document is worth on one day."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    PLAN_OVER = "plan_over"
    UNSTATED = "unstated"  # issued, no end stated


@dataclass(frozen=True, slots=True)
class Place:
    """Where a policy holds; the narrowest level given is the one that issued it."""

    province: str = ""
    city: str = ""
    district: str = ""

    @property
    def name(self) -> str:
        """The narrowest level: 秦皇岛市."""
        return self.district or self.city or self.province


@dataclass(frozen=True, slots=True)
class DatedFact:
    """Something read from the document, with the words it was read from ("" where nothing is written)."""

    value: date | None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """One document: what it says of itself, its words, and its articles in order."""

    id: str
    title: str
    place: Place
    text: str
    articles: tuple[Article, ...]
    status: Status
    status_quote: str = ""
    document_number: str = ""
    issuer: str = ""
    issued: DatedFact = DatedFact(None)
    effective_from: DatedFact = DatedFact(None)
    effective_to: DatedFact = DatedFact(None)
    supersedes: tuple[str, ...] = ()
    """Older policies on the same matter that this one does not repeal but leads."""
    superseded_by: tuple[str, ...] = ()
    short_title: str = ""
    title_en: str = ""
    place_en: str = ""
    aliases: tuple[str, ...] = ()
    """Other names people use for the place: 港城, Lianyungang, 连云港."""
    warnings: tuple[str, ...] = ()

    def standing(self, on: date) -> Standing:
        """What the document is worth on the day `on`."""
        if self.status is Status.DRAFT:
            return Standing.DRAFT
        if self.effective_from.value and on < self.effective_from.value:
            return Standing.NOT_YET
        if self.effective_to.value and on > self.effective_to.value:
            return Standing.PLAN_OVER if self.status is Status.PLAN else Standing.EXPIRED
        if self.effective_to.value:
            return Standing.IN_FORCE
        return Standing.UNSTATED

    def article(self, label: str | None) -> Article:
        """The article with this label; the first unlabelled one for None.

        Raises:
            KeyError: there is none.
        """
        for article in self.articles:
            if article.label == label:
                return article
        raise KeyError(label)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece for retrieval: never crosses an article."""

    id: str
    """`<policy_id>/<article number in the document>/<piece number>`."""
    policy_id: str
    article: int
    """Index into `Policy.articles`."""
    label: str | None
    start: int
    end: int
    text: str
    """The published words of the piece."""
    context: str
    """What is embedded and indexed with it: place, title, section, heading."""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A found chunk. `rank` counts from 1; `score` orders hits of one search and means nothing by itself."""

    chunk: Chunk
    score: float
    rank: int
    ranks: dict[str, int] = field(default_factory=dict)
    """Rank in each list that was fused: {"dense": 2, "lexical": 1}."""
