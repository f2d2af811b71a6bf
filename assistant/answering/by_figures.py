"""Of rules that fit a question by their words, those that have a place for its figures.

面积6万平方米、入驻率65%、销售额3亿元 fits the rule that asks for all three, not the one of that park that pays by the month.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.binding import fits, slots
from assistant.binding.names import likest_plain
from assistant.binding.units import dimension, fits_exactly, is_bare_sum
from assistant.binding.words import WORDS
from assistant.findings import Findings
from assistant.selecting import RuleMatch
from assistant.understanding.question import Ask, Mention

_LIKE = 0.4
"""Likeness of the words around a figure to the name of a measure from which the figure is one of it."""
_HINT = 0.15
"""The same where the unit (a share, an area) hardly measures anything else."""
_TELLING = frozenset({"share", "area", "mass", "TEU"})
_BESIDE, _ELSEWHERE = 0.5, 0.75
"""How well a rule must fit, against the first, to take its place: one of the same article, one of another."""
_FEWEST, _AS_GOOD = 2, 0.9
"""Figures that call for a rule of another article; a single one does for a rule that fits nearly as well."""
_NOT_FOR = {Ask.VERIFY, Ask.TOTAL, Ask.COMPARE, Ask.STACKING, Ask.INVERSE, Ask.LIST}


def by_figures(found: Findings, chosen: Sequence[RuleMatch]) -> list[RuleMatch]:
    """The rules without those that leave out figures for which another one as near has a place."""
    question = found.question
    figures = [mention for mention in question.mentions if mention.quantity.unit or is_bare_sum(mention)]
    if not figures or question.thread or question.asks & _NOT_FOR or question.adds or any(mention.order for mention in figures):
        return [*chosen]
    first = chosen[0]
    takes = {match.entry.key: _taken(match, figures) for match in (*chosen, *found.ranked[:8])}
    better = [match for match in found.ranked[:8] if _better(match, first, takes)]
    if not better:
        return [*chosen]
    best = max(better, key=lambda match: (len(takes[match.entry.key]), match.score))
    kept = [match for match in chosen if match is not best and not takes[match.entry.key] <= takes[best.entry.key]]
    return [best, *kept]


def _better(match: RuleMatch, first: RuleMatch, takes: dict[tuple[str, str], frozenset[int]]) -> bool:
    own, others = takes[match.entry.key], takes[first.entry.key]
    if match.entry.policy.id != first.entry.policy.id or not match.entry.rule.gives_money or not others < own:
        return False
    beside = match.entry.article.start == first.entry.article.start
    if match.entry.rule.id in (*first.entry.rule.adds_with, *first.entry.rule.excludes):
        return False
    if beside:
        return match.score >= _BESIDE * first.score
    return not others and match.score >= (_ELSEWHERE if len(own) >= _FEWEST else _AS_GOOD) * first.score


def _taken(match: RuleMatch, figures: Sequence[Mention]) -> frozenset[int]:
    return frozenset(number for number, mention in enumerate(figures) if _has_place(match, mention))


def _has_place(match: RuleMatch, mention: Mention) -> bool:
    unit = mention.quantity.unit
    for slot in slots(match.entry.rule):
        if fits_exactly(unit, slot.unit) if unit else fits("CNY", slot.unit):
            least = _HINT if dimension(slot.unit) in _TELLING else _LIKE
            names = (*slot.names, *(WORDS["grown_by"].sub("", name) for name in slot.names[:1]))
            if likest_plain(mention.phrase, names)[0] >= least:
                return True
    return False
