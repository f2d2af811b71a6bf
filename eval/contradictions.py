"""Expectations that no answer could meet together: the case is wrong then, not the answer.

for complaint in contradictions(case):
    complaint.way, complaint.words
"""

from __future__ import annotations

from collections.abc import Iterator

from eval.complaints import Complaint
from eval.figures import figures, states
from eval.schema import Case, Expect


def contradictions(case: Case) -> Iterator[Complaint]:
    """Everything in `expect` that speaks against something else in it."""
    expect = case.expect
    if expect.behaviour_also == expect.behaviour:
        yield Complaint(("expect", "behaviour_also"), f"is {expect.behaviour!r}, as 'behaviour' is. Take it away, or name another.")
    yield from _figures(expect)
    yield from _documents(expect)
    yield from _words(expect)


def _figures(expect: Expect) -> Iterator[Complaint]:
    wanted = {name: getattr(expect, name) for name in ("numbers_conclusion", "numbers_all")}
    for number, words in enumerate(expect.numbers_none):
        for name, listed in wanted.items():
            same = next((other for other in listed if states(figures(other), words)), None)
            if same is not None:
                advice = "Take one away; what may be mentioned but not concluded with belongs into numbers_not_final"
                yield Complaint(("expect", "numbers_none", number), f"{words} is wanted in {name}, too ({same}). {advice}.")
                break


def _documents(expect: Expect) -> Iterator[Complaint]:
    for number, document in enumerate(expect.cite_none_docs):
        for name, cites in (("cite_all", expect.cite_all), ("cite_any", expect.cite_any)):
            if any(cite.doc == document for cite in cites):
                yield Complaint(("expect", "cite_none_docs", number), f"{document} is to be cited by {name}, too. Take one away.")
                break


def _words(expect: Expect) -> Iterator[Complaint]:
    groups = [("text_any", group) for group in expect.text_any] + [("text_conclusion", group) for group in expect.text_conclusion]
    for number, unwanted in enumerate(expect.text_none):
        for name, group in groups:
            spoilt = [word for word in group if unwanted.lower() in word.lower()]
            if unwanted.lower() in (word.lower() for word in group) or len(spoilt) == len(group):
                yield Complaint(
                    ("expect", "text_none", number), f"{unwanted!r} is wanted in {name}, too ({' / '.join(group)}). Take one away."
                )
                break
