"""Judges one reply by value and evidence: every check with what it found and why it failed.

checks = judge(case, Reply.of(answer), corpus, on)
reasons = [check.reason for check in checks if not check.ok]

The checks of `expect` have its names. The others hold for every answer, because the documents say what must be true of it:
a quotation stands where it is cited (`quotations`), a ceiling is called one (`ceiling`), a draft or an expired document is
called that (`standing`), no other city is spoken of (`place`), no figure comes from nowhere (`figures`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from eval.corpus import Corpus, is_label
from eval.figures import COUNT, MONEY, Figure, figures, sentences, sentences_with, states
from eval.replies import Cited, Reply
from eval.schema import Case, Cite
from index.models import Bound, Standing

WORDS_FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    value: str
    """What was found."""
    reason: str
    """In words, why it fails; what was wanted, if it does not."""


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
    ok = reply.behaviour in also
    checks = [
        Check("not_empty", bool(reply.text.strip()), f"{len(reply.text)} characters", "the answer is empty"),
        Check(
            "behaviour",
            ok,
            reply.behaviour or "none",
            f"behaviour is {reply.behaviour or 'missing'}, not {' or '.join(sorted(map(str, also)))}",
        ),
    ]
    if reply.behaviour == expect.behaviour:
        checks += [*_cites(case, reply), *_stated(case, reply), *_said(case, reply)]
    checks += [*_not_cited(case, reply), *_not_stated(case, reply), *_not_said(case, reply), *_quotations(reply, corpus)]
    if reply.behaviour == expect.behaviour == "answer":
        checks += [*_ceilings(case, reply, corpus), *_standing(case, reply, corpus, on), *_place(case, reply, corpus)]
        checks += _figures(case, reply, corpus, on)
    return checks


# --- what the case expects ----------------------------------------------------------------------------------------------


def is_cited(cited: Iterable[Cited], wanted: Cite) -> bool:
    """Whether one of the citations is the wanted article."""
    return any(one.policy == wanted.doc and (wanted.article is None or is_label(one.article, wanted.article)) for one in cited)


def _cites(case: Case, reply: Reply) -> Iterator[Check]:
    value = "; ".join(map(str, reply.citations)) or "nothing"
    for wanted in case.expect.cite_all:
        yield Check("cite_all", is_cited(reply.citations, wanted), value, f"does not cite {wanted}")
    if case.expect.cite_any:
        any_of = " or ".join(map(str, case.expect.cite_any))
        yield Check("cite_any", any(is_cited(reply.citations, wanted) for wanted in case.expect.cite_any), value, f"does not cite {any_of}")


def _stated(case: Case, reply: Reply) -> Iterator[Check]:
    for name, wanted, text, verb in (
        ("numbers_conclusion", case.expect.numbers_conclusion, reply.head, "conclude"),
        ("numbers_all", case.expect.numbers_all, reply.text, "state"),
    ):
        found = figures(text)
        for words in wanted:
            yield Check(name, states(found, words), _list(found), f"does not {verb} {words}")


def _said(case: Case, reply: Reply) -> Iterator[Check]:
    for any_of in case.expect.text_any:
        found = [words for words in any_of if words.lower() in reply.evidence.lower()]
        yield Check("text_any", bool(found), ", ".join(found) or "none", f"says none of {' / '.join(any_of)}")


def _not_cited(case: Case, reply: Reply) -> Iterator[Check]:
    documents = {cited.policy for cited in reply.citations}
    for unwanted in case.expect.cite_none_docs:
        yield Check("cite_none_docs", unwanted not in documents, ", ".join(sorted(documents)) or "nothing", f"cites {unwanted}")


def _not_stated(case: Case, reply: Reply) -> Iterator[Check]:
    expect = case.expect
    for words in expect.numbers_none:
        yield Check("numbers_none", not states(figures(reply.head), words), _list(figures(reply.head)), f"states {words}")
    for words in expect.numbers_not_final:
        wanted = (*expect.numbers_conclusion, *expect.numbers_all)
        concluding = [line for line in sentences_with(reply.conclusion, words) if not _is_set_aside(line, wanted)]
        yield Check("numbers_not_final", not concluding, _short(concluding), f"concludes with {words}")


def _is_set_aside(sentence: str, wanted: Sequence[str]) -> bool:
    """Whether the sentence denies its figure, or cuts it down to a right one."""
    if _has(sentence, _words()["negation"]):
        return True
    return _has(sentence, _words()["cut"]) and any(states(figures(sentence), words) for words in wanted)


def _not_said(case: Case, reply: Reply) -> Iterator[Check]:
    for words in case.expect.text_none:
        there = words.lower() in reply.text.lower()
        yield Check("text_none", not there, words if there else "not said", f"says {words}")


# --- what the documents demand of every answer --------------------------------------------------------------------------


def _quotations(reply: Reply, corpus: Corpus) -> Iterator[Check]:
    quoted = [cited for cited in reply.citations if cited.quote.strip() and cited.policy in corpus.policies]
    wrong = [cited for cited in quoted if not corpus.is_quoted(cited.policy, cited.article, cited.quote)]
    if quoted:
        reason = (
            "; ".join(f"“{cited.quote[:40]}” does not stand in {cited}" for cited in wrong) or "each quotation stands where it is cited"
        )
        yield Check("quotations", not wrong, f"{len(quoted) - len(wrong)} of {len(quoted)} stand there", reason)


def ceilings_of(case: Case, corpus: Corpus) -> list[str]:
    """The expected sums that must be called ceilings: those named so, and those every right article calls one.

    A sum that is exactly what the rate of the article gives is owed, even where it equals the cap.
    """
    expect = case.expect
    found = list(expect.ceilings)
    texts = [article.text for cite in expect.cites if cite.article for article in corpus.find(cite.doc, cite.article)]
    written = [figure for text in texts for figure in figures(text)]
    rates = [figure.value for figure in written if figure.unit == "ratio" and figure.bound is not Bound.AT_MOST]
    owed = {figure.value * rate for turn in case.turns for figure in figures(turn) for rate in rates}
    for words in (*expect.numbers_conclusion, *expect.numbers_all):
        same = [figure for figure in written for want in figures(words) if want.unit in MONEY and figure.is_same(want)]
        if same and all(figure.bound is Bound.AT_MOST and figure.value not in owed for figure in same):
            found.append(words)
    return list(dict.fromkeys(found))


def _ceilings(case: Case, reply: Reply, corpus: Corpus) -> Iterator[Check]:
    for words in ceilings_of(case, corpus):
        stating = sentences_with(reply.head, words)
        promising = [sentence for sentence in stating if not _is_ceiling(sentence, words)]
        if stating:
            yield Check("ceiling", not promising, _short(stating), f"promises {words}, which is a ceiling: {_short(promising)}")


def _is_ceiling(sentence: str, words: str) -> bool:
    wanted = figures(words)
    bounded = any(
        figure.is_same(want) and figure.bound in (Bound.AT_MOST, Bound.LESS_THAN) for figure in figures(sentence) for want in wanted
    )
    return bounded or _has(sentence, _words()["ceiling"]) or _has(sentence, _words()["negation"])


def _standing(case: Case, reply: Reply, corpus: Corpus, on: date) -> Iterator[Check]:
    for document in case.expect.documents:
        policy = corpus.policies.get(document)
        if policy is None or not any(cited.policy == document for cited in reply.citations):
            continue
        standing = policy.standing(on)
        words = _words()["standing"].get(standing.value)
        if words:
            yield Check("standing", _has(reply.text, words), standing.value, f"does not say that {document} is {_STANDING[standing]}")


_STANDING = {
    Standing.DRAFT: "a draft",
    Standing.NOT_YET: "not in force yet",
    Standing.EXPIRED: "expired",
    Standing.PLAN_OVER: "a plan whose period is over",
}


def _place(case: Case, reply: Reply, corpus: Corpus) -> Iterator[Check]:
    """Of another city nothing is said, unless the question, or the document itself, names it; a question about no city may bring any."""
    documents = case.expect.documents
    asked = {mention.name for mention in corpus.places("\n".join(case.turns))}
    if not documents or not asked:
        return
    expected = {policy.place for name in documents if (policy := corpus.policies.get(name))}
    own = {id_ for id_, policy in corpus.policies.items() if policy.place in expected}
    known = "\n".join([*case.turns, *(policy.text + policy.title for id_, policy in corpus.policies.items() if id_ in own)])
    others = {
        mention.name
        for mention in corpus.places(reply.text)
        if not own.intersection(mention.policies) and mention.kind in ("province", "city") and mention.text not in known
    } - asked
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
    wrong = [figure.text for figure in concluded if not _is_proven(figure, proven)]
    reason = (
        f"concludes {', '.join(dict.fromkeys(wrong))}: in no cited article, not asked, not worked out"
        if wrong
        else "every figure is proven"
    )
    yield Check("figures", not wrong, _list(concluded), reason)


def _is_proven(figure: Figure, proven: Sequence[Figure]) -> bool:
    return any(figure.value == other.value and (figure.unit == other.unit or not other.unit) for other in proven)


def _list(found: Iterable[Figure]) -> str:
    return ", ".join(dict.fromkeys(figure.text for figure in found)) or "none"


def _short(lines: Sequence[str]) -> str:
    return " | ".join(line.strip()[:80] for line in lines[:2]) or "none"


def failures(checks: Iterable[Check]) -> list[str]:
    """The reasons of the checks that failed."""
    return [check.reason for check in checks if not check.ok]


__all__ = ["Check", "ceilings_of", "failures", "is_cited", "judge", "sentences"]
