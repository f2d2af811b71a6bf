"""What a reply claims beside its figures: rates in words, who leads and who is paid, for whom it holds, what may be combined."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.models import Calculation
from assistant.rules.facts import Fact
from assistant.verification.models import Flaw
from tests.assistant.verification.knowing import (
    LIANYUNGANG,
    LIANYUNGANG_2021,
    QINHUANGDAO,
    TANGSHAN,
    ZHUZHOU,
    computed,
    evidence,
    wrong,
)

Articles = tuple[tuple[str, str | None], ...]
Q = tuple((QINHUANGDAO, label) for label in ("（一）", "（二）", "（三）", "（四）", "（七）", "（八）", "（十）", "（十二）", "（十三）"))
L = tuple((LIANYUNGANG, label) for label in ("（五）", "（六）", "（七）", "（八）", "（十）", "（十一）", "（十四）", None))
L21 = tuple((LIANYUNGANG_2021, label) for label in ("（六）", "（八）", "（十二）", None))
Z = tuple((ZHUZHOU, label) for label in ("（一）", "（二）", "（四）", "（五）", "（七）", "（九）", "（十）", "（二十一）"))
T = tuple((TANGSHAN, label) for label in ("三（一）8", "三（三）1", "三（三）2", "三（三）4", "五（一）", "五（三）", "二（三）1"))
DRAFT, OVER = "株洲征求意见稿：", "唐山方案规划期已结束："

RIGHT: list[tuple[Articles, str]] = [
    # rates in words
    (Z, DRAFT + "高管在株缴纳的个人所得税，最高补贴一半。"),
    (Z, DRAFT + "株洲企业参加湖南省商务厅或株洲市商务局主办的跨境电商展会，展位费全额补贴。"),
    (L, "连云港品牌推广的实际费用可以补贴一半，单个企业每年最高30万元。"),
    (L, "连云港对符合条件的跨境电商退运商品免征进口关税和进口环节增值税、消费税。"),
    (T, OVER + "限值以内关税税率暂设为0%，增值税、消费税按法定应纳税额的70%征收，并不是免征。"),
    (T, OVER + "限值以内的关税为零关税。"),
    (L21, "连云港2021年意见：落实跨境电商零售出口货物“无票免税”政策。"),
    (Z, "Zhuzhou's draft covers booth fees in full at fairs organised by the Hunan department of commerce."),
    # roles
    (Q, "秦皇岛综合服务平台由市外事商务局牵头建设。"),
    (Q, "秦皇岛1210业务由秦皇岛开发区管委会牵头，市财政局是责任单位。"),
    (Q, "秦皇岛的专项资金支持方案由市外事商务局会同市财政局编制，报市政府审批。"),
    (T, OVER + "领导小组办公室设在市海洋口岸和港航管理局。"),
    (T, OVER + "跨境电商展会工作由市贸促会牵头。"),
    (T, OVER + "资金由市财政局统筹安排。"),
    (L, "连云港年度资金申报指南由市商务局制定发布。"),
    (L21, "连云港2021年意见由市财政局、市商务局负责解释。"),
    (Z, DRAFT + "（七）由市商务局牵头。"),
    # for whom it holds
    (L, "连云港租赁海关特殊监管区域开展跨境电商业务的，无论规模大小都须实际发生租金，支持不超过租金30%。"),
    (L, "连云港境外商标注册、国际认证和境外专利申请的费用均可获50%的资金支持，单个企业每年最高5万元。"),
    (Q, "秦皇岛9610、9710、9810业务均可申请，按年度进出口总额的1%奖励，最高不超过100万元。"),
    (Q, "秦皇岛海外仓须同时满足所有条件：单个面积1000平方米以上且经营满1年，一次性奖励50万元。"),
    (Q, "秦皇岛海外仓的奖励不是任何企业都能拿：单个面积须在1000平方米以上且经营满1年。"),
    (Q, "秦皇岛鼓励企业通过自建、租赁或合作等任一方式建设海外仓。"),
    (T, OVER + "境内个人电商备案后可开立外汇结算账户，不受个人年度等值5万美元结售汇总额限制。"),
    # who is paid
    (Z, DRAFT + "省级产业带奖励给相关县（市）区，最高100万元。"),
    (Z, DRAFT + "省级产业园的园区运营方最高可获500万元奖励。"),
    (L, "连云港首次进入省级以上名单的产业园，园区运营主体最高可获100万元一次性奖励。"),
    (L, "连云港市级公共海外仓的运营主体最高可获30万元一次性奖励。"),
    (Z, DRAFT + "监管查验场所的运营方最高可获100万元/年支持。"),
    (Q, "秦皇岛园区入驻有经营业绩的企业20家以上的，园区可获年度线上交易总额0.1%的扶持，不超过200万元。"),
    # what may be combined
    (Z, DRAFT + "推广费、扣点费、国际物流费三项补贴可叠加，合计最高50万元。"),
    (Z, DRAFT + "推广费和扣点费可以叠加，合计最高30万元。"),
    (L, "连云港同一主体的同一事项符合多项支持政策的，按就高不重复原则给予支持。"),
    (L, "连云港同一事项不能重复享受，只按最高的一项支持。"),
    (Q, "秦皇岛的文件没有写明这几项能否叠加，请向主管部门确认。"),
    # the text's own word of a bound
    (T, OVER + "单次交易限值5000元，个人年度限值26000元。"),
    (T, OVER + "单次交易限额为5000元，个人年度交易上限26000元。"),
]


@pytest.mark.parametrize(("articles", "reply"), RIGHT)
def test_what_the_articles_say_is_proven(articles: Articles, reply: str) -> None:
    assert wrong(reply, evidence(*articles)) == []


WRONG: list[tuple[Articles, str]] = [
    # rates in words
    (T, OVER + "限值以内免征增值税、消费税。"),
    (T, OVER + "限值以内的跨境零售进口商品全部免税。"),
    (T, OVER + "限值以内增值税减半征收。"),
    (Z, DRAFT + "高管个人所得税可全额返还。"),
    (Z, DRAFT + "国际认证费用由财政全部承担。"),
    (Z, DRAFT + "其他境内外展会的展位费补贴一半。"),
    (L, "连云港直播间建设费用可以报销一半，最高10万元。"),
    (L, "连云港租金全免。"),
    (L, "连云港境外商标注册费用全额补贴。"),
    (Q, "秦皇岛第二年1210业务支持比例翻倍。"),
    (L, "Lianyungang reimburses overseas trademark registration in full."),
    (L, "Lianyungang pays half of the rent in special customs supervision areas."),
    # roles
    (Q, "秦皇岛综合服务平台由秦皇岛开发区管委会牵头建设。"),
    (Q, "秦皇岛综合保税区建设由市外事商务局牵头。"),
    (Q, "秦皇岛1210业务的牵头部门是市外事商务局。"),
    (Q, "秦皇岛的专项资金支持方案由市税务局编制。"),
    (Q, "秦皇岛的资金支持方案报市财政局审批。"),
    (T, OVER + "领导小组办公室设在市商务局。"),
    (T, OVER + "跨境电商展会工作由市综试办牵头。"),
    (T, OVER + "外汇管理由市金融办牵头。"),
    (L, "连云港年度资金申报指南由市财政局发布。"),
    (L21, "连云港2021年资金申报指南由市财政局单独发布。"),
    (L21, "连云港2021年意见由市税务局负责解释。"),
    (Z, DRAFT + "（七）由市发改委牵头。"),
    (Q, "In Qinhuangdao the service platform is led by the administrative committee: 秦皇岛开发区管委会牵头。"),
    # for whom it holds
    (L, "在连云港租赁任何仓库开展跨境电商业务的，最高支持租金的30%，每年最高30万元。"),
    (L, "连云港的直播间不论有无业绩，都按建设费用30%支持，最高10万元。"),
    (L, "连云港所有展会的展位费都能补，最高70%。"),
    (Q, "秦皇岛园区扶持不超过200万元，入驻企业有无业绩均可。"),
    (Q, "秦皇岛海外仓不限面积，经营满1年就一次性奖励50万元。"),
    (Q, "秦皇岛企业都可以拿到9610奖励，按进出口总额的1%，最高不超过100万元。"),
    (Z, DRAFT + "参加任何境外展会，展位费都予以全额补贴。"),
    (Z, DRAFT + "省级公共海外仓首年最高60万元，自建还是租用都行，无论哪一级认定均可。"),
    (L, "Lianyungang supports up to 30% of the rent of any warehouse, up to RMB 300,000 a year."),
    (Q, "Qinhuangdao rewards every overseas warehouse regardless of its size with RMB 500,000."),
    # who is paid
    (Z, DRAFT + "省级产业带认定后，企业最高可获100万元奖励。"),
    (Z, DRAFT + "省级产业园的入驻企业最高可获500万元奖励。"),
    (L, "连云港产业园首次进入省级以上名单的，给予入驻企业最高100万元一次性奖励。"),
    (Z, DRAFT + "龙头企业缴纳的企业所得税给予最高50%补贴。"),
    (Z, DRAFT + "市级产业园给予县（市）区最高100万元奖励。"),
    (Q, "秦皇岛对园区内的入驻企业，按园区年度线上交易总额的0.1%给予扶持，不超过200万元。"),
    (L, "In Lianyungang the tenants of a park receive a one-off reward of up to RMB 1 million."),
    # what may be combined
    (Q, "秦皇岛的海外仓奖励和体验店扶持可以叠加享受。"),
    (Q, "秦皇岛按就高不重复原则执行，同一企业只能享受一项。"),
    (L, "连云港同一事项可以重复享受多项支持。"),
    (Z, DRAFT + "推广费、扣点费、国际物流费三项补贴不可叠加。"),
    (Z, DRAFT + "推广费、扣点费、国际物流费三项可叠加，合计最高80万元。"),
    (Z, DRAFT + "产业园奖励和产业带奖励可以叠加，合计最高150万元。"),
    (Q, "Qinhuangdao's incentives can be combined."),
    # other parts of bodies and persons, other documents, what is spared
    (T, OVER + "领导小组组长由副市长担任。"),
    (L21, "连云港2021年的意见由市税务局印发。"),
    (T, OVER + "超过单次限值的商品，按法定应纳税额的70%征收增值税、消费税。"),
    (T, OVER + "个人电商每年结售汇总额不得超过等值5万美元。"),
    (((TANGSHAN, "三（一）4"),), OVER + "2019年认定市级“双创”中心10个。"),
    (L21, "连云港2021年意见：海外商标注册费用按80%的固定比例补助。"),
    (((LIANYUNGANG_2021, "（一）"),), "连云港2021年意见：接入平台的企业每年可获最高300万元专项补助。"),
    (((LIANYUNGANG_2021, "（十三）"),), "连云港2021年意见：不论年度收付汇多少，小微跨境电商企业都可免于办理名录登记。"),
    (L21, "连云港2021年意见允许同一事项的多项支持叠加享受。"),
    (T, "The Tangshan plan (ended in 2021) exempts retail imports within the limits from VAT and consumption tax."),
    # a bound that the text does not have
    (T, OVER + "单次交易起点5000元。"),
]


@pytest.mark.parametrize(("articles", "reply"), WRONG)
def test_what_they_do_not_say_is_flagged(articles: Articles, reply: str) -> None:
    assert wrong(reply, evidence(*articles)) != []


@pytest.fixture(scope="module")
def capped() -> Calculation:
    """2 % of the turnover would be 120万元; the ceiling is 100万元."""
    turnover, mode = Fact("online_turnover", Decimal(60_000_000), "CNY"), Fact("business_mode", "1210")
    return computed(QINHUANGDAO, "import-1210", online_turnover=turnover, business_mode=mode)


class TestProductsBeforeTheCeiling:
    @pytest.mark.parametrize(
        "reply",
        [
            "6000万元 × 2% = 120万元，超过上限，最高100万元。",
            "按2%计算是120万元，超过100万元的上限，因此最高100万元。",
            "按比例本应为120万元，但上限是100万元。",
            "秦皇岛1210业务最高可得100万元。",
            "6000万元 × 2%得120万元，高于封顶线，按100万元计。",
        ],
    )
    def test_it_may_be_told_on_the_way(self, capped: Calculation, reply: str) -> None:
        known = evidence((QINHUANGDAO, "（二）"), said="1210，年线上交易额6000万元", calculations=(capped,))
        assert wrong(reply, known) == []

    @pytest.mark.parametrize(
        "reply",
        [
            "按照您年线上交易额6000万元计算，1210支持为120万元。",
            "您可得120万元。",
            "秦皇岛1210业务资金支持：120万元（依据（二））。",
            "您这种情况能拿120万元，已受上限限制。",
            "可以申请120万元的资金支持，须经审核。",
            "最高120万元。",
        ],
    )
    def test_it_is_no_result(self, capped: Calculation, reply: str) -> None:
        known = evidence((QINHUANGDAO, "（二）"), said="1210，年线上交易额6000万元", calculations=(capped,))
        assert {verdict.flaw for verdict in wrong(reply, known)} & {Flaw.MEASURE, Flaw.BOUND, Flaw.NUMBER}


class TestWorkings:
    """Counts and sums that the program made outside the calculator."""

    @pytest.mark.parametrize(
        ("working", "reply"),
        [
            ("2万元 × 6个月 = 12万元", "2万元 × 6个月 = 12万元"),
            ("60万元 × 3家 = 180万元", "3家分别申领。"),
            ("1000家 − 400家 = 600家", "相差600家。"),
        ],
    )
    def test_they_prove_what_they_count(self, working: str, reply: str) -> None:
        known = evidence((QINHUANGDAO, "（二）"), said="月租金2万")
        assert wrong(reply, replace(known, workings=(working,))) == []
        assert wrong(reply, known)

    @pytest.mark.parametrize("reply", ["2万元 × 7个月 = 14万元", "可得9个月的支持。", "可得13万元。"])
    def test_they_prove_nothing_else(self, reply: str) -> None:
        known = replace(evidence((QINHUANGDAO, "（二）"), said="月租金2万"), workings=("2万元 × 6个月 = 12万元",))
        assert wrong(reply, known)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("有两个海外仓，能拿多少", "文件没有写明有两个时能否按个数分别领取。"),
        ("已经补贴了5万，还能拿多少", "已拿的5万元没有计入。"),
        ("想拿60万元，年线上交易额要做到多少", "要达到60万元，年线上交易额至少需要3000万元。"),
    ],
)
def test_what_the_user_has_or_wants_is_the_users(said: str, reply: str) -> None:
    assert wrong(reply, evidence((QINHUANGDAO, "（二）"), said=said)) == []
