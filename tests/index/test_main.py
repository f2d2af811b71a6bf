"""The command line: what it prints, what it returns, and that errors are one clear line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from index.__main__ import main

SHEET = "id: {id}\ntitle: {city}扶持跨境电商若干措施\nplace: {{province: 丙省, city: {city}}}\naliases: [{alias}]\nplace_en: {alias}\n"
TEXT = (
    "若干措施\n为支持企业，制定本措施。\n一、总则\n（一）租金补贴。给予租金30%的补贴，最高30万元。\n（二）保费补贴。给予保费50%的补贴。\n"
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for id_, city, alias in (("jia-2024", "甲山市", "Jiashan"), ("yi-2024", "乙水市", "Yishui")):
        folder = tmp_path / "policies" / id_
        folder.mkdir(parents=True)
        (folder / "policy.yaml").write_text(SHEET.format(id=id_, city=city, alias=alias), encoding="utf-8")
        (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("POLICYDESK_POLICIES", str(tmp_path / "policies"))
    monkeypatch.setenv("POLICYDESK_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command: (exit code, standard output, standard error)."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["index", *arguments])
        code = 0
        try:
            main()
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_list(desk: Path, run) -> None:
    code, out, _ = run("list", "--json")
    assert code == 0
    assert [(row["id"], row["place"]) for row in json.loads(out)] == [("jia-2024", "甲山市"), ("yi-2024", "乙水市")]
    assert "jia-2024" in run("list")[1]


@pytest.mark.parametrize("label", ["（二）", "(二)", "二"])
def test_show_an_article_however_its_label_is_typed(desk: Path, run, label: str) -> None:
    code, out, _ = run("show", "jia-2024", label)
    assert (code, "保费50%" in out, "租金30%" in out) == (0, True, False)


def test_show_a_policy(desk: Path, run) -> None:
    _, out, _ = run("show", "jia-2024")
    assert "（一）" in out
    _, out, _ = run("show", "jia-2024", "--json")
    assert "".join(article["text"] for article in json.loads(out)["articles"]).strip() == TEXT.strip()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show", "bing"), 2, "jia-2024, yi-2024"),
        (("show", "jia-2024", "（九）"), 2, "（一）  （二）"),
        (("search", " "), 2, "empty"),
        (("search", "租金", "--place", "丁市"), 2, "乙水市, 甲山市"),
        (("search", "租金", "--policy", "bing"), 2, "bing"),
        (("search", "租金"), 1, "python -m index build"),
        (("quantities", "--batch", "none.jsonl", "--out", "out.jsonl"), 2, "none.jsonl cannot be read"),
        (("add", "none.txt"), 2, "none.txt"),
    ],
)
def test_errors_are_one_line_with_a_remedy(desk: Path, run, arguments: tuple[str, ...], code: int, words: str) -> None:
    got, out, err = run(*arguments)
    assert (got, out) == (code, "")
    assert err.startswith("Error: ")
    assert words in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("quantities",), ("quantities", "5万元", "--batch", "a", "--out", "b"), ("quantities", "--batch", "a"), ("nothing",)]
)
def test_wrong_usage(run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_a_wrong_setting_is_named(desk: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYDESK_THREADS", "many")
    code, _, err = run("list")
    assert (code, "POLICYDESK_THREADS=many" in err) == (2, True)


def test_a_broken_folder_is_named_and_the_others_are_listed(desk: Path, run) -> None:
    (desk / "policies" / "yi-2024" / "policy.yaml").write_text("id: [", encoding="utf-8")
    code, out, err = run("list", "--json")
    assert (code, [row["id"] for row in json.loads(out)]) == (0, ["jia-2024"])
    assert "yi-2024" in err


def test_quantities(desk: Path, run) -> None:
    code, out, _ = run("quantities", "最高不超过100万元")
    assert code == 0
    assert [(q["value"], q["unit"], q["bound"]) for q in json.loads(out)] == [("1000000", "CNY", "at_most")]


def test_quantities_of_a_batch(desk: Path, run) -> None:
    (desk / "in.jsonl").write_text('{"id": "a", "text": "30%"}\n{"id": "b", "text": "无"}\n', encoding="utf-8")
    assert run("quantities", "--batch", "in.jsonl", "--out", "out.jsonl")[0] == 0
    rows = [json.loads(line) for line in (desk / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], [q["value"] for q in row["quantities"]]) for row in rows] == [("a", ["0.3"]), ("b", [])]


@pytest.mark.slow
def test_build_and_search(desk: Path, run) -> None:
    code, out, _ = run("build")
    assert (code, "2 policies" in out, "Added: jia-2024, yi-2024" in out) == (0, True, True)
    assert json.loads(run("build", "--json")[1])["embedded"] == 0
    code, out, _ = run("search", "租金能补多少", "--place", "Yishui", "--json")
    hits = json.loads(out)
    assert code == 0
    assert {hit["policy"] for hit in hits} == {"yi-2024"}
    assert hits[0]["article"] == "（一）"
    assert hits[0]["rank"] == 1
