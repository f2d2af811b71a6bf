"""How other cities write: years, ranges, prices for people and hours, tables in lines."""

from __future__ import annotations

import pytest

from tests.assistant.rules.extraction.proposing import figures, propose

STYLES = [  # how other cities write: sentence, kind, figures
    ("第一年按租金的80%、第二年按租金的50%给予补贴，每年最高30万元。", "tiers", {"R 0.8", "R 0.5", "C 300000 ≤"}),
    ("首年按每平方米每月8元给予租金补助，次年按每平方米每月5元给予补助，单家企业每年最高100万元。",
        "per_unit", {"A 8 CNY/m2/month", "A 5 CNY/m2/month", "C 1000000 ≤"}),
    ("给予企业实际投入30%、最高不超过200万元的补助。", "rate", {"R 0.3", "C 2000000 ≤"}),
    ("企业新引进硕士人才的，按每人每年1.5万元给予补助。", "per_unit", {"A 15000"}),
    ("对通过机场发运货物的企业，按每公斤1.5元给予补贴，每家企业每年最高50万元。", "per_unit", {"A 1.5", "C 500000 ≤"}),
    ("对年出口额500万美元（含）至1000万美元的企业奖励10万元，1000万美元（含）以上的企业奖励20万元。",
        "tiers", {"A 100000", "A 200000", "T >=5000000USD", "T >=10000000USD"}),
    ("年度进出口额1000万元（含）—5000万元且同比增长10%以上的，奖励5万元；5000万元（含）以上且同比增长8%以上的，奖励10万元。",
        "lump_sum", {"A 50000", "T >=10000000", "T <50000000", "T >=0.1ratio"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "expected"), STYLES)
def test_styles_of_other_cities(sentence: str, kind: str, expected: set[str]) -> None:
    first = propose(sentence).rules[0]
    assert (first.kind.value, figures(first)) == (kind, expected)


def test_an_elided_measure_is_that_of_the_clause_before() -> None:
    rules = propose(
        "年度进出口额1000万元（含）—5000万元且同比增长10%以上的，奖励5万元；5000万元（含）以上且同比增长8%以上的，奖励10万元。"
    ).rules
    assert [{part.fact for part in rule.conditions if part.is_ == "compare"} for rule in rules] == [
        {"import_export_value", "growth_rate"}
    ] * 2


def test_the_amount_for_people_and_hours_counts_both() -> None:
    rule = propose("单次培训人数不少于50人的，按每人每学时20元给予补助。").rules[0]
    assert [measure.unit for measure in rule.per] == ["person", "hour"]


def test_prices_of_boxes_are_counted_each_by_its_own() -> None:
    rule = propose("对始发的集装箱，按20英尺标准箱每箱400元、40英尺标准箱每箱800元给予补贴。").rules[0]
    assert [measure.label for measure in rule.per] == ["20英尺标准箱件数", "40英尺标准箱件数"]
    assert not any(condition.is_ == "compare" for condition in rule.conditions)


def test_the_basis_named_shortly_is_the_measure_of_the_condition() -> None:
    rule = propose("设备投资额200万元以上的，按实际投资额的15%给予补助，最高不超过300万元。").rules[0]
    assert rule.basis is not None and rule.basis.fact == "equipment_investment"


def test_a_table_in_lines_is_one_rule_of_steps() -> None:
    table = "对年度进出口额达到以下标准的企业给予奖励：\n年度进出口额 奖励金额\n1000万元（含）-5000万元 10万元\n5000万元（含）以上 30万元"
    rule = propose(table).rules[0]
    assert (rule.kind.value, figures(rule)) == ("tiers", {"A 100000", "A 300000", "T >=10000000", "T >=50000000"})


def test_a_heading_line_and_a_named_part_are_no_words_of_the_promise() -> None:
    file = propose("降低物流成本\n对发运班列的企业，按每标箱500元给予补贴。", "租房补助\n【支持标准】对租房企业，给予5万元补助。")
    assert [rule.quote[:5] for rule in file.rules] == ["对发运班列", "对租房企业"]
    assert not any("【" in rule.label for rule in file.rules)


def test_a_level_named_shortly_keeps_the_name_of_the_thing() -> None:
    rules = propose("对新认定的省级跨境电商产业园区，奖励50万元；新认定的国家级园区，奖励100万元。").rules
    assert [rule.label for rule in rules] == ["省级跨境电商产业园区奖励", "国家级跨境电商产业园区奖励"]
