"""Makes a policy folder of a document file: the words as received, the words unwrapped, and a proposed policy.yaml.

>>> import_document(Path("notice.docx"), Path("policies_text"))  # doctest: +SKIP
ImportResult(policy_id='notice', ...)
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from index.errors import PolicyError, PolicyFormatError
from index.files import read_document
from index.models import Policy
from index.policies import ID_PATTERN, SHEET_FILE, SOURCE_FILE, TEXT_FILE, PolicySheet, load_policy
from index.proposals import missing_facts, propose_sheet
from index.unwrap import unwrap

_HEADER = "# Proposed from the text: check every line. Quotes must stand in text.txt; delete what you cannot confirm.\n"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What was made of a file, and what a person should look at."""

    policy_id: str
    folder: Path
    policy: Policy
    encoding: str
    warnings: tuple[str, ...]


def import_document(path: Path, root: Path, *, policy_id: str | None = None) -> ImportResult:
    """Write `root`/<id>/ with source.txt, text.txt and policy.yaml read from the document `path` (.txt, .docx).

    Args:
        path: The document.
        root: The folder of policies.
        policy_id: Lower-case letters, digits, dots and hyphens; by default made from the file name.

    Raises:
        PolicyFormatError: the file is missing, empty or of a kind we cannot read, the id is no id, or the folder
            exists: nothing is ever overwritten.
        EncodingError: the text is in no encoding we can read.
    """
    source, encoding, warnings = read_document(path)
    text = unwrap(source)
    if not text:
        raise PolicyFormatError(f"{path} has no words: nothing was added.")
    policy_id = policy_id or propose_id(path.stem)
    if not re.fullmatch(ID_PATTERN, policy_id):
        raise PolicyFormatError(f"{policy_id!r} cannot be an id: use lower-case letters, digits, dots and hyphens.")
    folder = root / policy_id
    if folder.exists():
        raise PolicyFormatError(f"{folder} exists and is not overwritten: give another id, or move that folder away first.")
    sheet = propose_sheet(text, policy_id, fallback_title=path.stem)
    if sheet.title == path.stem:
        warnings.append("no title found: the file name stands in its place")
    policy = _write(folder, source, text, sheet)
    return ImportResult(policy_id, folder, policy, encoding, (*warnings, *missing_facts(sheet), *policy.warnings))


def propose_id(name: str) -> str:
    """An id made from a file name: 重庆 2019.17 -> zhongqing-2019.17."""
    if not name.isascii():
        from pypinyin import lazy_pinyin  # loads its dictionary: only for names that need it

        name = "-".join(lazy_pinyin(name)) if len(name) <= 12 else "".join(word[0] for word in lazy_pinyin(name) if word)
    return re.sub(r"[^a-z0-9._]+", "-", name.lower()).strip("-._")[:64] or "policy"


def _write(folder: Path, source: str, text: str, sheet: PolicySheet) -> Policy:
    """Write all files or none: the folder gets its name only when it loads."""
    draft = folder.parent / f".{folder.name}.new" / folder.name
    shutil.rmtree(draft.parent, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        (draft / SOURCE_FILE).write_text(source, encoding="utf-8")
        (draft / TEXT_FILE).write_text(text, encoding="utf-8")
        with (draft / SHEET_FILE).open("w", encoding="utf-8") as file:
            file.write(_HEADER)
            writer = YAML()
            writer.width = 10_000
            writer.dump(_as_data(sheet), file)
        policy = load_policy(draft)
        draft.rename(folder)
    except OSError as error:
        raise PolicyError(f"{folder} cannot be written: {error.strerror}. Check the rights and the space on the disk.") from error
    finally:
        shutil.rmtree(draft.parent, ignore_errors=True)
    return policy


def _as_data(sheet: PolicySheet) -> dict[str, Any]:
    """The fields in order, unknown ones left null so that a person sees what may be filled in."""
    data = sheet.model_dump(by_alias=True)
    data["status"]["value"] = sheet.status.value.value
    data["place"] = {level: name for level, name in data["place"].items() if name}
    return data
