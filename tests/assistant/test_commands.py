"""The commands over the rules, on a command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from assistant.commands import add_commands

POLICIES = Path(__file__).resolve().parents[2] / "policies_text"


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    app = typer.Typer()
    add_commands(app)
    return app


def run(app: typer.Typer, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_calc(app: typer.Typer) -> None:
    code, out, _ = run(
        app, "calc", "qinhuangdao-2022-26", "import-1210", "年线上交易额=5600万元", "business_mode=1210", "--on", "2026-06-30"
    )
    assert code == 0
    assert "金额：不超过100万元" in out
    assert "5600万元 × 2% = 112万元" in out


def test_calc_json_in_english(app: typer.Typer) -> None:
    code, out, _ = run(app, "calc", "zhuzhou-draft", "o2o-store", "business_area=700", "--json")
    result = json.loads(out)
    assert code == 0
    assert (result["amount"], result["eligible"], result["missing"]) == ("70000", "unknown", ["store_turnover"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["calc", "nowhere", "import-1210"], "there are: "),
        (["calc", "qinhuangdao-2022-26", "import-1210", "online_turnover=-1"], "negative"),
        (["match", "--policy", "lianyungang-2024", "rents=1"], "near names: rent"),
    ],
)
def test_errors_are_one_line(app: typer.Typer, arguments: list[str], says: str) -> None:
    code, _, err = run(app, *arguments)
    assert code == 2
    assert says in err
    assert err.startswith("error: ")


def test_match(app: typer.Typer) -> None:
    code, out, _ = run(app, "match", "--policy", "lianyungang-2024", "rent=40万元", "--on", "2026-06-30")
    assert code == 0
    assert "连云港市 （十一） 租赁海关特殊监管区域租金支持 不超过12万元" in out


def test_incentives(app: typer.Typer) -> None:
    code, out, _ = run(app, "incentives", "--policy", "qinhuangdao-2022-26", "--money", "--json")
    assert code == 0
    assert "import-1210" in [row["id"] for row in json.loads(out)]


def test_review_shows_text_beside_rule(app: typer.Typer) -> None:
    code, out, _ = run(app, "rules", "review", "qinhuangdao-2022-26", "--all")
    assert code == 0
    assert "text:       对开展1210业务的跨境电商企业" in out
    assert "0 waiting for review" in out


def test_propose_prints_and_never_overwrites(app: typer.Typer) -> None:
    code, out, _ = run(app, "rules", "propose", "qinhuangdao-2022-26")
    assert code == 0
    assert "quote:" in out
    code, _, err = run(app, "rules", "propose", "qinhuangdao-2022-26", "--write")
    assert code == 2
    assert "exists and is left as it is" in err


def test_propose_writes_a_file_that_loads(app: typer.Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "policies" / "zhuzhou-draft"
    folder.mkdir(parents=True)
    for name in ("policy.yaml", "text.txt"):
        (folder / name).write_text((POLICIES / "zhuzhou-draft" / name).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("POLICYDESK_POLICIES", str(tmp_path / "policies"))
    code, out, _ = run(app, "rules", "propose", "zhuzhou-draft", "--write")
    assert code == 0
    assert "python -m assistant rules review zhuzhou-draft" in out
    code, out, _ = run(app, "rules", "review", "zhuzhou-draft")
    assert code == 1
    assert "waiting for review" in out
