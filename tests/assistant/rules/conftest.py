"""The rules that come with the project, and a small policy of our own to break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.rules.loader import RuleSet, load_all, parse_rules
from index.config import ROOT
from index.models import Article, ArticleKind, Place, Policy, Status
from index.policies import load_policies


@pytest.fixture(scope="session")
def rulesets() -> dict[str, RuleSet]:
    root: Path = ROOT / "policies_text"
    policies, problems = load_policies(root)
    loaded, errors = load_all(policies, root)
    assert not problems
    assert not errors
    return loaded


WORDS = "第一条 对企业按照年投资额的５%给予补\n贴，单个企业最高不超过200万元。\n第二条 对员工超过50人、成立满3年的企业，给予10万元奖励。\n"


@pytest.fixture
def policy() -> Policy:
    """Two articles; the first breaks a line inside a word and writes a full-width digit."""
    cut = WORDS.index("第二条")
    articles = (
        Article("small", ArticleKind.ARTICLE, "第一条", ("1",), "", WORDS[:cut], 0, cut),
        Article("small", ArticleKind.ARTICLE, "第二条", ("2",), "", WORDS[cut:], cut, len(WORDS)),
    )
    return Policy("small", "关于支持投资的措施", Place(city="某市"), WORDS, articles, Status.IN_FORCE)


RATE_RULE = """\
- id: invest
  label: 投资补贴
  article: 第一条
  quote: 按照年投资额的5%给予补贴，单个企业最高不超过200万元
  kind: rate
  beneficiary: 企业
  basis: {fact: investment, label: 年投资额, unit: CNY}
  rate: {value: "0.05", unit: ratio, bound: exact}
  caps: [{value: "2000000", unit: CNY, bound: at_most, per: year}]
  period: year
"""
LUMP_RULE = """\
- id: staff
  label: 用工奖励
  article: 第二条
  quote: 对员工超过50人、成立满3年的企业，给予10万元奖励
  kind: lump_sum
  beneficiary: 企业
  conditions:
    - {is: compare, fact: staff, label: 员工, op: ">", value: "50", unit: person}
    - {is: compare, fact: age, label: 成立年限, op: ">=", value: "3", unit: year}
  amount: {value: "100000", unit: CNY, bound: exact}
"""
HEAD = "policy: small\neffective: {from: null, to: null}\nstacking: {mode: unstated}\nrules:\n"


@pytest.fixture
def load(policy: Policy) -> Callable[..., RuleSet]:
    """Loads rules given as YAML text, `changes` replaced in it (each must occur)."""

    def load_text(*changes: tuple[str, str]) -> RuleSet:
        text = HEAD + RATE_RULE + LUMP_RULE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        return parse_rules(text, policy, "small.yaml")

    return load_text
