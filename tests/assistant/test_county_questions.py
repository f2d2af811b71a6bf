"""Questions about a document of an invented county: tiers in separate items, growth from year to year, cases, and for whom it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.models import Behaviour
from assistant.pipeline import Assistant
from tests.assistant.invented import open_city

TEXT = """\
青溪市加工贸易企业奖励办法
青政办发〔2025〕31号
第一条 本办法适用于在青溪市注册、独立核算的食品加工企业和为其服务的贸易代理机构。
第二条 同一项目已获得国家、省级资金支持的，按就高不重复原则执行。
第三条 对企业年加工产值按下列标准给予奖励：
（一）年加工产值2亿元-6亿元（含2亿元）、增幅在8%以上的企业，加工产值比上年度每增加1000万元，奖励2万元，最高30万元。
（二）年加工产值6亿元以上（含6亿元）、增幅在5%以上的企业，加工产值比上年度每增加3000万元，奖励2万元，最高60万元。
第四条 首次开展自营出口的企业：
（一）对当年自营出口额60万元-200万元（含200万元）的新办企业，一次性奖励2万元。
（二）对当年自营出口额200万元-500万元（含500万元）的新办企业，一次性奖励4万元。
（三）对当年自营出口额500万元以上的新办企业，一次性奖励7万元。
第五条 对上海外平台的企业，按其首年平台入驻费和首年海外广告费的40%给予补助，最高不超过25万元。
第六条 招商奖按项目实缴资本的2‰计发，如为第七条（一）的项目，按项目实缴资本的2.5‰计发奖励。
第七条 项目分为两类：
（一）属于世界1000强、中央大型企业等。
（二）其他项目。
第八条 代理机构是指为两家以上企业办理通关手续的机构。伪造单据的，取消资格，三年内不得申报。
第九条 申报条件
（一）注册资本不低于300万元。
（二）有独立法人资格。
第十条 本办法自2025年2月15日起施行，有效期5年。
"""

RIGHT = [  # turns, words of the conclusion of the last answer, words it must not have
    (["去年加工产值3亿，今年做到3.6亿，奖多少"], ["12万元"], ["30万元", "60万元"]),
    (["加工产值从5.8亿涨到6.4亿，奖励多少"], ["4万元"], ["12万元"]),
    (["今年加工产值3亿，去年2.9亿，能拿奖励吗"], ["不符合条件", "8%"], ["可得"]),
    (["新办企业当年自营出口额650万元，奖多少"], ["7万元"], ["不符合"]),
    (["新办企业当年自营出口额正好200万元，奖多少"], ["2万元"], ["4万元"]),
    (["新办企业当年自营出口额30万元，能拿奖励吗"], ["不符合条件", "60万元"], ["可得"]),
    (["上海外平台，首年入驻费10万、海外广告费30万，补多少"], ["16万元"], ["12万元"]),
    (["引来一个世界1000强的项目，实缴资本4亿，招商奖多少"], ["100万元"], ["80万元"]),
    (["我们注册资本200万，上海外平台首年入驻费10万，补多少"], ["不符合条件", "300万元"], ["4万元"]),
    (["我们注册资本300万，上海外平台首年入驻费10万，补多少"], ["4万元"], ["不符合条件"]),
    (["这个办法适用于哪些企业"], ["食品加工企业"], []),
    (["同一项目已经拿了省里的钱，市里还给吗"], ["不重复"], []),
    (["代理机构指什么"], ["两家以上企业"], []),
    (["加工贸易企业奖励办法的文号是多少"], ["没有写明文号"], ["万元"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_city(Path(tmp_path_factory.mktemp("county")), "qingxi-2025", "青溪市", TEXT)


@pytest.mark.parametrize(("turns", "words", "never"), RIGHT, ids=[turns[-1] for turns, _, _ in RIGHT])
def test_answers_by_the_text(assistant: Assistant, turns: list[str], words: list[str], never: list[str]) -> None:
    dialogue = assistant.new_dialogue()
    for number, turn in enumerate(turns):
        answer = assistant.ask(turn if number else f"青溪市{turn}", dialogue, on=date(2026, 1, 31))
    assert answer.behaviour is Behaviour.ANSWER
    assert [word for word in words if word not in answer.conclusion] == []
    assert [word for word in never if word in answer.conclusion] == []
