"""One answer judged: each check with a right and a wrong answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eval.checking import failures, judge
from eval.corpus import Corpus, is_label
from eval.figures import figures, states, totals
from eval.metrics import measure
from eval.replies import Reply
from eval.schema import Case
from index.config import ROOT
from index.errors import InputFileError
from index.policies import load_policies
from tests.eval.answering import QUOTE, RIGHT

CORPUS = Corpus(load_policies(ROOT / "policies_text")[0])
ON = date(2026, 6, 30)
QHD = "qinhuangdao-2022-26"


def case(turn: str = "秦皇岛1210，年线上交易额8000万元，能拿多少？", **expect: Any) -> Case:
    wanted = {"behaviour": "answer", "cite_any": [{"doc": QHD, "article": "（二）"}], "numbers_all": ["100万元"], **expect}
    return Case.model_validate({"id": "a", "turns": [turn], "expect": wanted})


def reasons(one: Case, **answer: Any) -> list[str]:
    given = {**RIGHT, **answer}
    if "text" in answer and "conclusion" not in answer:
        given["conclusion"] = answer["text"]
    return failures(judge(one, Reply.of(given), CORPUS, ON))


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [
        ("RMB 1 million", "100万元"), ("一百万元", "100万元"), ("¥1.6 million", "160万元"), ("百分之二", "2%"),
        ("1,000 square metres", "1000平方米"), ("20 enterprises", "20家"), ("12个月", "1年"), ("满一年", "1年"), ("72,000 yuan", "7.2万元"),
        ("100万", "100万元"), ("4元/平方米", "4元"),
    ],
)  # fmt: skip
def test_a_figure_in_any_notation(stated: str, wanted: str) -> None:
    assert states(figures(stated), wanted)


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [("100万美元", "100万元"), ("100万", "100万美元"), ("2", "2%"), ("12%", "2%"), ("2021年", "1年"), ("50家", "50万元")],
)
def test_another_figure(stated: str, wanted: str) -> None:
    assert not states(figures(stated), wanted)


@pytest.mark.parametrize(
    ("label", "wanted", "same"),
    [("二（二）", "（二）", True), ("（十二）", "（二）", False), ("三（三）1", "（三）1.", True), (None, "一", False)],
)
def test_labels(label: str | None, wanted: str, same: bool) -> None:
    assert is_label(label, wanted) is same


@pytest.mark.parametrize(
    ("text", "known", "wanted"),
    [
        ("合计：9万元 + 9万元 = 18万元", "9万元", ["180000"]),
        ("RMB 600,000 + RMB 300,000 = RMB 900,000", "60万元；30万元", ["900000"]),
        ("9万元 + 9万元 = 19万元", "9万元", []),  # does not hold
        ("9万元 + 8万元 = 17万元", "9万元", []),  # made of a figure that nothing proves
        ("9万元 + 2年 = 11万元", "9万元；2年", []),
        ("9万元 = 9万元", "9万元", []),
    ],
)
def test_totals_are_proven_by_their_parts(text: str, known: str, wanted: list[str]) -> None:
    assert [str(figure.value) for figure in totals(text, figures(known))] == wanted


def test_a_right_answer() -> None:
    assert reasons(case()) == []


@pytest.mark.parametrize(
    ("expect", "answer", "reason"),
    [
        ({}, {"text": " "}, "the answer is empty"),
        ({}, {"behaviour": "refuse"}, "behaviour is refuse, not answer"),
        ({}, {"text": "最高100万元，但我无法回答。"}, "behaviour is a refusal in words, not answer"),
        ({}, {"citations": []}, f"does not cite {QHD} （二）"),
        ({"cite_all": [{"doc": QHD, "article": None}]}, {"citations": []}, f"does not cite {QHD} (anywhere)"),
        ({"cite_none_docs": [QHD]}, {}, f"cites {QHD}"),
        ({}, {"text": "最高200万元"}, "does not state 100万元"),
        ({"numbers_conclusion": ["100万元"]}, {"conclusion": "有上限。", "text": "最高100万元"}, "does not conclude 100万元"),
        ({"numbers_none": ["2%"]}, {"text": "2%，最高100万元"}, "states 2%"),
        ({"numbers_not_final": ["160万元"]}, {"text": "可得160万元。最高100万元。"}, "concludes with 160万元"),
        ({"text_any": [["交易额", "turnover"], ["海关"]]}, {}, "says none of 海关"),
        ({"text_conclusion": [["尚未"]]}, {"conclusion": "最高100万元", "text": "最高100万元。尚未施行。"}, "concludes none of 尚未"),
        ({"text_none": ["不保证"]}, {"text": "**不**保证最高100万元"}, "says 不保证"),
        ({"text_none": ["保证"]}, {"text": "保证最高100万元"}, "says 保证"),
        ({}, {"text": "可得100万元"}, "promises 100万元, which is a ceiling: 可得100万元"),
        ({}, {"text": "连云港最高100万元"}, "speaks of 连云港市, which nobody asked about"),
        ({}, {"text": "深圳最高100万元"}, "speaks of 深圳市, which nobody asked about"),
        ({}, {"text": "最高100万元，比例3%"}, "concludes 3%: in no cited article, not asked, not worked out"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(expect: dict[str, Any], answer: dict[str, Any], reason: str) -> None:
    assert reason in reasons(case(**expect), **answer)


@pytest.mark.parametrize(
    "text",
    [
        "8000万元×2%=160万元，超过上限，按100万元计。",
        "不是160万元，最高100万元。",
        "The 2% would be RMB 1.6 million; capped at RMB 1 million.",
    ],
)
def test_a_figure_that_is_set_aside_is_not_concluded(text: str) -> None:
    assert reasons(case(numbers_not_final=["160万元"]), text=text) == []


def test_what_is_owed_need_not_be_called_a_ceiling() -> None:
    assert reasons(case("秦皇岛1210，年线上交易额5000万元，能拿多少？"), text="可得100万元") == []


def test_a_sum_out_of_a_rate_that_is_a_ceiling_is_one() -> None:
    rent = Case.model_validate(
        {"id": "a", "turns": ["连云港综保区租仓，一年租金60万元，支持多少？"],
         "expect": {"behaviour": "answer", "cite_all": [{"doc": "lianyungang-2024", "article": "（十一）"}], "numbers_all": ["18万元"]}}
    )  # fmt: skip
    cited = [{"policy": "lianyungang-2024", "article": "（十一）", "quote": "给予企业不超过租金30%的支持"}]
    assert reasons(rent, text="最高18万元", citations=cited) == []
    assert "promises 18万元, which is a ceiling: 可得18万元" in reasons(rent, text="可得18万元", citations=cited)


def test_a_quotation_must_stand_where_it_is_cited() -> None:
    def cited(**changed: str) -> list[str]:
        return reasons(case(cite_any=[{"doc": QHD, "article": None}]), citations=[{**RIGHT["citations"][0], **changed}])

    assert cited() == []
    assert "does not stand in" in cited(quote=QUOTE.replace("100", "300"))[0]
    assert "does not stand in" in cited(article="（四）")[0]


@pytest.mark.parametrize(("on", "text", "right"), [(ON, "最高50万元", False), (ON, "最高50万元（征求意见稿）", True)])
def test_a_draft_is_called_one(on: date, text: str, right: bool) -> None:
    draft = case("株洲集货仓最高奖多少？", cite_any=[{"doc": "zhuzhou-draft", "article": "（九）"}], numbers_all=["50万元"])
    cited = [{"policy": "zhuzhou-draft", "article": "（九）", "quote": ""}]
    assert (reasons(draft, text=text, citations=cited) == []) is right


def test_a_question_about_no_city_is_answered_for_the_right_one() -> None:
    general = case("哪个城市按线上交易额的2%支持1210？")
    assert reasons(general, text="秦皇岛，最高100万元。") == []
    assert reasons(general, text="唐山，最高100万元。") == [f"speaks of another city than the one of {QHD}"]


def test_who_may_answer_instead_of_refusing_must_say_that_there_is_nothing() -> None:
    either = case(behaviour="refuse", behaviour_also="answer", cite_any=[], numbers_all=[], text_any=[["没有"]])
    assert reasons(either, text="文件没有规定。", behaviour="answer") == []
    assert reasons(either, text="最高100万元。", behaviour="answer") == ["says none of 没有"]


def test_an_answer_of_the_other_kind_that_is_right_too_need_not_cite() -> None:
    either = case(behaviour="clarify", behaviour_also="answer")
    assert reasons(either, text="看情况。", citations=[]) == []
    assert reasons(either, text="请问金额？", citations=[], behaviour="clarify") != []


@pytest.mark.parametrize("record", [{"text": 3}, {"text": "x", "citations": {}}, {"checks": "none"}])
def test_a_reply_of_another_shape(record: dict[str, Any]) -> None:
    with pytest.raises(InputFileError, match="the answer's"):
        Reply.of(record)


def test_words_are_found_without_the_marks_of_markdown() -> None:
    assert reasons(case(text_any=[["最高100万元"]], text_conclusion=[["最高100"]]), text="最高**100万元**") == []


def test_what_is_ok_gives_no_reason() -> None:
    found = judge(case(), Reply.of(RIGHT), CORPUS, ON)
    assert {check.reason for check in found} == {""}
    assert next(check.wanted for check in found if check.name == "numbers_all") == "100万元"


def test_metrics() -> None:
    one = case(cite_all=[{"doc": QHD, "article": "（四）"}], numbers_conclusion=["2%"])
    reply = Reply.of(
        {**RIGHT, "citations": [{"policy": QHD, "article": "（八）"}, *RIGHT["citations"]], "checks": [{"text": "100万元", "proof": ""}]}
    )
    found = {metric.name: (metric.value, metric.reason) for metric in measure(one, reply, judge(one, reply, CORPUS, ON))}
    assert found["citation_precision"] == (0.5, f"besides: {QHD} （八）")
    assert found["citation_recall"] == (0.5, f"missing: {QHD} （四）")
    assert found["right_article_rank"][0] == 2
    assert (found["numbers_stated"][0], found["numbers_missing"]) == (1, (1, "does not conclude 2%"))
    assert found["unproven_figures"] == (1, "100万元")
    assert found["ceiling_kept"][0] == 1
