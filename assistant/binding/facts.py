"""From the figures of a question to facts for the rules at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.binding.bindings import Bindings
from assistant.binding.cap_counts import counts_of_caps
from assistant.binding.choices import chosen_facts, share_choices
from assistant.binding.figures import (
    adds_up,
    cites,
    effective,
    find_each,
    increments,
    is_granted,
    is_received,
    label_of,
    misses,
    new_or_old,
    parts_of_one,
    people,
    several_things,
    stated_bound,
    told_apart,
    yearly,
)
from assistant.binding.landmarks import landmarks, lists_tiers, nearest
from assistant.binding.measures import STATUTORY_TAX, Slot, slots
from assistant.binding.names import different_parts, likest, likest_plain
from assistant.binding.units import counts_things, dimension, fits_exactly, is_bare_sum, may_be_sum, may_state, suits
from assistant.binding.words import WORDS
from assistant.glossary.measures import load_measures
from assistant.knowledge import RuleEntry
from assistant.rules.facts import CONSUMPTION_TAX_RATE, VAT_RATE, Fact
from assistant.rules.figures import figures_of
from assistant.rules.schema import OneOf, Rule
from assistant.rules.wording import format_quantity
from assistant.understanding.patterns import MARKERS
from assistant.understanding.question import Ask, Mention, Question
from index.models import Bound

NEAR = 0.35
"""What it counts that the nearest thing named before a figure is the rule's own: 园区24家…，平台1.5亿."""


ALIKE = 0.2
"""Likeness below which words share no more than a pair of characters (企业) with a name."""
_MANY = 1000
"""A bare figure from here on counts no times a week or month."""
NAMED = 0.8
"""From this likeness on a name, or what a cost is for, stands beside the figure."""


def bind(entries: Sequence[RuleEntry], question: Question) -> Bindings:
    """Facts for each of the rules. Later mentions override earlier ones."""
    all_slots = [(entry, slot) for entry in entries for slot in slots(entry.rule)]
    bound: dict[tuple[str, str], dict[str, Fact]] = {entry.key: chosen_facts(entry.rule, question) for entry in entries}
    marks = landmarks(entries, question)
    now = max((mention.order for mention in question.mentions), default=0)
    share_choices(entries, bound, question)
    # 体验店要超过500平，对吧: said of the rule; 1500平能拿50万，对吧: of a company
    claiming = question.confirming and not WORDS["obtained"].search(question.text)
    denied = {CONSUMPTION_TAX_RATE} if any(CONSUMPTION_TAX_RATE in facts for facts in bound.values()) else set()
    counted = yearly(people(question.mentions), all_slots)
    mentions, more = increments(counted.mentions, [slot for _, slot in all_slots])
    found = Bindings(bound, [], [*counted.steps, *more], uneven=counted.uneven)
    held: dict[tuple[tuple[str, str], str], _Held] = {}
    loose: list[Mention] = []
    used = found.used
    levels_told = lists_tiers(entries, mentions)
    stated = {value for entry in entries for value, _ in figures_of(entry.rule)}
    for mention in effective(mentions):
        if (levels_told and mention.quantity.value in stated) or _is_of_policy(mention, question, all_slots):
            continue  # 5000万美元300万、3000万200万: the levels themselves are told
        owner = nearest(marks, mention) if mention.order == now else None
        scored = [
            _Fit(score + (NEAR if entry.key == owner and score >= ALIKE else 0.0), name, entry, slot)
            for entry, slot in all_slots
            if not (
                slot.main is False
                and mention.order == now
                and claiming
                and not (misses(mention, slot) and not MARKERS["refused"].search(question.text))
            )
            and may_state(mention, slot)
            and slot.fact not in denied
            for score, name in [likest(mention.phrase, slot.names)]
        ]
        top = max((fit.score for fit in scored), default=0.0)
        if top < 0.4 or not any(fit.name for fit in scored):
            loose.append(mention)
            continue
        used.append(mention)
        for entry in entries:
            own = max((fit for fit in scored if fit.entry is entry), key=lambda fit: fit.score, default=None)
            if own is None or not own.name or own.score < 0.75 * top:
                continue
            own = _another(own, [fit for fit in scored if fit.entry is entry], held, mention)
            _place(found, held, own, mention, mentions)
    placed: dict[tuple[tuple[str, str], str], Mention] = {}
    for mention in loose:
        owner = nearest(marks, mention) if mention.order == now else None
        among = [entry for entry in entries if entry.key == owner] or [
            entry for entry in entries if _akin(entry, entries[0]) or any(entry.key == named for _, named in marks)
        ]
        if mention.order == now and claiming and not any(slot.main for entry in among for slot in slots(entry.rule)):
            continue
        if _bind_loose(mention, among, found, placed, held, mentions):
            used.append(mention)
    _share_measures(entries, bound)
    for entry in entries:
        bound[entry.key] |= counts_of_caps(entry.rule, mentions)
    if not WORDS["consumption_tax"].search(question.text):
        _without_consumption_tax(entries, found)
    return found


def _is_of_policy(mention: Mention, question: Question, all_slots: Sequence[tuple[RuleEntry, Slot]]) -> bool:
    """Whether a figure is said of the policy or of what is hoped for, not of the company: 最高50万元, 每周2班, 一年最多拿多少."""
    quantity = mention.quantity
    if quantity.bound is Bound.AT_MOST and dimension(quantity.unit or "CNY") == "money":
        return True  # 最高50万元
    if quantity.unit in ("time", "item", "") and quantity.value < _MANY and WORDS["rhythm"].search(mention.before):
        return True  # 每周2班 is how often, not how many in all; 每月5万 is money
    if mention.of_counted or (mention.required and (question.confirming or Ask.VERIFY in question.asks)):
        return True
    if WORDS["ceiling_said"].search(mention.before) or (question.confirming and WORDS["limit"].search(mention.before)):
        return True
    monthly = any(slot.main and slot.unit == "month" for _, slot in all_slots)
    if quantity.unit == "year" and quantity.value == 1 and WORDS["yearly_limit"].match(mention.after) and not monthly:
        return True  # 一年最多拿多少: how often, not how long
    if is_received(mention) and not any(_of_support(slot) for _, slot in all_slots):
        return True
    return is_granted(mention) and not any(likest_plain(mention.phrase, slot.names)[0] >= 1.0 for _, slot in all_slots)


def _without_consumption_tax(entries: Sequence[RuleEntry], found: Bindings) -> None:
    """Where only the rate of the value added tax is told, the other counts as 0, and is said to."""
    for entry in entries:
        facts = found.by_rule[entry.key]
        if entry.rule.tax and VAT_RATE in facts and CONSUMPTION_TAX_RATE not in facts:
            facts[CONSUMPTION_TAX_RATE] = Fact(CONSUMPTION_TAX_RATE, Decimal(0), "ratio")
            found.untaxed.add(entry.key)


def _of_support(slot: Slot) -> bool:
    """Whether the basis is itself a support that a higher level has paid: 按上级资助金额的50%配套."""
    return slot.main and bool(WORDS["paid_above"].search(slot.names[0]))


def _akin(entry: RuleEntry, best: RuleEntry) -> bool:
    """Whether a figure that names nothing may be of this rule too: of the best one, of one that counts the same, or of another place."""
    if entry is best or entry.policy.place != best.policy.place or best.rule.id in (*entry.rule.excludes, *entry.rule.adds_with):
        return True
    return bool({slot.fact for slot in slots(entry.rule)} & {slot.fact for slot in slots(best.rule)}) or not slots(best.rule)


def _another(best: _Fit, fits: Sequence[_Fit], held: Mapping[tuple[tuple[str, str], str], _Held], mention: Mention) -> _Fit:
    """The measure a count fits next best, where an earlier count of the message has the best: 企业50家，又新进来260家."""
    known = held.get((best.entry.key, best.slot.fact))
    if not known or known.mention.order != mention.order or dimension(mention.quantity.unit or "CNY") in ("money", "share"):
        return best
    if known.mention.quantity.value == mention.quantity.value or known.fit.score < best.score:
        return best
    free = [fit for fit in fits if fit.slot.main and (fit.entry.key, fit.slot.fact) not in held and fit.score >= 0.4 and fit.name]
    return max(free, key=lambda fit: fit.score, default=best)


def _share_measures(entries: Sequence[RuleEntry], bound: dict[tuple[str, str], dict[str, Fact]]) -> None:
    """Rules that exclude each other are two cases of one support: a figure for the one is a figure for the other."""
    for entry in entries:
        for other in entries:
            if other.policy.id == entry.policy.id and other.rule.id in entry.rule.excludes:
                shared = {slot.fact for slot in slots(entry.rule)} & {slot.fact for slot in slots(other.rule)}
                for name in shared & bound[entry.key].keys():
                    bound[other.key].setdefault(name, bound[entry.key][name])


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well a figure's words fit one measure."""

    score: float
    name: str
    """The name of the measure they fit."""
    entry: RuleEntry
    slot: Slot


@dataclass(frozen=True, slots=True)
class _Held:
    """What a measure was filled from."""

    mention: Mention
    fit: _Fit


def _place(found: Bindings, held: dict[tuple[tuple[str, str], str], _Held], fit: _Fit, mention: Mention, all_: Sequence[Mention]) -> None:
    """Fill the measure, add to it, or leave it: the later turn wins, then the closer name; parts of one cost add up."""
    slot, entry = fit.slot, fit.entry
    facts = found.by_rule[entry.key]
    where = (entry.key, slot.fact)
    fact = _of_all(found, entry, slot, mention, all_)
    known = held.get(where)
    if known is None:
        facts[slot.fact] = fact
    elif slot.main and told_apart(known.mention, mention):
        _note_case(found, entry, known.mention, facts[slot.fact])
        _note_case(found, entry, mention, fact)
        facts[slot.fact] = fact
    elif _is_apart(slot, known.mention, mention, all_):
        facts[slot.fact] = _note_things(found, entry, slot, known.mention, facts[slot.fact], mention, fact)
    elif (slot.main or slot.fact == STATUTORY_TAX) and (
        adds_up(known.mention, mention, _options(entry.rule)) or _other_part(known, fit, mention)
    ):
        facts[slot.fact] = _together(facts[slot.fact], fact)
    elif (known.mention.order, known.fit.score) <= (mention.order, fit.score):
        facts[slot.fact] = fact
    else:
        return
    held[where] = _Held(mention, fit)


def _note_case(found: Bindings, entry: RuleEntry, mention: Mention, fact: Fact) -> None:
    cases = found.cases.setdefault(entry.key, [])
    if not any(known is fact for _, known in cases):
        cases.append((label_of(mention), fact))


def _is_apart(slot: Slot, first: Mention, second: Mention, all_: Sequence[Mention]) -> bool:
    """Whether two figures for a measure are of two things that are judged one by one; costs of the company add up."""
    return not (slot.main and dimension(slot.unit) == "money") and several_things(first, second, all_)


def _note_things(found: Bindings, entry: RuleEntry, slot: Slot, first: Mention, known: Fact, second: Mention, fact: Fact) -> Fact:
    """Both as cases of their own; of the two the fact that comes nearer to what is asked for."""
    _note_case(found, entry, first, known)
    _note_case(found, entry, second, fact)
    return max(known, fact, key=lambda each: _values(each)) if slot.least or slot.main else min(known, fact, key=lambda each: _values(each))


def _options(rule: Rule) -> tuple[str, ...]:
    """Names by which the rule tells its cases: 9610, 9710."""
    return tuple(option.lower() for part in rule.conditions if isinstance(part, OneOf) for option in part.options)


def _of_all(found: Bindings, entry: RuleEntry, slot: Slot, mention: Mention, all_: Sequence[Mention]) -> Fact:
    """The fact a mention states: of a cost that each of several things has (三场，每场展位费3万) that of all of them."""
    fact = as_fact(slot.fact, mention, slot.unit)
    of_each = entry.rule.tiers and entry.rule.per  # 每签约一名销售额达到1亿元的主播: the step is of each of those counted
    each = find_each(mention, all_) if slot.main and dimension(slot.unit) == "money" and not of_each else None
    if each is None:
        return fact
    if each.recipients:
        found.recipients[entry.key] = each.count
        return fact
    whole = replace(fact, value=mention.quantity.value * each.count)
    one, all_of = (
        (format_quantity(mention.quantity.value, fact.unit, lang), format_quantity(mention.quantity.value * each.count, fact.unit, lang))
        for lang in ("zh", "en")
    )
    step = (f"{one[0]} × {each.count} = {one[1]}", f"{all_of[0]} × {each.count} = {all_of[1]}")
    if step not in found.steps:
        found.steps.append(step)
    return whole


def _other_part(known: _Held, fit: _Fit, mention: Mention) -> bool:
    """Whether two figures name different parts of one measure (展位费, 人员费), rather than the same one again."""
    same_unit = known.mention.quantity.unit == mention.quantity.unit
    named = likest_plain(known.mention.phrase, (known.fit.name,))[0] >= NAMED and likest_plain(mention.phrase, (fit.name,))[0] >= NAMED
    return same_unit and named and different_parts(known.fit.name, fit.name)


def _together(first: Fact, second: Fact) -> Fact:
    """Both amounts; the calculation adds them up and shows it."""
    values = (*_values(first), *_values(second))
    return Fact(first.name, values, first.unit)


def _values(fact: Fact) -> tuple[Decimal, ...]:
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    return tuple(value for value in values if isinstance(value, Decimal))


def as_fact(name: str, mention: Mention, unit: str) -> Fact:
    """The fact a mention states; a bare number takes the measure's unit."""
    figure = mention.quantity
    bound = stated_bound(mention)
    return Fact(name, figure.value, figure.unit or unit, bound, near=figure.approximate and bound is not Bound.EXACT)


def _bind_loose(
    mention: Mention,
    entries: Sequence[RuleEntry],
    found: Bindings,
    placed: dict[tuple[tuple[str, str], str], Mention],
    held: Mapping[tuple[tuple[str, str], str], _Held],
    all_: Sequence[Mention],
) -> bool:
    """A figure whose words name nothing: to the open main measure it fits, else to the only open one.

    A later turn replaces what an earlier one put there; a second figure of the same message is added to the first.
    A figure that the rule itself states (那50万) is a citation of it, not a fact.
    """
    taken = False
    for entry in entries:
        facts = found.by_rule[entry.key]
        fitting = [
            slot
            for slot in slots(entry.rule)
            if fits_exactly(mention.quantity.unit, slot.unit)
            and slot.fact != STATUTORY_TAX
            and suits(mention, slot)
            and not (is_bare_sum(mention) and not may_be_sum(slot))
            and not (counts_things(mention) and dimension(slot.unit) == "money")
        ]
        candidates = new_or_old(fitting, mention, all_)
        earlier = [slot for slot in candidates if (entry.key, slot.fact) in placed]
        free = [slot for slot in candidates if slot.fact not in facts]
        if earlier and _beside(found, entry, earlier[0], placed[entry.key, earlier[0].fact], mention, all_):
            placed[entry.key, earlier[0].fact] = mention
            taken = True
            continue
        filled = [slot for slot in candidates if (entry.key, slot.fact) in held]
        if filled and _names_other(mention, entry):
            continue
        if any(_beside(found, entry, slot, held[entry.key, slot.fact].mention, mention, all_, named=True) for slot in filled):
            taken = True
            continue
        target: Slot | None = None
        if earlier and placed[entry.key, earlier[0].fact].order < mention.order:
            target = earlier[0]
        elif not cites(mention, entry):
            target = next((slot for slot in free if slot.main), free[0] if len(free) == 1 else None)
            if target is None and mention.order > 0:  # a later turn restates a measure it need not name again
                target = candidates[0] if len(candidates) == 1 else next((slot for slot in candidates if slot.main), None)
                by_name = held.get((entry.key, target.fact)) if target else None
                if by_name and by_name.mention.order >= mention.order:
                    target = None
        if target is not None:
            facts[target.fact] = _of_all(found, entry, target, mention, all_)
            placed[entry.key, target.fact] = mention
            taken = True
    return taken


def _names_other(mention: Mention, entry: RuleEntry) -> bool:
    """Whether the words right before a sum name a known measure that the rule does not ask for: 年营收2000万 beside 经济贡献300万."""
    known = load_measures().find(mention.before, mention.quantity.unit or "CNY")
    if known is None or any(slot.fact == known.fact for slot in slots(entry.rule)):
        return False
    return any(mention.before.rstrip("为是达到约有 ").endswith(name) for name in (known.label, *known.all_names))


def _beside(
    found: Bindings, entry: RuleEntry, slot: Slot, known: Mention, mention: Mention, all_: Sequence[Mention], *, named: bool = False
) -> bool:
    """Put a second figure for a measure beside the first (`named`: whose words name it): as a case of its own, or added to it."""
    facts = found.by_rule[entry.key]
    fact = as_fact(slot.fact, mention, slot.unit)
    if slot.main and told_apart(known, mention):
        _note_case(found, entry, known, facts[slot.fact])
        _note_case(found, entry, mention, fact)
        facts[slot.fact] = fact
        return True
    if _is_apart(slot, known, mention, all_):
        facts[slot.fact] = _note_things(found, entry, slot, known, facts[slot.fact], mention, fact)
        return True
    if named and not slot.main:
        return False
    if not (parts_of_one if named else adds_up)(known, mention, _options(entry.rule)):
        return False
    facts[slot.fact] = _together(facts[slot.fact], fact)
    return True
