"""What a short message takes over from the one before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.dialogue import Dialogue, Frame, complete, names_slot, record, still_valid
from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.understanding.question import Ask, Question, Unit
from assistant.understanding.understand import Understanding
from tests.assistant.invented import write_policies

SALES, FAIRS = ("yunling-2025", "sales"), ("yunling-2025", "fairs")


@pytest.fixture(scope="module")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    return Understanding(Knowledge.load(write_policies(tmp_path_factory.mktemp("cities"))), Glossary.load())


class Talk:
    """Messages completed one after the other; `rules` are those the answer would have used."""

    def __init__(self, understanding: Understanding) -> None:
        self.understanding, self.dialogue = understanding, Dialogue()

    def say(self, text: str, *rules: tuple[str, str], clarifying: bool = False, answered: bool = True) -> Question:
        (question,) = self.understanding.read(text, self.dialogue.turn).questions
        question = complete(question, self.dialogue, self.understanding.knowledge)
        record(self.dialogue, Frame(question, rules, clarifying=clarifying) if answered else None)
        return question


@pytest.fixture
def talk(understanding: Understanding) -> Talk:
    return Talk(understanding)


def words(question: Question) -> set[str]:
    return {form for unit in question.units for form in unit.forms}


def values(question: Question) -> list[str]:
    return [mention.quantity.text for mention in question.mentions]


def test_the_first_message_is_left_as_it_is(talk: Talk) -> None:
    question = talk.say("云岭境外展会补贴多少？", FAIRS)
    assert question.policies == ("yunling-2025",)
    assert question.focus == ()


def test_only_a_side_of_the_matter_is_asked(talk: Talk) -> None:
    talk.say("云岭境外展会补贴比例多少？", FAIRS)
    question = talk.say("上限呢？", FAIRS)
    assert question.policies == ("yunling-2025",)
    assert "境外展会" in words(question)
    assert question.focus == (FAIRS,)
    assert Ask.CAP in question.asks
    assert Ask.RATE not in question.asks


def test_another_place_keeps_topic_and_kind(talk: Talk) -> None:
    talk.say("云岭境外展会补贴比例多少？", FAIRS)
    question = talk.say("那白沙呢？")
    assert question.policies == ("baisha-draft",)
    assert "境外展会" in words(question)
    assert Ask.RATE in question.asks
    assert question.focus == ()


def test_another_topic_keeps_the_place_and_drops_the_figures(talk: Talk) -> None:
    talk.say("云岭年直播销售额2500万元，能拿多少？", SALES)
    question = talk.say("选品中心奖励呢？")
    assert question.policies == ("yunling-2025",)
    assert values(question) == []
    assert "选品中心" in words(question)


def test_a_place_without_a_document_is_not_replaced_by_the_last_one(talk: Talk) -> None:
    talk.say("云岭境外展会补贴比例多少？", FAIRS)
    question = talk.say("那深圳呢？")
    assert (question.policies, question.uncovered) == ((), ("深圳市",))


def test_a_new_figure_replaces_the_old_one(talk: Talk) -> None:
    talk.say("云岭年直播销售额2500万元，能拿多少？", SALES)
    question = talk.say("如果年直播销售额是3000万元呢？", SALES)
    assert values(question) == ["3000万元"]
    assert Ask.AMOUNT in question.asks


def test_a_denied_figure_is_dropped(talk: Talk) -> None:
    talk.say("云岭年直播销售额2500万元，能拿多少？", SALES)
    question = talk.say("说错了，不是2500万元，是2200万元", SALES)
    assert values(question)[-1] == "2200万元"
    assert values(question).count("2500万元") <= 1


def test_a_figure_for_another_measure_stays(talk: Talk) -> None:
    talk.say("云岭年直播销售额2500万元，展位费8万元，能拿多少？", SALES, FAIRS)
    assert values(talk.say("展位费改成5万元呢？", SALES, FAIRS)) == ["2500万元", "5万元"]


def test_something_added_keeps_what_was_there(talk: Talk) -> None:
    talk.say("云岭年直播销售额2500万元，能拿多少？", SALES)
    question = talk.say("再加上境外展会展位费8万元，一共多少？", SALES, FAIRS)
    assert values(question) == ["2500万元", "8万元"]
    assert Ask.TOTAL in question.asks


def test_small_talk_in_between_changes_nothing(talk: Talk) -> None:
    talk.say("云岭境外展会补贴比例多少？", FAIRS)
    talk.say("今天天气怎么样", answered=False)
    question = talk.say("上限呢？", FAIRS)
    assert question.policies == ("yunling-2025",)
    assert "境外展会" in words(question)
    assert talk.dialogue.turn == 3


def test_an_answer_to_a_question_back_keeps_the_question(talk: Talk) -> None:
    talk.say("境外展会补贴比例多少？", clarifying=True)
    question = talk.say("云岭")
    assert question.policies == ("yunling-2025",)
    assert "境外展会" in words(question)
    assert Ask.RATE in question.asks


def test_a_complete_question_takes_nothing_over(talk: Talk) -> None:
    talk.say("云岭年直播销售额2500万元，能拿多少？", SALES)
    question = talk.say("白沙光伏屋顶仓库补贴多少？")
    assert question.policies == ("baisha-draft",)
    assert values(question) == []
    assert "直播" not in words(question)


def test_the_thread_of_a_total(talk: Talk) -> None:
    talk.say("云岭年直播销售额2500万元，能拿多少？", SALES)
    talk.say("展位费8万元呢？", FAIRS)
    assert talk.dialogue.frame is not None
    talk.dialogue.thread[:] = [SALES, FAIRS]
    question = talk.say("一共多少？")
    assert question.thread == (SALES, FAIRS)


@pytest.mark.parametrize("text", ["白沙有什么补贴？", "那白沙呢，有哪些扶持", "白沙有哪些政策", "What incentives are there in Baisha?"])
def test_a_list_of_another_place_is_not_of_the_matter_at_hand(talk: Talk, text: str) -> None:
    talk.say("云岭年直播销售额2500万元，能拿多少？", SALES)
    question = talk.say(text)
    assert not any(unit.topic for unit in question.units)
    assert values(question) == []


def test_which_ones_another_place_has_is_of_the_matter_at_hand(talk: Talk) -> None:
    talk.say("云岭境外展会补贴多少？", FAIRS)
    assert "境外展会" in words(talk.say("那白沙有哪些？"))


def test_a_measure_asked_for_is_of_the_matter_at_hand(talk: Talk) -> None:
    talk.say("云岭境外展会补贴多少？", FAIRS)
    question = talk.say("对建筑面积有要求吗？")  # a threshold of another rule
    assert "境外展会" in words(question)
    assert question.focus == (FAIRS,)


def test_a_fact_after_a_short_list_goes_into_it(talk: Talk) -> None:
    talk.say("云岭有哪些展会补贴？", FAIRS)
    question = talk.say("我们的展位费是6万元")
    assert Ask.LIST not in question.asks
    assert question.focus == ()  # a rule that was not listed may fit


def test_which_is_higher_is_of_the_last_two_places(talk: Talk) -> None:
    talk.say("云岭境外展会补贴多少？", FAIRS)
    other = talk.say("那白沙呢？").policies
    assert talk.say("哪个更高？").policies == ("yunling-2025", *other)


def test_which_is_higher_of_two_matters_stays_with_the_last_place(talk: Talk) -> None:
    talk.say("云岭境外展会补贴多少？", FAIRS)
    other = talk.say("白沙共享直播间奖励多少？").policies
    assert talk.say("哪个更高？").policies == other


def test_the_place_alone_is_remembered(talk: Talk) -> None:
    talk.say("我在云岭", clarifying=True)
    assert talk.dialogue.place == ("yunling-2025",)
    assert talk.say("境外展会补贴多少？").policies == ("yunling-2025",)


def test_a_restart_forgets_everything(talk: Talk) -> None:
    talk.say("云岭年直播销售额2500万元，能拿多少？", SALES)
    talk.dialogue.restart()
    assert talk.dialogue == Dialogue()
    assert talk.say("上限呢？").policies == ()


def test_a_turn_without_an_answer_is_counted_and_not_kept() -> None:
    dialogue = Dialogue()
    record(dialogue, None)
    assert (dialogue.turn, dialogue.frame) == (1, None)


def test_another_matter_starts_a_new_thread(talk: Talk) -> None:
    talk.say("云岭年直播销售额2500万元，能拿多少？", SALES)
    talk.say("白沙光伏屋顶仓库补贴多少？", ("baisha-draft", "3-1"))
    assert talk.dialogue.thread == [("baisha-draft", "3-1")]
    assert talk.dialogue.mentions == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("人员费5万元呢？", False),  # asked about instead
        ("What about 人员费5万元？", False),
        ("再加人员费5万元呢？", True),
        ("还有人员费5万元", True),
        ("人员费5万元", True),
    ],
)
def test_another_part_of_a_cost_is_asked_about_instead_or_beside(understanding: Understanding, text: str, kept: bool) -> None:
    fairs = next(entry for entry in understanding.knowledge.entries if entry.key == FAIRS)
    assert fairs.rule.basis
    basis = fairs.rule.basis.model_copy(update={"aliases": ("展位费", "人员费")})
    entry = replace(fairs, rule=fairs.rule.model_copy(update={"basis": basis}))
    first, second = (understanding.read(said).questions[0] for said in ("展位费8万元", text))
    assert bool(still_valid(first.mentions, second, [entry])) is kept


def test_two_costs_are_not_one_matter_for_the_word_they_share(understanding: Understanding) -> None:
    fairs = next(entry for entry in understanding.knowledge.entries if entry.key == FAIRS)
    assert names_slot(Unit(("展位费用",)), [fairs])
    assert not names_slot(Unit(("货位费用",)), [fairs])
