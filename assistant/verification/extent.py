"""For whom and what a promise holds: everyone or those the text names, the right recipient, alone or together with others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.knowledge import RuleEntry
from assistant.verification.models import Verdict
from assistant.verification.proof import Prover
from assistant.verification.reading import Figure, plain_text, same_quantity, tokens
from assistant.verification.reasons import flawed, proven
from assistant.verification.scope import Scope
from assistant.verification.units import Kind, Unit, combinable
from assistant.verification.words import WORDS

_CLAUSE = re.compile(r"[，。；：！？,;:()（）\n|]")
_LISTED = 7
"""So many words of a clause, all of the article, are a limit of its own: 所有租赁海关特殊监管区域的企业."""
_NEARLY = 0.9
_KNOWN = 0.7
_ALONE = 0.5
"""A matter shares so much with the sentence on combining of what it shares with the most fitting one."""
_PHRASE = 16
_FOR_WHOM = re.compile(
    r"(?:^|[，。；：,;:])[^，。；：,;:\d]{0,8}?对([^，。；：,;:\d]{2,30}?)[，,](?=[^。；;]{0,40}(?:给予|奖励|补贴|扶持|支持))"
)
"""对…企业，给予…."""


def check_extent(prover: Prover, plain: str, figures: Sequence[Figure], scope: Scope) -> list[Verdict]:
    """All verdicts of this kind on one statement."""
    return [*_anyone(prover, plain, scope), *_recipients(prover, plain, figures, scope), *_stacking(prover, plain, scope)]


def _anyone(prover: Prover, plain: str, scope: Scope) -> Iterable[Verdict]:
    """任何, 所有, 不论, 均可: only where the article itself says so."""
    matches = [*WORDS["anyone"].finditer(plain), *WORDS["everyone"].finditer(plain)]
    if not matches or not (WORDS["grants"].search(plain) or WORDS["allows"].search(plain)):
        return
    for match in matches:
        start, end = _clause(plain, match.start(), match.end())
        before, behind = plain[start : match.start()], plain[match.end() : end]
        rest = plain[match.end() : _sentence_end(plain, end)]
        if (
            WORDS["unsure"].search(plain[: match.start()] + plain[match.end() :])
            or WORDS["negations"].search(before)
            or (WORDS["each_one"].fullmatch(match.group().strip()) and WORDS["of_the_answer"].match(behind))
            or WORDS["dutiful"].search(behind)
            or (not behind.strip() and WORDS["dutiful"].search(rest))
            or WORDS["limited"].search(f"{match.group()} {behind}")
        ):
            continue
        if not _says_so(prover, plain[start:end], f"{match.group()}{behind}", scope):
            yield flawed("anyone", plain[start:end].strip(" -*"))


def _says_so(prover: Prover, clause: str, behind: str, scope: Scope) -> bool:
    """Whether an article says 任何 too, of the same, or names what limits it itself."""
    words = tokens(clause)
    for unit in prover.within(scope):
        near = words & unit.tokens
        if len(near) >= 2 and (WORDS["anyone"].search(unit.words) or _is_named(behind, unit)):
            return True
        limiting = WORDS["anyone"].sub("", behind, count=1).split("的")[0] if "的" in behind else ""
        limit = tokens(limiting)
        if len(limit) >= _LISTED and len(limit & unit.tokens) >= _KNOWN * len(limit) and limiting[:4] in unit.words:
            return True
    return False


def _is_named(behind: str, unit: Unit) -> bool:
    """跨境电商企业均可申请, where the text gives it to 跨境电商企业 and no more: 给予跨境电商企业."""
    name = re.match(r"[^的\d]{4,12}?(?=全|就|都|均|皆)", behind)
    return bool(name) and re.search(f"(?:给予|对)(?:{re.escape(name[0])})", unit.words) is not None if name else False


def _clause(plain: str, start: int, end: int) -> tuple[int, int]:
    left = max((match.end() for match in _CLAUSE.finditer(plain, 0, start)), default=0)
    right = _CLAUSE.search(plain, end)
    return left, right.start() if right else len(plain)


def _sentence_end(plain: str, start: int) -> int:
    ends = [at for sign in "。；;" if (at := plain.find(sign, start)) >= 0]
    return min(ends, default=len(plain))


def _recipients(prover: Prover, plain: str, figures: Sequence[Figure], scope: Scope) -> Iterable[Verdict]:
    """Who is paid a figure of a rule: 园区运营方, and not 入驻企业."""
    sums = [figure for figure in figures if figure.unit in ("CNY", "USD", "ratio")]
    if not sums or not prover.evidence.rules:
        return
    paid = list(_paid(plain, sums))
    entries = {entry.key: entry for entry in prover.evidence.rules} if paid else {}
    for words, kinds, figure in paid:
        rules = _rules_of(prover, figure, plain, scope)
        named = [recipients_of(entries[unit.policy, unit.rule]) for unit in rules if (unit.policy, unit.rule) in entries]
        if named and not any(_fits(kinds, own) for own in named):
            yield flawed("recipient", words, rules[0].named())


def _paid(plain: str, sums: Sequence[Figure]) -> Iterable[tuple[str, frozenset[str], Figure]]:
    """Words, kinds of recipient, and the sum they are paid."""
    for match in WORDS["paid_to"].finditer(plain):
        stop = next(
            (m.start() for m in re.finditer(r"[，。；：,;:\d]|最[高多]|不超过|up to|at most|RMB|USD", plain[match.end() :])), _PHRASE
        )
        phrase = plain[match.end() : match.end() + min(stop, _PHRASE)]
        if kinds := _kinds(phrase):
            yield match.group() + phrase, kinds, _nearest(sums, match.start())
    for match in WORDS["paid"].finditer(plain):
        start, _ = _clause(plain, match.start(), match.start())
        phrase = plain[max(start, match.start() - _PHRASE) : match.start()]
        if match.group().isascii():
            phrase = re.split(r"(?<=\w) (?:of|in|at|from|with) ", plain[start : match.start()])[0]
        if kinds := _kinds(phrase, at_end=True):
            yield phrase + match.group(), kinds, _nearest(sums, match.start())
    for match in _FOR_WHOM.finditer(plain) if "对" in plain else ():
        if kinds := _kinds(match[1], at_end=True):
            yield match[1], kinds, _nearest(sums, match.start())


def _nearest(sums: Sequence[Figure], position: int) -> Figure:
    behind = [figure for figure in sums if figure.start >= position]
    return behind[0] if behind else sums[-1]


def _kinds(phrase: str, *, at_end: bool = False) -> frozenset[str]:
    """The kinds of recipient named last in a phrase; with `at_end` only what it ends with."""
    found = [(match.end(), -match.start(), kind) for kind, match in WORDS.matches("recipients", phrase)]
    if not found or (at_end and phrase[max(found)[0] :].strip(" *“”\"'")):
        return frozenset()
    last, start, _ = max(found)
    del start
    # 入驻企业 ends where 企业 ends: the longer name says who it is.
    longest = min(-start for end, start, _ in found if end == last)
    return frozenset(kind for end, start, kind in found if end == last and -start == longest)


def _rules_of(prover: Prover, figure: Figure, plain: str, scope: Scope) -> list[Unit]:
    """The rules with this figure whose words fit the statement best."""
    here = [
        unit
        for unit in prover.within(scope)
        if unit.kind is Kind.RULE and any(same_quantity(figure.value, figure.unit, known.value, known.unit) for known in unit.figures)
    ]
    words = tokens(plain)
    scores = [prover.telling.weight(words & unit.tokens) for unit in here]
    return [unit for unit, score in zip(here, scores, strict=True) if score >= _NEARLY * max(scores)]


def recipients_of(entry: RuleEntry) -> frozenset[str]:
    """Who a rule pays: the last name in its beneficiary, and who its quotation gives to."""
    rule = entry.rule
    given = re.findall(r"(?:给予|奖励给?|补贴给?)(?:相关|有关)?([^，。；,;\d]{2,12}?)(?=最[高多]|不超过|\d)", plain_text(rule.quote))
    kinds = [_kinds(re.sub(r"[（(](?!市)[^）)]*[）)]", "", plain_text(rule.beneficiary))), *map(_kinds, given)]
    if re.search("[、和或]", rule.beneficiary):
        kinds += [_kinds(part) for part in re.split("[、和或]", plain_text(rule.beneficiary))]
    return frozenset().union(*kinds)


_ALIKE = {
    "tenant": frozenset({"tenant", "company"}),
    "company": frozenset({"company", "tenant", "operator", "park"}),
    "operator": frozenset({"operator", "company", "park", "platform"}),
    "platform": frozenset({"platform", "operator", "company"}),
    "park": frozenset({"park", "operator"}),
    "government": frozenset({"government"}),
    "person": frozenset({"person"}),
}
"""Whom else a kind of recipient may be called."""


def _fits(claimed: frozenset[str], own: frozenset[str]) -> bool:
    """A rule that names nobody of these kinds (海外仓, 项目) may pay anyone who has it, but no government and no single person."""
    if not own:
        return not claimed & {"government", "person"}
    if claimed & {"company"} and own <= {"operator", "park", "platform"}:
        return False  # 企业 for 园区运营方
    return any(_ALIKE[kind] & own for kind in claimed)


def _stacking(prover: Prover, plain: str, scope: Scope) -> Iterable[Verdict]:
    """Whether several may be drawn at once: only as a document says."""
    can, cannot = WORDS["stacking.can"].search(plain), WORDS["stacking.cannot"].search(plain)
    match = cannot or can
    if not match or WORDS["unsure"].search(plain) or _is_silence(plain, match.start()):
        return
    cited = tuple(dict.fromkeys(citation.policy for citation in prover.evidence.citations))
    policies = tuple(policy for policy in scope.policies if policy in cited) or scope.policies or cited
    units = [unit for unit in prover.corpus.units if unit.policy in policies]
    allowed = combinable(units)
    if cannot:
        if any(WORDS["stacking.cannot"].search(unit.words) for unit in units):
            yield proven(match.group(), "text")
        else:
            yield flawed("polarity" if _of_matter(prover, plain, allowed, units) else "stacking", match.group())
    elif _of_matter(prover, plain, allowed, units):
        yield proven(match.group(), "text")
    else:
        yield flawed("stacking", match.group())


def _is_silence(plain: str, position: int) -> bool:
    """文件没有写明能否叠加."""
    before = re.split("[。；;]", plain[max(0, position - 24) : position])[-1]
    return bool(re.search(r"(?:没有?|未)[^，。；]{0,4}(?:写|规定|说|明|提|禁)|\b(?:not|no)\b", before))


def _of_matter(prover: Prover, plain: str, runs: Sequence[Sequence[Unit]], units: Sequence[Unit]) -> bool:
    """Whether a list that may be combined is what the statement is about."""
    words = tokens(plain)
    best = max((prover.telling.weight(words & unit.tokens) for unit in units), default=0.0)
    return any(prover.telling.weight(words & frozenset().union(*(unit.tokens for unit in run))) > _ALONE * best for run in runs)
