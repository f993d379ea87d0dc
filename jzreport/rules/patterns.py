"""Regular expressions that are compiled only when a text holds what they look for.

Compiling all the rules' expressions takes longer than everything else in a run, and most of them find nothing in most
reports. Looking for a short string takes a hundredth of looking for an expression, too; looking for a thousand of them
in each of ten thousand passages takes longer than all else again, so that they are looked up in the whole text first.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from operator import add

from jzreport.chinese import may_hide

# A letter, numeral or Han character beyond Latin-1. As a range of code points it would be meant more exactly and take
# fifty times as long to compile.
HAN = r"[^\W\x00-\xff]"


class Pattern:
    """A regular expression with its seeds: one of them stands in whatever it matches (none: it is always tried).

    A test holds the seeds of every pattern against all examples.
    """

    __slots__ = ("_compiled", "expression", "flags", "seeds")

    def __init__(self, expression: str, *seeds: str, flags: int = 0) -> None:
        self.expression = expression
        self.seeds = seeds
        self.flags = flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The expression, compiled at the first use."""
        if self._compiled is None:
            self._compiled = re.compile(self.expression, self.flags)
        return self._compiled

    def may_match(self, string: str) -> bool:
        """Whether the string holds a seed."""
        for seed in self.seeds:  # no generator: this is asked some ten thousand times
            if seed in string:
                return True
        return not self.seeds

    def finditer(self, string: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches from `start` to `end`."""
        return self.compiled.finditer(string, start, end) if self.may_match(string[start:end]) else iter(())

    def search(self, string: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match from `start` to `end`."""
        return self.compiled.search(string, start, end) if self.may_match(string[start:end]) else None

    def match(self, string: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that begins at `start` and ends at `end` at the latest.

        In the midst of a long string looking for the seeds would take longer than trying.
        """
        return self.compiled.match(string, start, end) if start or self.may_match(string) else None

    def fullmatch(self, string: str) -> re.Match[str] | None:
        """Return the match of the whole string."""
        return self.compiled.fullmatch(string) if self.may_match(string) else None

    def sub(self, replacement: str | Callable[[re.Match[str]], str], string: str) -> str:
        """Return the string with every match replaced."""
        return self.compiled.sub(replacement, string) if self.may_match(string) else string


class Pieces:
    """A long text, read once for all the short strings that will be sought in it.

    It holds few pairs of characters, however long: two that stand nowhere side by side rule out most strings.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.may_hide = may_hide(text)  # what nobody sees
        self._pairs = frozenset(map(add, text, text[1:]))
        self._characters = frozenset(text[:1] + "".join(self._pairs))

    def hold(self, words: str) -> bool:
        """Whether the words stand in the text."""
        if len(words) < 2:
            return words in self._characters
        ends_stand = words[:2] in self._pairs and words[-2:] in self._pairs
        return ends_stand and (len(words) == 2 or words in self._text)
