"""Where a company is registered, and which step of a grant a year belongs to."""

from __future__ import annotations

import pytest

from assistant.binding.names import likest_plain
from assistant.binding.registration import registered
from assistant.binding.year_tiers import year_option

REGISTERED = [  # condition, question, holds
    ("注册地在白沙", "公司注册地在白沙", True),
    ("注册地在白沙", "我们注册地不在白沙", False),
    ("注册在白沙", "公司注册在云岭", False),
    ("注册地不在白沙", "我们没在白沙注册", True),
    ("未在白沙注册", "我们在白沙注册的", False),
    ("注册地不在白沙", "注册地在云岭的公司", True),
    ("注册地不在白沙的企业开通航线", "注册地不在白沙的企业开了航线", None),
    ("注册地不在白沙的企业开通航线", "我们就注册在白沙", False),
    ("注册在我区", "公司注册在白沙", None),
    ("注册在白沙", "公司注册在本区", None),
    ("注册在白沙", "年收入500万", None),
    ("正式运营", "公司注册在白沙", None),
]


@pytest.mark.parametrize(("condition", "text", "holds"), REGISTERED)
def test_place_of_registration(condition: str, text: str, holds: bool | None) -> None:
    assert registered([condition], text) is holds


STEPS = [
    (("前三年", "后两年"), "第四年经济贡献300万", "后两年"),
    (("前三年", "后两年"), "头三年能拿多少", "前三年"),
    (("前三年", "后两年"), "第二年", "前三年"),
    (("前三年", "后两年"), "第三年和第四年", ""),
    (("前三年", "后两年"), "the fourth year", "后两年"),
    (("第一年", "第二年"), "首年", "第一年"),
    (("前两年", "后三年"), "第六年", ""),
    (("省级", "市级"), "第二年", ""),
    (("前三年", "后两年"), "做了三年", ""),
]


@pytest.mark.parametrize(("options", "text", "step"), STEPS)
def test_the_step_of_a_year(options: tuple[str, ...], text: str, step: str) -> None:
    assert year_option(options, text) == step


def test_trade_both_ways_is_not_exports() -> None:
    both, one = likest_plain("全年进出口货物", ("进出口货物",))[0], likest_plain("全年进出口货物", ("出口货物",))[0]
    assert both > 1.0 and one < 0.6
