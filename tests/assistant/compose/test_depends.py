"""A figure that stands in one item of a list only is no plain yes for all of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from tests.assistant.invented import open_city

TEXT = """\
松河市基金企业奖励办法
第一条 对基金企业给予经营贡献奖励：
（一）对新设立的基金企业，按其地方经济贡献的90%给予奖励。
（二）对新迁入的基金企业，按其地方经济贡献的40%给予奖励。
第二条 对基金企业租用办公用房的，按租金的30%给予补贴，最高60万元。
第三条 本办法自2025年2月15日起施行，有效期5年。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(Path(tmp_path_factory.mktemp("depends")), "songhe-2025", "松河市", TEXT)


CLAIMS = [
    ("松河的基金企业按地方经济贡献的90%奖励，对吗", "要看是哪一种"),
    ("松河的基金企业按地方经济贡献的40%奖励，对吗", "要看是哪一种"),
    ("松河的基金企业按地方经济贡献的70%奖励，对吗", "不对"),
    ("松河基金企业租办公用房补租金的30%，对吗", "是的"),
]


@pytest.mark.parametrize(("question", "first"), CLAIMS)
def test_the_verdict_says_of_whom_it_holds(assistant: Assistant, question: str, first: str) -> None:
    answer = assistant.ask(question, assistant.new_dialogue(), on=date(2026, 6, 30))
    assert answer.conclusion.startswith(first)
