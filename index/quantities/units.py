"""What may stand after (or before) a number, and the canonical unit it means.

    >>> match_unit("平方米以上", 0)
    UnitMatch(unit='m2', factor=Decimal('1'), end=3)

Words that begin like a unit but are none (人才, 家庭, 次性) are told apart by the character that follows.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_ONE = Decimal(1)

# canonical unit -> words, longest match wins; "word!xyz": not when x, y or z follows; "word?xyz": only then
_WORDS: dict[str, str] = {
    "CNY": "元人民币 元整 元正 元!宵旦素化器件宇 块钱 块!地 人民币元 人民币 RMB CNY yuan renminbi",
    "USD": "美元 美金 美刀 刀!具口法片 USD US$ dollars dollar US-dollars US-dollar U.S.-dollars",
    "EUR": "欧元 EUR euros euro",
    "HKD": "港元 港币 HKD HK$ Hong-Kong-dollars",
    "JPY": "日元 JPY yen",
    "GBP": "英镑 GBP pounds",
    "TWD": "新台币 台币 TWD",
    "KRW": "韩元 KRW won",
    "RUB": "卢布 RUB roubles rubles",
    "age": "岁",
    "m2": "平方米 平米 个平方 个平米 平方!千公英厘分 平!台均安等方稳行衡价时凡面常 ㎡ m² m2 "
    "sqm sq.m sq-m square-metres square-metre square-meters square-meter",
    "mu": "亩 mu",
    "m3": "立方米 m³ m3 cubic-metres cubic-meters",
    "year": "个年度 个自然年 年!级度 周年 years years' year",
    "quarter": "个季度 quarters",
    "month": "个月 个自然月 months months' month",
    "week": "周!年边期转围报 个星期 星期 weeks week",
    "day": "个自然日 天!津猫然桥河 日?以之内 days days' day",
    "working_day": "个工作日 工作日 working-days business-days working-day",
    "hour": "个小时 小时 个学时 学时 个课时 课时 hours hour",
    "minute": "分钟 minutes",
    "company": "家!庭 户!口外型籍均 enterprises enterprise companies company firms firm businesses tenants tenant SMEs sellers merchants",
    "person_time": "人次",
    "person": "个人!账户消独品客资所信才收住简权创专 人!民才次均员 名 位!于置一 persons person people employees employee",
    "item": "个!税所 项 件 条!龙例款 座 套 辆 台!湾州账 款!项式 批!次发准 种 艘 架!构 支!付持撑出 张!网图家 "
    "份!额 篇 册 部!门分委长 幅 处!理于置罚 所!有在得属以需 栋 片!区 枚 间!接隔歇断或 projects project items item pieces warehouses",
    "order": "单!位个家一次项独元据证品量价纯边证点 票!据价 orders order parcels",
    "ton": "吨 总吨 净吨 载重吨 总吨位 tonnes tonne tons ton",
    "kg": "千克 公斤 kg kilograms",
    "g": "克!服",
    "jin": "斤",
    "TEU": "标准箱 国际标准箱 标箱 个标箱 个标准箱 个TEU TEUs TEU",
    "km": "千米 公里 km kilometres kilometers",
    "cm": "厘米 公分 cm",
    "foot": "英尺 foot feet ft",
    "m": "米!面粉饭其 m metres meters metre meter",
    "kWh": "千瓦时 度电 kWh",
    "kW": "千瓦!时 kW",
    "night": "晚!上间会餐期宴报辈年婚清点风 个晚上 nights night",
    "kcal": "千卡 kcal",
    "degC": "摄氏度 ℃",
    "character": "字!号样节头",
    "times": "倍!增 times",
    "time": "架次 班次 航次 车次 场次 列!入为举 次!性数 场!所地景租",
    "ratio": "% percent per-cent pct",
    "percentage_point": "个百分点 百分点 percentage-points percentage-point pp",
    "basis_point": "个基点 基点 basis-points bps",
}
# words that count in multiples of a canonical unit
_MULTIPLES: dict[str, tuple[str, str]] = {
    "公顷": ("m2", "10000"),
    "hectares": ("m2", "10000"),
    "hectare": ("m2", "10000"),
    "平方公里": ("m2", "1000000"),
    "平方千米": ("m2", "1000000"),
    "km²": ("m2", "1000000"),
    "km2": ("m2", "1000000"),
    "‰": ("ratio", "0.001"),
    "个点": ("ratio", "0.01"),
}

AREAS = ("m2", "mu")
COUNTS = frozenset({"company", "person", "item", "order"})
TIME_UNITS = frozenset({"year", "quarter", "month", "week", "day", "working_day", "hour"})
CURRENCIES = frozenset({"CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "KRW", "RUB"})

# Before a number: RMB 1.2 billion, ¥300, US$ 5 million
_PREFIXES = {
    "人民币": "CNY", "RMB": "CNY", "CNY": "CNY", "CN¥": "CNY", "¥": "CNY", "￥": "CNY", "US$": "USD", "US $": "USD",
    "USD": "USD", "$": "USD",
    "美元": "USD", "HK$": "HKD", "HKD": "HKD", "EUR": "EUR", "€": "EUR", "JPY": "JPY", "GBP": "GBP", "£": "GBP",
}  # fmt: skip
_PREFIX_ENDS = frozenset({" ", *(word[-1] for word in _PREFIXES)})
CURRENCY_PREFIX = re.compile("(?:" + "|".join(re.escape(w) for w in sorted(_PREFIXES, key=len, reverse=True)) + r")[ ]{0,2}\Z", re.I)


class UnitMatch(NamedTuple):
    """A unit found in a text: the number before it times `factor` is in `unit`."""

    unit: str
    factor: Decimal
    end: int


def _compile() -> tuple[re.Pattern[str], dict[str, tuple[str, Decimal]]]:
    table: dict[str, tuple[str, Decimal]] = {}
    patterns: list[tuple[int, str]] = []
    for unit, words in _WORDS.items():
        for entry in words.split():
            word, sign, following = re.fullmatch(r"([^!?]+)([!?]?)(.*)", entry).groups()  # type: ignore[union-attr]
            pattern = re.escape(word).replace(r"\-", "[ -]") if word.isascii() else re.escape(word)
            if word.isascii() and word[-1].isalnum():
                pattern += r"(?![A-Za-z0-9])"
            if following:
                pattern += f"(?{'!' if sign == '!' else '='}[{following}])"
            patterns.append((len(word), pattern))
            table[word.lower()] = (unit, Decimal("0.01") if word in ("%", "percent", "per-cent", "pct") else _ONE)
    for word, (unit, factor) in _MULTIPLES.items():
        patterns.append((len(word), re.escape(word)))
        table[word.lower()] = (unit, Decimal(factor))
    patterns.sort(key=lambda entry: -entry[0])
    return re.compile("|".join(pattern for _, pattern in patterns), re.IGNORECASE), table


_UNIT, _TABLE = _compile()
_PER = re.compile(r"[ ]?(?:[/•·]|每|per[ ])[ ]?|[ ](?:a|an)[ ]", re.IGNORECASE)
_PER_AREA = re.compile(
    r"(?:每(?P<before>[月年]))?每(?:1|一)?(?P<area>平方米|平米|㎡|平|亩)(?:[/每](?P<after>[月年]))?[^，。；！？、,;()（）\n\d]{0,14}\Z"
)
# words that only count below a fraction line: 元/人, 万元/月
_BELOW = re.compile(r"(?P<month>月)|(?P<year>年度?)|(?P<day>日|天)|(?P<TEU>箱|柜)|(?P<order>单|票)|(?P<item>个|项目|平台)|(?P<m2>平)")
_ANYTHING_BELOW = re.compile(
    r"(?!季|学期|学年|届|期|[一二三四五六七八九十百千万亿]?[千百万亿]?[元%])[\u4e00-\u9fff]{1,3}?(?=标准|的|给予|予以|补|奖|资助|[·，。；、（）,;()\n]|$)"
)
"""Things of no known unit are pieces: 100元/床位标准."""


def match_unit(text: str, start: int) -> UnitMatch | None:
    """The unit that begins exactly at `start`, compound ones (元/平方米/月) whole; None if there is none."""
    simple = _simple(text, start)
    if not simple:
        return None
    return with_denominators(text, simple)


_NO_NOUN = "on|in|of|for|to|with|and|or|per|an?|the|from|at|by|as|is|was|are|were|will|can|but|if|than|this|its|plus|less|does|has|minus"
_BEFORE_NOUN = re.compile(rf"[ ](?:(?!(?:{_NO_NOUN})\b)[a-z][a-z-]*[ ]){{0,3}}(?=(?!(?:{_NO_NOUN})\b)[a-z-]+s\b)", re.IGNORECASE)


def counted(text: str, start: int) -> UnitMatch | None:
    """What a bare English number counts, adjectives between them or not; `unit` is "" for things of no known unit. None: nothing.

    >>> counted("22 active cross-border firms", 2)
    UnitMatch(unit='company', factor=Decimal('1'), end=28)
    """
    between = _BEFORE_NOUN.match(text, start)
    if between is None:
        return None
    unit = _simple(text, between.end())
    return unit if unit and unit.unit in COUNTS else UnitMatch("", _ONE, between.end())


def with_denominators(text: str, simple: UnitMatch) -> UnitMatch:
    """`simple` and what follows it below fraction lines: /平方米/月, per square metre.

    Words alone set a rhythm, not a price: "100万元每年" stays CNY, unless an area comes first (元每平方米每月).
    """
    below: list[str] = []
    end = simple.end
    while len(below) < 3 and (slash := _PER.match(text, end)):
        lower = _below(text, slash.end())
        if not lower or ("/" not in slash.group() and not below and lower.unit not in AREAS):
            break
        below.append(lower.unit)
        end = lower.end
    return UnitMatch(compound(simple.unit, below), simple.factor, end)


def compound(unit: str, below: list[str]) -> str:
    """CNY and [month, m2] -> CNY/m2/month: time comes last."""
    return "/".join([unit, *sorted(below, key=lambda lower: lower in TIME_UNITS)])


def price_before(text: str, start: int) -> tuple[list[str], int]:
    """What a sum is per, where an area says so before it, and where that is said: 每平方米每月最高 -> (["m2", "month"], 0)."""
    match = _PER_AREA.search(text, max(0, start - 30), start) if text.rfind("每", max(0, start - 30), start) >= 0 else None
    if not match:
        return [], start
    units = {"月": "month", "年": "year"}
    times = [units[rhythm] for rhythm in (match["before"], match["after"]) if rhythm]
    return ["mu" if match["area"] == "亩" else "m2", *times], match.start()


def currency_before(text: str, end: int) -> tuple[str, int] | None:
    """The currency written right before `end`, and where it begins."""
    if text[end - 1 : end].upper() not in _PREFIX_ENDS:
        return None
    match = CURRENCY_PREFIX.search(text, max(0, end - 6), end)
    if not match:
        return None
    word = match.group().strip().upper()
    if word[0].isalpha() and word.isascii() and match.start() and text[match.start() - 1].isascii() and text[match.start() - 1].isalnum():
        return None
    return _PREFIXES[word], match.start()


def _simple(text: str, start: int) -> UnitMatch | None:
    match = _UNIT.match(text, start)
    if not match:
        return None
    key = match.group().lower()
    found = _TABLE.get(key) or _TABLE.get(key.replace(" ", "-"))
    if not found:
        return None
    return UnitMatch(found[0], found[1], match.end())


def _below(text: str, start: int) -> UnitMatch | None:
    simple = _simple(text, start)
    if simple and simple.factor == _ONE:
        return simple
    if (match := _BELOW.match(text, start)) and match.lastgroup:
        return UnitMatch(match.lastgroup, _ONE, match.end())
    thing = _ANYTHING_BELOW.match(text, start) if text[start - 1 : start] == "/" else None
    return UnitMatch("item", _ONE, thing.end()) if thing else None
