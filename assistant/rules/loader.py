"""Rules from `incentives.yaml`, refused unless their quotations stand in the policy's text.

    >>> rules = load_rules(policy, Path("policies_text/qinhuangdao-2022-26"))   # doctest: +SKIP
    >>> rules.citation(rules.get("import-1210")).article                         # doctest: +SKIP
    '（二）'

A rule loads only if its quotation stands in its article and every figure in the rule stands in the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rapidfuzz import process
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from assistant.models import Citation
from assistant.rules.facts import Slot, fact_names, slots_of
from assistant.rules.quotes import locate, regions, unquoted, unquoted_ceiling
from assistant.rules.schema import Clause, CommonCeiling, Effective, Rule, RuleFile, Stacking
from index.errors import FigureNotQuotedError, NoSuchRuleError, QuoteNotFoundError, RuleError, RuleFormatError
from index.models import Article, Policy
from index.yaml_files import Reader, read_yaml

FILE_NAME = "incentives.yaml"


@dataclass(frozen=True, eq=False)
class RuleSet:
    """The rules of one policy, each with the place of its quotation in the policy's text."""

    policy: Policy
    file: RuleFile
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.policy.id

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules in the order of the file."""
        return self.file.rules

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Rules under their ids."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """Every fact the rules ask for, under its name."""
        return slots_of(self.rules)

    @cached_property
    def rules_by_fact(self) -> dict[str, frozenset[str]]:
        """Ids of the rules each fact can change."""
        index: dict[str, set[str]] = {}
        for rule in self.rules:
            for name in fact_names(rule):
                index.setdefault(name, set()).add(rule.id)
        return {name: frozenset(ids) for name, ids in index.items()}

    def get(self, rule_id: str) -> Rule:
        """The rule with this id, or with exactly this label.

        Raises:
            NoSuchRuleError: there is none; the message lists the nearest ids.
        """
        if rule_id in self.by_id:
            return self.by_id[rule_id]
        for rule in self.rules:
            if rule_id in (rule.label, rule.label_en):
                return rule
        near = [match[0] for match in process.extract(rule_id, list(self.by_id), limit=3)]
        raise NoSuchRuleError(f"policy {self.id} has no rule {rule_id!r}; nearest: {', '.join(near) or 'it has no rules'}")

    def ceilings_of(self, rule: Rule) -> list[CommonCeiling]:
        """The ceilings that a rule shares with others."""
        return [ceiling for ceiling in self.file.ceilings if rule.gives_money and (not ceiling.rules or rule.id in ceiling.rules)]

    def span(self, rule: Rule) -> tuple[int, int]:
        """Offsets of the rule's quotation in `policy.text`, end exclusive."""
        return self.spans[rule.id]

    def article(self, rule: Rule) -> Article:
        """The article in which the quotation begins."""
        start, _ = self.span(rule)
        return next(article for article in self.policy.articles if article.start <= start < article.end)

    def citation(self, rule: Rule) -> Citation:
        """The rule's quotation as it stands in the text, with its place."""
        start, end = self.span(rule)
        return self._citation(rule.article, start, end)

    def citations(self, rule: Rule) -> tuple[Citation, ...]:
        """The same, with the sentence above the item where the rule names one."""
        return (self.citation(rule), *((self.clause_citation(rule.under),) if rule.under else ()))

    def clause_citation(self, clause: Clause) -> Citation:
        """The same for a sentence that governs rules: words above an item, stacking, approval, procedure."""
        span = locate(self.policy, clause.article, clause.quote)
        if span is None:
            raise QuoteNotFoundError(f"policy {self.id}: the clause “{clause.quote}” does not stand in article {clause.article}")
        return self._citation(clause.article, *span)

    def _citation(self, article: str | None, start: int, end: int) -> Citation:
        return Citation(self.policy.id, self.policy.title, article, self.policy.text[start:end], start, end)


def load_all(policies: Iterable[Policy], root: Path) -> tuple[dict[str, RuleSet], list[RuleError]]:
    """The rules of many policies, `root/<policy id>/incentives.yaml` each; a broken file loses that policy's rules only."""
    loaded: dict[str, RuleSet] = {}
    errors: list[RuleError] = []
    for policy in policies:
        try:
            loaded[policy.id] = load_rules(policy, root / policy.id)
        except RuleError as error:
            errors.append(error)
    return loaded, errors


def load_rules(policy: Policy, folder: Path, read: Reader = read_yaml) -> RuleSet:
    """The rules in `folder/incentives.yaml`; none, if there is no such file.

    Raises:
        RuleFormatError, QuoteNotFoundError, FigureNotQuotedError: see `load_rule_file`.
    """
    path = folder / FILE_NAME
    if not path.exists():
        effective = Effective(**{"from": policy.effective_from.value}, to=policy.effective_to.value)
        return RuleSet(policy, RuleFile(policy=policy.id, effective=effective, stacking=Stacking(mode="unstated"), rules=()))
    return load_rule_file(path, policy, read)


def load_rule_file(path: Path, policy: Policy, read: Reader = read_yaml) -> RuleSet:
    """Read and prove one rule file.

    Raises:
        RuleFormatError: not YAML, duplicate or unknown keys, floats, missing fields, dates that differ from the policy's.
        QuoteNotFoundError: a quotation does not stand in the article named.
        FigureNotQuotedError: a figure does not stand in its quotation, or is limited otherwise than the quotation says.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleFormatError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    return parse_rules(text, policy, str(path), read)


def parse_rules(text: str, policy: Policy, name: str = FILE_NAME, read: Reader = read_yaml) -> RuleSet:
    """As `load_rule_file`, for text that is not yet in a file; `name` stands in error messages."""
    file = _validated(text, name, read)
    return prove(file, policy, name)


def prove(file: RuleFile, policy: Policy, name: str = FILE_NAME) -> RuleSet:
    """Check rules against the policy's text: dates, references, articles, quotations, figures."""
    _check_frame(file, policy, name)
    spans: dict[str, tuple[int, int]] = {}
    missing: list[str] = []
    figures: list[str] = []
    for rule in file.rules:
        span = locate(policy, rule.article, rule.quote)
        if span is None:
            missing.append(f"rule {rule.id}: {_why_missing(policy, rule.article, rule.quote)}")
            continue
        spans[rule.id] = span
        figures.extend(f"rule {rule.id}: {problem}" for problem in unquoted(rule))
    for clause in _clauses(file):
        if locate(policy, clause.article, clause.quote) is None:
            missing.append(f"clause: {_why_missing(policy, clause.article, clause.quote)}")
    figures.extend(problem for ceiling in file.ceilings for problem in unquoted_ceiling(ceiling))
    if missing:
        raise QuoteNotFoundError(_report(name, missing, "copy the words from text.txt and name the article they stand in"))
    if figures:
        raise FigureNotQuotedError(_report(name, figures, "correct the figure, or quote the words that contain it"))
    return RuleSet(policy, file, spans)


def _validated(text: str, name: str, read: Reader) -> RuleFile:
    try:
        content = read(text, name)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise RuleFormatError(f"{name}, line {line}: {error.problem}; correct the YAML (quote texts that contain ': ' or '#')") from error
    except YAMLError as error:
        raise RuleFormatError(f"{name}: no YAML: {error}") from error
    try:
        return RuleFile.model_validate(content)
    except ValidationError as error:
        problems = [_explain(issue, content, text) for issue in error.errors()]
        raise RuleFormatError(_report(name, problems, "see docs on the rule format")) from error


def _explain(issue: Any, content: Any, text: str) -> str:
    """One schema violation as "line N, rule X, field: what is wrong"."""
    path = issue["loc"]
    where = ".".join(str(part) for part in path if part not in ("compare", "one_of", "confirm", "any_of"))
    rule_id = ""
    if len(path) > 1 and path[0] == "rules" and isinstance(path[1], int):
        entry = content["rules"][path[1]]
        rule_id = str(entry.get("id", "")) if isinstance(entry, Mapping) else ""
        where = where.removeprefix(f"rules.{path[1]}").lstrip(".")
    message = issue["msg"].removeprefix("Value error, ")
    if issue["type"] == "string_type" and isinstance(issue.get("input"), int | float):
        message = f'write it in quotes: "{issue["input"]}"'
    if issue["type"] == "extra_forbidden":
        message = "unknown key; remove it or correct its spelling"
    if issue["type"] == "missing":
        message = "is missing; add it"
    subject = f"rule {rule_id or f'number {path[1] + 1}'}, " if len(path) > 1 and path[0] == "rules" else ""
    return f"line {_line_of(path, text)}: {subject}{where or 'file'}: {message}"


def _line_of(path: tuple[Any, ...], text: str) -> int:
    """The line where the deepest existing part of `path` begins; the file is read once more for it, with positions."""
    node: Any = YAML(typ="rt", pure=True).load(text)
    line = 0
    for part in path:
        if isinstance(node, CommentedMap) and part in node:
            line, node = node.lc.key(part)[0], node[part]
        elif isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
            line, node = node.lc.item(part)[0], node[part]
    return int(line) + 1


def _check_frame(file: RuleFile, policy: Policy, name: str) -> None:
    problems: list[str] = []
    if file.policy != policy.id:
        problems.append(f"policy is {file.policy!r}, but the folder holds {policy.id!r}")
    written = (file.effective.from_, file.effective.to)
    stated = (policy.effective_from.value, policy.effective_to.value)
    if written != stated:
        problems.append(f"effective is {_period(written)}, but policy.yaml says {_period(stated)}")
    ids = {rule.id for rule in file.rules}
    for rule in file.rules:
        problems.extend(
            f"rule {rule.id}: {key} names {other!r}, which is no rule of this file"
            for key in ("adds_with", "excludes")
            for other in getattr(rule, key)
            if other not in ids
        )
        problems.extend(f"rule {rule.id}: {problem}" for problem in _frame_of(rule))
    problems.extend(
        f"ceilings: rules names {other!r}, which is no rule of this file"
        for ceiling in file.ceilings
        for other in ceiling.rules
        if other not in ids
    )
    if problems:
        raise RuleFormatError(_report(name, problems, "make both say the same"))


_PERS = re.compile(r"once|year|month|first_year|total|transaction|unstated|years:[1-9]\d?")


def _frame_of(rule: Rule) -> Iterator[str]:
    """What the schema's types cannot see in one rule."""
    for number, cap in enumerate(rule.every_cap, 1):
        if not _PERS.fullmatch(cap.per):
            yield f"caps[{number}].per is {cap.per!r}; use once, year, month, first_year, total, transaction, unstated or years:N"
        if cap.unit == "ratio" and not rule.basis:
            yield f"caps[{number}] is a share, but the rule names no basis it is a share of; add basis"
        if not cap.unit:
            yield f"caps[{number}].unit is empty; name the unit: CNY"
    for key in ("rate", "amount"):
        figure = getattr(rule, key)
        if figure and not figure.unit:
            yield f"{key}.unit is empty; name the unit: CNY, ratio"
    if rule.rate and not rule.rate.unit.startswith("ratio"):
        yield f"rate.unit is {rule.rate.unit!r}; a rate is a ratio (2% is 0.02)"


def _period(dates: tuple[Any, Any]) -> str:
    return f"{dates[0] or 'null'} to {dates[1] or 'null'}"


def _clauses(file: RuleFile) -> list[Clause]:
    stacking = [file.stacking.clause] if file.stacking.clause else []
    under = (rule.under for rule in file.rules if rule.under)
    return [*stacking, *file.approval, *file.procedure, *file.ceilings, *under]


def _why_missing(policy: Policy, label: str | None, quote: str) -> str:
    short = quote if len(quote) <= 40 else f"{quote[:40]}…"
    if not any(True for _ in regions(policy, label)):
        near = process.extract(label or "", [article.label for article in policy.articles if article.label], limit=3)
        return (
            f"the policy has no article {label or 'without label'} (quotation “{short}”); nearest: {', '.join(match[0] for match in near)}"
        )
    elsewhere = [article.label or "unlabelled text" for article in policy.articles if locate(policy, article.label, quote)]
    hint = f"; it stands in {elsewhere[0]}" if elsewhere else ""
    return f"the quotation “{short}” does not stand in {f'article {label}' if label else 'unlabelled text'}{hint}"


def _report(name: str, problems: list[str], remedy: str) -> str:
    return f"{name}: " + "; ".join(problems) + f" ({remedy})"
