"""What kind of question it is: one row a sentence people type."""

from __future__ import annotations

import pytest

from assistant.understanding.asks import find_asks, find_wanted_type
from assistant.understanding.question import Ask

ASKS = [  # sentence, kinds it must be read as, kinds it must not be read as
    ("展会补贴多少钱", "amount", "list target"),
    ("能拿多少", "amount", "inverse"),
    ("补贴比例是多少", "rate", "target"),
    ("百分之几", "rate", ""),
    ("每年封顶多少", "cap", ""),
    ("最高能给多少", "cap", ""),
    ("按什么算的", "basis", ""),
    ("要满足什么条件", "conditions", ""),
    ("面积得多大才行，有门槛吗", "conditions", ""),
    ("能连续领几年", "period", ""),
    ("哪个部门牵头", "department", "issuer"),
    ("这事归谁管", "department", ""),
    ("怎么申请", "procedure", ""),
    ("要准备哪些材料", "procedure", ""),
    ("材料被退回了怎么办", "procedure", ""),
    ("这个怎么办理", "procedure", ""),
    ("超过限额怎么办", "", "procedure"),
    ("面积不够的话怎么办", "", "procedure"),
    ("申报截止日期", "procedure", ""),
    ("现在还有效吗", "status", ""),
    ("什么时候到期", "status", ""),
    ("谁印发的", "issuer", ""),
    ("文号是什么", "number", ""),
    ("什么时候印发的", "issued", ""),
    ("有哪些奖励", "list", ""),
    ("把所有奖励列出来", "list", ""),
    ("走中欧班列出口2000标箱，能补多少", "amount", "list"),
    ("都列出来", "", ""),
    ("哪个城市更高", "compare", ""),
    ("两版有什么区别", "compare", ""),
    ("是30%对吧", "verify", ""),
    ("真的假的", "verify", ""),
    ("能不能叠加", "stacking", ""),
    ("两项可以同时享受吗", "stacking", ""),
    ("要拿满80万元得做多少销售额", "inverse", ""),
    ("2027年的目标是多少家", "target", ""),
    ("比2020年多多少", "difference", ""),
    ("一共能拿多少", "total amount", ""),
    ("要交多少税", "tax", ""),
    ("是固定金额还是最高", "certain", ""),
    ("有没有人才补贴", "exists", ""),
    ("点名了哪些公司", "entity list", ""),
    ("how much can we get", "amount", "list"),
    ("what is the reimbursement rate", "rate", ""),
    ("what are the conditions", "conditions", ""),
    ("which department is responsible", "department", ""),
    ("how do I apply", "procedure", ""),
    ("is it still valid", "status", ""),
    ("who issued it", "issuer", ""),
    ("which city pays more", "compare", ""),
    ("is it true that it is 30%", "verify", ""),
    ("can they be combined", "stacking", ""),
    ("what is the target for 2021", "target", ""),
    ("how much in total", "amount total", ""),
    ("how much tax is due", "tax", ""),
    ("云岭", "", "amount list conditions status tax compare verify"),
    ("谢谢", "", "amount list conditions status tax compare verify"),
]


@pytest.mark.parametrize(("sentence", "are", "are_not"), ASKS)
def test_kinds(sentence: str, are: str, are_not: str) -> None:
    found = find_asks(sentence)
    assert {Ask(name) for name in are.split()} <= found
    assert not {Ask(name) for name in are_not.split()} & found


def test_one_sentence_may_ask_for_several_things() -> None:
    assert {Ask.RATE, Ask.CAP, Ask.DEPARTMENT} <= find_asks("比例多少？封顶多少？哪个部门牵头？")


def test_every_kind_is_in_the_table() -> None:
    assert {Ask(name) for _, are, _ in ASKS for name in are.split()} == set(Ask)


WANTED = [
    ("哪个部门负责", "department"),
    ("什么时候到期", "date"),
    ("要多少家企业", "company"),
    ("培训多少人", "person"),
    ("多大面积", "m2"),
    ("百分之几", "ratio"),
    ("支持几年", "year"),
    ("是去年的几倍", "times"),
    ("建多少个基地", "item"),
    ("能拿多少钱", ""),
    ("how many companies", "company"),
    ("which department", "department"),
    ("how many years", "year"),
    ("what floor area", "m2"),
    ("how much", ""),
]


@pytest.mark.parametrize(("sentence", "unit"), WANTED)
def test_the_unit_asked_for(sentence: str, unit: str) -> None:
    assert find_wanted_type(sentence) == unit
