"""Answers in the document's own words: the best sentences, quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose.draft import Context, Draft, article_citation, where
from assistant.knowledge import ArticleEntry
from assistant.selecting import Passage


def answer_passages(context: Context, passages: Sequence[Passage], *, lead: str = "", whole: bool = False) -> Draft:
    """Quote the best sentences, each article once; with `whole` the article of the best one in full."""
    draft = Draft()
    lines = []
    for passage in passages:
        policy, article = passage.entry.policy, passage.entry.article
        end = _beyond_heading(passage)
        quote = clean(policy.text[passage.start : end])
        lines.append(f"{where(policy, article.label, context.zh)}：“{quote}”")
        draft.cite(article_citation(policy, article, passage.start, end))
        if items := _items(passage):
            lines[-1] += context.say("其下各项：", " Its parts: ") + "、".join(items)
    draft.conclusion = (lead + "\n" if lead else "") + (lines[0] if lines else "")
    draft.details = [f"> {line}" for line in lines[1:]]
    if passages:
        _surroundings(context, draft, passages[0], 1500 if whole else 600)
    return draft


SAYS_SOMETHING = 30
"""A sentence shorter than this that opens its article is its heading: an answer goes on to what follows."""


def _beyond_heading(passage: Passage) -> int:
    """Where the quotation ends: after the next sentence, where the best one is only the heading of its article."""
    article, sentences = passage.entry.article, passage.entry.sentences
    if passage.start > article.start or passage.end - passage.start >= SAYS_SOMETHING:
        return passage.end
    following = [end for start, end, text in sentences if start >= passage.end and len(text) > 3]
    return following[0] if following else passage.end


def _items(passage: Passage) -> list[str]:
    """Label and heading of the articles beneath one that is nothing but a heading."""
    policy, article = passage.entry.policy, passage.entry.article
    if passage.start > article.start or passage.end - passage.start >= SAYS_SOMETHING or not article.path:
        return []
    depth = len(article.path)
    beneath = [item for item in policy.articles if item.path[:depth] == article.path and len(item.path) == depth + 1]
    return [clean(item.heading) for item in beneath if item.heading]


LONGEST_BLOCK = 1500


def answer_blocks(context: Context, entries: Sequence[ArticleEntry]) -> Draft:
    """Whole articles with the items beneath them, as lists of conditions or papers are written."""
    draft = Draft()
    for entry in entries:
        policy, article = entry.policy, entry.article
        parts = [policy.text[article.start : article.end]]
        for item in policy.articles[entry.number + 1 :]:
            if item.path[: len(article.path)] != article.path or not article.path or item.end - article.start > LONGEST_BLOCK:
                break
            draft.cite(article_citation(policy, item))
            parts.append(policy.text[item.start : item.end])
        draft.cite(article_citation(policy, article))
        text = " ".join(clean(part) for part in parts)  # a blank keeps 申报及审核 17.… from reading as a figure
        name = where(policy, article.label, context.zh)
        draft.conclusion = draft.conclusion or f"{name}：“{text[:400]}{'……' if len(text) > 400 else ''}”"
        if len(text) > 400:
            draft.details.append(f"> {name}：{text}")
    return draft


LONGEST_PART = 80


def answer_parts(context: Context, entry: ArticleEntry, parts: Sequence[ArticleEntry]) -> Draft:
    """All parts of a section or an article, counted, each by its heading or its first words."""
    policy = entry.policy
    draft = Draft()
    draft.cite(article_citation(policy, entry.article))
    names = []
    for part in parts:
        draft.cite(article_citation(policy, part.article))
        words = clean(part.article.heading) or clean(part.article.text)
        label = part.article.path[-1]
        words = re.sub(rf"^[（(]?{re.escape(label.strip('（）'))}[）)、.．]?\\s*", "", words)
        names.append(f"{part.article.label} {words[:LONGEST_PART].rstrip('。；')}{'……' if len(words) > LONGEST_PART else ''}")
        if part.article.heading and len(text := clean(part.article.text)) <= LONGEST_BLOCK:
            draft.details.append(f"> {text}")
    count = f"{len(parts)}项"
    draft.worked.append(count)
    heading = clean(entry.article.heading)
    name = where(policy, entry.article.label, context.zh)
    draft.conclusion = context.say(
        f"{name}{f'“{heading}”' if heading else ''}共{count}：{'；'.join(names)}。",
        f"{name}{f' “{heading}”' if heading else ''} has {len(parts)} item(s): {'; '.join(names)}.",
    )
    return draft


def clean(text: str) -> str:
    """A quotation on one line; the number of an item stays apart from the words before it, or it would read as a figure."""
    return re.sub(r"\s*\n\s*", "", re.sub(r"\s*\n\s*(?=\d{1,2}[.、．](?!\d))", " ", text)).strip()


def _surroundings(context: Context, draft: Draft, passage: Passage, longest: int) -> None:
    """The whole article under the best sentence, when it is short enough to read."""
    article = passage.entry.article
    text = clean(article.text)
    if len(text) <= longest and text != clean(passage.text):
        policy = passage.entry.policy
        draft.cite(article_citation(policy, article))
        name = (
            where(policy, article.label, context.zh) if any(other.policy != policy.id for other in draft.citations) else article.label or ""
        )
        draft.details.append(f"> {context.say('条文全文', 'Full article')} {name}：{text}")
