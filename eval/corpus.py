"""The documents that answers are judged by: their articles, their places, and what their figures are.

corpus = Corpus.load(load_settings())
corpus.find("tangshan-2018-141", "（三）1")        # every article whose label ends so
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache

from assistant.glossary.places import PlaceFinder, PlaceMention
from index.config import Settings
from index.models import Article, Policy
from index.normalise import normalise
from index.policies import load_policies

_PART = re.compile(r"[〇零一二三四五六七八九十百]+|\d+")
_BLANK = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def label_path(label: str | None) -> tuple[str, ...]:
    """The parts of a label, however it is punctuated: 三、（三）1. is ("三", "三", "1")."""
    return tuple(_PART.findall(unicodedata.normalize("NFKC", label or "")))


def is_label(label: str | None, wanted: str) -> bool:
    """Whether a label is the wanted one, or ends with it: 二（二） is also （二）."""
    path = label_path(wanted)
    return bool(path) and label_path(label)[-len(path) :] == path


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """The text in one width and without blanks, to find a quotation whatever its line breaks."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).lower()


class Corpus:
    """The policies, and what can be asked of them."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = {policy.id: policy for policy in policies}

    @classmethod
    def load(cls, settings: Settings) -> Corpus:
        """The policies of the settings; folders that cannot be used are left out."""
        return cls(load_policies(settings.policies)[0])

    @cached_property
    def _finder(self) -> PlaceFinder:
        return PlaceFinder(self.policies.values())

    def find(self, policy_id: str, label: str | None) -> tuple[Article, ...]:
        """The articles of that label; all of them for None; none where the policy or the label is unknown."""
        policy = self.policies.get(policy_id)
        if policy is None:
            return ()
        return tuple(article for article in policy.articles if label is None or is_label(article.label, label))

    def places(self, text: str) -> list[PlaceMention]:
        """The places a text speaks about; those that only name a body or a fair are left out."""
        return [mention for mention in self._finder.find(normalise(text).text) if mention.role_hint is None]

    def is_quoted(self, policy_id: str, label: str | None, quote: str) -> bool:
        """Whether the words stand in the document, at least their beginning or end in the article of that label."""
        policy = self.policies[policy_id]
        words = squeeze(quote)
        if words not in squeeze(policy.text):
            return False
        texts = [squeeze(article.text) for article in self.find(policy_id, label)] if label else []
        return not label or any(words in text or text in words or _meet(words, text) for text in texts)


def _meet(words: str, text: str) -> bool:
    """Whether a quotation that goes over the edge of an article begins or ends in it."""
    share = min(len(words), len(text), 12)
    return words[:share] in text or words[-share:] in text
