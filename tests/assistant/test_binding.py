"""Which figure of a question belongs to which measure of a rule."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.binding import bind, dimension, fits, likeness, slots
from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge, RuleEntry
from assistant.rules.facts import FactValue
from assistant.understanding.understand import Understanding
from tests.assistant.invented import write_policies


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return Knowledge.load(write_policies(tmp_path_factory.mktemp("cities")))


@pytest.fixture(scope="module")
def understanding(knowledge: Knowledge) -> Understanding:
    return Understanding(knowledge, Glossary.load())


@pytest.fixture(scope="module")
def rules(knowledge: Knowledge) -> dict[str, RuleEntry]:
    return {entry.rule.id: entry for entry in knowledge.rules_of(["yunling-2025"])}


def bound(understanding: Understanding, entries: list[RuleEntry], text: str) -> dict[str, str]:
    """Facts of all rules, "unit value" by "rule.fact"."""
    (question,) = understanding.read(text).questions
    bindings = bind(entries, question)
    return {
        f"{entry.rule.id}.{name}": f"{_shown(fact.value)} {fact.unit}".strip()
        for entry in entries
        for name, fact in bindings.facts(entry).items()
    }


def _shown(value: FactValue) -> str:
    """Parts of a sum joined by +."""
    if isinstance(value, tuple):
        return " + ".join(_shown(part) for part in value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


FITS = [  # unit of the figure, unit of the measure, whether it can state it
    ("CNY", "CNY", True),
    ("USD", "CNY", True),
    ("", "CNY", True),
    ("", "m2", True),
    ("", "ratio", False),
    ("m2", "CNY", False),
    ("month", "year", True),
    ("item", "company", False),  # 三项 are no three companies
    ("company", "item", True),
    ("company", "person", False),
    ("ratio", "percentage_point", True),
    ("mu", "m2", True),
    ("year", "CNY", False),
]


@pytest.mark.parametrize(("given", "wanted", "can"), FITS)
def test_fits(given: str, wanted: str, can: bool) -> None:
    assert fits(given, wanted) is can


def test_a_unit_nobody_listed_is_a_dimension_of_its_own() -> None:
    assert dimension("TEU") == "TEU"
    assert not fits("TEU", "ton")
    assert fits("TEU", "TEU")


LIKE = [  # words around a figure, names of a measure, at least, below
    ("年直播销售额", ["年直播销售额"], 1.0, 1.5),
    ("我们的年直播销售额大概", ["年直播销售额"], 1.0, 1.5),
    ("直播销售", ["年直播销售额"], 0.3, 1.0),
    ("建筑面积", ["年直播销售额"], 0.0, 0.01),
    ("annual livestream sales of", ["annual livestream sales"], 1.0, 2.0),
    ("sales this year of", ["annual livestream sales"], 0.2, 1.0),
    ("", ["年直播销售额"], 0.0, 0.01),
    ("年直播销售额", [], 0.0, 0.01),
]


@pytest.mark.parametrize(("phrase", "names", "least", "below"), LIKE)
def test_likeness(phrase: str, names: list[str], least: float, below: float) -> None:
    assert least <= likeness(phrase, names) < below


def test_the_basis_is_the_first_slot(rules: dict[str, RuleEntry]) -> None:
    found = {name: [(slot.fact, slot.unit, slot.main) for slot in slots(entry.rule)] for name, entry in rules.items()}
    assert found["sales"] == [("livestream_sales", "CNY", True)]
    assert found["studio"] == [("floor_area", "m2", False)]
    assert found["fairs"] == [("booth_fee", "CNY", True)]


ONE_RULE = [  # rule, what is said, what is known afterwards
    ("sales", "年直播销售额2500万元", {"sales.livestream_sales": "25000000 CNY"}),
    ("sales", "去年直播销售额做了2500万", {"sales.livestream_sales": "25000000 CNY"}),
    ("sales", "2500万元能拿多少", {"sales.livestream_sales": "25000000 CNY"}),
    ("sales", "annual livestream sales of RMB 25 million", {"sales.livestream_sales": "25000000 CNY"}),
    ("sales", "年直播销售额300万美元", {"sales.livestream_sales": "3000000 USD"}),
    ("sales", "面积600平方米", {}),
    ("sales", "最高80万元是吧", {}),
    ("studio", "建筑面积600平方米", {"studio.floor_area": "600 m2"}),
    ("studio", "600平米的直播间", {"studio.floor_area": "600 m2"}),
    ("fairs", "展位费8万元", {"fairs.booth_fee": "80000 CNY"}),
    ("fairs", "展位费上半年8万元，下半年2万元", {"fairs.booth_fee": "80000 + 20000 CNY"}),
    ("fairs", "三场展会，每场展位费3万元", {"fairs.booth_fee": "90000 CNY"}),
    ("fairs", "展位费2024年8万元，2025年2万元，每年多少", {"fairs.booth_fee": "20000 CNY"}),
    ("fairs", "展位费8万元和2万元", {"fairs.booth_fee": "80000 + 20000 CNY"}),
    ("selection-centre", "省级选品中心", {"selection-centre.level": "省级"}),
    ("selection-centre", "provincial selection centre in Yunling", {"selection-centre.level": "省级"}),
    ("selection-centre", "不是省级，是市级选品中心", {"selection-centre.level": "市级"}),
]


@pytest.mark.parametrize(("rule", "text", "known"), ONE_RULE)
def test_one_rule(understanding: Understanding, rules: dict[str, RuleEntry], rule: str, text: str, known: dict[str, str]) -> None:
    found = bound(understanding, [rules[rule]], text)
    assert {name: value.removesuffix(".00") for name, value in found.items()} == known


SEVERAL = [  # what is said, facts that must be known, facts that must not
    (
        "年直播销售额2500万元，展位费8万元",
        {"sales.livestream_sales": "25000000 CNY", "fairs.booth_fee": "80000 CNY"},
        {"studio.floor_area"},
    ),
    (
        "展位费8万元，年直播销售额2500万元",
        {"sales.livestream_sales": "25000000 CNY", "fairs.booth_fee": "80000 CNY"},
        {"studio.floor_area"},
    ),
    ("建筑面积600平方米，展位费8万元", {"studio.floor_area": "600 m2", "fairs.booth_fee": "80000 CNY"}, {"sales.livestream_sales"}),
]


@pytest.mark.parametrize(("text", "known", "unknown"), SEVERAL)
def test_several_rules(
    understanding: Understanding, rules: dict[str, RuleEntry], text: str, known: dict[str, str], unknown: set[str]
) -> None:
    found = bound(understanding, [rules["sales"], rules["studio"], rules["fairs"]], text)
    assert known.items() <= found.items()
    assert not unknown & set(found)


def test_a_later_figure_for_the_same_measure_wins(understanding: Understanding, rules: dict[str, RuleEntry]) -> None:
    (first,) = understanding.read("年直播销售额2500万元", 0).questions
    (second,) = understanding.read("年直播销售额3000万元", 1).questions
    both = second.with_(mentions=(*first.mentions, *second.mentions))
    assert bind([rules["sales"]], both).facts(rules["sales"])["livestream_sales"].value == Decimal(30_000_000)


def test_a_bare_figure_of_a_later_turn_restates_the_measure(understanding: Understanding, rules: dict[str, RuleEntry]) -> None:
    (first,) = understanding.read("年直播销售额2500万元", 0).questions
    (second,) = understanding.read("3000万元呢", 1).questions
    both = second.with_(mentions=(*first.mentions, *second.mentions))
    assert bind([rules["sales"]], both).facts(rules["sales"])["livestream_sales"].value == Decimal(30_000_000)


def test_figures_that_state_nothing_are_left_for_claims(understanding: Understanding, rules: dict[str, RuleEntry]) -> None:
    (question,) = understanding.read("年直播销售额2500万元，比例是5%吧").questions
    bindings = bind([rules["sales"]], question)
    assert [mention.quantity.text for mention in bindings.used] == ["2500万元"]
    assert set(bindings.numbers(rules["sales"])) == {"livestream_sales"}


def test_those_that_lack_something_are_taken_off(understanding: Understanding, rules: dict[str, RuleEntry]) -> None:
    """Of 250,000 元 of which 70,000 was not paid, 180,000 count."""
    (question,) = understanding.read("展位费共25万元，其中7万元展位费没有付").questions
    assert bind([rules["fairs"]], question).facts(rules["fairs"])["booth_fee"].value == Decimal(180_000)


LEVELS = [
    ("市级选品中心给多少", {"selection-centre.level": "市级"}),
    ("省级选品中心给多少", {"selection-centre.level": "省级"}),
    ("市级选品中心和省级的各给多少", {}),  # two tiers named: neither is the company's
    ("选品中心不是省级，是市级的", {"selection-centre.level": "市级"}),
]


@pytest.mark.parametrize(("text", "known"), LEVELS)
def test_a_tier_is_chosen_only_where_one_is_named(
    understanding: Understanding, rules: dict[str, RuleEntry], text: str, known: dict[str, str]
) -> None:
    assert bound(understanding, [rules["selection-centre"]], text) == known
