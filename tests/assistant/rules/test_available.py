"""Rules come from a file or from the program; a document the program cannot read takes no other with it."""

from __future__ import annotations

from pathlib import Path

from assistant.rules.available import available_rules
from assistant.rules.extraction.propose import propose_rules
from assistant.rules.schema import RuleFile
from index.articles import split_articles
from index.models import Place, Policy, Status


def policy_of(name: str) -> Policy:
    text = "松河市若干措施\n第一条 对研发机构，按设备购置费的20%给予补助，最高100万元。\n"
    return Policy(
        id=name, title="松河市若干措施", place=Place(city="松河市"), status=Status.UNKNOWN, text=text, articles=split_articles(text)[0]
    )


def stumbling(policy: Policy) -> RuleFile:
    """Proposes rules for all but one."""
    if policy.id == "broken":
        raise KeyError("研发机构")
    return propose_rules(policy)


def test_one_document_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    rulesets, notes = available_rules([policy_of("broken"), policy_of("sound")], tmp_path, propose=stumbling)
    assert rulesets["broken"].rules == ()
    assert [rule.kind.value for rule in rulesets["sound"].rules] == ["reimbursement"]
    assert len(notes) == 1
    assert "broken" in notes[0]
    assert "incentives.yaml" in notes[0]
