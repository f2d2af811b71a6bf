"""Dates as written, the days they cover, and what the words around them say."""

import pytest

from index.quantities import parse_dates

DATES = [
    ("2024年11月20日", "2024-11-20", "2024-11-20", "exact"),
    ("自2024年11月20日起实施", "2024-11-20", "2024-11-20", "at_least"),
    ("有效期至2027年12月31日", "2027-12-31", "2027-12-31", "at_most"),
    ("2020 年 6 月底前", "2020-06-30", "2020-06-30", "at_most"),
    ("2019年上半年完成", "2019-01-01", "2019-06-30", "exact"),
    ("2019年下半年", "2019-07-01", "2019-12-31", "exact"),
    ("2024年第三季度", "2024-07-01", "2024-09-30", "exact"),
    ("2018 年底前", "2018-12-31", "2018-12-31", "at_most"),
    ("2024年2月", "2024-02-01", "2024-02-29", "exact"),
    ("2024年3月上旬", "2024-03-01", "2024-03-10", "exact"),
    ("2024年度", "2024-01-01", "2024-12-31", "exact"),
    ("二〇二四年三月五日", "2024-03-05", "2024-03-05", "exact"),
    ("２０２４年１１月２０日", "2024-11-20", "2024-11-20", "exact"),
    ("2024-11-20", "2024-11-20", "2024-11-20", "exact"),
    ("2024/11/20", "2024-11-20", "2024-11-20", "exact"),
    ("2024.11", "2024-11-01", "2024-11-30", "exact"),
    ("November 20, 2024", "2024-11-20", "2024-11-20", "exact"),
    ("20 Nov 2024", "2024-11-20", "2024-11-20", "exact"),
    ("June 2025", "2025-06-01", "2025-06-30", "exact"),
    ("连云港2021版意见", "2021-01-01", "2021-12-31", "exact"),
    ("the city's 2024 opinions", "2024-01-01", "2024-12-31", "exact"),
    ("by 2025", "2025-01-01", "2025-12-31", "at_most"),
]


@pytest.mark.parametrize(("text", "first", "last", "bound"), DATES)
def test_date(text: str, first: str, last: str, bound: str) -> None:
    (mention,) = parse_dates(text)
    assert (mention.first.isoformat(), mention.last.isoformat(), mention.bound) == (first, last, bound)
    assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("text", ["（2021—2023）", "2021-2023年", "是按2021还是2023的文件", "2021或者2023版"])
def test_years_joined_by_a_dash_are_two_dates(text: str) -> None:
    assert [mention.first.year for mention in parse_dates(text)] == [2021, 2023]


@pytest.mark.parametrize(
    "text", ["1年", "三年", "8月", "6月30日", "2024年13月5日号外的2月", "交易额2024万元", "2000-3000万元", "RMB 2024", "2024家"]
)
def test_no_day_can_be_named(text: str) -> None:
    assert [m for m in parse_dates(text) if m.first == m.last] == []
    if "年" not in text or text in ("1年", "三年"):
        assert parse_dates(text) == []
