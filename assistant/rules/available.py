"""The rules of a policy wherever they come from: written down and proven, or proposed by the program.

    >>> rulesets, notes = available_rules(policies, Path("policies_text"))   # doctest: +SKIP

A policy without a rule file, or with a broken one, is answered from proposals: unreviewed, and labelled so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from assistant.rules.extraction.propose import propose_rules
from assistant.rules.loader import FILE_NAME, RuleSet, load_rules, prove
from assistant.rules.schema import Effective, RuleFile, Stacking
from index.errors import RuleError
from index.models import Policy
from index.yaml_files import Reader, read_yaml

logger = logging.getLogger(__name__)


def available_rules(
    policies: Iterable[Policy], root: Path, read: Reader = read_yaml, propose: Callable[[Policy], RuleFile] = propose_rules
) -> tuple[dict[str, RuleSet], list[str]]:
    """Rule sets by policy id, and a note for each file or text that could not be used, with the remedy."""
    rulesets: dict[str, RuleSet] = {}
    notes: list[str] = []
    for policy in policies:
        folder = root / policy.id
        try:
            if (folder / FILE_NAME).exists():
                rulesets[policy.id] = load_rules(policy, folder, read)
                continue
        except RuleError as error:
            notes.append(f"{error} Until then the rules are proposed by the program.")
        try:
            rulesets[policy.id] = prove(propose(policy), policy)
        except Exception as error:  # any text may be added: one that the program cannot read must not take the others with it
            rulesets[policy.id] = RuleSet(policy, without_rules(policy))
            logger.exception("proposing rules for %s", policy.id)
            notes.append(
                f"{folder}: no rules could be proposed ({type(error).__name__}: {error}). Its sentences are quoted, no sum is computed. "
                f"Write {FILE_NAME} by hand, or report the text as a fault of the program."
            )
    return rulesets, notes


def without_rules(policy: Policy) -> RuleFile:
    """A rule file that holds nothing: what is asked of such a policy is answered with its sentences."""
    days = Effective.model_validate({"from": policy.effective_from.value, "to": policy.effective_to.value})
    return RuleFile(policy=policy.id, effective=days, stacking=Stacking(mode="unstated"), rules=())
