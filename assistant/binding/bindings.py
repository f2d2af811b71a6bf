"""What binding finds out: facts for each rule, and what the figures were taken for.

>>> bind([rent], question).facts(rent)["rent"].value      # doctest: +SKIP
Decimal('600000')
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.knowledge import RuleEntry
from assistant.rules.facts import EXCHANGE_RATE, SUPPORT_YEAR, Fact
from assistant.understanding.question import Mention


@dataclass
class Bindings:
    """Facts for each rule."""

    by_rule: dict[tuple[str, str], dict[str, Fact]]
    used: list[Mention]
    """Mentions that state a fact of the company; the others may be claims about the policy."""
    steps: list[tuple[str, str]] = field(default_factory=list)
    """What was computed to get them (5万元 × 12个月 = 60万元), in Chinese and English."""
    cases: dict[tuple[str, str], list[tuple[str, Fact]]] = field(default_factory=dict)
    """Where several figures for one measure are cases of their own (2023年…，2024年…): the year and the fact of each."""
    untaxed: set[tuple[str, str]] = field(default_factory=set)
    """Tax rules for which only the VAT rate was given: the goods are taken to bear no consumption tax, and the answer says so."""
    recipients: dict[tuple[str, str], int] = field(default_factory=dict)
    """How many companies each have the figures given: 两家子公司各3000万."""
    uneven: list[Mention] = field(default_factory=list)
    """Sums of several years from which none follows for each year."""

    def facts(self, entry: RuleEntry) -> dict[str, Fact]:
        """Facts for this rule by name."""
        return self.by_rule.get(entry.key, {})

    def numbers(self, entry: RuleEntry) -> dict[str, Fact]:
        """Those of them that are figures."""
        return {
            name: fact
            for name, fact in self.facts(entry).items()
            if not isinstance(fact.value, bool | str) and name not in (SUPPORT_YEAR, EXCHANGE_RATE)
        }
