"""Numerals alone, without units: 80,000,000 / 三千八百万 / 两万五 / 1.2亿 / 壹佰万 / 十七分之七 -> Decimal.

    >>> parse_number("三千八百万")
    Decimal('38000000')
    >>> parse_number("负二点五")
    Decimal('-2.5')

The reader walks once over the tokens of a numeral, so its time grows with the length only. Everything is
exact: scales are applied in a decimal context wide enough for the longest numeral accepted.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, Inexact
from functools import lru_cache

from index.normalise import fold

MAX_LENGTH = 64  # longer runs of digits are serial numbers or noise, never an amount
EXACT = Context(prec=160)
_WITHOUT_ROUNDING = Context(prec=160, traps=[Inexact])

# Financial and variant forms, written as the plain ones. 陆/伍/拾 also occur in words: see parser.
_PLAIN = str.maketrans("〇壹弌贰弍叁参肆伍陆柒捌玖拾佰仟圆俩", "零一一二二三三四五六七八九十百千元两")
_FINANCIAL = re.compile("[" + "".join(map(chr, _PLAIN)) + "]")
_ORDINARY_USE = re.compile("参(?![佰仟拾百千十万亿元])|圆(?=满|形|桌|周)|陆(?=运|港|路|地|续)|(?<=队)伍")

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8}
_LATIN = {
    "k": 10**3, "w": 10**4, "thousand": 10**3, "million": 10**6, "mn": 10**6, "mln": 10**6, "m": 10**6,
    "billion": 10**9, "bn": 10**9, "trillion": 10**12,
}  # fmt: skip

CHINESE = "零一二两三四五六七八九十百千万亿"
# 5 000: a group that begins with 0 is no number of its own, so the blank joins
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?![\d,]*\d)|\d{1,3}[ ]0\d{2}(?:[ ]\d{3})*(?!\d)|\d+)(?:\.\d+)?|(?<![\d.])\.\d+"
LATIN_SCALE = r"(?:[wWkK](?![A-Za-z0-9])|[ ]?(?:thousand|million|billion|trillion|mln|mn|bn)\b)"
_PRICED = r"(?<=[千万亿元])一(?:[个年月天季家人名位户场次件项台套座间处箱吨亩平期节班辆艘条例单]|标箱)"  # 5万一个月, 3万一家
_CHARACTER = rf"(?:(?!{_PRICED}|(?<![百千万亿])零\d)[零一二两三四五六七八九十百万亿]|千(?![克瓦卡米]))"  # 3千米 is 3 km
NUMERAL = (
    rf"(?:{ARABIC}|{_CHARACTER})"
    rf"(?:{_CHARACTER}|(?<=[零十百千万亿])\d+|\s{{1,3}}(?=[万亿])|个(?=亿)|点(?=[零一二三四五六七八九]))*"
)
_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_TOKEN = re.compile(
    rf"(?P<arabic>{ARABIC})|点(?P<fraction>[零一二三四五六七八九]+)|(?P<digit>[零一二两三四五六七八九])"
    rf"|(?P<small>[十百千])|\s{{0,3}}个?(?P<big>[万亿])|[ ]?(?P<latin>[A-Za-z]+)",
)
_SIGN = re.compile(r"\s*(?:负|-)\s*")
_NUMBER = re.compile(
    rf"\s*(?:(?P<whole>{NUMERAL})又)?(?:(?P<low>{NUMERAL})(?:分之)(?P<high>{NUMERAL})"
    rf"|(?P<top>\d+)\s*/\s*(?P<bottom>\d+)|(?P<plain>{NUMERAL}(?:{LATIN_SCALE})?))\s*",
    re.IGNORECASE,
)

_ENGLISH_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH = {word: value for value, word in enumerate(re.split(" ", _ENGLISH_ONES))}
ENGLISH |= {word: value * 10 for value, word in enumerate(re.split(" ", _ENGLISH_TENS), 2)}
_ENGLISH_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}


@lru_cache(maxsize=16)
def fold_numerals(text: str) -> str:
    """`text` half-width and simplified, with plain numerals for financial ones; offsets stay the same.

    Kept for a moment: who reads the dates of a text reads its quantities too.
    """
    folded = fold(text)
    if folded.isascii():
        return folded
    if "，" in folded:
        # 1，000 and 4，565 in full-width digits: the comma belongs to the number
        folded = _WIDE_COMMA.sub(lambda m: "," if text[m.end()] > "\uff00" or text[m.end()] == "0" else "，", folded)
    if not _FINANCIAL.search(folded):
        return folded
    kept = _ORDINARY_USE.sub("\0", folded)
    plain = kept.translate(_PLAIN)
    if "\0" in plain:
        plain = "".join(old if new == "\0" else new for old, new in zip(folded, plain, strict=True))
    return plain


def parse_number(text: str) -> Decimal:
    """The number that the whole of `text` writes.

    Raises:
        ValueError: the text is no well-formed number, or more than a number.
    """
    folded = fold_numerals(text).strip()
    sign = _SIGN.match(folded)
    match = _NUMBER.fullmatch(folded, sign.end() if sign else 0)
    if not match:
        raise ValueError(f"not a number: {text[:40]!r}")
    if match["plain"]:
        value = read_numeral(match["plain"])
    else:
        value = divide(read_numeral(match["high"] or match["top"]), read_numeral(match["low"] or match["bottom"]))
    if match["whole"]:
        value = EXACT.add(read_numeral(match["whole"]), value)
    return EXACT.minus(value) if sign else value


def as_written(value: Decimal) -> Decimal:
    """The same number without trailing zeros or exponent: 0.8亿 is 80000000, not 80000000.0 or 8E+7."""
    if value == 0 or value.as_tuple().exponent == 0:
        return EXACT.quantize(value, Decimal(1))
    short = value.normalize(EXACT)
    return short if short.as_tuple().exponent in range(-MAX_LENGTH, 1) else EXACT.quantize(short, Decimal(1))


def divide(numerator: Decimal, denominator: Decimal) -> Decimal:
    """The quotient; not exact where its decimals never end (7/17), then to 28 digits.

    Raises:
        ValueError: the denominator is zero.
    """
    if not denominator:
        raise ValueError("a fraction with denominator 0")
    try:
        return _WITHOUT_ROUNDING.divide(numerator, denominator)
    except Inexact:
        return Context(prec=28).divide(numerator, denominator)


def read_english(words: list[str]) -> Decimal:
    """The value of spelled English numerals: ["two", "hundred", "thousand"] -> 200000.

    Raises:
        ValueError: the words do not make one number.
    """
    total = section = 0
    for word in words:
        if word in ENGLISH:
            if section % 10 and ENGLISH[word]:
                raise ValueError(f"two numbers in a row: {' '.join(words)}")
            section += ENGLISH[word]
        elif word == "hundred":
            section = (section or 1) * 100
        else:
            total += (section or 1) * _ENGLISH_SCALES[word]
            section = 0
    return Decimal(total + section)


@lru_cache(maxsize=4096)
def read_numeral(body: str) -> Decimal:
    """The value of one folded numeral (see `fold_numerals`).

    Raises:
        ValueError: the characters do not make a well-formed number, or there are more than 64 of them.
    """
    if len(body) > MAX_LENGTH:
        raise ValueError(f"a number of more than {MAX_LENGTH} characters")
    if body.isdecimal() and body.isascii():
        return Decimal(body)
    reader = _Reader()
    position = 0
    while position < len(body):
        token = _TOKEN.match(body, position)
        if not token:
            raise ValueError(f"not a number: {body!r}")
        reader.take(token)
        position = token.end()
    return reader.result()


class _Reader:
    """Adds up the tokens of one numeral.

    `parts` holds what big scales (万, 亿) have closed, as (value, scale) with falling scales; `section` is the
    sum since then, `number` the digit still waiting for its scale.
    """

    def __init__(self) -> None:
        self.parts: list[tuple[Decimal, int]] = []
        self.section: Decimal | None = None
        self.number: Decimal | None = None
        self.floor = 10**5  # the next 千/百/十 must be smaller
        self.last_scale = 1
        self.after_zero = False
        self.closed = False  # a decimal part was read: only a big scale may follow
        self.anything = False

    def take(self, token: re.Match[str]) -> None:
        """Read one more token; ValueError where it cannot follow."""
        kind, value = token.lastgroup, token[token.lastgroup or 0]
        if kind == "arabic":
            self._digit(Decimal(value.replace(",", "").replace(" ", "")), is_decimal="." in value)
        elif kind == "digit":
            if value == "零":
                self._zero()
            else:
                self._digit(Decimal(DIGITS[value]))
        elif kind == "fraction":
            self._fraction(value)
        elif kind == "small":
            self._small(_SMALL[value])
        elif kind == "big":
            self._big(_BIG[value])
        else:
            scale = _LATIN.get(value.lower())
            if scale is None:
                raise ValueError(f"not a scale: {value!r}")
            self._big(scale)
        self.anything = True

    def _digit(self, value: Decimal, *, is_decimal: bool = False) -> None:
        if self.number is not None or self.closed:
            raise ValueError("two figures in a row")
        self.number, self.closed = value, is_decimal

    def _zero(self) -> None:
        if self.number is not None or self.closed or (self.after_zero and self.anything):
            raise ValueError("a zero where none can stand")
        self.after_zero = True

    def _fraction(self, digits: str) -> None:
        if not self.anything or self.closed:
            raise ValueError("a decimal point without a number before it")
        fraction = Decimal("0." + "".join(str(DIGITS[d]) for d in digits))
        self.section = EXACT.add(EXACT.add(self.section or Decimal(0), self.number or Decimal(0)), fraction)
        self.number, self.closed = None, True

    def _small(self, scale: int) -> None:
        if scale >= self.floor or (self.closed and self.section is not None):
            raise ValueError("十, 百, 千 out of order")
        if self.number is None and scale > 10 and self.anything:
            raise ValueError("百 or 千 without a figure")
        count = Decimal(1) if self.number is None else self.number
        self.section = EXACT.add(self.section or Decimal(0), EXACT.multiply(count, Decimal(scale)))
        self.number, self.floor, self.last_scale, self.after_zero = None, scale, scale, False

    def _big(self, scale: int) -> None:
        if self.number is None and self.section is None:
            group, own_scale = self.parts.pop() if self.parts else (Decimal(1), 1)
            if self.after_zero:
                raise ValueError("a zero before a scale")
            scale_of_part = own_scale * scale
        else:
            group = EXACT.add(self.section or Decimal(0), self.number or Decimal(0))
            scale_of_part = scale
            while self.parts and self.parts[-1][1] < scale:
                group = EXACT.add(group, self.parts.pop()[0])
        if self.parts and self.parts[-1][1] <= scale_of_part:
            raise ValueError("万 and 亿 out of order")
        self.parts.append((EXACT.multiply(group, Decimal(scale)), scale_of_part))
        self.section = self.number = None
        self.floor, self.last_scale, self.after_zero = 10**5, scale, False

    def result(self) -> Decimal:
        """The sum; ValueError where there was nothing to sum."""
        if not self.anything:
            raise ValueError("no number")
        total = self.section or Decimal(0)
        for value, _ in self.parts:
            total = EXACT.add(total, value)
        if self.number is not None:
            # 两万五 is 25000, 一百二 is 120; but 一百零二 is 102
            spoken = self.last_scale > 1 and not self.after_zero and not self.closed and 0 < self.number < 10
            tail = EXACT.divide(EXACT.multiply(self.number, Decimal(self.last_scale)), Decimal(10)) if spoken else self.number
            total = EXACT.add(total, tail)
        return total
