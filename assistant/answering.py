"""From a completed question to a draft: which kind of answer, about which rules or passages.

The order of the tests below is the order of trust: what is no question for us, what is about the documents themselves,
then rules (figures proven and computed), then passages in the documents' own words, then silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose import replies
from assistant.compose.comparing import answer_compare
from assistant.compose.documents import answer_departments, answer_procedure, answer_stacking, answer_status
from assistant.compose.draft import Context, Draft, article_citation
from assistant.compose.incentives import answer_incentives
from assistant.compose.listing import answer_list
from assistant.compose.passages import answer_blocks, answer_passages
from assistant.compose.targets import answer_targets
from assistant.compose.verifying import same_kind
from assistant.findings import RARE, SUPPORT_WORDS, SUPPORTED, Findings
from assistant.knowledge import RuleEntry, plain
from assistant.rules.figures import figures_of
from assistant.rules.schema import MONEY_KINDS, Period, RuleKind
from assistant.selecting import (
    HEADING,
    MONEY_WORDS,
    NAME,
    Passage,
    RuleMatch,
    best_articles,
    cover,
    rank_articles,
    rank_passages,
    share,
)
from assistant.understanding.question import Ask, Unit
from index.models import ArticleKind, Hit, Policy, Standing

_ABOUT_DOCUMENT = frozenset({Ask.STATUS, Ask.ISSUER, Ask.NUMBER, Ask.ISSUED})


def compose(context: Context, hits: Sequence[Hit]) -> Draft:
    """The draft for one completed question."""
    question = context.question
    if question.uncovered and not question.policies:
        return replies.refuse_place(context, question.uncovered)
    found = Findings(context, hits)
    draft = _route(context, found)
    if question.uncovered and draft.changes_matter:
        names = "、".join(question.uncovered)
        draft.notice(context.say(f"没有收录{names}的政策文件，以上不包括{names}。", f"There is no document on {names} here."))
    return draft


def _route(context: Context, found: Findings) -> Draft:
    question, asks = context.question, context.question.asks
    if question.article and question.policies and (draft := _by_label(context, found)):
        return draft
    if not question.policies and not question.everywhere and (draft := _without_place(context, found)):
        return draft
    if draft := _contact(context, found) or _who_does(context, found):
        return draft
    telling = [unit for unit in found.units if unit.topic and unit.weight > 1.5]
    dated = found.chosen and found.chosen[0].entry.rule.kind is RuleKind.TARGET
    if asks & _ABOUT_DOCUMENT and (
        not telling
        or asks >= {Ask.ISSUER, Ask.VERIFY}
        or (
            asks & {Ask.STATUS, Ask.ISSUED} and not dated and not asks & {Ask.NUMBER, Ask.AMOUNT, Ask.RATE, Ask.CAP, Ask.PROCEDURE, Ask.TAX}
        )
    ):
        return answer_status(context, found.policies)
    if Ask.STACKING in asks and not (Ask.TOTAL in asks and question.mentions) and (question.policies or found.chosen):
        entries = [match.entry for match in _of_each_version(context, found) if match.entry.rule.gives_money] if telling else []
        policies = list({entry.policy.id: entry.policy for entry in entries}.values()) or sorted(
            found.policies, key=lambda policy: bool(policy.superseded_by)
        )
        return answer_stacking(context, entries, policies[:1] if not question.versions_named else policies)
    if Ask.CERTAIN in asks and question.mentions and not telling:
        cited = [
            entry for entry in context.knowledge.rules_of([policy.id for policy in found.policies]) if _mentions_figure(context, entry)
        ]
        if cited:
            return answer_incentives(context, [RuleMatch(1.0, (), entry) for entry in cited[:1]])
    if Ask.PROCEDURE in asks and (draft := _procedure(context, found)):
        return draft
    if Ask.DEPARTMENT in asks and not asks & _ABOUT_DOCUMENT and (draft := _departments(context, found)):
        return draft
    if _is_comparison(context, found) and (draft := _compare(context, found)):
        return draft
    if Ask.LIST in asks and not _LISTS_CONDITIONS.search(question.text) and (draft := _list(context, found)):
        return draft
    if Ask.TARGET in asks and question.years and not found.topics and (draft := _targets_of_years(context, found)):
        return draft
    if not found.has_topic:
        return _without_topic(context, found)
    return _by_topic(context, found)


def _of_each_version(context: Context, found: Findings) -> list[RuleMatch]:
    """The chosen rules; where versions of one place are named, also the best of each other one."""
    chosen = list(found.chosen)
    for policy in context.question.policies if context.question.versions_named else ():
        best = next((match for match in found.ranked if match.entry.policy.id == policy), None)
        if best and chosen and not any(match.entry.policy.id == policy for match in chosen) and best.score >= 0.5 * chosen[0].score:
            chosen.append(best)
    return chosen


def _without_place(context: Context, found: Findings) -> Draft | None:
    """No place named: answer when only one place can be meant, else ask which; refuse what no document mentions."""
    if not found.has_topic:
        if context.question.asks or context.question.mentions or SUPPORT_WORDS.search(context.question.text):
            return replies.ask_what(context, "both")
        return replies.refuse_outside(context)
    places = found.places() if found.supported else {}
    if len(places) == 1:
        return None
    if len(places) > 1:
        if Ask.COMPARE in context.question.asks or Ask.LIST in context.question.asks:
            return None
        groups: dict[str, list[RuleEntry]] = {}
        for entries in places.values():
            groups.setdefault(entries[0].policy.id, []).extend(entries)
        return replies.ask_which_place(context, groups)
    passages = found.passages()
    if passages and share(found.units, passages[0].strengths, topics_only=False) >= 0.6 and found.topics:
        return None
    if not found.topics and context.question.personal and context.question.asks & {Ask.AMOUNT, Ask.TAX, Ask.CONDITIONS, Ask.RATE}:
        return replies.ask_what(context, "both")
    return replies.refuse_outside(context)


def _targets_of_years(context: Context, found: Findings) -> Draft | None:
    """All targets of the years named; of the kind of figure the user gives, where one is given."""
    question = context.question
    targets = [
        entry
        for entry in context.knowledge.rules_of([policy.id for policy in found.policies])
        if entry.rule.target and entry.rule.target.figure and entry.rule.target.year in question.years
    ]
    units = {*(mention.quantity.unit for mention in question.mentions), *([question.wants_type] if question.wants_type else [])}
    fitting = [
        entry for entry in targets if entry.rule.target and entry.rule.target.figure and entry.rule.target.figure.unit in units
    ] or targets
    return answer_targets(context, [RuleMatch(1.0, (), entry) for entry in fitting[:12]]) if fitting else None


_NOT_USABLE = frozenset({Standing.DRAFT, Standing.EXPIRED, Standing.NOT_YET, Standing.PLAN_OVER})


def _without_topic(context: Context, found: Findings) -> Draft:
    asks = context.question.asks
    if asks & _ABOUT_DOCUMENT:
        return answer_status(context, found.policies)
    if context.question.on and (context.question.on > context.on or not asks):
        return answer_status(context, found.policies)
    if asks & {Ask.CONDITIONS, Ask.PROCEDURE} and all(policy.standing(context.on) in _NOT_USABLE for policy in found.policies):
        return answer_status(context, found.policies)
    entries = context.knowledge.rules_of([policy.id for policy in found.policies])
    paid = [entry for entry in entries if entry.rule.gives_money]
    if paid and asks & {Ask.LIST, Ask.EXISTS}:
        return answer_list(context, paid)
    promised = [entry for entry in entries if entry.rule.kind is RuleKind.COMMITMENT]
    if promised and not paid and asks & {Ask.LIST, Ask.EXISTS, Ask.AMOUNT, Ask.RATE, Ask.CAP}:
        return answer_list(context, promised)
    return replies.ask_what(context, "topic")


def _mentions_figure(context: Context, entry: RuleEntry) -> bool:
    wanted = {(mention.quantity.value, mention.quantity.unit) for mention in context.question.mentions}
    figures = figures_of(entry.rule)
    return entry.rule.gives_money and any(value == other and same_kind(unit, own) for value, unit in figures for other, own in wanted)


def _by_label(context: Context, found: Findings) -> Draft | None:
    """An article named by its label."""
    wanted = context.question.article or ""
    for policy in found.policies:
        for article in policy.articles:
            if article.path and article.path[-1] == wanted and article.kind is not ArticleKind.SECTION:
                entries = [entry for entry in context.knowledge.rules_of([policy.id]) if entry.article.start == article.start]
                money = [entry for entry in entries if entry.rule.gives_money] or entries
                if money and Ask.ENTITY not in context.question.asks:
                    return answer_incentives(context, [RuleMatch(1.0, (), entry) for entry in money])
                draft = Draft(conclusion=article.text.strip()[:400])
                draft.cite(article_citation(policy, article))
                return draft
    return None


def _procedure(context: Context, found: Findings) -> Draft | None:
    """How to do something: the sentence that says so, else what the document writes on applying."""
    written = _written_procedure(context, found)
    if written:
        return written
    if not found.topics or _GUIDE.search(context.question.text):
        return answer_procedure(context, [], [(policy, policy.articles[0]) for policy in found.policies])
    money = [match for match in found.chosen if match.entry.rule.gives_money or match.entry.rule.kind is RuleKind.COMMITMENT]
    if money and found.supported and money[0] is found.chosen[0] and not _answered_by_sentence(found):
        return answer_procedure(context, [match.entry for match in money[:2]], [])
    return None


_GUIDE = re.compile(r"申报指南|申请指南|application guide|funding guide", re.IGNORECASE)
_STEPS = (
    (r"公证", "公证"),
    (r"材料|提交|要交|几份", "材料"),
    (r"什么时候|何时|几月|时间|截止|啥时候|过期", "时间", "申报期", "截止", "逾期"),
    (r"多久|工作日|时限|几天|拿到钱", "时限", "工作日"),
    (r"流程|程序|步骤|怎么(?:申请|办|申报)|如何", "流程", "程序"),
    (r"条件|资格", "条件"),
    (r"向谁|找谁|哪里|在哪|窗口|部门|电话|联系", "受理部门", "窗口", "部门", "提出申请", "初审"),
    (r"拨付|到账|兑付|兑现|谁拨", "拨付", "兑付"),
    (r"评审|专家|审核", "评审", "审核"),
    (r"系统|数据", "数据", "系统"),
)
"""What is asked of the procedure, and the words under which documents write it."""
_PROCEDURE_HEADINGS = re.compile(
    r"(?:^|\n)(?:[^\n]{0,8})(?:申报|申请|审批|受理|办理|兑现|拨付)(?:及|和|与)?(?:审批|拨付|兑现)?(?:条件|材料|程序|流程|时间|时限|方式|部门|部分)?(?:$|\n)"
)


def _written_procedure(context: Context, found: Findings) -> Draft | None:
    """The articles on applying, where the document has any: the one that fits the question best, in full."""
    articles = [
        entry
        for entry in context.knowledge.articles_of([policy.id for policy in found.policies])
        if _PROCEDURE_HEADINGS.search(plain(entry.article.heading) or entry.heading)
    ]
    if not articles:
        return None
    text = context.question.text
    words = [Unit(tuple(forms), 2.0, True) for pattern, *forms in _STEPS if re.search(pattern, text)]
    ranked = rank_articles(articles, (*words, *found.units)) or [(0.0, articles[0])]
    return answer_blocks(context, [ranked[0][1]])


def _answered_by_sentence(found: Findings) -> bool:
    """Whether a rule of the topic itself says what to do (file, register) rather than what is paid."""
    return not found.chosen[0].entry.rule.gives_money


def _departments(context: Context, found: Findings) -> Draft | None:
    articles = [(policy, article) for policy, article in found.articles() if article.departments]
    if not articles or not found.has_topic:
        return None
    policy, article = articles[0]
    if found.chosen and found.supported and found.chosen[0].entry.article.departments:
        first = found.chosen[0]
        by_rule = sum(unit.weight for unit, strength in zip(found.units, first.strengths, strict=True) if unit.topic and strength >= NAME)
        heading = plain(article.heading)
        by_heading = sum(unit.weight for unit in found.units if any(form in heading for form in unit.forms))
        if by_rule > by_heading:
            policy, article = first.entry.policy, first.entry.article
    return answer_departments(context, [(policy, article)])


_WHO = re.compile(
    r"谁|哪(?:个|些|家|几个)?(?:部门|单位|机构|局|领导|人)|什么(?:部门|单位|人)|哪里"
    r"|\bwho\b|which (?:\w+ )?(?:authority|body|department|agency)"
)
_DUTIES = re.compile(
    r"解释|编制|审批|审定|组长|召集人|设在|认定|拨付|验收|评审|考核|统计|备案|组织实施|统筹安排|申报指南|实施细则|操作细则"
)
"""What a body does by the words of a document, beyond being responsible for an article."""


def _who_does(context: Context, found: Findings) -> Draft | None:
    """Who does a named thing (编制方案, 担任组长, 发布申报指南): the sentence that says so, if it names a body."""
    text = context.question.text
    duties = list(dict.fromkeys(_DUTIES.findall(text)))
    if not duties or not _WHO.search(text) or not context.question.policies:
        return None
    units = (*(Unit((duty,), 3.0, True) for duty in duties), *found.units)
    passages = [
        passage
        for passage in rank_passages(context.knowledge.articles_of([policy.id for policy in found.policies]), units)
        if all(strength == 1.0 for strength in passage.strengths[: len(duties)]) and _BODY.search(passage.text)
    ]
    if not passages and not found.topics and not context.question.asks & {Ask.ISSUER, Ask.PROCEDURE}:
        return replies.refuse_silent(context, found.policies, "、".join(duties))
    return answer_passages(context, passages[:1]) if passages else None


_CONTACT = re.compile(
    r"电话|网址|官网|邮箱|地址|联系人|联系方式|传真|微信|公众号|phone number|official website|web ?page of|e-?mail address|contact details",
    re.IGNORECASE,
)


def _contact(context: Context, found: Findings) -> Draft | None:
    """How to reach somebody: the sentence that has it, else that the documents do not say."""
    wanted = _CONTACT.search(context.question.text)
    if not wanted or not context.question.policies or context.question.mentions:
        return None
    unit = Unit((wanted.group().lower(),), 3.0, True)
    entries = context.knowledge.articles_of([policy.id for policy in found.policies])
    passages = [passage for passage in rank_passages(entries, (unit, *found.units)) if passage.strengths[0] == 1.0]
    return answer_passages(context, passages[:1]) if passages else replies.refuse_silent(context, found.policies, wanted.group())


_BODY = re.compile(r"[局委办部院]|政府|中心|海关|银行|市长|主任|组长|小组|单位")


def _is_comparison(context: Context, found: Findings) -> bool:
    question = context.question
    places = {policy.place.name for policy in found.policies} if question.policies or question.everywhere else set()
    if question.everywhere:
        return bool(question.asks & {Ask.COMPARE, Ask.CAP, Ask.AMOUNT, Ask.LIST, Ask.RATE})
    if len(places) > 1:
        return True
    if question.versions_named and len(question.policies) > 1:
        return True
    return (
        bool({Ask.COMPARE, Ask.DIFFERENCE} & question.asks)
        and Ask.TOTAL not in question.asks
        and len(found.chosen) > 1
        and found.chosen[0].entry.rule.gives_money
    )


_COMPARED = frozenset({*MONEY_KINDS, RuleKind.THRESHOLD, RuleKind.TAX, RuleKind.COMMITMENT})


def _compare(context: Context, found: Findings) -> Draft | None:
    question = context.question
    groups: list[tuple[Policy, Sequence[RuleMatch]]] = []
    best = found.ranked[0].score if found.ranked else 0.0
    for policy in found.policies:
        own = [match for match in found.ranked if match.entry.policy.id == policy.id and match.entry.rule.kind in _COMPARED]
        own = [match for match in own if match.score >= 0.3 * best]
        if found.about_money and any(match.entry.rule.gives_money for match in own):
            own = [match for match in own if match.entry.rule.gives_money]
        if len(found.policies) == 1:
            own = list(cover(own, found.units, each=True))
        else:
            own = [match for match in own if match.score >= 0.85 * own[0].score][:4]
        groups.append((policy, own))
    matched = [group for group in groups if group[1]]
    if not matched:
        return None
    if question.everywhere:
        groups = matched
    elif not question.versions_named:
        groups = _leading_versions(groups)
    if len(groups) == 1 and len(groups[0][1]) == 1 and not question.everywhere:
        return None
    return answer_compare(context, groups)


def _leading_versions(groups: list[tuple[Policy, Sequence[RuleMatch]]]) -> list[tuple[Policy, Sequence[RuleMatch]]]:
    """Of several documents of one place the leading one that has something on the matter."""
    by_place: dict[str, list[tuple[Policy, Sequence[RuleMatch]]]] = {}
    for group in groups:
        by_place.setdefault(group[0].place.name, []).append(group)
    leading = []
    for same in by_place.values():
        ordered = sorted(same, key=lambda group: (not group[1], bool(group[0].superseded_by)))
        leading.append(ordered[0])
    return leading


_LISTS_CONDITIONS = re.compile(
    r"哪些.{0,4}(?:条件|要求|门槛|材料|部门|单位)|what (?:conditions|requirements)|which (?:conditions|requirements|departments)",
    re.IGNORECASE,
)
_PERIODS = (
    (re.compile(r"一次性|one-off|one-time"), Period.ONCE),
    (re.compile(r"按年|每年(?:都)?(?:给|发|有)|年度性|yearly|annual(?:ly)? paid"), Period.YEAR),
)


def _list(context: Context, found: Findings) -> Draft | None:
    question = context.question
    scope = [entry for policy in found.policies for entry in context.knowledge.rules_of([policy.id])]
    if question.years and Ask.TARGET in question.asks:
        targets = [match for match in found.ranked if match.entry.rule.target and match.entry.rule.target.year in question.years]
        if targets:
            return answer_targets(context, targets[:12])
    if period := next((period for words, period in _PERIODS if words.search(question.text)), None):
        periodic = [entry for entry in scope if entry.rule.gives_money and entry.rule.period is period]
        if periodic and not any(unit.topic and unit.weight > 1.5 for unit in found.units):
            return answer_list(context, periodic)
    if question.mentions:
        figured = [entry for entry in scope if _mentions_figure(context, entry)]
        if figured:
            return answer_list(context, figured)
    money = [entry for entry in scope if entry.rule.gives_money]
    if not found.topics:
        return answer_list(context, money) if money and (not found.units or found.about_money) else None
    fitting = [match for match in found.ranked if match.entry.rule.gives_money or match.entry.rule.kind is RuleKind.COMMITMENT]
    if not fitting or not found.supported or not found.about_money:
        return None
    best = fitting[0].score
    telling = [number for number, unit in enumerate(found.units) if unit.topic and unit.weight > 0.8]
    chosen = [match for match in fitting if match.score >= 0.6 * best or any(match.covers(number, HEADING) for number in telling)]
    paid = [match for match in chosen if match.entry.rule.gives_money]
    return answer_list(context, [match.entry for match in (paid or chosen)]) if paid or chosen else None


_MONEY_KIND = re.compile(r"钱|元|金额|资金")


def _by_topic(context: Context, found: Findings) -> Draft:
    question, asks = context.question, context.question.asks
    chosen = found.chosen
    about_money = found.about_money
    if Ask.LIST in asks and not about_money and not (chosen and chosen[0].entry.rule.kind is RuleKind.TARGET):
        listed = best_articles(found.passages(), 1)
        if listed and share(found.units, listed[0].strengths, topics_only=False) >= SUPPORTED:
            return answer_passages(context, listed, whole=True)
    if chosen and found.supported:
        first = chosen[0].entry.rule
        dated = first.kind is RuleKind.TARGET and Ask.TARGET in asks and bool(question.years)
        passage = _better_passage(context, found) if not about_money and not dated else None
        if passage is not None:
            return passage
        if first.kind is RuleKind.TARGET:
            return answer_targets(context, _targets(context, found))
        if first.kind is not RuleKind.PROVISION or about_money:
            draft = answer_incentives(context, _siblings(found))
            if narrower := found.narrower:
                draft.notice(
                    context.say(
                        f"您问的是“{narrower}”，引用的条文没有单独提到，是否适用以主管部门解释为准。",
                        f"The article quoted does not mention “{narrower}” in particular; ask the authority whether it applies.",
                    )
                )
            return draft
    if about_money or Ask.EXISTS in asks:
        return _silent_on_money(context, found)
    passages = best_articles(found.passages(), 2)
    if passages and share(found.units, passages[0].strengths, topics_only=False) >= SUPPORTED:
        return answer_passages(context, passages)
    if Ask.VERIFY in asks:
        return _deny(context, found)
    if passages and question.policies and (share(found.units, passages[0].strengths, topics_only=False) >= 0.25 or not context.zh):
        return answer_passages(context, passages)
    return replies.refuse_silent(context, found.policies, _topic_words(found)) if found.topics else replies.refuse_outside(context)


_EACH = re.compile(r"分别|各自|各(?:是|给|奖|补|多少|最高|能)|respectively|each of|both", re.IGNORECASE)


def _siblings(found: Findings) -> list[RuleMatch]:
    """The chosen rules with those that fit as well as the first: several rules on one topic are all told."""
    chosen = list(found.chosen)
    first = chosen[0]
    if Ask.TOTAL in found.question.asks and (group := _group(found, first)):
        return group
    least = 0.75 if _EACH.search(found.question.text) else 0.97
    for match in found.ranked[:8]:
        if match in chosen or match.entry.policy.id != first.entry.policy.id:
            continue
        other_case = match.entry.rule.id in first.entry.rule.excludes and match.score >= 0.6 * first.score
        as_good = match.score >= least * first.score and match.entry.rule.gives_money == first.entry.rule.gives_money
        if other_case or as_good:  # the same support under another condition is told too, unless the facts rule it out
            chosen.append(match)
    return chosen


def _group(found: Findings, first: RuleMatch) -> list[RuleMatch]:
    """The rules a total is asked of: those the text lets add up with the chosen one, else those talked about so far."""
    keys = (
        {(first.entry.policy.id, other) for other in first.entry.rule.adds_with}
        if found.question.thread or "项" in found.question.text
        else set()
    )
    keys |= set(found.question.thread)
    keys -= {match.entry.key for match in found.chosen}
    if not keys or len(found.chosen) > 1:
        return []
    others = [entry for entry in found.context.knowledge.entries if entry.key in keys and entry.rule.gives_money]
    return [first, *(RuleMatch(first.score, first.strengths, entry) for entry in others)]


def _targets(context: Context, found: Findings) -> list[RuleMatch]:
    """Targets as fit as the best; for several years, one of each."""
    fitting = [match for match in found.ranked if match.entry.rule.kind is RuleKind.TARGET]
    years = context.question.years
    fitting = [match for match in fitting if match.entry.rule.target and match.entry.rule.target.year in years] or fitting
    best = fitting[0].score
    if len(years) > 1:
        picked = []
        for year in years:
            own = [match for match in fitting if match.entry.rule.target and match.entry.rule.target.year == year]
            picked += own[:1]
        return picked or fitting[:1]
    chosen = [match for match in fitting if match.score >= 0.95 * best][:3]
    for match in cover(fitting, found.units, most=3):
        if match not in chosen:
            chosen.append(match)
    return chosen


def _better_passage(context: Context, found: Findings) -> Draft | None:
    """The sentence that holds clearly more of the question than the chosen rule, where no sum is asked for."""
    if Ask.VERIFY in context.question.asks or (context.question.mentions and Ask.ENTITY not in context.question.asks):
        return None
    passages = best_articles(found.passages(), 2)
    if not passages:
        return None
    rule_share = share(found.units, found.chosen[0].strengths, topics_only=False)
    entity = Ask.ENTITY in context.question.asks and Ask.TARGET not in context.question.asks
    if (
        entity
        or share(found.units, [value if value == 1.0 else 0.0 for value in passages[0].strengths], topics_only=False) > rule_share + 0.1
    ):
        return answer_passages(context, passages, whole=entity)
    return None


def _topic_words(found: Findings) -> str:
    names = [unit.name for unit in found.topics if unit.weight > 1.0 and not unit.name.isascii()]
    return "、".join(dict.fromkeys(names))[:40]


def _silent_on_money(context: Context, found: Findings) -> Draft:
    """Support is asked for: a sentence that promises it without a figure, or nothing at all."""
    passages = [
        passage
        for passage in best_articles(found.passages(MONEY_WORDS), 3)
        if MONEY_WORDS.search(passage.text) and share(found.units, [value if value == 1.0 else 0.0 for value in passage.strengths]) >= 0.7
    ]
    if passages:
        lead = context.say("文件提到了这方面的支持，但没有写明具体金额或比例：", "The document mentions it but states no amount or rate:")
        return answer_passages(context, passages[:1], lead=lead)
    claimed = Ask.VERIFY in context.question.asks
    if mentioned := _mentioned(found):
        lead = context.say("文件提到了，但没有写明给多少钱：", "The document mentions it but states no amount:")
        return answer_passages(context, [mentioned], lead=context.say("不对，", "No. ") + lead if claimed else lead)
    if claimed:
        return _deny(context, found)
    return replies.refuse_silent(context, found.policies, _topic_words(found))


def _mentioned(found: Findings) -> Passage | None:
    """A sentence that holds all rare words of the question that are no general terms: then the documents are not silent on it."""
    quoted = {plain(name) for name in re.findall(r"[“\"「『]([^”\"」』]{2,10})[”\"」』]", found.question.text)}
    rare = [number for number, unit in enumerate(found.units) if unit.weight >= RARE and (not unit.topic or unit.name in quoted)]
    return next((p for p in found.passages()[:20] if rare and all(p.strengths[number] == 1.0 for number in rare)), None)


def _deny(context: Context, found: Findings) -> Draft:
    """A claim about something the documents do not have."""
    draft = replies.refuse_silent(context, found.policies, _topic_words(found))
    draft.conclusion = context.say("不对，", "No. ") + draft.conclusion
    draft.behaviour = draft.behaviour.__class__("answer")
    draft.changes_matter = True
    return draft
