"""Waivers (豁免): findings the office knows of and lets stand, each with its words and its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jzreport.chinese import closest
from jzreport.diagnostics import Diagnostic, Rule, Severity, Span
from jzreport.draft import Waiver
from jzreport.rules.base import Context

UNUSED = Rule("S14", "豁免没有用上", Severity.WARNING)

Lines = Mapping[str, Sequence[str]]


def waived(found: Sequence[Diagnostic], context: Context, lines: Lines, asked: Mapping[str, bool]) -> list[Diagnostic]:
    """Return the findings that no waiver covers, and one for each waiver that covers none.

    `asked` are the codes that can be waived, and whether their rule was asked this time. A waiver of report.yaml
    covers all files, one of a draft that draft.
    """
    kept = list(found)
    for waiver, everywhere in _waivers(context):
        if waiver.code not in asked:
            kept.append(_unknown(waiver, asked))
            continue
        places = tuple(_places(waiver, everywhere, context, lines))
        left = [d for d in kept if d.rule.code != waiver.code or not any(d.span.overlaps(place) for place in places)]
        if len(left) == len(kept) and asked[waiver.code]:
            kept.append(_unused(waiver, bool(places)))
        else:
            kept = left
    return kept


def _waivers(context: Context) -> Iterator[tuple[Waiver, bool]]:
    yield from ((waiver, True) for waiver in context.report.waivers)
    yield from ((waiver, False) for draft in context.typed for waiver in draft.waivers)


def _places(waiver: Waiver, everywhere: bool, context: Context, lines: Lines) -> Iterator[Span]:
    """Yield where the words of a waiver stand, as typed on one line or as printed."""
    for file in lines if everywhere else (waiver.span.file,):
        for number, line in enumerate(lines.get(file, ()), 1):
            here = Span.on_line(file, number, 1, len(line))
            if waiver.quote in line and not here.overlaps(waiver.span):
                yield from (Span.on_line(file, number, n + 1, len(waiver.quote)) for n in _all(waiver.quote, line))
    for passage in context.passages:
        if everywhere or passage.file == waiver.span.file:
            yield from (passage.span(n, n + len(waiver.quote)) for n in _all(waiver.quote, passage.string))


def _all(quote: str, string: str) -> Iterator[int]:
    start = string.find(quote)
    while start >= 0:
        yield start
        start = string.find(quote, start + 1)


def _unknown(waiver: Waiver, known: Mapping[str, bool]) -> Diagnostic:
    meant = closest(waiver.code, known)
    hint = f"是不是“{meant}”？" if meant else "可以豁免的规则见 jzreport rules。"
    return Diagnostic(UNUSED, waiver.span, f"没有能豁免的规则“{waiver.code}”。", hint)


def _unused(waiver: Waiver, is_there: bool) -> Diagnostic:
    if is_there:
        message = f"这条豁免没有用上：“{waiver.quote}”那里已经没有 {waiver.code} 的问题。"
        return Diagnostic(UNUSED, waiver.span, message, "请删去这条豁免。")
    hint = "请把“原文”改成稿件里现在的话；问题已经改好的，请删去这条豁免。"
    return Diagnostic(UNUSED, waiver.span, f"这条豁免没有用上：稿件里没有“{waiver.quote}”这句话。", hint)
