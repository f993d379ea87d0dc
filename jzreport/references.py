"""References to figures in text: {{ 名 }} and {{ 名.属性 }} are found, checked and replaced; nothing else is done.

A reference is a name and at most one of a closed set of attributes, never an expression: drafts are data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from jzreport.chinese import closest, fold
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.draft import Draft, Item, Paragraph, rewrite, with_files
from jzreport.fields import Problems
from jzreport.figures import ALMOST_SAME, DUPLICATE, SAME, Figure, Quantity, difference, share, year_on_year
from jzreport.text import Text

UNDEFINED = Rule("F01", "引用的指标没有定义")
MALFORMED = Rule("F05", "引用的写法不对")
UNKNOWN_ATTRIBUTE = Rule("F06", "引用的内容算不出来")
NO_PREVIOUS = Rule("F23", "没有上年的数")

Figures = Mapping[str, Figure]

_MAX_COMPARED = 10_000  # names, for all guesses together
_MAX_GUESSED = 50  # did-you-mean costs a look at every figure; nobody reads more

_OPEN = r"[{｛]{2}"
_CLOSE = r"[}｝]{2}"
_BRACES = "{}｛｝"
_REFERENCE = re.compile(rf"{_OPEN}(?P<inner>(?:(?!{_OPEN}|{_CLOSE}).)*){_CLOSE}|(?P<stray>{_OPEN}|{_CLOSE})")
_NEARLY = r"(?<![{｛])[{｛](?:\s+[{｛])?\s*(?P<name>\w+)(?:[.。．]\w+)?\s*[}｝](?:\s+[}｝])?(?![}｝])"
_INNER = re.compile(r"\s*(?P<name>\w+)\s*(?:[.。．]\s*(?P<attribute>\w+)\s*)?")
# 办结的同比, 办结同比, 办结（同比）: an attribute without its dot.
_ATTRIBUTE = r"(?P<name>\w+?)[的之]?\W*(?P<attribute>{})\W*"
_LONG = 20  # Han characters: two people do not write so much in the same words
# 较上年{{ 名.同比 }} must not become 较上年与上年持平.
_COMPARING = ("同比", "上年", "去年", "上年同期", "去年同期")


class Reference(NamedTuple):
    """A well-formed reference: where it stands in its text, the figure's name and the attribute asked for."""

    start: int
    end: int
    name: str
    attribute: str | None


def figures_of(drafts: Iterable[Draft], problems: Problems) -> dict[str, Figure]:
    """Return the figures of all drafts by name; a name used twice is a finding (the first file's counts).

    Which of two is right is not known: nothing more is told of them.
    """
    figures: dict[str, Figure] = {}
    owners: dict[str, Draft] = {}
    for draft in sorted(drafts, key=lambda d: d.file):
        for figure in draft.figures:
            first, owner = figures.setdefault(figure.name, figure), owners.setdefault(figure.name, draft)
            if first is not figure and not (str(first.value) == str(figure.value) and _is_copy(owner, draft)):
                problems.append(_declared_twice(figure, first))
                figures[figure.name] = first._replace(is_readable=False)
    for named in (name for figure in figures.values() for name in (*figure.parts, figure.whole) if name):
        if str(named) not in figures:
            problems.append(_undefined(str(named), named.span(), figures, problems))
    return figures


def _declared_twice(figure: Figure, first: Figure) -> Diagnostic:
    told = f"（{first.value}）" if str(first.value) else ""
    message = f"指标“{figure.name}”在 {first.span.file} 第{first.span.line}行已经写过{told}。"
    hint = "同一个数只写一次，另一处直接引用；不同的数请取不同的名称"
    if first.span.file != figure.span.file:
        hint += "；若是两个单位填报同一项工作，请商定由谁填"
    hint += f"；删去指标的，正文里的数也要改成“{{{{ {figure.name} }}}}”"
    return Diagnostic(DUPLICATE, figure.span, message, f"{hint}。", ((first.span, "第一次写在这里"),))


def _is_copy(one: Draft, other: Draft) -> bool:
    """Whether two drafts hold the same text, long enough for another finding to tell of it."""
    texts = tuple(_paragraphs(one))
    is_long = any(sum("\u3400" <= character <= "\u9fff" for character in text) >= _LONG for text in texts)
    return one is not other and is_long and texts == tuple(_paragraphs(other))


def _paragraphs(parent: Draft | Item) -> Iterator[str]:
    yield from (fold(str(block.text)) for block in parent.body if isinstance(block, Paragraph))
    for item in parent.items:
        yield from _paragraphs(item)


def printable(
    drafts: tuple[Draft, ...],
    files: Mapping[str, bytes],
    folder: str,
    problems: Problems,
    before: Figures | None = None,
) -> tuple[tuple[Draft, ...], Figures]:
    """Return the drafts as they print, pictures and tables read and references replaced, and the figures of them all.

    `files` are by the name drafts give them, `folder` is what findings put before that name; `before` are last year's
    figures.
    """
    figures = _recalling(figures_of(drafts, problems), before or {})
    loaded = (with_files(draft, files, problems, folder) for draft in drafts)
    return tuple(with_references(draft, figures, problems) for draft in loaded), figures


def _recalling(figures: Figures, before: Figures) -> Figures:
    """Return the figures; where no 上年 was typed it is what last year's report says."""

    def recalling(figure: Figure) -> Figure:
        then = before.get(figure.name)
        if figure.previous or not figure.is_readable or then is None or not then.is_readable:
            return figure
        return figure._replace(previous=then.value)

    return {name: recalling(figure) for name, figure in figures.items()} if before else figures


def with_references(draft: Draft, figures: Figures, problems: Problems) -> Draft:
    """Return the draft with every reference in its text replaced by what it prints."""
    return rewrite(draft, lambda text: resolve(text, figures, problems), lambda block: block)


def resolve(text: Text, figures: Figures, problems: Problems) -> Text:
    """Return the text with each reference replaced by what it prints, standing for the place of the reference."""
    string = str(text)
    if not _has_brace(string):
        return text
    parts: list[Text] = []
    position = 0
    _check_braces(text, figures, problems)
    for match in _REFERENCE.finditer(string):
        span = text.span(match.start(), match.end())
        assert span is not None, "a reference is always typed"
        before = text[position : match.start()]
        parts.append(before)
        parts.append(_replacement(match, span, str(before), figures, problems))
        position = match.end()
    return Text.join((*parts, text[position:])) if parts else text


def _has_brace(string: str) -> bool:
    return any(brace in string for brace in _BRACES)


def _check_braces(text: Text, figures: Figures, problems: Problems) -> None:
    """Report braces that were meant for a reference: single ones, or with a blank between them, around a figure's name."""
    string = str(text)
    if "｛" not in string and string.count("{") == 2 * string.count("{{"):
        return  # every brace has its twin
    for match in re.finditer(_NEARLY, string):
        span = text.span(match.start(), match.end())
        if match["name"] in figures and span:
            hint = f"引用请写成“{{{{ {match['name']} }}}}”，两个括号连着写。"
            problems.append(Diagnostic(MALFORMED, span, f"“{match.group()}”会照样印出来。", hint))


def references(text: Text) -> Iterator[Reference]:
    """Yield the well-formed references of a text, whatever figures there are."""
    string = str(text)
    for match in _REFERENCE.finditer(string) if _has_brace(string) else ():
        if inner := _INNER.fullmatch(match["inner"] or ""):
            yield Reference(match.start(), match.end(), inner["name"], inner["attribute"])


def names_used(text: Text) -> tuple[str, ...]:
    """Return the names of the figures a text refers to."""
    return tuple(reference.name for reference in references(text))


def has_reference(text: Text) -> bool:
    """Whether a text holds anything that was meant for a reference."""
    return _REFERENCE.search(str(text)) is not None


def _replacement(match: re.Match[str], span: Span, before: str, figures: Figures, problems: Problems) -> Text:
    inner = _INNER.fullmatch(match["inner"] or "")
    if not inner:
        problems.append(_malformed(match, span, figures))
        return Text.standing_for(match.group(), span)
    printed = _print(inner["name"], inner["attribute"], span, figures, problems)
    if printed in (SAME, ALMOST_SAME) and before.endswith(_COMPARING):
        printed = printed.removeprefix("与上年")
    return Text.standing_for(match.group() if printed is None else printed, span, match.group())


def _malformed(match: re.Match[str], span: Span, figures: Figures) -> Diagnostic:
    if match["stray"]:
        return Diagnostic(MALFORMED, span, f"“{match.group()}”没有成对。", "引用请写成“{{ 指标名称 }}”。")
    message = f"“{match.group()}”不是对指标的引用。"
    hint = "括号里只能写一个指标名称，例如“{{ 行政复议受理 }}”。"
    if meant := _with_dot(match["inner"].strip(), figures):
        hint = f"请写成“{{{{ {meant} }}}}”。"
    return Diagnostic(MALFORMED, span, message, hint)


def _with_dot(typed: str, figures: Figures) -> str | None:
    """Return the reference meant by a name and an attribute without the dot between them."""
    match = re.fullmatch(_ATTRIBUTE.format("|".join(ATTRIBUTES)), typed)
    return f"{match['name']}.{match['attribute']}" if match and match["name"] in figures else None


def _print(name: str, attribute: str | None, span: Span, figures: Figures, problems: Problems) -> str | None:
    figure = figures.get(name)
    if figure is None:
        problems.append(_undefined(name, span, figures, problems, "{{{{ {} }}}}"))
        return None
    if attribute is None or not figure.is_readable:
        return str(figure.value)
    if attribute not in ATTRIBUTES:
        meant = closest(attribute, ATTRIBUTES)
        hint = f"是不是“{name}.{meant}”？" if meant else f"可以写的有：{'、'.join(ATTRIBUTES)}。"
        problems.append(Diagnostic(UNKNOWN_ATTRIBUTE, span, f"引用里不能写“.{attribute}”。", hint))
        return None
    printed = ATTRIBUTES[attribute](figure, figures)
    if printed is None:
        problems.extend(_why_not(figure, attribute, span, figures))
    return printed


def _why_not(figure: Figure, attribute: str, span: Span, figures: Figures) -> Iterator[Diagnostic]:
    """Yield why an attribute cannot be told; nothing when another finding says it."""
    message = f"“{figure.name}”的{attribute}算不出来。"
    other = figure.previous
    if attribute != "占比" and other is None:
        yield Diagnostic(NO_PREVIOUS, span, f"“{figure.name}”没有上年的数，{attribute}算不出来。", _WANTS_PREVIOUS)
        return
    if attribute == "占比":
        whole = figures.get(str(figure.whole)) if figure.whole else None
        if figure.whole and (whole is None or not whole.is_readable):
            return
        other = whole.value if whole else None
    hint = "请给这个指标写上“总数”，填另一个单位相同、不为零的指标的名称。"
    if other and not figure.value.is_like(other):
        span, hint = _units(figure, other, span)
    yield Diagnostic(UNKNOWN_ATTRIBUTE, span, message, hint)


def _units(figure: Figure, other: Quantity, span: Span) -> tuple[Span, str]:
    """Return where two numbers of different units are made like each other, and what to type: at 上年, if that is one.

    What last year's report says is typed in another year: it is copied to this one's figure.
    """
    told = f"两个数的单位要相同：一个是{_with_unit(figure.value)}，一个是{_with_unit(other)}。"
    if other is not figure.previous:
        return span, told
    place = other.text.span()
    is_typed = place is not None and place.file == figure.span.file
    if not figure.value.unit and is_typed:
        return figure.value.text.span() or span, f"{told}请写成“数值: {figure.value}{other.unit}”。"
    if not figure.value.unit:
        return figure.span, f"{told}请给“{figure.name}”的数写上单位“{other.unit}”。"
    then = f"“上年: {other.prefix}{other.numeral}{figure.value.unit}”"
    if not is_typed:
        return figure.span, f"{told}若只是上年报告里的单位写法不同，请给这个指标加上一行{then}。"
    if not other.unit:
        return place or span, f"{told}请写成{then}。"
    return place or span, f"{told}若是单位写错了，请写成{then}；本来就是两种单位的，正文里不能引用同比、增减。"


def _with_unit(value: Quantity) -> str:
    return f"“{value}”" if value.unit else f"“{value}”（没有写单位）"


def _undefined(name: str, span: Span | None, figures: Figures, problems: Problems, form: str = "{}") -> Diagnostic:
    """Return the finding for a name without a figure; `related` is where the figure stands that may be meant."""
    assert span is not None, "a name is always typed"
    dotted = _with_dot(name, figures) if form != "{}" else None
    meant = dotted or (closest(name, figures) if _may_guess(problems, figures) else None)
    hint = f"是不是“{form.format(meant)}”？" if meant else f"请在“指标”里写上“{name}: ……”。"
    figure = meant.partition(".")[0] if meant else ""
    related = ((figures[figure].span, f"“{figure}”写在这里"),) if meant else ()
    return Diagnostic(UNDEFINED, span, f"没有名叫“{name}”的指标。", hint, related)


def undefined_name(finding: Diagnostic) -> str:
    """Return the name that a finding of UNDEFINED is about."""
    return finding.message.partition("“")[2].partition("”")[0]


def _may_guess(problems: Problems, figures: Figures) -> bool:
    """Whether so few references are undefined that somebody will read the guesses, and they are made in a moment."""
    if len(problems) > 10 * _MAX_GUESSED:
        return False
    guessed = sum(problem.rule is UNDEFINED for problem in problems)
    return guessed < _MAX_GUESSED and guessed * len(figures) < _MAX_COMPARED


def _previous(figure: Figure, _: Figures) -> str | None:
    return str(figure.previous) if figure.previous else None


def _year_on_year(figure: Figure, _: Figures) -> str | None:
    return year_on_year(figure.value, figure.previous) if figure.previous else None


def _difference(figure: Figure, _: Figures) -> str | None:
    return difference(figure.value, figure.previous) if figure.previous else None


def _share(figure: Figure, figures: Figures) -> str | None:
    whole = figures.get(str(figure.whole)) if figure.whole else None
    return share(figure.value, whole.value) if whole else None


# 数值 is the numeral as typed (11万余), without prefix and unit: for table cells whose column names the unit.
ATTRIBUTES: Mapping[str, Callable[[Figure, Figures], str | None]] = {
    "数值": lambda figure, _: figure.value.numeral,
    "单位": lambda figure, _: figure.value.unit,
    "上年": _previous,
    "同比": _year_on_year,
    "增减": _difference,
    "占比": _share,
}
_WANTS_PREVIOUS = "请给这个指标写上“上年”，单位与今年相同。"
