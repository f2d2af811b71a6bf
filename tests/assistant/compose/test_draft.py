"""The parts of an answer: citations without repetition, places and labels as people say them, notices on force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.compose.draft import Draft, article_citation, place_name, standing_notice, status_citation, where
from assistant.models import Citation
from index.models import DatedFact, Place, Policy, Status
from tests.index.fakes import policy

POLICY = replace(policy("p", "支持展会，给予5万元。自2025年1月1日起施行。", "支持物流。"), short_title="甲市措施", place_en="Jia")


def cited(start: int, end: int, article: str = "（一）") -> Citation:
    return Citation("p", "若干措施", article, POLICY.text[start:end], start, end)


CITED = [  # citations in the order they come, what is left
    ([(0, 10), (0, 10)], [(0, 10)]),
    ([(0, 10), (2, 5)], [(0, 10)]),
    ([(2, 5), (0, 10)], [(0, 10)]),
    ([(0, 5), (6, 10)], [(0, 5), (6, 10)]),
    ([(0, 5), (3, 10)], [(0, 5), (3, 10)]),
]


@pytest.mark.parametrize(("given", "left"), CITED)
def test_words_are_cited_once(given: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    draft = Draft()
    for start, end in given:
        draft.cite(cited(start, end))
    assert [(citation.start, citation.end) for citation in draft.citations] == left


def test_the_same_stretch_of_another_policy_is_another_citation() -> None:
    draft = Draft()
    draft.cite(cited(0, 10))
    draft.cite(replace(cited(0, 10), policy="q"))
    assert len(draft.citations) == 2


def test_a_citation_is_the_words_of_the_text() -> None:
    article = POLICY.articles[0]
    citation = article_citation(POLICY, article)
    assert citation.quote == POLICY.text[citation.start : citation.end] == article.text.strip()
    assert citation.article == "（一）"


def test_notices_and_steps_are_told_once() -> None:
    draft = Draft()
    for _ in range(2):
        draft.notice("注意")
        draft.work("1 + 1 = 2")
    draft.notice("")
    assert (draft.notices, draft.details) == (["注意"], ["1 + 1 = 2"])


@pytest.mark.parametrize(
    ("place", "english", "chinese_name", "english_name"),
    [
        (Place("云南省", "云岭市"), "Yunling", "云岭", "Yunling"),
        (Place("云南省", "云岭市", "东山区"), "", "东山区", "东山区"),
        (Place("云南省"), "", "云南省", "云南省"),
        (Place(city="甲市"), "", "甲市", "甲市"),
    ],
)
def test_place_names(place: Place, english: str, chinese_name: str, english_name: str) -> None:
    of = replace(POLICY, place=place, place_en=english)
    assert (place_name(of), place_name(of, zh=False)) == (chinese_name, english_name)


@pytest.mark.parametrize(
    ("label", "chinese"), [("（二）", "甲市《甲市措施》（二）"), (None, "甲市《甲市措施》"), ("4", "甲市《甲市措施》第4条")]
)
def test_where(label: str | None, chinese: str) -> None:
    assert where(POLICY, label) == chinese


def dated(status: Status, first: date | None, last: date | None) -> Policy:
    return replace(POLICY, status=status, effective_from=DatedFact(first), effective_to=DatedFact(last))


FIRST, LAST = date(2025, 1, 1), date(2027, 6, 30)
FORCE = [  # status, first day, last day, day asked about, what the notice says in Chinese and in English
    (Status.IN_FORCE, FIRST, LAST, date(2024, 12, 31), "尚未生效", "not yet in force"),
    (Status.IN_FORCE, FIRST, LAST, date(2025, 1, 1), "", ""),
    (Status.IN_FORCE, FIRST, LAST, date(2027, 6, 30), "", ""),
    (Status.IN_FORCE, FIRST, LAST, date(2027, 7, 1), "已失效", "expired"),
    (Status.IN_FORCE, FIRST, None, date(2027, 7, 1), "没有写明有效期截止日期", "no end date"),
    (Status.DRAFT, FIRST, LAST, date(2026, 1, 1), "征求意见稿", "draft"),
    (Status.DRAFT, None, None, date(2026, 1, 1), "征求意见稿", "draft"),
    (Status.PLAN, FIRST, LAST, date(2027, 7, 1), "已经结束", "over"),
    (Status.UNKNOWN, None, None, date(2026, 1, 1), "没有写明有效期截止日期", "no end date"),
]


@pytest.mark.parametrize(("status", "first", "last", "on", "chinese", "english"), FORCE)
def test_force_on_a_day(status: Status, first: date | None, last: date | None, on: date, chinese: str, english: str) -> None:
    told, told_en = (standing_notice(dated(status, first, last), on, zh) for zh in (True, False))
    assert (bool(told), bool(told_en)) == (bool(chinese), bool(english))
    assert chinese in told
    assert english in told_en


def test_the_words_of_force_are_cited_in_their_sentence() -> None:
    of = replace(POLICY, effective_from=DatedFact(FIRST, "自2025年1月1日起施行"))
    citation = status_citation(of)
    assert citation.quote == "自2025年1月1日起施行。"
    assert of.text[citation.start : citation.end] == citation.quote


def test_a_document_silent_on_its_force_is_cited_from_its_beginning() -> None:
    assert status_citation(POLICY).start == 0
