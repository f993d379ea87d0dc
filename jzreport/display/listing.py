"""Diagnostics for people: the terminal form."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jzreport.chinese import display_width
from jzreport.diagnostics import Diagnostic, Span, in_reading_order

Lines = Mapping[str, Sequence[str]]  # the lines of each file by its name

MAX_PER_FILE = 50
_WINDOW = 70  # columns of a line that are shown
_LONGEST = 400  # characters of a message or hint
_BEFORE = 24  # columns shown before the place


def terminal(diagnostics: Sequence[Diagnostic], lines: Lines) -> Iterator[str]:
    """Yield the findings, errors first, each with its line and the place marked, then one line of sum."""
    ordered = in_reading_order(list(diagnostics))
    shown: dict[str, int] = {}
    for diagnostic in ordered:
        count = shown[diagnostic.span.file] = shown.get(diagnostic.span.file, 0) + 1
        if count <= MAX_PER_FILE:
            yield "\n".join(_finding(diagnostic, lines))
    for file, count in shown.items():
        if count > MAX_PER_FILE:
            yield f"{safe(file)}: 另有 {count - MAX_PER_FILE} 处没有列出，请先改好上面的。"
    if ordered:
        yield summary(ordered)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many errors and reminders there are."""
    errors = sum(diagnostic.is_error for diagnostic in diagnostics)
    return f"共 {errors} 处错误，{len(diagnostics) - errors} 处提醒。"


def safe(text: str) -> str:
    """Return text that cannot move a terminal's cursor or turn its writing: such characters as their code."""
    return "".join(f"<U+{ord(c):04X}>" if _is_unsafe(c) else c for c in text)


def _is_unsafe(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Co")


def _finding(diagnostic: Diagnostic, lines: Lines) -> Iterator[str]:
    rule, span = diagnostic.rule, diagnostic.span
    yield f"{safe(str(span))}: {rule.severity.value} {rule.code} {_brief(diagnostic.message)}"
    yield from _excerpt(span, lines)
    if diagnostic.hint:
        yield f"    改法：{_brief(diagnostic.hint)}"
    for place, what in diagnostic.related:
        yield f"    另见：{safe(str(place))} {what}"


def _brief(text: str) -> str:
    """Return a message that quotes no more of a draft than anyone reads."""
    return safe(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 60]}……{text[-60:]}")


def _excerpt(span: Span, lines: Lines) -> Iterator[str]:
    """Yield the line of a place and a line of marks below it, cut to the width of a terminal."""
    source = lines.get(span.file, ())
    if not 0 < span.line <= len(source):
        return
    line = source[span.line - 1]
    start = min(span.column - 1, len(line))
    end = len(line) if span.end_line > span.line else min(span.end_column - 1, len(line))
    before = _fit(reversed(line[max(start - 4 * _WINDOW, 0) : start]), _BEFORE)[::-1]
    rest = _fit(line[start : start + 4 * _WINDOW], _WINDOW - display_width(before))
    marked = safe(rest[: max(end - start, 0)])
    lead = ("…" if len(before) < start else "") + safe(before).lstrip()
    tail = "…" if start + len(rest) < len(line) else ""
    yield f"    {lead}{safe(rest)}{tail}"
    yield f"    {' ' * display_width(lead)}{'^' * max(display_width(marked), 1)}"


def _fit(characters: Iterable[str], width: int) -> str:
    """Return as many of the characters as fit, and not many more than columns of those that take none."""
    kept: list[str] = []
    for character in itertools.islice(characters, 4 * _WINDOW):
        width -= display_width(character)
        if width < 0:
            break
        kept.append(character)
    return "".join(kept)
