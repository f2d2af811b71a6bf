"""Proves a reply: cuts it into statements and gives each claim a verdict. A pure function of draft and evidence; it knows no model.

>>> [s.ok for s in verify("秦皇岛1210业务：最高200万元。", evidence)]      # doctest: +SKIP
[False]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.glossary.places import PlaceMention
from assistant.verification.extent import check_extent
from assistant.verification.figures import Figure
from assistant.verification.forms import plain_text, tokens
from assistant.verification.models import Evidence, Statement, Verdict
from assistant.verification.naming import check_dates, check_labels, check_modes, check_places, check_versions
from assistant.verification.polarity import check_polarity, check_support
from assistant.verification.proof import Around, Prover
from assistant.verification.quoting import MASK, Quotes
from assistant.verification.reading import read_once
from assistant.verification.reasons import flawed, proven
from assistant.verification.roles import check_bodies
from assistant.verification.scope import Mark, Scope, label_marks, place_marks, rule_marks, scope_at, version_marks
from assistant.verification.standing import check_standing, unsaid
from assistant.verification.statements import Cut, cut, quotations, segments, titles
from assistant.verification.sums import EQUALS, sums
from assistant.verification.words import WORDS

_ITEM = re.compile(r"\s*(\d{1,3})[.、．]\s")
_MASKED = re.compile(f"{MASK}+")
_WORD = re.compile(r"\w")
_ONE = re.compile(r"一[项种类档]")
_LOCAL = 6.0
"""Words around a figure that tell less than this need those of the rest of the sentence."""
_NEAR_TITLE = 8
_KEPT = 2
"""Statements back whose words may tell what a short one is about."""


def verify(draft: str, evidence: Evidence) -> tuple[Statement, ...]:
    """The statements of a draft in order, each with the verdicts on its claims.

    Args:
        draft: A reply in Chinese or English, plain or Markdown.
        evidence: All that it may rest on; see `gather.evidence_for`.
    """
    check = _Check.of(evidence)
    pieces = cut(draft)
    check.work_out(pieces)
    statements = [Statement(piece.text, piece.start, piece.end, tuple(check.statement(piece))) for piece in pieces]
    return tuple(check.add_unsaid(draft, statements))


@dataclass
class _Check:
    """One run over one draft: what was named so far, and the documents it rested on."""

    prover: Prover
    quotes: Quotes
    carried: Scope = field(default_factory=Scope)
    before: list[str] = field(default_factory=list)
    """The statements so far, in plain words."""
    resting: dict[str, int] = field(default_factory=dict)
    """Document -> number of the first statement that rests on it."""
    number: int = 0
    line: int = -1
    items: int = 0
    """The highest number of a numbered list in the draft."""

    @staticmethod
    def of(evidence: Evidence) -> _Check:
        prover = Prover.of(evidence)
        return _Check(prover, Quotes.of(prover))

    def work_out(self, pieces: list[Cut]) -> None:
        """Take the results of the draft's arithmetic, and how long its list is: conclusions stand before what they rest on."""
        self.items = max((int(match[1]) for piece in pieces if (match := _ITEM.match(piece.text))), default=0)
        for working in self.prover.evidence.workings:
            self.prover.take_working(read_once(plain_text(working)))
        for piece in pieces:
            if not EQUALS.search(piece.text):
                continue
            plain = plain_text(piece.text)
            if not EQUALS.search(self.quotes.mask_known(plain)):
                continue  # its results are those of the calculations
            for found in sums(plain, read_once(plain).figures):
                if found.holds:
                    self.prover.take(found)

    def statement(self, piece: Cut) -> list[Verdict]:
        """The verdicts on one statement."""
        plain = plain_text(piece.text)
        corpus, quotes = self.prover.corpus, self.quotes
        if piece.line != self.line:
            # A new line may speak of any article and rule of the document: only the document is carried on.
            self.carried, self.line = Scope(self.carried.policies), piece.line
        known = quotes.mask_known(plain)
        named = rule_marks(plain, self.prover.evidence.rules)
        if not known.strip(f"{MASK} -*|>。."):
            titled = quotes.titles(plain, [], known)[1]
            return self._end(titled, plain, [proven(piece.text, "known")])
        mentions = corpus.places.find(_without_quotations(plain), misspelt=False)
        places = place_marks(corpus, mentions)
        verdicts, titled, masked = quotes.titles(plain, places, known)
        labels = label_marks(_without(masked, named))
        marks = _narrowed(sorted([*named, *places, *titled, *labels], key=lambda mark: (mark.start, -mark.end)))
        scope = scope_at(len(plain), marks, self.carried)
        found, quoted = quotes.check(plain, marks, self.carried, known)
        verdicts += found
        masked = _overlaid(masked, quoted)
        if verdict := quotes.verbatim(_without(masked, labels), scope):
            self._rest_on(scope, [verdict])
            return self._end(marks, plain, [*verdicts, verdict])
        if not _WORD.search(_without(masked, [*places, *labels, *named])):  # a place, a title, an article, and its words
            verdicts += self._names(plain, mentions, marks)
            self._rest_on(scope, verdicts)
            return self._end(marks, plain, verdicts)
        verdicts += quotes.misplaced(plain, scope)
        topics = _without(masked, [*places, *(mark for mark in marks if mark.policies)])
        masked = _without(_overlaid(masked, known), named)
        found, masked = quotes.numbers(masked, scope)
        verdicts += found
        reading = read_once(masked)
        years = [(day.start, day.end, day.first.year) for day in reading.dates]
        marks = sorted([*marks, *version_marks(corpus, masked, years, marks)], key=lambda mark: mark.start)
        open_labels = [mark for mark in marks if not mark.label or MASK not in masked[mark.start : mark.end]]
        verdicts += self._names(plain, [m for m in mentions if MASK not in masked[m.start : m.end]], open_labels)
        verdicts += check_dates(self.prover, quotes, masked, reading.dates, marks, self.carried)
        verdicts += check_modes(self.prover, masked, marks, self.carried)
        verdicts += check_bodies(self.prover, masked, plain, marks, self.carried)
        verdicts += check_versions(self.prover, plain, marks)
        verdicts += self._figures(topics, masked, reading.figures, marks)
        verdicts += check_standing(self.prover, masked, marks, self.carried)
        verdicts += check_polarity(self.prover, quotes, plain, masked, scope)
        verdicts += check_extent(self.prover, _without(_overlaid(plain, known), named), reading.figures, scope)
        self._rest_on(scope, verdicts if named or found or titled else [])
        if not named and all(verdict.words[:1] in "《（" or not verdict.ok for verdict in verdicts):
            verdicts += check_support(self.prover, quotes, masked, reading.tokens)
        if piece.quoted and not verdicts and len(reading.compact) > 16 and MASK not in masked:
            verdicts.append(flawed("quotation", piece.text))
        return self._end(marks, plain, verdicts)

    def _names(self, plain: str, mentions: list[PlaceMention], marks: list[Mark]) -> list[Verdict]:
        """Verdicts on places and articles."""
        return [*check_places(self.prover, self.quotes, plain, mentions), *check_labels(self.prover, marks, self.carried, plain)]

    def _rest_on(self, scope: Scope, verdicts: list[Verdict]) -> None:
        """The draft rests on the document of a statement in which something was proven."""
        if len(scope.policies) == 1 and any(verdict.ok for verdict in verdicts):
            self.resting.setdefault(scope.policies[0], self.number)

    def _figures(self, topics: str, masked: str, figures: tuple[Figure, ...], marks: list[Mark]) -> list[Verdict]:
        equations = sums(masked, figures)
        results = {id(equation.result): equation for equation in equations}
        parts = {id(part) for equation in equations for part in equation.parts}
        verdicts = [flawed("sum", equation.words) for equation in equations if not equation.holds]
        for start, end in segments(masked):
            inside = self._no_names(masked, [figure for figure in figures if start <= figure.start < end])
            if not inside:
                continue
            whole = tokens(topics[start:end])
            here, carried = [mark for mark in marks if start <= mark.start < end], self._carried_to(start, marks)
            for number, figure in enumerate(inside):
                if id(figure) in results:
                    if figure.approximate:
                        verdicts.append(flawed("approximate", figure.text))
                    elif results[id(figure)].holds:
                        verdicts.append(proven(figure.text, f"calculation: {results[id(figure)].words}"))
                    continue
                left = inside[number - 1].end if number else start
                scope = scope_at(figure.start, here, carried)
                local = tokens(topics[left : figure.start] + " " + _rest(topics, figure.end, end))
                words = local if self.prover.telling.weight(local) >= _LOCAL else whole
                if counted := self._counted(masked, figure, marks):
                    verdicts.append(counted)
                    continue
                around = Around(words, whole, self.before[-_KEPT:])
                verdicts.append(self.prover.figure(figure, topics, scope, around, in_sum=id(figure) in parts))
                if len(scope.policies) == 1:
                    self.resting.setdefault(scope.policies[0], self.number)
        return verdicts

    def _no_names(self, masked: str, figures: list[Figure]) -> list[Figure]:
        """Without 一项, that counts nothing, and the code of a business mode where it stands beside no figure: then it is a name."""
        kept = [figure for figure in figures if not (figure.value == 1 and _ONE.fullmatch(figure.text))]
        modes = {match.start() for match in self.prover.corpus.modes.finditer(masked)} if any(not f.unit for f in kept) else set()
        return [] if modes and all(figure.start in modes for figure in kept) else kept

    def _counted(self, masked: str, figure: Figure, marks: list[Mark]) -> Verdict | None:
        """共3项：…: as many as are listed behind it, or below."""
        if figure.unit != "item" or not WORDS["counts"].search(masked[: figure.start]):
            return None
        behind = [mark for mark in marks if mark.start > figure.end]
        listed = [sum(bool(mark.rules) for mark in behind), sum(bool(mark.label) for mark in behind), self.items]
        if not any(listed):
            return None
        return proven(figure.text, "list") if figure.value in listed else flawed("count", figure.text)

    def _carried_to(self, start: int, marks: list[Mark]) -> Scope:
        scope = self.carried
        for mark in marks:
            if mark.start < start:
                scope = scope.about(mark)
        return scope

    def _end(self, marks: list[Mark], plain: str, verdicts: list[Verdict]) -> list[Verdict]:
        """Remember what was named, for the next statement."""
        for mark in marks:
            self.carried = self.carried.about(mark)
        self.before.append(plain)
        self.number += 1
        return verdicts

    def add_unsaid(self, draft: str, statements: list[Statement]) -> list[Statement]:
        """A draft or an expired document that is nowhere said to be one is a flaw of the first statement that rests on it."""
        for policy, verdict in unsaid(self.prover, draft, self.resting).items():
            number = self.resting[policy]
            statements[number] = replace(statements[number], verdicts=(*statements[number].verdicts, verdict))
        return statements


def _without_quotations(plain: str) -> str:
    """Places in quotations and titles are words of the document."""
    for start, end in (*quotations(plain), *titles(plain)):
        plain = plain[:start] + MASK * (end - start) + plain[end:]
    return plain


def _overlaid(text: str, other: str) -> str:
    """What is masked in either is masked."""
    if MASK not in other:
        return text
    for match in _MASKED.finditer(other):
        text = text[: match.start()] + match.group() + text[match.end() :]
    return text


def _without(text: str, marks: list[Mark]) -> str:
    for mark in marks:
        text = text[: mark.start] + MASK * (mark.end - mark.start) + text[mark.end :]
    return text


def _narrowed(marks: list[Mark]) -> list[Mark]:
    """连云港《…（2024）》: the place before the title is that document's."""
    kept = []
    for number, mark in enumerate(marks):
        following = marks[number + 1] if number + 1 < len(marks) else None
        titled = following and following.words == "《" and following.start - mark.end <= _NEAR_TITLE
        if following and titled and set(following.policies) & set(mark.policies):
            continue
        kept.append(mark)
    return kept


def _rest(plain: str, end: int, stop: int) -> str:
    """The words behind a figure, up to the next sign."""
    position = end
    while position < stop and plain[position] not in "，。；、,;：（）()|":
        position += 1
    return plain[end:position]
