"""`jzreport validate --sheets`: writes a feedback sheet for each department."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from jzreport.commands.checking import Checked
from jzreport.disk import file_name, write_all
from jzreport.display import Outcome
from jzreport.display.sheets import Sheet, sheets
from jzreport.workspace import refuse_own


def write_sheets(folder: Path, checked: Checked, shown: Outcome, *, is_whole: bool) -> tuple[Path, ...]:
    """Write a feedback sheet for each department into a folder, all or none."""
    refuse_own(folder)
    made = sheets(checked.report, checked.drafts, shown, is_whole=is_whole)
    return write_all(folder, _named(made))


def _named(made: Iterable[Sheet]) -> Mapping[str, bytes]:
    """Return the sheets by file names that differ on every system."""
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for sheet in made:
        name, number = file_name(sheet.name), 1
        while name.casefold() in taken:
            number += 1
            name = f"{file_name(sheet.name)}-{number}"
        taken.add(name.casefold())
        files[f"{name}.txt"] = sheet.data
    return files
