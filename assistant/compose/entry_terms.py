"""What an article of its own asks of everybody (奖励条件, 申报条件) and a figure of the question falls short of.

Rules quote the sentence that pays; an article that says who may apply stands elsewhere. Where its threshold names the measure
of a figure, and the figure is below it, no sum is told: the answer is that article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.binding import fits
from assistant.binding.names import likest_plain
from assistant.compose.draft import Context, article_citation
from assistant.compose.words import WORDS
from assistant.knowledge import ArticleEntry, RuleEntry, plain
from assistant.models import Citation
from assistant.rules.wording import format_quantity
from assistant.understanding.question import Mention
from index.models import Bound, Quantity
from index.quantities import parse_quantities

_MEETING = re.compile("(?:符合|满足|具备)(?:以上|上述|下列|规定|申报|申请|全部)*(?:的)?条件")
_MEASURE = re.compile(r"(?P<name>[\u4e00-\u9fff]{3,10}?)(?:不低于|不少于|不小于|达到?|超过|大于|高于|在|为|须)*$")
_OF_WHAT = re.compile(r"(?:元|人民币|美元|（含）|及?以上)*的(?P<what>[\u4e00-\u9fff]{2,8})")


def falls_short(context: Context, entries: Sequence[RuleEntry]) -> tuple[str, Citation] | None:
    """The conclusion and its citation, None where no figure is below what an article asks of all."""
    policies = {entry.policy.id for entry in entries}
    question = context.question
    if len(policies) != 1:
        return None
    for article, quantity, name in _thresholds(context, policies):
        mention = next((each for each in question.mentions if _is_below(each, quantity, name)), None)
        if mention is None:
            continue
        given = format_quantity(mention.quantity.value, quantity.unit, context.language)
        words = re.sub(r"\s+", "", article.article.text).rstrip("；;。")
        conclusion = context.say(
            f"不符合条件：{name}{given}，没有达到{article.article.label}的要求：“{words}”。",
            f"Not eligible: {given} is below what {article.article.label} asks for: “{words}”.",
        )
        return conclusion, article_citation(article.policy, article.article)
    return None


def conditions_elsewhere(context: Context, entry: RuleEntry) -> list[ArticleEntry]:
    """The items of the article on conditions, where the only rule that pays says no more than 符合条件: as guides to one award do."""
    paying = [other for other in context.knowledge.rules_of({entry.policy.id}) if other.rule.gives_money]
    if len(paying) != 1 or not _MEETING.search(entry.rule.quote):
        return []
    articles = [
        article
        for article in context.knowledge.articles_of({entry.policy.id})
        if any(WORDS["entry_heading"].search(line) for line in article.heading.split("\n"))
    ]
    items = [article for article in articles if not WORDS["entry_heading"].search(article.own_heading)]
    return items or articles


def _thresholds(context: Context, policies: set[str]) -> Iterator[tuple[ArticleEntry, Quantity, str]]:
    """Items of articles on conditions, each with the least it asks of a measure; only those for what the question names."""
    asked = plain(context.question.text)
    for entry in context.knowledge.articles_of(policies):
        if not any(WORDS["entry_heading"].search(line) for line in entry.heading.split("\n")) or len(entry.text) > _LONGEST:
            continue
        for quantity in parse_quantities(entry.article.text):
            measure = _MEASURE.search(entry.article.text[: quantity.start])
            what = _OF_WHAT.match(entry.article.text, quantity.end)
            if quantity.bound not in (Bound.AT_LEAST, Bound.MORE_THAN) or quantity.range_id is not None or not measure:
                continue
            if what is None or plain(what["what"][:2]) in asked:
                yield entry, quantity, measure["name"]


def _is_below(mention: Mention, quantity: Quantity, name: str) -> bool:
    if not fits(mention.quantity.unit, quantity.unit) or mention.quantity.bound not in (Bound.EXACT, Bound.LESS_THAN, Bound.AT_MOST):
        return False
    same = mention.quantity.unit in ("", quantity.unit) and likest_plain(mention.before, (plain(name),))[0] >= 1.0
    return same and mention.quantity.value < quantity.value


_LONGEST = 80
"""Characters of an item; a longer article asks for several things at once."""
