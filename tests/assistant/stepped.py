"""An invented city whose support goes by years, by steps and by the rent of a year."""

from __future__ import annotations

from pathlib import Path

from index.config import Settings
from tests.index.fakes import settings

TEXT = """\
青石市人民政府关于培育新业态的若干措施
（一）培训基地。对新业态培训基地，给予首年20万元、后两年每年10万元支持。
（二）支持上台阶。年网络零售额首次达到1亿元、3亿元的，分别给予30万元、50万元一次性奖励。
（三）支持租用仓库。按照仓库年租金的40%给予补贴，每年最高50万元。
"""
SHEET = """\
id: qingshi-2026
title: 青石市关于培育新业态的若干措施
short_title: 青石市新业态措施
place: {province: 福建省, city: 青石市}
place_en: Qingshi
aliases: [青石]
effective:
  from: null
  to: null
status: {value: unknown}
"""
RULES = """\
policy: qingshi-2026
effective: {from: null, to: null}
stacking: {mode: unstated}
rules:
  - id: base
    label: 培训基地支持
    article: （一）
    quote: "对新业态培训基地，给予首年20万元、后两年每年10万元支持"
    kind: schedule
    beneficiary: 培训基地
    schedule:
      - {years: [1], amount: {value: "200000", unit: CNY, bound: exact}}
      - {years: [2, 3], amount: {value: "100000", unit: CNY, bound: exact}}
    period: years
    review: {by: tests, on: 2026-01-01}
  - id: steps
    label: 上台阶奖励
    article: （二）
    quote: "年网络零售额首次达到1亿元、3亿元的，分别给予30万元、50万元一次性奖励"
    kind: tiers
    beneficiary: 企业
    tiers:
      - when: {is: compare, fact: online_sales, label: 年网络零售额, op: ">=", value: "100000000", unit: CNY}
        amount: {value: "300000", unit: CNY, bound: exact}
      - when: {is: compare, fact: online_sales, label: 年网络零售额, op: ">=", value: "300000000", unit: CNY}
        amount: {value: "500000", unit: CNY, bound: exact}
    period: once
    review: {by: tests, on: 2026-01-01}
  - id: rent
    label: 仓库租金补贴
    article: （三）
    quote: "按照仓库年租金的40%给予补贴，每年最高50万元"
    kind: reimbursement
    beneficiary: 企业
    basis: {fact: warehouse_rent, label: 仓库年租金, unit: CNY, aliases: [租金, 仓库租金]}
    rate: {value: "0.4", unit: ratio, bound: exact}
    caps: [{value: "500000", unit: CNY, bound: at_most, per: year}]
    period: year
    review: {by: tests, on: 2026-01-01}
"""


def write_stepped(folder: Path) -> Settings:
    """The folder of the city, and settings that name it."""
    own = settings(folder)
    (own.policies / "qingshi-2026").mkdir(parents=True)
    for file, words in {"text.txt": TEXT, "policy.yaml": SHEET, "incentives.yaml": RULES}.items():
        (own.policies / "qingshi-2026" / file).write_text(words, encoding="utf-8")
    return own
