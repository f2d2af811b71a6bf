"""The quantities incentive policies measure a company by, and which of them a phrase names.

    >>> load_measures().find("跨境电商年线上交易额", "CNY").fact
    'online_turnover'
    >>> load_measures().find("booth fee", "CNY").fact
    'booth_fee'

The names are data (`measures.yaml`). A fact has the same name in every policy, so what a company says of itself once
counts wherever it is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process
from ruamel.yaml import YAML

from index.errors import RuleFormatError
from index.normalise import fold

MEASURES_FILE = Path(__file__).with_name("measures.yaml")

# A phrase that spells a name slightly differently scores 88 and more; 跨境电商企业 and 入驻跨境电商企业 score 86 and are not the same.
_CLOSE = 88
_CURRENCIES = frozenset({"CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "KRW", "RUB"})
_KINDS = (
    frozenset({"m2", "mu"}),
    frozenset({"year", "quarter", "month", "week", "day", "hour"}),
    frozenset({"company", "item", "order", "person", "person_time", "time"}),
    frozenset({"ratio", "percentage_point"}),
    frozenset({"ton", "kg"}),
)
_FILLERS = re.compile(r"(?:的|其|所|产生|发生|实际|支付|支出|全部)")


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """One measure: the name of its fact, how it is written, its unit, and what else it is called."""

    fact: str
    label: str
    label_en: str
    unit: str
    names: tuple[str, ...]

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name, the labels first."""
        return (self.label, self.label_en, *self.names)


@dataclass(frozen=True, eq=False)
class Measures:
    """The catalogue."""

    entries: tuple[MeasureEntry, ...]

    @cached_property
    def by_fact(self) -> dict[str, MeasureEntry]:
        """Entries under their fact."""
        return {entry.fact: entry for entry in self.entries}

    def get(self, fact: str) -> MeasureEntry | None:
        """The entry of this fact, None if the catalogue does not know it."""
        return self.by_fact.get(fact)

    def find(self, label: str, unit: str) -> MeasureEntry | None:
        """The measure a phrase names, None if none.

        Args:
            label: A phrase of a policy or a question: 年线上交易额.
            unit: Unit of the figure that goes with it; only measures of the same kind count (CNY and USD are one
                kind, so are 家 and 个). "" where it has none: all count.

        The longest name contained in the phrase decides, of equally long ones the last (the head of a Chinese phrase
        stands at its end); without any, a name whose halves stand in it (入驻有经营业绩的企业: 入驻企业), then one that
        is spelled closely like it.
        """
        phrase = _comparable(label)
        if not phrase:
            return None
        for position in (_position, _position_of_halves):
            found = [(len(name), at, entry) for name, entry in self._of_kind(unit) if (at := position(phrase, name)) >= 0]
            if found:
                return max(found, key=lambda match: match[:2])[2]
        return self._close(phrase, unit)

    def _close(self, phrase: str, unit: str) -> MeasureEntry | None:
        named = self._of_kind(unit)
        match = process.extractOne(phrase, [name for name, _ in named], scorer=fuzz.ratio, score_cutoff=_CLOSE)
        return named[match[2]][1] if match else None

    def _of_kind(self, unit: str) -> list[tuple[str, MeasureEntry]]:
        if not unit:
            return self._named
        return self._by_kind.get(_kind(unit), [])

    @cached_property
    def _named(self) -> list[tuple[str, MeasureEntry]]:
        return list(_names(self.entries))

    @cached_property
    def _by_kind(self) -> dict[str, list[tuple[str, MeasureEntry]]]:
        kinds: dict[str, list[tuple[str, MeasureEntry]]] = defaultdict(list)
        for name, entry in self._named:
            kinds[_kind(entry.unit)].append((name, entry))
        return dict(kinds)


@lru_cache(maxsize=1)
def load_measures() -> Measures:
    """The catalogue from `measures.yaml`, read once.

    Raises:
        RuleFormatError: an entry lacks a field, or a fact or name stands in two entries.
    """
    content = YAML(typ="safe", pure=True).load(MEASURES_FILE.read_text(encoding="utf-8"))
    return parse_measures(content["measures"])


def parse_measures(rows: Iterable[dict[str, object]]) -> Measures:
    """The catalogue from rows with fact, label, label_en, unit and names.

    Raises:
        RuleFormatError: see `load_measures`.
    """
    entries = tuple(_entry(row) for row in rows)
    facts: set[str] = set()
    owners: dict[str, str] = {}
    for entry in entries:
        if entry.fact in facts:
            raise RuleFormatError(f"measures.yaml: {entry.fact} has two entries; join them")
        facts.add(entry.fact)
    for name, entry in _names(entries):
        if owners.setdefault(name, entry.fact) != entry.fact:
            raise RuleFormatError(f"measures.yaml: “{name}” stands in {owners[name]} and in {entry.fact}; keep it in one of them")
    return Measures(entries)


def _entry(row: dict[str, object]) -> MeasureEntry:
    missing = {"fact", "label", "label_en", "unit", "names"} - row.keys()
    names = row.get("names")
    if missing or not isinstance(names, list):
        raise RuleFormatError(f"measures.yaml: entry {row.get('fact', row)} lacks {', '.join(sorted(missing)) or 'a list of names'}")
    return MeasureEntry(str(row["fact"]), str(row["label"]), str(row["label_en"]), str(row["unit"]), tuple(str(name) for name in names))


def _names(entries: Iterable[MeasureEntry]) -> Iterator[tuple[str, MeasureEntry]]:
    for entry in entries:
        for name in dict.fromkeys(_comparable(name) for name in entry.all_names):
            yield name, entry


def _comparable(text: str) -> str:
    """Folded, without the words that stand between the parts of a name (境外商标的注册费 is 境外商标注册费)."""
    folded = " ".join(fold(text).casefold().split())
    return _FILLERS.sub("", re.sub(r"(?<![a-z0-9]) | (?![a-z0-9])", "", folded))


def _position(phrase: str, name: str) -> int:
    """Where a name last stands in the phrase, -1 if nowhere; English names only as whole words."""
    if not name.isascii():
        return phrase.rfind(name)
    last = -1
    for match in re.finditer(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", phrase):
        last = match.start()
    return last


def _position_of_halves(phrase: str, name: str) -> int:
    """Where the second half of a Chinese name of four or more characters stands after its first half, -1 if nowhere."""
    if name.isascii() or len(name) < 4:
        return -1
    for cut in range(2, len(name) - 1):
        first = phrase.find(name[:cut])
        if first >= 0:
            second = phrase.find(name[cut:], first + cut)
            if second >= 0:
                return second
    return -1


def _kind(unit: str) -> str:
    """What kind of thing a unit counts; a unit of no known kind is its own."""
    head = unit.partition("/")[0]
    if head in _CURRENCIES:
        return "money"
    return next((str(number) for number, kind in enumerate(_KINDS) if head in kind), head)
