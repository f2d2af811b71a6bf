"""Questions about bodies and what they do: how and where to apply, who leads, who does a thing, how to reach them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.words import WORDS, duties_asked, steps_asked
from assistant.compose import replies
from assistant.compose.documents import answer_departments, answer_procedure
from assistant.compose.draft import Context, Draft
from assistant.compose.passages import answer_blocks, answer_passages
from assistant.findings import Findings
from assistant.knowledge import ArticleEntry, plain
from assistant.rules.schema import RuleKind
from assistant.selecting import NAME, Passage, rank_articles, rank_passages
from assistant.understanding.question import Ask, Unit

_APPLICATION = re.compile("申请|申报|提交|材料|受理|登记|备案|拨付|兑现")
_FOR_WHOM = re.compile("(?:条件|对象|主体)$")
_LABEL = 8
"""Characters that a label may have."""
_DECIDING = ("审批", "审核", "批准", "审定", "核准")
_NEARLY = 0.8
"""Share of the best score from which on a sentence of the leading document goes first."""


def procedure(context: Context, found: Findings) -> Draft | None:
    """How to do something: the sentence that says so, else what the document writes on applying."""
    written = _written_procedure(context, found)
    if written:
        return written
    if (passage := _sentence_on_applying(context, found)) is not None:
        return answer_passages(context, [passage], whole=True)
    if not found.topics or WORDS["guide"].search(context.question.text):
        return answer_procedure(context, [], [(policy, policy.articles[0]) for policy in found.policies])
    money = [match for match in found.chosen if match.entry.rule.gives_money or match.entry.rule.kind is RuleKind.COMMITMENT]
    if money and found.supported and money[0] is found.chosen[0] and not _answered_by_sentence(found):
        return answer_procedure(context, [match.entry for match in money[:2]], [])
    return None


def _written_procedure(context: Context, found: Findings) -> Draft | None:
    """The articles on applying, where the document has any: the one that fits the question best, in full."""
    entries = context.knowledge.articles_of([policy.id for policy in found.policies])
    articles = [entry for entry in entries if WORDS["procedure_heading"].search(plain(entry.article.heading) or entry.heading)]
    articles = _of_named_document(articles, found.units)
    if not articles:
        return None
    if Ask.CONDITIONS not in context.question.asks:
        articles = [entry for entry in articles if not _FOR_WHOM.search(plain(entry.article.heading) or entry.heading)] or articles
    articles = [entry for entry in articles if _says_how(entry)] or articles  # not 优化政策审批, on the approval of land
    words = [Unit(forms, 4.0, True) for forms in steps_asked(context.question.text)]
    ranked = rank_articles(articles, (*words, *found.units)) or [(0.0, articles[0])]
    return answer_blocks(context, [_whole_list(ranked[0][1], articles)])


def _of_named_document(articles: list[ArticleEntry], units: Sequence[Unit]) -> list[ArticleEntry]:
    """Those of the documents whose title holds a word of the topic that others lack: 旅游奖励 of 加快旅游业发展的意见."""
    titles = {entry.policy.id: plain(entry.policy.title + entry.policy.short_title) for entry in articles}
    for unit in units:
        named = {policy for policy, title in titles.items() if any(form in title for form in unit.forms)}
        if named and len(named) < len(titles):
            return [entry for entry in articles if entry.policy.id in named]
    return articles


def _says_how(entry: ArticleEntry) -> bool:
    """Whether it speaks of applications, or is the mere heading of articles that may."""
    return len(entry.text) <= len(entry.own_heading) + _LABEL or bool(_APPLICATION.search(entry.text))


def _sentence_on_applying(context: Context, found: Findings) -> Passage | None:
    """The sentence on applying that fits best, where no heading tells of it and the rules have none either."""
    silent = [policy.id for policy in found.policies if not context.knowledge.rulesets[policy.id].file.procedure]
    words = [Unit(forms, 2.0, True) for forms in steps_asked(context.question.text)]
    ranked = rank_passages(context.knowledge.articles_of(silent), (*words, *found.units))
    return next((passage for passage in ranked if WORDS["applying"].search(passage.text)), None)


def _whole_list(entry: ArticleEntry, articles: Sequence[ArticleEntry]) -> ArticleEntry:
    """The section on applying (五、申请材料) in place of one of its items, where that has no such heading of its own."""
    if WORDS["procedure_heading"].search(plain(entry.article.heading)):
        return entry
    above = (other for other in articles if other.policy.id == entry.policy.id and other.article.path == entry.article.path[:-1])
    return next((other for other in above if WORDS["procedure_heading"].search(plain(other.article.heading))), entry)


def _answered_by_sentence(found: Findings) -> bool:
    """Whether a rule of the topic itself says what to do (file, register) rather than what is paid."""
    return not found.chosen[0].entry.rule.gives_money


def departments(context: Context, found: Findings) -> Draft | None:
    """The bodies responsible for the matter asked about."""
    articles = [(policy, article) for policy, article in found.articles() if article.departments]
    if not articles and found.chosen and found.supported and (article := found.chosen[0].entry.article).departments:
        articles = [(found.chosen[0].entry.policy, article)]
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


def who_does(context: Context, found: Findings) -> Draft | None:
    """Who does a named thing (编制方案, 担任组长, 发布申报指南): the sentence that says so, if it names a body."""
    text = context.question.text
    duties = [(word,) for word in dict.fromkeys(WORDS["duty"].findall(text))] or duties_asked(text)
    if not duties or not WORDS["who"].search(text) or not context.question.policies:
        return None
    units = (*(Unit(_forms(duty), 3.0, True) for duty in duties), *found.units)
    passages = [
        passage
        for passage in rank_passages(context.knowledge.articles_of([policy.id for policy in found.policies]), units)
        if all(strength == 1.0 for strength in passage.strengths[: len(duties)]) and WORDS["body"].search(passage.text)
    ]
    near = [passage for passage in passages if passage.score >= _NEARLY * passages[0].score]
    passages = sorted(near, key=lambda passage: bool(passage.entry.policy.superseded_by))  # the leading document first
    if not passages and not found.topics and not context.question.asks & {Ask.ISSUER, Ask.PROCEDURE}:
        return replies.refuse_silent(context, found.policies, "、".join(duty[0] for duty in duties))
    return answer_passages(context, passages[:1]) if passages else None


def _forms(duty: tuple[str, ...]) -> tuple[str, ...]:
    """谁审批 is answered by who 审核批准s it, too."""
    return (*duty, *(word for word in _DECIDING if word not in duty)) if set(duty) & set(_DECIDING) else duty


def how_to_reach(context: Context, found: Findings) -> Draft | None:
    """How to reach somebody: the sentence that has it, else that the documents do not say."""
    wanted = WORDS["contact"].search(context.question.text)
    someone = context.question.policies or WORDS["doer"].search(context.question.text)
    if not wanted or not someone or context.question.mentions:
        return None
    unit = Unit((wanted.group().lower(),), 3.0, True)
    entries = context.knowledge.articles_of([policy.id for policy in found.policies])
    passages = [passage for passage in rank_passages(entries, (unit, *found.units)) if passage.strengths[0] == 1.0]
    words = [Unit(forms, 3.0, True) for forms in steps_asked(context.question.text)]
    passages = passages or [passage for passage in rank_passages(entries, (*words, *found.units)) if WORDS["reached"].search(passage.text)]
    return answer_passages(context, passages[:1]) if passages else replies.refuse_silent(context, found.policies, wanted.group())
