"""Answers about the documents themselves: who issued them, from when to when they hold."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.compose.documents import answer_status
from assistant.compose.draft import Context
from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.understanding.understand import Understanding
from tests.assistant.invented import write_policies


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    return Understanding(Knowledge.load(write_policies(tmp_path_factory.mktemp("cities"))), Glossary.load())


CLAIMED = [  # what somebody believes of a document issued by 云岭市人民政府办公室, in force 2025-01-01 to 2027-06-30; how the answer begins
    ("云岭这份文件是云岭市人民政府办公室印发的吗？", "是的"),
    ("云岭这份文件是市政府办公室印发的，对吗？", "是的"),
    ("云岭这份文件是由市人民政府办公室发布的，对吧？", "是的"),
    ("云岭这份文件是市商务局印发的吗？", "不对"),
    ("云岭这份文件是省政府办公厅出台的，对吧？", "不对"),
    ("云岭这份文件有效期到2027年6月30日，对吗？", "是的"),
    ("云岭这份文件2027年6月到期，对吗？", "是的"),
    ("云岭这份文件有效期到2026年12月31日，对吗？", "不对"),
    ("云岭这份文件从2025年1月1日起施行，对吗？", "是的"),
    ("云岭这份文件从2026年1月1日起施行，对吗？", "不对"),
    ("Is it true that the Yunling document is valid until 2027-06-30?", "Yes"),
    ("Is it true that the Yunling document is valid until 2026-06-30?", "No"),
    ("云岭这份文件是谁印发的？", ""),
    ("云岭这份文件什么时候到期？", ""),
    ("白沙这份文件是市商务局印发的吗？", ""),  # it names no issuer
]


@pytest.mark.parametrize(("text", "begins"), CLAIMED)
def test_what_somebody_believes_of_a_document(understanding: Understanding, text: str, begins: str) -> None:
    (question,) = understanding.read(text).questions
    context = Context(understanding.knowledge, question, date(2026, 6, 30))
    words = answer_status(context, [understanding.knowledge.policies[policy] for policy in question.policies]).conclusion
    assert words.startswith(begins)
    assert words.startswith(("是的", "不对", "Yes", "No.")) is bool(begins), words
