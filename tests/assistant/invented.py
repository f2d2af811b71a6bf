"""Two invented cities, read from folders like any other: nothing may depend on the documents that come with the project.

云岭市 has reviewed rules; 白沙市 only a text, so that its rules are proposed by the program.
"""

from __future__ import annotations

from pathlib import Path

from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.pipeline import Assistant
from index.builder import index_policies
from index.config import Settings
from index.search import Searcher
from tests.index.fakes import HashingEmbedder, MemoryStore, settings

CLOUDRIDGE_TEXT = """\
云岭市人民政府办公室关于支持新业态的若干措施
云政办〔2025〕7号
（一）支持做大规模。对年直播销售额达到2000万元以上的企业，按照年直播销售额的3%给予奖励，每年最高不超过80万元。（牵头单位：市商务局，责任单位：市财政局）
（二）支持共享直播间。对建筑面积在500平方米以上的共享直播间，给予20万元一次性奖励。（责任单位：市文旅局）
（三）支持新业态企业参加展会。对参加境外展会的企业，给予展位费50%的补贴，每家企业每年最高6万元。（责任单位：市商务局）
（四）建设新业态选品中心。对经认定的市级、省级选品中心，分别给予最高10万元、25万元奖励。（责任单位：市商务局）
（五）目标。到2027年，全市直播电商企业达到150家以上。
本措施自2025年1月1日起施行，有效期至2027年6月30日。同一主体的同一事项按就高不重复原则给予支持。
"""
CLOUDRIDGE_SHEET = """\
id: yunling-2025
title: 云岭市关于支持新业态的若干措施
short_title: 云岭市新业态措施
place: {province: 云南省, city: 云岭市}
place_en: Yunling
document_number: {value: 云政办〔2025〕7号, quote: "云政办〔2025〕7号"}
issuer: 云岭市人民政府办公室
aliases: [云岭]
effective:
  from: {date: 2025-01-01, quote: "自2025年1月1日起施行"}
  to: {date: 2027-06-30, quote: "有效期至2027年6月30日"}
status: {value: in_force, quote: "自2025年1月1日起施行"}
"""
CLOUDRIDGE_RULES = """\
policy: yunling-2025
effective: {from: 2025-01-01, to: 2027-06-30}
stacking:
  mode: highest_only
  clause: {article: null, quote: "同一主体的同一事项按就高不重复原则给予支持"}
rules:
  - id: sales
    label: 直播销售额奖励
    label_en: livestream sales reward
    article: （一）
    quote: "对年直播销售额达到2000万元以上的企业，按照年直播销售额的3%给予奖励，每年最高不超过80万元"
    kind: rate
    beneficiary: 直播电商企业
    conditions:
      - {is: compare, fact: livestream_sales, label: 年直播销售额, label_en: livestream sales, op: ">=", value: "20000000", unit: CNY}
    basis: {fact: livestream_sales, label: 年直播销售额, label_en: livestream sales, unit: CNY, aliases: [直播销售额, 直播销售]}
    rate: {value: "0.03", unit: ratio, bound: exact}
    caps: [{value: "800000", unit: CNY, bound: at_most, per: year}]
    period: year
    review: {by: tests, on: 2026-01-01}
  - id: studio
    label: 共享直播间奖励
    label_en: shared studio reward
    article: （二）
    quote: "对建筑面积在500平方米以上的共享直播间，给予20万元一次性奖励"
    kind: lump_sum
    beneficiary: 共享直播间
    conditions:
      - {is: compare, fact: floor_area, label: 建筑面积, label_en: floor area, op: ">=", value: "500", unit: m2, aliases: [面积]}
    amount: {value: "200000", unit: CNY, bound: exact}
    period: once
    review: {by: tests, on: 2026-01-01}
  - id: fairs
    label: 境外展会补贴
    label_en: support for fairs abroad
    article: （三）
    quote: "对参加境外展会的企业，给予展位费50%的补贴，每家企业每年最高6万元"
    kind: reimbursement
    beneficiary: 参加境外展会的企业
    basis: {fact: booth_fee, label: 展位费, label_en: booth fee, unit: CNY}
    rate: {value: "0.5", unit: ratio, bound: exact}
    caps: [{value: "60000", unit: CNY, bound: at_most, per: year}]
    period: year
    review: {by: tests, on: 2026-01-01}
  - id: selection-centre
    label: 选品中心奖励
    label_en: selection centre reward
    article: （四）
    quote: "对经认定的市级、省级选品中心，分别给予最高10万元、25万元奖励"
    kind: tiers
    beneficiary: 选品中心
    tiers:
      - when: {is: one_of, fact: level, label: 级别, options: [市级], options_en: [municipal]}
        amount: {value: "100000", unit: CNY, bound: at_most}
      - when: {is: one_of, fact: level, label: 级别, options: [省级], options_en: [provincial]}
        amount: {value: "250000", unit: CNY, bound: at_most}
    period: once
    review: {by: tests, on: 2026-01-01}
  - id: companies-2027
    label: 2027年直播电商企业目标
    article: （五）
    quote: "到2027年，全市直播电商企业达到150家以上"
    kind: target
    beneficiary: 全市
    target: {metric: 直播电商企业, year: 2027, figure: {value: "150", unit: company, bound: at_least}}
    review: {by: tests, on: 2026-01-01}
"""
WHITESAND_TEXT = """\
白沙市关于支持新业态的若干意见（征求意见稿）
（一）支持做大规模。对年直播销售额超过1000万元的企业，按照年直播销售额的2%给予奖励，最高50万元。
（二）支持新业态人才培养。鼓励高校开设相关专业。
（三）支持新业态绿色仓储。对新建光伏屋顶的仓库，按每平方米10元给予补贴，最高30万元。
（四）支持新业态夜间经济。支持商圈延长营业时间。
"""
WHITESAND_SHEET = """\
id: baisha-draft
title: 白沙市关于支持新业态的若干意见（征求意见稿）
short_title: 白沙市新业态意见
place: {province: 海南省, city: 白沙市}
place_en: Baisha
aliases: [白沙]
status: {value: draft, quote: （征求意见稿）}
"""


def write_policies(folder: Path, matter: str = "新业态") -> Settings:
    """The folders of both cities, and settings that name them; `matter` stands in all titles."""
    own = settings(folder)
    for name, files in {
        "yunling-2025": {"text.txt": CLOUDRIDGE_TEXT, "policy.yaml": CLOUDRIDGE_SHEET, "incentives.yaml": CLOUDRIDGE_RULES},
        "baisha-draft": {"text.txt": WHITESAND_TEXT, "policy.yaml": WHITESAND_SHEET},
    }.items():
        (own.policies / name).mkdir(parents=True)
        for file, words in files.items():
            (own.policies / name / file).write_text(words.replace("新业态", matter), encoding="utf-8")
    return own


def open_assistant(folder: Path, matter: str = "新业态") -> Assistant:
    """An assistant over both cities, with an embedder that needs no weights and a store in memory."""
    return open_folder(write_policies(folder, matter))


def open_city(folder: Path, name: str, city: str, text: str) -> Assistant:
    """An assistant over one text of one more city, whose rules it proposes itself."""
    own = settings(folder)
    (own.policies / name).mkdir(parents=True)
    (own.policies / name / "text.txt").write_text(text, encoding="utf-8")
    sheet = f"id: {name}\ntitle: {text.splitlines()[0]}\nplace: {{city: {city}}}\naliases: [{city.removesuffix('市')}]\n"
    force = (
        "status: {value: in_force, quote: 自2025年2月15日起施行}\neffective:\n  from: {date: 2025-02-15, quote: 自2025年2月15日起施行}\n"
    )
    (own.policies / name / "policy.yaml").write_text(sheet + force, encoding="utf-8")
    return open_folder(own)


def open_folder(own: Settings) -> Assistant:
    """The same over any folder of policies."""
    knowledge = Knowledge.load(own)
    assert not knowledge.problems, knowledge.problems
    embedder, store = HashingEmbedder(), MemoryStore()
    index_policies(tuple(knowledge.policies.values()), own, embedder, store)
    return Assistant(own, knowledge, Searcher(own, embedder, store), Glossary.load())
