"""Spoils figures: digits, units, currencies, results, sums of other rules."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.knowledge import RuleEntry
from assistant.rules.wording import format_quantity
from eval.mutations.source import Change, Source, cited_articles, cited_text, end_of_conclusion, in_step
from eval.mutations.words import WORDS
from index.normalise import fold
from index.quantities import parse_quantities


def digit(source: Source, chance: random.Random) -> Iterator[Change]:
    """One digit is another."""
    for figure in source.figures:
        digits = [i for i in range(figure.start, figure.end) if source.text[i].isdigit()]
        at = chance.choice(digits)
        old = source.text[at]
        new = chance.choice([d for d in "123456789" if d != old])
        yield at, at + 1, new


def unquoted_digit(source: Source, chance: random.Random) -> Iterator[Change]:
    """The same, outside quotations."""
    yield from (change for change in digit(source, chance) if not source.is_quoted(change[0]))


def scale(source: Source, chance: random.Random) -> Iterator[Change]:
    """万 becomes 亿, million becomes billion."""
    del chance
    swaps = {"万": "亿", "亿": "万", "million": "billion", "billion": "million"}
    for figure in source.figures:
        for word, other in swaps.items():
            at = source.text.find(word, figure.start, figure.end)
            if at >= 0:
                yield at, at + len(word), other
                break


def thousandth(source: Source, chance: random.Random) -> Iterator[Change]:
    """2% becomes 2‰."""
    del chance
    yield from ((f.end - 1, f.end, "‰") for f in source.figures if f.text.endswith("%") and f.value)


def unit(source: Source, chance: random.Random) -> Iterator[Change]:
    """平方米 becomes 亩, and the like."""
    del chance
    for figure in source.figures:
        word = next((word for word in WORDS.units if figure.text.endswith(word)), "")
        if word:
            yield figure.end - len(word), figure.end, WORDS.units[word]


def currency(source: Source, chance: random.Random) -> Iterator[Change]:
    """元 becomes 美元, RMB becomes USD."""
    del chance
    for figure in source.figures:
        words = source.text[figure.start : figure.end]
        if figure.unit.startswith("CNY") and "元" in words:
            at = figure.start + words.index("元")
            yield at, at + 1, "美元"
        elif figure.unit == "USD" and words.endswith("美元"):
            yield figure.end - 2, figure.end, "元"
        elif words.startswith(("RMB", "USD")):
            yield figure.start, figure.start + 3, "USD" if words.startswith("RMB") else "RMB"


_CN = "零一二三四五六七八九"


def chinese_numeral(source: Source, chance: random.Random) -> Iterator[Change]:
    """100万元 becomes 二百万元, 2% becomes 百分之五."""
    for figure in source.figures:
        if figure.unit == "CNY" and figure.text.endswith("万元") and figure.value < 100_000_000:
            tens = chance.choice([n for n in range(1, 10) if Decimal(n) * 1_000_000 != figure.value])
            yield figure.start, figure.end, f"{_CN[tens]}百万元"
        elif figure.text.endswith("%") and figure.text[0].isdigit():
            ones = chance.choice([n for n in range(2, 10) if Decimal(n) / 100 != figure.value])
            yield figure.start, figure.end, f"百分之{_CN[ones]}"


def cap_and_rate(source: Source, chance: random.Random) -> Iterator[Change]:
    """2%，…最高100万元 becomes 100%，…最高2万元."""
    del chance
    for match in re.finditer(r"(\d[\d.]*)%([^；。\n%]{1,24}?)(\d[\d.]*)(万元)", source.text):
        if match[1] != match[3] and not source.is_quoted(match.start()):
            yield match.start(), match.end(), f"{match[3]}%{match[2]}{match[1]}{match[4]}"
    for match in re.finditer(r"(\d[\d.]*)%([^;.\n%]{1,60}?RMB )([\d,.]*\d)", source.text):
        yield match.start(), match.end(), f"{match[3]}%{match[2]}{match[1]}"


def tiers(source: Source, chance: random.Random) -> Iterator[Change]:
    """The sums of two tiers of one rule change places."""
    del chance
    for match in re.finditer(
        r"((?:市|省|国家)级[^：；\n]*：[^；\n\d]*)(\d[\d.]*万元)(；[^：；\n]*：[^；\n\d]*)(\d[\d.]*万元)", source.text
    ):
        if match[2] != match[4] and not source.is_quoted(match.start()):
            yield match.start(), match.end(), match[1] + match[4] + match[3] + match[2]
    for match in re.finditer(r"(第1年[^；\n\d]*)(\d[\d.]*万元)(；第2[^；\n]*?)(\d[\d.]*万元)", source.text):
        if match[2] != match[4] and not source.is_quoted(match.start()):
            yield match.start(), match.end(), match[1] + match[4] + match[3] + match[2]


def rounded(source: Source, chance: random.Random) -> Iterator[Change]:
    """99.98万元 becomes 约100万元."""
    del chance
    for figure in source.figures:
        if figure.unit == "CNY" and figure.text.endswith("万元"):
            number = figure.value / 10000
            whole = number.to_integral_value()
            if number != whole and whole:
                yield figure.start, figure.end, f"约{whole}万元"
            elif not in_step(source, figure.start) and not source.is_quoted(figure.start):
                yield figure.start, figure.start, "约"


def welded(source: Source, chance: random.Random) -> Iterator[Change]:
    """The sum of a rule becomes that of another article of the same document."""
    for figure in source.figures:
        if source.is_quoted(figure.start) or figure.unit != "CNY" or not source.chinese or len(source.policies) != 1:
            continue
        own = {format_quantity(figure.value, "CNY")}
        cited = "".join(cited_text(source)).replace(" ", "")
        others = sorted({words for entry in _money(source) if (words := _sum_of(entry)) and words not in own and words not in cited})
        if others:
            yield figure.start, figure.end, chance.choice(others)


def _money(source: Source) -> list[RuleEntry]:
    return [entry for entry in source.knowledge.entries if entry.policy is source.policies[0] and entry.rule.gives_money]


def _sum_of(entry: RuleEntry) -> str:
    figure = entry.rule.amount or (entry.rule.caps[0] if entry.rule.caps else None)
    return format_quantity(figure.value, figure.unit) if figure and figure.unit == "CNY" else ""


def same_article(source: Source, chance: random.Random) -> Iterator[Change]:
    """The sum of a rule becomes that of another rule of the same article."""
    for entry in source.knowledge.entries:
        label = entry.rule.label
        at = source.answer.conclusion.find(f"“{label}”")
        if at < 0 or not any(a.start == entry.article.start for a in cited_articles(source) if a.policy_id == entry.policy.id):
            continue
        own = entry.rule.quote.replace(" ", "")
        others = [
            o for o in source.knowledge.entries if o.policy is entry.policy and o.article.start == entry.article.start and o is not entry
        ]
        sums = sorted({words for other in others if (words := _sum_of(other)) and words not in own})
        end = source.text.find("\n", at)
        for figure in source.figures:
            if at < figure.start < (end if end >= 0 else len(source.text)) and figure.unit == "CNY" and sums:
                new = chance.choice(sums)
                if new != figure.text and new not in source.said:
                    yield figure.start, figure.end, new


def believed(source: Source, chance: random.Random) -> Iterator[Change]:
    """The user's wrong figure is given as the document's."""
    del chance
    cited = "".join(cited_text(source)).replace(" ", "")
    if not source.answer.citations or not source.chinese or any(result.steps for result in source.answer.calculations):
        return
    at = end_of_conclusion(source)
    for figure in parse_quantities(fold(source.said)):
        if figure.unit == "CNY" and figure.text not in cited and figure.text.replace(" ", "") not in cited:
            yield at, at, f"\n文件规定的奖励是{figure.text}。"


def sum(source: Source, chance: random.Random) -> Iterator[Change]:
    """The result of a step is another one."""
    for figure in source.figures:
        if re.search(r"= \Z", source.text[: figure.start]):
            digits = [i for i in range(figure.start, figure.end) if source.text[i].isdigit()]
            at = digits[0]
            yield at, at + 1, chance.choice([d for d in "123456789" if d != source.text[at]])
