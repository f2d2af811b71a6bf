"""The figures of a text with what the words around each make of it: bound, period, what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.verification.belonging import belonging, last_named, named, part_around, taxes_of, tier_name
from assistant.verification.forms import known_tokens
from assistant.verification.words import WORDS
from index.models import Bound, DateMention, Quantity
from index.quantities import parse_quantities

_CLAUSE = re.compile(r"[，。；、：！？,;:()（）\n|]")
_CLAUSE_SIGNS = "，。；：,;|\n（("
_ABOUT = re.compile(r"(?:约|大约|大概|将近|接近|about|around|nearly|approximately|roughly)[ ]?\Z", re.IGNORECASE)
_HEADING = 12
"""So short is a word before a colon that says how often what follows is given."""
_BEFORE = 40
_TIMES = ("year", "month", "quarter", "day")
_MAY_BE_FIGURE = re.compile(
    r"[\d零〇一二两三四五六七八九十百千万亿半]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|half"
    r"|quarter|third|dozen|twice|double)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity and what the words around it make of it."""

    text: str
    value: Decimal
    unit: str
    """Without a time below the line: 元/年 is 元 with the period "year"."""
    bound: Bound
    start: int
    end: int
    approximate: bool = False
    periods: frozenset[str] = frozenset()
    belongs: frozenset[str] = frozenset()
    """What of the same kind it is for: `level:省级`, `year:第1年`, `date:2021`, `tax:关税`, `range:within`, `when:30000000 USD`.

    `gap:missing` is how much is missing, `kind:levied` a rate of a tax, `kind:granted` one of a support.
    """
    after: tuple[str, ...] = ()
    """The figures before it in the same part of the sentence, as `belongs` writes tiers."""
    clause: str = ""
    """Its clause as written."""
    cut: bool = False
    """A product of a calculation that its ceiling cuts: no result."""

    @property
    def near(self) -> frozenset[str]:
        """The words of its clause."""
        return known_tokens(self.clause)


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate in words: 一半."""

    text: str
    value: Decimal
    start: int
    end: int


def figures_of_text(masked: str, plain: str, dates: Sequence[DateMention]) -> tuple[Figure, ...]:
    """Figures of a text whose labels are blanked out; `plain` still has them."""
    may_be = _MAY_BE_FIGURE.search(masked)
    quantities = [q for q in parse_quantities(masked) if not any(day.start <= q.start < day.end for day in dates)] if may_be else []
    rates = list(_rates_in_words(plain, quantities))
    if not quantities and not rates:
        return ()
    owners = belonging(plain, quantities, dates)
    tiers = tuple(map(tier_name, quantities))
    found = []
    for number, (quantity, belongs) in enumerate(zip(quantities, owners, strict=True)):
        left, right = part_around(plain, quantity.start, quantity.end)
        ceilings = WORDS["all_ceilings"].search(plain, left, right) is not None
        found.append(_figure(plain, quantity, belongs, ceilings, tiers[:number]))
    of_shares = any(figure.unit == "ratio" for figure in found)
    taxes = named(plain, "tax", "taxes") if rates or of_shares else []
    ranges = named(plain, "range", "ranges") if of_shares else []
    if taxes or ranges:
        found = [
            replace(f, belongs=f.belongs | taxes_of(plain, taxes, f.start) | last_named(ranges, f.start)) if f.unit == "ratio" else f
            for f in found
        ]
    found += [_rate_in_words(plain, rate, taxes) for rate in rates]
    return tuple(sorted(found, key=lambda figure: figure.start)) if rates else tuple(found)


def _rates_in_words(plain: str, quantities: Sequence[Quantity]) -> Iterable[_Rate]:
    """免征, 一半, 全额补贴, unless they are denied, or stand in a figure: 七成半."""
    for value, match in WORDS.matches("rates", plain):
        taken = any(quantity.start < match.end() and match.start() < quantity.end for quantity in quantities)
        if not taken and not WORDS["no_rate"].search(plain[max(0, match.start() - _BEFORE) : match.start()]):
            yield _Rate(match.group(), Decimal(value), match.start(), match.end())


def _rate_in_words(plain: str, rate: _Rate, taxes: Sequence[tuple[int, str]]) -> Figure:
    left, right = part_around(plain, rate.start, rate.end)
    stop = next((match.start() for match in _CLAUSE.finditer(plain, rate.end) if match.group() != "、"), right)
    own = {name for at, name in taxes if rate.start <= at < stop}
    bound = Bound.AT_MOST if WORDS["most"].search(plain[max(left, rate.start - _BEFORE) : rate.start]) else Bound.EXACT
    belongs = frozenset(own) or taxes_of(plain, taxes, rate.start)
    if rate.value == 1:
        belongs |= {"kind:granted"}
    unit = "times" if rate.value > 1 else "ratio"
    return Figure(
        rate.text, rate.value, unit, bound, rate.start, rate.end, belongs=belongs, clause=_clause_around(plain, rate.start, rate.end)
    )


def _figure(plain: str, quantity: Quantity, belongs: frozenset[str], ceilings: bool, after: tuple[str, ...]) -> Figure:
    head, *below = quantity.unit.split("/")
    periods = {unit for unit in below if unit in _TIMES}
    unit = "/".join([head, *(unit for unit in below if unit not in _TIMES)])
    signs = [match.end() for match in _CLAUSE.finditer(plain, max(0, quantity.start - 60), quantity.start)]
    left = signs[-1] if signs else max(0, quantity.start - 60)
    if (len(signs) > 1 and plain[left - 1] in "：:" and left - signs[-2] < _HEADING) or (len(signs) == 1 and left < _HEADING):
        left = signs[-2] if len(signs) > 1 else 0  # one-off: 30% of the cost
    right = _CLAUSE.search(plain, quantity.end)
    clause = plain[left : right.start() if right else len(plain)]
    periods |= WORDS.found("periods", clause)
    bound = quantity.bound
    if bound is Bound.EXACT and ceilings and head in ("CNY", "USD", "ratio"):
        bound = Bound.AT_MOST
    if WORDS["cap_after"].match(plain, quantity.end) or (
        bound is Bound.EXACT and WORDS["cap_before"].search(plain[max(0, quantity.start - _BEFORE) : quantity.start])
    ):
        bound = Bound.AT_MOST
    if bound is Bound.LESS_THAN and WORDS["out_of_reach"].search(plain[max(0, quantity.start - _BEFORE) : quantity.end]):
        bound = Bound.EXACT  # 拿不到150万元 is not 不到150万元
    rounded = quantity.approximate or _ABOUT.search(plain[max(0, quantity.start - 16) : quantity.start]) is not None
    if WORDS["short_by"].search(plain[max(0, quantity.start - 16) : quantity.start]):
        belongs |= {"gap:missing"}
    if unit == "ratio" and WORDS["levied"].search(clause):
        belongs |= {"kind:levied"}
    return Figure(
        quantity.text, quantity.value, unit, bound, quantity.start, quantity.end, rounded,
        frozenset(periods), belongs, after, _clause_around(plain, quantity.start, quantity.end),
    )  # fmt: skip


def _clause_around(plain: str, start: int, end: int) -> str:
    """Between commas: what is listed with 、 is of one clause."""
    left = max(plain.rfind(sign, 0, start) for sign in _CLAUSE_SIGNS) + 1
    ends = [at for sign in _CLAUSE_SIGNS if (at := plain.find(sign, end)) >= 0]
    return plain[left : min(ends, default=len(plain))]


_TIME_IN_MONTHS = {"year": Decimal(12), "month": Decimal(1)}


def same_quantity(value: Decimal, unit: str, known: Decimal, other: str) -> bool:
    """Whether two figures are one, in any notation: 36个月 is 3年, 5个百分点 is 5%; a figure without unit matches any."""
    if value == known and (unit == other or unit == "" or other == ""):
        return True
    if unit in _TIME_IN_MONTHS and other in _TIME_IN_MONTHS:
        return value * _TIME_IN_MONTHS[unit] == known * _TIME_IN_MONTHS[other]
    if {unit, other} == {"ratio", "percentage_point"}:
        return value * (100 if unit == "ratio" else 1) == known * (100 if other == "ratio" else 1)
    head, _, below = unit.partition("/")
    known_head, _, known_below = other.partition("/")
    return value == known and head == known_head and (not below or not known_below)
