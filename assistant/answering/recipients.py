"""Who gets it: support for a platform, a park or a warehouse goes to whoever runs it, not to those who use it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.words import RECIPIENTS, WORDS
from assistant.compose.draft import Context, Draft
from assistant.compose.incentives import answer_incentives
from assistant.findings import Findings
from assistant.rules.schema import Rule, RuleKind
from assistant.selecting import RuleMatch

_RUNNING = frozenset({"district", "runner"})
_OTHERS = {
    "user": ("入驻、使用的企业", "the companies that use it or are in it"),
    "buyer": ("消费者", "buyers"),
}
_AS_GOOD = 0.3
"""A rule for users of the thing is preferred to one for its operator from this share of its score on."""


def kind_of_recipient(rule: Rule) -> str:
    """user, district, person, runner or company: the first whose words the beneficiary has."""
    return next((kind for kind, pattern in RECIPIENTS.items() if pattern.search(rule.beneficiary)), "company")


def for_asker(context: Context, found: Findings, matches: Sequence[RuleMatch]) -> Draft | None:
    """The answer to somebody who uses a thing, or asks who is paid; None where it makes no difference."""
    paid = [match for match in matches if _pays(match)]
    if not paid or not all(match.entry.rule.beneficiary for match in paid):
        return None
    text = context.question.text
    if WORDS["uses"].search(text) and not any(mention.quantity.unit == "company" for mention in context.question.mentions):
        return _for_others(context, found, paid, "user")
    if WORDS["buys"].search(text):
        return _for_others(context, found, paid, "buyer")
    if not WORDS["who_gets"].search(text):
        return None
    draft = answer_incentives(context, paid)
    draft.conclusion = "\n".join([*_told(context, draft), draft.conclusion])
    return draft


def _pays(match: RuleMatch) -> bool:
    return match.entry.rule.gives_money or match.entry.rule.kind is RuleKind.COMMITMENT


def _for_others(context: Context, found: Findings, paid: Sequence[RuleMatch], asker: str) -> Draft | None:
    """Rules for those who use the thing, where there are any; else that the support is not theirs, without a sum of theirs."""
    own = [match for match in found.ranked if _pays(match) and kind_of_recipient(match.entry.rule) == asker]
    own = [match for match in own if match.score >= _AS_GOOD * found.ranked[0].score] or _of_same_article(context, paid, asker)
    if own:
        return answer_incentives(context, own[:2])
    if not all(kind_of_recipient(match.entry.rule) in _RUNNING for match in paid):
        return None
    general = Context(context.knowledge, context.question.with_(mentions=(), personal=False, asks=frozenset()), context.on)
    draft = answer_incentives(general, paid)
    others = context.say(*_OTHERS[asker])
    names = "、".join(dict.fromkeys(_name(context, match.entry.rule) for match in paid))
    lead = context.say(
        f"不是给{others}的：这笔支持给的是{names}；文件没有写明对{others}的单独支持。",
        f"It is not for {others}: it goes to {names}; the document states nothing for {others}.",
    )
    draft.conclusion = f"{lead}\n{draft.conclusion}"
    return draft


def _of_same_article(context: Context, paid: Sequence[RuleMatch], asker: str) -> list[RuleMatch]:
    """Rules for those who use the thing that stand beside the one for its operator, under other words."""
    first = paid[0]
    entries = context.knowledge.rules_of([first.entry.policy.id])
    beside = [RuleMatch(first.score, first.strengths, entry) for entry in entries if entry.article.start == first.entry.article.start]
    return [match for match in beside if _pays(match) and kind_of_recipient(match.entry.rule) == asker]


def _name(context: Context, rule: Rule) -> str:
    return context.say(rule.beneficiary, rule.beneficiary_en or rule.beneficiary)


def _told(context: Context, draft: Draft) -> list[str]:
    """Who is paid by each rule; first that companies are not, where they were asked about."""
    names = list(dict.fromkeys(_name(context, entry.rule) for entry in draft.rules))
    shown = "、".join(names) if context.zh else "; ".join(names)
    kinds = {kind_of_recipient(entry.rule) for entry in draft.rules}
    if WORDS["for_companies"].search(context.question.text) and kinds == {"district"}:
        return [context.say(f"不是给企业的，给的是{shown}。", f"It is not for companies: it goes to {shown}.")]
    return [context.say(f"给的是{shown}。", f"It goes to {shown}.")]
