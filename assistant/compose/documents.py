"""Answers about the documents themselves: force, dates, issuer, number, procedure, stacking, departments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.compose.draft import (
    Context,
    Draft,
    _day,
    add_standing,
    article_citation,
    place_name,
    standing_notice,
    status_citation,
    where,
)
from assistant.knowledge import RuleEntry
from assistant.models import Citation
from assistant.rules.schema import Clause
from assistant.understanding.question import Ask
from index.models import Article, Policy, Standing


def answer_status(context: Context, policies: Sequence[Policy]) -> Draft:
    """In force on a day, since when, until when, formal or draft, issued when and by whom, under which number."""
    draft = Draft()
    lines = []
    for policy in policies:
        lines.append(_status_line(context, policy))
        draft.cite(status_citation(policy))
        for fact in (policy.issued, policy.effective_from):
            _cite_words(draft, policy, fact.quote)
        _cite_words(draft, policy, policy.document_number)
        lines += _relations(context, draft, policy)
    draft.conclusion = "\n".join(
        [*(_claimed_issuer(context, policies) or _claimed_day(context, policies) or _claimed_end(context, policies)), *lines]
    )
    return draft


_TELLING = 1.5
"""A word that weighs less names no incentive."""
_ENDS = re.compile(r"有效期|到期|失效|过期|截止|有效至|expir|valid (?:until|till|through|to)|in force until|ends?\b", re.IGNORECASE)
_BEGINS = re.compile(
    r"生效|施行|实施|执行|takes? effect|took effect|effective from|in force (?:since|from)|entered into force", re.IGNORECASE
)
_PUBLISHED = re.compile(r"印发|发布|出台|公布|发文|issued|published|released", re.IGNORECASE)


_ISSUED_BY = re.compile(r"是(?:由)?([^，,。？?是]{2,16}?)(?:印发|发布|下发|出台|制定|发文|发)")


def _claimed_issuer(context: Context, policies: Sequence[Policy]) -> list[str]:
    """Whether the body the user believes in has issued the document, where it says who has."""
    claim = _ISSUED_BY.search(context.question.text)
    if Ask.VERIFY not in context.question.asks or not claim or len(policies) != 1 or not policies[0].issuer:
        return []
    body, issuer = (name.replace("人民政府", "政府") for name in (claim.group(1), policies[0].issuer))
    right = issuer.endswith(body)
    return [context.say("是的，与文件一致。", "Yes, that is what it says.") if right else context.say("不对。", "No.")]


def _claimed_day(context: Context, policies: Sequence[Policy]) -> list[str]:
    """Whether a day the user believes in is the one the document states, where it states one."""
    question = context.question
    if Ask.VERIFY not in question.asks or not question.dates or len(policies) != 1 or Ask.ISSUER in question.asks:
        return []
    policy, claim = policies[0], question.dates[-1]
    for words, day in (
        (_ENDS, policy.effective_to.value),
        (_BEGINS, policy.effective_from.value),
        (_PUBLISHED, policy.issued.value),
    ):
        if words.search(question.text) and day:
            right = claim.first <= day <= claim.last
            return [context.say("是的，与文件一致。", "Yes, that is what it says.") if right else context.say("不对。", "No.")]
    return []


def _claimed_end(context: Context, policies: Sequence[Policy]) -> list[str]:
    """Another document is believed to have ended this one: none says so."""
    related = any(policy.superseded_by or policy.supersedes for policy in policies)
    if Ask.VERIFY not in context.question.asks or not related or not _REPLACED.search(context.question.text):
        return []
    return [context.say("不对，文件没有写明废止。", "No: the documents do not say so.")]


_REPLACED = re.compile(r"废止|作废|取代|替代|代替|replac|repeal|supersed", re.IGNORECASE)


def _relations(context: Context, draft: Draft, policy: Policy) -> list[str]:
    """Where it is asked whether one document replaced another: what they say of each other."""
    others = [
        context.knowledge.policies[other] for other in (*policy.superseded_by, *policy.supersedes) if other in context.knowledge.policies
    ]
    if not others or not _REPLACED.search(context.question.text):
        return []
    for other in others:
        draft.cite(status_citation(other))
    names = "、".join(where(other, None, context.zh) for other in others)
    return [
        context.say(
            f"{names}没有写明废止它；同一事项以较新的文件为先。",
            f"{names} does not say that it repeals it; where both speak, the later one leads.",
        )
    ]


def _cite_words(draft: Draft, policy: Policy, words: str) -> None:
    start = policy.text.find(words) if words else -1
    if start < 0:
        return
    article = next(article for article in policy.articles if article.start <= start < article.end)
    draft.cite(article_citation(policy, article, start, start + len(words)))


def _status_line(context: Context, policy: Policy) -> str:
    question, zh = context.question, context.zh
    on = _asked_day(context)
    name = where(policy, None, zh)
    parts: list[str] = []
    if Ask.NUMBER in question.asks:
        number = policy.document_number
        parts.append(
            context.say(
                f"文号：{number}" if number else "文件没有写明文号",
                f"document number {number}" if number else "no document number is stated",
            )
        )
    if Ask.ISSUER in question.asks:
        parts.append(
            context.say(
                f"由{policy.issuer}印发" if policy.issuer else "文件没有写明印发机关",
                f"issued by {policy.issuer}" if policy.issuer else "the issuer is not stated",
            )
        )
    if Ask.ISSUED in question.asks:
        issued = policy.issued.value
        parts.append(
            context.say(
                f"印发（发布）日期：{_day(issued, zh)}" if issued else "文件没有写明印发日期",
                f"issued on {issued}" if issued else "no date of issue is stated",
            )
        )
    if Ask.STATUS in question.asks or not parts:
        parts.append(_force(context, policy, on))
    separator = "；" if zh else "; "
    return f"{name}：{separator.join(parts)}。" if zh else f"{name}: {separator.join(parts)}."


def _asked_day(context: Context) -> date:
    """The day asked about; the year of a document's name is no day."""
    named = context.question.dates
    if Ask.VERIFY in context.question.asks and named and (_ENDS.search(context.question.text) or _BEGINS.search(context.question.text)):
        return context.on  # the day is what is claimed, not what it is asked for
    exact = [day for day in named if (day.last - day.first).days <= 31]
    if exact:
        return exact[0].first
    versions = {policy_year for policy_year in (_issue_year(policy) for policy in context.knowledge.policies.values()) if policy_year}
    years = [day for day in named if day.first.year not in versions and (day.last - day.first).days < 400]
    return years[0].first if years else context.on


def _issue_year(policy: Policy) -> int | None:
    day = policy.issued.value or policy.effective_from.value
    return day.year if day else None


def _force(context: Context, policy: Policy, on: date) -> str:
    zh = context.zh
    standing = policy.standing(on)
    since, until = policy.effective_from.value, policy.effective_to.value
    day = _day(on, zh)
    began = f"自{_day(since, zh)}起实施，" if since and _BEGINS.search(context.question.text) else ""
    match standing:
        case Standing.IN_FORCE:
            return (
                f"在有效期内：{day}仍有效，自{_day(since, zh)}起实施，有效期至{_day(until, zh)}"
                if zh
                else f"in force on {on}: effective from {since}, valid until {until}"
            )
        case Standing.EXPIRED:
            return (
                f"已过有效期：{began}有效期至{_day(until, zh)}，{day}不能再按它申请"
                if zh
                else f"expired: valid until {until}, so it no longer applies on {on}"
            )
        case Standing.NOT_YET:
            return (
                f"尚未生效：自{_day(since, zh)}起实施，{day}还没有生效（有效期至{_day(until, zh) or '未写明'}）"
                if zh
                else f"not yet in force on {on}: effective from {since}"
            )
        case Standing.DRAFT:
            return (
                "是征求意见稿，不是正式文件，尚未正式印发生效；文中也没有写明具体施行日期和有效期截止日期"
                if zh
                else "it is a draft for public comment (征求意见稿), not an adopted document; it has not taken "
                "effect and states no end date"
            )
        case Standing.PLAN_OVER:
            return (
                f"规划期为{since.year if since else ''}—{until.year if until else ''}年，"
                f"{day}时规划期已过（已结束），不能再当作现行安排的依据，请向主管部门核实最新规定"
                if zh
                else f"its stated period {since.year if since else ''}-{until.year if until else ''} is over: it "
                f"ended on {until} and is no longer current"
            )
        case _:
            return _unstated(context, policy, since)


def _unstated(context: Context, policy: Policy, since: date | None) -> str:
    quote = policy.effective_from.quote
    issued = policy.issued.value
    zh = context.zh
    start = ""
    if quote or since:
        start = (f"文件写明“{quote}”" if quote else f"自{_day(since, zh)}起实施") if zh else f"in effect from {since or issued}"
        if issued and zh:
            start += f"（落款日期{_day(issued, zh)}）"
    else:
        start = "文件没有写明起止日期" if zh else "no start or end date is stated"
    end = (
        "没有写明有效期截止日期，也没有查到废止它的文件，是否仍在执行请向主管部门确认"
        if zh
        else "no end date is stated; confirm with the authority that it still applies"
    )
    return f"{start}；{end}" if zh else f"{start}; {end}"


def answer_procedure(context: Context, entries: Sequence[RuleEntry], articles: Sequence[tuple[Policy, Article]]) -> Draft:
    """How to apply, as far as it is written; what is not written is said to be missing."""
    draft = Draft(rules=list(entries))
    policies = list(dict.fromkeys([entry.policy.id for entry in entries] + [policy.id for policy, _ in articles]))
    lines = []
    for policy_id in policies:
        rules = context.knowledge.rulesets[policy_id]
        policy = rules.policy
        clauses = rules.file.procedure
        lines.append(_procedure_line(context, policy, clauses))
        for clause in clauses:
            draft.cite(rules.clause_citation(clause))
        for clause in rules.file.approval:
            citation = rules.clause_citation(clause)
            draft.cite(citation)
            draft.details.append(f"> {where(policy, citation.article, context.zh)}：“{citation.quote}”")
    for entry in entries:
        draft.cite(entry.rules.citation(entry.rule))
        draft.details.append(f"> {where(entry.policy, entry.rule.article, context.zh)}：“{entry.rule.quote}”")
        draft.details.append(departments_line(context, entry.policy, entry.article))
    for policy, article in articles:
        if not entries:
            draft.details.append(departments_line(context, policy, article))
    draft.conclusion = "\n".join(lines)
    return draft


def _procedure_line(context: Context, policy: Policy, clauses: Sequence[Clause]) -> str:
    name = where(policy, None, context.zh)
    if clauses:
        words = "；".join(clause.quote.rstrip("。；") for clause in clauses)
        return context.say(
            f"{name}没有逐项写明申请材料、流程和截止日期，只写明：“{words}”，请以主管部门发布的申报指南或通知为准。",
            f"{name} does not list documents, steps or a deadline; it only says: “{words}”. Follow the authority's application guide.",
        )
    return context.say(
        f"{name}没有写明申请材料、流程和截止日期，请向主管部门咨询。",
        f"{name} does not state how to apply, which documents are needed, or a deadline: ask the responsible department.",
    )


def answer_departments(context: Context, articles: Sequence[tuple[Policy, Article]], entries: Sequence[RuleEntry] = ()) -> Draft:
    """Who leads and who is responsible; the lead first."""
    draft = Draft(rules=list(entries))
    lines = []
    for policy, article in articles:
        lines.append(f"{where(policy, article.label, context.zh)}：{departments_line(context, policy, article)}")
        draft.cite(department_citation(policy, article))
    claimed = _claimed_lead(context, articles) if Ask.VERIFY in context.question.asks else ""
    draft.conclusion = claimed + "\n".join(lines)
    for policy, article in articles:
        draft.details.append(f"> {article.heading or article.text[:60].strip()}（{place_name(policy)}{article.label or ''}）")
    return draft


def department_citation(policy: Policy, article: Article) -> Citation:
    """The article up to and with its list of departments."""
    return article_citation(policy, article)


def departments_line(context: Context, policy: Policy, article: Article) -> str:
    """牵头单位：A；责任单位：B、C."""
    leads = [department.name for department in article.departments if department.lead]
    others = [department.name for department in article.departments if not department.lead]
    if not article.departments:
        return context.say("条文没有写明责任单位。", "The article names no responsible department.")
    parts = []
    if leads:
        parts.append(context.say("牵头单位：", "Lead: ") + "、".join(leads))
    if others:
        parts.append(context.say("责任单位：", "Responsible: ") + "、".join(others))
        if not leads:
            parts.append(context.say("条文没有指明牵头单位", "no lead is named"))
    del policy
    return ("；" if context.zh else "; ").join(parts)


def _claimed_lead(context: Context, articles: Sequence[tuple[Policy, Article]]) -> str:
    leads = {department.name for _, article in articles for department in article.departments if department.lead}
    text = context.question.text
    if not leads:
        return ""
    if any(lead in text for lead in leads):
        return context.say("是的。", "Yes. ")
    return context.say("不是。", "No. ")


def _are_all_named(context: Context, entries: Sequence[RuleEntry]) -> bool:
    """Whether these incentives are what the question names, and it names nothing beside them: 展位费和推广费 is more than 推广费."""
    telling = [unit for unit in context.question.units if unit.topic and unit.weight > _TELLING]
    return all(any(form in f"{entry.name} {entry.core}" for entry in entries for form in unit.forms) for unit in telling)


def _added_elsewhere(context: Context, policy: Policy, draft: Draft) -> str:
    """The incentives of the document that its text lets be added up, cited; "" if there are none."""
    entries = [entry for entry in context.knowledge.rules_of([policy.id]) if entry.rule.adds_with]
    if not entries:
        return ""
    for entry in entries:
        draft.cite(entry.rules.citation(entry.rule))
    names = [context.label(entry.rule) for entry in entries]
    article = "、".join(dict.fromkeys(entry.rule.article or "" for entry in entries))
    return context.say(
        f"但{article}写明可以叠加：{'、'.join(names)}。",
        f"But article {article} says that these may be added together: {', '.join(names)}.",
    )


def answer_stacking(context: Context, entries: Sequence[RuleEntry], policies: Sequence[Policy]) -> Draft:
    """Whether incentives add up, as the document says or does not say."""
    draft = Draft(rules=list(entries))
    lines = []
    for policy in policies:
        rules = context.knowledge.rulesets[policy.id]
        stacking = rules.file.stacking
        name = where(policy, None, context.zh)
        added = [entry for entry in entries if entry.rule.adds_with and entry.policy.id == policy.id]
        added = added if _are_all_named(context, added) else []
        if added:
            lines.append(
                context.say(
                    f"可以叠加：{name}{added[0].rule.article or ''}写明这几项可叠加。", f"Yes: {name} says these may be added together."
                )
            )
        elif stacking.mode == "highest_only" and stacking.clause:
            highest = bool(re.search("[高优]", stacking.clause.quote))  # else the applicant chooses, or is paid once
            how = "按就高不重复原则给予支持" if highest else "不重复享受，按下面的条文处理"
            how_en = "only the highest applies (就高不重复)" if highest else "support is not given twice"
            lines.append(
                context.say(
                    f"{name}：同一主体的同一事项符合多项政策的，不能叠加，{how}；不同事项可分别申请。",
                    f"{name}: for the same matter of the same entity {how_en}; different matters may be claimed separately.",
                )
            )
        else:
            lines.append(
                context.say(
                    f"{name}没有写明禁止叠加或就高不重复，也没有写明可以叠加；能否同时享受须由主管部门审核确定。",
                    f"{name} does not say whether incentives may be combined: it neither forbids nor allows it. The authority decides.",
                )
            )
        if not added and (line := _added_elsewhere(context, policy, draft)):
            lines.append(line)
        if stacking.clause:
            citation = rules.clause_citation(stacking.clause)
            draft.cite(citation)
            draft.details.append(f"> “{citation.quote}”")
        elif not entries:
            draft.cite(status_citation(policy))
        for clause in rules.file.approval if stacking.mode == "unstated" else ():
            draft.cite(rules.clause_citation(clause))
    for entry in entries:
        draft.cite(entry.rules.citation(entry.rule))
        draft.details.append(f"> {where(entry.policy, entry.rule.article, context.zh)}：“{entry.rule.quote}”")
    draft.conclusion = "\n".join(lines)
    return draft


__all__ = ["add_standing", "answer_departments", "answer_procedure", "answer_stacking", "answer_status", "standing_notice"]
