"""Which rules and passages a question is about: by the share of its words that each of them holds.

The score of a candidate is the summed weight of the question's units it matches, a name counting more than
a passing mention; `share` is that sum over the weight of all units, so 1 means that every word is found.
No cosine threshold decides anything: dense retrieval only orders what words leave undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.binding import slots
from assistant.holding import holds
from assistant.knowledge import ArticleEntry, RuleEntry
from assistant.understanding.question import Unit
from index.models import ArticleKind

_HEADED = 0.1
"""What it counts beyond the words of a sentence that the heading over it has them, too."""
NAME, CORE, QUOTE, HEADING = 1.0, 0.9, 0.8, 0.5
"""What a match in each part of a rule counts."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well an entry fits: `strengths` has one number (0 to 1) for each unit."""

    score: float
    strengths: tuple[float, ...]

    def covers(self, number: int, least: float = QUOTE) -> bool:
        """Whether unit `number` is matched by more than a passing mention."""
        return self.strengths[number] >= least


@dataclass(frozen=True, slots=True)
class RuleMatch(Match):
    """A rule and how well it fits."""

    entry: RuleEntry


@dataclass(frozen=True, slots=True)
class Passage(Match):
    """A sentence of an article and how well it fits."""

    entry: ArticleEntry
    start: int
    """Offsets into the policy's text."""
    end: int
    text: str


def _partial(form: str, text: str) -> float:
    """Share of a longer Chinese form's character pairs that stand in the text: 0 for short forms."""
    if len(form) < 4 or form.isascii():
        return 0.0
    pairs = [form[i : i + 2] for i in range(len(form) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs)


def _strength(unit: Unit, entry: RuleEntry) -> float:
    for text, value in ((entry.name, NAME), (entry.core, CORE), (entry.quote, QUOTE), (entry.heading, HEADING)):
        if holds(text, unit.forms):
            return value
    partial = _partial(unit.forms[0], f"{entry.name}\n{entry.core}\n{entry.quote}")
    return 0.7 * partial if partial >= 0.6 else 0.0


def _narrowed(
    units: Sequence[Unit], matched: Sequence[tuple[RuleEntry, tuple[float, ...]]]
) -> Iterable[tuple[RuleEntry, tuple[float, ...]]]:
    """A word that narrows another counts only together with it, where any rule is named after that one: 自建海外仓 is no 自建独立站."""
    numbers = {unit.forms: number for number, unit in enumerate(units)}
    narrowing = [
        (number, numbers[unit.head])
        for number, unit in enumerate(units)
        if unit.head in numbers and any(strengths[numbers[unit.head]] >= NAME for _, strengths in matched)
    ]
    for entry, strengths in matched:
        alone = {number for number, head in narrowing if not strengths[head]}
        yield entry, tuple(0.0 if number in alone else strength for number, strength in enumerate(strengths)) if alone else strengths


DENSITY = 0.5
"""What a label that consists of nothing but the question's words counts beyond the words themselves."""


def _density(units: Sequence[Unit], entry: RuleEntry) -> float:
    """Share of the label that the question's words make up: 年交易额 fits 年交易额 better than 年交易额占比."""
    label = entry.name.split("\n", 1)[0]
    found = sum(max((len(form) for form in unit.forms if form in label), default=0) for unit in units)
    return min(1.0, found / len(label)) if label else 0.0


def weigh(units: Sequence[Unit], strengths: Iterable[float]) -> float:
    """Summed weight of the units, each as far as it is matched."""
    return sum(unit.weight * strength for unit, strength in zip(units, strengths, strict=True))


def _same_measure(units: Sequence[Unit], entry: RuleEntry, strengths: Sequence[float]) -> list[list[int]]:
    """Numbers of units that name one and the same measure of the rule: sales and turnover are one measure, no two matters."""
    named = [number for number, strength in enumerate(strengths) if strength == CORE]
    if len(named) < 2:
        return []
    groups = ([number for number in named if any(holds(name, units[number].forms) for name in slot.names)] for slot in slots(entry.rule))
    return [group for group in groups if len(group) > 1]


def _named_again(units: Sequence[Unit], entry: RuleEntry, strengths: Sequence[float]) -> float:
    """What further words for a measure that is named already add to the score."""
    again = {
        number for group in _same_measure(units, entry, strengths) for number in sorted(group, key=lambda number: -units[number].weight)[1:]
    }
    return sum(units[number].weight * CORE for number in again)


def rank_rules(
    entries: Iterable[RuleEntry], units: Sequence[Unit], prior: dict[tuple[str, str | None], float] | None = None
) -> list[RuleMatch]:
    """Rules that match at least one unit, best first. `prior` adds to rules of these (policy, article) pairs."""
    ranked = []
    for entry, strengths in _narrowed(units, [(entry, tuple(_strength(unit, entry) for unit in units)) for entry in entries]):
        score = weigh(units, strengths) - _named_again(units, entry, strengths)
        if score <= 0:
            continue
        score += DENSITY * _density(units, entry)
        if prior:
            score += prior.get((entry.policy.id, entry.rule.article), 0.0)
        ranked.append(RuleMatch(score, strengths, entry))
    ranked.sort(key=lambda match: -match.score)
    return ranked


def share(units: Sequence[Unit], strengths: Iterable[float], *, topics_only: bool = True) -> float:
    """Weight of the matched units over the weight of all (of the topic units, where there are any)."""
    pairs = list(zip(units, strengths, strict=True))
    if topics_only and any(unit.topic for unit in units):
        pairs = [(unit, strength) for unit, strength in pairs if unit.topic]
    total = sum(unit.weight for unit, _ in pairs)
    return sum(unit.weight for unit, strength in pairs if strength > 0) / total if total else 0.0


def cover(ranked: Sequence[RuleMatch], units: Sequence[Unit], *, least: float = 1.0, most: int = 4, each: bool = False) -> list[RuleMatch]:
    """The best rule, and further ones that each bring units the earlier ones lack: one for each thing asked about.

    Args:
        ranked: Best first.
        units: The question's units; only topic units call for a further rule.
        least: Weight of new units a further rule must bring.
        most: Number of rules at most.
        each: Several things are asked about (a total, a comparison): a rule that merely mentions a unit that names
            another rule does not cover it.
    """
    if not ranked:
        return []
    chosen = [ranked[0]]
    named = {number: max(_naming(unit, match) for match in ranked) for number, unit in enumerate(units)} if each else {}
    while len(chosen) < most:
        open_units = [
            number
            for number, unit in enumerate(units)
            if (unit.topic or (each and unit.weight >= TELLING))
            and not any(_covers(match, number, unit, named.get(number, 0.0)) for match in chosen)
        ]
        best, gain = None, 0.0
        for match in ranked:
            known = {
                number for group in _same_measure(units, match.entry, match.strengths) if not {*group} <= {*open_units} for number in group
            }
            bringing = [number for number in open_units if match.covers(number) and number not in known]
            new = sum(units[number].weight * _naming(units[number], match, match.strengths[number]) for number in bringing)
            if not any(units[number].topic for number in bringing) and match.score < 0.7 * chosen[0].score:
                continue  # a level (国家, 省内) calls for another rule of the same support only
            if bringing and max(units[number].weight for number in bringing) < least:
                continue  # a word that most articles hold (服务) calls for no further rule
            if new > gain + 1e-9 and match not in chosen:
                best, gain = match, new
        if best is None or gain < least:
            break
        chosen.append(best)
    return chosen


TELLING = 1.5
"""Weight from which a word that is no topic tells rules apart."""


def _naming(unit: Unit, match: RuleMatch, base: float = 0.0) -> float:
    """How much of the rule's label the unit makes up, on top of `base`: 海外仓 names 海外仓奖励, not 9810出口奖励."""
    label = match.entry.name.split("\n", 1)[0]
    return base + 0.5 * max((len(form) / len(label) for form in unit.forms if form in label), default=0.0)


def _covers(match: RuleMatch, number: int, unit: Unit, best_name: float) -> bool:
    return match.covers(number) and _naming(unit, match) >= best_name - 0.15


def rank_passages(
    entries: Iterable[ArticleEntry],
    units: Sequence[Unit],
    prior: dict[tuple[str, int], float] | None = None,
    *,
    prefer: re.Pattern[str] | None = None,
) -> list[Passage]:
    """Sentences by how many of the units they and, for less, their article hold; best first.

    Args:
        entries: Where to look.
        units: What is asked about.
        prior: Added score by (policy id, article number): what dense retrieval found.
        prefer: A pattern the answer must show, such as a year or a kind of figure.
    """
    ranked = []
    for entry in entries:
        extra = (prior or {}).get((entry.policy.id, entry.number), 0.0)
        whole = tuple(
            0.8
            if holds(entry.own_heading, unit.forms)
            else 0.5
            if holds(entry.heading, unit.forms)
            else 0.35
            if holds(entry.text, unit.forms)
            else 0.0
            for unit in units
        )
        if not any(whole) and not extra:
            continue
        for start, end, text in entry.sentences:
            if len(text) < 4:
                continue
            strengths = tuple(1.0 if holds(text, unit.forms) else around for unit, around in zip(units, whole, strict=True))
            score = weigh(units, strengths) + extra + _HEADED * weigh(units, (holds(entry.own_heading, unit.forms) for unit in units))
            if prefer and prefer.search(text):
                score += 1.0
            if entry.article.kind is ArticleKind.CLOSING and entry.article.heading:
                score *= 0.5  # an attachment: a form repeats the words of the document without saying anything
            ranked.append(Passage(score, strengths, entry, start, end, entry.policy.text[start:end].strip()))
    ranked.sort(key=lambda passage: -passage.score)
    return ranked


MONEY_WORDS = re.compile(r"补贴|补助|奖励|扶持|资助|奖补|资金支持|专项支持|政策支持|奖金|贴息|减免|予以支持|给予支持")


def best_articles(passages: Sequence[Passage], most: int = 3) -> list[Passage]:
    """The best sentence of each article, best first."""
    seen: dict[tuple[str, int], Passage] = {}
    for passage in passages:
        seen.setdefault((passage.entry.policy.id, passage.entry.number), passage)
        if len(seen) >= most:
            break
    return list(seen.values())


def rank_articles(
    entries: Iterable[ArticleEntry], units: Sequence[Unit], prior: dict[tuple[str, int], float] | None = None
) -> list[tuple[float, ArticleEntry]]:
    """Articles by the units their heading (counts whole) and text (counts half) hold, best first."""
    ranked = []
    for entry in entries:
        strengths = (1.0 if holds(entry.heading, unit.forms) else 0.5 if holds(entry.text, unit.forms) else 0.0 for unit in units)
        score = weigh(units, strengths)
        if score > 0:
            ranked.append((score + (prior or {}).get((entry.policy.id, entry.number), 0.0), entry))
    ranked.sort(key=lambda pair: -pair[0])
    return ranked
