"""Whether a figure is proven: by a unit of the evidence under the same place, of the same matter, with the same unit and bound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from assistant.verification.comparing import REASONS, against, is_goal, proves, same_figure
from assistant.verification.corpus import Corpus
from assistant.verification.figures import Figure
from assistant.verification.forms import tokens
from assistant.verification.models import Evidence, Verdict
from assistant.verification.reading import Reading, read
from assistant.verification.reasons import flawed, proven
from assistant.verification.scope import Scope
from assistant.verification.sums import Sum
from assistant.verification.units import Kind, Telling, Unit, combinable, units_of
from assistant.verification.words import WORDS
from index.models import Bound
from index.quantities.units import CURRENCIES, TIME_UNITS

_SAME_MATTER = 0.6
"""A figure's unit must share this much of what the most fitting unit shares with the words around the figure."""
_OPENED = re.compile(r"[“\"]-?\Z")
_GAP = "gap:missing"
_SUBTRACTS = re.compile(r"[−-] *\d")
_CENT = Decimal("0.01")
_CALENDAR = {("month", Decimal(12)), ("quarter", Decimal(4))}
"""What a year has."""
_LONG = 14
_IN_COMMON = 0.2
"""A sentence of many words shares so many of them with what proves it."""
_IN_CONTEXT = 0.35
"""The same, where the words around the figure tell nothing and those of the sentences before must do."""
_TELLING = 3.0
"""Words that tell less than this need those of the sentence before."""


@dataclass
class Around:
    """The words around a figure, that tell of what it is."""

    words: frozenset[str]
    """Near it."""
    whole: frozenset[str]
    """Of the whole part of the sentence."""
    before: Sequence[str]
    """The statements before, in plain words: they count where `words` tell nothing."""

    @cached_property
    def context(self) -> frozenset[str]:
        """The words of the sentence and of those before."""
        return self.whole.union(*map(tokens, self.before))


@dataclass
class Prover:
    """The evidence laid out for looking figures up."""

    evidence: Evidence
    corpus: Corpus
    units: tuple[Unit, ...]
    telling: Telling
    said: Reading
    worked: list[tuple[Decimal, str, Bound | None, str]] = field(default_factory=list)
    """Results of the draft's own arithmetic that holds: value, unit, bound (None: any), the words."""
    _units_within: dict[Scope, list[Unit]] = field(default_factory=dict)

    @staticmethod
    def of(evidence: Evidence) -> Prover:
        """Lay out the evidence."""
        units = units_of(evidence)
        return Prover(evidence, Corpus.of(evidence.policies), units, Telling.of(units), read(evidence.said))

    @cached_property
    def cited(self) -> set[tuple[str, str | None]]:
        """Document and label of each article of the evidence."""
        return {(unit.policy, unit.article) for unit in self.units}

    @cached_property
    def rules(self) -> dict[tuple[str, str], str | None]:
        """Each rule of the evidence with the label of the article it stands in."""
        return {(unit.policy, unit.rule): unit.article for unit in self.units if unit.rule}

    def figure(
        self,
        figure: Figure,
        plain: str,
        scope: Scope,
        around: Around,
        *,
        in_sum: bool = False,
    ) -> Verdict:
        """The verdict on one figure.

        Args:
            figure: As read from the draft.
            plain: The words of the statement it stands in.
            scope: What it is about.
            around: The words that tell the matter.
            in_sum: It is part of arithmetic, where ceilings are written without the word.
        """
        denied = WORDS["denied"].search(plain[max(0, figure.start - 20) : figure.start])
        if denied:
            return self._denied(figure, scope)
        is_needed = WORDS["needed"].search(plain) is not None
        if verdict := self._own_fact(figure, plain, in_sum=in_sum or is_needed):
            return verdict
        if verdict := self._worked_out(figure):
            return verdict
        if (words_of_sum := self._of_ceilings(figure, plain, scope)) is not None:
            return proven(figure.text, words_of_sum)
        if in_sum and (figure.unit, figure.value) in _CALENDAR:
            return proven(figure.text, "calendar")
        here = self.within(scope)
        if not figure.unit and (dated := next((unit for unit in here if figure.text.isdigit() and int(figure.text) in unit.years), None)):
            return proven(figure.text, dated.named())
        if WORDS["steps"].match(plain):
            here = [unit for unit in here if unit.kind is Kind.CALCULATION] or here
        if is_needed and (rate := self._reaches(figure, here)):
            return proven(figure.text, f"calculation: {figure.text} × {rate}")
        holding = [(reason, unit) for unit in here if (reason := against(figure, plain, unit, around.words)) is not None]
        if in_sum and (held := next((unit for reason, unit in holding if reason in ("", "bound", "cut")), None)):
            return proven(figure.text, held.named())
        good = [unit for reason, unit in holding if not reason]
        if good:
            fitting = self._of_this_matter(good, here, around, named=bool(scope.label or scope.rules))
            if fitting:
                return proven(figure.text, fitting.named())
            return flawed("other_measure", figure.text, good[0].named())
        if not holding and (verdict := self._worked_out(replace(figure, periods=frozenset(), belongs=frozenset()))):
            return verdict
        if scope.rules and (unit := self._of_other_rule(figure, plain, scope, around.words)):
            return proven(figure.text, unit.named())
        return self._why_not(figure, plain, scope, holding)

    def _of_other_rule(self, figure: Figure, plain: str, scope: Scope, words: frozenset[str]) -> Unit | None:
        """A rule was named, but the words around the figure fit another one best: 3年支持期内，龙头企业达到5家."""
        here = self.within(scope._replace(rules=frozenset()))
        named = [unit for unit in self.within(scope) if unit.kind is Kind.RULE]
        if self.telling.weight(words) < _TELLING or any(f.unit == figure.unit for unit in named for f in unit.figures):
            return None
        best = max(here, key=lambda unit: self.telling.weight(words & unit.tokens), default=None)
        return best if best and proves(figure, plain, best) else None

    def within(self, scope: Scope) -> list[Unit]:
        """The units that speak of what a statement is about."""
        if scope not in self._units_within:
            self._units_within[scope] = self._find_within(scope)
        return self._units_within[scope]

    def _find_within(self, scope: Scope) -> list[Unit]:
        units = [unit for unit in self.units if not scope.policies or unit.policy in scope.policies]
        if scope.label:
            labels = {article.label for _, article in self.corpus.articles(scope.policies or tuple(self.corpus.by_id), scope.label)}
            units = [unit for unit in units if unit.article in labels]
        if scope.rules:
            named = [unit for unit in units if (unit.policy, unit.rule) in scope.rules]
            quotes = [unit.compact for unit in named if unit.kind is Kind.RULE]
            units = named + [u for u in units if not u.rule and any(u.compact[:60] in q or _holds(u, q) for q in quotes)]
        return units

    def _denied(self, figure: Figure, scope: Scope) -> Verdict:
        """文件写的不是100万元: right when the evidence does not hold it."""
        holding = next((u for u in self.within(scope) if any(same_figure(figure, known) and not known.cut for known in u.figures)), None)
        if holding and not self._is_said(figure):
            return flawed("polarity", figure.text, holding.named())
        return proven(figure.text, "question")

    def _own_fact(self, figure: Figure, plain: str, *, in_sum: bool) -> Verdict | None:
        """The user's own figure, unless the statement gives it for something the document grants."""
        if not self._is_said(figure) or _GAP in figure.belongs:
            return None  # 还差500万元 is worked out, not said
        clause = plain[max(0, figure.start - 24) : figure.start]
        clause = re.split(r"[，。；,;：（(]", clause)[-1] if not WORDS["own_facts"].search(clause) else clause
        after = plain[figure.end : figure.end + 8]
        if figure.approximate and not any(f.approximate and same_figure(figure, f) for f in self.said.figures):
            return None
        if (
            figure.bound is not Bound.EXACT
            and not is_goal(figure, plain)
            and not any(figure.bound is f.bound and same_figure(figure, f) for f in self.said.figures)
        ):
            return None
        if WORDS["own_facts"].search(clause):
            return proven(figure.text, "question")
        if (
            WORDS["grants"].search(clause)
            or WORDS["of_document"].search(clause)
            or re.match(r"的?(?:一次性)?(?:资金|专项)?(?:支持|奖励|补贴|补助|扶持|资助)", after)
        ):
            return None
        # Said of the same thing, or put into a sum; a bare figure behind a colon is what the answer gives.
        cited = _OPENED.search(plain[: figure.start]) and plain[figure.end : figure.end + 1] in ("”", '"')  # “-3000万元”不是可以计算的数值
        spoken = in_sum or cited or bool(tokens(clause) & self.said.tokens) or figure.unit in TIME_UNITS
        return proven(figure.text, "question") if spoken else None

    def _is_said(self, figure: Figure) -> bool:
        foreign = figure.unit in CURRENCIES - {"CNY"}
        return any(same_figure(figure, known) and not (foreign and not known.unit) for known in self.said.figures)

    def _of_ceilings(self, figure: Figure, plain: str, scope: Scope) -> str | None:
        """三项可叠加，合计最高50万元: the ceilings that the text lets be combined, all of them or those that are named, make this sum."""
        if figure.unit not in CURRENCIES or figure.bound is not Bound.AT_MOST or not WORDS["totals"].search(plain, 0, figure.start):
            return None
        for run in combinable(unit for unit in self.within(scope) if unit.kind is Kind.ARTICLE):
            ceilings = [f for unit in run for f in unit.figures if f.unit == figure.unit and f.bound is Bound.AT_MOST]
            common = frozenset[str]().union(*(a.near & b.near for a, b in pairwise(ceilings)))
            chosen = [f for f in ceilings if (f.near - common) & tokens(plain)]
            for parts in (chosen, ceilings) if len(chosen) > 1 else (ceilings,):
                if len(parts) > 1 and sum(f.value for f in parts) == figure.value:
                    return f"calculation: {' + '.join(f.text for f in parts)} = {figure.text}"
        return None

    def _worked_out(self, figure: Figure) -> Verdict | None:
        if figure.approximate or figure.periods or figure.belongs - {_GAP}:
            return None
        for value, unit, bound, words in self.worked:
            if _GAP in figure.belongs and not _SUBTRACTS.search(words):
                continue
            if value == figure.value and unit.split("/")[0] == figure.unit.split("/")[0] and bound in (None, figure.bound):
                return proven(figure.text, f"calculation: {words}")
        return None

    def _reaches(self, figure: Figure, here: Sequence[Unit]) -> str:
        """要达到300万元，至少需要3亿元: the figure times a rate is a sum of the evidence or the question."""
        if figure.unit not in CURRENCIES or figure.approximate:
            return ""
        sums_known = {f.value for f in (*self.said.figures, *(f for unit in here for f in unit.figures)) if f.unit in CURRENCIES}
        rates = [f for unit in here for f in unit.figures if f.unit == "ratio"]
        products = ((rate, figure.value * rate.value) for rate in rates if rate.value != 1)
        # What does not come out even is rounded up to the cent.
        return next((rate.text for rate, product in products if any(0 <= product - known < _CENT * rate.value for known in sums_known)), "")

    def _of_this_matter(self, good: Sequence[Unit], here: Sequence[Unit], around: Around, *, named: bool) -> Unit | None:
        """The unit, of those that hold the figure, that the words around the figure fit, or nearly so."""
        words, whole, share = around.words, around.whole, _SAME_MATTER
        if self.telling.weight(words) < _TELLING:
            if named:
                return good[0]  # a cell of a table: article or rule are said, and nothing else
            words, share = words | around.context, _IN_CONTEXT
        scores = {id(unit): self.telling.weight(words & unit.tokens) for unit in here}
        best = max(scores.values(), default=0.0)
        chosen = max(good, key=lambda unit: scores.get(id(unit), 0.0))
        if len(whole) >= _LONG and len(whole & chosen.tokens) < _IN_COMMON * len(whole):
            return None
        return chosen if scores.get(id(chosen), 0.0) >= share * best else None

    def _why_not(self, figure: Figure, plain: str, scope: Scope, holding: Sequence[tuple[str, Unit]]) -> Verdict:
        reason, near = min(holding, key=lambda pair: REASONS.index(pair[0]), default=("", None))
        if near and reason != "unit":
            return flawed(reason, figure.text, near.named())
        if scope.label or scope.rules:
            wider = [u for u in self.units if (not scope.policies or u.policy in scope.policies) and proves(figure, plain, u)]
            if wider:
                return flawed("other_article" if scope.label else "other_measure", figure.text, wider[0].named())
        if scope.policies:
            others = [
                unit for unit in (*self.units, *self.corpus.units) if unit.policy not in scope.policies and proves(figure, plain, unit)
            ]
            if others:
                return flawed("place", figure.text, others[0].named(), other=self.corpus.by_id[others[0].policy].place.name)
        if near:
            return flawed("unit", figure.text, near.named())
        return flawed("unknown_figure", figure.text)

    def take(self, sum_: Sum) -> None:
        """Keep the result of arithmetic that holds: a sum of ceilings is a ceiling, as is a share that is one."""
        own = [
            f for unit in self.units if unit.kind is Kind.CALCULATION for f in unit.figures if not f.text and same_figure(sum_.result, f)
        ]
        limited = any(self._is_ceiling(part) for part in sum_.parts if not self._is_said(part))
        bound: Bound | None = own[0].bound if own else Bound.AT_MOST if limited else Bound.EXACT
        if self._is_cut(sum_):
            return
        if limited and sum_.subtracts and not own:
            bound = None  # how far two ceilings lie apart is no ceiling, what is left of one is
        self.worked.append((sum_.result.value, sum_.result.unit, bound, sum_.words))

    def take_working(self, step: Reading) -> None:
        """Keep what a step counts and lasts (6个月, 2家); its sums of money come of the draft's arithmetic, where a ceiling stays one."""
        for figure in step.figures:
            if figure.unit.split("/")[0] not in CURRENCIES:
                self.worked.append((figure.value, figure.unit, figure.bound, step.text))

    def _is_cut(self, sum_: Sum) -> bool:
        """The product of a rate is no result where a ceiling stands below it: in a calculation, or in every rule with that rate."""
        if any(f.cut and same_figure(sum_.result, f) for unit in self.units for f in unit.figures):
            return True
        rates = {part.value for part in sum_.parts if part.unit == "ratio"}
        rules = [
            unit for unit in self.units if unit.kind is Kind.RULE and any(f.unit == "ratio" and f.value in rates for f in unit.figures)
        ]
        caps = [[f.value for f in u.figures if f.unit == sum_.result.unit and f.bound is Bound.AT_MOST] for u in rules]
        return bool(caps) and sum_.result.unit in CURRENCIES and all(own and max(own) < sum_.result.value for own in caps)

    def _results_like(self, figure: Figure) -> list[Figure]:
        """The results of calculations that are this figure."""
        calculations = (unit for unit in self.units if unit.kind is Kind.CALCULATION)
        return [known for unit in calculations for known in unit.figures if not known.text and same_figure(figure, known)]

    def _is_ceiling(self, part: Figure) -> bool:
        """A part of a sum is a ceiling where a calculation of it says so, else where the articles never state it without the word."""
        if results := self._results_like(part):
            return any(f.bound is Bound.AT_MOST for f in results)
        stated = [f for unit in self.units if unit.kind is not Kind.CALCULATION for f in unit.figures if same_figure(part, f)]
        return bool(stated) and all(f.bound is Bound.AT_MOST for f in stated)


def _holds(unit: Unit, quote: str) -> bool:
    """Whether a sentence of the article holds the rule's quotation, or is part of it."""
    return quote[:40] in unit.compact
