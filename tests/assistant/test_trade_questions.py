"""Questions about a document of an invented city: ceilings for one of several things, prices really paid, instalments, definitions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from tests.assistant.invented import open_city

TEXT = """\
岚湖市支持外贸发展若干措施
一、对新落户的外贸企业，给予100万元奖励，分两年发放，每年各50%。
二、对参加境外展会的企业，按展位费的50%给予补助，单个展位最高1万元，每家企业每年最高10万元。
三、对开展国际认证的企业，按认证费的60%给予补助，每项认证最高5万元。
四、对租用办公用房的跨境电商企业，按实际租金给予补贴，每平方米每月不超过30元，补贴面积不超过500平方米，期限不超过2年。
五、本措施所称跨境电商企业，是指在本市注册并通过海关跨境电商平台开展进出口业务的企业。
本措施自2025年2月15日起施行，有效期5年。
"""

ASKED = [  # question, words of the conclusion, words it must not have
    ("新落户外贸企业奖励发几年", ["分两年发放"], ["没有写明"]),
    ("我们参加境外展会订了2个展位，展位费共5万，能补多少", ["最高2万元"], ["2.5万元"]),
    ("参加境外展会3个展位，每个展位费3万，补多少", ["最高3万元"], ["4.5万元"]),
    ("参加境外展会订了12个展位，展位费共40万，补多少", ["最高10万元"], ["12万元", "20万元"]),
    ("我们做了4项国际认证，每项认证费10万，能补多少", ["最高20万元"], ["24万元"]),
    ("做了4项认证，认证费一共20万元，补多少", ["最高12万元"], ["5万元"]),
    ("租了300平方米办公室，月租金每平方米25元，一年补多少", ["最高9万元"], ["10.8万元"]),
    ("租了300平米办公室，租金每平每月40元，一年能补多少", ["最高10.8万元"], ["14.4万元"]),
    ("租800平方米办公室，每平方米月租20元，两年补多少", ["最高24万元"], ["36万元"]),
    ("什么是跨境电商企业", ["在本市注册"], ["30元"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(Path(tmp_path_factory.mktemp("trade")), "lanhu-2025", "岚湖市", TEXT)


@pytest.mark.parametrize(("question", "has", "lacks"), ASKED, ids=[question for question, _, _ in ASKED])
def test_a_trade_document(assistant: Assistant, question: str, has: list[str], lacks: list[str]) -> None:
    answer = assistant.ask(f"岚湖市{question}", assistant.new_dialogue(), date(2025, 6, 30))
    said = answer.conclusion.replace("**", "")
    assert [word for word in has if word not in said] == [], answer.text
    assert [word for word in lacks if word in said] == [], answer.text
