"""Patterns that are tried only where they can begin find what they found without it."""

import re
from decimal import Decimal

import pytest

from assistant.verification.reading import read_once
from assistant.verification.sums import sums
from assistant.verification.words import WORDS, _parts, quick_pattern

TEXTS = (
    "不符合条件，拿不到这笔支持；没有写明有效期，请确认是否仍有效。",
    "This is a DRAFT for public comment, not yet adopted; it is not guaranteed.",
    "每年最高100万元（一次性），已受上限限制；牵头单位：市商务局？",
    "The plan ran until 2021; the 2019-2021 plan is over.",
)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_a_quick_pattern_finds_the_same(name: str) -> None:
    slow = re.compile("|".join(f"(?:{part})" for part in _parts()[name]), re.IGNORECASE)
    for text in TEXTS:
        assert [m.span() for m in WORDS[name].finditer(text)] == [m.span() for m in slow.finditer(text)]


def test_what_can_begin_with_anything_is_tried_everywhere() -> None:
    assert quick_pattern(["[^，]*计算", "合计"]).pattern == "(?:[^，]*计算)|(?:合计)"


@pytest.mark.parametrize(
    ("part", "firsts"),
    [
        ("(?<!不)保证", "保"),
        (r"\bdut(?:y|ies)", "Dd"),
        ("[税费]用?全免", "税费"),
        ("年?(?:的)?版", "年的版"),  # what may be missing: the next may be first
        ("(?:没有?|未)写", "没未"),
        (r"\$", "$"),
    ],
)
def test_a_pattern_begins_with_these_characters(part: str, firsts: str) -> None:
    (tried,) = re.findall(r"^\(\?=\[(.*?)\]\)", quick_pattern([part]).pattern)
    assert set(tried.replace("\\", "")) == set(firsts)


def test_the_words_of_a_group_come_with_their_own_names() -> None:
    found = [(own, match.group()) for own, match in WORDS.matches("levels", "市级、省级分别给予")]
    assert found == [("省级", "省级"), ("市级", "市级")]
    assert WORDS.matches("levels", "市级、省级分别给予", 2, 4) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("50万元 ÷ 100元/平方米 = 5000平方米", True),
        ("50万元 ÷ 100元/平方米 = 6000平方米", False),
        ("50万元 ÷ 100元/平方米 = 5000家", False),
        ("50万元 × 100元/平方米 = 5000平方米", False),
    ],
)
def test_money_by_a_price_gives_what_the_price_is_for(text: str, holds: bool) -> None:
    (found,) = sums(text, read_once(text).figures)
    assert found.holds is holds


@pytest.mark.parametrize(
    ("text", "holds"), [("10万元 ÷ 30% = 333333.34元", True), ("10万元 ÷ 30% = 333334元", False), ("9万元 ÷ 30% = 30万元", True)]
)
def test_a_division_may_be_rounded_up_to_the_cent_and_no_further(text: str, holds: bool) -> None:
    (found,) = sums(text, read_once(text).figures)
    assert found.holds is holds
    assert found.parts[1].value == Decimal("0.3")
