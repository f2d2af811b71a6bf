"""Labels over a whole policy: run-in headings, and what tells rules of one name apart, never by figures or article labels.

>>> run_in_heading("可享受：（1）办公用房补助。购买用房的，给予1000元补助。（2）投资专项奖励：按1%给予奖励。", 40)
'投资专项奖励'
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from assistant.rules.extraction.naming import topic_of
from assistant.rules.schema import AnyOf, Compare, Condition, Confirm, OneOf, Rule

_RUN_IN = re.compile(
    r"(?:（\d{1,2}）|[①-⑳])(?P<numbered>[^，。；：\d（）]{2,16})(?=[。：])"
    r"|(?:^|[。；\n])(?P<plain>[^，。；：\d（）]{2,10}(?:奖励|补助|补贴|资助|扶持|支持|配套|贴息))(?=：)"
)
_LEVEL = re.compile("(?:国家|省|市|区|县)级")
_ORDINALS = "二三四五六七八九十"


def run_in_heading(text: str, position: int) -> str:
    """The last heading that stands in the running text before `position`: （3）投资专项奖励：…; "" if there is none."""
    found = [match for match in _RUN_IN.finditer(text) if match.end() <= position]
    words = (found[-1]["numbered"] or found[-1]["plain"]) if found else ""
    if re.search("予以|给予|按照?", words):
        return ""  # …按以下标准予以奖励： introduces a list, it names nothing
    return re.sub("等活动|^对|^第[一二三四五六七八九十百]+条", "", words)


_GUIDE = re.compile(
    r"(?:^|关于|组织|开展|申报|申请)(?:(?:19|20)\d{2}年?度?)?(?P<what>(?!关于|申报|申请|组织|开展|做好)[^，。、《》\d]{3,30}?(?:奖励|奖补|补助|补贴|资助|扶持|贴息|奖))"
    r"(?:项目|资金|工作)*的?(?:办事|申报|申请|办理|服务)(?:指南|指引|须知|通知)"
)


def award_of_guide(title: str) -> str:
    """The one award that a guide is about: 关于申报2017年度甲企业入统奖励的办事指南 -> 甲企业入统奖励; "" for other titles."""
    found = list(_GUIDE.finditer(re.sub(r"\s", "", title)))
    return found[-1]["what"] if found else ""


def named_by_title(rules: Iterable[Rule], title: str) -> list[Rule]:
    """The rules, those that name nobody (对符合条件的申报单位，给予20万元) called after the award of the guide."""
    award = award_of_guide(title)
    return [
        rule.model_copy(update={"label": award}) if award and rule.gives_money and rule.label.startswith(("符合条件", "申报单位")) else rule
        for rule in rules
    ]


def tell_apart(rules: list[Rule], headings: dict[str, str]) -> list[Rule]:
    """Rules with labels that differ: by level, matter of the heading, condition or measure, else by number.

    Args:
        rules: All rules of a policy, ids given.
        headings: Heading of the article of each rule, by rule id.
    """
    ways: tuple[Callable[[Rule], str], ...] = (
        _level,
        _deed,
        _first_deed,
        lambda rule: _rest(topic_of(headings.get(rule.id, "")), rule.label),
        _measure,
    )
    rules = _by_payee(rules)
    for way in ways:
        counts = Counter(rule.label for rule in rules)
        rules = [_with(rule, way(rule), rules, way) if counts[rule.label] > 1 else rule for rule in rules]
    counts, given = Counter(rule.label for rule in rules), Counter[str]()
    result = []
    for rule in rules:
        if counts[rule.label] > 1:
            given[rule.label] += 1
            number = given[rule.label]
            if number > 1:
                rule = rule.model_copy(update={"label": f"{rule.label}之{_ORDINALS[number - 2] if number < 11 else number}"})
        result.append(rule)
    return result


def _by_payee(rules: list[Rule]) -> list[Rule]:
    """原企业奖励 that is paid to the 投资方 is called after whom it is paid to."""
    named: dict[str, set[str]] = {}
    for rule in rules:
        named.setdefault(rule.label, set()).add(rule.beneficiary)
    result = []
    for rule in rules:
        payees = named[rule.label]  # of the name it had: the label may change below
        noun = re.search("(?:奖励|奖补|补助|补贴|资助|扶持|支持)$", rule.label)
        own = [who for who in payees if len(who) > 1 and rule.label.startswith(who)]
        if noun and own and rule.beneficiary not in own and 2 < len(rule.beneficiary) <= 12 and "的" not in rule.beneficiary:
            rule = rule.model_copy(update={"label": rule.beneficiary + noun.group()})
        others = [who for who in payees if f"（{who}）" in rule.label and who != rule.beneficiary]
        if others and 2 < len(rule.beneficiary) <= 12 and "的" not in rule.beneficiary:  # 投资补助（原企业） that is paid to the 投资方
            rule = rule.model_copy(update={"label": rule.label.replace(f"（{others[0]}）", f"（{rule.beneficiary}）")})
        result.append(rule)
    return result


def _with(rule: Rule, words: str, rules: Iterable[Rule], way: Callable[[Rule], str]) -> Rule:
    """The rule with `words` in its label where they tell it from others of the same name."""
    others = [way(other) for other in rules if other.label == rule.label and other.id != rule.id]
    if not words or words in rule.label or all(other == words for other in others):
        return rule
    if _LEVEL.fullmatch(words):
        return rule.model_copy(update={"label": words + re.sub(r"^(?:(?:国家|省|市|区|县)级?[、和]?)+级", "", rule.label)})
    base = rule.label
    return rule.model_copy(update={"label": f"{base[:-1]}，{words}）" if base.endswith("）") else f"{base}（{words}）"})


def _level(rule: Rule) -> str:
    levels = [option for part in rule.conditions if isinstance(part, OneOf) and part.fact == "recognition_level" for option in part.options]
    return levels[0] if len(levels) == 1 else ""


def _rest(topic: str, label: str) -> str:
    """What the heading says beyond the label: 跨境电商平台吸引企业转型 under 跨境电商平台扶持 -> 吸引企业转型."""
    head = re.sub("(?:奖励|奖补|补助|补贴|资助|扶持|支持|配套).*$", "", label)
    words = topic.removeprefix(head)
    return words[:18] if len(words) > 3 else ""


def _deed(rule: Rule) -> str:
    """The last condition in words that is short enough to be a name."""
    return _deeds(rule)[-1] if _deeds(rule) else ""


def _first_deed(rule: Rule) -> str:
    """The first one: 注册在本区 of 注册在本区，实现双增长的船公司."""
    return _deeds(rule)[0] if _deeds(rule) else ""


def _deeds(rule: Rule) -> list[str]:
    deeds = [
        re.sub(r"^.*等(?:领域|行业)|^.*(?:认定为|评为|列入|授予)|^(?:针对|被|经|对|获得|本区|在本区|我市|本市)+|[“”]", "", part.label)
        for part in _parts(rule.conditions)
        if isinstance(part, Confirm)
    ]
    return [deed for deed in deeds if 2 < len(deed) <= 18 and not re.search(r"\d", deed)]


def _measure(rule: Rule) -> str:
    """What it is counted or taken by."""
    compared = [part.label for part in _parts([*(tier.when for tier in rule.tiers), *rule.conditions]) if isinstance(part, Compare)]
    names = [measure.label for measure in (*rule.per, *([rule.basis] if rule.basis else []))] or compared
    return names[0][:18] if names and not re.search(r"\d", names[0]) else ""


def _parts(conditions: Iterable[Condition]) -> Iterable[Compare | OneOf | Confirm]:
    for condition in conditions:
        yield from condition.of if isinstance(condition, AnyOf) else (condition,)
