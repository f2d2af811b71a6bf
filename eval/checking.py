"""Judges one reply by value and evidence: every check with what it found and why it failed.

checks = judge(case, Reply.of(answer), corpus, on)
reasons = [check.reason for check in checks if not check.ok]

The checks of `expect` have its names. The others hold for every answer, because the documents say what must be true of it:
a quotation stands where it is cited (`quotations`), a ceiling is called one (`ceiling`), a draft or an expired document is
called that (`standing`), no other city is spoken of (`place`), no figure comes from nowhere (`figures`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from eval.corpus import Corpus, is_label
from eval.figures import COUNT, MONEY, Figure, figures, sentences, sentences_with, shorten, states, totals, without_marks
from eval.replies import Cited, Reply
from eval.schema import Case, Cite
from index.models import Article, Bound, Standing

_FEN = Decimal("0.01")
WORDS_FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    value: str
    """What was found."""
    reason: str
    """In words, why it fails; "" if it does not."""
    wanted: str = ""
    """What it takes to be ok, where the case says so."""

    def __post_init__(self) -> None:
        if self.ok:
            object.__setattr__(self, "reason", "")


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    data: dict[str, Any] = YAML(typ="safe").load(WORDS_FILE.read_text(encoding="utf-8"))
    return data


def _has(text: str, words: Iterable[str]) -> bool:
    lower = text.lower()
    return any(str(word).lower() in lower for word in words)


def judge(case: Case, reply: Reply, corpus: Corpus, on: date) -> list[Check]:
    """Every check of the case, in the order of the schema; the case passes when all are ok."""
    expect = case.expect
    also = {expect.behaviour, expect.behaviour_also} - {None}
    ok = reply.behaviour in also and not (reply.behaviour == "answer" and _has(reply.head, _words()["refusing"]))
    said = "a refusal in words" if reply.behaviour in also else reply.behaviour or "missing"
    wanted = " or ".join(sorted(map(str, also)))
    checks = [
        Check("not_empty", bool(reply.text.strip()), f"{len(reply.text)} characters", "the answer is empty"),
        Check("behaviour", ok, reply.behaviour or "none", f"behaviour is {said}, not {wanted}", wanted),
    ]
    if reply.behaviour == expect.behaviour:
        checks += [*_cites(case, reply), *_stated(case, reply)]
    if reply.behaviour == expect.behaviour or (reply.behaviour, expect.behaviour) == ("answer", "refuse"):
        checks += _said(case, reply)  # whoever may answer instead of refusing must still say that there is nothing
    checks += [*_not_cited(case, reply), *_not_stated(case, reply), *_not_said(case, reply), *_quotations(reply, corpus)]
    if reply.behaviour == expect.behaviour == "answer":
        checks += [*_ceilings(case, reply, corpus, on), *_standing(case, reply, corpus, on), *_place(case, reply, corpus)]
    if ok and reply.behaviour == "answer":
        checks += _figures(case, reply, corpus, on)
    return checks


# --- what the case expects ----------------------------------------------------------------------------------------------


def is_cited(cited: Iterable[Cited], wanted: Cite) -> bool:
    """Whether one of the citations is the wanted article."""
    return any(one.policy == wanted.doc and (wanted.article is None or is_label(one.article, wanted.article)) for one in cited)


def _cites(case: Case, reply: Reply) -> Iterator[Check]:
    value = "; ".join(map(str, reply.citations)) or "nothing"
    for wanted in case.expect.cite_all:
        yield Check("cite_all", is_cited(reply.citations, wanted), value, f"does not cite {wanted}", str(wanted))
    if case.expect.cite_any:
        any_of = " or ".join(map(str, case.expect.cite_any))
        ok = any(is_cited(reply.citations, wanted) for wanted in case.expect.cite_any)
        yield Check("cite_any", ok, value, f"does not cite {any_of}", any_of)


def _stated(case: Case, reply: Reply) -> Iterator[Check]:
    for name, wanted, text, verb in (
        ("numbers_conclusion", case.expect.numbers_conclusion, reply.head, "conclude"),
        ("numbers_all", case.expect.numbers_all, reply.text, "state"),
    ):
        found = figures(text)
        for words in wanted:
            yield Check(name, states(found, words), _list(found), f"does not {verb} {words}", words)


def _said(case: Case, reply: Reply) -> Iterator[Check]:
    for name, groups, text, verb in (
        ("text_any", case.expect.text_any, _plain(reply.evidence), "says"),
        ("text_conclusion", case.expect.text_conclusion, _plain(reply.head), "concludes"),
    ):
        for any_of in groups:
            found = [words for words in any_of if _plain(words) in text]
            yield Check(name, bool(found), ", ".join(found) or "none", f"{verb} none of {' / '.join(any_of)}", " / ".join(any_of))


def _plain(text: str) -> str:
    """Small letters, without the marks of Markdown: **秦皇岛**更高 says 秦皇岛更高."""
    return without_marks(text).lower()


def _not_cited(case: Case, reply: Reply) -> Iterator[Check]:
    documents = {cited.policy for cited in reply.citations}
    for unwanted in case.expect.cite_none_docs:
        yield Check(
            "cite_none_docs", unwanted not in documents, ", ".join(sorted(documents)) or "nothing", f"cites {unwanted}", f"not {unwanted}"
        )


def _not_stated(case: Case, reply: Reply) -> Iterator[Check]:
    expect = case.expect
    for words in expect.numbers_none:
        yield Check("numbers_none", not states(figures(reply.head), words), _list(figures(reply.head)), f"states {words}", f"not {words}")
    for words in expect.numbers_not_final:
        wanted = (*expect.numbers_conclusion, *expect.numbers_all)
        concluding = [line for line in sentences_with(reply.conclusion, words) if not _is_set_aside(line, wanted)]
        yield Check("numbers_not_final", not concluding, _short(concluding), f"concludes with {words}", f"not {words}")


def _is_set_aside(sentence: str, wanted: Sequence[str]) -> bool:
    """Whether the sentence denies its figure, or cuts it down to a right one."""
    if _has(sentence, _words()["negation"]):
        return True
    return _has(sentence, _words()["cut"]) and any(states(figures(sentence), words) for words in wanted)


def _not_said(case: Case, reply: Reply) -> Iterator[Check]:
    for words in case.expect.text_none:
        there = _plain(words) in _plain(reply.text)
        yield Check("text_none", not there, words if there else "not said", f"says {words}", f"not {words}")


# --- what the documents demand of every answer --------------------------------------------------------------------------


def _quotations(reply: Reply, corpus: Corpus) -> Iterator[Check]:
    quoted = [cited for cited in reply.citations if cited.quote.strip() and cited.policy in corpus.policies]
    wrong = [cited for cited in quoted if not corpus.is_quoted(cited.policy, cited.article, cited.quote)]
    if quoted:
        reason = (
            "; ".join(f"“{cited.quote[:40]}” does not stand in {cited}" for cited in wrong) or "each quotation stands where it is cited"
        )
        yield Check("quotations", not wrong, f"{len(quoted) - len(wrong)} of {len(quoted)} stand there", reason)


@dataclass(frozen=True)
class _Sums:
    """What an article, and the figures of a question, make of a sum: a ceiling, or something owed."""

    written: tuple[Figure, ...]
    said: frozenset[Decimal]
    draft: bool

    @classmethod
    def of(cls, case: Case, articles: Iterable[Article], corpus: Corpus, on: date) -> _Sums:
        """From the articles that an answer rests on."""
        found = tuple(articles)
        draft = any(corpus.policies[article.policy_id].standing(on) is Standing.DRAFT for article in found)
        said = frozenset(figure.value for turn in case.turns for figure in figures(turn))
        return cls(tuple(figure for article in found for figure in _written(article.text)), said, draft)

    def is_ceiling(self, wanted: Figure) -> bool:
        """Whether the sum may only be called a ceiling.

        A sum that is written is one if it is written as one each time, unless an exact rate (给予2%) gives just that. A sum that
        is worked out is one if the rate that gives it is (不超过30%), or each rate of the articles, or if the document is a draft.
        """
        rates = [figure for figure in self.written if figure.unit == "ratio"]
        giving = [rate for rate in rates if any(value * rate.value == wanted.value for value in self.said)]
        if any(rate.bound is not Bound.AT_MOST for rate in giving):
            return self.draft
        same = [figure for figure in self.written if figure.is_same(wanted)]
        if same:
            return all(figure.bound is Bound.AT_MOST for figure in same)
        return self.draft or bool(giving) or (bool(rates) and all(rate.bound is Bound.AT_MOST for rate in rates))


@lru_cache(maxsize=1024)
def _written(text: str) -> tuple[Figure, ...]:
    """The figures of an article; those that its words call a limit (限值为人民币5000元) as ceilings."""
    limits = {figure.value for clause in re.split("[，,。；;]", text) if _has(clause, _words()["limit"]) for figure in figures(clause)}
    return tuple(replace(figure, bound=Bound.AT_MOST) if figure.value in limits else figure for figure in figures(text))


def ceilings_of(case: Case, corpus: Corpus, on: date) -> list[str]:
    """The expected sums that must be called ceilings: those the case names, and those that follow from the right articles."""
    expect = case.expect
    sums = _Sums.of(case, (article for cite in expect.cites if cite.article for article in corpus.find(cite.doc, cite.article)), corpus, on)
    found = list(expect.ceilings)
    for words in (*expect.numbers_conclusion, *expect.numbers_all):
        if any(figure.unit in MONEY and sums.is_ceiling(figure) for figure in figures(words)):
            found.append(words)
    return list(dict.fromkeys(found))


def _ceilings(case: Case, reply: Reply, corpus: Corpus, on: date) -> Iterator[Check]:
    wanted = ceilings_of(case, corpus, on)
    for words in wanted:
        stating = sentences_with(reply.head, words)
        promising = [sentence for sentence in stating if not _is_called_ceiling(sentence, words)]
        if stating:
            yield Check("ceiling", not promising, _short(stating), f"promises {words}, which is a ceiling: {_short(promising)}", words)
    for part in re.split(r"[；;。\n]", reply.head):
        cited = {one.article for one in reply.citations if one.article and one.article in part}
        cited = {label for label in cited if not any(label != other and label in other for other in cited)}
        if len(cited) == 1:
            yield from _ceilings_beside(part, cited.pop(), case, reply, corpus, on, wanted)


def _ceilings_beside(part: str, label: str, case: Case, reply: Reply, corpus: Corpus, on: date, judged: Sequence[str]) -> Iterator[Check]:
    """The sums of a part of the answer that names one article it cites; those judged already are left out."""
    articles = [article for one in reply.citations if one.article == label for article in corpus.find(one.policy, label)]
    sums = _Sums.of(case, articles, corpus, on)
    expected = {figure.value for words in (*case.expect.numbers_conclusion, *case.expect.numbers_all) for figure in figures(words)}
    quoted = sums.said - expected  # what the user brought up may be repeated
    done = {figure.value for words in judged for figure in figures(words)}
    given = [figure for figure in figures(part) if figure.unit in MONEY and figure.value not in quoted | done]
    for figure in given:
        if any(figure.is_same(same) for same in sums.written) and sums.is_ceiling(figure):
            reason = f"promises {figure.text}, which {label} calls a ceiling: {shorten(part)}"
            yield Check("ceiling", _is_called_ceiling(part, figure.text), shorten(part), reason, figure.text)


def _is_called_ceiling(sentence: str, words: str) -> bool:
    wanted = figures(words)
    stated = [figure for figure in figures(sentence) if any(figure.is_same(want) for want in wanted)]
    if any(figure.bound in (Bound.AT_MOST, Bound.LESS_THAN) for figure in stated):
        return True
    return any(_has(sentence, _words()[kind]) for kind in ("ceiling", "needed"))


def _standing(case: Case, reply: Reply, corpus: Corpus, on: date) -> Iterator[Check]:
    for document in case.expect.documents:
        policy = corpus.policies.get(document)
        if policy is None or not any(cited.policy == document for cited in reply.citations):
            continue
        standing = policy.standing(on)
        words = _words()["standing"].get(standing.value)
        if words:
            said, wanted = _has(reply.text, words), _STANDING[standing]
            yield Check("standing", said, "said" if said else "not said", f"does not say that {document} is {wanted}", wanted)


_STANDING = {
    Standing.DRAFT: "a draft",
    Standing.NOT_YET: "not in force yet",
    Standing.EXPIRED: "expired",
    Standing.PLAN_OVER: "a plan whose period is over",
}


def _place(case: Case, reply: Reply, corpus: Corpus) -> Iterator[Check]:
    """Of another city nothing is said, unless the question or the document itself names it.

    A question that names no place may bring any; then the places that the right documents are of must be among them.
    """
    documents = [policy for name in case.expect.documents if (policy := corpus.policies.get(name))]
    if not documents:
        return
    asked = {mention.name for mention in corpus.places("\n".join(case.turns))}
    named = [mention for mention in corpus.places(reply.text) if mention.kind in ("province", "city")]
    if not asked:
        spoken = {policy for mention in named for policy in mention.policies}
        groups = [[cite.doc] for cite in case.expect.cite_all] + [[cite.doc for cite in case.expect.cite_any]] * bool(case.expect.cite_any)
        lacking = [group[0] for group in groups if spoken and not spoken.intersection(group)]
        reason = f"speaks of another city than the one of {', '.join(dict.fromkeys(lacking))}" if lacking else "speaks of the right city"
        yield Check("place", not lacking, ", ".join(sorted({mention.name for mention in named})) or "no city", reason)
        return
    places = {policy.place for policy in documents}
    own = [policy for policy in corpus.policies.values() if policy.place in places]
    known = "\n".join([*case.turns, *(policy.text + policy.title for policy in own)])
    ids = {policy.id for policy in own}
    others = {mention.name for mention in named if not ids.intersection(mention.policies) and mention.text not in known} - asked
    reason = f"speaks of {', '.join(sorted(others))}, which nobody asked about" if others else "speaks of no other city"
    yield Check("place", not others, ", ".join(sorted(others)) or "no other city", reason)


def _figures(case: Case, reply: Reply, corpus: Corpus, on: date) -> Iterator[Check]:
    """The figures of the conclusion stand in a cited article, in the question, or in what is expected, or were worked out."""
    expect = case.expect
    concluded = [figure for figure in figures(reply.head) if figure.unit not in ("", COUNT)]
    cited = [article.text for one in reply.citations for article in corpus.find(one.policy, one.article)]
    about = [
        "；".join(
            [policy.title, policy.document_number, *(str(day.value) for day in (policy.issued, policy.effective_from, policy.effective_to))]
        )
        for policy in corpus.policies.values()
    ]
    given = (*expect.numbers_all, *expect.numbers_conclusion, *expect.numbers_not_final, *expect.ceilings)
    words = (w for any_of in expect.text_any for w in any_of)
    proofs = [*case.turns, *given, *words, *cited, *about, reply.workings, on.isoformat()]
    proofs += [figure for figure, meaning in _words()["means"].items() if any(_has(text, meaning) for text in proofs)]
    proven = [figure for text in proofs for figure in figures(text)]
    proven += totals(reply.text, proven)
    wrong = [
        figure.text
        for figure in concluded
        if not _is_proven(figure, proven) and not _is_gap(figure, case, cited) and not _is_needed(figure, case, cited)
    ]
    reason = (
        f"concludes {', '.join(dict.fromkeys(wrong))}: in no cited article, not asked, not worked out"
        if wrong
        else "every figure is proven"
    )
    yield Check("figures", not wrong, _list(concluded), reason)


def _is_proven(figure: Figure, proven: Sequence[Figure]) -> bool:
    return any(figure.value == other.value and (figure.unit == other.unit or not other.unit) for other in proven)


def _is_gap(figure: Figure, case: Case, cited: Sequence[str]) -> bool:
    """Whether it is how far a figure of the question is from one of the article: 差1平方米. Of money, workings are wanted."""
    if figure.unit in MONEY:
        return False
    said = [one for turn in case.turns for one in figures(turn) if one.unit == figure.unit]
    limits = [one for text in cited for one in figures(text) if one.unit == figure.unit]
    return any(abs(one.value - limit.value) == figure.value for one in said for limit in limits)


def _is_needed(figure: Figure, case: Case, cited: Sequence[str]) -> bool:
    """Whether it is what a rate of an article makes into a sum of it, or of the question: 5000万元, for 100万元 at 2%."""
    written = [one for text in cited for one in figures(text)]
    sums = [one for one in (*written, *(one for turn in case.turns for one in figures(turn))) if one.unit == figure.unit in MONEY]
    rates = [one.value for one in written if one.unit == "ratio" and one.value]
    return any(abs(one.value / rate - figure.value) <= _FEN for one in sums for rate in rates)


def _list(found: Iterable[Figure]) -> str:
    return ", ".join(dict.fromkeys(figure.text for figure in found)) or "none"


def _short(lines: Sequence[str]) -> str:
    return " | ".join(shorten(line) for line in lines[:2]) or "none"


def failures(checks: Iterable[Check]) -> list[str]:
    """The reasons of the checks that failed."""
    return [check.reason for check in checks if not check.ok]


__all__ = ["Check", "ceilings_of", "failures", "is_cited", "judge", "sentences"]
