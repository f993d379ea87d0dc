"""`jzreport build`: the Word file and the plain text of a year's report, or its review copy."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jzreport.commands.checking import Checked, check_year
from jzreport.commands.loading import load_house
from jzreport.compose import compose
from jzreport.disk import file_name, write_all
from jzreport.document import OfficialDocument
from jzreport.house import House
from jzreport.render import text
from jzreport.report import NO_DRAFT, UNREAD
from jzreport.workspace import Workspace, refuse_own


class Built(NamedTuple):
    """What was read, and the files written (none when there are errors)."""

    checked: Checked
    paths: tuple[Path, ...] = ()


def build(
    workspace: Workspace,
    year: str,
    output: Path | None = None,
    created: datetime.datetime | None = None,
    *,
    is_review: bool = False,
) -> Built:
    """Build the report of a year into `output` (default: output/<year> of the workspace), or only its review copy.

    Nothing is written when any finding is an error. `created` replaces the document's date in the file's properties.
    """
    if output:
        refuse_own(output)
    house = load_house(workspace)
    checked = check_year(workspace, year)
    if checked.report is None or any(diagnostic.is_error for diagnostic in checked.diagnostics):
        return Built(checked)
    document = compose(checked.report, house)
    files = print_review_copy(document, checked, house, created) if is_review else print_files(document, house, created)
    return Built(checked, write_all(output or workspace.root / "output" / year, files))


def gaps(checked: Checked) -> str:
    """Return in brackets what the document lacks, for nobody to miss it among the reminders; nothing when all is there."""
    count = Counter(diagnostic.rule for diagnostic in checked.diagnostics)
    told = [f"{count[NO_DRAFT]} 节没有来稿"] if count[NO_DRAFT] else []
    told += [f"{count[UNREAD]} 个文件没有读"] if count[UNREAD] else []
    return f"（{'，'.join(told)}，请看上面的提醒）" if told else ""


def print_files(
    document: OfficialDocument, house: House, created: datetime.datetime | None = None
) -> Mapping[str, bytes]:
    """Return the files of a document by name, both named after its title."""
    from jzreport.render import word  # a year with errors never needs it

    name = file_name(document.name)
    return {f"{name}.docx": word.render(document, house, created), f"{name}.txt": text.render(document).encode()}


def print_review_copy(
    document: OfficialDocument, checked: Checked, house: House, created: datetime.datetime | None = None
) -> Mapping[str, bytes]:
    """Return the review copy by a name that is never that of the final file."""
    from jzreport.render import word
    from jzreport.review import review_copy

    assert checked.report is not None, "a document was composed from it"
    noted = review_copy(document, checked.report, checked.diagnostics)
    return {f"{file_name(document.name)}（送审稿）.docx": word.render(noted, house, created)}
