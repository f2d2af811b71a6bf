"""Clause patterns, one row each: what a sentence promises, on what basis, up to what, under which conditions."""

from __future__ import annotations

import pytest

from assistant.rules.extraction.propose import propose_rules
from assistant.rules.loader import prove
from assistant.rules.schema import AnyOf
from tests.assistant.rules.extraction.proposing import figures, policy_of, propose

MONEY = [
    # rate and ceiling
    ("对开展直播业务的企业，按照年销售额的3%给予奖励，最高不超过80万元。", "rate", {"R 0.03", "C 800000 ≤"}),
    ("对新认定的示范店，按不超过装修费用40%的比例，最高给予一次性补助15万元。", "reimbursement", {"R 0.4 ≤", "C 150000 ≤"}),
    ("对企业购买设备产生的实际费用给予25%的补贴，单个企业每年最高60万元。", "reimbursement", {"R 0.25", "C 600000 ≤"}),
    ("对参加境外展会的企业，给予展位费最高60%的支持。", "reimbursement", {"R 0.6 ≤"}),
    ("对新设立的基金公司，实缴资本在2亿元以上的，"
        "按实缴资本的1%给予补助，最高3000万元。", "rate", {"R 0.01", "C 30000000 ≤", "T >=200000000"}),
    ("对企业参加省内展会的展位费予以全额补助。", "reimbursement", {"R 1"}),
    ("对受影响的商户给予3个月租金50%的减免。", "reimbursement", {"R 0.5"}),
    # lump sums
    ("对首次纳入统计的企业，给予最高8万元一次性奖励。", "lump_sum", {"A 80000 ≤"}),
    ("对营业面积500平方米以上、年销售额超过2000万元的门店，一次性奖励30万元。", "lump_sum", {"A 300000", "T >=500m2", "T >20000000"}),
    ("对获得“老字号”称号的单位给予20万元的一次性奖励、对获得绿色商场称号的单位给予10万元的一次性奖励。", "lump_sum", {"A 200000"}),
    ("根据企业上年度获得的省级奖励，再给予相同额度资金奖励，每年最高不超过150万元。", "lump_sum", {"A 1500000 ≤"}),
    ("对年出口额低于等值100万美元（不含）的企业，给予2万元奖励。", "lump_sum", {"A 20000", "T <1000000USD"}),
    # parallel lists
    ("对年营业收入首次超过1亿元、5亿元的企业，"
        "分别给予20万元、80万元奖励。", "tiers", {"A 200000", "A 800000", "T >100000000", "T >500000000"}),
    ("对经认定的国家级、省级、市级众创空间，分别给予100万元、50万元、20万元补助。", "tiers", {"A 1000000", "A 500000", "A 200000"}),
    ("营业收入增长10%、20%以上的，分别按照其贡献的15%、25%予以奖励。", "tiers", {"R 0.15", "R 0.25", "T >=0.1ratio", "T >=0.2ratio"}),
    ("对企业，年出口额超过1000万美元的，"
        "给予10万元；超过3000万美元的，给予40万元。", "tiers", {"A 100000", "A 400000", "T >10000000USD", "T >30000000USD"}),
    # sums for each unit
    ("对入驻企业，按每平方米每月最高15元给予租金补贴，每年最高不超过50万元。", "per_unit", {"A 15 CNY/m2/month ≤", "C 500000 ≤"}),
    ("每新引进1家企业，给予园区2万元奖励，最多给予100万元。", "per_unit", {"A 20000", "C 1000000 ≤"}),
    ("对培训机构，每培训1人给予800元补贴。", "per_unit", {"A 800"}),
    ("发明专利获得授权后资助5000元/件。", "per_unit", {"A 5000 CNY/item"}),
    # ranges that are given, and ranges that are asked for
    ("对新引进的律师事务所，经评审给予20-200万元的落户奖励。", "lump_sum", {"A 2000000 ≤"}),
    ("对在本市举办的展会，给予主办方一次性10万元至50万元不等的补助。", "lump_sum", {"A 500000 ≤"}),
    ("对入驻企业，按租金的30%-50%给予补贴，每年最高不超过20万元。", "reimbursement", {"R 0.5 ≤", "C 200000 ≤"}),
    ("对年营业额500万元-1000万元的企业，给予10万元奖励。", "lump_sum", {"A 100000", "T >=5000000", "T <=10000000"}),
    # a named base
    ("建筑企业年产值达到2亿元以上的，以年产值为基数，给予0.05%的奖励。", "rate", {"R 0.0005", "T >=200000000"}),
    # a remark within a list; a list that a sentence announces
    ("对新设企业，实缴资本达到5000万元以上（仅限上市公司投资）、2亿元以上的，"
        "分别给予300万元、500万元奖励。", "tiers", {"A 3000000", "A 5000000", "T >=50000000", "T >=200000000"}),
    ("对新设企业，按照上一年度纳税额分档次给予落户奖励。纳税额达到300万元的，奖励50万元；达到500万元的，奖励100万元。", "tiers",
        {"A 500000", "A 1000000", "T >=3000000", "T >=5000000"}),
    ("由主管部门每年评定本区的服务专才，给予每人每年一次性10万元奖励。", "per_unit", {"A 100000"}),
    # by year
    ("对省级公共仓给予首年最高40万元、后两年每年最高20万元的支持，"
        "单个企业三年累计支持不超过200万元。", "schedule", {"A 400000 ≤", "A 200000 ≤", "C 2000000 ≤"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "expected"), MONEY)
def test_money(sentence: str, kind: str, expected: set[str]) -> None:
    rules = [rule for rule in propose(sentence).rules if rule.gives_money]
    assert rules, sentence
    assert (rules[0].kind.value, figures(rules[0])) == (kind, expected)


@pytest.mark.parametrize(
    "sentence",
    [
        "设立首期规模8亿元的产业引导基金。",
        "市财政每年安排2000万元专项资金用于支持产业发展。",
        "上述补助资金由市、区两级按各50%的比例分担。",
        "注册资本5000万元以上、上年度纳税100万元以上的企业可以申报。",
        "根据《关于印发管理办法的通知》（财企〔2019〕12号）制定本措施。",
        "其中奖补资金50%待项目验收后兑现。",
    ],
)
def test_background_is_no_grant(sentence: str) -> None:
    assert [rule.quote for rule in propose(sentence).rules if rule.gives_money] == []


def test_two_grants_in_one_sentence_are_two_rules() -> None:
    rules = propose("对新认定的国家级平台，一次性给予100万元；对新认定的省级平台，一次性给予30万元。").rules
    assert [figures(rule) for rule in rules] == [{"A 1000000"}, {"A 300000"}]


def test_the_rate_is_said_once_for_several_costs() -> None:
    rules = propose(
        "对线上交易额500万元以上的企业，按不超过20%的比例，"
        "对其发生的推广费用最高给予10万元补贴；对其发生的物流费用最高给予5万元补贴（两项可叠加）。"
    ).rules
    assert [(rule.basis.label, figures(rule)) for rule in rules if rule.basis] == [
        ("推广费用", {"R 0.2 ≤", "C 100000 ≤", "T >=5000000"}),
        ("物流费用", {"R 0.2 ≤", "C 50000 ≤", "T >=5000000"}),
    ]
    assert rules[0].adds_with == (rules[1].id,)


def test_a_ceiling_in_the_next_sentence_belongs_to_the_grant() -> None:
    rules = propose("对年交易额达到50万元以上的体验店，按上年度交易额的5%给予扶持。扶持金额最多不超过20万元。").rules
    assert [figures(rule) for rule in rules] == [{"R 0.05", "C 200000 ≤", "T >=500000"}]
    assert rules[0].quote.endswith("扶持金额最多不超过20万元。")


def test_alternatives_are_one_condition() -> None:
    rule = propose("对年交易额达到3000万元以上或进出口额达到800万元以上的企业，给予10万元奖励。").rules[0]
    assert isinstance(rule.conditions[0], AnyOf)
    assert [(c.label, int(c.value)) for c in rule.conditions[0].of if c.is_ == "compare"] == [("年交易额", 30000000), ("进出口额", 8000000)]


def test_modes_and_levels_are_choices() -> None:
    rule = propose("对开通9610、9810业务的企业，按照年度进出口额的1%给予奖励。").rules[0]
    assert [c.options for c in rule.conditions if c.is_ == "one_of"] == [("9610", "9810")]


def test_a_colon_governs_the_items_behind_it() -> None:
    text = (
        "第一条 为促进发展，制定本办法。\n第二条 对利用资本市场融资的企业按以下标准给予奖励：\n（一）境内主板上市的，"
        "给予300万元奖励。\n（二）新三板挂牌的，给予80万元奖励。\n第三条 本办法自印发之日起施行。\n"
    )
    file = propose_rules(policy_of(text))
    assert [(rule.article, rule.beneficiary) for rule in file.rules if rule.gives_money] == [
        ("第二条（一）", "境内主板上市的主体"),
        ("第二条（二）", "新三板挂牌的主体"),
    ]


COMMITMENTS = [
    ("对列入重点名单的企业予以支持。", "对列入重点名单的企业予以支持。"),
    ("加强监测，对受损企业结合实际给予适当补贴。", "对受损企业结合实际给予适当补贴。"),
    ("支持开设培训课程，符合条件的享受职业培训有关政策。", "支持开设培训课程，符合条件的享受职业培训有关政策。"),
    ("对符合条件的企业试行所得税核定征收。", "对符合条件的企业试行所得税核定征收。"),
    ("对在我市设立总部的知名企业，采取“一企一策”的方式予以支持。", "对在我市设立总部的知名企业，采取“一企一策”的方式予以支持。"),
]


@pytest.mark.parametrize(("sentence", "quote"), COMMITMENTS)
def test_promises_without_a_sum(sentence: str, quote: str) -> None:
    assert [(rule.kind.value, rule.quote) for rule in propose(sentence).rules] == [("commitment", quote)]


@pytest.mark.parametrize(
    "sentence",
    [
        "支持企业做大做强，鼓励企业开拓国际市场。",
        "积极争取国家和省扶持政策。",
        "对骗取资金的单位，取消申报资格，追回已拨付资金。",
        "建立联席会议制度，加强部门沟通协作。",
    ],
)
def test_encouragement_is_no_promise(sentence: str) -> None:
    assert propose(sentence).rules == ()


def test_limit_with_a_consequence() -> None:
    rule = propose("对年度收汇累计金额低于等值30万美元（不含）的小微企业，可免于办理名录登记。").rules[0]
    assert rule.kind.value == "threshold"
    assert figures(rule) == {"T <300000USD"}
    assert "免于办理名录登记" in rule.consequence


TARGETS = [
    (
        "到2028年，培育龙头企业20家，网络零售额突破300亿元。",
        [(2028, "龙头企业", 20, "exact"), (2028, "网络零售额", 30000000000, "more_than")],
    ),
    ("力争每年举办对接活动15场以上。", [(None, "对接活动", 15, "at_least")]),
    ("2027年认定3个实训基地。", [(2027, "实训基地", 3, "exact")]),
    ("培育年销售额1000万元以上的商家500家以上。", [(None, "年销售额1000万元以上的商家", 500, "at_least")]),
]


@pytest.mark.parametrize(("sentence", "expected"), TARGETS)
def test_targets(sentence: str, expected: list[tuple[int | None, str, int, str]]) -> None:
    targets = [rule.target for rule in propose(sentence).rules if rule.target and rule.target.figure]
    assert [(t.year, t.metric, int(t.figure.value), t.figure.bound.value) for t in targets if t.figure] == expected


def test_a_dated_duty_is_a_target_without_figure() -> None:
    target = propose("到2026年6月底前，完成综合服务平台建设。").rules[0].target
    assert target
    assert (target.metric, str(target.by), target.figure) == ("完成综合服务平台建设", "2026-06-30", None)


def test_procedure_articles_promise_nothing() -> None:
    text = (
        "一、申请条件\n1.注册资本500万元以上。\n2.近三年无违法记录。\n二、资助标准\n1.对新入库的企业，"
        "每家给予5万元奖励。\n三、申请材料\n1.申请奖励资金在50万元以上的，须提供审计报告。\n"
    )
    assert [rule.quote for rule in propose_rules(policy_of(text)).rules] == ["对新入库的企业，每家给予5万元奖励。"]


def test_words_about_the_whole_policy() -> None:
    file = propose(
        "对新认定的企业给予5万元奖励。", "同一项目符合多项政策的，按就高不重复原则执行。", "资金实行预算管理，由市商务局制定申报指南。"
    )
    assert file.stacking.mode == "highest_only"
    assert file.stacking.clause is not None
    assert "就高不重复" in file.stacking.clause.quote
    assert [clause.quote for clause in file.approval] == ["资金实行预算管理，由市商务局制定申报指南。"]
    assert file.procedure


def test_without_such_a_clause_stacking_is_unstated() -> None:
    assert propose("对新认定的企业给予5万元奖励。").stacking.mode == "unstated"


def test_ids_are_those_of_the_articles() -> None:
    assert [rule.id for rule in propose("对甲类企业给予5万元奖励。", "对乙类企业给予6万元奖励；对丙类企业给予7万元奖励。").rules] == [
        "1.1-1",
        "1.2-1",
        "1.2-2",
    ]


def test_a_wrapped_line_is_one_sentence() -> None:
    text = "一、支持政策\n（一）对在我市设立\n\n\n\n独立法人的平台企业，给予不超\n过 20 万元的一次性奖励。\n（二）其他。\n"
    policy = policy_of(text)
    file = propose_rules(policy)
    prove(file, policy)
    assert [figures(rule) for rule in file.rules] == [{"A 200000 ≤"}]
    assert "\n" not in file.rules[0].quote


LABELS = [
    ("建设跨境电商园区。对园区运营企业给予最高50万元支持。", "跨境电商园区支持"),
    ("鼓励引进跨境电商专业人才。对年培训人数达到20人以上的企业，每培训1人给予2000元补贴。", "跨境电商专业人才引进补贴"),
    ("对经认定的研究院，给予最高2000万元落户奖励。", "研究院落户奖励"),
    ("对依法成立的协会、促进会、联盟等社会组织，一次性给予10万元扶持。", "社会组织扶持"),
    ("对首次获得区政府质量奖的，给予20万元奖励。", "区政府质量奖"),
    ("对企业参加境外展会发生的展位费用，按50%给予补贴。", "展位费用补贴"),
    ("企业进入孵化器，给予不超过3年的场租补贴，补贴标准为每平方米每月最高20元。", "场租补贴"),
    ("后备企业于区域股权交易市场挂牌进行股权转让交易给予30万元奖励。", "区域股权交易市场挂牌奖励"),
]


@pytest.mark.parametrize(("sentence", "label"), LABELS)
def test_labels_are_what_people_would_call_it(sentence: str, label: str) -> None:
    assert [rule.label for rule in propose(sentence).rules] == [label]


def test_labels_are_told_apart_without_figures_or_articles() -> None:
    labels = [
        rule.label
        for rule in propose(
            "对新认定的国家级示范基地，一次性给予100万元；对新认定的省级示范基地，一次性给予30万元。",
            "对跨境电商平台，面向英语国家开设网站的，给予10万元奖励；面向非英语国家开设网站的，给予15万元奖励。",
        ).rules
    ]
    assert len(set(labels)) == 4
    assert labels[0].startswith("国家级")
    assert not [label for label in labels if any(character.isdigit() for character in label) or "（一）" in label]


def test_steps_over_clauses_are_one_rule() -> None:
    rules = propose(
        "对年进出口额增幅超过1000万美元的平台，给予20万元扶持资金；超过5000万美元的，给予50万元；超过1亿美元的，给予100万元。"
    ).rules
    assert [(len(rule.tiers), rule.tiers[0].when.fact if rule.tiers[0].when.is_ == "compare" else "") for rule in rules] == [
        (3, "trade_increment")
    ]


def test_amounts_each_for_its_own_people_are_added_up() -> None:
    rule = propose("对新型研发机构，按博士学位人员每人6万元、硕士学位人员每人3万元的标准给予补贴，每个机构每年最高不超过400万元。").rules[0]
    assert [(m.label, m.unit) for m in rule.per] == [("博士学位人员数", "person"), ("硕士学位人员数", "person")]
    assert [(str(part.amount.value), part.per) for part in rule.portions] == [
        ("60000", ("博士学位人员数",)),
        ("30000", ("硕士学位人员数",)),
    ]
    assert [str(cap.value) for cap in rule.caps] == ["4000000"]


def test_prices_in_one_clause_are_added_up() -> None:
    rule = propose("国内发明专利，申请费资助800元/件，获得授权后资助6000元/件。").rules[0]
    assert [m.label for m in rule.per] == ["国内发明专利申请件数", "国内发明专利授权件数"]
    assert [str(part.amount.value) for part in rule.portions] == ["800", "6000"]


STEPS = [
    ("对零售企业，年零售额每实现3000万元，给予2万元奖励。", (None, "30000000", None)),
    ("对年销售额达到2亿元的市场，给予10万元奖励；每增加1亿元，另给予5万元奖励。", ("200000000", "100000000", None)),
    ("对上一年度发明专利申请20件以上的单位给予资助2万元，并按等增级数，每增加20件，增加资助2万元。", ("20", "20", None)),
    ("对租用办公用房的企业，按每平方米每月最高20元给予补贴，补贴面积不超过600平方米，补贴期限不超过2年。", (None, None, "600")),
]


@pytest.mark.parametrize(("sentence", "expected"), STEPS)
def test_what_is_counted(sentence: str, expected: tuple[str | None, str | None, str | None]) -> None:
    rule = propose(sentence).rules[0]
    measure = rule.per[0]
    assert tuple(None if v is None else str(v) for v in (measure.above, measure.step, measure.most)) == expected


def test_a_share_or_a_number_of_times_is_told_beside_the_sum() -> None:
    rule = propose("对体验店给予5万元奖励，每家体验店累计扶持不超过3次。").rules[0]
    assert [(named.label, str(named.figure.value), named.figure.unit) for named in rule.figures] == [("每家体验店累计扶持", "3", "time")]
    rule = propose("每培训1人给予1000元补贴，每家企业每年最多不超过8万元，且培训人员的比例限定在员工总数的15%以内。").rules[0]
    assert [(m.label, m.fact) for m in rule.per] == [("培训人数", "persons_trained")]
    assert [str(named.figure.value) for named in rule.figures] == ["0.15"]


def test_the_counted_thing_is_not_the_condition() -> None:
    rule = propose(
        "园区使用面积超过3万平方米、入驻跨境电商企业达到15家的，每新入驻1家跨境电商企业，给予1万元奖励，最多给予100万元。"
    ).rules[0]
    conditions = {c.fact: str(c.value) for c in rule.conditions if c.is_ == "compare"}
    assert sorted(conditions.values()) == ["15", "30000"]
    assert rule.per[0].label == "新入驻跨境电商企业数"
    assert rule.per[0].fact not in conditions


def test_what_describes_the_counted_is_no_condition() -> None:
    rule = propose("对跨境电商平台，每新吸引1家年进出口额达到50万美元以上的企业，给予1万元奖励。").rules[0]
    assert [c for c in rule.conditions if c.is_ == "compare"] == []
    assert rule.per[0].label == "新吸引企业数"
    assert [(named.label, str(named.figure.value)) for named in rule.figures] == [("年进出口额", "500000")]


def test_a_level_without_a_sum_is_a_commitment_of_its_own() -> None:
    rules = propose(
        "对被认定为省级公共海外仓的企业，给予50万元扶持；被认定为市级公共海外仓的企业，根据相关标准给予一定的资金扶持（标准另行制定）。"
    ).rules
    levels = [(rule.kind.value, [c.options for c in rule.conditions if c.is_ == "one_of"]) for rule in rules]
    assert levels == [("lump_sum", [("省级",)]), ("commitment", [("市级",)])]


def test_levels_of_one_kind_are_levels() -> None:
    rule = propose("首次认定为省服务业重点企业、市服务业重点企业，分别奖励20万元、10万元。").rules[0]
    assert [t.when.options for t in rule.tiers if t.when.is_ == "one_of"] == [("省级",), ("市级",)]


def test_an_enumeration_is_one_thing() -> None:
    rule = propose("对年支付邮政小包、快递、专线等国际物流费用达到200万元以上的企业，按国际物流费用的10%给予扶持。").rules[0]
    assert [c.label for c in rule.conditions if c.is_ == "compare"] == ["国际物流费用"]
    assert rule.basis
    assert rule.basis.label == "国际物流费用"


def test_english_and_synonyms_from_the_glossary() -> None:
    rule = propose("对新建的公共海外仓，给予50万元补贴。").rules[0]
    assert "overseas warehouse" in rule.label_en
    assert rule.terms


def test_goals_below_a_dated_goal_have_its_year() -> None:
    text = (
        "一、总体要求\n（一）总体目标。到2028年，建成现代物流服务体系。\n——规模扩大。物流业增加值占全市GDP比重达到13%。\n（二）其他工作。\n"
    )
    targets = [
        (rule.target.metric, rule.target.year) for rule in propose_rules(policy_of(text)).rules if rule.target and rule.target.figure
    ]
    assert targets == [("物流业增加值占全市GDP比重", 2028)]


def test_more_given_behind_a_grant_adds_up() -> None:
    first, second = propose("对新落户的总部企业，给予50万元落户奖励；三年内纳入统计的，再给予20万元奖励。").rules
    assert (first.adds_with, second.adds_with) == ((second.id,), (first.id,))


def test_alternative_deeds_are_one_condition() -> None:
    rule = propose("企业进入孵化器发展，或新落户的高新企业租赁办公场地，给予最高5万元场租补贴。").rules[0]
    either = [condition for condition in rule.conditions if isinstance(condition, AnyOf)]
    assert [[part.label for part in condition.of] for condition in either] == [["企业进入孵化器发展", "新落户的高新企业租赁办公场地"]]
