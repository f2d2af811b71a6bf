"""Targets: what the government plans to reach, by which year, with or without a figure.

    >>> [(r.target.year, r.target.metric, r.target.figure.value) for r in rules(source, [])]     # doctest: +SKIP
    [(2027, '跨境电商出口品牌', Decimal('10'))]

A figure is a target where a verb of planning (培育, 打造, 达到 …) governs it and it does not describe something else
(年销售额1000万元以上的网商). A dated duty without figure (2019年底前完成搭建) is a target without figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Clause, Piece, Sentence
from assistant.rules.extraction.confidence import confidence_of
from assistant.rules.extraction.quoting import Source
from assistant.rules.extraction.roles import is_money
from assistant.rules.extraction.terms import figure
from assistant.rules.quotes import find_quote
from assistant.rules.schema import NamedFigure, Rule, RuleKind, Target
from index.models import ArticleKind, Bound, DateMention, Quantity
from index.quantities.dates import parse_dates

_COUNTED = frozenset(
    {"item", "company", "person", "person_time", "time", "order", "ton", "TEU", "m2", "ratio", "times", "km", "percentage_point", "mu"}
)
_DESCRIBES = re.compile(r"^(?:以上|以下|左右|及以上|以内)?的(?![\s，；。]|$)(?!目标)")
_CONDITIONAL = re.compile(r"^(?:对于?|凡|如|按照?|根据|依据|为|参照|其中|给予|超过.{0,12}的$|符合)|的$|(?:企业|单位|机构)可")
_VERB_LEFT = re.compile(rf"(?:{p.TARGET_VERB.pattern})(?!期|率|面|标准)[^，；。]*$")
_REACH = re.compile(r"(?:达到?|突破|超过?|逾|不少于|不低于|实现|增长|降低到?|降至|提高到?|提升到?|占[^，；。]{0,24})(?:约)?$")
_VERB_HEAD = re.compile(
    r"^(?:到|至|力争|争取|每年|年内|其中|并|重点|在?全市(?:范围内)?(?=培育|建)|大力|积极|加快|逐步|新(?!增)|计划|有条件的[^，；。]{0,10}|至少|再)*"
    r"(?:培育新增|引育|引进和培育|引进培育|培育引进|引进和扶持|培育和引进|引进扶持|建成投运|建设并正式营运|梳理出|培育|培养|建设|建成|引进|打造|新增|设立|认定|实现|完成|举办|组织|建立|选树|集聚|孵化|支持|推动|推出|开展|发展|遴选|形成|创建|布局|扶持|争取|对接(?!活动|会)|认定市级)*(?:出|了)?"
)
_DATED = re.compile(r"^(?:到|至|在|力争到?|争取到?|确保)?$")
_DUTY = re.compile(r"完成|实现|建成|启动|出台|获得|获批|形成|搭建|开通|投入(?:使用|运营)|全覆盖|达成|适用|推行|对接|建立|吸引|制定")
_HISTORY = re.compile(r"贯彻|根据《|印发|批复|会议|以来|已(?:经|完成|实现)|现印发|同意|施行|有效期|实施之日|截止|受理|申报期|适用于")
_QUOTED = re.compile("“[^”]*”|《[^》]*》")
_LONGEST_METRIC = 40
_LONGEST_QUOTE = 700


def rules(source: Source, covered: list[tuple[int, int]]) -> Iterator[Rule]:
    """Targets of an article, in order; places that already gave a rule are left out."""
    if source.article.kind in (ArticleKind.CLOSING, ArticleKind.TITLE):
        return
    stated: tuple[int, DateMention] | None = None
    if _is_requirement(source):
        return
    goal = re.search("目标", "".join((source.article.heading, *source.article.parents[-1:])))
    for number, sentence in enumerate(source.sentences):
        dates = _own_dates(sentence.text) if goal else []
        if dates:
            goal = goal if number <= 1 else None  # later dates belong to their own sentences
        if dates and goal:
            stated = (sentence.start + dates[0].start, dates[0])
        if any(sentence.start <= start < sentence.end for start, _ in covered) or sentence.text.startswith("对"):
            continue
        yield from (_dated(source, rule, stated) if stated and not dates else rule for rule in _of_sentence(source, sentence))


def _is_requirement(source: Source) -> bool:
    """Figures under 满足以下条件之一 and of the year that has passed (上一年度纳税不低于900万元) are no plans."""
    article = source.article
    above = "".join((article.heading, *article.parents))
    return bool(re.search("条件|认定标准", above)) or any(
        re.search(r"(?:上一?年度?|上年度)[^，；。]{0,16}(?:达到?|超过?|不低于|不少于|\d)", sentence.text) for sentence in source.sentences
    )


def _dated(source: Source, rule: Rule, stated: tuple[int, DateMention]) -> Rule:
    """A goal without a year of its own, under 总体目标 that begins with one (到2020年，…): quoted from there."""
    start, when = stated
    end = find_quote(source.article.text, rule.quote)
    if rule.target is None or rule.target.year or rule.target.by_text or end is None:
        return rule
    quote = source.article.text[source.flat.origin[start] : end[1]]
    if not 0 < len(quote) <= _LONGEST_QUOTE:
        return rule
    target = rule.target.model_copy(update={"year": when.last.year, "by": _by(when), "by_text": when.text})
    return rule.model_copy(
        update={
            "label": f"{when.last.year}年{rule.label}", "quote": quote, "target": target,
            "doubts": ("年份写在本条前面的句子里，请核对",), "confidence": confidence_of(("年份",)),
        }
    )  # fmt: skip


def _of_sentence(source: Source, sentence: Sentence) -> Iterator[Rule]:
    dates = [] if _HISTORY.search(sentence.text) and not p.TARGET_CONTEXT.search(sentence.text) else _own_dates(sentence.text)
    for clause in sentence.clauses:
        if clause.lead:
            continue
        found = False
        verb = ""
        for piece in clause.pieces:
            when = _date_before(dates, piece.end - sentence.start)
            for quantity in piece.quantities:
                rule = _figure_target(source, clause, piece, quantity, when, verb, sentence)
                if rule:
                    found = True
                    yield rule
            verb = _verb_of(piece.text) or ("" if not piece.quantities else verb)
        duty = _duty(source, sentence, clause, dates, found=found)
        if duty:
            yield duty


def _own_dates(text: str) -> list[DateMention]:
    """Dates of the text; not those a figure is compared with (较2024年翻一番)."""
    return [when for when in parse_dates(text) if not re.search("(?:较|比|基数为?|相比)$", text[: when.start])]


def _figure_target(
    source: Source, clause: Clause, piece: Piece, quantity: Quantity, when: DateMention | None, verb: str, sentence: Sentence
) -> Rule | None:
    if not (quantity.unit in _COUNTED or is_money(quantity.unit)) or "/" in quantity.unit:
        return None
    if quantity.bound in (Bound.AT_MOST, Bound.LESS_THAN) and not re.search("降|控制|缩|压", piece.text):
        return None  # the upper end of a range goes with its lower one
    left, right = piece.text[: quantity.start], piece.text[quantity.end :]
    if re.search("\\d[\ue000-\uf8ff]?$", left):
        return None  # a figure broken by a character the file has lost
    other_end = (
        next((q for q in piece.quantities if q.range_id == quantity.range_id and q is not quantity), None)
        if quantity.range_id is not None
        else None
    )
    if other_end:
        right = piece.text[other_end.end :]
    if not _planned(piece, quantity, left, right, verb, sentence):
        return None
    metric = _metric(left, right, verb)
    if len(metric) < 2:
        return None
    doubts = [] if when or re.search("每年|年均|力争|目标|期内", sentence.text) else ["原文没有写明达到目标的年份"]
    by_text = when.text if when else _by_words(piece.text, sentence.text)
    figures = (NamedFigure(label="最少", figure=figure(quantity)), NamedFigure(label="最多", figure=figure(other_end))) if other_end else ()
    return Rule(
        id="proposed",
        label=(f"{when.last.year}年" if when else "") + metric,
        article=source.article.label,
        quote=source.quote(*_span(clause, piece, when, sentence)),
        kind=RuleKind.TARGET,
        beneficiary="政府目标",
        target=Target(metric=metric, year=when.last.year if when else None, by=_by(when), by_text=by_text, figure=figure(quantity)),
        figures=figures,
        confidence=confidence_of(doubts),
        doubts=tuple(doubts),
    )


def _planned(piece: Piece, quantity: Quantity, left: str, right: str, verb: str, sentence: Sentence) -> bool:
    """Whether the figure is what is to be reached."""
    start = quantity.start
    if any(m.start() <= start < m.end() for m in _QUOTED.finditer(piece.text)):
        return False
    if _DESCRIBES.match(right) or (_CONDITIONAL.search(piece.text) and not p.TARGET_CONTEXT.search(sentence.text)):
        return False
    if quantity.value == 1 and quantity.text[0] == "一" and quantity.bound is Bound.EXACT:
        return False
    if quantity.unit in ("time",) and quantity.value <= 2:
        return False
    own = left[max((q.end for q in piece.quantities if q.end <= start), default=0) :]
    reaching = bool(_REACH.search(left)) or quantity.bound is not Bound.EXACT
    governed = bool(_VERB_LEFT.search(left)) or bool(verb)
    if is_money(quantity.unit) or quantity.unit == "ratio":
        return (
            reaching
            and (governed or bool(_REACH.search(left)))
            and not re.search("免|税率|按|费率|限值|限额|标准|超过.{0,6}限值|报酬|税收", left + right[:4])
        ) or ("左右" in right[:2] and governed)
    noun = re.match("[\u4e00-\u9fff“]", right) or len(own) > 2
    return bool(noun) and governed and not re.search(r"(?:利用|分|划分|实施范围|上述|这|以上|下列|形成“|涉及|第)$", left)


def _metric(left: str, right: str, verb: str) -> str:
    """What is counted: behind the figure (10家标杆企业) or before it (标杆企业10家, 交易额达到)."""
    after = re.match(r"(?:以上|左右|以内|及以上)?(?P<noun>[^，；。、以]{2,40}?)(?=[、和，；。]|$)", right)
    if after and not re.match("以上|左右", after["noun"]) and not _REACH.search(left[-3:] if left else ""):
        return after["noun"]
    own = re.split(r"\d[^、，]*[、和]", left)[-1]
    own = re.sub(
        r"(?:达到?|突破|超过?|逾|不少于|不低于|实现|力争|约|至少|增长到?|降低到?|降至|缩小到?|提高到?|提升到?|年均增长)+$", "", own
    )
    dates = parse_dates(own)
    own = own[dates[-1].end :] if dates else own
    words = _VERB_HEAD.sub("", own, count=1) or own
    words = re.sub(r"^(?:底|前|，|、)+", "", words)
    if len(words) < 2 and verb:
        words = own
    return words[-_LONGEST_METRIC:].strip("，、的")


def _verb_of(text: str) -> str:
    match = re.search(r"培育|建设|建成|引进|打造|新增|设立|认定|梳理|集聚|选树|举办|组织|建立|孵化", text)
    return match.group() if match else ""


def _span(clause: Clause, piece: Piece, when: DateMention | None, sentence: Sentence) -> tuple[int, int]:
    """From the date, where it stands in the same clause, to the end of the piece."""
    first = piece.start
    if when:
        for earlier in clause.pieces:
            if (
                earlier.start - sentence.start <= when.start < earlier.end - sentence.start
                and earlier.start < piece.start
                and piece.start - earlier.start < 120
            ):
                first = earlier.start
    return first, piece.end


def _duty(source: Source, sentence: Sentence, clause: Clause, dates: list[DateMention], *, found: bool) -> Rule | None:
    """到2019年底前实现集装箱外贸航线通达亚洲各主要港口."""
    start, end = clause.pieces[0].start - sentence.start, clause.pieces[-1].end - sentence.start
    own = [d for d in dates if start <= d.start < end and "年" in d.text]
    if not own or (not _DATED.match(_before_date(clause, sentence, own[0])) and "力争" not in clause.pieces[0].text[:3]):
        return None
    pieces = [
        piece
        for piece in clause.pieces
        if _DUTY.search(piece.text) and not any(q.unit in _COUNTED or is_money(q.unit) for q in piece.quantities)
    ]
    if not pieces:
        return None
    when = own[0]
    metric = re.sub(r"^(?:到|至|在|力争)?", "", "，".join(piece.text for piece in pieces))
    metric = re.sub(r"^(?:年?底?前?|之前|前|内|起|，)+", "", metric.replace(when.text, "", 1)).strip("，")
    if len(metric) < 4 or (found and not (when.first == when.last or when.last.month < 12 or when.first.month > 1)):
        return None
    first = min(clause.pieces[0].start, pieces[0].start)
    return Rule(
        id="proposed",
        label=f"{when.last.year}年" + (metric[:20] if len(metric) > 20 else metric),
        article=source.article.label,
        quote=source.quote(first, pieces[-1].end),
        kind=RuleKind.TARGET,
        beneficiary="政府目标",
        target=Target(metric=metric[:80], year=when.last.year, by=_by(when), by_text=when.text),
        confidence=confidence_of(()),
    )


def _before_date(clause: Clause, sentence: Sentence, when: DateMention) -> str:
    return sentence.text[clause.pieces[0].start - sentence.start : when.start]


def _date_before(dates: list[DateMention], end: int) -> DateMention | None:
    earlier = [d for d in dates if d.start < end]
    return earlier[-1] if earlier else None


def _by(when: DateMention | None) -> date | None:
    """The last day, where the text says more than a year."""
    if when is None or (when.first.month == 1 and when.first.day == 1 and when.last.month == 12):
        return None
    return when.last


def _by_words(piece: str, sentence: str) -> str:
    """每年, 三年内; 年均 only for the growth it stands with."""
    match = re.search("年均", piece) or re.search(r"每年|[\d一二两三四五六七八九十]{1,2}年[^，。；]{0,4}(?:期内|内)", sentence)
    return match.group() if match else ""
