"""Spoils right answers by program, in many ways: what the verification must catch.

    for mutant in mutants(source, seed=1):
        mutant.kind, mutant.text, mutant.what      # "ceiling removed", "…100万元…", "最高100万元 -> 100万元"

A mutation is wrong by the way it is made: the figure has another value, the quotation another character. Where a change may
leave a statement true (a city that grants the same, a ceiling word where the text has one), it is not made.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from eval.mutations import bounds, claims, figures, naming, promises
from eval.mutations.source import Mutant, Mutator, Source
from eval.mutations.words import WORDS


def mutants(source: Source, seed: int, each: int = 2) -> Iterator[Mutant]:
    """Up to `each` mutants of every kind that can be made of an answer; the same for the same seed."""
    for kind, mutator in KINDS.items():
        chance = random.Random(f"{seed}/{source.id}/{kind}")
        changes = [change for change in mutator(source, chance) if source.text[change[0] : change[1]] != change[2]]
        changes = list(dict.fromkeys(changes))
        for start, end, words in chance.sample(changes, min(each, len(changes))):
            text = source.text[:start] + words + source.text[end:]
            yield Mutant(source.id, kind, text, f"{source.text[max(0, start - 12) : end + 4]!r} -> {words!r}")


KINDS: dict[str, Mutator] = {
    "digit changed": figures.digit,
    "digit changed outside quotations": figures.unquoted_digit,
    "万 for 亿": figures.scale,
    "‰ for %": figures.thousandth,
    "unit swapped": figures.unit,
    "currency swapped": figures.currency,
    "city swapped": naming.city,
    "city without document": naming.uncovered_city,
    "article swapped": naming.article,
    "article that is not there": naming.missing_article,
    "year swapped": naming.year,
    "month changed": naming.day,
    "ceiling removed": bounds.no_ceiling,
    "ceiling added": bounds.new_ceiling,
    "bound turned": bounds.bound,
    "> for ≥": bounds.strictness,
    "department swapped": naming.department,
    "lead and others exchanged": naming.lead,
    "status dropped": claims.no_status,
    "status turned": claims.status,
    "quotation altered by a character": claims.quotation,
    "wrong number in Chinese numerals": figures.chinese_numeral,
    "sentence of another city": claims.other_city,
    "invented incentive with a figure": claims.invented,
    "invented incentive in words": claims.invented_plain,
    "negation dropped": claims.replacing(WORDS.negations),
    "negation added": claims.replacing(WORDS.affirmations),
    "once for each year": bounds.period,
    "level swapped": bounds.level,
    "cap and rate swapped": figures.cap_and_rate,
    "tiers exchanged": figures.tiers,
    "business mode swapped": naming.mode,
    "rounded": figures.rounded,
    "sum of another article": figures.welded,
    "sum of another rule of the article": figures.same_article,
    "title altered": naming.title,
    "document number altered": naming.number,
    "the user's wrong figure": figures.believed,
    "condition met for not met": claims.marks,
    "ceiling promised": bounds.guarantee,
    "wrong result of a sum": figures.sum,
    "product before the ceiling": promises.uncapped,
    "given to everyone": promises.widened,
    "all or half for a share": promises.rate_in_words,
    "given to somebody else": promises.recipient,
    "lead of another article": promises.lead_of_another,
    "issued by another body": promises.publisher,
    "combined as no document says": promises.combined,
}
