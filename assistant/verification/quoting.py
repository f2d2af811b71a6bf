"""Words given as the document's own: quotations, titles and numbers of documents, and words known to be right as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.verification.models import Evidence, Verdict
from assistant.verification.proof import Prover
from assistant.verification.reading import Clause, compact, plain_text, read_clause
from assistant.verification.reasons import flawed, proven
from assistant.verification.scope import Mark, Scope, scope_at
from assistant.verification.statements import quotations, titles
from assistant.verification.units import Kind, cited_articles
from assistant.verification.words import WORDS

_SHORT = 8
"""Shorter quotations are names and catchwords: they may stand anywhere in the evidence."""
_NEARLY_ALL = 0.85
_BESIDE = 16
"""Lianyungang, Jiangsu 《…》: so far before a title stands the place it is of."""
_NUMBERED = re.compile(r"\s?(?:\d|[一二三四五六七八九十百两]|RMB|USD)")
_CUT = re.compile(r"[、。；;：:》“”]")
_INTRODUCTION = 8
"""计算：, Steps:, and a place: what may stand before the steps of a calculation."""
_KNOWN = 6
"""Shorter words prove nothing by standing somewhere."""
_WORKED = re.compile(r"[×+−=＝÷]|按[^，。]{1,16}计|一档|exceeds the|[≥≤><]|\bless than the\b|按\d+[^，。]{0,6}计")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[【(（]\s?((?:19|20)\d{2})\s?[〕\]】)）]\s?第?\s?(\d{1,4})\s?号")
MASK = "□"


@dataclass(frozen=True)
class Source:
    """A cited article in the form of looking up."""

    policy: str
    label: str | None
    text: str


@dataclass
class Quotes:
    """Everything that may be quoted."""

    prover: Prover
    sources: list[Source]
    known: list[str]
    """Phrases known to be right, longest first, as `plain_text` writes them."""
    loose: str
    """All other words that may stand in quotation marks: names of rules, the user's words."""
    steps: tuple[str, ...] = ()
    """The steps of each calculation in one, in the form of looking up."""

    @staticmethod
    def of(prover: Prover) -> Quotes:
        """Lay out what the evidence may be quoted for."""
        evidence = prover.evidence
        sources = [Source(policy.id, article.label, compact(article.text)) for policy, article in cited_articles(evidence)]
        names = [name for e in evidence.rules for name in (e.rule.label, e.rule.label_en, e.core, e.name)]
        names += [result.incentive for result in evidence.calculations] + [evidence.said, *evidence.texts]
        names += [step for result in evidence.calculations for step in (*result.steps, *result.steps_en)]
        names += [f"{policy.title}\n{policy.short_title}\n{policy.title_en}\n{policy.place_en}" for policy in evidence.policies.values()]
        return Quotes(prover, sources, _known_phrases(evidence), compact("\n".join(names)), _all_steps(evidence))

    @cached_property
    def _clauses(self) -> list[Clause]:
        sentences = [unit.words for unit in self.prover.units if unit.kind is Kind.ARTICLE]
        own = [text for text in self.known if not _WORKED.search(text)]
        return [clause for text in (*own, *sentences) for clause in _clauses(text)]

    def clauses_like(self, words: frozenset[str], share: float) -> list[Clause]:
        """The clauses of the evidence that are made of these words, or nearly."""
        own = len(words)
        least, most = share * own, own / share  # of other lengths none can be alike
        found = []
        for clause in self._clauses:
            other = len(clause.words)
            if least <= other <= most:
                common = len(words & clause.words)
                if common >= share * (own + other - common):
                    found.append(clause)
        return found

    def holds_clause(self, clause: Clause) -> bool:
        """Whether a longer clause of the evidence holds these words, with the same levels and negations."""
        return any(
            len(clause.words & other.words) >= _NEARLY_ALL * len(clause.words)
            for other in self._clauses
            if other.negations == clause.negations and other.levels == clause.levels
        )

    def mask_known(self, plain: str) -> str:
        """The statement without the phrases known to be right."""
        words = compact(plain)
        if WORDS["steps"].match(plain) and any(words.endswith(steps) and len(words) - len(steps) <= _INTRODUCTION for steps in self.steps):
            return MASK * len(plain)  # 计算：不超过10万元: the whole calculation as it is
        for phrase in self.known:
            at = plain.find(phrase)
            while at >= 0:
                end = at + len(phrase)
                # 年交易额首次达到 before a figure is no name, but limits it.
                if not _NUMBERED.match(plain, end):
                    plain = plain[:at] + MASK * len(phrase) + plain[end:]
                at = plain.find(phrase, end)
        return plain

    def misplaced(self, plain: str, scope: Scope) -> list[Verdict]:
        """Steps of a calculation under the name of another place."""
        by_id = self.prover.corpus.by_id
        places = {by_id[policy].place for policy in scope.policies}
        results = [r for r in self.prover.evidence.calculations if places and by_id[r.policy].place not in places]
        if not results:
            return []
        own = [step for r in self.prover.evidence.calculations if r not in results for step in (*r.steps, *r.steps_en)]
        return [
            flawed("place", step, result.policy, other=by_id[result.policy].place.name)
            for result in results
            for step in (*result.steps, *result.steps_en)
            if step not in own and _WORKED.search(step) and plain_text(step) in plain
        ]

    def check(self, plain: str, marks: Sequence[Mark], carried: Scope, known: str) -> tuple[list[Verdict], str]:
        """Verdicts on the quotations, and the statement with the proven ones masked."""
        verdicts = []
        for start, end in quotations(plain):
            inner = plain[start + 1 : end - 1]
            if not inner.strip(" .…") or not known[start:end].strip(MASK):
                continue
            verdict = self._quotation(inner, scope_at(start, [m for m in marks if m.end <= start], carried))
            if verdict:
                verdicts.append(verdict)
                if verdict.ok and (len(compact(inner)) >= _SHORT or not any(c.isdigit() for c in inner)):
                    plain = plain[:start] + MASK * (end - start) + plain[end:]
        return verdicts, plain

    def _quotation(self, inner: str, scope: Scope) -> Verdict | None:
        words = compact(inner)
        pieces = [piece for piece in re.split(r"…+|\.{3,}|/", words) if piece] or [words]
        if inner.isascii() and len(inner.split()) <= 3:
            return None  # an English catchword
        holding = [source for source in self.sources if all(_stands(piece, source.text) for piece in pieces)]
        here = [source for source in holding if not scope.policies or source.policy in scope.policies]
        labels = self._labels(scope)
        exact = [source for source in here if not scope.label or source.label in labels]
        if len(words) < _SHORT and (holding or words in self.loose):
            return proven(inner, _name(holding[0]) if holding else "names")
        if exact:
            return proven(inner, _name(exact[0]))
        if here:
            return flawed("quotation_article", inner, _name(here[0]), other=here[0].label or here[0].policy)
        if words in self.loose:
            return proven(inner, "names")
        elsewhere = [policy for policy, text in self.prover.corpus.texts.items() if all(_stands(piece, text) for piece in pieces)]
        if scope.policies and elsewhere and not set(elsewhere) & set(scope.policies):
            return flawed("quotation_place", inner, elsewhere[0], other=self.prover.corpus.by_id[elsewhere[0]].place.name)
        if elsewhere and set(elsewhere) & (set(scope.policies) or set(elsewhere)):
            # Verbatim, from an article of the document that is not cited: a quotation proves itself, unless another article was named.
            return flawed("quotation_article", inner, elsewhere[0], other=elsewhere[0]) if scope.label else proven(inner, elsewhere[0])
        return flawed("quotation", inner)

    def _labels(self, scope: Scope) -> set[str | None]:
        corpus = self.prover.corpus
        policies = scope.policies or tuple(corpus.by_id)
        return {article.label for _, article in corpus.articles(policies, scope.label)} if scope.label else set()

    def verbatim(self, plain: str, scope: Scope) -> Verdict | None:
        """The verdict on a statement that is made of an article's words as they are; None if it is not."""
        words = compact(plain).strip("-“”.。;；:,、|□ ")
        if len(words) < _KNOWN * 2:
            return None
        holding = [s for s in self.sources if (not scope.policies or s.policy in scope.policies) and words in s.text]
        labels = self._labels(scope)
        if own := next((source for source in holding if not labels or source.label in labels), None):
            return proven(plain, _name(own))
        return flawed("quotation_article", plain, _name(holding[0]), other=holding[0].label or "") if holding else None

    def titles(self, plain: str, marks: Sequence[Mark], known: str) -> tuple[list[Verdict], list[Mark], str]:
        """Verdicts on titles, marks of the documents they name, and the statement with the titles masked."""
        corpus = self.prover.corpus
        verdicts, named = [], []
        for start, end in titles(plain):
            words = plain[start:end]
            inner = compact(words[1:-1])
            policies = corpus.titles.get(inner, ())
            if not known[start:end].strip(MASK):
                named += [Mark(start, end, policies, words="《")] if policies else []
            elif policies:
                place = [
                    mark
                    for mark in marks
                    if mark.policies and 0 <= start - mark.end <= _BESIDE and not _CUT.search(plain[mark.end : start])
                ]
                if place and not set(place[-1].policies) & set(policies):
                    verdicts.append(flawed("title_place", place[-1].words + words))
                else:
                    verdicts.append(proven(words, policies[0]))
                named.append(Mark(start, end, policies, words="《"))
            elif (
                any(inner in source.text for source in self.sources)
                or inner in self.loose
                or any(inner in t for t in corpus.texts.values())
            ):
                verdicts.append(proven(words, "text"))
            else:
                verdicts.append(flawed("title", words))
            plain = plain[:start] + MASK * (end - start) + plain[end:]
        return verdicts, named, plain

    def numbers(self, plain: str, scope: Scope) -> tuple[list[Verdict], str]:
        """Verdicts on document numbers, and the statement with them masked."""
        corpus = self.prover.corpus
        verdicts = []
        for match in list(_NUMBER.finditer(plain)):
            policies = scope.policies or tuple(corpus.by_id)
            known = [corpus.by_id[policy] for policy in policies if corpus.by_id[policy].document_number]
            own = next(
                (p for p in known if _number_key(p.document_number) and compact(match.group()).endswith(_number_key(p.document_number))),
                None,
            )
            words = _bracketed(match.group())
            inside = own or next((corpus.by_id[policy] for policy in policies if words in _bracketed(corpus.by_id[policy].text)), None)
            tail = words[-9:]
            if inside is None:
                inside = next(
                    (corpus.by_id[p] for p in policies if tail and any(words.endswith(n) for n in _numbers(corpus.by_id[p].text))), None
                )
            verdicts.append(
                proven(match.group(), inside.id) if inside else flawed("number", match.group(), known[0].document_number if known else "")
            )
            plain = plain[: match.start()] + MASK * len(match.group()) + plain[match.end() :]
        return verdicts, plain


@lru_cache(maxsize=8192)
def _clauses(text: str) -> tuple[Clause, ...]:
    found = (read_clause(part) for part in re.split(r"[，。；;！!,（）()\n]|(?<=[a-z])\.", plain_text(text)))
    return tuple(clause for clause in found if clause.words)


def _number_key(number: str) -> str:
    return compact(number)


def _bracketed(text: str) -> str:
    return re.sub(r"[\[【(（]", "〔", re.sub(r"[\]】)）]", "〕", re.sub(r"\s+", "", text)))


@lru_cache(maxsize=1024)
def _numbers(text: str) -> tuple[str, ...]:
    """The document numbers a text holds."""
    return tuple(_bracketed(match.group()) for match in re.finditer(r"[\u4e00-\u9fff]{2,6}〔\s?\d{4}\s?〕\s?\d{1,4}\s?号", text))


def _stands(words: str, text: str) -> bool:
    return words in text or words.strip(".。;,、") in text


def _name(source: Source) -> str:
    return f"{source.policy}{source.label or ''}"


def _known_phrases(evidence: Evidence) -> list[str]:
    phrases: list[str] = list(evidence.texts)
    for result in evidence.calculations:
        phrases += [step for step in (*result.steps, *result.steps_en) if _WORKED.search(step)]
        for check in result.conditions:
            for part in (check, *check.alternatives):
                phrases += [part.label, part.label_en, part.gap, part.gap_en]
        phrases += [*result.notices, *result.notices_en]
    kept = {plain_text(phrase).strip("。. ") for phrase in _split(phrases)}
    return sorted((phrase for phrase in kept if len(phrase) >= _KNOWN), key=lambda phrase: (-len(phrase), phrase))


def _all_steps(evidence: Evidence) -> tuple[str, ...]:
    joined = [("；".join(result.steps), "; ".join(result.steps_en)) for result in evidence.calculations]
    return tuple(compact(steps) for pair in joined for steps in pair if steps)


def _split(phrases: Iterable[str]) -> Iterable[str]:
    for phrase in phrases:
        yield phrase
        if "；" in phrase:
            yield from phrase.split("；")
