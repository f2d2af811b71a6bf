"""A matter that the document asked about lacks, while another document of the same place has it."""

from __future__ import annotations

from assistant.compose.draft import Context, Draft, where
from assistant.compose.incentives import answer_incentives
from assistant.findings import SUPPORTED, Findings
from assistant.levels import pays_for
from assistant.selecting import share


def told_elsewhere(context: Context, found: Findings) -> Draft | None:
    """What the other documents of the place pay, led by: not in the one that was asked about."""
    question = context.question
    if not question.versions_named or len(found.policies) != 1 or _pays(found) or _says(found):
        return None
    asked = found.policies[0]
    others = [policy for policy in context.knowledge.policies.values() if policy.place == asked.place and policy.id != asked.id]
    if not others:
        return None
    named = question.with_(policies=tuple(policy.id for policy in others))
    elsewhere = Context(context.knowledge, named, context.on)
    there = Findings(elsewhere, found.hits)
    if not _pays(there):
        return None
    draft = answer_incentives(elsewhere, there.chosen[:1])
    names = "、".join(dict.fromkeys(where(entry.policy, None, context.zh) for entry in draft.rules))
    lead = context.say(
        f"{where(asked, None)}没有规定这一项；{names}有：",
        f"{where(asked, None, False)} does not provide for it; {names} does:",
    )
    draft.conclusion = f"{lead}\n{draft.conclusion}"
    return draft


def _says(found: Findings) -> bool:
    """Whether no money is asked for and a sentence holds most of the question (办理时限): then it is provided for without being paid."""
    passages = [] if found.about_money else found.passages()[:1]
    return bool(passages) and share(found.units, passages[0].strengths, topics_only=False) >= SUPPORTED


def _pays(found: Findings) -> bool:
    """Whether the best rule is on the matter, promises something, and pays for the level that is asked about."""
    rules = [match.entry.rule for match in found.chosen[:1]]
    promising = bool(rules) and (rules[0].gives_money or rules[0].kind == "commitment")
    return promising and found.supported and pays_for(rules, found.question.text)
