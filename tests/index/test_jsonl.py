"""Files of JSON lines: errors name file and line."""

from pathlib import Path

import pytest

from index.errors import InputFileError
from index.jsonl import read_records, write_records


def test_written_and_read_again(tmp_path: Path) -> None:
    records = [{"id": "1", "text": "租金\u2028补贴"}, {"id": "2", "text": ""}]
    write_records(tmp_path / "a.jsonl", records)
    assert read_records(tmp_path / "a.jsonl", require=("id", "text")) == records


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"id": 1, "text": ""}\n{"id"', "line 2 is not JSON"),
        (b"[1]", "line 1 is not a JSON object"),
        (b'\n{"id": 1}', "line 2 lacks 'text'"),
        ("租金".encode("gb18030"), "is not UTF-8"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputFileError, match=message):
        read_records(path, require=("id", "text"))


def test_a_missing_file_and_an_unwritable_one(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=r"none\.jsonl cannot be read"):
        read_records(tmp_path / "none.jsonl")
    with pytest.raises(InputFileError, match="cannot be written"):
        write_records(tmp_path / "no" / "out.jsonl", [])
