"""Marks as they were meant: half-width marks, straight quotes and full-width digits read as what they should be.

The rules on punctuation and numerals look at a passage as W03, W04, W10 and W16 would leave it, character for
character as long, so that repairing one slip neither hides another nor brings one to light.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from jzreport.figures import Figure, parse_quantity
from jzreport.references import references
from jzreport.rules.patterns import HAN, Pattern
from jzreport.text import Run, Text

WIDE_MARKS = frozenset("，。、；：？！“”‘’（）《》〈〉〔〕【】…—")
HAN_DIGITS = "一二三四五六七八九十"
BLANK = " \u3000"
MASK = "\ufffc"  # no letter, no blank, no mark: no pattern finds anything in it

# What is not Chinese text: addresses of pages and mail, references to figures that could not be printed. An address ends
# before the mark of the sentence and the bracket around it.
_ADDRESS = r"(?:[!-'*-~]|\([!-'*-~]*\))+(?<![,;:?!.])"
_FOREIGN = Pattern(
    rf"(?<![A-Za-z+.-])[A-Za-z][A-Za-z+.-]{{1,15}}://{_ADDRESS}|(?<![\w.])www\.{_ADDRESS}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|[{｛]{2}[^{}｛｝]*[}｝]{2}",
    *("://", "www.", "@", "{{", "{｛", "｛{", "｛｛"),
    flags=re.ASCII,
)
_WIDE = frozenset(chr(code) for code in range(0xFF10, 0xFF5B) if chr(code).isalnum())
_WIDE_CHARACTERS = Pattern("[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)*")
_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DOCUMENT_YEAR = Pattern(
    rf"(?<={HAN})(?<![令院告])(?<!仲裁委)(?<!仲裁委员会)[{BLANK}]?(?P<open>[(（\[［【﹝〖〔])(?P<year>(?:19|20)\d\d)(?P<close>[)）\]］】﹞〗〕])"
    rf"(?=[{BLANK}]?\d{{1,4}}号(?![楼线馆院台门机井仓厂桥船舰车宗地裁判决]))",
    *(f"{digit}号" for digit in range(10)),
)
# A run of marks with the blanks around it; it begins only where blanks begin, so that no run is read twice.
_MARKS = Pattern(rf"(?<![{BLANK}])[{BLANK}]*[,;:?!][,;:?!{BLANK}]*", *",;:?!")
# A number to come: S17 tells it, a repair would hide it.
_TO_COME = Pattern(rf"\?{{2,}}|\?(?=[{BLANK}]?(?:[件项份篇宗个名次场条起余万亿元%％]|人(?!民)))", "?")
# One of these characters stands in whatever is not as it was meant.
_MAY_BE_OTHERWISE = Pattern("[,;:?!.()\"'@{｛号０-９Ａ-Ｚａ-ｚ]")
_BEFORE_FULL_STOP = frozenset("”’）)》〉】%％")
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


def unread_of(figures: Iterable[Figure]) -> frozenset[str]:
    """Return the names of the figures whose value cannot be read."""
    return frozenset(f.name for f in figures if not f.is_readable and parse_quantity(f.value.text) is None)


def legible(text: Text, unread: frozenset[str]) -> str:
    """Return the text, masked where references to these figures printed it: a finding at their values tells of them."""

    def is_read(run: Run) -> bool:
        return all(reference.name not in unread for reference in references(Text.made(run.stands_for)))

    return "".join(run.characters if is_read(run) else MASK * len(run.characters) for run in text.runs)


def meant(string: str) -> str:
    """Return the string with its marks as they were meant, what is not Chinese text masked."""
    if not _MAY_BE_OTHERWISE.search(string):
        return string  # nearly always
    plain = _plain(string)
    years = (change for pair in _document_years(plain) for change in pair)
    return changed(plain, (*years, *_half_width_marks(plain)))


def is_han(character: str) -> bool:
    """Whether it is a Han character: 〇 and the blocks of Unicode."""
    return (
        "\u3400" <= character <= "\u9fff"
        or character == "〇"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U000323af"
    )


def _is_chinese(character: str) -> bool:
    return is_han(character) or character in WIDE_MARKS


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


def wide_characters(string: str) -> Iterator[Change]:
    """Yield the full-width digits and letters as half-width ones."""
    if not _WIDE.isdisjoint(string):
        for match in _WIDE_CHARACTERS.finditer(string):
            yield Change(*match.span(), match.group().translate(_TO_HALF))


def document_years(string: str) -> Iterator[tuple[Change, Change]]:
    """Yield the brackets around the year of a document number that are not 〔 and 〕, as these."""
    return _document_years(_plain(string))


def _document_years(plain: str) -> Iterator[tuple[Change, Change]]:
    for match in _DOCUMENT_YEAR.finditer(plain):
        if match["open"] + match["close"] != "〔〕":
            yield Change(*match.span("open"), "〔"), Change(*match.span("close"), "〕")


def half_width_marks(string: str) -> Iterator[Change]:
    """Yield the half-width marks of Chinese text as full-width ones."""
    return _half_width_marks(_plain(string))


def _half_width_marks(plain: str) -> Iterator[Change]:
    to_come = {place for match in _TO_COME.finditer(plain) for place in range(*match.span())}
    for run in _MARKS.finditer(plain):
        start, end = run.span()
        is_usual = "\u3400" <= plain[start - 1 : start] <= "\u9fff"  # seen before two functions are called
        if not (is_usual or _is_beside(plain, start - 1) or _is_beside(plain, end)):
            continue
        if end == start + 1 and not to_come:
            yield Change(start, end, _TO_WIDE[plain[start]])  # nearly always
        else:
            marks = (place for place in range(*run.span()) if plain[place] not in BLANK and place not in to_come)
            yield from (Change(place, place + 1, _TO_WIDE[plain[place]]) for place in marks)
    words = plain.rstrip("”’）)")
    if words.endswith(".") and _may_end(words[-2:-1]):
        yield Change(len(words) - 1, len(words), "。")
    if "(" in plain or ")" in plain:
        yield from _brackets(plain)


def _is_beside(string: str, place: int) -> bool:
    return 0 <= place < len(string) and (_is_chinese(string[place]) or string[place] == "％")


def _may_end(character: str) -> bool:
    """Whether a full stop can stand behind it; behind a numeral the dot belongs to the number of a heading."""
    return (is_han(character) or character in _BEFORE_FULL_STOP) and character not in HAN_DIGITS


def _brackets(string: str) -> Iterator[Change]:
    """Yield the half-width brackets around Chinese text, and around digits that stand beside it."""
    han = [place for place, character in enumerate(string) if _is_chinese(character)]
    letters = [place for place, character in enumerate(string) if _is_letter(character)]
    years = {opening.start for opening, _ in _document_years(string)}
    for start, end in _bracket_pairs(string):
        beside = start == 0 or _is_beside(string, start - 1) or _is_beside(string, end + 1)
        is_filled = not string[start + 1 : start + 2].isspace() or string[start + 1 : end].strip() != ""
        is_digits = beside and end > start + 1 and is_filled and not _any_between(letters, start, end)
        if start not in years and (is_digits or _any_between(han, start, end)):
            places = (place for place in (start, end) if string[place] in "()")
            yield from (Change(place, place + 1, _TO_WIDE[string[place]]) for place in places)


def _is_letter(character: str) -> bool:
    return (character.isascii() and character.isalpha()) or character == MASK


def _bracket_pairs(string: str) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for place, character in enumerate(string):
        if character in "(（":
            opened.append(place)
        elif character in ")）" and opened:
            yield opened.pop(), place


def _any_between(places: list[int], start: int, end: int) -> bool:
    after = bisect_left(places, start + 1)
    return after < len(places) and places[after] < end


_QUOTES: Mapping[str, tuple[Pattern, str, str]] = {
    '"': (Pattern('["“”]', *'"“”'), "“", "”"),
    "'": (Pattern("(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])|[‘’]", *"'‘’"), "‘", "’"),
}
_NO_BEGINNING = frozenset("，。、；：？！）》”’,;:?!) \u3000")
_NO_END = frozenset("，、；：（《“‘,;:( \u3000")


def straight_pairs(string: str) -> Iterator[StraightPair]:
    """Yield the straight quotes of a Chinese passage in pairs; one without partner is a pair by itself."""
    for mark in _QUOTES:
        if mark in string and any(map(_is_chinese, string)):
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
