"""Text whose characters know where they were typed, through joining, slicing and substitution.

A `Text` is a tuple of runs. The characters of a run either stand side by side on one line of a file, or stand
together for one stretch of it (the value printed in place of a reference), or were typed nowhere (a number that
the program makes). Runs, not objects a character: a report is some hundred runs, however long.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final, NamedTuple

from jzreport.diagnostics import Span


class Run(NamedTuple):
    """Characters and their place; when `exact`, character i stands at column + i of the line."""

    characters: str
    span: Span | None = None
    exact: bool = True
    stands_for: str = ""  # the reference, as typed, in whose place the characters are printed

    def cut(self, start: int, end: int) -> Run:
        """Return the characters from start to end with their own place."""
        if self.span is None or not self.exact:
            return Run(self.characters[start:end], self.span, self.exact, self.stands_for)
        return Run(self.characters[start:end], self.place(start, end))

    def place(self, start: int, end: int) -> Span | None:
        """Return where the characters from start to end were typed."""
        if self.span is None or not self.exact:
            return self.span
        return Span.on_line(self.span.file, self.span.line, self.span.column + start, end - start)


_START: tuple[int, ...] = (0,)


class Text:
    """An immutable string, without line ends; `str()` gives the characters, `span()` where they were typed."""

    __slots__ = ("_starts", "_string", "runs")

    def __init__(self, runs: tuple[Run, ...] = ()) -> None:
        self.runs: Final = runs
        if len(runs) == 1:  # nearly always
            self._string, self._starts = runs[0].characters, _START
        else:
            parts = [run.characters for run in runs]
            self._string = "".join(parts)
            self._starts = tuple(accumulate(map(len, parts), initial=0))  # of each run, and the end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.runs == other.runs

    def __hash__(self) -> int:
        return hash(self.runs)

    def __repr__(self) -> str:
        return f"Text({self.runs!r})"

    @classmethod
    def typed(cls, characters: str, file: str, line: int, column: int) -> Text:
        """Return characters that stand on one line of a file, from that column on."""
        return cls((Run(characters, Span.on_line(file, line, column, len(characters))),))

    @classmethod
    def standing_for(cls, characters: str, span: Span | None, reference: str = "") -> Text:
        """Return characters that were not typed but stand for what was typed at `span` (None: for nothing)."""
        return cls((Run(characters, span, exact=False, stands_for=reference),))

    @classmethod
    def made(cls, characters: str) -> Text:
        """Return characters of the program's own making."""
        return cls((Run(characters),))

    @classmethod
    def join(cls, parts: Iterable[Text]) -> Text:
        """Return the parts one after the other."""
        return cls(tuple(run for part in parts for run in part.runs if run.characters))

    def __str__(self) -> str:
        return self._string

    def __len__(self) -> int:
        return len(self._string)

    def __bool__(self) -> bool:
        return bool(self._string)

    def __add__(self, other: Text) -> Text:
        return Text.join((self, other))

    def __getitem__(self, part: slice) -> Text:
        assert part.step is None, "a text has no every second character"
        start, end, _ = part.indices(len(self))
        return Text(tuple(run.cut(a, b) for run, a, b in self._overlapping(start, end)))

    def span(self, start: int = 0, end: int | None = None) -> Span | None:
        """Return where the characters from start to end were typed, from the first known place to the last."""
        stop = len(self) if end is None else end
        if len(self.runs) == 1 and 0 <= start < stop <= len(self):
            return self.runs[0].place(start, stop)  # nearly always, and a text may have a finding at every character
        places = [place for run, a, b in self._overlapping(start, stop) if (place := run.place(a, b))]
        if not places:
            return next((run.span for run in self.runs if run.span), None)
        return places[0] if len(places) == 1 else places[0].through(places[-1])

    def strip(self) -> Text:
        """Return the text without the blanks (full-width ones too) around it."""
        string = str(self)
        if string and len(string.strip()) == len(string):
            return self  # nearly always; a slice costs ten times as much
        start = len(string) - len(string.lstrip())
        return self[start : max(start, len(string.rstrip()))]

    def _overlapping(self, start: int, end: int) -> Iterator[tuple[Run, int, int]]:
        for n in range(max(bisect_right(self._starts, start) - 1, 0), len(self.runs)):
            run, position = self.runs[n], self._starts[n]
            if position >= end:
                return
            a, b = max(start - position, 0), min(end - position, len(run.characters))
            if a < b:
                yield run, a, b
