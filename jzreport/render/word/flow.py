"""How far down the paper the text has come: an estimate, made without a renderer.

It decides on which side the 版记 goes (7.4: at the foot of the last side), which no Word setting can say.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from jzreport.chinese import cells
from jzreport.render.gbt9704 import CELLS

_NEVER_FIRST = "，。、；：？！）》〉」』】〕”’％…—·,;:?!)"
_NEVER_LAST = "（《〈「『【〔“‘("
_HANGING = frozenset("，。、；：！？")
# Digits and Latin words stay together, marks with their word (禁则); any other character may end a line. Most do: what
# stands in the first group is so many pieces of one cell each (beyond Latin-1; a range of Han characters would take
# three times as long to compile).
_WORD = r"[0-9A-Za-z.%+\-]"
_PIECES = re.compile(
    rf"([^\W\x00-\xff]+(?![{_NEVER_FIRST}.%]))|([{_NEVER_LAST}]*(?:{_WORD}+|.)(?:[{_NEVER_FIRST}]|[.%]{_WORD}*)*)",
    re.DOTALL,
)


@dataclass(slots=True)
class Flow:
    """The page reached and the height used on it, in twips; `height` is that of the type area."""

    height: int
    line: int
    page: int = 1
    used: int = 0
    last: int = 0  # the height of the last paragraph or row

    def text(self, characters: str, first_line: float = 0, width: float = CELLS) -> None:
        """Account for a paragraph of body text."""
        count = count_lines(characters, first_line, width)
        self.lines(count)
        self.last = count * self.line

    def lines(self, count: int = 1) -> None:
        """Account for lines of the usual pitch, which may fall on several pages."""
        for _ in range(count):
            self.block(self.line)

    def block(self, height: int) -> None:
        """Account for something that a page break cannot part."""
        if self.used + height > self.height and self.used:
            self.new_page()
        self.used += min(height, self.height)

    def hold_last(self) -> None:
        """Account for the last paragraph going to the next page as a whole, as LibreOffice moves one that is held."""
        if self.last < self.used:
            self.new_page()
            self.used = self.last

    def new_page(self) -> None:
        """Account for a page break."""
        self.page += 1
        self.used = 0

    @property
    def left(self) -> int:
        """What is left of the page."""
        return self.height - self.used


def count_lines(text: str, first_line: float = 0, width: float = CELLS) -> int:
    """Return how many lines a paragraph takes; `first_line` and `width` in cells. A mark may hang over the edge."""
    used, lines = first_line, 1
    for characters, piece in _PIECES.findall(text):
        if characters:
            added, used = _fill(len(characters), used, int(width), int(width - used))
            lines += added
            continue
        size = cells(piece)
        if used + size > width and not (piece[-1] in _HANGING and used + size - 1 <= width) and used > 0:
            lines += 1
            used = 0
        lines += math.ceil(size / width) - 1 if size > width + 1 else 0
        used += size % width if size > width + 1 else size
    return lines


def _fill(count: int, used: float, width: int, room: int) -> tuple[int, float]:
    """Return the lines added by so many characters of one cell, and what is used of the last one."""
    rest = count - max(room, 0)
    return (0, used + count) if rest <= 0 else (math.ceil(rest / width), (rest - 1) % width + 1)
