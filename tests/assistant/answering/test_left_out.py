"""Who is left out by a sentence, and which questions ask for it."""

from __future__ import annotations

import pytest

from assistant.answering.words import WORDS


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("适用于经认定的服务企业或机构(金融企业除外)。", "金融企业"),
        ("烟草企业（项目）不享受本政策全部条款。", "烟草企业"),
        ("本办法不适用于小额贷款公司。", ""),  # who is left out stands behind: not read, nothing is said
        ("支持商贸企业，不含烟草批发企业。", "烟草批发企业"),
    ],
)
def test_who_is_excepted(sentence: str, who: str) -> None:
    found = [next(group for group in match.groups() if group) for match in WORDS["excepted"].finditer(sentence)]
    kinds = [words for words in found if WORDS["kind_of_company"].search(words)]
    assert kinds == ([who] if who else [])


@pytest.mark.parametrize(
    ("question", "asks"),
    [("烟草公司能享受吗", True), ("烟草公司可以申请这项补贴吗", True), ("烟草公司补多少", False), ("can a tobacco company apply?", True)],
)
def test_whether_support_is_had_at_all_is_asked(question: str, asks: bool) -> None:
    assert bool(WORDS["may_have"].search(question)) is asks
