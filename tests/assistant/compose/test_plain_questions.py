"""Plain questions about a rule: answered by what it says, and not at all where it does not settle them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.compose.draft import Context
from assistant.compose.plain_questions import plain_answer
from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.understanding.understand import Understanding
from tests.assistant.invented import write_policies


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    return Understanding(Knowledge.load(write_policies(tmp_path_factory.mktemp("cities"))), Glossary.load())


QUESTIONS = [  # rules, the question, how the answer begins
    (["fairs"], "境外展会补贴有上限吗？", "有上限"),
    (["studio"], "共享直播间奖励有上限吗？", "是固定金额"),
    (["fairs"], "境外展会补贴上限是多少？", ""),
    (["sales"], "直播奖励是按年直播销售额算的吗？", "是的，是按年直播销售额"),
    (["sales"], "直播奖励是按租金算的吗？", "不对，是按年直播销售额"),
    (["studio"], "共享直播间必须500平方米吗？", ""),
    (["studio"], "共享直播间必须有建筑面积吗？", "是的，条文要求：建筑面积 ≥ 500平方米"),
    (["studio"], "共享直播间必须在市中心吗？", "条文没有写明必须在市中心"),
    (["studio"], "共享直播间是一次性还是每年都给？", "是一次性"),
    (["fairs"], "境外展会补50%还是70%？", "是"),
    (["selection-centre"], "选品中心奖励给选品中心还是给商户？", "给的是选品中心"),
    (["fairs"], "境外展会补贴走电汇还是支票？", ""),
    (["fairs", "studio"], "这些补贴有上限吗？", ""),  # they do not agree
]


@pytest.mark.parametrize(("rules", "question", "begins"), QUESTIONS)
def test_answer(understanding: Understanding, rules: list[str], question: str, begins: str) -> None:
    (read,) = understanding.read(question).questions
    entries = [entry for entry in understanding.knowledge.entries if entry.rule.id in rules]
    said = plain_answer(Context(understanding.knowledge, read, date(2026, 6, 30)), entries)
    assert said.startswith(begins)
    assert bool(said) is bool(begins)
