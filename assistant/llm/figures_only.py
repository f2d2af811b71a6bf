"""Stand-in until the verification by statements is merged: proves figures only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check import Proof, check_numbers
from assistant.verification.models import Flaw, Statement, Verdict


def verify_figures(draft: str, proofs: Sequence[Proof], labels: set[str]) -> tuple[Statement, ...]:
    found = []
    for match in re.finditer(r"[^。！？!?\n]+[。！？!?]?", draft):
        if match[0].strip():
            checks = check_numbers(match[0], proofs, labels)
            verdicts = tuple(
                Verdict(
                    Flaw.PROVEN if c.proof else Flaw.NUMBER, c.text, "" if c.proof else "没有出处", "" if c.proof else "no proof", c.proof
                )
                for c in checks
            )
            found.append(Statement(match[0], match.start(), match.end(), verdicts))
    return tuple(found)
