"""Chinese text as officials write it: numerals, dates, widths on screen and paper, comparing, did-you-mean."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

_DIGITS = "零一二三四五六七八九"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
_NUMERALS = f"{_DIGITS}两十百千万亿"
_LONGEST_NUMERAL = 24  # writes every number below 万亿; the bound keeps the recursion shallow on hostile input
# 两 stands for 二 alone and before 百 千 万 亿, never before or after 十.
_LIANG = r"两(?=[百千万亿])|^两$"
# Ambiguous in Unicode ("A"), but full-width in every Chinese font.
_WIDE_MARKS = frozenset("“”‘’…—·")
_CLOSING = frozenset(",.;:!?)]%")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# The traditional forms that an input method set to 繁体 puts into the keys and common words of a draft.
_SIMPLIFIED = str.maketrans(
    "標題機關條項數據單報發號時間負責審簽內圖說備註來統計參與續編構節導語結屬對總個幾開強執實績問認證設會議書記錄態區縣",
    "标题机关条项数据单报发号时间负责审签内图说备注来统计参与续编构节导语结属对总个几开强执实绩问认证设会议书记录态区县",
)


def numeral(n: int) -> str:
    """Return 1..9999 as a Chinese numeral for heading numbers (10 is 十, 105 is 一百零五); ValueError outside."""
    if not 1 <= n <= 9999:
        raise ValueError(f"no heading number: {n}")
    return _spell(n).removeprefix("一") if 10 <= n <= 19 else _spell(n)


def _spell(n: int) -> str:
    for unit, name in _UNITS:
        if n >= unit:
            head, rest = divmod(n, unit)
            gap = "零" if rest < unit // 10 else ""  # a skipped place is said once: 一千零五
            return _spell(head) + name + (gap + _spell(rest) if rest else "")
    return _DIGITS[n]


def parse_numeral(text: str) -> int | None:
    """Return the number a Chinese numeral states (两千三百, 一万二千, 零); None for all else (一百五, 二〇二三)."""
    if not 0 < len(text) <= _LONGEST_NUMERAL or text.strip(_NUMERALS):
        return None
    plain = re.sub(_LIANG, "二", text)
    plain = "一" + plain if plain.startswith("十") else plain
    value = _value(plain)
    # Spelling it back rejects what merely looks like a numeral: 三三, 百, 一百五 (150, not 105).
    return value if value is not None and _spell(value) == plain else None


def _value(text: str) -> int | None:
    for unit, name in _UNITS:
        head, found, tail = text.partition(name)
        if found:
            high, low = _value(head), _value(tail.removeprefix("零")) if tail else 0
            return None if high is None or low is None else high * unit + low
    return _DIGITS.index(text) if len(text) == 1 and text in _DIGITS else None


def format_date(date: datetime.date) -> str:
    """Return the date as 2023年2月1日: Arabic digits, full year, no padding (GB/T 9704-2012 7.3.5.4)."""
    return f"{date.year}年{date.month}月{date.day}日"


def _is_weightless(character: str) -> bool:
    """Whether it takes no place of its own: combining marks, zero-width and other format characters."""
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}


# Characters that print as nothing though they are no format characters: fillers, blank patterns, the stand-in for an
# object that was not pasted with its text.
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc")
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))  # of a glyph's variant


def is_unseen(character: str) -> bool:
    """Whether it shows nothing where it stands, not even the usual gap."""
    if character in FILLERS or _is_weightless(character):
        return True
    return unicodedata.category(character) == "Zs" and character not in " \u3000"


def may_hide(text: str) -> bool:
    """Whether a text may hold what is unseen: a quick look."""
    is_printable = text.replace("\n", "").replace("\u3000", "").isprintable()
    return not (is_printable and FILLERS.isdisjoint(text) and _SELECTORS.isdisjoint(text))


def display_width(text: str) -> int:
    """Return the columns on a terminal: East-Asian W and F and the marks “ ” ‘ ’ … — · count two."""
    return sum(map(_columns, text))


@cache
def _columns(character: str) -> int:
    if character in _WIDE_MARKS:
        return 2
    if _is_weightless(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> float:
    """Return the width on paper in 字: 0.5 for ASCII, half-width forms and Latin letters, 1 for all else that shows."""
    return sum(map(_cell, text))


@cache
def _cell(character: str) -> float:
    if character.isascii() or unicodedata.east_asian_width(character) == "H":
        return 0.5
    if character < "\u0250" and (character.isalpha() or character.isspace()):
        return 0.5
    return 0.0 if _is_weightless(character) else 1.0


def join_lines(before: str, after: str) -> str:
    """Return what replaces a line break inside a paragraph: a blank between Latin words or numbers, else nothing."""
    if not before or not after or not _is_latin(after[0]):
        return ""
    return " " if _is_latin(before[-1]) or before[-1] in _CLOSING else ""


def joined(lines: Iterable[str]) -> str:
    """Return lines joined as a paragraph, the blanks around them left out."""
    text = ""
    for line in (stripped for line in lines if (stripped := line.strip())):
        text += join_lines(text, line) + line
    return text


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def fold(text: str) -> str:
    """Return the text for comparing: U+FF01..FF5E made half-width, white space and format characters dropped.

    White space is what str.isspace says (U+3000, U+00A0, line ends); format characters are Unicode's Cf (zero-width
    blanks and joiners, byte order mark, soft hyphen). All else stays, 。、“”《》 too: NFKC would also make ① 1 and ㎡ m2
    and hide differences that show on paper.
    """
    kept = "".join(text.split())
    if not kept.isprintable():  # format characters are not, and testing each character takes ten times as long
        kept = "".join(c for c in kept if unicodedata.category(c) != "Cf")
    return kept.translate(_HALF_WIDTH)


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known key or name most like the word (the first of equals), None when none is like it."""
    plain = _plain(word)
    scores = {candidate: _likeness(plain, _plain(candidate)) for candidate in known}
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] > 0 else None


@lru_cache(10_000)
def _plain(word: str) -> str:
    return fold(word).translate(_SIMPLIFIED).casefold()


def _likeness(word: str, candidate: str) -> float:
    """Return 0 (unlike) to 1 (same); of two characters one may be wrong, of more than four about one in four."""
    if word == candidate:
        return 1.0
    if len(word) == len(candidate) == 2 and any(a == b for a, b in zip(word, candidate, strict=True)):
        return 0.5
    cutoff = 0.6 if max(len(word), len(candidate)) <= 4 else 0.7
    if 2 * sum(map(word.__contains__, candidate)) < cutoff * (len(word) + len(candidate)):
        return 0.0  # too few characters in common: most names of a long list are told apart by this alone
    if len(word) == len(candidate) and sorted(word) == sorted(candidate):
        return 0.9
    from difflib import SequenceMatcher  # nobody guesses in a good draft

    matcher = SequenceMatcher(None, word, candidate, autojunk=False)
    if matcher.real_quick_ratio() < cutoff or matcher.quick_ratio() < cutoff:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= cutoff else 0.0
