"""What is wrong with the fields of a case, in words: which field, what it holds, what to write instead.

for complaint in complaints(error):                 # a ValidationError of the schema
    complaint.way, complaint.words
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from eval.schema import Case, Cite, Expect

_FIELDS = {"expect": tuple(Expect.model_fields), "cite_any": tuple(Cite.model_fields), "cite_all": tuple(Cite.model_fields)}
_EXAMPLES = {
    "id": "id: rent-1",
    "turns": "turns: [what is asked]",
    "expect": "expect: {behaviour: answer, numbers_all: [18万元]}",
    "behaviour": "behaviour: answer (or clarify, or refuse)",
    "doc": "doc: lianyungang-2024 (python -m index list names the policies)",
}
_ALSO_CALLED = {
    "question": "turns", "questions": "turns", "query": "turns", "prompt": "turns", "input": "turns", "messages": "turns",
    "name": "id", "expected": "expect", "expectation": "expect", "assert": "expect", "language": "lang", "date": "on", "day": "on",
    "kind": "type", "category": "type", "behavior": "behaviour", "behavior_also": "behaviour_also", "labels": "tags", "comment": "notes",
    "policy": "doc", "document": "doc", "label": "article",
}  # fmt: skip
"""What other programs call these fields."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong with a case."""

    way: tuple[str | int, ...]
    words: str


def complaints(error: ValidationError) -> list[Complaint]:
    """Every thing that is wrong, unknown fields first; a field that an unknown one stands for is not called missing as well."""
    found = error.errors(include_url=False)
    unknown = {tuple(one["loc"]): _known_as(tuple(one["loc"])) for one in found if one["type"] == "extra_forbidden"}
    meant = {(*way[:-1], name) for way, name in unknown.items() if name}
    told = [one for one in found if not (one["type"] == "missing" and tuple(one["loc"]) in meant)]
    # What is wrong inside says more: a list with a wrong value counts as too short, too.
    ways = [tuple(one["loc"]) for one in told]
    told = [one for one in told if not any(len(way) > len(one["loc"]) and way[: len(one["loc"])] == tuple(one["loc"]) for way in ways)]
    told.sort(key=lambda one: one["type"] != "extra_forbidden")
    return [Complaint(tuple(one["loc"]), _reason(dict(one), tuple(one["loc"]))) for one in told]


def kind_of(value: object) -> str:
    """What a value is, in words."""
    names = {
        type(None): "empty (null)",
        bool: "yes or no",
        int: "a number",
        float: "a number",
        str: "text",
        Mapping: "an object",
        list: "a list",
    }
    return next((name for kind, name in names.items() if isinstance(value, kind)), type(value).__name__)


def _reason(error: dict[str, Any], way: tuple[str | int, ...]) -> str:
    kind, given = error["type"], error["input"]
    if kind == "extra_forbidden":
        return _unknown_field(way)
    if kind == "missing":
        return f"is missing; write {_EXAMPLES.get(str(way[-1]), str(way[-1]))}."
    if kind in ("string_type", "string_sub_type"):
        return f"is {kind_of(given)}; write text in quotation marks: {_as_text(given)}."
    if kind in ("tuple_type", "list_type"):
        return f"is {kind_of(given)}; write a list: [{json.dumps(given if isinstance(given, str) else '…', ensure_ascii=False)}]."
    if kind in ("string_too_short", "too_short"):
        needed = str(way[-1]) in _EXAMPLES
        return f"is empty; {f'write {_EXAMPLES[str(way[-1])]}' if needed else 'take it away, or fill it in'}."
    if kind == "literal_error":
        return f"is {given!r}; it may be {error['ctx']['expected']}."
    if kind == "value_error":
        return f"{error['ctx']['error']}."
    if kind.startswith("date_"):
        return f"{given!r} is no day; write it as 2026-01-31."
    if kind.startswith("model_"):
        return f"is {kind_of(given)}; write {_object(way)}."
    return f"{error['msg']}."


def _object(way: tuple[str | int, ...]) -> str:
    if any(part in ("cite_any", "cite_all") for part in way):
        return "an object: {doc: lianyungang-2024, article: （二）}"
    return "an object with " + (", ".join(_FIELDS["expect"][:3]) + " …" if way == ("expect",) else "'id', 'turns' and 'expect'")


def _as_text(given: object) -> str:
    """The value in quotation marks; of `a: b`, which YAML reads as an object, what was meant."""
    if isinstance(given, Mapping) and len(given) == 1:
        key, value = next(iter(given.items()))
        return json.dumps(f"{key}: {value}", ensure_ascii=False)
    return json.dumps(str(given) if isinstance(given, int | float) else "…", ensure_ascii=False)


def _names(way: tuple[str | int, ...]) -> tuple[str, ...]:
    """The fields of the object that the way leads into."""
    return next((_FIELDS[str(part)] for part in reversed(way[:-1]) if part in _FIELDS), tuple(Case.model_fields))


def _known_as(way: tuple[str | int, ...]) -> str:
    """The field that an unknown one stands for; "" where that cannot be told."""
    names, name = _names(way), str(way[-1])
    other = _ALSO_CALLED.get(name.lower(), "")
    near = [other] if other in names else difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return near[0] if near else ""


def _unknown_field(way: tuple[str | int, ...]) -> str:
    near, name = _known_as(way), str(way[-1])
    if name in _FIELDS["expect"] and len(way) == 1:
        return "is no field; it belongs into 'expect'."
    if name in Case.model_fields and way[0] == "expect":
        return "is no field here; it belongs beside 'expect', not into it."
    return f"is no field; did you mean {near!r}?" if near else f"is no field; there are: {', '.join(_names(way))}."
