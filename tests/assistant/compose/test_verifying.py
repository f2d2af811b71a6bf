"""Is it true that …: yes, no, or nothing to compare."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.binding import bind
from assistant.compose.calculating import calculated
from assistant.compose.draft import Context, Draft
from assistant.compose.verifying import judge, same_kind
from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.understanding.understand import Understanding
from tests.assistant.invented import write_policies
from tests.assistant.stepped import write_stepped


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    folder = tmp_path_factory.mktemp("cities")
    write_stepped(folder)
    return Understanding(Knowledge.load(write_policies(folder)), Glossary.load())


def verdict(understanding: Understanding, rule: str, text: str) -> str:
    (question,) = understanding.read(text).questions
    entries = [entry for entry in understanding.knowledge.entries if entry.rule.id == rule]
    context = Context(understanding.knowledge, question, date(2026, 6, 30))
    bindings = bind(entries, question)
    return judge(context, Draft(), entries, [calculated(context, entry, bindings) for entry in entries], bindings)


CLAIMS = [  # rule, what the user believes, how the verdict begins
    ("fairs", "境外展会补贴50%，对吧？", "是的"),
    ("fairs", "境外展会补贴70%，对吧？", "不对"),
    ("fairs", "境外展会每年最高6万元，对吗？", "是的"),
    ("fairs", "境外展会每年最高60万元，对吗？", "不对"),
    ("fairs", "境外展会每年最高6万美元，对吗？", "不对"),
    ("fairs", "境外展会展位费全额补贴，对吗？", "不对"),
    ("fairs", "境外展会补贴50%，最高7万元，对吧？", "不对"),
    ("fairs", "境外展会有补贴，对吧？", ""),
    ("sales", "年直播销售额奖励5%，是吗？", "不对"),
    ("sales", "年直播销售额奖励3%，是吗？", "是的"),
    ("sales", "年直播销售额要达到2000万元，是吗？", "是的"),
    ("studio", "共享直播间一次性奖励20万元，没错吧？", "是的"),
    ("studio", "共享直播间一次性奖励30万元，没错吧？", "不对"),
    ("studio", "共享直播间每年都给20万元，对吧？", "不对，是一次性的"),
    ("studio", "共享直播间不用500平方米也能拿20万元，对吧？", "不对，条文要求"),
    ("studio", "共享直播间不到500平方米也能拿20万元，对吧？", "不"),
    ("studio", "共享直播间不管多大都给20万元，对吧？", "不对，条文要求"),
    ("studio", "所有共享直播间都能拿20万元，对吧？", "不完全对"),
    ("studio", "共享直播间一定能拿20万元吗？", "不一定"),
    ("studio", "去年拿过20万元，今年共享直播间再拿20万元，对吧？", "不一定"),
    ("studio", "共享直播间600平方米，能拿20万元，对吧？", "是的"),
    ("studio", "共享直播间要400平方米以上，对吧？", "不对，文件写的不是400平方米，条文要求：建筑面积 ≥ 500平方米"),
    ("studio", "入驻共享直播间的企业能拿20万元吗？", "不对，条文给的是共享直播间"),
    ("studio", "同事说共享直播间一次性20万元，写错了吗？", "没有错"),
    ("fairs", "境外展会每年最高6万元，是一次性的，对吧？", "不对，是按年度的"),
    ("sales", "年直播销售额2000万元，能拿60万元，对吧？", "是的"),
    ("selection-centre", "市级选品中心25万元，省级10万元，对吧？", "不对，各档"),
    ("studio", "Does a shared studio need at least 300 square metres?", "No"),
    ("studio", "Is the shared studio reward of RMB 200,000 paid every year?", "No"),
    ("studio", "Is it true that a shared studio gets RMB 200,000?", "Yes"),
    ("studio", "Is it true that a shared studio gets RMB 300,000?", "No"),
]


# A right sum by the wrong tier or year is wrong.
CLAIMS += [
    ("selection-centre", "市级选品中心10万元，省级25万元，对吗？", "是的"),
    ("selection-centre", "市级选品中心25万元，省级10万元，对吗？", "不对"),
    ("selection-centre", "省级选品中心是10万元，对吗？", "不对"),
    ("base", "培训基地首年20万元、第二年10万元，对吗？", "是的"),
    ("base", "培训基地首年10万元，第二年20万元，对吗？", "不对"),
    ("base", "培训基地第一年20万元，后两年每年20万元，对吗？", "不对"),
    ("steps", "零售额达到1亿元奖30万元，达到3亿元奖50万元，对吗？", "是的"),
    ("steps", "零售额达到1亿元奖50万元，达到3亿元奖30万元，对吗？", "不对"),
]

# For each of several things, or so many times the sum: the text promises neither.
CLAIMS += [
    ("studio", "每个共享直播间都能拿20万元，对吧？", "不一定：文件没有写明可以按个数"),
    ("studio", "3个共享直播间能拿60万元，对吧？", "不一定：文件没有写明可以按个数"),
    ("studio", "3个共享直播间能拿80万元，对吧？", "不对"),
    ("studio", "Is it true that each shared studio gets RMB 200,000?", "Not for certain"),
    ("studio", "3家企业能拿60万元，对吧？", "不一定：文件写的是单家企业"),
    ("fairs", "境外展会每年最高6万元，对吧？", "是的"),
    ("fairs", "境外展会两场能拿12万元，对吧？", "不对"),  # 每家企业每年最高6万元
    ("fairs", "两家公司参加境外展会，一年能拿12万元，对吧？", "按条文的“每家”"),
]


@pytest.mark.parametrize(("rule", "claim", "begins"), CLAIMS)
def test_verdict(understanding: Understanding, rule: str, claim: str, begins: str) -> None:
    said = verdict(understanding, rule, claim)
    assert said.startswith(begins)
    assert bool(said) is bool(begins)


def test_a_wrong_figure_is_named_and_a_right_one_is_not(understanding: Understanding) -> None:
    said = verdict(understanding, "fairs", "境外展会补贴50%，最高7万元，对吧？")
    assert "7万元" in said
    assert "50%" not in said


@pytest.mark.parametrize(
    ("unit", "claim", "same"),
    [
        ("CNY", "CNY", True),
        ("CNY", "", True),
        ("CNY/m2", "CNY", True),
        ("CNY/m2/month", "CNY/m2", True),
        ("USD", "CNY", False),
        ("USD", "", False),
        ("ratio", "CNY", False),
        ("m2", "", False),
    ],
)
def test_same_kind(unit: str, claim: str, same: bool) -> None:
    assert same_kind(unit, claim) is same
