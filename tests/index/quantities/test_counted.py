"""What a bare English number counts."""

from __future__ import annotations

import pytest

from index.quantities.units import counted


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("22 active cross-border firms", "company"),
        ("25 export-oriented sellers, turnover", "company"),
        ("12 small local businesses", "company"),
        ("40 newly hired employees", "person"),
        ("3 overseas stores", ""),
        ("3 stores", ""),
        ("5000 on trademarks", None),
        ("5000 for this", None),
        ("5000 plus travel", None),
        ("5000", None),
        ("5000, with sales", None),
    ],
)
def test_the_noun_behind_the_adjectives_is_the_unit(text: str, unit: str | None) -> None:
    found = counted(text, len(text.split()[0].rstrip(",")))
    assert (found.unit if found else None) == unit
