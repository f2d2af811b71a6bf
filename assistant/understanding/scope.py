"""What is no question about a policy: greetings, requests outside the scope, attempts to give orders.

Only request words are listed (scope.yaml), by category; whether a topic is covered is decided against the documents.

    >>> is_outside("给我写一首诗")
    True
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from assistant.understanding.patterns import Patterns

_FILE = Path(__file__).with_name("scope.yaml")
_SOCIAL = Patterns(_FILE, "social")
_REQUESTS = Patterns(_FILE, "requests")


class Social(StrEnum):
    """Talk that wants a short friendly reply."""

    GREETING = "greeting"
    THANKS = "thanks"
    RESTART = "restart"
    HELP = "help"


def find_social(text: str) -> Social | None:
    """The kind of small talk a whole message is, or None."""
    text = text.strip(" 。.!！~～")
    return next((Social(name) for name, pattern in _SOCIAL.items() if pattern.match(text)), None)


def split_orders(sentences: list[str]) -> tuple[list[str], list[str]]:
    """Sentences that may be questions, and sentences that give the assistant orders."""
    orders = _REQUESTS["orders"]
    asked = [sentence for sentence in sentences if not orders.search(sentence)]
    return asked, [sentence for sentence in sentences if orders.search(sentence)]


def wants_invention(orders: list[str]) -> bool:
    """Whether the orders ask to announce or invent a policy: then nothing of the message is answered."""
    return any(_REQUESTS["announce"].search(order) or _REQUESTS["make_up"].search(order) for order in orders)


def is_outside(text: str) -> bool:
    """Whether the request is of a kind no policy answers."""
    return bool(_REQUESTS["outside"].search(text))


def everyday_topics(text: str) -> tuple[str, ...]:
    """Words of everyday life in the text, outside unless a document speaks of them: 天气, 餐厅."""
    return tuple(dict.fromkeys(match.group() for match in _REQUESTS["everyday"].finditer(text)))


def wants_guarantee(text: str) -> bool:
    """Whether the assistant itself is asked to guarantee an outcome."""
    return bool(_REQUESTS["guarantee"].search(text))
