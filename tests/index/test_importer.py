"""Adding a document: encodings, lines broken inside sentences, and what is read from the words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import EncodingError, PolicyFormatError
from index.importer import import_document, propose_id
from index.models import Place, Status
from index.policies import load_policy, squeeze
from index.proposals import propose_sheet
from index.unwrap import unwrap

NOTICE = (
    "温州市人民政府办公室\n温政办〔2024〕8号\n温州市人民政府办公室关于印发《温州市跨境电商扶持办法》的通知\n各县（市、区）人民政府：\n"
    "现印发给你们，请执行。\n温州市人民政府办公室\n2024年3月1日\n温州市跨境电商扶持办法\n为发展跨境电商，制定本办法。\n"
    "第一条 对首次开展业务的企业，给予5万元奖励。\n第二条 本办法自2024年4月1日起施行，有效期3年。\n"
)


@pytest.mark.parametrize(
    ("encoding", "reported"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("utf-16", "utf-16")]
)
def test_encodings_are_found_and_named(tmp_path: Path, encoding: str, reported: str) -> None:
    file = tmp_path / "notice.txt"
    file.write_bytes(NOTICE.encode(encoding))
    result = import_document(file, tmp_path / "policies")
    assert (result.encoding, result.policy_id) == (reported, "notice")
    assert (result.folder / "source.txt").read_text(encoding="utf-8") == NOTICE
    assert load_policy(result.folder) == result.policy


def test_what_a_notice_says_of_itself(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding="utf-8")
    policy = import_document(file, tmp_path / "policies").policy
    assert (policy.title, policy.document_number, policy.issuer) == ("温州市跨境电商扶持办法", "温政办〔2024〕8号", "温州市人民政府办公室")
    assert policy.place == Place("浙江省", "温州市")
    assert policy.issued.value == date(2024, 3, 1)
    assert (policy.effective_from.value, policy.effective_to.value) == (date(2024, 4, 1), date(2027, 3, 31))
    assert (policy.effective_to.quote, policy.status) == ("有效期3年", Status.IN_FORCE)


def test_a_folder_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE, encoding="utf-8")
    import_document(file, tmp_path)
    with pytest.raises(PolicyFormatError, match="not overwritten"):
        import_document(file, tmp_path)


def test_unknown_facts_stay_empty_and_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "plain.txt"
    file.write_text("欢迎了解政策。\n最高50万元。\n", encoding="utf-8")
    result = import_document(file, tmp_path)
    assert any("no title found" in w for w in result.warnings)
    assert any("not found in the text: document_number, issuer, place" in w for w in result.warnings)
    assert any("no numbered structure" in w for w in result.warnings)
    assert (result.policy.title, result.policy.place, result.policy.issued.value) == ("plain", Place(), None)


def test_word_documents_are_read_in_order_with_tables(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ["大连市扶持办法", "第一条 甲。", "第二条 乙。"]:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "企业名称", "金额"
    document.add_paragraph("总则", style="List Number")
    document.paragraphs[-1].paragraph_format.element.get_or_add_pPr().get_or_add_numPr()
    document.save(str(tmp_path / "fund.docx"))
    result = import_document(tmp_path / "fund.docx", tmp_path)
    assert result.encoding == "docx"
    assert result.policy.text == "大连市扶持办法\n第一条 甲。\n第二条 乙。\n企业名称\t金额\n总则\n"
    assert result.policy.place.city == "大连市"
    assert any("numbered by Word" in w for w in result.warnings)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.txt", b"", PolicyFormatError),
        ("a.pdf", b"%PDF-1.4", PolicyFormatError),
        ("a.docx", b"PK\x03\x04 no archive", PolicyFormatError),
        ("a.txt", bytes(range(128, 256)) * 9, EncodingError),
    ],
)
def test_unusable_files_leave_nothing_behind(tmp_path: Path, name: str, data: bytes, error: type[Exception]) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error):
        import_document(tmp_path / name, tmp_path / "policies", policy_id="demo")
    assert not (tmp_path / "policies").exists() or not list((tmp_path / "policies").iterdir())


def test_a_missing_file_and_a_bad_id_are_errors(tmp_path: Path) -> None:
    with pytest.raises(PolicyFormatError, match="does not exist"):
        import_document(tmp_path / "none.txt", tmp_path)
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    with pytest.raises(PolicyFormatError, match="cannot be an id"):
        import_document(tmp_path / "a.txt", tmp_path, policy_id="../up")


@pytest.mark.parametrize(
    ("name", "expected"), [("Notice 2024_17", "notice-2024_17"), ("重庆电商", "chong-qing-dian-shang"), ("——", "policy")]
)
def test_ids_are_made_from_file_names(name: str, expected: str) -> None:
    assert propose_id(name) == expected


# --- what is read from the words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last", "status"),
    [
        ("本意见自2024年11月20日起实施,有效期至2027年12月31日。", date(2024, 11, 20), date(2027, 12, 31), Status.IN_FORCE),
        ("本办法自2020年2月29日起施行，有效期五年。", date(2020, 2, 29), date(2025, 2, 28), Status.IN_FORCE),
        ("本政策适用于2019年1月1日-2021年12月31日的奖补对象。", date(2019, 1, 1), date(2021, 12, 31), Status.IN_FORCE),
        ("本规定自印发之日起施行。", None, None, Status.IN_FORCE),
        ("本办法自2024年2月30日起施行。", None, None, Status.IN_FORCE),
        ("企业自2024年1月1日起享受补贴。", None, None, Status.UNKNOWN),
    ],
)
def test_days_in_force(text: str, first: date | None, last: date | None, status: Status) -> None:
    sheet = propose_sheet(f"某市扶持办法\n第一条 甲。\n第二条 {text}\n", "demo")
    days = sheet.effective
    assert (days.from_.date if days.from_ else None, days.to.date if days.to else None) == (first, last)
    assert sheet.status.value is status
    assert all(squeeze(quote) in squeeze(text) for _, quote in sheet.quotes())


def test_a_draft_and_a_plan_say_so_in_their_title() -> None:
    body = "一、甲\n（一）乙。\n（二）丙。\n"
    assert propose_sheet(f"关于加快发展的实施意见（征求意见稿）\n{body}", "demo").status.value is Status.DRAFT
    plan = propose_sheet(f"综合试验区建设实施方案（2019--2021）\n{body}", "demo")
    assert (plan.status.value, plan.effective.to.date if plan.effective.to else None) == (Status.PLAN, date(2021, 12, 31))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("市政府办公室关于推进连云港市电商的意见\n一、甲\n二、乙\n", Place("江苏省", "连云港市")),
        ("重庆市人民政府关于加快发展的意见\n一、甲\n二、乙\n", Place("重庆市", "重庆市")),
        ("关于加快发展的意见\n为加快中国（株洲）试验区建设，来株企业、株洲海关。\n一、甲\n二、乙\n", Place("湖南省", "株洲市")),
        ("若干政策意见\n一、在鹿城区注册。鹿城区备案。鹿城区负责解释。\n二、温州市企业。\n", Place("浙江省", "温州市", "鹿城区")),
    ],
)
def test_places(text: str, place: Place) -> None:
    sheet = propose_sheet(text, "demo").place
    assert Place(sheet.province, sheet.city, sheet.district) == place


# --- lines broken inside sentences ------------------------------------------------------------------------------------


def test_a_page_break_inside_a_sentence_is_joined() -> None:
    received = (
        "三、加速培育\n\n(三) 引进平台。支持平台招商。对在秦皇\n\n\n\n岛设立独立法人的企业，给予扶持。（牵头\n\n\n\n单位：市邮政局）\n"
    )
    assert unwrap(received) == "三、加速培育\n(三) 引进平台。支持平台招商。对在秦皇岛设立独立法人的企业，给予扶持。（牵头单位：市邮政局）\n"


def test_a_narrow_column_is_joined_and_headings_stay() -> None:
    received = (
        " 连政办发〔2021〕20 号 \n\n市政府办公室关于推进连云港市跨境电子商务 \n高质量发展的实施意见 \n\n各县、区人民政府，市各委办局： \n\n"
        "为深入贯彻落实《中国（连云港）跨境电子商务综合试验区\n\n实施方案》，加快建设连云港跨境电子商务综合试验区，推进\n\n"
        "全市跨境电子商务发展，制定本实施意见。 \n\n"
        "一、支持跨境电商载体平台建设 \n\n（一）支持海外仓建设。鼓励企业在欧美、RCEP 成员国等\n\n"
        "主销市场和沿线等新兴市场，布局公共海外仓，\n\n"
        "给予最高 50 万元资金扶持。 \n\n本实施意见自公布之日起实施，由市财政局、市商务局负责解\n\n"
        "释。执行过程中，如遇国家、省、市相关政策调整，将适时调整。\n\n"
        "连云港市人民政府办公室 \n\n2021 年 4 月 14 日 \n"
    )
    assert unwrap(received).splitlines() == [
        "连政办发〔2021〕20 号",
        "市政府办公室关于推进连云港市跨境电子商务高质量发展的实施意见",
        "各县、区人民政府，市各委办局：",
        "为深入贯彻落实《中国（连云港）跨境电子商务综合试验区实施方案》，加快建设连云港跨境电子商务综合试验区，推进全市跨境电子商务发展，制定本实施意见。",
        "一、支持跨境电商载体平台建设",
        "（一）支持海外仓建设。鼓励企业在欧美、RCEP 成员国等主销市场和沿线等新兴市场，布局公共海外仓，给予最高 50 万元资金扶持。",
        "本实施意见自公布之日起实施，由市财政局、市商务局负责解释。执行过程中，如遇国家、省、市相关政策调整，将适时调整。",
        "连云港市人民政府办公室",
        "2021 年 4 月 14 日",
    ]


def test_role_lines_stay_apart_and_their_lists_whole() -> None:
    received = (
        "（二）建设通道。畅通物流。\n\n牵头单位：市综试办\n\n责任单位：市发改委（口岸办）、市海\n\n洋口岸和港航管理局\n\n（三）建设平台\n"
    )
    assert (
        unwrap(received)
        == "（二）建设通道。畅通物流。\n牵头单位：市综试办\n责任单位：市发改委（口岸办）、市海洋口岸和港航管理局\n（三）建设平台\n"
    )


def test_paragraphs_that_are_whole_lines_stay_as_they_are() -> None:
    text = "某办法\n第一条 每家给予50万元落户奖励\n对新落户本区的企业，自落户后连续5年给予奖励。\n第二条 乙。\n"
    assert unwrap(text) == text


def test_page_numbers_are_left_out() -> None:
    assert unwrap("一、甲\n\n支持企业，加快发\n\n— 3 —\n\n展跨境电商。\n") == "一、甲\n支持企业，加快发展跨境电商。\n"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="一二、（）。，：甲乙A1 \u3000责任单位关于的", max_size=30), max_size=30))
def test_unwrapping_changes_no_word_and_is_stable(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    assert squeeze(unwrap(text)) == squeeze(text)


@pytest.mark.parametrize(
    ("title", "names"),
    [("惠州仲恺高新区跨境电商资金管理办法", ["仲恺高新区", "仲恺"]), ("温州市跨境电商扶持办法", [])],
)
def test_development_zones_of_the_title_are_names_of_the_place(title: str, names: list[str]) -> None:
    assert propose_sheet(f"{title}\n第一条 给予5万元奖励。\n第二条 自印发之日起施行。\n", "x").aliases == names
