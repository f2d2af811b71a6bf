"""The calculator, the profile match and the list of incentives as tools a language model may call.

    >>> tools = build_tools(rulesets, on=date.today)                                              # doctest: +SKIP
    >>> tools[0].invoke({"policy": "qinhuangdao-2022-26", "incentive": "import-1210",
    ...                  "facts": {"online_turnover": "8000万元"}})                               # doctest: +SKIP

Each takes typed arguments and returns JSON text; what cannot be done comes back as {"error": what and what to do}.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from langchain_core.tools import StructuredTool
from pydantic import BaseModel, ConfigDict, Field

from assistant.models import Calculation
from assistant.rules.calculator import calculate
from assistant.rules.describe import describe, describe_conditions
from assistant.rules.facts import Fact, Slot, collect_facts, fact_names, find_slot, make_fact, slots_of
from assistant.rules.loader import RuleSet
from assistant.rules.matching import MatchLine, match_profile
from assistant.rules.schema import Rule
from index.errors import NoSuchPolicyError, PolicyDeskError

_FACTS = "Facts as name -> value with unit, e.g. {'online_turnover': '8000万元', 'business_mode': '1210', 'in_operation': 'yes'}"


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CalculateArguments(_Arguments):
    """What the calculator needs."""

    policy: str = Field(description="Policy id, as list_incentives gives it")
    incentive: str = Field(description="Incentive id, as list_incentives gives it")
    facts: dict[str, str] = Field(default_factory=dict, description=_FACTS)
    on: date | None = Field(default=None, description="Day the question is about (YYYY-MM-DD); empty: today")


class MatchArguments(_Arguments):
    """What the profile match needs."""

    facts: dict[str, str] = Field(description=_FACTS)
    policies: list[str] = Field(default_factory=list, description="Policy ids; empty: all")
    on: date | None = Field(default=None, description="Day the question is about (YYYY-MM-DD); empty: today")


class ListArguments(_Arguments):
    """Which incentives to list."""

    policy: str = Field(default="", description="Policy id; empty: all policies")
    words: str = Field(default="", description="Only incentives whose names contain one of these words, separated by blanks")


def build_tools(rulesets: Mapping[str, RuleSet], today: Callable[[], date] = date.today) -> list[StructuredTool]:
    """The three tools over these rules; `today` gives the day where none is named."""
    desk = _Desk(rulesets, today)
    return [
        StructuredTool.from_function(
            desk.calculate,
            name="calculate_incentive",
            args_schema=CalculateArguments,
            response_format="content_and_artifact",
            description="Exact amount one incentive gives for given facts: steps, conditions, what is missing, ceiling or entitlement",
        ),
        StructuredTool.from_function(
            desk.match,
            name="match_company",
            args_schema=MatchArguments,
            description="All incentives for given facts: met, possible (what is missing), not met (why), and the total as a range",
        ),
        StructuredTool.from_function(
            desk.list,
            name="list_incentives",
            args_schema=ListArguments,
            description="Incentives of a policy with ids, articles, conditions and the facts they ask for",
        ),
    ]


class _Desk:
    """The tools' functions: arguments in, JSON text out."""

    def __init__(self, rulesets: Mapping[str, RuleSet], today: Callable[[], date]) -> None:
        self._rulesets = rulesets
        self._today = today

    def calculate(
        self, policy: str, incentive: str, facts: dict[str, str] | None = None, on: date | None = None
    ) -> tuple[str, Calculation | None]:
        try:
            rules = self._rules(policy)
            rule = rules.get(incentive)
            read = read_facts(facts or {}, rules.slots, slots_of([rule]))
            result = calculate(rules, rule, read, on or self._today())
            return _json({**asdict(result), "citation": asdict(rules.citation(rule))}), result
        except PolicyDeskError as error:
            return _json({"error": str(error)}), None

    def match(self, facts: dict[str, str], policies: list[str] | None = None, on: date | None = None) -> str:
        try:
            chosen = [self._rules(policy) for policy in policies] if policies else list(self._rulesets.values())
            read = read_facts(facts, slots_of(rule for rules in chosen for rule in rules.rules))
            match = match_profile(chosen, read, on or self._today())
        except PolicyDeskError as error:
            return _json({"error": str(error)})
        groups = {"meets": match.meets, "could": match.could, "does_not": match.does_not}
        return _json(
            {name: [_line(line) for line in lines] for name, lines in groups.items()}
            | {"totals": [asdict(total) for total in match.totals]}
        )

    def list(self, policy: str = "", words: str = "") -> str:
        try:
            chosen = [self._rules(policy)] if policy else list(self._rulesets.values())
        except PolicyDeskError as error:
            return _json({"error": str(error)})
        wanted = words.casefold().split()
        return _json([listing(rules, rule) for rules in chosen for rule in rules.rules if _named(rule, wanted)])

    def _rules(self, policy: str) -> RuleSet:
        if policy not in self._rulesets:
            raise NoSuchPolicyError(f"no policy {policy!r}; there are: {', '.join(self._rulesets)}")
        return self._rulesets[policy]


def read_facts(facts: Mapping[str, str], slots: Mapping[str, Slot], first: Mapping[str, Slot] | None = None) -> dict[str, Fact]:
    """Facts from names and written values; names are looked for in `first` before `slots`.

    Raises:
        UnknownFactError, FactValueError: see `assistant.rules.facts`.
    """
    return collect_facts(make_fact(find_slot(name, slots, first), str(value).strip()) for name, value in facts.items())


def listing(rules: RuleSet, rule: Rule) -> dict[str, Any]:
    """One incentive as plain values, with the facts it asks for."""
    asked, own = slots_of([rule]), fact_names(rule)
    return {
        "policy": rules.id,
        "id": rule.id,
        "label": rule.label,
        "label_en": rule.label_en,
        "kind": str(rule.kind),
        "article": rule.article,
        "gives": describe(rule),
        "gives_en": describe(rule, "en"),
        "conditions": list(describe_conditions(rule)),
        "conditions_en": list(describe_conditions(rule, "en")),
        "facts": [_asked(slot) for name, slot in asked.items() if name in own],
        "reviewed": rule.review is not None,
    }


def _asked(slot: Slot) -> dict[str, Any]:
    return {
        "name": slot.name,
        "label": slot.label,
        "label_en": slot.label_en,
        "kind": slot.kind,
        "unit": slot.units[0] if slot.units else "",
        "options": slot.options,
    }


def _named(rule: Rule, words: list[str]) -> bool:
    names = " ".join((rule.id, rule.label, rule.label_en, *rule.terms)).casefold()
    return not words or any(word in names for word in words)


def _line(line: MatchLine) -> dict[str, Any]:
    result = line.calculation
    return {
        "policy": result.policy,
        "id": result.rule,
        "label": result.incentive,
        "article": line.article,
        "amount": result.amount,
        "currency": result.currency,
        "bound": result.bound,
        "reason": line.reason,
        "reason_en": line.reason_en,
        "missing": result.missing,
        "lower_than": line.lower_than,
        "steps": result.steps,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
