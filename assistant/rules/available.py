"""The rules of a policy wherever they come from: written down and proven, or proposed by the program.

    >>> rulesets, notes = available_rules(policies, Path("policies_text"))   # doctest: +SKIP

A policy without a rule file, or with a broken one, is answered from proposals: unreviewed, and labelled so.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.rules.extraction.propose import propose_rules
from assistant.rules.loader import FILE_NAME, RuleSet, load_rules, prove
from index.errors import RuleError
from index.models import Policy
from index.yaml_files import Reader, read_yaml


def available_rules(policies: Iterable[Policy], root: Path, read: Reader = read_yaml) -> tuple[dict[str, RuleSet], list[str]]:
    """Rule sets by policy id, and a note for each file that could not be used, with the remedy."""
    rulesets: dict[str, RuleSet] = {}
    notes: list[str] = []
    for policy in policies:
        folder = root / policy.id
        try:
            rulesets[policy.id] = load_rules(policy, folder, read) if (folder / FILE_NAME).exists() else proposed_rules(policy)
        except RuleError as error:
            notes.append(f"{error} Until then the rules are proposed by the program.")
            rulesets[policy.id] = proposed_rules(policy)
    return rulesets, notes


def proposed_rules(policy: Policy) -> RuleSet:
    """What the program reads out of the articles, not yet compared with the text by a person."""
    return prove(propose_rules(policy), policy)
