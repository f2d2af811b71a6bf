"""What a rate is taken of: 按照A的2%, 给予A最高70%, 以A为基数.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> draft = read_drafts(read_sentences("对甲企业，按照年线上交易额的2%给予支持，最多不超过100万元。"))[0]
>>> basis_of(draft, draft.grants[0])
'年线上交易额'
"""

from __future__ import annotations

import re

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.naming import last_noun
from assistant.rules.extraction.roles import Series
from assistant.rules.extraction.subjects import bare, find_subject

_LIMIT_HEAD = re.compile(r"^(?:的|其|各自|分别|参照|不超过|不高于|最高|最多|可|上限|比例|标准|照)+")
_LIMIT_TAIL = re.compile(r"(?:的?(?:不超过|不高于|最高|最多|至多|最高可达|上限为?)|的|按|为|给予|一次性|分别)+$")
_BASE = re.compile(r"以(?P<what>[^，；。\d]{1,24}?)(?:作为|为)(?:计算|计奖|奖励|补贴|补助)?(?:基数|基准|计算依据)")
_REFUNDED = re.compile(r"^的?(?P<what>[\u4e00-\u9fff]{0,8}?(?:租金|房租|租赁费|费用?|利息|保费|成本))(?=补贴|补助|资助|扶持)")


def basis_of(draft: Draft, series: Series) -> str:
    """What a rate is taken of; a part (新增部分) with what it is a part of."""
    label = _basis(draft, series)
    return _of_what(draft, label) if re.fullmatch("(?:新增|增量|增长|超出|超额|净增)部分", label) else label


def _basis(draft: Draft, series: Series) -> str:
    refunded = _REFUNDED.match(series.right)
    if refunded and re.search("(?:给予|按(?:其)?)(?:不超过|最高|最多)?$", series.left):
        return refunded["what"]  # 连续3年每年给予50%的租金补贴
    return _basis_of_words(draft, series)


def _basis_of_words(draft: Draft, series: Series) -> str:
    """What a rate is taken of: 按照A的2%, 给予A最高70%, 对A给予50%, or in a piece before or behind (按30%的比例，对其发生的A…)."""
    for pattern in (r"按(?:照)?(?!不超过$)(?P<what>[^按]*)$", r"(?:给予|免收|免征)(?P<what>.*)$"):
        match = re.search(pattern, series.left)
        if match and (label := _trim(match["what"])):
            return label
    match = re.search(rf"^(?P<what>.+?)(?:{p.GIVE})[^，；。]{{0,12}}$", series.left)
    if match and (label := _trim(re.sub("^(?:对于?|其中)", "", match["what"]))):
        return label
    if (label := _trim(re.sub("^可?按?", "", series.left.split("可按")[-1]))) and not re.search("比例|标准", series.left):
        return label
    for piece in draft.body:
        match = re.search(r"(?:对其(?:发生的|实际发生的)?|给予其|其)(?P<what>[^，；。\d]{2,30}?)(?:最高|不超过|最多|给予|予以)", piece.text)
        if match and (label := _trim(match["what"])):
            return label
    if label := _declared(draft, series):
        return label
    for piece in reversed(draft.head):
        match = re.search(r"对其?(?P<what>[^，；。\d]{2,40}?)(?:给予|予以|进行)", piece.text)
        if match and (label := _trim(match["what"])):
            return label
        if re.search("费用?$|部分$|贡献$|租金$|金额$|额$|利息$|投入$|收入$|资金$", re.sub("（[^）]*）", "", piece.text)):
            noun = last_noun(piece.text)
            return noun if 1 < len(noun) <= 24 else re.sub("^对于?", "", piece.text)[-24:]
    if re.search("(?:国家|省|市|区|县)级的", series.left):
        return last_noun(find_subject(draft).text)[-24:]
    return ""


def _declared(draft: Draft, series: Series) -> str:
    """以年产值为基数，给予0.05%的奖励; 对年产值增长的部分，以此为基数，…: what is called the base, where the grant names nothing else."""
    before = [piece for piece in draft.pieces if piece.start < series.start]
    for number, piece in reversed(list(enumerate(before))):
        match = _BASE.search(piece.text)
        if match and match["what"] not in ("此", "其", "该"):
            return match["what"][-24:]
        if match and number:
            return re.sub("^对于?", "", bare(before[number - 1].text)).replace("的部分", "部分").removesuffix("的")[-24:]
    return ""


def _of_what(draft: Draft, part: str) -> str:
    """新增部分 behind 地方综合贡献比上一年增长10%以上的 -> 地方综合贡献新增部分."""
    for piece in draft.pieces:
        match = re.search(r"(?P<what>[\u4e00-\u9fff]{2,12}?)(?:比|较|同比|超过)", piece.text)
        if match and not re.match("对|其中|按", match["what"]):
            return match["what"] + part
    return part


def _trim(text: str) -> str:
    """A usable name of a basis, or ""."""
    if re.fullmatch("(?:对)?(?:国家|省|市|区|县)级的?", text):
        return ""
    text = re.split(r"给予|予以", text)[0] if re.match(r".{3,}(?:给予|予以)", text) else text
    limited = re.search(r"(?:不超过|不高于|最高|最多)(?P<what>[^\d]{2,})$", text)
    if limited and not _LIMIT_TAIL.fullmatch(limited["what"]):
        text = limited["what"]
    text = _LIMIT_TAIL.sub("", _LIMIT_HEAD.sub("", text)).strip("（）")
    if len(text) > 30:
        text = last_noun(text)
    if re.fullmatch("(?:对)?(?:国家|省|市|区|县)级的?", text):
        return ""
    return (
        text
        if len(text) > 1
        and not re.fullmatch("(?:由|市|区|县|级|政府)*财政(?:补贴|补助|承担)?|一次性|资金|比例|标准|奖励|补助|相应|企业|分别|支持", text)
        else ""
    )
