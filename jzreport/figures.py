"""Figures (指标): a number stated once, parsed into an exact decimal and printed back as it was typed."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from jzreport.chinese import fold, parse_numeral
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.fields import BLANK, Problems
from jzreport.keys import FigureKeys
from jzreport.kinds import read_line
from jzreport.nodes import Entry, Mapping
from jzreport.text import Text

DUPLICATE = Rule("F02", "同名的指标")
UNREADABLE = Rule("F04", "数值无法识别")
BAD_NAME = Rule("F07", "指标的名称不能用")

SAME = "与上年持平"
ALMOST_SAME = "与上年基本持平"

_SHOWN = 30  # characters of a value that cannot be read

_PREFIX = (
    "近|约|大约|接近|超过|超|逾|突破|不低于|不少于|不超过|至少|最多|仅|多达|达到|达|均达|均为|共|共计|总计|合计|累计|第"
)
_CHINESE = "零一二三四五六七八九十百千万亿两"
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,6})?"
# 千米 and 百分点 are units, 3千 and 5百 numbers.
_SCALE = "万亿|亿|万|千(?![米克瓦伏卡])|百(?!分点)"
# A numeral in the unit would be a second number; after a stroke (件/万人) and in these names it is none.
_UNIT = (
    rf"(?:个?百分点|千(?=[米克瓦伏卡]))?(?:(?![{_CHINESE}〇])[^\W\d_]|[%％‰℃°㎡·]){{0,12}}"
    r"(?:/[^\W\d_]{1,8})?"
)
_VALUE = re.compile(
    rf"(?P<prefix>(?:{_PREFIX}){{0,3}})"
    rf"(?P<numeral>(?:(?P<arabic>{_ARABIC})|(?P<chinese>[{_CHINESE}]{{1,24}}))"
    rf"(?P<some>[余多]?)(?P<scale>{_SCALE})?(?P<more>[余多]?))(?P<unit>{_UNIT})"
)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 10**8, "万亿": 10**12}
# How many percentage points one of these units is.
_POINTS = {"%": Decimal(1), "个百分点": Decimal(1), "百分点": Decimal(1), "‰": Decimal("0.1"), "成": Decimal(10)}
_WIDE = Context(prec=60)  # a share of the largest value that can be typed in the smallest
# Letters and digits, so that references and 核对 can tell where a name ends; a bare number is a number there.
_NAME = re.compile(r"(?!\d+$)\w{1,40}")
_NUMERAL = rf"\d{_CHINESE}〇"
# What was typed after the unit is no unit; hardly a unit holds one of the characters.
_REMARK = r"待(?=[补定核填确查])|核实|暂[定估无缺]|不详|同比|其中|^[OoIl](?=[^\x00-\xff]|$)"
_IN_REMARKS = frozenset("待核暂详比其OoIl")
# What is typed around or inside a number that is one without it: how it is told, where it stands, what it becomes.
_SLIPS = (
    ("多了一个半角引号", r"^([^\"']*)[\"']([^\"']*)$", r"\1\2"),
    ("数的两边不加引号", "[\"'“”‘’]", ""),
    ("小数点写成了句号", r"(?<=\d)。(?=\d)", "."),
    ("末尾不加标点", "(?<![。.；;，,、！!])[。.；;，,、！!]+$", ""),
)
_HINTS = (
    (r"\d[OoIl]|[OoIl]\d", "数字里混进了字母：零写“0”，一写“1”。"),
    (r"^\D*0\d", "数字前面不加“0”，例如“174件”。"),
    (r"待(?=[补定核填确查])|核实|暂[定估]", "只写数和单位；还没有核实的，请核实以后再填。"),
    ("百分之", "百分数请用“%”写，例如“92.12%”。"),
    (r"(?<!\d)[-－−–—+＋]\s*\d", "数值不带正负号；是增加还是减少，请在正文里写明。"),
    (
        rf"[{_NUMERAL}][^{_NUMERAL}.,．，余多]+[{_NUMERAL}]",
        "这里不止一个数。请拆成几个指标，例如“6省17市”拆成“6省”和“17市”，在正文里分别引用。",
    ),
    (r"\d{13}", "数字太长，请核对；大数用“万”“亿”写。"),
)
_USUAL_HINT = "只写数和单位，照印出来的样子，例如“514件”“92.12%”“11万余人次”“两部”；别的话写在正文里。"


class Quantity(NamedTuple):
    """A value as printed, and what it means: 近11万余人次 is 110000, numeral 11万余, unit 人次, approximate 余.

    Prefix, numeral and unit together are the text, character for character.
    """

    text: Text
    number: Decimal
    unit: str
    prefix: str
    numeral: str
    approximate: str

    @property
    def is_rate(self) -> bool:
        """Whether a change of it is told in percentage points."""
        return fold(self.unit) in _POINTS

    @property
    def points(self) -> Decimal | None:
        """How many percentage points a rate is, None for a count."""
        size = _POINTS.get(fold(self.unit))
        return None if size is None else self.number * size

    @property
    def scale(self) -> str:
        """The 万 or 亿 that the number is told in; empty when it is told in ones."""
        last = self.numeral.rstrip("余多")[-1]
        return last if last in "万亿" else ""

    def is_like(self, other: Quantity) -> bool:
        """Whether both count the same unit, ％ and % being one."""
        return fold(self.unit) == fold(other.unit)

    def __str__(self) -> str:
        return str(self.text)


class Figure(NamedTuple):
    """指标: its name, value, and where they stand; `parts` add up to it, it is a share of `whole`."""

    name: str
    value: Quantity
    span: Span
    previous: Quantity | None = None
    definition: str = ""
    source: str = ""
    parts: tuple[Text, ...] = ()
    whole: Text | None = None
    remark: str = ""
    is_readable: bool = True  # False: a finding has told why, and nothing that uses the figure needs to


_UNREAD = Quantity(Text(), Decimal(0), "", "", "", "")


def parse_quantity(text: Text) -> Quantity | None:
    """Return what a typed value means, None when it is not one number with its unit (which may be empty)."""
    match = _VALUE.fullmatch(str(text))
    number = _number(match) if match else None
    if match is None or number is None or _holds_remark(match["unit"]):
        return None
    approximate = match["some"] + match["more"]
    return Quantity(text, number, match["unit"], match["prefix"], match["numeral"], approximate)


def _holds_remark(unit: str) -> bool:
    return not _IN_REMARKS.isdisjoint(unit) and re.search(_REMARK, unit) is not None


def _number(match: re.Match[str]) -> Decimal | None:
    if match["some"] and match["more"]:
        return None
    scale = _SCALES[match["scale"]] if match["scale"] else 1
    if match["arabic"]:
        if re.match(r"0\d", match["arabic"]) and match["prefix"] != "第":
            return None
        return Decimal(match["arabic"].replace(",", "")) * scale
    counted = parse_numeral(match["chinese"])
    return None if counted is None else Decimal(counted) * scale


def read_figures(entries: tuple[Entry, ...], problems: Problems) -> tuple[Figure, ...]:
    """Return the figures of one draft; one whose value cannot be read is a finding and keeps its name."""
    figures = (_read_figure(entry, problems) for entry in entries)
    return tuple(figure for figure in figures if figure)


def _read_figure(entry: Entry, problems: Problems) -> Figure | None:
    name = str(entry.key)
    span = entry.key.span() or entry.span
    if not _NAME.fullmatch(name):
        hint = "名称只用汉字、字母和数字，不能全是数字，不含空格和标点，不超过40字。"
        problems.append(Diagnostic(BAD_NAME, span, f"指标名称“{name}”不能用。", hint))
        return None
    if name in FigureKeys.fields() and not isinstance(entry.value, Mapping):
        hint = f"“{name}”写在指标的名称下面，前面再空两格；若真是指标的名称，请写得具体些。"
        problems.append(Diagnostic(BAD_NAME, span, f"“{name}”不能作指标的名称。", hint))
        return None
    if isinstance(entry.value, Mapping):
        return _read_record(name, span, FigureKeys(entry.value, problems, f"指标“{name}”"), problems)
    text = read_line(entry.value, problems)
    if text is None:
        if not problems or problems[-1].span != entry.value.span:
            problems.append(
                Diagnostic(BLANK, entry.span, f"指标“{name}”还没有填。", "请照印出来的样子写，例如“514件”。")
            )
        return Figure(name, _UNREAD, span, is_readable=False)
    value = _read_quantity(text, problems)
    return Figure(name, value or _UNREAD._replace(text=text), span, is_readable=value is not None)


def _read_record(name: str, span: Span, record: FigureKeys, problems: Problems) -> Figure:
    value = _read_quantity(record.value, problems) if record.value else None
    previous = _read_quantity(record.previous, problems) if record.previous else None
    return Figure(
        name,
        value or _UNREAD._replace(text=record.value or Text()),
        span,
        previous,
        str(record.definition or ""),
        str(record.source or ""),
        record.parts or (),
        record.whole,
        str(record.remark or ""),
        is_readable=value is not None and (previous is None) == record.lacks(FigureKeys.previous),
    )


def _read_quantity(text: Text, problems: Problems) -> Quantity | None:
    quantity = parse_quantity(text)
    if quantity is None:
        span = text.span()
        assert span is not None, "a value is always typed"
        typed = str(text)
        shown = typed if len(typed) <= _SHOWN else f"{typed[:_SHOWN]}……"
        quoted = shown if re.fullmatch("“[^“”]*”", shown) else f"“{shown}”"
        problems.append(Diagnostic(UNREADABLE, span, f"{quoted}读不出数字。", _hint(typed)))
    return quantity


def _hint(typed: str) -> str:
    """Return what to type instead: the value itself when only blanks or full-width digits are in the way."""
    repaired = fold(typed)
    if repaired != typed and _is_quantity(repaired):
        return f"数字用半角，中间不空格：请把值改成“{repaired}”。"
    if hint := _without_slips(repaired) or _comma(repaired):
        return hint
    return next((hint for expression, hint in _HINTS if re.search(expression, typed)), _USUAL_HINT)


def _is_quantity(typed: str) -> bool:
    return parse_quantity(Text.made(typed)) is not None


def _without_slips(typed: str) -> str:
    """Return what to type where only slips stand between a value and a number, nothing elsewhere."""
    told: list[str] = []
    for what, pattern, good in _SLIPS:
        mended = re.sub(pattern, good, typed)
        if mended == typed:
            continue
        told, typed = [*told, what], mended
        if _is_quantity(typed):
            value = (
                f"：{typed}（两边不加引号）" if "引号" in told[0] else f"“{typed}”"
            )  # shown in quotes it is copied so
            return f"{'，'.join(told)}，请把值改成{value}。"
    return ""


def _comma(typed: str) -> str:
    """Return what to type where a comma parts other than three digits: it may stand for a point."""
    bare, point = typed.replace(",", ""), typed.replace(",", ".")
    if not re.search(r"\d,\d", typed) or not _is_quantity(bare):
        return ""
    if re.search(r",\d{3}(?!\d)", typed) or not _is_quantity(point):
        return f"逗号的位置不对，应从个位起每三位一个。请把值改成“{bare}”。"
    return f"逗号的位置不对。若逗号是多写的，请把值改成“{bare}”；若逗号是小数点，请把值改成“{point}”。"


def year_on_year(now: Quantity, before: Quantity) -> str | None:
    """Return the change in the genre's words (增长2.9%, 提高3.1个百分点, 与上年持平), None when units differ.

    A count that was 0 has no percentage: its difference is told instead.
    """
    if not now.is_like(before):
        return None
    if now.is_rate or before.number == 0:
        return difference(now, before)
    change = (now.number - before.number) / before.number * 100
    return _told(change, "增长", "下降", "%")


def difference(now: Quantity, before: Quantity) -> str | None:
    """Return the plain difference: 增加36件, 增加3.6万件, 提高3.1个百分点, 与上年持平; None when units differ."""
    if not now.is_like(before):
        return None
    change = now.number - before.number
    if now.is_rate:
        return _told(change * _POINTS[fold(now.unit)], "提高", "下降", "个百分点")
    if change == 0:
        return SAME
    scale = min(now.scale, before.scale, key=lambda name: _SCALES.get(name, 1))
    size = plain(abs(change) / _SCALES.get(scale, 1))
    return f"{'增加' if change > 0 else '减少'}{size}{scale}{now.unit}"


def share(part: Quantity, whole: Quantity) -> str | None:
    """Return how much of the whole the part is, in per cent with at most one decimal; None when that means nothing."""
    if not part.is_like(whole) or whole.number == 0:
        return None
    return f"{_one_decimal(part.number / whole.number * 100)}%"


def plain(number: Decimal) -> str:
    """Return a decimal in plain digits without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _told(change: Decimal, up: str, down: str, unit: str) -> str:
    if change == 0:
        return SAME
    size = _one_decimal(abs(change))
    return f"{up if change > 0 else down}{size}{unit}" if size != "0" else ALMOST_SAME


def _one_decimal(number: Decimal) -> str:
    return plain(number.quantize(Decimal("0.1"), ROUND_HALF_UP, _WIDE))
