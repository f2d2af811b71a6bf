"""From places in the flattened article to quotations in the policy: whole clauses, verbatim, without line breaks.

>>> source = Source.of(article)                          # doctest: +SKIP
>>> source.quote(12, 60)                                 # doctest: +SKIP
'对甲企业，给予最高5万元奖励。'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.rules.extraction.clauses import Flat, Sentence, flatten, read_flat
from index.models import Article


@dataclass(frozen=True, slots=True)
class Source:
    """One article as the extraction reads it."""

    article: Article
    flat: Flat
    sentences: tuple[Sentence, ...]

    @staticmethod
    def of(article: Article) -> Source:
        """Flatten and cut an article."""
        flat = flatten(article.text, article.heading)
        return Source(article, flat, tuple(read_flat(flat)))

    def quote(self, start: int, end: int) -> str:
        """The words of the article for the flat characters start..end, a full stop that follows included."""
        if self.flat.text[end : end + 1] == "。":
            end += 1
        first, last = self.flat.span(start, end)
        return re.sub(r"[ \t\u3000]*\n\s*", "", self.article.text[first:last]).strip()

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence a flat offset lies in."""
        return next((s for s in self.sentences if s.start <= position < s.end), None)
