"""What stands above an item, beside a figure or in another sentence, and what it makes of the rule."""

from __future__ import annotations

from assistant.rules.describe import describe, describe_conditions
from assistant.rules.schema import AnyOf, Confirm, Rule, RuleKind
from tests.assistant.rules.extraction.proposing import propose

ITEMS = """第一条 【改造补助】
（一）对现有企业投资300万元以上的改造项目，项目完工当年营业收入增长，予以资金补助。
1.对应用机器人的项目，按设备投资的4%给予补助，最高不超过80万元。
2.其他项目按设备投资的3%给予补助，最高不超过60万元。
第二条 【总部奖】满足以下条件之一的企业，按总部政策给予奖励。
（一）本区设立的全国总部。
（二）满足下列行业营业收入条件。
1.批发业：上一年度营业收入5亿元以上；上一年度纳税总额不低于900万元。
2.零售业：上一年度营业收入2亿元以上；上一年度纳税总额不低于700万元。
"""


def _rules(text: str) -> dict[str, Rule]:
    return {f"{rule.article}": rule for rule in propose(text).rules}


def test_the_sentence_above_holds_for_its_items_and_is_no_rule_of_its_own() -> None:
    rules = _rules(ITEMS)
    assert "第一条（一）" not in rules
    for label in ("第一条（一）1", "第一条（一）2"):
        assert rules[label].under is not None
        assert any("300万元" in words for words in describe_conditions(rules[label]))
    assert rules["第一条（一）2"].label.endswith("（其他项目）")


def test_listed_requirements_are_thresholds_of_what_is_promised_above() -> None:
    rule = _rules(ITEMS)["第二条（二）1"]
    assert (rule.kind, rule.consequence, rule.beneficiary) == (RuleKind.THRESHOLD, "按总部政策给予奖励", "批发业")
    assert describe_conditions(rule) == ("上一年度营业收入 ≥ 5亿元", "上一年度纳税总额 ≥ 900万元")


def test_each_step_has_its_own_ceiling() -> None:
    rule = propose(
        "对获得国家、省、市专项资金的企业，分别按照资助金额的100%、70%、50%给予配套，最高分别不超过500万元、300万元、100万元。"
    ).rules[0]
    assert [(str(tier.rate.value), str(tier.cap.value)) for tier in rule.tiers if tier.rate and tier.cap] == [
        ("1", "5000000"),
        ("0.7", "3000000"),
        ("0.5", "1000000"),
    ]
    assert rule.caps == ()
    assert "省级：70%，不超过300万元" in describe(rule)


def test_a_remark_that_names_others_is_an_alternative() -> None:
    rule = propose(
        "对年薪30万元以上（科研机构年薪20万元以上）的人才，按其经济贡献的40%给予奖励。两项奖励总额最高为其经济贡献的100%。"
    ).rules
    assert len(rule) == 1  # what bounds all together is no rule of its own
    (either,) = [part for part in rule[0].conditions if isinstance(part, AnyOf)]
    assert [part.label for part in either.of] == ["年薪", "科研机构年薪20万元以上"]
    assert isinstance(either.of[1], Confirm)


def test_two_cases_with_two_figures_each_are_two_rules() -> None:
    first, second = propose("企业年新增产值1亿元以上、且增幅低于8%的，或年产值1亿元以上、且增幅达到8%以上的，给予新增贡献10%的奖励。").rules
    assert describe_conditions(first) == ("企业年新增产值 ≥ 1亿元", "增幅 < 8%")
    assert describe_conditions(second) == ("年产值 ≥ 1亿元", "增幅 ≥ 8%")
    assert second.id in first.excludes


def test_parts_that_are_added_know_each_other_and_their_own_measures() -> None:
    rules = propose(
        "企业年产值达到2亿元以上的，以年产值为基数，给予0.05%的奖励；年出口产值达到1亿元以上的，以年出口产值为基数，另给予0.1%的奖励；"
        "对年出口产值增长的部分，以此为基数，另给予0.2%的奖励。上述奖励金额以500万元为上限。"
    ).rules
    assert [rule.basis.label for rule in rules if rule.basis] == ["年产值", "年出口产值", "年出口产值增长部分"]
    assert all(len(rule.adds_with) == 2 and len(rule.caps) == 1 for rule in rules)
    assert len({rule.basis.fact for rule in rules if rule.basis}) == 3


def test_a_stated_term_bounds_the_months() -> None:
    rule = propose("对新设企业，按每月每平方米最高30元的标准给予租金补贴，补贴期限为3年，每年最高不超过100万元。").rules[0]
    assert "补贴期限3年" in describe(rule)
    assert [measure.most for measure in rule.per if measure.unit == "month"] == [36]
