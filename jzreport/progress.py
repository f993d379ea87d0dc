"""How far a year's report has come: who has handed in, what is still to be filled in, which promises are answered."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from jzreport.diagnostics import Diagnostic
from jzreport.draft import Draft, Item
from jzreport.fields import BLANK
from jzreport.report import Node, Report


class State(Enum):
    """How far a draft has come."""

    MISSING = "没有交"
    UNREAD = "读不出来"
    UNTOUCHED = "没有动"
    PARTLY = "没有填完"
    FILLED = "已填完"


class Row(NamedTuple):
    """What one department owes one section; `file` is empty while it has not handed in anything."""

    node_key: str
    section: str
    department: str
    file: str
    state: State
    blanks: int = 0
    errors: int = 0  # without the blanks
    warnings: int = 0
    is_late: bool = False

    @property
    def is_done(self) -> bool:
        """Whether nothing more is awaited."""
        return self.state is State.FILLED and not self.errors


class Progress(NamedTuple):
    """All rows, in the order printed; what is wrong with report.yaml itself; the promises by their answers."""

    year: int
    deadline: datetime.date | None
    today: datetime.date
    rows: tuple[Row, ...]
    cover: Row
    promises: Mapping[str, int]  # by answer; "": none was given yet

    @property
    def is_complete(self) -> bool:
        """Whether the report can be built and every promise is answered."""
        return all(row.is_done for row in (*self.rows, self.cover)) and not self.promises.get("")

    def count(self, state: State) -> int:
        """Return how many drafts have come so far."""
        return sum(row.state is state for row in self.rows)


def progress(report: Report, drafts: Iterable[Draft], found: Iterable[Diagnostic], today: datetime.date) -> Progress:
    """Return how far a report has come; `drafts` are all that could be read, `found` what was found in all files."""
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        by_file.setdefault(diagnostic.span.file, []).append(diagnostic)
    cover = report.root.span.file
    read = tuple(drafts)
    rows = [*_of_nodes(report, read, by_file), *_elsewhere(report, read, by_file)]
    files = {draft.file for draft in read}
    unread = [file for file, each in by_file.items() if file not in (*files, cover) and any(d.is_error for d in each)]
    rows += [_counted(Row("", "", "", file, State.UNREAD), by_file) for file in unread if file.endswith(".yaml")]
    late = tuple(row._replace(is_late=_is_late(row, read, report.deadline, today)) for row in rows)
    return Progress(
        year=report.year,
        deadline=report.deadline,
        today=today,
        rows=late,
        cover=_counted(Row("", "", "", cover, State.FILLED), by_file),
        promises=Counter(promise.answer for promise in report.promises),
    )


def _of_nodes(report: Report, drafts: tuple[Draft, ...], found: Mapping[str, list[Diagnostic]]) -> Iterator[Row]:
    """Yield a row for each draft of each node, then for each department that has still to hand one in."""
    for node in report.nodes():
        written = [draft for draft in drafts if str(draft.node_key) == node.key]
        for draft in sorted(written, key=lambda draft: (_rank(node, draft), draft.file)):
            yield _row(draft, _section(node), found)
        there = {str(draft.department) for draft in written}
        for department in _awaited(node, there):
            yield Row(node.key, _section(node), department, "", State.MISSING)


def _elsewhere(report: Report, drafts: tuple[Draft, ...], found: Mapping[str, list[Diagnostic]]) -> Iterator[Row]:
    """Yield a row for each draft whose section there is not."""
    keys = {node.key for node in report.nodes()}
    for draft in drafts:
        if str(draft.node_key) not in keys:
            yield _row(draft, str(draft.node_key), found)


def _awaited(node: Node, there: set[str]) -> Iterator[str]:
    """Yield the departments without which a section is not whole: supporting ones often write through the lead."""
    if node.children:
        return
    if not node.departments and not there:
        yield ""
    for department in node.departments:
        if department not in there and (department == node.lead_department or not there):
            yield department


def _row(draft: Draft, section: str, found: Mapping[str, list[Diagnostic]]) -> Row:
    row = _counted(Row(str(draft.node_key), section, str(draft.department), draft.file, State.FILLED), found)
    if not row.blanks:
        return row
    return row._replace(state=State.PARTLY if _has_begun(draft) else State.UNTOUCHED)


def _counted(row: Row, found: Mapping[str, list[Diagnostic]]) -> Row:
    here = found.get(row.file, ())
    blanks = sum(each.rule is BLANK for each in here)
    errors = sum(each.is_error for each in here) - blanks
    return row._replace(blanks=blanks, errors=errors, warnings=len(here) - errors - blanks)


def _has_begun(parent: Draft | Item) -> bool:
    """Whether any text or figure was filled in."""
    figures = isinstance(parent, Draft) and any(str(figure.value) for figure in parent.figures)
    return bool(parent.body) or figures or any(_has_begun(item) for item in parent.items)


def _is_late(row: Row, drafts: Iterable[Draft], deadline: datetime.date | None, today: datetime.date) -> bool:
    """Whether a draft was dated after the deadline, or is not filled in when it has passed."""
    if deadline is None:
        return False
    handed_in = next((draft.date for draft in drafts if draft.file == row.file), None)
    if row.state is State.FILLED:
        return handed_in is not None and handed_in > deadline
    return today > deadline


def _rank(node: Node, draft: Draft) -> int:
    department = str(draft.department)
    return node.departments.index(department) if department in node.departments else len(node.departments)


def _section(node: Node) -> str:
    return str(node.title or node.key)
