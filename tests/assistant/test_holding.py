"""A word of two characters stands in a text only where it is a word there."""

from __future__ import annotations

import pytest

from assistant.holding import holds, stands_whole


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("被评为中国企业500强", "国企", False),
        ("我们是国企", "国企", True),
        ("国企和民企", "国企", True),
        ("跨境电商标杆区", "商标", False),
        ("境外商标注册", "商标", True),
    ],
)
def test_it_is_no_end_and_beginning_of_two_others(text: str, word: str, stands: bool) -> None:
    assert stands_whole(text, word) is stands
    assert holds(text, [word]) is stands
