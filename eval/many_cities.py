"""Many cities' documents made of a few: the same articles and rules under other places, to see what grows with the corpus.

write_corpus(load_settings().policies, Path("many"), 500)
settings.model_copy(update={"policies": Path("many")})

Every document of a place moves to another city together, so that an earlier and a later document of one city stay together.
Names of the old place are replaced in the text, in what the document says of itself and in the quotations of its rules;
figures are left, so that each rule is still proven by its article.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.rules.loader import FILE_NAME as RULES_FILE
from index.gazetteer import Division, divisions
from index.models import Policy
from index.policies import SHEET_FILE, TEXT_FILE, load_policies


@dataclass(frozen=True, slots=True)
class Move:
    """One document under a new place."""

    policy: Policy
    new_id: str
    old: Division
    new: Division
    ids: dict[str, str]
    """New ids of the documents that move along."""

    def words(self, text: str) -> str:
        """The text with the new names."""
        for old, new in (
            (self.old.name, self.new.name),
            (self.old.short, self.new.short),
            (self.old.place.province, self.new.place.province),
        ):
            text = text.replace(old, new) if old and new else text
        return text


def moves(policies: list[Policy], count: int) -> Iterator[Move]:
    """So many documents: those given, again and again, each time under cities that had none before while there are any."""
    cities = [division for division in divisions() if division.level == "city"]
    by_name = {city.name: city for city in cities}
    places = list(dict.fromkeys(policy.place.city for policy in policies if policy.place.city in by_name))
    moving = [policy for policy in policies if policy.place.city in places]
    free = [city for city in cities if city.name not in places and len(city.short) > 1]
    for number in range(count):
        turn, policy = number // len(moving), moving[number % len(moving)]
        new = free[(turn * len(places) + places.index(policy.place.city)) % len(free)]
        ids = {other.id: f"{other.id}-{turn}" for other in moving if other.place.city == policy.place.city}
        yield Move(policy, ids[policy.id], by_name[policy.place.city], new, ids)


def write_corpus(source: Path, target: Path, count: int) -> list[Move]:
    """Write `count` policy folders made of those in `source`; what was moved where."""
    policies, _ = load_policies(source)
    made = list(moves(policies, count))
    for move in made:
        _write(source / move.policy.id, target / move.new_id, move)
    return made


def _write(source: Path, folder: Path, move: Move) -> None:
    folder.mkdir(parents=True)
    (folder / TEXT_FILE).write_text(move.words((source / TEXT_FILE).read_text(encoding="utf-8")), encoding="utf-8")
    sheet = _renamed(YAML(typ="safe").load((source / SHEET_FILE).read_text(encoding="utf-8")), move)
    sheet |= {
        "id": move.new_id,
        "aliases": [move.new.short],
        "place_en": "",
        "place": {"province": move.new.place.province, "city": move.new.name},
    }
    for field in ("supersedes", "superseded_by"):
        sheet[field] = [related | {"id": move.ids[related["id"]]} for related in sheet.get(field, ()) if related["id"] in move.ids]
    # JSON is YAML, and needs no writer of YAML; a day becomes a string, which is read as a day again
    (folder / SHEET_FILE).write_text(json.dumps(sheet, ensure_ascii=False, default=str), encoding="utf-8")
    rules = source / RULES_FILE
    if rules.exists():
        words = move.words(rules.read_text(encoding="utf-8"))
        (folder / RULES_FILE).write_text(re.sub(r"^policy: .*$", f"policy: {move.new_id}", words, flags=re.MULTILINE), encoding="utf-8")


def _renamed(value: Any, move: Move) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(item, move) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, move) for item in value]
    return move.words(value) if isinstance(value, str) else value
