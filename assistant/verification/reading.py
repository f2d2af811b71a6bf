"""What a text claims, read the same way from a draft and from the evidence: figures with what they belong to, dates, words.

>>> [(str(f.value), f.unit, f.bound.value, sorted(f.belongs)) for f in read("市级、省级分别给予最高20万元、50万元").figures]
[('200000', 'CNY', 'at_most', ['level:市级']), ('500000', 'CNY', 'at_most', ['level:省级'])]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from assistant.glossary.english import stem, words_of
from assistant.verification.words import WORDS
from index.models import Bound, DateMention, Quantity
from index.normalise import fold
from index.quantities import parse_dates, parse_quantities
from index.quantities.units import CURRENCIES

LABELS = re.compile(
    r"[一二三四五六七八九十]{0,3}[（(][一二三四五六七八九十百\d]{1,4}[）)](?:\d{1,2}(?![\d.]))?"
    r"|第[一二三四五六七八九十百\d]{1,5}(?:[、和及与至到-]第?[一二三四五六七八九十百\d]{1,3})*[条章款项年](?!以)"
    r"|(?:article|year)s? [\d（）一二三四五六七八九十]+(?:(?:, | and |, and )\d+(?![\d.%]))*"
    r"|(?:^|[“：\n])\s*\d{1,2}[.、．](?!\d)\s?",
    re.IGNORECASE | re.MULTILINE,
)
"""Names of articles and years of support, and marks of lists: no figures."""
_CLAUSE = re.compile(r"[，。；、：！？,;:()（）\n|]")
_CLAUSE_SIGNS = "，。；：,;|\n（("
_ALL_MEANT = re.compile(r"[*_`]")
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
_MAY_BE_DATE = re.compile(r"[\d年月零〇]")
_HAN = re.compile(r"(?:(?<=\d)[万亿千百]{0,2}(?:美元|元)?)?([\u3400-\u9fff]+)")
"""A run of Chinese characters, less the unit of a sum before it: every rule has its 万元, that tells nothing."""
_LATIN = re.compile(r"[A-Za-z]{3}")
_JOINT = re.compile(r"^[^，。；,;\d]{1,4}(?:[和及与或]|以及|或者)$|^[a-z]+(?: level)? (?:and|or) $", re.IGNORECASE)
_LISTED = re.compile(r"^[^，。；,;\d]{1,8}(?:[、和及与或]|以及)$|^[A-Za-z ,-]{1,24}(?:,| and| or) $")
_COMMON = frozenset({"the", "and", "for", "with", "from", "that", "this", "are", "was", "rmb", "usd", "yuan", "million", "billion", "its"})


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate in words: 一半."""

    text: str
    value: Decimal
    start: int
    end: int


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
        return _known_tokens(self.clause)


@dataclass(frozen=True)
class Reading:
    """A text as the check sees it."""

    text: str
    figures: tuple[Figure, ...]
    dates: tuple[DateMention, ...]

    @cached_property
    def tokens(self) -> frozenset[str]:
        """What tells its topic."""
        return tokens(self.text)

    @cached_property
    def compact(self) -> str:
        """Without blanks, marks and case: for looking words up."""
        return compact(self.text)

    @property
    def years(self) -> frozenset[int]:
        """All years named."""
        return frozenset(year for day in self.dates for year in (day.first.year, day.last.year))


@lru_cache(maxsize=16384)
def read(text: str) -> Reading:
    """The reading of a piece of evidence: kept, because articles are asked for again and again."""
    return read_once(text)


def read_once(text: str) -> Reading:
    """The reading of a piece of a draft."""
    plain = plain_text(text)
    masked = LABELS.sub(_blank, plain)
    dates = tuple(parse_dates(masked)) if _MAY_BE_DATE.search(masked) else ()
    return Reading(plain, figures_of_text(masked, plain, dates), dates)


@lru_cache(maxsize=16384)
def plain_text(text: str) -> str:
    """Half-width, simplified, without the marks of Markdown."""
    return _ALL_MEANT.sub("", fold(text))


@lru_cache(maxsize=16384)
def compact(text: str) -> str:
    """The form in which words are looked up: no blanks, no marks, lower case, one kind of comma and colon."""
    return re.sub(r"[\s*_`>]+", "", fold(text)).lower().replace("，", ",").replace("：", ":").replace("；", ";")


def tokens(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters, and stems of Latin words: what tells a topic."""
    pairs = {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
    if _LATIN.search(text):
        pairs |= {stem(word) for word in words_of(text) if len(word) > 2 and not word.isdigit()} - _COMMON
    return frozenset(pairs)


_known_tokens = lru_cache(maxsize=16384)(tokens)
"""The same for clauses of the evidence, that are asked for again and again."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two signs, and what can turn their meaning: negations and levels."""

    text: str
    words: frozenset[str]
    """Without negations and levels."""
    negations: int
    levels: frozenset[str]


@lru_cache(maxsize=16384)
def read_clause(text: str) -> Clause:
    """The clause as it is compared with others."""
    said, negations = WORDS["negations"].subn("", text)
    if WORDS.mentioned("levels", said):
        for _, level in WORDS.group("levels"):
            said = level.sub("", said)
    return Clause(text, tokens(said), negations, WORDS.found("levels", text))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def figures_of_text(masked: str, plain: str, dates: Sequence[DateMention]) -> tuple[Figure, ...]:
    """Figures of a text whose labels are blanked out; `plain` still has them."""
    may_be = _MAY_BE_FIGURE.search(masked)
    quantities = [q for q in parse_quantities(masked) if not any(day.start <= q.start < day.end for day in dates)] if may_be else []
    rates = list(_rates_in_words(plain, quantities))
    if not quantities and not rates:
        return ()
    belonging = _belonging(plain, quantities, dates)
    found = []
    for number, (quantity, belongs) in enumerate(zip(quantities, belonging, strict=True)):
        left, right = _part_around(plain, quantity.start, quantity.end)
        ceilings = WORDS["all_ceilings"].search(plain, left, right) is not None
        found.append(_figure(plain, quantity, belongs, ceilings, tuple(map(tier_name, quantities[:number]))))
    taxes = _named(plain, "tax", "taxes") if rates or any(figure.unit == "ratio" for figure in found) else []
    if taxes:
        found = [replace(f, belongs=f.belongs | _taxes(plain, taxes, f.start)) if f.unit == "ratio" else f for f in found]
    if ranges := _named(plain, "range", "ranges"):
        found = [replace(f, belongs=f.belongs | _last(ranges, f.start)) if f.unit == "ratio" else f for f in found]
    found += [_rate_in_words(plain, rate, taxes) for rate in rates]
    return tuple(sorted(found, key=lambda figure: figure.start)) if rates else tuple(found)


def _rates_in_words(plain: str, quantities: Sequence[Quantity]) -> Iterable[_Rate]:
    """免征, 一半, 全额补贴, unless they are denied, or stand in a figure: 七成半."""
    for value, match in WORDS.matches("rates", plain):
        taken = any(quantity.start < match.end() and match.start() < quantity.end for quantity in quantities)
        if not taken and not WORDS["no_rate"].search(plain[max(0, match.start() - _BEFORE) : match.start()]):
            yield _Rate(match.group(), Decimal(value), match.start(), match.end())


def _rate_in_words(plain: str, rate: _Rate, taxes: Sequence[tuple[int, str]]) -> Figure:
    left, right = _part_around(plain, rate.start, rate.end)
    stop = next((match.start() for match in _CLAUSE.finditer(plain, rate.end) if match.group() != "、"), right)
    own = {name for at, name in taxes if rate.start <= at < stop}
    bound = Bound.AT_MOST if WORDS["most"].search(plain[max(left, rate.start - _BEFORE) : rate.start]) else Bound.EXACT
    belongs = frozenset(own) or _taxes(plain, taxes, rate.start)
    if rate.value == 1:
        belongs |= {"kind:granted"}
    unit = "times" if rate.value > 1 else "ratio"
    return Figure(
        rate.text, rate.value, unit, bound, rate.start, rate.end, belongs=belongs, clause=_clause_around(plain, rate.start, rate.end)
    )


def _last(marks: Sequence[tuple[int, str]], position: int) -> frozenset[str]:
    return frozenset([name for at, name in marks if at < position][-1:])


def _taxes(plain: str, taxes: Sequence[tuple[int, str]], position: int) -> frozenset[str]:
    """The tax named last before a rate in its part of the sentence, and those it is listed with: 增值税、消费税."""
    left, _ = _part_around(plain, position, position)
    before = [mark for mark in taxes if left <= mark[0] < position]
    names: set[str] = set()
    last = before[-1][0] if before else 0
    for at, name in reversed(before):
        if names and not _LISTED.search(plain[at:last]):
            break
        names.add(name)
        last = at
    return frozenset(names)


def tier_name(quantity: Quantity) -> str:
    """A figure as the name of a tier: when:30000000 USD."""
    return f"when:{quantity.value.normalize():f} {quantity.unit}"


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
    if bound is not Bound.EXACT and WORDS["out_of_reach"].search(plain[max(0, quantity.start - _BEFORE) : quantity.end]):
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


def _part_around(plain: str, start: int, end: int) -> tuple[int, int]:
    """Between semicolons, cells and full stops."""
    left = max(plain.rfind(sign, 0, start) for sign in "；;|。\n") + 1
    ends = [at for sign in "；;|。\n" if (at := plain.find(sign, end)) >= 0]
    return left, min(ends, default=len(plain))


def _clause_around(plain: str, start: int, end: int) -> str:
    """Between commas: what is listed with 、 is of one clause."""
    left = max(plain.rfind(sign, 0, start) for sign in _CLAUSE_SIGNS) + 1
    ends = [at for sign in _CLAUSE_SIGNS if (at := plain.find(sign, end)) >= 0]
    return plain[left : min(ends, default=len(plain))]


def _belonging(plain: str, quantities: Sequence[Quantity], dates: Sequence[DateMention]) -> list[frozenset[str]]:
    """What each figure is for: the things listed before a list of as many figures, else the nearest thing named before it."""
    marks = sorted([*_named(plain, "level", "levels"), *_named(plain, "year", "ordinals"), *_years(dates)])
    found: list[set[str]] = [set() for _ in quantities]
    behind = {kind for kind in ("level", "year") if _named_behind(quantities, marks, kind)}
    for number, quantity in enumerate(quantities if marks else ()):
        edge = max(plain.rfind(sign, 0, quantity.start) for sign in "|；;。")
        for kind in ("level", "year", "date"):
            before = [mark for mark in marks if edge < mark[0] < quantity.start and mark[1].startswith(kind)]
            if kind in behind:
                later = [other.start for other in quantities[number + 1 :] if other.unit == quantity.unit]
                following = min(later, default=len(plain))
                after = [mark for mark in marks if quantity.end <= mark[0] < following and mark[1].startswith(kind)]
                found[number] |= {mark[1] for mark in after if mark[0] == after[0][0]}
                continue
            if not before:
                before = [mark for mark in marks if mark[1].startswith(kind) and _ends_with(plain, quantity, mark[0])]
                before = before[-1:]
            found[number] |= _joined(plain, before)
    for match in WORDS["respective"].finditer(plain):
        _align(plain, quantities, marks, match.start(), found)
    return [frozenset(names) for names in found]


def _named_behind(quantities: Sequence[Quantity], marks: Sequence[tuple[int, str]], kind: str) -> bool:
    """RMB 600,000 in the first year and RMB 300,000 in the second: what each figure is for stands behind it."""
    positions = [position for position, name in marks if name.startswith(kind)]
    sums = [quantity for quantity in quantities if quantity.unit.split("/")[0] in CURRENCIES]
    return bool(positions and sums) and sums[0].start < positions[0] and sums[-1].end < positions[-1]


def _joined(plain: str, marks: Sequence[tuple[int, str]]) -> set[str]:
    """The last of the marks, and those it is joined to: 国家级和省级."""
    names: set[str] = set()
    last = marks[-1][0] if marks else 0
    for position, name in reversed(marks):
        if names and not (position == last or _JOINT.search(plain[position:last])):
            break
        names.add(name)
        last = position
    return names


def _ends_with(plain: str, quantity: Quantity, mark: int) -> bool:
    """最高60万元（首年）, RMB 600,000 in the first year: said right after the figure."""
    between = plain[quantity.end : mark]
    return 0 <= mark - quantity.end <= 16 and not re.search(r"[，。；、,;.]", between)


def _named(plain: str, kind: str, group: str) -> list[tuple[int, str]]:
    """Where a text names one of a group, and what: `level:省级`."""
    return sorted((match.start(), f"{kind}:{own}") for own, match in WORDS.matches(group, plain))


def _years(dates: Sequence[DateMention]) -> Iterable[tuple[int, str]]:
    for day in dates:
        yield day.start, f"date:{day.first.year}"
        if day.last.year != day.first.year:
            yield day.start, f"date:{day.last.year}"


def _align(plain: str, quantities: Sequence[Quantity], marks: Sequence[tuple[int, str]], at: int, found: list[set[str]]) -> None:
    """市级、省级…分别…20万元、50万元; 超过5000万美元、3000万美元的，分别…300万元、200万元."""
    start = max(plain.rfind(sign, 0, at) for sign in "。；;\n") + 1
    ends = [end for sign in "。；;\n" if (end := plain.find(sign, at)) >= 0]
    stop = min(ends, default=len(plain))
    after = [i for i, q in enumerate(quantities) if at <= q.start < stop]
    before = [i for i, q in enumerate(quantities) if start <= q.start < at]
    levels = [name for position, name in marks if start <= position < at and name.startswith("level")]
    if not before and not after:
        return
    if after and len(levels) >= len(after) > 1 and len(set(levels[-len(after) :])) == len(after):
        names = [[name] for name in levels[-len(after) :]]
    elif after and len(before) >= len(after) > 1:
        names = [[tier_name(quantities[i])] for i in before[-len(after) :]]
    else:
        return
    for index, own in zip(after, names, strict=True):
        kind = own[0].partition(":")[0]
        found[index] = {name for name in found[index] if not name.startswith(kind)} | set(own)


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
