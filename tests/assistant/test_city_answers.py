"""Whole answers from a small document of an invented city: words as figures, funds, days, ceilings of a year."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.models import Behaviour
from assistant.pipeline import Assistant
from tests.assistant.invented import open_city

TEXT = """\
青禾市促进外贸发展若干措施
（一）对小微企业投保出口信用保险的，保费由财政全额承担。
（二）固定资产投资1亿元以上的文旅项目，按1%给予一次性补助，最高2000万元。
（三）专项资金由市财政预算安排，每年规模不低于3000万元。
（四）申报主体于每年2月底前提交申请，逾期视为放弃。
本措施自2025年2月15日起施行。同一企业年度获得资金总额不超过1000万元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(tmp_path_factory.mktemp("city"), "qinghe", "青禾市", TEXT)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("青禾小微企业出口信用保险保费20万元，补多少？", "20万元"),
        ("青禾文旅项目投资5亿元，一次性补助多少", "500万元"),
        ("青禾文旅项目投资30亿元，一次性补助多少", "最高2000万元"),  # above the ceiling of a year: paid over years
        ("青禾专项资金每年多大规模", "3000万元"),
        ("青禾申报截止到什么时候", "2月底"),
    ],
)
def test_it_is_answered(assistant: Assistant, question: str, says: str) -> None:
    answer = assistant.ask(question, on=date(2026, 6, 30))
    assert answer.behaviour is Behaviour.ANSWER
    assert says in answer.conclusion.replace("**", ""), answer.text
    assert all(check.proof for check in answer.checks)
