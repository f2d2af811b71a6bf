"""Case files: what can be written, and the one clear error for each thing that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from eval.corpus import Corpus
from eval.reading import read_cases
from eval.schema import Case, json_schema
from eval.spreadsheets import COLUMNS
from index.config import ROOT
from index.errors import InputFileError
from index.policies import load_policies

CORPUS = Corpus(load_policies(ROOT / "policies_text")[0])
GOOD = '{"id": "a", "turns": ["问"], "expect": {"behaviour": "answer", "numbers_all": ["100万元"]}}\n'
CITING = GOOD.replace('"numbers_all": ["100万元"]', '"cite_any": [{"doc": "DOC", "article": "LABEL"}]')

YAML_GOOD = "- turns: [问]\n  id: a\n  expect:\n    behaviour: answer\n    numbers_all: [100万元]\n"
NOT_DRAFT = ', "cite_none_docs": ["zhuzhou-draft"]}}'
BROKEN = [  # name of the file, what is in it, what the error says
    ("wrong-key.jsonl", GOOD.replace("numbers_all", "number_all"), "line 1, expect.number_all: is no field; did you mean 'numbers_all'?"),
    ("number.jsonl", GOOD.replace('"100万元"', "100"), 'line 1, expect.numbers_all.0: is a number; write text in quotation marks: "100"'),
    ("no-figure.jsonl", GOOD.replace("100万元", "很多"), "line 1, expect.numbers_all.0: '很多' holds no figure"),
    ("policy.jsonl", CITING.replace("DOC", "qinhuangdao"), "line 1, expect.cite_any.0: there is no policy 'qinhuangdao'. There are: "),
    ("label.jsonl", CITING.replace("DOC", "zhuzhou-draft").replace("LABEL", "（九十）"), "zhuzhou-draft has no article '（九十）'"),
    ("empty.jsonl", "\n\n", "holds no case"),
    ("twice.jsonl", GOOD + GOOD, "line 2, id: 'a' is taken by the case of "),
    ("cut.jsonl", GOOD[:40], "line 1, column 40 is not JSON: a quotation mark"),
    ("behaviour.jsonl", GOOD.replace('"answer"', '"reply"'), "expect.behaviour: is 'reply'; it may be 'answer', 'clarify' or"),
    ("no-turns.jsonl", GOOD.replace('"turns": ["问"], ', ""), "line 1, turns: is missing"),
    ("no-list.jsonl", GOOD.replace('["问"]', '"问"'), 'line 1, turns: is text; write a list: ["问"]'),
    ("blank.jsonl", GOOD.replace('["问"]', '[" "]'), "line 1, turns.0: is empty; take it away, or fill it in"),
    ("day.jsonl", GOOD.replace('"id"', '"on": "31.1.2026", "id"'), "line 1, on: '31.1.2026' is no day; write it as 2026-01-31"),
    ("key-twice.jsonl", GOOD.replace('"id"', '"id": "b", "id"'), "line 1, id: stands twice"),
    ("anything.jsonl", GOOD.replace(', "numbers_all": ["100万元"]', ""), "line 1: any answer would pass"),
    ("place.jsonl", '{"id": "a", "turns": ["问"], "cite_any": [], "expect": {"behaviour": "refuse"}}', "it belongs into 'expect'"),
    ("list.jsonl", "\n[1, 2]\n" + GOOD, "line 2: a case is an object with 'id', 'turns' and 'expect', not a list"),
    ("key.yaml", "- id: a\n  turns: [问]\n  expect:\n    behaviour: answer\n    numbers_al: [1元]\n", "line 5, expect.numbers_al: is"),
    ("value.yaml", "- id: a\n  turns: [问]\n  expect:\n    behaviour: answer\n    numbers_all:\n      - 1元\n      - 12\n", "line 7"),
    ("object.yaml", "id: a\n", "line 1: the file is an object; write a list of cases"),
    ("bracket.yaml", "- id: a\n  turns: [问\n  expect: {}\n", "line 3: this is no YAML"),
    ("notes.txt", GOOD, "is no case file: its name must end in .jsonl, .yaml, .yml"),
    ("no-day.yaml", YAML_GOOD + "  on: 2026-02-30\n", "line 6, on: '2026-02-30' is no day; write it as 2026-01-31"),
    ("day-name.yaml", YAML_GOOD + "  on: 30.06.2026\n", "line 6, on: '30.06.2026' is no day"),
    ("vague.jsonl", GOOD.replace("100万元", "三十多万"), "line 1, expect.numbers_all.0: '三十多万' is no exact figure"),
    ("some.jsonl", GOOD.replace("100万元", "几万元"), "'几万元' is no exact figure"),
    ("figure.jsonl", GOOD.replace("}}", ', "numbers_none": ["一百万元"]}}'),
     "line 1, expect.numbers_none.0: 一百万元 is wanted in numbers_all, too"),
    ("cite.jsonl", CITING.replace("DOC", "zhuzhou-draft").replace("LABEL", "（九）").replace("}}", NOT_DRAFT),
     "line 1, expect.cite_none_docs.0: zhuzhou-draft is to be cited by cite_any, too"),
    ("word.yaml", YAML_GOOD + "    text_any: [[有效]]\n    text_none: [有效]\n",
     "line 7, expect.text_none.0: '有效' is wanted in text_any"),
    ("longer.yaml", YAML_GOOD + "    text_conclusion: [[仍有效]]\n    text_none: [有效]\n",
     "line 7, expect.text_none.0: '有效' is wanted in text_conclusion"),
    ("also.yaml", YAML_GOOD + "    behaviour_also: answer\n", "line 6, expect.behaviour_also: is 'answer', as 'behaviour' is"),
    ("place.yaml", YAML_GOOD + "    cite_any:\n    - doc: lianyungang-2023\n",
     "line 7, expect.cite_any.0: there is no policy 'lianyungang-2023'; did you mean 'lianyungang-2024'?"),
    ("label.yaml", YAML_GOOD + "    cite_any:\n    - {doc: lianyungang-2024, article: （九十）}\n",
     "line 7, expect.cite_any.0: lianyungang-2024 has no"),
    ("joined.jsonl", CITING.replace('"DOC", "article": "LABEL"', '"lianyungang-2024（一）"'),
     "did you mean doc 'lianyungang-2024' and article '（一）'?"),
    ("empty.yaml", "# nothing\n", "holds no case. Write a list of cases, each beginning with '- id:'."),
    ("no-turn.yaml", "- id: a\n  turns: []\n  expect: {behaviour: refuse}\n", "line 2, turns: is empty; write turns: ["),
    ("question.yaml", "- id: a\n  question: [问]\n  expect: {behaviour: refuse}\n", "line 2, question: is no field; did you mean 'turns'?"),
    ("colon.yaml", "- id: a\n  turns: [连云港: 多少]\n  expect: {behaviour: refuse}\n",
     'line 2, turns.0: is an object; write text in quotation marks: "连云港: 多少"'),
    ("cite.yaml", YAML_GOOD + "    cite_all: [lianyungang-2024]\n", "line 6, expect.cite_all.0: is text; write an object: {doc: "),
    ("tab.yaml", "- id: a\n\tturns: [问]\n", "line 2: this is no YAML: a tab stands where blanks must"),
    ("wide.yaml", "- id：a\n  turns: [问]\n", "line 1: '- id：' ends in a full-width colon"),
    ("wide-all.yaml", "- id：a\n", "line 1: '- id：' ends in a full-width colon"),
    ("indent.yaml", "- id: a\n  turns: [问]\n   expect: {}\n", "line 3: this is no YAML: "),
    ("twice.yaml", "- id: a\n  turns: [问]\n  turns: [问]\n", "line 3, turns: stands twice"),
    ("open.jsonl", GOOD.replace("}}", "}"), "is not JSON: the object is not closed on this line"),
    ("comma.jsonl", GOOD.replace("]}}", "],}}"), "is not JSON: take away the comma"),
    ("wide.jsonl", GOOD.replace(", ", "，", 1), "is not JSON: ， is a full-width character"),
    ("array.jsonl", "[" + GOOD.strip() + ",\n" + GOOD.strip() + "]\n", "line 1: the file is one JSON array. Write one object a line"),
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


def test_every_error_of_a_file_is_told(tmp_path: Path) -> None:
    wrong = [GOOD.replace('"100万元"', "1, 2"), "{", GOOD.replace("answer", "reply")]
    (tmp_path / "three.jsonl").write_text("\n".join(wrong), encoding="utf-8")
    with pytest.raises(InputFileError) as error:
        read_cases([tmp_path / "three.jsonl"])
    told = [line.split("three.jsonl, ")[1] for line in str(error.value).splitlines()]
    assert [line.split(" is ")[0].removesuffix(":") for line in told] == [
        "line 1, expect.numbers_all.0", "line 1, expect.numbers_all.1", "line 3, column 2", "line 4, expect.behaviour",
    ]  # fmt: skip


def test_of_very_many_errors_the_number_is_told(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text("{}\n" * 30, encoding="utf-8")
    with pytest.raises(InputFileError, match=r"\(70 more after these\.\)"):
        read_cases([tmp_path / "many.jsonl"])


def test_a_file_that_is_named_twice(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputFileError, match="is named twice"):
        read_cases([tmp_path, tmp_path / "a.jsonl"])


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
        self.check(*read_cases([tmp_path / "cases.xlsx"], CORPUS))

    @pytest.mark.parametrize("separator", [",", ";"])
    def test_csv(self, tmp_path: Path, separator: str) -> None:
        rows = [separator.join(f'"{cell}"' for cell in row) for row in (self.HEAD, self.ROW)]
        (tmp_path / "cases.csv").write_text("\n".join(rows), encoding="utf-8-sig")
        self.check(*read_cases([tmp_path / "cases.csv"], CORPUS))

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("id,turns\na,问\n", "row 1: there is no column 'behaviour'"),
            ("id,turns,behaviour,numbers\na,问,answer,1\n", "row 1: 'numbers' is no column. did you mean 'numbers_all'?"),
            ("id,turns,behaviour,Betrag\na,问,answer,1\n", "row 1: 'Betrag' is no column. There are: id, "),
            (
                "id,turns,behaviour\na,问,refuse,1\n",
                "row 2: has 4 cells, the headings only 3. Put a cell with a comma into quotation marks.",
            ),
            ("id,turns,behaviour\na,,refuse\n", "row 2, turns: is missing; write turns: ["),
            ("id,turns,behaviour\n", "holds no case"),
            ("id,turns,behaviour\na,问,refuse\na,问,refuse\n", "row 3, id: 'a' is taken by the case of "),
            ("id,turns,behaviour,numbers_all\n\na,问,answer,viel\n", "row 3, expect.numbers_all.0: 'viel' holds no figure"),
            ("id,turns,behaviour,cite_all\na,问,answer,qinhuangdao （二）\n", "row 2, expect.cite_all.0: there is no policy 'qinhuangdao'"),
        ],
    )
    def test_errors_name_row_and_column(self, tmp_path: Path, text: str, message: str) -> None:
        (tmp_path / "cases.csv").write_text(text, encoding="utf-8")
        with pytest.raises(InputFileError) as error:
            read_cases([tmp_path / "cases.csv"], CORPUS)
        assert message in str(error.value)

    def test_what_excel_and_people_write(self, tmp_path: Path) -> None:
        row = "id,turns,behaviour,on,cite_all\na,问,answer,2028/3/1,lianyungang-2024（一）\n"
        (tmp_path / "cases.csv").write_text(row, encoding="utf-8")
        case = read_cases([tmp_path / "cases.csv"], CORPUS)[0]
        assert (str(case.on), str(case.expect.cite_all[0])) == ("2028-03-01", "lianyungang-2024 （一）")

    def test_no_workbook(self, tmp_path: Path) -> None:
        (tmp_path / "cases.xlsx").write_text("id,turns", encoding="utf-8")
        with pytest.raises(InputFileError, match="no Excel workbook"):
            read_cases([tmp_path / "cases.xlsx"])

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
