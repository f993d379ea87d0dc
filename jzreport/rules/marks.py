"""Marks as they were meant: half-width marks, straight quotes and full-width digits read as what they should be.

The rules on punctuation and numerals look at a passage as W03, W04, W10 and W16 would leave it, character for
character as long, so that repairing one slip neither hides another nor brings one to light.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from jzreport.rules.base import Found, Passage
from jzreport.text import Text

HAN = "〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
WIDE_MARKS = "，。、；：？！“”‘’（）《》〈〉〔〕【】…—"
BLANK = " \u3000"
MASK = "\ufffc"

# What is not Chinese text: addresses of pages and mail, references to figures that could not be printed.
_FOREIGN = re.compile(
    r"(?<![A-Za-z+.-])[A-Za-z][A-Za-z+.-]{1,15}://[!-~]+|(?<![\w.])www\.[!-~]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|[{｛]{2}[^{}｛｝]*[}｝]{2}",
    re.ASCII,
)
_WIDE_CHARACTERS = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)*")
_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DOCUMENT_YEAR = re.compile(
    rf"(?<=[{HAN}])[{BLANK}]?(?P<open>[(（\[［【﹝〖〔])(?P<year>(?:19|20)\d\d)(?P<close>[)）\]］】﹞〗〕])"
    rf"(?=[{BLANK}]?第?\d{{1,4}}号(?![楼线馆院台门机井仓厂桥船舰车]))"
)
# A run of marks with the blanks around it; it begins only where blanks begin, so that no run is read twice.
_MARKS = re.compile(rf"(?<![{BLANK}])[{BLANK}]*[,;:?!][,;:?!{BLANK}]*")
_MARK = re.compile("[,;:?!]")
_FULL_STOP = re.compile(rf"(?<=[{HAN}”’）)》〉】%％])(?<![一二三四五六七八九十])\.(?=[”’）)]*$)")
_BESIDE = re.compile(f"[{HAN}{WIDE_MARKS}％]")
_HAN = re.compile(f"[{HAN}{WIDE_MARKS}]")
_LETTER = re.compile("[A-Za-z]")
_BRACKET = re.compile("[()（）]")
_TO_WIDE = dict(zip(",;:?!().", "，；：？！（）。", strict=True))


class Change(NamedTuple):
    """The characters from start to end become others."""

    start: int
    end: int
    becomes: str


class StraightPair(NamedTuple):
    """Two straight quotes that belong together; `changes` is empty when it is not sure that they do."""

    start: int
    end: int
    changes: tuple[Change, ...]


def as_meant(passage: Passage) -> Passage:
    """Return the passage with its marks as they were meant; it is to look at, findings are made of the typed one."""
    return replace(passage, text=Text.made(meant(passage.string)))


@lru_cache(maxsize=2000)  # a dozen rules ask for every passage of a report, one rule after the other
def meant(string: str) -> str:
    """Return the string with its marks as they were meant, what is not Chinese text masked."""
    years = (change for pair in document_years(string) for change in pair)
    return changed(_plain(string), (*years, *half_width_marks(string)))


@lru_cache(maxsize=4)
def _plain(string: str) -> str:
    """Return the string without full-width digits and straight quotes, what is not Chinese text masked."""
    masked = _FOREIGN.sub(lambda match: MASK * len(match.group()), string)
    narrow = changed(masked, wide_characters(masked))
    return changed(narrow, (change for pair in straight_pairs(narrow) for change in pair.changes))


def changed(string: str, changes: Iterable[Change]) -> str:
    """Return the string with the changes made; they do not overlap."""
    parts, position = list[str](), 0
    for start, end, becomes in sorted(changes):
        parts += string[position:start], becomes
        position = end
    return "".join((*parts, string[position:])) if parts else string


def repaired(passage: Passage, place: tuple[int, int], message: str, hint: str, changes: Iterable[Change]) -> Found:
    """Return the finding at a place that several changes repair: all of them, or none when one was not typed there."""
    found = [passage.found(start, end, message, hint, becomes) for start, end, becomes in changes]
    edits = tuple(edit for each in found for edit in each.edits)
    return passage.found(*place, message, hint)._replace(edits=edits if len(edits) == len(found) else ())


def wide_characters(string: str) -> Iterator[Change]:
    """Yield the full-width digits and letters as half-width ones."""
    for match in _WIDE_CHARACTERS.finditer(string):
        yield Change(*match.span(), match.group().translate(_TO_HALF))


def document_years(string: str) -> Iterator[tuple[Change, Change]]:
    """Yield the brackets around the year of a document number that are not 〔 and 〕, as these."""
    for match in _DOCUMENT_YEAR.finditer(_plain(string)):
        if match["open"] + match["close"] != "〔〕":
            yield Change(*match.span("open"), "〔"), Change(*match.span("close"), "〕")


def half_width_marks(string: str) -> Iterator[Change]:
    """Yield the half-width marks of Chinese text as full-width ones."""
    string = _plain(string)
    for run in _MARKS.finditer(string):
        if _is_beside(string, run.start() - 1) or _is_beside(string, run.end()):
            for match in _MARK.finditer(string, *run.span()):
                yield Change(*match.span(), _TO_WIDE[match.group()])
    for match in _FULL_STOP.finditer(string):
        yield Change(*match.span(), "。")
    yield from _brackets(string)


def _is_beside(string: str, place: int) -> bool:
    return 0 <= place < len(string) and _BESIDE.match(string, place) is not None


def _brackets(string: str) -> Iterator[Change]:
    """Yield the half-width brackets around Chinese text, and around digits that stand beside it."""
    han, letters = _places(_HAN, string), _places(_LETTER, string)
    years = {opening.start for opening, _ in document_years(string)}
    for start, end in _bracket_pairs(string):
        beside = start == 0 or _is_beside(string, start - 1) or _is_beside(string, end + 1)
        is_digits = beside and end > start + 1 and not _any_between(letters, start, end)
        if start not in years and (is_digits or _any_between(han, start, end)):
            places = (place for place in (start, end) if string[place] in "()")
            yield from (Change(place, place + 1, _TO_WIDE[string[place]]) for place in places)


def _bracket_pairs(string: str) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for match in _BRACKET.finditer(string):
        if match.group() in "(（":
            opened.append(match.start())
        elif opened:
            yield opened.pop(), match.start()


def _places(pattern: re.Pattern[str], string: str) -> list[int]:
    return [match.start() for match in pattern.finditer(string)]


def _any_between(places: list[int], start: int, end: int) -> bool:
    after = bisect_left(places, start + 1)
    return after < len(places) and places[after] < end


_QUOTES: Mapping[str, tuple[re.Pattern[str], str, str]] = {
    '"': (re.compile('["“”]'), "“", "”"),
    "'": (re.compile("(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])|[‘’]"), "‘", "’"),
}
_NO_BEGINNING = frozenset("，。、；：？！）》”’,;:?!) \u3000")
_NO_END = frozenset("，、；：（《“‘,;:( \u3000")


def straight_pairs(string: str) -> Iterator[StraightPair]:
    """Yield the straight quotes of a Chinese passage in pairs; one without partner is a pair by itself."""
    if _HAN.search(string):
        for mark in _QUOTES:
            if mark in string:
                yield from _pairs(string, mark)


def _pairs(string: str, mark: str) -> Iterator[StraightPair]:
    pattern, opening, closing = _QUOTES[mark]
    straight: list[int] = []
    depth, is_sure = 0, True
    for match in pattern.finditer(string):
        if match.group() == mark:
            straight.append(match.start())
            is_sure &= depth == 0
        else:
            depth += 1 if match.group() == opening else -1
            is_sure &= depth >= 0
    pairs = list(zip(straight[::2], straight[1::2], strict=False))
    is_sure &= len(straight) % 2 == 0 and all(_is_plausible(string, start, end) for start, end in pairs)
    for start, end in pairs:
        both = (Change(start, start + 1, opening), Change(end, end + 1, closing))
        yield StraightPair(start, end + 1, both if is_sure else ())
    if len(straight) % 2:
        yield StraightPair(straight[-1], straight[-1] + 1, ())


def _is_plausible(string: str, start: int, end: int) -> bool:
    """Whether quotes at start and end can be a pair: words between, the first no sign of inches."""
    if end == start + 1 or string[start - 1 : start].isdecimal():
        return False
    return string[start + 1] not in _NO_BEGINNING and string[end - 1] not in _NO_END
