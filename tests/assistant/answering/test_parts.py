"""Whole answers about two invented cities: names and figures of the texts, who is paid, lists, places, several parts."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.filters import most_paid, most_rate
from assistant.answering.recipients import kind_of_recipient
from assistant.levels import levels_in, levels_of, pays_for
from assistant.models import Behaviour
from assistant.pipeline import Assistant
from assistant.rules.schema import Rule
from tests.assistant.invented import open_assistant

TODAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("cities"))


def rule(desk: Assistant, name: str) -> Rule:
    return next(entry.rule for entry in desk.knowledge.entries if entry.rule.id == name)


CONCLUDED = [  # question, what the conclusion says, what it must not say
    ("白沙光伏屋顶仓库补贴多少", ["10元"], ["没有关于"]),
    ("白沙夜间经济补贴多少", ["没有写明给它多少钱", "夜间经济"], ["没有关于"]),
    ("白沙无人机培训补贴多少", ["没有"], ["夜间经济", "50万元"]),
    ("白沙“最高30万元”说的是什么", ["30万元"], ["50万元"]),
    ("云岭超过5万元的奖励有哪些", ["80万元", "20万元", "6万元", "25万元"], []),
    ("云岭哪些奖励超过25万元", ["直播销售额奖励"], ["选品中心"]),
    ("云岭哪些奖励在25万元以上", ["直播销售额奖励", "选品中心"], ["展会"]),
    ("云岭哪些奖励低于20万元", ["展会"], ["选品中心", "共享直播间"]),
    ("云岭给钱最多的是哪一项", ["80万元", "直播销售额奖励"], ["展会", "选品中心"]),
    ("云岭补贴比例最高的是哪项", ["50%", "展会"], ["选品中心"]),
    ("云岭市商务局负责哪几条", ["（一）", "（三）"], ["（二）"]),
    ("云岭共享直播间里的企业能拿20万吗", ["不是给入驻、使用的企业", "共享直播间"], []),
    ("云岭选品中心奖励是给谁的", ["给的是选品中心"], []),
    ("云岭和深圳哪个展会补贴高", ["没有收录深圳市", "6万元"], []),
    ("深圳的企业能用云岭的政策吗", ["没有收录深圳市", "没有写明深圳市的企业能否适用"], []),
    ("云岭第一条和第三条的上限分别是多少", ["80万元", "6万元"], ["20万元"]),
    ("云岭境外展会展位费8万元能补多少？另外年直播销售额2500万元能拿多少？", ["4万元", "75万元"], []),
    ("What do articles 1 and 3 of Yunling give at most?", ["800,000", "60,000"], ["200,000"]),
    ("请用英文回答：云岭共享直播间奖励多少", ["RMB 200,000"], ["万元"]),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), CONCLUDED)
def test_concluded(desk: Assistant, question: str, said: list[str], unsaid: list[str]) -> None:
    answer = desk.ask(question, desk.new_dialogue(), TODAY)
    assert all(words in answer.conclusion for words in said), answer.conclusion
    assert not any(words in answer.conclusion for words in unsaid), answer.conclusion


def test_silence_names_only_what_stands_nowhere(desk: Assistant) -> None:
    answer = desk.ask("白沙仓库运费补贴多少", desk.new_dialogue(), TODAY)
    assert answer.behaviour is Behaviour.REFUSE
    assert "运费" in answer.conclusion and "仓库" not in answer.conclusion


LEVELS = [("省级海外仓", {"province"}), ("市级、省级中心", {"city", "province"}), ("national brand", {"nation"}), ("海外仓", set())]


@pytest.mark.parametrize(("text", "levels"), LEVELS)
def test_levels(text: str, levels: set[str]) -> None:
    assert levels_in(text) == levels


def test_a_rule_pays_for_its_own_levels(desk: Assistant) -> None:
    centre, studio = rule(desk, "selection-centre"), rule(desk, "studio")
    assert levels_of(centre) == {"city", "province"} and not levels_of(studio)
    assert pays_for([centre], "省级选品中心") and not pays_for([centre], "国家级选品中心")
    assert pays_for([studio], "国家级直播间"), "a rule that tells no levels apart pays for all"


RECIPIENTS = [  # words of the beneficiary, who that is
    ("入驻产业园的企业", "user"),
    ("纳入平台统计的企业", "user"),
    ("园区运营方", "runner"),
    ("综合服务平台企业", "runner"),
    ("建设海外仓的企业", "runner"),
    ("相关县（市）区", "district"),
    ("高层次人才", "person"),
    ("出口企业", "company"),
    ("园区", "runner"),
]


@pytest.mark.parametrize(("beneficiary", "kind"), RECIPIENTS)
def test_who_is_paid(desk: Assistant, beneficiary: str, kind: str) -> None:
    assert kind_of_recipient(rule(desk, "studio").model_copy(update={"beneficiary": beneficiary})) == kind


def test_the_most_a_rule_states(desk: Assistant) -> None:
    assert most_paid(rule(desk, "selection-centre")) == 250000
    assert most_paid(rule(desk, "sales")) == 800000, "its cap, not the turnover it asks for"
    assert (most_rate(rule(desk, "fairs")), most_rate(rule(desk, "studio"))) == (rule(desk, "fairs").rate.value, None)  # type: ignore[union-attr]
