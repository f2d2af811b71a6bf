"""What a policy says about all its promises: stacking, who approves, how to apply, how long it holds.

>>> stacking_of(sources).mode                            # doctest: +SKIP
'highest_only'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.rules.extraction.confidence import confidence_of
from assistant.rules.extraction.quoting import Source
from assistant.rules.schema import Clause, Effective, Period, Rule, RuleKind, Stacking
from index.models import ArticleKind, Policy

_STACKING = re.compile(
    r"就高不(?:重复|叠加)|不(?:得|予|再)?重复(?:享受|奖励|补助|补贴|支持|扶持|资助|申报|申请|计算)|从高不重复|择优不重复|择高(?:享受|执行|奖励|补助|支持)"
    r"|(?:执行|按)最高额|不得?重复申[请报]|从优(?:、?从高)?(?:原则)?不重复|只能?择(?:一|其一)|就高原则|(?:由[^，,。；;]{2,8})?择一(?:申报|申请|享受|执行)|不(?:能|得|可)同时(?:享受|申报|申请)"
)
_GENERAL = re.compile(
    r"同一(?:主体|项目|企业|事项|单位|申报|内容|类)|同类|多项|其他政策|各类财政资金|本(?:办法|政策|意见|措施|规定)|已获|上级|同时符合"
)
_AT_ONCE = re.compile("同时|择一|多[项条]|叠加")
_APPROVAL = re.compile(
    r"预算管理|总量控制|资金总额(?:控制|内)|预算(?:规模|额度|安排)内|(?:报|经)[^，。；]{0,12}(?:审批|批准|审定|审议)(?:后)?(?:执行|实施|拨付|兑现|确定|通过)"
    r"|(?:财政局|财政部门|市财政|区财政|县财政)[^，。；]{0,16}(?:统筹安排|安排|审核|拨付)[^，。；]{0,8}资金|以上级政策为准|具体数额由|项目审批|(?:评审|审核)通过后"
)
_PROCEDURE = re.compile(
    r"申报指南|申请指南|办事指南|实施细则|申报时间|申报期|申请时间|受理时间|申报材料|申请材料|(?:提出|提交|递交|报送)[^，。；]{0,10}(?:申请|申报|材料)|(?:集中|统一)(?:申报|受理)"
    r"|\d{1,2}月[^，。；]{0,8}(?:前|至|到|底|起)[^，。；]{0,20}(?:申请|申报|提交|受理|报送)|申报(?:通知|程序|流程|条件)|评审(?:办法|标准)|具体(?:申报|实施)(?:办法|细则|时间)|另行制定"
)
_TERM = re.compile(
    r"自[^，。；]{2,20}(?:起)?(?:施行|实施|执行|生效)|有效期(?:至|为|\d|[一二三四五]年)|适用(?:于|期限|时间)[^，。；]{0,4}\d{4}年"
)
_SPAN = re.compile(r"[\d一二两三四五六七八九十]{1,2}年(?:支持|政策|扶持|实施|奖补)期(?:限)?内?")
_MOST = 6


def effective_of(policy: Policy) -> Effective:
    """The days the policy itself states."""
    return Effective(**{"from": policy.effective_from.value}, to=policy.effective_to.value)


def stacking_of(sources: list[Source]) -> Stacking:
    """Highest only, where a clause says that support is not given twice; of several the one that speaks of all."""
    found = [(source, text, quote) for source, text, quote in _clauses(sources, _STACKING)]
    general = [entry for entry in found if _GENERAL.search(entry[1])]
    closing = [entry for entry in general if entry[0].article.kind is ArticleKind.CLOSING] or general
    if not closing:
        return Stacking(mode="unstated")
    source, _, quote = closing[-1] if len(closing) == 1 else max(closing, key=_says_most)
    return Stacking(mode="highest_only", clause=Clause(article=source.article.label, quote=quote))


def _says_most(entry: tuple[Source, str, str]) -> tuple[bool, int]:
    """A clause on several supports at once before one on support that was had, then the one that speaks most generally."""
    return bool(_AT_ONCE.search(entry[1])), len(_GENERAL.findall(entry[1]))


def approval_of(sources: list[Source]) -> tuple[Clause, ...]:
    """Who decides the sum, within which budget."""
    return _first(sources, _APPROVAL)


def procedure_of(sources: list[Source]) -> tuple[Clause, ...]:
    """How and when to apply."""
    return _first(sources, _PROCEDURE)


def provisions_of(source: Source) -> Iterator[Rule]:
    """Rules of kind provision: the term of the policy, its budget and approval, its stacking clause."""
    for pattern, label in ((_SPAN, "支持期"), (_TERM, "施行日期与有效期"), (_APPROVAL, "资金管理与审批"), (_STACKING, "重复享受的限制")):
        if pattern not in (_TERM, _SPAN) and not _closing_like(source):
            continue
        for _, text, quote in _clauses([source], pattern):
            if pattern is _STACKING and not _GENERAL.search(text):
                continue
            yield Rule(
                id="proposed", label=label, article=source.article.label, quote=quote, kind=RuleKind.PROVISION, beneficiary="全部申报主体",
                period=Period.UNSTATED, confidence=confidence_of(()),
            )  # fmt: skip
            break


def _closing_like(source: Source) -> bool:
    """Where words about the policy as a whole stand: at the end, in 附则, in articles on funds and safeguards."""
    article = source.article
    headings = "".join((article.heading, article.section, *article.parents))
    return (
        article.kind is ArticleKind.CLOSING
        or bool(re.search("附则|附  则|保障|资金|审批|政策支持|落实|其他|申报", headings))
        or not headings
    )


def _first(sources: list[Source], pattern: re.Pattern[str]) -> tuple[Clause, ...]:
    clauses = [Clause(article=source.article.label, quote=quote) for source, _, quote in _clauses(sources, pattern)]
    return tuple(dict.fromkeys(clauses))[:_MOST]


def _clauses(sources: list[Source], pattern: re.Pattern[str]) -> Iterator[tuple[Source, str, str]]:
    """Clauses that match, with their words and their quotation."""
    for source in sources:
        if source.article.kind in (ArticleKind.TITLE, ArticleKind.PREAMBLE):
            continue
        for sentence in source.sentences:
            for clause in sentence.clauses:
                match = pattern.search(clause.text)
                if match and not clause.lead:
                    yield source, clause.text, source.quote(clause.pieces[0].start, clause.pieces[-1].end)
