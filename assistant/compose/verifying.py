"""Is it true that …: the user's figures held against those of the rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.binding import Bindings, dimension, is_granted, is_received, is_sum, named_rule
from assistant.compose.counted import counted_claim
from assistant.compose.draft import Context, Draft
from assistant.compose.objections import objection, reserve
from assistant.compose.words import WORDS
from assistant.knowledge import RuleEntry
from assistant.models import Calculation, Eligible
from assistant.rules.conditions import format_condition
from assistant.rules.describe import describe_conditions
from assistant.rules.figures import figures_of
from assistant.rules.schema import AnyOf, Compare, OneOf, Portion, Rule
from assistant.rules.wording import is_currency
from assistant.understanding.question import Ask, Mention
from index.models import Bound

_COUNTED = frozenset({"item", "time"})


def judge(context: Context, draft: Draft, entries: Sequence[RuleEntry], results: Sequence[Calculation], bindings: Bindings) -> str:
    """Yes, no with the right figure, how far it is right, or "" when the claim holds nothing that can be compared.

    A yes is earned: no figure is wrong, no rule says anything against the words, and nothing is left open.
    """
    if WORDS["either_or"].search(context.question.text):
        return ""
    pairs = list(zip(entries, results, strict=True))
    against = next((said for entry, result in pairs if (said := objection(context, entry, result))), "")
    claims = _claims(context, entries, results, bindings)
    if not against and (counted := counted_claim(context, draft, entries)):
        return counted
    wrong = _wrong(context, entries, results, bindings, claims)
    joined = joined_conditions(context, [entry.rule for entry in entries])
    if against or wrong:
        return against or wrong
    if joined.startswith(("不对", "No")) or not claims:
        return joined
    if any(result.eligible is Eligible.NO for result in results):
        return ""  # the figure is right, but not for this case: the reasons say so
    held_back = _depends(context, pairs, claims) or next((said for entry, result in pairs if (said := reserve(context, entry, result))), "")
    if held_back:
        return held_back
    if Ask.CERTAIN in context.question.asks and any(result.bound is not Bound.EXACT for result in results):
        return context.say("不一定：文件写的是上限，由主管部门审核确定。", "Not for certain: it is a ceiling, and the authority decides.")
    if joined:
        return joined
    if WORDS["asked_wrong"].search(context.question.text):
        return context.say("没有错，与文件一致。", "Not wrong: it is what the document says.")
    return context.say("是的，与文件一致。", "Yes, that is what the document says.")


def _depends(context: Context, pairs: Sequence[tuple[RuleEntry, Calculation]], claims: Sequence[_Claim]) -> str:
    """Of two cases of one support only one has the figures: then it depends on the case."""
    said = {(claim.value, claim.unit or "CNY") for claim in claims}
    holding = [entry for entry, result in pairs if said <= {*_told(context, entry.rule, result)}]
    others = {other for entry in holding for other in entry.rule.excludes} & {entry.rule.id for entry, _ in pairs}
    if others and len(holding) != 1:
        return ""
    if not others:
        return _for_some(context, pairs, claims, holding)
    must = context.say("；", "; ").join(describe_conditions(holding[0].rule, context.language, assumed=False))
    return context.say(f"要看条件：{must}的才是。", f"That depends: only with {must}.") if must else ""


def _for_some(
    context: Context, pairs: Sequence[tuple[RuleEntry, Calculation]], claims: Sequence[_Claim], holding: Sequence[RuleEntry]
) -> str:
    """Of rules in items of one list, for different ones, only some have the figures: then it depends on whom it is said of."""
    kinds = [claim.unit for claim in claims]
    lacking = [
        entry
        for entry, result in pairs
        if entry not in holding
        and any(same_kind(unit, kind) for _, unit in _told(context, entry.rule, result) for kind in kinds)
        and any(_beside(entry, other) for other in holding)
    ]
    if not holding or not lacking:
        return ""
    right, other = (context.say("、", ", ").join(f"“{context.label(entry.rule)}”" for entry in some) for some in (holding, lacking))
    return context.say(f"要看是哪一种：{right}是这样写的，{other}不是。", f"That depends: it holds for {right}, not for {other}.")


def _beside(one: RuleEntry, other: RuleEntry) -> bool:
    """Whether both stand in items of one list, and pay different ones."""
    above = one.article.path[:-1]
    items = bool(above) and above == other.article.path[:-1] and one.article.start != other.article.start
    return items and one.policy.id == other.policy.id and one.rule.gives_money and other.rule.gives_money


@dataclass(frozen=True, slots=True)
class _Claim:
    """A figure said of the policy."""

    value: Decimal
    unit: str
    words: str
    mention: Mention | None = None

    @property
    def hoped(self) -> bool:
        """Whether it is the sum that is hoped for (能拿80万)."""
        return self.mention is not None and is_granted(self.mention)


def _claims(context: Context, entries: Sequence[RuleEntry], results: Sequence[Calculation], bindings: Bindings) -> list[_Claim]:
    """The figures said of the policy, not of the company; 三项费用 only names them, where the rule counts nothing."""
    counts = any(unit in _COUNTED for entry, result in zip(entries, results, strict=True) for _, unit in _told(context, entry.rule, result))
    used = {(mention.order, mention.quantity.start) for mention in bindings.used}
    claims = {
        (mention.quantity.value, mention.quantity.unit, mention.quantity.start): _Claim(
            mention.quantity.value, mention.quantity.unit, mention.quantity.text, mention
        )
        for mention in context.question.mentions
        if ((mention.order, mention.quantity.start) not in used or mention.quantity.unit == "ratio")
        and not WORDS["charged"].search(mention.before)
        and not is_received(mention)
        and not _counts_support_years(mention)
        and (counts or mention.quantity.unit not in _COUNTED)
    }
    whole = WORDS["whole"].search(context.question.text)
    return [*claims.values(), *([_Claim(Decimal(1), "ratio", whole.group())] if whole else [])]


def _counts_support_years(mention: Mention) -> bool:
    """后两年每年30万, 一年最高100万: says for which years, not how long something must have lasted."""
    beside = WORDS["years_before"].search(mention.before) or WORDS["years_after"].search(mention.after)
    return mention.quantity.unit == "year" and bool(beside)


def same_kind(unit: str, claim: str) -> bool:
    """Whether a figure of a rule and one of the user can be the same thing: per unit or not, currency written or not."""
    return unit == claim or unit.split("/")[0] == claim.split("/")[0] or (claim == "" and unit.split("/")[0] == "CNY")


def _wrong(
    context: Context, entries: Sequence[RuleEntry], results: Sequence[Calculation], bindings: Bindings, claims: Sequence[_Claim]
) -> str:
    """Which figures the document does not have, with the thresholds it has instead; "" when all are right."""
    if any(_swapped(context, entry.rule) for entry in entries):
        return context.say("不对，各档的金额不是这样对应的。", "No: the sums do not belong to these levels.")
    computed = _computed_amounts(entries, results, bindings)
    told = {entry.key: _told(context, entry.rule, result) for entry, result in zip(entries, results, strict=True)}
    everything = [pair for pairs in told.values() for pair in pairs]
    every = bool(WORDS["each"].search(context.question.text))  # 每项都按80%: all of them must have it
    wrong = []
    partly = True
    for claim in claims:
        owner = named_rule(entries, context.question, claim.mention) if claim.mention else None
        known = told[owner] if owner and len(told[owner]) > 0 else everything
        same = [figure for figure, own in known if same_kind(own, claim.unit)]
        if computed and claim.hoped:  # the user's own figures give a sum: that one counts, not the ceiling
            same = [amount for amount, currency in computed if same_kind(currency, claim.unit)]
        said = {other.unit for other in claims if other.unit}
        unit_left_out = claim.unit == "" and any(
            claim.value == figure and (not is_sum(claim.value) or own in said) for figure, own in known
        )
        missing = claim.value not in same and not unit_left_out
        if missing or (every and not all(_has(entry.rule, (claim.value, claim.unit)) for entry in entries)):
            wrong.append(claim)
            partly &= not missing
    if not wrong:
        return ""
    if partly:
        shown = "、".join(dict.fromkeys(claim.words for claim in wrong))
        return context.say(f"不对，不都是{shown}，各项写的不同。", f"No: not all of them are {shown}; they differ.")
    if not any(entry.rule.gives_money or entry.rule.tax or entry.rule.conditions or entry.rule.figures for entry in entries):
        return context.say("不对，文件提到了，但没有写明金额或比例。", "No: the document mentions it but states no amount or rate.")
    shown = "、".join(dict.fromkeys(claim.words for claim in wrong))
    right = context.say("；", "; ").join(dict.fromkeys(_thresholds(context, entries, wrong)))
    return context.say(
        f"不对，文件写的不是{shown}" + (f"，条文要求：{right}。" if right else "。"),
        f"No: the document does not say {shown}" + (f"; it requires {right}." if right else "."),
    )


def _thresholds(context: Context, entries: Sequence[RuleEntry], wrong: Sequence[_Claim]) -> Iterable[str]:
    """The conditions that a wrong figure can have been meant for."""
    for claim in wrong:
        for part in (part for entry in entries for part in entry.rule.single_conditions if isinstance(part, Compare)):
            if same_kind(part.unit, claim.unit) and _may_be_threshold(part, claim):
                yield format_condition(part, context.language)


def _may_be_threshold(part: Compare, claim: _Claim) -> bool:
    """Whether a figure is said of a condition: sums and years can also be what is paid, and for how long."""
    if claim.mention is None or not (is_currency(part.unit) or dimension(part.unit) == "duration"):
        return True
    return claim.mention.required or bool(WORDS["running"].search(claim.mention.phrase) and not is_currency(part.unit))


def joined_conditions(context: Context, rules: Sequence[Rule]) -> str:
    """One of the conditions is said to be enough, or all of them to be needed."""
    text = context.question.text
    alternatives = any(isinstance(condition, AnyOf) for rule in rules for condition in rule.conditions)
    several = any(len(rule.conditions) > 1 for rule in rules)
    if WORDS["one_enough"].search(text) and alternatives:
        return context.say("是的，条文写的是“或”，满足其一即可。", "Yes: the text says “or”; one is enough.")
    if WORDS["one_enough"].search(text) and several:
        return context.say(
            "不对，这些条件须同时满足（均需达到），不是满足一个就行。", "No: the conditions must all be met at the same time."
        )
    if WORDS["all_needed"].search(text) and several and not alternatives:
        return context.say("是的，这些条件须同时满足。", "Yes: the conditions must all be met.")
    return ""


def _told(context: Context, rule: Rule, result: Calculation) -> list[tuple[Decimal, str]]:
    """The figures of a rule: of its tiers only the one that is meant (市级, 首次达到1亿元), of its years only those asked about."""
    tiers = [tier for tier in rule.tiers if tier.amount]
    said = {(mention.quantity.value, mention.quantity.unit) for mention in context.question.mentions}
    said |= {(value, unit) for value, bare in said if not bare for _, unit in said if unit and is_currency(unit)}  # 5000万美元…、3000万…
    meant = {
        tier.amount.value for tier in tiers if tier.amount and isinstance(tier.when, Compare) and (tier.when.value, tier.when.unit) in said
    }
    if not meant and result.amount is not None:
        meant = {tier.amount.value for tier in tiers if tier.amount and tier.amount.value == result.amount}
    if meant:
        others = {(tier.amount.value, tier.amount.unit) for tier in tiers if tier.amount and tier.amount.value not in meant}
        return [pair for pair in figures_of(rule) if pair not in others]
    if priced := _priced(context, rule):
        others = {(portion.amount.value, portion.amount.unit) for portion in rule.portions if portion not in priced}
        own = {(portion.amount.value, portion.amount.unit) for portion in priced}
        return [pair for pair in figures_of(rule) if pair not in others - own]
    years = context.question.support_years
    amounts = {(step.amount.value, step.amount.unit) for step in rule.schedule}
    if len(amounts) > 1 and not years and WORDS["each_year"].search(context.question.text):
        return [pair for pair in figures_of(rule) if pair not in amounts]  # 三年每年20万: none of them is paid every year
    if not rule.schedule or not years:
        return figures_of(rule)
    other = {(step.amount.value, step.amount.unit) for step in rule.schedule if not set(step.years) & set(years)}
    own = {(step.amount.value, step.amount.unit) for step in rule.schedule if set(step.years) & set(years)}
    return [pair for pair in figures_of(rule) if pair not in other - own]


def _priced(context: Context, rule: Rule) -> list[Portion]:
    """The portions of a sum that the question names, where it names some only: 空箱 of 重箱200元, 空箱50元."""
    named = [portion for portion in rule.portions if any(name in context.question.text for name in _names_of(rule, portion))]
    return named if len(named) < len(rule.portions) else []


def _names_of(rule: Rule, portion: Portion) -> list[str]:
    measures = [measure for measure in rule.per if measure.fact in portion.per]
    names = [portion.label, *(name for measure in measures for name in (measure.label, *measure.aliases))]
    return [name for name in names if len(name) > 1]


_YEAR_WORDS = (("首年", (1,)), ("第一年", (1,)), ("第二年", (2,)), ("第三年", (3,)), ("后两年", (2, 3)), ("后2年", (2, 3)))


def _swapped(context: Context, rule: Rule) -> bool:
    """Whether a sum stands by a tier or a year of support that gives another one: 市级50万，省级30万."""
    text = context.question.text
    marks: list[tuple[int, Decimal]] = []
    for tier in rule.tiers:
        if tier.amount and isinstance(tier.when, OneOf):
            marks += [(at, tier.amount.value) for option in tier.when.options if (at := text.find(option)) >= 0]
        elif tier.amount and isinstance(tier.when, Compare):
            marks += [
                (mention.quantity.start, tier.amount.value)
                for mention in context.question.mentions
                if mention.quantity.value == tier.when.value and mention.quantity.unit in ("", tier.when.unit)
            ]
    for portion in rule.portions:
        marks += [(at, portion.amount.value) for name in _names_of(rule, portion) if (at := text.find(name)) >= 0]
    for word, years in _YEAR_WORDS:
        marks += [(at, step.amount.value) for step in rule.schedule if set(years) & set(step.years) and (at := text.find(word)) >= 0]
    if rule.tax:
        limits = (("per_purchase", rule.tax.single_limit.value), ("per_year", rule.tax.annual_limit.value))
        marks += [(match.start(), value) for words, value in limits for match in WORDS[words].finditer(text)]
    if len({at for at, _ in marks}) < 2:
        return False
    known = {value for _, value in marks}
    for mention in context.question.mentions:
        before = [(at, value) for at, value in marks if at < mention.quantity.start]
        if mention.quantity.value in known and before and mention.quantity.value not in {v for at, v in before if at == max(before)[0]}:
            return True
    return False


def _has(rule: Rule, claim: tuple[Decimal, str]) -> bool:
    """Whether a rule with figures of this kind has this one."""
    same = [value for value, unit in figures_of(rule) if same_kind(unit, claim[1])]
    return not same or claim[0] in same


def _computed_amounts(entries: Sequence[RuleEntry], results: Sequence[Calculation], bindings: Bindings) -> list[tuple[Decimal, str]]:
    """What the user's figures give."""
    return [
        (result.amount, result.currency)
        for entry, result in zip(entries, results, strict=True)
        if result.amount is not None and bindings.numbers(entry)
    ]
