"""Forms in which other cities write: steps of a measure named once, parts that add up, prices for people and time, payment by years."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.rules.calculator import calculate
from assistant.rules.extraction.ladders import named_measure
from assistant.rules.extraction.paying import payments_in
from assistant.rules.extraction.propose import propose_rules
from assistant.rules.facts import Fact
from assistant.rules.loader import RuleSet
from assistant.rules.schema import Rule
from tests.assistant.rules.extraction.proposing import figures, policy_of, propose

BANDS = (
    "物流企业年度营业收入按以下比例分段累进计算奖励：5000万元以下（含）部分，奖励1%；"
    "5000万元以上至1亿元（含）部分，奖励1.5%；1亿元以上部分，奖励2%。单家企业年度奖励封顶300万元。"
)
EXCESS = (
    "对海铁联运出口的货代企业，年发运量达到500标箱的，按每标箱200元给予补贴；"
    "年发运量超过2000标箱的，超过部分按每标箱300元给予补贴，年度最高200万元。"
)
SHARE_ABOVE = "总部企业年度地方贡献超过500万元的，超出部分按30%给予奖励，单户企业每年最高1000万元。"
AREA = (
    "在专业展馆举办的展览，按展览面积分档给予补贴：展览面积5000平方米以上不足1万平方米的，补贴15万元；"
    "1万平方米以上不足3万平方米的，补贴40万元；3万平方米以上的，补贴100万元。"
)
KINDS = "按博士每人每月2000元、硕士每人每月1200元、本科每人每月600元发放租房补贴。"
NIGHTS = "对参会外地代表300人以上的会议，按每人每晚100元给予补贴，单个会议补贴总额不超过50万元。"
POWER = "对年用电量500万千瓦时以上的企业，按新增用电量每千瓦时0.05元给予补贴，单户企业最高50万元。"
POST = "对入选人才计划的高层次人才，每人每月发放岗位补贴3000元，最长36个月，每家企业享受人数不超过10人。"
PAID = "新设立的会展企业，给予50万元落户奖励，分三年按40%、30%、30%的比例拨付。"
LISTED = "对固定资产投资1亿元以上的文旅项目，1亿元（含）至5亿元部分按1%、5亿元以上部分按2%给予一次性补助，最高2000万元。"
SHOWS = "旅游演艺项目年度演出100场以上的，超过100场的部分按每场3000元给予补贴，单个项目每年最高60万元。"
PLACES = "经认定的集聚区，按面积给予运营主体奖励：1万平方米以上3万平方米以下的，奖励20万元；3万平方米以上的，奖励50万元。"
VISITS = "旅行社组织入境游客过夜的，每人次奖励50元，单家旅行社年度奖励金额不超过80万元。"
TRAINS = "对单列游客300人（含）至500人的旅游专列，每列奖励3万元，500人（含）以上的，每列奖励6万元。"

UNSAID_BASIS = "对冷库项目，固定资产投资500万元（含）至2000万元的，按8%给予补助；2000万元（含）以上的，按10%给予补助，单个项目最高300万元。"
UNSAID_RATE = "对年网络零售额达到1000万元以上的企业，按1%给予奖励，最高30万元。"
SUMS = [  # text, facts by name and unit, sum; each at and around a boundary
    (BANDS, {"operating_revenue": (120_000_000, "CNY")}, 1_650_000),
    (BANDS, {"operating_revenue": (50_000_000, "CNY")}, 500_000),
    (BANDS, {"operating_revenue": (50_000_100, "CNY")}, Decimal("500001.5")),
    (BANDS, {"operating_revenue": (300_000_000, "CNY")}, 3_000_000),
    (UNSAID_BASIS, {"fixed_asset_investment": (15_000_000, "CNY")}, 1_200_000),
    (UNSAID_BASIS, {"fixed_asset_investment": (20_000_000, "CNY")}, 2_000_000),
    (UNSAID_BASIS, {"fixed_asset_investment": (4_999_999, "CNY")}, None),
    (UNSAID_RATE, {"online_retail_sales": (12_000_000, "CNY")}, 120_000),
    (EXCESS, {"年发运量": (3000, "TEU")}, 700_000),
    (EXCESS, {"年发运量": (2000, "TEU")}, 400_000),
    (EXCESS, {"年发运量": (500, "TEU")}, 100_000),
    (EXCESS, {"年发运量": (499, "TEU")}, None),
    (SHARE_ABOVE, {"local_contribution": (15_000_000, "CNY")}, 3_000_000),
    (SHARE_ABOVE, {"local_contribution": (5_000_000, "CNY")}, None),
    (SHARE_ABOVE, {"local_contribution": (50_000_000, "CNY")}, 10_000_000),
    (AREA, {"exhibition_area": (10_000, "m2")}, 400_000),
    (AREA, {"exhibition_area": (9_999, "m2")}, 150_000),
    (AREA, {"exhibition_area": (4_999, "m2")}, None),
    (NIGHTS, {"参会外地代表": (400, "person"), "住宿晚数": (2, "night")}, 80_000),
    (POWER, {"新增用电量": (800_000, "kWh"), "年用电量": (6_000_000, "kWh")}, 40_000),
    (POST, {"talents": (12, "person"), "月数": (12, "month")}, 360_000),
    (POST, {"talents": (2, "person"), "月数": (48, "month")}, 216_000),
    (PAID, {"support_year": (1, "")}, 200_000),
    (PAID, {}, 500_000),
    (LISTED, {"fixed_asset_investment": (800_000_000, "CNY")}, 10_000_000),
    (LISTED, {"fixed_asset_investment": (150_000_000, "CNY")}, 500_000),
    (LISTED, {"fixed_asset_investment": (1_500_000_000, "CNY")}, 20_000_000),
    (LISTED, {"fixed_asset_investment": (90_000_000, "CNY")}, None),
    (SHOWS, {"旅游演艺项目年度演出": (220, "time")}, 360_000),
    (SHOWS, {"旅游演艺项目年度演出": (100, "time")}, None),
    (PLACES, {"面积": (30_000, "m2")}, 500_000),
    (PLACES, {"面积": (9_999, "m2")}, None),
    (TRAINS, {"单列游客": (500, "person"), "次数": (4, "time")}, 240_000),
    (TRAINS, {"单列游客": (499, "person"), "次数": (4, "time")}, 120_000),
]  # fmt: skip


def _sum(text: str, given: dict[str, tuple[int, str]]) -> Decimal | None:
    file = propose(text)
    facts = {name: Fact(name, Decimal(value), unit) for name, (value, unit) in given.items()}
    return calculate(RuleSet(policy_of(text), file), _money(text), facts, date(2026, 1, 1)).amount


def _money(text: str) -> Rule:
    return next(rule for rule in propose(text).rules if rule.gives_money)


@pytest.mark.parametrize(("text", "given", "expected"), SUMS)
def test_sums_of_the_forms(text: str, given: dict[str, tuple[int, str]], expected: int | Decimal | None) -> None:
    assert _sum(text, given) == expected


@pytest.mark.parametrize(
    "text", [BANDS, EXCESS, SHARE_ABOVE, AREA, KINDS, NIGHTS, POWER, POST, PAID, LISTED, SHOWS, PLACES, VISITS, TRAINS]
)
def test_one_promise_is_one_rule(text: str) -> None:
    assert len([rule for rule in propose(text).rules if rule.gives_money]) == 1


def test_a_price_for_people_and_months_is_chosen_by_kind() -> None:
    rule = _money(KINDS)
    assert [tier.label for tier in rule.tiers] == ["博士", "硕士", "本科"]
    assert [measure.unit for measure in rule.per] == ["person", "month"]
    assert figures(rule) == {"A 2000", "A 1200", "A 600"}


def test_an_item_takes_the_measure_of_the_words_above_it() -> None:
    text = (
        "第四条 对实施改造的企业，年度设备购置额达到下列标准的，分档给予补助：\n（一）200万元（含）至500万元的，补助8%；\n"
        "（二）500万元（含）以上的，补助12%，单户企业当年补助总额不超过400万元。\n第五条 其他工作。\n"
    )
    first, second = (rule for rule in propose_rules(policy_of(text)).rules if rule.gives_money)
    assert first.basis is not None and first.basis.label == "年度设备购置额"
    assert figures(first) == {"R 0.08", "T >=2000000", "T <5000000"}
    assert figures(second) == {"R 0.12", "T >=5000000", "C 4000000 ≤"}


@pytest.mark.parametrize(
    ("lead", "measure"),
    [
        ("年度设备购置额达到下列标准的，分档给予补助", "年度设备购置额"),
        ("物流企业年度国际货运营业收入按以下比例分段累进计算奖励", "年度国际货运营业收入"),
        ("按展览面积分档给予主办单位补贴", "展览面积"),
        ("对符合条件的企业给予以下支持", ""),
    ],
)
def test_the_measure_a_lead_names(lead: str, measure: str) -> None:
    assert named_measure(lead) == measure


@pytest.mark.parametrize(
    ("words", "shares"),
    [
        ("分5年等额发放", ["0.2"] * 5),
        ("分两年各拨付50%", ["0.5", "0.5"]),
        ("从第四年起分三年按50%、30%、20%发放", ["0.5", "0.3", "0.2"]),
        ("分三年按50%、30%给予", []),
        ("三年内累计不超过50万元", []),
    ],
)
def test_payment_by_years(words: str, shares: list[str]) -> None:
    assert [str(share.normalize()) for share in payments_in(words)[0]] == shares


def test_a_ceiling_for_one_company_holds_for_each_price_of_the_clause() -> None:
    rules = propose("去程重箱每标箱补贴1500元，回程重箱每标箱补贴2000元，单家平台企业年度补贴不超过3000万元。").rules
    assert [figures(rule) for rule in rules] == [{"A 1500", "C 30000000 ≤"}, {"A 2000", "C 30000000 ≤"}]
    assert [rule.per[0].label for rule in rules] == ["去程重箱标箱数", "回程重箱标箱数"]


def test_visits_are_counted_and_capped() -> None:
    rule = _money(VISITS)
    assert [measure.unit for measure in rule.per] == ["person_time"]
    assert figures(rule) == {"A 50", "C 800000 ≤"}


def test_a_rhythm_is_not_what_a_price_counts() -> None:
    rule = _money("新开通的航线，每周不少于2班的，洲际航线每班补贴40万元。")
    assert [measure.label for measure in rule.per] == ["洲际航线次数"]


@pytest.mark.parametrize("text", ["被评为五星级的养老机构，运营补贴上浮50%。", "建设补贴分两年各拨付50%。"])
def test_a_share_that_raises_or_pays_out_a_grant_is_no_grant(text: str) -> None:
    assert not any(rule.rate for rule in propose(text).rules)
