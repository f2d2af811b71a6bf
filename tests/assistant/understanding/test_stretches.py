"""How long a sum runs: months told by their names, sums of several years."""

from __future__ import annotations

import pytest

from assistant.understanding.periods import find_times
from assistant.understanding.question import Mention
from assistant.understanding.stretches import month_spans, year_by_year, years_together
from index.quantities import parse_quantities

MONTHS = [  # text, how many months it names
    ("3月到8月，月租4万元", 6),
    ("3月份至8月底", 6),
    ("3-8月", 6),
    ("2025年11月到2026年2月", 4),
    ("7月到年底", 6),
    ("今年从7月开始租", 6),
    ("今年10月才开始租", 3),
    ("9月起租，今年能补多少", 4),
    ("从十一月起，今年", 2),
    ("rented from July to December", 6),
    ("since October this year", 3),
    ("去年7月开始租，今年能补多少", 0),
    ("从7月开始租", 0),  # no end is named
    ("8月到3月", 0),
    ("租了8个月", 0),  # a figure as it stands
]


@pytest.mark.parametrize(("text", "count"), MONTHS)
def test_months_by_their_names(text: str, count: int) -> None:
    assert sum(figure.value for figure in month_spans(text)) == count


TOGETHER = [  # text, of how many years its sum is the whole
    ("三年总共租金90万元", 3),
    ("三年租金合计90万元", 3),
    ("合计三年租金90万元", 3),
    ("两年一共付了120万元", 2),
    ("租金90万元，三年总共", 3),
    ("a rent of RMB 900,000 for 3 years in total", 3),
    ("每年租金60万元，租三年，一共能补多少", 0),
    ("租金60万元，租三年，一共能补多少", 0),  # the support is asked for as a whole
    ("三年，每年租金共90万元", 0),
    ("三年，月租总共5万元", 0),
    ("租金90万元", 0),
]


@pytest.mark.parametrize(("text", "years"), TOGETHER)
def test_a_sum_of_several_years(text: str, years: int) -> None:
    figures = parse_quantities(text)
    money = next(figure for figure in figures if figure.unit == "CNY")
    assert years_together(text, money, figures) == years


def parts(text: str) -> tuple[list[str], int]:
    """The sums of a text year by year, and how many cannot be parted."""
    figures = parse_quantities(text)
    mentions = [
        Mention(figure, "", "", times=find_times(text, figure), over_years=years_together(text, figure, figures)) for figure in figures
    ]
    counted, _, uneven = year_by_year(mentions)
    return [f"{mention.year_of_sum}: {mention.quantity.value.normalize():f}" for mention in counted if mention.year_of_sum], len(uneven)


PARTS = [  # text, year: sum, sums that give none for each year
    ("月租5万元，租一年半", ["1: 600000", "2: 300000"], 0),
    ("月租5万元，租了30个月", ["1: 600000", "2: 600000", "3: 300000"], 0),
    ("每季度租金15万元，租两年", ["1: 600000", "2: 600000"], 0),
    ("月租5万元，租了8个月", [], 0),
    ("三年租金合计90万元", ["1: 300000", "2: 300000", "3: 300000"], 0),
    ("三年租金合计100万元", [], 1),
    ("租金90万元", [], 0),
]


@pytest.mark.parametrize(("text", "sums", "uneven"), PARTS)
def test_sums_year_by_year(text: str, sums: list[str], uneven: int) -> None:
    assert parts(text) == (sums, uneven)


def test_the_steps_show_how_a_year_was_found() -> None:
    figures = parse_quantities("三年租金合计90万元")
    money = Mention(figures[-1], "", "", over_years=3)
    assert year_by_year([money])[1] == [("按3年平均计：90万元 ÷ 3 = 30万元", "Spread evenly over 3 years: RMB 900,000 ÷ 3 = RMB 300,000")]
