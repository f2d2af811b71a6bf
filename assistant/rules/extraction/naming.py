"""Names: facts from the words of the text, short labels, ids that stay the same when the text does.

>>> short_label("正式运营、营业面积100平方米以上的O2O线下体验店", "给予不超过50万元的一次性资金扶持")
'O2O线下体验店扶持'
>>> short_label("年培训人数达到20人以上的企业", "给予2000元补贴", topics=("鼓励引进跨境电商专业人才",))
'跨境电商专业人才引进补贴'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.glossary.measures import load_measures
from index.models import Article

_NOUN = re.compile(r"奖励|奖补|津贴|补助|补贴|资助|扶持|支持|配套|贴息|减免|减征|免征|优惠|贷款")
_OBJECT = re.compile(
    r"(?:元|美元|%)(?:以内|以下)?(?:/[\u4e00-\u9fff]{1,4}?(?=的|标准|补|奖|资|扶|支|配))?(?:的|标准)?(?P<object>[\u4e00-\u9fff]{2,8}?)(?:资金|经费)?(?=奖励|奖补|补助|补贴|资助|扶持|支持|配套)"
)
_NO_OBJECT = re.compile(
    r"^(?:一次性|资金|专项|给予|标准|比例|年度|最高|额度|相应|奖励|补助|扶持|作为|以|对|给|进行|的|该)|[给予]予|予以|标准|进行"
)
_GENERIC = re.compile(
    r"^(?:跨境电商|跨境电子商务|电商|电子商务|现代服务业|商贸|我市|我区|本地|相关|上述|获得|符合条件的?)*(?:企业|单位|机构|主体|项目|个人|市场主体|组织|公司|平台企业|经营主体|(?:企业|平台|机构|单位)[或和及、](?:企业|平台|机构|单位|个人)|费用|部分|活动|.{0,4}(?:运营|管理|建设|承办|举办|申报|主办)(?:企业|单位|机构|主体|方|公司|管理单位))$"
)
_ENCOURAGING = re.compile(
    r"^(?:对于?|支持|鼓励|加强|推进|推动|加快|促进|完善|大力|积极|实施|强化|引导|着力|深化|开展|探索|提升|优化|进一步|全面|落实|加大|支撑|做好)+"
)
_AWARD = re.compile("[\u4e00-\u9fff]{2,8}奖")
"""提升能级奖 is a name as it stands."""
_FRAME_HEADING = re.compile("措施|任务|力度|附则|标准$|范围|程序|政策$|保障$|总则|条件$|要求|目标|意见|办法|规定|若干")
_BUILDS = re.compile(r"^.{0,60}?(?:建设|建立|打造|设立|创办|布局|搭建|举办|开设|开展|参加)(?P<what>(?!与|和|的)[^，；。]{4,})$")
_BRINGS = re.compile(r"^.{0,14}?(?P<verb>引进|引育|培育|培养|投保|引入)(?P<what>(?!与|和|的)[^，；。]{3,})$")
_NOT_A_NAME = re.compile(
    r"\d|^(?:根据|按照?|对于?|在|为|入(?!驻)|被|由|经|以|于|其(?!他)|各|地区|一次性|给予|予以|可)|[，；：]|享受|给予|予以"
)
_ACHIEVED = re.compile("获得|取得|通过|进入|上市|挂牌|评为|入选|获评|初次|首次|商标|专利|认证|称号")
_LONGEST = 20
_AWARD = re.compile("(?:奖|奖励|补贴|补助|资助)$")
_NO_AWARD = re.compile("[，、和及或]|政策|^(?:加大|加强|落实|完善|强化|实施|给予|鼓励|支持|其他)")
_LONGEST_AWARD = 8
_FUNDS = "[\u4e00-\u9fff]{2}经费"
"""科研经费, 开办经费: what is given, where no word says how."""
NOBODY = "符合条件的申报主体"
"""Whom a promise is for that names nobody."""
_INCREASE = re.compile(r"增幅|增量|增长额?|增加额?|新增|净增|增额")
_UNIT_OF_MONEY = re.compile(r"[A-Z]{3}$")


@dataclass(frozen=True, slots=True)
class FactName:
    """Name of a fact, and how else people call it."""

    name: str
    aliases: tuple[str, ...] = ()


def fact_name(label: str, unit: str) -> FactName:
    """The name under which the measure is known everywhere; else the words of the text themselves.

    An increase is not the level: 进出口额增幅 in dollars is the increment of 进出口额, never 进出口额 itself.
    """
    increase = _UNIT_OF_MONEY.match(unit) and _INCREASE.search(label)
    known = load_measures().find(_INCREASE.sub("", label) + "增量" if increase else label, unit)
    if known and increase and not any(_INCREASE.search(name) for name in known.all_names):
        known = None
    if known:
        return FactName(known.fact, tuple(name for name in known.all_names if name != label))
    return FactName(re.sub(r"\s", "", label)[:40])


def short_label(subject: str, words: str, basis: str = "", topics: Iterable[str] = (), purpose: str = "") -> str:
    """A readable name of an incentive, without figures.

    Args:
        subject: Whom it is for, in the words of the text.
        words: The words of the grant: their noun (奖励, 补贴) and its object (落户, 场地租金) end the name.
        basis: What a rate is taken of; a cost that is refunded names the incentive.
        purpose: All words of the promise: where nothing else names it, what the support is for (场租补贴).
        topics: Headings and introductory words, nearest first, for grants to companies in general.
    """
    grant = grant_noun(words)
    if basis and re.search("费|租金|租|税|保费|利息|贴息", basis) and (cost := _usable(cost_noun(basis))) and cost != "费用":
        return cost + grant
    thing = _usable(subject_noun(subject))
    topic = next((name for words_of_topic in topics if (name := _usable(topic_of(words_of_topic)))), "")
    if len(thing) < 4 and topic:  # 学校, 园区 say less than what they are supported for
        thing = ""
    action = _usable(_action(subject))
    obj = object_of(words)
    if not thing and not topic and (whose := re.search(r"的(?P<what>[\u4e00-\u9fff]{4,20})的(?:企业|单位|机构|主体)$", subject)):
        thing = _usable(whose["what"])  # 建设面积超过1万平方米的综合展贸平台的企业
    achieved = action if _ACHIEVED.search(subject) and len(action) > 4 else ""
    name = thing or achieved or topic or action or (obj and subject_noun(subject)) or _usable(_purpose(purpose or words)) or NOBODY
    label = name + ("" if not obj or obj in name else obj) + ("" if name.endswith((grant, "奖")) and name == topic else grant)
    return re.sub("奖(?:奖励|奖补|支持|扶持)$", "奖", label) if name == topic else label


def award_name(*headings: str) -> str:
    """The name that the article, or the one above it, gives its grants, where that is one: 【落户奖】, 【仓储补贴】."""
    return next((name for name in headings if 2 < len(name) <= _LONGEST_AWARD and _AWARD.search(name) and not _NO_AWARD.search(name)), "")


def object_of(words: str) -> str:
    """What the money is for where the grant says it: 50万元落户奖励 -> 落户."""
    found = _OBJECT.search(words)
    obj = found["object"] if found else "" if re.search(r"\d", words) else _purpose(words)
    return "" if not obj or _NO_OBJECT.search(obj) or _NOUN.search(obj) else obj


def _purpose(words: str) -> str:
    """给予企业不超过3年的场租补贴 -> 场租."""
    found = re.findall(r"(?:的|给予|发放)([\u4e00-\u9fff]{2,6}?)(?=补贴|补助|奖励|资助|扶持)", words)
    return next((name for name in found if not _NO_OBJECT.search(name) and not _NOUN.search(name)), "")


def subject_noun(subject: str) -> str:
    """The head noun of the beneficiary; of an enumeration what it sums up (A、B等社会组织), or its first item."""
    if subject.endswith("的"):
        return ""  # a deed, nobody's name
    noun = re.sub(r"等$", "", last_noun(subject))
    noun = without_level(re.sub(r"^.*等(?=[\u4e00-\u9fff]{3,})", "", noun))
    items = list(dict.fromkeys(without_level(item) for item in noun.split("、")))
    noun = "、".join(items)
    if len(items) > 1 and len(noun) > _LONGEST:
        noun = items[0] + "等"
    return "" if _GENERIC.match(noun) else noun


def without_level(noun: str) -> str:
    """首次认定为省级示范企业 -> 示范企业; 国家、省、市级项目 -> 项目."""
    bare = re.sub(r"^(?:首次|新|当年|被|经|初次)*(?:认定为?|评为|获评|获得|列入|通过|取得|入选)的?", "", noun)
    return (
        re.sub(
            r"^(?:(?:国家|省|市|区|县)级?[、和及或]+)*(?:(?:国家|省|市|区|县)级|(?:省|市)(?=[\u4e00-\u9fff]{2,}(?:企业|单位|机构|基地|中心|平台)$))",
            "",
            bare,
        )
        or bare
    )


def topic_of(heading: str) -> str:
    """The matter of a heading: 鼓励跨境电商企业建设公共海外仓 -> 公共海外仓; 引进专业人才 -> 专业人才引进."""
    if _AWARD.fullmatch(heading):
        return heading
    bare = _ENCOURAGING.sub("", re.sub(r"\s", "", heading))
    bare = re.sub(r"的?(?:给予|予以|按[^，]*给予)?(?:奖励|奖补|补助|补贴|资助|扶持|支持)$", "", bare)
    bare = re.sub("^获得", "", bare if _BUILDS.match(bare.replace("，", "")) else bare.split("，")[0]).replace("，", "")
    if not bare or _FRAME_HEADING.search(bare):
        return ""
    if match := _BUILDS.match(bare):
        return match["what"]
    if match := _BRINGS.match(bare):
        return match["what"] + match["verb"]
    return bare


def cost_noun(basis: str) -> str:
    """退出企业实际应发生的租金总额 -> 租金总额; 推广、物流等费用 stays."""
    return re.sub(r"^(?:其|实际|应|当年|年度|已付|缴纳|支付|发生)+|^按|计算的利息$", "", last_noun(basis))


def grant_noun(words: str) -> str:
    """奖励, 扶持, 补贴 …, the word of the text."""
    found = _NOUN.findall(words)
    funds = re.search(f"{_FUNDS}(?=$|\\d)", words)
    return str(found[-1]) if found else funds.group() if funds else "支持"


def last_noun(text: str) -> str:
    """What the last 的 qualifies: 正式运营的体验店 -> 体验店."""
    bare = re.sub(r"（[^）]*）|“|”", "", text).rstrip("的等")
    return bare.rpartition("的")[2]


def _action(subject: str) -> str:
    """What somebody of a general kind did: 首次开展跨境电商业务的企业 -> 首次开展跨境电商业务."""
    bare = re.sub(r"（[^）]*）", "", subject).rstrip("的")
    before, _, deed = bare.rpartition("的")
    done = subject.endswith("的") and re.search("(?:进行|开展|办理|实施|从事|实现|完成)[\u4e00-\u9fff]{3,}$", deed)
    action = without_level(deed if done else before or bare)
    parts = [
        part for part in re.split(r"[，；]|并(?=[\u4e00-\u9fff]{3})|(?<=.{6})且", action) if len(part) > 2 and not re.search(r"\d", part)
    ]
    words = re.sub(r"^.*等(?:领域|行业)", "", parts[0]) if parts else ""
    return re.sub(r"^(?:对于?|在我市|在本市|在我区|在本区|被|经|已|实现|于|凡)+", "", words)


def _usable(name: str) -> str:
    """The name if it can stand in a label: no figure, no half sentence, not too long."""
    name = name.strip("，、的")
    if len(name) < 2 or _NOT_A_NAME.search(re.sub(r"(?<=[A-Za-z])\d(?=[A-Za-z])", "", name)):
        return ""
    if len(name) <= _LONGEST:
        return name
    deed = re.sub(r"(?:进行|并)[\u4e00-\u9fff]{4,}$", "", name)
    deed = re.sub(r"^.{2,8}?(?:企业|单位|机构|平台)(?=于|在|通过|进行|利用)(?:于|在)?", "", deed)
    if deed != name and len(deed) <= _LONGEST:
        return deed
    tail = re.split("[、，和]", name)[-1]
    return tail if 4 <= len(tail) <= _LONGEST and not _NOT_A_NAME.search(tail) else ""


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
