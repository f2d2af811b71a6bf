"""A message becomes questions: normalised, corrected, cut, each with its places, topic, figures and asks.

>>> understanding.read("秦皇岛1210，年线上交易额8000万元，能拿多少？").questions[0].codes
('1210',)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.glossary.pinyin import PinyinReader
from assistant.glossary.places import PlaceFinder, PlaceMention
from assistant.glossary.terms import Glossary
from assistant.glossary.typos import Corrector
from assistant.knowledge import Knowledge, one_form_of_grades, plain
from assistant.understanding.around import end_of_words_after
from assistant.understanding.asks import find_asks, find_wanted_type
from assistant.understanding.joining import join, stands_alone
from assistant.understanding.patterns import MARKERS
from assistant.understanding.periods import MONEY, find_times
from assistant.understanding.question import Ask, Mention, Question, Unit
from assistant.understanding.rates import find_exchange_rate
from assistant.understanding.scope import Social, everyday_topics, find_social, is_outside, split_orders, wants_guarantee, wants_invention
from assistant.understanding.stretches import month_spans, years_together
from assistant.understanding.support_years import find_support_years
from assistant.understanding.topic import TopicReader, find_codes
from assistant.understanding.versions import pick_versions
from index.models import DateMention, Quantity
from index.normalise import collapse_spaces, normalise
from index.quantities import parse_dates, parse_quantities
from index.quantities.units import counted


@dataclass(frozen=True, slots=True)
class Message:
    """A whole message, understood."""

    text: str
    language: str
    questions: tuple[Question, ...]
    social: Social | None = None
    outside: bool = False
    """Of a kind no policy answers."""
    orders: bool = False
    """It tried to change how the assistant works."""
    invention: bool = False
    """It asks to announce or invent a policy."""
    guarantee: bool = False


_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,6}[〔\[(（]20\d\d[〕\])）]\s?\d{1,4}\s?号(?:文件?)?")
_COUNTED = frozenset({"company", "item", "order", "person", "time"})
_PARTS = re.compile("[两二三四五六七八九]块")
"""A few parts of something, no sum of money: one says 两块钱."""
_ENUMERATED = re.compile(r"[①②③④⑤]|(?:^|(?<=[，,。；;：:？?]))\s*(?:第[一二三四](?:[，,、个是]|(?=[^年条批步]))|[一二三]是|[1-4][、.)）])")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE_END = re.compile(r"(?<=[？?。！!\n])|(?<=[a-z\u4e00-\u9fff]\.)\s+(?=[A-Z\u4e00-\u9fff])")
_DELIMITERS = "，,。；;、：:！!？?（）()\n"
_ARTICLE = re.compile(
    r"第?[（(]([一二三四五六七八九十]{1,3})[）)]条?|第([一二三四五六七八九十百]{1,4}|\d{1,3})条|(?:article|clause|section)\s+\(?(\d{1,3})\)?",
    re.IGNORECASE,
)
_ARTICLES_LISTED = re.compile(r"(?:articles|clauses|sections)\s+\d{1,3}(?:\s*(?:,|and|&)\s*\d{1,3})+", re.IGNORECASE)
_MALFORMED = re.compile(
    r"(?<![a-z0-9])([a-z?xX*#]{1,8})\s*(?:万元?|亿元?|元|美元|平方米|家)(?![a-z])|[?？]{2,}\s*(?:万|亿)?元", re.IGNORECASE
)
_CODE_ALONE = re.compile(r"(?<![\d.])(?:1210|9610|9710|9810|1239|0110)(?![\d.]|\s?[万亿元美%㎡平家个单人])")
"""A business mode is no figure, even right behind one: 五千零一万 1210."""
_CODE_BEFORE_FIGURE = re.compile(r"(?<![\d.])(1210|9610|9710|9810|1239|0110)\s+(?=[\d一二三四五六七八九十两])")
"""1210 4500万 are a business mode and a figure, not the digit groups of one number."""
_NEGATIVE = re.compile(r"(?:(?<=[\u4e00-\u9fff：:,，\s])[-−]|(?<![\u4e00-\u9fff])负|^[-−])\s?$|(?:额|为|是|约|亏损?)负$")
"""A sign before a figure; between two figures it makes a range."""
_COUNTED_BEFORE = re.compile(r"\d\s*多?(?:家|个|户|名)[^，,。；;\d]{0,12}$")
_COUNTED_AFTER = re.compile(r"^(?:以上|左右|及以上|或以上)?的(?:[\u4e00-\u9fff]{0,4})(?:企业|公司|商户|商家|店铺|主体|机构|客户|卖家|平台)")
_REQUIRED = re.compile(
    r"(?:需要?|须|必须|要求?|得|应当?|起码|至少|只有|门槛(?:是|为)?)[^，,。；;？?]{0,16}$"
    r"|\b(?:must|need(?:s|ed)?|requires?|have to|has to|at least)\b[^,.;?]{0,30}$",
    re.IGNORECASE,
)
_ONLY_THEN = re.compile(
    r"^[^。；;？?]{0,14}(?:才|方可|就不(?:给|行|能|补|奖))|^[^.;?]{0,30}\b(?:to (?:qualify|get|receive|be eligible)|before)\b",
    re.IGNORECASE,
)


class Understanding:
    """Reads messages against the words of the policies."""

    def __init__(self, knowledge: Knowledge, glossary: Glossary) -> None:
        self.knowledge = knowledge
        self.glossary = glossary
        self.places = PlaceFinder(tuple(knowledge.policies.values()))
        self.topics = TopicReader(knowledge, glossary)
        names = [name for policy in knowledge.policies.values() for name in (policy.place.name, *policy.aliases) if name]
        self.vocabulary = tuple(dict.fromkeys([*names, *(term.zh for term in glossary.terms), *knowledge.rule_words]))
        self.corrector = Corrector(self.vocabulary)
        self.pinyin = PinyinReader(self.vocabulary, glossary)

    def read(self, message: str, order: int = 0, spoken: str = "zh") -> Message:
        """Understand one message.

        Args:
            message: As typed.
            order: Number of the turn.
            spoken: Language of the turn before, for a message that has none of its own: "And Tangshan?", "5000?".
        """
        message, wanted = _language_asked(message)
        apart = _CODE_BEFORE_FIGURE.sub(r"\1，", normalise(message).text)
        text = _typed_short(collapse_spaces(normalise(apart)).text.strip())
        language = self._language(text) or spoken
        if language == "en" and (spelt := self.pinyin.rewrite(text)) and not (spoken == "en" and self._only_places(spelt)):
            text, language = spelt, "zh"
        social = find_social(text)
        if social:
            return Message(text, language, (), social=social)
        sentences = [part for part in (piece.strip() for piece in _SENTENCE_END.split(text)) if part]
        asked, orders = split_orders(sentences)
        remaining = " ".join(asked) if orders else text
        if language == "zh":
            remaining = self.corrector.correct(remaining)
        questions = tuple(self._question(part, language, order) for part in self._parts(remaining)) if remaining.strip() else ()
        questions = tuple(question.with_(language=wanted or language) for question in self._merge(questions))
        return Message(
            text,
            wanted or language,
            questions,
            outside=self._is_outside(remaining),
            orders=bool(orders),
            invention=wants_invention(orders),
            guarantee=wants_guarantee(remaining),
        )

    def _is_outside(self, text: str) -> bool:
        everyday = everyday_topics(text)
        return is_outside(text) or (bool(everyday) and not any(self.knowledge.mentions(self._chinese(word)) for word in everyday))

    def _chinese(self, word: str) -> tuple[str, ...]:
        """A word as the documents may write it: hotels -> 酒店, 宾馆."""
        return (word, *(form for match in self.glossary.find(word) for form in (match.term.zh, *match.term.also)))

    def _only_places(self, text: str) -> bool:
        """Whether all its Chinese characters are names of places, that are spelt alike in English and in pinyin."""
        named = {position for place in self.places.find(text) for position in range(place.start, place.end)}
        return all(match.start() in named for match in _CJK.finditer(text))

    @staticmethod
    def _language(text: str) -> str:
        """zh, en, or "" for a message without words."""
        chinese = len(_CJK.findall(text))
        latin = len(re.findall(r"[a-zA-Z]{2,}", text))
        if not chinese and not latin:
            return ""
        return "zh" if chinese >= 4 or chinese > latin else "en"

    @staticmethod
    def _parts(text: str) -> list[str]:
        pieces = [part.strip() for part in _SENTENCE_END.split(text)]
        parts = [part.strip(" ，,；;") for piece in pieces for part in _ELLIPSIS.split(piece) for part in _enumerated(part)]
        return [part for part in parts if part.strip(" ，。？?！!~～")] or [text]

    def _question(self, text: str, language: str, order: int) -> Question:
        mentions_of_places = self.places.find(text)
        dates = parse_dates(text)
        codes = find_codes(text)
        figures = parse_quantities(_CODE_ALONE.sub("|" * 4, text) if codes else text)
        used = [_with_noun(text, figure) for figure in figures if not (figure.unit == "" and figure.text in codes)]
        used = [figure for figure in used if not _is_article_word(figure) and not _is_priced(figure, figures)]
        used = [figure for figure in used if not any(day.start <= figure.start < day.end for day in dates)]
        labels = [match.span() for match in _ARTICLES_LISTED.finditer(text)]
        used = [figure for figure in used if not any(start <= figure.start < end for start, end in labels)]
        signs = self.knowledge.signs(text)
        used = [figure for figure in used if not any(start <= figure.start < end for start, end in signs)]
        rate = find_exchange_rate(text)
        used = [figure for figure in used if not (rate and rate.start <= figure.start < rate.end)]
        used = _with_months(text, used)
        negative = [figure for figure in used if _NEGATIVE.search(text[: figure.start]) or text[figure.start] in "-−负"]
        used = [figure for figure in used if figure not in negative]
        asks = find_asks(text)
        masks = [(place.start, place.end) for place in mentions_of_places if place.role_hint != "organisation" or place.relation == "part"]
        masks += [(day.start, day.end) for day in dates] + [(figure.start, figure.end) for figure in used]
        masks += [match.span() for match in _DOCUMENT_NUMBER.finditer(text)]
        masks += [(rate.start, rate.end)] if rate else []
        policies, versions_named = self._policies(text, mentions_of_places)
        malformed = _MALFORMED.search(text)
        claimed = bool(MARKERS["confirming"].search(text)) and not MARKERS["personal"].search(text)
        return Question(
            text=text,
            language=language,
            policies=policies,
            everywhere=bool(MARKERS["everywhere"].search(text)),
            uncovered=tuple(
                _called(place, language)
                for place in mentions_of_places
                if self._is_uncovered(place) and not _is_origin(text, place, mentions_of_places)
            ),
            wider=tuple(_called(place, language) for place in mentions_of_places if _stands_for_itself(place, mentions_of_places)),
            units=(*_parts_named(mentions_of_places, self.knowledge), *self.topics.units(text, masks)),
            asks=asks,
            mentions=tuple(self._mention(text, figure, figures, order, claimed=claimed) for figure in used),
            codes=codes,
            dates=tuple(dates),
            years=_years(dates),
            on=_day(dates),
            article=next(iter(_articles(text)), None),
            more_articles=_articles(text)[1:],
            personal=bool(MARKERS["personal"].search(text)),
            all_met=bool(MARKERS["all_met"].search(text)) and not MARKERS["all_met_question"].search(text),
            follow_up=bool(MARKERS["follow_up"].search(text)),
            correction=bool(MARKERS["correction"].search(text)),
            wants_type=find_wanted_type(text),
            exchange_rate=rate.value if rate else None,
            malformed=malformed.group() if malformed else _with_sign(text, negative[0]) if negative else "",
            support_years=find_support_years(text, [] if Ask.VERIFY in asks else used),
            versions_named=versions_named,
            confirming=claimed,
            hearsay=bool(MARKERS["hearsay"].search(text)),
            deictic=bool(MARKERS["deictic"].search(text)),
        )

    @staticmethod
    def _is_uncovered(place: PlaceMention) -> bool:
        return (
            not place.covered
            and place.relation != "whole"
            and place.kind not in ("country", "region")
            and place.role_hint != "organisation"
        )

    @staticmethod
    def _mention(text: str, figure: Quantity, figures: list[Quantity], order: int, *, claimed: bool) -> Mention:
        left = max([text.rfind(mark, 0, figure.start) for mark in _DELIMITERS], default=-1) + 1
        others = [other for other in figures if not _is_article_word(other)]
        left = max([left, *(other.end for other in others if other.end <= figure.start)])
        ends = [at for mark in _DELIMITERS if (at := text.find(mark, figure.end)) >= 0]
        right = min([*ends, *(other.start for other in others if other.start >= figure.end), len(text)])
        right = end_of_words_after(text, left, figure, others, right)
        before, after = text[left : figure.start], text[figure.end : right]
        behind_another = any(other.end == left and other.unit != figure.unit for other in others)  # 超过3000万美元给200万
        bare = len(before.strip()) < 2 and len(after.strip()) < 2
        if bare and left > 0 and not behind_another:  # "营业面积：150㎡": the name stands before the mark
            further = max([text.rfind(mark, 0, left - 1) for mark in _DELIMITERS], default=-1) + 1
            before = text[further:left]
        phrase = re.sub(r"\s+", " ", f"{before} {after}").lower().strip()
        return Mention(
            figure,
            phrase,
            before.lower(),
            after.lower(),
            order,
            lead=text[max([0, *(other.end for other in others if other.end <= figure.start)]) : figure.start].lower(),
            one_by_one=bool(MARKERS["one_by_one"].search(text)),
            times=find_times(text, figure),
            over_years=years_together(text, figure, figures),
            of_counted=bool(_COUNTED_BEFORE.search(text[: figure.start]) and _COUNTED_AFTER.search(text[figure.end :])),
            required=_is_required(text, figure, claimed=claimed),
        )

    def _policies(self, text: str, places: list[PlaceMention]) -> tuple[tuple[str, ...], bool]:
        """Policies meant by the places, document numbers and versions named in the text."""
        named = [policy for place in places if place.covered for policy in place.policies if self._is_meant(place, places)]
        inside = [policy for place in places if place.relation == "whole" for policy in place.policies]  # 河北省: its cities
        chosen = tuple(dict.fromkeys(named or inside))
        picked = pick_versions(text, [self.knowledge.policies[policy] for policy in chosen], self.knowledge.policies.values())
        return (picked, True) if picked else (chosen, False)

    @staticmethod
    def _is_meant(place: PlaceMention, places: list[PlaceMention]) -> bool:
        """A place inside the name of a body (唐山市商务局) counts only when no other place is named."""
        return place.role_hint != "organisation" or not any(other.covered and other.role_hint != "organisation" for other in places)

    def _merge(self, questions: tuple[Question, ...]) -> tuple[Question, ...]:
        """Sentences that belong together become one question; a question on another place or topic stays apart."""
        merged: list[Question] = []
        for question in questions:
            if merged and not stands_alone(merged[-1], question):
                joined = join(merged[-1], question)
                policies, named = self._policies(joined.text, self.places.find(joined.text))
                merged[-1] = joined.with_(policies=policies, versions_named=named)
            else:
                merged.append(question)
        return tuple(merged)


def _is_origin(text: str, place: PlaceMention, places: Iterable[PlaceMention]) -> bool:
    """Whether a company or person comes from there (台湾来的公司, 从深圳搬到南沙): its policy is not asked for."""
    after = text[place.end :].lower()
    between = [text[place.end : other.start] for other in places if other.covered and other.start >= place.end]
    if any(MARKERS["moves_to"].search(words) for words in between):
        return True
    abroad = bool(MARKERS["customs_territory"].fullmatch(place.text.lower()))
    return bool(MARKERS["comes_from"].match(after) or (abroad and MARKERS["company_of"].match(after)))


def _stands_for_itself(place: PlaceMention, places: list[PlaceMention]) -> bool:
    """Whether a province is meant as such: no city of it is named beside it, and it names no body."""
    return place.relation == "whole" and not place.role_hint and not any(other.covered for other in places)


def _called(place: PlaceMention, language: str) -> str:
    """A place as it is called officially; in English as the asker wrote it."""
    return place.text if language == "en" and place.text.isascii() else place.name


def _parts_named(places: list[PlaceMention], knowledge: Knowledge) -> list[Unit]:
    """Districts and zones of covered places that the texts name: there they are part of the topic (滦南县, Luannan, 汉沽管理区)."""
    units = []
    for place in places:
        name, written = plain(place.name), plain(place.text)
        forms = (written, name, name[:-1]) if place.relation == "part" and len(name) > 2 else (written,)
        alias = place.relation == "exact" and not written.isascii() and written[:2] != name[:2]
        titled = all(
            written in plain(knowledge.policies[policy].title) for policy in place.policies
        )  # 惠州仲恺高新区…办法: all is about it
        if place.relation == "part" or (alias and not titled and knowledge.mentions(forms)):
            units.append(Unit(forms, knowledge.weight(forms), True))
    return units


def _with_noun(text: str, figure: Quantity) -> Quantity:
    """A bare number of companies, people or orders with its unit, though adjectives stand between: 22 active cross-border firms."""
    noun = counted(text, figure.end) if figure.unit == "" else None
    return replace(figure, unit=noun.unit) if noun else figure


def _with_months(text: str, figures: list[Quantity]) -> list[Quantity]:
    """The figures, and the months from one named month to another where a sum falls due by the month or as a price by area."""
    spans = month_spans(text)
    if not spans or not any(find_times(text, figure) or figure.unit == "m2" for figure in figures):
        return figures
    apart = [figure for figure in figures if not any(span.start <= figure.start < span.end for span in spans)]
    return sorted([*apart, *spans], key=lambda figure: figure.start)


def _language_asked(message: str) -> tuple[str, str]:
    """The message without an order for the language of the answer, and that language ("" where none is ordered)."""
    for language, order in (("en", MARKERS["in_english"]), ("zh", MARKERS["in_chinese"])):
        rest = order.sub("", message).strip(" ，,。.:：；;")
        if rest != message.strip(" ，,。.:：；;") and len(rest) > 3:
            return rest, language
    return message, ""


def _with_sign(text: str, figure: Quantity) -> str:
    """A negative figure as it was written."""
    return (
        text[text.rfind(text[figure.start - 1 : figure.start], 0, figure.start) : figure.end] if figure.text[0].isdigit() else figure.text
    )


def _typed_short(text: str) -> str:
    """300w and 5kw as chats write 300万 and 5千万, and grades in the form of the comparison; in Chinese messages only."""
    if not _CJK.search(text):
        return text
    text = one_form_of_grades(text)
    text = re.sub(r"(?<=\d)\s?[kK][wW](?![a-zA-Z])", "千万", text)
    return re.sub(r"(?<=\d)\s?[wW](?![a-zA-Z])", "万", text)


def _is_required(text: str, figure: Quantity, *, claimed: bool) -> bool:
    """需要2000平方米以上才有奖励: said of the policy. 我们有2000平方米，要满一年才有吗: of the company."""
    return bool(_REQUIRED.search(text[: figure.start]) and (claimed or _ONLY_THEN.search(text[figure.end :])))


def _is_article_word(figure: Quantity) -> bool:
    """一家公司, 一个仓: "a company", no figure; 1家 is one. 两块各补多少 asks about two parts, not of 2元."""
    if _PARTS.fullmatch(figure.text):
        return True
    return figure.value == 1 and figure.unit in _COUNTED and not figure.text[0].isdigit()


def _is_priced(figure: Quantity, figures: list[Quantity]) -> bool:
    """The 一标箱 of 200元一标箱 belongs to the price."""
    before = any(other.end == figure.start and other.unit in MONEY for other in figures)
    return before and figure.value == 1 and not figure.text[0].isdigit() and figure.unit not in ("", "year", "month", "ratio")


def _enumerated(text: str) -> list[str]:
    """A sentence cut at its enumerators (①…②…, 第一…第二…) where it has at least two."""
    marks = list(_ENUMERATED.finditer(text))
    if len(marks) < 2:
        return [text]
    starts = [mark.end() for mark in marks]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


_ELLIPSIS = re.compile(
    r"[，,；;]\s*(?=[^，,。？?！!]{1,12}呢[？?]?$)|[，,；;]\s*(?=(?:另外|此外|再就是|顺便)[^。？?！!]{6,})"
    r"|(?<=[吗呢么少])[，,；;]\s*(?=还有[^。？?！!]{6,})"
)
"""多少，省级呢？ is a question of its own, completed by the first; so is what follows 另外 after a question."""


def _years(dates: Iterable[DateMention]) -> tuple[int, ...]:
    return tuple(
        dict.fromkeys(year for day in dates for year in range(day.first.year, day.last.year + 1) if day.last.year - day.first.year < 5)
    )


def _day(dates: Iterable[DateMention]) -> date | None:
    """The most exact date named."""
    ordered = sorted(dates, key=lambda day: day.last - day.first)
    return ordered[0].first if ordered else None


def _articles(text: str) -> tuple[str, ...]:
    """Labels of the articles named, in order."""
    spread = _ARTICLES_LISTED.sub(lambda listed: " ".join(f"article {number}" for number in re.findall(r"\d+", listed.group())), text)
    return tuple(dict.fromkeys(next(label for label in match.groups() if label) for match in _ARTICLE.finditer(spread)))
