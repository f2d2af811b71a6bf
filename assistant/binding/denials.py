"""Whether a question says that a condition is not met, in whatever words.

    正式运营      还没开业, 已经停业了, under renovation      the contrary of the state a condition names (opposites.yaml)
    实现对接      没对接, 对接没成                             its verb, denied before or after
    综合保税区    保税区以外, outside the bonded zone          its name, denied before or after

A contrary beside the state itself settles nothing: such a condition stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.binding.words import WORDS
from assistant.understanding.patterns import Patterns

_OPPOSITES = Path(__file__).with_name("opposites.yaml")
STATES, CONTRARY, STATED = (Patterns(_OPPOSITES, section) for section in ("state", "contrary", "stated"))
_CLAUSE = re.compile(r"[^，,。；;！!？?：:]+")


def says_contrary(names: Sequence[str], text: str) -> bool | None:
    """Whether the text says the opposite of the state that the names of a condition speak of; None where it says both."""
    found: bool | None = False
    for kind, state in STATES.items():
        if any(state.search(name) for name in names) and CONTRARY[kind].search(text):
            if kind not in STATED or not STATED[kind].search(text):
                return True
            found = None
    return found


def denies_verb(names: Iterable[str], text: str) -> bool:
    """Whether a verb of the condition (对接, 验收, 通过) is denied, right before it or after it."""
    verbs = {verb for name in names for verb in WORDS["verb"].findall(name)}
    return any(
        match.end() and (WORDS["not_done"].search(clause[: match.start()]) or WORDS["failed"].match(clause[match.end() :]))
        for clause in _CLAUSE.findall(text)
        for verb in verbs
        for match in re.finditer(re.escape(verb), clause)
    )


def denies_name(text: str, word: str) -> bool:
    """Whether the first mention of the word is denied: 不在保税区, 保税区以外, 独立站没开."""
    at = text.find(word)
    if at < 0:
        return False
    return bool(WORDS["denied"].search(text[max(0, at - 24) : at]) or WORDS["denied_after"].match(text[at + len(word) :]))
