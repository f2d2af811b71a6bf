"""What is remembered between turns, and how a short message is completed from it.

"秦皇岛海外仓奖励多少？" then "那连云港呢？"  ->  place 连云港, topic 海外仓, asks how much
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.binding import bare_name, different_parts, likeness, named, slots
from assistant.findings import SUPPORT_WORDS
from assistant.knowledge import Knowledge, RuleEntry
from assistant.rules.facts import EXCHANGE_RATE, Fact
from assistant.understanding.changes import apply_change
from assistant.understanding.question import ABOUT_DOCUMENT, Ask, Mention, Question, Unit
from assistant.understanding.versions import pick_versions
from index.models import Policy


@dataclass(frozen=True, slots=True)
class Frame:
    """The last question that was answered, completed, and the rules the answer used."""

    question: Question
    rules: tuple[tuple[str, str], ...] = ()
    """(policy id, rule id)"""
    articles: tuple[tuple[str, str | None], ...] = ()
    clarifying: bool = False
    """The answer asked something back."""
    missing: tuple[str, ...] = ()
    """Names of the facts it asked for."""
    facts: tuple[tuple[tuple[str, str], tuple[Fact, ...]], ...] = ()
    """For each rule that gave a sum, what was known of the company."""


@dataclass
class Dialogue:
    """One conversation. Mutable: `Assistant.ask` records each turn in it."""

    turn: int = 0
    frame: Frame | None = None
    earlier: list[Frame] = field(default_factory=list)
    """All frames so far: what "back to the one of Qinhuangdao" returns to."""
    thread: list[tuple[str, str]] = field(default_factory=list)
    """Rules of the turns on one matter, in the order they came up."""
    place: tuple[str, ...] = ()
    """Policies of the place last named."""
    mentions: list[Mention] = field(default_factory=list)
    """All figures given on the matters of the thread."""
    facts: dict[tuple[str, str], tuple[Fact, ...]] = field(default_factory=dict)
    """What was known for each rule that gave a sum since the place was last changed: what a total is made of."""
    shown: dict[str, str] = field(default_factory=dict)
    """Facts for display: label -> value as given."""

    @property
    def language(self) -> str:
        """Language of the last question answered: zh or en."""
        return self.frame.question.language if self.frame else "zh"

    def restart(self) -> None:
        """Forget everything."""
        self.turn, self.frame, self.place = 0, None, ()
        self.earlier.clear()
        self.thread.clear()
        self.mentions.clear()
        self.facts.clear()
        self.shown.clear()


def names_slot(unit: Unit, entries: list[RuleEntry]) -> bool:
    """Whether the unit is only the name of a measure (or another name) of one of these rules."""
    measures = [tuple(map(bare_name, slot.names)) for entry in entries for slot in slots(entry.rule)]  # 物流费用 is not 引流费用
    return any(form in entry.name or form in entry.core for entry in entries for form in unit.forms) or any(
        likeness(bare_name(form), names) >= 0.6 for names in measures for form in unit.forms
    )


def _same_matter(question: Question, last: list[RuleEntry]) -> bool:
    """Whether all the question's own topic words belong to the rules last talked about."""
    telling = [unit for unit in question.units if unit.topic and unit.weight > 0.5]
    return bool(last) and all(names_slot(unit, last) for unit in telling)


def _asks_for_threshold(question: Question, knowledge: Knowledge) -> bool:
    """面积有要求吗: all its topic words are measures that rules set conditions on, whether or not the one at hand does."""
    telling = [unit for unit in question.units if unit.topic and unit.weight > 0.5]
    only_conditions = Ask.CONDITIONS in question.asks and question.asks <= {Ask.CONDITIONS, Ask.EXISTS, Ask.VERIFY}
    if not only_conditions or not telling or question.mentions:
        return False  # 推广费也能补吗，花了50万 is about another cost
    names = {name for entry in knowledge.entries for slot in slots(entry.rule) for name in slot.names}
    return all(any(name.endswith(unit.forms) for name in names) for unit in telling)


def _denied(mention: Mention) -> bool:
    return mention.before.rstrip().endswith(("不是", "不是说", "并非", "而非", "not"))


def complete(question: Question, dialogue: Dialogue, knowledge: Knowledge) -> Question:
    """The question with what it leaves out filled in from the last one.

    A question that names its own place and topic is left as it is. The place carries over when none is named; the
    topic when the question has no words of its own or only words of the rules last talked about; the figures
    with the topic; the kind of question when it asks for nothing itself.
    """
    if question.correction:
        question = question.with_(mentions=tuple(mention for mention in question.mentions if not _denied(mention)))
    frame = dialogue.frame
    if frame is None:
        return question.with_(policies=question.policies or dialogue.place)
    frame = _returned_to(question, dialogue) or frame
    question = _with_rate(question, frame)
    last = [entry for entry in knowledge.entries if entry.key in frame.rules]
    alternatives = [
        entry for entry in knowledge.entries if any(entry.policy.id == old.policy.id and entry.rule.id in old.rule.excludes for old in last)
    ]
    before = frame.question
    own_topic = any(unit.topic and unit.weight > 0.5 for unit in question.units) or bool(question.codes)
    own_words = any(unit.weight > 0.5 for unit in question.units)
    place = question.policies or question.uncovered
    everything_new = bool(place) and own_topic and bool(question.asks) and not question.follow_up and not frame.clarifying
    if (everything_new and not _compares_on(question)) or _wants_all(question, own_topic=own_topic):
        return question
    asks, policies = _asks_of(question, frame), _policies_of(question, dialogue, before, knowledge)
    inherits = not own_words or question.deictic or (_same_matter(question, [*last, *alternatives]) and not question.article)
    if last and not place and not inherits and _asks_for_threshold(question, knowledge):
        inherits, question = True, question.with_(units=())
    if frame.clarifying:
        inherits = True
    if question.asks & ABOUT_DOCUMENT and not own_words and not question.deictic:
        inherits = False  # 有效期到什么时候？ is about the document, whatever its rule was talked about
    if question.correction and question.mentions and not place and not question.asks:
        inherits, question = True, question.with_(units=tuple(unit for unit in question.units if names_slot(unit, last)))
    if question.hearsay and not place:
        inherits, question = True, question.with_(units=())
    silent = inherits and not (question.asks or question.mentions or place or question.hearsay or question.exchange_rate)
    units, codes, mentions = question.units, question.codes, question.mentions
    beside = () if inherits or place else _items_beside(question, before.mentions, last, knowledge)
    if inherits:
        units = _together(question.units, before.units)
        codes = question.codes or before.codes
    changed = apply_change(question, before.mentions, lambda text, phrase: likeness(text, (phrase,))) if inherits else None
    if changed:
        mentions = (*changed[1], *changed[0].mentions)
        question = changed[0].with_(mentions=mentions)
    elif inherits or beside or _adds(question):
        mentions = (*still_valid(before.mentions, question, last), *question.mentions)
    if _adds(question):
        units = _together(question.units, before.units)
        codes = tuple(dict.fromkeys((*before.codes, *question.codes)))
        asks = asks | before.asks
    thread: tuple[tuple[str, str], ...] = ()
    if Ask.TOTAL in question.asks and inherits and not _measured(question):
        thread = _summed(question, dialogue) or tuple(dialogue.thread)
        if len(thread) > 1 and not dialogue.facts:
            mentions = (*dialogue.mentions, *question.mentions)
    years = question.years or (before.years if inherits and not question.mentions else ())
    return question.with_(
        policies=policies,
        units=units,
        codes=codes,
        mentions=mentions,
        asks=asks,
        years=years,
        everywhere=question.everywhere or (inherits and not question.policies and before.everywhere),
        all_met=question.all_met or ((inherits or _adds(question)) and before.all_met),
        personal=question.personal or (inherits and before.personal),
        wants_type=question.wants_type or (before.wants_type if inherits and not question.asks else ""),
        support_years=question.support_years
        or (
            before.support_years
            if inherits and question.mentions and Ask.TOTAL not in question.asks and not _WHOLE_PERIOD.search(question.text)
            else ()
        ),
        language=question.language,
        follow_up=inherits or question.follow_up,
        focus=frame.rules if inherits and not question.policies and not _opens_list(asks, before) else beside,
        thread=thread,
        silent=silent and not changed,
        held=() if question.policies or question.uncovered else tuple(dialogue.facts.items()),
        adds=_adds(question),
        new_figures=bool(question.mentions) or not inherits,
        said=f"{before.said} {before.text}".strip() if inherits or _adds(question) else "",
    )


def _items_beside(
    question: Question, mentions: Sequence[Mention], last: Sequence[RuleEntry], knowledge: Knowledge
) -> tuple[tuple[str, str], ...]:
    """The same support for others, under another item of the article: 新注册的批发企业能拿多少 … 那零售呢."""
    telling = [unit for unit in question.units if unit.topic and unit.weight > 0.5]
    if not last or not telling or question.mentions or not _INSTEAD.search(question.text):
        return ()
    lists = {(entry.policy.id, entry.article.path[:-1]) for entry in last if len(entry.article.path) > 1}
    items = [entry for entry in knowledge.entries if (entry.policy.id, entry.article.path[:-1]) in lists]
    return tuple(
        entry.key
        for entry in items
        if entry.rule.gives_money
        and all(named(mention.phrase, entry.rule)[0] >= _SAME_MEASURE for mention in mentions)
        and all(any(form in entry.name for form in unit.forms) for unit in telling)
    )


_SAME_MEASURE = 0.5
"""From this likeness on an earlier figure is of a measure of the other item too."""


def _asks_of(question: Question, frame: Frame) -> frozenset[Ask]:
    """What is asked: by the question itself, else as before."""
    before = frame.question.asks
    if frame.clarifying and not (question.asks - {Ask.VERIFY, Ask.EXISTS}):
        return question.asks | before
    if not question.asks and (_measured(question) or len(frame.rules) <= _FEW):
        return frozenset({Ask.AMOUNT if ask is Ask.LIST else ask for ask in before})  # after a list: 展位费花了6万, 我们是省级的
    return question.asks or before


def _policies_of(question: Question, dialogue: Dialogue, before: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """The documents asked about: those named, else the ones before; of a place with several the one the words point at."""
    if question.policies or question.everywhere or question.uncovered:
        return question.policies
    if Ask.COMPARE in question.asks and (both := _last_two_places(dialogue)):
        return both  # 秦皇岛海外仓奖励多少 … 那连云港呢 … 哪个高
    policies = before.policies or dialogue.place
    versions = _same_place(policies, knowledge)
    return (len(versions) > 1 and pick_versions(question.text, versions, ())) or policies


def _last_two_places(dialogue: Dialogue) -> tuple[str, ...]:
    """The documents of the last two questions answered, where the second turned to another place with the same matter."""
    if len(dialogue.earlier) < 2:
        return ()
    first, second = (frame.question for frame in dialogue.earlier[-2:])
    same_matter = any(new.topic and new.forms == old.forms for new in second.units for old in first.units)
    other_place = bool(first.policies and second.policies) and set(first.policies).isdisjoint(second.policies)
    return (*first.policies, *second.policies) if same_matter and other_place else ()


def _opens_list(asks: frozenset[Ask], before: Question) -> bool:
    """A fact after a list (我们是市级的) may lead to a rule of the matter that was not in it: one that names no sum."""
    return Ask.LIST in before.asks and Ask.LIST not in asks


def names_new_place(question: Question, dialogue: Dialogue) -> bool:
    """Whether a completed question is about other documents than the dialogue: what follows is about them, even if they are silent."""
    known = dialogue.frame.question.policies if dialogue.frame else dialogue.place
    return bool(question.policies) and set(question.policies).isdisjoint(known)


def _wants_all(question: Question, *, own_topic: bool) -> bool:
    """那连云港有什么补贴: a list of all that the place gives, not of the matter at hand."""
    only_lists = Ask.LIST in question.asks and question.asks <= {Ask.LIST, Ask.AMOUNT, Ask.EXISTS}
    of_support = bool(question.units) or SUPPORT_WORDS.search(question.text) is not None
    return bool(question.policies) and only_lists and of_support and not (own_topic or question.deictic)


def _summed(question: Question, dialogue: Dialogue) -> tuple[tuple[str, str], ...]:
    """The rules that gave a sum in the turns before: the last so many where a number is said (两个合起来)."""
    keys = tuple(dialogue.facts)
    said = [int(mention.quantity.value) for mention in question.mentions if mention.quantity.unit == "item"]
    last = said[-1] if said else 2 if _BOTH.search(question.text) else len(keys)
    return keys[-last:] if len(keys) > 1 and last > 1 else ()


_BOTH = re.compile(r"两(?:个|项|样|笔|者)|\bboth\b|\bthe two\b", re.IGNORECASE)
_FEW = 5
"""So few rules of a list are gone into when a fact is added to it."""
_WHOLE_PERIOD = re.compile(
    r"加一?起|合起来|[两三四五]年(?:一共|总共|全部)|累计|合计|总共|一共|整个|全部年"
    r"|in total|altogether|over the (?:whole|three)"
)
_BACK = re.compile(
    r"回到|回头(?:说|看|问)|再(?:说|问|看)回|刚才|之前|前面|先前|back to|return(?:ing)? to|as for the earlier", re.IGNORECASE
)


def _returned_to(question: Question, dialogue: Dialogue) -> Frame | None:
    """The last matter of the place named, where the question goes back to it without naming a topic: 回到秦皇岛那个."""
    if not question.policies or not _BACK.search(question.text) or any(unit.topic and unit.weight > 0.5 for unit in question.units):
        return None
    return next((frame for frame in reversed(dialogue.earlier) if set(frame.question.policies) & set(question.policies)), None)


def _with_rate(question: Question, frame: Frame) -> Question:
    """The exchange rate stays known; a bare number is one where a rate was asked for."""
    bare = [mention for mention in question.mentions if mention.quantity.unit == ""]
    if question.exchange_rate is None and EXCHANGE_RATE in frame.missing and len(bare) == 1:
        rest = tuple(mention for mention in question.mentions if mention is not bare[0])
        return question.with_(exchange_rate=bare[0].quantity.value, mentions=rest)
    return question.with_(exchange_rate=question.exchange_rate or frame.question.exchange_rate)


def _together(new: tuple[Unit, ...], old: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The new units, and the old ones that no new one restates: 省里复制推广 replaces 国家复制推广."""
    said = [form for unit in new if unit.topic for form in unit.forms]
    return (*new, *(unit for unit in old if not any(form in known or known in form for form in said for known in unit.forms)))


def _same_place(policies: tuple[str, ...], knowledge: Knowledge) -> list[Policy]:
    """All documents of the places of these policies."""
    places = {knowledge.policies[policy].place for policy in policies}
    return [policy for policy in knowledge.policies.values() if policy.place in places]


def _compares_on(question: Question) -> bool:
    return question.follow_up and Ask.COMPARE in question.asks


_ADDING = re.compile(r"再加|加上|加进|算上|连同|合一起|再来|再算|也加|另外还|plus|also add|adding|on top of", re.IGNORECASE)


def _adds(question: Question) -> bool:
    """Whether the question adds something to what was asked before: 再加一个海外仓，一共多少."""
    own_topic = any(unit.topic and unit.weight > 0.5 for unit in question.units)
    return own_topic and not question.policies and (Ask.TOTAL in question.asks or bool(question.mentions and _ADDING.search(question.text)))


_INSTEAD = re.compile(r"呢[？?]?$|^(?:what|how) about|^and (?:for )?|\binstead\b", re.IGNORECASE)
_BESIDE = re.compile(r"再|又|还有?|另|加|也|同时|一起|plus|also|another|as well|on top|together|total", re.IGNORECASE)
"""Words by which a follow-up asks about another figure in place of the earlier one, and such that put it beside that."""


def _measured(question: Question) -> bool:
    """Whether the question gives a figure of its own, other than a count of things talked about (三项, 这两样)."""
    return any(mention.quantity.unit not in ("item", "time", "") or mention.quantity.value >= 100 for mention in question.mentions)


def still_valid(old: Sequence[Mention], question: Question, rules: Sequence[RuleEntry]) -> tuple[Mention, ...]:
    """Earlier figures that the question does not restate: a new figure replaces the earlier one for the same measure.

    It stands beside that for another part of the measure (展位费, then 人员费), unless it is asked about instead (人员费5万呢).
    """
    instead = bool(_INSTEAD.search(question.text)) and not _BESIDE.search(question.text)
    restated = [named(mention.phrase, entry.rule) for mention in question.mentions for entry in rules]
    kept = []
    for mention in old:
        own = max((named(mention.phrase, entry.rule) for entry in rules), default=(0.0, "", ""))
        again = [name for score, name, fact in restated if score >= 0.5 and own[0] >= 0.5 and fact == own[2]]
        if not again or (not instead and all(different_parts(name, own[1]) for name in again)):
            kept.append(mention)
    return tuple(kept)


def record(dialogue: Dialogue, frame: Frame | None) -> None:
    """Note a turn. `frame` is None for small talk, refusals and anything that should not change the matter at hand."""
    dialogue.turn += 1
    if frame is None:
        return
    last = dialogue.frame
    same_place = last is not None and set(frame.question.policies) == set(last.question.policies)
    if not same_place:
        dialogue.facts.clear()
    for key, facts in frame.facts:
        dialogue.facts.pop(key, None)  # the latest stand last
        dialogue.facts[key] = facts
    if not (same_place and frame.question.follow_up):
        dialogue.thread.clear()
        dialogue.mentions.clear()
    dialogue.mentions.extend(mention for mention in frame.question.mentions if mention not in dialogue.mentions)
    dialogue.thread.extend(key for key in frame.rules if key not in dialogue.thread)
    dialogue.frame = frame
    dialogue.earlier.append(frame)
    dialogue.place = frame.question.policies or dialogue.place
