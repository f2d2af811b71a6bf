"""One promise as found in the text, before it becomes a rule: its pieces, and the figures with their roles.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> draft = read_drafts(read_sentences("对甲企业，给予最高5万元奖励。"))[0]
>>> [piece.text for piece in draft.head], [quantity.text for quantity in draft.amounts]
(['对甲企业'], ['5万元'])
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from assistant.rules.extraction.clauses import Piece, Sentence
from assistant.rules.extraction.roles import Series, of_excess
from index.models import Quantity


@dataclass(slots=True)
class Draft:
    """One promise as found: pieces of text with the roles of their figures."""

    sentence: Sentence
    head: list[Piece] = field(default_factory=list)
    """Pieces that say for whom and under what: before the grant, inherited ones first."""
    body: list[Piece] = field(default_factory=list)
    """Pieces with the grant and its caps."""
    conditions: list[Series] = field(default_factory=list)
    grants: list[Series] = field(default_factory=list)
    caps: list[Series] = field(default_factory=list)
    limits: list[Series] = field(default_factory=list)
    """What bounds a count, an area or a time: 补贴面积不超过500平方米."""
    each: list[Series] = field(default_factory=list)
    increase: tuple[Series, Series] | None = None
    """每增加1亿元，另给予10万元 behind a threshold: what is counted, and what each step of it adds to the grant."""
    priced: bool = False
    """Prices of several things in one clause: 申请费资助1000元/件，获得授权后资助8000元/件."""
    tiers: list[tuple[Series | None, Series]] = field(default_factory=list)
    """Condition and grant of each step where they stand in clauses of their own."""
    needs: list[tuple[Series, ...]] = field(default_factory=list)
    """What each step asks for besides the condition in `tiers`."""
    names: list[str] = field(default_factory=list)
    """What the steps are called, where their clauses say so."""
    beyond: list[bool] = field(default_factory=list)
    """Of each step: whether it is of the part above its threshold only (超过部分, 5000万元以上部分)."""
    payments: tuple[Decimal, ...] = ()
    """The shares in which it is paid, year by year."""
    measured: str = ""
    """What the lead says is measured, where the figures are bare."""
    soft: bool = False
    """A grant without a figure stands before the cap (再给予相同额度奖励，每年最高200万元)."""
    beneficiary_from: str = ""
    """Words of an earlier sentence or heading, where the draft names nobody."""
    topics: tuple[str, ...] = ()
    """Heading of the article, words that encourage before the grant, headings above: nearest first."""
    before: list[Piece] = field(default_factory=list)
    """Pieces of an earlier sentence whose conditions hold for it too."""
    of_kind: str = ""
    """The kind of thing its ceiling is for, where the text sets one for each kind."""
    above: str = ""
    """Heading of the article it is an item of."""
    fuller: str = ""
    """What the grant before calls the thing that this one names shortly: 省级跨境电商产业园区 …；国家级园区."""
    instead: bool = False
    """It is the other of two cases for which the same is given."""
    announced: Sentence | None = None
    """The sentence before that promises what this one puts into figures: …按纳税额分档给予奖励。达到300万元的，奖励50万元；…"""
    run_in: str = ""
    """Heading in the running text: （3）投资专项奖励：…"""

    @property
    def excess(self) -> bool:
        """Whether its last grant is of what exceeds a threshold only, and the threshold is there."""
        last = self.grants[-1]
        return of_excess(last) and any(s.unit == "CNY" or s.unit == last.unit or "/" not in s.unit for s in self.conditions)

    @property
    def amounts(self) -> list[Quantity]:
        """All granted figures in order; of a range (20-200万元) the upper end, which is the most that is given."""
        return [q for series in self.grants for q in (series.quantities[-1:] if series.is_range else series.quantities)]

    @property
    def least(self) -> Quantity | None:
        """The lower end of a range, where one range is all that is granted."""
        single = len(self.grants) == 1 and self.grants[0].is_range
        return self.grants[0].quantities[0] if single else None

    @property
    def start(self) -> int:
        """Offset of its first piece in the flat article."""
        return min(piece.start for piece in (*self.head, *self.body))

    @property
    def end(self) -> int:
        """End of its last piece."""
        return max(piece.end for piece in (*self.head, *self.body))

    @property
    def own_start(self) -> int:
        """Offset of the first piece with the grant itself."""
        return min(piece.start for piece in self.body)

    @property
    def pieces(self) -> list[Piece]:
        """Head and body in the order of the text, each once."""
        return sorted({piece.start: piece for piece in (*self.head, *self.body)}.values(), key=lambda piece: piece.start)

    @property
    def text(self) -> str:
        """Its words, in order."""
        return "，".join(piece.text for piece in self.pieces)
