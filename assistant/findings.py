"""What fits a question: rules and passages ranked once, and the questions every kind of answer puts to them.

found = Findings(context, hits)
found.chosen      # rules that together hold the topic
found.supported   # False: no rule is what is asked about
found.passages()  # sentences, best first
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from assistant.binding import fits, slots
from assistant.binding.names import bigrams, likest_plain
from assistant.compose.draft import Context
from assistant.holding import holds
from assistant.knowledge import RARE, RuleEntry, plain
from assistant.levels import levels_in, levels_of, pays_for
from assistant.rules.figures import figures_of
from assistant.rules.schema import OneOf, RuleKind
from assistant.selecting import HEADING, NAME, Passage, RuleMatch, cover, rank_articles, rank_passages, rank_rules, share
from assistant.understanding.patterns import MARKERS
from assistant.understanding.question import Ask, Question, Unit
from assistant.understanding.topic import EVERYWHERE
from assistant.understanding.versions import matter_named
from index.models import Article, Hit, Policy
from index.quantities import parse_quantities
from index.quantities.units import TIME_UNITS

SUPPORTED = 0.5
"""Share of the topic's weight that the rules or sentences found must hold: below it the documents are silent."""

SUPPORT_WORDS = re.compile(
    r"补贴|补助|奖励|扶持|资助|奖补|(?<!全力)(?<!大力)(?<!积极)(?<!重点)支持(?!多少[家个名户项人]|几[家个名户项])|奖|补|发钱|给钱|发放|(?:给|拿|领)(?:到)?(?:多少|几)|subsid|reward|support|grant|incentive|bonus|reimburs|compensat|\bfund(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
_DOCUMENT_TERMS = re.compile(
    r"有效|文号|政策|意见|措施|方案|文件|草案|印发|发布|生效|实施|执行|期限|依据|申请|申报|目标|安排|正式|截止|牵头|部门|单位|条件|材料|流程|valid|issue|effect|force|draft|document|official"
)
_SAME_TYPE = {"percentage_point": ("ratio",), "ratio": ("percentage_point",), "item": ("company",), "company": ("item",)}


_TITLE_RUN = 4
"""Characters of a title in a row that name the document."""
_WHOLE_NAME = 4
"""Characters from which on the name of a rule, found whole in a question, points at it."""
_BY_MEASURE = 0.8
"""What it counts that a figure stands behind the name of what a rule pays by."""
_OF_ALL = 0.7
"""Weight of a word that stands in the title of the document: a little more than what stands everywhere."""
_TELLING = 1.5
_SUM_OF = re.compile("(?<=.{2})(?:总额|额)$")
"""纳税520万 is a 纳税额."""
_COUNTED = frozenset({"company", "person", "time", "order", "m2"})


@lru_cache(maxsize=4096)
def _units_in(text: str) -> frozenset[str]:
    return frozenset(quantity.unit for quantity in parse_quantities(text))


class Findings:
    """Rules and passages that fit a question, found once and used by every kind of answer."""

    def __init__(self, context: Context, hits: Sequence[Hit]) -> None:
        self.context = context
        self.question: Question = context.question
        self.hits = hits
        named = [context.knowledge.policies[policy] for policy in (self.question.policies or context.knowledge.policies)]
        self.policies = sorted(named, key=lambda policy: bool(policy.superseded_by))  # of one place, the leading document first
        self.named = self._title_words()
        only = self.policies[0] if self.question.versions_named and len(self.policies) == 1 else None
        self.matter = matter_named(self.question.text, only.title) if only else ""
        self.asked = self.question.text
        """The question, without the words of the title by which the document was named if others are left that tell."""
        units = self._beyond_title(tuple(unit for unit in self.question.units if not _names_document(unit)))
        self.units = self._without_asker(self._as_telling_here(units))
        self.ranked = self._rank()
        several = bool(self.question.asks & {Ask.TOTAL, Ask.COMPARE, Ask.STACKING}) or len(self.question.thread) > 1 or self.question.adds
        self.chosen = cover(self.ranked, self.units, each=several)
        self.topics = tuple(unit for unit in self.units if unit.topic and unit.weight > EVERYWHERE)

    def _rank(self) -> list[RuleMatch]:
        prior = {(hit.chunk.policy_id, hit.chunk.label): 0.8 / hit.rank for hit in reversed(self.hits)}
        entries = self.context.knowledge.rules_of([policy.id for policy in self.policies])
        ranked = [match for match in rank_rules(entries, self.units, prior) if self._code_fits(match.entry)]
        telling = [number for number, unit in enumerate(self.units) if unit.topic and unit.weight > EVERYWHERE]
        # 一次性 alone does not make a rule one about 线下体验店
        if telling and self.about_money and not self.question.asks & {Ask.TAX, Ask.VERIFY}:
            telling += [number for number, unit in enumerate(self.units) if unit.weight >= RARE]
            ranked = [match for match in ranked if any(match.strengths[number] for number in telling)]
        if self.about_money:
            promises = [match for match in ranked if match.entry.rule.kind not in (RuleKind.TARGET, RuleKind.PROVISION)]
            ranked = promises if promises or SUPPORT_WORDS.search(self.question.text) else ranked
        ranked = self._leading(ranked)
        names = [match.entry.name for match in ranked]
        elsewhere = [unit for unit in self.units if unit.topic and any(holds(name, unit.forms) for name in names)]
        ranked = [replace(match, score=match.score + more) if (more := self._measured(match.entry)) else match for match in ranked]
        return sorted(ranked, key=lambda match: -(match.score * self._affinity(match.entry) + self._recalled(match.entry, elsewhere)))

    def _beyond_title(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """Without the words by which a document was named: in the document itself they tell nothing, unless nothing else is asked about."""
        rest = tuple(
            unit
            for unit in units
            if not any(form in self.named for form in unit.forms[:1])
            and not (self.matter and any(form in self.matter for form in unit.forms))
        )
        if not (self.named or self.matter) or not any(unit.weight >= _TELLING for unit in rest):
            return units
        self.asked = self.question.text.replace(self.named, "") if self.named else self.question.text
        return rest

    def _as_telling_here(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """Names for applicants of any kind tell little where the whole document is for them: 跨境电商企业 under 跨境电商发展措施."""
        return tuple(
            replace(unit, weight=_OF_ALL)
            if unit.weight > _OF_ALL and MARKERS["applicant"].search(unit.forms[0]) and self.in_title(unit)
            else unit
            for unit in units
        )

    def in_title(self, unit: Unit) -> bool:
        """Whether the word, or what those do whom it names, stands in the title of each document of the place named."""
        forms = tuple(MARKERS["applicant"].sub("", form) or form for form in unit.forms)
        return bool(self.question.policies) and all(holds(plain(policy.title), forms) for policy in self.policies)

    def _without_asker(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """Without what the asker only is (我们咨询公司) where no rule of the place knows it, and something else is asked about."""
        said = " ".join(match.group() for match in MARKERS["asker"].finditer(self.question.text))
        rest = tuple(unit for unit in units if not any(form in said for form in unit.forms[:1]))
        if len(rest) == len(units) or not any(unit.weight > EVERYWHERE for unit in rest):
            return units
        entries = self.context.knowledge.rules_of([policy.id for policy in self.policies])
        words = [f"{entry.name}\n{entry.core}\n{entry.quote}" for entry in entries]
        return tuple(unit for unit in units if unit in rest or any(holds(text, unit.forms) for text in words))

    def _title_words(self) -> str:
        """The words of its title by which the only document meant was named; "" if there are none."""
        title = plain(self.policies[0].title) if self.question.versions_named and len(self.policies) == 1 else ""
        run = SequenceMatcher(None, plain(self.question.text), title, autojunk=False).find_longest_match()
        return title[run.b : run.b + run.size] if run.size >= _TITLE_RUN else ""

    def _leading(self, ranked: list[RuleMatch]) -> list[RuleMatch]:
        """Without the rules of an earlier document where the later one fits nearly as well, unless a version is named."""
        if self.question.versions_named or not ranked:
            return ranked
        best: dict[str, float] = {}
        for match in ranked:
            best[match.entry.policy.id] = max(best.get(match.entry.policy.id, 0.0), match.score)
        asked = levels_in(self.question.text)
        other_levels = [match for match in ranked if asked and not pays_for([match.entry.rule], self.question.text)]
        older = {policy for match in other_levels for policy in match.entry.policy.supersedes}
        only_there = [match for match in ranked if match.entry.policy.id in older and asked & levels_of(match.entry.rule)]
        if only_there:  # the later document pays for other levels only
            return [match for match in ranked if match not in other_levels or asked & levels_of(match.entry.rule)]
        return [
            match
            for match in ranked
            if not any(best.get(newer, 0.0) >= 0.7 * best[match.entry.policy.id] for newer in match.entry.policy.superseded_by)
        ]

    def _recalled(self, entry: RuleEntry, named: list[Unit]) -> float:
        """A figure of the rule that the user cites (那50万, 1亿元档) points at it."""
        focus = 2.0 if entry.key in self.question.focus else 0.0
        if all(holds(f"{entry.name}\n{entry.core}\n{entry.quote}", unit.forms) for unit in named):  # else another one is called so
            focus += _pointed_at(entry, plain(self.question.text))
        cited = {(mention.quantity.value, mention.quantity.unit) for mention in self.question.mentions}
        if not cited:
            return focus
        return focus + 0.6 * sum((value, unit) in cited or (value, "") in cited for value, unit in set(figures_of(entry.rule)))

    def _measured(self, entry: RuleEntry) -> float:
        """What it counts that a figure of the message stands behind the name of what the rule pays by, not of a side condition."""
        names = [_SUM_OF.sub("", name) for slot in slots(entry.rule) if slot.main for name in slot.names]
        told = [mention for mention in self.question.mentions if fits(mention.quantity.unit, "CNY")]
        return _BY_MEASURE if any(likest_plain(mention.before, names)[0] >= 1.0 for mention in told) else 0.0

    def _code_fits(self, entry: RuleEntry) -> bool:
        """A business mode in the question must stand in a rule that gives money."""
        modes = [condition for condition in entry.rule.conditions if isinstance(condition, OneOf) and condition.fact == "business_mode"]
        return not self.question.codes or not modes or any(code in condition.options for condition in modes for code in self.question.codes)

    def _affinity(self, entry: RuleEntry) -> float:
        rule, question = entry.rule, self.question
        value = 1.0
        if rule.kind is RuleKind.TARGET:
            wants_target = (
                Ask.TARGET in question.asks or question.wants_type in ("company", "person", "item") or Ask.DIFFERENCE in question.asks
            )
            value = 1.2 if wants_target else 0.55
            unit = rule.target.figure.unit if rule.target and rule.target.figure else None
            if unit and question.wants_type in (unit, *_SAME_TYPE.get(unit, ())):
                value *= 1.5 if question.wants_type == unit else 1.1
            if question.years and rule.target and rule.target.year and self._target_years & {*question.years}:
                value *= 1.3 if rule.target.year in question.years else 0.6
        elif rule.kind is RuleKind.PROVISION:
            value = 0.6
        elif rule.kind is RuleKind.COMMITMENT:
            value = 0.85
        elif rule.kind is RuleKind.TAX:
            value = 1.15 if Ask.TAX in question.asks else 0.8
        elif rule.gives_money and self.about_money:
            value = 1.15
        if entry.policy.superseded_by and not question.versions_named:
            value *= 0.9
        return value

    @cached_property
    def _target_years(self) -> frozenset[int]:
        """Years for which the documents at hand set targets."""
        entries = self.context.knowledge.rules_of([policy.id for policy in self.policies])
        return frozenset(entry.rule.target.year for entry in entries if entry.rule.target and entry.rule.target.year)

    @cached_property
    def after_payment(self) -> bool:
        """Whether the question is about what follows when support was paid, not about a sum: 拿了补贴以后搬走会怎样."""
        if MARKERS["duty_asked"].search(self.question.text):
            return True
        received = MARKERS["after_payment"].search(self.question.text)
        if received is None or self.question.mentions:
            return False
        return not SUPPORT_WORDS.search(self.question.text[received.end() :])

    @cached_property
    def about_money(self) -> bool:
        """Whether a sum, a rate or support is asked for, rather than a fact of the text."""
        question = self.question
        if self.after_payment:
            return False
        if question.wants_type in ("date", "department") or question.asks & {Ask.NUMBER, Ask.ISSUED, Ask.ISSUER}:
            return False
        if Ask.ENTITY in question.asks and not question.asks & {Ask.AMOUNT, Ask.RATE, Ask.CAP, Ask.TOTAL}:
            return False
        if question.asks & {Ask.RATE, Ask.CAP, Ask.BASIS, Ask.INVERSE} and Ask.TARGET not in question.asks:
            return True
        if Ask.TARGET in question.asks or Ask.DIFFERENCE in question.asks:
            return False
        return (
            bool(question.asks & {Ask.AMOUNT, Ask.TOTAL, Ask.PERIOD})
            or bool(SUPPORT_WORDS.search(self.asked))
            or any(fits(mention.quantity.unit, unit) for mention in question.mentions for unit in ("CNY", "ratio"))
        )

    @property
    def support(self) -> float:
        """Share of the topic that the chosen rules hold together; none when a business mode in the question is in none of them."""
        if not self.chosen:
            return 0.0
        together = [max(match.strengths[number] for match in self.chosen) for number in range(len(self.units))]
        if any(unit.name in self.question.codes and not strength for unit, strength in zip(self.units, together, strict=True)):
            return 0.0
        return share(self.units, together)

    @property
    def supported(self) -> bool:
        """Whether the rules found are what is asked about.

        They are when they hold most of the topic; also when the best is named by a telling word of the question and no
        word that they lack is what the support is asked for (海外仓运费补贴 asks for 运费, not for 海外仓).
        """
        if self.about_money and self._by_heading_only:
            return False
        if self.support >= SUPPORTED:
            return True
        if self.support < 0.25 or not self.about_money:
            return False
        best = self.chosen[0].strengths
        named = any(unit.topic and unit.weight >= 1.5 and strength >= NAME for unit, strength in zip(self.units, best, strict=True))
        lacking = [
            unit for number, unit in enumerate(self.units) if unit.topic and not any(match.strengths[number] for match in self.chosen)
        ]
        return named and not any(is_head(unit, self.question.text) for unit in lacking)

    @property
    def _by_heading_only(self) -> bool:
        """Whether nothing but the heading over them ties the chosen rules to the topic: not all under 物流体系 is for 物流."""
        telling = [number for number, unit in enumerate(self.units) if unit.topic and unit.weight > EVERYWHERE]
        if any(self._tied(match, number) for match in self.chosen for number in telling):
            return False
        return any(not self.in_title(self.units[number]) for number in telling)

    def _tied(self, match: RuleMatch, number: int) -> bool:
        """Whether a unit stands in the rule itself, be it in part: 项目投资 for 项目的固定资产投资."""
        strength, form = match.strengths[number], self.units[number].forms[0]
        if strength > HEADING or not strength or holds(match.entry.heading, self.units[number].forms):
            return strength > HEADING
        words, title = f"{match.entry.name}\n{match.entry.core}\n{match.entry.quote}", plain(match.entry.policy.title)
        own = [pair for pair in bigrams(form) if pair not in title]
        return 2 * sum(pair in words for pair in own) > len(own)

    @property
    def narrower(self) -> str:
        """A kind of the thing asked about (自建海外仓) that neither the chosen rules nor their articles name; "" if none."""
        articles = [plain(match.entry.article.text) for match in self.chosen]
        for number, unit in enumerate(self.units):
            heads = [other for other in self.units if other.forms == unit.head]
            known = any(match.strengths[number] for match in self.chosen) or any(holds(text, unit.forms) for text in articles)
            if heads and unit.weight > EVERYWHERE and not known:
                return unit.name + heads[0].name
        return ""

    @property
    def has_topic(self) -> bool:
        """Whether the question has words that say what it is about."""
        return bool(self.question.codes) or any(unit.weight > EVERYWHERE for unit in self.units)

    def passages(self, prefer: re.Pattern[str] | None = None) -> list[Passage]:
        """Sentences that fit, best first."""
        prior = {(hit.chunk.policy_id, hit.chunk.article): 1.2 / hit.rank for hit in reversed(self.hits)}
        entries = self.context.knowledge.articles_of([policy.id for policy in self.policies])
        ranked = rank_passages(entries, self.units, prior, prefer=prefer)
        if self.question.wants_type in _COUNTED:
            return self._with_figure_first(ranked, {self.question.wants_type}, 0.5)
        return self._with_figure_first(ranked, TIME_UNITS, 0.8) if Ask.PERIOD in self.question.asks and not prefer else ranked

    def _with_figure_first(self, ranked: list[Passage], units: Collection[str], near_enough: float) -> list[Passage]:
        """A sentence that has a figure of the kind asked for (多少场, 多少家, 多久) before one nearly as good that has none."""
        near = [passage for passage in ranked[:40] if passage.score >= near_enough * ranked[0].score]
        answering = [passage for passage in near if _units_in(passage.text) & {*units}]
        return [*answering, *(passage for passage in ranked if passage not in answering)]

    def articles(self) -> list[tuple[Policy, Article]]:
        """Articles that fit, best first."""
        prior = {(hit.chunk.policy_id, hit.chunk.article): 1.0 / hit.rank for hit in reversed(self.hits)}
        entries = self.context.knowledge.articles_of([policy.id for policy in self.policies])
        return [(entry.policy, entry.article) for _, entry in rank_articles(entries, self.units, prior)]

    def places(self) -> dict[str, list[RuleEntry]]:
        """Rules nearly as good as the best, by place."""
        groups: dict[str, list[RuleEntry]] = {}
        if not self.ranked:
            return groups
        best = self.ranked[0].score
        for match in self.ranked:
            if match.score >= 0.8 * best and match.entry.rule.kind is not RuleKind.PROVISION:
                groups.setdefault(match.entry.policy.place.name, []).append(match.entry)
        return groups


def _pointed_at(entry: RuleEntry, text: str) -> float:
    """A rule whose whole name the question has (租房补贴), or one of whose levels it names (3A物流企业)."""
    options = [bigrams(plain(option)) for tier in entry.rule.tiers if isinstance(tier.when, OneOf) for option in tier.when.options]
    shared = set[str]().union(*options).intersection(*options)
    own = [option - shared for option in options]
    named = len(options) > 1 and any(pairs & bigrams(text) for pairs in own)
    return (2.0 if len(entry.rule.label) >= _WHOLE_NAME and plain(entry.rule.label) in text else 0.0) + (1.0 if named else 0.0)


def is_head(unit: Unit, text: str) -> bool:
    """Whether support is asked for this very thing: 运费补贴, 住房奖励多少."""
    return any(
        re.search(re.escape(form) + r".{0,2}(?:补贴|补助|奖励|扶持|资助|支持|奖|补|多少|比例|上限)", text.lower()) for form in unit.forms
    )


def _names_document(unit: Unit) -> bool:
    return bool(_DOCUMENT_TERMS.search(unit.name)) and len(unit.name) <= 5
