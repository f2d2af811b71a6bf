"""What earlier turns said of the company, for the rules of this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.binding.bindings import Bindings
from assistant.binding.measures import slots
from assistant.knowledge import RuleEntry
from assistant.rules.facts import CONDITIONS_MET, Fact
from assistant.understanding.question import Mention, Question


def recall(entries: Sequence[RuleEntry], known_rules: Iterable[RuleEntry], question: Question, bindings: Bindings) -> None:
    """Fill in what was said before: all of it for the rules a total is asked of, else what conditions of other rules share.

    A total is the sum of what was shown turn by turn: no figure of one rule goes to another.
    """
    if not question.held:
        return
    counts_now = question.new_figures and any(mention in bindings.used for mention in _latest(question))  # 两个国家级、一个省级，一共
    conditions = {entry.key: _conditions(entry) for entry in known_rules}
    held = {key: {fact.name: fact for fact in facts} for key, facts in question.held}
    for entry in entries:
        facts = bindings.by_rule[entry.key]
        if entry.key in question.thread and entry.key in held:
            own = dict(facts) if counts_now else {}
            facts.clear()
            facts.update({**held[entry.key], **own})
            continue
        for key, known in held.items():
            if key == entry.key or key[0] != entry.policy.id:
                continue
            for slot in slots(entry.rule):
                if not slot.main and slot.fact in known:
                    facts.setdefault(slot.fact, known[slot.fact])
            if CONDITIONS_MET in known and conditions[entry.key] and conditions[entry.key] <= conditions[key]:
                facts.setdefault(CONDITIONS_MET, Fact(CONDITIONS_MET, True))


def _latest(question: Question) -> list[Mention]:
    last = max((mention.order for mention in question.mentions), default=0)
    return [mention for mention in question.mentions if mention.order == last]


def _conditions(entry: RuleEntry) -> frozenset[str]:
    return frozenset(part.fact for part in entry.rule.single_conditions)
