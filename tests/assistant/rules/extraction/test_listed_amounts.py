"""Amounts that stand in lists: by kind, by step, by grade, in one breath, by year and by month."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.rules.extraction.clauses import read_sentences
from assistant.rules.extraction.joint import apart
from assistant.rules.extraction.paying import sums_by_year
from assistant.rules.extraction.respective import grades_in, kinds_in
from assistant.rules.schema import Rule
from tests.assistant.rules.extraction.proposing import propose

BY_KIND = [  # sentence, what each kind gets
    ("对新引进的人才发放住房补贴，其中本科生1万元，硕士研究生3万元，博士研究生5万元。",
        {"本科生": 10000, "硕士研究生": 30000, "博士研究生": 50000}),
    ("对新认定的研发机构给予奖励：市级10万元、省级20万元、国家级50万元。", {"市级": 100000, "省级": 200000, "国家级": 500000}),
    ("企业当年获得称号的，给予奖励。国家级50万元、省级30万元。", {"国家级": 500000, "省级": 300000}),
    ("对获得荣誉的单位给予配套奖励，县级奖励1万元，市级奖励3万元。", {"县级": 10000, "市级": 30000}),
    ("对新评定为2—4星级的民宿，一次性分别给予2万元、5万元、9万元奖励。", {"2星级": 20000, "3星级": 50000, "4星级": 90000}),
    ("对引进国际性、全国性主办的大型会议、会展、论坛，分别给予10万元、6万元奖励。", {"国际性": 100000, "全国性": 60000}),
    ("对牵头制定并获批国际标准、国家标准、行业标准的，分别给予30万元、20万元、10万元奖励。",
        {"国际标准": 300000, "国家标准": 200000, "行业标准": 100000}),
]  # fmt: skip


def given(rule: Rule) -> dict[str, int]:
    return {tier.label: int((tier.amount or tier.rate).value) for tier in rule.tiers if tier.amount}  # type: ignore[union-attr]


@pytest.mark.parametrize(("sentence", "expected"), BY_KIND)
def test_each_kind_gets_its_amount(sentence: str, expected: dict[str, int]) -> None:
    rules = [rule for rule in propose(sentence).rules if rule.gives_money]
    assert [given(rule) for rule in rules] == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "对新引进企业给予扶持，落户奖励100万元，租金补贴20万元。",
        "对乙类企业给予6万元奖励；对丙类企业给予7万元奖励。",
        "对入驻企业给予扶持，其中每季度补助5万元，全年补助20万元。",
    ],
)
def test_parts_and_other_grants_are_no_kinds(sentence: str) -> None:
    assert not [rule for rule in propose(sentence).rules if given(rule)]


def test_steps_named_in_a_list_are_compared() -> None:
    rule = propose("对总部企业，年度地方贡献500万元及以上至1000万元、1000万元以上的，分别按其地方贡献的30%、40%给予奖励。").rules[0]
    assert [(str(tier.when.value), str(tier.rate.value)) for tier in rule.tiers] == [("5000000", "0.3"), ("10000000", "0.4")]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "count", "names"),
    [
        ("评为一至三等的企业", 3, ["一等", "二等", "三等"]),
        ("新评为3A-5A级的景区", 3, ["3A", "4A", "5A"]),
        ("投资500-1000万元的企业", 2, []),
        ("评为1-3级的企业", 2, []),
    ],
)
def test_grades_of_a_range(text: str, count: int, names: list[str]) -> None:
    assert grades_in(text, count) == names


def test_a_list_of_another_length_names_nothing() -> None:
    assert kinds_in("获得甲称号、乙称号、丙称号的企业", 2) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("每人给予一次性科研经费5万元和每年6万元的生活补助。", 2),
        ("给予30万元安家补贴和每月3000元生活津贴。", 2),
        ("对入驻企业给予装修补贴10万元、开办费5万元。", 2),
        ("分别给予100万元和50万元奖励。", 1),
        ("给予20万元奖励。", 1),
    ],
)
def test_supports_in_one_breath(text: str, parts: int) -> None:
    assert len(apart(read_sentences(text)[0].clauses[0].pieces[0])) == parts


def test_supports_in_one_breath_are_both_given() -> None:
    first, second = propose("对新引进的博士，给予30万元安家补贴和每年2万元生活津贴。").rules
    assert (first.adds_with, second.adds_with) == ((second.id,), (first.id,))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("9万元奖励（第一年奖励4万元，第二年奖励3万元，第三年奖励2万元）", [(1,), (2,), (3,)]),
        ("9万元奖励（首年3万元，后两年每年3万元）", [(1,), (2, 3)]),
        ("9万元奖励（第一年奖励4万元，第二年奖励3万元）", []),
    ],
)
def test_a_sum_by_years(text: str, years: list[tuple[int, ...]]) -> None:
    assert [step for step, _ in sums_by_year(text, Decimal(90000))] == years


def test_full_steps_of_the_people_of_the_threshold_are_counted() -> None:
    rule = propose("对年接待游客2万人次以上的旅行社给予奖励，每满1万人奖励1万元。").rules[0]
    assert [(measure.label, str(measure.step)) for measure in rule.per] == [("年接待游客", "10000")]


def test_a_share_of_what_exceeds() -> None:
    rule = propose("对规上企业年产值同比增长超过2000万元的，给予企业超出额1%的奖励，最高不超过30万元。").rules[0]
    assert [(str(tier.rate.value), tier.beyond) for tier in rule.tiers if tier.rate] == [("0.01", True)]


def test_money_by_the_month_counts_months() -> None:
    rule = propose("对新引进的博士，每月给予3000元生活津贴。").rules[0]
    assert [measure.unit for measure in rule.per] == ["month"]


def test_prices_of_two_sizes_exclude_each_other() -> None:
    first, second = propose(
        "对新发展100—500亩（含500亩）的花卉基地，连续种植3年以上的，奖励100元/亩；对新发展500亩以上，连续种植3年以上的，奖励200元/亩。"
    ).rules
    assert first.excludes == (second.id,)
    assert first.per[0].fact == second.per[0].fact


def test_payees_of_one_label_may_change_it() -> None:
    rules = propose("对原企业给予5万元奖励。", "对原企业的投资方给予3万元奖励；给予投资方2万元奖励，给予运营方1万元奖励。").rules
    assert all(rule.label for rule in rules)
