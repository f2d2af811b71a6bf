"""Quantities in sentences: value, unit, bound, place."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models import Bound
from index.quantities import parse_dates, parse_quantities, quantities_as_json
from tests.growth import growth

# text, and for each quantity expected: value unit bound
FROM_POLICIES = [
    ("给予最高5万元一次性奖励", "50000 CNY at_most"),
    ("给予企业不超过租金30%的支持,单家企业每年最高支持30万元", "0.3 ratio at_most; 300000 CNY at_most"),
    ("进出口额达到1000万元以上的企业", "10000000 CNY at_least"),
    ("线上交易额突破1亿元的给予奖励", "100000000 CNY more_than"),
    ("累计金额低于等值20万美元（不含）的", "200000 USD less_than"),
    ("低于等值\n\n20 万美元（不含）的小微", "200000 USD less_than"),
    ("开展1210业务的，按照年线上交易额的2%给予支持，最多不超过100万元", "1210  exact; 0.02 ratio exact; 1000000 CNY at_most"),
    (
        "超过5000万美元、3000万美元、1000万美元的，分别给予不超过300万元、200万元、100万元",
        "50000000 USD more_than; 30000000 USD more_than; 10000000 USD more_than;"
        "3000000 CNY at_most; 2000000 CNY at_most; 1000000 CNY at_most",
    ),
    ("通过9610、9710、9810模式", "9610  exact; 9710  exact; 9810  exact"),
    ("首次达到1亿元、10亿元的企业", "100000000 CNY at_least; 1000000000 CNY at_least"),
    ("按线上交易总额的0.1%给予扶持", "0.001 ratio exact"),
    ("年销量达30万吨(含30万吨)至50万吨(不含50万吨)的", "300000 ton at_least; 500000 ton less_than"),
    ("年营业额2亿元-6亿元（含2亿元）、增幅在5%以上", "200000000 CNY at_least; 600000000 CNY less_than; 0.05 ratio at_least"),
    ("年营业额2亿元-6亿元（含6亿元）的", "200000000 CNY at_least; 600000000 CNY at_most"),
    ("在80万元（含80万元）以上至200万元的前三名", "800000 CNY at_least; 2000000 CNY at_most"),
    ("给予40万元（含10万元培训费）", "400000 CNY exact; 100000 CNY exact"),
    ("属于世界1000强、中国民营企业500强", ""),
    ("our sales rose from 20 million yuan to 26 million yuan", "20000000 CNY exact; 26000000 CNY exact"),
    ("面积在1000平方米以上且经营满1年的", "1000 m2 at_least; 1 year at_least"),
    ("自起租日起第一年每平方米每月给予最高4元资金扶持", "4 CNY/m2/month at_most"),
    ("按不超过每平方米100元的标准给予资金扶持，最高50万元", "100 CNY/m2 at_most; 500000 CNY at_most"),
    ("运营费用给予最高100万元/年支持", "1000000 CNY/year at_most"),
    ("物流单量达到10万单以上", "100000 order at_least"),
    ("吞吐量突破 8 亿吨，集装箱吞吐量达到 500 万标箱", "800000000 ton more_than; 5000000 TEU at_least"),
    ("从业人员达到 5 万人", "50000 person at_least"),
    ("按不超过实际营业收入5%的比例", "0.05 ratio at_most"),
    ("单次交易限值为人民币 5000 元", "5000 CNY at_most"),
    ("打造1~3个平台、引进5家以上企业", "1 item at_least; 3 item at_most; 5 company at_least"),
    ("分别给予10、20、30万元奖励", "100000 CNY exact; 200000 CNY exact; 300000 CNY exact"),
    ("增长达到10%、16%、22%、28%以上的", "0.10 ratio at_least; 0.16 ratio at_least; 0.22 ratio at_least; 0.28 ratio at_least"),
    ("可按最高20元/平方米•月的标准", "20 CNY/m2/month at_most"),
    ("按20万元/家的标准", "200000 CNY/company exact"),
    ("支持10家具备条件的企业", "10 company exact"),
    ("超过3000万美元（含）的公共服务平台", "30000000 USD at_least"),
]

SPOKEN = [
    ("3万一家", "30000  exact"),  # a price, no 31,000 companies
    ("8万一人", "80000  exact"),
    ("5千一个月", "5000  exact"),
    ("八万一千人", "81000 person exact"),
    ("两万一", "21000  exact"),
    ("破零10万元", "100000 CNY exact"),
    ("5000万美元300万、3000万美元200万", "50000000 USD exact; 3000000  exact; 30000000 USD exact; 2000000  exact"),
    ("面积接近1000平方米", "1000 m2 less_than"),
    ("快100平了", "100 m2 less_than"),
    ("差一点到1亿元", "100000000 CNY less_than"),
    ("加快3个项目", "3 item exact"),
    ("100平都不到", "100 m2 less_than"),
    ("一年还没满", "1 year less_than"),
    ("3000万元不到5000万元", "30000000 CNY exact; 50000000 CNY less_than"),
    ("almost 1,000 sqm", "1000 m2 less_than"),
    ("超过20万美元一点点", "200000 USD more_than"),
    ("交易额八千万", "80000000  exact"),
    ("500w", "5000000  exact"),
    ("一个亿的销售额", "100000000  exact"),
    ("壹佰万元整", "1000000 CNY exact"),
    ("12块5毛", "12.5 CNY exact"),
    ("１２０㎡", "120 m2 exact"),
    ("100萬美元", "1000000 USD exact"),
    ("80,000,000元", "80000000 CNY exact"),
    ("正好3000万", "30000000  exact"),
    ("七成", "0.7 ratio exact"),
    ("打八五折", "0.85 ratio exact"),
    ("3个百分点", "3 percentage_point exact"),
    ("5‰", "0.005 ratio exact"),
    ("万分之五", "0.0005 ratio exact"),
    ("百分之二点一五", "0.0215 ratio exact"),
    ("2公顷和3亩", "20000 m2 exact; 3 mu exact"),
    ("半年", "0.5 year exact"),
    ("一年半", "1.5 year exact"),
    ("两个半月", "2.5 month exact"),
    ("18个月", "18 month exact"),
    ("5个工作日内", "5 working_day at_most"),
    ("10日内", "10 day at_most"),
    ("不到50万", "500000  less_than"),
    ("不满1年", "1 year less_than"),
    ("高达50万元", "500000 CNY exact"),
    ("超亿元", "100000000 CNY more_than"),
    ("亿元以上企业", "100000000 CNY at_least"),
    ("两倍", "2 times exact"),
    ("比170低", "170  less_than"),
    ("做1210年线上交易额2000万", "1210  exact; 20000000  exact"),
    ("5 000 万元", "50000000 CNY exact"),
    ("序号1 200万元", "1  exact; 2000000 CNY exact"),
    ("1，000万元", "10000000 CNY exact"),
    ("三四百万元", "3000000 CNY at_least"),
    ("20万元（不含）以上", "200000 CNY more_than"),
    ("3000万元以上（含）5000万元以下（不含）", "30000000 CNY at_least; 50000000 CNY less_than"),
    ("每月每平方米30元", "30 CNY/m2/month exact"),
    ("50万元以上不满100万元", "500000 CNY at_least; 1000000 CNY less_than"),
    ("已经拿过1亿元档奖励", "100000000 CNY exact"),
    ("进出口额过亿元", "100000000 CNY more_than"),
    ("至少引进一家企业", "1 company at_least"),
]

ENGLISH = [
    ("RMB 1.2 billion", "1200000000 CNY exact"),
    ("over USD 50 million", "50000000 USD more_than"),
    ("50 million US dollars", "50000000 USD exact"),
    ("up to 300,000 yuan", "300000 CNY at_most"),
    ("at least 20 enterprises", "20 company at_least"),
    ("not less than 20 enterprises", "20 company at_least"),
    ("less than 2%", "0.02 ratio less_than"),
    ("no more than two percent", "0.02 ratio at_most"),
    ("3,000 sqm or more", "3000 m2 at_least"),
    ("within 18 months", "18 month at_most"),
    ("0.5 million RMB a year", "500000 CNY exact"),
    ("RMB 4 per square metre per month", "4 CNY/m2/month exact"),
    ("RMB 10-20 million", "10000000 CNY at_least; 20000000 CNY at_most"),
    ("between 10 and 20 million yuan", "10000000 CNY at_least; 20000000 CNY at_most"),
    ("$5m", "5000000 USD exact"),
    ("one hundred thousand yuan", "100000 CNY exact"),
    ("RMB 3 million, 2 million and 1 million", "3000000 CNY exact; 2000000 CNY exact; 1000000 CNY exact"),
    ("turnover 60 million, 500 square metres", "60000000  exact; 500 m2 exact"),  # no area of 60 million
    ("20,000 or 30,000 square metres", "20000 m2 exact; 30000 m2 exact"),
    ("a 3-year plan", "3 year exact"),
    ("US $5 million", "5000000 USD exact"),
    ("under USD 200,000 (exclusive)", "200000 USD less_than"),
    ("a year", ""),
]

NO_QUANTITY = [
    "第十三条", "（十三）支持", "一、总体要求", "〔2022〕26号", "国函〔2022〕126号", "电话020-39053010", "13800138000", "7×24小时",
    "B2B和B2C", "O2O线下体验店", "ISO9001认证", "2024年11月20日", "8月底前", "2019年上半年", "十四五规划", "十佳企业", "一体化", "统一标准",
    "一次性奖励", "每一家", "另一个", "一批企业", "上一年", "（单位：万元）", "9:00-12:00", "人才", "nssygl2018@163.com", "1.2.3",
    "零点零大", "10..1万", "10.1万零100", "一起公告", "出口额破零的企业", "3A级景区", "400-123-4567",
    "前10名", "No. 20", "Article 13", "一二三产业", "2024.11",
]  # fmt: skip


def shown(text: str) -> str:
    return "; ".join(f"{q.value.normalize():f} {q.unit} {q.bound.value}" for q in parse_quantities(text))


def plain(expected: str) -> str:
    rows = [row.strip(" ").split(" ") for row in expected.split(";") if row]
    return "; ".join(f"{Decimal(value).normalize():f} {unit} {bound}" for value, unit, bound in rows)


@pytest.mark.parametrize(("text", "expected"), FROM_POLICIES + SPOKEN + ENGLISH)
def test_quantities(text: str, expected: str) -> None:
    assert shown(text) == plain(expected)


@pytest.mark.parametrize("text", NO_QUANTITY)
def test_no_quantity(text: str) -> None:
    assert parse_quantities(text) == []


RANGES = [
    # low, its bound, high, its bound, unit
    ("200万—500万（不含）", "2000000 at_least 5000000 less_than", ""),
    ("100万元(含)-500万元(不含)", "1000000 at_least 5000000 less_than", "CNY"),
    ("100万元（不含）至500万元", "1000000 more_than 5000000 at_most", "CNY"),
    ("1—2个", "1 at_least 2 at_most", "item"),
    ("三至五年", "3 at_least 5 at_most", "year"),
    ("5000—1万元", "5000 at_least 10000 at_most", "CNY"),
    ("1-2亿元", "100000000 at_least 200000000 at_most", "CNY"),
    ("5-10%", "0.05 at_least 0.1 at_most", "ratio"),
    ("在10万元和20万元之间", "100000 at_least 200000 at_most", "CNY"),
    ("一千五百到两千万元", "15000000 at_least 20000000 at_most", "CNY"),
    ("一到两千万元", "10000000 at_least 20000000 at_most", "CNY"),
    ("1-2", "1 at_least 2 at_most", ""),
]


@pytest.mark.parametrize(("text", "ends", "unit"), RANGES)
def test_range(text: str, ends: str, unit: str) -> None:
    low, high = parse_quantities(text)
    low_value, low_bound, high_value, high_bound = ends.split()
    assert (low.value, low.bound, high.value, high.bound) == (Decimal(low_value), low_bound, Decimal(high_value), high_bound)
    assert low.unit == high.unit == unit
    assert low.range_id == high.range_id is not None


def test_two_ranges_have_two_ids() -> None:
    assert len({q.range_id for q in parse_quantities("1-2个平台，3-5家企业")}) == 2


@pytest.mark.parametrize(
    "text", ["约500万元", "近3000万元", "10多万元", "企业20余家", "上百万元", "十几万", "500万元左右", "about 20 enterprises"]
)
def test_approximate(text: str) -> None:
    (quantity,) = parse_quantities(text)
    assert quantity.approximate


def test_recent_years_are_not_approximate() -> None:
    (quantity,) = parse_quantities("近三年纳税证明")
    assert (quantity.value, quantity.unit, quantity.approximate) == (3, "year", False)


def test_offsets_are_those_of_the_text_given() -> None:
    text = "补贴，最高３００萬元；及RMB 5 million"
    assert [text[q.start : q.end] for q in parse_quantities(text)] == ["３００萬元", "RMB 5 million"]
    assert [q.text for q in parse_quantities(text)] == ["３００萬元", "RMB 5 million"]


def test_a_year_before_a_sum_does_not_change_its_unit() -> None:
    assert shown("每年最高30万元") == "300000 CNY at_most"


def test_json_rows_hold_dates_and_exact_values() -> None:
    rows = quantities_as_json("自2024年11月20日起，2%、约0.10亿元，2025年6月")
    assert [(row["value"], row["unit"]) for row in rows] == [
        ("2024-11-20", "date"),
        ("0.02", "ratio"),
        ("10000000", "CNY"),
        ("2025-06", "date"),
    ]
    assert rows[2] == {
        "text": "0.10亿元",
        "value": "10000000",
        "unit": "CNY",
        "bound": "exact",
        "start": 18,
        "end": 24,
        "approximate": True,
    }


@pytest.mark.parametrize(
    ("text", "shown_value"), [("0.8亿", "80000000"), ("123.450万元", "1234500"), ("20%", "0.2"), ("0元", "0"), ("1.50元", "1.5")]
)
def test_values_have_no_trailing_zeros(text: str, shown_value: str) -> None:
    assert str(parse_quantities(text)[0].value) == shown_value


@given(st.text(alphabet="0123456789.,零一二三十百千万亿元美%年月日号家个第（）()-—~至、和超过不以上内每平方米/ \nRMBUSDa"))
def test_any_text_is_read_in_order_and_without_error(text: str) -> None:
    quantities = parse_quantities(text)
    for quantity in quantities:
        assert text[quantity.start : quantity.end] == quantity.text
    for left, right in pairwise(quantities):
        assert left.end <= right.start
    for mention in parse_dates(text):
        assert mention.first <= mention.last


PATHOLOGICAL = [
    "1",
    "零",
    "一",
    "万",
    "1,",
    "1.",
    "1 ",
    "百分之",
    "1、",
    "-",
    "每平方米",
    "最高给予",
    "（1",
    "一年",
    "1-",
    "2020-",
    "one ",
    "不",
    "\n",
    "1多",
    "1/",
    "x@",
    "aaaa",
]


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def parse(length: int) -> None:
        text = piece * (length // len(piece))
        parse_quantities(text)
        parse_dates(text)

    assert growth(parse, 3_000, 12_000) < 9  # four times the text: 4; each figure held against each: 16


def test_a_threshold_and_its_sum_written_together_are_two_figures() -> None:
    assert [quantity.value for quantity in parse_quantities("3000万200万、1000万100万")] == [30_000_000, 2_000_000, 10_000_000, 1_000_000]
    assert [quantity.unit for quantity in parse_quantities("5000万美元300万")] == ["USD", ""]
    assert [quantity.value for quantity in parse_quantities("1亿5000万")] == [150_000_000]


@pytest.mark.parametrize("text", ["100万美元多一点", "100万美元多一点点", "100万美元还多一点", "100万美元多点"])
def test_a_little_more_than_a_figure_is_more_than_it(text: str) -> None:
    (quantity,) = parse_quantities(text)
    assert (quantity.value, quantity.unit, quantity.bound) == (1_000_000, "USD", Bound.MORE_THAN)
