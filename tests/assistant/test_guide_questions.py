"""Questions about a guide to one award, and about supports listed by kind, of an invented county."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.pipeline import Assistant
from assistant.rules.extraction.labels import award_of_guide
from tests.assistant.invented import open_city

GUIDE = """\
关于申报2025年度青溪市绿色工厂入统奖励的办事指南
一、申请条件
1.申报单位注册地在青溪市范围内，实行独立核算。
2.申报单位由青溪市以外地区迁入青溪市。
二、奖励标准
对符合条件的申报单位，一次性给予20万元入统奖励。
三、申报及审核
7.申报单位向青溪市服务窗口提出申请并提供材料，经市推进小组审核后，报市政府兑现。
8.窗口的联系电话：0999-1234567。
本指南自2025年2月15日起施行，有效期5年。
"""
LISTED = """\
青溪市人才和文旅支持办法
第一条 对新引进人才发放住房补贴，其中本科生1万元，硕士研究生3万元，博士研究生5万元。
第二条 对新评定为3—5星级的民宿，一次性分别给予2万元、5万元、9万元奖励。
第三条 对年接待游客2万人次以上的旅行社给予奖励，每满1万人次奖励1万元。
第四条 对新评定为五星级的酒店给予30万元奖励。
第五条 对引进的博士后，给予一次性科研经费5万元和每年6万元的生活补助。
第六条 本办法自2025年2月15日起施行，有效期5年。
"""
RIGHT = [  # turns, words of the conclusion of the last answer, words it must not have
    (["硕士研究生的住房补贴是多少"], ["3万元"], ["5万元"]),
    (["硕士研究生的住房补贴是多少", "博士研究生呢"], ["5万元"], ["3万元"]),
    (["民宿新评上4星级奖多少"], ["5万元"], ["9万元"]),
    (["民宿新评上四星级奖多少"], ["5万元"], ["9万元"]),
    (["民宿新评上5星级奖励20万元对吧"], ["不对", "9万元"], []),
    (["我们旅行社去年接待游客35000人次，奖多少"], ["3万元"], ["3.5万元"]),
    (["Our hotel in Qingxi was newly rated five-star. How much is the reward?"], ["RMB 300,000"], []),
    (["上海搬到青溪的旅行社，去年接待游客2万人次，奖多少"], ["2万元"], ["上海"]),
]
RIGHT_GUIDE = [
    (["绿色工厂入统奖励多少"], ["绿色工厂入统奖励", "20万元"], []),
    (["绿色工厂入统奖励有什么申请条件"], ["由青溪市以外地区迁入"], ["没有写明"]),
    (["绿色工厂入统奖励怎么申请"], ["提出申请"], ["请以原文为准"]),
    (["绿色工厂入统奖励谁审批"], ["推进小组"], []),
    (["服务窗口的电话号码是多少"], ["0999-1234567"], []),
]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(tmp_path_factory.mktemp("listed"), "qingxi-listed", "青溪市", LISTED)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(tmp_path_factory.mktemp("guide"), "qingxi-guide", "青溪市", GUIDE)


def conclusion(assistant: Assistant, turns: list[str]) -> str:
    dialogue = assistant.new_dialogue()
    for number, turn in enumerate(turns):
        answer = assistant.ask(turn if number or "青溪" in turn or turn.isascii() else f"青溪{turn}", dialogue, date(2026, 6, 30))
    return answer.conclusion


@pytest.mark.parametrize(("turns", "has", "lacks"), RIGHT)
def test_of_supports_by_kind(listed: Assistant, turns: list[str], has: list[str], lacks: list[str]) -> None:
    said = conclusion(listed, turns)
    assert [word for word in has if word not in said] + [word for word in lacks if word in said] == [], said


@pytest.mark.parametrize(("turns", "has", "lacks"), RIGHT_GUIDE)
def test_of_a_guide(guide: Assistant, turns: list[str], has: list[str], lacks: list[str]) -> None:
    said = conclusion(guide, turns)
    assert [word for word in has if word not in said] + [word for word in lacks if word in said] == [], said


@pytest.mark.parametrize(
    ("title", "award"),
    [
        ("关于申报2017年度甲企业入统奖励的办事指南", "甲企业入统奖励"),
        ("内贸企业经营贡献奖办事指南", "内贸企业经营贡献奖"),
        ("青溪市促进外贸发展的若干措施", ""),
        ("青溪市扶持政策申报指南", ""),
    ],
)
def test_a_guide_names_its_award(title: str, award: str) -> None:
    assert award_of_guide(title) == award
