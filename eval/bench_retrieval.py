"""How well the right article is found: dense, lexical and fused lists of the engine, on questions with known answers.

table = statutes_table(Path("stard"), settings)      # corpus.jsonl {"id","text"}, queries.jsonl {"id","text","gold"}
print(table["fused"].mrr_at_10)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge
from assistant.retrieval import search_query
from assistant.understanding.understand import Understanding
from index.builder import build, index_policies
from index.config import Settings
from index.embedder import Progress, no_progress, open_embedder
from index.jsonl import read_records
from index.models import Article, ArticleKind, Hit, Place, Policy, Status
from index.search import Searcher
from index.vector_store import open_store

LISTS = ("dense", "lexical", "fused")
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one list over all questions, each between 0 and 1."""

    questions: int
    mrr_at_10: float
    hit_at_1: float
    hit_at_5: float
    hit_at_10: float

    @classmethod
    def of(cls, first_right: Sequence[int]) -> Scores:
        """From the rank of the first right article of each question, 0 where none was among the ten."""
        count = len(first_right)

        def share(limit: int) -> float:
            return sum(1 for rank in first_right if 0 < rank <= limit) / count if count else 0.0

        mrr = sum(1 / rank for rank in first_right if 0 < rank <= DEPTH) / count if count else 0.0
        return cls(count, mrr, share(1), share(5), share(10))


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for, where, and with which further words."""

    text: str
    policies: set[str] | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """Scores of the three lists, and the questions whose right article was not first in the fused one."""

    scores: dict[str, Scores]
    missed: list[dict[str, Any]]


def first_right(keys: Iterable[Hashable], is_right: Callable[[Any], bool]) -> int:
    """Rank of the first right one, from 1; 0 if none is."""
    return next((rank for rank, key in enumerate(keys, start=1) if is_right(key)), 0)


# --- statutes -------------------------------------------------------------------------------------------------


def statutes_result(folder: Path, settings: Settings, progress: Progress = no_progress) -> Result:
    """The statutes of `folder`, each as a policy with one article, asked the questions of `folder`."""
    texts, questions = read_records(folder / "corpus.jsonl"), read_records(folder / "queries.jsonl")
    own = settings.model_copy(update={"data": settings.data / "bench-statutes"})
    own.data.mkdir(parents=True, exist_ok=True)
    embedder, store = open_embedder(settings), open_store(own)
    index_policies([_statute(text) for text in texts], own, embedder, store, progress=progress)
    searcher = Searcher(own, embedder, store)

    def ask(question: dict[str, Any]) -> Query:
        return Query(question["text"])

    def right(question: dict[str, Any]) -> Callable[[Hit], bool]:
        gold = set(question["gold"])
        return lambda hit: hit.chunk.policy_id in gold

    return _measure(questions, ask, right, searcher)


def _statute(record: dict[str, Any]) -> Policy:
    """`text` is the statute's name, a line break, its words."""
    title, _, words = record["text"].partition("\n")
    article = Article(record["id"], ArticleKind.ARTICLE, title, (title,), "", words, 0, len(words))
    return Policy(record["id"], title, Place(), words, (article,), Status.UNKNOWN)


# --- policies -------------------------------------------------------------------------------------------------


def policies_result(questions: Path, settings: Settings, progress: Progress = no_progress) -> Result:
    """The policies of the settings, asked the single-turn questions of a file that name a right article (`cite_any`).

    The query is the one the assistant makes of the question: places as filter, pinyin and misspellings read, and for the
    lexical side the words of its glossary.
    """
    build(settings, progress)
    cases = [case for case in read_records(questions) if len(case["turns"]) == 1 and case["expect"].get("cite_any")]
    searcher, glossary = Searcher.open(settings), Glossary.load()
    understanding = Understanding(Knowledge.load(settings), glossary)

    def ask(case: dict[str, Any]) -> Query:
        asked = [search_query(question, glossary) for question in understanding.read(case["turns"][0]).questions]
        places = {policy for query in asked for policy in query.policies or ()}
        return Query(" ".join(query.text for query in asked), places or None, tuple(word for query in asked for word in query.also))

    def right(case: dict[str, Any]) -> Callable[[Hit], bool]:
        gold = {(cite["doc"], cite["article"]) for cite in case["expect"]["cite_any"]}
        # "article": null cites the document as a whole: any of its articles is right
        return lambda hit: (hit.chunk.policy_id, hit.chunk.label) in gold or (hit.chunk.policy_id, None) in gold

    return _measure(cases, ask, right, searcher)


def _measure(
    cases: Sequence[dict[str, Any]],
    ask: Callable[[dict[str, Any]], Query],
    right: Callable[[dict[str, Any]], Callable[[Hit], bool]],
    searcher: Searcher,
) -> Result:
    ranks: dict[str, list[int]] = {name: [] for name in LISTS}
    missed = []
    for case in cases:
        query = ask(case)
        hits = searcher.lists(query.text, policies=query.policies, also=query.also, k=DEPTH)
        is_right = right(case)
        for name in LISTS:
            ranks[name].append(first_right(hits[name], is_right))
        if ranks["fused"][-1] != 1:
            found = [f"{hit.chunk.policy_id} {hit.chunk.label}" for hit in hits["fused"][:3]]
            missed.append({"id": case["id"], "question": query.text, "rank": ranks["fused"][-1], "found": found})
    return Result({name: Scores.of(found) for name, found in ranks.items()}, missed)
