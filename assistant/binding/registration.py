"""Where a company is registered, as a condition has it and as a question says it: 注册地不在本区, 注册在外地.

>>> registered(("注册地在白沙",), "我们注册地不在白沙"), registered(("注册地不在白沙",), "我们注册地不在白沙")
(False, True)
>>> registered(("注册在白沙",), "公司注册地在云岭")
False
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.binding.words import WORDS

_PLACE = r"(?P<where>[\u4e00-\u9fff]{2,8}?)"
_CONDITION = re.compile(rf"^(?:工商)?注册(?:登记)?(?:地|地址)?(?P<neg>不|未|没有?|非)?(?:是)?在{_PLACE}(?P<rest>的.*|$)")
_CONDITION_BEFORE = re.compile(rf"^(?P<neg>不|未|没有?|非)?在{_PLACE}(?:工商)?(?:登记)?注册(?P<rest>的.*|$)")
_HERE = re.compile("我|本|区内|市内|县内|当地|这|那|境内|国内|哪")
"""A place that is not named."""


@dataclass(frozen=True, slots=True)
class _Said:
    """In which place, or that it is not there."""

    where: str
    denied: bool
    alone: bool = True
    """Nothing but the registration is spoken of."""


def registered(names: Iterable[str], text: str) -> bool | None:
    """Whether a condition on the place of registration holds by the words of a text; None where either says nothing of it.

    A condition that demands more than the registration is at most denied by it.
    """
    wanted = next((said for name in names if (said := _of_condition(name))), None)
    if wanted is None or _HERE.match(wanted.where):
        return None
    if WORDS["registered_or_not"].search(text):
        return None
    for match in WORDS["registered"].finditer(text):
        denied, where = bool(match["neg"] or match["neg_before"]), match["where"] or match["where_before"]
        if _HERE.match(where):
            continue
        same = where.startswith(wanted.where[:2]) or wanted.where.startswith(where[:2])
        if not same and denied:
            continue  # not in a third place: that says nothing
        holds = (denied == wanted.denied) if same else wanted.denied
        if not holds:
            return False
        return True if wanted.alone else None
    return None


def _of_condition(name: str) -> _Said | None:
    match = _CONDITION.match(name) or _CONDITION_BEFORE.match(name)
    return _Said(match["where"], bool(match["neg"]), not match["rest"]) if match else None
