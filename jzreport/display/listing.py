"""Diagnostics for people: the terminal form."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jzreport.chinese import display_width
from jzreport.diagnostics import Diagnostic, Rule, Severity, Span, in_reading_order

Lines = Mapping[str, Sequence[str]]  # the lines of each file by its name

MAX_PER_FILE = 50
_WINDOW = 70  # columns of a line that are shown
_LONGEST = 400  # characters of a message or hint
_BEFORE = 24  # columns shown before the place
_BOLD = "1"
_COLOURS = {
    Severity.ERROR: "1;31",
    Severity.WARNING: "1;35",
}  # red; magenta is seen on white and on black, unlike yellow


class Excerpt(NamedTuple):
    """The part of a line around a place, as it may be printed; “…” where the line is cut."""

    before: str
    marked: str
    after: str


def terminal(
    diagnostics: Sequence[Diagnostic], lines: Lines, repair: str = "", *, colour: bool = False
) -> Iterator[str]:
    """Yield the findings, errors first, each with its line and the place marked, then one line of sum.

    `repair` is the command line that mends what can be mended safely, empty when there is none to be named.
    """
    ordered = in_reading_order(list(diagnostics))
    shown: dict[str, int] = {}
    for diagnostic in ordered:
        count = shown[diagnostic.span.file] = shown.get(diagnostic.span.file, 0) + 1
        if count <= MAX_PER_FILE:
            yield "\n".join(_finding(diagnostic, lines, colour))
    for file, count in shown.items():
        if count > MAX_PER_FILE:
            yield f"{as_line(safe(file))}: 另有 {count - MAX_PER_FILE} 处没有列出，请先改好上面的。"
    if ordered:
        yield summary(ordered, repair)


def summary(diagnostics: Sequence[Diagnostic], repair: str = "") -> str:
    """Return how many errors and reminders there are, and how many of them the command line `repair` mends."""
    errors = sum(diagnostic.is_error for diagnostic in diagnostics)
    counted = f"共 {errors} 处错误，{len(diagnostics) - errors} 处提醒。"
    mended = sum(bool(diagnostic.edits) for diagnostic in diagnostics)
    return f"{counted}其中 {mended} 处可以用 {repair} 自动改好。" if repair and mended else counted


def safe(text: str) -> str:
    """Return text that cannot move a terminal's cursor or turn its writing: such characters as their code.

    GitHub's runner takes “##[” anywhere in a log for an order to itself.
    """
    text = text.replace("##[", "##<U+005B>")
    if text.isprintable():
        return text
    return "".join(f"<U+{ord(c):04X}>" if is_unsafe(c) else c for c in text)


def as_line(text: str) -> str:
    """Return a line that is no order to GitHub's runner: it takes for one what begins, blanks aside, with “::”."""
    start = len(text) - len(text.lstrip())
    return f"{text[:start]}<U+003A>{text[start + 1 :]}" if text.startswith("::", start) else text


def as_argument(name: str, instead: str) -> str:
    """Return a name as one types it on a command line, in quotes when a shell would take it apart.

    A name that a shell would act on, whatever the quotes, is not one to copy: `instead` says what to type.
    """
    if re.fullmatch(r"[\w./\\:+-]+", name) and not name.startswith("-"):
        return name
    is_active = re.search(r"""[$`"%!]|\\\\|\\$|^-""", name) or safe(name) != name  # or on a terminal
    return instead if is_active else f'"{name}"'


def brief(text: str) -> str:
    """Return a message, safe to print, that quotes no more of a draft than anyone reads."""
    return safe(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 60]}……{text[-60:]}")


def excerpt(span: Span, lines: Lines, before: int = _BEFORE, window: int = _WINDOW) -> Excerpt | None:
    """Return what stands around a place, `window` columns at most; None for a place without a line."""
    source = lines.get(span.file, ())
    if not 0 < span.line <= len(source):
        return None
    line = source[span.line - 1]
    start = min(span.column - 1, len(line))
    end = len(line) if span.end_line > span.line else min(span.end_column - 1, len(line))
    lead = _fit(reversed(line[max(start - 4 * window, 0) : start]), before)[::-1]
    rest = _fit(line[start : start + 4 * window], window - display_width(lead))
    marked = rest[: max(end - start, 0)]
    return Excerpt(
        ("…" if len(lead) < start else "") + safe(lead).lstrip(),
        safe(marked),
        safe(rest[len(marked) :]) + ("…" if start + len(rest) < len(line) else ""),
    )


def is_unsafe(character: str) -> bool:
    """Whether a character is none to print: it could move a terminal's cursor or turn its writing."""
    if ord(character) & 0xFFFE == 0xFFFE:  # no characters, and no XML may hold them
        return True
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Co")


def _finding(diagnostic: Diagnostic, lines: Lines, colour: bool) -> Iterator[str]:
    yield f"{as_line(safe(str(diagnostic.span)))}: {_label(diagnostic.rule, colour)} {brief(diagnostic.message)}"
    around = excerpt(diagnostic.span, lines)
    if around:
        marks = "^" * max(display_width(around.marked), 1)
        if "".join(around).lstrip().startswith("::"):
            around = around._replace(before=f"…{around.before}")  # see as_line
        yield f"    {''.join(around)}"
        yield f"    {' ' * display_width(around.before)}{_painted(marks, _COLOURS[diagnostic.rule.severity], colour)}"
    if diagnostic.hint:
        yield f"    改法：{brief(diagnostic.hint)}"
    for place, what in diagnostic.related:
        yield f"    另见：{safe(str(place))} {brief(what)}"


def _label(rule: Rule, colour: bool) -> str:
    level = _painted(rule.severity.value, _COLOURS[rule.severity], colour)
    return f"{level} {_painted(rule.code, _BOLD, colour)}"


def _painted(text: str, codes: str, colour: bool) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m" if colour else text


def _fit(characters: Iterable[str], width: int) -> str:
    """Return as many of the characters as fit, and not many more than columns of those that take none."""
    kept: list[str] = []
    for character in itertools.islice(characters, 4 * _WINDOW):
        width -= display_width(character)
        if width < 0:
            break
        kept.append(character)
    return "".join(kept)
