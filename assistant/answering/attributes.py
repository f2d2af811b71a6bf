"""What is asked of an incentive that its document does not give: said first, before the rule itself.

say_unwritten(context, draft)   # 文件没有写明资金到账（拨付）时间。 before what is known of 海外仓奖励什么时候到账
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.compose.draft import Context, Draft, article_citation
from assistant.knowledge import RuleEntry, plain
from assistant.models import Behaviour
from assistant.rules.schema import RuleKind
from assistant.understanding.patterns import load_entries
from assistant.understanding.question import Ask
from index.models import Article
from index.quantities import parse_quantities

_FILE = Path(__file__).with_name("attributes.yaml")
_MEASURES = {
    "m2": ("面积要求", "a floor area requirement", re.compile(r"面积|\barea\b", re.IGNORECASE)),
    "person": ("人数要求", "a required number of people", re.compile(r"人数|\bstaff\b|\bemployees\b", re.IGNORECASE)),
    "order": ("单量要求", "a required number of orders", re.compile(r"单量|订单数|\borders\b", re.IGNORECASE)),
}
"""Kinds of threshold that are asked for by their unit (要多大面积) or their name (对面积有要求吗)."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that can be asked of an incentive."""

    zh: str
    en: str
    asked: re.Pattern[str]
    written: re.Pattern[str]
    told: re.Pattern[str] | None = None
    """By what the words are known that say it: then they are quoted."""


@lru_cache(maxsize=1)
def attributes() -> tuple[Attribute, ...]:
    """All of the file."""
    return tuple(
        Attribute(
            entry["zh"], entry["en"], re.compile(entry["asked"], re.IGNORECASE), re.compile(entry["written"], re.IGNORECASE), _told(entry)
        )
        for entry in load_entries(_FILE)
    )


def _told(entry: Mapping[str, str]) -> re.Pattern[str] | None:
    return re.compile(entry["told"], re.IGNORECASE) if "told" in entry else None


def say_unwritten(context: Context, draft: Draft) -> Draft:
    """The draft, with what it lacks said first."""
    planned = any(entry.rule.kind is RuleKind.TARGET for entry in draft.rules)
    if planned or not draft.citations or draft.behaviour is not Behaviour.ANSWER:
        return draft
    for words, entry, article in _written(context, draft):
        if words not in draft.conclusion:
            draft.conclusion = context.say(f"文件写明：“{words}”。", f"The document says: “{words}”.") + f"\n{draft.conclusion}"
            start = article.start + article.text.index(words)
            draft.cite(article_citation(entry.policy, article, start, start + len(words)))
    if names := list(dict.fromkeys(_unwritten(context, draft))):
        lead = context.say(f"文件没有写明{'、'.join(names)}。", f"The document does not state {' or '.join(names)}.")
        draft.conclusion = f"{lead}\n{draft.conclusion}"
    return draft


def _written(context: Context, draft: Draft) -> Iterable[tuple[str, RuleEntry, Article]]:
    """What the articles of the rules, or the items beside them, say of the thing asked for, each clause once."""
    asked = [attribute.told for attribute in attributes() if attribute.told and attribute.asked.search(context.question.text)]
    found: dict[str, tuple[RuleEntry, Article]] = {}
    for entry in draft.rules if asked else ():
        for article in _with_items_beside(entry):
            for piece in re.split("[，。；;,\n]", article.text):
                if any(told.search(piece) for told in asked):
                    found.setdefault(piece.strip(), (entry, article))
    return [(words, entry, article) for words, (entry, article) in found.items()]


def _with_items_beside(entry: RuleEntry) -> list[Article]:
    """The article of a rule, and the other items of one list with it: (2)单个项目只可以申请一次 beside (1)按投入的10%给予奖励."""
    path = entry.article.path
    beside = [
        other for other in entry.policy.articles if len(path) > 1 and other.path[:-1] == path[:-1] and other.start != entry.article.start
    ]
    return [entry.article, *(other for other in beside if not other.heading)]


def _unwritten(context: Context, draft: Draft) -> Iterable[str]:
    question = context.question
    texts = [plain(text) for text in (*(entry.article.text for entry in draft.rules), *(citation.quote for citation in draft.citations))]
    for attribute in attributes():
        if attribute.asked.search(question.text) and not any(attribute.written.search(text) for text in texts):
            yield context.say(attribute.zh, attribute.en)
    if question.asks & {Ask.CONDITIONS, Ask.INVERSE} and not question.mentions:
        stated = {figure.unit for citation in draft.citations for figure in parse_quantities(citation.quote)}
        for unit, (zh, en, name) in _MEASURES.items():
            if unit not in stated and (unit == question.wants_type or name.search(question.text)):
                yield context.say(zh, en)
    if Ask.CAP in question.asks and not question.mentions and draft.rules and not any(_limits_money(entry) for entry in draft.rules):
        yield context.say("金额上限", "a ceiling on the amount")


def _limits_money(entry: RuleEntry) -> bool:
    rule = entry.rule
    amounts = [rule.amount, *(tier.amount for tier in rule.tiers), *(step.amount for step in rule.schedule)]
    return bool(rule.every_cap or rule.tax or not rule.gives_money) or any(figure for figure in amounts)
