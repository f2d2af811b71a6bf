"""Claims that list several matters, each with its figure: 推广20万、扣点10万、物流20万，对吧. Each figure is held against its own rule.

claimed_list(context, found)   # 是的，与文件一致。 and one line for each rule; None for any other claim
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answering.words import WORDS
from assistant.binding import is_granted
from assistant.compose.draft import Context, Draft
from assistant.compose.incentives import answer_incentives
from assistant.compose.targets import answer_targets
from assistant.compose.verifying import same_kind
from assistant.findings import Findings
from assistant.holding import holds
from assistant.knowledge import RuleEntry
from assistant.rules.figures import figures_of
from assistant.rules.schema import Compare, OneOf, RuleKind
from assistant.selecting import NAME, RuleMatch, rank_rules
from assistant.understanding.question import Ask, Mention, Unit

_WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z]{4,}")
_CLEAR = 0.15
"""Rules whose score is nearer than this share to the best fit a matter just as well."""


@dataclass(frozen=True, slots=True)
class _Item:
    """One matter of the list, and the figure it is said to have."""

    mention: Mention
    entry: RuleEntry

    @property
    def right(self) -> bool:
        """Whether the rule has the figure, for the level named with it."""
        return any(
            value == self.mention.quantity.value and same_kind(unit, self.mention.quantity.unit)
            for value, unit in _figures(self.entry, self.mention)
        )


def claimed_list(context: Context, found: Findings) -> Draft | None:
    """Right or wrong, matter by matter, where at least two rules are named, each before its figure."""
    question = context.question
    mentions = [mention for mention in question.mentions if mention.quantity.unit not in ("year", "month")]  # 后两年30万
    if not question.confirming or len(mentions) < 2 or not question.policies or len({mention.order for mention in mentions}) > 1:
        return None
    if any(is_granted(mention) for mention in mentions):
        return None
    items = _items(found, mentions)
    if items is None:
        return None
    if len({item.entry.key for item in items}) == 1:
        return answer_incentives(context, [RuleMatch(1.0, (), items[0].entry)]) if _of_one(found, items) else None
    wrong = [item for item in items if not item.right]
    verdict = context.say("是的，与文件一致。", "Yes, that is what the document says.")
    if wrong:
        told = [(context.say(item.entry.rule.label, item.entry.rule.label_en or item.entry.rule.label), item.mention) for item in wrong]
        verdict = context.say("不对：", "No: ") + context.say("；", "; ").join(
            context.say(f"“{label}”写的不是{mention.quantity.text}", f"“{label}” is not {mention.quantity.text}") for label, mention in told
        )
        verdict += context.say("。", ".")
    draft = _told(context, list({item.entry.key: item.entry for item in items}.values()))
    draft.conclusion = f"{verdict}\n{draft.conclusion}"
    return draft


def _of_one(found: Findings, items: Sequence[_Item]) -> bool:
    """Whether all is right of one rule, though its words fit several: 首年60万、后两年30万."""
    paid = items[0].entry.rule.gives_money
    return paid and all(item.right for item in items) and [match.entry.key for match in found.chosen] != [items[0].entry.key]


def _told(context: Context, entries: Sequence[RuleEntry]) -> Draft:
    """The rules themselves: figures and levels of the claim are no facts of a company."""
    asked = context.question.with_(text="", said="", mentions=(), asks=context.question.asks - {Ask.VERIFY, Ask.STACKING, Ask.TOTAL})
    plain = Context(context.knowledge, asked, context.on)
    matches = [RuleMatch(1.0, (), entry) for entry in entries]
    if all(entry.rule.kind is RuleKind.TARGET for entry in entries):
        return answer_targets(plain, matches)
    return answer_incentives(plain, matches)


def _items(found: Findings, mentions: Sequence[Mention]) -> list[_Item] | None:
    """The rule that each figure is said of; None where one of them has none."""
    items: list[_Item] = []
    for mention in mentions:
        last = items[-1].entry if items else None
        units = _matter(found, mention)
        entry = _named(found, mention, units, last) if units else last  # 市级100万、省级500万: of the same matter
        if entry is None:
            return None
        items.append(_Item(mention, entry))
    return items


def _matter(found: Findings, mention: Mention) -> list[Unit]:
    """What the words right before the figure name: topics of the question, else those words themselves."""
    units = [unit for unit in found.units if holds(mention.lead, unit.forms)]
    if any(unit.topic for unit in units):
        return units
    lead = mention.lead
    for policy in found.policies:
        for name in (policy.place.name, policy.place.name.removesuffix("市"), *policy.aliases):
            lead = lead.replace(name.lower(), " ")
    return [Unit((word,), 1.0, True) for word in _WORD.findall(WORDS["no_matter"].sub(" ", lead))]


def _named(found: Findings, mention: Mention, units: Sequence[Unit], last: RuleEntry | None) -> RuleEntry | None:
    """The rule that these words name and that states figures of this kind; of several the one that has it, or that stands by the last."""
    topics = [number for number, unit in enumerate(units) if unit.topic]
    candidates = [
        match
        for match in rank_rules(_entries(found), units)
        if any(match.strengths[number] >= NAME for number in topics)
        and any(same_kind(unit, mention.quantity.unit) for _, unit in figures_of(match.entry.rule))
    ]
    near = [match.entry for match in candidates if match.score >= (1 - _CLEAR) * candidates[0].score]
    by_last = [entry for entry in near if last and entry.article.start == last.article.start and entry.policy.id == last.policy.id]
    right = [entry for entry in near if _Item(mention, entry).right]
    return next(iter([*(entry for entry in right if entry in by_last), *right, *by_last, *near]), None)


def _entries(found: Findings) -> list[RuleEntry]:
    """Rules that a list can be of: targets of the years named, else what is paid, of the leading document."""
    question = found.question
    entries = found.context.knowledge.rules_of([policy.id for policy in found.policies])
    if not question.versions_named:
        policies = {policy.id for policy in found.policies}
        entries = [entry for entry in entries if not policies & {*entry.policy.superseded_by}]
    if question.years or Ask.TARGET in question.asks:
        years = {*question.years}
        return [entry for entry in entries if entry.rule.target and (not years or entry.rule.target.year in years)]
    return [entry for entry in entries if entry.rule.gives_money]


def _figures(entry: RuleEntry, mention: Mention) -> Iterable[tuple[object, str]]:
    """Those figures of the rule that the words before the figure leave: of 省级 only that of the level."""
    named = [
        tier
        for tier in entry.rule.tiers
        if isinstance(tier.when, OneOf) and any(option.lower() in mention.lead for option in (*tier.when.options, *tier.when.options_en))
    ]
    others = [tier.amount for tier in entry.rule.tiers if tier.amount and tier not in named and not isinstance(tier.when, Compare)]
    own = {(tier.amount.value, tier.amount.unit) for tier in named if tier.amount}
    left_out = {(amount.value, amount.unit) for amount in others} - own if named else set()
    return [pair for pair in figures_of(entry.rule) if pair not in left_out]
