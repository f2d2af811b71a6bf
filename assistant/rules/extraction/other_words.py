"""Other words for a proposed rule: English from the glossary and the catalogue of measures, synonyms people use.

>>> english("海外仓补贴")
'overseas warehouse subsidy'
>>> english("某种没有人知道的东西")
''

What the glossary knows less than two thirds of stays without English: the Chinese name is better than half of one.
"""

from __future__ import annotations

import re

from assistant.glossary.measures import load_measures
from assistant.glossary.terms import Glossary
from assistant.rules.extraction.naming import subject_noun, topic_of
from assistant.rules.extraction.patterns import chinese_number
from assistant.rules.schema import AnyOf, Compare, Condition, Measure, OneOf, Rule

_OPTIONS_EN = {
    "国家级": "national level", "省级": "provincial level", "市级": "municipal level", "区级": "district level",
    "国际标准": "international standard", "国家标准": "national standard", "行业标准": "industry standard",
    "地方标准": "local standard", "团体标准": "association standard",
    "国际性": "international", "全国性": "national", "区域性": "regional",
    "县级": "county level", "国际级": "international level", "世界级": "world level",
}  # fmt: skip
_LABELS_EN = {
    "recognition_level": "level of recognition", "business_mode": "business mode", "support_year": "year of support", "award_kind": "kind",
}  # fmt: skip
_NUMBERS_EN = dict(zip("一二三四五六七八九", ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), strict=True))
_ORDINALS_EN = dict(zip("一二三四五", ("first", "second", "third", "fourth", "fifth"), strict=True))
_STARS = re.compile("(?P<n>[一二三四五六七八九1-9])星级?")
_PRIZE = re.compile("(?P<n>[一二三四五])(?P<what>等奖|等|级)")
_YEARS = re.compile(r"(?P<which>前|后)(?P<n>[两二三四五2-9])年|第(?P<one>[一二三四五1-5])年")
_GRANT = re.compile("(?:奖励|奖补|补助|补贴|资助|扶持|支持|配套|贴息|减免|优惠)$")
_DENIES = re.compile("非|未|不|无|除|其他")
_MOST_SYNONYMS = 8


def in_other_words(rule: Rule, heading: str) -> Rule:
    """The rule with English names where the glossary has them all, and synonyms of what its label names."""
    return rule.model_copy(
        update={
            "label_en": rule.label_en or english(rule.label),
            "beneficiary_en": rule.beneficiary_en or english(subject_noun(rule.beneficiary) or rule.beneficiary),
            "terms": _synonyms(rule, heading),
            "basis": _measure(rule.basis) if rule.basis else None,
            "per": tuple(_measure(measure) for measure in rule.per),
            "conditions": tuple(_condition(condition) for condition in rule.conditions),
            "tiers": tuple(tier.model_copy(update={"when": _condition(tier.when)}) for tier in rule.tiers),
        }
    )


def english(words: str) -> str:
    """The words in English, "" where the glossary lacks one of them."""
    parts = re.split(r"[（，）]", words)
    if not parts[0] or _DENIES.search(parts[0]):
        return Glossary.load().render_en(words) or "" if parts[0] else ""
    grant = _GRANT.search(parts[0])
    thing = parts[0][: grant.start()] if grant else parts[0]
    noun = Glossary.load().render_en(grant.group()) if grant else ""
    said = _mostly(thing)
    if not said or noun is None:
        return ""
    rest = [more for part in parts[1:] if part and (more := _wholly(part))]
    name = said if noun and said.endswith(noun) else f"{said} {noun}".strip()
    return name + (f" ({', '.join(rest)})" if rest else "")


def graded_en(option: str) -> str:
    """A grade or a year of support: 五星级 -> five-star, 一等奖 -> first prize, 后3年 -> last 3 years; "" for others."""
    if stars := _STARS.fullmatch(option):
        return f"{_NUMBERS_EN.get(stars['n']) or list(_NUMBERS_EN.values())[int(stars['n']) - 1]}-star"
    if prize := _PRIZE.fullmatch(option):
        return f"{_ORDINALS_EN[prize['n']]} {'prize' if prize['what'] == '等奖' else 'grade'}"
    if re.fullmatch(r"\dA级?", option):
        return option[:2]
    if years := _YEARS.fullmatch(option):
        if years["one"]:
            return f"year {chinese_number(years['one'])}"
        return f"{'first' if years['which'] == '前' else 'last'} {chinese_number(years['n'])} years"
    return ""


def _wholly(words: str) -> str:
    said = Glossary.load().render_en(words)
    return said if said and re.search("[a-z]", said) else ""


def _mostly(words: str) -> str:
    """All of it, else the known terms where they are two thirds of it and its head: 跨境电商专业培训 -> … training."""
    if whole := _wholly(words):
        return whole
    found = Glossary.load().find(words)
    known = sum(len(match.text) for match in found)
    if not found or found[-1].end != len(words) or known * 3 < len(words) * 2:
        return ""
    return " ".join(dict.fromkeys(match.term.en[0] for match in found))


def _synonyms(rule: Rule, heading: str) -> tuple[str, ...]:
    words: list[str] = []
    topic = topic_of(heading)
    if 2 < len(topic) <= 24 and topic not in rule.label:
        words.append(topic)
    for match in Glossary.load().find(rule.label):
        words += [word for word in match.term.words if word not in rule.label]
    return tuple(dict.fromkeys(words))[:_MOST_SYNONYMS]


def _measure(measure: Measure) -> Measure:
    return measure if measure.label_en else measure.model_copy(update={"label_en": _measured_en(measure.fact, measure.label)})


def _measured_en(fact: str, label: str) -> str:
    known = load_measures().get(fact)
    return known.label_en if known else english(label)


def _condition(condition: Condition) -> Condition:
    if isinstance(condition, AnyOf):
        return condition.model_copy(update={"of": tuple(_condition(part) for part in condition.of)})
    if isinstance(condition, Compare):
        return condition.model_copy(update={"label_en": condition.label_en or _measured_en(condition.fact, condition.label)})
    if isinstance(condition, OneOf):
        options = tuple(_OPTIONS_EN.get(option, "") or graded_en(option) or english(option) for option in condition.options)
        codes = all(option.isdigit() for option in condition.options)
        return condition.model_copy(
            update={
                "label_en": condition.label_en or _LABELS_EN.get(condition.fact, ""),
                "options_en": condition.options_en or (options if all(options) and not codes else ()),
            }
        )
    return condition.model_copy(update={"label_en": condition.label_en or english(condition.label)})
