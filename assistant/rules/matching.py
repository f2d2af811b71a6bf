"""One company's facts against every incentive of one or more places.

    >>> match = match_profile(rulesets, facts, on)                      # doctest: +SKIP
    >>> [line.calculation.incentive for line in match.meets]            # doctest: +SKIP
    ['1210业务资金支持']

Each incentive is met, possible (with what is missing), or not (with why); sums are ranges from what is due to what
is possible at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from assistant.models import Calculation, Eligible
from assistant.rules.calculator import calculate
from assistant.rules.conditions import Given, missing_facts
from assistant.rules.facts import CONDITIONS_MET, Fact
from assistant.rules.loader import RuleSet
from assistant.rules.notices import Frame, frame
from assistant.rules.schema import Rule, RuleKind
from index.errors import FactValueError
from index.models import Bound, Standing


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One incentive for this company."""

    place: str
    rule: Rule
    calculation: Calculation
    reason: str
    """Why it is met, what is missing, or why not: 还差：营业面积 ≥ 100平方米."""
    reason_en: str
    touched: bool = False
    """The company said something this incentive asks for."""
    lower_than: str = ""
    """Id of the rule for the same matter that gives more: only that one counts."""

    @property
    def article(self) -> str | None:
        """Label of the article it stands in."""
        return self.rule.article


@dataclass(frozen=True, slots=True)
class Total:
    """The sums of one policy in one currency."""

    policy: str
    place: str
    currency: str
    entitled: Decimal
    """Sums the text states outright, all conditions met."""
    ceiling: Decimal
    """These and the highest amounts (最高, 不超过), all conditions met."""
    possible: Decimal
    """And what would come on top if the open conditions hold, of incentives the company said something about."""
    draft: bool = False
    """Nothing can be claimed on a draft."""


@dataclass(frozen=True, slots=True)
class ProfileMatch:
    """All incentives of the places asked about, sorted."""

    meets: tuple[MatchLine, ...]
    could: tuple[MatchLine, ...]
    does_not: tuple[MatchLine, ...]
    totals: tuple[Total, ...]

    @property
    def lines(self) -> tuple[MatchLine, ...]:
        """All of them."""
        return (*self.meets, *self.could, *self.does_not)


def match_profile(rulesets: Iterable[RuleSet], facts: Mapping[str, Fact], on: date) -> ProfileMatch:
    """Hold every incentive (and every limit with a consequence) against the facts.

    A fact that one rule cannot use (a zero basis, say) excludes that rule only, with the reason.
    """
    lines: list[MatchLine] = []
    totals: list[Total] = []
    for rules in rulesets:
        of_policy = _highest_only(_lines(rules, facts, on))
        lines.extend(of_policy)
        totals.extend(_totals(rules, of_policy, on))
    groups: dict[Eligible, list[MatchLine]] = {state: [] for state in Eligible}
    for line in lines:
        groups[line.calculation.eligible].append(line)
    could = sorted(groups[Eligible.UNKNOWN], key=lambda line: (not line.touched, len(line.calculation.missing)))
    return ProfileMatch(tuple(groups[Eligible.YES]), tuple(could), tuple(groups[Eligible.NO]), tuple(totals))


def _lines(rules: RuleSet, facts: Mapping[str, Fact], on: date) -> list[MatchLine]:
    """A line for each rule; those no given fact can change are the same for every company and computed once."""
    touched: set[str] = set()
    for name in facts:
        touched |= rules.rules_by_fact.get(name, frozenset())
    every = CONDITIONS_MET in facts
    blank = _blank_lines(rules, _Day(frame(rules, on), on))
    return [_line(rules, rules.by_id[rule_id], facts, on) if every or rule_id in touched else line for rule_id, line in blank.items()]


@dataclass(frozen=True)
class _Day:
    """A day; days on which the policy says the same of itself are equal."""

    told: Frame
    on: date = field(compare=False)


@lru_cache(maxsize=512)
def _blank_lines(rules: RuleSet, day: _Day) -> dict[str, MatchLine]:
    return {rule.id: _line(rules, rule, {}, day.on) for rule in rules.rules if _is_matched(rule)}


def _is_matched(rule: Rule) -> bool:
    return rule.gives_money or rule.kind is RuleKind.THRESHOLD


def _line(rules: RuleSet, rule: Rule, facts: Mapping[str, Fact], on: date) -> MatchLine:
    touched = any(rule.id in rules.rules_by_fact.get(name, frozenset()) for name in facts)
    try:
        result = calculate(rules, rule, facts, on)
    except FactValueError as error:
        zh, _, en = str(error).partition(" / ")
        result = Calculation(rules.id, rule.id, rule.label, Eligible.NO, None, "CNY", Bound.EXACT, article=rule.article)
        return MatchLine(rules.policy.place.name, rule, result, zh, en or zh, touched=True)
    if result.eligible is Eligible.YES and CONDITIONS_MET not in facts and not touched:
        # Nothing the company said speaks for it: what asking about the incentive would imply is here a question.
        names = tuple(check.fact for check in result.conditions if check.assumed)
        result = replace(result, eligible=Eligible.UNKNOWN, missing=names)
    reason, reason_en = _reason(result, rules, Given(facts))
    return MatchLine(rules.policy.place.name, rule, result, reason, reason_en, touched)


def _reason(result: Calculation, rules: RuleSet, given: Given) -> tuple[str, str]:
    if result.eligible is Eligible.NO:
        failed = [check for check in result.conditions if check.met is Eligible.NO]
        zh = "；".join(_because(check.label, check.given, check.gap, "，给出", "：") for check in failed)
        en = "; ".join(_because(check.label_en, check.given_en, check.gap_en, ", given ", ": ") for check in failed)
        return zh or "；".join(result.steps), en or "; ".join(result.steps_en)
    if result.eligible is Eligible.YES:
        met = [check for check in result.conditions if check.given]
        return "；".join(check.label for check in met) or "无其他条件", "; ".join(check.label_en for check in met) or "no further condition"
    open_checks = [
        check for check in result.conditions if check.met is Eligible.UNKNOWN or (check.assumed and check.fact in result.missing)
    ]
    named = {name for check in open_checks for name in (check.fact, *missing_facts(check, given))}
    rest = [name for name in result.missing if name not in named]
    zh = "；".join([*(check.label for check in open_checks), *(_named(rules, name, "zh") for name in rest)])
    en = "; ".join([*(check.label_en for check in open_checks), *(_named(rules, name, "en") for name in rest)])
    return zh, en


def _because(label: str, given: str, gap: str, before_given: str, before_gap: str) -> str:
    return label + (before_given + given if given else "") + (before_gap + gap if gap else "")


def _named(rules: RuleSet, name: str, lang: str) -> str:
    slot = rules.slots.get(name)
    if not slot:
        return name
    return slot.label if lang == "zh" else slot.label_en or slot.label


def _highest_only(lines: list[MatchLine]) -> list[MatchLine]:
    """Mark, of rules for the same matter, all but the one that gives most."""
    if not any(line.rule.excludes for line in lines):
        return lines
    paid = {line.rule.id: line for line in lines if line.calculation.eligible is Eligible.YES and line.calculation.amount is not None}
    marked: list[MatchLine] = []
    for line in lines:
        higher = [paid[name] for name in _same_matter(line.rule, paid) if line.rule.id in paid and _beats(paid[name], line)]
        marked.append(replace(line, lower_than=higher[0].rule.id) if higher else line)
    return marked


def _same_matter(rule: Rule, paid: Mapping[str, MatchLine]) -> set[str]:
    return {name for name, line in paid.items() if name in rule.excludes or rule.id in line.rule.excludes}


def _beats(other: MatchLine, line: MatchLine) -> bool:
    one, two = other.calculation.amount or Decimal(0), line.calculation.amount or Decimal(0)
    return (one, line.rule.id) > (two, other.rule.id)


def _totals(rules: RuleSet, lines: Iterable[MatchLine], on: date) -> Iterable[Total]:
    sums: dict[str, list[Decimal]] = {}
    for line in lines:
        result = line.calculation
        if result.amount is None or line.lower_than:
            continue
        of = sums.setdefault(result.currency, [Decimal(0)] * 3)
        met = result.eligible is Eligible.YES
        if met and result.bound is Bound.EXACT:
            of[0] += result.amount
        if met:
            of[1] += result.amount
        if met or line.touched:
            of[2] += result.amount
    draft = rules.policy.standing(on) is Standing.DRAFT
    for currency, (entitled, ceiling, possible) in sums.items():
        yield Total(rules.id, rules.policy.place.name, currency, entitled, ceiling, possible, draft)
