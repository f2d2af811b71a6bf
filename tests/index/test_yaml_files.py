"""Reading YAML, and keeping what was read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml.error import YAMLError

from index.yaml_files import KeptYaml, read_yaml

TEXT = 'on: 2024-01-01\nrate: "0.02"\ncount: 3\nnames: [海外仓, "on", null, true, 1.5]\nagain: {quote: &q 至多, other: *q}\n'
CONTENT = {
    "on": date(2024, 1, 1),
    "rate": "0.02",
    "count": 3,
    "names": ["海外仓", "on", None, True, 1.5],
    "again": {"quote": "至多", "other": "至多"},
}


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_what_is_read_again_is_the_same(tmp_path: Path) -> None:
    kept = KeptYaml(tmp_path / "yaml")
    assert [repr(kept.read(TEXT, "a.yaml")) for _ in range(2)] == [repr(CONTENT)] * 2
    assert len(kept_files(kept.folder)) == 1


def test_it_is_read_from_the_kept_file_while_the_text_is_the_same(tmp_path: Path) -> None:
    kept = KeptYaml(tmp_path)
    kept.read("a: 1", "a.yaml")
    (first,) = kept_files(tmp_path)
    made = first.stat().st_mtime_ns
    kept.read("a: 1", "a.yaml")
    assert first.stat().st_mtime_ns == made
    assert kept.read("a: 2", "a.yaml") == {"a": 2}
    assert kept.read("a: 2", "a.yaml") == {"a": 2}
    assert kept_files(tmp_path) == [first], "one file for a name, however often a person edits"


def test_each_name_has_its_own_file(tmp_path: Path) -> None:
    kept = KeptYaml(tmp_path)
    assert (kept.read("a: 1", "a.yaml"), kept.read("a: 2", "b.yaml")) == ({"a": 1}, {"a": 2})
    assert len(kept_files(tmp_path)) == 2


@pytest.mark.parametrize(
    "damage", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b.replace(b"1000", b"9000"), lambda b: b"\xff" + b]
)
def test_a_damaged_file_is_read_anew_and_replaced(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    kept = KeptYaml(tmp_path)
    kept.read("most: 1000", "a.yaml")
    (file,) = kept_files(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert file.read_bytes() != whole
    assert kept.read("most: 1000", "a.yaml") == {"most": 1000}
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_used_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert KeptYaml(tmp_path / "file" / "yaml").read(TEXT, "a.yaml") == CONTENT


@pytest.mark.parametrize("text", ["a: 1\na: 2", "a: b: c", "a: [1", "day: 2024-13-01"])
def test_a_broken_text_is_refused_alike_and_nothing_is_kept(tmp_path: Path, text: str) -> None:
    with pytest.raises((YAMLError, ValueError)) as plain:
        read_yaml(text, "a.yaml")
    kept = KeptYaml(tmp_path / "yaml")
    for _ in range(2):
        with pytest.raises(plain.type) as found:
            kept.read(text, "a.yaml")
        assert str(found.value) == str(plain.value)
    assert kept_files(kept.folder) == []


@pytest.mark.parametrize("text", ["1: one", "a: {true: 1}", '"!day": x', "a: 2024-01-01T10:00:00", "a: !!binary aGk=", "? [1, 2]\n: 3"])
def test_what_json_cannot_give_back_is_not_kept(tmp_path: Path, text: str) -> None:
    kept = KeptYaml(tmp_path / "yaml")
    assert [repr(kept.read(text, "a.yaml")) for _ in range(2)] == [repr(read_yaml(text, "a.yaml"))] * 2
    assert kept_files(kept.folder) == []


def test_aliases_of_aliases_and_of_themselves_are_not_written_out(tmp_path: Path) -> None:
    kept = KeptYaml(tmp_path / "yaml")
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
    assert len(kept.read("\n".join(lines), "bomb.yaml")) == 9
    itself = kept.read("a: &a [*a]", "loop.yaml")
    assert itself["a"][0] is itself["a"]
    assert kept_files(kept.folder) == []


def test_many_may_read_and_write_at_once(tmp_path: Path) -> None:
    texts = [f"number: {n}\nwords: [{'海外仓, ' * 500}]" for n in range(2)]
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: KeptYaml(tmp_path).read(texts[n % 2], "a.yaml")["number"], range(100)))
    assert numbers == [0, 1] * 50
    assert len(kept_files(tmp_path)) == 1, "no half-written file is left"
