"""A rule file is loaded whole and proven, or refused with the place and the remedy."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rules.loader import RuleSet, load_all, load_rules
from assistant.rules.quotes import find_quote
from index.errors import FigureNotQuotedError, NoSuchRuleError, QuoteNotFoundError, RuleError, RuleFormatError
from index.models import DatedFact, Policy
from tests.assistant.rules.conftest import HEAD, LUMP_RULE, RATE_RULE, WORDS

Load = Callable[..., RuleSet]


def test_quotation_is_cited_as_it_stands_in_the_text(load: Load) -> None:
    rules = load()
    citation = rules.citation(rules.get("invest"))
    assert citation.quote == "按照年投资额的５%给予补\n贴，单个企业最高不超过200万元"
    assert WORDS[citation.start : citation.end] == citation.quote
    assert (citation.policy, citation.article) == ("small", "第一条")
    assert rules.article(rules.get("staff")).label == "第二条"


@pytest.mark.parametrize(
    ("old", "new", "error", "says"),
    [
        # the form of the file
        ('value: "0.05"', "value: 0.05", RuleFormatError, 'line 12: rule invest, rate.value: write the number in quotes: "0.05"'),
        ("kind: rate", "kind: rate\n  colour: red", RuleFormatError, "line 10: rule invest, colour: unknown key"),
        (", bound: exact}\n  caps", "}\n  caps", RuleFormatError, "rule invest, rate.bound: is missing"),
        ("unit: CNY, bound: at_most, per", "bound: at_most, per", RuleFormatError, "rule invest, caps.0.unit: is missing"),
        ("  quote: 按照年投资额的5%给予补贴，单个企业最高不超过200万元\n", "", RuleFormatError, "rule invest, quote: is missing"),
        ("  article: 第一条\n", "", RuleFormatError, "rule invest, article: is missing"),
        ("  kind: rate", "  kind: rate\n  kind: rate", RuleFormatError, "duplicate key"),
        ("kind: lump_sum", "kind: gift", RuleFormatError, "rule staff, kind"),
        ("id: staff", "id: invest", RuleFormatError, "rule id invest is used twice"),
        ("per: year}", "per: decade}", RuleFormatError, "caps\\[1\\].per is 'decade'"),
        ("period: year", "period: year\n  excludes: [nothing]", RuleFormatError, "excludes names 'nothing'"),
        ("policy: small", "policy: other", RuleFormatError, "policy is 'other'"),
        ("from: null", "from: 2020-01-01", RuleFormatError, "effective is 2020-01-01 to null, but policy.yaml says null to null"),
        ("rules:\n", "rules: [\n", RuleFormatError, "line"),
        ("unit: ratio", "unit: CNY", RuleFormatError, "a rate is a ratio"),
        # quotations
        ("补贴，单个企业", "补助，单个企业", QuoteNotFoundError, "does not stand in article 第一条"),
        ("article: 第一条", "article: 第九条", QuoteNotFoundError, "no article 第九条"),
        ("article: 第一条", "article: 第二条", QuoteNotFoundError, "it stands in 第一条"),
        ("article: 第一条", "article: null", QuoteNotFoundError, "no article without label"),
        ("最高不超过200万元", "最高不超过300万元", QuoteNotFoundError, "does not stand"),
        (
            "rules:\n",
            'ceilings:\n- {article: 第二条, quote: 没有的话, cap: {value: "1", unit: CNY, bound: at_most, per: year}}\nrules:\n',
            QuoteNotFoundError,
            "clause",
        ),
        # figures
        ('value: "0.05"', 'value: "0.5"', FigureNotQuotedError, "rate: 0.5 ratio does not stand"),
        ('value: "2000000"', 'value: "200000"', FigureNotQuotedError, r"caps\[1\]: 200000 CNY does not stand"),
        ("unit: CNY, bound: at_most", "unit: USD, bound: at_most", FigureNotQuotedError, "2000000 USD does not stand"),
        (
            'value: "2000000", unit: CNY, bound: at_most',
            'value: "2000000", unit: CNY, bound: exact',
            FigureNotQuotedError,
            "marked exact, but",
        ),
        ('value: "100000", unit: CNY, bound: exact', 'value: "100000", unit: CNY, bound: at_most', FigureNotQuotedError, "no 最高, 不超过"),
        ('op: ">", value: "50"', 'op: ">", value: "500"', FigureNotQuotedError, "conditions.staff: 500 person"),
        ('op: ">", value: "50"', 'op: ">=", value: "50"', FigureNotQuotedError, "compared with >=, but the quotation says more_than"),
        ('op: ">=", value: "3"', 'op: ">", value: "3"', FigureNotQuotedError, "compared with >, but the quotation says at_least"),
        ("unit: year}", "unit: month}", FigureNotQuotedError, "3 month does not stand"),
        ("per: year}", 'per: "years:3"}', FigureNotQuotedError, "3 year does not stand"),
    ],
)
def test_refused(load: Load, old: str, new: str, error: type[RuleError], says: str) -> None:
    with pytest.raises(error, match=says) as caught:
        load((old, new))
    assert str(caught.value).startswith("small.yaml")


def test_options_of_digits_must_be_quoted(load: Load) -> None:
    condition = "kind: rate\n  conditions: [{is: one_of, fact: mode, label: 模式, options: ['1210']}]"
    with pytest.raises(FigureNotQuotedError, match="option 1210"):
        load(("kind: rate", condition))


def test_clause_must_stand_in_the_text(load: Load) -> None:
    with pytest.raises(QuoteNotFoundError, match="就高不重复"):
        load(("mode: unstated", "mode: highest_only, clause: {article: 第一条, quote: 就高不重复}"))


def test_all_problems_are_reported_at_once(load: Load) -> None:
    with pytest.raises(FigureNotQuotedError, match=r"rule invest: rate.*rule staff: amount"):
        load(('value: "0.05"', 'value: "0.06"'), ('value: "100000"', 'value: "110000"'))


def test_unknown_rule_names_the_nearest(load: Load) -> None:
    with pytest.raises(NoSuchRuleError, match="nearest: invest"):
        load().get("invets")
    assert load().get("用工奖励").id == "staff"


def test_dates_must_be_those_of_the_policy(policy: Policy, tmp_path: Path) -> None:
    dated = dataclasses.replace(policy, effective_to=DatedFact(date(2027, 12, 31)))
    (tmp_path / "incentives.yaml").write_text(HEAD + RATE_RULE, encoding="utf-8")
    with pytest.raises(RuleFormatError, match="null to 2027-12-31"):
        load_rules(dated, tmp_path)


def test_one_broken_file_loses_one_policy(policy: Policy, tmp_path: Path) -> None:
    other = dataclasses.replace(policy, id="other")
    third = dataclasses.replace(policy, id="third")
    for name, text in (("small", HEAD + RATE_RULE), ("other", "rules: {")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "incentives.yaml").write_text(text, encoding="utf-8")
    loaded, errors = load_all([policy, other, third], tmp_path)
    assert {name: len(rules.rules) for name, rules in loaded.items()} == {"small": 1, "third": 0}
    assert len(errors) == 1
    assert "other" in str(errors[0])


def test_not_utf8(policy: Policy, tmp_path: Path) -> None:
    (tmp_path / "incentives.yaml").write_bytes((HEAD + LUMP_RULE).encode("gb18030"))
    with pytest.raises(RuleFormatError, match="UTF-8"):
        load_rules(policy, tmp_path)


@given(breaks=st.sets(st.integers(min_value=1, max_value=29)), start=st.integers(0, 15), length=st.integers(1, 15))
def test_line_breaks_do_not_hide_a_quotation(breaks: set[int], start: int, length: int) -> None:
    words = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥１２３，；（）％"
    broken = "".join(("\n " if place in breaks else "") + character for place, character in enumerate(words))
    quote = words[start : start + length]
    span = find_quote(broken, quote)
    assert span is not None
    assert broken[slice(*span)].replace("\n ", "") == quote


def test_altered_words_are_not_found() -> None:
    assert find_quote("最高支持30万元", "最高支持３０万元") == (0, 8)
    assert find_quote("最高支持30万元", "最高支持80万元") is None
    assert find_quote("最高支持30万元", "") is None
