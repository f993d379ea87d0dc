"""`jzreport compare`: the figures of two years side by side."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from jzreport.commands.loading import load_year
from jzreport.comparison import Pair, Year, compare
from jzreport.disk import WorkspaceError, write_all
from jzreport.workspace import Workspace


class Compared(NamedTuple):
    """The figures of two years, and of which of them some files could not be read."""

    pairs: tuple[Pair, ...]
    unread: tuple[str, ...]


def compare_years(workspace: Workspace, before: str, after: str) -> Compared:
    """Return the figures of two years side by side."""
    if before == after:
        raise WorkspaceError("请写两个不同的年度，例如：jzreport compare 2022 2023")
    loaded = {year: load_year(workspace, year) for year in (before, after)}
    years = (Year(int(year), each.figures, each.typed) for year, each in loaded.items())
    return Compared(compare(*years), tuple(year for year, each in loaded.items() if not each.is_whole))


def write_table(path: Path, lines: list[str]) -> Path:
    """Write a table into a file, in the place of an older one, as Windows programs expect it."""
    (written,) = write_all(path.parent, {path.name: "\r\n".join((*lines, "")).encode()})
    return written
