"""Reads YAML files; what was read once is kept, because reading YAML takes most of the time of loading.

read = kept_yaml(settings)
read("on: 2024-01-01", "policy.yaml")      # {'on': datetime.date(2024, 1, 1)}

A kept file is used only for the very text and the very parser it was made with: a file that a person edits is read anew.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import ruamel.yaml
from ruamel.yaml import YAML

from index.config import Settings

Reader = Callable[[str, str], Any]
"""The content of a YAML text; the second argument names where it comes from."""

FORMAT = 1
"""Raise when what is kept of a text changes."""
_DAY = "!day"


def read_yaml(text: str, name: str) -> Any:  # noqa: ARG001 - the name is for readers that keep
    """YAML 1.2 (`on` is a word, not a yes) of plain values; a key that stands twice is refused.

    Raises:
        YAMLError, ValueError: the text is no such YAML; ValueError for a day such as 2024-13-01.
    """
    return YAML(typ="safe", pure=True).load(text)


@dataclass(frozen=True, slots=True)
class KeptYaml:
    """Contents of YAML files, kept as JSON in a folder that may be deleted at any time: one file for each name."""

    folder: Path

    def read(self, text: str, name: str) -> Any:
        """As `read_yaml`. Nothing goes wrong when the folder cannot be read or written; it only takes longer."""
        path = self.folder / f"{_digest(name)}.json"
        with suppress(OSError, ValueError):
            seal, _, body = path.read_text(encoding="utf-8").partition("\n")
            if seal == _seal(text, body):
                return json.loads(body, object_hook=_unpacked)
        content = read_yaml(text, name)
        if _is_plain(content, len(text)):
            with suppress(OSError, ValueError):  # ValueError: half of a surrogate pair has no UTF-8
                body = json.dumps(content, ensure_ascii=False, default=_packed)
                _write(path, f"{_seal(text, body)}\n{body}".encode())
        return content


def kept_yaml(settings: Settings) -> Reader:
    """Reads YAML, and keeps it in the folder of what is built."""
    return KeptYaml(settings.data / "yaml").read


def _seal(text: str, body: str) -> str:
    """What a kept file begins with: it fits only this text, this parser and this body, whole."""
    return _digest(f"{FORMAT}, ruamel.yaml {ruamel.yaml.__version__}", text, body)


def _digest(*texts: str) -> str:
    return sha256("\0".join(sha256(text.encode(errors="surrogatepass")).hexdigest() for text in texts).encode()).hexdigest()


def _is_plain(content: Any, most: int) -> bool:
    """Whether JSON gives back the same: text as keys, no other types than these, and at most so many values.

    A text has fewer values than characters, unless its aliases stand for a multitude of them.
    """
    values, seen = [content], 0
    while values and seen < most:
        value = values.pop()
        seen += 1
        if type(value) is list:
            values += value
        elif type(value) is dict:
            if _DAY in value or any(type(key) is not str for key in value):
                return False
            values += value.values()
        elif value is not None and type(value) not in (str, bool, int, float, date):
            return False
    return not values


def _packed(day: date) -> dict[str, str]:
    return {_DAY: day.isoformat()}


def _unpacked(mapping: dict[str, Any]) -> Any:
    return date.fromisoformat(mapping[_DAY]) if _DAY in mapping else mapping


def _write(path: Path, content: bytes) -> None:
    """In one step: another process reads the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{secrets.token_hex(8)}")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
