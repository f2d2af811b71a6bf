"""Questions about a document of an invented city on foreign trade: growth over a base, so much a dollar, ceilings for one booth."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from tests.assistant.invented import open_city

TEXT = """\
松河市外贸企业奖励政策
第一条 以上年度出口为基数，对当年度出口额2000万美元以上，超基数额达到1000万美元以上的，奖励5万元；超基数额达到3000万美元的，奖励10万元。
第二条 对出口软件的企业，根据海关数据和外管数据，每出口1美元奖励0.2元。
第三条 对参加国际展会的企业，摊位费按实际支出予以补助，最高为每标准展位1.5万元。
第四条 本办法自2025年2月15日起施行，有效期5年。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(Path(tmp_path_factory.mktemp("trade")), "songhe-2025", "松河市", TEXT)


ASKED = [  # question, words of the conclusion, words it must not have
    ("企业去年出口3000万美元，今年4200万美元，奖多少", "5万元", "10万元"),
    ("企业去年出口3000万美元，今年6500万美元，奖多少", "10万元", "5万元"),
    ("企业去年出口1500万美元，今年1900万美元，能拿奖吗", "不符合条件", "可得"),
    ("出口软件50万美元，奖多少", "10万元", "5万元"),
    ("参加国际展会3个标准展位，每个摊位费2.2万，补多少", "最高4.5万元", "1.5万元"),
]


@pytest.mark.parametrize(("question", "said", "not_said"), ASKED)
def test_sums_of_a_trade_policy(assistant: Assistant, question: str, said: str, not_said: str) -> None:
    conclusion = assistant.ask(question, assistant.new_dialogue(), on=date(2026, 6, 30)).conclusion
    assert said in conclusion
    assert not_said not in conclusion


@pytest.mark.parametrize("question", ["企业买车有补贴吗", "展会企业买大巴车有补贴吗", "出口软件的企业雇保安有补助吗"])
def test_support_for_a_purchase_no_text_knows_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question, assistant.new_dialogue(), on=date(2026, 6, 30)).behaviour.value == "refuse"
