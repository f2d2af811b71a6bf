"""Which of several documents of one place is meant: by number, year, age, or being a draft.

>>> pick_versions("按2024年意见", [policy_2021, policy_2024], policies)      # doctest: +SKIP
('lianyungang-2024',)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.models import Policy, Status

_DOC_NUMBER = re.compile(
    r"(?:[〔\[(（]?(20\d\d)[〕\])）]?年?的?)?\s*(?<!\d)(\d{1,4})号(?!楼|线)|No\.?\s*(\d{1,4})(?:\s+of\s+(20\d\d))?", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d|[ ]?(?:万|亿|元|家|个|平|㎡|人|%|块|yuan|rmb|sq))", re.IGNORECASE)
_NEWEST = re.compile(r"最新|新版|新的|新政|新文件|新意见|现行|latest|newest|current", re.IGNORECASE)
_OLDEST = re.compile(r"旧版|老版|老政策|老文件|以前的|之前的|原来的|旧的|旧文件|older|previous version|earlier document", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?<!\d)([12]\d)年(?=的?(?:那份|那版|这份|版|文件|意见|政策|措施|方案))")
_BOTH = re.compile(r"新旧|新老|两版|两个版本|两份|both (?:versions|documents)", re.IGNORECASE)
_TELLING_RUN = 4
"""Characters that a question and a title must have in common."""
_OF_MATTER = re.compile(
    r"(?P<matter>[\u4e00-\u9fff]{2,10}?)(?:这块|这方面|方面|领域|[那这]?[个份条项])?的?(?:(?:专项)?(?:扶持|支持|奖励|补贴|资助|发展|若干|实施|管理))*"
    r"(?:资金|政策|办法|意见|措施|规定|细则|方案|文件)"
)
"""What a document is on, in front of the word for it."""
_TRADE = re.compile("(?:产|行)?业$")
"""What people add to a matter that a title has without: 金融业扶持办法."""
_DRAFT = re.compile(r"征求意见稿|意见稿|草案|\bdraft\b", re.IGNORECASE)


def pick_versions(text: str, candidates: Sequence[Policy], known: Iterable[Policy]) -> tuple[str, ...]:
    """Ids of the documents the text picks out; () when it names no version.

    Args:
        text: The question.
        candidates: Documents of the places named.
        known: All documents, for numbers that stand alone (连政办发〔2021〕20号).
    """
    chosen = list(_by_number(text, candidates, known))
    narrowed = bool(chosen)
    by_place: dict[str, list[Policy]] = {}
    for policy in candidates:
        by_place.setdefault(policy.place.name, []).append(policy)
    years = {int(year) for year in _YEAR.findall(text)} | {2000 + int(year) for year in _SHORT_YEAR.findall(text)}
    for same_place in by_place.values():
        if len(same_place) == 1:
            chosen.append(same_place[0].id)
            continue
        picked = _of_one_place(text, same_place, years)
        narrowed = narrowed or bool(picked)
        chosen += [policy.id for policy in picked or (same_place if not chosen else ())]
    return tuple(dict.fromkeys(chosen)) if narrowed else ()


def _of_one_place(text: str, same_place: Sequence[Policy], years: set[int]) -> Sequence[Policy]:
    by_year = [policy for policy in same_place if version_year(policy) in years]
    if by_year:
        return by_year
    if titled := _by_title(text, same_place):
        return titled
    ordered = sorted(same_place, key=lambda policy: version_year(policy) or 0)
    if _BOTH.search(text):
        return ordered
    newest, oldest = bool(_NEWEST.search(text)), bool(_OLDEST.search(text))
    if newest and oldest:
        return ordered
    if newest:
        return ordered[-1:]
    if oldest:
        return ordered[:1]
    return [policy for policy in same_place if policy.status is Status.DRAFT] if _DRAFT.search(text) else ()


def _by_title(text: str, same_place: Sequence[Policy]) -> Sequence[Policy]:
    """The document whose title has words of the text (经营贡献奖) that stand in no other document of the place."""
    names = {
        name for policy in same_place for name in (policy.place.province, policy.place.city, policy.place.district, *policy.aliases) if name
    }
    for name in sorted(names | {name.rstrip("省市区县") for name in names}, key=len, reverse=True):
        text = text.replace(name, "|") if name else text
    named = []
    for policy in same_place:
        own = {run for run in _runs(text, _TELLING_RUN) if run in policy.title}
        others = [other.title + other.text for other in same_place if other is not policy]
        if any(not any(run in words for words in others) for run in own):
            named.append(policy)
    return named if len(named) == 1 else _by_matter(text, same_place)


def _by_matter(text: str, same_place: Sequence[Policy]) -> Sequence[Policy]:
    """The only one whose title names the matter of the document asked about: 商贸业 of 商贸业扶持办法, 航运 of 航运政策."""
    for length in (3, 2):
        named = [policy for policy in same_place if matter_named(text, policy.title, length)]
        if len(named) == 1:
            return named
    return ()


def matter_named(text: str, title: str, least: int = 2) -> str:
    """The words of a title by which a text names the matter of the document, in front of 政策, 办法 …; "" if there are none.

    >>> matter_named("白沙商贸业扶持办法由谁解释", "白沙市促进商贸业发展扶持办法")
    '商贸业'
    """
    best = ""
    for match in _OF_MATTER.finditer(text):
        # what stands before the word for the document: 金融局的审核意见 names none on 金融
        matter = match["matter"] if match["matter"] in title else _TRADE.sub("", match["matter"])
        own = next((matter[start:] for start in range(len(matter)) if matter[start:] in title), "")
        best = max(best, own, key=len)
    return best if len(best) >= least else ""


def _runs(text: str, length: int) -> set[str]:
    """All stretches of so many Chinese characters."""
    found = {text[i : i + length] for i in range(len(text) - length + 1)}
    return {run for run in found if re.fullmatch(r"[\u4e00-\u9fff]+", run)}


def _by_number(text: str, candidates: Sequence[Policy], known: Iterable[Policy]) -> Iterable[str]:
    among = {policy.id for policy in candidates}
    for match in _DOC_NUMBER.finditer(text):
        year, number = match.group(1) or match.group(4), match.group(2) or match.group(3)
        for policy in known:
            own = re.findall(r"\d+", policy.document_number)
            if len(own) >= 2 and own[-1] == number and (year == own[-2] if year else policy.id in among):
                yield policy.id


def version_year(policy: Policy) -> int | None:
    """The year people call a document by: of its number, else of its issue, else of its first day."""
    numbers = re.findall(r"20\d\d", policy.document_number)
    if numbers:
        return int(numbers[0])
    for day in (policy.issued.value, policy.effective_from.value):
        if day:
            return day.year
    return None
