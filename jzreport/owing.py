"""Who owes what: the department of each file, and the sections departments have still to write for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from jzreport.draft import Draft, files_named
from jzreport.keys import DraftKeys, ReportKeys
from jzreport.report import Node, Report


def owners_of(
    report: Report | None, drafts: Sequence[Draft], files: Iterable[str], lines: Mapping[str, Sequence[str]]
) -> Mapping[str, str]:
    """Return the department of each draft and of each of the files, as far as it can be known.

    It is that of the draft, or of the draft that names the table or picture; of a file that could not be read the one
    that its name, or its line 填报单位, tells.
    """
    owners = {draft.file: str(draft.department) for draft in drafts}
    foreseen = dict.fromkeys(name for node in (report.nodes() if report else ()) for name in node.departments)
    for file in set(files) - set(owners):
        naming = naming_draft(file, drafts)
        department = str(naming.department) if naming else None
        if department is None and not file.endswith(ReportKeys.what):
            department = _told_by(file, lines.get(file, ()), foreseen)
        if department is not None:
            owners[file] = department
    return owners


def naming_draft(file: str, drafts: Iterable[Draft]) -> Draft | None:
    """Return the draft that names a table or picture."""
    named = ((f"/{name}", draft) for draft in drafts for name in files_named(draft))
    return next((draft for name, draft in named if f"/{file}".endswith(name)), None)


def _told_by(file: str, lines: Sequence[str], departments: Collection[str]) -> str | None:
    """Return the department that a file's name or its line 填报单位 tells (the longest: 市司法局 is not 市司法局某某分局)."""
    base = file.rpartition("/")[2]
    own = next((line for line in lines if DraftKeys.department.key in line), "")
    told = [name for name in departments if name in base or name in own]
    return max(told, key=len, default=None)


def awaited_of(report: Report, drafts: Iterable[Draft], owners: Mapping[str, str]) -> Mapping[str, list[Node]]:
    """Return by department the sections it has still to write for.

    Of one that has handed in something, these are only the sections that have nothing at all: departments often write
    together. One that named a section there is none of, or whose draft could not be read, is asked for nothing: the
    finding about that says enough.
    """
    nodes = {node.key: node for node in report.nodes()}
    read = {draft.file for draft in drafts}
    strayed = {str(draft.department) for draft in drafts if str(draft.node_key) not in nodes}
    strayed |= {department for file, department in owners.items() if file not in read}
    present = {str(draft.department) for draft in drafts}
    awaited: dict[str, list[Node]] = {}
    for node in (node for node in nodes.values() if not node.children):
        for department in node.departments:
            if department not in strayed and not (node.drafts and department in present):
                awaited.setdefault(department, []).append(node)
    return awaited
