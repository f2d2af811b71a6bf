"""Which rules and sentences a question is about."""

from __future__ import annotations

import pytest

from assistant.knowledge import Knowledge, RuleEntry, plain, sentences
from assistant.selecting import RuleMatch, best_articles, cover, rank_articles, rank_passages, rank_rules, share, weigh
from assistant.understanding.question import Unit
from tests.assistant.invented import write_policies


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return Knowledge.load(write_policies(tmp_path_factory.mktemp("cities")))


def topic(*forms: str, weight: float = 1.0) -> Unit:
    return Unit(forms, weight, True)


FIRST = [  # words of the question, id of the rule that fits best
    ((topic("境外展会"),), "fairs"),
    ((topic("展位费"),), "fairs"),
    ((topic("共享直播间"),), "studio"),
    ((topic("建筑面积"),), "studio"),
    ((topic("选品中心"), topic("省级")), "selection-centre"),
    ((topic("年直播销售额"),), "sales"),
    ((topic("livestream sales"),), "sales"),
    ((topic("直播", weight=0.3), topic("展会", weight=2.0)), "fairs"),
]


@pytest.mark.parametrize(("units", "first"), FIRST)
def test_the_rule_that_fits_best(knowledge: Knowledge, units: tuple[Unit, ...], first: str) -> None:
    ranked = rank_rules(knowledge.rules_of(["yunling-2025"]), units)
    assert ranked[0].entry.rule.id == first
    assert [match.score for match in ranked] == sorted((match.score for match in ranked), reverse=True)


def test_two_words_for_one_measure_count_once(knowledge: Knowledge) -> None:
    sales, turnover = topic("直播销售额", weight=3.0), topic("年直播销售额", weight=2.0)
    entries = [entry for entry in knowledge.rules_of(["yunling-2025"]) if entry.rule.id == "sales"]
    both, one = rank_rules(entries, (sales, turnover)), rank_rules(entries, (sales,))
    assert both[0].score < one[0].score + turnover.weight * both[0].strengths[1]
    fairs = next(entry for entry in knowledge.rules_of(["yunling-2025"]) if entry.rule.id == "fairs")
    assert cover([match(fairs, 0.0, 0.9), match(entries[0], 0.9, 0.9)], (sales, turnover))[1:] == []


def test_what_no_rule_holds_finds_none(knowledge: Knowledge) -> None:
    assert rank_rules(knowledge.entries, (topic("海外仓"),)) == []
    assert rank_rules(knowledge.entries, ()) == []


def test_what_was_found_elsewhere_breaks_a_tie(knowledge: Knowledge) -> None:
    units = (topic("奖励"),)
    entries = knowledge.rules_of(["yunling-2025"])
    label = rank_rules(entries, units)[-1].entry.rule.article
    assert rank_rules(entries, units, {("yunling-2025", label): 5.0})[0].entry.rule.article == label


@pytest.mark.parametrize(
    ("units", "strengths", "share_"),
    [
        ((topic("a", weight=3), topic("b")), (1.0, 0.0), 0.75),
        ((topic("a", weight=3), topic("b")), (0.0, 0.5), 0.25),
        ((topic("a"), Unit(("b",), 9.0)), (1.0, 0.0), 1.0),  # words that are no topic do not count beside topics
        ((Unit(("a",), 3.0), Unit(("b",), 1.0)), (1.0, 0.0), 0.75),
        ((), (), 0.0),
    ],
)
def test_share(units: tuple[Unit, ...], strengths: tuple[float, ...], share_: float) -> None:
    assert share(units, strengths) == share_


def test_weigh() -> None:
    assert weigh((topic("a", weight=2), topic("b", weight=4)), (0.5, 0.25)) == 2.0


def match(entry: RuleEntry, *strengths: float) -> RuleMatch:
    return RuleMatch(sum(strengths), strengths, entry)


COVER = [  # strengths of each rule by topic, which of them cover the question
    ([(1.0, 1.0, 0.0), (0.0, 0.0, 1.0)], [0, 1]),
    ([(1.0, 1.0, 1.0), (0.0, 0.0, 1.0)], [0]),
    ([(1.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)], [0, 2]),
    ([(1.0, 0.5, 0.0), (0.0, 1.0, 0.0)], [0, 1]),
    ([], []),
]


@pytest.mark.parametrize(("strengths", "chosen"), COVER)
def test_cover(knowledge: Knowledge, strengths: list[tuple[float, ...]], chosen: list[int]) -> None:
    units = (topic("a"), topic("b"), topic("c"))
    ranked = [match(knowledge.entries[number % len(knowledge.entries)], *row) for number, row in enumerate(strengths)]
    assert cover(ranked, units) == [ranked[number] for number in chosen]
    assert len(cover(ranked, units, most=1)) == min(1, len(ranked))


def test_only_topics_call_for_a_further_rule(knowledge: Knowledge) -> None:
    ranked = [match(knowledge.entries[0], 1.0, 0.0), match(knowledge.entries[1], 0.0, 1.0)]
    assert len(cover(ranked, (topic("a"), Unit(("b",), 5.0)))) == 1


def test_the_sentence_that_says_it(knowledge: Knowledge) -> None:
    found = rank_passages(knowledge.articles_of(["baisha-draft"]), (topic("光伏"), topic("仓库")))
    assert found[0].text == "对新建光伏屋顶的仓库，按每平方米10元给予补贴，最高30万元。"
    assert knowledge.policies["baisha-draft"].text[found[0].start : found[0].end].strip() == found[0].text
    assert best_articles(found, 1) == found[:1]


def test_each_article_once(knowledge: Knowledge) -> None:
    found = best_articles(rank_passages(knowledge.articles, (topic("支持"),)), 5)
    assert len({(passage.entry.policy.id, passage.entry.number) for passage in found}) == len(found) == 5


def test_a_heading_counts_more_than_a_mention(knowledge: Knowledge) -> None:
    ranked = rank_articles(knowledge.articles_of(["baisha-draft"]), (topic("夜间经济"),))
    assert ranked[0][1].article.label == "（四）"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲。乙；丙", ["甲。", "乙；", "丙"]),
        ("甲\n乙", ["甲\n", "乙"]),
        ("甲！？乙", ["甲！？", "乙"]),
        ("2.5万元，3,000元", ["2.5万元，3,000元"]),
        ("", []),
    ],
)
def test_sentences_are_the_whole_text(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("展 会", "展会"),
        ("ＡＢＣ", "abc"),
        ("Trade fair", "trade fair"),
        ("補貼", "补贴"),
        ("1210 业务", "1210业务"),
        ("trade  fair", "trade fair"),
    ],
)
def test_plain(text: str, form: str) -> None:
    assert plain(text) == form


class TestKnowledge:
    def test_a_rule_file_that_cannot_be_used_is_reported_and_proposals_take_its_place(self, tmp_path: object) -> None:
        own = write_policies(tmp_path)  # type: ignore[arg-type]
        file = own.policies / "yunling-2025" / "incentives.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace('"0.03"', '"0.04"'), encoding="utf-8")
        knowledge = Knowledge.load(own)
        assert len(knowledge.problems) == 1
        assert "incentives.yaml" in knowledge.problems[0]
        sales = [entry.rule for entry in knowledge.rules_of(["yunling-2025"]) if entry.rule.article == "（一）"]
        assert [str(rule.rate.value) for rule in sales if rule.rate] == ["0.03"]
        assert all(rule.review is None for rule in sales)

    def test_a_broken_folder_is_left_out_and_named(self, tmp_path: object) -> None:
        own = write_policies(tmp_path)  # type: ignore[arg-type]
        (own.policies / "baisha-draft" / "policy.yaml").write_text("id: [", encoding="utf-8")
        knowledge = Knowledge.load(own)
        assert list(knowledge.policies) == ["yunling-2025"]
        assert "baisha-draft" in knowledge.problems[0]

    def test_rarer_words_weigh_more(self, knowledge: Knowledge) -> None:
        assert knowledge.weight(("光伏",)) > knowledge.weight(("支持",)) >= 0.1
        assert knowledge.weight(("没有这个词",)) >= knowledge.weight(("光伏",))

    def test_rules_of(self, knowledge: Knowledge) -> None:
        assert {entry.policy.id for entry in knowledge.rules_of(["baisha-draft"])} == {"baisha-draft"}
        assert knowledge.rules_of([]) == []
        assert len(knowledge.rules_of()) == len(knowledge.entries)
