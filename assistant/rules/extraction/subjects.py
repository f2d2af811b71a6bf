"""Who a draft is for, under which conditions, and what it is called.

    >>> draft = read_drafts(read_sentences("对正式运营、营业面积100平方米以上的体验店，给予不超过50万元的一次性资金扶持。"))[0]
    >>> beneficiary_of(draft), [c.label for c in conditions_of(draft, beneficiary_of(draft))]
    ('正式运营、营业面积100平方米以上的体验店', ['营业面积', '正式运营'])
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Piece
from assistant.rules.extraction.drafts import Draft
from assistant.rules.extraction.naming import fact_name
from assistant.rules.extraction.roles import Series
from assistant.rules.schema import AnyOf, Compare, Condition, Confirm, OneOf
from index.models import Bound

_FOR = re.compile(r"^(?:其中)?对于?(?!其)(?P<who>.+)$")
_INNER_FOR = re.compile(r"(?<=[^面针应])对于?(?!其|应|外|接|口|比)(?P<who>[^，；。]{2,40}?)(?:给予|予以|进行|奖励|补助|补贴)")
_GRANT_TAIL = re.compile(
    r"(?:按照?(?=[^，；。]{0,40}(?:\d|标准|比例|政策|规定))|给予|予以|一次性|最高|最多|每[年家个培新增]|分别|在[^，；。]{0,8}年内"
    r"|(?:奖励|补助|补贴|资助|扶持)(?=\d|最高|不超过|一次性)|免征|试行|实行|(?<=[业位构台区人])可).*$"
)
_RECIPIENT = re.compile(r"(?:给予|奖励给)(?P<who>[\u4e00-\u9fff（）]{2,16}?)(?=最高|不超过|\d|一次性|奖励|资金|扶持资金)")
_NOT_RECIPIENT = re.compile(r"^(?:其|该|企业(?:不|最)|一次性|最高|不超过|资金|奖励|补助|补贴|扶持|首年|展|人员|推广|场|相应|适当|一定|共计|比例|后|前|每|年|租|物|费)|费$|费用$|贡献$|租金$")
_FACTOR = re.compile(r"^(?:并)?(?:根据|结合|视|综合考虑|依据)(?P<what>.+?)(?:情况|等因素|等)?$")
_ENCOURAGES = re.compile(r"^(?:支持|鼓励|引导|推动|加快|培育|建立|开展|完善|积极|加大|发展|建设|统筹|打造|探索|设立|实施|强化|推进|优化|发挥|立足|结合|经|除|在享受|以|且|并|按|同等|分批|购买|每年择优|采取|采用|自|如|可)")
_NOUN_END = re.compile(
    r"(?:企业|单位|机构|平台|园区|产业园|产业带|项目|个人|组织|中心|基地|主体|集团|人才|院校|学校|协会|商户|店|仓|公司|站|高管|人员|活动|会议|集货仓|体验店|卖家|带|场所|楼|商家|大户|方|区|业|者|等)$"
)
_MEASURE_NOUN = re.compile(r"(?:额|量|积|数|率|收入|产值|规模|资本|投资|税收|贡献|年限|时间|费用?|资金|销售|单|次|面积|营收|利润|期限|幅|值|增速|增长|速)$")
_LIMIT_WORDS = re.compile(r"(?:累计|首次|分别|已经?|为|在|有|达到?|超过?|突破|不低于|不少于|高于|大于|低于|少于|不超过|实现|满|等值|人民币|（|，)+$")
_EARLIER_FIGURE = re.compile(
    r"^.*\d[\d.万亿千百]*(?:美元|欧元|元|家|个|人|名|平方米|件|项|单|年|次|场|%|％)?(?:（[^）]*）)?(?:及?以上|以下|左右)?(?:的)?[、，]?(?:或者?|且|并|和|以及)?"
)
_OPERATORS = {Bound.AT_LEAST: ">=", Bound.MORE_THAN: ">", Bound.AT_MOST: "<=", Bound.LESS_THAN: "<", Bound.EXACT: ">="}
_COST = re.compile(r"(?:费用?|租金|贷款|部分|增量|保费|利息|支出|房租)$")
_ENCOURAGED = re.compile(r"^(?:支持|鼓励|引导)(?P<who>[^，；。]{0,20}?(?:企业|单位|机构|平台|园区|主体|个人|商家|协会|院校))")
_NO_SUBJECT = re.compile(
    r"^(?:按|给予|予以|最高|每|一次性|分别|再|另|可|并|其中|其|在|经|对|根据|结合|补贴|补助|奖励|资助|扶持|申请费|获得授权|单[个家]|由|同时|额外)"
)
_LEVEL = re.compile(r"(国家|省|市|区|县)(?=级?[、和或及](?:国家|省|市|区|县)级)|(国家|省|市|区|县)级")
_RECOGNISED = re.compile("认定|评为|获评|列入|入选|获得|授予|级")
_LONGEST_BENEFICIARY = 70


@dataclass(frozen=True, slots=True)
class Subject:
    """The pieces that say for whom, and their words."""

    text: str
    pieces: tuple[Piece, ...] = ()


def find_subject(draft: Draft) -> Subject:
    """From the piece with 对… (or the first that ends in a noun for somebody) to the grant; "" if nobody is named."""
    pieces = sorted({piece.start: piece for piece in (*draft.head, *draft.body)}.values(), key=lambda piece: piece.start)
    before = [piece for piece in pieces if piece.start < draft.own_start or piece in draft.head]
    named = [i for i, piece in enumerate(before) if _FOR.match(piece.text) and not _only_soft(piece.text)]
    if named:
        return _subject_from(before[named[-1] if not _refines(before, named) else named[0] :], draft)
    first = draft.body[0]
    if _FOR.match(first.text) and len(_who(first.text)) > 1 and not first.text.startswith("对其"):
        return Subject(_who(first.text), (first,))
    inner = _INNER_FOR.search(draft.text)
    if inner:
        return Subject(_GRANT_TAIL.sub("", inner["who"]) or inner["who"], ())
    plain = [piece for piece in before if not (_ENCOURAGES.match(piece.text) and not piece.text.endswith(("的", "企业")))]
    for i, piece in enumerate(plain):
        if _NOUN_END.search(_bare(piece.text)) or piece.text.endswith("的"):
            return Subject(_clean(piece.text), tuple(plain[i:]))
    head = re.match(r"(?P<who>[^，；。\d]{2,30}?(?:企业|单位|机构|平台|园区|项目|个人|组织|孵化器|基地))", draft.body[0].text)
    if head and not _ENCOURAGES.match(head["who"]) and not re.match("给予|按", head["who"]):
        return Subject(head["who"], (draft.body[0],))
    words = re.match(rf"(?P<what>[^，；。\d]{{4,40}}?)(?:按(?!规)|{p.GIVE})", draft.body[0].text)
    if words and not _NO_SUBJECT.match(words["what"]):
        return Subject(words["what"].removesuffix("后"), (draft.body[0],))
    return Subject("", ())


def beneficiary_of(draft: Draft) -> str:
    """Who gets it, in the words of the text."""
    recipient = recipient_of(draft)
    subject = find_subject(draft).text
    if recipient:
        return recipient
    if subject and _COST.search(_bare(subject)):
        encouraged = next((m for piece in reversed(draft.head) if (m := _ENCOURAGED.match(piece.text))), None)
        subject = encouraged["who"] if encouraged else draft.beneficiary_from or subject
    text = shorten(subject) or draft.beneficiary_from
    return text + "主体" if text.endswith("的") else text


def recipient_of(draft: Draft) -> str:
    """Who is paid, where that is said apart: 给予园区运营方最高100万元."""
    for piece in draft.body:
        match = _RECIPIENT.search(piece.text)
        if match and not _NOT_RECIPIENT.search(match["who"]) and _NOUN_END.search(match["who"]):
            return match["who"]
    return ""


def shorten(text: str) -> str:
    """At most 70 characters: the last noun phrase of a long one."""
    if len(text) <= _LONGEST_BENEFICIARY:
        return text
    tail = text[-_LONGEST_BENEFICIARY:]
    return tail[re.search("[，、]|$", tail).end() :] or tail  # type: ignore[union-attr]


def factors_of(draft: Draft) -> str:
    """What the amount is weighed by: 结合项目规模、税收贡献等因素."""
    for piece in (*draft.head, *draft.body):
        match = _FACTOR.match(piece.text.split("给予")[0])
        if match and not re.search(r"比例|标准|\d", match["what"]):
            return match["what"]
    return ""


def conditions_of(draft: Draft, keys: tuple[Series, ...] = ()) -> tuple[Condition, ...]:
    """Figures compared, modes and levels chosen from, and what is left to judgement; without the `keys` of its tiers."""
    subject = find_subject(draft)
    conditions: list[Condition] = []
    compared = [s for s in draft.conditions if s not in keys and s.unit not in ("", "time")]
    for i, series in enumerate(compared):
        comparison = _compare(series)
        if comparison is None:
            continue
        if i and series.left.endswith(tuple(_or_endings(series, compared[i - 1]))) and conditions:
            last = conditions.pop()
            conditions.append(AnyOf(**{"is": "any_of"}, of=(*(last.of if isinstance(last, AnyOf) else (last,)), comparison)))  # type: ignore[arg-type]
        else:
            conditions.append(comparison)
    conditions += _choices(subject.text)
    conditions += _judged(draft, subject)
    return _distinct_facts(_distinct(conditions))


def _or_endings(series: Series, before: Series) -> tuple[str, ...]:
    """The left words of a figure from the alternative on: …以上或进出口额达到."""
    between = series.left[len(before.left) :]
    return (between,) if re.search(r"(?:以上|元|的|%|％|家|个)(?:的)?，?或者?", between) else ("\0",)


def _compare(series: Series) -> Compare | None:
    quantity = series.quantities[0]
    label = measure_label(series)
    if not label:
        return None
    fact = fact_name(label, quantity.unit)
    return Compare(**{"is": "compare"}, fact=fact.name, label=label, op=_OPERATORS[quantity.bound], value=quantity.value, unit=quantity.unit, aliases=fact.aliases)  # type: ignore[arg-type]


def measure_label(series: Series) -> str:
    """What a figure measures, from the words before it: 对正式运营、营业面积 -> 营业面积."""
    left = _LIMIT_WORDS.sub("", series.left)
    left = _EARLIER_FIGURE.sub("", left) or left
    left = re.sub("^(?:以上|以下|及以上)", "", left)
    left = re.sub(r"^(?:其中)?(?:对于?|凡|且|并|或|如|上述)+", "", left)
    last = re.split(r"[、，]", left)[-1]
    if last != left and (_MEASURE_NOUN.search(last) or len(left) > 24) and len(last) > 1:
        left = last
    left = re.sub(r"^(?:实现|具有|拥有|达到|形成|且)+(?=.{2})", "", left)
    if len(left) > 24 and "的" in left and len(left.rsplit("的", 1)[1]) > 2:
        left = left.rsplit("的", 1)[1]
    if series.unit == "year" and len(left) < 8 and (noun := re.match(r"(?:及?以上|以下)的?(?P<noun>[\u4e00-\u9fff]{2,8}?)(?=的|$|、)", series.right)):
        return left + noun["noun"]
    if series.unit == "year" and 1 < len(left) <= 4 and not left.endswith(("时间", "年限", "期限")):
        return left + "时间"
    counted = series.unit in ("company", "person", "item") and len(left) <= 2
    if counted and (noun := re.match(r"(?:及?以上|以下)?的?(?P<noun>[\u4e00-\u9fff]{2,10}?)(?=实现|的|$|、|，)", series.right)):
        return left + noun["noun"]
    if len(left) < 2:
        noun = re.match(r"(?:以上|以下)?的?(?P<noun>[\u4e00-\u9fff]{2,12})", series.right)
        left = noun["noun"] if noun else left
    return left.strip("的（(") or ""


def _choices(text: str) -> list[Condition]:
    found: list[Condition] = []
    modes = tuple(dict.fromkeys(p.BUSINESS_MODES.findall(text)))
    if modes:
        found.append(OneOf(**{"is": "one_of"}, fact="business_mode", label="业务模式", options=modes))  # type: ignore[arg-type]
    levels = tuple(dict.fromkeys((m[0] or m[1]) + "级" for m in _LEVEL.findall(text)))
    if levels and _RECOGNISED.search(text) and "以上" not in text:
        found.append(OneOf(**{"is": "one_of"}, fact="recognition_level", label="认定级别", options=levels))  # type: ignore[arg-type]
    return found


def _judged(draft: Draft, subject: Subject) -> list[Condition]:
    """What only people can say: the modifiers of the subject, and the pieces after it that compare nothing."""
    found: list[Condition] = []
    spans = [(s.start, s.end) for s in (*draft.conditions, *draft.each)]
    text = _bare(subject.text)
    modifiers, _, noun = text.rpartition("的")
    for part in re.split("[，、]" if re.search(r"\d", modifiers) else "，", modifiers):
        part = re.sub(r"^(?:并|且|已)", "", part).strip("的")
        if len(part) > 2 and not re.search(r"\d", part):
            found.append(_confirm(part))
    for piece in subject.pieces[1:]:
        if not any(piece.start <= a < piece.end for a, _ in spans) and piece.text not in subject.text and piece not in draft.body:
            words = re.sub("^(?:且|并)", "", piece.text).removesuffix("的")
            if len(words) > 2 and not _FACTOR.match(words) and not p.SOFT_GRANT.search(words) and not re.match("除|在享受|按|以", words):
                found.append(_confirm(words))
    if not modifiers and len(noun) > 1 and not found:
        found.append(_confirm(noun, assumed=True))
    return found


def _confirm(words: str, *, assumed: bool = False) -> Condition:
    return Confirm(**{"is": "confirm"}, fact=words[:40], label=words[:80], assumed=assumed)  # type: ignore[arg-type]


def _distinct(conditions: list[Condition]) -> list[Condition]:
    return list({repr(condition): condition for condition in conditions}.values())


def _distinct_facts(conditions: list[Condition]) -> tuple[Condition, ...]:
    """Two figures of one rule that measure different things keep different names, whatever the catalogue calls them."""
    seen: dict[str, str] = {}
    result: list[Condition] = []
    for condition in conditions:
        if isinstance(condition, Compare) and seen.setdefault(condition.fact, condition.label) != condition.label:
            condition = condition.model_copy(update={"fact": condition.label, "aliases": ()})
        result.append(condition)
    return tuple(result)


def _refines(before: list[Piece], named: list[int]) -> bool:
    """对甲平台，对…的 : the second only narrows the first."""
    return len(named) > 1 and before[named[-1]].text.endswith("的") and len(before[named[-1]].text) < 10


def _only_soft(text: str) -> bool:
    return bool(re.search(r"^对.{2,30}(?:进行|给予)(?:奖励|资助|补助|补贴|支持)$", text))


def _subject_from(pieces: list[Piece], draft: Draft) -> Subject:
    words = [_who(pieces[0].text) if pieces[0].text.startswith("对") or "对" in pieces[0].text[:4] else pieces[0].text]
    taken = [pieces[0]]
    if not _NOUN_END.search(_bare(words[0])):
        ends = [i for i, piece in enumerate(pieces) if i and _NOUN_END.search(_bare(piece.text)) and not _FACTOR.match(piece.text) and "的" in piece.text]
        if ends:
            words += [piece.text for piece in pieces[1 : ends[0] + 1]]
            taken += pieces[1 : ends[0] + 1]
    rest = [piece for piece in pieces if piece.start > taken[-1].start]
    return Subject(_clean("，".join(words)), tuple([*taken, *rest]))


def _who(text: str) -> str:
    match = _FOR.match(text)
    who = match["who"] if match else text
    return _GRANT_TAIL.sub("", who) or who


def _clean(text: str) -> str:
    return re.sub(r"^(?:对于?|凡)", "", text).strip("，、")


def _bare(text: str) -> str:
    return re.sub(r"（[^）]*）", "", text)
