"""Which figure of a question belongs to which measure of a rule.

A figure goes to the measure whose names are most like the words around it, if the units fit; a figure whose
words name nothing goes to the only open measure of its kind. So a new policy needs no new code here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from assistant.glossary.measures import load_measures
from assistant.knowledge import RuleEntry, condition_names, plain
from assistant.rules.facts import CONDITIONS_MET, CONSUMPTION_TAX_RATE, EXCHANGE_RATE, SUPPORT_YEAR, VAT_RATE, Fact
from assistant.rules.schema import AnyOf, Compare, Condition, Confirm, OneOf, Rule
from assistant.understanding.periods import at_most_one_fewer, by_the_year, in_whole_months
from assistant.understanding.question import Ask, Mention, Question
from index.models import Bound

_DIMENSIONS = {
    "CNY": "money", "USD": "money", "EUR": "money", "HKD": "money", "JPY": "money",
    "year": "duration", "month": "duration", "day": "duration",
    "m2": "area", "mu": "area",
    "ratio": "share", "percentage_point": "share",
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


@dataclass(frozen=True, slots=True)
class Slot:
    """A measure a rule needs, with all its names."""

    fact: str
    unit: str
    names: tuple[str, ...]
    main: bool
    """The basis or what the amount is counted by, as opposed to a condition."""


@lru_cache(maxsize=2048)
def _names(fact: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    entry = load_measures().get(fact)
    known = (entry.label, entry.label_en, *entry.names) if entry else ()
    return tuple(dict.fromkeys(plain(name) for name in (*labels, *known) if name))


def _compares(conditions: Iterable[Condition]) -> Iterable[Compare]:
    for condition in conditions:
        if isinstance(condition, Compare):
            yield condition
        elif isinstance(condition, AnyOf):
            yield from _compares(condition.of)


def slots(rule: Rule) -> tuple[Slot, ...]:
    """All measures of a rule, each once, the basis first."""
    found: dict[str, Slot] = {}
    measures = [*([rule.basis] if rule.basis else []), *rule.per, *([rule.tax.value, rule.tax.annual] if rule.tax else [])]
    for measure in measures:
        main = not rule.tax or measure is rule.tax.value
        found.setdefault(
            measure.fact, Slot(measure.fact, measure.unit, _names(measure.fact, (measure.label, measure.label_en, *measure.aliases)), main)
        )
    tiers = list(_compares(tier.when for tier in rule.tiers))
    for number, compare in enumerate([*tiers, *_compares(rule.conditions)]):
        names = _names(compare.fact, (compare.label, compare.label_en, *compare.aliases))
        found.setdefault(compare.fact, Slot(compare.fact, compare.unit, names, number < len(tiers) and not rule.basis))
    if rule.tax:
        for fact, names in (
            (VAT_RATE, ("增值税率", "增值税", "税率", "vat")),
            (CONSUMPTION_TAX_RATE, ("消费税率", "消费税", "consumption tax")),
        ):
            found[fact] = Slot(fact, "ratio", _names(fact, names), False)
        found[STATUTORY_TAX] = Slot(STATUTORY_TAX, "CNY", _names(STATUTORY_TAX, _STATUTORY_NAMES), False)
    return tuple(found.values())


STATUTORY_TAX = "statutory_tax"
"""VAT and consumption tax due by law, as given by the user: the share of them is what remains to pay."""
_STATUTORY_NAMES = (
    "法定应纳增值税",
    "应纳增值税",
    "增值税",
    "应纳消费税",
    "消费税",
    "statutory vat",
    "vat of",
    "consumption tax of",
    "consumption tax",
)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def likeness(phrase: str, names: Sequence[str]) -> float:
    """How much the words around a figure are like one of the names: 1 and more when a whole name stands there."""
    return _likest(phrase, names)[0]


def _likest(phrase: str, names: Sequence[str]) -> tuple[float, str]:
    """The same with the name; "" when none is like it at all."""
    if _NARROWED.search(phrase.split(" ", 1)[0]):
        score, name = _likest_plain(phrase, names)
        return (score + NARROWED if name else 0.0), name
    return _likest_plain(phrase, names)


def _likest_plain(phrase: str, names: Sequence[str]) -> tuple[float, str]:
    best, best_name = 0.0, ""
    words = set(re.findall(r"[a-z]+", phrase))
    for name in names:
        if name in phrase:
            score = 1.0 + len(name) / 50
        elif name.isascii():
            parts = [part for part in re.findall(r"[a-z]+", name) if len(part) > 2]
            score = 0.9 * sum(part in words for part in parts) / len(parts) if parts else 0.0
        else:
            pairs = _pairs(name)
            score = 0.9 * len(pairs & _pairs(phrase)) / len(pairs) if pairs else 0.0
        if score > best:
            best, best_name = score, name
    return best, best_name


@dataclass
class Bindings:
    """Facts for each rule."""

    by_rule: dict[tuple[str, str], dict[str, Fact]]
    used: list[Mention]
    """Mentions that state a fact of the company; the others may be claims about the policy."""
    steps: list[tuple[str, str]] = field(default_factory=list)
    """What was computed to get them (5万元 × 12个月 = 60万元), in Chinese and English."""

    def facts(self, entry: RuleEntry) -> dict[str, Fact]:
        """Facts for this rule by name."""
        return self.by_rule.get(entry.key, {})

    def numbers(self, entry: RuleEntry) -> dict[str, Fact]:
        """Those of them that are figures."""
        return {
            name: fact
            for name, fact in self.facts(entry).items()
            if not isinstance(fact.value, bool | str) and name not in (SUPPORT_YEAR, EXCHANGE_RATE)
        }


def bind(entries: Sequence[RuleEntry], question: Question) -> Bindings:
    """Facts for each of the rules. Later mentions override earlier ones."""
    all_slots = [(entry, slot) for entry in entries for slot in slots(entry.rule)]
    bound: dict[tuple[str, str], dict[str, Fact]] = {entry.key: _chosen(entry.rule, question) for entry in entries}
    marks = _landmarks(entries, question)
    now = max((mention.order for mention in question.mentions), default=0)
    _share_choices(entries, bound, question)
    claiming = question.confirming  # 体验店要超过500平，对吧: said of the rule
    denied = {CONSUMPTION_TAX_RATE} if any(CONSUMPTION_TAX_RATE in facts for facts in bound.values()) else set()
    held: dict[tuple[tuple[str, str], str], _Held] = {}
    loose: list[Mention] = []
    used: list[Mention] = []
    mentions, steps = _yearly(question.mentions, all_slots)
    for mention in _effective(mentions):
        if mention.quantity.bound is Bound.AT_MOST and dimension(mention.quantity.unit or "CNY") == "money":
            continue  # 最高50万元 is said of the policy, not of the company
        if mention.of_counted or (mention.required and (claiming or Ask.VERIFY in question.asks)):
            continue
        if claiming and _LIMIT.search(mention.before):
            continue
        if is_granted(mention) and not any(_likest_plain(mention.phrase, slot.names)[0] >= 1.0 for _, slot in all_slots):
            continue  # the sum that is hoped for or doubted, not one it is computed from
        owner = _nearest(marks, mention) if mention.order == now else None
        scored = [
            _Fit(score + (NEAR if entry.key == owner else 0.0), name, entry, slot)
            for entry, slot in all_slots
            if not (slot.main is False and mention.order == now and claiming)
            and _may_state(mention, slot)
            and not _too_many(mention, slot)
            and slot.fact not in denied
            for score, name in [_likest(mention.phrase, slot.names)]
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
            _place(bound[entry.key], held, own, mention, question)
    placed: dict[tuple[tuple[str, str], str], Mention] = {}
    for mention in loose:
        owner = _nearest(marks, mention) if mention.order == now else None
        among = [entry for entry in entries if entry.key == owner] or list(entries)
        if mention.order == now and claiming and not any(slot.main for entry in among for slot in slots(entry.rule)):
            continue
        if _bind_loose(mention, among, bound, placed, held, question.text):
            used.append(mention)
    _share_measures(entries, bound)
    return Bindings(bound, used, steps)


def is_granted(mention: Mention) -> bool:
    """Whether the figure is what is hoped for, doubted or believed to be paid: 能拿80万, 为什么不是120万."""
    return bool(_GRANTED.search(mention.before))


_LIMIT = re.compile(r"(?:单次|每次|单笔|个人年度|年度|限[值额]|上限|门槛)(?:交易)?(?:限[值额])?(?:是|为)?\s*$")
_GRANTED = re.compile(
    r"(?:最高|最多|上限|封顶|能|可以?|会|想|才|就)(?:能|可以?)?(?:确定|一定|肯定|真的|稳稳?|全部)?(?:申领|申请|拿到?|领到?|获得?|得到?|给予?|奖励?|补贴?|补助|支持|报销)(?:是|为|了|到)?\s*$"
    r"|不是\s*$"
)


def _yearly(mentions: Sequence[Mention], all_slots: Sequence[tuple[RuleEntry, Slot]]) -> tuple[list[Mention], list[tuple[str, str]]]:
    """Amounts by the month as yearly ones, days as months, unless a rule asks for the monthly figure or for days itself."""
    units = {slot.unit for _, slot in all_slots}
    mentions, steps = at_most_one_fewer(mentions)
    if "day" not in units and units & {"year", "month"}:
        mentions, more = in_whole_months(mentions)
        steps += more
    if any(unit.endswith(("/month", "/quarter")) for unit in units):
        return list(mentions), steps
    yearly, more = by_the_year(mentions)
    return yearly, [*steps, *more]


def _share_measures(entries: Sequence[RuleEntry], bound: dict[tuple[str, str], dict[str, Fact]]) -> None:
    """Rules that exclude each other are two cases of one support: a figure for the one is a figure for the other."""
    for entry in entries:
        for other in entries:
            if other.policy.id == entry.policy.id and other.rule.id in entry.rule.excludes:
                shared = {slot.fact for slot in slots(entry.rule)} & {slot.fact for slot in slots(other.rule)}
                for name in shared & bound[entry.key].keys():
                    bound[other.key].setdefault(name, bound[entry.key][name])


def _share_choices(entries: Sequence[RuleEntry], bound: dict[tuple[str, str], dict[str, Fact]], question: Question) -> None:
    """What one rule's options identify (the organiser) is known to the others that ask for it: there it may rule them out.

    An option named in this message counts before one that was named earlier.
    """
    text = plain(question.text)
    asked = [(entry, part) for entry in entries for part in entry.rule.conditions if isinstance(part, OneOf)]
    known: dict[str, Fact] = {}
    for entry, part in sorted(asked, key=lambda pair: not _named(pair[1], text)):
        if part.fact in bound[entry.key]:
            known.setdefault(part.fact, bound[entry.key][part.fact])
    fresh = {part.fact for _, part in asked if _named(part, text)}
    for entry, part in asked:
        if part.fact in fresh and not _named(part, text) and not (question.adds and part.fact in bound[entry.key]):
            bound[entry.key][part.fact] = known[part.fact]
        elif part.fact in known:
            bound[entry.key].setdefault(part.fact, known[part.fact])


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


NARROWED = 1.0
"""What it counts that a figure is the part that matters: 25家，真正有业绩的就18家."""

NEAR = 0.35
"""What it counts that the nearest thing named before a figure is the rule's own: 园区24家…，平台1.5亿."""


def _landmarks(entries: Sequence[RuleEntry], question: Question) -> list[tuple[int, tuple[str, str]]]:
    """Where the question names something that belongs to one of the rules only, in order."""
    if len(entries) < 2:
        return []
    text = question.text.lower()
    marks = []
    for unit in question.units:
        owners = [entry.key for entry in entries if any(form in entry.name or form in entry.core for form in unit.forms)]
        if len(owners) == 1:
            marks += [(match.start(), owners[0]) for form in unit.forms[:1] for match in re.finditer(re.escape(form), text)]
    return sorted(marks)


def _nearest(marks: Sequence[tuple[int, tuple[str, str]]], mention: Mention) -> tuple[str, str] | None:
    end = mention.quantity.end
    after = [owner for at, owner in marks if end <= at < end + len(mention.after)]
    before = [owner for at, owner in marks if at < mention.quantity.start]
    return after[0] if after else before[-1] if before else None


def _may_state(mention: Mention, slot: Slot) -> bool:
    """As `fits`; a count in 个 may be of anything whose whole name stands beside it (博士20个)."""
    if _is_sum(mention) and not _may_be_sum(slot):
        return False
    if slot.fact == STATUTORY_TAX:  # only where its whole name stands there: the price of a purchase is no tax
        return fits(mention.quantity.unit, slot.unit) and _likest_plain(mention.before, slot.names)[0] >= 1.0
    if fits(mention.quantity.unit, slot.unit):
        return True
    return (
        mention.quantity.unit == "item"
        and slot.unit in ("person", "company", "order")
        and _likest_plain(mention.phrase, slot.names)[0] >= 1.0
    )


def is_sum(value: Decimal) -> bool:
    """Whether a figure without a unit is so large that it must be money."""
    return value >= 10_000


def _is_sum(mention: Mention) -> bool:
    """A bare 50万 is money: never square metres, years or a number of warehouses."""
    return mention.quantity.unit == "" and is_sum(mention.quantity.value)


def _may_be_sum(slot: Slot) -> bool:
    return dimension(slot.unit) == "money" or slot.unit in ("order", "ton", "TEU", "")


def _too_many(mention: Mention, slot: Slot) -> bool:
    """A bare 8亿 is a sum of money, not a number of companies or years."""
    return mention.quantity.unit == "" and mention.quantity.value >= 10_000 and dimension(slot.unit) not in ("money", "area")


_LACKING = re.compile(r"没|未|无|还不|不算")


def _effective(mentions: Sequence[Mention]) -> list[Mention]:
    """Figures as they count: of "25家，其中7家没业绩" 18 do."""
    result: list[Mention] = []
    for mention in mentions:
        whole = next((other for other in reversed(result) if other.quantity.unit == mention.quantity.unit), None)
        if whole and "其中" in mention.before and _LACKING.search(mention.phrase) and whole.quantity.value > mention.quantity.value:
            quantity = replace(mention.quantity, value=whole.quantity.value - mention.quantity.value)
            phrase = _LACKING.sub("", mention.phrase.replace("还", ""))
            result.append(replace(mention, quantity=quantity, phrase=f"{phrase}有", before="其中"))
        else:
            result.append(mention)
    return result


def _place(facts: dict[str, Fact], held: dict[tuple[tuple[str, str], str], _Held], fit: _Fit, mention: Mention, question: Question) -> None:
    """Fill the measure, add to it, or leave it: the later turn wins, then the closer name; parts of one cost add up."""
    slot = fit.slot
    where = (fit.entry.key, slot.fact)
    fact = as_fact(slot.fact, mention, slot.unit)
    known = held.get(where)
    if known is None:
        facts[slot.fact] = fact
    elif (slot.main or slot.fact == STATUTORY_TAX) and (
        _adds_up(question.text, known.mention, mention) or _other_part(known, fit, mention)
    ):
        facts[slot.fact] = _together(facts[slot.fact], fact, fit.entry.rule)
    elif (known.mention.order, known.fit.score) <= (mention.order, fit.score):
        facts[slot.fact] = fact
    else:
        return
    held[where] = _Held(mention, fit)


def _other_part(known: _Held, fit: _Fit, mention: Mention) -> bool:
    """Whether two figures name different parts of one measure (展位费, 人员费), rather than the same one again."""
    same_unit = known.mention.quantity.unit == mention.quantity.unit
    return same_unit and known.fit.score >= 1.0 and fit.score >= 1.0 and different_parts(known.fit.name, fit.name)


def different_parts(first: str, second: str) -> bool:
    """Whether two names of one measure name different things: 展位费 and 人员费, not 交易额 and 年交易额."""
    return first not in second and second not in first and not _pairs(first[:-1]) & _pairs(second[:-1])


def named(phrase: str, rule: Rule) -> tuple[float, str, str]:
    """How much a phrase is like a measure of the rule, the name it is like, and the measure's fact."""
    return max(((*_likest_plain(phrase, slot.names), slot.fact) for slot in slots(rule)), default=(0.0, "", ""))


_NARROWED = re.compile(r"(?:只有|仅有?|其中.{0,10}|才|就|真正.{0,8}|实际.{0,8})\s*$|\b(?:only|of which)\s*$", re.IGNORECASE)
_JOINED = re.compile(r"[、和及与跟＋+]|另外?|还有|再加|\band\b|\bplus\b")


def _adds_up(text: str, first: Mention, second: Mention) -> bool:
    """Whether two figures of one message for one measure are parts of a sum: 展位费5万元、人员费3万元."""
    if first.order != second.order or first.quantity.start >= second.quantity.start or dimension(first.quantity.unit or "CNY") != "money":
        return False
    between = text[first.quantity.end : second.quantity.start]
    joined = bool(_JOINED.search(between)) or (len(between) <= 6 and not re.search(r"[，,。；;]|(?:改|变|换|不)", between))
    return len(between) <= 30 and joined and first.quantity.unit == second.quantity.unit


def _together(first: Fact, second: Fact, rule: Rule) -> Fact:
    """Both amounts: kept apart where each transaction is taxed on its own, added elsewhere."""
    values = first.value if isinstance(first.value, tuple) else (first.value,)
    both = (*values, second.value)
    if rule.tax is not None:
        return Fact(first.name, both, first.unit)
    return Fact(first.name, sum((value for value in both if isinstance(value, Decimal)), Decimal(0)), first.unit)


def as_fact(name: str, mention: Mention, unit: str) -> Fact:
    """The fact a mention states; a bare number takes the measure's unit."""
    return Fact(name, mention.quantity.value, mention.quantity.unit or unit, over=mention.quantity.bound is Bound.MORE_THAN)


def _bind_loose(
    mention: Mention,
    entries: Sequence[RuleEntry],
    bound: dict[tuple[str, str], dict[str, Fact]],
    placed: dict[tuple[tuple[str, str], str], Mention],
    held: Mapping[tuple[tuple[str, str], str], _Held],
    text: str,
) -> bool:
    """A figure whose words name nothing: to the open main measure it fits, else to the only open one.

    A later turn replaces what an earlier one put there; a second figure of the same message is added to the first.
    A figure that the rule itself states (那50万) is a citation of it, not a fact.
    """
    taken = False
    for entry in entries:
        facts = bound[entry.key]
        candidates = [
            slot
            for slot in slots(entry.rule)
            if _fits_exactly(mention.quantity.unit, slot.unit)
            and slot.fact != STATUTORY_TAX
            and not (_is_sum(mention) and not _may_be_sum(slot))
        ]
        earlier = [slot for slot in candidates if (entry.key, slot.fact) in placed]
        free = [slot for slot in candidates if slot.fact not in facts]
        if earlier and _adds_up(text, placed[entry.key, earlier[0].fact], mention):
            slot = earlier[0]
            facts[slot.fact] = _together(facts[slot.fact], as_fact(slot.fact, mention, slot.unit), entry.rule)
            placed[entry.key, slot.fact] = mention
            taken = True
            continue
        target: Slot | None = None
        if earlier and placed[entry.key, earlier[0].fact].order < mention.order:
            target = earlier[0]
        elif not _cites(mention, entry):
            target = next((slot for slot in free if slot.main), free[0] if len(free) == 1 else None)
            if target is None and mention.order > 0:  # a later turn restates a measure it need not name again
                target = candidates[0] if len(candidates) == 1 else next((slot for slot in candidates if slot.main), None)
                named = held.get((entry.key, target.fact)) if target else None
                if named and named.mention.order >= mention.order:
                    target = None
        if target is not None:
            facts[target.fact] = as_fact(target.fact, mention, target.unit)
            placed[entry.key, target.fact] = mention
            taken = True
    return taken


def _fits_exactly(given: str, wanted: str) -> bool:
    """As `fits`, but a count of things (三项) is no number of companies."""
    return fits(given, wanted) and (given == wanted or given == "" or dimension(given) in ("money", "duration", "area", "share"))


_MEASURED = re.compile(
    r"(?:额|费|做了?|花了?|卖了?|有|达到|是|为|面积|了|约|大概|正好|刚好|恰好|如果|要是|改成|换成|到)\s*$|\b(?:of|is|was|at|spent|paid|exactly)\s*$"
)


def _cites(mention: Mention, entry: RuleEntry) -> bool:
    """Whether a figure whose words name nothing quotes what the rule pays (那50万) rather than stating a fact."""
    rule = entry.rule
    paid = {cap.value for cap in rule.caps} | {figure.value for figure in (rule.amount, *(tier.amount for tier in rule.tiers)) if figure}
    return mention.quantity.value in paid and mention.quantity.unit in ("", "CNY") and not _MEASURED.search(mention.before)


_NO_CONSUMPTION_TAX = re.compile(
    r"(?:无|没有?|不征|免征?|不含|不涉及|不交|不收)消费税|消费税(?:为|是)?(?:0|零|没有)|no consumption ?tax|without consumption ?tax"
)


def _chosen(rule: Rule, question: Question) -> dict[str, Fact]:
    """Facts that are named rather than counted: modes, levels, organisers, confirmed conditions."""
    facts: dict[str, Fact] = {}
    if question.all_met:
        facts[CONDITIONS_MET] = Fact(CONDITIONS_MET, True, "")
    if question.exchange_rate:
        facts[EXCHANGE_RATE] = Fact(EXCHANGE_RATE, question.exchange_rate, "CNY/USD")
    texts = [plain(text) for text in (question.text, question.said) if text]
    if question.support_years and (
        rule.schedule or any(isinstance(part, Compare) and part.fact == "support_year" for part in rule.conditions)
    ):
        facts["support_year"] = Fact("support_year", Decimal(question.support_years[0]), "")
    if rule.tax and any(_NO_CONSUMPTION_TAX.search(text) for text in texts):
        facts[CONSUMPTION_TAX_RATE] = Fact(CONSUMPTION_TAX_RATE, Decimal(0), "ratio")
    for condition in (*rule.conditions, *(tier.when for tier in rule.tiers)):
        for part in condition.of if isinstance(condition, AnyOf) else (condition,):
            if isinstance(part, OneOf):
                named = next((chosen for text in texts if (chosen := _named(part, text) or _other_level(part, text))), [])
                if named:
                    facts[part.fact] = Fact(part.fact, tuple(dict.fromkeys(named)) if len(named) > 1 else named[0], "")
            elif isinstance(part, Confirm) and (said := _confirmed(part, texts)) is not None:
                facts[part.fact] = Fact(part.fact, said, "")
    for name in _several_tiers(rule, texts):
        facts.pop(name, None)
    return facts


def _several_tiers(rule: Rule, texts: Sequence[str]) -> set[str]:
    """Facts for which one message names the options of several tiers (4A级给多少，5A呢): none of them is the company's."""
    choices = [tier.when for tier in rule.tiers if isinstance(tier.when, OneOf)]
    for text in texts:
        if named := [choice.fact for choice in choices if _named(choice, text)]:
            return {fact for fact in named if named.count(fact) > 1}
    return set()


def _confirmed(condition: Confirm, texts: Sequence[str]) -> bool | None:
    """True when the user says so, False when the user denies it, None when nothing is said."""
    for text in texts:
        for name in condition_names(condition):
            word = plain(name) if name else ""
            if word and word in text:
                return _says(text, word)
        if any(_covers_condition(phrase, condition) for phrase in _DENIAL.findall(text)):
            return False
        short = _SHORT_REPLY.fullmatch(text)
        if short and any(short.group(2) in plain(name) for name in condition_names(condition) if name):
            return not short.group(1)
        if any(_covers_condition(phrase, condition) for phrase in _DONE.findall(text)):
            return True
    return None


_DENIAL = re.compile(
    r"(?:还没有?|尚未|没有|从未|未|没|不在|不属于|不处于|并非|不是)(?:任何|什么|一点|半点|实际|真正)?([\u4e00-\u9fff]{3,12})"
)
_SHORT_REPLY = re.compile(r"(没有?|还没有?|无|不)?有?([\u4e00-\u9fff]{2,6}?)(?:的话)?呢?[。？?!！]?")
"""没业绩, 有业绩的话呢: all of a message, about the condition that was left open."""
_DONE = re.compile(r"(?:已经?|都已?|均已?)([\u4e00-\u9fff]{3,16})")
_ANY = re.compile(r"任何|什么|一点|半点|过|的话")


def _covers_condition(phrase: str, condition: Confirm) -> bool:
    """Whether what is denied (还没有形成任何业绩) or done is, in most of its words, the condition (形成跨境电商一定业绩)."""
    pairs = _pairs(_ANY.sub("", phrase))
    names = [plain(name) for name in condition_names(condition) if name]
    return any(len(known := pairs & _pairs(name)) >= 2 and len(known) >= (0.6 if len(known) < 4 else 0.5) * len(pairs) for name in names)


def _named(condition: OneOf, text: str) -> list[str]:
    """The options the text affirms."""
    return [option for option, words in _options(condition) if any(_says(text, word) for word in words)]


_LEVELS = re.compile(r"国家级|部级|省级|自治区级|市级|区级|县级|区县级|national[- ]level|provincial[- ]level|municipal[- ]level")


def _other_level(condition: OneOf, text: str) -> list[str]:
    """A level the user names that is none of the options: then the rule is for another one."""
    if not all(option.endswith("级") for option in condition.options):
        return []
    return [level for level in dict.fromkeys(_LEVELS.findall(text)) if _says(text, level)][:1]


def _options(condition: OneOf) -> Iterable[tuple[str, tuple[str, ...]]]:
    for number, option in enumerate(condition.options):
        words = [plain(option)]
        if option.endswith("级") and len(option) <= 3:
            words += [option[:-1] + "里", option[:-1] + "内"]
        if number < len(condition.options_en):
            words.append(plain(condition.options_en[number]))
        yield option, tuple(words)


_DENIED = re.compile(
    r"(?:不是|未|尚未|没|还没|并非|非|不属于|没有|不在|不处于|除了?|不由|以外|not (?:\w+ ){0,4}|other than |except )[^，,。;；]{0,12}$"
)


def _says(text: str, word: str) -> bool:
    """Whether the text affirms the word: it stands there and is not denied right before."""
    at = text.find(word)
    return at >= 0 and not _DENIED.search(text[max(0, at - 24) : at])
