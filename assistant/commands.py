"""Commands over the rules: calc, incentives, match, and the review of proposed rules.

    python -m assistant calc qinhuangdao-2022-26 import-1210 online_turnover=8000万元 business_mode=1210

`add_commands(app)` puts them on the command line of `python -m assistant`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from assistant.models import Calculation, Eligible
from assistant.rules.available import available_rules
from assistant.rules.calculator import calculate
from assistant.rules.conditions import format_condition
from assistant.rules.describe import describe
from assistant.rules.extraction.as_yaml import propose_yaml
from assistant.rules.facts import Fact, Slot, collect_facts, parse_fact, slots_of
from assistant.rules.loader import FILE_NAME, RuleSet, parse_rules
from assistant.rules.matching import ProfileMatch, match_profile
from assistant.rules.schema import Rule
from assistant.rules.wording import bound_words, format_quantity
from assistant.tools import listing
from index.config import load_settings
from index.errors import InputFileError, NoSuchPolicyError, PolicyDeskError
from index.policies import is_named, load_policies
from index.yaml_files import kept_yaml

_VERDICT = {
    "zh": {Eligible.YES: "符合所列条件", Eligible.NO: "不符合", Eligible.UNKNOWN: "尚不能确定"},
    "en": {Eligible.YES: "meets the stated conditions", Eligible.NO: "does not qualify", Eligible.UNKNOWN: "not settled yet"},
}

On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Day the question is about; default: today")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object instead of text")]
English = Annotated[bool, typer.Option("--en", help="English instead of Chinese")]
Facts = Annotated[list[str] | None, typer.Argument(help="name=value: online_turnover=8000万元 business_mode=1210")]


def add_commands(app: typer.Typer) -> None:
    """Put calc, incentives, match and rules on a command line."""
    app.command("calc")(calc)
    app.command("incentives")(incentives)
    app.command("match")(match)
    rules = typer.Typer(help="Rules proposed by the program, and their review by a person.", no_args_is_help=True)
    rules.callback()(_rules_help)
    rules.command("review")(review)
    rules.command("propose")(propose)
    app.add_typer(rules, name="rules")


def calc(policy: str, incentive: str, facts: Facts = None, on: On = None, as_json: Json = False, en: English = False) -> None:
    """Compute one incentive of one policy from facts."""
    with _errors():
        rules = _rules_of(policy)
        rule = rules.get(incentive)
        given = _read(facts or [], rules.slots, slots_of([rule]))
        result = calculate(rules, rule, given, _day(on))
    if as_json:
        typer.echo(_json({**asdict(result), "citation": asdict(rules.citation(rule))}))
        return
    lang = "en" if en else "zh"
    typer.echo("\n".join(_calculation_lines(result, rules, rule, lang)))


def incentives(
    policy: Annotated[str, typer.Option("--policy", help="Only this policy")] = "",
    money: Annotated[bool, typer.Option("--money", help="Only incentives that promise a sum")] = False,
    as_json: Json = False,
    en: English = False,
) -> None:
    """List the incentives, limits and targets of one or all policies."""
    with _errors():
        chosen = [_rules_of(policy)] if policy else list(_load().values())
    shown = [(rules, rule) for rules in chosen for rule in rules.rules if rule.gives_money or not money]
    if as_json:
        typer.echo(_json([listing(rules, rule) for rules, rule in shown]))
        return
    table = Table("policy", "id", "article", "label", "gives")
    for rules, rule in shown:
        label = (rule.label_en or rule.label) if en else rule.label
        table.add_row(rules.id, rule.id, rule.article or "", label, describe(rule, "en" if en else "zh"))
    Console().print(table)


def match(
    facts: Facts = None,
    policy: Annotated[list[str] | None, typer.Option("--policy", help="Only these policies; may be repeated")] = None,
    place: Annotated[list[str] | None, typer.Option("--place", help="Only policies of these places; may be repeated")] = None,
    on: On = None,
    as_json: Json = False,
    en: English = False,
) -> None:
    """Hold one company's facts against every incentive."""
    with _errors():
        chosen = [_rules_of(each) for each in policy or ()] + _rules_at(place or ()) if policy or place else list(_load().values())
        given = _read(facts or [], slots_of(rule for rules in chosen for rule in rules.rules))
        found = match_profile(chosen, given, _day(on))
    if as_json:
        typer.echo(
            _json({"lines": [asdict(line.calculation) for line in found.lines], "totals": [asdict(total) for total in found.totals]})
        )
        return
    typer.echo("\n".join(_match_lines(found, "en" if en else "zh")))


def review(
    policy: str,
    everything: Annotated[bool, typer.Option("--all", help="Also rules that were reviewed before")] = False,
) -> None:
    """Show proposed rules beside the words of their articles; exit code 1 while some are not reviewed."""
    with _errors():
        rules = _rules_of(policy)
    waiting = [rule for rule in rules.rules if rule.review is None]
    for rule in rules.rules if everything else waiting:
        typer.echo("\n".join(_review_lines(rules, rule)))
    typer.echo(f"{len(rules.rules)} rules, {len(waiting)} waiting for review")
    typer.echo(f"To accept a rule, write under it in incentives.yaml: review: {{by: NAME, on: {date.today()}}}")
    raise typer.Exit(1 if waiting else 0)


def propose(
    policy: str,
    write: Annotated[bool, typer.Option("--write", help="Write incentives.yaml into the folder of the policy")] = False,
) -> None:
    """Print the rules proposed from the articles of a policy, or write them where there is no rule file yet."""
    settings = load_settings()
    with _errors():
        policies = {known.id: known for known in load_policies(settings.policies)[0]}
        if policy not in policies:
            raise NoSuchPolicyError(f"no policy {policy!r} in {settings.policies}; there are: {', '.join(policies)}")
        text = propose_yaml(policies[policy])
        if not write:
            typer.echo(text, nl=False)
            return
        target = settings.policies / policy / FILE_NAME
        if target.exists():
            raise InputFileError(f"{target} exists and is left as it is; delete or rename it first, then propose again")
        try:
            target.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputFileError(f"{target} cannot be written: {error.strerror}; check the folder's permissions") from error
    count = len(parse_rules(text, policies[policy]).rules)
    typer.echo(f"{target}: {count} rules proposed. Now compare them with the text: python -m assistant rules review {policy}")


def _rules_help() -> None:
    """Rules proposed by the program, and their review by a person."""


def _load() -> dict[str, RuleSet]:
    settings = load_settings()
    read = kept_yaml(settings)
    policies, problems = load_policies(settings.policies, read)
    loaded, notes = available_rules(policies, settings.policies, read)
    for problem in (*problems, *notes):
        typer.echo(f"warning: {problem}", err=True)
    return loaded


def _rules_of(policy: str) -> RuleSet:
    loaded = _load()
    if policy not in loaded:
        raise NoSuchPolicyError(f"no policy {policy!r} with usable rules; there are: {', '.join(loaded)}")
    return loaded[policy]


def _rules_at(places: Iterable[str]) -> list[RuleSet]:
    loaded = _load()
    found: dict[str, RuleSet] = {}
    for place in places:
        here = {rules.id: rules for rules in loaded.values() if is_named(rules.policy, place)}
        if not here:
            known = "、".join(dict.fromkeys(rules.policy.place.name for rules in loaded.values()))
            raise NoSuchPolicyError(f"no policy of a place {place!r}; there are: {known}")
        found |= here
    return list(found.values())


def _read(facts: list[str], slots: dict[str, Slot], first: dict[str, Slot] | None = None) -> dict[str, Fact]:
    return collect_facts(parse_fact(text, slots, first) for text in facts)


def _day(on: datetime | None) -> date:
    return on.date() if on else date.today()


@contextmanager
def _errors() -> Iterator[None]:
    """Turns errors raised on purpose into one line and exit code 2."""
    try:
        yield
    except PolicyDeskError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error


def _calculation_lines(result: Calculation, rules: RuleSet, rule: Rule, lang: str) -> list[str]:
    zh = lang == "zh"
    name = rule.label if zh else rule.label_en or rule.label
    lines = [f"{rules.policy.title} {rule.article or ''} {name}", _VERDICT[lang][result.eligible]]
    if result.amount is not None:
        amount = bound_words(result.bound, lang) + format_quantity(result.amount, result.currency, lang)
        lines.append(f"金额：{amount}" if zh else f"amount: {amount}")
    outcome = result.outcome if zh else result.outcome_en
    lines += [outcome] if outcome else []
    lines += [f"  {step}" for step in (result.steps if zh else result.steps_en)]
    if result.missing:
        names = ", ".join(f"{name} ({_label(rules, name, lang)})" for name in result.missing)
        lines.append(f"还需要：{names}" if zh else f"still needed: {names}")
    for check in result.conditions:
        state = {Eligible.YES: "✓", Eligible.NO: "✗", Eligible.UNKNOWN: "?"}[check.met]
        assumed = ("（按已具备计）" if zh else " (taken as given)") if check.assumed else ""
        lines.append(f"  {state} {check.label if zh else check.label_en}{assumed}")
    lines += [f"! {notice}" for notice in (result.notices if zh else result.notices_en)]
    return [*lines, f"“{rules.citation(rule).quote}”"]


def _match_lines(found: ProfileMatch, lang: str) -> list[str]:
    zh = lang == "zh"
    titles = ("符合所列条件", "满足下列条件后可以", "不符合") if zh else ("Meets the stated conditions", "Could, if", "Does not, because")
    lines: list[str] = []
    for title, group in zip(titles, (found.meets, found.could, found.does_not), strict=True):
        lines.append(f"{title} ({len(group)})")
        for line in group:
            result = line.calculation
            amount = (
                "" if result.amount is None else bound_words(result.bound, lang) + format_quantity(result.amount, result.currency, lang)
            )
            lower = _lower(line.lower_than, lang)
            name = line.rule.label if zh else line.rule.label_en or line.rule.label
            lines.append(f"  {line.place} {line.article or ''} {name} {amount}{lower}：{line.reason if zh else line.reason_en}")
    for total in found.totals:
        low, high, most = (format_quantity(sum_, total.currency, lang) for sum_ in (total.entitled, total.ceiling, total.possible))
        lines.append(
            f"{total.place} {total.policy}: {low} – {high}"
            + (f"，条件都满足时最多 {most}" if zh else f", at most {most} if all conditions hold")
        )
    return lines


def _lower(other: str, lang: str) -> str:
    if not other:
        return ""
    return f"（同一事项就高，不与 {other} 重复）" if lang == "zh" else f" (same matter as {other}, which gives more)"


def _review_lines(rules: RuleSet, rule: Rule) -> list[str]:
    return [
        f"[{rule.id}] {rule.label} {rule.article or ''} confidence {rule.confidence if rule.confidence is not None else '-'}",
        f"  text:       {rules.citation(rule).quote}",
        f"  rule:       {describe(rule)}",
        *(f"  condition:  {format_condition(condition)}" for condition in rule.conditions),
        *(f"  doubt:      {doubt}" for doubt in rule.doubts),
        "",
    ]


def _label(rules: RuleSet, name: str, lang: str) -> str:
    slot = rules.slots.get(name)
    if not slot:
        return name
    return slot.label if lang == "zh" else slot.label_en or slot.label


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)
