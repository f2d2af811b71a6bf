"""Who a draft is for, in the words of the text.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> draft = read_drafts(read_sentences("对正式运营、营业面积100平方米以上的体验店，给予不超过50万元的一次性资金扶持。"))[0]
>>> beneficiary_of(draft)
'正式运营、营业面积100平方米以上的体验店'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Piece
from assistant.rules.extraction.draft import Draft

_FOR = re.compile(r"^(?:其中)?对于?(?!其)(?P<who>.+)$")
_INNER_FOR = re.compile(r"(?<=[^面针应])对于?(?!其|应|外|接|口|比)(?P<who>[^，；。]{2,40}?)(?:给予|予以|进行|奖励|补助|补贴)")
_GRANT_TAIL = re.compile(
    r"(?:按照?(?=[^，；。]{0,40}(?:\d|标准|比例|政策|规定|分[档级段类]))|给予|予以|发放|一次性|最高(?!科学|人民|检察|荣誉|级|学历|学位|奖)|最多|每[年家个培新增]|分别|在[^，；。]{0,8}年内"
    r"|(?:奖励|补助|补贴|资助|扶持)(?=\d|最高|不超过|一次性)|免征|试行|实行|(?<=[业位构台区人])可).*$"
)
_RECIPIENT = re.compile(r"(?:给予|奖励给)(?P<who>[\u4e00-\u9fff（）]{2,16}?)(?=最高|不超过|\d|一次性|奖励|资金|扶持资金)")
_GIVEN_TO = re.compile(r"^(?:给予|奖励)(?P<who>[^，；。\d]{2,60}?(?:人才|专家|团队|人员|带头人))(?=最高|不超过|每人|一次性|\d)")
"""给予省级优秀医疗人才、名中医等高层次人才最高500万元安家补贴."""
_PAID = re.compile(r"^对于?(?!其|该|同一|单|每|新|上述)(?P<who>[\u4e00-\u9fff]{2,16}?)(?=按|给予|予以)")
_NOT_RECIPIENT = re.compile(
    r"^(?:其|该|企业(?:不|最)|一次性|最高|不超过|资金|奖励|补助|补贴|扶持|首年|展|人员|推广|场|相应|适当|一定|共计|比例|后|前|每|年|租|物|费)|费$|费用$|贡献$|租金$"
)
FACTOR = re.compile(r"^(?:并)?(?:根据|结合|视|综合考虑|依据)(?P<what>.+?)(?:情况|等因素|等)?$")
_BY_RESULTS = re.compile(
    r"^(?:根据|按照?|依据)(?!上|本|当|年|其)(?P<who>[^，；。\d]{2,20}?)(?:在?(?:上一?年度?|年度|当年|每年)|新?(?:培育|引进|引入))[^，；。]*?(?:数量|业绩)"
)
"""根据孵化器在上一年度培育企业的数量，按…给予: the incubator is paid."""
_DECIDED_BY = re.compile(
    r"^(?:每年)?由[^，；。\d]{2,16}?(?:每年|年度|定期)?(?:评定|认定|评选|遴选|选拔)(?:出)?(?:(?:我|本|全)[市区县省州]的?)?(?P<who>[^，；。\d]{3,30})$"
)
"""由主管部门每年评定我区的专业服务专才，给予…."""
_PROVIDED = re.compile(r"(?:^|可|机构|银行)为(?:每[家个户])?(?P<who>[^，；。\d其]{2,20}?(?:企业|机构|单位|个人|平台|主体))提供")
_DEED = re.compile(rf"(?P<what>[^，；。\d]{{6,60}}?)(?:的?，)?(?:{p.GIVE})")
_ENCOURAGES = re.compile(
    r"^(?:支持|鼓励|引导|推动|加快|培育|建立|开展|完善|积极|加大|发展|建设|统筹|打造|探索|设立|实施|强化|推进|优化|发挥|立足|结合|经|除|在享受|以|且|并|按|同等|分批|购买|每年择优|采取|采用|自(?![建营主有用行])|如|可)"
)
_NOUN_END = re.compile(
    r"(?:企业|单位|机构|平台|园区|产业园|产业带|项目|个人|组织|中心|基地|主体|集团|人才|院校|学校|协会|商户|店|仓|公司|站|高管|人员|活动|会议|集货仓|体验店|卖家|带|场所|楼|商家|大户|方|区|业|者|等)$"
)
_COST = re.compile(r"(?:费用?|租金|贷款|部分|增量|保费|利息|支出|房租)$")
_ENCOURAGED = re.compile(r"^(?:支持|鼓励|引导)(?P<who>[^，；。]{0,20}?(?:企业|单位|机构|平台|园区|主体|个人|商家|协会|院校))")
_NAMED_FIRST = re.compile(
    r"^(?!支持|鼓励|引导|对|每|单[个家户项]|同一|各)(?P<who>[^，；。\d]{0,20}?(?:企业|单位|机构|平台|园区|商户))(?:（[^）]*）)?"
)
_NO_SUBJECT = re.compile(
    r"^(?:按|给予|予以|最高|每|一次性|分别|再|另|可|并|其中|其|在|经|对|根据|结合|补贴|补助|奖励|资助|扶持|申请费|获得授权|单[个家]|由|同时|额外)"
)
GRANT_NAME = re.compile(r"(?P<name>[^，；。\d]{1,10}?(?:奖|奖金|奖励金|津贴|补贴|补助金?))(?=按照?[^，；。\d]{2,})")
"""引荐奖按项目…的3%: the grant itself is named, nobody who gets it."""
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
        return _subject_from(before[named[-1] if not _refines(before, named) else named[0] :])
    soft = next((match for piece in reversed(before) if (match := _SOFT.match(piece.text))), None)
    if soft and draft.names:
        return Subject(soft["who"], tuple(before))
    first = draft.body[0]
    if _FOR.match(first.text) and len(_who(first.text)) > 1 and not first.text.startswith("对其"):
        return Subject(_who(first.text), (first,))
    if given := _GIVEN_TO.match(first.text):
        return Subject(given["who"], (*before, first))
    for piece in (*before, first):
        if match := _BY_RESULTS.match(piece.text) or _PROVIDED.search(piece.text):
            return Subject(match["who"], (piece,))
    decided = next((match for piece in before if (match := _DECIDED_BY.match(piece.text))), None)
    if decided:
        return Subject(decided["who"], tuple(before))
    inner = _INNER_FOR.search(draft.text)
    if inner and not re.search(r"贡献|\d+[%％]", inner["who"]):
        return Subject(_GRANT_TAIL.sub("", inner["who"]) or inner["who"], ())
    plain = [piece for piece in before if not (_ENCOURAGES.match(piece.text) and not piece.text.endswith(("的", "企业")))]
    for i, piece in enumerate(plain):
        if i and re.match("且|并", piece.text) and _NOUN_END.search(bare(piece.text)):
            return Subject(_clean(f"{plain[i - 1].text}，{piece.text}"), tuple(plain[i - 1 :]))
        if re.match("且|并", piece.text):
            continue
        if _NOUN_END.search(bare(piece.text)) or piece.text.endswith("的"):
            return Subject(_clean(piece.text), tuple(plain[i:]))
    head = re.match(r"(?P<who>[^，；。\d]{2,30}?(?:企业|单位|机构|平台|园区|项目|个人|组织|孵化器|基地))", draft.body[0].text)
    if head and not _ENCOURAGES.match(head["who"]) and not re.match("给予|按", head["who"]) and not GRANT_NAME.match(head["who"]):
        deed = _DEED.match(draft.body[0].text)
        rest = deed["what"].removeprefix(head["who"]) if deed else ""
        if len(rest) > 5 and re.match("于|在|首次|成功|通过|获得|被|新|实施|开展|完成|参加|投保|建成", rest) and "按" not in rest:
            return Subject(head["who"] + rest + "的", (draft.body[0],))
        return Subject(head["who"], (draft.body[0],))
    for piece in (draft.body[0], *draft.head[-1:]):
        words = re.match(rf"(?P<what>[^，；。\d]{{4,40}}?)(?:按(?!规)|{p.GIVE})", piece.text)
        if words and not any(pattern.match(words["what"]) for pattern in (_NO_SUBJECT, _ENCOURAGES)) and not GRANT_NAME.match(piece.text):
            return Subject(words["what"].removesuffix("后").removesuffix("每人"), (piece,))
    for i, piece in enumerate(draft.head):
        if (named_first := _NAMED_FIRST.match(piece.text)) and not _ENCOURAGES.match(piece.text):
            return Subject(named_first["who"], tuple(draft.head[i:]))
    for piece in reversed(draft.head):
        thing = bare(piece.text)
        if 2 < len(thing) < 24 and not re.search(r"\d", thing) and not _NO_SUBJECT.match(thing) and not _ENCOURAGES.match(thing):
            return Subject(thing, (piece,))
    return Subject(soft["who"], tuple(before)) if soft else Subject("", ())


def beneficiary_of(draft: Draft) -> str:
    """Who gets it, in the words of the text."""
    recipient = recipient_of(draft)
    subject = find_subject(draft).text
    if recipient:
        return recipient
    if subject and _COST.search(bare(subject)):
        encouraged = next((m for piece in reversed(draft.head) if (m := _ENCOURAGED.match(piece.text))), None)
        first = next((m for piece in draft.head if (m := _NAMED_FIRST.match(piece.text))), None)
        subject = encouraged["who"] if encouraged else first["who"] if first else draft.beneficiary_from or subject
    text = shorten(subject) or draft.beneficiary_from
    return text + "主体" if text.endswith("的") else text


def recipient_of(draft: Draft) -> str:
    """Who is paid, where that is said apart: 给予园区运营方最高100万元."""
    named = [piece for piece in draft.head if _FOR.match(piece.text)]
    for piece in (*draft.head, *draft.body) if named else ():
        paid = _PAID.match(piece.text) if piece.start > named[0].start else None
        if paid and _NOUN_END.search(paid["who"]) and not _NOT_RECIPIENT.search(paid["who"]):
            return paid["who"]  # 对甲企业，通过平台进口汽车的，对平台给予补贴
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
        match = FACTOR.match(piece.text.split("给予")[0])
        if match and not re.search(r"比例|标准|\d", match["what"]):
            return match["what"]
    return ""


def _refines(before: list[Piece], named: list[int]) -> bool:
    """对甲平台，对…的 : the second only narrows the first."""
    return len(named) > 1 and before[named[-1]].text.endswith("的") and len(before[named[-1]].text) < 10


_SOFT = re.compile(
    r"^对于?(?P<who>[^，；。]{2,40}?)(?:按[^，；。]{2,12})?(?:进行|给予|予以|发放|实施)(?:一次性|配套|分[档级类])*(?:[\u4e00-\u9fff]{0,4})(?:奖励|资助|补助|补贴|支持|扶持)$"
)
"""对优秀旅行社进行奖励: who is meant, where the sums stand behind."""


def _only_soft(text: str) -> bool:
    return bool(_SOFT.match(text))


def _subject_from(pieces: list[Piece]) -> Subject:
    words = [_who(pieces[0].text) if pieces[0].text.startswith("对") or "对" in pieces[0].text[:4] else pieces[0].text]
    taken = [pieces[0]]
    if not _NOUN_END.search(bare(words[0])):
        ends = [
            i
            for i, piece in enumerate(pieces)
            if i and _NOUN_END.search(bare(piece.text)) and not FACTOR.match(piece.text) and "的" in piece.text
        ]
        if ends:
            words += [piece.text for piece in pieces[1 : ends[0] + 1]]
            taken += pieces[1 : ends[0] + 1]
    rest = [piece for piece in pieces if piece.start > taken[-1].start]
    return Subject(_clean("，".join(words)), (*taken, *rest))


def _who(text: str) -> str:
    match = _FOR.match(text)
    who = match["who"] if match else text
    return _GRANT_TAIL.sub("", who) or who


def _clean(text: str) -> str:
    return re.sub(r"^（(?=[^）]*$)|^(?:对于?|凡)", "", text).strip("，、")


def bare(text: str) -> str:
    """Without what stands in brackets."""
    return re.sub(r"（[^）]*）", "", text)
