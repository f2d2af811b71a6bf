"""No figure leaves unproven: each number of an answer must stand in a citation, a calculation, the question or the policy's data.

>>> check_numbers("最高100万元", [Proof("citation:0", "最多不超过100万元")])[0].proof
'citation:0'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.models import Answer, NumberCheck
from assistant.verification.figures import same_quantity
from assistant.verification.reading import LABELS
from index.normalise import fold
from index.quantities import parse_dates, parse_quantities


@dataclass(frozen=True, slots=True)
class Proof:
    """A text whose figures are known to be right, and its name."""

    name: str
    text: str


_WHOLE = re.compile(r"全额(?:补贴|补助|资助|奖励|支持)|予以全额")


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[tuple[Decimal, str, str], ...]:
    """Value, unit and words of each quantity and of each part of a date in the text."""
    text = LABELS.sub(" ", fold(text).replace("**", ""))
    days = parse_dates(text)
    found = [
        (quantity.value, quantity.unit, quantity.text)
        for quantity in parse_quantities(text)
        if not any(day.start <= quantity.start < day.end for day in days)
    ]
    if _WHOLE.search(text):
        found.append((Decimal(1), "ratio", "全额"))
    found += [(Decimal(day.first.year), "date", day.text) for day in days]
    return tuple(found)


def check_numbers(text: str, proofs: Sequence[Proof], labels: Iterable[str] = ()) -> list[NumberCheck]:
    """Each figure of `text` with the first proof that holds it; `proof` is "" where none does.

    `labels` of cited articles (三（三）1, 四2) are names, not figures.
    """
    for label in sorted(labels, key=len, reverse=True):
        text = re.sub(rf"(?<![\d.]){re.escape(label)}(?![\d.]|[万亿元%家个])", " ", text)
    known = [(value, unit, proof.name) for proof in proofs for value, unit, _ in figures(proof.text)]
    checks = []
    for value, unit, words in figures(text):
        name = next((name for other, other_unit, name in known if same_quantity(value, unit, other, other_unit)), "")
        checks.append(NumberCheck(words, value, unit, name))
    return checks


def unproven(checks: Iterable[NumberCheck]) -> list[NumberCheck]:
    """Checks without a proof."""
    return [check for check in checks if not check.proof]


def cited_labels(answer: Answer) -> set[str]:
    """Labels of the cited articles that hold a digit: names, not figures."""
    return {citation.article for citation in answer.citations if citation.article and any(letter.isdigit() for letter in citation.article)}
