"""How well rules are proposed from articles: found, spurious, figures right, against people's reading of the same texts.

    >>> report = bench_policies(policies, rule_files)        # doctest: +SKIP
    >>> report.found, report.spurious, report.right          # doctest: +SKIP
    (0.97, 0.03, 0.98)

A rule read by a person is found when a proposal of the same kind of outcome (money, plan, promise without figure …) quotes
words that overlap its quotation and, where it has figures, shares one that is granted or planned. Its figures are right when
all of them are proposed with value, unit, bound and role (rate, cap, amount, threshold, target), and nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.rules.extraction.propose import propose_rules
from assistant.rules.quotes import fold
from assistant.rules.schema import MONEY_KINDS, AnyOf, Condition, Rule, RuleFile, RuleKind
from index.articles import split_articles
from index.models import Place, Policy, Status

CASES = Path(__file__).parent / "cases" / "extraction"
_OPERATORS = {">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most", "==": "exact"}
_BOUNDS = {">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most", "=": "exact"}
_ROLES = {"A": "amount", "R": "rate", "C": "cap", "T": "threshold", "G": "target"}
_BESIDE = frozenset({"year", "month", "time", "ratio"})
_FAMILIES = {RuleKind.TARGET: "plan", RuleKind.PROVISION: "provision"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its use; several values of a field are alternatives."""

    roles: frozenset[str]
    value: Decimal
    units: frozenset[str]
    bounds: frozenset[str]
    required: bool = True

    def fits(self, other: Fact) -> bool:
        """Whether one can stand for the other."""
        return (
            self.value == other.value
            and bool(self.roles & other.roles)
            and bool(self.units & other.units)
            and bool(self.bounds & other.bounds)
        )

    def __str__(self) -> str:
        return f"{'/'.join(sorted(self.roles))} {self.value} {'/'.join(sorted(self.units))} {'/'.join(sorted(self.bounds))}"


@dataclass(frozen=True, slots=True)
class Expected:
    """A rule as a person read it."""

    quote: str
    family: str
    facts: tuple[Fact, ...]
    optional: bool = False
    name: str = ""


@dataclass(slots=True)
class Score:
    """Counts of one document, and what went wrong."""

    document: str
    expected: int = 0
    found: int = 0
    proposed: int = 0
    spurious: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def shares(self) -> tuple[float, float, float]:
        """Found of those expected, spurious of those proposed, all figures right of those found."""
        return self.found / (self.expected or 1), self.spurious / (self.proposed or 1), self.right / (self.found or 1)


def bench_cases(folder: Path = CASES) -> list[Score]:
    """Against the annotated documents that come with the project."""
    return [score(propose_rules(policy).rules, expected, policy.id) for policy, expected in load_cases(folder)]


def bench_policies(policies: Iterable[Policy], files: dict[str, RuleFile]) -> list[Score]:
    """Against reviewed rules; a policy is read without them."""
    return [score(propose_rules(policy).rules, [of_rule(rule) for rule in files[policy.id].rules], policy.id) for policy in policies]


def load_cases(folder: Path = CASES) -> Iterator[tuple[Policy, list[Expected]]]:
    """The annotated documents: text and rules as read by a person."""
    for path in sorted(folder.glob("*.yaml")):
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        articles, _ = split_articles(data["text"], data["document"])
        policy = Policy(data["document"], data["title"], Place(), data["text"], tuple(articles), Status.UNKNOWN)
        yield policy, [_annotated(entry) for entry in data["rules"]]


def score(proposals: Iterable[Rule], expected: list[Expected], document: str) -> Score:
    """Compare proposals with what people read. Provisions (dates, budget) count as found, never as spurious."""
    result = Score(document)
    proposed = [of_rule(rule) for rule in proposals]
    used: set[int] = set()
    claims: dict[int, list[Expected]] = {}
    for want in expected:
        for number, have in enumerate(proposed):
            if _same(want, have):
                claims.setdefault(number, []).append(want)
    for want in expected:
        matching = [n for n, have in enumerate(proposed) if _same(want, have)]
        used.update(matching)
        if want.optional:
            continue
        result.expected += 1
        if not matching:
            result.missed.append(f"{want.family}: {want.name or want.quote[:80]}")
            continue
        result.found += 1
        problems = min((_differences(want, proposed[n], claims[n]) for n in matching), key=len)
        if len(matching) > 1 and problems:
            problems = _differences(want, _together([proposed[n] for n in matching]), [w for n in matching for w in claims[n]])
        if problems:
            result.wrong.append(f"{want.quote[:60]}: {'; '.join(problems)}")
        else:
            result.right += 1
    counted = [n for n, have in enumerate(proposed) if have.family != "provision"]
    result.proposed = len(counted)
    for number in counted:
        if number not in used:
            result.spurious += 1
            result.invented.append(f"{proposed[number].family}: {proposed[number].quote[:90]}")
    return result


def of_rule(rule: Rule) -> Expected:
    """A rule in the form that is compared."""
    facts = {str(fact): fact for fact in _facts(rule)}
    return Expected(rule.quote, family_of(rule.kind), tuple(facts.values()), name=rule.label)


def family_of(kind: RuleKind) -> str:
    """Kinds that say the same to a reader: money; plan; promise (also thresholds and tax); provision."""
    return "money" if kind in MONEY_KINDS else _FAMILIES.get(kind, "promise")


def _facts(rule: Rule) -> Iterator[Fact]:
    if rule.rate:
        yield _fact("rate", rule.rate.value, rule.rate.unit, rule.rate.bound)
    if rule.amount:
        yield _fact("amount", rule.amount.value, rule.amount.unit, rule.amount.bound)
    for tier in rule.tiers:
        yield from _of_conditions((tier.when,))
        given = tier.rate or tier.amount
        if given:
            yield _fact("rate" if tier.rate else "amount", given.value, given.unit, given.bound)
    for portion in rule.portions:
        yield _fact("amount", portion.amount.value, portion.amount.unit, portion.amount.bound)
    for step in rule.schedule:
        yield _fact("amount", step.amount.value, step.amount.unit, step.amount.bound)
    for cap in rule.caps:
        yield _fact("cap", cap.value, cap.unit, cap.bound)
    if rule.target and rule.target.figure:
        yield _fact("target", rule.target.figure.value, rule.target.figure.unit, rule.target.figure.bound)
    if rule.kind not in (RuleKind.TARGET, RuleKind.PROVISION):
        for named in rule.figures:
            fact = _fact("threshold", named.figure.value, named.figure.unit, named.figure.bound)
            # how long and how often is told beside the sum; annotations name it or leave it out
            yield replace(fact, required=False) if named.figure.unit in _BESIDE else fact
    yield from _of_conditions(rule.conditions)


def _of_conditions(conditions: Iterable[Condition]) -> Iterator[Fact]:
    for condition in conditions:
        if isinstance(condition, AnyOf):
            yield from _of_conditions(condition.of)
        elif condition.is_ == "compare":
            yield _fact("threshold", condition.value, condition.unit, _OPERATORS[condition.op])


def _fact(role: str, value: Decimal, unit: str, bound: str) -> Fact:
    # 每家100万 and 100万 are the same promise; areas and months are not
    units = {unit, re.sub("/(?:item|company|person|year)$", "", unit)}
    return Fact(frozenset((role,)), value.normalize(), frozenset(units), frozenset((str(bound),)))


def _annotated(entry: dict[str, Any]) -> Expected:
    facts = [_parse(text) for text in entry.get("figures", [])]
    return Expected(entry["quote"], family_of(RuleKind(entry["kind"])), tuple(facts), entry.get("optional", False))


def _parse(text: str) -> Fact:
    roles, value, units, bounds = text.lstrip("?").split(" ")
    return Fact(
        frozenset(_ROLES[role] for role in roles.split("/")),
        Decimal(value).normalize(),
        frozenset(u for unit in units.split("|") for u in (unit, re.sub("/(?:item|company|person|year)$", "", unit))),
        frozenset(_BOUNDS[bound] for bound in bounds.split("/")),
        not text.startswith("?"),
    )


def _same(want: Expected, have: Expected) -> bool:
    """Whether the proposal is about the rule."""
    if want.family != have.family and not {want.family, have.family} <= {"promise", "provision"}:
        return False
    if not _overlap(want.quote, have.quote):
        return False
    main = [fact for fact in want.facts if fact.roles & {"rate", "amount", "target", "cap"} and fact.required]
    if want.family in ("money", "plan") and main:
        return any(fact.value == other.value and _near_role(fact, other) for fact in main for other in have.facts)
    return True


def _near_role(first: Fact, second: Fact) -> bool:
    return bool(first.roles & second.roles) or {*first.roles, *second.roles} <= {"amount", "cap"}


def _overlap(first: str, second: str) -> bool:
    """One holds the other, or they share a run of at least half the shorter one."""
    a, b = fold(first)[0], fold(second)[0]
    if len(a) > len(b):
        a, b = b, a
    a, b = a.strip("。；，"), b.strip("。；，")
    if a in b:
        return True
    half = max(8, len(a) // 2)
    return any(a[i : i + half] in b for i in range(0, len(a) - half + 1))


def _differences(want: Expected, have: Expected, others: list[Expected]) -> list[str]:
    """Figures that are missing, and figures that belong to none of the rules the proposal stands for."""
    proposed = [_as_written(fact, have) for fact in have.facts]
    missing = [f"missing {fact}" for fact in want.facts if fact.required and not any(fact.fits(other) for other in proposed)]
    allowed = [_as_written(fact, other) for other in (want, *others) for fact in other.facts]
    extra = [f"extra {fact}" for fact in proposed if fact.required and not any(fact.fits(other) for other in allowed)]
    return missing + extra


def _as_written(fact: Fact, rule: Expected) -> Fact:
    """最高50万元 alone is amount and ceiling in one."""
    alone = not any(other.roles & {"rate", "amount"} and other.value != fact.value for other in rule.facts)
    if alone and fact.roles & {"amount", "cap"} and fact.bounds == {"at_most"}:
        return Fact(fact.roles | {"amount", "cap"}, fact.value, fact.units, fact.bounds, fact.required)
    return fact


def _together(rules: list[Expected]) -> Expected:
    return Expected(rules[0].quote, rules[0].family, tuple({str(f): f for rule in rules for f in rule.facts}.values()))


def format_scores(scores: list[Score], *, details: bool = True) -> str:
    """A table of the three shares per document and over all, then what was missed, invented and wrong."""
    total = Score("all")
    lines = [f"{'document':32} {'expected':>8} {'found':>7} {'proposed':>8} {'spurious':>8} {'figures':>8}"]
    for one in scores:
        for name in ("expected", "found", "proposed", "spurious", "right"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
    for one in (*scores, total):
        found, spurious, right = one.shares
        lines.append(f"{one.document:32} {one.expected:8} {found:7.1%} {one.proposed:8} {spurious:8.1%} {right:8.1%}")
    if details:
        for one in scores:
            for title, entries in (("missed", one.missed), ("spurious", one.invented), ("wrong figures", one.wrong)):
                lines += [f"  {one.document} {title}: {entry}" for entry in entries]
    return "\n".join(lines)
