"""Rules in one line, in both languages; ceilings stay ceilings."""

from __future__ import annotations

import pytest

from assistant.rules.describe import describe, describe_conditions
from assistant.rules.loader import RuleSet
from index.models import Bound


@pytest.mark.parametrize(
    ("policy", "rule", "zh", "en"),
    [
        (
            "qinhuangdao-2022-26",
            "import-1210",
            "年线上交易额的2%，每年最多不超过100万元",
            "2% of the annual online turnover, up to RMB 1 million a year",
        ),
        ("qinhuangdao-2022-26", "overseas-warehouse", "一次性50万元", "one-off: RMB 500,000"),
        (
            "lianyungang-2024",
            "bonded-area-rent",
            "不超过租金的30%，单家企业每年最高30万元",
            "up to 30% of the rent, up to RMB 300,000 a year",
        ),
        ("lianyungang-2024", "exhibition", "最高为展位费、人员费的70%", "up to 70% of the booth fee and staff costs"),
        (
            "zhuzhou-draft",
            "certification-cost",
            "不超过国际认证费用的80%，最高50万元",
            "one-off: up to 80% of the international certification costs, up to RMB 500,000",
        ),
        (
            "zhuzhou-draft",
            "public-overseas-warehouse",
            "第1年最高60万元；第2、3年每年最高30万元，单个企业3年累计不超过500万元",
            "year 1: up to RMB 600,000; year 2 and 3: up to RMB 300,000 each, up to RMB 5 million over 3 years",
        ),
        (
            "lianyungang-2021-20",
            "overseas-warehouse",
            "省级海外仓：最高50万元；市级海外仓：最高30万元",
            "level of recognition: provincial: up to RMB 500,000; level of recognition: municipal: up to RMB 300,000",
        ),
    ],
)
def test_describe(rulesets: dict[str, RuleSet], policy: str, rule: str, zh: str, en: str) -> None:
    described = rulesets[policy].get(rule)
    assert describe(described) == zh
    assert describe(described, "en") == en


def test_a_highest_figure_is_never_described_as_due(rulesets: dict[str, RuleSet]) -> None:
    for rules in rulesets.values():
        for rule in rules.rules:
            figures = [figure for figure in (rule.amount, rule.rate) if figure]
            if rule.gives_money and any(figure.bound is Bound.AT_MOST for figure in figures):
                assert any(word in describe(rule) for word in ("最高", "不超过", "最多"))
                assert "up to" in describe(rule, "en")


def test_conditions(rulesets: dict[str, RuleSet]) -> None:
    rule = rulesets["zhuzhou-draft"].get("park-rent")
    assert describe_conditions(rule) == ("进驻后首年跨境电商线上交易额 ≥ 5000万元 或 进驻后首年进出口额 ≥ 1000万元",)
    store = rulesets["qinhuangdao-2022-26"].get("o2o-store")
    assert describe_conditions(store, assumed=False) == ("营业面积 ≥ 100平方米",)
    assert describe_conditions(store) == ("正式运营", "营业面积 ≥ 100平方米")
