"""Spoils what is promised: to whom, by whom, at what rate in words, together with what, before which ceiling."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from assistant.knowledge import RuleEntry
from assistant.rules.schema import RuleKind
from assistant.rules.wording import format_quantity
from eval.mutations.source import Change, Source, cited_articles, end_of_conclusion, gap, names_of
from eval.mutations.words import WORDS


def uncapped(source: Source, chance: random.Random) -> Iterator[Change]:
    """最高100万元 in the conclusion becomes the product that the ceiling cut."""
    del chance
    for result in source.answer.calculations:
        if result.uncapped is None or result.amount is None or result.uncapped == result.amount:
            continue
        for language in ("zh", "en"):
            amount, product = (format_quantity(value, result.currency, language) for value in (result.amount, result.uncapped))
            for match in re.finditer(rf"(?<![\d.]){re.escape(amount)}(?!\d)", source.answer.conclusion):
                yield match.start(), match.end(), product


def _rules(source: Source) -> list[RuleEntry]:
    """The rules of the cited articles that give money."""
    cited = {article.start for article in cited_articles(source)}
    policies = {policy.id for policy in source.policies}
    return [e for e in source.knowledge.entries if e.policy.id in policies and e.article.start in cited and e.rule.gives_money]


def _added(source: Source, entry: RuleEntry, pair: tuple[str, str], **words: str) -> Change:
    chinese, english = names_of(entry.policy)
    label = entry.rule.label if source.chinese else entry.rule.label_en or entry.rule.label
    text = pair[not source.chinese].format(label=label, place=chinese if source.chinese else english, **words)
    return end_of_conclusion(source), end_of_conclusion(source), gap(source) + text


def widened(source: Source, chance: random.Random) -> Iterator[Change]:
    """A support with conditions is given to everyone."""
    for entry in _rules(source):
        if entry.rule.conditions or entry.rule.tiers:
            yield _added(source, entry, chance.choice(WORDS.widened))


def rate_in_words(source: Source, chance: random.Random) -> Iterator[Change]:
    """A share of the costs becomes all of them, or half."""
    for entry in _rules(source):
        rate = entry.rule.rate
        if entry.rule.kind is RuleKind.REIMBURSEMENT and rate and rate.value not in (1,):
            pairs = [pair for value, pair in WORDS.rates.items() if value != str(rate.value.normalize())]
            yield _added(source, entry, chance.choice(pairs))


def recipient(source: Source, chance: random.Random) -> Iterator[Change]:
    """The sum goes to somebody else: to the tenants for the operator of a park, to a county for a company."""
    del chance
    for entry in _rules(source):
        figure = entry.rule.amount or (entry.rule.caps[0] if entry.rule.caps else None)
        if figure is None or figure.unit != "CNY":
            continue
        amount = format_quantity(figure.value, figure.unit, "zh" if source.chinese else "en")
        for pattern, pair in WORDS.recipients.items():
            if re.search(pattern, entry.rule.beneficiary) and not re.search("[、和或]", entry.rule.beneficiary):
                yield _added(source, entry, pair, amount=amount)
                break


def lead_of_another(source: Source, chance: random.Random) -> Iterator[Change]:
    """The body that leads another article is said to lead this one."""
    for policy in source.policies:
        leads = sorted({d.name for article in policy.articles for d in article.departments if d.lead and "、" not in d.name})
        for article in cited_articles(source):
            own = [department for department in article.departments if department.lead]
            others = [name for name in leads if not any(name in d.name or d.name in name for d in own)]
            if own and others and article.label and article in policy.articles:
                pair = chance.choice(WORDS.leads)[not source.chinese]
                text = pair.format(place=names_of(policy)[not source.chinese], label=article.label, body=chance.choice(others))
                yield end_of_conclusion(source), end_of_conclusion(source), gap(source) + text


def publisher(source: Source, chance: random.Random) -> Iterator[Change]:
    """Another body is said to have issued the document."""
    for policy in source.policies:
        named = {d.name for a in policy.articles for d in a.departments if len(d.name) < 9}
        bodies = sorted(name for name in named if not re.search("^各|、|区$|（", name))
        others = [
            name for name in bodies if name not in policy.issuer and name not in "".join(a.text for a in policy.articles if not a.label)
        ]
        if policy.issuer and others:
            pair = chance.choice(WORDS.publishers)[not source.chinese]
            title = f"《{policy.short_title or policy.title}》"
            text = pair.format(place=names_of(policy)[not source.chinese], title=title, body=chance.choice(others))
            yield end_of_conclusion(source), end_of_conclusion(source), gap(source) + text


def combined(source: Source, chance: random.Random) -> Iterator[Change]:
    """Supports may be drawn together, or only the highest, where the document has no word of it."""
    rules = _rules(source)
    for entry in rules:
        text = entry.policy.text
        if not re.search("叠加|不重复|就高", text):
            yield _added(source, entry, chance.choice(WORDS.combined))
        elif not re.search("叠加", text):
            yield _added(source, entry, WORDS.combined[0])
