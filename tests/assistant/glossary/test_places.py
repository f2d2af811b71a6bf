from __future__ import annotations

import pytest

from assistant.glossary.divisions import Divisions, Level
from assistant.glossary.places import PlaceFinder, PlaceMention, Relation, Role
from index.models import Place, Policy, Status


def _policy(policy_id: str, place: Place, *aliases: str, en: str = "") -> Policy:
    return Policy(policy_id, policy_id, place, "", (), Status.IN_FORCE, place_en=en, aliases=aliases)


POLICIES = [
    _policy("qhd", Place("河北省", "秦皇岛市"), "秦皇岛", "北戴河新区", "海港区", en="Qinhuangdao, Hebei"),
    _policy("lyg-new", Place("江苏省", "连云港市"), "连云港", "港城", "东海"),
    _policy("lyg-old", Place("江苏省", "连云港市"), "连云港"),
    _policy("zz", Place("湖南省", "株洲市"), en="Zhuzhou"),
    _policy("lucheng", Place("浙江省", "温州市", "鹿城区")),
    _policy("zone", Place("陕西省", "", "西咸新区沣东新城"), "沣东新城", en="Fengdong New City"),
]


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder(POLICIES)


def only(finder: PlaceFinder, text: str) -> PlaceMention:
    (mention,) = finder.find(text)
    assert text[mention.start : mention.end] == mention.text
    return mention


COVERED = [  # text, name, policies, relation
    ("秦皇岛能拿多少", "秦皇岛市", ("qhd",), Relation.EXACT),
    ("秦皇島市", "秦皇岛市", ("qhd",), Relation.EXACT),
    ("北戴河新区的企业", "秦皇岛市", ("qhd",), Relation.EXACT),
    ("Qinhuangdao's reward", "秦皇岛市", ("qhd",), Relation.EXACT),
    ("qin huang dao shi", "秦皇岛市", ("qhd",), Relation.EXACT),
    ("海港区", "海港区", ("qhd",), Relation.PART),
    ("昌黎做跨境电商", "昌黎县", ("qhd",), Relation.PART),
    ("港城有什么政策", "连云港市", ("lyg-new", "lyg-old"), Relation.EXACT),
    ("东海县", "东海县", ("lyg-new", "lyg-old"), Relation.PART),
    ("鹿城", "鹿城区", ("lucheng",), Relation.EXACT),
    ("沣东新城", "西咸新区沣东新城", ("zone",), Relation.EXACT),
    ("醴陵", "醴陵市", ("zz",), Relation.PART),
]


@pytest.mark.parametrize(("text", "name", "policies", "relation"), COVERED)
def test_covered_places(finder: PlaceFinder, text: str, name: str, policies: tuple[str, ...], relation: Relation) -> None:
    mention = only(finder, text)
    assert (mention.name, mention.policies, mention.relation, mention.covered) == (name, policies, relation, True)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("杭州有补贴吗", "杭州市", "city"),
        ("北京", "北京市", "city"),
        ("义乌", "义乌市", "county"),
        ("雄安", "雄安新区", "county"),
        ("in Qingdao", "青岛市", "city"),
        ("Xi'an", "西安市", "city"),
        ("Hong Kong", "香港特别行政区", "province"),
        ("Suzhou", "苏州市", "city"),
        ("吉林", "吉林省", "province"),
        ("魔都", "上海市", "city"),
        ("美国", "美国", "country"),
        ("Japan", "日本", "country"),
        ("东盟", "东盟", "region"),
        ("上海运费补贴", "上海市", "city"),
    ],
)
def test_places_that_are_not_covered(finder: PlaceFinder, text: str, name: str, kind: str) -> None:
    mention = only(finder, text)
    assert (mention.name, mention.kind, mention.policies, mention.covered) == (name, kind, (), False)


@pytest.mark.parametrize(
    ("text", "name", "policies"),
    [("湖南", "湖南省", ("zz",)), ("江苏省", "江苏省", ("lyg-new", "lyg-old")), ("温州", "温州市", ("lucheng",))],
)
def test_a_wider_place_is_not_covered_but_knows_who_is_inside(finder: PlaceFinder, text: str, name: str, policies: tuple[str, ...]) -> None:
    mention = only(finder, text)
    assert (mention.name, mention.policies, mention.relation, mention.covered) == (name, policies, Relation.WHOLE, False)


@pytest.mark.parametrize(
    ("text", "name"),
    [("秦黄岛", "秦皇岛市"), ("连云岗", "连云港市"), ("株州", "株洲市"), ("Qinghuangdao", "秦皇岛市"), ("Zhouzhou", "株洲市")],
)
def test_misspelt_names_of_covered_places(finder: PlaceFinder, text: str, name: str) -> None:
    mention = only(finder, text)
    assert (mention.name, mention.misspelt) == (name, True)


@pytest.mark.parametrize("text", ["黄岛", "滁州", "Chuzhou", "Zhoushan", "杭州"])
def test_another_place_is_no_misspelling(finder: PlaceFinder, text: str) -> None:
    mention = only(finder, text)
    assert not mention.covered
    assert not mention.misspelt


@pytest.mark.parametrize(
    "text",
    [
        "3000平方米以上海外仓",
        "四平方米",
        "线上海关",
        "广交会",
        "北京时间",
        "担保定金",
        "阿里巴巴",
        "上海合作组织",
        "和平",
        "城区",
        "三明治",
        "",
        "you can",
        "1210",
        "zz市",
        "A China",
    ],
)
def test_no_place_inside_another_word(finder: PlaceFinder, text: str) -> None:
    assert finder.find(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("河北省秦皇岛市海港区", ["河北省", "秦皇岛市", "海港区"]),
        ("连云港连云区和大连市", ["连云港市", "连云区", "大连市"]),
        ("广大连云港企业", ["连云港市"]),
        ("其中山东企业", ["山东省"]),
        ("中国（株洲）跨境电子商务综合试验区", ["株洲市"]),
        ("A Zhuzhou e-commerce firm exporting to Japan", ["株洲市", "日本"]),
        ("长春和长沙", ["长春市", "长沙市"]),
    ],
)
def test_several_places(finder: PlaceFinder, text: str, names: list[str]) -> None:
    assert [mention.name for mention in finder.find(text)] == names


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("湖南省商务厅主办", Role.ORGANISATION),
        ("大连海关", Role.ORGANISATION),
        ("秦皇岛港", Role.ORGANISATION),
        ("唐山市商务局", Role.ORGANISATION),
        ("北京大学", Role.ORGANISATION),
        ("广州展会", Role.EVENT),
        ("去上海参展", Role.EVENT),
        ("株洲公司", None),
        ("株洲参加展会", None),
        ("秦皇岛的商务局", None),
    ],
)
def test_role_hint(finder: PlaceFinder, text: str, role: Role | None) -> None:
    assert finder.find(text)[0].role_hint == role


def test_the_city_beside_it_decides_between_districts_of_one_name() -> None:
    finder = PlaceFinder([_policy("nanjing", Place("江苏省", "南京市")), _policy("fuzhou", Place("福建省", "福州市"))])
    assert [m.policies for m in finder.find("福州鼓楼区")] == [("fuzhou",), ("fuzhou",)]
    assert [m.policies for m in finder.find("南京鼓楼区")] == [("nanjing",), ("nanjing",)]


def test_nothing_is_covered_without_policies() -> None:
    finder = PlaceFinder([])
    assert [mention.covered for mention in finder.find("秦皇岛和杭州")] == [False, False]


def test_policies_of_a_province_hold_in_its_cities() -> None:
    finder = PlaceFinder([_policy("hunan", Place("湖南省"))])
    mention = only(finder, "株洲")
    assert (mention.policies, mention.relation) == (("hunan",), Relation.PART)


def test_the_short_name_of_a_covered_district_counts_whatever_else_has_it() -> None:
    finder = PlaceFinder([_policy("nansha", Place("广东省", "广州市", "南沙区")), _policy("gulou", Place("江苏省", "南京市", "鼓楼区"))])
    assert [mention.policies for mention in finder.find("南沙和鼓楼")] == [("nansha",), ("gulou",)]
    assert [mention.policies for mention in finder.find("Nansha District")] == [("nansha",)]


def test_former_names_are_known() -> None:
    finder = PlaceFinder([_policy("zz", Place("湖南省", "株洲市"), "株洲")])
    assert only(finder, "株洲县").policies == ("zz",)
    assert [mention.name for mention in finder.find("株洲市的株洲")] == ["株洲市", "株洲市"]


def test_the_table_of_divisions() -> None:
    table = Divisions.load()
    assert sum(row.level is Level.PROVINCE for row in table.rows) + 4 == 34  # the four municipalities count as cities
    assert len({row.code for row in table.rows}) == len(table.rows)
    assert all(not row.parent or table.chain(row)[-1].parent == "" for row in table.rows)
    assert [row.name for row in table.chain(table.named("义乌市")[0])] == ["义乌市", "金华市", "浙江省"]
    assert table.of(Place("江苏省", "南京市", "鼓楼区")) != table.of(Place("福建省", "福州市", "鼓楼区"))
    assert table.of(Place("", "某某开发区")) is None
