"""Articles to chunks: the pieces that are embedded and indexed. A chunk never crosses an article.

for chunk in chunk_policy(policy):
    print(chunk.id, chunk.context)      # tangshan-2018-141/12/0  唐山市 · 实施方案 · 二、主要任务 · （三）…
"""

from __future__ import annotations

import re

from index.models import Article, ArticleKind, Chunk, Policy

MAX_CHARACTERS = 300
"""Longest piece. Measured on 1,445 statutes: 300 found more than whole articles, 150 no more than 300."""

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]+|[^。；！？\n]+")
_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")  # white space beside a Chinese character
_WORD = re.compile(r"\w")


def chunk_policy(policy: Policy) -> list[Chunk]:
    """All chunks of a policy in the order of its text.

    The heading of a section is no chunk: its articles carry it. A section with words of its own is one.
    """
    chunks = []
    for number, article in enumerate(policy.articles):
        if article.kind is ArticleKind.SECTION and _only_heading(article):
            continue
        context = context_of(policy, article)
        for piece, (start, end) in enumerate(split(policy.text, article.start, article.end)):
            chunks.append(
                Chunk(
                    id=f"{policy.id}/{number}/{piece}",
                    policy_id=policy.id,
                    article=number,
                    label=article.label,
                    start=start,
                    end=end,
                    text=policy.text[start:end],
                    context=context,
                    place=policy.place.name,
                )
            )
    return chunks


def indexed_text(chunk: Chunk) -> str:
    """What is embedded and indexed: the context, then the words of the piece, without the line breaks inside them."""
    return f"{chunk.context}\n{_BREAK.sub('', chunk.text)}"


def context_of(policy: Policy, article: Article) -> str:
    """Place, short title, section, headings above, heading: each once, outermost first."""
    parts: list[str] = []
    for part in (policy.place.name, policy.short_title or policy.title, article.section, *article.parents, article.heading):
        if part and not any(part in known for known in parts):
            parts.append(part)
    return " · ".join(parts)


def split(text: str, start: int, end: int, limit: int = MAX_CHARACTERS) -> list[tuple[int, int]]:
    """Spans of at most `limit` characters that end at sentence ends and together hold all words of text[start:end].

    A single sentence longer than the limit stays whole: the figure and its condition belong together.
    """
    spans: list[tuple[int, int]] = []
    for sentence in _SENTENCE.finditer(text, start, end):
        if not _WORD.search(sentence.group()):
            continue
        if spans and sentence.end() - spans[-1][0] <= limit:
            spans[-1] = (spans[-1][0], sentence.end())
        else:
            spans.append((sentence.start(), sentence.end()))
    return [_stripped(text, *span) for span in spans]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _only_heading(article: Article) -> bool:
    return len(article.text.strip()) <= len(article.label or "") + len(article.heading) + 2
