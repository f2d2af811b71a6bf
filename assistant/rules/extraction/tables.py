"""Tables of steps that came through as lines: a threshold, level or kind, then what is given.

    年度进出口额 奖励金额
    1000万元（含）-5000万元 10万元
    5000万元（含）以上 30万元

>>> [(row.when, row.given) for row in find_tables("奖励如下：\\n进出口额 金额\\n1000万元以上 5万元\\n1亿元以上 20万元\\n")[0].rows]
[('1000万元以上', '5万元'), ('1亿元以上', '20万元')]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.conditions import compare, one_of
from assistant.rules.extraction.confidence import confidence_of
from assistant.rules.extraction.naming import short_label
from assistant.rules.extraction.quoting import Source
from assistant.rules.extraction.steps import choice_of, levels_of
from assistant.rules.extraction.terms import figure, measure
from assistant.rules.quotes import unquoted
from assistant.rules.schema import Period, Rule, RuleKind, Tier
from index.models import Quantity
from index.quantities.parser import parse_quantities

_ROW = re.compile(
    r"[ \t\u3000]*(?:\d{1,2}[ \t\u3000]+)?(?P<when>[^。；\n]{1,40}?)[ \t\u3000|｜]+"
    r"(?P<given>(?:最高|不超过)?\d[\d,.]*[ ]?(?:[千百]?万|亿)?(?:元|美元)|\d[\d.]*[ ]?[%％])[ \t\u3000]*"
)
_FEWEST_ROWS = 2
_LONGEST_HEADER = 30
_LEAD = re.compile(r"(?:对于?|凡)?(?P<who>[^，；。：\n]{2,60}?)(?:达到|按照?|给予|予以|实行|分别|，|：|$)")
_MEASURED = re.compile(r"额|量|积|数|率|收入|产值|规模|资本|投资|税收|贡献|营收|利润")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its first cells, and its last."""

    when: str
    given: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in a row, the line of column names above them, and the sentence that leads in; offsets in the article."""

    lead: str
    header: str
    rows: tuple[Row, ...]
    start: int
    end: int


def find_tables(text: str) -> list[Table]:
    """Runs of at least two lines that end in a sum or a share and hold no sentence."""
    lines = [(match.start(), match.group()) for match in re.finditer(r"[^\n]+", text) if match.group().strip()]
    tables: list[Table] = []
    run: list[tuple[int, Row]] = []
    for number, (_, line) in enumerate([*lines, (len(text), "")]):
        match = _ROW.fullmatch(line)
        if match:
            run.append((number, Row(match["when"].strip(), match["given"])))
            continue
        if len(run) >= _FEWEST_ROWS:
            tables.append(_table(lines, run))
        run = []
    return tables


def _table(lines: list[tuple[int, str]], run: list[tuple[int, Row]]) -> Table:
    first = run[0][0]
    above = [line.strip() for _, line in lines[:first]]
    header = above[-1] if above and len(above[-1]) <= _LONGEST_HEADER and not re.search(r"[\d。；：，:]", above[-1]) else ""
    begin = first - (1 if header else 0)
    lead = above[begin - 1] if begin else ""
    start = lines[begin - 1][0] if lead else lines[begin][0]
    last, words = lines[run[-1][0]]
    return Table(lead, header, tuple(row for _, row in run), start, last + len(words.rstrip()))


def flat_span(source: Source, table: Table) -> tuple[int, int]:
    """Where the table stands in the flattened article."""
    return bisect_left(source.flat.origin, table.start), bisect_left(source.flat.origin, table.end)


def rules(source: Source) -> Iterator[Rule]:
    """One rule of steps for each table of the article."""
    for table in find_tables(source.article.text):
        rule = _rule(source, table)
        if rule and not unquoted(rule):
            yield rule


def _rule(source: Source, table: Table) -> Rule | None:
    lead = re.sub(r"^[ \t\u3000]*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．][ \t\u3000]*", "", table.lead)
    given = [parse_quantities(row.given)[:1] for row in table.rows]
    if not all(given) or not (p.SOFT_GRANT.search(lead) or p.PROMISING.search(table.header + source.article.heading)):
        return None
    figures = [found[0] for found in given]
    rated = figures[0].unit == "ratio"
    steps = _steps(table, lead, figures)
    who = match["who"] if (match := _LEAD.match(lead)) else ""
    doubts = ["由表格读出，请对照原文核对各档"]
    if rated:
        doubts.append("没有找到按什么计算")
    try:
        return Rule(
            id="proposed",
            label=short_label(who, table.header or lead, topics=(source.article.heading, *reversed(source.article.parents[1:]))),
            article=source.article.label,
            quote=re.sub(r"\s*\n\s*", " ", source.article.text[table.start : table.end]).strip(),
            kind=RuleKind.TIERS,
            beneficiary=(
                match["who"] if (match := re.match(r"(?:对于?|凡)(?P<who>[^，；。：]+?的[^，；。：]{2,8}?)(?:给予|予以|按)", lead)) else ""
            )
            or "符合条件的申报主体",
            period=Period.YEAR if re.search("年", table.header + lead) else Period.UNSTATED,
            basis=measure(_basis(lead), "CNY") if rated else None,
            tiers=tuple(steps),
            confidence=confidence_of(doubts),
            doubts=tuple(doubts),
        )
    except ValidationError:
        return None


def _basis(lead: str) -> str:
    found = re.search(r"按(?:照|其)?(?P<what>[^，；。：]{2,20}?)的?(?:以下|下列|一定|相应)", lead)
    return found["what"] if found else "核定金额"


def _steps(table: Table, lead: str, figures: list[Quantity]) -> Iterator[Tier]:
    label = _measure(table, lead)
    whens = [parse_quantities(row.when) for row in table.rows]
    names = [row.when for row in table.rows]
    chosen = levels_of(names) or names
    for row, name, found, given in zip(table.rows, chosen, whens, figures, strict=True):
        measured = found and (found[0].unit or label)
        when = compare(found[0], label or "数额") if measured and all(whens) else one_of(*choice_of(chosen), (name,))
        amount = figure(given)
        yield Tier(
            when=when, label=row.when, rate=amount if amount.unit == "ratio" else None, amount=None if amount.unit == "ratio" else amount
        )


def _measure(table: Table, lead: str) -> str:
    """What the first column measures: its name, else what the lead says is reached (进出口额达到以下标准)."""
    column = re.split(r"[ \t\u3000|｜]+", table.header)[0] if table.header else ""
    if _MEASURED.search(column):
        return re.sub(r"（[^）]*）|\([^)]*\)", "", column)
    reached = re.search(r"(?:对于?)?(?P<what>[\u4e00-\u9fff]{2,20}?)(?:达到|符合|按)(?:以下|下列|如下)", lead)
    return reached["what"] if reached else column
