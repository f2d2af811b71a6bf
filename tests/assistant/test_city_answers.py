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
（五）对新落户的总部企业，按照上一年度在我市的纳税总额给予落户奖励。
1.纳税总额超过1000万元（含）的，奖励300万元；
2.纳税总额超过2000万元（含）的，奖励600万元；
3.纳税总额超过4000万元（含）的，奖励1000万元。
（六）首次被评为世界企业500强的金融企业，一次性给予900万元的奖励；被评为中国企业500强的，一次性给予800万元的奖励。
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
        ("青禾总部企业去年纳税2500万元，落户奖多少", "600万元"),
        ("青禾总部企业去年纳税2000万元，落户奖多少", "600万元"),
        ("青禾总部企业去年纳税9000万元，落户奖多少", "1000万元"),
        ("青禾总部企业去年纳税900万元，落户奖多少", "不符合"),
        ("青禾金融企业首次被评为中国企业500强，奖多少", "800万元"),
        ("青禾金融企业第一次评上中国企业500强，奖900万，是这样吧？", "不对"),
    ],
)
def test_it_is_answered(assistant: Assistant, question: str, says: str) -> None:
    answer = assistant.ask(question, on=date(2026, 6, 30))
    assert answer.behaviour is Behaviour.ANSWER
    assert says in answer.conclusion.replace("**", ""), answer.text
    assert all(check.proof for check in answer.checks)


def test_of_the_steps_of_a_ladder_one_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("青禾总部企业去年纳税2500万元，落户奖多少", on=date(2026, 6, 30))
    assert "300万元" not in answer.conclusion
    assert "1000万元**" not in answer.conclusion
