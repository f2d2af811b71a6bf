"""Spoils what is named: places, articles, dates, bodies, business modes, titles."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from eval.mutations.source import Change, Source, answers, cited_articles, cited_text, line_at, names_of
from eval.mutations.words import WORDS


def city(source: Source, chance: random.Random) -> Iterator[Change]:
    """The city is another one that has a document."""
    if not answers(source) or not source.policies:
        return
    own = {policy.place.name for policy in source.knowledge.policies.values() if policy in source.policies}
    others = [policy for policy in source.knowledge.policies.values() if policy.place.name not in own]
    if not others:
        return
    for policy in source.policies:
        for index, name in enumerate(names_of(policy)):
            for match in re.finditer(re.escape(name), source.text):
                if name and not source.is_quoted(match.start()):
                    yield match.start(), match.end(), names_of(chance.choice(others))[index]


def uncovered_city(source: Source, chance: random.Random) -> Iterator[Change]:
    """The city is one without a document."""
    for start, end, words in city(source, chance):
        yield start, end, chance.choice(WORDS.elsewhere)[words.isascii()]


def _labels(source: Source) -> list[tuple[int, int, str]]:
    cited = dict.fromkeys(citation.article for citation in source.answer.citations if citation.article)
    found = []
    for label in cited:
        for match in re.finditer(rf"(?<![一二三四五六七八九十）]){re.escape(label)}(?![\d])", source.text):
            if not source.is_quoted(match.start()) and source.text[match.start() - 1 : match.start()] != "：":
                found.append((match.start(), match.end(), label))
    return found


def article(source: Source, chance: random.Random) -> Iterator[Change]:
    """The article is another one of the document."""
    cited = {citation.article for citation in source.answer.citations}
    for start, end, label in _labels(source):
        holders = [policy for policy in source.policies if any(article.label == label for article in policy.articles)]
        others = [a.label for policy in holders for a in policy.articles if a.label and a.label not in cited and len(a.label) >= 3]
        if others:
            yield start, end, chance.choice(others)


def missing_article(source: Source, chance: random.Random) -> Iterator[Change]:
    """The article is one that no document has."""
    yield from ((start, end, chance.choice(["（三十八）", "（四十一）", "（五十）"])) for start, end, _ in _labels(source))


def year(source: Source, chance: random.Random) -> Iterator[Change]:
    """The year is another one."""
    for match in re.finditer(r"(?<!\d)20[12]\d(?!\d)", source.text):
        if not answers(source) or str(source.said).find(match.group()) >= 0:
            continue
        year = int(match.group())
        yield match.start(), match.end(), str(chance.choice([y for y in (year - 3, year - 1, year + 1, year + 2) if y != year]))


def day(source: Source, chance: random.Random) -> Iterator[Change]:
    """The month of a date is another one."""
    for match in re.finditer(r"(?<=年)(\d{1,2})(?=月\d{1,2}日)|(?<=-)\d\d(?=-\d\d)", source.text):
        new = chance.choice([month for month in (1, 3, 5, 7, 8, 10) if month != int(match.group())])
        yield match.start(), match.end(), str(new) if len(match.group()) == 1 or match.lastindex else f"{new:02d}"


def department(source: Source, chance: random.Random) -> Iterator[Change]:
    """The body is one that the cited articles do not name."""
    known = sorted(
        {d.name for policy in source.knowledge.policies.values() for a in policy.articles for d in a.departments if len(d.name) < 9}
    )
    cited = _cited_departments(source)
    for name in cited:
        for match in re.finditer(re.escape(name), source.text):
            others = [other for other in known if other not in cited and not any(other in c or c in other for c in cited_text(source))]
            if others and not source.is_quoted(match.start()) and "条文全文" not in line_at(source, match.start()):
                yield match.start(), match.end(), chance.choice(others)


def _cited_departments(source: Source) -> list[str]:
    return list(dict.fromkeys(d.name for a in cited_articles(source) for d in a.departments if "、" not in d.name))


def lead(source: Source, chance: random.Random) -> Iterator[Change]:
    """The first of the others is given as the one that leads."""
    del chance
    pattern = r"牵头单位：([^；\n、]+)；责任单位：([^；\n、]+)|Lead: ([^;\n、]+); Responsible: ([^;\n、]+)"
    for match in re.finditer(pattern, source.text):
        first, second = (group for group in match.groups() if group)
        start, end = match.span()
        words = match.group()
        if first != second:
            yield start, end, words.replace(first, "\0").replace(second, first).replace("\0", second)


def mode(source: Source, chance: random.Random) -> Iterator[Change]:
    """The business mode is another one."""
    del chance
    for match in re.finditer(r"(?<![\d.])(1210|9610|9710|9810)(?![\d万亿元])", source.text):
        new = {"1210": "1239", "9610": "1239", "9710": "1239", "9810": "1239"}[match.group()]
        if not any(new in text for text in cited_text(source)):
            yield match.start(), match.end(), new


def title(source: Source, chance: random.Random) -> Iterator[Change]:
    """The kind of document in a title is another one."""
    del chance
    for match in re.finditer(r"《[^》]*?(实施意见|若干措施|实施方案)[^》]*》", source.text):
        if not source.is_quoted(match.start()):
            yield match.start(1), match.end(1), "管理办法"


def number(source: Source, chance: random.Random) -> Iterator[Change]:
    """The number of the document is another one."""
    for match in re.finditer(r"(?<=[〕\]])\s?(\d{1,3})(?=\s?号)", source.text):
        yield match.start(1), match.end(1), str(chance.choice([n for n in (7, 36, 52, 88, 117) if str(n) != match[1]]))
