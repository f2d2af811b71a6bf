"""Question tables (`eval/cases/answers/*.jsonl`) and what an answer lacks of what its row expects.

    {"id": "calc-02", "turns": ["…能拿多少？"], "expect": {"behaviour": "answer",
     "cite_all": [{"doc": "qinhuangdao-2022-26", "article": "（二）"}], "numbers_conclusion": ["100万元"]}}

`numbers_conclusion` must stand in the conclusion, `numbers_all` anywhere, `numbers_not_final` not in the conclusion.
Of each list in `text_any` one must stand in the text, of `text_none` none. Of `cite_any` one must be cited, of `cite_all`
each; `article` null: anywhere in the document. A row with `known` fails today, for the reason it gives (all stand in
`known.jsonl`): the tests demand that it does, so that whoever mends it moves it to the table of its kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.models import Answer, Citation
from index.config import ROOT
from index.normalise import fold
from index.quantities import parse_quantities

TABLES = ROOT / "eval" / "cases" / "answers"
TODAY = date(2026, 6, 30)
"""The day every row is asked on, unless it names another: answers must not change with the calendar."""
COUNTS = frozenset({"", "item", "company", "person"})


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    id: str
    type: str
    lang: str
    turns: tuple[str, ...]
    on: date
    expect: dict[str, Any]
    known: str | None = None


def read_rows(folder: Path = TABLES) -> list[Row]:
    return [
        Row(
            row["id"],
            row["type"],
            row["lang"],
            tuple(row["turns"]),
            date.fromisoformat(row.get("on", TODAY.isoformat())),
            row["expect"],
            row.get("known"),
        )
        for path in sorted(folder.glob("*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def figures(text: str) -> set[tuple[Decimal, str]]:
    """Value and unit of each figure; a count is a count, whatever is counted, and 4元/平方米 is 4元."""
    found = parse_quantities(fold(text).replace("**", ""))
    units = [quantity.unit.split("/")[0] for quantity in found]
    return {(quantity.value, "item" if unit in COUNTS else unit) for quantity, unit in zip(found, units, strict=True)}


def lacks(answer: Answer, expect: dict[str, Any]) -> list[str]:
    """Reasons why the answer is not what the row expects; empty when it is."""
    if answer.behaviour not in (expect["behaviour"], expect.get("behaviour_also")):
        return [f"is {answer.behaviour}, not {expect['behaviour']}"]
    return [*_sources(answer.citations, expect), *_figures(answer, expect), *_words(answer.text, expect)]


def _sources(citations: tuple[Citation, ...], expect: dict[str, Any]) -> Iterator[str]:
    cited = {(citation.policy, citation.article) for citation in citations}
    documents = {citation.policy for citation in citations}

    def there(wanted: dict[str, Any]) -> bool:
        return (wanted["doc"], wanted["article"]) in cited if wanted["article"] else wanted["doc"] in documents

    yield from (f"does not cite {w['doc']}{w['article'] or ''}" for w in expect.get("cite_all", ()) if not there(w))
    any_of = expect.get("cite_any", ())
    if any_of and not any(map(there, any_of)):
        yield "cites none of " + ", ".join(f"{w['doc']}{w['article'] or ''}" for w in any_of)
    yield from (f"cites {document}" for document in expect.get("cite_none_docs", ()) if document in documents)


def _figures(answer: Answer, expect: dict[str, Any]) -> Iterator[str]:
    concluded, stated = figures(answer.conclusion), figures(answer.text)
    yield from (f"does not conclude {words}" for words in expect.get("numbers_conclusion", ()) if not figures(words) <= concluded)
    yield from (f"does not state {words}" for words in expect.get("numbers_all", ()) if not figures(words) <= stated)
    yield from (f"concludes {words}" for words in expect.get("numbers_not_final", ()) if figures(words) <= concluded)


def _words(text: str, expect: dict[str, Any]) -> Iterator[str]:
    lower = text.lower()
    yield from (f"says none of {'/'.join(any_of)}" for any_of in expect.get("text_any", ()) if not any(w.lower() in lower for w in any_of))
    yield from (f"says {words}" for words in expect.get("text_none", ()) if words.lower() in lower)
