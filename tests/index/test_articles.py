"""Articles: every numbering style, labels and paths, and that no character is lost."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.articles import split_articles
from index.config import ROOT
from index.models import Article, ArticleKind
from index.policies import load_policy
from tests.growth import growth

SHIPPED = ["lianyungang-2021-20", "lianyungang-2024", "qinhuangdao-2022-26", "tangshan-2018-141", "zhuzhou-draft"]


def labels(text: str, kind: ArticleKind | None = None) -> list[str | None]:
    articles, _ = split_articles(text)
    return [a.label for a in articles if kind is None or a.kind is kind]


def named(text: str) -> dict[str, Article]:
    articles, _ = split_articles(text)
    return {a.label: a for a in articles if a.label}


# --- the shipped documents --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy_id", "articles", "sections"),
    [
        ("qinhuangdao-2022-26", 15, 7),
        ("lianyungang-2024", 19, 5),
        ("lianyungang-2021-20", 16, 5),
        ("zhuzhou-draft", 21, 9),
        ("tangshan-2018-141", 20, 5),
    ],
)
def test_shipped_documents_have_their_articles(policy_id: str, articles: int, sections: int) -> None:
    policy = load_policy(ROOT / "policies_text" / policy_id)
    counts = Counter(a.kind for a in policy.articles)
    assert (counts[ArticleKind.ARTICLE], counts[ArticleKind.SECTION]) == (articles, sections)
    assert policy.warnings == ()


@pytest.mark.parametrize("policy_id", SHIPPED)
def test_articles_partition_the_text(policy_id: str) -> None:
    policy = load_policy(ROOT / "policies_text" / policy_id)
    assert "".join(a.text for a in policy.articles) == policy.text
    assert all(policy.text[a.start : a.end] == a.text and a.text for a in policy.articles)
    paths = [a.path for a in policy.articles if a.path]
    cited = [a.label for a in policy.articles if a.label]
    assert len(set(paths)) == len(paths)
    assert len(set(cited)) == len(cited)


@pytest.mark.parametrize(
    ("label", "heading", "path"),
    [
        ("一（五）", "发展目标", ("一", "五")),
        ("二（三）3", "跨境电商企业集群发展平台", ("二", "三", "3")),
        ("三（三）1", "优化进出口税收管理，提升税收服务能力", ("三", "三", "1")),
        ("四", "规划布局", ("四",)),
        ("四（三）4", "丰润区", ("四", "三", "4")),
        ("五（三）", "强化政策支持", ("五", "三")),
    ],
)
def test_tangshan_is_cited_by_path(label: str, heading: str, path: tuple[str, ...]) -> None:
    article = load_policy(ROOT / "policies_text" / "tangshan-2018-141").article(label)
    assert (article.heading, article.path) == (heading, path)


def test_a_section_keeps_words_of_its_own() -> None:
    assert "按照发挥优势、突出特色" in load_policy(ROOT / "policies_text/tangshan-2018-141").article("四").text
    assert "在3年支持期内" in load_policy(ROOT / "policies_text/qinhuangdao-2022-26").article("一").text


def test_the_closing_paragraph_is_no_part_of_the_last_article() -> None:
    for policy_id, words in [("lianyungang-2024", "有效期至2027年12月31日"), ("zhuzhou-draft", "本意见自公布之日起施行")]:
        policy = load_policy(ROOT / "policies_text" / policy_id)
        assert [a.kind for a in policy.articles if words in a.text] == [ArticleKind.CLOSING]


def test_goals_before_the_first_label_are_preamble() -> None:
    policy = load_policy(ROOT / "policies_text" / "lianyungang-2024")
    assert [a.kind for a in policy.articles if "培育特色跨境电商产业带10个以上" in a.text] == [ArticleKind.PREAMBLE]


# --- numbering styles -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "一、甲\n(一) 乙。给予1%。\n(二)丙。\n二、丁\n（三）戊。\n",
            ["一", "（一）", "（二）", "二", "（三）"],
            id="half-width brackets",
        ),
        pytest.param("1、甲。给予。\n(1)子。\n(2)子。\n2、乙。\n", ["1", "1（1）", "1（2）", "2"], id="1、 and (1)"),
        pytest.param("1．甲。给予。\n①子。\n②子。\n2．乙。\n", ["1", "1①", "1②", "2"], id="circled"),
        pytest.param(
            "㈠甲。\n㈡乙。\n⑴子。\n⑵子。\n㈢丙。\n",
            ["（一）", "（二）", "（二）（1）", "（二）（2）", "（三）"],
            id="one-character labels",
        ),
        pytest.param("第 一 章 总 则\n第 一 条 甲。\n第二条乙。\n", ["第一章", "第一条", "第二条"], id="blanks inside labels"),
        pytest.param(
            "1 总则\n1.1 目的。\n1.2 依据。\n2 标准\n2.1 平台。\n2.1.1 甲。\n2.2 物流。\n",
            ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.2"],
            id="decimal",
        ),
        pytest.param(
            "一、平台\n【对象】甲。\n【标准】乙。\n二、物流\n【对象】丙。\n",
            ["一", "一【对象】", "一【标准】", "二", "二【对象】"],
            id="names",
        ),
        pytest.param(
            "第十九条本规定由市商务局负责解释。\n第二十条本规定自印发之日起施行。\n", ["第十九条", "第二十条"], id="excerpt, no space"
        ),
        pytest.param("某政策\n一 平台\n给予50万元。\n二 物流\n给予10%。\n", ["一", "二"], id="a blank after the label"),
        pytest.param("一、甲\n1.子。\n2.子。\n二、乙\n1.子。\n2.子。\n", ["一", "一1", "一2", "二", "二1", "二2"], id="restart"),
    ],
)
def test_numbering_styles(text: str, expected: list[str]) -> None:
    assert [label for label in labels(text) if label] == expected


def test_chongqing_on_one_line_without_spaces() -> None:
    text = (
        "重庆市人民政府关于加快电子商务产业发展的意见渝府发〔2019〕17号各区县（自治县）人民政府，市政府各部门："
        "为促进我市电子商务高质量发展，现提出如下意见。一、总体要求（一）指导思想。以创新为引领。（二）发展目标。到2022年，"
        "全市电子商务交易额突破1.8万亿元。二、主要任务（一）壮大产业集群。做大“重庆6·18电商日”。（牵头单位：市商务委；责任单位："
        "市经济信息委，各区县政府）（二）加强产品生产培育。推广应用。三、保障措施（一）健全工作机制。强化督促落实。"
        "（二）健全政策体系。营造良好氛围。重庆市人民政府   2019年6月28日   （此件公开发布）\n"
    )
    articles = {a.label: a for a in split_articles(text)[0]}
    assert [label for label in labels(text) if label] == [
        *("一", "一（一）", "一（二）", "二", "二（一）", "二（二）", "三", "三（一）", "三（二）")
    ]
    assert articles["二（一）"].heading == "壮大产业集群"
    assert [(d.name, d.lead) for d in articles["二（一）"].departments] == [
        ("市商务委", True),
        ("市经济信息委", False),
        ("各区县政府", False),
    ]
    assert articles["三（二）"].text.endswith("营造良好氛围。")
    first, *_, last = split_articles(text)[0]
    assert (first.kind, first.text) == (ArticleKind.TITLE, "重庆市人民政府关于加快电子商务产业发展的意见渝府发〔2019〕17号")
    assert last.kind is ArticleKind.CLOSING


def test_beijing_on_one_line_with_running_numbers() -> None:
    text = (
        "关于稳定商务发展有关措施的通知 各有关单位： 为稳定经济运行，特制定如下措施： 一、保障市场供应 1.实施监测补货机制。市商务局统筹。"
        " 2.对疫情防控期间重点保障运输，提供便利。 二、多渠道缓解企业经营压力 3.对受影响严重的企业，给予补助。不超过50万元。"
        " 4.推动减免房租。 国家、北京市的其他相关支持政策措施，遵照执行。 特此通知。 附件：办理流程\n"
    )
    assert labels(text) == [None, None, "一", "1", "2", "二", "3", "4", None]
    assert named(text)["2"].heading == ""
    assert split_articles(text)[0][-1].text.startswith("国家、北京市")


def test_dalian_clauses_with_chapters_whose_numbers_are_lost() -> None:
    text = (
        "总则\n第一条 为推进综试区建设，特制定本规定。\n第二条 遵循公开、公平、公正的原则，实行专款专用。\n适用范围及标准\n"
        "第三条 鼓励跨境电子商务平台建设。\n（一）线下综合园区。最多给予200万元。\n（二）公共服务平台。给予100万元。\n"
        "第四条 鼓励开拓国际市场。\n（一）比照本规定第三条第一款给予资金扶持。\n第三章 附则\n第五条本规定自印发之日起施行。\n"
    )
    found = named(text)
    assert list(found) == [
        *(
            "总则",
            "第一条",
            "第二条",
            "适用范围及标准",
            "第三条",
            "第三条（一）",
            "第三条（二）",
            "第四条",
            "第四条（一）",
            "第三章",
            "第五条",
        )
    ]
    assert found["第三条（一）"].path == ("适用范围及标准", "第三条", "一")
    assert found["第三条（一）"].kind is ArticleKind.ITEM
    assert found["第三条（一）"].parents == ("适用范围及标准", "鼓励跨境电子商务平台建设")
    assert found["第二条"].heading == ""
    assert found["第五条"].section == "第三章 附则"


def test_wenzhou_numbers_run_on_and_restart_under_a_heading_line() -> None:
    text = (
        "若干政策意见\n一、服务业\n1.鼓励发展。奖励50%。\n2.打造楼宇。（1）经认定的，奖励20万元。（2）入驻的，给予奖励。\n二、金融业\n"
        "3.基金。可享受：（1）购房补助。（2）地方贡献奖励；（3）论坛奖励。\n5．商标。给予奖励。\n"
        "附  则\n1.关于适用对象。本政策适用于企业。\n2.本政策自印发之日起施行。\n"
    )
    articles, warnings = split_articles(text)
    assert [a.label for a in articles if a.label] == ["一", "1", "2", "2（1）", "2（2）", "二", "3", "5", "附则", "附则1", "附则2"]
    assert "between 3 and 5" in warnings[0]
    assert named(text)["3"].text.endswith("（3）论坛奖励。\n")


def test_dalian_logistics_numbers_run_through_bracketed_groups() -> None:
    text = (
        "一、要求\n（一）思想。甲。\n二、任务\n（一）功能，中心\n1.拓展。甲。\n2.金融。乙。\n"
        "（二）设施\n3.通道。丙。\n三、保障\n（一）机制。丁。\n"
    )
    found = named(text)
    assert list(found) == ["一", "一（一）", "二", "二（一）", "1", "2", "二（二）", "3", "三", "三（一）"]
    assert [found[label].kind for label in ("二（一）", "3", "三（一）")] == [ArticleKind.SECTION, ArticleKind.ARTICLE, ArticleKind.ARTICLE]


def test_guide_with_forms_keeps_attachments_apart() -> None:
    text = (
        "经营贡献奖办事指南\n一、申请条件\n1.在南沙区。\n2.独立核算。\n二、申请材料\n1.申请表；\n2.2017年12月统计月报表\n"
        "    附件：1.申请表\n附件1\n申请表\n一、企业基本情况\n二、申请奖励项目\n1.本企业承诺。\n"
    )
    articles, _ = split_articles(text)
    assert [a.label for a in articles if a.label] == ["一", "一1", "一2", "二", "二1", "二2"]
    assert [a.heading for a in articles if a.kind is ArticleKind.CLOSING] == ["附件：1.申请表", "附件1"]


def test_an_attachment_after_a_covering_letter_is_the_document() -> None:
    assert (
        labels("关于印发办法的通知\n各单位：\n现印发给你们。\n附件\n某办法\n第一条 甲。\n第二条 乙。\n第三条 丙。\n第四条 丁。\n")[-1]
        == "第四条"
    )


# --- what is no label -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "按第（二）条给予。",
        "11.5.2的规定另行制定。",
        "比照本规定第七条第一款给予。",
        "第七条第一款的标准。",
        "（二）项规定的标准。",
        "二、三产业融合。",
        "1.5亿元以上。",
        "20万美元以上。",
    ],
)
def test_references_and_figures_are_no_labels(line: str) -> None:
    text = f"一、甲\n（一）乙。给予。\n{line}\n二、丙\n（二）丁。\n"
    assert [label for label in labels(text) if label] == ["一", "（一）", "二", "（二）"]


def test_quoted_provisions_are_no_labels() -> None:
    text = "一、将第五条修改为：“第五条 自印发之日起施行。\n第六条 有效期五年。”\n二、删去第七条。\n三、其他。\n"
    assert labels(text) == ["一", "二", "三"]


def test_an_enumeration_inside_a_sentence_is_not_split() -> None:
    assert labels("一、甲\n（一）可享受：（1）房租；（2）税收。另行规定。\n（二）支持一、二、三产业。\n") == ["一", "（一）", "（二）"]


def test_a_table_of_contents_is_not_the_document() -> None:
    text = "某规划\n目  录\n第一章 总则 … 1\n第二章 标准 … 3\n第一章 总则\n第一条 甲。\n第二章 标准\n第二条 乙。\n"
    assert labels(text) == [None, "第一章", "第一条", "第二章", "第二条"]


def test_repeated_labels_stay_apart_and_are_reported() -> None:
    articles, warnings = split_articles("一、甲\n给予。\n二、乙\n给予。\n一、丙\n给予。\n二、丁\n给予。\n")
    assert [a.label for a in articles] == ["一", "二", "一-2", "二-2"]
    assert len(warnings) == 2


def test_without_structure_every_paragraph_is_indexed_with_a_warning() -> None:
    articles, warnings = split_articles("欢迎了解政策。\n\n企业可以申请。\n最高50万元。")
    assert [(a.kind, a.label, a.text) for a in articles] == [
        (ArticleKind.PARAGRAPH, None, "欢迎了解政策。\n\n"),
        (ArticleKind.PARAGRAPH, None, "企业可以申请。\n"),
        (ArticleKind.PARAGRAPH, None, "最高50万元。"),
    ]
    assert "no numbered structure" in warnings[0]


def test_an_empty_text_has_no_articles() -> None:
    assert split_articles("") == ([], [])


@pytest.mark.parametrize(
    ("text", "label", "heading"),
    [
        ("第一条（目的和依据）为了甲，制定。\n第二条 乙。\n", "第一条", "目的和依据"),
        ("第一条【人才奖】给予10万元。\n第二条 乙。\n", "第一条", "人才奖"),
        ("第一条 每家给予50万元落户奖励。另行规定。\n第二条 乙。\n", "第一条", ""),
        ("1.科技信贷支持：区政府安排资金。\n2.乙。\n", "1", "科技信贷支持"),
        ("1.申请人访问http://example.com登录。\n2.乙。\n", "1", ""),
    ],
)
def test_headings(text: str, label: str, heading: str) -> None:
    assert named(text)[label].heading == heading


# --- any text ---------------------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        *"一二（）()、。：\n 1.2①【】",
        "第一条",
        "第二章",
        "（一）",
        "（二）",
        "一、",
        "二、",
        "附件",
        "目录\n",
        "附则\n",
        "责任单位：市商务局",
        "本意见自印发之日起施行。",
        "2024年1月1日",
        "\r\n",
        "\u2028",
        "\x0c",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(_PIECES, max_size=60).map("".join)))
def test_any_text_is_partitioned(text: str) -> None:
    articles, _ = split_articles(text)
    assert "".join(a.text for a in articles) == text
    assert all(text[a.start : a.end] == a.text for a in articles)
    paths = [a.path for a in articles if a.path]
    assert len(set(paths)) == len(paths)
    cited = [a.label for a in articles if a.label]
    assert len(set(cited)) == len(cited)


@pytest.mark.parametrize("piece", ["局", "一、", "（", "市商务局", "1.", " ", "第一条", "责任单位："])
def test_time_grows_with_hostile_repetition_no_faster_than_its_length(piece: str) -> None:
    assert growth(lambda length: split_articles("一、甲\n二、乙\n" + piece * length), 10_000, 40_000) < 9  # linear: 4
