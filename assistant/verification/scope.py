"""Which documents, articles and rules a statement is about: what it names, else what was named before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.glossary.places import PlaceMention, Relation, Role
from assistant.knowledge import RuleEntry
from assistant.verification.corpus import Corpus
from assistant.verification.reading import plain_text
from assistant.verification.words import WORDS

_NUMERALS = "一二三四五六七八九十"
_LABEL = re.compile(
    rf"(?P<path>[{_NUMERALS}]{{1,2}}[（(][{_NUMERALS}]{{1,3}}[）)]\d{{0,2}}|(?<![{_NUMERALS}])[{_NUMERALS}]\d{{1,2}}(?![\d年月日万亿个家]))"
    rf"|第?[（(](?P<round>[{_NUMERALS}]{{1,3}})[）)]"
    rf"|第(?P<ordinal>[{_NUMERALS}]{{1,3}}|\d{{1,2}})条"
    rf"|\b(?:article|art\.|section|item)s? [（(]?(?P<english>\d{{1,2}}|[{_NUMERALS}]{{1,3}}(?![{_NUMERALS}（(]))[）)]?",
    re.IGNORECASE,
)


class Mark(NamedTuple):
    """Something named at a place of the statement."""

    start: int
    end: int
    policies: tuple[str, ...] = ()
    label: str = ""
    rules: frozenset[tuple[str, str]] = frozenset()
    """Rules of one name: documents of several places may call theirs alike."""
    words: str = ""


class Scope(NamedTuple):
    """What a statement, or a figure of it, is about. Empty: nothing was named."""

    policies: tuple[str, ...] = ()
    label: str = ""
    rules: frozenset[tuple[str, str]] = frozenset()

    def about(self, mark: Mark) -> Scope:
        """The scope after a mark: another document ends what was said of articles and rules."""
        scope = self
        if mark.policies and mark.policies != scope.policies and set(mark.policies) != set(scope.policies):
            narrowed = tuple(policy for policy in mark.policies if policy in scope.policies)
            # 连云港 after 《…（2024）》 is still that document.
            same_place = narrowed and len(narrowed) < len(mark.policies) and not mark.words.startswith("《")
            scope = scope if same_place else Scope(mark.policies)
        if mark.label and (mark.label != scope.label or scope.rules):
            scope = Scope(scope.policies, mark.label)
        if mark.rules:
            label = "" if scope.rules else scope.label
            scope = scope.of_rules(mark)
            scope = scope if scope.label == label else Scope(scope.policies, label, scope.rules)
        return scope

    def of_rules(self, mark: Mark) -> Scope:
        """The scope with the rules of a mark, those of its documents where it has some."""
        rules = frozenset(key for key in mark.rules if key[0] in self.policies) or mark.rules
        policies = self.policies or tuple(dict.fromkeys(policy for policy, _ in rules))
        return Scope(policies, self.label, rules)


def place_marks(corpus: Corpus, mentions: Iterable[PlaceMention]) -> list[Mark]:
    """Marks of the places for which there are documents."""
    kept = (Relation.EXACT, Relation.PART)
    return [
        Mark(mention.start, mention.end, tuple(p for p in mention.policies if p in corpus.by_id), words=mention.text)
        for mention in mentions
        if mention.relation in kept and mention.policies and mention.role_hint is not Role.EVENT
    ]


def label_marks(text: str) -> list[Mark]:
    """Marks of the articles named."""
    marks = []
    for match in _LABEL.finditer(text):
        number = match["ordinal"] or match["english"]
        label = match["path"] or match["round"] or (chinese_numeral(int(number)) if number.isdigit() else number)
        marks.append(Mark(match.start(), match.end(), label=label.replace("(", "（").replace(")", "）"), words=match.group()))
    return marks


def rule_marks(text: str, rules: Sequence[RuleEntry]) -> list[Mark]:
    """Marks of the rules named by their labels; a label inside a longer one is none."""
    lowered = text.lower()
    spans: list[tuple[int, int, RuleEntry]] = []
    for entry in rules:
        for name in (entry.rule.label, entry.rule.label_en):
            words = _lowered(name)
            start = lowered.find(words) if len(words) > 3 else -1
            while start >= 0:
                spans.append((start, start + len(words), entry))
                start = lowered.find(words, start + 1)
    spans.sort(key=lambda span: (span[0] - span[1], span[0]))
    taken: dict[tuple[int, int], set[tuple[str, str]]] = {}
    for start, end, entry in spans:
        if all(end <= a or b <= start or (a, b) == (start, end) for a, b in taken):
            taken.setdefault((start, end), set()).add(entry.key)
    return [Mark(start, end, rules=frozenset(keys), words=text[start:end]) for (start, end), keys in sorted(taken.items())]


@lru_cache(maxsize=4096)
def _lowered(name: str) -> str:
    return plain_text(name).lower()


def version_marks(corpus: Corpus, text: str, years: Iterable[tuple[int, int, int]], marks: Sequence[Mark]) -> list[Mark]:
    """连云港2024年的意见: of the documents of a place, those of the year."""
    found = []
    for start, end, year in years:
        if not WORDS["versions"].match(text, end) or (text[end : end + 1] in "年" and not WORDS["versions"].match(text, end)):
            continue
        places = [mark for mark in marks if mark.policies and mark.end <= start + 12]
        policies = places[-1].policies if places else tuple(corpus.by_id)
        if chosen := corpus.versions(policies, year):
            found.append(Mark(start, end, chosen, words="《"))
    return found


def scope_at(position: int, marks: Sequence[Mark], carried: Scope) -> Scope:
    """What a figure at `position` is about: what was named last before it, else what is named after it."""
    before = [mark for mark in marks if mark.start <= position]
    scope = carried
    for mark in before:
        scope = scope.about(mark)
    if len(before) == len(marks):
        return scope
    no_document, no_label, no_rule = (not any(getattr(mark, kind) for mark in before) for kind in ("policies", "label", "rules"))
    for mark in marks:
        if mark.start <= position:
            continue
        if mark.policies and no_document:
            scope, no_document = scope.about(mark), False
        elif mark.label and no_label:
            # （依据（二）） behind the sentence says where the rule named in it stands.
            scope, no_label = Scope(scope.policies, mark.label, scope.rules), False
        elif mark.rules and no_rule:
            scope, no_rule = scope.of_rules(mark), False
    return scope


def chinese_numeral(number: int) -> str:
    """11 -> 十一, as articles are numbered.

    >>> chinese_numeral(21), chinese_numeral(10), chinese_numeral(4)
    ('二十一', '十', '四')
    """
    tens, ones = divmod(number, 10)
    digits = "零" + _NUMERALS
    return ("" if not tens else ("" if tens == 1 else digits[tens]) + "十") + (digits[ones] if ones else "")
