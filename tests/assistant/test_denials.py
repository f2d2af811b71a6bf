"""Conditions that a question denies, or says to be met, in words of its own."""

from __future__ import annotations

import pytest

from assistant.binding.denials import affirms_state, affirms_verb, denies_name, denies_verb, made_good, says_contrary, states

CONTRARY = [  # words of the condition, the question, what it says
    ("正式运营", "体验店还没开始运营", True),
    ("正式运营", "体验店已经停业了", True),
    ("正式运营", "还在装修", True),
    ("正式运营", "装修花了50万，已经开业", False),
    ("formally in operation", "the store is not open yet", True),
    ("自建", "租的海外仓4000平", True),
    ("自建", "自建海外仓4000平", False),
    ("首次进入名单", "去年已经进过名单，今年又进", True),
    ("年交易额首次达到", "已经超过1亿", False),
    ("年交易额首次达到", "去年已经到过5000万，今年首次突破1亿", None),
    ("经认定", "产业园落选了", True),
    ("综合保税区", "普通工业园的仓库", True),
    ("营业面积", "还在装修", False),
    ("在我区新设", "我们在这里开了好多年的公司", True),
    ("在我区新设", "刚成立3个月的公司", False),
    ("在我区已设立", "新设的服务企业", True),
    ("在我区已设立", "老企业，办了8年", False),
    ("购置自用办公房产", "租了800平方米办公", True),
    ("租用自用办公用房", "买了一层办公楼", True),
    ("租用或购置办公用房", "买了一层办公楼", False),
]


@pytest.mark.parametrize(("name", "text", "said"), CONTRARY)
def test_a_contrary_state(name: str, text: str, said: bool | None) -> None:
    assert says_contrary([name], text) is said


VERBS = [  # words of the condition, the question, denied, done
    ("与平台实现对接", "跟平台没对接", True, False),
    ("与平台实现对接", "对接平台了", False, True),
    ("与平台实现对接", "平台已经对接了", False, True),
    ("与平台实现对接", "有没有对接平台", False, False),
    ("通过海关验收", "海关验收没通过", True, False),
    ("通过海关验收", "海关验收已经通过", False, True),
    ("经商务部门认定", "是不是认定了才给", False, False),
]


@pytest.mark.parametrize(("name", "text", "denied", "done"), VERBS)
def test_a_verb_denied_or_done(name: str, text: str, denied: bool, done: bool) -> None:
    assert denies_verb([name], text) is denied
    assert affirms_verb([name], text) is done


@pytest.mark.parametrize(
    ("text", "word", "denied"),
    [
        ("保税区以外的仓库", "保税区", True),
        ("保税区外的仓库", "保税区", True),
        ("保税区外贸公司", "保税区", False),
        ("a warehouse outside the bonded zone", "bonded zone", True),
        ("独立站没开", "独立站", True),
        ("独立站开了两年", "独立站", False),
        ("不在保税区", "保税区", True),
    ],
)
def test_a_name_denied(text: str, word: str, denied: bool) -> None:
    assert denies_name(text, word) is denied


def test_the_first_time_is_said_of_this_matter_only() -> None:
    assert affirms_state(["年交易额首次达到"], "年交易额8亿，首次")
    assert not affirms_state(["年交易额首次达到"], "首次进入名单")
    assert not affirms_state(["年交易额首次达到"], "年交易额8亿，有首次的奖励吗")


STATES = [  # text, what held before, what holds now
    ("去年没通过，今年通过了", "去年没通过", "，今年通过了"),
    ("没通过，后来又没通过，现在通过了", "没通过，后来又没通过", "，现在通过了"),
    ("今年通过了", "", "今年通过了"),
    ("failed last year, now passed", "failed last year", ", now passed"),
]


@pytest.mark.parametrize(("text", "before", "now"), STATES)
def test_what_held_before_and_what_holds_now(text: str, before: str, now: str) -> None:
    assert states(text) == (before, now)


def test_what_is_made_good_is_said_to_be_done() -> None:
    assert made_good("之前没业绩", "现在有业绩了")
    assert not made_good("之前没业绩", "现在还没业绩")
    assert not made_good("没通过", "今年能拿多少")
