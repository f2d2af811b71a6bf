"""Pinyin of Chinese words, and questions typed in pinyin read back as Chinese.

>>> reader = PinyinReader(["唐山", "跨境电商", "企业", "目标"])
>>> reader.rewrite("tangshan 2021 nian kuajing dianshang qiye mubiao duoshao jia")
'唐山2021年跨境电商企业目标多少家'
>>> reader.rewrite("What is the target of Tangshan?") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.glossary.terms import Glossary

_HAN = re.compile(r"[\u3400-\u9fff]+")
_RUN = re.compile(r"[A-Za-z]+(?:[ '\-]+[A-Za-z]+)*")
_LETTERS = re.compile(r"[A-Za-z]+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff0-9])|(?<=[0-9])\s+(?=[\u3400-\u9fff])")
_ENOUGH = 0.7
"""Share of the letters that must be pinyin of known words before a text counts as pinyin; English stays below a third."""

# What Southern speech and hasty typing confuse: zh/z, ch/c, sh/s, n/l, and -ng/-n after a, e, i.
_CONFUSED = [(re.compile("^([zcs])h"), r"\1"), (re.compile("^l"), "n"), (re.compile("([aei]n)g$"), r"\1")]


def syllables(word: str) -> tuple[str, ...]:
    """Toneless pinyin of a word, one syllable a character, read as a phrase: 重庆 is chong qing.

    >>> syllables("重庆")
    ('chong', 'qing')
    """
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word, v_to_u=False))


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """All toneless readings of one character; () for anything that is not a Chinese character.

    >>> readings("重")
    ('zhong', 'chong', 'tong')
    """
    from pypinyin import Style, pinyin

    if not _HAN.fullmatch(character):
        return ()
    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=2048)
def confusable(syllable: str) -> str:
    """The form that syllables mistaken for each other share: cang and chang are both can."""
    for pattern, replacement in _CONFUSED:
        syllable = pattern.sub(replacement, syllable)
    return syllable


@dataclass(frozen=True, slots=True)
class _Path:
    """The best reading of a run of letters up to some point: fewest letters left over, then fewest words."""

    unread: int
    words: int
    parts: tuple[str, ...]

    @property
    def cost(self) -> tuple[int, int]:
        return self.unread, self.words


class PinyinReader:
    """Reads pinyin of the words of a vocabulary; earlier words win where two are spelt alike."""

    def __init__(self, vocabulary: Iterable[str], glossary: Glossary | None = None) -> None:
        """Words of asking and giving and words like 年 and 家 come from the glossary on top of `vocabulary`."""
        glossary = glossary or Glossary.load()
        base = (*sorted(glossary.question_words), *sorted(glossary.support_words), *glossary.pinyin_words)
        self._words: dict[str, str] = {}
        for word in (*vocabulary, *base):
            if _HAN.fullmatch(word):
                self._words.setdefault("".join(syllables(word)), word)
        self._lengths = sorted({len(spelling) for spelling in self._words}, reverse=True)

    def terms(self, text: str) -> list[str]:
        """The Chinese words a text in pinyin is made of; [] if it is not pinyin."""
        runs = self._read_runs(text)
        return [part for _, path in runs or [] for part in path.parts if _HAN.fullmatch(part)]

    def rewrite(self, text: str) -> str | None:
        """`text` with its pinyin in Chinese characters; None if most of its letters are no pinyin of known words."""
        runs = self._read_runs(text)
        if runs is None:
            return None
        pieces: list[str] = []
        position = 0
        for match, path in runs:
            pieces += [text[position : match.start()], " ".join(path.parts)]
            position = match.end()
        return _BETWEEN_HAN.sub("", "".join([*pieces, text[position:]]))

    def _read_runs(self, text: str) -> list[tuple[re.Match[str], _Path]] | None:
        runs = [(match, self._best_path(match.group())) for match in _RUN.finditer(text)]
        letters = sum(len(word) for match, _ in runs for word in _LETTERS.findall(match.group()))
        unread = sum(path.unread for _, path in runs)
        words = [part for _, path in runs for part in path.parts if _HAN.fullmatch(part)]
        # One syllable alone ("you", "can") proves nothing.
        if not letters or 1 - unread / letters < _ENOUGH or sum(map(len, words)) < 2:
            return None
        return runs

    def _best_path(self, run: str) -> _Path:
        """Cheapest way through the run; a token that is not read as a whole is kept as typed."""
        tokens = _LETTERS.findall(run)
        joined = "".join(tokens).lower()
        token_at: dict[int, str] = {}
        position = 0
        for token in tokens:
            token_at[position] = token
            position += len(token)
        boundaries = {*token_at, len(joined)}
        best: dict[int, _Path] = {0: _Path(0, 0, ())}
        for start in range(len(joined)):
            path = best.get(start)
            if path is None:
                continue
            steps = [(start + n, 0, self._words.get(joined[start : start + n])) for n in self._lengths if start + n <= len(joined)]
            if start in token_at:
                steps.append((start + len(token_at[start]), len(token_at[start]), token_at[start]))
            for end, unread, part in steps:
                if part is None or _crosses_inside(start, end, boundaries):
                    continue
                step = _Path(path.unread + unread, path.words + 1, (*path.parts, part))
                if end not in best or step.cost < best[end].cost:
                    best[end] = step
        return best[len(joined)]


def _crosses_inside(start: int, end: int, boundaries: set[int]) -> bool:
    """A word that begins inside a token ends in it: "xi anqing" never gives 先 out of "xi" + "an"."""
    return start not in boundaries and end not in boundaries and any(start < boundary < end for boundary in boundaries)


def pinyin_to_terms(text: str, vocabulary: Iterable[str]) -> list[str]:
    """The Chinese words of a text in pinyin; for many texts keep a `PinyinReader`.

    >>> pinyin_to_terms("zhuzhou haiwaicang", ["株洲", "海外仓"])
    ['株洲', '海外仓']
    """
    return PinyinReader(vocabulary).terms(text)
