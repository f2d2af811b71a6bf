"""What a question is about: its words, without places, figures and question words.

extract_units("秦皇岛的独立站出口奖励是多少", …) -> 独立站 (topic), 出口 (topic)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.glossary.terms import Glossary
from assistant.knowledge import Knowledge, plain
from assistant.understanding.question import Unit

# Words that name documents, dates or the act of asking: never the topic.
_DOCUMENT_WORDS = re.compile(
    r"(?:这|那|该|本)?(?:份|个|条|项|几份|五份|版|版本)?(?:实施意见|实施方案|若干措施|实施细则|征求意见稿|意见稿|草案|管理办法|扶持办法|暂行规定|通知|意见|措施|方案|文件|政策|办法|规定|条款|号文|新版|旧版|老版)"
    r"|20\d\d年?版?|(?:document|policy|policies|opinions?|plan|draft|measures?|notice|scheme)s?\b",
    re.IGNORECASE,
)
# Words for the side of a rule that is asked about, and for when: they choose the answer, not the topic.
_ASPECT_WORDS = re.compile(
    r"支持标准|扶持标准|奖励标准|补贴标准|上限|下限|封顶|比例|百分比|标准|金额|数额|总额|额度|基数|门槛|条件|累计|合计|总共|一共|共计|总计|加起来|分别|各自|连续|固定|定额|最高|最多|最低|最少|不超过|超过|至少|不低于|低于|突破|以上|以下|以内|刚好|正好|恰好|大概|大约|资金|钱款|政府|上年|打算|准备|想要|参加|百分之|多少|几个|要是|比如|例如|请教|请问|麻烦|朋友|老板|老师|提升|提高|增长|增加|解释|废止|取代"
    r"|今年|去年|明年|前年|前几年|当年|本年|每年|全年|一年|年度|首年|头一年|后两年|第[一二三四五\d]年|每家|每个|单个|单家|个人?能|同样|具体|相关|有关|方面|情况|规模|项目|业务|企业|公司|我市|本市|城市|地方"
    r"|达标|达到|符合|满足|享受|享有|已经|完成|实现|业绩条件|经营业绩|业绩|实绩|牵头单位|责任单位|牵头|负责|部门|单位|申报指南|申请材料|申报材料|材料|流程|截止日期|时间|有效期|文号|原文|条文|条款"
    r"|\b(?:caps?|ceilings?|rates?|maximum|minimum|percentage|share|amount|total|conditions?|annual|yearly|first|full|year|compan(?:y|ies)|firms?|enterprises?|business(?:es)?|city|cities)\b",
    re.IGNORECASE,
)
_SUPPORT_ENDINGS = ("补贴", "补助", "奖励", "扶持", "资助", "支持", "优惠")
_COUNTED = re.compile(
    r"[第前后首头两]?[\d一二三四五六七八九十两几]*(?:年|个月|月|家|个|项|万元?|亿元?|元|平方米|㎡|平米|平)(?:以上|以下|内)?"
)
_NOT_WORD = re.compile(r"[^0-9a-z\u4e00-\u9fff+&]+")
_LATIN = re.compile(r"[a-z0-9][a-z0-9&+.-]*")
_CODE = re.compile(r"(?<!\d)(?:1210|9610|9710|9810|1239|0110)(?!\d)")


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, ...]:
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

ENGLISH_WORD = 1.0
"""Weight of an English word that is no term: the texts are Chinese, so how rare it is in them says nothing."""


class TopicReader:
    """Turns the rest of a question into weighted units."""

    def __init__(self, knowledge: Knowledge, glossary: Glossary) -> None:
        self.knowledge = knowledge
        self.glossary = glossary
        words = sorted(
            (word for word in knowledge.rule_words if not _ASPECT_WORDS.fullmatch(word) and not _COUNTED.fullmatch(word)),
            key=len,
            reverse=True,
        )
        self._rule_words = re.compile("|".join(map(re.escape, words))) if words else None
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
        text = blank(text.lower(), masked)
        found: dict[tuple[str, ...], Unit] = {}
        codes = find_codes(text)
        for code in codes:
            found[(code,)] = self._unit((code,), topic=True)
        text = _CODE.sub(lambda match: "|" * len(match.group()), text)
        for match in _QUOTED.finditer(text):
            name = plain(match.group(1))
            if not _ASPECT_WORDS.search(name):
                found.setdefault((name,), self._unit((name,), topic=True))
        matches = [
            match
            for match in self.glossary.find(text)
            if not _ASPECT_WORDS.fullmatch(match.text) and not _ASPECT_WORDS.fullmatch(match.term.zh)
        ]
        for match in matches:
            forms = tuple(dict.fromkeys(plain(form) for form in (match.term.zh, *match.term.words, match.term.code) if form))
            forms += tuple(form[:-2] for form in forms if form.endswith(_SUPPORT_ENDINGS) and len(form) >= 4)
            own = plain(match.text)
            forms = (own, *(form for form in forms if form != own)) if not own.isascii() else (*forms, own)
            found[forms] = self._unit(forms, topic=match.term.group not in _GENERAL_GROUPS)
        rest = blank(text, ((match.start, match.end) for match in matches))
        rest = self._rule_terms(rest, found)
        rest = _ASPECT_WORDS.sub("|", _DOCUMENT_WORDS.sub("|", rest))
        rest = self._dropped.sub("|", rest)
        for word in self._words(rest):
            found.setdefault((word,), self._unit((word,), topic=False))
        return tuple(found.values())

    def _rule_terms(self, text: str, found: dict[tuple[str, ...], Unit]) -> str:
        if self._rule_words is None:
            return text
        for match in self._rule_words.finditer(text):
            found.setdefault((match.group(),), self._unit((match.group(),), topic=True))
        return self._rule_words.sub(lambda match: "|" * len(match.group()), text)

    def _words(self, text: str) -> Iterable[str]:
        for piece in _NOT_WORD.split(text):
            if not piece:
                continue
            if piece.isascii():
                if len(piece) > 2 and not piece.isdigit():
                    yield piece
                continue
            for word in _cut(piece):
                if (len(word) > 1 and not word.isdigit()) or (_LATIN.fullmatch(word) and len(word) > 2):
                    yield word

    def _unit(self, forms: tuple[str, ...], *, topic: bool) -> Unit:
        weight = ENGLISH_WORD if not topic and forms[0].isascii() else self.knowledge.weight(forms)
        return Unit(forms, weight, topic)
