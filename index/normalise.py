"""One written form for text that comes in many: half-width, simplified, without invisible characters.

    >>> n = normalise("補貼１２０㎡\u200b，５０％")
    >>> n.text
    '补贴120㎡，50%'
    >>> n.original_span(2, 5)      # where "120" stands in the text as typed
    (2, 5)

Letters, digits and signs become half-width; Chinese punctuation (，。：；（）！？、) stays as it is,
because labels such as （二） and clause boundaries are read from it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_KEPT_FULL_WIDTH = "，：；（）！？"
_WIDTH_TABLE: dict[int, int] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_FULL_WIDTH}
_WIDTH_TABLE |= {
    0x3000: 0x20,
    0xA0: 0x20,
    0x2009: 0x20,
    0x202F: 0x20,
    0xFFE5: 0xA5,
    0xFFE1: 0xA3,
    0xFE69: 0x24,
    0xFF61: 0x3002,
    0x2212: 0x2D,
}


# Zero-width spaces and joiners, direction marks, the byte-order mark, the soft hyphen, variation selectors.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f]")
_CJK_COMPATIBILITY = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")  # look like common characters, compare unequal
_TO_FOLD = re.compile("[" + "".join(re.escape(chr(code)) for code in _WIDTH_TABLE) + _CJK_COMPATIBILITY.pattern[1:])
"""Searching is faster than translating."""
_SPACED = re.compile(r"(?<=[\u3400-\u9fff0-9，。：；（）、%])[ \t]+(?=[\u3400-\u9fff0-9，。：；（）、%])")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and, for each of its characters, the offset of the character it came from."""

    text: str
    offsets: tuple[int, ...]
    """As long as `text`, plus one for the end of the original."""

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original (end exclusive) of `text[start:end]`."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def normalise(text: str) -> Normalised:
    """Half-width, simplified, without invisible characters; offsets lead back to `text`."""
    folded = fold(text)
    if not _INVISIBLE.search(folded):
        return Normalised(folded, tuple(range(len(folded) + 1)))
    kept = [i for i, character in enumerate(folded) if not _INVISIBLE.match(character)]
    return Normalised("".join(folded[i] for i in kept), (*kept, len(text)))


def fold(text: str) -> str:
    """The half-width, simplified form of `text`, character for character: offsets stay the same."""
    if text.isascii():
        return text
    folded = text
    if _TO_FOLD.search(text):
        folded = _CJK_COMPATIBILITY.sub(_compatible, text.translate(_WIDTH_TABLE))
    try:
        folded.encode("gb2312")  # holds no traditional characters, so there is nothing to convert
    except UnicodeEncodeError:
        return folded.translate(_simplified())
    return folded


def collapse_spaces(normalised: Normalised) -> Normalised:
    """Without the blanks between Chinese characters and digits: "秦 皇 岛 1 2 1 0" -> "秦皇岛1210".

    Not part of `normalise`: two figures set apart by a blank only ("2022 26号") would run together.
    """
    if " " not in normalised.text and "\t" not in normalised.text:
        return normalised
    kept: list[int] = []
    position = 0
    for blank in _SPACED.finditer(normalised.text):
        kept.extend(range(position, blank.start()))
        position = blank.end()
    kept.extend(range(position, len(normalised.text)))
    offsets = (*(normalised.offsets[i] for i in kept), normalised.offsets[-1])
    return Normalised("".join(normalised.text[i] for i in kept), offsets)


def _compatible(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match.group())
    return plain if len(plain) == 1 else match.group()


@lru_cache(maxsize=1)
def _simplified() -> dict[int, int]:
    """Traditional -> simplified, one character to one. Loading takes some 10 ms, so only when first needed."""
    from opencc import OpenCC

    characters = [chr(code) for block in (range(0x3400, 0x4DC0), range(0x4E00, 0xA000)) for code in block]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(old): ord(new) for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}
