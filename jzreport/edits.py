"""Edits made in a file as it was typed: only their characters change, every other byte stays.

Comments, indents, line ends, byte order mark and encoding are no concern of an edit and are never written anew.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from typing import NamedTuple

from jzreport.diagnostics import Edit, Span
from jzreport.encoding import FORBIDDEN, codec_of
from jzreport.text import Text

_LINE_END = re.compile("(\r\n|\r|\n)")
_NO_PART_OF_A_LINE = re.compile(f"\n|{FORBIDDEN}")
_CONTEXT = 3  # lines around a change in a diff
_NO_END = "\\ 文件末尾没有换行"  # what follows the backslash is free

Line = tuple[str, int]  # a file and the number of a line of it


class Raw(NamedTuple):
    """A file's text as it stands: lines and their ends apart, and how it is written in bytes."""

    mark: bytes
    codec: str
    lines: Sequence[str]
    ends: Sequence[str]  # one less than lines

    @classmethod
    def of(cls, data: bytes) -> Raw | None:
        """Return the text of a file, None when it could not be written back byte for byte."""
        mark, codec = codec_of(data)
        try:
            parts = _LINE_END.split(data[len(mark) :].decode(codec))
            raw = cls(mark, codec, parts[::2], parts[1::2])
            return raw if raw.encoded() == data else None
        except UnicodeError:
            return None

    def encoded(self) -> bytes:
        """Return the bytes of the file."""
        pairs = zip(self.lines, (*self.ends, ""), strict=True)
        return self.mark + "".join(part for pair in pairs for part in pair).encode(self.codec)

    def holds(self, edit: Edit) -> bool:
        """Whether what an edit replaces stands in its place, and what it puts there may stand on a line."""
        span = edit.span
        if not 0 < span.line == span.end_line <= len(self.lines) or not edit.old or span.column < 1:
            return False
        there = self.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        return there == edit.old != edit.new and not _NO_PART_OF_A_LINE.search(edit.new)


class Edits:
    """Edits by the line they stand on, in the order of their places; none overlaps another."""

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        self._on: dict[Line, list[Edit]] = {}
        for edit in sorted(edits):
            self._on.setdefault(edit.span[:2], []).append(edit)

    def made_in(self, file: str, raw: Raw) -> bytes:
        """Return a file with the edits made."""
        lines = list(raw.lines)
        for name, number in self._on:
            if name == file:
                lines[number - 1] = self.made(lines[number - 1], Span.on_line(file, number, 1, 0))
        return raw._replace(lines=lines).encoded()

    def made(self, characters: str, span: Span) -> str:
        """Return characters that stand from the start of a span on with the edits made.

        What an edit puts there stands where it begins: of two stretches it covers the second only loses.
        """
        edits, start, position, parts = self._on.get(span[:2], []), span.column, span.column, list[str]()
        for edit in edits[_before(edits, start) :]:
            if edit.span.column >= start + len(characters):
                break
            parts.append(characters[position - start : max(edit.span.column - start, 0)])
            parts.append(edit.new if edit.span.column >= start else "")
            position = edit.span.end_column
        return "".join((*parts, characters[position - start :]))

    def made_to(self, text: Text) -> str:
        """Return what a text becomes; what was not typed, or was typed in another way, stays."""
        return "".join(
            self.made(run.characters, run.span) if run.exact and run.span else run.characters for run in text.runs
        )

    def moved(self, span: Span) -> tuple[str, int, int]:
        """Return file, line and column where a span begins once the edits are made."""
        edits = self._on.get(span[:2])
        if not edits:
            return span[:3]
        n = _before(edits, span.column)
        is_inside = n < len(edits) and edits[n].span.column < span.column
        column = edits[n].span.column if is_inside else span.column
        return span.file, span.line, column + self._growth[span[:2]][n]

    def touches(self, span: Span) -> bool:
        """Whether a span of the edited file holds or adjoins what an edit put there."""
        return any(
            (span.line, span.column) <= (number, column + len(edit.new)) and (number, column) <= span[3:]
            for number in range(span.line, span.end_line + 1)
            for edit, column in self._put((span.file, number))
        )

    def _put(self, line: Line) -> Iterator[tuple[Edit, int]]:
        """Yield the edits of a line, and where what they put there stands once all are made."""
        edits = self._on.get(line, ())
        yield from (
            (edit, edit.span.column + grown) for edit, grown in zip(edits, self._growth.get(line, ()), strict=False)
        )

    @cached_property
    def _growth(self) -> Mapping[Line, Sequence[int]]:
        """By how much the first n edits of a line lengthen it."""
        sizes = {line: (len(edit.new) - len(edit.old) for edit in edits) for line, edits in self._on.items()}
        return {line: list(accumulate(grown, initial=0)) for line, grown in sizes.items()}


def _before(edits: Sequence[Edit], column: int) -> int:
    """Return how many edits of a line end at or before a column."""
    return bisect_right(edits, column, key=lambda edit: edit.span.end_column)


def difference(file: str, before: Raw, after: Raw) -> Iterator[str]:
    """Yield a unified diff of a file without and with edits: their lines stand across from each other."""
    pairs = list(zip(_shown(before), _shown(after), strict=True))
    changed = [n for n, (old, new) in enumerate(pairs) if old != new]
    if changed:
        yield from (f"--- {file}", f"+++ {file}")
    for first, last in _hunks(changed, len(pairs)):
        yield f"@@ -{first + 1},{last - first} +{first + 1},{last - first} @@"
        for is_same, part in groupby(pairs[first:last], lambda pair: pair[0] == pair[1]):
            old, new = zip(*part, strict=True)
            signed = [f"{' ' if is_same else '-'}{line}" for line in old]
            signed += [f"+{line}" for line in new if not is_same]
            yield from (part for line in signed for part in line.split("\n"))


def _shown(raw: Raw) -> list[str]:
    """Return the lines as a diff shows them; behind the last line end stands no line."""
    last = raw.lines[-1]
    return [*raw.lines[:-1], *([f"{last}\n{_NO_END}"] if last else [])]


def _hunks(changed: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of lines (from 0, the last exclusive) that show the changed ones and some around them."""
    hunk: tuple[int, int] | None = None
    for n in changed:
        first, last = max(n - _CONTEXT, 0), min(n + _CONTEXT + 1, count)
        if hunk and first > hunk[1]:
            yield hunk
            hunk = None
        hunk = (hunk[0] if hunk else first, last)
    if hunk:
        yield hunk
