"""What a document leaves out is said before the rule; what it has is not called missing."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.pipeline import Assistant
from tests.assistant.invented import open_assistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("cities"))


LACKING = [  # question, what is said to be missing; "" for nothing
    ("云岭市共享直播间奖励什么时候到账？", "到账"),
    ("云岭市共享直播间奖励几天到账？", "到账"),
    ("云岭市共享直播间由谁评审？", "认定（评审）"),
    ("云岭市共享直播间奖励要交税吗？", "交税"),
    ("云岭市境外展会能补几个展位？", "展位数"),
    ("云岭市共享直播间面积要多大？", ""),
    ("云岭市共享直播间奖励多少？", ""),
    ("云岭市境外展会补贴上限是多少？", ""),
    ("When will the Yunling shared studio reward be paid out?", "when the money is paid"),
]


@pytest.mark.parametrize(("question", "missing"), LACKING)
def test_what_is_missing_is_said_first(assistant: Assistant, question: str, missing: str) -> None:
    first = assistant.ask(question, assistant.new_dialogue(), on=date(2026, 6, 30)).conclusion.split("\n")[0]
    said = first.startswith(("文件没有写明", "The document does not state"))
    assert said is bool(missing)
    assert missing in first
