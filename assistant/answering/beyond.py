"""What the rules themselves leave open, in the words of the document: duties after payment, requirements listed, no ceiling.

拿了补贴以后搬走会怎样      no sum is asked for: the sentence on moving away
总部企业纳税要达到多少      the rule promises without a figure; an item under it states the requirement
最高只给50万吗            the article says 上不封顶
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.words import WORDS
from assistant.compose.draft import Context, Draft
from assistant.compose.passages import answer_passages
from assistant.findings import Findings
from assistant.holding import holds
from assistant.knowledge import RARE
from assistant.rules.schema import RuleKind
from assistant.selecting import Passage, best_articles
from assistant.understanding.patterns import MARKERS
from assistant.understanding.question import Ask

_REQUIRED = frozenset({Ask.AMOUNT, Ask.CONDITIONS, Ask.NUMBER})


def after_payment(context: Context, found: Findings) -> Draft | None:
    """The sentence on what a company that was paid must do or not do, where the question is about the time after."""
    if not found.after_payment:
        return None
    received = MARKERS["after_payment"].search(context.question.text)
    rest = context.question.text[received.end() :].lower() if received else ""
    rest = rest or context.question.text.lower()
    units = [number for number, unit in enumerate(found.units) if any(form in rest for form in unit.forms)]
    telling = [passage for passage in found.passages() if any(passage.strengths[number] == 1.0 for number in units)]
    if not telling:
        return None
    passages = sorted(telling, key=lambda passage: not WORDS["duty_after"].search(passage.text))
    return answer_passages(context, best_articles(passages, 1))


def fund(context: Context, found: Findings) -> Draft | None:
    """The sentence on what is set aside for all of them together, where that is asked: 一年安排多少资金."""
    if not WORDS["fund_asked"].search(context.question.text) or not found.topics:
        return None
    set_aside = [passage for passage in found.passages() if WORDS["set_aside"].search(passage.text)]
    fitting = [passage for passage in set_aside if any(passage.strengths[found.units.index(unit)] == 1.0 for unit in found.topics)]
    return answer_passages(context, best_articles(fitting, 1)) if fitting else None


def requirement(context: Context, found: Findings) -> Draft | None:
    """The items under a promise without a figure (满足以下条件之一的), where they and not the promise hold what is asked about."""
    question, chosen = context.question, found.chosen
    if not chosen or chosen[0].entry.rule.kind is not RuleKind.COMMITMENT or not question.asks & _REQUIRED or question.mentions:
        return None
    first = chosen[0].entry
    lacking = [unit for number, unit in enumerate(found.units) if unit.topic and not chosen[0].strengths[number]]
    beneath = [
        passage
        for passage in found.passages()
        if passage.entry.policy.id == first.policy.id and _is_under(passage, first.article.path) and _holds_figure(passage)
    ]
    fitting = [passage for passage in beneath if any(holds(passage.text, unit.forms) for unit in lacking)]
    if not fitting:
        return None
    best = fitting[0].score
    return answer_passages(context, best_articles([passage for passage in fitting if passage.score >= 0.9 * best], 3))


def _is_under(passage: Passage, path: Sequence[str]) -> bool:
    own = passage.entry.article.path
    return len(own) > len(path) and tuple(own[: len(path)]) == tuple(path)


def _holds_figure(passage: Passage) -> bool:
    return bool(re.search(r"\d", passage.text))


def no_ceiling(context: Context, draft: Draft) -> str:
    """The clause by which the article of the rule told says that there is no ceiling, where one is asked about or claimed."""
    if not draft.rules or not WORDS["ceiling"].search(context.question.text):
        return ""
    for entry in draft.rules:
        match = WORDS["unlimited"].search(entry.article.text)
        if match and not entry.rule.caps:
            return context.say(f"文件写明：“{match.group().strip()}”。", f"The document says: “{match.group().strip()}”.")
    return ""


def rare_beside(found: Findings) -> list[int]:
    """Numbers of telling words that no chosen rule holds."""
    return [
        number
        for number, unit in enumerate(found.units)
        if unit.weight >= RARE and not any(match.strengths[number] for match in found.chosen)
    ]
