"""What several promises give together at most: 以上各项，单个企业每年合计不超过50万元; 同一企业每年获得的资金总额不超过200万元.

The first is of the articles beside it, the second of the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.rules.extraction import patterns as p
from assistant.rules.extraction.clauses import Sentence
from assistant.rules.extraction.quoting import Source
from assistant.rules.extraction.roles import Role, Series, is_money, read_series
from assistant.rules.extraction.terms import cap_period
from assistant.rules.schema import Cap, CommonCeiling, Period, Rule
from index.models import Article, Bound

_TOGETHER = re.compile("总额|合计|累计|总计|共计|总和|总量")
_N = r"[二两三四五六七八九\d]"
_ABOVE = re.compile(
    "^(?:对|按|按照|根据|享受|同时享受)?"
    rf"(?:以上|上述|前述|前款|前列|前(?P<n>{_N})[款项条]|本[条项款节]|[这该](?P<m>{_N})[项条]|(?P<k>{_N})项)"
)
_OF_ALL = re.compile(
    "本(?:办法|措施|政策|意见|规定|细则|方案|条款)|专项资金|各[类项]|所有|全部|多项|政策(?:性)?(?:资金|支持|扶持|奖励|补贴|补助)"
)
_FOR_ONE = re.compile("(?:同一|单个|单一|单家|单户|每[个家户]|一[个家])[^，。；]{0,6}(?:企业|单位|主体|机构|公司|项目|园区|平台|法人|者)")
_COUNT = re.compile("以上(?P<n>[二两三四五六七八九])[项条款]")


def ceilings_of(sources: Sequence[Source], rules: Sequence[Rule]) -> tuple[CommonCeiling, ...]:
    """The ceilings that rules share, each with the ids of those rules; none where it is for all of the document.

    Args:
        sources: The articles in the order of the document.
        rules: The rules proposed from them.
    """
    paid = {label: [rule for rule in rules if rule.article == label and rule.gives_money] for label in {rule.article for rule in rules}}
    return tuple(ceiling for source in sources for sentence in source.sentences for ceiling in _of(source, sentence, sources, paid))


def _of(source: Source, sentence: Sentence, sources: Sequence[Source], paid: dict[str | None, list[Rule]]) -> Iterator[CommonCeiling]:
    for clause in sentence.clauses:
        cap = _cap(clause.text, [series for piece in clause.pieces for series in read_series(piece)])
        if cap is None:
            continue
        quote = source.quote(clause.pieces[0].start, clause.pieces[-1].end)
        if above := _ABOVE.search(clause.text):
            sharing = _beside(source, sources, paid, above, clause.text)
            if sharing:
                yield CommonCeiling(article=source.article.label, quote=quote, cap=cap, rules=tuple(rule.id for rule in sharing))
        elif _is_general(source.article, clause.text, paid):
            yield CommonCeiling(article=source.article.label, quote=quote, cap=cap)


def _cap(text: str, found: Sequence[Series]) -> Cap | None:
    """The one limit of a clause that speaks of sums together and promises nothing itself."""
    telling = [series for series in found if series.role is not Role.BACKGROUND]  # 以上两项 is none
    limits = [series for series in telling if is_money(series.unit) and "/" not in series.unit]
    if len(telling) != 1 or len(limits) != 1 or not _TOGETHER.search(text):
        return None
    quantity = limits[0].quantities[0]
    if quantity.bound not in (Bound.AT_MOST, Bound.LESS_THAN) and not re.search("上限|封顶|限额|为限", text):
        return None
    one = _FOR_ONE.search(text)
    per = cap_period(limits[0].left, Period.UNSTATED)
    return Cap(value=quantity.value, unit=quantity.unit, bound=Bound.AT_MOST, per=per, scope=one.group() if one else "")


def _is_general(article: Article, text: str, paid: dict[str | None, list[Rule]]) -> bool:
    """Whether a limit is for all of a document: it says so, or it is for one company in an article that promises nothing."""
    return not paid.get(article.label) and bool(_FOR_ONE.search(text)) and bool(_OF_ALL.search(text) or not _under(article, paid))


def _under(article: Article, paid: dict[str | None, list[Rule]]) -> bool:
    """Whether rules stand below it: then it is a lead-in of theirs."""
    return bool(article.label) and any(label and label != article.label and label.startswith(article.label or "") for label in paid)


def _beside(source: Source, sources: Sequence[Source], paid: dict[str | None, list[Rule]], above: re.Match[str], text: str) -> list[Rule]:
    """The rules that 以上各项 stands for: those of its own article, else those of its neighbours of one parent; 以上两项: the last two."""
    own = paid.get(source.article.label, [])
    path = source.article.path[:-1]
    neighbours = [other for other in sources if path and other.article.path[:-1] == path and other.article.start <= source.article.start]
    siblings = [rule for other in neighbours for rule in paid.get(other.article.label, [])]
    numbers = [group for group in above.groupdict().values() if group]
    numbers += [match["n"] for match in [_COUNT.search(text)] if match]
    if numbers and (count := p.chinese_number(numbers[0])) > 1:
        return own if len(own) == count else (siblings or own)[-count:]
    if re.match("本[条项款]|前款", above.group().lstrip("对按享受同时")) and len(own) > 1:
        return own
    return siblings if len(siblings) > 1 else own
