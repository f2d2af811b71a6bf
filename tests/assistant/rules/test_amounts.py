"""Kinds of promise that other cities write: rates by tier, monthly sums, caps by share, by year, in another currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.models import Calculation
from assistant.rules.calculator import calculate
from assistant.rules.facts import collect_facts, parse_fact
from assistant.rules.loader import RuleSet, parse_rules
from index.models import Article, ArticleKind, Place, Policy, Status

RULES = {
    "rate by tier": """
  quote: 年销售额1000万元以上、5000万元以上的，分别按销售额的1%、2%给予奖励，最高80万元
  kind: tiers
  basis: {fact: sales, label: 年销售额, unit: CNY}
  tiers:
    - when: {is: compare, fact: sales, label: 年销售额, op: ">=", value: "10000000", unit: CNY}
      rate: {value: "0.01", unit: ratio, bound: exact}
    - when: {is: compare, fact: sales, label: 年销售额, op: ">=", value: "50000000", unit: CNY}
      rate: {value: "0.02", unit: ratio, bound: exact}
  caps: [{value: "800000", unit: CNY, bound: at_most, per: unstated}]
""",
    "amount a person by level": """
  quote: 引进博士每人奖励8万元、硕士每人奖励5万元，单个企业每年不超过40万元
  kind: tiers
  per: [{fact: hired, label: 引进人数, unit: person}]
  tiers:
    - {when: {is: one_of, fact: degree, label: 学位, options: [博士]}, amount: {value: "80000", unit: CNY/person, bound: exact}}
    - {when: {is: one_of, fact: degree, label: 学位, options: [硕士]}, amount: {value: "50000", unit: CNY/person, bound: exact}}
  caps: [{value: "400000", unit: CNY, bound: at_most, per: year}]
""",
    "rent by month with a yearly cap": """
  quote: 按每平方米每月20元给予租金补贴，每年最高10万元
  kind: per_unit
  per: [{fact: area, label: 面积, unit: m2}, {fact: months, label: 租赁月数, unit: month}]
  amount: {value: "20", unit: CNY/m2/month, bound: exact}
  caps: [{value: "100000", unit: CNY, bound: at_most, per: year}]
""",
    "monthly allowance": """
  quote: 给予每月3000元生活补贴
  kind: lump_sum
  amount: {value: "3000", unit: CNY, bound: exact}
  period: month
""",
    "cap as a share": """
  quote: 每台设备补贴2万元，不超过设备投资额的30%
  kind: per_unit
  basis: {fact: equipment, label: 设备投资额, unit: CNY}
  per: [{fact: machines, label: 设备台数, unit: item}]
  amount: {value: "20000", unit: CNY/item, bound: exact}
  caps: [{value: "0.3", unit: ratio, bound: at_most, per: unstated}]
""",
    "basis in dollars, cap in yuan": """
  quote: 按出口额（美元）的1%给予奖励，最高50万元
  kind: rate
  basis: {fact: exports, label: 出口额, unit: USD}
  rate: {value: "0.01", unit: ratio, bound: exact}
  caps: [{value: "500000", unit: CNY, bound: at_most, per: once}]
""",
    "at least": """
  quote: 给予不低于10万元奖励
  kind: lump_sum
  amount: {value: "100000", unit: CNY, bound: at_least}
""",
    "three years, capped each year and in total": """
  quote: 按研发费用的10%给予补助，每年最高100万元，三年累计不超过250万元
  kind: rate
  basis: {fact: research, label: 研发费用, unit: CNY}
  rate: {value: "0.1", unit: ratio, bound: exact}
  caps:
    - {value: "1000000", unit: CNY, bound: at_most, per: year}
    - {value: "2500000", unit: CNY, bound: at_most, per: "years:3"}
  period: year
""",
    "each full step": """
  quote: 年零售额每实现2000万元，给予2万元奖励
  kind: per_unit
  amount: {value: "20000", unit: CNY, bound: exact}
  per: [{fact: retail, label: 年零售额, unit: CNY, step: "20000000"}]
""",
    "a first sum and more for each step above": """
  quote: 年销售额达到1亿元，给予10万元奖励；每增加1亿元，另给予10万元奖励，最高45万元
  kind: per_unit
  conditions: [{is: compare, fact: sales, label: 年销售额, op: ">=", value: "100000000", unit: CNY}]
  per: [{fact: sales, label: 年销售额, unit: CNY, step: "100000000", above: "100000000"}]
  portions:
    - {label: 基础部分, amount: {value: "100000", unit: CNY, bound: exact}}
    - {label: 增加部分, amount: {value: "100000", unit: CNY, bound: exact}, per: [sales]}
  caps: [{value: "450000", unit: CNY, bound: at_most, per: once}]
""",
    "several sums under one cap": """
  quote: 博士每人8万元、硕士每人5万元，每年最高500万元
  kind: per_unit
  per: [{fact: doctors, label: 博士人数, unit: person}, {fact: masters, label: 硕士人数, unit: person}]
  portions:
    - {label: 博士, amount: {value: "80000", unit: CNY, bound: exact}, per: [doctors]}
    - {label: 硕士, amount: {value: "50000", unit: CNY, bound: exact}, per: [masters]}
  caps: [{value: "5000000", unit: CNY, bound: at_most, per: year}]
""",
    "an area of which only a part counts": """
  quote: 每平方米每月20元，补贴面积不超过500平方米，不超过3年
  kind: per_unit
  amount: {value: "20", unit: CNY/m2/month, bound: exact}
  per:
    - {fact: area, label: 租赁面积, unit: m2, most: "500"}
    - {fact: months, label: 租赁月数, unit: month, most: "36"}
""",
}


def rules_of(name: str) -> RuleSet:
    quote = RULES[name].split("quote: ")[1].split("\n")[0]
    article = Article("p", ArticleKind.ARTICLE, "第一条", ("1",), "", quote, 0, len(quote))
    policy = Policy("p", "措施", Place(city="某市"), quote, (article,), Status.IN_FORCE)
    frame = "policy: p\neffective: {from: null, to: null}\nstacking: {mode: unstated}\nrules:\n"
    head = frame + "- id: r\n  label: 奖励\n  article: 第一条\n  beneficiary: 企业"
    return parse_rules(head + RULES[name], policy)


def work(name: str, *facts: str) -> Calculation:
    rules = rules_of(name)
    return calculate(rules, rules.get("r"), collect_facts(parse_fact(text, rules.slots) for text in facts), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("name", "facts", "amount", "currency", "bound", "missing"),
    [
        ("rate by tier", ["sales=1000万元"], "100000", "CNY", "exact", ()),
        ("rate by tier", ["sales=4999万元"], "499900", "CNY", "exact", ()),
        ("rate by tier", ["sales=5000万元"], "800000", "CNY", "at_most", ()),
        ("rate by tier", ["sales=999万元"], None, "CNY", "exact", ()),
        ("amount a person by level", ["degree=硕士", "hired=3人"], "150000", "CNY", "exact", ()),
        ("amount a person by level", ["degree=博士", "hired=6人"], "400000", "CNY", "at_most", ()),
        ("amount a person by level", ["degree=博士", "hired=6人", "years=2"], "800000", "CNY", "at_most", ()),
        ("amount a person by level", ["degree=博士"], None, "CNY", "exact", ("hired",)),
        ("amount a person by level", ["hired=3人"], None, "CNY", "exact", ("degree",)),
        ("rent by month with a yearly cap", ["area=100平方米", "months=6个月"], "12000", "CNY", "exact", ()),
        ("rent by month with a yearly cap", ["area=500平方米", "months=12个月"], "100000", "CNY", "at_most", ()),
        # 18 months: the first year 12万 is cut to 10万, the half year after it gives 6万
        ("rent by month with a yearly cap", ["area=500平方米", "months=18个月"], "160000", "CNY", "at_most", ()),
        ("rent by month with a yearly cap", ["area=500平方米", "years=2"], "200000", "CNY", "at_most", ()),
        ("rent by month with a yearly cap", ["area=500平方米"], None, "CNY", "exact", ("months",)),
        ("monthly allowance", [], "3000", "CNY", "exact", ()),
        ("each full step", ["retail=1亿元"], "100000", "CNY", "exact", ()),
        ("each full step", ["retail=5999万元"], "40000", "CNY", "exact", ()),
        ("each full step", ["retail=2000万元"], "20000", "CNY", "exact", ()),
        ("each full step", ["retail=1999万元"], None, "CNY", "exact", ()),
        ("each full step", [], None, "CNY", "exact", ("retail",)),
        ("a first sum and more for each step above", ["sales=3亿元"], "300000", "CNY", "exact", ()),
        ("a first sum and more for each step above", ["sales=1.99亿元"], "100000", "CNY", "exact", ()),
        ("a first sum and more for each step above", ["sales=1亿元"], "100000", "CNY", "exact", ()),
        ("a first sum and more for each step above", ["sales=9999万元"], None, "CNY", "exact", ()),
        ("a first sum and more for each step above", ["sales=6亿元"], "450000", "CNY", "at_most", ()),
        ("several sums under one cap", ["doctors=20", "masters=30"], "3100000", "CNY", "exact", ()),
        ("several sums under one cap", ["doctors=50", "masters=40"], "5000000", "CNY", "at_most", ()),
        ("several sums under one cap", ["doctors=2"], "160000", "CNY", "exact", ()),
        ("several sums under one cap", [], None, "CNY", "exact", ("doctors", "masters")),
        ("an area of which only a part counts", ["area=800平方米", "months=12个月"], "120000", "CNY", "exact", ()),
        ("an area of which only a part counts", ["area=500平方米", "months=12个月"], "120000", "CNY", "exact", ()),
        ("an area of which only a part counts", ["area=100平方米", "months=48个月"], "72000", "CNY", "exact", ()),
        ("monthly allowance", ["years=2"], "72000", "CNY", "exact", ()),
        ("cap as a share", ["machines=4", "equipment=50万元"], "80000", "CNY", "exact", ()),
        ("cap as a share", ["machines=4", "equipment=20万元"], "60000", "CNY", "at_most", ()),
        ("cap as a share", ["machines=4"], None, "CNY", "exact", ("equipment",)),
        ("basis in dollars, cap in yuan", ["exports=300万美元"], None, "USD", "exact", ("exchange_rate",)),
        ("basis in dollars, cap in yuan", ["exports=300万美元", "exchange_rate=7"], "210000", "CNY", "exact", ()),
        ("basis in dollars, cap in yuan", ["exports=2100万元", "exchange_rate=7"], "210000", "CNY", "exact", ()),
        ("basis in dollars, cap in yuan", ["exports=1000万美元", "exchange_rate=7"], "500000", "CNY", "at_most", ()),
        ("at least", [], "100000", "CNY", "at_least", ()),
        ("three years, capped each year and in total", ["research=800万元"], "800000", "CNY", "exact", ()),
        ("three years, capped each year and in total", ["research=800万元", "years=3"], "2400000", "CNY", "exact", ()),
        ("three years, capped each year and in total", ["research=1200万元", "years=3"], "2500000", "CNY", "at_most", ()),
        ("three years, capped each year and in total", ["research=1200万元", "years=2"], "2000000", "CNY", "at_most", ()),
    ],
)
def test_amount(name: str, facts: list[str], amount: str | None, currency: str, bound: str, missing: tuple[str, ...]) -> None:
    result = work(name, *facts)
    assert (result.amount, result.currency, result.bound) == (Decimal(amount) if amount else None, currency, bound)
    assert result.missing == missing


def test_tables_beside_this_file_are_all_read() -> None:
    tables = {path.stem for path in Path(__file__).parent.glob("*.yaml")}
    assert tables >= {"qinhuangdao-2022-26", "lianyungang-2024", "lianyungang-2021-20", "zhuzhou-draft", "tangshan-2018-141"}
