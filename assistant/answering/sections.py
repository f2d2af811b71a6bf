"""Questions for the parts of a section or of an article: 主要任务有哪些, 由哪几部分构成, 哪些情形不予支持."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.answering.words import WORDS
from assistant.compose.draft import Context, Draft
from assistant.compose.passages import answer_parts, answer_passages
from assistant.findings import Findings
from assistant.holding import holds
from assistant.knowledge import ArticleEntry, plain
from assistant.selecting import Passage
from assistant.understanding.question import Ask
from assistant.understanding.topic import EVERYWHERE

_FEWEST_PARTS = 2
_SHORTEST_RUN = 4
"""Characters in a row that question and heading must have in common."""
_LONG_RUN = 5
"""So many are enough where the heading has more words."""
_MOST_OF_HEADING = 0.5


def list_parts(context: Context, found: Findings) -> Draft | None:
    """The parts of the section that the question names by its heading, or by the words that lead in to them."""
    question = context.question
    if not question.policies or question.wants_type in ("date", "department"):
        return None
    if question.mentions and not WORDS["parts"].search(question.text):
        return None
    if not (Ask.LIST in question.asks or WORDS["parts"].search(question.text)) or WORDS["sums"].search(
        question.text.replace(found.named, "")
    ):
        return None
    entries = context.knowledge.articles_of([policy.id for policy in found.policies])
    scored = [(fit, entry, parts) for entry in entries if (parts := parts_of(entry, entries)) and (fit := _fit(entry, question.text))]
    if not scored:
        return None
    best = max(scored, key=lambda item: (item[0], -len(item[1].article.path)))
    if not WORDS["parts"].search(question.text) and _spread(found, best[1]):
        return None
    return answer_parts(context, best[1], best[2])


def _spread(found: Findings, entry: ArticleEntry) -> bool:
    """Whether the topic, which the heading of the article does not name, has grants in many other articles: those are listed."""
    topics = [number for number, unit in enumerate(found.units) if unit.topic]
    if not topics or any(holds(plain(entry.article.heading), found.units[number].forms) for number in topics):
        return False
    path = entry.article.path
    paying = [match for match in found.ranked if match.entry.rule.gives_money and any(match.covers(number) for number in topics)]
    others = {match.entry.article.start for match in paying if match.entry.article.path[: len(path)] != path}
    return len(others) >= _MANY


_MANY = 4


def for_whom(context: Context, found: Findings) -> Draft | None:
    """The article that says for whom the whole document is (适用范围, 支持对象), where no single support is asked about."""
    question = context.question
    matter = any(unit.topic and unit.weight > EVERYWHERE and not found.in_title(unit) for unit in found.units)
    if not question.policies or question.mentions or matter or not WORDS["whom"].search(question.text):
        return None
    for entry in context.knowledge.articles_of([policy.id for policy in found.policies]):
        heading = plain(entry.article.heading)
        if WORDS["whom_heading"].search(heading) or WORDS["whom_text"].search(entry.text[:40]):
            parts = parts_of(entry, context.knowledge.articles_of([entry.policy.id]))
            if parts:
                return answer_parts(context, entry, parts)
            start, end = entry.sentences[0][0], entry.sentences[-1][1]
            whole = Passage(1.0, (), entry, start, end, entry.policy.text[start:end].strip())
            return answer_passages(context, [whole])
    return None


def parts_of(entry: ArticleEntry, entries: Sequence[ArticleEntry]) -> list[ArticleEntry]:
    """The articles directly beneath one, [] unless there are at least two."""
    path = entry.article.path
    beneath = [
        other
        for other in entries
        if path and other.policy.id == entry.policy.id and len(other.article.path) == len(path) + 1 and other.article.path[:-1] == path
    ]
    return beneath if len(beneath) >= _FEWEST_PARTS else []


def _fit(entry: ArticleEntry, text: str) -> int:
    """How many characters in a row the question has in common with the heading, or with the words before a colon; 0 if too few."""
    question = plain(text)
    heading = plain(entry.article.heading)
    run = _run(heading, question)
    if run == len(heading) >= _SHORTEST_RUN or (run >= _LONG_RUN and run >= _MOST_OF_HEADING * len(heading)):
        return run
    lead = plain(entry.article.text).rstrip()
    if not lead.endswith((":", "：")):
        return 0
    lead = re.split("[。;；]", lead)[-1]
    cases = WORDS["cases"].search(question)
    if cases and cases.group() in lead:
        return len(cases.group()) + _run(lead, question)
    run = _run(lead, question)
    return run if run > _SHORTEST_RUN else 0


def _run(first: str, second: str) -> int:
    """Length of the longest run of characters that both hold."""
    return SequenceMatcher(None, first, second, autojunk=False).find_longest_match().size
