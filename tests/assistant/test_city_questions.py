"""Questions about a document of an invented city whose rules nobody reviewed, in the forms that other cities write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.models import Behaviour
from assistant.pipeline import Assistant
from tests.assistant.invented import open_city

TEXT = """\
青河市促进产业和人才发展实施细则
一、企业扶持
（一）技术改造补助
对总投资500万元以上的技术改造项目，按设备投资额的10%给予补助，单个项目最高500万元；其中，列入省级重点目录的项目，补助比例提高至12%，单个项目最高800万元。
（二）研发增量奖励
企业年度研发费用在300万元以上的，按研发费用较上年增量的10%给予奖励，每户每年不超过100万元。
（三）物流企业奖励
对新评为国家5A级、4A级、3A级的物流企业，分别奖励100万元、50万元、20万元；由低等级升为高等级的，补足差额。
（四）航线补贴
新开通的货运航线，每周不少于2班的，洲际航线每班补贴40万元，亚洲航线每班补贴15万元，单条航线每年最高2000万元。
（五）用工补贴
企业每新增1名产业工人并缴纳社会保险满6个月的，给予2000元/人的用工补贴，单户企业年度补贴总额不超过20万元。
二、人才扶持
（一）安家补贴
新引进的博士研究生、硕士研究生，分别给予30万元、10万元安家补贴，分5年等额发放。
（二）租房补贴
未享受安家补贴的人才，按博士每人每月2000元、硕士每人每月1200元发放租房补贴。
三、附则
（一）企业扶持由市经济和信息化局负责，人才扶持由市人力资源和社会保障局负责。
（二）同一人才同时符合安家补贴和租房补贴条件的，只能选择其中一项享受。用工补贴可与安家补贴同时享受。
（三）申请人于每年3月10日前向县（区）主管部门提出安家补贴申请，并提交学位证书等材料。
（四）咨询：市产业处，0599-8246789。
（五）审核结果公示5个工作日。同一企业年度获得专项资金总额不超过1000万元。
（六）本细则自2025年2月15日起施行，有效期5年。《青河市人才专项资金管理办法》（青政〔2021〕18号）同时废止。
"""

RIGHT = [  # turns, words of the conclusion of the last answer, words it must not have
    (["技改总投资5000万元，设备投资3000万元，列入省级重点目录，补多少"], ["360万元"], ["300万元"]),
    (["技改总投资5000万元，设备投资3000万元，补多少"], ["300万元"], []),
    (["今年研发费用800万元，去年500万元，研发增量奖励多少"], ["30万元"], ["50万元", "80万元"]),
    (["4A物流企业升5A奖励多少"], ["50万元"], ["可得**100万元"]),
    (["3A物流企业奖多少"], ["20万元"], []),
    (["亚洲航线每周2班，一共飞了70班，补贴多少"], ["1050万元"], ["30万元", "2800万元"]),
    (["新招了60个产业工人，社保都交满8个月，用工补贴能拿多少"], ["12万元"], []),
    (["新招了150个产业工人，用工补贴能拿多少"], ["20万元"], ["30万元"]),
    (["硕士租房补贴三年一共能领多少"], ["4.32万元"], ["2000元"]),
    (["博士租房补贴每月多少", "硕士呢"], ["1200元"], ["2000元"]),
    (["博士安家补贴第一年能拿多少"], ["6万元"], ["30万元"]),
    (["博士安家补贴是一次性发放30万元对吗"], ["不对", "5年"], []),
    (["安家补贴和租房补贴可以同时享受吗"], ["不能同时享受", "只能选择其中一项"], ["没有写明"]),
    (["用工补贴和安家补贴能同时享受吗"], ["可以同时享受"], ["没有写明", "不能"]),
    (["2021年的人才专项资金办法还能用吗"], ["废止"], ["仍有效"]),
    (["人才扶持归哪个部门管"], ["人力资源和社会保障局"], []),
    (["安家补贴什么时候申请"], ["3月10日"], ["没有写明"]),
    (["专项资金公示多久"], ["5个工作日"], []),
    (["同一企业一年最多能拿多少专项资金"], ["1000万元"], ["500万元"]),
    (["咨询电话多少"], ["0599-8246789"], ["没有"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(Path(tmp_path_factory.mktemp("city")), "qinghe-2025", "青河市", TEXT)


@pytest.mark.parametrize(("turns", "words", "never"), RIGHT, ids=[turns[-1] for turns, _, _ in RIGHT])
def test_answers_by_the_text(assistant: Assistant, turns: list[str], words: list[str], never: list[str]) -> None:
    dialogue = assistant.new_dialogue()
    for number, turn in enumerate(turns):
        answer = assistant.ask(turn if number else f"青河市{turn}", dialogue, on=date(2026, 1, 31))
    assert answer.behaviour is Behaviour.ANSWER
    assert [word for word in words if word not in answer.conclusion] == []
    assert [word for word in never if word in answer.conclusion] == []


def test_what_the_count_is_of_is_asked_for(assistant: Assistant) -> None:
    answer = assistant.ask("青河市用工补贴我们能拿多少", assistant.new_dialogue(), on=date(2026, 1, 31))
    assert answer.behaviour is Behaviour.CLARIFY
    assert "产业工人" in answer.conclusion
