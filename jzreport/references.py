"""References to figures in text: {{ 名 }} and {{ 名.属性 }} are found, checked and replaced; nothing else is done.

A reference is a name and at most one of a closed set of attributes, never an expression: drafts are data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jzreport.chinese import closest
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.fields import Problems
from jzreport.figures import Figure, difference, plain, share, year_on_year
from jzreport.text import Text

UNDEFINED = Rule("F01", "引用的指标没有定义")
MALFORMED = Rule("F05", "引用的写法不对")
UNKNOWN_ATTRIBUTE = Rule("F06", "引用的内容算不出来")
RULES = (UNDEFINED, MALFORMED, UNKNOWN_ATTRIBUTE)

Figures = Mapping[str, Figure]

_OPEN = r"(?:\{\{|｛｛)"
_CLOSE = r"(?:\}\}|｝｝)"
_REFERENCE = re.compile(rf"{_OPEN}(?P<inner>(?:(?!{_OPEN}|{_CLOSE}).)*){_CLOSE}|(?P<stray>{_OPEN}|{_CLOSE})")
_INNER = re.compile(r"\s*(?P<name>[^\s.。{}｛｝]+)\s*(?:[.。]\s*(?P<attribute>[^\s.。{}｛｝]+)\s*)?")


def resolve(text: Text, figures: Figures, problems: Problems) -> Text:
    """Return the text with each reference replaced by what it prints, standing for the place of the reference."""
    parts: list[Text] = []
    position = 0
    for match in _REFERENCE.finditer(str(text)):
        span = text.span(match.start(), match.end())
        assert span is not None, "a reference is always typed"
        parts.append(text[position : match.start()])
        parts.append(_replacement(match, span, figures, problems))
        position = match.end()
    return Text.join((*parts, text[position:])) if parts else text


def names_used(text: Text) -> tuple[str, ...]:
    """Return the names of the figures a text refers to."""
    inner = (_INNER.fullmatch(m["inner"] or "") for m in _REFERENCE.finditer(str(text)))
    return tuple(match["name"] for match in inner if match)


def _replacement(match: re.Match[str], span: Span, figures: Figures, problems: Problems) -> Text:
    if match["stray"]:
        problems.append(Diagnostic(MALFORMED, span, f"“{match.group()}”没有成对。", "引用请写成“{{ 指标名称 }}”。"))
        return Text.standing_for(match.group(), span)
    inner = _INNER.fullmatch(match["inner"])
    printed = _print(inner["name"], inner["attribute"], span, figures, problems) if inner else None
    if not inner:
        message = f"“{match.group()}”不是对指标的引用。"
        problems.append(Diagnostic(MALFORMED, span, message, "括号里只能写一个指标名称，例如“{{ 行政复议受理 }}”。"))
    return Text.standing_for(match.group() if printed is None else printed, span)


def _print(name: str, attribute: str | None, span: Span, figures: Figures, problems: Problems) -> str | None:
    figure = figures.get(name)
    if figure is None:
        meant = closest(name, figures)
        hint = f"是不是“{{{{ {meant} }}}}”？" if meant else f"请在“指标”里写上“{name}: ……”。"
        problems.append(Diagnostic(UNDEFINED, span, f"没有名叫“{name}”的指标。", hint))
        return None
    if attribute is None:
        return str(figure.value)
    if attribute not in ATTRIBUTES:
        meant = closest(attribute, ATTRIBUTES)
        hint = f"是不是“{name}.{meant}”？" if meant else f"可以写的有：{'、'.join(ATTRIBUTES)}。"
        problems.append(Diagnostic(UNKNOWN_ATTRIBUTE, span, f"指标没有“{attribute}”可以印。", hint))
        return None
    printed = ATTRIBUTES[attribute](figure, figures)
    if printed is None:
        message = f"“{name}”的{attribute}算不出来。"
        problems.append(Diagnostic(UNKNOWN_ATTRIBUTE, span, message, _NEEDS[attribute]))
    return printed


def _previous(figure: Figure, _: Figures) -> str | None:
    return str(figure.previous) if figure.previous else None


def _year_on_year(figure: Figure, _: Figures) -> str | None:
    return year_on_year(figure.value, figure.previous) if figure.previous else None


def _difference(figure: Figure, _: Figures) -> str | None:
    return difference(figure.value, figure.previous) if figure.previous else None


def _share(figure: Figure, figures: Figures) -> str | None:
    whole = figures.get(str(figure.whole))
    return share(figure.value, whole.value) if whole else None


# 数值 is the bare number, without prefix, 余 and unit: for table cells whose column names the unit.
ATTRIBUTES: Mapping[str, Callable[[Figure, Figures], str | None]] = {
    "数值": lambda figure, _: plain(figure.value.number),
    "单位": lambda figure, _: figure.value.unit,
    "上年": _previous,
    "同比": _year_on_year,
    "增减": _difference,
    "占比": _share,
}
_WANTS_PREVIOUS = "请给这个指标写上“上年”，单位与今年相同。"
_NEEDS = {
    "上年": _WANTS_PREVIOUS,
    "同比": _WANTS_PREVIOUS,
    "增减": _WANTS_PREVIOUS,
    "占比": "请给这个指标写上“总数”，填另一个单位相同、不为零的指标的名称。",
}
