"""The steps of tiers: which amount or share is given when, by threshold, level, kind or year.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> draft = read_drafts(read_sentences("对经认定的省、市级海外仓，分别给予最高50万元、30万元资金扶持。"))[0]
>>> [step.name for step in steps_of(draft)[0]]
['省级', '市级']
"""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.conditions import compare, measure_label, one_of
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.respective import grades_in, kinds_in, steps_listed
from assistant.rules.extraction.roles import Series
from assistant.rules.extraction.terms import words_of
from assistant.rules.schema import Condition, Confirm, OneOf
from index.models import Quantity

_ONLY_FOR = re.compile(r"[^，；。、（）]{0,4}（(?:仅?限于?|只限于?|须|需要?)(?:为|是)?(?P<what>[^（）]{2,40})）")
_LIST_MARK = re.compile(r"(?:、|和|或|及|以及|与)")


class Rung(NamedTuple):
    """One step: when it applies, what is given, what it is called."""

    when: Condition
    given: Quantity
    name: str
    needs: tuple[Condition, ...] = ()
    """What a remark asks for in this step alone: 5000万元以上（仅限上市公司）."""


def steps_of(draft: Draft) -> tuple[list[Rung], tuple[Series, ...], list[str]]:
    """When and what of each step; the condition series used up; doubts."""
    amounts = draft.amounts
    if draft.tiers:
        label = measure_label(draft.tiers[0][0]) if draft.tiers[0][0] else "数额"
        names = draft.names or [_name_of(s) if s else "" for s, _ in draft.tiers]
        needs = [_compared(row) for row in draft.needs] or [()] * len(draft.tiers)
        steps = [
            Rung(compare(s.quantities[0], label), g.quantities[0], name, needed)
            for (s, g), name, needed in zip(draft.tiers, names, needs, strict=True)
            if s
        ]
        if len(steps) == len(amounts):
            return steps, (*(s for s, _ in draft.tiers if s), *(s for row in draft.needs for s in row)), []
    series = next((s for s in reversed(draft.conditions) if len(s.quantities) == len(amounts) > 1), None)
    if series:
        label = measure_label(series) or "数额"
        return (
            [Rung(compare(c, label), q, c.text, _needs(draft, series, c)) for c, q in zip(series.quantities, amounts, strict=True)],
            (series,),
            [],
        )
    listed, label, keys = steps_listed(draft, len(amounts))
    if listed:
        return [Rung(compare(end, label), q, name) for (end, name), q in zip(listed, amounts, strict=True)], keys, []
    own = draft.names if len(draft.names) == len(amounts) else []
    names = own or _year_names(draft, len(amounts)) or names_of(draft, len(amounts))
    doubts = [] if names else ["没有读出各档对应的名称，请对照原文补上"]
    names = names or [f"第{i}档" for i in range(1, len(amounts) + 1)]
    names = levels_of(names) or names
    fact, label = choice_of(names)
    return [Rung(one_of(fact, label, (name,)), q, name) for name, q in zip(names, amounts, strict=True)], (), doubts


def _name_of(series: Series) -> str:
    """The step in the words of the text: 1亿元; of a range both ends, because the unit stands behind the second."""
    return "—".join(quantity.text for quantity in series.quantities) if series.is_range else series.quantities[0].text


def _compared(row: tuple[Series, ...]) -> tuple[Condition, ...]:
    return tuple(compare(series.quantities[0], label) for series in row if (label := measure_label(series)))


def _needs(draft: Draft, series: Series, step: Quantity) -> tuple[Condition, ...]:
    piece = next((piece for piece in draft.pieces if piece.start <= series.start < piece.end), None)
    match = _ONLY_FOR.match(piece.text, step.end) if piece else None
    words = match["what"] if match else ""
    return (Confirm.model_validate({"is": "confirm", "fact": words[:40], "label": words}),) if words else ()


def choice_of(names: list[str]) -> tuple[str, str]:
    """Fact and label of what the steps choose between."""
    if all(re.fullmatch("(?:国家|省|市|区|县|国际|世界)级", name) for name in names):
        return "recognition_level", "认定级别"
    if all(re.search("年$", name) for name in names):
        return "support_year", "支持年次"
    return "award_kind", "类别"


def levels_of(names: list[str]) -> list[str]:
    """省服务业重点企业, 市服务业重点企业 -> 省级, 市级: one kind of thing at several levels."""
    found = [re.fullmatch(r"(?P<level>国家|省|市|区|县)级?(?P<rest>[\u4e00-\u9fff]{2,})", re.sub("（[^）]*）", "", name)) for name in names]
    kinds = {match["rest"] for match in found if match}
    if not all(found) or len(kinds) != 1 or len({match["level"] for match in found if match}) < len(names):
        return []
    return [match["level"] + "级" for match in found if match]


def _year_names(draft: Draft, count: int) -> list[str]:
    """前3年和后2年分别给予100%和80%; 三年内按房租的100%、80%、50%."""
    text = draft.text
    found = [m.group() for m in p.ORDINAL_YEAR.finditer(text)]
    if len(found) == count:
        return found
    within = re.search(r"(?P<n>[两二三四五2-5])年内", text)
    if within and p.chinese_number(within["n"]) == count and not re.search("分别", text.split(within.group())[0]):
        return [f"第{'一二三四五'[i]}年" for i in range(count)]
    return []


def names_of(draft: Draft, count: int) -> list[str]:
    """What the parallel amounts are for: 省、市级海外仓 -> 省级, 市级; A、B、C的企业 -> A, B, C; 3A-5A级 -> 3A, 4A, 5A."""
    each = [re.search(r"(?P<who>[\u4e00-\u9fffA-Za-z（）]{2,16}?)每[人家个名位项件]$", s.left.split("、")[-1]) for s in draft.grants]
    if all(each) and len(each) == count:
        return [re.sub("^按", "", m["who"]) for m in each if m]
    given = [
        re.fullmatch(r"(?P<who>[\u4e00-\u9fffA-Za-z]{2,10}?)的?(?:给予|奖励|补助|补贴|发放)", re.split("[、，]", s.left)[-1])
        for s in draft.grants
    ]
    if all(given) and len(given) == count:
        return [m["who"] for m in given if m]
    own = re.split("分别|依次", words_of(draft))[0]
    texts = [own, *(piece.text for piece in sorted(draft.head, key=lambda piece: -piece.start))]
    for text in texts:
        text = re.sub("（[^）]*）", "", text)
        if grades := grades_in(text, count):
            return grades
        stars = re.findall(r"(\d)A级?(?=[、，和及或]|[^、]{0,12}$)", text)
        if len(stars) == count > 1:
            return [f"{n}A" for n in stars]
        levels = re.search(r"(?:(?:国家|省|市|区|县|国际)级?[、和或及]?){2,}", text)
        if levels:
            found = re.findall("国家|国际|省|市|区|县", levels.group())
            if len(found) == count:
                return [f"{level}级" for level in found]
        if kinds := kinds_in(text, count):
            return _cleaned(kinds)
        parts = [part for part in _LIST_MARK.split(text) if part]
        if len(parts) >= count:
            return _cleaned(parts[-count:])
    return []


def _cleaned(parts: list[str]) -> list[str]:
    first = re.sub(r"^.*(?:认定为|评定为|评为|获得|取得|获评|授予|列入|入选|达到|通过|对|凡被评为)", "", parts[0])
    first = re.sub(r"^.*的(?=[^的]{2,}$)", "", first)
    last = re.sub(r"(?:并|且)(?=.{3,}).*$|的(?:企业|单位|项目|机构|个人|[\u4e00-\u9fff]{1,6})$|，.*$", "", parts[-1])
    last = re.sub("(?<=.)(?:职业)?(?:资格)?(?:证书|称号|资质)$", "", last)
    return [first or parts[0], *parts[1:-1], last.removesuffix("的") or parts[-1]]


def without_choice(conditions: tuple[Condition, ...], steps: list[Rung]) -> tuple[Condition, ...]:
    """A level the steps choose between is no condition of the whole."""
    chosen = {step.when.fact for step in steps if isinstance(step.when, OneOf)}
    return tuple(c for c in conditions if not (isinstance(c, OneOf) and c.fact in chosen))
