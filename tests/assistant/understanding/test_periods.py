"""Amounts by the month or the quarter, days as months, counts not reached."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.understanding.periods import by_the_year, find_times, in_whole_months
from assistant.understanding.question import Mention
from assistant.understanding.restating import Restated
from assistant.understanding.shortfalls import not_reached
from index.quantities import parse_quantities

TIMES = [  # text with one figure, how often a year it falls due
    ("月租金5万元", 12),
    ("每月租金5万元", 12),
    ("每个月5万元", 12),
    ("一个月5万元", 12),
    ("租金5万元/月", 12),
    ("租金5万元每月", 12),
    ("租金5万元一个月", 12),
    ("月均销售额200万元", 12),
    ("季度租金15万元", 4),
    ("每季度15万元", 4),
    ("租金15万元/季度", 4),
    ("年租金60万元", 0),
    ("租金60万元", 0),
    ("上月租金5万元", 0),
    ("当月租金5万元", 0),
    ("5月租金5万元", 0),
    ("十二月租金5万元", 0),
    ("月产量500件", 0),
    ("monthly rent of RMB 50,000", 12),
    ("rent of RMB 50,000 a month", 12),
    ("RMB 50,000 per month", 12),
    ("quarterly rent of RMB 150,000", 4),
    ("RMB 150,000 each quarter", 4),
    ("annual rent of RMB 600,000", 0),
]


@pytest.mark.parametrize(("text", "times"), TIMES)
def test_how_often_an_amount_falls_due(text: str, times: int) -> None:
    assert find_times(text, parse_quantities(text)[-1]) == times


def mentions(text: str) -> list[Mention]:
    """The figures of a text as one message has them."""
    found, left = [], 0
    for figure in parse_quantities(text):
        before = text[left : figure.start].split("，")[-1]
        found.append(Mention(figure, before, before, times=find_times(text, figure)))
        left = figure.end
    return found


def said(restated: Restated) -> list[str]:
    return [f"{mention.quantity.value.normalize():f} {mention.quantity.unit}" for mention in restated[0]]


YEARLY = [  # text, figures as they count, the step in Chinese
    ("月租金5万元", ["600000 CNY"], "按全年计：5万元 × 12个月 = 60万元"),
    ("月租金5万元，租了8个月", ["400000 CNY", "8 month"], "5万元 × 8个月 = 40万元"),
    ("月租金5万元，租了18个月", ["600000 CNY", "18 month"], "按全年计：5万元 × 12个月 = 60万元"),
    ("季度租金15万元", ["600000 CNY"], "按全年计：15万元 × 4个季度 = 60万元"),
    ("月租金2万美元", ["240000 USD"], "按全年计：2万美元 × 12个月 = 24万美元"),
    ("年租金60万元", ["600000 CNY"], ""),
    ("年租金60万元，租了8个月", ["600000 CNY", "8 month"], ""),
]


@pytest.mark.parametrize(("text", "figures", "step"), YEARLY)
def test_by_the_year(text: str, figures: list[str], step: str) -> None:
    restated = by_the_year(mentions(text))
    assert said(restated) == figures
    assert [chinese for chinese, _ in restated[1]] == ([step] if step else [])


def test_an_amount_of_another_turn_is_not_counted_over_these_months() -> None:
    rent, months = mentions("月租金5万元，租了8个月")
    earlier = Mention(months.quantity, "", "", order=0)
    now = Mention(rent.quantity, rent.phrase, rent.before, order=1, times=12)
    assert said(by_the_year([earlier, now])) == ["8 month", "600000 CNY"]


DAYS = [  # text, figures as they count
    ("运营365天", ["12 month"]),
    ("运营364天", ["11 month"]),
    ("运营730天", ["24 month"]),
    ("运营31天", ["1 month"]),
    ("运营10天", ["10 day"]),
    ("运营11个月", ["11 month"]),
    ("运营2年", ["2 year"]),
]


@pytest.mark.parametrize(("text", "figures"), DAYS)
def test_days_make_up_whole_months(text: str, figures: list[str]) -> None:
    restated = in_whole_months(mentions(text))
    assert said(restated) == figures
    assert len(restated[1]) == ("month" in figures[0] and "天" in text)


FEWER = [  # text, figures as they count
    ("没有20家", ["19 company"]),
    ("没到20家", ["19 company"]),
    ("不到20家", ["19 company"]),
    ("不足20人", ["19 person"]),
    ("少于20家", ["19 company"]),
    ("fewer than 20 companies", ["19 company"]),
    ("20家", ["20 company"]),
    ("有20家", ["20 company"]),
    ("不少于20家", ["20 company"]),
    ("no fewer than 20 companies", ["20 company"]),
    ("没有1家", ["1 company"]),
    ("不足5万元", ["50000 CNY"]),  # a sum may be any sum below
    ("不满2年", ["2 year"]),
]


@pytest.mark.parametrize(("text", "figures"), FEWER)
def test_a_count_that_is_not_reached(text: str, figures: list[str]) -> None:
    assert said(not_reached(mentions(text))) == figures


def test_the_step_names_both_counts() -> None:
    assert not_reached(mentions("没有20家"))[1] == [("不到20，最多19", "fewer than 20: 19 at most")]
    assert in_whole_months(mentions("运营364天"))[1] == [("364天按11个整月计", "364 days count as 11 whole months")]
    assert Decimal(0) not in [mention.quantity.value for mention in not_reached(mentions("没有2家"))[0]]
