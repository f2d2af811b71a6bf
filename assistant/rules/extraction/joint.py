"""Two supports promised in one breath: 给予一次性科研经费5万元和每年6万元的生活补助.

>>> from assistant.rules.extraction.clauses import read_sentences
>>> piece = read_sentences("给予最高500万元安家补贴及最高60万元科研经费补助。")[0].clauses[0].pieces[0]
>>> [part.text for part in apart(piece)]
['给予最高500万元安家补贴', '最高60万元科研经费补助']
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.rules.extraction.clauses import Piece
from assistant.rules.extraction.roles import is_money

_NOUN = "补贴|补助|奖励|资助|经费|津贴|奖金|扶持资金|支持资金|配套资金|扶持|支持|费"
_NAMED_AFTER = re.compile(rf"^(?:元)?(?:/[人年月])?的?(?:一次性)?[\u4e00-\u9fff]{{2,10}}?(?:{_NOUN})$")
_NAMED_BEFORE = re.compile(rf"[\u4e00-\u9fff]{{2,}}(?:{_NOUN})(?:最高|不超过)?$")
_BEGINS = re.compile(
    r"^(?:(?:给予|再|另)?(?:一次性|每年|每月|每人|最高|不超过|连续[\d一二两三四五]年)*"
    rf"|[\u4e00-\u9fff]{{2,8}}(?:{_NOUN})(?:最高)?)$"
)
_ENDS = re.compile(rf"^(?:元)?(?:/[人年月])?(?:的?(?:一次性)?[\u4e00-\u9fff]{{0,10}}(?:{_NOUN}))?$")
_AND = re.compile("和|及|以及|并|、")


def apart(piece: Piece) -> list[Piece]:
    """The pieces of supports that have a sum and a name each; the piece itself where it promises one thing."""
    money = [q for q in piece.quantities if is_money(q.unit)]
    for first, second in pairwise(money):
        between = piece.text[first.end : second.start]
        for mark in _AND.finditer(between):
            named = _NAMED_AFTER.match(between[: mark.start()]) or (
                not between[: mark.start()].strip("元") and _own_name(piece, first.start)
            )
            begins = _BEGINS.match(between[mark.end() :])
            ends = _ENDS.match(re.split("、|和|及", piece.text[second.end :])[0])
            if named and begins and ends and (ends.group().strip("元") or between[mark.end() :]):
                cut = first.end + mark.end()
                return [_part(piece, 0, first.end + mark.start()), *apart(_part(piece, cut, len(piece.text)))]
    return [piece]


def _own_name(piece: Piece, end: int) -> bool:
    """Whether the name stands in front of the sum: 科研经费5万元."""
    words = re.split("给予|予以|发放|奖励|资助(?=.)", piece.text[:end])[-1]
    return bool(_NAMED_BEFORE.search(words))


def _part(piece: Piece, start: int, end: int) -> Piece:
    inside = tuple(replace(q, start=q.start - start, end=q.end - start) for q in piece.quantities if start <= q.start < end)
    return Piece(piece.text[start:end], piece.start + start, inside)
