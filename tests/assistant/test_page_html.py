"""Answers as HTML: complete, and nothing in a text is obeyed."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Answer, Behaviour, NumberCheck
from assistant.page_html import answer_html, conclusion_html, error_html, facts_html, marked, question_html
from tests.desk import HOSTILE, QUOTE, ScriptedDesk

DESK = ScriptedDesk()


def answer(question: str = "能拿多少？") -> Answer:
    return DESK.ask(question)


def test_a_citation_opens_to_its_article_with_the_quotation_marked() -> None:
    html = answer_html(answer(), DESK.article_text)
    assert "<summary>《支持平台若干措施》 <b>（二）</b></summary>" in html
    assert f"<mark>{QUOTE}</mark>。&lt;b&gt;以实际到账为准" in html


def test_a_citation_without_a_known_article_shows_its_quotation() -> None:
    assert "<mark>本措施自发布之日起施行</mark>" in answer_html(answer(), DESK.article_text)


def test_the_conclusion_stands_first_and_once() -> None:
    html = answer_html(answer(), DESK.article_text)
    assert html.count(answer().conclusion) == 1
    assert html.index(answer().conclusion) < html.index("您问的是")
    assert conclusion_html(answer().conclusion).count(answer().conclusion) == 1


NOTICE = "“最高”是上限，不是承诺的金额。"
BODY = "最高可获得100万元。\n\n依据（二）"


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\n**提示**\n- {NOTICE}",
        f"{BODY}\n\n**Please note**\n- {NOTICE}\n",
        f"{BODY}\n- {NOTICE}",
    ],
)
def test_notices_are_set_apart_and_said_once(text: str) -> None:
    html = answer_html(replace(answer(), text=text, notices=(NOTICE,)), DESK.article_text)
    body, apart = html.split('<div class="pd-notices">')
    assert "依据（二）" in body
    assert not any(words in body for words in (NOTICE, "提示", "Please note"))
    assert apart.count(NOTICE) == 1


def test_a_notice_in_the_midst_of_the_text_stays_there() -> None:
    html = answer_html(replace(answer(), text=f"{NOTICE}\n\n{BODY}", notices=(NOTICE,)), DESK.article_text)
    assert html.count(NOTICE) == 1


def test_an_unproven_figure_takes_the_mark_of_proof_away() -> None:
    unproven = replace(answer(), checks=(*answer().checks, NumberCheck("7", answer().checks[0].value, "CNY", "")))
    assert "✓" in answer_html(answer(), DESK.article_text)
    assert "✓" not in answer_html(unproven, DESK.article_text)


HOSTILE_PLACES = {
    "question": question_html(HOSTILE),
    "error": error_html(HOSTILE),
    "facts": facts_html({HOSTILE: HOSTILE}, "已记住"),
    "article": marked(HOSTILE, ["script"]) + marked(HOSTILE, [f"{HOSTILE} elsewhere"]),
    "text": answer_html(answer(HOSTILE), DESK.article_text),
    "notice": answer_html(replace(answer(), notices=(HOSTILE,)), DESK.article_text),
    "conclusion": conclusion_html(HOSTILE),
    "title": answer_html(
        replace(answer(), citations=(replace(answer().citations[0], title=HOSTILE, article=HOSTILE, quote=HOSTILE),)), DESK.article_text
    ),
}


@pytest.mark.parametrize("place", HOSTILE_PLACES)
def test_tags_links_and_images_in_a_text_stay_text(place: str) -> None:
    html = HOSTILE_PLACES[place]
    assert "&lt;script&gt;" in html
    assert not any(tag in html for tag in ("<script", "<img", "<a ", "href=", 'src=x onerror="w'))


@given(st.text(alphabet="上限最高<&>\"' 1", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3))
def test_marking_changes_no_word(text: str, ends: list[tuple[int, int]]) -> None:
    """Overlapping, repeated and empty quotations included. Blank stretches alone are left out."""
    quotes = [text[min(pair) : max(pair)] for pair in ends]
    shown = unescape(re.sub("</?mark>", "", marked(text, quotes)))
    assert shown.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("quotes", "html"),
    [
        (["bc"], "a<mark>bc</mark>def"),
        (["bc", "e"], "a<mark>bc</mark>d<mark>e</mark>f"),
        (["bcd", "cde"], "a<mark>bcd</mark><mark>e</mark>f"),
        (["bcd", "c"], "a<mark>bcd</mark>ef"),
        (["x"], "<mark>x</mark>"),
        ([], "abcdef"),
    ],
)
def test_quotations_are_marked_where_they_stand(quotes: list[str], html: str) -> None:
    assert marked("abcdef", quotes) == html


def test_quotations_of_one_article_stand_in_one_source() -> None:
    first = answer().citations[0]
    both = replace(answer(), citations=(first, replace(first, quote="鼓励企业建设线上平台")))
    html = answer_html(both, DESK.article_text)
    assert html.count("<details") == 1
    assert html.count("<mark>") == 2


@pytest.mark.parametrize("behaviour", Behaviour)
def test_every_kind_of_answer_is_one_line(behaviour: Behaviour) -> None:
    """The chat reads Markdown: an empty line would end the HTML and show the rest as source."""
    html = answer_html(replace(answer("a\n\n    b\n\n```\nc\n\nd\n```"), behaviour=behaviour), DESK.article_text)
    assert "\n" not in html
