"""Grants that are counted: so much for each person, item or square metre, also several amounts each for its own count."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.rules.extraction.built import Built, start
from assistant.rules.extraction.conditions import measure_label, one_of
from assistant.rules.extraction.draft import Draft
from assistant.rules.extraction.naming import last_noun, without_level
from assistant.rules.extraction.roles import Role, Series, is_money
from assistant.rules.extraction.steps import choice_of, names_of
from assistant.rules.extraction.subjects import find_subject
from assistant.rules.extraction.terms import (
    COUNT_NAMES,
    below,
    counted_label,
    each_of,
    each_one,
    each_units,
    each_words,
    figure,
    measure,
    most_of,
)
from assistant.rules.schema import Compare, Condition, Measure, Portion, RuleKind, Tier
from index.models import Bound

_PEOPLE = ("person", "person_time")
_COUNT_END = re.compile("(?:人数|件数|单数|吨数|次数|标箱数|数)$")


def per_unit(draft: Draft) -> Built:
    """So much for each person, item, square metre or month."""
    built = start(draft, RuleKind.PER_UNIT)
    quantity = draft.amounts[0]
    one = each_one(draft)
    if "/" in quantity.unit and not (draft.each and quantity.unit.split("/")[1:] == [draft.each[-1].unit]):
        built.fields["per"] = tuple(below(draft, unit) for unit in quantity.unit.split("/")[1:])
    elif draft.each:
        series = draft.each[-1]
        measured = series.quantities[0]
        words, unit = _of_threshold(draft, series) or (each_words(draft, series), measured.unit)
        step = measured.value if measured.value != 1 or is_money(measured.unit) else None
        if step:
            built.doubts.append(f"每{measured.text}为一份，不足一份的没有计入，请核对")
        counted_by = measure(words, unit, step=step)
        if words.endswith("增加额"):  # 零售额比去年多了3500万元
            grown = tuple(words.removesuffix("增加额") + verb for verb in ("增加", "增长", "多"))
            counted_by = counted_by.model_copy(update={"aliases": (*counted_by.aliases, *grown)})
        built.fields["per"] = (counted_by,)
    elif each_of(draft):
        first, *further = each_units(draft)
        named = measure(counted_label(draft, first), first, most=most_of(draft, first))
        built.fields["per"] = (named, *(measure(COUNT_NAMES[unit], unit, most=most_of(draft, unit)) for unit in further))
    elif one:
        built.fields["per"] = (measure(one + "数", "item", default=Decimal(1), most=most_of(draft, "item")),)
    built.fields["amount"] = figure(quantity)
    return built


def _of_threshold(draft: Draft, each: Series) -> tuple[str, str] | None:
    """游客1万人次以上的，每满1万人奖励1万元: label and unit of the people of the threshold, who are the ones counted."""
    if not each.left.endswith("满"):
        return None
    people = (each.unit,) if each.unit not in _PEOPLE else _PEOPLE
    same = [series for series in draft.conditions if series.unit in people]
    label = measure_label(same[-1]) if same else ""
    return (label, same[-1].unit) if label else None


def each_their_own(draft: Draft) -> bool:
    """博士每人8万元、硕士每人5万元: amounts that are counted, each by its own people or pieces."""
    return len(draft.grants) > 1 and all(
        s.role is Role.AMOUNT and len(s.quantities) == 1 and each_of(draft, s) and _counted_who(s) for s in draft.grants
    )


def each_a_time(draft: Draft) -> Built:
    """博士每人每月2000元、硕士每人每月1200元: one of several prices, for the people and the time asked about."""
    built = start(draft, RuleKind.PER_UNIT)
    names = [_short_kind(_counted_who(series)) for series in draft.grants]
    fact, label = choice_of(names)
    built.kind = RuleKind.TIERS
    built.fields["tiers"] = tuple(
        Tier(when=one_of(fact, label, (name,)), label=name, amount=figure(series.quantities[0]))
        for name, series in zip(names, draft.grants, strict=True)
    )
    first, *further = each_units(draft)
    built.fields["per"] = (
        measure(COUNT_NAMES[first], first, default=Decimal(1), most=most_of(draft, first)),
        *(measure(COUNT_NAMES[unit], unit, most=most_of(draft, unit)) for unit in further),
    )
    return built


def _short_kind(who: str) -> str:
    return re.sub("(?:学位|职称|学历)?(?:人员|人才|研究生|毕业生)$", "", who) or who


def _counted_who(series: Series) -> str:
    match = re.search(
        r"(?P<who>(?:\d+(?=[英尺A-Za-z]))?[\u4e00-\u9fffA-Za-z（）]{2,16}?)每[人个名位项件场单吨次箱柜](?:每[月晚天日])?$",
        re.split("[、，]", series.left)[-1],
    )
    return re.sub("^(?:分别)?(?:按照?)?|^对", "", match["who"]) if match else ""


def added(draft: Draft) -> Built:
    """Several amounts, each for its own count, that add up under the caps."""
    built = start(draft, RuleKind.PER_UNIT)
    measures, portions = [], []
    head = "" if not draft.priced else without_level(last_noun(find_subject(draft).text))[-12:]
    for series in draft.grants:
        if draft.priced:
            unit = series.quantities[0].unit.split("/")[1]
            deed = re.sub(r"^(?:获得|取得|完成|其中)|(?:后|费用?|的|按|给予|资助|补贴|奖励|补助)+$", "", series.left)
            deed = deed.removeprefix(head)
            label, aliases = f"{head}{deed}{COUNT_NAMES.get(unit, '数')}", (f"{deed}{COUNT_NAMES.get(unit, '数')}", deed)
        else:
            unit, who = each_of(draft, series), _counted_who(series)
            short = _short_kind(who)
            label, aliases = who + ("数" if who.endswith(("人员", "人才")) else COUNT_NAMES[unit]), (who, short)
        # its own fact: the catalogue would call applications and grants of patents the same
        own = tuple(name for name in dict.fromkeys(aliases) if len(name) > 1 and name != label)
        counted = Measure(fact=label[:40], label=label[:40], unit=unit, aliases=own)
        measures.append(counted)
        portions.append(Portion(label=_COUNT_END.sub("", label), amount=figure(series.quantities[0]), per=(counted.fact,)))
    built.fields["per"], built.fields["portions"] = tuple(measures), tuple(portions)
    return built


def parallel(draft: Draft) -> list[str]:
    """甲、乙按每吨分别给予10元、50元: the names of what is counted, one an amount; [] where one thing has several steps."""
    count = len(draft.amounts)
    stepped = any(len(series.quantities) == count for series in draft.conditions)
    if len(draft.grants) != 1 or count < 2 or stepped or not each_of(draft) or "分别" not in draft.grants[0].left:
        return []
    names = names_of(draft, count)
    return [re.sub("(?:按照?|每).*$", "", name) for name in names]


def counted_apart(draft: Draft, names: list[str]) -> Built:
    """Parallel amounts, each for its own count, named by `parallel`."""
    built = start(draft, RuleKind.PER_UNIT)
    unit = each_of(draft)
    labels = [(name if name.endswith(COUNT_NAMES[unit]) else name + COUNT_NAMES[unit])[:40] for name in names]
    built.fields["per"] = tuple(
        Measure(fact=label, label=label, unit=unit, aliases=(name,)) for label, name in zip(labels, names, strict=True)
    )
    built.fields["portions"] = tuple(
        Portion(label=name, amount=figure(quantity), per=(label,))
        for name, label, quantity in zip(names, labels, draft.amounts, strict=True)
    )
    return built


def increased(draft: Draft) -> Built:
    """A first amount at the threshold, and another for each full step beyond it."""
    assert draft.increase is not None
    each, more = draft.increase
    built = start(draft, RuleKind.PER_UNIT)
    threshold = next(s for s in draft.conditions if s.unit == each.unit and s.bound in (Bound.AT_LEAST, Bound.MORE_THAN))
    label = measure_label(threshold) or "数额"
    counted = measure(label, each.unit, step=each.quantities[0].value, above=threshold.quantities[0].value)
    built.fields["per"] = (counted,)
    built.fields["portions"] = (
        Portion(label="基础部分", amount=figure(draft.amounts[0])),
        Portion(label="增加部分", amount=figure(more.quantities[0]), per=(counted.fact,)),
    )
    built.doubts.append("每增加一份从条件中的数额起算，不足一份的没有计入，请核对")
    return built


def counted_once(per: tuple[Measure, ...], conditions: tuple[Condition, ...], *, doubtful: bool) -> tuple[Measure, ...]:
    """新入驻企业 and 入驻企业 are two counts, whatever the catalogue calls them."""
    known = {part.fact: part.label for part in conditions if isinstance(part, Compare)}
    return tuple(
        m.model_copy(update={"fact": m.label[:40], "aliases": ()})
        if doubtful and m.above is None and m.fact in known and ("新" in m.label) != ("新" in known[m.fact])
        else m
        for m in per
    )
