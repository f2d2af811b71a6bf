"""The evidence, cut into units that each speak of one matter: sentences of articles, rules, calculations, the user's words.

A figure is proven by a unit, not by a document: that is how a cap of one incentive is told from that of another.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain

from assistant.knowledge import RuleEntry, condition_names, sentences
from assistant.models import Calculation, Citation
from assistant.rules.describe import describe, describe_conditions
from assistant.rules.schema import Period
from assistant.verification.models import Evidence
from assistant.verification.reading import Figure, compact, plain_text, read, tokens
from assistant.verification.words import WORDS
from index.models import Article, Bound, Policy

_CONVERSIONS = {
    "year": (12, 1),
    "month": (1, 12),
    "ratio": (100, 1),
    "percentage_point": (1, 100),
}
"""36个月 is 3年, 5个百分点 is 5%: times, and over."""


class Kind(StrEnum):
    """What a unit is."""

    ARTICLE = "article"
    RULE = "rule"
    CALCULATION = "calculation"


@dataclass(frozen=True, eq=False)
class Unit:
    """One matter and all that is known of it. Made once, and told from others by being itself."""

    kind: Kind
    policy: str
    article: str | None
    rule: str
    """Id of the rule, "" for the words of an article."""
    words: str
    """To be shown as evidence."""
    figures: tuple[Figure, ...]
    tokens: frozenset[str]
    compact: str
    years: frozenset[int] = frozenset()

    @cached_property
    def values(self) -> frozenset[Decimal]:
        """The values of its figures, in other units too: what is not among them needs no comparing."""
        found = {figure.value for figure in self.figures}
        for figure in self.figures:
            if figure.unit in _CONVERSIONS:
                times, over = _CONVERSIONS[figure.unit]
                found.add(figure.value * times / over)
        return frozenset(found)

    def named(self) -> str:
        """As verdicts show it: qinhuangdao-2022-26（二）: 最多不超过100万元."""
        source = f"{self.policy}{self.article or ''}"
        return f"{'calculation, ' if self.kind is Kind.CALCULATION else ''}{source}: {self.words}"


def cited_articles(evidence: Evidence) -> list[tuple[Policy, Article]]:
    """The articles around the citations, each once."""
    found: dict[tuple[str, int], tuple[Policy, Article]] = {}
    for citation in evidence.citations:
        policy = evidence.policies.get(citation.policy)
        article = policy and article_of(policy, citation)
        if policy and article:
            found[policy.id, article.start] = (policy, article)
    return list(found.values())


def article_of(policy: Policy, citation: Citation) -> Article | None:
    """The article a citation stands in."""
    return next((article for article in policy.articles if article.start <= citation.start < article.end), None)


def units_of(evidence: Evidence) -> tuple[Unit, ...]:
    """All units of the evidence, articles first."""
    found = [unit for policy, article in cited_articles(evidence) for unit in article_units(policy.id, article.label, article.text)]
    found += [rule_unit(entry) for entry in evidence.rules]
    rules = {entry.key: entry for entry in evidence.rules}
    for result in evidence.calculations:
        entry = rules.get((result.policy, result.rule))
        found.append(_calculation_unit(result, rule_unit(entry) if entry else None, entry.rule.label_en if entry else ""))
    return tuple(found)


@lru_cache(maxsize=8192)
def article_units(policy: str, label: str | None, text: str) -> tuple[Unit, ...]:
    """One unit a sentence; a sentence without a date of its own is about the date named before it."""
    found: list[Unit] = []
    years = range_ = frozenset[str]()
    for start, end in sentences(text):
        reading = read(text[start:end])
        if not reading.compact:
            continue
        own = frozenset(f"date:{year}" for year in reading.years)
        dated = [_dated(figure, years) for figure in reading.figures] if years and not own else list(reading.figures)
        years = own or years
        dated = [_dated(f, range_) if f.unit == "ratio" and not any(n.startswith("range") for n in f.belongs) else f for f in dated]
        named = frozenset(f"range:{name}" for name in WORDS.found("ranges", reading.text))
        range_ = (named or range_) if reading.text.rstrip().endswith(("；", ";")) else frozenset()  # 在限值以内…；…按70%征收
        words = reading.text.strip()
        found.append(Unit(Kind.ARTICLE, policy, label, "", words, tuple(dated), reading.tokens, reading.compact, reading.years))
    return tuple(found)


def _dated(figure: Figure, years: frozenset[str]) -> Figure:
    return replace(figure, belongs=figure.belongs | years)


_RULES: dict[tuple[str, str, str], Unit] = {}


def rule_unit(entry: RuleEntry) -> Unit:
    """What a rule states, in both languages, with every name it goes by."""
    key = (entry.policy.id, entry.rule.id, entry.rule.quote)
    if key not in _RULES:
        _RULES[key] = _rule_unit(entry)
    return _RULES[key]


_PERIODS = {Period.ONCE: "once", Period.YEAR: "year", Period.MONTH: "month"}


def _rule_unit(entry: RuleEntry) -> Unit:
    rule = entry.rule
    renderings = [rule.quote, describe(rule, "zh"), describe(rule, "en")]
    conditions = [*describe_conditions(rule, "zh"), *describe_conditions(rule, "en")]
    readings = [read(text) for text in (*renderings, *conditions, rule.label, rule.label_en, rule.consequence, rule.consequence_en) if text]
    periods = frozenset({_PERIODS[rule.period]}) if rule.period in _PERIODS else frozenset[str]()
    year = frozenset({f"date:{rule.target.year}"}) if rule.target and rule.target.year else frozenset[str]()
    figures = [
        replace(figure, periods=figure.periods | periods, belongs=_only(figure.belongs, year))
        for reading in readings
        for figure in reading.figures
    ]
    figures = _merged(figures)
    names = [rule.label, rule.label_en, *rule.terms, rule.beneficiary, rule.beneficiary_en, entry.core, *conditions, *renderings]
    names += [name for condition in rule.conditions for name in condition_names(condition)]
    names += [rule.consequence, rule.consequence_en, entry.article.heading]
    text = "\n".join(name for name in names if name)
    years = frozenset(year for reading in readings for year in reading.years) | (
        {rule.target.year} if rule.target and rule.target.year else set()
    )
    return Unit(
        Kind.RULE, entry.policy.id, rule.article, rule.id, rule.quote, tuple(figures), tokens(plain_text(text)), compact(text), years,
    )  # fmt: skip


def _merged(figures: Sequence[Figure]) -> list[Figure]:
    """Each figure belongs to all that any rendering of the rule gives it to."""
    belongs: dict[tuple[object, str], set[str]] = {}
    periods: dict[tuple[object, str], set[str]] = {}
    for figure in figures:
        belongs.setdefault((figure.value, figure.unit), set()).update(figure.belongs)
        periods.setdefault((figure.value, figure.unit), set()).update(figure.periods)
    return [replace(f, belongs=frozenset(belongs[f.value, f.unit]), periods=frozenset(periods[f.value, f.unit])) for f in figures]


def _only(belongs: frozenset[str], year: frozenset[str]) -> frozenset[str]:
    """The year of a target instead of the years its quotation names, unless the figure is of another one of them."""
    own = {name for name in belongs if name.startswith("date")}
    if own and not own & year:
        return belongs
    return frozenset(name for name in belongs if not name.startswith("date")) | year if year else belongs


@lru_cache(maxsize=256)
def _calculation_unit(result: Calculation, of_rule: Unit | None, label_en: str) -> Unit:
    """What a calculation states. Kept, because a reply is checked again after each correction."""
    figures: list[Figure] = []
    rule = of_rule.figures if of_rule else ()
    if result.amount is not None:
        money = [figure for figure in rule if figure.unit == result.currency]
        periods = frozenset(period for figure in money for period in figure.periods)
        same = [figure for figure in money if figure.value == result.amount]
        belongs = frozenset(name for figure in same or money for name in figure.belongs if same or name.startswith("level"))
        figures.append(Figure("", result.amount, result.currency, result.bound, 0, 0, periods=periods | {"total"}, belongs=belongs))
    steps = [read(step) for step in (*result.steps, *result.steps_en)]
    # A step says 按100万元计 and × 30% of ceilings: only the rule and the result say whether they are.
    ceilings = {(f.value, f.unit) for f in rule if f.bound is Bound.AT_MOST}
    stated = [_cut(f, result) for step in steps for f in step.figures if f.value != result.amount]
    figures += [f for f in stated if f.bound is not Bound.EXACT or (f.value, f.unit) not in ceilings]
    for check in result.conditions:
        figures += [
            f
            for words in (check.label, check.label_en, check.given, check.gap, check.given_en, check.gap_en)
            if words
            for f in read(words).figures
        ]
    if result.uncapped is not None:
        figures.append(Figure("", result.uncapped, result.currency, Bound.EXACT, 0, 0, cut=True))
    names = "\n".join((result.incentive, result.outcome, result.outcome_en, *result.steps, *result.steps_en, label_en))
    words = "；".join(result.steps) or result.outcome
    own = tokens(plain_text(names)) | (of_rule.tokens if of_rule else frozenset[str]())
    label = of_rule.article if of_rule else result.article
    return Unit(Kind.CALCULATION, result.policy, label, result.rule, words, tuple(figures), own, compact(names))


def _cut(figure: Figure, result: Calculation) -> Figure:
    return replace(figure, cut=True) if (figure.value, figure.unit) == (result.uncapped, result.currency) else figure


def combinable(units: Iterable[Unit]) -> list[list[Unit]]:
    """Sentences of one list in whose last is said that they may be combined: …10万元补贴；…20万元补贴（三项可叠加）。"""
    found: list[list[Unit]] = []
    run: list[Unit] = []
    for unit in units:
        if run and (run[-1].policy, run[-1].article) != (unit.policy, unit.article):
            run = []
        run.append(unit)
        if WORDS["stacking.can"].search(unit.words):
            found.append(run)
        if not unit.words.endswith(("；", ";")):
            run = []
    return found


class Telling:
    """How telling a word is among these units: the fewer hold it, the more."""

    def __init__(self, units: Sequence[Unit]) -> None:
        counts = Counter(chain.from_iterable(unit.tokens for unit in units))
        weights = {count: math.log(1 + len(units) / count) for count in set(counts.values())}
        self._weights = {word: weights[count] for word, count in counts.items()}

    @staticmethod
    def of(units: tuple[Unit, ...]) -> Telling:
        """The same for the same units: documents are asked again and again."""
        return _telling(units)

    def weight(self, words: Iterable[str]) -> float:
        """Sum over words that any unit holds: a word that none holds says nothing about which is meant."""
        known = self._weights
        return math.fsum([known[word] for word in words if word in known])  # exact: the order of a set must not decide


@lru_cache(maxsize=64)
def _telling(units: tuple[Unit, ...]) -> Telling:
    return Telling(units)
