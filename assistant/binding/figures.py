"""Which figures of a question say something of the company, and as what they count; the others are said of the policy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise

from assistant.binding.measures import Slot
from assistant.binding.names import likest_plain
from assistant.binding.units import dimension
from assistant.binding.words import WORDS
from assistant.knowledge import RuleEntry
from assistant.rules.caps import is_yearly
from assistant.rules.schema import Period
from assistant.rules.wording import format_quantity
from assistant.understanding.areas import by_the_area
from assistant.understanding.periods import by_the_year, in_whole_months
from assistant.understanding.question import Mention
from assistant.understanding.restating import Step
from assistant.understanding.shortfalls import not_reached, short_of
from assistant.understanding.stretches import year_by_year
from index.models import Bound


def is_granted(mention: Mention) -> bool:
    """Whether the figure is what is hoped for, doubted or believed to be paid: 能拿80万, 为什么不是120万."""
    return dimension(mention.quantity.unit or "CNY") != "duration" and bool(WORDS["granted"].search(mention.before))


def is_received(mention: Mention) -> bool:
    """Whether the figure is support that has been paid already: 已经拿了30万, 30万已经到账."""
    return bool(WORDS["received"].search(mention.before) or WORDS["received_after"].search(mention.after))


def cites(mention: Mention, entry: RuleEntry) -> bool:
    """Whether a figure whose words name nothing quotes what the rule pays (那50万) rather than stating a fact."""
    rule = entry.rule
    if mention.times or is_received(mention):
        return False  # a monthly rent that comes to the ceiling over the year
    paid = {cap.value for cap in rule.every_cap} | {
        figure.value for figure in (rule.amount, *(tier.amount for tier in rule.tiers)) if figure
    }
    return mention.quantity.value in paid and mention.quantity.unit in ("", "CNY") and not WORDS["measured"].search(mention.before)


def stated_bound(mention: Mention) -> Bound:
    """Whether the figure is what the company has, or only a limit of it: 达到1亿元 is so much, 1亿元以上 may be more."""
    figure = mention.quantity
    if figure.range_id is not None or (figure.bound is Bound.AT_LEAST and WORDS["reached"].search(mention.before)):
        return Bound.EXACT
    return figure.bound


def misses(mention: Mention, slot: Slot) -> bool:
    """Whether the figure falls short where much is asked for: 不到1000平也能拿，对吧 is a case, no threshold of the rule."""
    return slot.least and mention.quantity.bound is Bound.LESS_THAN


def new_or_old(fitting: Sequence[Slot], mention: Mention, mentions: Sequence[Mention]) -> list[Slot]:
    """Of measures that a figure may state, those of what is new, or of all there is: 有12家店，今年新开3家.

    Only a message that speaks of something new, and a rule that counts both, tell them apart.
    """
    new = [slot for slot in fitting if WORDS["newly"].search(slot.names[0])]  # as the rule calls it
    if not 0 < len(new) < len(fitting) or not any(_is_new(other) for other in mentions):
        return list(fitting)
    return new if _is_new(mention) else [slot for slot in fitting if slot not in new]


def _is_new(mention: Mention) -> bool:
    return WORDS["newly"].search(mention.phrase) is not None


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a question in the form in which its rules count."""

    mentions: list[Mention]
    steps: list[Step]
    uneven: list[Mention]
    """Sums of several years that give no even sum for each: what each year was must be asked."""


def yearly(mentions: Sequence[Mention], all_slots: Sequence[tuple[RuleEntry, Slot]]) -> Counted:
    """Amounts by the month as yearly ones, days as months, unless a rule asks for the monthly figure or for days itself."""
    units = {slot.unit for _, slot in all_slots}
    by_month = any(unit.endswith(("/month", "/quarter")) for unit in units)
    mentions, steps = short_of(mentions)
    mentions, more = not_reached(mentions)
    steps += more
    mentions = both_ways(mentions, [slot for _, slot in all_slots])
    if "day" not in units and units & {"year", "month"}:
        mentions, more = in_whole_months(mentions)
        steps += more
    if not any("m2" in unit.split("/") for unit in units):
        mentions, more = by_the_area(mentions)
        steps += more
    if by_month:
        return Counted(list(mentions), steps, [])
    uneven: list[Mention] = []
    if any(_pays_by_the_year(entry) for entry, _ in all_slots):
        mentions, more, uneven = year_by_year(mentions)
        steps += more
    by_year, more = by_the_year(mentions)
    return Counted(by_year, [*steps, *more], uneven)


def _pays_by_the_year(entry: RuleEntry) -> bool:
    return entry.rule.period is Period.YEAR or any(is_yearly(cap, entry.rule) for cap in entry.rule.every_cap)


def people(mentions: Sequence[Mention]) -> list[Mention]:
    """Counts in 个 of people are numbers of people: 60个产业工人, 12个高层次人才."""
    return [
        replace(mention, quantity=replace(mention.quantity, unit="person"))
        if mention.quantity.unit == "item" and WORDS["people"].match(mention.after)
        else mention
        for mention in mentions
    ]


def increments(mentions: Sequence[Mention], slots: Sequence[Slot]) -> tuple[list[Mention], list[tuple[str, str]]]:
    """This year's figure and last year's, where a rule asks for the growth: 今年800万，去年500万 is a growth of 300万."""
    growing = [slot for slot in slots if any(WORDS["grown"].search(name) for name in slot.names)]
    paid = (slot for slot in growing if slot.main)
    grown = next(paid, None) or next((slot for slot in growing if dimension(slot.unit) == "money"), None)  # 超基数额达到1000万元以上
    for first, second in pairwise(mentions):
        if _rises(first, second):  # 由200万涨到300万: 300 now, 100 more
            named = replace(second, phrase=first.phrase, before=first.before, lead=first.lead)
            rest = [named if mention is second else mention for mention in mentions if mention is not first]
            return _with_growth(rest, named, first, grown, slots) if grown else (rest, [])
    now = next((m for m in mentions if WORDS["year_now"].search(m.lead)), None)
    before = next((m for m in mentions if WORDS["year_before"].search(m.lead)), None)
    if not (now and before):
        before, now = next(((a, b) for a, b in pairwise(mentions) if _from_to(a, b)), (None, None))
    if not grown or not now or not before or not _same_kind(now, before) or now.quantity.value <= before.quantity.value:
        return list(mentions), []
    return _with_growth([mention for mention in mentions if mention is not before], now, before, grown, slots)


def _rises(first: Mention, second: Mention) -> bool:
    """Whether two figures are what a measure was and what it is: 由200万涨到300万, from 2 to 3 million."""
    told = WORDS["from"].search(first.before) and WORDS["up_to"].fullmatch(second.lead)
    return first.order == second.order and bool(told) and _same_kind(first, second) and first.quantity.value < second.quantity.value


def _with_growth(
    mentions: list[Mention], now: Mention, before: Mention, grown: Slot, slots: Sequence[Slot]
) -> tuple[list[Mention], list[tuple[str, str]]]:
    unit = now.quantity.unit or "CNY"
    more = replace(now.quantity, value=now.quantity.value - before.quantity.value, unit=unit, bound=Bound.EXACT, range_id=None)
    growth = replace(now, quantity=more, phrase=grown.names[0], before=grown.names[0], lead="", growth=True)
    (a, b, c), (a_en, b_en, c_en) = (
        [format_quantity(value, unit, lang) for value in (now.quantity.value, before.quantity.value, more.value)] for lang in ("zh", "en")
    )
    kept = [_as_whole(mention, slots) if mention is now else mention for mention in mentions]
    steps = [(f"{a} − {b} = {c}", f"{a_en} − {b_en} = {c_en}")]
    share = _share_of_growth(now, before, slots, mentions)
    if share:
        percent = f"{(share.quantity.value * 100).normalize():f}%"
        steps.append((f"{c} ÷ {b} ≈ {percent}", f"{c_en} / {b_en} ≈ {percent}"))
    return [*kept, growth, *([share] if share else [])], steps


def _from_to(first: Mention, second: Mention) -> bool:
    """Whether a figure grew from the one to the other: 从6000万涨到8000万."""
    return bool(WORDS["grown_from"].search(first.lead) and WORDS["grown_to"].search(second.lead)) and first.order == second.order


def _as_whole(now: Mention, slots: Sequence[Slot]) -> Mention:
    """This year's figure under the name of what a condition asks of the year as a whole: it is not the growth."""
    money = [slot for slot in slots if dimension(slot.unit) == "money"]
    levels = [slot for slot in money if not any(WORDS["grown"].search(name) for name in slot.names)]
    named = max((likest_plain(now.phrase, slot.names)[0] for slot in money), default=0.0)
    if not levels or named >= _ALIKE:
        return now  # its own words name it: 省内产值由5亿元涨到6亿元
    return replace(now, phrase=levels[0].names[0], before=levels[0].names[0], lead="")


def _share_of_growth(now: Mention, before: Mention, slots: Sequence[Slot], mentions: Sequence[Mention]) -> Mention | None:
    """By what share the figure has grown, where a condition asks for it and the message does not say it; to a tenth of a per mille."""
    asked = next((slot for slot in slots if slot.unit == "ratio" and any(WORDS["growth"].search(name) for name in slot.names)), None)
    if asked is None or before.quantity.value <= 0 or any(mention.quantity.unit == "ratio" for mention in mentions):
        return None
    value = ((now.quantity.value - before.quantity.value) / before.quantity.value).quantize(_SMALLEST_SHARE, ROUND_DOWN)
    quantity = replace(now.quantity, value=value, unit="ratio", bound=Bound.EXACT)
    return replace(now, quantity=quantity, phrase=asked.names[0], before=asked.names[0], lead="")


def both_ways(mentions: Sequence[Mention], slots: Sequence[Slot]) -> list[Mention]:
    """Exports and imports given apart as one list, each a part of the imports and exports that the rules at hand ask for."""
    whole, fact = next(((name, slot.fact) for slot in slots for name in slot.names if WORDS["both_ways"].search(name)), ("", ""))
    others = [name for slot in slots for name in slot.names if slot.fact != fact and dimension(slot.unit) == "money"]
    apart = any(WORDS[way].search(name) for name in others for way in ("exports", "imports"))
    ways = [next((way for way in ("exports", "imports") if WORDS[way].search(mention.before)), "") for mention in mentions]
    if not whole or apart or not {"exports", "imports"} <= {*ways}:
        return list(mentions)
    return [
        replace(mention, phrase=f"{whole} {mention.before}", lead=f"、{mention.lead}" if way and any(ways[:number]) else mention.lead)
        for number, (mention, way) in enumerate(zip(mentions, ways, strict=True))
    ]


def effective(mentions: Sequence[Mention]) -> list[Mention]:
    """Figures as they count: of "25家，其中7家没业绩" 18 do."""
    result: list[Mention] = []
    for mention in mentions:
        whole = next((other for other in reversed(result) if other.quantity.unit == mention.quantity.unit), None)
        if whole and "其中" in mention.before and WORDS["lacking"].search(mention.phrase) and whole.quantity.value > mention.quantity.value:
            quantity = replace(mention.quantity, value=whole.quantity.value - mention.quantity.value)
            phrase = WORDS["lacking"].sub("", mention.phrase.replace("还", ""))
            result.append(replace(mention, quantity=quantity, phrase=f"{phrase}有", before="其中"))
        else:
            result.append(mention)
    return result


def told_apart(first: Mention, second: Mention) -> bool:
    """Whether two figures of one message are cases of their own: of two years (2023年…，2024年…), or asked one by one (分别多少)."""
    if first.order != second.order or not _same_kind(first, second):
        return False
    years = label_of(first), label_of(second)
    return (bool(years[1]) and years[0] != years[1]) or second.one_by_one


def several_things(first: Mention, second: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether two figures of one message are of two things that both have it: 两个仓，800平方米和1200平方米."""
    if first.order != second.order or (first.quantity.unit and second.quantity.unit and first.quantity.unit != second.quantity.unit):
        return False
    if WORDS["one_thing"].search(first.lead) and WORDS["one_thing"].search(second.lead):
        return bool(re.match(r"[，,、；;和\s]*(?:[一另其有第]|an?\b|one|the)", second.lead))  # nothing but the next thing stands between
    counted = any(
        other.order == first.order
        and other.quantity.unit in _THINGS
        and 2 <= other.quantity.value <= 99
        and other.quantity.end <= first.quantity.start
        for other in mentions
    )
    return bool(WORDS["listed"].fullmatch(second.lead)) and (counted or bool(WORDS["several_things"].search(first.lead)))


def label_of(mention: Mention) -> str:
    """The year a figure is of, as it was said; "" if none."""
    if mention.year_of_sum:
        return f"第{mention.year_of_sum}年"
    return _last(WORDS["year"], mention.lead)


def adds_up(first: Mention, second: Mention, options: Sequence[str] = ()) -> bool:
    """Whether two figures of one message for one measure are parts of a sum: 展位费5万元、人员费3万元; never two cases of their own.

    `options`: names by which the rule tells its cases, each of which has a figure: 9610做了2000万，9810做了1500万.
    """
    if first.order != second.order or first.quantity.start >= second.quantity.start or not _same_kind(first, second):
        return False
    if told_apart(first, second):
        return False
    lead = second.lead
    joined = bool(WORDS["joined"].search(lead)) or (len(lead) <= 6 and not re.search(r"[，,。；;]|(?:改|变|换|不)", lead))
    return (len(lead) <= 30 and joined) or parts_of_one(first, second, options)


def parts_of_one(first: Mention, second: Mention, options: Sequence[str]) -> bool:
    """Whether each figure stands behind another part of the year, or another option of the rule."""
    if first.order != second.order or not _same_kind(first, second):
        return False
    halves = [_last(WORDS["part_of_year"], mention.lead) for mention in (first, second)]
    if all(halves) and halves[0] != halves[1]:
        return True
    chosen = [max(options, key=mention.lead.rfind, default="") for mention in (first, second)]
    return chosen[0] != chosen[1] and all(option in mention.lead for option, mention in zip(chosen, (first, second), strict=True))


def _same_kind(first: Mention, second: Mention) -> bool:
    units = {first.quantity.unit or "CNY", second.quantity.unit or "CNY"}
    return len(units) == 1 and dimension(units.pop()) == "money"


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = list(pattern.finditer(text))
    return found[-1].group() if found else ""


@dataclass(frozen=True, slots=True)
class Each:
    """Of how many a figure is said: 三场，每场展位费3万."""

    count: int
    recipients: bool
    """They are companies, each with support of its own, not parts of one company's cost."""


def find_each(mention: Mention, mentions: Sequence[Mention]) -> Each | None:
    """How many there are of what the figure is said of; None where it is not said of each of several."""
    if not WORDS["each"].search(mention.lead):
        return None
    counts = [
        other
        for other in mentions
        if other.order == mention.order
        and other.quantity.unit in _THINGS
        and other.quantity.end <= mention.quantity.start
        and 2 <= other.quantity.value <= 99
    ]
    if not counts:
        return None
    noun = re.split(r"[各每]|\beach\b", counts[-1].after)[0].strip()
    alone = counts[-1].quantity.unit == "company" and not noun
    return Each(int(counts[-1].quantity.value), alone or bool(WORDS["recipients"].search(noun)))


_ALIKE = 0.2
"""Likeness below which words name no measure."""
_SMALLEST_SHARE = Decimal("0.0001")
_THINGS = frozenset({"item", "company", "time"})
