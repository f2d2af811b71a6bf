"""What a figure belongs to: the level, year, date, tax or tier that is named for it, one by one or in a list.

>>> from index.quantities import parse_quantities
>>> belonging("市级、省级分别给予最高20万元、50万元", parse_quantities("市级、省级分别给予最高20万元、50万元"), [])
[frozenset({'level:市级'}), frozenset({'level:省级'})]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.verification.words import WORDS
from index.models import DateMention, Quantity
from index.quantities.units import CURRENCIES

_JOINT = re.compile(r"^[^，。；,;\d]{1,4}(?:[和及与或]|以及|或者)$|^[a-z]+(?: level)? (?:and|or) $", re.IGNORECASE)
_LISTED = re.compile(r"^[^，。；,;\d]{1,8}(?:[、和及与或]|以及)$|^[A-Za-z ,-]{1,24}(?:,| and| or) $")


def belonging(plain: str, quantities: Sequence[Quantity], dates: Sequence[DateMention]) -> list[frozenset[str]]:
    """What each figure is for: the things listed before a list of as many figures, else the nearest thing named before it."""
    marks = sorted([*named(plain, "level", "levels"), *named(plain, "year", "ordinals"), *_years(dates)])
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


def named(plain: str, kind: str, group: str) -> list[tuple[int, str]]:
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


def taxes_of(plain: str, taxes: Sequence[tuple[int, str]], position: int) -> frozenset[str]:
    """The tax named last before a rate in its part of the sentence, and those it is listed with: 增值税、消费税."""
    left, _ = part_around(plain, position, position)
    before = [mark for mark in taxes if left <= mark[0] < position]
    names: set[str] = set()
    last = before[-1][0] if before else 0
    for at, name in reversed(before):
        if names and not _LISTED.search(plain[at:last]):
            break
        names.add(name)
        last = at
    return frozenset(names)


def last_named(marks: Sequence[tuple[int, str]], position: int) -> frozenset[str]:
    """What is named last before a position."""
    return frozenset([name for at, name in marks if at < position][-1:])


def tier_name(quantity: Quantity) -> str:
    """A figure as the name of a tier: when:30000000 USD."""
    return f"when:{quantity.value.normalize():f} {quantity.unit}"


def part_around(plain: str, start: int, end: int) -> tuple[int, int]:
    """Between semicolons, cells and full stops."""
    left = max(plain.rfind(sign, 0, start) for sign in "；;|。\n") + 1
    ends = [at for sign in "；;|。\n" if (at := plain.find(sign, end)) >= 0]
    return left, min(ends, default=len(plain))
