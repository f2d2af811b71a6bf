"""Whatever the text: nothing raises, and what is proposed loads through the strict loader."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.rules.extraction.as_yaml import propose_yaml
from assistant.rules.extraction.propose import propose_rules
from assistant.rules.loader import parse_rules, prove
from index.articles import split_articles
from index.models import Place, Policy, Status
from tests.growth import growth

_PARTS = [
    *[
        "对",
        "企业",
        "的",
        "，",
        "。",
        "；",
        "：",
        "、",
        "（一）",
        "一、",
        "第三条",
        "1.",
        "给予",
        "最高",
        "不超过",
        "50万元",
        "30%",
        "100平方米以上",
        "分别",
        "奖励",
        "按照",
        "交易额",
        "的2%",
        "每年",
        "一次性",
    ],
    *[
        "单个企业",
        "累计",
        "首年",
        "后两年",
        "每新增1家",
        "20元/平方米·月",
        "到2027年",
        "培育",
        "10家",
        "超过1亿美元",
        "或",
        "同一项目",
        "就高不重复",
        "（含）",
        "“",
        "”",
        "全额补贴",
    ],
    *["三项可叠加", "10、20、30万元", "省、市级", "享受相关政策", "关税", "0%", "2019年底前", "完成", "可免于", "1:1"],
    "\n",
    " ",
]
_POLICY_LIKE = st.lists(st.sampled_from(_PARTS), max_size=60).map("".join)


def policy_of(text: str) -> Policy:
    articles, _ = split_articles(text, "any")
    return Policy("any", "任何文件", Place(), text, tuple(articles), Status.UNKNOWN)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_POLICY_LIKE)
def test_proposals_from_words_of_policies_load(text: str) -> None:
    policy = policy_of(text)
    prove(propose_rules(policy), policy)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    policy = policy_of(text)
    prove(propose_rules(policy), policy)


@settings(max_examples=40, deadline=None)
@given(_POLICY_LIKE)
def test_the_yaml_is_the_proposal(text: str) -> None:
    policy = policy_of(text)
    assert parse_rules(propose_yaml(policy), policy).file == propose_rules(policy)


def test_time_grows_with_the_length_of_a_document() -> None:
    sentence = "对年交易额超过{}万元的企业，按照其物流费用的10%给予补贴，最高不超过{}万元。支持企业发展壮大，完善服务体系，提升竞争力。"
    half = "一、政策\n" + "".join(f"{n}.{sentence.format(n * 100, n)}\n" for n in range(1, 50))

    def propose(text: str) -> None:
        assert len(propose_rules(policy_of(text)).rules) >= 45

    assert growth(propose, half, half * 2) < 4  # twice the text; eight times and more where each sentence is held against each
