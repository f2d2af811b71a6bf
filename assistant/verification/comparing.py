"""Whether a unit of the evidence that holds a figure proves it, or what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.verification.figures import Figure, same_quantity
from assistant.verification.units import Kind, Unit
from assistant.verification.words import WORDS
from index.models import Bound
from index.quantities.units import TIME_UNITS

COUNTED = frozenset({"company", "item", "person", "person_time", "time", "TEU", "ton", ""})
_CLEARLY = 3
_COUNTED_AS = re.compile(r"按[^，。；,;\d]{0,4}$")
_COUNTED = re.compile(r"[^，。；,;\d]{0,4}(?:计|算|核定|拨付)")
REASONS = ("", "cut", "other_measure", "period", "level", "bound", "approximate", "unit")
"""Why a unit does not prove a figure that it holds, the nearest to proof first; "" is proof."""


def proves(figure: Figure, plain: str, unit: Unit) -> bool:
    """Whether nothing speaks against the unit, whatever words stand around the figure."""
    return against(figure, plain, unit, frozenset()) == ""


def same_figure(figure: Figure, known: Figure) -> bool:
    """Whether two figures are one, in any notation."""
    return same_quantity(figure.value, figure.unit, known.value, known.unit)


def against(figure: Figure, plain: str, unit: Unit, words: frozenset[str]) -> str | None:
    """What speaks against a unit as the proof of a figure; "" if nothing does, None if it does not hold the figure at all."""
    if figure.value not in unit.values:
        return None
    same = [known for known in unit.figures if same_figure(figure, known)]
    if not same:
        other = any(known.value == figure.value and figure.unit and known.unit for known in unit.figures)
        return "unit" if other else None
    if unit.kind is Kind.ARTICLE:
        same = _in_clause(same, words)
        if _is_of_other_clause(figure, same, unit, words):
            return "other_measure"
    # 不超过5000元 is written up to RMB 5,000 … and RMB 26,000: each language is read by its own words.
    same = [known for known in same if known.text.isascii() == figure.text.isascii()] or same
    return min((_difference(figure, plain, known, unit) for known in same), key=REASONS.index)


def _in_clause(same: list[Figure], words: frozenset[str]) -> list[Figure]:
    """Of one figure that stands twice (限值5000元, 超过5000元), the one in whose clause these words stand."""
    if len({known.bound for known in same}) == 1:
        return same
    best = max(len(words & known.near) for known in same)
    return [known for known in same if len(words & known.near) == best]


def _is_of_other_clause(figure: Figure, same: Sequence[Figure], unit: Unit, words: frozenset[str]) -> bool:
    """培育5个公共海外仓，设立2个展示中心: the words around the figure are those of another figure of the sentence."""
    others = [len(words & known.near) for known in unit.figures if known.unit == figure.unit and not same_figure(figure, known)]
    own = max(len(words & known.near) for known in same)
    return bool(others) and max(others) >= _CLEARLY and own * 2 < max(others)


def _difference(figure: Figure, plain: str, known: Figure, unit: Unit) -> str:
    """What differs between a figure of the draft and one of the evidence; "" if nothing does."""
    if known.cut and not _on_the_way(figure, plain):
        return "cut"
    if "gap:missing" in figure.belongs and "gap:missing" not in known.belongs:
        return "other_measure"
    if figure.approximate and not known.approximate:
        return "approximate"
    if (
        figure.bound is not known.bound
        and not _reached_alike(figure, known)
        and not (_COUNTED_AS.search(plain[max(0, figure.start - 8) : figure.start]) and _COUNTED.match(plain, figure.end))
        and not (known.bound is Bound.AT_MOST and figure.bound in (Bound.EXACT, Bound.AT_LEAST) and is_goal(figure, plain))
    ):
        return "bound"
    if figure.belongs and known.belongs and not _belongs_alike(figure.belongs, known.belongs):
        return "level"
    if figure.after and _is_of_other_tier(figure, known, unit):
        return "level"
    if not figure.periods <= known.periods:
        return "period"
    return ""


def _is_of_other_tier(figure: Figure, known: Figure, unit: Unit) -> bool:
    """满3000万元的，50万元: the figure before it that is a tier of the unit is not the known figure's."""
    own = {name for name in known.belongs if name.startswith("when")}
    if not own or figure.belongs & own:
        return False
    tiers = {name for other in unit.figures for name in other.belongs}
    named = [name for name in figure.after if name in tiers]
    return bool(named) and named[-1] not in own


def _on_the_way(figure: Figure, plain: str) -> bool:
    """36万元超过每年上限30万元, 本应为36万元: the product is told, and that it is no result."""
    before = re.split(r"[，。；,;]", plain[max(0, figure.start - 40) : figure.start])[-1]
    return bool(WORDS["steps"].match(plain) or WORDS["beyond_cap"].match(plain, figure.end) or WORDS["uncut"].search(before))


def is_goal(figure: Figure, plain: str) -> bool:
    """要达到100万元，…至少需要5000万元: the ceiling is what one wants to reach."""
    return bool(WORDS["goals"].search(plain[: figure.start]) and WORDS["needed"].search(plain, figure.end))


def _reached_alike(figure: Figure, known: Figure) -> bool:
    """满1年 is a year, and a target of a year (到2021年1000家) is reached: 达到 adds nothing to either."""
    pair = {figure.bound, known.bound}
    target = any(name.startswith("date") for name in known.belongs) and known.unit in COUNTED
    return pair == {Bound.EXACT, Bound.AT_LEAST} and (figure.unit in TIME_UNITS or target)


def _belongs_alike(claimed: Iterable[str], known: Iterable[str]) -> bool:
    """For each kind (level, year, tier) that both name, something in common."""
    ours, theirs = _by_kind(claimed), _by_kind(known)
    if not ours.get("tax", set()) <= theirs.get("tax", ours.get("tax", set())):
        return False  # a tax is not lifted with another
    return all(ours[kind] & theirs[kind] for kind in ours.keys() & theirs.keys())


def _by_kind(names: Iterable[str]) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for name in names:
        kinds.setdefault(name.partition(":")[0], set()).add(name)
    return kinds
