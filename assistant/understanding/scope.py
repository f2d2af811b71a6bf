"""What is no question about a policy: greetings, requests outside the scope, attempts to give orders.

Only request words are listed (scope.yaml), by category; whether a topic is covered is decided against the documents.

    >>> is_outside("给我写一首诗")
    True
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from assistant.understanding.patterns import load_patterns

_FILE = Path(__file__).with_name("scope.yaml")


class Social(StrEnum):
    """Talk that wants a short friendly reply."""

    GREETING = "greeting"
    THANKS = "thanks"
    RESTART = "restart"
    HELP = "help"


@lru_cache(maxsize=1)
def _social() -> dict[Social, re.Pattern[str]]:
    return {Social(name): pattern for name, pattern in load_patterns(_FILE, "social").items()}


@lru_cache(maxsize=1)
def _requests() -> dict[str, re.Pattern[str]]:
    return load_patterns(_FILE, "requests")


def find_social(text: str) -> Social | None:
    """The kind of small talk a whole message is, or None."""
    text = text.strip(" 。.!！~～")
    return next((kind for kind, pattern in _social().items() if pattern.match(text)), None)


def split_orders(sentences: list[str]) -> tuple[list[str], list[str]]:
    """Sentences that may be questions, and sentences that give the assistant orders."""
    orders = _requests()["orders"]
    asked = [sentence for sentence in sentences if not orders.search(sentence)]
    return asked, [sentence for sentence in sentences if orders.search(sentence)]


def wants_invention(orders: list[str]) -> bool:
    """Whether the orders ask to announce or invent a policy: then nothing of the message is answered."""
    known = _requests()
    return any(known["announce"].search(order) or known["make_up"].search(order) for order in orders)


def is_outside(text: str) -> bool:
    """Whether the request is of a kind no policy answers."""
    return bool(_requests()["outside"].search(text))


def wants_guarantee(text: str) -> bool:
    """Whether the assistant itself is asked to guarantee an outcome."""
    return bool(_requests()["guarantee"].search(text))
