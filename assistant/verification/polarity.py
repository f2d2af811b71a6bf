"""Yes and no: whether a company qualifies, whether a document speaks of a matter, whether a sentence says the opposite of its source."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.models import Eligible
from assistant.verification.models import Verdict
from assistant.verification.proof import Prover
from assistant.verification.quoting import Quotes
from assistant.verification.reading import compact, same_quantity, tokens
from assistant.verification.reasons import flawed, proven
from assistant.verification.scope import Scope
from assistant.verification.words import WORDS

_ALIKE = 0.8
"""A sentence that shares so much of its words with a source says the same, or the opposite."""
_LEAST = 8
"""Shorter sentences are alike by chance."""
_MARK = re.compile(r"^\s*[-*]?\s*(?P<mark>[✓✔✗✘×❌✅])\s*(?P<label>[^（(]+)")


def check_polarity(prover: Prover, quotes: Quotes, plain: str, masked: str, scope: Scope) -> list[Verdict]:
    """All verdicts of this kind on one statement; `masked` lacks the words known to be right."""
    verdicts = [*_eligibility(prover, masked, scope), *_marked(prover, plain), *_silence(prover, masked, scope), *_guarantee(masked)]
    verdicts += _agreement(prover, masked)
    if not verdicts:
        verdicts += _opposite(quotes, masked)
    return verdicts


def _eligibility(prover: Prover, plain: str, scope: Scope) -> Iterable[Verdict]:
    results = [r for r in prover.evidence.calculations if not scope.rules or (r.policy, r.rule) in scope.rules]
    if not results or WORDS["unsettled"].search(re.sub("如下", "", plain)) and not WORDS["ineligible"].search(plain):
        return
    kinds = {result.eligible for result in results}
    if match := WORDS["ineligible"].search(plain):
        yield proven(match.group(), "calculation") if Eligible.NO in kinds else flawed("polarity", match.group(), "calculation")
    elif (match := WORDS["eligible"].search(plain)) and kinds == {Eligible.NO}:
        yield flawed("polarity", match.group(), "calculation")


def _marked(prover: Prover, plain: str) -> Iterable[Verdict]:
    """- ✓ 营业面积 ≥ 100平方米: met or not, as the calculation found."""
    match = _MARK.match(plain)
    if not match:
        return
    label = compact(match["label"]).strip()
    met = match["mark"] in "✓✔✅"
    for result in prover.evidence.calculations:
        for check in result.conditions:
            if label and label in (compact(check.label), compact(check.label_en)):
                right = check.met is not (Eligible.NO if met else Eligible.YES)
                yield proven(match.group().strip(), "calculation") if right else flawed("polarity", match.group().strip(), "calculation")
                return


def _silence(prover: Prover, plain: str, scope: Scope) -> Iterable[Verdict]:
    """没有写明申请材料: none of the documents it is about holds these words. 写明了…: one does."""
    policies = scope.policies or tuple(dict.fromkeys(citation.policy for citation in prover.evidence.citations))
    texts = [prover.corpus.texts[policy] for policy in policies]
    if not texts:
        return
    for match in WORDS["speaks"].finditer(plain):
        if WORDS["negations"].search(re.split(r"[，。；,;]", plain[max(0, match.start() - 10) : match.start()])[-1]):
            continue
        words = _objects(plain[match.end() :])
        missing = [word for word in words if not any(word in text for text in texts)]
        if missing:
            yield flawed("speaks", match.group() + "、".join(missing))


def _objects(text: str) -> list[str]:
    """The things named up to the end of the clause: “独立站、出口” -> 独立站, 出口."""
    clause = re.split(r"[，。；,;.]", text, maxsplit=1)[0].strip("“”\"'的了 ：:")
    clause = re.sub(r"[“”\"']", "", re.sub(r"的?(?:相关)?(?:规定|条款|内容|要求)$", "", clause))
    words = WORDS["silence_joints"].split(clause)
    return [word for word in (compact(word) for word in words) if 2 <= len(word) <= 12 and not word.isascii()]


def _guarantee(plain: str) -> Iterable[Verdict]:
    match = WORDS["guarantees"].search(plain)
    if match and not WORDS["unsure"].search(plain) and not WORDS["negations"].search(plain[max(0, match.start() - 12) : match.start()]):
        yield flawed("guarantee", match.group())


def _agreement(prover: Prover, plain: str) -> Iterable[Verdict]:
    """是的 or 不对 to a question that states figures: right if the evidence holds them all, or not."""
    lead = plain.strip(" *-")
    agrees, disagrees = WORDS["agree"].search(lead), WORDS["disagree"].search(lead)
    if bool(agrees) == bool(disagrees) or not prover.said.figures or len(lead) > 40:
        return
    known = [figure for unit in prover.units if not unit.kind == "calculation" for figure in unit.figures]
    held = [any(same_quantity(f.value, f.unit, k.value, k.unit) for k in known) for f in prover.said.figures]
    match = agrees or disagrees
    assert match
    if disagrees and all(held):
        return  # the figures are right; the question may be wrong in something else
    if agrees and not any(held):
        yield flawed("polarity", match.group(), "question")


def _opposite(quotes: Quotes, plain: str) -> Iterable[Verdict]:
    """A sentence with the words of a source, but with a negation more or less."""
    for part in re.split(r"[。；;！!]|(?<=[a-z])\.", plain):
        words = tokens(part)
        if len(words) < _LEAST:
            continue
        for source in quotes.phrases():
            if len(words & source.tokens) >= _ALIKE * len(words | source.tokens) and _negations(part) != _negations(source.text):
                yield flawed("polarity", part.strip(), source.text)
                return


def _negations(text: str) -> int:
    return len(WORDS["negations"].findall(text))


def check_support(prover: Prover, plain: str, words: frozenset[str]) -> list[Verdict]:
    """A promise whose words the evidence hardly knows is none of the document's."""
    match = WORDS["grants"].search(plain)
    if not match or plain.lstrip().startswith("|") or WORDS["negations"].search(plain) or WORDS["unsure"].search(plain) or not prover.units or len(words) < 6:
        return []
    share = max(len(words & unit.tokens) for unit in prover.units) / len(words)
    return [flawed("support", plain.strip(" -*"))] if share < 0.25 else []

