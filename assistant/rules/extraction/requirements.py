"""Items that list what a company must reach, below a sentence that says what follows: no targets of a government.

满足以下条件之一的企业，按总部企业政策给予奖励。
（二）满足下列行业营业收入及纳税条件。
1.批发业：上一年度营业收入5亿元以上；纳税总额不低于900万元。      # a threshold, and its consequence stands above
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.conditions import compare, measure_label
from assistant.rules.extraction.confidence import confidence_of
from assistant.rules.extraction.governing import parent_of
from assistant.rules.extraction.quoting import Source
from assistant.rules.extraction.roles import Role, Series, read_series
from assistant.rules.quotes import unquoted
from assistant.rules.schema import Clause, Compare, Period, Rule, RuleKind
from index.models import Bound

_ANNOUNCES = re.compile(r"(?:满足|符合|达到|具备)(?:以下|下列|如下)[^。；]{0,24}(?:条件|标准|要求)")
_OTHER_CASE = re.compile("^其中")
_CONSEQUENCE = re.compile("(?:按照?|参照|可|给予|予以|享受).*$")
_LONGEST_NAME = 24


def lists_requirements(source: Source, sources: Sequence[Source]) -> bool:
    """Whether the article is an item of a list of conditions."""
    above = parent_of(source, sources)
    if above is None:
        return False
    words = [above.article.heading, *(sentence.text for sentence in above.sentences[-1:])]
    return any(_ANNOUNCES.search(text) for text in words)


def rules(source: Source, sources: Sequence[Source]) -> Iterator[Rule]:
    """The figures of such an item as one threshold."""
    promise = _promise_above(source, sources)
    if promise is None or len(source.sentences) != 1:
        return
    under, consequence, heading = promise
    clauses = source.sentences[0].clauses
    pieces = [piece for clause in clauses if not clause.lead for piece in clause.pieces if not _OTHER_CASE.match(piece.text)]
    compared = [compare(s.quantities[0], label) for piece in pieces for s in read_series(piece) if _asks(s) and (label := measure_label(s))]
    if not compared or any(_OTHER_CASE.match(piece.text) for piece in pieces):
        return
    name = clauses[0].text if clauses[0].lead else source.article.heading
    whose = name if 1 < len(name) <= _LONGEST_NAME else name[-_LONGEST_NAME:].split("、", 1)[-1]
    rule = _rule(source, under, consequence, f"{heading}条件（{whose}）" if whose else f"{heading}条件", whose, tuple(compared))
    if rule:
        yield rule


def _asks(series: Series) -> bool:
    return series.role is Role.CONDITION and series.unit not in ("", "time") and series.bound in (Bound.AT_LEAST, Bound.MORE_THAN)


def _promise_above(source: Source, sources: Sequence[Source]) -> tuple[Clause, str, str] | None:
    """The nearest sentence above that gives something without a figure, what it gives, and the heading it stands under."""
    above = parent_of(source, sources)
    while above is not None:
        for sentence in reversed(above.sentences):
            last = sentence.clauses[-1].pieces[-1]
            found = _CONSEQUENCE.search(last.text)
            if found and p.SOFT_GRANT.search(sentence.text) and not any(piece.quantities for piece in sentence.clauses[-1].pieces):
                quote = above.quote(sentence.clauses[0].pieces[0].start, last.end)
                return Clause(article=above.article.label, quote=quote), found.group(), above.article.heading
        above = parent_of(above, sources)
    return None


def _rule(source: Source, under: Clause, consequence: str, label: str, whose: str, conditions: tuple[Compare, ...]) -> Rule | None:
    first, last = source.sentences[0].clauses[0].pieces[0], source.sentences[0].clauses[-1].pieces[-1]
    try:
        rule = Rule(
            id="proposed",
            label=label,
            article=source.article.label,
            quote=source.quote(first.start, last.end),
            kind=RuleKind.THRESHOLD,
            beneficiary=whose or "相关主体",
            under=under,
            period=Period.UNSTATED,
            conditions=conditions,
            consequence=consequence,
            confidence=confidence_of(["没有数额"]),
        )
    except ValidationError:
        return None
    return None if unquoted(rule) else rule
