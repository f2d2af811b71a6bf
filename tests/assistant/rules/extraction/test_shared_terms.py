"""What sentences say of each other: leads, ceilings of several kinds, increments, set-aside funds, who is paid, who is demanded what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.rules.describe import describe
from assistant.rules.extraction.propose import propose_rules
from assistant.rules.schema import AnyOf, Confirm, OneOf, Rule, RuleKind
from tests.assistant.rules.extraction.proposing import figures, policy_of, propose


def only(sentence: str) -> Rule:
    rules = [rule for rule in propose(sentence).rules if rule.kind is not RuleKind.PROVISION]
    assert len(rules) == 1, [rule.label for rule in rules]
    return rules[0]


COUNTED = [  # text, amount, unit that is counted, its name, ceiling
    ("对客运码头按实际停泊的船舶总吨，以3元/总吨标准予以奖励，每家码头年度最高不超过40万元。", 3, "ton", "船舶总吨", 400_000),
    ("对开办剧场的，按100元/座席标准给予补贴，每家最高不超过20万元。", 100, "item", "开办剧场件数", 200_000),
    ("对在本市演出的剧团，给予每个剧目3万元的补贴，每家剧团每年最高支持12万元。", 30_000, "item", "剧目数", 120_000),
    ("对跨境班车经营者给予每车次补贴200元，每家企业年度最高不超过60万元。", 200, "time", "跨境班车经营者次数", 600_000),
    (
        "对年度客流超过5万人次的景区，对其新增部分按每人次给予2元的补贴，每家景区年度最高不超过50万元。",
        2, "person_time", "年度客流新增部分", 500_000,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "amount", "unit", "name", "most"), COUNTED)
def test_a_price_for_each(text: str, amount: int, unit: str, name: str, most: int) -> None:
    rule = only(text)
    assert rule.kind is RuleKind.PER_UNIT
    assert rule.amount and rule.amount.value == amount
    assert [(measure.unit, measure.label) for measure in rule.per] == [(unit, name)]
    assert [cap.value for cap in rule.caps] == [most]


def test_an_increment_is_not_the_whole() -> None:
    rule = only("对年度客流超过5万人次的景区，对其新增部分按每人次给予2元的补贴。")
    assert rule.per[0].fact not in {part.fact for part in rule.single_conditions}


def test_things_named_apart_are_counted_apart() -> None:
    rule, *_ = propose("对年收运垃圾超过1万吨的企业给予奖励。其中，农贸市场垃圾、餐饮垃圾按每吨分别给予8元、20元的奖励。").rules
    assert [(part.label, part.amount.value) for part in rule.portions] == [("农贸市场垃圾", 8), ("餐饮垃圾", 20)]
    assert "T >10000ton" in figures(rule)


CEILINGS = (
    "对经拍卖成交的艺术品，按其成交价格的2%给予补贴。其中，书画类不超过3000元/件，雕塑类不超过8000元/件。",
    "按项目投资额的10%给予补助，其中书画类最高3000元，雕塑类最高8000元。",
)


@pytest.mark.parametrize("text", CEILINGS)
def test_a_ceiling_for_each_kind(text: str) -> None:
    rules = propose(text).rules
    kinds = [next(part.options for part in rule.conditions if isinstance(part, OneOf)) for rule in rules]
    assert kinds == [("书画类",), ("雕塑类",)]
    assert [[cap.value for cap in rule.caps] for rule in rules] == [[Decimal(3000)], [Decimal(8000)]]


def test_levels_with_a_ceiling_each_are_levels() -> None:
    rules = propose("按项目投资额的10%给予补助，其中省级项目最高100万元，市级项目最高50万元。").rules
    assert [part.options for rule in rules for part in rule.conditions if isinstance(part, OneOf)] == [("省级",), ("市级",)]


def test_one_ceiling_for_prices_in_several_clauses() -> None:
    rules = propose(
        "对护理员进行初级培训的，按800元/人次标准予以奖励；对护理员进行专项培训的，按100元/人次标准予以奖励，"
        "每家机构享受该项奖励资金年度最高不超过60万元。"
    ).rules
    assert [[(cap.value, cap.scope) for cap in rule.caps] for rule in rules] == [[(Decimal(600_000), "每家机构")]] * 2


def test_a_lead_without_a_sum_conditions_what_follows() -> None:
    rules = propose("对年服务人次超过2万人次的养老机构给予补贴。租赁房屋的，按租金的40%给予补贴，每年不超过20万元。").rules
    assert [figures(rule) & {"T >20000person_time", "R 0.4"} for rule in rules] == [{"T >20000person_time", "R 0.4"}]


def test_items_keep_what_the_article_above_demands() -> None:
    policy = policy_of(
        "第一条 【运营奖】\n对年度营业收入超过500万元，从事养老服务的企业给予奖励。\n"
        "（一）对新设立的企业，按照其地方贡献的90%给予奖励。\n（二）对原有企业，按照其地方贡献的50%给予奖励。\n第二条 其他\n无。\n"
    )
    rules = [rule for rule in propose_rules(policy).rules if rule.gives_money]
    assert [rule.label for rule in rules] == ["运营奖（新设立）", "运营奖（原有企业）"]
    assert all("年度营业收入超过500万元" in [part.label for part in rule.conditions if isinstance(part, Confirm)] for rule in rules)


def test_a_lead_that_only_points_to_its_list_demands_nothing() -> None:
    policy = policy_of(
        "第一条 融资\n对利用资本市场发展的企业按以下标准给予奖励：\n"
        "（一）挂牌的，给予30万元奖励。\n（二）上市的，给予100万元奖励。\n第二条 其他\n无。\n"
    )
    rules = [rule for rule in propose_rules(policy).rules if rule.gives_money]
    assert not any("以下标准" in part.label for rule in rules for part in rule.single_conditions)


SAID = [
    ("对在本市演出的剧团，给予每个剧目3万元的补贴，每家剧团每年最高支持12万元。", "每个3万元，每家剧团每年最高12万元"),
    ("对参加巡游的车队，每次给予5万元补贴，每家每年不超过20万元。", "每次5万元"),
]


@pytest.mark.parametrize(("text", "words"), SAID)
def test_a_sum_for_each_is_said_with_its_measure_word(text: str, words: str) -> None:
    assert words in describe(only(text))


NO_GRANT = [
    "每年安排200万元资金支持养老机构提升服务，对业务排名前5的养老机构予以奖励。",
    "对年度服务人次超过3000人次的机构，每年安排200万元资金，对业务规模排名前五的机构给予奖励。",
]


@pytest.mark.parametrize("text", NO_GRANT)
def test_a_fund_for_all_is_no_grant(text: str) -> None:
    assert not [rule for rule in propose(text).rules if rule.gives_money]


def test_a_limit_of_several_supports_together_promises_nothing() -> None:
    rules = propose("对年度纳税工资25万元以上的专家，按其个人贡献的30%给予奖励。两项奖励总额最高为其个人贡献的80%。").rules
    assert [rule.rate.value for rule in rules if rule.rate] == [Decimal("0.3")]


def test_requirements_of_last_year_are_no_targets() -> None:
    assert not propose("上一年度营业收入6000万元以上；上一年度在我区纳税总额不低于1000万元。").rules


def test_a_threshold_in_brackets_is_for_others() -> None:
    rule = only("对年度纳税工资25万元以上（高校年度纳税工资15万元以上）的专家，按其个人贡献的30%给予奖励。")
    assert isinstance(rule.conditions[0], AnyOf)


PAID = [
    ("对注册在本区、通过公共平台开展集采的商户，对平台运营企业按照每单30元给予补助。", "平台运营企业"),
    ("年度营收2亿元（含）以上，且年度营收同比增长10%以上的设计企业，最高给予企业对我区经济贡献30%的奖励。", "设计企业"),
]


@pytest.mark.parametrize(("text", "who"), PAID)
def test_who_is_paid(text: str, who: str) -> None:
    assert only(text).beneficiary.endswith(who)


MATCHED = [
    ("对获得省级奖励的旅行社，按照其获得的奖励资金给予1:0.5的配套奖励。", {"R 0.5"}),
    ("对经国家、省认定的书店，按照其获得的扶持金额分别给予1:1的一次性配套奖励。", {"R 1"}),
    ("对获评国家级称号的剧场，按上级资金1:1比例给予配套，最高不超过50万元。", {"R 1", "C 500000 ≤"}),
]


@pytest.mark.parametrize(("text", "expected"), MATCHED)
def test_a_share_of_what_others_pay(text: str, expected: set[str]) -> None:
    assert figures(only(text)) == expected


def test_rent_that_is_refunded_is_the_basis() -> None:
    rule = only("租赁场地的，连续2年每年给予30%的租金补贴，单个企业年度补贴金额不超过60万元。")
    assert rule.basis and rule.basis.label == "租金"
