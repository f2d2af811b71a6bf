"""Complete lists: every rule of a place, topic, rate or amount, counted by code."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.calculating import money_figures
from assistant.compose.draft import Context, Draft, place_name, printed, title_of
from assistant.knowledge import RuleEntry
from assistant.rules.describe import describe


def answer_list(context: Context, entries: Sequence[RuleEntry], topic: str = "") -> Draft:
    """One line a rule, grouped by document; the conclusion counts them and names the figures."""
    draft = Draft(rules=list(entries))
    by_policy: dict[str, list[RuleEntry]] = {}
    for entry in entries:
        by_policy.setdefault(entry.policy.id, []).append(entry)
        draft.cite(entry.rules.citation(entry.rule))
    heads = []
    for group in by_policy.values():
        policy = group[0].policy
        paid = [entry for entry in group if entry.rule.gives_money]
        names = (
            "；".join(_short(context, entry) for entry in group[:12])
            if context.zh
            else "; ".join(_short(context, entry) for entry in group[:12])
        )
        draft.worked.append(f"{len(group)}项，{len(paid)}项")
        rest = context.say("……", " …") if len(group) > 12 else ""
        heads.append(
            context.say(
                f"{place_name(policy)}{title_of(policy)}{topic}共{len(group)}项{_paid(len(paid), len(group))}：{names}{rest}",
                f"{place_name(policy, False)} {title_of(policy)}{topic}: "
                f"{len(group)} item(s){_paid_en(len(paid), len(group))}: {names}{rest}",
            )
        )
        draft.details.append(f"**{place_name(policy, context.zh)}{title_of(policy)}**")
        for number, entry in enumerate(group, 1):
            label = context.label(entry.rule)
            draft.details.append(f"{number}. {printed(entry.rule.article)} {label}：{describe(entry.rule, context.language)}")
            draft.details.append(f"   > “{entry.rule.quote}”")
    draft.conclusion = "\n".join(heads)
    return draft


def _paid(paid: int, total: int) -> str:
    if not paid:
        return "支持，均没有写明具体金额或比例"
    return f"（其中{paid}项写明了金额或比例）" if paid < total else ""


def _paid_en(paid: int, total: int) -> str:
    if not paid:
        return " of support, none with an amount or a rate"
    return f" ({paid} with an amount or a rate)" if paid < total else ""


def _short(context: Context, entry: RuleEntry) -> str:
    label = context.label(entry.rule)
    figures = money_figures(entry.rule, context.language)
    bracket = f"（{figures}）" if context.zh else f" ({figures})"
    return f"{printed(entry.rule.article)}{label}{bracket if figures else ''}"
