"""No sum is above a ceiling that its rule shares with others, and each answer quotes it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.pipeline import Assistant
from tests.assistant.invented import open_city

TEXT = """\
青禾市促进外贸发展若干措施
一、支持标准
（一）支持开拓市场
1.参加境外展会的企业，按展位费的50%给予补贴。
2.投保出口信用保险的企业，按实际缴纳保费的30%给予补贴。
以上各项，单个企业每年合计不超过50万元。
（二）对新建跨境电商平台的企业，按投资额的10%给予一次性补助。
二、附则
本措施自2025年2月15日起施行。同一企业每年获得的各项支持总额不超过200万元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(tmp_path_factory.mktemp("city"), "qinghe", "青禾市", TEXT)


@pytest.mark.parametrize(
    ("question", "says", "never"),
    [
        ("青禾投保出口信用保险，保费100万元，补多少？", "30万元", "50万元"),
        ("青禾投保出口信用保险，保费300万元，补多少？", "最高50万元 已受上限限制", "90万元"),
        ("青禾参展展位费60万元、保费90万元，一共能补多少？", "合计最高50万元", "57万元"),
        ("青禾新建跨境电商平台，投资额3000万元，补多少？", "最高200万元", "300万元"),
        ("青禾新建跨境电商平台，投资额1000万元，补多少？", "100万元", "50万元"),
    ],
)
def test_no_sum_is_above_a_shared_ceiling(assistant: Assistant, question: str, says: str, never: str) -> None:
    answer = assistant.ask(question, on=date(2026, 6, 30))
    conclusion = answer.conclusion.replace("**", "")
    assert all(words in conclusion for words in says.split()), answer.text
    assert never not in conclusion


def test_the_ceiling_is_quoted_and_cited(assistant: Assistant) -> None:
    answer = assistant.ask("青禾投保出口信用保险，保费100万元，补多少？", on=date(2026, 6, 30))
    assert any("以上各项，单个企业每年合计不超过50万元" in notice for notice in answer.notices)
    assert {"以上各项，单个企业每年合计不超过50万元。", "同一企业每年获得的各项支持总额不超过200万元。"} <= {
        c.quote for c in answer.citations
    }
    assert all(check.proof for check in answer.checks)
