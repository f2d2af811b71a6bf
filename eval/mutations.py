"""Spoils right answers by program, in many ways: what the verification must catch.

    for mutant in mutants(source, seed=1):
        mutant.kind, mutant.text, mutant.what      # "ceiling removed", "…100万元…", "最高100万元 -> 100万元"

A mutation is wrong by the way it is made: the figure has another value, the quotation another character. Where a change may
leave a statement true (a city that grants the same, a ceiling word where the text has one), it is not made.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from assistant.knowledge import Knowledge, RuleEntry
from assistant.models import Answer, Behaviour
from assistant.rules.schema import RuleKind
from assistant.rules.wording import format_quantity
from index.models import Article, Bound, Policy, Quantity, Standing
from index.normalise import fold
from index.quantities import parse_dates, parse_quantities


@dataclass(frozen=True)
class Source:
    """A right answer and what it rests on."""

    id: str
    answer: Answer
    knowledge: Knowledge
    said: str
    on: date

    @cached_property
    def text(self) -> str:
        """The words of the answer."""
        return self.answer.text

    @cached_property
    def figures(self) -> list[Quantity]:
        """Figures with a unit, anywhere in the answer."""
        days = parse_dates(fold(self.text))
        found = [q for q in parse_quantities(fold(self.text)) if q.unit and any(c.isdigit() for c in q.text)]
        found = [q for q in found if not any(day.start <= q.start < day.end for day in days)]
        # 文件写的不是100万元: another figure is not the document's either.
        return [q for q in found if not re.search(r"(?:不是|not say )\**\Z", self.text[: q.start])]

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """Spans of the words quoted from articles."""
        spans = []
        for citation in self.answer.citations:
            at = self.text.find(f"“{citation.quote}”")
            if at >= 0:
                spans.append((at + 1, at + 1 + len(citation.quote)))
        return spans

    def is_quoted(self, position: int) -> bool:
        """Whether a position lies in a quotation."""
        return any(start <= position < end for start, end in self.quotations)

    @cached_property
    def policies(self) -> list[Policy]:
        """The documents cited."""
        return [self.knowledge.policies[policy] for policy in dict.fromkeys(citation.policy for citation in self.answer.citations)]

    @property
    def chinese(self) -> bool:
        """The language of the answer."""
        return self.answer.language != "en"


@dataclass(frozen=True)
class Mutant:
    """A spoiled answer."""

    source: str
    kind: str
    text: str
    what: str


Change = tuple[int, int, str]
"""Start, end, and the words that take the place of those between."""
Mutator = Callable[[Source, random.Random], Iterable[Change]]


def mutants(source: Source, seed: int, each: int = 2) -> Iterator[Mutant]:
    """Up to `each` mutants of every kind that can be made of an answer; the same for the same seed."""
    for kind, mutator in KINDS.items():
        chance = random.Random(f"{seed}/{source.id}/{kind}")
        changes = [change for change in mutator(source, chance) if source.text[change[0] : change[1]] != change[2]]
        changes = list(dict.fromkeys(changes))
        for start, end, words in chance.sample(changes, min(each, len(changes))):
            text = source.text[:start] + words + source.text[end:]
            yield Mutant(source.id, kind, text, f"{source.text[max(0, start - 12) : end + 4]!r} -> {words!r}")


def _answers(source: Source) -> bool:
    return source.answer.behaviour is not Behaviour.REFUSE


def _digit(source: Source, chance: random.Random) -> Iterator[Change]:
    for figure in source.figures:
        digits = [i for i in range(figure.start, figure.end) if source.text[i].isdigit()]
        at = chance.choice(digits)
        old = source.text[at]
        new = chance.choice([d for d in "123456789" if d != old])
        yield at, at + 1, new


def _unquoted_digit(source: Source, chance: random.Random) -> Iterator[Change]:
    yield from (change for change in _digit(source, chance) if not source.is_quoted(change[0]))


def _scale(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    swaps = {"万": "亿", "亿": "万", "million": "billion", "billion": "million"}
    for figure in source.figures:
        for word, other in swaps.items():
            at = source.text.find(word, figure.start, figure.end)
            if at >= 0:
                yield at, at + len(word), other
                break


def _thousandth(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    yield from ((f.end - 1, f.end, "‰") for f in source.figures if f.text.endswith("%") and f.value)


_UNITS = {
    "平方米": "亩", "家": "人", "个月": "年", "单": "吨", "万元": "万平方米",
    "square metres": "mu", "enterprises": "people", "orders": "tonnes",
}  # fmt: skip


def _unit(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for figure in source.figures:
        word = next((word for word in _UNITS if figure.text.endswith(word)), "")
        if word:
            yield figure.end - len(word), figure.end, _UNITS[word]


def _currency(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for figure in source.figures:
        words = source.text[figure.start : figure.end]
        if figure.unit.startswith("CNY") and "元" in words:
            at = figure.start + words.index("元")
            yield at, at + 1, "美元"
        elif figure.unit == "USD" and words.endswith("美元"):
            yield figure.end - 2, figure.end, "元"
        elif words.startswith(("RMB", "USD")):
            yield figure.start, figure.start + 3, "USD" if words.startswith("RMB") else "RMB"


def _names(policy: Policy) -> list[str]:
    name = policy.place.name
    return [name.removesuffix("市"), policy.place_en.split(",")[0]]


def _city(source: Source, chance: random.Random) -> Iterator[Change]:
    if not _answers(source) or not source.policies:
        return
    own = {policy.place.name for policy in source.knowledge.policies.values() if policy in source.policies}
    others = [policy for policy in source.knowledge.policies.values() if policy.place.name not in own]
    if not others:
        return
    for policy in source.policies:
        for index, name in enumerate(_names(policy)):
            for match in re.finditer(re.escape(name), source.text):
                if name and not source.is_quoted(match.start()):
                    yield match.start(), match.end(), _names(chance.choice(others))[index]


_ELSEWHERE = (("苏州", "Suzhou"), ("杭州", "Hangzhou"), ("青岛", "Qingdao"))


def _uncovered_city(source: Source, chance: random.Random) -> Iterator[Change]:
    for start, end, words in _city(source, chance):
        yield start, end, chance.choice(_ELSEWHERE)[words.isascii()]


def _labels(source: Source) -> list[tuple[int, int, str]]:
    cited = {citation.article for citation in source.answer.citations if citation.article}
    found = []
    for label in cited:
        for match in re.finditer(rf"(?<![一二三四五六七八九十）]){re.escape(label)}(?![\d])", source.text):
            if not source.is_quoted(match.start()) and source.text[match.start() - 1 : match.start()] != "：":
                found.append((match.start(), match.end(), label))
    return found


def _article(source: Source, chance: random.Random) -> Iterator[Change]:
    cited = {citation.article for citation in source.answer.citations}
    for start, end, label in _labels(source):
        holders = [policy for policy in source.policies if any(article.label == label for article in policy.articles)]
        others = [a.label for policy in holders for a in policy.articles if a.label and a.label not in cited and len(a.label) >= 3]
        if others:
            yield start, end, chance.choice(others)


def _missing_article(source: Source, chance: random.Random) -> Iterator[Change]:
    yield from ((start, end, chance.choice(["（三十八）", "（四十一）", "（五十）"])) for start, end, _ in _labels(source))


def _year(source: Source, chance: random.Random) -> Iterator[Change]:
    for match in re.finditer(r"(?<!\d)20[12]\d(?!\d)", source.text):
        if not _answers(source) or str(source.said).find(match.group()) >= 0:
            continue
        year = int(match.group())
        yield match.start(), match.end(), str(chance.choice([y for y in (year - 3, year - 1, year + 1, year + 2) if y != year]))


def _day(source: Source, chance: random.Random) -> Iterator[Change]:
    for match in re.finditer(r"(?<=年)(\d{1,2})(?=月\d{1,2}日)|(?<=-)\d\d(?=-\d\d)", source.text):
        new = chance.choice([month for month in (1, 3, 5, 7, 8, 10) if month != int(match.group())])
        yield match.start(), match.end(), str(new) if len(match.group()) == 1 or match.lastindex else f"{new:02d}"


_CEILING = re.compile(r"(?:最多不超过|最高不超过|不超过|最高(?:为)?|最多|up to |at most )(?=\**(?:\d|RMB|USD|[^，。；\d]{1,20}的\d))")


def _no_ceiling(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for match in _CEILING.finditer(source.text):
        # 最高20万元、最高10万元: the first word is enough for both.
        if not re.search(r"(?:最高|不超过)\**[\d.]+万?元、\Z", source.text[: match.start()]):
            yield match.start(), match.end(), ""


def _new_ceiling(source: Source, chance: random.Random) -> Iterator[Change]:
    """Only before sums that the program states as exact: a result, or 一次性50万元."""
    del chance
    zh = r"(?:可得|一次性|共计|合计)(\**)(?=(\d[\d.]*[万亿]?元))"
    for match in re.finditer(zh, source.text):
        # A result that is as high as the cap is also at most that.
        if not source.is_quoted(match.start()) and not _is_ceiling(source, match[2]):
            yield match.end(), match.end(), "最高"
    for match in re.finditer(r": (\*\*)(?=(RMB [\d,.]+(?: million)?)\*\*)", source.text):
        if not _is_ceiling(source, match[2]):
            yield match.start() + 2, match.start() + 2, "at most "


def _is_ceiling(source: Source, words: str) -> bool:
    """Whether a cited article states the sum as a ceiling."""
    value = parse_quantities(words)[0].value
    return any(q.value == value and q.bound is Bound.AT_MOST for text in _cited_text(source) for q in parse_quantities(text))


_TURNS = {
    "≥": "≤", "≤": "≥", "不超过": "不低于", "超过": "不超过", "以上": "以下", "不足": "超过", "低于": "高于", "达到": "不超过",
    "at least": "at most", "at most": "at least", "up to": "at least", "more than": "less than", "no less than": "no more than",
}  # fmt: skip


def _bound(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for word, other in _TURNS.items():
        # 要达到300万元 asks for the cap; 要不超过300万元 says no more of it.
        before = r"(?<!不)(?<!最高)(?<!最多)(?<!要)" if not word.isascii() else r"(?<!no )"
        for match in re.finditer(before + re.escape(word) + r"(?=\**\s?(?:等值)?(?:\d|RMB|USD))", source.text):
            if source.text[match.end() : match.end() + 3].strip("* ") and not _in_step(source, match.start()):
                yield match.start(), match.end(), other


def _in_step(source: Source, position: int) -> bool:
    """36万元超过每年上限30万元 is arithmetic about the figures, told in the step itself; turned, it is a matter of the sum."""
    line = source.text[source.text.rfind("\n", 0, position) + 1 : position]
    return line.startswith(("计算", "Steps", "- ✗", "- ✓"))


_STRICT = {"≥": ">", "≤": "<", "超过": "达到", "more than": "at least", "at least": "more than"}


def _strictness(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for word, other in _STRICT.items():
        for match in re.finditer(r"(?<!不)" + re.escape(word) + r"(?=\**\s?(?:\d|RMB|USD))", source.text):
            if not _in_step(source, match.start()) or word in "≥≤":
                yield match.start(), match.end(), other


def _department(source: Source, chance: random.Random) -> Iterator[Change]:
    known = sorted(
        {d.name for policy in source.knowledge.policies.values() for a in policy.articles for d in a.departments if len(d.name) < 9}
    )
    cited = _cited_departments(source)
    for name in cited:
        for match in re.finditer(re.escape(name), source.text):
            others = [other for other in known if other not in cited and not any(other in c or c in other for c in _cited_text(source))]
            if others and not source.is_quoted(match.start()) and "条文全文" not in _line(source, match.start()):
                yield match.start(), match.end(), chance.choice(others)


def _cited_departments(source: Source) -> list[str]:
    return list(dict.fromkeys(d.name for a in _cited_articles(source) for d in a.departments if "、" not in d.name))


def _cited_text(source: Source) -> list[str]:
    return [article.text for article in _cited_articles(source)]


def _cited_articles(source: Source) -> list[Article]:
    return [
        article
        for citation in source.answer.citations
        for article in source.knowledge.policies[citation.policy].articles
        if article.start <= citation.start < article.end
    ]


def _line(source: Source, position: int) -> str:
    end = source.text.find("\n", position)
    return source.text[source.text.rfind("\n", 0, position) + 1 : end if end >= 0 else len(source.text)]


def _lead(source: Source, chance: random.Random) -> Iterator[Change]:
    """The first of the others is given as the one that leads."""
    del chance
    pattern = r"牵头单位：([^；\n、]+)；责任单位：([^；\n、]+)|Lead: ([^;\n、]+); Responsible: ([^;\n、]+)"
    for match in re.finditer(pattern, source.text):
        first, second = (group for group in match.groups() if group)
        start, end = match.span()
        words = match.group()
        if first != second:
            yield start, end, words.replace(first, "\0").replace(second, first).replace("\0", second)


_STATUS = {
    Standing.DRAFT: r"（?征求意见稿）?|征求意见|尚未正式印发生效|尚未正式印发|拟定"
    r"|draft for public comment|draft for comments?|proposed |draft|not an adopted (?:policy|document)",
    Standing.PLAN_OVER: r"的?规划期到[^；。]*已经结束|规划期[^；，。]*已过（已结束）|规划期|已结束|已经结束"
    r"|The period of |ended on|it is over|expired",
    Standing.EXPIRED: r"已失效|已过有效期|expired",
}


def _no_status(source: Source, chance: random.Random) -> Iterator[Change]:
    """Every word that says what the document is worth is taken out, and figures are left."""
    del chance
    standings = {policy.standing(source.on) for policy in source.policies}
    if len(source.policies) == 1 and source.answer.calculations and (pattern := _STATUS.get(*standings)):
        yield 0, len(source.text), re.sub(pattern, "", source.text)


_IN_FORCE = (
    ("是征求意见稿，尚未正式印发", "已正式生效，现行有效"),
    ("是征求意见稿，不是正式文件，尚未正式印发生效", "是正式文件，现行有效"),
    ("的规划期到2021年12月31日为止，已经结束", "目前有效"),
    ("规划期已过（已结束）", "现在有效"),
    ("is a draft for public comment (征求意见稿), not an adopted policy", "is an adopted policy currently in force"),
    ("ended on 2021-12-31; it is over", "is still in force"),
    ("没有写明有效期截止日期", "有效期至2028年12月31日"),
    ("states no end date", "is valid until 2028-12-31"),
)


def _status(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for old, new in _IN_FORCE:
        for match in re.finditer(re.escape(old), source.text):
            yield match.start(), match.end(), new


def _quotation(source: Source, chance: random.Random) -> Iterator[Change]:
    for start, end in source.quotations:
        at = chance.choice([i for i in range(start, end) if "\u4e00" <= source.text[i] <= "\u9fff"])
        yield at, at + 1, chance.choice([c for c in "办把与其将内新可有关" if c != source.text[at]])


_CN = "零一二三四五六七八九"


def _chinese_numeral(source: Source, chance: random.Random) -> Iterator[Change]:
    """100万元 becomes 二百万元, 2% becomes 百分之五."""
    for figure in source.figures:
        if figure.unit == "CNY" and figure.text.endswith("万元") and figure.value < 100_000_000:
            tens = chance.choice([n for n in range(1, 10) if Decimal(n) * 1_000_000 != figure.value])
            yield figure.start, figure.end, f"{_CN[tens]}百万元"
        elif figure.text.endswith("%") and figure.text[0].isdigit():
            ones = chance.choice([n for n in range(2, 10) if Decimal(n) / 100 != figure.value])
            yield figure.start, figure.end, f"百分之{_CN[ones]}"


def _end_of_conclusion(source: Source) -> int:
    return len(source.answer.conclusion)


def _gap(source: Source) -> str:
    """What sets a further sentence apart from the conclusion."""
    return "" if source.answer.conclusion.endswith(("。", ".")) else "\n"


def _sentences_elsewhere(source: Source) -> list[str]:
    places = {policy.place.name for policy in source.policies}
    cited = "".join(_cited_text(source)).replace(" ", "")
    found = []
    for entry in source.knowledge.entries:
        if entry.policy.place.name in places or not entry.rule.gives_money or entry.rule.kind is RuleKind.TIERS:
            continue
        figures = [quantity.text.replace(" ", "") for quantity in parse_quantities(entry.rule.quote) if quantity.unit in ("CNY", "ratio")]
        # A figure that stands in the cited articles as well would leave nothing wrong but the matter.
        if figures and not any(figure in cited for figure in figures):
            found.append(entry.rule.quote.rstrip("。") + "。")
    return found


def _other_city(source: Source, chance: random.Random) -> Iterator[Change]:
    if not source.answer.citations:
        return
    sentences = _sentences_elsewhere(source)
    at = _end_of_conclusion(source)
    for sentence in chance.sample(sentences, min(2, len(sentences))):
        yield at, at, f"\n\n{_names(source.policies[0])[0]}：{sentence}"


_INVENTED = (
    (
        "此外，企业还可申请出口信用保险补贴，最高{a}万元。",
        " In addition, companies can claim up to RMB {a}0,000 for export credit insurance.",
    ),
    ("另外，对上市企业一次性奖励{a}万元。", " Listed companies also receive a one-off reward of RMB {a}0,000."),
    ("贷款利息按{b}%给予贴息。", " Loan interest is subsidised at {b}%."),
)
_INVENTED_PLAIN = (
    ("此外，企业还可以免费使用政府提供的员工宿舍和食堂补贴。", " In addition, companies receive free staff housing and canteen subsidies."),
    ("另外，新能源汽车购置费用由财政全部承担并给予奖励。", " The purchase of electric cars is also rewarded and paid by the treasury."),
    ("企业负责人子女还可获得出国留学奖学金资助。", " Children of managers also get scholarships to study abroad."),
)


def _invented(source: Source, chance: random.Random) -> Iterator[Change]:
    if not source.answer.citations:
        return
    cited = "".join(_cited_text(source)) + source.text + source.said
    amounts = [a for a in (37, 43, 67, 83, 91) if str(a) not in cited]
    rates = [b for b in (11, 17, 19, 23) if str(b) not in cited]
    if amounts and rates:
        at = _end_of_conclusion(source)
        for pair in _INVENTED:
            yield at, at, _gap(source) + pair[not source.chinese].format(a=chance.choice(amounts), b=chance.choice(rates))


def _invented_plain(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    if source.answer.citations:
        at = _end_of_conclusion(source)
        yield from ((at, at, _gap(source) + pair[not source.chinese]) for pair in _INVENTED_PLAIN)


_NEGATIONS = (
    ("不符合条件，拿不到这笔支持", "符合条件，可以拿到这笔支持"),
    ("没有写明有效期", "写明了有效期"),
    ("没有写明申请材料", "写明了申请材料"),
    ("不能作为申请依据", "能作为申请依据"),
    ("尚未正式印发", "已经正式印发"),
    ("也不能用其他城市的规定代替", "也能用其他城市的规定代替"),
    ("不能用其他城市的规定代替", "能用其他城市的规定代替"),
    ("没有收录", "已经收录"),
    ("不等于一定拿到", "等于一定拿到"),
    ("可免于", "不可免于"),
    ("not eligible", "eligible"),
    ("states no end date", "states an end date"),
    ("not an adopted policy", "an adopted policy"),
    ("nothing can be claimed", "everything can be claimed"),
    ("another city's rules do not apply", "another city's rules apply"),
    ("There is no document on", "There is a document on"),
    ("neither repeals the other", "the later repeals the earlier"),
)
_AFFIRMATIONS = (
    ("以主管部门审核批复为准", "不以主管部门审核批复为准"),
    ("同一主体的同一事项只按最高的支持", "同一主体的同一事项不只按最高的支持"),
    ("申请前请向主管部门确认", "申请前不必向主管部门确认"),
    ("：可得**", "：不可得**"),
    ("是征求意见稿", "不是征求意见稿"),
    ("is a draft", "is not a draft"),
    ("is subject to review", "is not subject to review"),
    ("已经结束", "没有结束"),
    ("已受上限限制", "未受上限限制"),
    ("it is over", "it is not over"),
)


def _replacing(pairs: Sequence[tuple[str, str]], guard: Callable[[Source], bool] = lambda _: True) -> Mutator:
    def mutate(source: Source, chance: random.Random) -> Iterator[Change]:
        del chance
        for old, new in pairs:
            for match in re.finditer(re.escape(old), source.text):
                if guard(source) and not source.is_quoted(match.start()):
                    yield match.start(), match.end(), new

    return mutate


_PERIODS = {"一次性": "每年", "每年": "一次性", "a year": "one-off", "one-off": "each year", "每月": "每年"}


def _period(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for word, other in _PERIODS.items():
        for match in re.finditer(re.escape(word), source.text):
            near = source.text[match.end() : match.end() + 24] + source.text[max(0, match.start() - 18) : match.start()]
            # 每年上限 in a step is part of the arithmetic; a period far from any sum limits none.
            if re.search(r"\d", near) and not _in_step(source, match.start()) and not source.text.startswith(("遴选", "组织"), match.end()):
                names = _in_name(source, match.start(), match.end())
                if not names:
                    yield match.start(), match.end(), other


def _in_name(source: Source, start: int, end: int) -> bool:
    """Whether the words are part of the name of a rule."""
    return any(
        label and (at := source.text.find(label)) >= 0 and at <= start and end <= at + len(label)
        for entry in source.knowledge.entries
        for label in (entry.rule.label, entry.rule.label_en)
    )


def _level(source: Source, chance: random.Random) -> Iterator[Change]:
    """In the tiers of one rule: 市级…：最高100万元 becomes 省级…; names of rules are left alone."""
    del chance
    for word, other in (("市级", "省级"), ("省级", "市级"), ("municipal", "provincial"), ("provincial", "municipal")):
        for match in re.finditer(rf"{word}(?=[^；。\n，]{{0,18}}(?:：|: |最高|不超过|up to))", source.text):
            if not source.is_quoted(match.start()) and not _in_name(source, match.start(), match.end()):
                yield match.start(), match.end(), other


def _cap_and_rate(source: Source, chance: random.Random) -> Iterator[Change]:
    """2%，…最高100万元 becomes 100%，…最高2万元."""
    del chance
    for match in re.finditer(r"(\d[\d.]*)%([^；。\n%]{1,24}?)(\d[\d.]*)(万元)", source.text):
        if match[1] != match[3] and not source.is_quoted(match.start()):
            yield match.start(), match.end(), f"{match[3]}%{match[2]}{match[1]}{match[4]}"
    for match in re.finditer(r"(\d[\d.]*)%([^;.\n%]{1,60}?RMB )([\d,.]*\d)", source.text):
        yield match.start(), match.end(), f"{match[3]}%{match[2]}{match[1]}"


def _tiers(source: Source, chance: random.Random) -> Iterator[Change]:
    """The sums of two tiers of one rule change places."""
    del chance
    for match in re.finditer(
        r"((?:市|省|国家)级[^：；\n]*：[^；\n\d]*)(\d[\d.]*万元)(；[^：；\n]*：[^；\n\d]*)(\d[\d.]*万元)", source.text
    ):
        if match[2] != match[4] and not source.is_quoted(match.start()):
            yield match.start(), match.end(), match[1] + match[4] + match[3] + match[2]
    for match in re.finditer(r"(第1年[^；\n\d]*)(\d[\d.]*万元)(；第2[^；\n]*?)(\d[\d.]*万元)", source.text):
        if match[2] != match[4] and not source.is_quoted(match.start()):
            yield match.start(), match.end(), match[1] + match[4] + match[3] + match[2]


def _mode(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for match in re.finditer(r"(?<![\d.])(1210|9610|9710|9810)(?![\d万亿元])", source.text):
        new = {"1210": "1239", "9610": "1239", "9710": "1239", "9810": "1239"}[match.group()]
        if not any(new in text for text in _cited_text(source)):
            yield match.start(), match.end(), new


def _rounded(source: Source, chance: random.Random) -> Iterator[Change]:
    """99.98万元 becomes 约100万元."""
    del chance
    for figure in source.figures:
        if figure.unit == "CNY" and figure.text.endswith("万元"):
            number = figure.value / 10000
            whole = number.to_integral_value()
            if number != whole and whole:
                yield figure.start, figure.end, f"约{whole}万元"
            elif not _in_step(source, figure.start) and not source.is_quoted(figure.start):
                yield figure.start, figure.start, "约"


def _welded(source: Source, chance: random.Random) -> Iterator[Change]:
    """The sum of a rule becomes that of another article of the same document."""
    for figure in source.figures:
        if source.is_quoted(figure.start) or figure.unit != "CNY" or not source.chinese or len(source.policies) != 1:
            continue
        own = {format_quantity(figure.value, "CNY")}
        cited = "".join(_cited_text(source)).replace(" ", "")
        others = sorted({words for entry in _money(source) if (words := _sum_of(entry)) and words not in own and words not in cited})
        if others:
            yield figure.start, figure.end, chance.choice(others)


def _money(source: Source) -> list[RuleEntry]:
    return [entry for entry in source.knowledge.entries if entry.policy is source.policies[0] and entry.rule.gives_money]


def _sum_of(entry: RuleEntry) -> str:
    figure = entry.rule.amount or (entry.rule.caps[0] if entry.rule.caps else None)
    return format_quantity(figure.value, figure.unit) if figure and figure.unit == "CNY" else ""


def _same_article(source: Source, chance: random.Random) -> Iterator[Change]:
    """The sum of a rule becomes that of another rule of the same article."""
    for entry in source.knowledge.entries:
        label = entry.rule.label
        at = source.answer.conclusion.find(f"“{label}”")
        if at < 0 or not any(a.start == entry.article.start for a in _cited_articles(source) if a.policy_id == entry.policy.id):
            continue
        own = entry.rule.quote.replace(" ", "")
        others = [
            o for o in source.knowledge.entries if o.policy is entry.policy and o.article.start == entry.article.start and o is not entry
        ]
        sums = sorted({words for other in others if (words := _sum_of(other)) and words not in own})
        end = source.text.find("\n", at)
        for figure in source.figures:
            if at < figure.start < (end if end >= 0 else len(source.text)) and figure.unit == "CNY" and sums:
                new = chance.choice(sums)
                if new != figure.text and new not in source.said:
                    yield figure.start, figure.end, new


def _title(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for match in re.finditer(r"《[^》]*?(实施意见|若干措施|实施方案)[^》]*》", source.text):
        if not source.is_quoted(match.start()):
            yield match.start(1), match.end(1), "管理办法"


def _number(source: Source, chance: random.Random) -> Iterator[Change]:
    for match in re.finditer(r"(?<=[〕\]])\s?(\d{1,3})(?=\s?号)", source.text):
        yield match.start(1), match.end(1), str(chance.choice([n for n in (7, 36, 52, 88, 117) if str(n) != match[1]]))


def _believed(source: Source, chance: random.Random) -> Iterator[Change]:
    """The user's wrong figure is given as the document's."""
    del chance
    cited = "".join(_cited_text(source)).replace(" ", "")
    if not source.answer.citations or not source.chinese or any(result.steps for result in source.answer.calculations):
        return
    at = _end_of_conclusion(source)
    for figure in parse_quantities(fold(source.said)):
        if figure.unit == "CNY" and figure.text not in cited and figure.text.replace(" ", "") not in cited:
            yield at, at, f"\n文件规定的奖励是{figure.text}。"


def _marks(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for match in re.finditer(r"(?m)^- ([✓✗])", source.text):
        yield match.start(1), match.end(1), "✗" if match[1] == "✓" else "✓"


def _guarantee(source: Source, chance: random.Random) -> Iterator[Change]:
    del chance
    for match in re.finditer(r"最高(?=\**\d)", source.answer.conclusion):
        yield match.start(), match.end(), "保证能拿到"
    for match in re.finditer(r"(?:at most|up to)(?= \**RMB)", source.answer.conclusion):
        yield match.start(), match.end(), "guaranteed"


def _sum(source: Source, chance: random.Random) -> Iterator[Change]:
    """The result of a step is another one."""
    for figure in source.figures:
        if re.search(r"= \Z", source.text[: figure.start]):
            digits = [i for i in range(figure.start, figure.end) if source.text[i].isdigit()]
            at = digits[0]
            yield at, at + 1, chance.choice([d for d in "123456789" if d != source.text[at]])


KINDS: dict[str, Mutator] = {
    "digit changed": _digit,
    "digit changed outside quotations": _unquoted_digit,
    "万 for 亿": _scale,
    "‰ for %": _thousandth,
    "unit swapped": _unit,
    "currency swapped": _currency,
    "city swapped": _city,
    "city without document": _uncovered_city,
    "article swapped": _article,
    "article that is not there": _missing_article,
    "year swapped": _year,
    "month changed": _day,
    "ceiling removed": _no_ceiling,
    "ceiling added": _new_ceiling,
    "bound turned": _bound,
    "> for ≥": _strictness,
    "department swapped": _department,
    "lead and others exchanged": _lead,
    "status dropped": _no_status,
    "status turned": _status,
    "quotation altered by a character": _quotation,
    "wrong number in Chinese numerals": _chinese_numeral,
    "sentence of another city": _other_city,
    "invented incentive with a figure": _invented,
    "invented incentive in words": _invented_plain,
    "negation dropped": _replacing(_NEGATIONS),
    "negation added": _replacing(_AFFIRMATIONS),
    "once for each year": _period,
    "level swapped": _level,
    "cap and rate swapped": _cap_and_rate,
    "tiers exchanged": _tiers,
    "business mode swapped": _mode,
    "rounded": _rounded,
    "sum of another article": _welded,
    "sum of another rule of the article": _same_article,
    "title altered": _title,
    "document number altered": _number,
    "the user's wrong figure": _believed,
    "condition met for not met": _marks,
    "ceiling promised": _guarantee,
    "wrong result of a sum": _sum,
}
