"""Tables on a terminal, their columns aligned as Chinese text is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from jzreport.chinese import display_width

_GAP = "  "


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> Iterator[str]:
    """Yield a line for each row; the columns numbered in `right` (from 0) are set to the right, as numbers are."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (_padded(cell, width, n in right) for n, (cell, width) in enumerate(zip(row, widths, strict=True)))
        yield _GAP.join(cells).rstrip()


def _padded(cell: str, width: int, right: bool) -> str:
    blanks = " " * (width - display_width(cell))
    return blanks + cell if right else cell + blanks
