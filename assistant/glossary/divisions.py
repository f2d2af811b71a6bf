"""China's provinces, cities, counties and districts, as a table.

>>> table = Divisions.load()
>>> [d.short for d in table.chain(table.named("海港区")[0])]
['海港', '秦皇岛', '河北']
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from index.models import Place

TABLE = Path(__file__).with_name("divisions.tsv")


class Level(StrEnum):
    """How wide a place is, widest first."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


class Alone(StrEnum):
    """Whether the short name means the place without 市, 县 or 区 behind it."""

    NEVER = "0"  # 和平, 城关: ordinary words, or many places of that name
    ALWAYS = "1"
    COVERED = "2"  # only where a policy holds there: 东海, 卢龙


@dataclass(frozen=True, slots=True)
class Division:
    """One row; `parent` is the code of the division it lies in, "" for a province."""

    code: str
    level: Level
    name: str
    short: str
    parent: str
    en: str
    alone: Alone


class Divisions:
    """The table with its look-ups."""

    def __init__(self, rows: list[Division]) -> None:
        self.rows = tuple(rows)
        self._by_code = {row.code: row for row in rows}
        self._by_name: dict[str, list[Division]] = {}
        for row in rows:
            for name in {row.name, row.short}:
                self._by_name.setdefault(name, []).append(row)

    @staticmethod
    def load() -> Divisions:
        """The table of `divisions.tsv`, read once a process."""
        return _load()

    def named(self, name: str) -> list[Division]:
        """The divisions of that full or short name, the widest first."""
        return self._by_name.get(name, [])

    def chain(self, division: Division) -> list[Division]:
        """The division and those it lies in, the narrowest first."""
        chain = [division]
        while parent := self._by_code.get(chain[-1].parent):
            chain.append(parent)
        return chain

    def of(self, place: Place) -> Division | None:
        """The division a policy's place names; None if the table has no such place (a development zone)."""
        outer = {name for name in (place.province, place.city) if name and name != place.name}
        for division in self.named(place.name):
            names = {name for wider in self.chain(division) for name in (wider.name, wider.short)}
            if outer <= names:
                return division
        return None


@lru_cache(maxsize=1)
def _load() -> Divisions:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return Divisions(
        [Division(c, Level(level), name, short, parent, en, Alone(alone)) for c, level, name, short, parent, en, alone in rows]
    )
