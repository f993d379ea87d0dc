"""Waivers (豁免): findings the office knows of and lets stand, each with its words and its reason."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, groupby, islice

from jzreport.chinese import closest
from jzreport.diagnostics import Diagnostic, Rule, Severity, Span
from jzreport.draft import Waiver
from jzreport.rules.base import Context, Passage
from jzreport.rules.patterns import Pattern

UNUSED = Rule("S14", "豁免没有用上", Severity.WARNING)

_SHORTEST = 2  # characters of a quote: one stands everywhere, and would cover what nobody has seen
_MAX_WAIVERS = 200  # of a file
_MAX_PLACES = 500  # of a quote: words that stand everywhere say nothing about a place
_RELEASE = "P"  # the family of what must not be published
_CODE = Pattern("[A-Z][0-9]{2}")
Lines = Mapping[str, Sequence[str]]


def waived(found: Sequence[Diagnostic], context: Context, lines: Lines, asked: Mapping[str, bool]) -> list[Diagnostic]:
    """Return the findings that no waiver covers, and one for each waiver that covers none.

    `asked` are the codes that can be waived, and whether their rule was asked this time. A waiver of report.yaml
    covers all files, one of a draft that draft; what must not be published (P) only the office may let stand. While some
    drafts are not at hand, no waiver is called unused: what it covers may come of them.
    """
    waivers = tuple(_waivers(context))
    if not waivers:
        return list(found)
    texts = tuple(_texts(tuple(waiver.span for waiver, _ in waivers), context, lines))
    left: dict[str, list[Diagnostic]] = {}
    for finding in found:
        left.setdefault(finding.rule.code, []).append(finding)
    told = list[Diagnostic]()
    for waiver, everywhere in _looked_at(waivers, told):
        if refused := _refused(waiver, everywhere, asked):
            told.append(refused)
            continue
        read = (text for text in texts if everywhere or text.file == waiver.span.file)
        stretches = tuple(islice((place for text in read for place in text.places_of(waiver.quote)), _MAX_PLACES + 1))
        if len(stretches) > _MAX_PLACES:
            told.append(_everywhere(waiver))
            continue
        words, own = _Places(stretches), left.get(waiver.code, [])
        left[waiver.code] = [finding for finding in own if not words.overlap(finding.span)] if words else own
        if len(left[waiver.code]) == len(own) and asked[waiver.code] and context.is_whole:
            told.append(_unused(waiver, bool(words)))
    kept = {id(finding) for findings in left.values() for finding in findings}
    return [*(finding for finding in found if id(finding) in kept), *told]


def _looked_at(waivers: Iterable[tuple[Waiver, bool]], told: list[Diagnostic]) -> Iterator[tuple[Waiver, bool]]:
    """Yield the first waivers of each file; one more is a finding that says so."""
    count = Counter[str]()
    for waiver, everywhere in waivers:
        count[waiver.span.file] += 1
        if count[waiver.span.file] <= _MAX_WAIVERS:
            yield waiver, everywhere
        elif count[waiver.span.file] == _MAX_WAIVERS + 1:
            told.append(_too_many(waiver))


def _refused(waiver: Waiver, everywhere: bool, asked: Mapping[str, bool]) -> Diagnostic | None:
    """Return why a waiver covers nothing, whatever is found."""
    if waiver.code not in asked:
        return _unknown(waiver, asked)
    if waiver.code.startswith(_RELEASE) and not everywhere:
        return _of_the_office(waiver)
    return _too_short(waiver) if len(waiver.quote) < _SHORTEST else None


def _waivers(context: Context) -> Iterator[tuple[Waiver, bool]]:
    yield from ((waiver, True) for waiver in context.report.waivers)
    yield from ((waiver, False) for draft in context.typed for waiver in draft.waivers)


class _Searched:
    """The strings of a file, joined so that words are sought in all at once; `span` is where a piece of one stands."""

    def __init__(self, file: str, strings: Sequence[str], span: Callable[[int, int, int], Span]) -> None:
        self.file = file
        self._whole = "\n".join(strings)
        self._starts = tuple(accumulate((len(string) + 1 for string in strings), initial=0))
        self._span = span

    def places_of(self, words: str) -> Iterator[Span]:
        """Yield where the words stand, on one line; where they touch or overlap, all of them as one stretch."""
        at = self._whole.find(words)
        while at >= 0:
            n, last = bisect_right(self._starts, at) - 1, at
            while (more := self._whole.rfind(words, last + 1, last + 2 * len(words))) >= 0:
                last = more
            start = at - self._starts[n]
            yield self._span(n, start, start + last - at + len(words))
            at = self._whole.find(words, last + 1)


def _texts(waivers: Sequence[Span], context: Context, lines: Lines) -> Iterator[_Searched]:
    """Yield what is typed in each file, then what is printed of it.

    The lines of the waivers themselves are left blank: the words of one are not the words of a draft.
    """
    for file, typed in lines.items():
        strings = list(typed)
        for span in (span for span in waivers if span.file == file):
            for number in range(span.line, min(span.end_line, len(typed)) + 1):
                if Span.on_line(file, number, 1, len(typed[number - 1])).overlaps(span):
                    strings[number - 1] = ""
        yield _Searched(file, strings, partial(_where_typed, file))
    for file, group in groupby(context.passages, key=lambda passage: passage.file):
        printed = tuple(group)
        yield _Searched(file, [passage.string for passage in printed], partial(_where_printed, printed))


def _where_typed(file: str, n: int, start: int, end: int) -> Span:
    return Span.on_line(file, n + 1, start + 1, end - start)


def _where_printed(printed: Sequence[Passage], n: int, start: int, end: int) -> Span:
    return printed[n].span(start, end)


class _Places:
    """Stretches of files, those that touch made one: looking one up must not take all the others."""

    def __init__(self, places: Iterable[Span]) -> None:
        self._by_file: dict[str, list[tuple[tuple[int, int], tuple[int, int]]]] = {}
        for place in sorted(set(places)):
            known = self._by_file.setdefault(place.file, [])
            start, end = place[1:3], place[3:]
            if known and start <= known[-1][1]:
                start, end = known[-1][0], max(known.pop()[1], end)
            known.append((start, end))

    def __bool__(self) -> bool:
        return bool(self._by_file)

    def overlap(self, span: Span) -> bool:
        """Whether one of them has a character in common with the span."""
        known = self._by_file.get(span.file, [])
        before = bisect_left(known, (span[3:],)) - 1  # the last that begins before the span ends
        return before >= 0 and known[before][1] > span[1:3]


def _unknown(waiver: Waiver, known: Mapping[str, bool]) -> Diagnostic:
    message = f"没有能豁免的规则“{waiver.code}”。"
    if _CODE.fullmatch(waiver.code):
        return Diagnostic(UNUSED, waiver.span, message, "写法、填法方面的问题不能豁免，请改好原处，再删去这条豁免。")
    meant = closest(waiver.code, known)
    hint = f"是不是“{meant}”？" if meant else "请照抄提示里的编号，例如“F03”。"
    return Diagnostic(UNUSED, waiver.span, message, hint)


def _of_the_office(waiver: Waiver) -> Diagnostic:
    message = f"来稿里不能豁免 {waiver.code}：不宜公开的内容由汇编的同志决定。"
    return Diagnostic(UNUSED, waiver.span, message, "请改好原处；确实要印的，请汇编的同志写在 report.yaml 的“豁免”里。")


def _too_short(waiver: Waiver) -> Diagnostic:
    message = f"豁免的“原文”只有“{waiver.quote}”一个字，看不出是哪一处，没有算数。"
    return Diagnostic(UNUSED, waiver.span, message, "请把“原文”写成那句话里的几个字。")


def _everywhere(waiver: Waiver) -> Diagnostic:
    message = f"豁免的“原文”在稿件里有{_MAX_PLACES}多处，看不出是哪一处，没有算数。"
    return Diagnostic(UNUSED, waiver.span, message, "请把“原文”写长一些。")


def _too_many(waiver: Waiver) -> Diagnostic:
    message = f"一个文件里的豁免超过{_MAX_WAIVERS}条，从这一条起都没有算数。"
    return Diagnostic(UNUSED, waiver.span, message, "请删去用不着的豁免；同一句话只要写一条。")


def _unused(waiver: Waiver, is_there: bool) -> Diagnostic:
    if is_there:
        message = f"这条豁免没有用上：“{waiver.quote}”那里已经没有 {waiver.code} 的问题。"
        return Diagnostic(UNUSED, waiver.span, message, "请删去这条豁免。")
    hint = "请把“原文”改成稿件里现在的话；问题已经改好的，请删去这条豁免。"
    return Diagnostic(UNUSED, waiver.span, f"这条豁免没有用上：稿件里没有“{waiver.quote}”这句话。", hint)
