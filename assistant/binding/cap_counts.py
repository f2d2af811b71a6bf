"""What of a question bears on the ceilings of a rule: how many things one for each counts for, and what is really paid.

counts_of_caps(rule, mentions)    # 2个展位 under 单个展位最高1万元: {"count:单个展位": Fact(…, 2, "item")}
price_paid(rule, text)            # 月租金每平方米25元 under 不超过30元: {"price_paid": Fact(…, 25, "CNY/m2/month")}
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assistant.binding.words import WORDS
from assistant.rules.caps import of_each
from assistant.rules.facts import PRICE_PAID, Fact
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


def price_paid(rule: Rule, text: str) -> dict[str, Fact]:
    """The price by the square metre and month that somebody pays, where the rule refunds it up to its own."""
    unit = rule.amount.unit if rule.amount else ""
    match = WORDS["price_by_area"].search(text) if unit == "CNY/m2/month" and WORDS["refunded"].search(rule.quote) else None
    return {PRICE_PAID: Fact(PRICE_PAID, Decimal(match["price"] or match["other"]), unit)} if match else {}


def _is_count(mention: Mention) -> bool:
    value = mention.quantity.value
    return mention.quantity.unit in _COUNTED and 1 < value <= _MOST and value % 1 == 0
