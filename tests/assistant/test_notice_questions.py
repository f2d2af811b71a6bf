"""Questions about a document of an invented district: prices by step, growth, conditions of a step, days for applying, claims of all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from tests.assistant.invented import open_city

TEXT = """\
云溪市支持商贸流通若干措施
一、对在保税仓报关的货运代理企业，年标箱数达到100—300个标箱的，给予20元/标箱的补贴；301个标箱以上的，给予30元/标箱的补贴。
二、对零售企业，网络零售额每同比增加1000万元，给予8万元的奖励，单个企业每年最高40万元，单个企业三年内只得申报一次。
三、对运营面积达1万平方米以上、入驻率达50%以上、年营业收入1亿元以上的商贸园区，给予一次性20万元补助；运营面积达5万平方米以上、入驻率达60%以上、年营业收入2亿元以上的商贸园区，给予一次性50万元补助。
四、对入驻商贸园区满一年的企业，按办公面积给予10元/平方米/月的物业费补助，补助期三年。
五、对直播基地（非工业用地），经认定，按实际投资额的50%给予补助，最高300万元。
六、机构每签约一名年销售额达到1亿元、3000万元主播的，分别给予50万元、10万元奖励。每家机构每年最高奖励120万元。
七、申报单位网上申报时间为2025年3月1日至2025年4月30日，逾期不予受理。同一项目符合多项条款的，由申报单位择一申报，不能同时享受。
本措施自2025年2月15日起施行，有效期5年。
"""

ASKED = [  # question, words of the answer, words its conclusion must not have
    ("货运代理企业在保税仓报关了200个标箱，补多少", ["4000元"], ["可得**20元**"]),
    ("货运代理企业在保税仓报关了400个标箱，补多少", ["1.2万元"], []),
    ("货运代理企业每个标箱都补30元，对吧", ["不都是"], ["是的"]),
    ("零售企业网络零售额比去年多了3500万元，奖多少", ["24万元"], []),
    ("零售企业网络零售额同比增加9000万，奖多少", ["40万元"], ["72万元"]),
    ("零售企业网络零售额3500万元，奖多少", ["1000万元"], ["24万元"]),
    ("网络零售额奖励三年能申报几次", ["三年内只得申报一次"], []),
    ("商贸园区运营面积6万平，入驻率65%，年营业收入3亿，补多少", ["50万元"], ["月数"]),
    ("商贸园区运营面积6万平，入驻率55%，年营业收入3亿，补多少", ["20万元"], ["可得**50万元**"]),
    ("商贸园区运营面积12000平，入驻率45%，能拿补助吗", ["不符合条件", "50%"], ["可得"]),
    ("我们入驻商贸园区满一年了，办公面积200平方米，物业费一个月能补多少", ["2000元"], ["不符合"]),
    ("入驻商贸园区两年了，办公面积200平方米，物业费三年能补多少", ["7.2万元"], ["4.8万元"]),
    ("直播基地用工业用地建的也能拿50%补助吧", ["非工业用地"], ["是的"]),
    ("机构签了3个主播，每个年销售额5000万，奖多少", ["30万元"], ["1.5亿"]),
    ("机构签了3名年销售额1亿元的主播，奖多少", ["120万元"], []),
    ("2025年5月6日还能申报吗", ["不能", "4月30日"], []),
    ("2025年4月6日还能申报商贸资金吗", ["可以", "4月30日"], []),
    ("同一个项目符合好几条，能不能都拿", ["择一"], []),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(Path(tmp_path_factory.mktemp("notice")), "yunxi-2025", "云溪市", TEXT)


@pytest.mark.parametrize(("question", "has", "lacks"), ASKED, ids=[question for question, _, _ in ASKED])
def test_a_notice(assistant: Assistant, question: str, has: list[str], lacks: list[str]) -> None:
    answer = assistant.ask(f"云溪市{question}", assistant.new_dialogue(), date(2025, 6, 30))
    assert [word for word in has if word not in answer.text] == [], answer.text
    assert [word for word in lacks if word in answer.conclusion] == [], answer.conclusion
