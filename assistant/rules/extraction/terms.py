"""The terms of a grant: how often, for each what, up to what; what a share is taken of is in `basis`.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> draft = read_drafts(read_sentences("对甲企业，按照年线上交易额的2%给予支持，最多不超过100万元。"))[0]
>>> caps_of(draft, period_of(draft, "年线上交易额"))[0].per
'year'
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.conditions import describes_counted, measure_label
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.naming import fact_name, last_noun
from assistant.rules.extraction.roles import COMPARED_WITH, EACH_OF, EACH_UNIT, TRADED, Series, is_money
from assistant.rules.extraction.subjects import bare, find_subject
from assistant.rules.schema import Cap, Figure, Measure, NamedFigure, Period
from index.models import Bound, Quantity

COUNT_NAMES = {
    "m2": "面积",
    "month": "月数",
    "year": "年数",
    "person": "人数",
    "item": "件数",
    "company": "企业数",
    "order": "单数",
    "ton": "吨数",
    "TEU": "标箱数",
    "time": "次数",
    "day": "天数",
    "hour": "学时数",
    "kg": "重量",
    "person_time": "人次",
    "kWh": "电量",
    "night": "住宿晚数",
}
"""What a figure in this unit is a number of, where the text names no measure."""
_EACH_ONE = re.compile(
    r"每(?:一)?(?:个|项|件|款|场|部|张|台|辆|班|列)(?P<what>(?:[\u4e00-\u9fff]{0,6}?)(?:项目|展位|课题|品牌|商标|专利|认证|标准|产品|海外仓|门店|活动|场次|航线|班列))?(?=分别|给予|奖励|补助|补贴|资助|最高|支持|一次性|扶持)"
)
_EACH_THING = re.compile(
    r"(?:给予|奖励|补助|补贴|资助)每(?:个|项|款|种|部|座|艘|条)(?P<what>(?!年度?|月|季|自然年|学年|项目?目|单位|主体)[\u4e00-\u9fff]{2,6}?)(?=最高|不超过|一次性|\d)"
)
"""给予每个车型20万元: whatever is counted with a measure word between the verb and the sum."""
_EACH_BOOTH = re.compile(r"每(?P<what>(?:国际)?(?:标准|标)?[展摊]位)(?=分别|给予|奖励|补助|补贴|资助|最高|不超过|\d)")
"""每标准展位1.5万元, without a measure word."""
_BY_NUMBER = re.compile(r"(?P<what>(?:新?(?:培育|引进|引入|培养|服务|孵化|新增))[^，；。\d]{2,18}?)的?数量")
"""根据上一年度培育和引入高新技术企业的数量."""
_BOUNDING = re.compile("(?:最高|最多|最长|不超过|不高于|不多于|至多|为|上限|每次)+$")
_PART = re.compile("(?:新增|增量|增加|增长|净增)(?:的)?部分")
_RHYTHM = re.compile("每[周月天日季]")
_BODY = re.compile(r"^(?:企业|单位|机构|个人|园区|平台|主体|公司|基地)")
_COST_PART = re.compile("(?:费用?|支出|租金|成本|价款|保费|利息)$")
_LONGEST_COST = 14
_EACH_UNITS = {
    "单": "order",
    "票": "order",
    "人": "person",
    "人次": "person_time",
    "名": "person",
    "位": "person",
    "吨": "ton",
    "公斤": "kg",
    "千克": "kg",
    "总吨": "ton",
    "标箱": "TEU",
    "标准箱": "TEU",
    "TEU": "TEU",
    "学时": "hour",
    "课时": "hour",
    "小时": "hour",
    "天": "day",
    "日": "day",
    "月": "month",
    "晚": "night",
    "千瓦时": "kWh",
} | dict.fromkeys(("场", "场次", "班", "班次", "车次", "班列", "列", "架次", "航次", "次"), "time")
_NO_COUNT = ("家", "户", "个", "年", "年度")
"""每家, 每户: there the company itself is meant; 每年: how often, not how many."""


def words_of(draft: Draft) -> str:
    """The words of the grant itself."""
    return "，".join(piece.text for piece in draft.body)


def figure(quantity: Quantity) -> Figure:
    """The quantity as a figure of a rule."""
    return Figure(value=quantity.value, unit=quantity.unit, bound=quantity.bound)


def period_of(draft: Draft, basis: str = "") -> Period:
    """How often it is paid."""
    body = words_of(draft)
    if p.ONCE.search(body):
        return Period.ONCE
    if p.YEARLY.search(body) or p.CONSECUTIVE.search(draft.text):
        return Period.YEAR
    if "首年" in basis:
        return Period.FIRST_YEAR
    return Period.YEAR if "年" in basis else Period.UNSTATED


def caps_of(draft: Draft, period: Period, *only: Series) -> tuple[Cap, ...]:
    """The most that is paid, each with what it counts over and for whom; of all caps of the draft, or of some."""
    caps = []
    for series in only or draft.caps:
        quantity = series.quantities[0]
        if not is_money(quantity.unit):
            continue  # limits the area or the share, not the sum: see limits_of
        scope = re.search(
            r"(?:单个|单家|单户|每个|每家|每户|每项|单笔|单项|同一|对?一家)[\u4e00-\u9fff]{0,10}?(?=每年|年度|年|单一|累计|合计|三年|两年|最高|最多|不超过|上限|限额|享受|获得|扶持|补贴|补助|资助|支持|奖励|贴息|给予|“|该)|个人",
            series.left,
        )
        cap = Cap(
            value=quantity.value,
            unit=quantity.unit,
            bound=Bound.AT_MOST,
            per=cap_period(series.left, period),
            scope=scope.group() if scope else "",
        )
        if cap not in caps:
            caps.append(cap)
    return tuple(caps)


def limits_of(draft: Draft) -> tuple[NamedFigure, ...]:
    """Figures that are no sums: limits (补贴面积不超过500平方米), shares, and what describes the things counted."""
    found = []
    for series in (*draft.limits, *(cap for cap in draft.caps if cap.unit == "ratio")):
        label = re.sub("限定在|控制在|限制在|(?:最高|最多|不超过)为?其?(?=[^，；。]{2,}的?$)", "占", _BOUNDING.sub("", series.left))
        label = re.sub(r"^(?:且|并|但|其中|给予|对|每年|的)+|^.*(?:以及|并且|\d[^、]*、)|的$", "", label)
        if re.search(r"给予|\d", label):  # 给予最高1000万元补贴或最高200平方米人才公寓
            label = named.group() if (named := re.match("[\u4e00-\u9fff]{2,10}", series.right)) else ""
        if series.unit in ("year", "month") and not re.search("期|时间|年限|周期", label):
            label = "支持期限"
        found.append(NamedFigure(label=label[-20:] or "数量上限", figure=figure(series.quantities[0])))
    for series in draft.conditions:
        if describes_counted(draft, series) and (label := measure_label(series)):
            found.append(NamedFigure(label=label, figure=figure(series.quantities[0])))
    return tuple(dict.fromkeys(found))


def most_of(draft: Draft, unit: str) -> Decimal | None:
    """The most of a measure that is counted: 500平方米, 36 months for 3年."""
    for series in draft.limits:
        if unit == "m2" and series.unit == "m2":
            return series.quantities[0].value
        if unit in ("item", "person", "TEU", "kg", "ton") and series.unit == unit and "累计" not in series.left:
            return series.quantities[0].value
        if unit == "month" and series.unit in ("month", "year"):
            return series.quantities[0].value * (12 if series.unit == "year" else 1)
    return None


def cap_period(left: str, period: Period) -> str:
    """What a limit counts over, by the words before it: year, total, years:3, else the period of the rule."""
    years = p.YEARS_TOTAL.search(left)
    if years and (count := p.chinese_number(years["n"])):
        return f"years:{count}"
    if re.search(r"每年|年度|单一年度|当年|全年|年(?:支持|资助|扶持|补贴|补助|奖励)", left):
        return "year"
    if re.search("累计|合计|共计", left):
        return "total"
    return {Period.ONCE: "once", Period.YEAR: "year", Period.FIRST_YEAR: "first_year"}.get(period, "unstated")


def measure(
    label: str,
    unit: str,
    default: Decimal | None = None,
    *,
    step: Decimal | None = None,
    above: Decimal | None = None,
    most: Decimal | None = None,
) -> Measure:
    """A measure under the name the catalogue knows it by."""
    fact = fact_name(label, unit)
    aliases = tuple(dict.fromkeys((*fact.aliases, *cost_parts(label)))) if unit == "CNY" else fact.aliases
    return Measure(fact=fact.name, label=label, unit=unit, aliases=aliases, default=default, step=step, above=above, most=most)


def cost_parts(label: str) -> tuple[str, ...]:
    """The costs that are taken together: 首年入驻费和首年推广费 -> 首年入驻费, 首年推广费; () for one cost."""
    named = re.sub("(?:等|总额|合计|之和)+$", "", label)
    parts = [re.sub("^(?:实际|当年|其)*(?:发生|支付|缴纳)?的?", "", part) for part in re.split("[、和及与]|以及", named)]
    whole = len(parts) > 1 and all(_COST_PART.search(part) and len(part) <= _LONGEST_COST for part in parts)
    return tuple(parts) if whole else ()


def below(draft: Draft, unit: str) -> Measure:
    """What is counted below the line of a price: the area that is rented, the months, the patents."""
    words = draft.text
    label = COUNT_NAMES.get(unit, "数量")
    same = [name for series in draft.conditions if series.unit == unit and (name := measure_label(series))]
    if unit not in COUNT_NAMES and same:
        return measure(same[-1], unit)  # 种植100亩以上的，奖励100元/亩
    if unit == "m2" and (match := re.search(r"[\u4e00-\u9fff]{0,10}(?:面积|用房|场地|场所)", words)):
        label = match.group() if match.group().endswith("面积") else match.group() + "面积"
        label = re.sub(r"^.*?(?=租赁|租用|购置|购买|营业|实际|自用|使用|建筑)", "", label)
    elif unit == "month":
        label = "租赁月数" if "租" in words else "月数"
    elif unit in COUNT_NAMES:
        counted, name = _counted(draft), COUNT_NAMES[unit]
        label = (counted + ("" if counted.endswith((name, "总吨", "数量", "量")) else name))[-24:]
    return measure(label[:24], unit, most=most_of(draft, unit))


def _counted(draft: Draft) -> str:
    """What pieces are counted of: 国内发明专利，申请费资助1000元/件 -> 国内发明专利申请费."""
    by = next((match for piece in (*draft.head, *draft.body) if (match := _BY_NUMBER.search(piece.text))), None)
    if by:
        return re.sub("(?:企业|人员|人才)$", "", by["what"])
    own = re.match(r"[^，；。\d]*?(?=后?(?:资助|给予|补助|补贴|奖励)|按|\d)", draft.body[0].text)
    before = bare(draft.head[-1].text) if draft.head else ""
    if len(before) > 24 or re.match("对|其中|根据|前", before) or re.search(r"\d", before):
        before = ""
    words = re.sub("^对于?", "", before + (own.group() if own and len(own.group()) > 1 else ""))
    words = re.sub("^(?:一次性|连续.{1,2}年|以|按照?|实际|每年)+", "", p.ORDINAL_YEAR.sub("", words))
    return re.sub("的$", "", words) or last_noun(find_subject(draft).text)


def each_words(draft: Draft, series: Series) -> str:
    """每新入驻1家跨境电商企业 -> 新入驻跨境电商企业数."""
    verb = re.search(r"每(?P<verb>[\u4e00-\u9fff]{0,10}?)(?:满|达到?)?$", series.left)
    noun = re.match(r"[\u4e00-\u9fff]{0,12}?(?=年|给予|奖励|奖补|补助|补贴|资助|，|的|并|$|按)", series.right)
    before = re.sub(r"^.*[，、的）]", "", series.left[: verb.start()]) if verb else ""
    words = (before[-16:] if is_money(series.unit) else "") + (verb["verb"] if verb else "") + (noun.group() if noun else "")
    words = re.sub("^按每?|^对于?|^为[\u4e00-\u9fff]{1,6}(?:企业|单位)(?:成功)?", "", words)
    if is_money(series.unit):
        return _counted_sum(draft, words)
    if not (noun and noun.group()) and (
        described := re.search(r"的(?P<noun>[\u4e00-\u9fff]{0,6}(?:企业|商户|机构|单位|平台|项目|门店|人员|人才|团队))", series.right)
    ):
        words += described["noun"]
    known = COUNT_NAMES.get(series.unit, "数")
    if (noun and noun.group()) or words.endswith(("企业", "商户", "门店", "人员", "人才", "员工")):
        return words + "数"
    if len(words) < 2:
        words = last_noun(find_subject(draft).text)[-10:] + words
    return words + known


def _counted_sum(draft: Draft, words: str) -> str:
    """年零售额每实现2000万元 -> 年零售额; 年销售额每增加5亿元 -> 年销售额增加额."""
    verb = re.search("(?:实现|完成|达到?|满|超过?|增加|增长|新增|增|多|提高)$", words)
    grows = bool(verb and re.search("增|多|提高", verb.group()))
    label = re.sub(f"(?:{COMPARED_WITH})+$", "", words[: verb.start()] if verb else words)
    if re.fullmatch(TRADED, label):  # 每出口1美元; of what, where the words before say so: 出口软件产品的企业
        goods = re.search(
            rf"{label}(?P<what>(?!企业|单位|公司|额|总额|业务)[\u4e00-\u9fff]{{2,8}}?)(?=的|，|$)",
            "，".join(piece.text for piece in draft.head),
        )
        return label + (goods["what"] if goods else "") + "额"
    if len(label) < 2:
        part = next((piece.text for piece in reversed(draft.head) if re.search("(?:部分|增量|额|量)$", piece.text)), "")
        unit = draft.each[-1].unit if draft.each else ""
        same = next((name for s in reversed(draft.conditions) if s.unit == unit and (name := measure_label(s))), "")
        label = (part or same or last_noun(find_subject(draft).text))[-16:] or "金额"
    return label + ("增加额" if grows else "")


def each_of(draft: Draft, series: Series | None = None) -> str:
    """Unit of 每单4元, 每人1500元; "" for 每家, 每户: there the company itself is meant."""
    return next(iter(each_units(draft, series)), "")


def counted_label(draft: Draft, unit: str) -> str:
    """What 每人, 每标箱 counts: what a condition in that unit measures, else the noun before, or the subject."""
    named = counted_words(draft.grants[0])
    if part := _PART.search(draft.grants[0].left):  # 对其新增部分按每标箱50元: not the whole of what the condition measures
        whole = next((label for s in draft.conditions if s.unit == unit and (label := measure_label(s))), "")
        return (whole or last_noun(find_subject(draft).text)[-10:]) + part.group().replace("的", "")
    if named and not re.search("(?:数|量|面积|额)$", named):
        named += COUNT_NAMES[unit]
    same = next((label for s in draft.conditions if s.unit == unit and s.start < draft.grants[0].start and (label := measure_label(s))), "")
    if same and not _RHYTHM.match(same) and not re.search("新增|增量|增加|净增", named):
        return same
    if named:
        return named
    own = [piece.text for piece in draft.head if piece.text.endswith("的")]
    deed = re.sub(r"(?:并|且|，|满|达|不少于|不低于|超过|签订|缴纳).*$|\d.*$", "", bare(own[-1]).removesuffix("的")) if own else ""
    deed = re.sub(r"^(?:对于?|其中)|^(?:企业|单位|机构|园区|平台)(?=.{4})|^(?:取得|获得|注册|完成|拥有|新增|给予)+", "", deed)
    noun = deed if 1 < len(deed) <= 16 and not _BODY.search(deed) else re.sub(r"\d.*$", "", last_noun(find_subject(draft).text))[-10:]
    return noun + COUNT_NAMES[unit]


def counted_words(series: Series) -> str:
    """What the words before 每 name: 洲际航线每班补贴40万元 -> 洲际航线; 按新增用电量每千瓦时 -> 新增用电量."""
    match = re.search(r"(?P<what>[\u4e00-\u9fff“”]{2,14}?)每(?!年|月)[^，；。、]{0,10}$", re.split("[，、]", series.left)[-1])
    what = re.sub("^(?:其中|另|再|对于?|按照?|且|并)+|按照?$", "", match["what"]) if match else ""
    if re.match("对", series.left) and re.search("(?:企业|单位|机构|平台|公司|主体)$", what):
        what = ""  # 对平台按每辆500元: whom it is given to, not what is counted
    return what if len(what) > 1 and not _BODY.search(what) and not re.search("每|给予|奖励|补|元|部分|费", what) else ""


def each_units(draft: Draft, series: Series | None = None) -> list[str]:
    """All units an amount is for each of: person and hour for 每人每学时20元."""
    match = EACH_OF.search((series or draft.grants[0]).left)
    units = [found["unit"] for found in EACH_UNIT.finditer(match.group())] if match else []
    return list(dict.fromkeys(_EACH_UNITS.get(unit, "item") for unit in units if unit not in _NO_COUNT))


def each_one(draft: Draft) -> str:
    """每个项目给予 -> 项目; nothing for 每家企业, 每个单位: there the company itself is meant."""
    for piece in draft.body:
        match = _EACH_ONE.search(piece.text) or _EACH_THING.search(piece.text) or _EACH_BOOTH.search(piece.text)
        if match and match["what"] and not _BODY.match(match["what"]):
            return match["what"]
    return ""


def years_of(draft: Draft) -> list[tuple[int, ...]]:
    """The years of each amount of a schedule, one entry an amount; [] if it is none."""
    text = words_of(draft)
    found: list[tuple[int, ...]] = []
    for match in p.ORDINAL_YEAR.finditer(text):
        if match["first"]:
            found.append((1,))
        elif match["from"]:
            first = p.chinese_number(match["from"])
            found.append(tuple(range(first, (p.chinese_number(match["to"]) if match["to"] else first) + 1)))
        elif match["next"]:
            found.append((2,))
        elif match["rest"]:
            after = max((y for years in found for y in years), default=1)
            found.append(tuple(range(after + 1, after + 1 + p.chinese_number(match["rest"]))))
        else:
            found.append(tuple(range(1, p.chinese_number(match["front"]) + 1)))
    return found if len(found) == len(draft.amounts) and len(found) > 1 else []
