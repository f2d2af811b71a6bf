"""Single sentences that settle a question by themselves: two supports together, an older document, who is in charge.

stated_together(context, found)   # 同时符合安家补贴和租房补贴条件的，只能选择其中一项享受。
beside_others(context, found)     # 同一项目已获得上级资金支持的，按就高不重复原则执行。
defined(context, found)           # 世界1000强是指上一年度入选…排行榜的企业。
repealed(context, found)          # 《…专项资金管理办法》（2021年）同时废止。
in_charge(context, found)         # 总部企业扶持由市发展和改革局负责。
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.words import WORDS
from assistant.compose.draft import Context, Draft
from assistant.compose.passages import answer_passages
from assistant.findings import Findings
from assistant.holding import holds
from assistant.knowledge import plain
from assistant.selecting import Passage, rank_passages

_BOTH = 2
_SHORTEST = 3
"""Shorter passages are numbers and signs, no sentences."""
_YEAR = re.compile(r"20\d\d|19\d\d")


def stated_together(context: Context, found: Findings) -> Draft | None:
    """The sentence that says of both supports asked about whether they are given together; None where none names both."""
    named = [number for number, unit in enumerate(found.units) if unit.topic]
    if len(named) < _BOTH:
        return None
    passages = [
        passage
        for passage in _sentences(context, found)
        if WORDS["together"].search(passage.text) and sum(passage.strengths[number] == 1.0 for number in named) >= _BOTH
    ]
    if not passages:
        return None
    best = passages[0]
    if WORDS["one_only"].search(best.text):
        lead = context.say("不能同时享受：", "Not both:")
    else:
        lead = context.say("可以同时享受：", "Yes, both:")
    return answer_passages(context, [best], lead=lead)


def beside_others(context: Context, found: Findings) -> Draft | None:
    """The sentence on support that has been had of another level or fund: 就高不重复, or 除享受省、市奖励外，我县再….

    Only where such support is said to have been had, and nothing is to be computed.
    """
    question = context.question
    if not question.policies or question.mentions or not WORDS["had_elsewhere"].search(question.text):
        return None
    entries = context.knowledge.articles_of([policy.id for policy in found.policies])
    order = [policy.id for policy in found.policies]  # the leading document first
    told = [
        (sum(holds(text, unit.forms) for unit in found.units) - order.index(entry.policy.id), entry, start, end)
        for entry in entries
        for start, end, text in entry.sentences
        if WORDS["beside_others"].search(text)
    ]
    if not told:
        return None
    _, entry, start, end = max(told, key=lambda item: item[0])
    text = entry.policy.text[start:end].strip()
    if WORDS["one_only"].search(text) or WORDS["no_more"].search(text):
        lead = context.say("不重复享受，按条文处理：", "Not twice; the document says:")
    else:
        lead = context.say("可以另外享受，条文写的是：", "Yes, beside it; the document says:")
    return answer_passages(context, [Passage(1.0, (), entry, start, end, text)], lead=lead)


def defined(context: Context, found: Findings) -> Draft | None:
    """The sentence that says what a word of the document means: …是指…."""
    if not found.question.policies or not WORDS["asks_meaning"].search(context.question.text):
        return None
    topics = [number for number, unit in enumerate(found.units) if not found.in_title(unit)]
    passages = [
        passage
        for passage in _sentences(context, found)
        if (match := WORDS["says_meaning"].search(passage.text))
        and any(holds(passage.text[: match.start()], found.units[number].forms) for number in topics)
    ]
    return answer_passages(context, passages[:1]) if passages else None


def repealed(context: Context, found: Findings) -> Draft | None:
    """What a document in force says of an older one that is asked about by its year: 2021年的办法还能用吗."""
    years = {int(year) for year in _YEAR.findall(context.question.text)}
    for passage in _sentences(context, found):
        match = WORDS["repeals"].search(passage.text)
        policy = passage.entry.policy
        own = {day.value.year for day in (policy.issued, policy.effective_from) if day.value}
        if match and {int(year) for year in _YEAR.findall(_about_older(passage.text))} & years - own:
            lead = context.say("已经废止，不能再用：", "It has been repealed:")
            return answer_passages(context, [passage], lead=lead)
    return None


def in_charge(context: Context, found: Findings) -> Draft | None:
    """The sentence by which a body is in charge of what is asked about (…由市商务局负责); None where no sentence names the matter."""
    passages = [
        passage
        for passage in _sentences(context, found)
        if WORDS["in_charge"].search(passage.text)
        and any(unit.topic and strength == 1.0 for unit, strength in zip(found.units, passage.strengths, strict=True))
    ]
    return answer_passages(context, passages[:1]) if passages else None


def _about_older(text: str) -> str:
    """The words of a closing sentence on the document it repeals, its number included; without the day it takes effect itself."""
    return re.sub(r"自?20\d\d年\d{1,2}月\d{1,2}日(?:起)?|有效期至[^，。；]*", "", text)


def _sentences(context: Context, found: Findings) -> Sequence[Passage]:
    entries = context.knowledge.articles_of([policy.id for policy in found.policies])
    return [passage for passage in rank_passages(entries, found.units) if len(plain(passage.text)) >= _SHORTEST]
