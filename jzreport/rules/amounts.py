"""Numbers with their units as running text prints them, and between which bounds the true value of each lies."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from jzreport.figures import Quantity, parse_quantity, plain
from jzreport.rules.patterns import Pattern
from jzreport.text import Text

TERMS = ("工作日", "小时", "星期", "学时", "月")  # 近20个月 are the last 20 months
AROUND = ("左右", "上下", "以上", "以下", "以内")

DIGITS = "0123456789"  # one stands in every text with amounts

# Words that end in these characters say nothing about a number.
ABOUT = "大约|约(?<![预节制合签条公特履违集契邀相续缔和盟失解租守毁废赴]约)|接近|近(?<![最附临邻靠远就走贴亲]近)"
_OVER = "不少于|不低于|不超过|超过(?<!不超过)|超(?<!赶超|反超)(?!过)|逾(?!期)"

# What is counted in a report, and the words that only begin so.
_UNIT = (
    rf"个百分点|个?(?:{'|'.join(TERMS)})|平方公里|平方米|人次|件次|场次|批次|户次|车次|班次|家次|公里"
    "|[元人件部条家名场期处次个项份批宗起户篇册所台套辆位类卷例幅间座亩吨轮站%％‰]"
)
_NO_UNIT = "元化|元解|元调|元素|人大|人民|人社|人均|件事|部门|部委|条例|家庭|家长|名单|名录|场所|期间|期限|处罚|处理"
NUMERALS = "一二三四五六七八九十百千两"
_NUMBER = Pattern(
    rf"(?P<prefix>{ABOUT}|{_OVER})?"
    r"(?P<number>(?<![\dA-Za-z.,第])\d[\d,]{0,14}(?:\.\d{1,6})?"
    rf"|(?<![第{NUMERALS}])[{NUMERALS}]{{1,8}})"
    r"(?P<some>[余多])?(?P<scale>万亿|[亿万千百])?(?P<more>[余多])?"
    rf"(?P<unit>(?!{_NO_UNIT})(?:{_UNIT}))(?P<around>{'|'.join(AROUND)})?"
)
_DIGITS, _DIGITS_OR_NUMERALS = Pattern(r"\d+"), Pattern(rf"\d+|[{NUMERALS}]+")
_PREFIX = Pattern(rf"(?:{ABOUT}|{_OVER})$", *"约近于低过超逾")
_LONGEST_PREFIX = len("不超过")
_AT_MOST = ("不超过", "最多", "近")
_AT_LEAST = ("超", "逾", "突破", "不低于", "不少于", "至少", "多达")
_UNKNOWN = ("约", "第")
_MANY = Fraction(10**40)  # beyond all that can be typed


class Range(NamedTuple):
    """The bounds, both included, of what a printed number may stand for."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Range) -> Range:  # type: ignore[override]  # no tuple is ever added to a Range
        return Range(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Range) -> Range:
        return Range(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Range) -> Range:  # type: ignore[override]
        products = [a * b for a in self for b in other]
        return Range(min(products), max(products))

    def __truediv__(self, other: Range) -> Range:
        """Return the bounds of the quotient; nothing is known of it when the divisor may be nothing."""
        if other.low <= 0 <= other.high:
            return ANYTHING
        quotients = [a / b for a in self for b in other]
        return Range(min(quotients), max(quotients))

    def meets(self, other: Range) -> bool:
        """Whether both may stand for the same number."""
        return self.low <= other.high and other.low <= self.high


ANYTHING = Range(-_MANY, _MANY)


def value_of(quantity: Quantity) -> Fraction:
    """Return the number printed, a rate as a part of one: 96.3% is 0.963."""
    return Fraction(quantity.number) if quantity.points is None else Fraction(quantity.points) / 100


def range_of(quantity: Quantity) -> Range:
    """Return what a printed value may stand for: a whole number itself, a rounded one all that is rounded to it."""
    if _is_plain(quantity):
        number = Fraction(quantity.number)
        return Range(number, number)
    if any(word in quantity.prefix for word in _UNKNOWN) or quantity.unit.endswith(AROUND):
        return ANYTHING
    number, last = Fraction(quantity.number), _last_digit(quantity)
    low, high = number - last / 2, number + last / 2
    if quantity.approximate:
        low, high = number, number + _last_place(number) * Fraction(99, 100)
    if any(word in quantity.prefix for word in _AT_MOST):
        low, high = Fraction(0), max(number, high) if quantity.approximate else number
    elif any(word in quantity.prefix for word in _AT_LEAST):
        low, high = number, _MANY
    scale = value_of(quantity) / number if number else Fraction(1)
    return Range(low * scale, high * scale)


def _is_plain(quantity: Quantity) -> bool:
    """Whether it is digits and a unit and no more, as most are: what they stand for is seen at once."""
    is_whole = quantity.numeral.isascii() and quantity.numeral.isdigit()
    return is_whole and not (quantity.prefix or quantity.unit.endswith(AROUND) or quantity.is_rate)


def rounded(number: Fraction, places: int) -> str:
    """Return a number with at most so many decimals, without trailing zeros."""
    return plain(Decimal(round(number * 10**places)).scaleb(-places))


def _last_digit(quantity: Quantity) -> Fraction:
    """Return what the last digit shown counts, 0 for a whole number of ones: a rate, 1.85万 or 3.5公里 was rounded."""
    numeral = quantity.numeral.replace(",", "").rstrip("余多百千万亿")
    if not numeral[:1].isdigit():
        if quantity.is_rate:
            return Fraction(1)
        return _last_place(Fraction(quantity.number)) if quantity.numeral.endswith(("万", "亿")) else Fraction(0)
    _, _, decimals = numeral.partition(".")
    typed = Fraction(numeral)
    last = (Fraction(quantity.number) / typed if typed else 1) / Fraction(10 ** len(decimals))
    return last if last != 1 or quantity.is_rate else Fraction(0)


def _last_place(number: Fraction) -> Fraction:
    """Return what the last digit that is not 0 counts, at least ten: 60000余 is below 70000."""
    place = 10
    while number and number % (place * 10) == 0:
        place *= 10
    return Fraction(place)


class Amount(NamedTuple):
    """A number in running text: where it stands with its prefix and 左右, and what it says."""

    start: int
    end: int
    quantity: Quantity
    around: str

    @property
    def is_exact(self) -> bool:
        """Whether nothing says it is about so many."""
        return not (self.quantity.prefix or self.quantity.approximate or self.around)

    @property
    def range(self) -> Range:
        """What it may stand for."""
        return ANYTHING if self.around else range_of(self.quantity)

    def __str__(self) -> str:
        return f"{self.quantity}{self.around}"


def amounts(string: str, start: int = 0, end: int = sys.maxsize) -> Iterator[Amount]:
    """Yield the amounts in Arabic digits of a text, or of the part of it from start to end."""
    for match in _numbers(_DIGITS, string, start, end):
        if match["scale"] in ("百", "千"):
            continue
        quantity = _quantity(string[match.start() : match.end("unit")])
        if quantity:
            yield Amount(match.start(), match.end(), quantity, match["around"] or "")


@lru_cache(10_000)
def _quantity(words: str) -> Quantity | None:
    """Return what a number says; several rules read each, and a report says many of them again."""
    return parse_quantity(Text.made(words))


def numbers(string: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
    """Yield the numbers with their units as matches, in the groups prefix, number, some, scale, more, unit, around."""
    return _numbers(_DIGITS_OR_NUMERALS, string, start, end)


def _numbers(digits: Pattern, string: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the numbers that begin with such digits: trying to read one at every character takes five times as long."""
    position = start
    for run in digits.finditer(string, start, end):
        if run.start() < position:
            continue  # the decimals of the one before
        before = _PREFIX.search(string, max(position, run.start() - _LONGEST_PREFIX), run.start())
        if match := _NUMBER.match(string, before.start() if before else run.start(), end):
            yield match
            position = match.end()
