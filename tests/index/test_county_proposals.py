"""What documents of counties and districts say of themselves."""

from __future__ import annotations

import pytest

from index.gazetteer import find_place
from index.models import Place
from index.proposals import propose_sheet


@pytest.mark.parametrize(
    ("head", "text", "place"),
    [
        ("中共柳河县委 柳河县人民政府", "依据《吉林省促进中小企业发展条例》制定。", Place("吉林省", "通化市", "柳河县")),
        ("柳河县加快发展的若干意见", "", Place("吉林省", "通化市", "柳河县")),
        ("关于扶持企业的若干措施", "依据《吉林省促进中小企业发展条例》制定。", Place("吉林省")),
        ("吉林市人民政府关于扶持企业的若干措施", "", Place("吉林省", "吉林市")),
        ("广州南沙新区集聚人才的若干措施", "", Place("广东省", "广州市", "南沙区")),
        ("广州市关于扶持企业的若干措施", "柳河县也参加。", Place("广东省", "广州市")),
    ],
)
def test_the_place_is_that_of_the_body_named_first(head: str, text: str, place: Place) -> None:
    assert find_place(head, text) == place


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("有效期三年", "2021-12-31"),
        ("暂定三年", "2021-12-31"),
        ("暂定两年有效期", "2020-12-31"),
        ("试行期1年", "2019-12-31"),
        ("由市商务局解释", None),
    ],
)
def test_how_long_it_holds(words: str, last: str | None) -> None:
    sheet = propose_sheet(f"某市关于扶持企业的意见\n一、给予奖励。\n本意见自2019年1月1日起施行，{words}。\n", "demo")
    assert (sheet.effective.to.date.isoformat() if sheet.effective.to else None) == last


def test_the_date_in_brackets_under_the_title_is_that_of_issue() -> None:
    sheet = propose_sheet("某市关于扶持企业的意见\n（2023年2月8日）\n一、给予奖励。\n本意见自发布之日起施行，有效期三年。\n", "demo")
    assert sheet.issued is not None
    assert (sheet.issued.date.isoformat(), sheet.effective.to and sheet.effective.to.date.isoformat()) == ("2023-02-08", "2026-02-07")
