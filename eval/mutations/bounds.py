"""Spoils what limits a figure: ceilings, bounds, periods and levels."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from eval.mutations.source import Change, Source, in_name, in_step, is_ceiling
from eval.mutations.words import WORDS

_CEILING = re.compile(r"(?:最多不超过|最高不超过|不超过|最高(?:为)?|最多|up to |at most )(?=\**(?:\d|RMB|USD|[^，。；\d]{1,20}的\d))")


def no_ceiling(source: Source, chance: random.Random) -> Iterator[Change]:
    """最高100万元 becomes 100万元."""
    del chance
    for match in _CEILING.finditer(source.text):
        # 最高20万元、最高10万元: the first word is enough for both.
        if not re.search(r"(?:最高|不超过)\**[\d.]+万?元、\Z", source.text[: match.start()]):
            yield match.start(), match.end(), ""


def new_ceiling(source: Source, chance: random.Random) -> Iterator[Change]:
    """Only before sums that the program states as exact: a result, or 一次性50万元."""
    del chance
    zh = r"(?:可得|一次性|共计|合计)(\**)(?=(\d[\d.]*[万亿]?元))"
    for match in re.finditer(zh, source.text):
        # A result that is as high as the cap is also at most that.
        if not source.is_quoted(match.start()) and not is_ceiling(source, match[2]):
            yield match.end(), match.end(), "最高"
    for match in re.finditer(r": (\*\*)(?=(RMB [\d,.]+(?: million)?)\*\*)", source.text):
        if not is_ceiling(source, match[2]):
            yield match.start() + 2, match.start() + 2, "at most "


def bound(source: Source, chance: random.Random) -> Iterator[Change]:
    """不超过 becomes 不低于, at least becomes at most."""
    del chance
    for word, other in WORDS.turns.items():
        # 要达到300万元 asks for the cap; 要不超过300万元 says no more of it.
        before = r"(?<!不)(?<!最高)(?<!最多)(?<!要)" if not word.isascii() else r"(?<!no )"
        for match in re.finditer(before + re.escape(word) + r"(?=\**\s?(?:等值)?(?:\d|RMB|USD))", source.text):
            if source.text[match.end() : match.end() + 3].strip("* ") and not in_step(source, match.start()):
                yield match.start(), match.end(), other


def strictness(source: Source, chance: random.Random) -> Iterator[Change]:
    """≥ becomes >, 超过 becomes 达到."""
    del chance
    for word, other in WORDS.strict.items():
        for match in re.finditer(r"(?<!不)" + re.escape(word) + r"(?=\**\s?(?:\d|RMB|USD))", source.text):
            if not in_step(source, match.start()) or word in "≥≤":
                yield match.start(), match.end(), other


def period(source: Source, chance: random.Random) -> Iterator[Change]:
    """一次性 becomes 每年, where a figure stands near."""
    del chance
    for word, other in WORDS.periods.items():
        for match in re.finditer(re.escape(word), source.text):
            near = source.text[match.end() : match.end() + 24] + source.text[max(0, match.start() - 18) : match.start()]
            # 每年上限 in a step is part of the arithmetic; a period far from any sum limits none.
            if re.search(r"\d", near) and not in_step(source, match.start()) and not source.text.startswith(("遴选", "组织"), match.end()):
                names = in_name(source, match.start(), match.end())
                if not names:
                    yield match.start(), match.end(), other


def level(source: Source, chance: random.Random) -> Iterator[Change]:
    """In the tiers of one rule: 市级…：最高100万元 becomes 省级…; names of rules are left alone."""
    del chance
    for word, other in (("市级", "省级"), ("省级", "市级"), ("municipal", "provincial"), ("provincial", "municipal")):
        for match in re.finditer(rf"{word}(?=[^；。\n，]{{0,18}}(?:：|: |最高|不超过|up to))", source.text):
            if not source.is_quoted(match.start()) and not in_name(source, match.start(), match.end()):
                yield match.start(), match.end(), other


def guarantee(source: Source, chance: random.Random) -> Iterator[Change]:
    """最高 becomes a promise."""
    del chance
    for match in re.finditer(r"最高(?=\**\d)", source.answer.conclusion):
        yield match.start(), match.end(), "保证能拿到"
    for match in re.finditer(r"(?:at most|up to)(?= \**RMB)", source.answer.conclusion):
        yield match.start(), match.end(), "guaranteed"
