"""What is said of rules: sums, what is missing, years, ranges, differences, totals, and what is needed for a sum."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.compose.draft import Context
from assistant.compose.incentives import answer_incentives
from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.selecting import RuleMatch
from assistant.understanding.understand import Understanding
from tests.assistant.invented import write_policies
from tests.assistant.stepped import write_stepped


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> list[Understanding]:
    def opened(folder: Path, stepped: bool) -> Understanding:
        knowledge = Knowledge.load(write_stepped(folder) if stepped else write_policies(folder))
        assert not knowledge.problems, knowledge.problems
        return Understanding(knowledge, Glossary.load())

    return [opened(tmp_path_factory.mktemp("city"), stepped) for stepped in (False, True)]


def conclusion(cities: list[Understanding], rules: str, text: str) -> str:
    """The conclusion on these rules, joined by a blank, whatever rules the words alone would have found."""
    wanted = rules.split()
    understanding = next(city for city in cities if {entry.rule.id for entry in city.knowledge.entries} >= set(wanted))
    entries = [entry for rule in wanted for entry in understanding.knowledge.entries if entry.rule.id == rule]
    (question,) = understanding.read(text).questions
    context = Context(understanding.knowledge, question, date(2026, 6, 30))
    return answer_incentives(context, [RuleMatch(1.0, (), entry) for entry in entries]).conclusion


SAID = [  # rules, question, what the conclusion says, what it does not
    ("sales", "年直播销售额2500万元，能拿多少？", "75万元", "上限合计 范围"),
    ("sales", "年直播销售额4000万元，能拿多少？", "80万元 已受上限限制", "120万元"),
    ("sales", "年直播销售额1500万元，能拿多少？", "不符合条件", "45万元"),
    ("sales", "我们做直播能拿多少？", "请告诉我 年直播销售额", "不符合"),
    ("sales", "年直播销售额-2500万元能拿多少", "负数 年直播销售额", "75万元"),
    ("fairs", "我们展位费8万元能补多少", "4万元", "6万元"),
    ("fairs", "booth fee of RMB 80,000, how much do we get?", "40,000", "60,000"),
    # a range: its lower end counts, the upper one is told besides
    ("sales", "年直播销售额2000-2500万元，能拿多少？", "60万元 范围的上限 75万元", ""),
    ("sales", "年直播销售额2000万到5000万元，能拿多少？", "60万元 范围的上限 80万元", "150万元"),
    ("fairs", "展位费4万元至8万元，能补多少？", "2万元 范围的上限 4万元", ""),
    ("fairs", "展位费20万元至30万元，能补多少？", "6万元", "范围的上限"),  # both ends get the most there is
    # years of support
    ("base", "第一年和第二年各能拿多少？", "第1年 20万元 第2年 10万元", "第3年"),
    ("base", "后两年每年多少？", "第2年 第3年 10万元 20万元", "30万元"),
    ("base", "第四年还能拿多少？", "不符合 只规定支持到第3年", "10万元"),
    ("base", "能拿几年？", "第1年到第3年", "没有写明年限"),
    ("rent", "租金补贴能拿几年？", "没有写明可连续享受几年", ""),
    # amounts by the month and the quarter
    ("rent", "仓库月租金5万元，能补多少？", "24万元", "20万元 2万元。"),
    ("rent", "仓库月租金5万元，租了8个月，能补多少？", "16万元", "24万元"),
    ("rent", "仓库季度租金15万元，能补多少？", "24万元", "6万元"),
    # steps
    ("steps", "年网络零售额1.2亿元，奖励多少？", "30万元", "50万元"),
    ("steps", "年网络零售额3亿元，奖励多少？", "50万元", "30万元"),
    ("steps", "年网络零售额9000万元，奖励多少？", "不符合", ""),
    # differences
    ("selection-centre", "市级和省级选品中心相差多少？", "上限相差 15万元", ""),
    ("selection-centre", "省级选品中心给多少？", "25万元", "相差 10万元"),
    # totals
    ("sales fairs", "年直播销售额2000万元，展位费8万元，一共能拿多少？", "合计 64万元 60万元 4万元", ""),
    ("sales fairs", "年直播销售额2000万元，展位费8万元，能拿多少？", "60万元 4万元", "合计"),
    ("sales fairs", "这两项加起来最多多少？", "上限合计 86万元", ""),
    # what is needed for a sum
    ("rent", "想拿到40万元补贴，租金要达到多少？", "100万元", "拿不到"),
    ("rent", "想拿到60万元补贴，租金要达到多少？", "拿不到60万元 50万元 125万元", "150万元"),
    ("rent", "要拿满上限，租金得达到多少？", "50万元 125万元", "拿不到"),
]


@pytest.mark.parametrize(("rules", "text", "said", "unsaid"), SAID)
def test_conclusion(cities: list[Understanding], rules: str, text: str, said: str, unsaid: str) -> None:
    words = conclusion(cities, rules, text)
    assert [part for part in said.split() if part not in words] == [], words
    assert [part for part in unsaid.split() if part in words] == [], words
