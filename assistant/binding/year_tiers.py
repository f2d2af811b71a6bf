"""Which step of a grant that changes over the years is meant: 第四年 is within 后两年 behind 前三年.

>>> year_option(("前三年", "后两年"), "第四年经济贡献300万元")
'后两年'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"两": 2, "首": 1, "次": 2}
_STEP = re.compile(r"(?P<kind>第|前|头|后|之后|首|次)(?P<n>[一二两三四五六七八九\d]?)(?:个)?(?:年|至第?(?P<to>[二三四五六七八九\d])年)")
_ENGLISH = ("first", "second", "third", "fourth", "fifth", "sixth")
_EN = re.compile(rf"\b(?P<n>{'|'.join(_ENGLISH)}) year\b", re.IGNORECASE)


def year_option(options: Sequence[str], text: str) -> str:
    """The option that holds the year, or the first years, that the text names; "" where it names none or years of several."""
    spans = _spans(options)
    asked = _asked(text)
    if not asked or len(spans) < len(options):
        return ""
    held = [option for option, years in spans.items() if asked <= years]
    return held[0] if len(held) == 1 else ""


def _spans(options: Sequence[str]) -> dict[str, set[int]]:
    """The years each option stands for; 后两年 follow on those before."""
    spans: dict[str, set[int]] = {}
    last = 0
    for option in options:
        match = _STEP.fullmatch(option)
        if match is None:
            return {}
        years = _years(match, last)
        spans[option] = years
        last = max(years)
    return spans


def _years(match: re.Match[str], last: int) -> set[int]:
    kind, n = match["kind"], _number(match["n"]) or 1
    if kind in ("首", "次"):
        return {_DIGITS[kind]}
    if kind == "第":
        return set(range(n, (_number(match["to"]) if match["to"] else n) + 1))
    if kind in ("前", "头"):
        return set(range(1, n + 1))
    return set(range(last + 1, last + n + 1))


def _asked(text: str) -> set[int]:
    found = [_years(match, 0) for match in _STEP.finditer(text) if match["kind"] not in ("后", "之后")]
    found += [{_ENGLISH.index(match["n"].lower()) + 1} for match in _EN.finditer(text)]
    distinct = {frozenset(years) for years in found}
    return set(distinct.pop()) if len(distinct) == 1 else set()


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _DIGITS.get(text, 0)
