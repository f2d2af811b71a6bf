"""Who is responsible, and who leads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import split_articles
from index.config import ROOT
from index.departments import find_departments, first_is_lead, split_names
from index.policies import load_policy


def found(text: str, lead_first: bool = False) -> list[str]:
    return [("*" if d.lead else "") + d.name for d in find_departments(text, lead_first)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "…（牵头单位：秦皇岛开发区管委会，责任单位：市外事商务局、北戴河海关）",
            ["*秦皇岛开发区管委会", "市外事商务局", "北戴河海关"],
            id="brackets",
        ),
        pytest.param(
            "…扶持。（责任单位：各县区政府，秦皇岛开发区、北戴河新区管委会，市财政局）",
            ["各县区政府", "秦皇岛开发区", "北戴河新区管委会", "市财政局"],
            id="no lead",
        ),
        pytest.param(
            "…\n牵头单位：市综试办\n责任单位：市发改委（口岸办）、市委宣传部（网信办）\n",
            ["*市综试办", "市发改委（口岸办）", "市委宣传部（网信办）"],
            id="lines",
        ),
        pytest.param(
            "…（市交通局、市港口口岸局牵头，市公安局、相关区市县和开放先导区配合）",
            ["*市交通局", "*市港口口岸局", "市公安局", "相关区市县和开放先导区"],
            id="牵头 … 配合",
        ),
        pytest.param("…（市财政局、市港口口岸局负责）", ["市财政局", "市港口口岸局"], id="负责"),
        pytest.param(
            "…（牵头单位：市商务委；责任单位：市发展改革委，各区县政府）", ["*市商务委", "市发展改革委", "各区县政府"], id="semicolon"
        ),
        pytest.param(
            "[责任单位：市商务局、人民银行株洲市分行（国家外汇管理局株洲市分局）]",
            ["市商务局", "人民银行株洲市分行（国家外汇管理局株洲市分局）"],
            id="brackets in names",
        ),
        pytest.param(
            "责任单位：市综试办、各县（市）、区（含开发区（管理区），下同）\n",
            ["市综试办", "各县（市）、区（含开发区（管理区），下同）"],
            id="nested brackets",
        ),
        pytest.param("责任单位：各县、区人民政府，市、区商务部门\n", ["各县、区人民政府", "市、区商务部门"], id="short forms"),
        pytest.param("【责任单位】区商务局、区财政局\n", ["区商务局", "区财政局"], id="name label"),
        pytest.param("给予补贴。责任单位：区商务局。另行规定。", ["区商务局"], id="in the line"),
        pytest.param("市商务局会同市财政局审核（具体办法另行制定）。", [], id="prose names nobody"),
    ],
)
def test_find_departments(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_the_first_leads_where_the_document_says_so() -> None:
    text = "甲。[责任单位：市商务局、市财政局，第一位为牵头部门，下同]\n"
    assert first_is_lead(text)
    assert found(text, lead_first=True) == ["*市商务局", "市财政局"]


@pytest.mark.parametrize("words", ["排名第一的单位为牵头单位", "列首位的为牵头部门", "第一位为牵头部门"])
def test_ways_to_say_that_the_first_leads(words: str) -> None:
    assert first_is_lead(f"（责任单位：市商务局、市财政局，{words}，下同）")


def test_a_named_lead_overrides_the_rule() -> None:
    assert found("（牵头单位：市商务局，责任单位：市财政局）", lead_first=True) == ["*市商务局", "市财政局"]


def test_the_rule_of_a_document_holds_in_all_its_articles() -> None:
    policy = load_policy(ROOT / "policies_text" / "zhuzhou-draft")
    assert [d.name for d in policy.article("（二十一）").departments if d.lead] == ["市商务局"]
    assert [d.name for d in policy.article("（十二）").departments if d.lead] == ["市金融办"]
    assert [d.name for d in policy.article("（九）").departments][-1] == "人民银行株洲市分行（国家外汇管理局株洲市分局）"


def test_without_the_rule_nobody_leads() -> None:
    articles, _ = split_articles("一、甲\n（一）乙。（责任单位：市商务局）\n（二）丙。（责任单位：市商务局）\n")
    assert not any(d.lead for a in articles for d in a.departments)


def test_tangshan_lists_broken_by_a_page_are_whole() -> None:
    policy = load_policy(ROOT / "policies_text" / "tangshan-2018-141")
    assert [d.name for d in policy.article("二（四）5").departments][-1] == "市海洋口岸和港航管理局"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="市区县各局（）、，；：责任单位牵头配合。\n[]", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for department in find_departments(text, lead_first=True):
        assert department.name in text.replace("，", "、").replace("；", "、") or "、" in department.name


def test_an_unclosed_bracket_keeps_its_name() -> None:
    assert split_names("市商务局、人民银行（外汇局") == ["市商务局", "人民银行（外汇局"]
