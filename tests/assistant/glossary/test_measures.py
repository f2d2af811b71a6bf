"""The catalogue of measures: which measure a phrase of a policy or a question names."""

from __future__ import annotations

import pytest

from assistant.glossary.measures import load_measures, parse_measures
from index.errors import RuleFormatError

ROW = {"fact": "rent", "label": "租金", "label_en": "rent", "unit": "CNY", "names": ["房租"]}


@pytest.mark.parametrize(
    ("phrase", "unit", "fact"),
    [
        ("跨境电商年线上交易额", "CNY", "online_turnover"),
        ("园区年度线上交易总额", "CNY", "park_turnover"),
        ("园区年度线上交易总额", "", "park_turnover"),
        ("上年度实际缴纳税收", "CNY", "tax_paid"),
        ("首个整年度跨境电子商务进出口额", "USD", "import_export_value"),  # currencies are one kind
        ("自营出口额", "CNY", "export_value"),
        ("单个海外仓面积", "m2", "warehouse_area"),
        ("租赁自用场所面积", "m2", "leased_area"),
        ("境外商标的注册费用", "CNY", "trademark_cost"),
        ("固定资产实际投资额", "CNY", "fixed_asset_investment"),
        ("入驻有经营业绩的跨境电子商务企业", "company", "tenant_companies"),  # its halves stand apart
        ("年服务我市跨境电商企业物流单量", "order", "logistics_orders"),
        ("研发费用占营业收入比例", "ratio", "rd_intensity"),
        ("培训人次", "person_time", "training_attendances"),
        ("booth fees paid", "CNY", "booth_fee"),
        ("our annual R&D expenses", "CNY", "rd_spending"),
        ("集装箱吞吐量", "TEU", "containers"),
        ("展会面积", "m2", "exhibition_area"),
    ],
)
def test_find(phrase: str, unit: str, fact: str) -> None:
    entry = load_measures().find(phrase, unit)
    assert entry
    assert entry.fact == fact


@pytest.mark.parametrize(
    ("phrase", "unit"),
    [
        ("", "CNY"),
        ("符合条件的企业", "company"),
        ("跨境电商企业", "company"),  # not those in a park
        ("海外仓面积", "CNY"),  # an area is no sum
        ("给予一次性奖励", "CNY"),
        ("parental leave", "CNY"),  # rent, but only inside a word
    ],
)
def test_find_nothing(phrase: str, unit: str) -> None:
    assert load_measures().find(phrase, unit) is None


def test_every_entry_is_found_by_its_own_names() -> None:
    measures = load_measures()
    wrong = [(name, entry.fact) for entry in measures.entries for name in entry.all_names if measures.find(name, entry.unit) is not entry]
    assert wrong == []


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([ROW, {**ROW, "label": "租金二", "names": []}], "two entries"),
        ([ROW, {**ROW, "fact": "house_rent", "label": "房屋", "label_en": "house"}], "房租"),
        ([{"fact": "rent", "label": "租金"}], "lacks"),
    ],
)
def test_broken_catalogue_is_refused(rows: list[dict[str, object]], problem: str) -> None:
    with pytest.raises(RuleFormatError, match=problem):
        parse_measures(rows)
