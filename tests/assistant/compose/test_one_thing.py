"""Which ceilings are for one piece of what is paid for, so that several are worked out one by one."""

from __future__ import annotations

import pytest

from assistant.compose.words import WORDS

SCOPES = [
    ("每个标准展位", True),
    ("单项认证", True),
    ("单场活动", True),
    ("单个企业", False),
    ("每家企业", False),
    ("每个平台", False),
    ("", False),
]


@pytest.mark.parametrize(("scope", "one"), SCOPES)
def test_a_ceiling_for_a_thing_is_none_for_a_company(scope: str, one: bool) -> None:
    assert bool(WORDS["one_thing"].search(scope)) is one
