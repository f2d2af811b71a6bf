"""Is it true that …: the user's figures held against those of the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.binding import Bindings
from assistant.compose.draft import Context
from assistant.knowledge import RuleEntry
from assistant.models import Calculation
from assistant.rules.figures import figures_of
from assistant.rules.schema import AnyOf
from assistant.rules.wording import format_quantity
from index.models import Quantity

_WHOLE = re.compile(r"全包|全额|全部(?:报销|承担|补)|百分百|全报|fully (?:cover|reimburse)|in full")
_ONE_ENOUGH = re.compile(
    r"满足一个|任意一个|任一|其中之一|一个就行|一项即可|二选一|或者.{0,30}就(?:行|可以)|either (?:one|of)|one of (?:them|the two)|any one"
)


def _claims(context: Context, bindings: Bindings) -> Iterable[Quantity]:
    used = {(mention.order, mention.quantity.start) for mention in bindings.used}
    for mention in context.question.mentions:
        if (mention.order, mention.quantity.start) not in used or mention.quantity.unit == "ratio":
            yield mention.quantity


def same_kind(unit: str, claim: str) -> bool:
    """Whether a figure of a rule and one of the user can be the same thing: per unit or not, currency written or not."""
    return unit == claim or unit.split("/")[0] == claim.split("/")[0] or (claim == "" and unit == "CNY")


def judge(context: Context, entries: Sequence[RuleEntry], results: Sequence[Calculation], bindings: Bindings) -> str:
    """Yes, no with the right figure, or "" when the claim holds no figure that can be compared."""
    text = context.question.text
    rules = [entry.rule for entry in entries]
    if _ONE_ENOUGH.search(text):
        alternatives = any(isinstance(condition, AnyOf) for rule in rules for condition in rule.conditions)
        several = any(len(rule.conditions) > 1 for rule in rules)
        if alternatives:
            return context.say("是的，条文写的是“或”，满足其一即可。", "Yes: the text says “or”; one is enough.")
        if several:
            return context.say(
                "不对，这些条件须同时满足（均需达到），不是满足一个就行。", "No: the conditions must all be met at the same time."
            )
    known = [pair for rule in rules for pair in figures_of(rule)]
    claims = [(claim.value, claim.unit) for claim in _claims(context, bindings)]
    if _WHOLE.search(text):
        claims.append((Decimal(1), "ratio"))
    wrong = []
    for value, unit in claims:
        same = [figure for figure, own in known if same_kind(own, unit)]
        if (same and value not in same) or not same:
            wrong.append((value, unit))
    del results
    if wrong:
        shown = "、".join(format_quantity(value, unit, context.language) for value, unit in wrong)
        return context.say(f"不对，文件写的不是{shown}。", f"No: the document does not say {shown}.")
    if claims:
        if _only_part(text):
            return context.say("不完全对，请看具体条件：", "Not quite; see the conditions: ")
        return context.say("是的，与文件一致。", "Yes, that is what the document says.")
    return ""


def _only_part(text: str) -> bool:
    return bool(re.search(r"任何|所有|只要|都能|一律|全部|any |all |every ", text))
