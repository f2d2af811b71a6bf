"""Case files: what can be written, and the one clear error for each thing that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from eval.corpus import Corpus
from eval.reading import read_cases
from eval.schema import Case, json_schema
from eval.spreadsheets import COLUMNS, import_cases
from index.config import ROOT
from index.errors import InputFileError
from index.policies import load_policies

CORPUS = Corpus(load_policies(ROOT / "policies_text")[0])
GOOD = '{"id": "a", "turns": ["问"], "expect": {"behaviour": "answer", "numbers_all": ["100万元"]}}\n'
CITING = GOOD.replace('"numbers_all": ["100万元"]', '"cite_any": [{"doc": "DOC", "article": "LABEL"}]')

BROKEN = [  # name of the file, what is in it, what the error says
    ("wrong-key.jsonl", GOOD.replace("numbers_all", "number_all"), "line 1, expect.number_all: is no field; did you mean 'numbers_all'?"),
    ("number.jsonl", GOOD.replace('"100万元"', "100"), 'line 1, expect.numbers_all.0: is a number; write text in quotation marks: "100"'),
    ("no-figure.jsonl", GOOD.replace("100万元", "很多"), "line 1, expect.numbers_all.0: '很多' holds no figure"),
    ("policy.jsonl", CITING.replace("DOC", "qinhuangdao"), "line 1, expect.cite_any.0: there is no policy 'qinhuangdao'. There are: "),
    ("label.jsonl", CITING.replace("DOC", "zhuzhou-draft").replace("LABEL", "（九十）"), "zhuzhou-draft has no article '（九十）'"),
    ("empty.jsonl", "\n\n", "holds no case"),
    ("twice.jsonl", GOOD + GOOD, "line 2, id: 'a' is taken by the case of "),
    ("cut.jsonl", GOOD[:40], "line 1 is not JSON"),
    ("behaviour.jsonl", GOOD.replace('"answer"', '"reply"'), "expect.behaviour: is 'reply'; it may be 'answer', 'clarify' or"),
    ("no-turns.jsonl", GOOD.replace('"turns": ["问"], ', ""), "line 1, turns: is missing"),
    ("no-list.jsonl", GOOD.replace('["问"]', '"问"'), 'line 1, turns: is text; write a list: ["问"]'),
    ("blank.jsonl", GOOD.replace('["问"]', '[" "]'), "line 1, turns.0: is empty"),
    ("day.jsonl", GOOD.replace('"id"', '"on": "31.1.2026", "id"'), "line 1, on: '31.1.2026' is no day; write it as 2026-01-31"),
    ("key-twice.jsonl", GOOD.replace('"id"', '"id": "b", "id"'), "line 1, id: stands twice"),
    ("anything.jsonl", GOOD.replace(', "numbers_all": ["100万元"]', ""), "line 1: any answer would pass"),
    ("place.jsonl", '{"id": "a", "turns": ["问"], "cite_any": [], "expect": {"behaviour": "refuse"}}', "it belongs into 'expect'"),
    ("list.jsonl", "[1, 2]", "line 1: a case is an object with 'id', 'turns' and 'expect', not a list"),
    ("key.yaml", "- id: a\n  turns: [问]\n  expect:\n    behaviour: answer\n    numbers_al: [1元]\n", "line 5, expect.numbers_al: is"),
    ("value.yaml", "- id: a\n  turns: [问]\n  expect:\n    behaviour: answer\n    numbers_all:\n      - 1元\n      - 12\n", "line 7"),
    ("object.yaml", "id: a\n", "line 1: the file is an object; write a list of cases"),
    ("bracket.yaml", "- id: a\n  turns: [问\n  expect: {}\n", "line 3: this is no YAML"),
    ("sheet.csv", "id,turns\n", "is a spreadsheet. Turn it into cases first: python -m eval import "),
    ("notes.txt", GOOD, "is no case file: its name must end in .jsonl, .yaml, .yml"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_a_broken_file_gives_one_clear_error(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputFileError) as error:
        read_cases([tmp_path / name], CORPUS)
    assert name in str(error.value)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "gb.jsonl").write_bytes(b"\n" + GOOD.encode("gb18030"))
    with pytest.raises(InputFileError, match=r"gb\.jsonl, line 2 is not UTF-8\. Save the file as UTF-8\."):
        read_cases([tmp_path / "gb.jsonl"])


def test_the_number_of_further_errors_is_told(tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text(GOOD.replace('"100万元"', "1, 2"), encoding="utf-8")
    with pytest.raises(InputFileError, match=r"\(1 more after this one\.\)"):
        read_cases([tmp_path / "two.jsonl"])


def test_yaml_and_jsonl_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(GOOD.replace('"id"', '"on": "2026-01-31", "id"'), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(
        "- id: b\n  on: 2026-01-31\n  turns: [问]\n  expect: {behaviour: answer, numbers_all: [100万元]}\n", encoding="utf-8"
    )
    one, other = read_cases([tmp_path], CORPUS)
    assert one.model_copy(update={"id": "b"}) == other


def test_the_schema_knows_every_field() -> None:
    schema = json_schema()
    assert set(schema["properties"]) == set(Case.model_fields)
    assert json.loads(json.dumps(schema)) == schema
    assert schema["additionalProperties"] is False


class TestSpreadsheets:
    HEAD = ("id", "turns", "lang", "type", "on", "behaviour", "cite_all", "cite_any", "numbers_conclusion", "text_any", "tags")
    ROW = (
        1, "秦皇岛1210补贴多少？\n封顶呢？", "zh", "followup", "2026-01-31", "answer", "qinhuangdao-2022-26 （二）", "", "100万元",
        "1210 / 保税\n上限/最高", "demo\nshort",
    )  # fmt: skip

    def check(self, case: Case) -> None:
        assert (case.id, case.turns, str(case.on)) == ("1", ("秦皇岛1210补贴多少？", "封顶呢？"), "2026-01-31")
        assert [str(cite) for cite in case.expect.cite_all] == ["qinhuangdao-2022-26 （二）"]
        assert case.expect.text_any == (("1210", "保税"), ("上限", "最高"))
        assert (case.expect.cite_any, case.tags) == ((), ("demo", "short"))

    def test_xlsx(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        for row in (self.HEAD, self.ROW, (None,) * len(self.HEAD)):
            book.active.append(row)
        book.save(tmp_path / "cases.xlsx")
        self.check(*import_cases(tmp_path / "cases.xlsx", CORPUS))

    @pytest.mark.parametrize("separator", [",", ";"])
    def test_csv(self, tmp_path: Path, separator: str) -> None:
        rows = [separator.join(f'"{cell}"' for cell in row) for row in (self.HEAD, self.ROW)]
        (tmp_path / "cases.csv").write_text("\n".join(rows), encoding="utf-8-sig")
        self.check(*import_cases(tmp_path / "cases.csv", CORPUS))

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("id,turns\na,问\n", "row 1: there is no column 'behaviour'"),
            ("id,turns,behaviour,numbers\na,问,answer,1\n", "row 1: 'numbers' is no column. There are: id, "),
            ("id,turns,behaviour\n", "holds no case"),
            ("id,turns,behaviour\na,问,refuse\na,问,refuse\n", "row 3, id: 'a' stands in an earlier row"),
            ("id,turns,behaviour,numbers_all\n\na,问,answer,viel\n", "row 3, expect.numbers_all.0: 'viel' holds no figure"),
            ("id,turns,behaviour,cite_all\na,问,answer,qinhuangdao （二）\n", "row 2, expect.cite_all.0: there is no policy 'qinhuangdao'"),
        ],
    )
    def test_errors_name_row_and_column(self, tmp_path: Path, text: str, message: str) -> None:
        (tmp_path / "cases.csv").write_text(text, encoding="utf-8")
        with pytest.raises(InputFileError) as error:
            import_cases(tmp_path / "cases.csv", CORPUS)
        assert message in str(error.value)

    def test_no_workbook(self, tmp_path: Path) -> None:
        (tmp_path / "cases.xlsx").write_text("id,turns", encoding="utf-8")
        with pytest.raises(InputFileError, match="no Excel workbook"):
            import_cases(tmp_path / "cases.xlsx")

    def test_every_field_has_a_column(self) -> None:
        assert set(COLUMNS) >= {"id", "turns", "behaviour", "ceilings", "known"}


class TestDocument:
    """What somebody reads who has only docs/evaluation.md."""

    TEXT = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")

    def test_the_example_is_a_case_file(self, tmp_path: Path) -> None:
        (tmp_path / "my-cases.yaml").write_text(self.TEXT.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
        assert len(read_cases([tmp_path / "my-cases.yaml"], CORPUS)) == 3

    def test_every_field_is_explained(self) -> None:
        assert [name for name in COLUMNS if f"`{name}`" not in self.TEXT] == []
