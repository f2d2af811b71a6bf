"""What else a statement names: places, articles, dates and business modes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.glossary.places import PlaceMention, Relation
from assistant.verification.models import Verdict
from assistant.verification.proof import Prover
from assistant.verification.quoting import Quotes
from assistant.verification.reading import compact, read
from assistant.verification.reasons import flawed, proven
from assistant.verification.scope import Mark, Scope, scope_at
from assistant.verification.words import WORDS
from index.models import Article, DateMention


def check_places(prover: Prover, quotes: Quotes, plain: str, mentions: Sequence[PlaceMention]) -> list[Verdict]:
    """A place without a document must be in the evidence or the question; one with a document is proven by the figures."""
    verdicts = []
    uncovered = WORDS["not_covered"].search(plain)
    cited = {source.policy for source in quotes.sources}
    covers = WORDS["covered"].search(plain) if not uncovered else None
    for mention in mentions:
        near = uncovered and abs(uncovered.end() - mention.start) <= 12
        if mention.policies and mention.relation in (Relation.EXACT, Relation.PART):
            if near:
                verdicts.append(flawed("covered", mention.text))
            elif cited and not cited & set(mention.policies) and not _is_spoken_of(prover, quotes, mention):
                verdicts.append(flawed("unknown_place", mention.text))
            continue
        if covers and abs(covers.end() - mention.start) <= 12:
            verdicts.append(flawed("not_covered", mention.text))
            continue
        if mention.relation is Relation.WHOLE:
            continue
        if _is_spoken_of(prover, quotes, mention):
            verdicts.append(proven(mention.text, "question"))
        else:
            verdicts.append(flawed("unknown_place", mention.text))
    return verdicts


def _is_spoken_of(prover: Prover, quotes: Quotes, mention: PlaceMention) -> bool:
    """Whether the question or a cited article names the place."""
    words = compact(mention.text)
    short = words.rstrip("市省县区") if len(words) > 2 else words
    known = (compact(prover.evidence.said), *(source.text for source in quotes.sources), *(unit.compact for unit in prover.units))
    return any(short in text for text in known) or _asked(prover, mention.name)


def _asked(prover: Prover, name: str) -> bool:
    """Whether the user named the place, in whatever spelling."""
    return name in {mention.name for mention in prover.corpus.places.find(prover.evidence.said)} if prover.evidence.said else False


def check_labels(prover: Prover, marks: Sequence[Mark], carried: Scope, plain: str) -> list[Verdict]:
    """An article named must exist, be cited, and hold the rule that is named with it."""
    verdicts: list[Verdict] = []
    if not any(mark.label for mark in marks):
        return verdicts
    cited, rules = prover.cited, prover.rules
    for number, mark in enumerate(marks):
        if not mark.label:
            continue
        scope = scope_at(mark.start, marks, carried)
        policies = scope.policies or tuple(dict.fromkeys(policy for policy, _ in cited)) or tuple(prover.corpus.by_id)
        articles = prover.corpus.articles(policies, mark.label)
        if not articles:
            verdicts.append(flawed("no_article", mark.words))
            continue
        own = [(policy, article.label) for policy, article in articles]
        if not cited & set(own):
            if not _is_heading(articles, plain):
                verdicts.append(flawed("uncited_article", mark.words))
            continue
        near = _rule_beside(marks, number, plain)
        stands = {(policy, rules.get((policy, rule))) for policy, rule in near.rules} if near else set()
        if near and not stands & set(own):
            verdicts.append(flawed("rule_article", near.words, "; ".join(f"{policy}{label}" for policy, label in sorted(stands, key=str))))
        else:
            verdicts.append(proven(mark.words, f"{own[0][0]}{own[0][1]}"))
    return verdicts


def _is_heading(articles: Sequence[tuple[str, Article]], plain: str) -> bool:
    """（一）基本原则: a label with the heading it has."""
    return any(article.heading and compact(article.heading)[:6] in compact(plain) for _, article in articles)


def _rule_beside(marks: Sequence[Mark], number: int, plain: str) -> Mark | None:
    """The rule a label is given for: the nearest one before it, or right behind it."""
    label = marks[number]
    behind = [mark for mark in marks[number + 1 :] if mark.rules and mark.start - label.end <= 3]
    if behind:
        return behind[0]
    before = [mark for mark in marks[:number] if mark.rules or mark.label]
    return before[-1] if before and before[-1].rules and not re.search("[；;]", plain[before[-1].end : label.start]) else None


def check_dates(
    prover: Prover, quotes: Quotes, plain: str, dates: Sequence[DateMention], marks: Sequence[Mark], carried: Scope
) -> list[Verdict]:
    """Each date is one of the document, of its articles, of the question, or the day asked about."""
    return [_date(prover, quotes, plain, day, scope_at(day.start, marks, carried)) for day in dates]


def _date(prover: Prover, quotes: Quotes, plain: str, day: DateMention, scope: Scope) -> Verdict:
    policies = [prover.corpus.by_id[policy] for policy in scope.policies or tuple(prover.corpus.by_id)]
    before = re.split(r"[，。；：,;（(]", plain[max(0, day.start - 12) : day.start])[-1]
    around = before, plain[day.end : day.end + 6]
    for role, own in (("end", "effective_to"), ("start", "effective_from"), ("issued", "issued")):
        if _says(role, *around):
            known = [getattr(policy, own).value for policy in policies]
            if any(_covers(day, value) for value in known if value):
                return proven(day.text, own)
            if scope.policies and any(known):
                return flawed("date", day.text, ", ".join(str(value) for value in known if value))
    if _covers(day, prover.evidence.on) or any((day.first, day.last) == (d.first, d.last) or _within(day, d) for d in prover.said.dates):
        return proven(day.text, "question")
    for policy in policies:
        days = [policy.issued.value, policy.effective_from.value, policy.effective_to.value]
        if any(_covers(day, value) for value in days if value) or (
            str(day.first.year) in f"{policy.title}{policy.short_title}" and _is_year(day)
        ):
            return proven(day.text, policy.id)
    units = [unit for unit in prover.units if not scope.policies or unit.policy in scope.policies]
    for unit in units:
        if day.first.year in unit.years and (_is_year(day) or compact(day.text) in unit.compact or _same_day(day, unit.words)):
            return proven(day.text, unit.named())
    if any(compact(day.text) in source.text for source in quotes.sources):
        return proven(day.text, "text")
    return flawed("date", day.text)


def check_versions(prover: Prover, plain: str, marks: Sequence[Mark]) -> list[Verdict]:
    """《甲》是较早的文件；…较新的《乙》: the one leads the other, and not the other way round."""
    titled = [mark for mark in marks if mark.words == "《" and len(mark.policies) == 1]
    if len(titled) != 2:
        return []
    first, second = titled
    words = [(m.start(), name) for name in ("earlier", "later") for m in WORDS[name].finditer(plain)]
    if {name for _, name in words} != {"earlier", "later"}:
        return []
    order = [name for _, name in sorted(words)]
    earlier, later = (first, second) if order[0] == "earlier" else (second, first)
    known = later.policies[0] in prover.corpus.by_id[earlier.policies[0]].superseded_by
    return [proven(plain, later.policies[0]) if known else flawed("version", plain.strip(" -"), earlier.policies[0])]


def _says(role: str, before: str, after: str) -> bool:
    pattern = WORDS[f"dates.{role}"]
    return bool(pattern.search(before) or pattern.match(after))


def _covers(day: DateMention, value: date | None) -> bool:
    return (
        value is not None and day.first <= value <= day.last and (day.first == day.last or _is_year(day) or day.first.month == value.month)
    )


def _within(day: DateMention, said: DateMention) -> bool:
    """A wider span than the user named is no other day; a narrower one may be."""
    return (day.first <= said.first and said.last <= day.last) or day.first == day.last == said.first


def _same_day(day: DateMention, words: str) -> bool:
    return any((day.first, day.last) == (known.first, known.last) for known in read(words).dates)


def _is_year(day: DateMention) -> bool:
    return (day.first.month, day.first.day, day.last.month, day.last.day) == (1, 1, 12, 31)


def check_modes(prover: Prover, plain: str, marks: Sequence[Mark], carried: Scope) -> list[Verdict]:
    """A business mode stands in the evidence on this matter, or the user named it."""
    verdicts = []
    for match in prover.corpus.modes.finditer(plain):
        scope = scope_at(match.start(), marks, carried)
        holding = [unit for unit in prover.within(scope) if match.group() in unit.compact]
        if holding:
            verdicts.append(proven(match.group(), holding[0].named()))
        elif match.group() in prover.evidence.said and WORDS["own_facts"].search(plain[max(0, match.start() - 12) : match.start()]):
            verdicts.append(proven(match.group(), "question"))
        else:
            verdicts.append(flawed("mode", match.group()))
    return verdicts
