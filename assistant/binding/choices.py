"""What of a rule is named rather than counted: options chosen, conditions confirmed or denied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from assistant.binding.denials import affirms_state, affirms_verb, denies_name, denies_verb, made_good, says_contrary, states
from assistant.binding.names import bigrams
from assistant.binding.registration import registered
from assistant.binding.words import WORDS
from assistant.binding.year_tiers import year_option
from assistant.knowledge import RuleEntry, condition_names, plain
from assistant.rules.facts import CONDITIONS_MET, CONSUMPTION_TAX_RATE, EXCHANGE_RATE, Fact
from assistant.rules.schema import Compare, Confirm, OneOf, Rule
from assistant.understanding.patterns import Patterns
from assistant.understanding.question import Question


def chosen_facts(rule: Rule, question: Question) -> dict[str, Fact]:
    """Facts that are named rather than counted: modes, levels, organisers, confirmed conditions."""
    facts: dict[str, Fact] = {}
    if question.all_met:
        facts[CONDITIONS_MET] = Fact(CONDITIONS_MET, True, "")
    if question.exchange_rate:
        facts[EXCHANGE_RATE] = Fact(EXCHANGE_RATE, question.exchange_rate, "CNY/USD")
    texts = [plain(text) for text in (question.text, question.said) if text]
    if question.support_years and (
        rule.schedule or rule.payments or any(isinstance(part, Compare) and part.fact == "support_year" for part in rule.conditions)
    ):
        facts["support_year"] = Fact("support_year", Decimal(question.support_years[0]), "")
    if rule.tax and any(WORDS["no_consumption_tax"].search(text) for text in texts):
        facts[CONSUMPTION_TAX_RATE] = Fact(CONSUMPTION_TAX_RATE, Decimal(0), "ratio")
    for part in rule.single_conditions:
        if isinstance(part, OneOf):
            named = next((chosen for text in texts if (chosen := _named(part, text) or _other_level(part, text))), [])
            if named:
                facts[part.fact] = Fact(part.fact, tuple(dict.fromkeys(named)) if len(named) > 1 else named[0], "")
        elif isinstance(part, Confirm) and (said := _confirmed(part, texts)) is not None:
            facts[part.fact] = Fact(part.fact, said, "")
    _choose_nearest_tier(rule, texts, facts)
    for name in _several_tiers(rule, texts):
        facts.pop(name, None)
    by_year = [
        option for tier in rule.tiers if isinstance(tier.when, OneOf) and tier.when.fact == "support_year" for option in tier.when.options
    ]
    if year := next((option for text in texts if (option := year_option(by_year, text))), ""):
        facts["support_year"] = Fact("support_year", year, "")
    return facts


def _choose_nearest_tier(rule: Rule, texts: Sequence[str], facts: dict[str, Fact]) -> None:
    """The one tier whose option the words come nearest to, where none is named in full: 硕士 for 硕士研究生; 省级的 for 省级智能工厂."""
    options = [(tier.when.fact, tier.when.options[0]) for tier in rule.tiers if isinstance(tier.when, OneOf)]
    if not texts or len(options) < 2 or any(plain(option) in texts[0] for _, option in options):
        return
    pairs = [bigrams(plain(option)) for _, option in options]
    common = set.intersection(*pairs)
    now, before = (bigrams(text) for text in (texts[0], "".join(texts[1:])))
    scores = [(len((own - common) & now), len((own - common) & before)) for own in pairs]
    best = max(scores)
    chosen, option = options[scores.index(best)]
    if not best[0] and chosen in facts:
        return  # nothing new is said: what was named before stays
    if any(best) and scores.count(best) == 1 and not denies_name("".join(texts), option):
        facts[chosen] = Fact(chosen, option, "")


def share_choices(entries: Sequence[RuleEntry], bound: dict[tuple[str, str], dict[str, Fact]], question: Question) -> None:
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


def _several_tiers(rule: Rule, texts: Sequence[str]) -> set[str]:
    """Facts for which one message names the options of several tiers (4A级给多少，5A呢): none of them is the company's."""
    choices = [tier.when for tier in rule.tiers if isinstance(tier.when, OneOf)]
    for text in texts:
        if named := [choice.fact for choice in choices if _named(choice, text)]:
            return {fact for fact in named if named.count(fact) > 1}
    return set()


BODIES = Patterns(Path(__file__).with_name("bodies.yaml"))
HEADED = 4
"""Characters from which on the last two of a condition are its head noun."""


def _changed(condition: Confirm, names: Sequence[str], before: str, now: str) -> bool | None:
    """What holds now, where a message tells of a change: 去年没通过，今年通过了. None where it says nothing of the condition."""
    held, holds = _said_of(condition, names, [before]), _said_of(condition, names, [now])
    if held is False and holds is None and made_good(before, now):
        return True
    return holds if held is not None else None


def _confirmed(condition: Confirm, texts: Sequence[str]) -> bool | None:
    """True when the user says so, False when the user denies it, None when nothing is said, or both."""
    names = [plain(name) for name in condition_names(condition) if name]
    names += [name.removesuffix("域") for name in names if name.endswith("区域")]
    names += [match["what"] for name in names if (match := WORDS["property"].fullmatch(name))]  # 列入目录的项目: 列入目录
    for text in texts:
        before, now = states(text)
        if before and (changed := _changed(condition, names, before, now)) is not None:
            return changed
    return _said_of(condition, names, texts)


def _said_of(condition: Confirm, names: Sequence[str], texts: Sequence[str]) -> bool | None:
    """The same of texts that tell of no change."""
    for text in texts:
        if (there := registered(names, text)) is not None:
            return there
        contrary = says_contrary(names, text)
        if contrary or denies_verb(names, text):
            return False
        if contrary is None:
            return None
        if said := [name for name in names if name in text]:
            return not any(denies_name(text, name) for name in said)
        if affirms_verb(names, text) or affirms_state(names, text):
            return True
        if any(_covers_condition(phrase, condition) for phrase in WORDS["denial"].findall(text)):
            return WORDS["negative"].search(plain(condition.label)) is not None
        short = WORDS["short_reply"].fullmatch(text)
        if short and any(short.group(2) in name for name in names):
            return not short.group(1)
        if any(_covers_condition(phrase, condition) for phrase in WORDS["done"].findall(text)):
            return True
    return None


def _of_another_circle(phrase: str, name: str) -> bool:
    """Whether one is of the world and the other of the country: 中国企业500强 is no 世界企业500强."""
    world, country = WORDS["of_world"], WORDS["of_country"]
    said, asked = ((bool(world.search(text)), bool(country.search(text))) for text in (phrase, name))
    return said != asked and any(said) and any(asked)


def _covers_condition(phrase: str, condition: Confirm) -> bool:
    """Whether what is denied (还没有形成任何业绩) or done is, in most of its words, the condition (形成跨境电商一定业绩)."""
    pairs = bigrams(WORDS["any"].sub("", phrase))
    names = [plain(name) for name in condition_names(condition) if name]
    names = [name for name in names if not _of_another_circle(phrase, name)]
    if any(len(name) >= HEADED and phrase.startswith(name[-2:]) for name in names):
        return True  # 没有业绩 for 形成跨境电商一定业绩
    return any(len(known := pairs & bigrams(name)) >= 2 and len(known) >= (0.6 if len(known) < 4 else 0.5) * len(pairs) for name in names)


def _named(condition: OneOf, text: str) -> list[str]:
    """The options the text affirms; a level also by the body that decides at it (省工信厅, 市科技局)."""
    named = [option for option, words in _options(condition) if any(_says(text, word) for word in words)]
    return named or [option for option in condition.options if option in BODIES and BODIES[option].search(text)]


def _other_level(condition: OneOf, text: str) -> list[str]:
    """A level the user names that is none of the options: then the rule is for another one."""
    if not all(WORDS["level"].fullmatch(option.removesuffix("级") + "级") for option in condition.options):
        return []
    return [level for level in dict.fromkeys(WORDS["level"].findall(text)) if _says(text, level)][:1]


def _options(condition: OneOf) -> Iterable[tuple[str, tuple[str, ...]]]:
    for number, option in enumerate(condition.options):
        words = [plain(option)]
        if option.endswith("级") and len(option) <= 3:
            words += [option[:-1] + "里", option[:-1] + "内"]
        if number < len(condition.options_en):
            words.append(plain(condition.options_en[number]))
        yield option, tuple(words)


def _says(text: str, word: str) -> bool:
    """Whether the text affirms the word: it stands there and is not denied right before."""
    return word in text and not denies_name(text, word)
