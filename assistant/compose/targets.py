"""Targets by year, and how far apart two of them are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.compose.draft import Context, Draft, where
from assistant.compose.verifying import same_kind
from assistant.knowledge import RuleEntry
from assistant.rules.schema import Figure
from assistant.rules.wording import format_quantity
from assistant.selecting import RuleMatch
from assistant.understanding.question import Ask
from index.models import Bound, Quantity


def answer_targets(context: Context, matches: Sequence[RuleMatch]) -> Draft:
    """The planned figures, one line each; a difference or a multiple where one was asked for."""
    draft = Draft(rules=[match.entry for match in matches])
    lines = [_line(context, entry) for entry in draft.rules]
    for entry in draft.rules:
        citation = entry.rules.citation(entry.rule)
        draft.cite(citation)
        quote = f"> {where(entry.policy, citation.article, context.zh)}：“{citation.quote}”"
        if quote not in draft.details:
            draft.details.append(quote)
    claim = _claim(context, draft) if Ask.VERIFY in context.question.asks else ""
    gap = claim or _difference(context, draft) if claim or Ask.DIFFERENCE in context.question.asks else ""
    first = [line for line in (_no_such_year(context, draft), gap) if line]
    draft.conclusion = "\n".join(first + list(dict.fromkeys(lines)))
    return draft


def _no_such_year(context: Context, draft: Draft) -> str:
    """Said first where the year asked about has no such target: what follows is for other years."""
    stated = {entry.rule.target.year for entry in draft.rules if entry.rule.target}
    missing = [str(year) for year in context.question.years if year not in stated]
    if not missing or len(missing) < len(context.question.years) or not any(stated):
        return ""
    years = context.say("、".join(f"{year}年" for year in missing), ", ".join(missing))
    return context.say(f"文件没有规定{years}的这项目标；写明的是：", f"The document sets no such target for {years}; it states:")


def _claim(context: Context, draft: Draft) -> str:
    """Whether the figures the user believes in are those of the targets; "" where these targets do not settle it."""
    claims = [mention.quantity for mention in context.question.mentions]
    stated = {claim: [figure for figure in _stated(context, draft.rules, claim) if same_kind(figure.unit, claim.unit)] for claim in claims}
    if not any(stated.values()):
        return ""
    wrong = [claim for claim, figures in stated.items() if not any(figure.value == claim.value for figure in figures)]
    if not wrong:
        return context.say("是的，与文件一致。", "Yes, that is the target.")
    others = context.knowledge.rules_of([entry.policy.id for entry in draft.rules])
    elsewhere = [any(figure.value == claim.value for figure in _stated(context, others, claim)) for claim in wrong]
    if len(claims) > 1 and (any(elsewhere) or not all(stated[claim] for claim in wrong)):
        return ""  # of several figures one may be that of a target not told here
    return context.say("不对，文件写的不是这个数。", "No, that is not the target.")


def _stated(context: Context, entries: Sequence[RuleEntry], claim: Quantity) -> list[Figure]:
    """The figures of targets that a claim can be meant for: of the year named last before it, if one is."""
    before = [day.first.year for day in context.question.dates if day.end <= claim.start]
    targets = [entry.rule.target for entry in entries if entry.rule.target]
    return [target.figure for target in targets if target.figure and (not before or target.year == before[-1])]


def _line(context: Context, entry: RuleEntry) -> str:
    target = entry.rule.target
    if target is None:
        return entry.rule.label
    metric = target.metric if context.zh else target.metric_en or target.metric
    when = _when(context, entry)
    figure = _figure(context, entry)
    return context.say(
        f"{where(entry.policy, entry.rule.article)}：{when}{metric}{figure}。",
        f"{where(entry.policy, entry.rule.article, False)}: {when}{metric}{figure}.",
    )


def _when(context: Context, entry: RuleEntry) -> str:
    target = entry.rule.target
    assert target is not None
    if target.by_text:
        return context.say(f"{target.by_text}，", f"{target.by_text}, ")
    if target.by:
        return context.say(f"{target.by.year}年{target.by.month}月{target.by.day}日前，", f"by {target.by.isoformat()}, ")
    return context.say(f"{target.year}年，", f"{target.year}: ") if target.year else ""


def _figure(context: Context, entry: RuleEntry) -> str:
    target = entry.rule.target
    if target is None or target.figure is None:
        return ""
    words = {
        Bound.MORE_THAN: ("超过", "more than "),
        Bound.AT_LEAST: ("达到", "at least "),
        Bound.AT_MOST: ("不超过", "at most "),
        Bound.LESS_THAN: ("低于", "less than "),
        Bound.EXACT: ("：", ""),
    }[target.figure.bound]
    shown = written(entry, target.figure.value, target.figure.unit, context.language)
    return context.say(f"{words[0]}**{shown}**", f" {words[1]}**{shown}**")


def written(entry: RuleEntry, value: Decimal, unit: str, language: str) -> str:
    """The figure as the text writes it where the language is Chinese (5个, 5家), else formatted."""
    from index.quantities import parse_quantities

    if language == "zh":
        found = parse_quantities(entry.rule.quote)
        for quantity in found:
            if quantity.value == value and quantity.unit == unit:
                same = [other for other in found if quantity.range_id is not None and other.range_id == quantity.range_id]
                start, end = min([quantity.start, *(other.start for other in same)]), max([quantity.end, *(other.end for other in same)])
                return "".join(entry.rule.quote[start:end].split())  # both ends of 1~3个
    return format_quantity(value, unit, language)


def _difference(context: Context, draft: Draft) -> str:
    """Of targets on one measure: the last asked for against the first."""
    by_unit: dict[str, list[RuleEntry]] = {}
    for entry in draft.rules:
        if entry.rule.target and entry.rule.target.figure:
            by_unit.setdefault(entry.rule.target.figure.unit, []).append(entry)
    pair = next((group for group in by_unit.values() if len(group) >= 2), None)
    if not pair:
        return ""
    ordered = sorted(pair, key=lambda entry: entry.rule.target.year or 0)  # type: ignore[union-attr]
    first, last = ordered[0].rule.target.figure, ordered[-1].rule.target.figure  # type: ignore[union-attr]
    assert first is not None and last is not None
    old, new = written(ordered[0], first.value, first.unit, context.language), written(ordered[-1], last.value, last.unit, context.language)
    if "倍" in context.question.text or "times" in context.question.text:
        if first.value == 0 or (last.value / first.value) * first.value != last.value:
            return ""
        times = format(last.value / first.value, "f")
        draft.work(f"{new} ÷ {old} = {times}倍" if context.zh else f"{new} ÷ {old} = {times} times")
        return context.say(f"是**{times}倍**。", f"**{times} times**.")
    gap = last.value - first.value
    unit = "percentage_point" if first.unit == "ratio" else first.unit
    shown = format_quantity(gap * 100 if first.unit == "ratio" else gap, unit, context.language)
    draft.work(f"{new} − {old} = {shown}")
    return context.say(f"相差**{shown}**。", f"The difference is **{shown}**.")
