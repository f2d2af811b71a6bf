"""Yes and no: whether a company qualifies, whether a document speaks of a matter, whether a sentence says the opposite of its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from assistant.models import Eligible
from assistant.verification.figures import same_quantity
from assistant.verification.forms import compact, read_clause
from assistant.verification.models import Verdict
from assistant.verification.proof import Prover
from assistant.verification.quoting import Quotes
from assistant.verification.reasons import flawed, proven
from assistant.verification.scope import Scope
from assistant.verification.units import Kind
from assistant.verification.words import WORDS

_ALIKE = 0.6
"""A clause that shares so much of its words with one of a source says the same, or the opposite."""
_LEAST = 3
"""Shorter clauses are alike by chance."""
_ENOUGH = 6
_LONG = 40
"""A longer statement says more than yes or no."""
_COVERED = 0.5
"""Of the words of a promise so many must stand in the documents."""
_CLAUSES = re.compile(r"[，。；;！!（）()|\n]|(?<=[a-z]), |(?<=[a-z])\.")
_POINTING = re.compile(r"^(?:这|那|以?上述?|该)[几两二三四五六]?[项条类种些]")
"""写明这几项可叠加: these few stand for what was named before."""
_DENIES = re.compile(r"[不没无未]|\bno[tr]?\b", re.IGNORECASE)
_JOINED = re.compile(r"[ ]?(?:[、和及与或/]|以及|或者|and|or)[ ]?", re.IGNORECASE)
_MARK = re.compile(r"^\s*[-*]?\s*(?P<mark>[✓✔✗✘×❌✅])\s*(?P<label>.+)")


def check_polarity(prover: Prover, quotes: Quotes, plain: str, masked: str, scope: Scope) -> list[Verdict]:
    """All verdicts of this kind on one statement; `masked` lacks the words known to be right."""
    verdicts = [
        *_eligibility(prover, masked, scope),
        *_marked(prover, plain),
        *_silence(prover, masked, scope),
        *_guarantee(masked),
        *_repeals(prover, masked),
    ]
    verdicts += _agreement(prover, masked)
    verdicts += _capped(prover, masked, scope)
    verdicts += _level_of_steps(prover, plain)
    verdicts += _level_twice(plain)
    if not verdicts:
        verdicts += _altered(quotes, masked)
    return verdicts


def _eligibility(prover: Prover, plain: str, scope: Scope) -> Iterable[Verdict]:
    results = [r for r in prover.evidence.calculations if not scope.rules or (r.policy, r.rule) in scope.rules]
    if not results or (WORDS["unsettled"].search(plain.replace("如下", "")) and not WORDS["ineligible"].search(plain)):
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
    label = compact(match["label"])
    met = match["mark"] in "✓✔✅"
    checks = [check for result in prover.evidence.calculations for check in result.conditions]
    named = [(len(own), check) for check in checks for own in map(compact, (check.label, check.label_en)) if own and label.startswith(own)]
    if named:
        longest = max(length for length, _ in named)
        right = any(check.met is not (Eligible.NO if met else Eligible.YES) for length, check in named if length == longest)
        yield proven(match.group().strip(), "calculation") if right else flawed("polarity", match.group().strip(), "calculation")


def _level_of_steps(prover: Prover, plain: str) -> Iterable[Verdict]:
    """计算：市级，符合…一档: the level is one the calculation went by."""
    if not WORDS["steps"].match(plain):
        return
    steps = "；".join(step for result in prover.evidence.calculations for step in (*result.steps, *result.steps_en))
    if steps and (wrong := WORDS.found("levels", plain) - WORDS.found("levels", steps)):
        yield flawed("level", "、".join(sorted(wrong)), "calculation")


def _level_twice(plain: str) -> Iterable[Verdict]:
    """省级、省级产业园: a list names each level once; one of the two was another."""
    found = sorted(match.span() for _, match in WORDS.matches("levels", plain))
    for (start, end), (following, stop) in pairwise(found):
        if plain[start:end] == plain[following:stop] and _JOINED.fullmatch(plain, end, following):
            yield flawed("level", plain[start:stop])


def _capped(prover: Prover, plain: str, scope: Scope) -> Iterable[Verdict]:
    """已受上限限制: a calculation was cut by its cap; 未受上限限制: none was."""
    results = [r for r in prover.evidence.calculations if not scope.rules or (r.policy, r.rule) in scope.rules]
    cut = [result.uncapped is not None for result in results]
    if cut and (match := WORDS["uncapped"].search(plain)):
        yield flawed("polarity", match.group(), "calculation") if all(cut) else proven(match.group(), "calculation")
    elif cut and (match := WORDS["capped"].search(plain)) and not any(cut):
        yield flawed("polarity", match.group(), "calculation")


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
    clause = re.split(r"[，。；：（,;.:(]", text.strip("： :"), maxsplit=1)[0].strip("“”\"'的了 ：:")
    clause = _POINTING.sub("", clause)
    clause = re.sub(r"[“”\"']", "", re.sub(r"的?(?:相关)?(?:规定|条款|内容|要求)$", "", clause))
    words = WORDS["silence_joints"].split(clause)
    named = (compact(word) for word in words)
    return [word for word in named if 2 <= len(word) <= 12 and not word.isascii() and not WORDS["silence_general"].fullmatch(word)]


def _repeals(prover: Prover, plain: str) -> Iterable[Verdict]:
    """A document repeals another only where it says so."""
    match = WORDS["repeals"].search(plain)
    if match and not _DENIES.search(plain) and not any(WORDS["repeals"].search(text) for text in prover.corpus.texts.values()):
        yield flawed("support", match.group())


def _guarantee(plain: str) -> Iterable[Verdict]:
    match = WORDS["guarantees"].search(plain)
    if match and not WORDS["unsure"].search(plain) and not WORDS["negations"].search(plain[max(0, match.start() - 12) : match.start()]):
        yield flawed("guarantee", match.group())


def _agreement(prover: Prover, plain: str) -> Iterable[Verdict]:
    """是的 or 不对 to a question that states figures: right if the evidence holds them all, or not."""
    lead = plain.strip(" *-")
    if not prover.said.figures or len(lead) > _LONG:
        return
    agrees, disagrees = WORDS["agree"].search(lead), WORDS["disagree"].search(lead)
    if bool(agrees) == bool(disagrees):
        return
    known = [figure for unit in prover.units if unit.kind is not Kind.CALCULATION for figure in unit.figures]
    held = [any(same_quantity(f.value, f.unit, k.value, k.unit) for k in known) for f in prover.said.figures]
    match = agrees or disagrees
    assert match
    if disagrees and all(held):
        return  # the figures are right; the question may be wrong in something else
    if agrees and not any(held):
        yield flawed("polarity", match.group(), "question")


def _altered(quotes: Quotes, plain: str) -> Iterable[Verdict]:
    """A clause with the words of a source, but not its negations, levels or periods."""
    for part in _CLAUSES.split(plain):
        clause = read_clause(part)
        if len(clause.words) < _LEAST - bool(clause.levels):
            continue
        near = quotes.clauses_like(clause.words, _ALIKE)
        if not near or quotes.holds_clause(clause):
            continue
        if all(clause.negations != other.negations for other in near):
            yield flawed("polarity", part.strip(), near[0].text)
        elif clause.levels and all(other.levels and clause.levels != other.levels for other in near):
            yield flawed("level", part.strip(), near[0].text)


def check_support(prover: Prover, quotes: Quotes, plain: str, words: frozenset[str]) -> list[Verdict]:
    """A promise most of whose words the documents do not know is none of theirs."""
    if not WORDS["grants"].search(plain) or plain.lstrip().startswith("|") or _DENIES.search(plain) or not prover.units:
        return []
    if WORDS["unsure"].search(plain) or len(words) < _ENOUGH:
        return []
    texts = [prover.corpus.texts[policy] for policy in dict.fromkeys(source.policy for source in quotes.sources)]
    known = sum(any(word in text for text in texts) or any(word in unit.tokens for unit in prover.units) for word in words)
    return [flawed("support", plain.strip(" -*"))] if known < _COVERED * len(words) else []
