"""What a bare English number counts."""

from __future__ import annotations

import pytest

from index.quantities.parser import parse_quantities
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


@pytest.mark.parametrize(("text", "units"), [("20英尺标箱1000个", ["foot", "item"]), ("专列开了4列", ["time"]), ("列入3项", ["item"])])
def test_a_size_is_no_count_and_trains_are_times(text: str, units: list[str]) -> None:
    assert [quantity.unit for quantity in parse_quantities(text)] == units
