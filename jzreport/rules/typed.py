"""Numbers that were typed by hand into the text of a draft, where a reference could stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jzreport.chinese import fold
from jzreport.diagnostics import Span
from jzreport.figures import Figure
from jzreport.rules.amounts import DIGITS, TERMS, Amount, amounts
from jzreport.rules.base import Context, Kind, Passage
from jzreport.rules.marks import MASK, changed, wide_characters
from jzreport.rules.patterns import HAN, Pattern

_TELLING = 10  # two equal counts below are no wonder
_DIGIT = Pattern(r"\d")
_BRACES = Pattern("[{｛][^{}｛｝]*[}｝]", "{", "｛")
_AFTER = Pattern(f"{HAN}{{0,4}}[+＋]", "+", "＋")  # 1个中心+3个站点
_BEFORE = tuple("+＋×xX*/—–～~－-跑")  # 1+6+31+N, 最多跑1次
_RANGE = Pattern(r"\d[至到]$", "至", "到")  # 3至5次
_WIDE_COMMAS = Pattern(r"(?<![\d,，.])\d{1,3}(?:，\d{3})+(?![\d,，])", *(f"，{digit}" for digit in DIGITS))


class Typed(NamedTuple):
    """A number typed by hand, and the text around it: half-width digits, references, 《》 and “” masked."""

    passage: Passage
    amount: Amount
    string: str

    @property
    def words(self) -> str:
        """The number as it was typed."""
        return self.passage.string[self.amount.start : self.amount.end]

    @property
    def place(self) -> Span:
        """Where it was typed."""
        return self.passage.span(self.amount.start, self.amount.end)

    def same_among(self, known: Mapping[tuple[str, str], Figure]) -> Figure | None:
        """Return the figure of its draft that says the same."""
        return known.get((self.passage.file, value_key(str(self.amount))))


def typed_numbers(context: Context) -> tuple[Typed, ...]:
    """Return the numbers typed into paragraphs and headings that count something of the report's own."""
    return tuple(_typed_numbers(context))


def _typed_numbers(context: Context) -> Iterator[Typed]:
    hotlines = frozenset(context.wording.hotlines)
    for passage in context.typed_passages:
        if passage.kind in (Kind.PARAGRAPH, Kind.HEADING) and _DIGIT.search(passage.unquoted):
            yield from _typed_in(passage, _narrow(passage.unquoted), hotlines)


def declared(context: Context) -> dict[tuple[str, str], Figure]:
    """Return the figures that say enough to be known again, by file and `value_key`."""
    return {(f.span.file, value_key(str(f.value))): f for f in context.figures.values() if f.value.number >= _TELLING}


def value_key(value: str) -> str:
    """Return what two ways to type one value have in common: 1,286卷 is １２８６卷."""
    return fold(value).replace(",", "")


def _narrow(string: str) -> str:
    """Return the string with the digits and the thousands' commas that were meant, character for character."""
    narrow = changed(string, wide_characters(string))
    return _WIDE_COMMAS.sub(lambda match: match.group().replace("，", ","), narrow)


def _typed_in(passage: Passage, string: str, hotlines: frozenset[str]) -> Iterator[Typed]:
    string = _BRACES.sub(lambda match: MASK * len(match.group()), string)
    for amount in _unbounded(amounts(string)):
        quantity = amount.quantity
        before, after = string[max(amount.start - 2, 0) : amount.start], string[amount.end : amount.end + 5]
        if quantity.numeral in hotlines and after.startswith(quantity.unit):
            continue  # 12345件件有回音
        is_term = quantity.unit.endswith(TERMS)
        if not (is_term or before.endswith(_BEFORE) or _RANGE.search(before) or _AFTER.match(after)):
            yield Typed(passage, amount, string)


def _unbounded(told: Iterator[Amount]) -> Iterator[Amount]:
    """Leave out the bounds of a statute: 5000元以上2万元以下."""
    low: Amount | None = None
    for amount in told:
        if low and low.end == amount.start and amount.around in ("以下", "以内"):
            low = None
            continue
        if low:
            yield low
        low = amount if amount.around == "以上" else None
        if low is None:
            yield amount
    if low:
        yield low
