"""How much of what is spoiled by program the verification catches, what it flags of what is right, and how long it takes.

report = measure(load_settings(), rows)
report["caught"]                    # 0.996, of all mutants
report["kinds"]["ceiling removed"]  # {"caught": 195, "of": 196}
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant.models import Answer
from assistant.pipeline import Assistant
from assistant.verification.gather import evidence_for, evidence_for_reply
from assistant.verification.models import Evidence
from assistant.verification.verify import verify
from eval.mutations.kinds import mutants
from eval.mutations.source import Source
from index.config import ROOT, Settings
from index.embedder import Progress, no_progress, open_embedder
from index.errors import InputFileError
from index.jsonl import read_records
from index.normalise import fold
from index.quantities import parse_quantities

QUESTIONS = ROOT / "eval" / "cases" / "answers"
PARAPHRASES = ROOT / "eval" / "cases" / "paraphrases.jsonl"
TODAY = date(2026, 6, 30)
"""The day questions are asked on that name none: what is flagged must not change with the calendar."""
LENGTHS = range(500, 700)
"""Answers of some 600 characters are timed."""


def read_questions(source: Path) -> list[dict[str, Any]]:
    """The rows of a file of questions, or of all files of a folder."""
    files = sorted(source.glob("*.jsonl")) if source.is_dir() else [source]
    if not files:
        raise InputFileError(f"{source} holds no .jsonl file; give a file of questions, or a folder of such files")
    return [row for file in files for row in read_records(file, require=("id", "turns", "expect"))]


def measure(
    settings: Settings, rows: Sequence[Mapping[str, Any]], *, seed: int = 1, each: int = 1, progress: Progress = no_progress
) -> dict[str, Any]:
    """Mutants by kind, false flags on right answers and on paraphrases, and the time beside a bare query embedding.

    Args:
        rows: Questions with what their answers must show; only right answers are spoiled.
        seed: The same seed makes the same mutants.
        each: How many mutants of each kind are made of an answer.
    """
    assistant = Assistant.open(settings)
    sources = [source for row in rows if (source := _source(assistant, row))]
    kinds: dict[str, dict[str, int]] = {}
    missed: list[dict[str, str]] = []
    flagged: list[dict[str, str]] = []
    for number, source in enumerate(sources):
        evidence = evidence_for(assistant.knowledge, source.answer, source.said, source.on)
        flagged += _flags(source.id, source.text, evidence)
        for mutant in mutants(source, seed, each):
            tally = kinds.setdefault(mutant.kind, {"caught": 0, "of": 0})
            tally["of"] += 1
            if _passes(mutant.text, evidence):
                missed.append({"id": source.id, "kind": mutant.kind, "what": mutant.what})
            else:
                tally["caught"] += 1
        progress(number + 1, len(sources))
    written = read_records(PARAPHRASES, require=("id", "draft", "question"))
    wrong = [flag for row in written for flag in _flags(row["id"], row["draft"], _evidence(assistant, row))]
    made = sum(tally["of"] for tally in kinds.values())
    return {
        "right answers": len(sources),
        "mutants": made,
        "caught": round(sum(tally["caught"] for tally in kinds.values()) / made, 4) if made else None,
        "kinds": kinds,
        "missed": missed,
        "answers flagged": flagged,
        "paraphrases": len(written),
        "paraphrases flagged": wrong,
        **_times(settings, sources, assistant),
    }


def _source(assistant: Assistant, row: Mapping[str, Any]) -> Source | None:
    """The answer to the last turn, if it is right."""
    day = date.fromisoformat(row.get("on") or TODAY.isoformat())
    dialogue = assistant.new_dialogue()
    answer: Answer | None = None
    for turn in row["turns"]:
        answer = assistant.ask(turn, dialogue, day)
    if answer is None or not is_right(answer, row["expect"]):
        return None
    return Source(row["id"], answer, assistant.knowledge, "\n".join(row["turns"]), day)


def is_right(answer: Answer, expect: Mapping[str, Any]) -> bool:
    """Whether an answer is of the expected kind, cites what it must, and states the figures it must."""
    if answer.behaviour not in (expect["behaviour"], expect.get("behaviour_also")):
        return False
    if answer.behaviour != expect["behaviour"]:
        return True
    cited = {(citation.policy, citation.article) for citation in answer.citations} | {
        (citation.policy, None) for citation in answer.citations
    }
    any_of = {(wanted["doc"], wanted["article"]) for wanted in expect.get("cite_any") or ()}
    all_of = {(wanted["doc"], wanted["article"]) for wanted in expect.get("cite_all") or ()}
    if (any_of and not any_of & cited) or not all_of <= cited:
        return False
    return all(
        _values(words) <= _values(answer.text) for words in (*(expect.get("numbers_all") or ()), *(expect.get("numbers_conclusion") or ()))
    )


def _values(text: str) -> set[Any]:
    return {quantity.value for quantity in parse_quantities(fold(text).replace("**", ""))}


def _passes(draft: str, evidence: Evidence) -> bool:
    return all(statement.ok for statement in verify(draft, evidence))


def _flags(id_: str, draft: str, evidence: Evidence) -> list[dict[str, str]]:
    """The first flaw of a text that is right; empty where there is none."""
    flaws = (verdict for statement in verify(draft, evidence) for verdict in statement.verdicts if not verdict.ok)
    return [{"id": id_, "flaw": flaw.flaw.value, "words": flaw.words, "evidence": flaw.evidence} for flaw in flaws][:1]


def _evidence(assistant: Assistant, row: Mapping[str, Any]) -> Evidence:
    return evidence_for_reply(assistant, row["draft"], row["question"], (), TODAY)


def _times(settings: Settings, sources: Iterable[Source], assistant: Assistant) -> dict[str, Any]:
    """Processor time of one thread for a draft of some 600 characters, and for embedding its question with the bare model, in turns."""
    drafts = [
        (source.text, source.said, evidence_for(assistant.knowledge, source.answer, source.said, source.on))
        for source in sources
        if len(source.text) in LENGTHS
    ]
    if not drafts:
        return {}
    model = open_embedder(settings).load()
    checks: list[float] = []
    embeddings: list[float] = []
    for text, said, evidence in drafts:
        verify(text, evidence)  # articles are read once a process
        model.encode([said])
        started = time.process_time()
        verify(text.replace("，", "， "), evidence)  # not the very text that was read before
        checked = time.process_time()
        model.encode([settings.query_prefix + said])
        checks.append(checked - started)
        embeddings.append(time.process_time() - checked)
    check, embed = statistics.median(checks) * 1000, statistics.median(embeddings) * 1000
    return {
        "drafts timed": len(drafts),
        "check of a 600-character draft p50 (ms)": round(check, 2),
        "bare query embedding p50 (ms)": round(embed, 2),
        "check / embedding": round(check / embed, 3),
    }


def format_report(report: Mapping[str, Any], *, details: bool = False) -> str:
    """The report as lines of text: kinds first, then what was flagged wrongly, then times."""
    lines = []
    for kind, tally in report["kinds"].items():
        lines.append(f"{kind:<42} {tally['caught']:>6} / {tally['of']:<6} {tally['caught'] / tally['of']:.1%}")
    lines.append(f"{'all mutants':<42} {report['mutants'] - len(report['missed']):>6} / {report['mutants']:<6} {report['caught']:.2%}")
    lines.append(f"right answers flagged: {len(report['answers flagged'])} of {report['right answers']}")
    lines.append(f"paraphrases flagged: {len(report['paraphrases flagged'])} of {report['paraphrases']}")
    lines += [f"{name}: {value}" for name, value in report.items() if isinstance(value, float) and name != "caught"]
    if details:
        for name in ("missed", "answers flagged", "paraphrases flagged"):
            lines += [f"{name}: {json.dumps(row, ensure_ascii=False)}" for row in report[name]]
    return "\n".join(lines)
