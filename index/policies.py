"""Loads policy folders: policy.yaml (what the document says of itself) and text.txt (its words).

>>> from pathlib import Path
>>> policies, problems = load_policies(Path("policies_text"))  # doctest: +SKIP
>>> policies[0].id, len(problems)  # doctest: +SKIP
('lianyungang-2021-20', 0)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml.error import YAMLError

from index.articles import split_articles
from index.errors import PolicyError, PolicyFormatError
from index.files import decode
from index.models import DatedFact, Place, Policy, Status
from index.yaml_files import Reader, read_yaml

SOURCE_FILE, TEXT_FILE, SHEET_FILE = "source.txt", "text.txt", "policy.yaml"
ID_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class QuotedText(_Strict):
    """A value read from the document, and the words it was read from."""

    value: str = ""
    quote: str = ""


class QuotedDate(_Strict):
    """A day, and the words it was read from."""

    date: date
    quote: str = ""


class QuotedStatus(_Strict):
    """What the document says of its own force."""

    value: Status = Status.UNKNOWN
    quote: str = ""


class Effective(_Strict):
    """First and last day in force; null where the document names none."""

    from_: QuotedDate | None = Field(default=None, alias="from")
    to: QuotedDate | None = None

    @classmethod
    def between(cls, first: QuotedDate | None, last: QuotedDate | None) -> Effective:
        """In force from the first day to the last, both included."""
        return cls.model_validate({"from": first, "to": last})


class PlaceSheet(_Strict):
    """Where the document holds."""

    province: str = ""
    city: str = ""
    district: str = ""


class Related(_Strict):
    """Another policy on the same matter."""

    id: str
    note: str = ""


class PolicySheet(_Strict):
    """policy.yaml. Only id, title and place are required."""

    id: str = Field(pattern=ID_PATTERN)
    title: str = Field(min_length=1)
    place: PlaceSheet
    short_title: str = ""
    title_en: str = ""
    place_en: str = ""
    document_number: QuotedText | None = None
    issuer: str = ""
    aliases: list[str] = []
    issued: QuotedDate | None = None
    effective: Effective = Effective()
    status: QuotedStatus = QuotedStatus()
    supersedes: list[Related] = []
    superseded_by: list[Related] = []

    def quotes(self) -> list[tuple[str, str]]:
        """Every field with a quotation, and the quotation."""
        facts = {
            "document_number": self.document_number,
            "issued": self.issued,
            "effective.from": self.effective.from_,
            "effective.to": self.effective.to,
            "status": self.status,
        }
        return [(name, fact.quote) for name, fact in facts.items() if fact is not None and fact.quote]


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """A folder that could not be loaded, and why."""

    folder: Path
    error: PolicyError


def load_policies(root: Path, read: Reader = read_yaml) -> tuple[list[Policy], list[PolicyProblem]]:
    """All policies below `root` by id, and the folders that could not be loaded.

    Raises:
        PolicyFormatError: `root` is no folder.
    """
    if not root.is_dir():
        raise PolicyFormatError(f"{root} is no folder: set POLICYDESK_POLICIES to the folder that holds one sub-folder a policy.")
    policies, problems = [], []
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))):
        try:
            policies.append(load_policy(folder, read))
        except PolicyError as error:
            problems.append(PolicyProblem(folder, error))
    return policies, problems


def load_policy(folder: Path, read: Reader = read_yaml) -> Policy:
    """The policy in `folder`.

    Raises:
        PolicyFormatError: a file is missing, empty or broken, a field is unknown or wrong, or a quotation does not
            stand in the text. The message names file and remedy.
        EncodingError: text.txt is in no encoding we can read.
    """
    sheet = _read_sheet(folder / SHEET_FILE, read)
    if sheet.id != folder.name:
        raise PolicyFormatError(f"{folder / SHEET_FILE}: id is {sheet.id!r} but the folder is {folder.name!r}: make them equal.")
    text = _read_text(folder / TEXT_FILE)
    squeezed = squeeze(text)
    for name, quote in sheet.quotes():
        if squeeze(quote) not in squeezed:
            raise PolicyFormatError(
                f"{folder / SHEET_FILE}: the quote of {name} does not stand in {TEXT_FILE}: {quote!r}. Copy it from there."
            )
    return _policy(sheet, text)


def is_named(policy: Policy, place: str) -> bool:
    """Whether a policy holds at a place written in Chinese (with or without 市, 区, 县) or as `place_en`."""
    wanted = place.strip().lower()
    names = {policy.place.province, policy.place.city, policy.place.district, *policy.aliases}
    english = policy.place_en.split(",")[0].strip().lower()
    return bool(wanted) and (wanted in names or wanted == english or any(name and name[:-1] == wanted for name in names))


def squeeze(text: str) -> str:
    """`text` without any whitespace: what quotations are compared by."""
    return re.sub(r"\s+", "", text)


def _policy(sheet: PolicySheet, text: str) -> Policy:
    articles, warnings = split_articles(text, sheet.id)
    number = sheet.document_number
    return Policy(
        id=sheet.id,
        title=sheet.title,
        place=Place(sheet.place.province, sheet.place.city, sheet.place.district),
        text=text,
        articles=tuple(articles),
        status=sheet.status.value,
        status_quote=sheet.status.quote,
        document_number=number.value if number else "",
        issuer=sheet.issuer,
        issued=_dated(sheet.issued),
        effective_from=_dated(sheet.effective.from_),
        effective_to=_dated(sheet.effective.to),
        supersedes=tuple(related.id for related in sheet.supersedes),
        superseded_by=tuple(related.id for related in sheet.superseded_by),
        short_title=sheet.short_title or sheet.title,
        title_en=sheet.title_en,
        place_en=sheet.place_en,
        aliases=tuple(sheet.aliases),
        warnings=tuple(warnings),
    )


def _dated(fact: QuotedDate | None) -> DatedFact:
    return DatedFact(fact.date, fact.quote) if fact else DatedFact(None)


def _read_sheet(path: Path, read: Reader) -> PolicySheet:
    if not path.is_file():
        raise PolicyFormatError(f"{path} is missing: write one with at least id, title and place, or run python -m index add FILE.")
    text, _ = decode(path.read_bytes(), name=str(path))
    try:
        data = read(text, str(path))
    except (YAMLError, ValueError) as error:  # ValueError: a day such as 2024-13-01
        raise PolicyFormatError(f"{path} is no valid YAML: {_one_line(error)}") from error
    if not isinstance(data, dict):
        raise PolicyFormatError(f"{path} must hold fields such as id, title and place.")
    try:
        return PolicySheet.model_validate(data)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise PolicyFormatError(f"{path}: {wrong}. Known fields: {', '.join(PolicySheet.model_fields)}.") from error


def _one_line(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error)).strip()[:300]


def _read_text(path: Path) -> str:
    if not path.is_file():
        raise PolicyFormatError(f"{path} is missing: put the published words there as UTF-8 text.")
    text, _ = decode(path.read_bytes(), name=str(path))
    if not text.strip():
        raise PolicyFormatError(f"{path} is empty: put the published words there as UTF-8 text.")
    return text
