"""An `Answer` as HTML. Every text is data: tags and links in it are shown as written, never obeyed.

answer_html(answer, article_text=desk.article_text)
# <div class="pd-answer"><div class="pd-conclusion">…</div>…<details class="pd-source"><summary>…
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from html import escape

from markdown_it import MarkdownIt

from assistant.models import Answer, Citation
from index.errors import PolicyDeskError

ArticleText = Callable[[str, str | None], str]
"""(policy id, label) -> the words of the article; raises `PolicyDeskError` when there is none."""


@dataclass(frozen=True, slots=True)
class _Words:
    sources: str
    notices: str
    proven: str
    unlabelled: str


_WORDS = {
    "zh": _Words("依据", "请注意", "✓ 文中 {n} 个数字均已核对出处", "（无条款号）"),
    "en": _Words("Sources", "Please note", "✓ {n} figures, each proven by a source or a calculation", "(no article number)"),
}


def words_for(language: str) -> _Words:
    """The fixed words in the language of the answer."""
    return _WORDS.get(language, _WORDS["zh"])


def question_html(question: str) -> str:
    """What the user typed, letter for letter."""
    return f'<div class="pd-question">{_lines(question)}</div>'


def error_html(message: str) -> str:
    """A message of the program instead of an answer."""
    return f'<div class="pd-error">{_lines(message)}</div>'


def waiting_html() -> str:
    """Stands where the answer will be."""
    return '<div class="pd-waiting">…</div>'


def conclusion_html(answer: Answer) -> str:
    """The direct answer alone: what is shown first."""
    return f'<div class="pd-answer"><div class="pd-conclusion">{_markdown(answer.conclusion)}</div></div>'


def answer_html(answer: Answer, article_text: ArticleText) -> str:
    """The whole answer: conclusion, explanation, notices, and the sources to open."""
    parts = [_body(answer), _notices(answer), _sources(answer, article_text), _proven(answer)]
    return f'<div class="pd-answer pd-{escape(answer.behaviour.value)}">{"".join(parts)}</div>'


def facts_html(facts: dict[str, str], heading: str) -> str:
    """What the assistant remembers; nothing when it remembers nothing."""
    if not facts:
        return ""
    chips = "".join(f"<span><b>{escape(name)}</b> {escape(value)}</span>" for name, value in facts.items())
    return f'<div class="pd-facts"><em>{escape(heading)}</em>{chips}</div>'


def marked(text: str, quote: str) -> str:
    """The text with the quotation highlighted; the quotation alone when the text does not hold it."""
    at = text.find(quote) if quote else -1
    if at < 0:
        return f"<mark>{_lines(quote)}</mark>" if quote else _lines(text)
    end = at + len(quote)
    return f"{_lines(text[:at])}<mark>{_lines(text[at:end])}</mark>{_lines(text[end:])}"


def _body(answer: Answer) -> str:
    if not answer.text.startswith(answer.conclusion):
        return f'<div class="pd-rest">{_markdown(answer.text)}</div>'
    rest = answer.text[len(answer.conclusion) :].strip()
    more = f'<div class="pd-rest">{_markdown(rest)}</div>' if rest else ""
    return f'<div class="pd-conclusion">{_markdown(answer.conclusion)}</div>{more}'


def _notices(answer: Answer) -> str:
    # A notice that is already a line of the text is not said twice.
    new = [notice for notice in answer.notices if notice not in answer.text]
    if not new:
        return ""
    items = "".join(f"<li>{_markdown_inline(notice)}</li>" for notice in new)
    return f'<div class="pd-notices"><b>{words_for(answer.language).notices}</b><ul>{items}</ul></div>'


def _sources(answer: Answer, article_text: ArticleText) -> str:
    if not answer.citations:
        return ""
    words = words_for(answer.language)
    items = "".join(_source(n, citation, words, article_text) for n, citation in enumerate(answer.citations, start=1))
    return f'<div class="pd-sources"><b>{words.sources}</b>{items}</div>'


def _source(number: int, citation: Citation, words: _Words, article_text: ArticleText) -> str:
    try:
        text = article_text(citation.policy, citation.article)
    except PolicyDeskError:
        text = citation.quote  # the quotation itself was checked; it is shown without what stands around it
    label = citation.article or words.unlabelled
    return (
        f'<details class="pd-source"><summary>[{number}] 《{escape(citation.title)}》 <b>{escape(label)}</b></summary>'
        f"<blockquote>{marked(text, citation.quote)}</blockquote></details>"
    )


def _proven(answer: Answer) -> str:
    if not answer.checks or not all(check.proof for check in answer.checks):
        return ""
    return f'<div class="pd-proven">{words_for(answer.language).proven.format(n=len(answer.checks))}</div>'


def _lines(text: str) -> str:
    """Escaped, one line of HTML: the chat reads Markdown, where an empty line would end the HTML."""
    return "<br>".join(map(escape, _nonempty(text.splitlines())))


def _nonempty(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line.strip()]


@cache
def _renderer() -> MarkdownIt:
    """Markdown without HTML, links and images: policy texts and questions pass through here."""
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(["link", "image", "autolink"])


def _markdown(text: str) -> str:
    html: str = _renderer().render(text)
    return html.replace("\n", " ")


def _markdown_inline(text: str) -> str:
    html: str = _renderer().renderInline(text)
    return html.replace("\n", " ")
