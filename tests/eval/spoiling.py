"""Right answers spoiled by program, in the ways in which answers go wrong. Each gives None where an answer cannot be spoiled so."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from eval.corpus import Corpus
from eval.figures import MONEY, figures
from eval.schema import Case
from index.normalise import fold

Record = dict[str, Any]
CEILING = re.compile(
    "最高(?:可得|不超过|限额)?|最多(?:不超过|可得)?|至多|不超过|(?:每年)?上限|封顶|以内|，已受上限限制|"
    r"at most|up to|no more than|a ceiling of|capped at|cut by the ceiling|ceiling|maximum|the cap|\bcap\b",
    re.IGNORECASE,
)


def _changed(record: Record, change: Callable[[str], str]) -> Record | None:
    new = {**record, "text": change(record["text"]), "conclusion": change(record.get("conclusion") or "")}
    return None if (new["text"], new["conclusion"]) == (record["text"], record.get("conclusion")) else new


def wrong_number(case: Case, record: Record, corpus: Corpus) -> Record | None:
    """The first expected figure (or the first sum or rate of the conclusion) gets another leading digit, wherever it stands."""
    if record["behaviour"] != "answer":
        return None
    wanted = [figure for words in (*case.expect.numbers_conclusion, *case.expect.numbers_all) for figure in figures(words)][:1]
    found = figures(record["text"])
    concluded = figures(record.get("conclusion") or record["text"])
    if wanted:
        spoilt = {figure.text for figure in found if figure.is_same(wanted[0])}
        if any(not re.search(r"\d", text) for text in spoilt):
            return None  # also stated in Chinese numerals: it would still be stated
    else:
        asked = {figure.value for turn in case.turns for figure in figures(turn)}
        spoilt = {figure.text for figure in concluded if figure.unit in (*MONEY, "ratio") and figure.value not in asked}
        spoilt = set(sorted(spoilt)[:1])
    words = sorted((text for text in spoilt if re.search(r"\d", text)), key=len, reverse=True)
    if not words:
        return None
    cited = [article.text for one in record["citations"] for article in corpus.find(one["policy"], one["article"])]
    true = {(figure.value, figure.unit) for text in (*cited, *case.turns) for figure in figures(text)}
    pattern = re.compile("|".join(rf"(?<![\d.]){re.escape(text)}" for text in words))
    return _changed(record, lambda text: pattern.sub(lambda match: _other(match[0], true), fold(text)))


def _other(figure: str, true: set[tuple[Decimal, str]]) -> str:
    """2% -> 4%, 100万元 -> 300万元: another leading digit, so that it stands neither in the cited articles nor in the question."""
    spoilt = [re.sub(r"\d", str(digit), figure, count=1) for digit in (3, 7, 4, 6, 8, 9, 5, 2, 1)]
    return next(words for words in spoilt if words != figure and not {(one.value, one.unit) for one in figures(words)} & true)


def wrong_article(case: Case, record: Record, corpus: Corpus) -> Record | None:
    """Each citation keeps its words, under the label of an article that is not right."""
    wanted = {(cite.doc, cite.article) for cite in case.expect.cites}
    if record["behaviour"] != case.expect.behaviour or not wanted or not record["citations"] or any(label is None for _, label in wanted):
        return None
    citations = []
    for cited in record["citations"]:
        right = {id(article) for doc, label in wanted for article in corpus.find(doc, label)}
        labels = [a.label for a in corpus.policies[cited["policy"]].articles if a.label and id(a) not in right]
        citations.append({**cited, "article": labels[0]})
    return {**record, "citations": citations}


def wrong_document(case: Case, record: Record, corpus: Corpus) -> Record | None:
    """The citations are of another city's document, words and all."""
    if record["behaviour"] != case.expect.behaviour or not case.expect.cites or not record["citations"]:
        return None
    places = {corpus.policies[doc].place for doc in case.expect.documents}
    other = next(policy for policy in corpus.policies.values() if policy.place not in places)
    article = next(article for article in other.articles if article.label)
    quote = article.text[:30]
    cited = {
        "policy": other.id,
        "title": other.title,
        "article": article.label,
        "quote": quote,
        "start": article.start,
        "end": article.start + 30,
    }
    return {**record, "citations": [cited] * len(record["citations"])}


def wrong_city(case: Case, record: Record, corpus: Corpus) -> Record | None:
    """The name of the right city is replaced by that of another one that is covered, wherever it stands."""
    if not record["behaviour"] == case.expect.behaviour == "answer" or not case.expect.documents:
        return None
    right = corpus.policies[case.expect.documents[0]]
    asked = {policy for mention in corpus.places("\n".join(case.turns)) for policy in mention.policies}
    others = [p for p in corpus.policies.values() if p.id not in (*case.expect.documents, *asked) and p.place != right.place]
    if not others:
        return None
    spellings = ((policy.place.name.removesuffix("市"), policy.place_en.split(",")[0]) for policy in (right, others[0]))
    (chinese, english), (other_chinese, other_english) = spellings
    return _changed(record, lambda text: text.replace(chinese, other_chinese).replace(english, other_english))


def ceiling_dropped(case: Case, record: Record, corpus: Corpus) -> Record | None:
    """An expected sum that the conclusion calls a ceiling is promised."""
    if not record["behaviour"] == case.expect.behaviour == "answer":
        return None
    expected = [
        figure for words in (*case.expect.numbers_conclusion, *case.expect.numbers_all) for figure in figures(words) if figure.unit in MONEY
    ]
    called = [
        figure for figure in figures(record["conclusion"]) if figure.bound.value == "at_most" and any(figure.is_same(w) for w in expected)
    ]
    return _changed(record, lambda text: CEILING.sub("", text)) if called else None


def refusal(case: Case, record: Record, corpus: Corpus) -> Record | None:
    """A polite refusal instead of the answer, or of the question back."""
    if "refuse" in (case.expect.behaviour, case.expect.behaviour_also):
        return None
    return {
        "text": "抱歉，没有收录相关文件，无法回答。",
        "conclusion": "抱歉，没有收录相关文件，无法回答。",
        "behaviour": "refuse",
        "citations": [],
    }


def refusal_as_answer(case: Case, record: Record, corpus: Corpus) -> Record | None:
    """The same, called an answer."""
    spoilt = refusal(case, record, corpus) if case.expect.behaviour == "answer" else None
    return {**spoilt, "behaviour": "answer"} if spoilt else None


def empty(case: Case, record: Record, corpus: Corpus) -> Record | None:
    """Nothing."""
    return {**record, "text": " ", "conclusion": ""}


SPOILINGS = (wrong_number, wrong_article, wrong_document, wrong_city, ceiling_dropped, refusal, refusal_as_answer, empty)
