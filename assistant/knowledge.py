"""Everything the assistant knows, laid out for matching: policies, their rules, and words of both.

    knowledge = Knowledge.load(settings)
    knowledge.rules_of(["qinhuangdao-2022-26"])[0].rule.label

Nothing here names a city or a topic: all words come from the policy folders and the glossary.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from assistant.holding import Holding
from assistant.orders import gives_orders
from assistant.rules.available import available_rules
from assistant.rules.loader import RuleSet
from assistant.rules.schema import AnyOf, Compare, Condition, Confirm, OneOf, Rule
from index.config import Settings
from index.models import Article, Policy
from index.normalise import normalise
from index.policies import load_policies
from index.yaml_files import kept_yaml

_STARS = re.compile(r"(?<![\d.])[1-9](?=星)")
_STARS_EN = re.compile(r"(?<![\d.a-z])(?P<n>[1-5]|one|two|three|four|five)[ -]stars?\b", re.IGNORECASE)
_NUMBERS_EN = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five"}
_LETTERS = re.compile("(?<![a-z0-9])a{2,5}(?=级|景区|旅游)", re.IGNORECASE)


def one_form_of_grades(text: str) -> str:
    """5星级 as 五星级, AAAA级 as 4A级, 5 star as five-star: grades are written either way."""
    text = _STARS_EN.sub(lambda match: f"{_NUMBERS_EN.get(match['n'], match['n'])}-star", text)
    text = _STARS.sub(lambda match: "零一二三四五六七八九"[int(match.group())], text)
    return _LETTERS.sub(lambda match: f"{len(match.group())}{match.group()[0]}", text)


def plain(text: str) -> str:
    """The form in which words are compared: normalised, lower case, without white space between CJK."""
    spaced = re.sub(r"\s+", " ", one_form_of_grades(normalise(text).text.lower()))
    return re.sub(r"(?<![a-z0-9]) | (?![a-z0-9])", "", spaced)


def _lines(words: Iterable[str]) -> str:
    """Each word or phrase on a line of its own, in comparable form."""
    return "\n".join(dict.fromkeys(plain(word) for word in words if word))


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule with its surroundings and the words it can be found by, from the most telling to the least."""

    policy: Policy
    rules: RuleSet
    rule: Rule
    article: Article
    name: str
    """Label and further names."""
    core: str
    """Beneficiary, measures, conditions."""
    quote: str
    heading: str

    @property
    def key(self) -> tuple[str, str]:
        """Unique over all policies."""
        return self.policy.id, self.rule.id


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article with the words it can be found by."""

    policy: Policy
    number: int
    article: Article
    heading: str
    """Of the section, the parents and the article itself."""
    own_heading: str
    text: str
    sentences: tuple[tuple[int, int, str], ...]
    """Offsets into the policy's text and comparable words of each sentence."""


Entry = TypeVar("Entry", RuleEntry, ArticleEntry)

RARE = 3.5
"""Weight of a word that few articles hold."""

_SIGN = re.compile(r"(?<![a-z\d.+])(?=[\d+]*[a-z])[a-z\d]+(?:\+[a-z\d]+)+(?![\d.+])")
_SENTENCE = re.compile(r"[^。；;\n！？!?]+[。；;！？!?]*\n*|\n+")


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a text, cut at 。；！？ and line ends; together they are the whole text."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def condition_names(condition: Condition) -> Iterable[str]:
    """All words a condition is known by."""
    match condition:
        case Compare():
            yield from (condition.label, condition.label_en, *condition.aliases)
        case OneOf():
            yield from (condition.label, condition.label_en, *condition.options, *condition.options_en)
        case Confirm():
            yield from (condition.label, condition.label_en, *condition.aliases)
        case AnyOf():
            for part in condition.of:
                yield from condition_names(part)


def _core_words(rule: Rule) -> Iterable[str]:
    yield from (rule.beneficiary, rule.beneficiary_en)
    measures = [*([rule.basis] if rule.basis else []), *rule.per, *([rule.tax.value, rule.tax.annual] if rule.tax else [])]
    for measure in measures:
        yield from (measure.label, measure.label_en, *measure.aliases)
    for condition in (*rule.conditions, *(part for tier in rule.tiers for part in (tier.when, *tier.needs))):
        yield from condition_names(condition)
    if rule.target:
        yield from (rule.target.metric, rule.target.metric_en)
    yield from (rule.consequence, rule.consequence_en)


_LONGEST_LEAD = 160


def _lead_of(policy: Policy, article: Article) -> str:
    """What an item has from the paragraph it belongs to: 对农产品加工企业，按照下列标准给予奖励：（一）…; "" for other articles."""
    above = next((other for other in policy.articles if len(article.path) > 1 and other.path == article.path[:-1]), None)
    return above.text if above and len(above.text) <= _LONGEST_LEAD else ""


_FRAME_OF_TITLE = re.compile(
    "关于|进一步|加快|促进|推进|支持|鼓励|高质量|发展|若干|实施|(?:专项|扶持|奖励|引导)?资金|奖励|扶持|管理|政策|措施|办法|意见|细则|方案|规定|通知|试行|暂行"
)


def _matter_of(title: str) -> str:
    """The words of a title that say what the document is about, each on a line."""
    return "\n".join(word for word in _FRAME_OF_TITLE.split(title) if len(word) > 1)


def _by_policy(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.policy.id, []).append(entry)
    return found


def _of(policies: Collection[str] | None, entries: Mapping[str, list[Entry]]) -> list[Entry]:
    """Entries of these policies, in the order of all."""
    wanted = entries.keys() if policies is None else set(policies)
    return [entry for policy, of_policy in entries.items() if policy in wanted for entry in of_policy]


@dataclass
class Knowledge:
    """Policies, rules and their words."""

    policies: dict[str, Policy]
    rulesets: dict[str, RuleSet]
    problems: list[str] = field(default_factory=list)
    """Folders and files that could not be used, each with the remedy."""

    @classmethod
    def load(cls, settings: Settings) -> Knowledge:
        """Read all policy folders; what cannot be used is reported in `problems` and left out."""
        read = kept_yaml(settings)
        policies, problems = load_policies(settings.policies, read)
        notes = [str(problem) for problem in problems]
        rulesets, broken = available_rules(policies, settings.policies, read)
        return cls({policy.id: policy for policy in policies}, rulesets, [*notes, *broken])

    @cached_property
    def entries(self) -> tuple[RuleEntry, ...]:
        """All rules of all policies."""
        return tuple(entry for rules in self.rulesets.values() for entry in self._entries_of(rules))

    def _entries_of(self, rules: RuleSet) -> Iterable[RuleEntry]:
        policy = rules.policy
        for rule in rules.rules:
            article = rules.article(rule)
            yield RuleEntry(
                policy=policy,
                rules=rules,
                rule=rule,
                article=article,
                name=_lines((rule.label, rule.label_en, *rule.terms)),
                core=_lines(_core_words(rule)),
                quote=plain(rule.proof),
                heading=_lines((article.section, *article.parents, article.heading, _lead_of(policy, article), _matter_of(policy.title))),
            )

    @cached_property
    def articles(self) -> tuple[ArticleEntry, ...]:
        """All articles of all policies."""
        return tuple(
            ArticleEntry(
                policy,
                number,
                article,
                _lines((article.section, *article.parents, article.heading)),
                plain(article.heading),
                plain(article.text),
                tuple(
                    (article.start + a, article.start + b, plain(article.text[a:b]))
                    for a, b in sentences(article.text)
                    if not gives_orders(article.text[a:b])
                ),
            )
            for policy in self.policies.values()
            for number, article in enumerate(policy.articles)
        )

    def rules_of(self, policies: Collection[str] | None = None) -> list[RuleEntry]:
        """Rules of these policies, or all."""
        return _of(policies, self._entries_by_policy)

    def articles_of(self, policies: Collection[str] | None = None) -> list[ArticleEntry]:
        """Articles of these policies, or all."""
        return _of(policies, self._articles_by_policy)

    @cached_property
    def _entries_by_policy(self) -> dict[str, list[RuleEntry]]:
        return _by_policy(self.entries)

    @cached_property
    def _articles_by_policy(self) -> dict[str, list[ArticleEntry]]:
        return _by_policy(self.articles)

    @cached_property
    def _weights(self) -> dict[tuple[str, ...], float]:
        return {}

    @cached_property
    def _texts(self) -> Holding:
        return Holding(entry.text for entry in self.articles)

    @cached_property
    def _headings(self) -> Holding:
        return Holding(entry.heading for entry in self.articles)

    def mentions(self, forms: tuple[str, ...]) -> bool:
        """Whether any article holds one of these words."""
        return any(self._texts.of(form) for form in forms)

    def signs(self, text: str) -> list[tuple[int, int]]:
        """Spans of signs made of figures and letters that some article holds (3+3+N): names, not figures."""
        return [match.span() for match in _SIGN.finditer(text.lower()) if self.mentions((match.group(),))]

    def weight(self, forms: tuple[str, ...]) -> float:
        """How telling a word is: the logarithm of how few articles hold it (0.1 for one that most hold)."""
        known = self._weights.get(forms)
        if known is None:
            found = set().union(*(texts.of(form) for form in forms for texts in (self._texts, self._headings)))
            known = max(0.1, math.log((len(self.articles) + 1) / (len(found) + 0.5)))
            self._weights[forms] = known
        return known

    @cached_property
    def rare(self) -> float:
        """From which weight on a word is one that few articles hold: at most two, where there are but few documents."""
        return min(RARE, math.log((len(self.articles) + 1) / 2.5))

    @cached_property
    def quoted_names(self) -> frozenset[str]:
        """Longer phrases that an article puts in quotation marks: names of its own (“两平台六体系”), wherever a question has them."""
        names = (name for entry in self.articles for name in re.findall(r"[“\"「]([^”\"」，。,.]{4,12})[”\"」]", entry.text))
        return frozenset(name for name in names if not name.isascii() and self.weight((name,)) >= RARE)

    @cached_property
    def rule_words(self) -> frozenset[str]:
        """Names of measures, levels and incentives in the rules themselves: what a new policy brings of its own."""
        words: set[str] = set()
        for entry in self.entries:
            for text in (entry.name, entry.core):
                words.update(word for word in text.split("\n") if 2 <= len(word) <= 12 and not word.isascii())
            words.update(match for match in re.findall(r"[“\"「]([^”\"」]{2,10})[”\"」]", entry.rule.quote))
        return frozenset(words)
