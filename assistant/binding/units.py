"""Which figure can state which measure, by their units."""

from __future__ import annotations

from decimal import Decimal

from assistant.binding.measures import STATUTORY_TAX, Slot
from assistant.binding.names import likest_plain
from assistant.binding.words import WORDS
from assistant.understanding.question import Mention
from index.quantities.units import counted

_DIMENSIONS = {
    "CNY": "money", "USD": "money", "EUR": "money", "HKD": "money", "JPY": "money",
    "year": "duration", "month": "duration", "day": "duration",
    "m2": "area", "mu": "area",
    "kg": "mass", "ton": "mass", "g": "mass", "jin": "mass",
    "ratio": "share", "percentage_point": "share",
    "person": "people", "person_time": "people",
}  # fmt: skip

_COUNTS = frozenset({"item", "time", "", "set", "piece"})


def dimension(unit: str) -> str:
    """What kind of thing a unit measures; counts keep their own unit."""
    return _DIMENSIONS.get(unit, unit)


def fits(given: str, wanted: str) -> bool:
    """Whether a figure in unit `given` can state a measure in unit `wanted`."""
    if given == "":
        return dimension(wanted) != "share"
    if dimension(given) == dimension(wanted):
        return True
    if given == "item":  # 三项 are no three companies
        return wanted in _COUNTS
    return wanted not in _DIMENSIONS and given not in _DIMENSIONS and (given in _COUNTS or wanted in _COUNTS)


def fits_exactly(given: str, wanted: str) -> bool:
    """As `fits`, but a count of things (三项) is no number of companies."""
    return fits(given, wanted) and (given == wanted or given == "" or dimension(given) in ("money", "duration", "area", "share"))


def may_state(mention: Mention, slot: Slot) -> bool:
    """As `fits`; a count in 个 may be of anything whose whole name stands beside it (博士20个), a bare 8亿 only of money."""
    if is_bare_sum(mention) and dimension(slot.unit) != "money":
        return False
    if not suits(mention, slot):
        return False
    if mention.growth and not any(WORDS["grown"].search(name) for name in slot.names):
        return False
    if counts_things(mention) and dimension(slot.unit) == "money":
        return False
    if slot.fact == STATUTORY_TAX:  # only where its whole name stands there: the price of a purchase is no tax
        return fits(mention.quantity.unit, slot.unit) and likest_plain(mention.before, slot.names)[0] >= 1.0
    if fits(mention.quantity.unit, slot.unit):
        return True
    return (
        mention.quantity.unit == "item"
        and slot.unit in ("person", "company", "order", "TEU", "time")
        and likest_plain(mention.phrase, slot.names)[0] >= 1.0
    )


def suits(mention: Mention, slot: Slot) -> bool:
    """Whether the words beside a figure leave it to the measure: a time that is asked about, or a level beside its growth, is another."""
    if dimension(mention.quantity.unit) == "duration":  # 一个月能补多少 asks for a sum, 入驻满两年 says how long something has lasted
        return not (WORDS["lasted"].search(mention.before) if slot.main else WORDS["asked_stretch"].match(mention.after))
    level = WORDS["grown_by"].sub("", slot.names[0]) if slot.names else ""
    if not slot.main or level == slot.names[0] or mention.growth or WORDS["more_by"].search(mention.phrase):
        return True
    return likest_plain(mention.before, (level,))[0] < 1.0  # 网络零售额8000万元 is no growth of it


def counts_things(mention: Mention) -> bool:
    """Whether a bare number stands before a noun: 22 live rooms are no 22 yuan."""
    return mention.quantity.unit == "" and counted(mention.after, 0) is not None


def is_sum(value: Decimal) -> bool:
    """Whether a figure without a unit is so large that it must be money."""
    return value >= 10_000


def is_bare_sum(mention: Mention) -> bool:
    """A bare 50万 is money: never square metres, years or a number of warehouses."""
    return mention.quantity.unit == "" and is_sum(mention.quantity.value)


def may_be_sum(slot: Slot) -> bool:
    """Whether the measure can be one that a large bare figure states."""
    return dimension(slot.unit) == "money" or slot.unit in ("order", "ton", "TEU", "")
