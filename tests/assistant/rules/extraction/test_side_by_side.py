"""Lists that belong together, steps under the same words, sums for each further step, and conditions beside the standard."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.rules.extraction.propose import propose_rules
from assistant.rules.loader import prove
from assistant.rules.schema import Compare, Rule, RuleKind
from tests.assistant.rules.extraction.proposing import policy_of, propose


def only(*sentences: str) -> Rule:
    rules = [rule for rule in propose(*sentences).rules if rule.kind is not RuleKind.PROVISION]
    assert len(rules) == 1, [rule.label for rule in rules]
    return rules[0]


def steps(rule: Rule) -> list[tuple[str, str, str, list[str]]]:
    """Threshold or level, what is given, ceiling, and what is asked for besides, of each step."""
    found = []
    for tier in rule.tiers:
        figure = tier.amount or tier.rate
        assert figure
        when = f"{tier.when.value.normalize():f}" if isinstance(tier.when, Compare) else tier.label
        needs = [f"{part.value.normalize():f}" for part in tier.needs if isinstance(part, Compare)]
        found.append((when, f"{figure.value.normalize():f}", f"{tier.cap.value:f}" if tier.cap else "", needs))
    return found


STEPS = [
    (
        "展厅面积超过200平方米、500平方米的，均按装修费用的40%给予补助，最高分别不超过20万元、60万元。",
        [("200", "0.4", "200000", []), ("500", "0.4", "600000", [])],
    ),
    (
        "对评为国家级、省级、市级示范仓的，按设备投资额的10%给予补助，最高分别不超过90万元、60万元、30万元。",
        [("国家级", "0.1", "900000", []), ("省级", "0.1", "600000", []), ("市级", "0.1", "300000", [])],
    ),
    (
        "对上年度营业收入1（含）—5亿元、5亿元以上的企业，营业收入同比增长分别达到20%、10%以上的，按照本年度营业收入的1‰给予奖励。",
        [("100000000", "0.001", "", ["0.2"]), ("500000000", "0.001", "", ["0.1"])],
    ),
    (
        "对入驻商户20家以上、年销售额3000万元以上的市场，奖励10万元；入驻商户60家以上、年销售额1亿元以上的市场，奖励30万元。",
        [("20", "100000", "", ["30000000"]), ("60", "300000", "", ["100000000"])],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STEPS)
def test_lists_of_one_length_are_steps(text: str, expected: list[tuple[str, str, str, list[str]]]) -> None:
    assert steps(only(text)) == expected


def test_other_words_are_no_step() -> None:
    rules = propose("对入驻商户20家以上、年销售额3000万元以上的市场，奖励10万元；引进品牌60家以上、会员1万人以上的商场，奖励30万元。").rules
    assert [rule.kind for rule in rules] == [RuleKind.LUMP_SUM, RuleKind.LUMP_SUM]


def test_the_price_of_a_step_is_multiplied_by_what_its_threshold_counts() -> None:
    rule = only("年订单量达到1000—5000单的，给予2元/单的补贴；5001单以上的，给予3元/单的补贴。")
    assert [(measure.label, measure.unit) for measure in rule.per] == [("年订单量", "order")]
    assert next(tier.label for tier in rule.tiers) == "1000—5000单"


EACH_STEP = [
    ("对零售企业，年零售额每同比增加1000万元，给予10万元的奖励，每年最高50万元。", "10000000", "100000"),
    ("对外贸企业，出口额每比上年增长100万美元，奖励2万元。", "1000000", "20000"),
    ("对批发企业，销售额较上年每净增500万元，奖励3万元。", "5000000", "30000"),
]


@pytest.mark.parametrize(("text", "step", "amount"), EACH_STEP)
def test_so_much_for_each_further_step(text: str, step: str, amount: str) -> None:
    rule = only(text)
    assert rule.kind is RuleKind.PER_UNIT
    assert [measure.step for measure in rule.per] == [Decimal(step)]
    assert rule.amount and rule.amount.value == Decimal(amount)


def test_each_of_those_a_step_describes_is_counted_up_to_the_ceiling_of_the_next_sentence() -> None:
    rule = only("机构每签约一名年销售额达到1亿元、3000万元主播的，分别给予50万元、10万元奖励。每家机构每年最高奖励200万元。")
    assert [measure.label for measure in rule.per] == ["签约主播数"]
    assert [cap.value for cap in rule.caps] == [Decimal(2_000_000)]


def test_only_the_ceiling_is_raised() -> None:
    first, second = propose("对企业境外推广费用给予30%的支持，最高支持50万元；对年交易额达到100万美元的，最高支持金额提高至100万元。").rules
    assert (first.rate, first.basis) == (second.rate, second.basis)
    assert [cap.value for cap in second.caps] == [Decimal(1_000_000)]
    assert second.id in first.excludes


def test_a_cost_refunded_in_full_is_known() -> None:
    rule = only("对企业支付第三方检测费的，给予全额补贴，单个企业不超过100万元。")
    assert rule.basis and rule.basis.label == "第三方检测费"


MEASURES = [
    ("对上年度营业收入5000万元以上的企业，按当年营业收入的1%给予奖励。", False),
    ("对年进出口额1亿元以上的企业，按出口额的1%给予奖励。", False),
    ("对年度外包物流费用500万元以上的企业，按承接物流外包总费用的2%给予奖励。", True),
]


@pytest.mark.parametrize(("text", "same"), MEASURES)
def test_what_is_asked_for_and_what_is_paid_by(text: str, same: bool) -> None:
    rule = only(text)
    assert rule.basis
    assert (rule.basis.fact in {part.fact for part in rule.conditions if isinstance(part, Compare)}) is same


APART = """三、仓储奖励
1.申报条件
年度仓储费用达300万元以上。
2.支持标准
（1）按照仓储费用的2%给予奖励，最高不超过40万元。
（2）同一企业只可以申请一次。
四、其他事项
本政策自印发之日起施行。
"""


def test_conditions_stand_beside_the_standard() -> None:
    policy = policy_of(APART)
    file = propose_rules(policy)
    prove(file, policy)
    rule = next(rule for rule in file.rules if rule.gives_money)
    assert rule.under and rule.under.quote == "年度仓储费用达300万元以上。"
    assert [(part.op, part.value) for part in rule.conditions if isinstance(part, Compare)] == [(">=", Decimal(3_000_000))]
    assert rule.label.startswith("仓储奖励")
