"""Figures (指标): a number stated once, parsed into an exact decimal and printed back as it was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from jzreport.chinese import parse_numeral
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.fields import Problems, read_line
from jzreport.keys import FigureKeys
from jzreport.source import Entry, Mapping
from jzreport.text import Text

DUPLICATE = Rule("F02", "同名的指标")
UNREADABLE = Rule("F04", "数值无法识别")
BAD_NAME = Rule("F07", "指标的名称不能用")
RULES = (DUPLICATE, UNREADABLE, BAD_NAME)

_PREFIX = r"近|约|大约|超过|超|逾|突破|接近|不低于|不少于|至少|达到|达|共|累计|第"
_CHINESE = "零〇一二三四五六七八九十百千万亿两"
_VALUE = re.compile(
    rf"(?P<prefix>(?:{_PREFIX})*)"
    r"(?:(?P<arabic>-?\d+(?:,\d{3})*(?:\.\d+)?)(?P<some>[余多]?)(?P<scale>万亿|亿|万|千|百)?"
    rf"|(?P<chinese>[{_CHINESE}]+))"
    r"(?P<more>[余多]?)(?P<unit>\D*)",
    re.ASCII,
)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 10**8, "万亿": 10**12}
_NAME = re.compile(r"[^\s{}｛｝.。+\-=<>/（）()“”‘’\"'：:]{1,40}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value as printed, and what it means: 11万余人次 is 110000, unit 人次, approximate 余."""

    text: Text
    number: Decimal
    unit: str
    prefix: str = ""
    approximate: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether a change of it is told in percentage points."""
        return self.unit in ("%", "％", "‰")

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True, slots=True)
class Figure:
    """指标: its name, value, and where they stand; `parts` add up to it, it is a share of `whole`."""

    name: str
    value: Quantity
    span: Span
    previous: Quantity | None = None
    definition: str = ""
    source: str = ""
    parts: tuple[Text, ...] = ()
    whole: Text | None = None


def parse_quantity(text: Text) -> Quantity | None:
    """Return what a typed value means, None when it is no number with a unit."""
    string = str(text)
    match = _VALUE.fullmatch(string)
    if not match:
        return None
    if match["chinese"]:
        parsed = parse_numeral(match["chinese"])
        number = None if parsed is None else Decimal(parsed)
    else:
        number = Decimal(match["arabic"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)
    if number is None:
        return None
    approximate = (match["some"] or "") + match["more"]
    return Quantity(text, number, match["unit"].strip(), match["prefix"], approximate)


def read_figures(entries: tuple[Entry, ...], problems: Problems) -> tuple[Figure, ...]:
    """Return the figures of one draft; those that cannot be read become findings."""
    figures = (_read_figure(entry, problems) for entry in entries)
    return tuple(figure for figure in figures if figure)


def _read_figure(entry: Entry, problems: Problems) -> Figure | None:
    name = str(entry.key)
    span = entry.key.span() or entry.span
    if not _NAME.fullmatch(name):
        hint = "名称只用汉字、字母和数字，不含空格、标点和运算符号，不超过40字。"
        problems.append(Diagnostic(BAD_NAME, span, f"指标名称“{name}”不能用。", hint))
        return None
    if isinstance(entry.value, Mapping):
        return _read_record(name, span, FigureKeys(entry.value, problems), problems)
    text = read_line(entry.value, problems)
    if text is None:
        if not problems or problems[-1].span != entry.value.span:
            problems.append(
                Diagnostic(UNREADABLE, entry.span, f"指标“{name}”还没有填。", "请照印出来的样子写，例如“514件”。")
            )
        return None
    value = _read_quantity(text, problems)
    return Figure(name, value, span) if value else None


def _read_record(name: str, span: Span, record: FigureKeys, problems: Problems) -> Figure | None:
    value = _read_quantity(record.value, problems) if record.value else None
    previous = _read_quantity(record.previous, problems) if record.previous else None
    if value is None:
        return None
    return Figure(
        name,
        value,
        span,
        previous,
        str(record.definition or ""),
        str(record.source or ""),
        record.parts or (),
        record.whole,
    )


def _read_quantity(text: Text, problems: Problems) -> Quantity | None:
    quantity = parse_quantity(text)
    if quantity is None:
        span = text.span()
        assert span is not None, "a value is always typed"
        hint = "一个指标只写一个数，照印出来的样子写，例如“514件”“92.12%”“11万余人次”“两部”。"
        problems.append(Diagnostic(UNREADABLE, span, f"“{text}”读不出数字。", hint))
    return quantity


def year_on_year(now: Quantity, before: Quantity) -> str | None:
    """Return the change in the genre's words (增长2.9%, 提高3.1个百分点, 与上年持平), None when units differ.

    A count that was 0 has no percentage: its difference is told instead.
    """
    if now.unit != before.unit:
        return None
    if now.is_rate or before.number == 0:
        return difference(now, before)
    change = (now.number - before.number) / abs(before.number) * 100
    return _told(change, "增长", "下降", "%")


def difference(now: Quantity, before: Quantity) -> str | None:
    """Return the plain difference: 增加36件, 提高3.1个百分点, 与上年持平; None when units differ."""
    if now.unit != before.unit:
        return None
    change = now.number - before.number
    if now.is_rate:
        return _told(change, "提高", "下降", "个百分点")
    if change == 0:
        return "与上年持平"
    return f"{'增加' if change > 0 else '减少'}{plain(abs(change))}{now.unit}"


def share(part: Quantity, whole: Quantity) -> str | None:
    """Return how much of the whole the part is, in per cent with at most one decimal; None when that means nothing."""
    if part.unit != whole.unit or whole.number <= 0:
        return None
    return f"{_one_decimal(part.number / whole.number * 100)}%"


def plain(number: Decimal) -> str:
    """Return a decimal in plain digits without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _told(change: Decimal, up: str, down: str, unit: str) -> str:
    if change == 0:
        return "与上年持平"
    size = _one_decimal(abs(change))
    return f"{up if change > 0 else down}{size}{unit}" if size != "0" else "与上年基本持平"


def _one_decimal(number: Decimal) -> str:
    return plain(number.quantize(Decimal("0.1"), ROUND_HALF_UP))
