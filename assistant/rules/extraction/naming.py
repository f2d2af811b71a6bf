"""Names: facts from the words of the text, short labels, ids that stay the same when the text does.

>>> short_label("正式运营、营业面积100平方米以上的O2O线下体验店", "给予不超过50万元的一次性资金扶持")
'O2O线下体验店资金扶持'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.glossary.measures import load_measures
from index.models import Article

_NOUN = re.compile(
    r"(?:一次性|专项|落户|维权援助服务费用|基础设施建设)?(?:资金|经费)?(?:奖励|奖补|补助|补贴|资助|扶持|支持|配套|贴息|减免|减征|免征|优惠|投资支持|贷款)"
)
_GENERIC = re.compile(
    r"^(?:跨境电商|跨境电子商务|电商|电子商务|现代服务业|商贸|我市|我区|本地|相关|上述)?(?:企业|单位|机构|主体|项目|个人|市场主体|组织|公司|平台企业|经营主体|企业或机构)$"
)
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class FactName:
    """Name of a fact, and how else people call it."""

    name: str
    aliases: tuple[str, ...] = ()


def fact_name(label: str, unit: str) -> FactName:
    """The name under which the measure is known everywhere; else the words of the text themselves."""
    known = load_measures().find(label, unit)
    if known:
        return FactName(known.fact, tuple(name for name in known.all_names if name != label))
    return FactName(re.sub(r"\s", "", label)[:40])


def short_label(subject: str, words: str, basis: str = "") -> str:
    """A readable name of an incentive from whom it is for, its object, and the noun of the grant."""
    grant = grant_noun(words)
    if basis and re.search("费|租金|税|保费|利息|贴息", basis):
        return _cut(last_noun(basis)) + grant
    thing = last_noun(subject)
    if not thing or _GENERIC.match(thing):
        thing = _action(subject) or thing or "符合条件的"
    return _cut(thing) + grant


def grant_noun(words: str) -> str:
    """奖励, 资金扶持, 补贴 …, the word of the text."""
    found = _NOUN.findall(words)
    return re.sub("^(?:一次性|专项)", "", found[-1]) if found else "支持"


def last_noun(text: str) -> str:
    """What the last 的 qualifies: 正式运营的体验店 -> 体验店."""
    bare = re.sub(r"（[^）]*）|“|”", "", text).rstrip("的等")
    return bare.rpartition("的")[2]


def _action(subject: str) -> str:
    """What somebody of a general kind did: 首次开展跨境电商业务的企业 -> 首次开展跨境电商业务."""
    bare = re.sub(r"（[^）]*）", "", subject).rstrip("的")
    action = bare.rpartition("的")[0] or bare
    parts = [part for part in re.split(r"[，、；]|并(?=[\u4e00-\u9fff]{3})|(?<=.{6})且", action) if len(part) > 2]
    return re.sub(r"^(?:对于?|在我市|在本市|在我区|在本区|被|经|已|实现|于)+", "", parts[0]) if parts else ""


def _cut(text: str) -> str:
    """At most 24 characters, beginning with a whole item of an enumeration where there is one."""
    if len(text) <= _LONGEST:
        return text
    tail = text[-_LONGEST:]
    return re.split("[、，]", tail, maxsplit=1)[-1] or tail


def rule_id(article: Article, ordinal: int) -> str:
    """`3.1-2`: path of the article in Arabic digits, ordinal of the rule in it; `p-1` for unlabelled text."""
    parts = [_digits(part) for part in article.path]
    return f"{'.'.join(parts) if parts else article.kind.value}-{ordinal}"


def _digits(label: str) -> str:
    bare = re.sub(r"[第条章节部分编篇（）()]", "", label)
    match = re.fullmatch(
        r"(?:(?P<hundreds>[一二三四五六七八九])百[零〇]?)?(?:(?P<tens>[一二三四五六七八九])?(?P<ten>十))?(?P<ones>[一二三四五六七八九])?",
        bare,
    )
    if not bare or not match:
        return bare or "x"
    digits = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
    value = (
        100 * digits.get(match["hundreds"] or "", 0)
        + (10 * digits.get(match["tens"] or "一", 1) if match["ten"] else 0)
        + digits.get(match["ones"] or "", 0)
    )
    return str(value)
