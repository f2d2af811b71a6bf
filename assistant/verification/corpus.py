"""What is known of the documents as a whole, whoever asks: their titles, places, bodies, and which of them a year names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.glossary.places import PlaceFinder
from assistant.glossary.terms import BUSINESS_MODES, Glossary
from assistant.verification.forms import compact
from assistant.verification.units import Unit, article_units
from index.models import Article, Policy

_KEPT = 4
"""Corpora kept at a time: a program has one, a test some."""
_BODY = re.compile(r"(?:局|委|办|部|厅|关|会|行|署|院|部门|政府|办事处|集团)$")

_GENERIC = re.compile(r"主管|有关|相关|牵头|责任|配合|主办|部门|各")
"""What is left of 主管部门 names nobody."""


@dataclass(frozen=True)
class Corpus:
    """The documents, and what is found out about them once."""

    policies: tuple[Policy, ...]

    @staticmethod
    def of(policies: Mapping[str, Policy]) -> Corpus:
        """The same corpus for the same documents."""
        documents = tuple(policies.values())
        key = tuple(map(id, documents))
        if key not in _CORPORA:
            if len(_CORPORA) >= _KEPT:
                _CORPORA.pop(next(iter(_CORPORA)))
            _CORPORA[key] = Corpus(documents)
        return _CORPORA[key]

    @cached_property
    def by_id(self) -> dict[str, Policy]:
        """Documents by id."""
        return {policy.id: policy for policy in self.policies}

    @cached_property
    def places(self) -> PlaceFinder:
        """Finds places; knows which documents hold there."""
        return PlaceFinder(self.policies)

    @cached_property
    def titles(self) -> dict[str, tuple[str, ...]]:
        """Title or short title, in the form of looking up -> the documents called so."""
        found: dict[str, tuple[str, ...]] = {}
        for policy in self.policies:
            for title in (policy.title, policy.short_title, policy.title_en):
                if title:
                    found[compact(title)] = (*found.get(compact(title), ()), policy.id)
        return found

    @cached_property
    def texts(self) -> dict[str, str]:
        """The words of each document in the form of looking up."""
        return {policy.id: compact(policy.text) for policy in self.policies}

    @cached_property
    def bodies(self) -> re.Pattern[str]:
        """Every body that a document or the glossary names, longest first."""
        names = {department.name for policy in self.policies for article in policy.articles for department in article.departments}
        names |= {word for term in Glossary.load().terms if term.group == "bodies" for word in term.words}
        kept = sorted(
            {name for name in names if len(_GENERIC.sub("", name)) >= 2 and len(name) >= 3 and _BODY.search(name)},
            key=lambda name: (-len(name), name),
        )
        return re.compile("|".join(map(re.escape, kept)) or r"(?!)")

    @cached_property
    def modes(self) -> re.Pattern[str]:
        """Codes of business modes, standing alone."""
        codes = sorted({term.code for term in Glossary.load().terms if term.group == BUSINESS_MODES and term.code})
        return re.compile(rf"(?<![\d.,〔\[])(?:{'|'.join(codes)})(?![\d.,]|[ ]?(?:[万亿元美家个平单吨人%年]|million|yuan))")

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every sentence of every document: tells another document's figure from an invented one. Read when first needed."""
        return tuple(
            unit
            for policy in self.policies
            for article in policy.articles
            for unit in article_units(policy.id, article.label, article.text)
        )

    def versions(self, policies: tuple[str, ...], year: int) -> tuple[str, ...]:
        """Those of the documents that the year names: it is in their title, or they were issued in it."""
        return tuple(policy for policy in policies if _is_of(self.by_id[policy], year))

    @cached_property
    def _labels(self) -> dict[tuple[str, str], list[Article]]:
        found: dict[tuple[str, str], list[Article]] = {}
        for policy in self.policies:
            for article in policy.articles:
                if article.label:
                    for name in dict.fromkeys((_bare(article.label), article.path[-1] if article.path else "")):
                        found.setdefault((policy.id, name), []).append(article)
        return found

    def articles(self, policies: tuple[str, ...], label: str) -> list[tuple[str, Article]]:
        """The articles of these documents that a label names, whole (三（三）1) or by its last part (（三））."""
        wanted = _bare(label)
        return [(policy, article) for policy in policies for article in self._labels.get((policy, wanted), ())]


_CORPORA: dict[tuple[int, ...], Corpus] = {}


def _is_of(policy: Policy, year: int) -> bool:
    if str(year) in f"{policy.title}{policy.short_title}{policy.document_number}":
        return True
    return bool(policy.issued.value and policy.issued.value.year == year)


def _bare(label: str) -> str:
    inner = re.fullmatch(r"[（(]([^（）()]+)[）)]", label)
    return inner[1] if inner else label.replace("(", "（").replace(")", "）")
