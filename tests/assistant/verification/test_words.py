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
    assert quick_pattern([r"\s*计算", "合计"]).pattern == r"(?:\s*计算)|(?:合计)"


@pytest.mark.parametrize(
    ("text", "holds"), [("10万元 ÷ 30% = 333333.34元", True), ("10万元 ÷ 30% = 333334元", False), ("9万元 ÷ 30% = 30万元", True)]
)
def test_a_division_may_be_rounded_up_to_the_cent_and_no_further(text: str, holds: bool) -> None:
    (found,) = sums(text, read_once(text).figures)
    assert found.holds is holds
    assert found.parts[1].value == Decimal("0.3")
