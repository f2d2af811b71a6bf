"""Is it true that …: the user's figures held against those of the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.binding import Bindings, is_granted, is_sum
from assistant.compose.draft import Context
from assistant.knowledge import RuleEntry
from assistant.models import Calculation, Eligible
from assistant.rules.figures import figures_of
from assistant.rules.schema import AnyOf, Compare, OneOf, Period, Rule
from assistant.rules.wording import format_quantity
from assistant.understanding.question import Ask, Mention
from index.models import Bound

_COUNTED = frozenset({"item", "time"})
_WHOLE = re.compile(r"全包|全额|全部(?:报销|承担|补)|百分百|全报|fully (?:cover|reimburse)|in full")
_ONE_ENOUGH = re.compile(
    r"满足一个|任意一个|任一|其中之一|一个就行|一项即可|二选一|或者.{0,30}就(?:行|可以)|either (?:one|of)|one of (?:them|the two)|any one"
)


def _claims(context: Context, bindings: Bindings) -> Iterable[Mention]:
    used = {(mention.order, mention.quantity.start) for mention in bindings.used}
    for mention in context.question.mentions:
        if (mention.order, mention.quantity.start) not in used or mention.quantity.unit == "ratio":
            yield mention


def same_kind(unit: str, claim: str) -> bool:
    """Whether a figure of a rule and one of the user can be the same thing: per unit or not, currency written or not."""
    return unit == claim or unit.split("/")[0] == claim.split("/")[0] or (claim == "" and unit == "CNY")


def judge(context: Context, entries: Sequence[RuleEntry], results: Sequence[Calculation], bindings: Bindings) -> str:
    """Yes, no with the right figure, or "" when the claim holds no figure that can be compared."""
    text = context.question.text
    rules = [entry.rule for entry in entries]
    if _ONE_ENOUGH.search(text):
        alternatives = any(isinstance(condition, AnyOf) for rule in rules for condition in rule.conditions)
        several = any(len(rule.conditions) > 1 for rule in rules)
        if alternatives:
            return context.say("是的，条文写的是“或”，满足其一即可。", "Yes: the text says “or”; one is enough.")
        if several:
            return context.say(
                "不对，这些条件须同时满足（均需达到），不是满足一个就行。", "No: the conditions must all be met at the same time."
            )
    if wrong_kind := next((words for rule in rules for words in _contradicted(context, rule)), ""):
        return wrong_kind
    if any(_swapped(context, rule) for rule in rules):
        return context.say("不对，各档的金额不是这样对应的。", "No: the sums do not belong to these levels.")
    known = [pair for rule, result in zip(rules, results, strict=True) for pair in _told(context, rule, result)]
    counts = any(unit in _COUNTED for _, unit in known)
    stated = [mention for mention in _claims(context, bindings) if counts or mention.quantity.unit not in _COUNTED]
    words = {(mention.quantity.value, mention.quantity.unit): mention.quantity.text for mention in stated}
    claims = list(words)  # 三项费用 only names them, where the rule counts nothing
    computed = _computed_amounts(entries, results, bindings)
    hoped = {(mention.quantity.value, mention.quantity.unit) for mention in stated if is_granted(mention)}
    if whole := _WHOLE.search(text):
        claims.append((Decimal(1), "ratio"))
        words[Decimal(1), "ratio"] = whole.group()
    wrong = []
    for value, unit in claims:
        same = [figure for figure, own in known if same_kind(own, unit)]
        if computed and (value, unit) in hoped:  # the user's own figures give a sum: that one counts, not the ceiling
            same = [amount for amount, currency in computed if same_kind(currency, unit)]
        if unit == "" and not is_sum(value) and any(value == figure for figure, _ in known):
            continue  # 面积1000以上: the unit is left out
        if (same and value not in same) or not same:
            wrong.append((value, unit))
    if _EVERY.search(text):  # 每项都按80%: all of them must have it
        wrong += [claim for claim in claims if claim not in wrong and not all(_has(rule, claim) for rule in rules)]
    if wrong:
        shown = "、".join(words.get(claim) or format_quantity(*claim, context.language) for claim in wrong)
        return context.say(f"不对，文件写的不是{shown}。", f"No: the document does not say {shown}.")
    if claims and any(result.eligible is Eligible.NO for result in results):
        return ""  # the figure is right, but not for this case: the reasons say so
    if claims:
        if Ask.CERTAIN in context.question.asks and any(result.bound is not Bound.EXACT for result in results):
            return context.say(
                "不一定：文件写的是上限，由主管部门审核确定。", "Not for certain: it is a ceiling, and the authority decides."
            )
        if _only_part(text):
            return context.say("不完全对，请看具体条件：", "Not quite; see the conditions: ")
        return context.say("是的，与文件一致。", "Yes, that is what the document says.")
    return ""


_UNCAPPED = re.compile(
    r"(?:没有?|无|不设|不存在)(?:任何)?(?:上限|封顶|限额|顶)|上不封顶|不封顶"
    r"|(?:no|without an?y?) (?:cap|ceiling|limit|maximum)|unlimited|uncapped"
)
_EXEMPT = re.compile(
    r"(?:全部?|完全|都|全额)?(?:免征|免除|免交|免缴|全免|免税|不(?:用|需|必)(?:交|缴)|不征)|零税率"
    r"|exempt|tax[- ]free|no (?:vat|tax|consumption tax)"
)
_INTERNAL_TAX = re.compile(r"增值税|消费税|\bvat\b|consumption tax")
_DUTY = re.compile(r"关税|\b(?:customs )?dut(?:y|ies)\b|tariff")
_YEARLY = re.compile(r"(?:每年|年年|按年|每一年)(?:都)?(?:能?[给发补奖拿领得]|可以)|every year|each year|annually")
_ONCE = re.compile(r"一次性|只(?:给|发|奖|补)一次|one-off|one-time|only once")


def _contradicted(context: Context, rule: Rule) -> Iterable[str]:
    """What the user says of the kind of support, where the rule says the opposite."""
    text = context.question.text.lower()
    capped = bool(rule.caps) or any(figure.bound is Bound.AT_MOST for figure in (rule.rate, rule.amount) if figure)
    if capped and _UNCAPPED.search(text):
        yield context.say("不对，文件规定了上限。", "No: the document sets a ceiling.")
    if (
        rule.tax is not None
        and rule.tax.share.value > 0
        and _EXEMPT.search(text)
        and (_INTERNAL_TAX.search(text) or not _DUTY.search(text))
    ):
        yield context.say("不对，增值税、消费税不是免征。", "No: VAT and consumption tax are not waived.")
    if rule.period is Period.ONCE and _YEARLY.search(text):
        yield context.say("不对，是一次性的，不是每年都给。", "No: it is paid once, not every year.")
    if rule.period is Period.YEAR and _ONCE.search(text):
        yield context.say("不对，是按年度的，不是一次性的。", "No: it is by the year, not one-off.")


def _told(context: Context, rule: Rule, result: Calculation) -> list[tuple[Decimal, str]]:
    """The figures of a rule: of its tiers only the one that is meant (市级, 首次达到1亿元), of its years only those asked about."""
    tiers = [tier for tier in rule.tiers if tier.amount]
    said = {(mention.quantity.value, mention.quantity.unit) for mention in context.question.mentions}
    meant = {
        tier.amount.value for tier in tiers if tier.amount and isinstance(tier.when, Compare) and (tier.when.value, tier.when.unit) in said
    }
    if not meant and result.amount is not None:
        meant = {tier.amount.value for tier in tiers if tier.amount and tier.amount.value == result.amount}
    if meant:
        others = {(tier.amount.value, tier.amount.unit) for tier in tiers if tier.amount and tier.amount.value not in meant}
        return [pair for pair in figures_of(rule) if pair not in others]
    years = context.question.support_years
    if not rule.schedule or not years:
        return figures_of(rule)
    other = {(step.amount.value, step.amount.unit) for step in rule.schedule if not set(step.years) & set(years)}
    own = {(step.amount.value, step.amount.unit) for step in rule.schedule if set(step.years) & set(years)}
    return [pair for pair in figures_of(rule) if pair not in other - own]


def _reaches(context: Context, when: Compare) -> bool:
    """Whether the figure said reaches the tier: 达到5000万 is not 超过5000万."""
    bounds = {mention.quantity.bound for mention in context.question.mentions if mention.quantity.value == when.value}
    return when.op != ">" or Bound.MORE_THAN in bounds


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
                if (mention.quantity.value, mention.quantity.unit or "CNY") == (tier.when.value, tier.when.unit)
            ]
    for word, years in _YEAR_WORDS:
        marks += [(at, step.amount.value) for step in rule.schedule if set(years) & set(step.years) and (at := text.find(word)) >= 0]
    if len({at for at, _ in marks}) < 2:
        return False
    known = {value for _, value in marks}
    for mention in context.question.mentions:
        before = [(at, value) for at, value in marks if at < mention.quantity.start]
        if mention.quantity.value in known and before and mention.quantity.value not in {v for at, v in before if at == max(before)[0]}:
            return True
    return False


_EVERY = re.compile(r"每(?:一)?项|每(?:一)?个|各项|均|每种|三项都|两项都|都(?:是|按|给|补)|\b(?:each|every|all of|both)\b")


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


def _only_part(text: str) -> bool:
    return bool(re.search(r"任何|所有|只要|都能|一律|全部|any |all |every ", text))
