"""Sentences of one message: which of them are questions of their own, and how the others become one question.

>>> stands_alone(first, second), join(first, second)      # doctest: +SKIP
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.understanding.question import Ask, Mention, Question

_ANOTHER = re.compile(r"^(?:另外|此外|还有|再就是|顺便)")


def stands_alone(first: Question, second: Question) -> bool:
    """Whether the second sentence asks something of its own: on another place or topic, or after 另外."""
    elliptic = second.text.rstrip("？? ").endswith("呢") and not second.asks
    if elliptic and first.asks and (second.units or second.support_years or second.policies):
        return True
    asking = {*second.asks} - {Ask.VERIFY, Ask.TAX, Ask.EXISTS}
    if not asking or not first.asks:
        return False
    if second.policies and first.policies and set(second.policies) != set(first.policies):
        return True
    topics = {unit.forms for unit in second.units if unit.topic and unit.weight >= 1.5}
    earlier = {unit.forms for unit in first.units if unit.topic and unit.weight >= 1.5}
    apart = bool(topics) and bool(earlier) and topics.isdisjoint(earlier)
    return apart and (bool(second.policies) or bool(_ANOTHER.search(second.text)) or bool(first.mentions and second.mentions))


def _labels(*questions: Question) -> list[str]:
    return list(dict.fromkeys(label for question in questions for label in (question.article, *question.more_articles) if label))


def join(first: Question, second: Question) -> Question:
    """Both as one question; figures and days of the second stand where its words now stand."""
    shift = len(first.text) + 1
    units = tuple({unit.forms: unit for unit in (*first.units, *second.units)}.values())
    return first.with_(
        text=f"{first.text} {second.text}",
        policies=tuple(dict.fromkeys((*first.policies, *second.policies))),
        everywhere=first.everywhere or second.everywhere,
        uncovered=tuple(dict.fromkeys((*first.uncovered, *second.uncovered))),
        wider=() if first.policies and not first.wider else tuple(dict.fromkeys((*first.wider, *second.wider))),
        units=units,
        asks=first.asks | second.asks,
        mentions=(*first.mentions, *(_moved(mention, shift) for mention in second.mentions)),
        codes=tuple(dict.fromkeys((*first.codes, *second.codes))),
        dates=(*first.dates, *(replace(day, start=day.start + shift, end=day.end + shift) for day in second.dates)),
        years=tuple(dict.fromkeys((*first.years, *second.years))),
        on=first.on or second.on,
        article=first.article or second.article,
        more_articles=tuple(_labels(first, second)[1:]),
        personal=first.personal or second.personal,
        all_met=first.all_met or second.all_met,
        follow_up=first.follow_up,
        correction=first.correction or second.correction,
        wants_type=first.wants_type or second.wants_type,
        exchange_rate=second.exchange_rate or first.exchange_rate,
        malformed=first.malformed or second.malformed,
        support_years=tuple(dict.fromkeys((*first.support_years, *second.support_years))),
        versions_named=first.versions_named or second.versions_named,
        confirming=first.confirming or second.confirming,
        hearsay=first.hearsay or second.hearsay,
        deictic=first.deictic or second.deictic,
    )


def _moved(mention: Mention, shift: int) -> Mention:
    figure = mention.quantity
    range_id = None if figure.range_id is None else figure.range_id + shift
    return replace(mention, quantity=replace(figure, start=figure.start + shift, end=figure.end + shift, range_id=range_id))
