"""Which of several documents of one place is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.understanding.versions import pick_versions, version_year
from index.models import DatedFact, Place, Policy, Status


def document(id_: str, number: str = "", issued: date | None = None, city: str = "云岭市", status: Status = Status.IN_FORCE) -> Policy:
    return Policy(id_, id_, Place(city=city), "", (), status, document_number=number, issued=DatedFact(issued))


OLD = document("old-2021", "云政办〔2021〕12号", date(2021, 3, 1))
NEW = document("new-2025", "云政办〔2025〕7号", date(2025, 1, 5))
DRAFT = document("draft-2026", "", date(2026, 2, 1), status=Status.DRAFT)
OTHER = document("other-2023", "白政发〔2023〕9号", date(2023, 5, 1), city="白沙市")
ALL = [OLD, NEW, DRAFT, OTHER]

TRADE = Policy("trade", "云岭市促进商贸业发展扶持办法", Place(city="云岭市"), "对商户给予奖励。", (), Status.IN_FORCE)
PORT = Policy("port", "云岭市促进航运物流业发展扶持办法", Place(city="云岭市"), "对船公司给予奖励。", (), Status.IN_FORCE)

BY_MATTER = [
    ("云岭商贸业扶持办法由谁解释", ("trade",)),
    ("云岭的商贸政策还有效吗", ("trade",)),
    ("航运物流扶持资金怎么申请", ("port",)),
    ("云岭扶持办法哪天施行", ()),
    ("云岭展会补贴多少", ()),
]


@pytest.mark.parametrize(("text", "ids"), BY_MATTER)
def test_a_document_is_named_by_the_matter_of_its_title(text: str, ids: tuple[str, ...]) -> None:
    assert pick_versions(text, [TRADE, PORT], [TRADE, PORT]) == ids


PICKED = [  # question, ids of the documents it picks of 云岭's three
    ("按2021年的意见能拿多少", ("old-2021",)),
    ("2025年版的上限", ("new-2025",)),
    ("12号文的上限", ("old-2021",)),
    ("云政办〔2025〕7号还有效吗", ("new-2025",)),
    ("2021年和2025年有什么区别", ("old-2021", "new-2025")),
    ("旧版怎么规定", ("old-2021",)),
    ("最新的文件怎么规定", ("draft-2026",)),
    ("征求意见稿里怎么写", ("draft-2026",)),
    ("the latest document", ("draft-2026",)),
    ("the draft", ("draft-2026",)),
    ("展会补贴多少", ()),
    ("2019年的交易额1亿元", ()),
    ("12号楼的租金", ()),
    ("年销售额2021万元", ()),
]


@pytest.mark.parametrize(("text", "picked"), PICKED)
def test_of_one_place(text: str, picked: tuple[str, ...]) -> None:
    assert pick_versions(text, [OLD, NEW, DRAFT], ALL) == picked


def test_a_whole_number_names_a_document_of_any_place() -> None:
    assert pick_versions("白政发〔2023〕9号规定了什么", [], ALL) == ("other-2023",)


def test_a_bare_number_is_one_of_the_place_named() -> None:
    assert pick_versions("9号文的上限", [OLD, NEW], ALL) == ()


def test_the_version_of_one_place_leaves_the_other_place() -> None:
    assert pick_versions("云岭2021年意见和白沙比", [OLD, NEW, OTHER], ALL) == ("old-2021", "other-2023")


def test_one_document_of_a_place_is_no_choice() -> None:
    assert pick_versions("最新的意见", [OTHER], ALL) == ()


@pytest.mark.parametrize(
    ("policy", "year"),
    [
        (OLD, 2021),
        (DRAFT, 2026),
        (replace(OLD, document_number="云政办〔2020〕3号"), 2020),
        (replace(OLD, document_number="", issued=DatedFact(None), effective_from=DatedFact(date(2022, 1, 1))), 2022),
        (replace(OLD, document_number="", issued=DatedFact(None)), None),
    ],
)
def test_the_year_a_document_is_called_by(policy: Policy, year: int | None) -> None:
    assert version_year(policy) == year


def test_words_of_one_title_only_pick_its_document() -> None:
    guide, measures = replace(OLD, title="经营贡献奖办事指南"), replace(NEW, title="科技创新扶持办法")
    assert pick_versions("云岭经营贡献奖怎么申请", [guide, measures], ALL) == (guide.id,)
    assert pick_versions("云岭研发补贴怎么申请", [guide, measures], ALL) == ()
