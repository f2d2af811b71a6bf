"""Policy folders: the five that come with the program, and what is wrong with broken ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from index.config import ROOT
from index.errors import EncodingError, PolicyFormatError
from index.models import Place, Standing, Status
from index.policies import load_policies, load_policy, squeeze
from index.unwrap import unwrap

SHIPPED = ROOT / "policies_text"
MINIMAL = "id: demo\ntitle: 某市办法\nplace: {city: 大连市}\n"
TEXT = "某市办法\n第一条 甲。\n第二条 本办法自2024年1月1日起施行。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "demo"
    made.mkdir()
    (made / "policy.yaml").write_text(MINIMAL, encoding="utf-8")
    (made / "text.txt").write_text(TEXT, encoding="utf-8")
    return made


def test_the_five_load_without_problems() -> None:
    policies, problems = load_policies(SHIPPED)
    assert problems == []
    assert {p.id for p in policies} >= {
        "qinhuangdao-2022-26",
        "tangshan-2018-141",
        "lianyungang-2024",
        "lianyungang-2021-20",
        "zhuzhou-draft",
    }


@pytest.mark.parametrize("source", sorted(SHIPPED.glob("*/source.txt")), ids=lambda path: path.parent.name)
def test_no_word_is_lost_between_source_and_text(source: Path) -> None:
    received = source.read_text(encoding="utf-8")
    text = (source.parent / "text.txt").read_text(encoding="utf-8")
    assert squeeze(text) == squeeze(received)
    assert text == unwrap(received)


@pytest.mark.parametrize(
    ("policy_id", "status", "issued", "first", "last"),
    [
        ("qinhuangdao-2022-26", Status.UNKNOWN, None, None, None),
        ("tangshan-2018-141", Status.PLAN, date(2018, 12, 19), date(2019, 1, 1), date(2021, 12, 31)),
        ("lianyungang-2024", Status.IN_FORCE, date(2024, 11, 20), date(2024, 11, 20), date(2027, 12, 31)),
        ("lianyungang-2021-20", Status.IN_FORCE, date(2021, 4, 14), date(2021, 4, 14), None),
        ("zhuzhou-draft", Status.DRAFT, None, None, None),
    ],
)
def test_what_the_five_say_of_themselves(
    policy_id: str, status: Status, issued: date | None, first: date | None, last: date | None
) -> None:
    policy = load_policy(SHIPPED / policy_id)
    assert (policy.status, policy.issued.value, policy.effective_from.value, policy.effective_to.value) == (status, issued, first, last)


def test_title_and_issuer_stand_in_the_text() -> None:
    for policy in load_policies(SHIPPED)[0]:
        assert squeeze(policy.title) in squeeze(policy.text)
        assert policy.issuer in policy.text


def test_the_two_of_lianyungang_know_of_each_other() -> None:
    later, earlier = load_policy(SHIPPED / "lianyungang-2024"), load_policy(SHIPPED / "lianyungang-2021-20")
    assert (later.supersedes, earlier.superseded_by) == ((earlier.id,), (later.id,))


def test_standing_on_the_days_around_the_end() -> None:
    policy = load_policy(SHIPPED / "lianyungang-2024")
    days = [date(2024, 11, 19), date(2024, 11, 20), date(2027, 12, 31), date(2028, 1, 1)]
    assert [policy.standing(day) for day in days] == [Standing.NOT_YET, Standing.IN_FORCE, Standing.IN_FORCE, Standing.EXPIRED]


def test_a_minimal_folder_loads(folder: Path) -> None:
    policy = load_policy(folder)
    assert (policy.title, policy.place, policy.status) == ("某市办法", Place(city="大连市"), Status.UNKNOWN)
    assert [a.label for a in policy.articles] == [None, "第一条", "第二条"]


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        pytest.param(None, "policy.yaml is missing", id="missing"),
        pytest.param("id: demo\n  title: [", "no valid YAML", id="broken"),
        pytest.param(MINIMAL + "title: 另一个\n", "no valid YAML", id="duplicate key"),
        pytest.param("- a\n", "must hold fields", id="a list"),
        pytest.param(MINIMAL.replace("id: demo", "id: other"), "the folder is 'demo'", id="other id"),
        pytest.param(MINIMAL + "colour: red\n", "colour: Extra inputs", id="unknown field"),
        pytest.param("id: demo\ntitle: 某市办法\n", "place: Field required", id="no place"),
        pytest.param(MINIMAL + "issued: {date: 2024-13-01}\n", "month must be in 1..12", id="no such day"),
        pytest.param(MINIMAL + "status: {value: valid}\n", "status.value", id="unknown status"),
        pytest.param(
            MINIMAL + "issued: {date: 2024-01-01, quote: 2024年1月2日}\n", "quote of issued does not stand", id="quote not in text"
        ),
    ],
)
def test_a_broken_sheet_is_named_with_its_remedy(folder: Path, sheet: str | None, message: str) -> None:
    (folder / "policy.yaml").unlink()
    if sheet is not None:
        (folder / "policy.yaml").write_text(sheet, encoding="utf-8")
    with pytest.raises(PolicyFormatError, match=r"policy\.yaml") as raised:
        load_policy(folder)
    assert message in str(raised.value)


def test_a_quote_may_be_broken_by_blanks(folder: Path) -> None:
    (folder / "policy.yaml").write_text(MINIMAL + "issued: {date: 2024-01-01, quote: 2024 年 1 月 1 日}\n", encoding="utf-8")
    assert load_policy(folder).issued.value == date(2024, 1, 1)


def test_an_empty_or_missing_text_is_an_error(folder: Path) -> None:
    (folder / "text.txt").write_text(" \n", encoding="utf-8")
    with pytest.raises(PolicyFormatError, match=r"text\.txt is empty"):
        load_policy(folder)
    (folder / "text.txt").unlink()
    with pytest.raises(PolicyFormatError, match=r"text\.txt is missing"):
        load_policy(folder)


def test_bytes_that_are_no_text_are_an_error(folder: Path) -> None:
    (folder / "text.txt").write_bytes(bytes(range(128, 256)) * 20)
    with pytest.raises(EncodingError, match="save it as UTF-8"):
        load_policy(folder)


def test_a_text_in_gb18030_loads(folder: Path) -> None:
    (folder / "text.txt").write_bytes(TEXT.encode("gb18030"))
    assert load_policy(folder).text == TEXT


def test_one_broken_folder_does_not_lose_the_others(folder: Path) -> None:
    broken = folder.parent / "broken"
    broken.mkdir()
    policies, problems = load_policies(folder.parent)
    assert [p.id for p in policies] == ["demo"]
    assert [(p.folder, type(p.error)) for p in problems] == [(broken, PolicyFormatError)]


def test_a_missing_root_says_which_setting_to_change(tmp_path: Path) -> None:
    with pytest.raises(PolicyFormatError, match="POLICYDESK_POLICIES"):
        load_policies(tmp_path / "nowhere")
