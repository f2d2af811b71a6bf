"""Who is left out: the sentence that excepts a kind of company from all support or from one.

房地产公司能享受吗      …的企业（房地产企业除外）: no
"""

from __future__ import annotations

import re

from assistant.answering.words import WORDS
from assistant.compose.draft import Context, Draft
from assistant.compose.passages import answer_passages
from assistant.findings import Findings
from assistant.holding import holds
from assistant.knowledge import plain
from assistant.selecting import rank_passages
from assistant.understanding.topic import EVERYWHERE


def left_out(context: Context, found: Findings) -> Draft | None:
    """The sentence by which the kind of company that asks is left out; None where no sentence excepts it."""
    question = context.question
    if not question.policies or question.mentions or not WORDS["may_have"].search(question.text):
        return None
    units = [unit for unit in found.units if unit.weight > EVERYWHERE]
    entries = context.knowledge.articles_of([policy.id for policy in found.policies])
    for passage in rank_passages(entries, found.units):
        if not WORDS["about_support"].search(passage.text) or WORDS["says_meaning"].search(passage.text):
            continue
        for match in WORDS["excepted"].finditer(passage.text):
            who = plain(next((group for group in match.groups() if group), ""))
            if WORDS["kind_of_company"].search(who) and any(
                holds(who, unit.forms) and _asks_for(question.text, unit.forms) for unit in units
            ):
                return answer_passages(context, [passage], lead=context.say("不在支持范围内，条文写明：", "It is left out:"))
    return None


def _asks_for(text: str, forms: tuple[str, ...]) -> bool:
    """Whether the word stands for the company that asks (房地产公司能享受吗), not for a matter."""
    return any(re.search(re.escape(form) + WORDS["asker"].pattern, text.lower()) for form in forms)
