"""`jzreport compare`: the figures of two years side by side."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from jzreport.commands.loading import load_year
from jzreport.comparison import Pair, Year, compare
from jzreport.disk import WorkspaceError, write_all
from jzreport.workspace import Workspace, refuse_own


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


def write_table(path: Path, lines: list[str], end: str) -> Path:
    """Write a table into a file, in the place of an older one."""
    refuse_own(path)
    if path.is_dir() or not path.name:
        raise WorkspaceError(f"“{path}”是文件夹，请写上文件名，例如“对照.csv”。")
    # What is not Unicode in a file's name is escaped, as on the screen.
    (written,) = write_all(path.parent, {path.name: end.join((*lines, "")).encode(errors="backslashreplace")})
    return written
