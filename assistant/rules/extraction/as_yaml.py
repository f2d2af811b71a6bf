"""Proposals as a rule file a person can review: one comment a rule says how sure it is and what to look at.

>>> print(propose_yaml(policy))                          # doctest: +SKIP
# Proposed by the program. Compare every rule with the text …
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from assistant.rules.extraction.propose import propose_rules
from assistant.rules.schema import Rule, RuleFile
from index.models import Policy
from index.normalise import fold

_HEAD = """Proposed by the program from the articles of the policy; nobody has compared it with the text yet.
For each rule: read the quotation, correct what is wrong, delete what is no rule, then add
  review: {by: your name, on: today}
confidence and doubts may be deleted once the rule is reviewed."""
_FLOW = frozenset({"rate", "amount", "figure", "effective", "when", "single_limit", "annual_limit", "duty", "share"})


def propose_yaml(policy: Policy) -> str:
    """`incentives.yaml` of a policy as proposed; loads as it is."""
    return to_yaml(propose_rules(policy))


def to_yaml(file: RuleFile) -> str:
    """A rule file as commented YAML."""
    top = _plain(file)
    rules = CommentedSeq(_plain(rule) for rule in file.rules)
    for number, rule in enumerate(file.rules):
        rules.yaml_set_comment_before_after_key(number, before=_comment(rule), indent=2)
    top["rules"] = rules
    top.yaml_set_start_comment(_HEAD)
    yaml = YAML()
    yaml.width = 4096
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(top, stream)
    return stream.getvalue()


def _comment(rule: Rule) -> str:
    sure = f"confidence {rule.confidence}" if rule.confidence is not None else ""
    return "\n" + "; ".join(part for part in (sure, *rule.doubts) if part)


def _plain(model: BaseModel) -> CommentedMap:
    """Fields that say something, in the order of the schema, under the names files use."""
    result = CommentedMap()
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if info.is_required() or value != info.get_default(call_default_factory=True):
            result[info.alias or name] = _value(info.alias or name, value)
    return result


def _value(name: str, value: Any) -> Any:
    if isinstance(value, BaseModel):
        node = _plain(value)
        if name in _FLOW:
            node.fa.set_flow_style()
        return node
    if isinstance(value, tuple | list):
        items = CommentedSeq(_value(name, item) for item in value)
        if not any(isinstance(item, BaseModel) for item in value):
            items.fa.set_flow_style()
        return items
    if isinstance(value, Decimal):
        return DoubleQuotedScalarString(format(value.normalize(), "f"))
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, date | int) or value is None:
        return value
    return DoubleQuotedScalarString(value) if _needs_quotes(name, value) else value


def _needs_quotes(name: str, value: str) -> bool:
    """Quotations always; other words where YAML could read them as something else."""
    return name == "quote" or fold(value) != value or value.isdigit() or any(mark in value for mark in ":#{}[],&*?|<>=!%@`'\"-")
