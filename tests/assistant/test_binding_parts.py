"""The parts of binding one by one: which figures count, which belong together, what is confirmed or denied."""

from __future__ import annotations

import pytest

from assistant.binding import bind, different_parts, is_granted, slots
from assistant.binding.choices import chosen_facts
from assistant.binding.figures import adds_up, cites, effective, is_received, new_or_old, several_things
from assistant.binding.measures import Slot
from assistant.binding.units import may_state
from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge, RuleEntry
from assistant.rules.schema import Confirm, OneOf
from assistant.understanding.question import Mention, Question
from assistant.understanding.understand import Understanding
from tests.assistant.invented import write_policies
from tests.assistant.stepped import write_stepped


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    folder = tmp_path_factory.mktemp("cities")
    write_stepped(folder)
    return Understanding(Knowledge.load(write_policies(folder)), Glossary.load())


def question(understanding: Understanding, text: str) -> Question:
    (asked,) = understanding.read(text).questions
    return asked


def last(understanding: Understanding, text: str) -> Mention:
    return question(understanding, text).mentions[-1]


def rule(understanding: Understanding, name: str) -> RuleEntry:
    return next(entry for entry in understanding.knowledge.entries if entry.rule.id == name)


OPENED, RUN = Slot("opened", "company", ("新设连锁门店数",), True), Slot("run", "company", ("直营连锁门店", "新开门店"), False)
NEW_OR_OLD = [  # text, for each of its figures the measures it may state
    ("我们有12家店，今年新开3家", [[RUN], [OPENED]]),
    ("新增3家，以前有12家", [[OPENED], [RUN]]),
    ("今年新开3家", [[OPENED]]),
    ("我们开了3家店", [[OPENED, RUN]]),  # may be either
]


@pytest.mark.parametrize(("text", "measures"), NEW_OR_OLD)
def test_what_is_new_and_all_there_is(understanding: Understanding, text: str, measures: list[list[Slot]]) -> None:
    mentions = question(understanding, f"云岭{text}").mentions
    assert [new_or_old([OPENED, RUN], mention, mentions) for mention in mentions] == measures


GRANTED = [  # text, whether its last figure is what is hoped for or believed to be paid
    ("能拿80万元吗", True),
    ("可以申请到80万元吗", True),
    ("是不是最高奖励80万元", True),
    ("我想领80万元", True),
    ("为什么不是80万元", True),
    ("一定能补助80万元吗", True),
    ("年直播销售额80万元", False),
    ("我们投入80万元", False),
    ("展位费80万元能补多少", False),
]


RECEIVED = [  # text, whether its last figure is support that has been paid already
    ("已经拿了80万元", True),
    ("今年已领到80万元补贴", True),
    ("去年领过80万元", True),
    ("80万元已经到账", True),
    ("we already received RMB 800,000", True),
    ("省商务厅给我们批了80万元", True),
    ("市里给了专项资金80万元", True),
    ("市里能给我们80万元吗", False),
    ("能拿到80万元吗", False),
    ("今年再拿80万元，对吧", False),
    ("三年累计补贴80万元", False),
    ("已经花了80万元", False),
    ("我们投入80万元", False),
]


@pytest.mark.parametrize(("text", "received"), RECEIVED)
def test_a_sum_that_is_had_already(understanding: Understanding, text: str, received: bool) -> None:
    assert is_received(last(understanding, text)) is received


THINGS = [  # text, whether its last two figures are of two things that are judged one by one
    ("两个直播间，800平方米和400平方米", True),
    ("两个直播间，分别是800平方米、400平方米", True),
    ("一个直播间800平方米，另一个400平方米", True),
    ("two studios of 800 and 400 square metres", True),
    ("一个直播间800平方米已开业；一个展厅400平方米", False),  # a thing of another kind
    ("直播间800平方米，改成400平方米", False),
    ("800平方米和400平方米", False),  # perhaps two parts of one
    ("两个直播间，建筑面积800平方米，展厅400平方米", False),
]


@pytest.mark.parametrize(("text", "apart"), THINGS)
def test_figures_of_several_things(understanding: Understanding, text: str, apart: bool) -> None:
    asked = question(understanding, text)
    assert several_things(*asked.mentions[-2:], asked.mentions) is apart


def test_the_thing_that_qualifies_is_what_the_rule_is_computed_for(understanding: Understanding) -> None:
    entry = rule(understanding, "studio")
    found = bind([entry], question(understanding, "两个直播间，建筑面积800平方米和400平方米"))
    assert str(found.facts(entry)["floor_area"].value) == "800"
    assert [str(fact.value) for _, fact in found.cases[entry.key]] == ["800", "400"]


@pytest.mark.parametrize(("text", "granted"), GRANTED)
def test_a_sum_that_is_hoped_for(understanding: Understanding, text: str, granted: bool) -> None:
    assert is_granted(last(understanding, text)) is granted


CITES = [  # rule, text, whether its figure quotes what the rule pays
    ("studio", "那20万元怎么拿", True),
    ("studio", "那20万怎么拿", True),
    ("studio", "我们花了20万元", False),
    ("studio", "那30万元怎么拿", False),
    ("selection-centre", "那25万怎么拿", True),
    ("fairs", "6万元一次付清吗", True),
    ("fairs", "展位费是6万元", False),
]


@pytest.mark.parametrize(("name", "text", "quotes"), CITES)
def test_a_figure_that_quotes_the_rule(understanding: Understanding, name: str, text: str, quotes: bool) -> None:
    assert cites(last(understanding, text), rule(understanding, name)) is quotes


PARTS = [  # text, figures as they count
    ("引进25家企业，其中7家没有业绩", ["25 company", "18 company"]),
    ("引进25家企业，其中7家还没有业绩", ["25 company", "18 company"]),
    ("引进25家企业，其中18家有业绩", ["25 company", "18 company"]),
    ("引进25家企业，其中7人没有参保", ["25 company", "7 person"]),
    ("引进25家企业，其中30家没有业绩", ["25 company", "30 company"]),  # more than there are: said of something else
    ("引进25家企业，7家没有业绩", ["25 company", "7 company"]),
]


@pytest.mark.parametrize(("text", "figures"), PARTS)
def test_those_that_lack_something_are_taken_off_the_whole(understanding: Understanding, text: str, figures: list[str]) -> None:
    counted = effective(question(understanding, text).mentions)
    assert [f"{mention.quantity.value:f} {mention.quantity.unit}" for mention in counted] == figures


SUMS = [  # text with two figures, whether they are parts of one sum
    ("展位费5万元和3万元", True),
    ("展位费5万元、3万元", True),
    ("展位费5万元，另外还有3万元", True),
    ("booth fees of RMB 50,000 and RMB 30,000", True),
    ("展位费5万元，改成3万元", False),
    ("展位费5万元。今年3万元", False),
    ("展位费5万元和3万美元", False),
    ("直播间2个和3个", False),
]


@pytest.mark.parametrize(("text", "together"), SUMS)
def test_parts_of_one_sum(understanding: Understanding, text: str, together: bool) -> None:
    asked = question(understanding, text)
    first, second = asked.mentions
    assert adds_up(first, second) is together
    assert not adds_up(second, first)


@pytest.mark.parametrize(
    ("first", "second", "different"),
    [("展位费", "人员费", True), ("交易额", "年交易额", False), ("年直播销售额", "直播销售额", False), ("booth fee", "travel", True)],
)
def test_names_of_different_parts(first: str, second: str, different: bool) -> None:
    assert different_parts(first, second) is different


STATES = [  # rule, fact, text, whether the figure can state it
    ("sales", "livestream_sales", "8亿", True),
    ("sales", "livestream_sales", "3000万美元", True),
    ("sales", "livestream_sales", "500平方米", False),
    ("studio", "floor_area", "600", True),
    ("studio", "floor_area", "50万", False),  # so large a bare figure is money
    ("studio", "floor_area", "600个", False),
    ("rent", "warehouse_rent", "8个月", False),
]


@pytest.mark.parametrize(("name", "fact", "text", "can"), STATES)
def test_which_figure_may_state_which_measure(understanding: Understanding, name: str, fact: str, text: str, can: bool) -> None:
    slot = next(slot for slot in slots(rule(understanding, name).rule) if slot.fact == fact)
    assert may_state(last(understanding, f"我们有{text}"), slot) is can


REGISTERED = Confirm.model_validate(
    {"is": "confirm", "fact": "registered", "label": "完成海关备案", "label_en": "registered with customs", "aliases": ["海关备案"]}
)
LEVEL = OneOf.model_validate({"is": "one_of", "fact": "level", "label": "级别", "options": ["省级"], "options_en": ["provincial"]})
NAMED = [  # text, what is known of a rule for 省级 centres that are registered with the customs
    ("我们已经完成海关备案", {"registered": True}),
    ("我们没有海关备案", {"registered": False}),
    ("我们还没有完成海关备案", {"registered": False}),
    ("尚未完成海关备案", {"registered": False}),
    ("我们是省级的", {"level": "省级"}),
    ("我们不是省级的", {}),
    ("我们是市级的，不是省级", {"level": "市级"}),  # none of the options: then the rule is for others
    ("we are a provincial centre", {"level": "省级"}),
    ("我们是省级的，海关备案也有了", {"level": "省级", "registered": True}),
    ("选品中心能拿多少", {}),
    ("省商务厅批了我们的中心", {"level": "省级"}),
    ("去年没有海关备案，今年已经备案了", {"registered": True}),  # the last state holds
    ("之前没做海关备案，后来备案了", {"registered": True}),
    ("去年有海关备案，今年没有海关备案了", {"registered": False}),
    ("去年没有海关备案，今年还是没有海关备案", {"registered": False}),
    ("没有海关备案，今年能拿多少", {"registered": False}),
]


@pytest.mark.parametrize(("text", "known"), NAMED)
def test_what_is_named_rather_than_counted(understanding: Understanding, text: str, known: dict[str, object]) -> None:
    changed = rule(understanding, "studio").rule.model_copy(update={"conditions": (LEVEL, REGISTERED)})
    assert {name: fact.value for name, fact in chosen_facts(changed, question(understanding, text)).items()} == known


def test_what_is_named_reaches_the_bindings(understanding: Understanding) -> None:
    entry = rule(understanding, "selection-centre")
    facts = bind([entry], question(understanding, "我们是省级选品中心")).facts(entry)
    assert facts["level"].value == "省级"
