"""Columns on a terminal, aligned as Chinese text is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from jzreport.chinese import display_width
from jzreport.display.listing import as_line, safe

_GAP = "  "
_WIDEST = 60  # columns of a cell: one name out of all measure must not push the others off the screen


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> Iterator[str]:
    """Yield a line for each row, safe to print; the columns numbered in `right` (from 0) are set to the right."""
    told = [[_brief(safe(cell)) for cell in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*told, strict=True)]
    for row in told:
        cells = (_padded(cell, width, n in right) for n, (cell, width) in enumerate(zip(row, widths, strict=True)))
        yield as_line(_GAP.join(cells).rstrip())


def _brief(cell: str) -> str:
    while display_width(cell) > _WIDEST:
        cell = f"{cell[: len(cell) * 3 // 4]}…"
    return cell


def _padded(cell: str, width: int, right: bool) -> str:
    blanks = " " * (width - display_width(cell))
    return blanks + cell if right else cell + blanks
