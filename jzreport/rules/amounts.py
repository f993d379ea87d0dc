"""Numbers with their units as running text prints them, and between which bounds the true value of each lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jzreport.figures import Quantity, parse_quantity, plain
from jzreport.text import Text

# 预约、签约、节约、附近 and the like end in these characters and say nothing about a number.
ABOUT = "(?<![预节制合签条公特履违集契邀相续缔和盟失])(?:大约|约)|(?<![最附临邻靠远])(?:接近|近)"
OVER = "不少于|不低于|不超过|(?<!不)超过|(?<![赶反])超(?!过)|逾(?!期)"
AROUND = "左右|上下|以上|以下|以内"
SENTENCE = re.compile("[^。！？；]+")

# What is counted in a report. After some of them another word begins: 部门, 条例, 家庭, 件事.
UNIT = (
    "个百分点|个?(?:工作日|小时|星期|学时|月)|平方公里|平方米|人次|件次|场次|批次|户次|车次|班次|家次|公里|元(?![化解调素])|"
    "人(?![大民社均])|件(?!事)|部(?![门委])|条(?!例)|家(?![庭长])|名(?![单录])|场(?!所)|期(?![间限])|处(?![罚理])|"
    "[次个项份批宗起户篇册所台套辆位类卷例幅间座亩吨轮站%％‰]"
)
_AMOUNT = re.compile(
    rf"(?P<prefix>{ABOUT}|{OVER})?"
    r"(?P<value>(?<![\dA-Za-z.,第])(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?"
    rf"[余多]?(?:万亿|亿|万)?[余多]?(?:{UNIT}))(?P<around>{AROUND})?"
)
_NUMERAL = re.compile(r"(?P<digits>[\d,]+)(?:\.(?P<decimals>\d+))?")
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
    if any(word in quantity.prefix for word in _UNKNOWN) or quantity.unit.endswith(tuple(AROUND.split("|"))):
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


def rounded(number: Fraction, places: int) -> str:
    """Return a number with at most so many decimals, without trailing zeros."""
    return plain(Decimal(round(number * 10**places)).scaleb(-places))


def _last_digit(quantity: Quantity) -> Fraction:
    """Return what the last digit shown counts, 0 for a whole number of ones: a rate, 1.85万 or 3.5公里 was rounded."""
    match = _NUMERAL.match(quantity.numeral)
    if not match:
        if quantity.is_rate:
            return Fraction(1)
        return _last_place(Fraction(quantity.number)) if re.search("[万亿]", quantity.numeral) else Fraction(0)
    digits, decimals = match["digits"].replace(",", ""), match["decimals"] or ""
    typed = Fraction(f"{digits}.{decimals}0")
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


def amounts(string: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Yield the amounts of a text, or of the part of it from start to end."""
    for match in _AMOUNT.finditer(string, start, len(string) if end is None else end):
        quantity = parse_quantity(Text.made(f"{match['prefix'] or ''}{match['value']}"))
        if quantity:
            yield Amount(match.start(), match.end(), quantity, match["around"] or "")
