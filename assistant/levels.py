"""Levels of government that a rule or a question names: 省级, 市级.

>>> sorted(levels_in("省级海外仓"))
['province']
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.rules.schema import OneOf, Rule
from assistant.understanding.patterns import Patterns

_LEVELS = Patterns(Path(__file__).with_name("levels.yaml"))


def levels_in(text: str) -> frozenset[str]:
    """Names of the levels whose words stand in the text."""
    return frozenset(name for name, pattern in _LEVELS.items() if pattern.search(text))


def levels_of(rule: Rule) -> frozenset[str]:
    """The levels for which the rule pays, where it pays by level at all."""
    tiers = (tier.when for tier in rule.tiers)
    options = (option for part in (*rule.single_conditions, *tiers) if isinstance(part, OneOf) for option in part.options)
    return frozenset().union(*map(levels_in, options))


def pays_for(rules: Iterable[Rule], text: str) -> bool:
    """Whether one of the rules pays for every level that the text names; a rule that tells no levels apart does."""
    asked = levels_in(text)
    return any(not levels_of(rule) or asked <= levels_of(rule) for rule in rules)
