"""How telling words are: the quick way beside the plain definition."""

from __future__ import annotations

import math
import random
import shutil
from pathlib import Path

import pytest

from assistant.holding import Holding, holds
from assistant.knowledge import Knowledge
from index.config import ROOT, Settings


@pytest.fixture(scope="module")
def knowledge(settings: Settings) -> Knowledge:
    return Knowledge.load(settings)


def some_forms(knowledge: Knowledge, count: int) -> list[tuple[str, ...]]:
    """Words cut from texts and headings at random, some of them spoiled, some joined to several forms."""
    chance = random.Random(7)
    sources = [text for entry in knowledge.articles for text in (entry.text, entry.heading) if text]

    def word() -> str:
        source = chance.choice(sources)
        at = chance.randrange(len(source))
        cut = source[at : at + chance.randint(1, 8)]
        return cut if chance.random() < 0.7 else cut[::-1] + chance.choice(["", "仓", "q", "\n"])

    return [tuple(word() for _ in range(chance.randint(1, 4))) for _ in range(count)]


def test_weights_are_those_of_looking_through_all_articles(knowledge: Knowledge) -> None:
    articles = knowledge.articles
    told: set[float] = set()
    for forms in [*some_forms(knowledge, 1500), (), ("",), ("仓",), ("a", "")]:
        holding = [holds(entry.text, forms) or holds(entry.heading, forms) for entry in articles]
        expected = max(0.1, math.log((len(articles) + 1) / (sum(holding) + 0.5)))
        assert knowledge.weight(forms) == expected, forms
        assert knowledge.mentions(forms) == any(holds(entry.text, forms) for entry in articles), forms
        told.add(expected)
    assert len(told) > 20, "words of all kinds: in none, in few, in most articles"


@pytest.mark.parametrize(
    ("word", "found"), [("海外仓", [0, 2]), ("海外", [0, 2, 3]), ("外", [0, 2, 3]), ("海仓", []), ("外仓海", []), ("", [0, 1, 2, 3, 4])]
)
def test_texts_that_hold_a_word(word: str, found: list[int]) -> None:
    texts = Holding(["海外仓奖励", "出口奖励", "公共海外仓", "仓储在海外", ""])
    assert sorted(texts.of(word)) == found


def test_an_edited_or_broken_rule_file_is_seen_at_the_next_start(tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    shutil.copytree(ROOT / "policies_text" / "qinhuangdao-2022-26", policies / "qinhuangdao-2022-26")
    settings = Settings(policies=policies, data=tmp_path / "data", _env_file=None)
    file = policies / "qinhuangdao-2022-26" / "incentives.yaml"
    before = Knowledge.load(settings)
    again = Knowledge.load(settings)
    assert [entry.rule for entry in again.entries] == [entry.rule for entry in before.entries], "from what was kept"
    text = file.read_text(encoding="utf-8")
    label = before.entries[0].rule.label
    file.write_text(text.replace(label, "改过的名称", 1), encoding="utf-8")
    assert Knowledge.load(settings).entries[0].rule.label == "改过的名称"
    file.write_text(text + "policy: again\n", encoding="utf-8")
    for _ in range(2):
        (problem,) = Knowledge.load(settings).problems
        assert f"{file}, line {len(text.splitlines()) + 1}" in problem
        assert "duplicate key" in problem


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("打造跨境电商标杆区", "商标", False),
        ("境外商标注册费", "商标", True),
        ("电商标杆企业的商标", "商标", True),
        ("防范安全风险", "全风", False),
        ("参加展会展位费", "会展", False),
        ("支持会展企业", "会展", True),
        ("跨境电商", "电商", True),
        ("商标", "商标", True),
    ],
)
def test_a_word_stands_where_it_is_a_word(text: str, word: str, stands: bool) -> None:
    assert holds(text, [word]) is stands
