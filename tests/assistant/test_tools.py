"""The tools a language model may call: typed arguments in, JSON out, errors it can act on."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from langchain_core.tools import StructuredTool
from pydantic import ValidationError

from assistant.rules.loader import load_all
from assistant.tools import build_tools
from index.config import ROOT
from index.policies import load_policies


@pytest.fixture(scope="module")
def tools() -> dict[str, StructuredTool]:
    policies, _ = load_policies(ROOT / "policies_text")
    rulesets, _ = load_all(policies, ROOT / "policies_text")
    return {tool.name: tool for tool in build_tools(rulesets, lambda: date(2026, 6, 30))}


def call(tools: dict[str, StructuredTool], name: str, **arguments: Any) -> Any:
    return json.loads(tools[name].invoke(arguments))


def test_calculate(tools: dict[str, StructuredTool]) -> None:
    facts = {"online_turnover": "6200万元", "business_mode": "1210"}
    result = call(tools, "calculate_incentive", policy="qinhuangdao-2022-26", incentive="import-1210", facts=facts)
    assert (result["amount"], result["bound"], result["eligible"]) == ("1000000", "at_most", "yes")
    assert result["steps"] == ["6200万元 × 2% = 124万元", "124万元超过每年上限100万元，按100万元计"]
    assert result["citation"]["quote"].startswith("对开展1210业务")


def test_the_day_is_an_argument(tools: dict[str, StructuredTool]) -> None:
    arguments = {"policy": "lianyungang-2024", "incentive": "freight-voucher", "facts": {"logistics_cost": "100万元"}}
    assert call(tools, "calculate_incentive", **arguments)["amount"] == "20000"
    early = call(tools, "calculate_incentive", **arguments, on="2024-11-19")
    assert (early["amount"], early["eligible"]) == (None, "no")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"policy": "nowhere", "incentive": "import-1210"}, "there are: "),
        ({"policy": "qinhuangdao-2022-26", "incentive": "import-1211"}, "nearest: import-1210"),
        ({"policy": "qinhuangdao-2022-26", "incentive": "import-1210", "facts": {"turnover": "3万元"}}, "online_turnover"),
        ({"policy": "qinhuangdao-2022-26", "incentive": "import-1210", "facts": {"online_turnover": "-3万元"}}, "negative"),
    ],
)
def test_errors_say_what_to_do(tools: dict[str, StructuredTool], arguments: dict[str, Any], says: str) -> None:
    assert says in call(tools, "calculate_incentive", **arguments)["error"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"policy": "qinhuangdao-2022-26"},
        {"policy": "qinhuangdao-2022-26", "incentive": "park", "amount": 3},
        {"policy": "a", "incentive": "b", "on": "soon"},
    ],
)
def test_arguments_are_typed(tools: dict[str, StructuredTool], arguments: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        tools["calculate_incentive"].invoke(arguments)


def test_match(tools: dict[str, StructuredTool]) -> None:
    found = call(tools, "match_company", facts={"promotion_cost": "8万元"}, policies=["lianyungang-2024"])
    assert [line["id"] for line in found["meets"]] == ["brand-promotion"]
    assert found["meets"][0]["amount"] == "40000"
    assert found["totals"][0]["entitled"] == "40000"


def test_list(tools: dict[str, StructuredTool]) -> None:
    found = call(tools, "list_incentives", policy="qinhuangdao-2022-26", words="O2O")
    assert [(row["id"], row["article"]) for row in found] == [("o2o-store", "（六）")]
    assert [fact["name"] for fact in found[0]["facts"]] == ["in_operation", "business_area"]
    assert len(call(tools, "list_incentives")) > 150


def test_every_fact_listed_is_accepted(tools: dict[str, StructuredTool]) -> None:
    samples = {"number": "1", "confirm": "yes", "choice": "其它"}
    for row in call(tools, "list_incentives"):
        facts = {fact["name"]: samples[fact["kind"]] for fact in row["facts"]}
        result = call(tools, "calculate_incentive", policy=row["policy"], incentive=row["id"], facts=facts)
        assert "error" not in result, (row["id"], result)
