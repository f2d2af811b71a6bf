"""Reads from a document what it says of itself: title, number, issuer, place, dates and status, each with its words.

>>> sheet = propose_sheet("某市人民政府关于扶持电商的意见\\n本意见自2024年1月1日起施行，有效期3年。\\n", "demo")
>>> sheet.effective.from_.date.isoformat(), sheet.effective.to.date.isoformat(), sheet.status.value.value
('2024-01-01', '2026-12-31', 'in_force')
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from index.articles import split_articles
from index.framing import DOCUMENT_NUMBER, DOCUMENT_TYPES, ISSUER, is_title_line, split_numbered_title
from index.gazetteer import find_place
from index.models import Article, ArticleKind, Place, Status
from index.policies import Effective, PlaceSheet, PolicySheet, QuotedDate, QuotedStatus, QuotedText

_DAY = r"[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_SELF = rf"(?:本|此|上述)[\u4e00-\u9fff]{{0,8}}?(?:{DOCUMENT_TYPES})"
_STARTS = r"(?:起|开始)?(?:正式)?(?:施行|实施|执行|生效|试行)"
_FROM_DAY = re.compile(rf"{_SELF}[^。\n]{{0,20}}?自\s*(?P<day>{_DAY})\s*{_STARTS}")
_FROM_ISSUE = re.compile(rf"{_SELF}[^。\n]{{0,20}}?自(?:公布|印发|发布|颁布|下发)之日{_STARTS}")
_UNTIL_DAY = re.compile(rf"(?:有效期(?:限)?(?:为)?|执行|实施|施行)?\s*(?:截?至|到)\s*(?P<day>{_DAY})")
_FOR_YEARS = re.compile(
    r"(?:有效期(?:限)?(?:暂定)?(?:为)?|(?:试行|执行|实施|施行)期(?:限)?(?:暂定)?(?:为)?|暂定(?:为)?)\s*"
    r"(?P<years>\d{1,2}|[一二两三四五六七八九十])\s*年(?:有效期)?"
)
_PERIOD = re.compile(rf"(?:适用于|适用期(?:限)?(?:为|是)?|执行期(?:限)?(?:为|是)?)\s*(?P<first>{_DAY})\s*[-－—–至到~]+\s*(?P<last>{_DAY})")
_TITLE_YEARS = re.compile(r"[（(]?\s*(?P<first>20\d{2})\s*年?\s*[-－—–~至]{1,2}\s*(?P<last>20\d{2})\s*年?\s*[）)]?")
_DRAFT = re.compile(r"[（(]?(?:公开)?(?:征求意见稿|草案|送审稿|讨论稿|建议稿)[）)]?")
_SIGNED = re.compile(rf"(?P<issuer>{ISSUER}(?:\s+{ISSUER}){{0,5}})\s*(?P<day>{_DAY})")
_DATED_LINE = re.compile(rf"^[（(]\s*(?P<day>{_DAY})(?:印发|发布)?\s*[)）]$", re.MULTILINE)
"""The date in brackets under a title."""
_ZONE = re.compile(
    r"(?:(?<=^)|(?<=[\s《市省县区])|(?<=关于印发)|(?<=印发)|(?<=关于))(?P<name>[\u4e00-\u9fff]{2,8}?)(?P<zone>高新技术产业开发区|经济技术开发区|高新区|经开区|开发区"
    r"|综合保税区|综保区|保税港区|保税区|自由贸易试验区|自贸片区|自贸区|新区|新城|示范区|科技城|工业园区?)(?=[\u4e00-\u9fff])",
    re.MULTILINE,
)
_TOP = 300
"""Characters in which title, issuer and date stand."""
_PRINTED_TITLE = re.compile(r"《(?P<title>[^《》]{4,80})》\s*(?:已|业)[^。\n]{0,60}?印发")
_ISSUED_TITLE = re.compile(r"印发\s*《(?P<title>[^》]{4,100})》")


def propose_sheet(text: str, policy_id: str, fallback_title: str = "") -> PolicySheet:
    """A policy.yaml for `text`; what the text does not say stays empty.

    Args:
        text: The document as it will be stored.
        policy_id: Its id.
        fallback_title: Taken where no title is found (the file name).
    """
    articles, _ = split_articles(text, policy_id)
    head = "".join(a.text for a in articles if a.kind in (ArticleKind.TITLE, ArticleKind.PREAMBLE)) or text[:500]
    titles = _title_lines(articles)
    title = _title(titles, head)
    number = _document_number(titles)
    frame = head + "\n" + "".join(a.text for a in articles if a.kind is ArticleKind.CLOSING)
    signed = _SIGNED.search(frame)
    issued = QuotedDate(date=day, quote=signed.group("day")) if signed and (day := _day(signed.group("day"))) else None
    if issued is None and (dated := _DATED_LINE.search(text[:_TOP])) and (day := _day(dated["day"])):
        issued = QuotedDate(date=day, quote=dated["day"])
    issuer = re.sub(r"\s+", "、", signed.group("issuer").strip()) if signed else _issuer(titles)
    place = find_place("\n".join([title, issuer, *titles]), text)
    effective = _effective(text, title, issued)
    return PolicySheet(
        id=policy_id,
        title=title or fallback_title or policy_id,
        document_number=number,
        issuer=issuer,
        place=PlaceSheet(province=place.province, city=place.city, district=place.district),
        aliases=_zone_names("\n".join([title, issuer, *titles]), place),
        issued=issued,
        effective=effective,
        status=_status(text, title, head, effective),
    )


def missing_facts(sheet: PolicySheet) -> list[str]:
    """What a person should look up, as warnings."""
    empty = {
        "document_number": sheet.document_number is None,
        "issuer": not sheet.issuer,
        "place": not (sheet.place.province or sheet.place.city),
        "issued": sheet.issued is None,
        "effective.from": sheet.effective.from_ is None,
        "effective.to": sheet.effective.to is None,
    }
    names = [name for name, is_empty in empty.items() if is_empty]
    return [f"not found in the text: {', '.join(names)}; fill them in policy.yaml if you know them"] if names else []


def _title_lines(articles: list[Article]) -> list[str]:
    lines = [line.strip() for a in articles if a.kind is ArticleKind.TITLE for line in a.text.splitlines() if line.strip()]
    if not lines and articles and is_title_line(first := articles[0].text.strip().split("\n", 1)[0]):
        lines = [first]
    return [part for line in lines for part in split_numbered_title(line)]


def _title(titles: list[str], head: str) -> str:
    """The document's own title: the last title line that is no covering letter, else the one a letter names."""
    own = [line for line in titles if is_title_line(line) and not DOCUMENT_NUMBER.fullmatch(line)]
    for line in reversed(own):
        if not re.search(r"印发.*的通知$", line):
            return line
    named = _ISSUED_TITLE.search("\n".join(own)) or _PRINTED_TITLE.search(head)
    return named.group("title").strip() if named else (own[-1] if own else "")


def _zone_names(head: str, place: Place) -> list[str]:
    """Development zones that the title names, which are no divisions of the official list: 惠州仲恺高新区 -> 仲恺高新区, 仲恺."""
    short = {re.sub("[省市区县]$", "", name) for name in (place.province, place.city, place.district) if name}
    found: list[str] = []
    for match in _ZONE.finditer(head):
        name = match["name"]
        for outer in sorted((*short, *(name for name in (place.province, place.city, place.district) if name)), key=len, reverse=True):
            name = name.removeprefix(outer)
        zone = name + match["zone"] if name else match.group()
        if len(name) >= 2 and name not in short:
            found += [zone, name]
        elif not name:
            found.append(zone)
    return list(dict.fromkeys(found))


def _document_number(titles: list[str]) -> QuotedText | None:
    for line in titles:
        if DOCUMENT_NUMBER.fullmatch(line):
            return QuotedText(value=re.sub(r"\s", "", line), quote=line)
    return None


def _issuer(titles: list[str]) -> str:
    for line in titles:
        if match := re.match(rf"({ISSUER})(?:$|\s|关于|印发)", line):
            return match.group(1)
    return ""


def _effective(text: str, title: str, issued: QuotedDate | None) -> Effective:
    period = _PERIOD.search(text)
    if period:
        first, last = _day(period.group("first")), _day(period.group("last"))
        if first and last:
            return Effective.between(QuotedDate(date=first, quote=period.group()), QuotedDate(date=last, quote=period.group()))
    start, rest = _start(text, issued)
    if start or rest:
        return Effective.between(start, _end(rest, start))
    years = _TITLE_YEARS.search(title)
    if years and years.group("first") < years.group("last"):
        quote = years.group()
        first, last = date(int(years.group("first")), 1, 1), date(int(years.group("last")), 12, 31)
        return Effective.between(QuotedDate(date=first, quote=quote), QuotedDate(date=last, quote=quote))
    return Effective()


def _start(text: str, issued: QuotedDate | None) -> tuple[QuotedDate | None, str]:
    """First day in force, and the words after it in which the last day may stand."""
    match = _FROM_DAY.search(text)
    if match and (day := _day(match.group("day"))):
        return QuotedDate(date=day, quote=match.group()), text[match.end() : match.end() + 80]
    match = _FROM_ISSUE.search(text)
    if match:
        start = QuotedDate(date=issued.date, quote=match.group()) if issued else None
        return start, text[match.end() : match.end() + 80]
    return None, ""


def _end(rest: str, start: QuotedDate | None) -> QuotedDate | None:
    match = _UNTIL_DAY.search(rest)
    if match and (day := _day(match.group("day"))):
        return QuotedDate(date=day, quote=match.group())
    match = _FOR_YEARS.search(rest)
    if match and start:
        numeral = match.group("years")
        years = int(numeral) if numeral.isdecimal() else "一二三四五六七八九十".find(numeral.replace("两", "二")) + 1
        return QuotedDate(date=_years_later(start.date, years) - timedelta(days=1), quote=match.group())
    return None


def _years_later(day: date, years: int) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + years, 3, 1) if is_leap_day else day.replace(year=day.year + years)


def _status(text: str, title: str, head: str, effective: Effective) -> QuotedStatus:
    draft = _DRAFT.search(title) or _DRAFT.search(head.split("\n", 1)[0])
    if draft:
        return QuotedStatus(value=Status.DRAFT, quote=draft.group())
    in_force = _FROM_DAY.search(text) or _FROM_ISSUE.search(text)
    if in_force:
        return QuotedStatus(value=Status.IN_FORCE, quote=in_force.group())
    if effective.from_ and _TITLE_YEARS.fullmatch(effective.from_.quote):
        return QuotedStatus(value=Status.PLAN, quote=effective.from_.quote)
    return QuotedStatus(value=Status.IN_FORCE, quote=effective.from_.quote) if effective.from_ else QuotedStatus()


def _day(words: str) -> date | None:
    """2024 年 11 月 20 日 as a date; None for a day the calendar does not have."""
    year, month, day = (int(number) for number in re.findall(r"\d+", words))
    try:
        return date(year, month, day)
    except ValueError:
        return None
