"""The parts of an answer while it is put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from assistant.knowledge import Knowledge, RuleEntry
from assistant.models import Behaviour, Calculation, Citation
from assistant.rules.facts import Fact
from assistant.understanding.question import Question
from index.models import Article, Policy, Standing


@dataclass
class Draft:
    """Conclusion, details under it, and what proves them."""

    conclusion: str = ""
    details: list[str] = field(default_factory=list)
    behaviour: Behaviour = Behaviour.ANSWER
    citations: list[Citation] = field(default_factory=list)
    calculations: list[Calculation] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    worked: list[str] = field(default_factory=list)
    """Counts, sums and differences made by code, in words and numbers: they prove their figures."""
    rules: list[RuleEntry] = field(default_factory=list)
    """Rules the answer is about: what the next turn may lean on."""
    facts: dict[tuple[str, str], tuple[Fact, ...]] = field(default_factory=dict)
    """What was known of the company for each rule that gave a sum."""
    changes_matter: bool = True
    """False for small talk and refusals: the next turn leans on what came before."""

    def cite(self, citation: Citation) -> None:
        """Add a citation once; one that holds another's words replaces it."""
        for number, known in enumerate(self.citations):
            if known.policy == citation.policy and known.start <= citation.start and citation.end <= known.end:
                return
            if (
                known.policy == citation.policy
                and citation.start <= known.start
                and known.end <= citation.end
                and known.article == citation.article
            ):
                self.citations[number] = citation
                return
        self.citations.append(citation)

    def cite_all(self, citations: Iterable[Citation]) -> None:
        """Add several."""
        for citation in citations:
            self.cite(citation)

    def work(self, step: str) -> None:
        """Show a step of arithmetic; it proves the figures in it."""
        self.worked.append(step)
        if step not in self.details:
            self.details.insert(0, step)

    def notice(self, text: str) -> None:
        """Add a notice once."""
        if text and text not in self.notices:
            self.notices.append(text)


class Labelled(Protocol):
    """What has a name in Chinese, and perhaps one in English."""

    @property
    def label(self) -> str:
        """In Chinese."""

    @property
    def label_en(self) -> str:
        """In English, or ""."""


@dataclass(frozen=True)
class Context:
    """What a composer works with."""

    knowledge: Knowledge
    question: Question
    on: date

    @property
    def zh(self) -> bool:
        """Whether the answer is in Chinese."""
        return self.question.language != "en"

    @property
    def language(self) -> str:
        """Language of the answer: zh or en."""
        return "zh" if self.zh else "en"

    def say(self, chinese: str, english: str) -> str:
        """The wording in the language of the question."""
        return chinese if self.zh else english

    def label(self, named: Labelled) -> str:
        """The name of a rule, a condition or a measure in the language of the question; in Chinese where it has no other."""
        return self.say(named.label, named.label_en or named.label)


def place_name(policy: Policy, zh: bool = True) -> str:
    """秦皇岛 / Qinhuangdao."""
    if not zh:
        return policy.place_en or policy.place.name
    name = policy.place.name
    return name[:-1] if len(name) > 2 and name.endswith("市") else name


def title_of(policy: Policy) -> str:
    """The short title in book-title marks."""
    return f"《{policy.short_title or policy.title}》"


def printed(label: str | None) -> str:
    """A label as people say it: （二）, 三（三）1; a bare number as 第4条; "" for unlabelled text."""
    return f"第{label}条" if label and label.isdigit() else label or ""


def where(policy: Policy, label: str | None, zh: bool = True) -> str:
    """秦皇岛《…若干措施》（二）."""
    if zh:
        return f"{place_name(policy)}{title_of(policy)}{printed(label)}"
    article = f", article {printed(label)}" if label else ""
    return f"{place_name(policy, zh=False)} {title_of(policy)}{article}"


def article_citation(policy: Policy, article: Article, start: int | None = None, end: int | None = None) -> Citation:
    """A citation of an article, or of the stretch start to end of it; surrounding white space is left out."""
    first = article.start if start is None else start
    last = article.end if end is None else end
    words = policy.text[first:last]
    first += len(words) - len(words.lstrip())
    last -= len(words) - len(words.rstrip())
    return Citation(policy.id, policy.title, article.label, policy.text[first:last], first, last)


def status_citation(policy: Policy) -> Citation:
    """The words that say what the document is worth; its first words where it says nothing."""
    for quote in (policy.effective_to.quote, policy.effective_from.quote, policy.status_quote, policy.issued.quote):
        start = policy.text.find(quote) if quote else -1
        if start >= 0:
            article = next(article for article in policy.articles if article.start <= start < article.end)
            left = max(policy.text.rfind(mark, article.start, start) for mark in "。\n") + 1
            ends = [at for mark in "。\n" if (at := policy.text.find(mark, start + len(quote))) >= 0]
            return article_citation(policy, article, max(left, article.start), min([*(at + 1 for at in ends), article.end]))
    first = policy.articles[0]
    return article_citation(policy, first, first.start, min(first.end, first.start + 120))


def standing_notice(policy: Policy, on: date, zh: bool) -> str:
    """What the user must know of the document's force on that day; "" when it is simply in force."""
    standing = policy.standing(on)
    name = where(policy, None, zh)
    until = policy.effective_to.value
    since = policy.effective_from.value
    match standing:
        case Standing.DRAFT:
            return (
                f"{name}是征求意见稿，尚未正式印发，不能作为申请依据；其中金额均为拟定上限。"
                if zh
                else f"{name} is a draft for public comment (征求意见稿), not an adopted policy: nothing can be "
                f"claimed on it, and its amounts are proposed ceilings."
            )
        case Standing.NOT_YET:
            return (
                f"{name}自{_day(since, zh)}起实施，{_day(on, zh)}尚未生效。"
                if zh
                else f"{name} takes effect on {since}; it was not yet in force on {on}."
            )
        case Standing.EXPIRED:
            return (
                f"{name}有效期至{_day(until, zh)}，{_day(on, zh)}已失效。"
                if zh
                else f"{name} was valid until {until}; it had expired by {on}."
            )
        case Standing.PLAN_OVER:
            return (
                f"{name}的规划期到{_day(until, zh)}为止，已经结束；现行安排请向主管部门核实。"
                if zh
                else f"The period of {name} ended on {until}; it is over. Ask the authority what applies now."
            )
        case Standing.UNSTATED:
            return (
                f"{name}没有写明有效期截止日期，申请前请向主管部门确认是否仍在执行。"
                if zh
                else f"{name} states no end date: confirm with the authority that it still applies."
            )
        case _:
            return ""


def _day(value: date | None, zh: bool) -> str:
    if value is None:
        return ""
    return f"{value.year}年{value.month}月{value.day}日" if zh else value.isoformat()


def add_standing(draft: Draft, context: Context) -> None:
    """Notices on the force of every document cited, and on newer versions."""
    for policy_id in dict.fromkeys(citation.policy for citation in draft.citations):
        policy = context.knowledge.policies[policy_id]
        draft.notice(standing_notice(policy, context.on, context.zh))
        for newer in policy.superseded_by:
            other = context.knowledge.policies.get(newer)
            if other:
                draft.notice(
                    context.say(
                        f"{where(policy, None)}是较早的文件；同一事项请先看较新的{where(other, None)}（文件之间没有写明废止关系）。",
                        f"{where(policy, None, False)} is the earlier document; where both speak, the later "
                        f"{where(other, None, False)} leads (neither repeals the other).",
                    )
                )


def rule_name(context: Context, entry: RuleEntry) -> str:
    """Place and name of a rule: 秦皇岛“1210进口”."""
    label = context.label(entry.rule)
    return (
        f"{place_name(entry.policy, context.zh)}{'' if context.zh else ': '}“{label}”"
        if context.zh
        else f"{place_name(entry.policy, False)}, {label}"
    )


def source(context: Context, entry: RuleEntry) -> str:
    """The article in brackets: （依据（二））."""
    label = printed(entry.rule.article)
    return (f"（依据{label}）" if label else "") if context.zh else (f" (article {label})" if label else "")
