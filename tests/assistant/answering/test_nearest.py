"""Where the rules chosen by single words are far from the article search finds nearest, that article answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from tests.assistant.invented import open_city

TEXT = """\
松河市研发机构落户奖励细则
第一条 对新落户的研发机构，按实缴注册资本的1%给予落户奖励，最高500万元。
第二条 对购置检测设备的研发机构，按设备购置费的20%给予补助，最高100万元。
第三条 对获得专利授权的研发机构，每件专利奖励1万元，最高20万元。
第四条 对租用办公用房的研发机构，按年租金的30%给予补贴，最高60万元。
第五条 本细则所称实缴，专指以货币出资，不含以其他方式作价出资。
第六条 落户奖励按5:5的比例分两年发放。
第七条 外省籍人才申请个人所得税差额补贴的，按照标准税率15%测算。
第八条 本细则自2025年2月15日起施行，有效期5年。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(Path(tmp_path_factory.mktemp("nearest")), "songhe-2025", "松河市", TEXT)


ASKED = [  # question, label of the first article cited, what the conclusion says
    ("设备和专利作价出资，在松河算落户奖励的实缴注册资本时也能算进去，对吧？", "第五条", "专指以货币出资"),
    ("拿设备、专利和租金作价出资，算松河落户奖励时认不认？", "第五条", "专指以货币出资"),
    ("松河外省籍人才申请差额补贴，按多少税率测算", "第七条", "15%"),
    ("松河买设备花了50万，补多少", "第二条", "10万元"),
    ("松河研发机构有8件专利，奖多少", "第三条", "8万元"),
    ("松河研发机构落户，实缴1亿元，奖多少", "第一条", "100万元"),
]


@pytest.mark.parametrize(("question", "label", "said"), ASKED)
def test_the_nearest_article_answers_where_the_rules_are_far(assistant: Assistant, question: str, label: str, said: str) -> None:
    answer = assistant.ask(question, assistant.new_dialogue(), on=date(2026, 6, 30))
    assert answer.citations[0].article == label
    assert said in answer.conclusion


def test_a_word_only_a_rule_of_another_matter_has_is_no_answer(assistant: Assistant) -> None:
    """松河 has no support for trade marks: the nearest article has nothing of the question that the rules lack."""
    answer = assistant.ask("松河研发机构注册商标有没有奖励", assistant.new_dialogue(), on=date(2026, 6, 30))
    assert answer.behaviour.value == "refuse"
