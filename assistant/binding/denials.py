"""Whether a question says that a condition is not met, in whatever words.

    正式运营      还没开业, 已经停业了, under renovation      the contrary of the state a condition names (opposites.yaml)
    实现对接      没对接, 对接没成                             its verb, denied before or after
    综合保税区    保税区以外, outside the bonded zone          its name, denied before or after

    去年没通过，今年通过了                                  what held before holds no more: `states` parts the two

A contrary beside the state itself settles nothing: such a condition stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.binding.names import bigrams
from assistant.binding.words import WORDS
from assistant.understanding.patterns import Patterns

_OPPOSITES = Path(__file__).with_name("opposites.yaml")
STATES, CONTRARY, STATED, AFFIRMED = (Patterns(_OPPOSITES, section) for section in ("state", "contrary", "stated", "affirmed"))
_CLAUSE = re.compile(r"[^，,。；;！!？?：:]+")


def says_contrary(names: Sequence[str], text: str) -> bool | None:
    """Whether the text says the opposite of the state that the names of a condition speak of; None where it says both."""
    found: bool | None = False
    for kind, state in STATES.items():
        if any(state.search(name) for name in names) and CONTRARY[kind].search(text):
            if not any(kind in said and said[kind].search(text) for said in (STATED, AFFIRMED)):
                return True
            found = None
    return found


def states(text: str) -> tuple[str, str]:
    """What a text says held before, and what holds now: ("去年没通过，", "今年通过了"); ("", text) where it tells no change."""
    marks = [match.start() for match in WORDS["later_state"].finditer(text) if match.start()]
    return (text[: marks[-1]], text[marks[-1] :]) if marks else ("", text)


def made_good(before: str, now: str) -> bool:
    """Whether something denied before is now said to be so: 没业绩 ... 有业绩了."""
    shared = {clause for clause in _CLAUSE.findall(now) if bigrams(before) & bigrams(clause)}
    return any(WORDS["finished"].search(clause) and not WORDS["not_at_all"].search(clause) for clause in shared)


def denies_verb(names: Iterable[str], text: str) -> bool:
    """Whether a verb of the condition (对接, 验收, 通过) is denied, right before it or after it."""
    verbs = {verb for name in names for verb in WORDS["verb"].findall(name)}
    return any(
        match.end() and (WORDS["not_done"].search(clause[: match.start()]) or WORDS["failed"].match(clause[match.end() :]))
        for clause in _CLAUSE.findall(text)
        for verb in verbs
        for match in re.finditer(re.escape(verb), clause)
    )


def affirms_verb(names: Iterable[str], text: str) -> bool:
    """Whether a verb of the condition is said to be done, its object on either side: 对接了平台, 平台已经对接了."""
    for clause in _CLAUSE.findall(text):
        for name in names:
            for verb in WORDS["verb"].findall(name):
                rest = bigrams(name.replace(verb, ""))
                for match in re.finditer(re.escape(verb), clause):
                    before, after = clause[: match.start()], clause[match.end() :]
                    done = WORDS["done_before"].search(before) or WORDS["done_after"].match(after) or WORDS["done_at_end"].search(after)
                    if done and rest & bigrams(clause):
                        return True
    return False


def affirms_state(names: Sequence[str], text: str) -> bool:
    """Whether the text says the state a condition names, and speaks of its matter: 年交易额8亿，首次 for 年交易额首次达到."""
    for kind, said in AFFIRMED.items():
        if not any(said.search(clause) for clause in _CLAUSE.findall(text)):
            continue
        for name in names:
            rest = bigrams(STATES[kind].sub("", name))
            if STATES[kind].search(name) and rest and len(rest & bigrams(text)) >= len(rest) / 2:
                return True
    return False


def denies_name(text: str, word: str) -> bool:
    """Whether the first mention of the word is denied: 不在保税区, 保税区以外, 独立站没开."""
    at = text.find(word)
    if at < 0:
        return False
    return bool(WORDS["denied"].search(text[max(0, at - 24) : at]) or WORDS["denied_after"].match(text[at + len(word) :]))
