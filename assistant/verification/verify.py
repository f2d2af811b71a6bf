"""Proves a reply: cuts it into statements and gives each claim a verdict. A pure function of draft and evidence; it knows no model.

>>> [s.ok for s in verify("秦皇岛1210业务：最高200万元。", evidence)]      # doctest: +SKIP
[False]
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from assistant.verification.models import Evidence, Statement, Verdict
from assistant.verification.naming import check_bodies, check_dates, check_labels, check_modes, check_places
from assistant.verification.polarity import check_polarity, check_support
from assistant.verification.proof import Prover
from assistant.verification.quoting import MASK, Quotes
from assistant.verification.reading import Figure, plain_text, read_once, tokens
from assistant.verification.reasons import flawed, proven
from assistant.verification.scope import Mark, Scope, label_marks, place_marks, rule_marks, scope_at, version_marks
from assistant.verification.standing import check_standing, unsaid
from assistant.verification.statements import Cut, cut, segments
from assistant.verification.sums import sums

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
    carried: Scope = Scope()
    context: list[frozenset[str]] = field(default_factory=list)
    resting: dict[str, int] = field(default_factory=dict)
    """Document -> number of the first statement that rests on it."""
    number: int = 0

    @staticmethod
    def of(evidence: Evidence) -> _Check:
        prover = Prover.of(evidence)
        return _Check(prover, Quotes.of(prover))

    def work_out(self, pieces: list[Cut]) -> None:
        """Take the results of the draft's arithmetic whose parts are proven: conclusions stand before their sums."""
        for piece in pieces:
            if not any(sign in piece.text for sign in "=＝等e"):
                continue
            plain = plain_text(piece.text)
            for found in sums(plain, read_once(plain).figures):
                if found.holds:
                    self.prover.take(found)

    def statement(self, piece: Cut) -> list[Verdict]:
        """The verdicts on one statement."""
        plain = plain_text(piece.text)
        corpus, evidence = self.prover.corpus, self.prover.evidence
        named = rule_marks(plain, evidence.rules)
        verdicts, marks, masked = [], list(named), plain
        mentions = corpus.places.find(plain) if _may_name_a_place(plain) else []
        places = place_marks(corpus, [m for m in mentions if not _inside_quotation(plain, m.start)])
        found, titled, masked = self.quotes.titles(masked, places)
        verdicts += found
        marks = sorted([*marks, *places, *titled, *label_marks(_without(masked, named))], key=lambda mark: (mark.start, -mark.end))
        marks = _narrowed(marks)
        scope = scope_at(len(plain), marks, self.carried)
        found, masked = self.quotes.check(masked, marks, self.carried)
        verdicts += found
        source = self.quotes.verbatim(masked, replace(scope, label=""))
        if source:
            verdicts.append(proven(piece.text, source))
            self._end(marks, plain, source)
            return verdicts
        masked = self.quotes.mask_known(_without(masked, named))
        found, masked = self.quotes.numbers(masked, scope)
        verdicts += found
        reading = read_once(masked)
        years = [(day.start, day.end, day.first.year) for day in reading.dates]
        marks = sorted([*marks, *version_marks(corpus, masked, years, marks)], key=lambda mark: mark.start)
        outside = [m for m in mentions if MASK not in masked[m.start : m.end] and not _inside_quotation(plain, m.start)]
        verdicts += check_places(self.prover, self.quotes, plain, outside)
        verdicts += check_labels(self.prover, [m for m in marks if MASK not in masked[m.start : m.end] or m.rule or m.policies], self.carried, plain)
        verdicts += check_dates(self.prover, self.quotes, masked, reading.dates, marks, self.carried)
        verdicts += check_modes(self.prover, masked, marks, self.carried)
        verdicts += check_bodies(self.prover, masked, marks, self.carried)
        verdicts += self._figures(plain, masked, reading.figures, marks)
        verdicts += check_standing(self.prover, masked, scope)
        verdicts += check_polarity(self.prover, self.quotes, plain, masked, scope)
        if not any(not verdict.ok for verdict in verdicts):
            verdicts += check_support(self.prover, masked, reading.tokens, reading)
        if piece.quoted and not verdicts and len(reading.compact) > 16 and MASK not in masked:
            verdicts.append(flawed("quotation", piece.text))
        self._end(marks, plain, "")
        return verdicts

    def _figures(self, plain: str, masked: str, figures: tuple[Figure, ...], marks: list[Mark]) -> list[Verdict]:
        verdicts = []
        equations = sums(masked, figures)
        results = {id(equation.result): equation for equation in equations}
        for equation in equations:
            if not equation.holds:
                verdicts.append(flawed("sum", equation.words))
        for start, end in segments(masked):
            inside = [figure for figure in figures if start <= figure.start < end]
            for number, figure in enumerate(inside):
                if id(figure) in results:
                    if results[id(figure)].holds:
                        verdicts.append(proven(figure.text, f"calculation: {results[id(figure)].words}"))
                    continue
                left = inside[number - 1].end if number else start
                scope = scope_at(figure.start, [m for m in marks if start <= m.start < end], self._carried_to(start, marks))
                local = tokens(_without_names(plain[left : figure.start] + " " + _rest(plain, figure.end, end), marks))
                whole = tokens(plain[start:end])
                words = local if self.prover.telling.weight(local) >= 6 else whole
                context = frozenset[str]().union(*self.context[-_KEPT:], whole)
                verdict = self.prover.figure(figure, masked, scope, words, context)
                verdicts.append(verdict)
                for policy in scope.policies if len(scope.policies) == 1 else _policies_of(verdict):
                    self.resting.setdefault(policy, self.number)
        return verdicts

    def _carried_to(self, start: int, marks: list[Mark]) -> Scope:
        scope = self.carried
        for mark in marks:
            if mark.start < start:
                scope = scope.about(mark)
        return scope

    def _end(self, marks: list[Mark], plain: str, source: str) -> None:
        """Remember what was named, for the next statement."""
        del source
        for mark in marks:
            self.carried = self.carried.about(mark)
        # What follows may speak of any article and rule of the document: only the document is carried on.
        self.carried = Scope(self.carried.policies)
        self.context.append(tokens(plain))
        self.number += 1

    def add_unsaid(self, draft: str, statements: list[Statement]) -> list[Statement]:
        """A draft or an expired document that is nowhere said to be one is a flaw of the first statement that rests on it."""
        for policy, verdict in unsaid(self.prover, draft, self.resting).items():
            number = self.resting[policy]
            statements[number] = replace(statements[number], verdicts=(*statements[number].verdicts, verdict))
        return statements


def _may_name_a_place(plain: str) -> bool:
    return bool(plain.strip(" -*|"))


def _inside_quotation(plain: str, position: int) -> bool:
    return plain.count("“", 0, position) > plain.count("”", 0, position) or plain.count("《", 0, position) > plain.count("》", 0, position)


def _without(text: str, marks: list[Mark]) -> str:
    for mark in marks:
        text = text[: mark.start] + MASK * (mark.end - mark.start) + text[mark.end :]
    return text


def _without_names(text: str, marks: list[Mark]) -> str:
    for mark in marks:
        if mark.policies and len(mark.words) > 1:
            text = text.replace(mark.words, " ")
    return text


def _narrowed(marks: list[Mark]) -> list[Mark]:
    """连云港《…（2024）》: the place before the title is that document's."""
    kept = []
    for number, mark in enumerate(marks):
        following = marks[number + 1] if number + 1 < len(marks) else None
        if following and mark.policies and following.policies and following.words == "《" and following.start - mark.end <= 8:
            if set(following.policies) & set(mark.policies):
                continue
        kept.append(mark)
    return kept


def _rest(plain: str, end: int, stop: int) -> str:
    """The words behind a figure, up to the next sign."""
    position = end
    while position < stop and plain[position] not in "，。；、,;：（）()|":
        position += 1
    return plain[end:position]


def _policies_of(verdict: Verdict) -> list[str]:
    return []
