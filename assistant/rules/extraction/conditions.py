"""Under which conditions a draft grants: figures compared, modes and levels chosen from, and what is left to judgement.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> from assistant.rules.extraction.drafts import read_drafts
>>> draft = read_drafts(read_sentences("对正式运营、营业面积100平方米以上的体验店，给予不超过50万元的一次性资金扶持。"))[0]
>>> [condition.label for condition in conditions_of(draft)]
['营业面积', '正式运营']
"""

from __future__ import annotations

import re

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.naming import fact_name
from assistant.rules.extraction.roles import Series
from assistant.rules.extraction.subjects import FACTOR, Subject, bare, find_subject
from assistant.rules.schema import AnyOf, Compare, Condition, Confirm, OneOf
from index.models import Bound, Quantity

_MEASURE_NOUN = re.compile(
    r"(?:额|量|积|数|率|收入|产值|规模|资本|投资|税收|贡献|年限|时间|费用?|资金|销售|单|次|面积|营收|利润|期限|幅|值|增速|增长|速)$"
)
_LIMIT_WORDS = re.compile(
    r"(?:累计|首次|分别|已经?|为|在|有|达到?|超过?|突破|不低于|不少于|高于|大于|低于|少于|不超过|实现|满|等值|人民币|（|，)+$"
)
_EARLIER_FIGURE = re.compile(
    r"^.*(?<![A-Za-z])\d(?![A-Za-z])[\d.万亿千百]*(?:美元|欧元|元|家|个|人|名|平方米|件|项|单|年|次|场|间|座|台|辆|处|吨|标箱|学时|课时|%|％)?(?:（[^）]*）)?(?:及?以上|以下|左右)?(?:的)?[、，]?(?:或者?|且|并|和|以及)?"
)
_OPERATORS = {Bound.AT_LEAST: ">=", Bound.MORE_THAN: ">", Bound.AT_MOST: "<=", Bound.LESS_THAN: "<", Bound.EXACT: ">="}
_OF_A_YEAR = re.compile(r"(?:上一?个?年度?|本?年度?|当年|累计|全年|首年|直营)[^年]{2,12}$")
_LASTING = re.compile(r"(?:从事|任职|工作|经营|运营|营业|投资|成立|入驻|注册)[^，、]{0,20}$")
_RUNS = re.compile("经营|运营|营业")
_LEVEL = re.compile(r"(国家|省|市|区|县)(?=(?:级?[、和或及](?:国家|省|市|区|县))+级)|(国家|省|市|区|县)级")
_DECIDED = re.compile("认定|评为|获评|获得|首次|一定|取得|通过|入选|列入|备案|名单|批准|授予|新增|达到|实现")
_RECOGNISED = re.compile("认定|评为|获评|列入|入选|获得|授予|级")


def conditions_of(draft: Draft, keys: tuple[Series, ...] = ()) -> tuple[Condition, ...]:
    """Figures compared, modes and levels chosen from, and what is left to judgement; without the `keys` of its tiers."""
    subject = find_subject(draft)
    conditions: list[Condition] = []
    read = {key.start for key in keys}
    compared = [s for s in draft.conditions if s.start not in read and s.unit not in ("", "time")]
    for i, series in enumerate(compared):
        if describes_counted(draft, series):
            continue
        label = measure_label(series)
        if not label:
            continue
        comparison = compare(series.quantities[0], label)
        if series.quantities[0].range_id is not None and len(series.quantities) == 2:
            conditions += [comparison, compare(series.quantities[1], label)]
            continue
        if conditions and _for_others(series, compared[i - 1]):
            conditions.append(_either(conditions.pop(), _remark(series)))
        elif conditions and _alternative(series, compared[i - 1]):
            conditions.append(_either(conditions.pop(), comparison))
        else:
            conditions.append(comparison)
    own = re.match("对(国家|省|市|区|县)级的", draft.body[0].text)
    conditions += [one_of("recognition_level", "认定级别", (own[1] + "级",))] if own else _choices(_deciding(subject))
    conditions += _judged(draft, subject)
    return _distinct_facts(_distinct(conditions))


def describes_counted(draft: Draft, series: Series) -> bool:
    """Whether a figure describes what is counted (每新吸引1家年进出口额达到50万美元以上的企业), not who asks."""
    return any(each.end <= series.start and series.left.startswith(each.left) for each in draft.each)


def _alternative(series: Series, before: Series) -> bool:
    """Whether 或 stands between two figures: 5000万元以上或进出口额达到1000万元以上; …，或…."""
    if series.left.startswith("或"):
        return True
    between = series.left[len(before.left) :] if series.left.startswith(before.left) else ""
    return bool(re.search(r"(?:以上|元|的|%|家|个)(?:的)?，?或者?", between))


def _for_others(series: Series, before: Series) -> bool:
    """A remark that names another figure for others: 年薪30万元以上（科研机构20万元以上）的人才."""
    alike = series.unit == before.unit and series.bound is before.bound
    return alike and series.bracketed and not before.bracketed and bool(re.search("[\u4e00-\u9fff]{2,}", series.left))


def _remark(series: Series) -> Confirm:
    """The same as words: who is meant by it must be said, a figure alone does not say it."""
    end = re.match("(?:元)?(?:及?以上|以下)?", series.right)
    words = series.left + series.quantities[0].text + (end.group() if end else "")
    return Confirm.model_validate({"is": "confirm", "fact": words[:40], "label": words[:80]})


def compare(quantity: Quantity, label: str) -> Compare:
    """A measure held against a figure of the text."""
    fact = fact_name(label, quantity.unit)
    return Compare.model_validate(
        {
            "is": "compare",
            "fact": fact.name,
            "label": label,
            "op": _OPERATORS[quantity.bound],
            "value": quantity.value,
            "unit": quantity.unit,
            "aliases": fact.aliases,
        }
    )


def one_of(fact: str, label: str, options: tuple[str, ...]) -> OneOf:
    """A property that must be one of the options."""
    return OneOf.model_validate({"is": "one_of", "fact": fact, "label": label, "options": options})


def measure_label(series: Series) -> str:
    """What a figure measures, from the words before it: 对正式运营、营业面积 -> 营业面积."""
    left = _LIMIT_WORDS.sub("", series.left)
    left = _EARLIER_FIGURE.sub("", left) or left
    left = re.sub("^(?:以上|以下|及以上)", "", left)
    left = re.sub(r"^.*等(?=[\u4e00-\u9fff]{3,})", "", left)  # EMS、UPS等国际物流费用
    left = re.sub(r"^.*(?:[^、]{4,}(?:并且|且)|，并)(?=[\u4e00-\u9fff]{2,})", "", left)
    left = re.sub(r"^(?:其中)?(?:对于?|凡|且|并|或|如|上述)+", "", left)
    last = re.split(r"[、，]", left)[-1]
    if last != left and (_MEASURE_NOUN.search(last) or len(left) > 24) and len(last) > 1:
        left = last
    left = re.sub(r"^(?:实现|具有|拥有|达到|形成|且)+(?=.{2})", "", left)
    if len(left) > 12 and (recent := _OF_A_YEAR.search(left)) and _MEASURE_NOUN.search(left):
        left = recent.group()
    if series.unit == "year" and (lasting := _LASTING.search(left)):
        left = lasting.group()
        return "经营时间" if _RUNS.search(left) and len(left) > 4 else left + ("" if left.endswith("时间") else "时间")
    if re.fullmatch("(?:首次|新|经)?(?:认定|评为|获评)", left) and (noun := re.match("[\u4e00-\u9fff]{2,8}", series.right)):
        return noun.group()
    if len(left) > 24 and "的" in left and len(left.rsplit("的", 1)[1]) > 2:
        left = left.rsplit("的", 1)[1]
    if (
        series.unit == "year"
        and len(left) < 8
        and (noun := re.match(r"(?:及?以上|以下)的?(?P<noun>[\u4e00-\u9fff]{2,8}?)(?=的|$|、)", series.right))
    ):
        return left + noun["noun"]
    if series.unit == "year" and 1 < len(left) <= 4 and not left.endswith(("时间", "年限", "期限")):
        return left + "时间"
    counted = series.unit in ("company", "person", "item") and len(left) <= 2 and not left.endswith("位")
    if counted and (noun := re.match(r"(?:及?以上|以下)?的?(?P<noun>[\u4e00-\u9fff]{2,10}?)(?=实现|的|$|、|，)", series.right)):
        return left + noun["noun"]
    if len(left) < 2:
        noun = re.match(r"(?:以上|以下)?的?(?P<noun>[\u4e00-\u9fff]{2,12})", series.right)
        left = noun["noun"] if noun else left
    return left.strip("的（(〔［") or ""


def _choices(text: str) -> list[Condition]:
    found: list[Condition] = []
    modes = tuple(dict.fromkeys(p.BUSINESS_MODES.findall(text)))
    if modes:
        found.append(one_of("business_mode", "业务模式", modes))
    levels = tuple(dict.fromkeys((m[0] or m[1]) + "级" for m in _LEVEL.findall(text)))
    if levels and _RECOGNISED.search(text) and "以上" not in text:
        found.append(one_of("recognition_level", "认定级别", levels))
    return found


def _deciding(subject: Subject) -> str:
    """The words in which modes and levels are named: the subject, and pieces by which an authority decides."""
    more = [piece.text for piece in subject.pieces[1:] if re.search("认定|评为|获评|列入|入选|授予", piece.text)]
    return "，".join((subject.text, *more))


def _judged(draft: Draft, subject: Subject) -> list[Condition]:
    """What only people can say: the modifiers of the subject, and the pieces after it that compare nothing."""
    found: list[Condition] = []
    spans = [(s.start, s.end) for s in (*draft.conditions, *draft.each)]
    text = bare(subject.text)
    modifiers, _, noun = text.rpartition("的")
    for part in _modifiers(modifiers):
        part = re.sub(r"^(?:并|且|已)", "", part).strip("的")
        if len(part) > 2 and not re.search(r"\d", part):
            # who asks about a support is taken to be of the kind it is for; what an authority decides is not assumed
            found.append(_confirm(part, assumed=not _DECIDED.search(part)))
    for piece in subject.pieces[1:]:
        if not any(piece.start <= a < piece.end for a, _ in spans) and piece.text not in subject.text and piece not in draft.body:
            words = re.sub("^(?:其中，?|且|并|或者?)", "", piece.text).removesuffix("的")
            before = next((other for other in reversed(draft.head) if other.end < piece.start), None)
            if piece.text.startswith("或") and before and len(before.text) > 3 and not re.search(r"\d", before.text + words):
                found.append(_one_or_other(re.sub("^对于?", "", before.text).removesuffix("的"), words))
                continue
            if (
                len(words) > 2
                and not re.match(r"（\d+）", words)
                and not FACTOR.match(words)
                and not p.SOFT_GRANT.search(words)
                and not re.match("除|在享受|按|以", words)
            ):
                found.append(_confirm(words))
    if not modifiers and len(noun) > 1 and not found and not re.search(r"(?<![A-Za-z])\d", noun):
        found.append(_confirm(noun, assumed=True))
    return found


def _modifiers(text: str) -> list[str]:
    """Single conditions of an enumeration; A、B等C stay together, and what is joined to a figure by 且 stands alone."""
    if not re.search(r"(?<![A-Za-z])\d", text):
        return text.split("，")
    parts = []
    for piece in text.split("，"):
        items = piece.split("、")
        last = next((i for i, item in enumerate(items) if re.search("等(?=.{2})", item)), 0)
        first = last
        while first > 0 and not re.search(r"(?<![A-Za-z])\d", items[first - 1]):
            first -= 1
        parts += [*items[:first], "、".join(items[first : last + 1]), *items[last + 1 :]]
    single: list[str] = []
    for part in parts:
        single += re.split("并且|且", part) if re.search(r"\d", part) else [part]
    return single


def _confirm(words: str, *, assumed: bool = False) -> Condition:
    return Confirm.model_validate({"is": "confirm", "fact": words[:40], "label": words[:80], "assumed": assumed})


def _one_or_other(first: str, second: str) -> AnyOf:
    """企业进入孵化器发展，或高新技术企业租赁区内办公场地: one is enough."""
    return AnyOf.model_validate({"is": "any_of", "of": (_confirm(first), _confirm(second))})


def _either(first: Condition, second: Compare | Confirm) -> AnyOf:
    earlier = first.of if isinstance(first, AnyOf) else (first,)
    return AnyOf.model_validate({"is": "any_of", "of": (*earlier, second)})


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
