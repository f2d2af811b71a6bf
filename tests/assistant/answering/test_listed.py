"""Claims that list several matters, each with its figure."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.listed import claimed_list
from assistant.compose.draft import Context
from assistant.findings import Findings
from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.understanding.understand import Understanding
from tests.assistant.invented import write_policies


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    return Understanding(Knowledge.load(write_policies(tmp_path_factory.mktemp("cities"))), Glossary.load())


CLAIMS = [  # the claim, how the answer begins, rules told; "" where it is no list
    ("云岭市：共享直播间20万元、境外展会50%，对吧", "是的", 2),
    ("云岭市：境外展会6万元、共享直播间20万元、省级选品中心25万元，对吧", "是的", 3),
    ("云岭市：境外展会6万元、共享直播间30万元，对吧", "不对：“共享直播间奖励”写的不是30万元", 2),
    ("云岭市：共享直播间20万元、省级选品中心10万元，对吧", "不对：“选品中心奖励”写的不是10万元", 2),
    ("云岭市：市级选品中心10万元、省级25万元，对吧", "", 0),  # one rule: judged as a whole
    ("云岭市：共享直播间20万元、夜间食堂3万元，对吧", "", 0),  # of one nothing is known
    ("云岭市共享直播间20万元，对吧", "", 0),
    ("云岭市共享直播间20万元、境外展会50%", "", 0),  # nobody asks whether that is so
    ("云岭市共享直播间我们能拿20万元、境外展会能拿6万元，对吧", "", 0),
]


@pytest.mark.parametrize(("text", "begins", "rules"), CLAIMS)
def test_each_figure_is_held_against_its_own_rule(understanding: Understanding, text: str, begins: str, rules: int) -> None:
    (question,) = understanding.read(text).questions
    context = Context(understanding.knowledge, question, date(2026, 6, 30))
    draft = claimed_list(context, Findings(context, ()))
    assert (draft.conclusion if draft else "").startswith(begins)
    assert (len(draft.rules) if draft else 0) == rules
