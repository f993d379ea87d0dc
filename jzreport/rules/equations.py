"""核对: equations between figures, read and worked out exactly.

An equation is two or more sides with = <= >= < > between them. A side is made of names of figures, numbers, + - * / and
brackets, half or full width, with or without blanks. What is printed as rounded or about so many stands for a range,
so that a side is a range too: an equation fails only when no values that the figures may stand for make it true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from jzreport.chinese import closest, fold
from jzreport.figures import Figure, Quantity, parse_quantity
from jzreport.rules.amounts import Range, range_of, rounded, value_of
from jzreport.rules.patterns import Pattern
from jzreport.text import Text

EXAMPLE = "请写成“市本级受理 + 县区受理 = 行政复议受理”这样的算式。"
_ELSEWHERE = f"请在“指标”里写上它，或改用已有的名称；也可能在还没交的来稿里。{EXAMPLE}"

_MAX_TOKENS = 200
_MAX_DEPTH = 10
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans("×÷−", "*/-")
_TOKEN = Pattern(r"(?P<word>\d[\d,]*(?:\.\d+)?[\w%‰]*|\w+)|(?P<sign><=|>=|=<|=>|==|[-+*/()=<>≤≥≦≧])|\S")
_SIGNS = {"≤": "<=", "≦": "<=", "=<": "<=", "≥": ">=", "≧": ">=", "=>": ">=", "==": "="}
_RELATIONS = {"=": "等于", "<=": "不大于", ">=": "不小于", "<": "小于", ">": "大于"}
_MIRRORED = {"=": "=", "<=": ">=", ">=": "<=", "<": ">", ">": "<"}
_RATE = "%"


class MalformedError(Exception):
    """An equation that says nothing: where, what is wrong, what to type."""

    def __init__(self, start: int, end: int, message: str, hint: str = EXAMPLE) -> None:
        super().__init__(message)
        self.start, self.end, self.message, self.hint = start, end, message, hint


class UndefinedError(MalformedError):
    """An equation with a name without a figure: it may stand in a draft that is not at hand."""


class UnreadableError(Exception):
    """An equation with a figure whose value another finding is about."""


class Value(NamedTuple):
    """What a part of an equation comes to; unit None: a bare number, which goes with every unit."""

    exact: Fraction
    range: Range
    unit: str | None
    is_bare: bool = False  # typed in the equation itself

    def __str__(self) -> str:
        if self.unit == _RATE:
            return f"{rounded(self.exact * 100, 2)}%"
        return f"{rounded(self.exact, 4)}{self.unit or ''}"


class Side(NamedTuple):
    """One side: as it was typed, with the figures' values put in, and what it comes to."""

    told: str
    value: Value
    is_single: bool  # a figure or a number, nothing to be worked out
    is_number: bool


class Equation(NamedTuple):
    """The sides, the signs between them, and the figures in them."""

    sides: tuple[Side, ...]
    signs: tuple[str, ...]
    figures: tuple[Figure, ...]

    def failures(self) -> Iterator[str]:
        """Yield for each sign that cannot be true what stands on its two sides."""
        for left, sign, right in zip(self.sides[:-1], self.signs, self.sides[1:], strict=True):
            if not _may_hold(left.value.range, sign, right.value.range):
                yield _told(left, sign, right)


class _Token(NamedTuple):
    start: int
    end: int
    typed: str
    word: str  # empty: a sign
    sign: str


def read_equation(text: str, figures: Mapping[str, Figure], guesses: Iterable[str] = ()) -> Equation:
    """Return the equation that a line of 核对 states; MalformedError and UnreadableError tell why there is none.

    `guesses` are the names among which the one is sought that an unknown name was meant for.
    """
    tokens = tuple(_tokens(text))
    if len(tokens) > _MAX_TOKENS:
        raise MalformedError(0, len(text), "核对的算式太长。", "请拆成几行，每行一个算式。")
    reader = _Reader(text, tokens, figures, guesses)
    sides, signs = [reader.side()], list[str]()
    while reader.sign in _RELATIONS:
        signs.append(reader.take().sign)
        sides.append(reader.side())
        reader.check_units(sides[-2].value, sides[-1].value, "比较")
    if left := reader.token:
        brackets = "核对的算式里括号没有成对。"
        between = f"“{tokens[reader.position - 1].typed}”和“{left.typed}”之间少了运算符号。"
        raise MalformedError(left.start, left.end, brackets if left.sign == ")" else between)
    if not signs:
        raise MalformedError(0, len(text), "核对的算式里没有“=”“<=”或“>=”。")
    return Equation(tuple(sides), tuple(signs), tuple(reader.met.values()))


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text.translate(_HALF_WIDTH)):
        typed, word, sign = text[match.start() : match.end()], match["word"] or "", match["sign"] or ""
        if not word and not sign:
            raise MalformedError(match.start(), match.end(), f"核对的算式里看不懂“{typed}”。")
        yield _Token(match.start(), match.end(), typed, word, _SIGNS.get(sign, sign))


class _Reader:
    """Reads the tokens from left to right and works out what they say."""

    def __init__(
        self, text: str, tokens: tuple[_Token, ...], figures: Mapping[str, Figure], guesses: Iterable[str]
    ) -> None:
        self.text, self.tokens, self.figures, self.guesses = text, tokens, figures, guesses
        self.position = self.depth = 0
        self.met: dict[str, Figure] = {}

    @property
    def token(self) -> _Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    @property
    def sign(self) -> str:
        return self.token.sign if self.token else ""

    def take(self) -> _Token:
        self.position += 1
        return self.tokens[self.position - 1]

    def side(self) -> Side:
        start = self.position
        value = self.sum()
        is_single = self.position == start + 1
        tokens = self.tokens[start : self.position]
        told = "".join(self._told(token, "是" if is_single else "") for token in tokens)
        return Side(told, value, is_single, is_single and self._figure(tokens[0]) is None)

    def sum(self) -> Value:
        total = self.product()
        while self.sign in ("+", "-"):
            is_sum = self.take().sign == "+"
            term = self.product()
            self.check_units(total, term, "相加" if is_sum else "相减")
            exact = total.exact + term.exact if is_sum else total.exact - term.exact
            bounds = total.range + term.range if is_sum else total.range - term.range
            total = Value(exact, bounds, total.unit or term.unit)
        return total

    def product(self) -> Value:
        total = self.factor()
        while self.sign in ("*", "/"):
            is_product, start = self.take().sign == "*", self.position
            factor = self.factor()
            total = self._times(total, factor) if is_product else self._over(total, factor, start)
        return total

    def factor(self) -> Value:
        token = self.token
        if token and token.sign == "(":
            return self._bracket(token)
        if token and token.word:
            self.position += 1
            return self._value(token)
        if token and self.position == 0:
            raise MalformedError(token.start, token.end, f"“{token.typed}”前面少了指标的名称或数。")
        if not self.tokens:
            raise MalformedError(0, len(self.text), "核对的算式是空的。")
        before = self.tokens[self.position - 1]
        raise MalformedError(before.start, before.end, f"“{before.typed}”后面少了指标的名称或数。")

    def check_units(self, one: Value, other: Value, verb: str) -> None:
        if one.unit and other.unit and one.unit != other.unit:
            message = f"单位不同，不能{verb}：一个是“{one.unit}”，一个是“{other.unit}”。"
            raise MalformedError(0, len(self.text), message, "请只用单位相同的指标，或删去这一行。")
        rate, bare = (one, other) if one.unit == _RATE else (other, one)
        if rate.unit == _RATE and bare.is_bare and bare.exact > 1:
            raise MalformedError(0, len(self.text), f"“{bare}”没有写“%”，不能与比率{verb}。", f"请写成“{bare}%”。")

    def _bracket(self, token: _Token) -> Value:
        if self.depth == _MAX_DEPTH:
            raise MalformedError(token.start, token.end, "核对的算式里括号太多。", "请拆成几行，每行一个算式。")
        self.position += 1
        self.depth += 1
        value = self.sum()
        self.depth -= 1
        if self.sign != ")":
            raise MalformedError(token.start, token.end, "核对的算式里括号没有成对。")
        self.position += 1
        return value

    def _times(self, one: Value, other: Value) -> Value:
        units = {value.unit for value in (one, other)} - {None, _RATE}
        return Value(one.exact * other.exact, one.range * other.range, units.pop() if len(units) == 1 else None)

    def _over(self, whole: Value, part: Value, start: int) -> Value:
        if part.exact == 0:
            first, last = self.tokens[start], self.tokens[self.position - 1]
            message = f"“{self.text[first.start : last.end]}”是0，不能用来除。"
            raise MalformedError(first.start, last.end, message, "请改用别的指标，或删去这一行。")
        unit = whole.unit if part.unit is None or (part.unit == _RATE != whole.unit) else None
        return Value(whole.exact / part.exact, whole.range / part.range, unit)

    def _value(self, token: _Token) -> Value:
        if figure := self._figure(token):
            if not figure.is_readable:
                raise UnreadableError
            self.met[figure.name] = figure
            return Value(value_of(figure.value), range_of(figure.value), _unit(figure.value))
        number = parse_quantity(Text.made(token.word)) if token.word[0].isdigit() else None
        if number is None or not self._is_known(_unit(number)):
            meant = closest(token.typed, self.guesses)
            hint = f"是不是“{meant}”？" if meant else _ELSEWHERE
            raise UndefinedError(token.start, token.end, f"没有名叫“{token.typed}”的指标。", hint)
        exact, unit = value_of(number), _unit(number)
        return Value(exact, Range(exact, exact), unit, is_bare=unit is None)

    def _figure(self, token: _Token) -> Figure | None:
        return self.figures.get(token.typed) or self.figures.get(token.word)

    def _is_known(self, unit: str | None) -> bool:
        """Whether a number with this unit was meant, and not a name that begins with one."""
        return unit in (None, _RATE) or any(unit == fold(figure.value.unit) for figure in self.figures.values())

    def _told(self, token: _Token, verb: str) -> str:
        if token.sign:
            return token.sign if token.sign in "()" else f" {token.sign} "
        figure = self._figure(token)
        return f"{token.typed}{verb}{figure.value}" if figure else token.typed


def _unit(quantity: Quantity) -> str | None:
    return _RATE if quantity.is_rate else fold(quantity.unit) or None


def _may_hold(left: Range, sign: str, right: Range) -> bool:
    if sign == "=":
        return left.meets(right)
    if sign in (">", ">="):
        left, right = right, left
    return left.low <= right.high if "=" in sign else left.low < right.high


def _told(left: Side, sign: str, right: Side) -> str:
    """Return both sides as they come out, what was worked out before what is only named, a number last."""
    if left.is_number or (sign == "=" and left.is_single and not right.is_number):
        left, sign, right = right, _MIRRORED[sign], left
    unit = next((side.value.unit for side in (left, right) if side.value.unit), None)
    first, second = (
        side.told if side.is_single else f"{side.told} = {side.value._replace(unit=unit)}" for side in (left, right)
    )
    if right.is_number:
        return f"{first}，应{_RELATIONS[sign]}{second}。"
    return f"{first}，{second}。" if sign == "=" else f"{first}，{second}，前者应{_RELATIONS[sign]}后者。"
