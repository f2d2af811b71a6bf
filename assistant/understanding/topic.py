"""What a question is about: its words, without places, figures and question words.

extract_units("秦皇岛的独立站出口奖励是多少", …) -> 独立站 (topic), 出口 (topic)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.glossary.terms import Glossary, TermMatch, longest_first
from assistant.holding import AROUND, stands_whole
from assistant.knowledge import RARE, Knowledge, plain
from assistant.understanding.patterns import MARKERS
from assistant.understanding.question import Unit

_SUPPORT_ENDINGS = ("补贴", "补助", "奖励", "扶持", "资助", "支持", "优惠")
_WRITTEN_OUT = (("电商", "电子商务"),)
"""Words that documents write short or in full, also within other words: 电商园区 is 电子商务园区."""
_COUNTED = re.compile(
    r"[第前后首头两]?[\d一二三四五六七八九十两几]*(?:年|个月|月|家|个|项|万元?|亿元?|元|平方米|㎡|平米|平)(?:以上|以下|内)?"
)
_WORD = re.compile(r"[0-9a-z\u4e00-\u9fff+&]+")
_LATIN = re.compile(r"[a-z0-9][a-z0-9&+.-]*")
_CODE = re.compile(r"(?<!\d)(?:1210|9610|9710|9810|1239|0110)(?!\d)")


@lru_cache(maxsize=4096)
def cut(text: str) -> tuple[str, ...]:
    """The words of a Chinese text."""
    import jieba

    jieba.setLogLevel("WARNING")
    return tuple(jieba.cut(text, HMM=False))


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with these spans replaced by vertical bars, so that words on both sides stay apart."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = ["|"] * (end - start)
    return "".join(characters)


def find_codes(text: str) -> tuple[str, ...]:
    """Customs supervision codes named in the text, in order."""
    return tuple(dict.fromkeys(_CODE.findall(text)))


_GENERAL_GROUPS = frozenset({"levels", "procedure", "rules", "documents", "regions"})
"""Groups of the glossary whose words narrow a topic but are none: 市级, 申报, 有效期."""
_QUOTED = re.compile(r"[“\"「『]([\u4e00-\u9fffa-z0-9+]{2,10})[”\"」』]")

EVERYWHERE = 0.6
"""A word below this weight stands in most articles and tells nothing: 跨境电商."""

_SHORTEST_NAME = 3

_ANY_APPLICANT = 0.65
"""Weight of a name for applicants of any kind (跨境电商企业): hardly more than what stands everywhere."""

ENGLISH_WORD = 1.0
"""Weight of an English word that is no term: the texts are Chinese, so how rare it is in them says nothing."""


def _is_torn(text: str, term: TermMatch) -> bool:
    """Whether two characters are of two words: 国企 in 中国企业."""
    around = text[max(0, term.start - AROUND) : term.end + AROUND]
    return len(term.text) == 2 and not term.text.isascii() and not stands_whole(around, term.text)


def _with_heads(text: str, units: Mapping[tuple[int, int], Unit], named: Mapping[tuple[int, int], Unit]) -> list[Unit]:
    """The units in order; one directly before a named one (自建 in 自建海外仓, 省级的平台) knows it as its head."""
    heads = {start: unit.forms for (start, _), unit in named.items() if unit.topic}
    return [
        replace(unit, head=heads.get(end) or heads.get(end + 1, ()) if text[end : end + 1] == "的" else heads.get(end, ()))
        for (_, end), unit in units.items()
    ]


class TopicReader:
    """Turns the rest of a question into weighted units."""

    def __init__(self, knowledge: Knowledge, glossary: Glossary) -> None:
        self.knowledge = knowledge
        self.glossary = glossary
        self._aspects, self._documents, self._venting = MARKERS["aspect_words"], MARKERS["document_words"], MARKERS["venting"]
        words = sorted(
            (
                word
                for word in knowledge.rule_words | knowledge.quoted_names
                if not self._aspects.fullmatch(word) and not _COUNTED.fullmatch(word)
            ),
            key=len,
            reverse=True,
        )
        self._rule_words = re.compile("|".join(map(re.escape, words))) if words else None
        self._linking, self._applicant = MARKERS["linking"], MARKERS["applicant"]
        self._dropped = self._drop_pattern()

    def _drop_pattern(self) -> re.Pattern[str]:
        glossary = self.glossary
        chinese = sorted({*glossary.question_words, *glossary.filler_words, *glossary.support_words}, key=len, reverse=True)
        latin = sorted(
            {*glossary.english_stop_words, *glossary.english_question_words, *glossary.english_support_words}, key=len, reverse=True
        )
        return re.compile("|".join(map(re.escape, chinese)) + r"|\b(?:" + "|".join(map(re.escape, latin)) + r")\b")

    def units(self, text: str, masked: Iterable[tuple[int, int]] = ()) -> tuple[Unit, ...]:
        """Units of a normalised text; `masked` spans (places, figures, dates) are left out."""
        written = text.lower()
        text = self._venting.sub(lambda match: "|" * len(match.group()), blank(written, masked))
        found: dict[tuple[str, ...], Unit] = {}
        for code in find_codes(text):
            found[(code,)] = self._unit((code,), topic=True)
        text = _CODE.sub(lambda match: "|" * len(match.group()), text)
        for start, end in self.knowledge.signs(text):
            found[(text[start:end],)] = self._unit((text[start:end],), topic=True)
            text = blank(text, [(start, end)])
        for quoted in _QUOTED.finditer(written):
            name = plain(quoted.group(1))
            if not self._aspects.search(name) and not _COUNTED.fullmatch(name) and not name.isdigit():
                found.setdefault((name,), self._unit((name,), topic=True))
        named = self._named(text)
        spans = {span: named[span] for span in longest_first(named)}
        rest = blank(text, spans)
        for pattern in (self._documents, self._aspects, self._dropped):
            rest = pattern.sub(lambda match: "|" * len(match.group()), rest)
        left = {(start, end): self._unit((word,), topic=False) for start, end, word in self._words(rest)}
        for unit in (*_with_heads(text, spans, spans), *_with_heads(text, left, spans)):
            found.setdefault(unit.forms, unit)
        return tuple(found.values())

    def _named(self, text: str) -> dict[tuple[int, int], Unit]:
        """Terms of the glossary and names of the rules themselves, where they stand; of equal spans the term, with its synonyms."""
        terms = [
            term
            for term in self.glossary.find(text)
            if not (self._aspects.fullmatch(term.text) or self._aspects.fullmatch(term.term.zh)) and not _is_torn(text, term)
        ]
        spans: dict[tuple[int, int], Unit] = {}
        for match in self._rule_words.finditer(text) if self._rule_words else ():
            inside = sum(term.end - term.start for term in terms if match.start() <= term.start and term.end <= match.end())
            if inside < len(match.group()) / 2:  # 独立站出口奖励 is two terms; 国家复制推广 is a name of its own
                spans[match.span()] = self._unit(self._bare(match.group()), topic=True)
        for term in terms:
            forms = tuple(dict.fromkeys(plain(form) for form in (term.term.zh, *term.term.words, term.term.code) if form))
            forms += tuple(form[:-2] for form in forms if form.endswith(_SUPPORT_ENDINGS) and len(form) >= 4)
            own = plain(term.text)
            forms = (own, *(form for form in forms if form != own)) if not own.isascii() else (*forms, own)
            spans[term.start, term.end] = self._unit(forms, topic=term.term.group not in _GENERAL_GROUPS)
        return spans

    def _bare(self, word: str) -> tuple[str, ...]:
        """A name of the rules with its shorter forms: 海外仓奖励 is also 海外仓, 跨境电商年交易额 also 年交易额."""
        forms = [word]
        if word.endswith(_SUPPORT_ENDINGS) and len(word) >= 4:
            forms.append(word[:-2])
        for term in self.glossary.find(word):
            if term.start == 0 and len(word) - term.end >= 2 and self.knowledge.weight((plain(term.text),)) < EVERYWHERE:
                forms += [form[term.end :] for form in list(forms) if len(form) - term.end >= 2]
        return tuple(dict.fromkeys(forms))

    def _words(self, text: str) -> Iterable[tuple[int, int, str]]:
        for piece in _WORD.finditer(text):
            if piece.group().isascii():
                if len(piece.group()) > 2 and not piece.group().isdigit():
                    yield *piece.span(), piece.group()
                continue
            for start, word in self._with_names(cut(piece.group())):
                if (len(word) > 1 and not word.isdigit()) or (_LATIN.fullmatch(word) and len(word) > 2):
                    yield piece.start() + start, piece.start() + start + len(word), word

    def _with_names(self, words: Sequence[str]) -> Iterable[tuple[int, str]]:
        """The words with their offsets; words in a row that few articles hold just like that are one: 丸晟贸易, 康泰医学."""
        start = number = 0
        while number < len(words):
            count = next((count for count in range(len(words) - number, 1, -1) if self._is_name(words[number : number + count])), 1)
            name = "".join(words[number : number + count])
            yield start, name
            start, number = start + len(name), number + count

    def _is_name(self, words: Sequence[str]) -> bool:
        name = "".join(words)
        edges = words[0] + "|" + words[-1]
        return (
            len(name) >= _SHORTEST_NAME
            and not self._linking.search(edges)
            and self.knowledge.mentions((name,))
            and self.knowledge.weight((name,)) >= RARE
        )

    def _unit(self, forms: tuple[str, ...], *, topic: bool) -> Unit:
        forms = tuple(
            dict.fromkeys((*forms, *(other for form in forms for short, full in _WRITTEN_OUT for other in _other_form(form, short, full))))
        )
        weight = ENGLISH_WORD if not topic and forms[0].isascii() else self.knowledge.weight(forms)
        if self._applicant.search(forms[0]) and self.knowledge.weight((self._applicant.sub("", forms[0]),)) < EVERYWHERE:
            weight = min(weight, _ANY_APPLICANT)
        return Unit(forms, weight, topic)


def _other_form(form: str, short: str, full: str) -> tuple[str, ...]:
    """The word with what it holds written the other way."""
    if full in form:
        return (form.replace(full, short),)
    return (form.replace(short, full),) if short in form else ()
