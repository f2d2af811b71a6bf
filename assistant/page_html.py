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

ArticleText = Callable[[str, str | None], str]
"""(policy id, label) -> the words of the article; raises `KeyError` when there is none."""


@dataclass(frozen=True, slots=True)
class _Words:
    sources: str
    notices: str
    proven: str
    unlabelled: str


_WORDS = {
    "zh": _Words("依据", "请注意", "✓ {n} 个数字均已核对出处", "（无条款号）"),
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


def conclusion_html(conclusion: str) -> str:
    """The direct answer alone, or what is known of it so far: what is shown first."""
    return f'<div class="pd-answer"><div class="pd-conclusion">{_markdown(conclusion)}</div></div>'


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


def marked(text: str, quotes: Iterable[str]) -> str:
    """The text with the quotations highlighted; a quotation the text does not hold stands alone instead of it."""
    wanted = [quote for quote in quotes if quote]
    spans = sorted((text.find(quote), text.find(quote) + len(quote)) for quote in wanted)
    if any(start < 0 for start, _ in spans):
        return "<br>".join(f"<mark>{_lines(quote)}</mark>" for quote in wanted)
    html, done = "", 0
    for start, end in spans:
        if end > done:
            start = max(start, done)  # quotations may overlap
            html += f"{_lines(text[done:start])}<mark>{_lines(text[start:end])}</mark>"
            done = end
    return html + _lines(text[done:])


def _body(answer: Answer) -> str:
    text = _without_notices(answer.text, answer.notices)
    if not text.startswith(answer.conclusion):
        return f'<div class="pd-rest">{_markdown(text)}</div>'
    rest = text[len(answer.conclusion) :].strip()
    more = f'<div class="pd-rest">{_markdown(rest)}</div>' if rest else ""
    return f'<div class="pd-conclusion">{_markdown(answer.conclusion)}</div>{more}'


def _without_notices(text: str, notices: tuple[str, ...]) -> str:
    """The text without the list of notices at its end and the heading over it: the page sets them apart itself."""
    ending = "\n".join(f"- {notice}" for notice in notices)
    if not notices or not text.rstrip().endswith(ending):
        return text
    before = text.rstrip().removesuffix(ending).rstrip()
    lines = before.splitlines()
    if lines and lines[-1].startswith("**") and lines[-1].endswith("**"):
        lines.pop()
    return "\n".join(lines).rstrip()


def _notices(answer: Answer) -> str:
    # A notice that stands elsewhere in the text is not said twice.
    text = _without_notices(answer.text, answer.notices)
    new = [notice for notice in answer.notices if notice not in text]
    if not new:
        return ""
    items = "".join(f"<li>{_markdown_inline(notice)}</li>" for notice in new)
    return f'<div class="pd-notices"><b>{words_for(answer.language).notices}</b><ul>{items}</ul></div>'


def _sources(answer: Answer, article_text: ArticleText) -> str:
    if not answer.citations:
        return ""
    words = words_for(answer.language)
    articles: dict[tuple[str, str | None], list[Citation]] = {}
    for citation in answer.citations:
        articles.setdefault((citation.policy, citation.article), []).append(citation)
    items = "".join(_source(citations, words, article_text) for citations in articles.values())
    return f'<div class="pd-sources"><b>{words.sources}</b>{items}</div>'


def _source(citations: list[Citation], words: _Words, article_text: ArticleText) -> str:
    """One article, to be opened, with everything that is quoted from it."""
    cited = citations[0]
    try:
        text = article_text(cited.policy, cited.article)
    except KeyError:
        text = ""  # the quotations themselves were checked; they are shown without what stands around them
    return (
        f'<details class="pd-source"><summary>《{escape(cited.title)}》 <b>{escape(cited.article or words.unlabelled)}</b></summary>'
        f"<blockquote>{marked(text, [citation.quote for citation in citations])}</blockquote></details>"
    )


def _proven(answer: Answer) -> str:
    if not answer.checks or not all(check.proof for check in answer.checks):
        return ""
    figures = {check.text for check in answer.checks}
    return f'<div class="pd-proven">{words_for(answer.language).proven.format(n=len(figures))}</div>'


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
