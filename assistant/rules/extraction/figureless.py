"""Promises without a sum: support in words, exemptions, permissions, limits with a consequence; and costs paid in full.

>>> [(r.kind.value, r.quote) for r in rules(source, [])]                # doctest: +SKIP
[('commitment', '对列入样本名单的企业予以支持。')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from assistant.rules.extraction.clauses import Clause, Piece, Sentence
from assistant.rules.extraction.conditions import conditions_of
from assistant.rules.extraction.confidence import confidence_of
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.matched_funds import MATCHED, of_others
from assistant.rules.extraction.naming import fact_name, last_noun, subject_noun, topic_of
from assistant.rules.extraction.quoting import Source
from assistant.rules.extraction.roles import Role, Series, read_series
from assistant.rules.extraction.subjects import find_subject, shorten
from assistant.rules.extraction.terms import figure, period_of
from assistant.rules.quotes import unquoted
from assistant.rules.schema import Figure, Measure, NamedFigure, Period, Rule, RuleKind
from index.models import ArticleKind, Bound

_AID = "支持|扶持|补贴|补助|奖励|奖补|资助|优惠|倾斜|待遇|贴息|减免|配套|保障"
_PROMISES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:给予|予以|给)(?!公布|表彰|公示|处理|处罚|纠正)[^，；。]{{0,40}}?(?:{_AID}|展期|续贷|补足)",
        rf"(?:进行|实行|实施)[^，；。]{{0,8}}?(?:{_AID})(?!政策|审批|计划|工程|力度|机制|措施|制度|办法)",
        r"(?:享受|享有)[^，；。]{0,30}?(?:政策|待遇|优惠|保障|支持)",
        r"提供[^，；。]{0,30}?(?:资金|信贷|融资|贷款|担保|场地|政策|优惠)[^，；。]{0,14}?(?:支持|优惠|补贴|补助)|提供[^，；。]{0,20}优惠利率",
        r"免征(?!税复)|免收|免于|免税处理|核定征收|[“]无票免税[”]",
        r"予以优先|优先(?:立项|给予|享受|(?:安排)?查验)",
        r"一企一策|一事一议",
        r"落实好?[^，；。]{2,60}(?:税收|退税|税|优惠|减免)[^，；。]{0,8}政策",
        r"(?:补贴|补助|奖励|扶持|奖补|资助)政策(?:根据|按|另行)|以?政府补助[^，；。]{0,12}方式",
        r"完善[^，；。]{2,20}(?:政策支持|补贴|扶持)",
        r"(?:加大|强化|加强)(?!对[^，；。]{2,20}的?财政支持力度$)[^，；。]{5,60}(?:资金|财政|信贷|信用保险|融资|用地|扶持)[^，；。]{0,8}?(?:支持|投入|力度)(?:力度)?",
        r"(?:支持|鼓励[^，；。]{2,12}|探索)?设立[^，；。]{0,20}(?:基金|引导资金)",
        r"(?:开放|提供)[^，；。]{0,14}(?:免费|优惠使用)",
        r"可(?:认定为|通过[^，；。]{2,20}(?:办理|申请)|免|开立)|不受[^，；。]{2,30}限制|全面推行[^，；。]{2,30}无纸化",
        r"(?:安排|设立)[^，；。]{0,16}(?:专项资金|专项奖励资金|专项经费)[^，；。]{0,6}(?:用于)?(?:支持|奖励|扶持|金融|鼓励)?",
        r"^重点支持.{4,}项目",
        r"(?:最大限度)?出台[^，；。]{4,40}(?:配套政策|优惠政策|奖励政策)",
        r"(?:费率|利率|税率|收费标准)[^，；。]{0,6}(?:降至|降低至|降到|下调至)",
        r"(?:参照|比照|按照?)[^，；。]{2,40}(?:予以|给予|执行)(?:补贴|配套|支持|扶持|奖励)",
    )
)
_NOT = re.compile(
    r"争取[^，；。]{0,20}政策|研究制定|研究完善|研究出台|不得|追回|退回|取消|处罚|违反|骗取|符合[^，；。]{0,8}(?:两|多)项|优惠政策(?:落地|宣传)|出台[^，；。]{0,12}认定标准|免罚|不予|政策进行解读"
    r"|(?:仅|只)(?:给予|奖励|享受)?[^，；。]{0,6}一次|总量控制|预算管理|就高不重复|不重复|承诺|限额限制|^仅对|同时符合|政策环境|加大创新制度|拨付|兑付|评审|申报材料|优惠政策等宣传|各地出台|应结合实际|参照本|按照本规定第三条|提供[^，；。]{0,20}单证"
)
_FULL = re.compile(r"(?P<what>[^，；。]{2,40}?)(?:予以|给予|进行|实行)?全额(?:补贴|补助|资助|支持|报销|配套|承担|奖励)")
_SUBJECT_START = re.compile(
    r"^(?:对于?|为(?!了)|支持|鼓励|符合|被|凡|从事|加快|加强|推进|落实|以|给予|实施|发挥|重点支持|境内|加大|并|结合|最大|建立|完善)"
)
_DONE = re.compile("享受|享有|全面推行|优先|免征|免收|试行|实行|用于|给予|予以|进行|参照")
_GENERAL = re.compile("^(?:企业|单位|机构|项目|费用|主体|个人|.{0,4}的?主体|)$")
_SET_ASIDE = re.compile("(?:每年|年度)?(?:财政)?(?:统筹)?安排(?=[^，；。]{0,6}\\d|$)")
_TAIL = re.compile(r"^(?:其中|具体|提升|大力|积极推进|进一步)")


def rules(source: Source, covered: list[tuple[int, int]]) -> Iterator[Rule]:
    """Commitments and thresholds of an article; clauses that already gave a rule are left out."""
    if source.article.kind is ArticleKind.PREAMBLE:
        return
    for number, sentence in enumerate(source.sentences):
        if number == 0 and _is_heading(source, sentence):
            continue
        for clause in sentence.clauses:
            if clause.lead and sentence.text.endswith("："):
                continue  # 按以下标准给予奖励：the promises are the items that follow
            rule = _of_clause(source, sentence, clause, covered)
            if rule:
                yield rule


def _of_clause(source: Source, sentence: Sentence, clause: Clause, covered: list[tuple[int, int]]) -> Rule | None:
    free = [piece for piece in clause.pieces if not any(start <= piece.start < end for start, end in covered)]
    granting = len(free) < len(clause.pieces)
    matched = [piece for piece in free if _promises(piece)]
    if granting:  # of a clause that grants a sum, only what follows the sum: 并按年度给予奖励
        last = max(end for start, end in covered if start < clause.pieces[-1].end)
        matched = [piece for piece in matched if piece.start >= last and not _TAIL.match(piece.text)]
        matched = [piece for piece in matched if re.match("并|同时|另|还|对|再", piece.text)]
    if not matched or (clause.lead and any(sentence.start <= start < sentence.end for start, _ in covered)):
        return None
    first = next((piece for piece in free if _SET_ASIDE.search(piece.text)), None) or _begin(matched[0], free)
    start, end = first.start, _end(matched[-1], free)
    return _rule(source, sentence, [piece for piece in clause.pieces if start <= piece.start < end], matched, source.quote(start, end))


def _promises(piece: Piece) -> bool:
    return not _NOT.search(piece.text) and (any(pattern.search(piece.text) for pattern in _PROMISES) or bool(_FULL.search(piece.text)))


def _is_heading(source: Source, sentence: Sentence) -> bool:
    heading = re.sub(r"\s", "", source.article.heading)
    words = sentence.text.rstrip("。：")
    if re.match("对|为(?!了)|凡", words) or re.search("给予|予以|享受|试行|，", words):
        return False  # a short provision that looks like a title
    return bool(heading) and (words in heading or (heading in words and len(words) <= len(heading) + 2))


def _begin(match: Piece, free: list[Piece]) -> Piece:
    """The piece that names whom it is for: back to 对…, else to the last that begins a thought."""
    before = [piece for piece in free if piece.start <= match.start]
    for piece in reversed(before):
        if re.match(r"对于?|为(?!了)|凡", piece.text):
            return piece
    if (
        re.match("^(?:并|给予|予以|可|符合|政府|按|在|享受|不受|结合|免|采取|完善|根据|参照|比照|依据|视)", match.text)
        and len(before) > 1
        and not match.text.startswith("并")
    ):
        starts = [piece for piece in before[:-1] if _SUBJECT_START.match(piece.text)]
        return starts[-1] if starts else before[-2]
    return match


def _end(match: Piece, free: list[Piece]) -> int:
    """Through the matched piece, and a rest of at most two short pieces that ends the clause."""
    rest = [piece for piece in free if piece.start > match.start]
    if rest and len(rest) <= 2 and not any(re.match(r"对|支持|鼓励|引导|推动", piece.text) for piece in rest):
        return rest[-1].end
    return match.end


def _rule(source: Source, sentence: Sentence, pieces: list[Piece], matched: list[Piece], quote: str) -> Rule | None:
    draft = Draft(sentence, head=[piece for piece in pieces if piece not in matched] or [], body=matched)
    draft.conditions = [
        s
        for piece in pieces
        if not re.search("不受.*限制", piece.text)
        for s in read_series(piece)
        if s.role is Role.CONDITION and s.unit not in ("", "time", "year")
    ]
    subject = _who_of(find_subject(draft).text, pieces)
    full = next((m for piece in matched if (m := _FULL.search(piece.text))), None)
    share = next((m for piece in matched if (m := MATCHED.search(piece.text))), None)
    limits = (*_budgets(pieces), *_limits(matched))
    fields: dict[str, Any] = {}
    kind = RuleKind.COMMITMENT
    if full:
        kind, fields = RuleKind.REIMBURSEMENT, _in_full(full["what"])
    elif share:
        kind, fields = RuleKind.RATE, of_others(share)
    conditions = conditions_of(draft)
    if not (full or share) and any(c.is_ in ("compare", "any_of") for c in conditions):
        kind = RuleKind.THRESHOLD
        fields["consequence"] = re.sub("^对.*?的(?=给予)", "", matched[-1].text)
    if limits and kind is RuleKind.COMMITMENT:
        fields["figures"] = limits
    label = _label(subject, matched[0].text, source.article.heading)
    for kept in (conditions, tuple(c for c in conditions if c.is_ not in ("compare", "any_of"))):
        try:
            rule = Rule(
                id="proposed",
                label=label,
                article=source.article.label,
                quote=quote,
                kind=RuleKind.COMMITMENT if kind is RuleKind.THRESHOLD and not kept else kind,
                beneficiary=shorten(subject) or "相关主体",
                period=Period.UNSTATED if full else period_of(draft),
                conditions=kept,
                confidence=confidence_of(["没有数额"]),
                **fields,
            )
        except ValidationError:
            continue
        if not unquoted(rule):
            return rule
    return None


def _in_full(words: str) -> dict[str, Any]:
    label = re.sub(r"^对", "", words)
    label = last_noun(label)[-16:]
    cost = re.search(r"[\u4e00-\u9fff]{2,4}费用?$", label)
    label = cost.group() if cost and len(label) > 10 else label
    return {
        "basis": Measure(fact=fact_name(label, "CNY").name, label=label, unit="CNY"),
        "rate": Figure(value=Decimal(1), unit="ratio", bound=Bound.EXACT),
    }


def _limits(pieces: list[Piece]) -> tuple[NamedFigure, ...]:
    """Figures of a promise that is no sum: 担保费率降至1.5%以下."""
    found: list[NamedFigure] = []
    for piece in pieces:
        for series in read_series(piece):
            if series.unit in ("ratio", "USD", "CNY") and series.role is not Role.BACKGROUND:
                found.append(NamedFigure(label=_limit_label(series), figure=figure(series.quantities[0])))
    return tuple(found)


def _budgets(pieces: list[Piece]) -> tuple[NamedFigure, ...]:
    """What is set aside each year: 每年安排2000万元用于…."""
    found = [(match.group(), q) for piece in pieces for q in piece.quantities if (match := _SET_ASIDE.search(piece.text[: q.start]))]
    return tuple(NamedFigure(label=words, figure=figure(quantity)) for words, quantity in found if quantity.unit == "CNY")


def _limit_label(series: Series) -> str:
    words = re.sub(r"(?:降至|降低至|降到|下调至|不受|等值)", "", series.left)
    return words[-16:] or "限额"


def _who_of(found: str, pieces: list[Piece]) -> str:
    """The words for somebody, without what is done for them: 符合条件的享受人才政策 -> whom the sentence names before."""
    who = _DONE.split(found)[0].rstrip("，")
    if who.endswith("的") or not who:
        return _plain_subject(pieces) or (who + "主体" if who else "")
    return who


def _plain_subject(pieces: list[Piece]) -> str:
    """Who is meant where no 对 says it: 从事跨境电商的境内个人，可…; 支持职业培训机构开设…."""
    text = pieces[0].text
    match = re.match(
        r"(?:支持|鼓励|引导|对于?)?(?P<who>[^，；。]{2,30}?(?:企业|单位|机构|平台|园区|个人|组织|基地|人才|院校|学校|协会|商场|展会|项目))",
        text,
    )
    return match["who"] if match else ""


def _label(subject: str, words: str, heading: str) -> str:
    noun = re.sub("^对于?", "", subject_noun(subject))[-18:]
    if _GENERAL.match(noun) or re.search(r"\d|^或", noun):
        noun = topic_of(heading)[:20]
    if not noun and re.search(r"\d", words):
        noun = last_noun(words)[-16:]
    noun = noun or re.sub(r"^(?:对|支持|鼓励|落实好?|加大|并)+", "", words)[:14]
    aid = re.findall(
        r"免征|免收|免于[\u4e00-\u9fff]{2,6}|核定征收|无票免税|优先[\u4e00-\u9fff]{2}|税收政策|信贷支持|" + _AID + "|基金|政策", words
    )
    label = noun + (aid[-1] if aid and aid[-1] not in noun else "")
    return re.sub("奖(?:奖励|奖补)$", "奖", label) if noun == topic_of(heading) else label
