"""Whole answers of the assistant over the five documents: the question tables, and what holds for every answer."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache

import pytest

from assistant.models import Answer, Behaviour, Eligible
from assistant.pipeline import Assistant
from eval.checking import failures, judge
from eval.corpus import Corpus
from eval.figures import values
from eval.reading import read_cases
from eval.replies import Reply
from eval.schema import TODAY, Case
from index.config import ROOT
from index.errors import QuestionError
from index.models import Bound
from index.policies import load_policies
from index.quantities import parse_quantities
from tests.eval.spoiling import SPOILINGS, Spoiling

CORPUS = Corpus(load_policies(ROOT / "policies_text")[0])
CASES = read_cases([ROOT / "eval" / "cases" / "answers"], CORPUS)
SOUND = {case.id for case in CASES if not case.known}
"""Rows that pass: what holds for every answer is asked of theirs."""
CEILING = re.compile(r"最高|最多|不超过|上限|封顶|限值|不能超过|at most|up to|ceiling|maximum|cap", re.IGNORECASE)
TO_REACH = re.compile(r"要达到|to reach|不对|^No", re.IGNORECASE)
"""Lines that name a ceiling without promising it: what is needed for it, or that a claim is wrong."""


def turns(assistant: Assistant, case: Case) -> list[Answer]:
    dialogue = assistant.new_dialogue()
    return [assistant.ask(turn, dialogue, case.on or TODAY) for turn in case.turns]


def lacks(case: Case, answer: Answer) -> list[str]:
    """Reasons why the answer is not what the case expects; empty when it is."""
    return failures(judge(case, Reply.of(answer.as_json()), CORPUS, case.on or TODAY))


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> dict[str, list[Answer]]:
    """Every turn of every case, in the order of the tables."""
    return {case.id: turns(assistant, case) for case in CASES}


def _marked(case: Case) -> object:
    """A case that is known to fail must fail: remove `known` when it passes."""
    marks = [pytest.mark.xfail(strict=True, reason=case.known)] if case.known else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.slow
@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_answer(answers: dict[str, list[Answer]], case: Case) -> None:
    assert not lacks(case, answers[case.id][-1]), f"{' | '.join(case.turns)}\n-> {answers[case.id][-1].conclusion}"


@pytest.mark.slow
@pytest.mark.parametrize("spoil", SPOILINGS, ids=[spoil.__name__ for spoil in SPOILINGS])
def test_a_spoiled_answer_fails(answers: dict[str, list[Answer]], spoil: Spoiling) -> None:
    """The judge of the tables sees what is wrong with an answer, whatever the table asks for."""
    right = [(case, answers[case.id][-1]) for case in CASES if not case.known]
    spoilt = [(case, record) for case, answer in right if (record := spoil(case, answer.as_json(), CORPUS))]
    assert len(spoilt) >= 30
    assert [case.id for case, record in spoilt if not failures(judge(case, Reply.of(record), CORPUS, case.on or TODAY))] == []


def _is_shown(case: Case) -> bool:
    """Whether an answer must show something: all but those to a question that may as well be asked back."""
    return (case.expect.behaviour, case.expect.behaviour_also) != ("clarify", "answer")


def test_every_row_can_fail() -> None:
    """A reply of the right kind that says nothing passes no case that wants an answer; a wrong kind passes none."""
    empty = Answer(text="好的。", conclusion="好的。", behaviour=Behaviour.ANSWER)
    toothless = [case.id for case in CASES if _is_shown(case) and not lacks(case, empty)]
    assert not toothless
    other = replace(empty, behaviour=Behaviour.CLARIFY)
    assert not [
        case.id for case in CASES if "clarify" not in (case.expect.behaviour, case.expect.behaviour_also) and not lacks(case, other)
    ]


def test_the_tables_are_of_all_kinds_and_both_languages() -> None:
    assert len(CASES) >= 400
    assert sum(case.lang == "en" for case in CASES) >= 0.15 * len(CASES)
    assert len(SOUND) >= 0.85 * len(CASES)


@pytest.mark.slow
class TestEveryAnswer:
    """What holds for each of the answers, right or wrong."""

    @pytest.fixture
    def each(self, answers: dict[str, list[Answer]]) -> list[tuple[str, Answer]]:
        return [
            (f"{id_} turn {number}", answer) for id_, given in answers.items() if id_ in SOUND for number, answer in enumerate(given, 1)
        ]

    def test_every_figure_is_proven(self, each: list[tuple[str, Answer]]) -> None:
        assert not [(name, check.text) for name, answer in each for check in answer.checks if not check.proof]

    def test_every_sum_and_share_was_checked(self, each: list[tuple[str, Answer]]) -> None:
        missed = []
        for name, answer in each:
            checked = {check.value for check in answer.checks}
            stated = {value for value, unit in values(answer.text) if unit in ("CNY", "USD", "ratio")}
            missed += [(name, value) for value in stated - checked]
        assert not missed

    def test_a_conclusion_says_something(self, each: list[tuple[str, Answer]]) -> None:
        assert not [name for name, answer in each if not answer.conclusion.strip() or answer.conclusion.rstrip()[-1] in "：:"]

    def test_a_refusal_cites_nothing(self, each: list[tuple[str, Answer]]) -> None:
        refusals = [(name, answer) for name, answer in each if answer.behaviour is Behaviour.REFUSE]
        assert len(refusals) >= 10
        assert not [name for name, answer in refusals if answer.citations or answer.calculations]

    def test_a_quotation_is_what_stands_there(self, each: list[tuple[str, Answer]], assistant: Assistant) -> None:
        for name, answer in each:
            for citation in answer.citations:
                policy = assistant.knowledge.policies[citation.policy]
                assert citation.quote == policy.text[citation.start : citation.end], name
                around = next(article for article in policy.articles if article.start <= citation.start < article.end)
                assert (around.label, citation.end <= around.end) == (citation.article, True), name

    def test_a_draft_is_always_called_one(self, each: list[tuple[str, Answer]]) -> None:
        on_drafts = [(name, answer) for name, answer in each if any(citation.policy == "zhuzhou-draft" for citation in answer.citations)]
        assert len(on_drafts) >= 30
        assert not [name for name, answer in on_drafts if not re.search("征求意见稿|draft", answer.text)]
        assert not [name for name, answer in on_drafts if not any(re.search("征求意见稿|draft", notice) for notice in answer.notices)]

    def test_a_computed_ceiling_is_called_one(self, each: list[tuple[str, Answer]]) -> None:
        promised = []
        for name, answer in each:
            for result in answer.calculations:
                if result.bound is not Bound.AT_MOST or result.amount is None or result.eligible is Eligible.NO:
                    continue
                lines = _lines_with(answer, (result.amount, result.currency))
                promised += [(name, line) for line in lines if (result.article or "") in line and _promises(line)]
        assert not promised

    def test_a_cited_ceiling_is_called_one(self, each: list[tuple[str, Answer]]) -> None:
        """A sum that every cited text calls a ceiling, in the line that names its article, is called a ceiling."""
        promised = []
        for name, answer in each:
            computed = {result.amount for result in answer.calculations if result.bound is Bound.EXACT}
            for citation in answer.citations:
                sums = [quantity for quantity in parse_quantities(citation.quote) if quantity.unit == "CNY"]
                exact = {quantity.value for quantity in sums if quantity.bound is not Bound.AT_MOST} | computed
                for quantity in sums:
                    if quantity.bound is Bound.AT_MOST and quantity.value not in exact:
                        lines = _lines_with(answer, (quantity.value, "CNY"))
                        promised += [(name, line) for line in lines if (citation.article or "") in line and _promises(line)]
        assert not promised

    def test_an_english_question_is_answered_in_english(self, answers: dict[str, list[Answer]]) -> None:
        for case in CASES:
            if case.id in SOUND:
                assert answers[case.id][-1].language == case.lang, case.id

    def test_suggestions_are_few_and_no_repetition(self, each: list[tuple[str, Answer]]) -> None:
        for name, answer in each:
            assert len(answer.suggestions) <= 3, name
            assert len(set(answer.suggestions)) == len(answer.suggestions), name


def _lines_with(answer: Answer, figure: tuple[object, str]) -> Iterator[str]:
    return (line for line in answer.conclusion.split("\n") if figure in values(line))


def _promises(line: str) -> bool:
    return not CEILING.search(line) and not TO_REACH.search(line)


@pytest.mark.slow
def test_order_and_company_change_nothing(assistant: Assistant, answers: dict[str, list[Answer]]) -> None:
    """A third of the cases again, shuffled and from several threads: the same answers, word for word."""
    shuffled = random.Random(7).sample(CASES, len(CASES) // 3)
    with ThreadPoolExecutor(3) as pool:
        again = dict(zip([case.id for case in shuffled], pool.map(lambda case: turns(assistant, case), shuffled), strict=True))
    assert [id_ for id_ in again if again[id_] != answers[id_]] == []


@lru_cache(maxsize=1)
def _ten_thousand() -> str:
    return ("我们公司位于开发区，主要做进出口。" * 700)[:9980] + "请问秦皇岛1210补贴的上限是多少元？？"


@pytest.mark.slow
class TestOddInput:
    """Whatever is typed: an answer, or an error that says what to do."""

    @pytest.mark.parametrize("text", ["", "   ", "\n\t\r\n", "\u3000\u3000"])
    def test_nothing(self, assistant: Assistant, text: str) -> None:
        with pytest.raises(QuestionError, match=r"空的.*empty"):
            assistant.ask(text)

    def test_one_character_too_long(self, assistant: Assistant) -> None:
        with pytest.raises(QuestionError, match=r"10001.*10000"):
            assistant.ask("啊" * 10_001)

    def test_the_longest(self, assistant: Assistant) -> None:
        assert len(_ten_thousand()) == 10_000
        answer = assistant.ask(_ten_thousand(), on=TODAY)
        assert answer.text.strip()
        assert all(check.proof for check in answer.checks)

    @pytest.mark.parametrize(
        "text",
        [
            "\u200b\u200b\u200d\ufeff",
            "\x00\x01\x02\x1b[31m",
            "？？？！！！",
            "😀😀😀🚢📦",
            "1210",
            "8000万元",
            "％％％——……",
            "秦皇岛",
            "a",
            "。",
            "SELECT * FROM policies; DROP TABLE policies;--",
            "<img src=x onerror=alert(1)>",
            "{{7*7}} ${jndi:ldap://x} %s %n",
            "def f(x):\n    return x * 2  # 秦皇岛",
            "すみません、秦皇島の補助金はいくらですか",
            "Привет, сколько субсидия в 秦皇岛 за 1210?",
            "مرحبا كم الدعم",
            "\u202e秦皇岛1210补贴",
            "秦\x00皇\x00岛1210补贴上限",
            "⑴⑵⑶ ①②③ Ⅷ ㎡ ㏎",
            "-5000万元", "1e400万元", "∞元", "9" * 400 + "万元",
        ],
    )  # fmt: skip
    def test_an_answer_all_the_same(self, assistant: Assistant, text: str) -> None:
        answer = assistant.ask(text, on=TODAY)
        assert answer.text.strip()
        assert answer.conclusion.strip()
        assert not [check.text for check in answer.checks if not check.proof]

    @pytest.mark.parametrize(
        "amount", ["-5000万元", "9" * 400 + "万元", "0元", "0.000000001元", "abc万元"]
    )  # fmt: skip
    def test_an_absurd_amount_promises_nothing(self, assistant: Assistant, amount: str) -> None:
        answer = assistant.ask(f"秦皇岛1210，年线上交易额{amount}，能拿多少？", on=TODAY)
        assert answer.text.strip()
        computed = {result.amount for result in answer.calculations if result.amount is not None}
        assert all(0 <= amount <= 1_000_000 for amount in computed)

    def test_two_hundred_turns(self, assistant: Assistant) -> None:
        """The last of many turns is answered as if it stood alone, and what is remembered stays small."""
        dialogue = assistant.new_dialogue()
        for number in range(199):
            assistant.ask(f"秦皇岛1210，年线上交易额{number + 1}万元，能拿多少？" if number % 2 else "上限呢？", dialogue, TODAY)
        last = assistant.ask("秦皇岛9710，年度进出口总额3000万元，奖励多少？", dialogue, TODAY)
        alone = assistant.ask("秦皇岛9710，年度进出口总额3000万元，奖励多少？", on=TODAY)
        assert last.conclusion == alone.conclusion
        assert dialogue.turn == 200
        assert len(dialogue.shown) < 40
        assert len(dialogue.mentions) < 40


@pytest.mark.slow
class TestDay:
    """The day asked about decides what a document is worth."""

    @pytest.mark.parametrize(
        ("on", "says"),
        [("2024-11-19", "尚未生效"), ("2024-11-20", ""), ("2027-12-31", ""), ("2028-01-01", "失效")],
    )
    def test_an_amount_on_a_day(self, assistant: Assistant, on: str, says: str) -> None:
        day = TODAY.fromisoformat(on)
        answer = assistant.ask("连云港企业在综保区租仓，一年租金60万元，能支持多少？", on=day)
        assert ("尚未生效" in answer.text, "失效" in answer.text) == (says == "尚未生效", says == "失效")

    def test_all_turns_of_a_message(self, assistant: Assistant) -> None:
        answer = assistant.ask("秦皇岛海外仓奖励多少？连云港独立站出口奖励多少？", on=TODAY)
        assert {("qinhuangdao-2022-26", "（十二）"), ("lianyungang-2024", "（一）")} <= {(c.policy, c.article) for c in answer.citations}


@pytest.mark.slow
class TestDesk:
    """What the page uses."""

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_the_examples_can_be_answered(self, assistant: Assistant, language: str) -> None:
        examples = assistant.examples(language)
        assert len(examples) >= 3
        for example in examples:
            assert assistant.ask(example, on=TODAY).behaviour is Behaviour.ANSWER, example

    def test_article_text(self, assistant: Assistant) -> None:
        assert "面积在 1000 平方米以上" in assistant.article_text("qinhuangdao-2022-26", "（十二）")
        with pytest.raises(KeyError):
            assistant.article_text("qinhuangdao-2022-26", "（九十九）")
        with pytest.raises(KeyError):
            assistant.article_text("nowhere", "（一）")

    def test_suggestions_can_be_answered(self, assistant: Assistant) -> None:
        answer = assistant.ask("秦皇岛园区扶持多少？", on=TODAY)
        assert answer.suggestions
        for suggestion in answer.suggestions:
            assert assistant.ask(suggestion, on=TODAY).behaviour is Behaviour.ANSWER, suggestion

    def test_a_json_answer_has_no_float(self, assistant: Assistant) -> None:
        plain = assistant.ask("秦皇岛1210，年线上交易额123.45万元，能拿多少？", on=TODAY).as_json()
        assert plain["calculations"][0]["amount"] == "24690.00" or plain["calculations"][0]["amount"].startswith("24690")
        assert not _floats(plain)


def _floats(value: object) -> list[float]:
    if isinstance(value, dict):
        return [found for item in value.values() for found in _floats(item)]
    if isinstance(value, list):
        return [found for item in value for found in _floats(item)]
    return [value] if isinstance(value, float) else []
