"""Whether applications are still taken: the sentence that says from when to when, held against the day asked about.

application_window(context, found)    # 不能，申报时间已过：“网上申报时间为2024年4月15日至2024年5月13日，逾期不予受理。”
"""

from __future__ import annotations

import re
from datetime import date

from assistant.answering.words import WORDS
from assistant.compose.draft import Context, Draft
from assistant.compose.passages import answer_passages
from assistant.findings import Findings
from assistant.selecting import Passage, rank_passages

_DAY = re.compile(r"(?:(?P<year>20\d\d)\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日")
_TO = re.compile(r"\s*起?\s*(?:至|到|—+|-+|~|～)\s*")


def application_window(context: Context, found: Findings) -> Draft | None:
    """What the document says of the days for applying, with a yes or no; None where nothing is asked of them or it names none."""
    question = context.question
    asked = WORDS["still_open"].search(question.text) or (question.on and WORDS["may_apply"].search(question.text))
    if not question.policies or question.mentions or not asked:
        return None
    entries = context.knowledge.articles_of([policy.id for policy in found.policies])
    ranked = rank_passages(entries, found.units)
    rest = [
        Passage(0.0, (), entry, start, end, entry.policy.text[start:end].strip()) for entry in entries for start, end, _ in entry.sentences
    ]
    for passage in (*ranked, *rest):  # the sentence need not name the matter: a notice is about one alone
        window = window_of(passage.text) if WORDS["window"].search(passage.text) else None
        if window:
            return answer_passages(context, [passage], lead=_verdict(context, *window))
    return None


def _verdict(context: Context, first: date | None, last: date) -> str:
    day = context.question.on or context.on
    if day > last:
        return context.say(f"不能，{day}已过申报时间：", f"No: by {day} the time for applying is over:")
    if first and day < first:
        return context.say(f"还不能，{day}还没有到申报时间：", f"Not yet on {day}:")
    return context.say(f"可以，{day}还在申报时间内：", f"Yes, on {day} applications are taken:")


def window_of(text: str) -> tuple[date | None, date] | None:
    """First and last day for applying; of several days that are no two ends the first is the last for applying itself."""
    matches = list(_DAY.finditer(text))
    days: list[date] = []
    year = 0
    for match in matches:
        year = int(match["year"] or year)  # one without a year takes that of the day before it
        try:
            days.append(date(year, int(match["month"]), int(match["day"])))
        except ValueError:
            return None  # no year is named, or there is no such day
    if len(days) > 1 and _TO.fullmatch(text[matches[0].end() : matches[1].start()]):
        turned = days[1] < days[0] and not matches[1]["year"]  # 2024年12月15日至1月13日
        return days[0], days[1].replace(year=days[1].year + 1) if turned else days[1]
    return (None, days[0]) if days else None
