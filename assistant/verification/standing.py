"""What a statement says of the force of a document, and whether a draft or an expired document is shown to be one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.verification.models import Verdict
from assistant.verification.proof import Prover
from assistant.verification.reasons import flawed, proven
from assistant.verification.scope import Mark, Scope, scope_at
from assistant.verification.words import WORDS
from index.models import Policy, Standing

_OVER = frozenset({Standing.EXPIRED, Standing.PLAN_OVER})
_UNSAID = {
    Standing.DRAFT: ("draft", "unsaid_draft"),
    Standing.EXPIRED: ("over", "unsaid_over"),
    Standing.PLAN_OVER: ("over", "unsaid_over"),
    Standing.NOT_YET: ("not_yet", "unsaid_not_yet"),
}


def check_standing(prover: Prover, plain: str, marks: Sequence[Mark], carried: Scope) -> list[Verdict]:
    """Verdicts on the words of force in one statement, each about the document named nearest before it."""
    if not WORDS.mentioned("status", plain):
        return []
    whole = [mark for mark in marks if mark.policies]
    ends = [*(mark.start for mark in whole[1:]), len(plain)]
    parts = list(zip([0, *ends[:-1]], ends, strict=True))
    return [
        verdict for start, end in parts for verdict in _standing(prover, " " * start + plain[start:end], scope_at(end - 1, marks, carried))
    ]


def _standing(prover: Prover, plain: str, scope: Scope) -> list[Verdict]:
    """Verdicts on the part of a statement that is about one document; a question or advice to ask claims nothing."""
    policies = [prover.corpus.by_id[policy] for policy in scope.policies] or _cited(prover)
    if not policies:
        return []
    days = {prover.evidence.on, *(day.first for day in prover.said.dates if (day.last - day.first).days <= 31)}
    standings = {policy.standing(day) for policy in policies for day in days}
    verdicts = []
    for match in WORDS["status.in_force"].finditer(plain):
        if not _doubted(plain, match.start()) and not _denied(plain, match.start()):
            verdicts.append(_in_force(match.group(), policies, standings))
    for match in WORDS["status.over"].finditer(plain):
        if _doubted(plain, match.start()):
            continue
        denied = _denied(plain, match.start())
        right = not standings <= _OVER if denied else bool(standings & (_OVER | {Standing.DRAFT}))
        verdicts.append(
            proven(match.group(), policies[0].id) if right else flawed("over" if denied else "not_over", match.group(), policies[0].id)
        )
    drafted = WORDS["status.draft"].search(plain)
    if drafted and scope.policies and not _doubted(plain, drafted.start()):
        denied = _denied(plain, drafted.start())
        if denied and standings == {Standing.DRAFT} and drafted.group().startswith(("征求", "draft")):
            verdicts.append(flawed("draft", drafted.group(), policies[0].id))
        elif not denied and Standing.DRAFT not in standings and not WORDS["status.not_yet"].search(plain):
            verdicts.append(flawed("not_draft", drafted.group(), policies[0].id))
    verdicts += _end(plain, policies)
    return verdicts


def _doubted(plain: str, position: int) -> bool:
    """请确认是否仍有效: asks, and claims nothing."""
    start = max(plain.rfind(sign, 0, position) for sign in "，。；,;：:") + 1
    ends = [end for sign in "，。；,;：:" if (end := plain.find(sign, position)) >= 0]
    return WORDS["unsure"].search(plain, start, min(ends, default=len(plain))) is not None


def _denied(plain: str, position: int) -> bool:
    """不是正式文件, not an adopted document."""
    clause = re.split(r"[，。；,;：:]", plain[max(0, position - 16) : position])[-1]
    return WORDS["negations"].search(clause[-6:] if not clause.isascii() else clause) is not None


def _in_force(words: str, policies: list[Policy], standings: set[Standing]) -> Verdict:
    good = standings & {Standing.IN_FORCE, Standing.UNSTATED}
    if good:
        return proven(words, policies[0].id)
    if Standing.DRAFT in standings:
        return flawed("draft", words, policies[0].id)
    return flawed("not_yet" if Standing.NOT_YET in standings else "over", words, policies[0].id)


def _end(plain: str, policies: list[Policy]) -> Iterable[Verdict]:
    ends = [policy.effective_to.value for policy in policies]
    if match := WORDS["status.no_end"].search(plain):
        yield proven(match.group(), policies[0].id) if not all(ends) else flawed("no_end", match.group(), f"{policies[0].id}: {ends[0]}")
    elif (match := WORDS["status.end_stated"].search(plain)) and not any(ends) and not _doubted(plain, match.start()):
        yield flawed("no_end", match.group(), policies[0].id)


def _cited(prover: Prover) -> list[Policy]:
    return [prover.corpus.by_id[policy] for policy in dict.fromkeys(citation.policy for citation in prover.evidence.citations)]


def unsaid(prover: Prover, draft: str, policies: Iterable[str]) -> dict[str, Verdict]:
    """For each document the draft rests on that is a draft or not in force: the flaw, if the draft nowhere says so."""
    found = {}
    for policy_id in policies:
        policy = prover.corpus.by_id[policy_id]
        standing = policy.standing(prover.evidence.on)
        if standing in _UNSAID:
            words, reason = _UNSAID[standing]
            if not WORDS[f"status.{words}"].search(draft):
                found[policy_id] = flawed(reason, policy.short_title or policy.title, policy_id)
    return found
