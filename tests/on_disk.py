"""A workspace on disk: the small good one, copied to where a test may spoil it, and what stands below a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

SMALL = Path(__file__).parent / "workspaces" / "small"


def small_workspace(folder: Path, *, has_last_year: bool = False) -> Path:
    """Return a copy of the small workspace in a folder, last year's report (去年) among its years or beside them."""
    desk = folder / "工作区"
    shutil.copytree(SMALL, desk)
    if has_last_year:
        (desk / "去年").rename(desk / "data" / "2021")
    return desk


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its name from there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
