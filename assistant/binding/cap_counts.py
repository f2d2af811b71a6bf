"""For how many things a ceiling for one of them counts: 2个展位 under 单个展位最高1万元.

counts_of_caps(rule, mentions)    # {"count:单个展位": Fact(…, 2, "item")}
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.binding.words import WORDS
from assistant.rules.caps import of_each
from assistant.rules.facts import Fact
from assistant.rules.schema import Rule
from assistant.understanding.question import Mention

_COUNTED = frozenset({"item", "time", "piece", "set", "order", ""})
_MOST = 99


def counts_of_caps(rule: Rule, mentions: Iterable[Mention]) -> dict[str, Fact]:
    """The counts of the message under the names by which the calculator asks for them; none where nothing is counted."""
    told = [mention for mention in mentions if _is_count(mention)]
    facts = {}
    for cap in rule.every_cap:
        thing = WORDS["cap_of_one"].search(cap.scope)
        count = next((mention for mention in told if thing and thing["what"] in mention.after[: 2 * len(thing["what"]) + 2]), None)
        if count:
            facts[of_each(cap)] = Fact(of_each(cap), count.quantity.value, "item")
    return facts


def _is_count(mention: Mention) -> bool:
    value = mention.quantity.value
    return mention.quantity.unit in _COUNTED and 1 < value <= _MOST and value % 1 == 0
