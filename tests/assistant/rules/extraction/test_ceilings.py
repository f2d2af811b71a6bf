"""Ceilings that several rules share are found, with the rules that share them."""

from __future__ import annotations

import pytest

from assistant.rules.extraction.propose import propose_rules
from assistant.rules.loader import prove
from tests.assistant.rules.extraction.proposing import policy_of

FAIRS = "第一条 支持开拓市场。\n（一）参展的，按展位费的50%补贴。\n（二）投保的，按保费的30%补贴。\n"
ONE_ARTICLE = "第一条 对参展企业，按展位费的50%给予补贴；对投保企业，按保费的30%给予补贴。"
WAREHOUSE = "第二条 对新建海外仓，按投入的20%给予补助，最高100万元。\n"
LAST = "第三条 本办法由商务局负责解释。\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (FAIRS + "以上各项，单个企业每年合计不超过50万元。\n" + WAREHOUSE + LAST, [("第一条（二）", 500_000, "year", 2)]),
        (FAIRS + "前款规定的补贴，每家企业累计最高80万元。\n" + WAREHOUSE + LAST, [("第一条（二）", 800_000, "total", 2)]),
        (
            FAIRS.replace("（二）", "（二）投标的，按费用的10%补贴。\n（三）") + "以上两项合计不超过5万元。\n" + LAST,
            [("第一条（三）", 50_000, "total", 2)],
        ),
        (ONE_ARTICLE + "以上两项单户企业年度合计最高60万元。\n" + WAREHOUSE + LAST, [("第一条", 600_000, "year", 2)]),
        ("第一条 参展的，按展位费的50%补贴。上述补贴每家企业每年累计不超过10万元。\n" + WAREHOUSE + LAST, [("第一条", 100_000, "year", 1)]),
        # of the whole document
        (FAIRS + WAREHOUSE + "第三条 单个企业每年享受本办法各项资金累计不超过300万元。\n", [("第三条", 3_000_000, "year", 0)]),
        (FAIRS + WAREHOUSE + "第三条 附则\n同一企业年度获得专项资金总额不超过200万元。\n", [("第三条", 2_000_000, "year", 0)]),
        # none: one rule's own cap, a budget, a share, a lead-in of what follows
        (FAIRS + WAREHOUSE + LAST, []),
        (FAIRS + WAREHOUSE + "第三条 市财政每年安排资金总额不超过1亿元。\n", []),
        (FAIRS + WAREHOUSE + "第三条 同一企业年度奖补总额不超过其地方财政贡献的80%。\n", []),
        ("第一条 对参展企业，按展位费的50%给予补贴，单个企业每年累计不超过20万元。\n" + WAREHOUSE + LAST, []),
    ],
)
def test_shared_ceilings_are_found(text: str, found: list[tuple[str, int, str, int]]) -> None:
    policy = policy_of(text)
    file = propose_rules(policy)
    prove(file, policy)
    assert [(c.article, int(c.cap.value), c.cap.per, len(c.rules)) for c in file.ceilings] == found


def test_a_sentence_on_a_shared_ceiling_promises_nothing_itself() -> None:
    file = propose_rules(policy_of("第一条 参展的，按展位费的50%补贴。上述补贴每家企业每年累计不超过10万元。\n" + WAREHOUSE))
    assert [(rule.article, str(rule.kind)) for rule in file.rules] == [("第一条", "reimbursement"), ("第二条", "rate")]
