"""Lists of rules by what they pay, and of articles by who is responsible: 哪些奖励超过100万, 给钱最多的是哪一项, 海关负责哪几条."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from assistant.answering.words import WORDS
from assistant.compose.draft import Context, Draft, article_citation, printed, where
from assistant.compose.listing import answer_list
from assistant.findings import Findings
from assistant.knowledge import RuleEntry, plain
from assistant.rules.schema import Rule, RuleKind
from assistant.rules.wording import format_quantity
from index.models import Bound, Quantity

_HOLDS: dict[Bound, Callable[[Decimal, Decimal], bool]] = {
    Bound.MORE_THAN: lambda paid, asked: paid > asked,
    Bound.AT_LEAST: lambda paid, asked: paid >= asked,
    Bound.LESS_THAN: lambda paid, asked: paid < asked,
    Bound.AT_MOST: lambda paid, asked: paid <= asked,
}


def most_paid(rule: Rule) -> Decimal | None:
    """The largest sum that the rule states for one applicant, over all years it pays."""
    figures = [*rule.every_cap, *(tier.amount for tier in rule.tiers), *(step.amount for step in rule.schedule), rule.amount]
    return max((figure.value for figure in figures if figure and figure.unit == "CNY"), default=None)


def most_rate(rule: Rule) -> Decimal | None:
    """The largest share that the rule states."""
    figures = [rule.rate, *(tier.rate for tier in rule.tiers)]
    return max((figure.value for figure in figures if figure and figure.unit == "ratio"), default=None)


def by_sum(context: Context, scope: Sequence[RuleEntry]) -> Draft | None:
    """All rules whose largest sum lies beyond, or within, the one asked about: 超过 leaves out those that state just that."""
    mentions = [
        mention for mention in context.question.mentions if not WORDS["stated_limit"].search(mention.before + mention.quantity.text)
    ]
    asked = next((mention.quantity for mention in mentions if _limits(mention.quantity)), None)
    if asked is None:
        return None
    paid = [entry for entry in scope if entry.rule.gives_money]
    fitting = [entry for entry in paid if (most := most_paid(entry.rule)) is not None and _HOLDS[asked.bound](most, asked.value)]
    if fitting:
        return answer_list(context, fitting)
    shown = asked.text
    return Draft(conclusion=context.say(f"没有一项写明的金额{shown}。", f"No rule states a sum {shown}."))


def _limits(figure: Quantity) -> bool:
    return figure.bound in _HOLDS and figure.unit in ("", "CNY") and figure.value >= 1000


def extreme(context: Context, found: Findings) -> Draft | None:
    """The rule that pays most, or least, of a place: by the sums, or the shares, that the articles state."""
    text = context.question.text
    most, least = WORDS["pays_most"].search(text), WORDS["pays_least"].search(text)
    if not (most or least) or not context.question.policies or any(unit.weight > 1.0 for unit in found.topics):
        return None
    by_rate = bool(WORDS["by_rate"].search(text))
    measure = most_rate if by_rate else most_paid
    entries = [entry for policy in found.policies for entry in context.knowledge.rules_of([policy.id]) if entry.rule.gives_money]
    known = [(value, entry) for entry in entries if (value := measure(entry.rule)) is not None]
    if not known:
        return None
    best = (max if most else min)(value for value, _ in known)
    draft = answer_list(context, [entry for value, entry in known if value == best])
    shown = format_quantity(best, "ratio" if by_rate else "CNY", context.language)
    which = context.say("最高" if most else "最低", "highest" if most else "lowest")
    draft.worked.append(f"{which}{shown}")
    lead = context.say(
        f"按条文写明的{'比例' if by_rate else '金额（上限）'}，{which}的是**{shown}**：",
        f"By the {'shares' if by_rate else 'sums (ceilings)'} the articles state, the {which} is **{shown}**:",
    )
    draft.conclusion = f"{lead}\n{draft.conclusion}"
    return draft


def by_share(context: Context, scope: Sequence[RuleEntry]) -> Draft | None:
    """All rules that pay a share of something, where those are asked for."""
    if not WORDS["pays_share"].search(context.question.text):
        return None
    shares = [entry for entry in scope if entry.rule.kind in (RuleKind.RATE, RuleKind.REIMBURSEMENT) or most_rate(entry.rule)]
    return answer_list(context, shares) if shares else None


def articles_of_body(context: Context, found: Findings) -> Draft | None:
    """All articles for which a body is responsible, in the order of the document."""
    text = plain(context.question.text)
    if not WORDS["which_articles"].search(text) or not context.question.policies:
        return None
    articles = [(policy, article) for policy in found.policies for article in policy.articles if article.departments]
    names = {plain(department.name) for _, article in articles for department in article.departments}
    named = {name for name in names if _is_named(name, text)}
    longest = {name for name in named if not any(name != other and name in other and other in text for other in named)}
    fitting = [pair for pair in articles if any(plain(department.name) in longest for department in pair[1].departments)]
    if not fitting:
        return None
    draft = Draft()
    lines = []
    for policy in {policy.id: policy for policy, _ in fitting}.values():
        own = [article for other, article in fitting if other is policy]
        draft.worked.append(context.say(f"{len(own)}条", f"{len(own)} articles"))
        shown = "、".join(f"{printed(article.label)}{article.heading}" for article in own)
        lines.append(
            context.say(f"{where(policy, None)}共{len(own)}条：{shown}。", f"{where(policy, None, False)}: {len(own)} articles: {shown}.")
        )
        for article in own:
            draft.cite(article_citation(policy, article))
    draft.conclusion = "\n".join(lines)
    return draft


def _is_named(name: str, text: str) -> bool:
    """Whether the text names the body, the 市 of a city's own left out or not."""
    return name in text or (name.startswith("市") and len(name) > 3 and name[1:] in text)
