"""What a rule is: a policy's promise, limit or target as data that quotes its article.

    - id: import-1210
      label: 1210业务资金支持
      article: （二）
      quote: 对开展1210业务的跨境电商企业，按照年线上交易额的2%给予资金支持，最多不超过100万元。
      kind: rate
      beneficiary: 开展1210业务的跨境电商企业
      conditions: [{is: one_of, fact: business_mode, label: 业务模式, options: ["1210"]}]
      basis: {fact: online_turnover, label: 年线上交易额, unit: CNY}
      rate: {value: "0.02", unit: ratio, bound: exact}
      caps: [{value: "1000000", unit: CNY, bound: at_most, per: year}]
      period: year

Unknown keys, floats, and figures without unit or bound are refused here; quotations that do not stand in
their article, and figures that do not stand in their quotation, are refused by the loader.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from index.models import Bound


def _no_floats(value: Any) -> Any:
    if isinstance(value, float | bool):
        raise ValueError(f'write the number in quotes: "{value}" (a float is not exact)')
    return value


Number = Annotated[Decimal, BeforeValidator(_no_floats)]


class Strict(BaseModel):
    """Base of all rule data: immutable, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleKind(StrEnum):
    """How a rule turns facts into an outcome."""

    RATE = "rate"  # basis × rate, usually capped
    REIMBURSEMENT = "reimbursement"  # the same on a cost that was paid
    LUMP_SUM = "lump_sum"  # a fixed or highest amount
    TIERS = "tiers"  # amount or rate by threshold, level or kind
    PER_UNIT = "per_unit"  # amount for each unit: m², month, person, item
    SCHEDULE = "schedule"  # amounts by year: first year, next two years
    THRESHOLD = "threshold"  # a limit with a consequence that is no money
    TAX = "tax"  # retail-import tax terms
    TARGET = "target"  # what the government plans to reach
    COMMITMENT = "commitment"  # support promised without a figure
    PROVISION = "provision"  # dates, procedure, stacking: words about the policy itself


MONEY_KINDS = frozenset({RuleKind.RATE, RuleKind.REIMBURSEMENT, RuleKind.LUMP_SUM, RuleKind.TIERS, RuleKind.PER_UNIT, RuleKind.SCHEDULE})
"""Kinds that promise a sum of money."""


class Period(StrEnum):
    """How often a rule pays."""

    ONCE = "once"
    YEAR = "year"
    MONTH = "month"
    FIRST_YEAR = "first_year"
    YEARS = "years"  # over the years of its schedule
    TRANSACTION = "transaction"
    UNSTATED = "unstated"


class Figure(Strict):
    """A number of the text: `value` in `unit` (CNY, USD, ratio, m2, CNY/m2/month …), limited by `bound`."""

    value: Number
    unit: str
    bound: Bound


class Measure(Strict):
    """A quantity a company knows about itself, and how the text names it."""

    fact: str
    """Name under which facts are given: online_turnover. The same measure has the same name in every policy."""
    label: str
    """As the text names it: 年线上交易额."""
    unit: str
    label_en: str = ""
    aliases: tuple[str, ...] = ()
    default: Number | None = None
    """Assumed, and said to be assumed, when the fact is not given: 1 project."""
    step: Number | None = None
    """In `per`: the amount is for each full step of this size (每增加1亿元); what is left over counts for nothing."""
    above: Number | None = None
    """In `per`: only what exceeds this is counted, the threshold from which an increase is meant."""
    most: Number | None = None
    """In `per`: no more than this is counted (补贴面积不超过500平方米)."""


class Compare(Strict):
    """A measure compared with a figure of the text."""

    is_: Literal["compare"] = Field(alias="is")
    fact: str
    label: str
    op: Literal[">", ">=", "<", "<=", "=="]
    value: Number
    unit: str
    label_en: str = ""
    aliases: tuple[str, ...] = ()


class OneOf(Strict):
    """A named property that must be one of the options: business mode, level of recognition, organiser."""

    is_: Literal["one_of"] = Field(alias="is")
    fact: str
    label: str
    options: tuple[str, ...]
    label_en: str = ""
    options_en: tuple[str, ...] = ()


class Confirm(Strict):
    """What the text leaves to judgement: the user must say that it holds."""

    is_: Literal["confirm"] = Field(alias="is")
    fact: str
    label: str
    """The words of the text: 正式运营."""
    label_en: str = ""
    assumed: bool = False
    """True where asking about the incentive already implies it: being a company of the kind that is meant."""
    aliases: tuple[str, ...] = ()
    """What else people say when it holds: 破零, 已对接."""


class AnyOf(Strict):
    """Alternatives: one is enough."""

    is_: Literal["any_of"] = Field(alias="is")
    of: tuple[Compare | OneOf | Confirm, ...]


Condition = Annotated[Compare | OneOf | Confirm | AnyOf, Field(discriminator="is_")]


class Cap(Strict):
    """The most that is paid, and over what: `per` year, once, total, or "years:3" (three years together)."""

    value: Number
    unit: str
    bound: Bound
    per: str
    scope: str = ""
    """For whom or what it counts: 单个企业, 每家体验店."""


class Tier(Strict):
    """What is given when `when` holds; of tiers on one measure the highest that holds counts."""

    when: Condition
    label: str = ""
    amount: Figure | None = None
    rate: Figure | None = None
    beyond: bool = False
    """It is given for the part above its threshold only, beside what the steps below give: 5000万元以上部分，奖励2%."""
    cap: Cap | None = None
    """The most this step gives: 分别按100%、70%配套，最高分别不超过500万元、300万元."""
    needs: tuple[Condition, ...] = ()
    """What this step asks for besides: 5000万元以上（仅限上市公司）."""

    @model_validator(mode="after")
    def _gives_something(self) -> Tier:
        if (self.amount is None) == (self.rate is None):
            raise ValueError("a tier gives either an amount or a rate")
        return self


class Portion(Strict):
    """One of several amounts that are added up: for each unit of the measures named, or once where none is."""

    label: str
    amount: Figure
    per: tuple[str, ...] = ()
    """Facts of the measures in the rule's `per` that it is multiplied by."""


class Step(Strict):
    """What is given in these years of support (1 is the first)."""

    years: tuple[int, ...]
    amount: Figure


class Tax(Strict):
    """Terms of a retail-import tax: within both limits `duty` and `share` of the other taxes, beyond them `beyond`."""

    value: Measure
    annual: Measure
    single_limit: Figure
    annual_limit: Figure
    duty: Figure
    share: Figure
    beyond: str
    beyond_en: str = ""


class Target(Strict):
    """A planned result: `metric` reaches `figure` by the end of `year` (or on the day `by`)."""

    metric: str
    year: int | None = None
    by: date | None = None
    by_text: str = ""
    figure: Figure | None = None
    metric_en: str = ""


class NamedFigure(Strict):
    """A figure of a provision with what it measures."""

    label: str
    figure: Figure


class Clause(Strict):
    """A sentence of the policy that governs one rule or all of them."""

    article: str | None
    quote: str


class Review(Strict):
    """Who compared the rule with the text, and when."""

    by: str
    on: date


class Rule(Strict):
    """One promise, limit, target or provision of a policy."""

    id: str
    label: str
    article: str | None
    """Label of the article, None for unlabelled text (preamble, closing paragraph)."""
    quote: str
    kind: RuleKind
    beneficiary: str
    under: Clause | None = None
    """The sentence above the item that says for whom and on what terms: （二）对…的项目，予以补助。1.…按4%；2.…按3%."""
    period: Period = Period.UNSTATED
    label_en: str = ""
    beneficiary_en: str = ""
    terms: tuple[str, ...] = ()
    """Further words people use for it, in any language."""
    conditions: tuple[Condition, ...] = ()
    basis: Measure | None = None
    rate: Figure | None = None
    amount: Figure | None = None
    per: tuple[Measure, ...] = ()
    """The amount (or a step's amount) is for each unit of these: area, months."""
    portions: tuple[Portion, ...] = ()
    """Amounts that add up under the rule's caps: 博士每人8万元、硕士每人5万元."""
    tiers: tuple[Tier, ...] = ()
    schedule: tuple[Step, ...] = ()
    caps: tuple[Cap, ...] = ()
    payments: tuple[Number, ...] = ()
    """The shares in which the sum is paid out, year by year: 分三年按40%、30%、30%的比例拨付."""
    adds_with: tuple[str, ...] = ()
    """Ids of rules the text says it may be added to (三项可叠加)."""
    excludes: tuple[str, ...] = ()
    """Ids of rules for the same matter: of these only the highest counts."""
    consequence: str = ""
    """What follows where it is no money: 可免于办理名录登记."""
    consequence_en: str = ""
    tax: Tax | None = None
    target: Target | None = None
    figures: tuple[NamedFigure, ...] = ()
    factors: str = ""
    """What the amount is weighed by without a formula: 经营实绩、纳税额."""
    review: Review | None = None
    """None: proposed by the program, not yet compared with the text by a person."""
    confidence: Number | None = None
    doubts: tuple[str, ...] = ()
    """Why the proposer is unsure."""

    @property
    def gives_money(self) -> bool:
        """Whether it promises a sum with a figure."""
        return self.kind in MONEY_KINDS

    @property
    def proof(self) -> str:
        """The words its figures must stand in: its quotation, and the sentence above the item."""
        return f"{self.quote}\n{self.under.quote}" if self.under else self.quote

    @property
    def every_cap(self) -> tuple[Cap, ...]:
        """Its caps and those of its tiers."""
        return (*self.caps, *(tier.cap for tier in self.tiers if tier.cap))

    @property
    def single_conditions(self) -> tuple[Compare | OneOf | Confirm, ...]:
        """Its conditions and those of its tiers; of alternatives each by itself."""
        several = (*self.conditions, *(part for tier in self.tiers for part in (tier.when, *tier.needs)))
        return tuple(part for condition in several for part in (condition.of if isinstance(condition, AnyOf) else (condition,)))

    @model_validator(mode="after")
    def _fits_kind(self) -> Rule:
        needs = {
            RuleKind.RATE: self.rate and self.basis,
            RuleKind.REIMBURSEMENT: self.rate and self.basis,
            RuleKind.LUMP_SUM: self.amount,
            RuleKind.TIERS: self.tiers,
            RuleKind.PER_UNIT: (self.amount or self.schedule or self.portions) and self.per,
            RuleKind.SCHEDULE: self.schedule,
            RuleKind.TAX: self.tax,
            RuleKind.TARGET: self.target,
            RuleKind.THRESHOLD: self.conditions,
        }
        if self.kind in needs and not needs[self.kind]:
            raise ValueError(f"rule {self.id}: a rule of kind {self.kind} lacks the fields of that kind")
        if any(tier.rate for tier in self.tiers) and not self.basis:
            raise ValueError(f"rule {self.id}: tiers with a rate need a basis")
        counted = {measure.fact for measure in self.per}
        if any(fact not in counted for portion in self.portions for fact in portion.per):
            raise ValueError(f"rule {self.id}: a portion counts a fact that is not among the measures of per")
        if any(measure.step is not None and measure.step <= 0 for measure in self.per):
            raise ValueError(f"rule {self.id}: a step is more than 0")
        return self


class CommonCeiling(Clause):
    """The most that several rules give together: 以上各项，单个企业每年合计不超过50万元."""

    cap: Cap
    rules: tuple[str, ...] = ()
    """Ids of the rules that share it; empty: all that give money."""


class Stacking(Strict):
    """Whether incentives add up: `highest_only` for the same matter, or `unstated`."""

    mode: Literal["highest_only", "unstated"]
    clause: Clause | None = None


class Effective(Strict):
    """The days on which the rules hold; None where the text names none. The words stand in policy.yaml."""

    from_: date | None = Field(alias="from")
    to: date | None


class RuleFile(Strict):
    """The content of one `incentives.yaml`."""

    policy: str
    effective: Effective
    stacking: Stacking
    approval: tuple[Clause, ...] = ()
    """Who decides the sum in the end, budget limits."""
    procedure: tuple[Clause, ...] = ()
    """What is written on how and when to apply."""
    ceilings: tuple[CommonCeiling, ...] = ()
    """The most that several rules give together."""
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _ids_unique(self) -> RuleFile:
        seen: set[str] = set()
        for rule in self.rules:
            if rule.id in seen:
                raise ValueError(f"rule id {rule.id} is used twice")
            seen.add(rule.id)
        return self
