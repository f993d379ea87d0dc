"""How far a year's report has come: who has handed in, what is still to be filled in, which promises are answered."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from jzreport.diagnostics import Diagnostic
from jzreport.draft import Draft, Item
from jzreport.encoding import MISNAMED
from jzreport.fields import BLANK
from jzreport.owing import awaited_of, naming_draft, owners_of
from jzreport.report import UNREAD, Report


class State(Enum):
    """How far a draft has come."""

    MISSING = "没有交"
    THROUGH_LEAD = "没有单独交"  # a supporting department whose section has text: it may have written through the lead
    UNREAD = "读不出来"
    UNTOUCHED = "没有动"
    PARTLY = "没有填完"
    FILLED = "已填完"


_ENOUGH = (State.FILLED, State.THROUGH_LEAD)


class Counts(NamedTuple):
    """What was found: places still to be filled in, other errors, reminders."""

    blanks: int = 0
    errors: int = 0
    warnings: int = 0


class Row(NamedTuple):
    """What one department owes one section; `file` is empty while it has not handed in anything."""

    node_key: str
    section: str
    department: str
    file: str
    state: State
    counts: Counts = Counts()
    is_late: bool = False


class Progress(NamedTuple):
    """All rows, in the order printed; what is wrong in no draft; the promises by their answers."""

    year: int
    deadline: datetime.date | None
    today: datetime.date
    rows: tuple[Row, ...]
    cover: Counts  # of report.yaml and whatever belongs to no draft
    promises: Mapping[str, int]  # by answer; "": none was given yet
    unread: tuple[str, ...]  # files that nothing was read from
    is_complete: bool  # the report can be built, all is handed in, every promise is answered

    def count(self, state: State) -> int:
        """Return how many rows are in a state."""
        return sum(row.state is state for row in self.rows)


def progress(
    report: Report,
    drafts: Sequence[Draft],
    found: Sequence[Diagnostic],
    lines: Mapping[str, Sequence[str]],
    today: datetime.date,
) -> Progress:
    """Return how far a report has come.

    `drafts` are all that could be read, `found` is what was found in all files, `lines` what is typed in them.
    """
    by_file = _by_file(drafts, found, report.root.span.file)
    rows = tuple(_with_lateness(row, drafts, report.deadline, today) for row in _rows(report, drafts, by_file, lines))
    of_drafts = {row.file for row in rows}
    promises = Counter(promise.answer for promise in report.promises)
    return Progress(
        year=report.year,
        deadline=report.deadline,
        today=today,
        rows=rows,
        cover=_counts([each for file, here in by_file.items() if file not in of_drafts for each in here]),
        promises=promises,
        unread=tuple(diagnostic.span.file for diagnostic in found if diagnostic.rule is UNREAD),
        is_complete=all(row.state in _ENOUGH for row in rows)
        and not any(diagnostic.is_error for diagnostic in found)
        and not promises[""],
    )


def _by_file(drafts: Sequence[Draft], found: Iterable[Diagnostic], cover: str) -> Mapping[str, list[Diagnostic]]:
    """Return what was found by file, that of a table or picture with the draft that names it."""
    files = {draft.file for draft in drafts} | {cover}
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        file = diagnostic.span.file
        naming = None if file in files else naming_draft(file, drafts)
        by_file.setdefault(naming.file if naming else file, []).append(diagnostic)
    return by_file


def _rows(
    report: Report,
    drafts: Sequence[Draft],
    by_file: Mapping[str, list[Diagnostic]],
    lines: Mapping[str, Sequence[str]],
) -> Iterator[Row]:
    """Yield the drafts of each node and who has still to write for it; then those of no node, and what nobody can read."""
    owners = owners_of(report, drafts, by_file, lines)
    awaited = {name: {node.key for node in nodes} for name, nodes in awaited_of(report, drafts, owners).items()}
    keys = set()
    for node in report.nodes():
        keys.add(node.key)
        written = sorted((d for d in drafts if str(d.node_key) == node.key), key=node.order)
        yield from (_row(draft, node.name, by_file) for draft in written)
        departments = [name for name in node.departments if node.key in awaited.get(name, ())]
        if not (written or node.departments or node.children):
            departments = [""]
        for department in departments:
            is_lead = department == node.lead_department
            state = State.MISSING if is_lead or not written else State.THROUGH_LEAD
            yield Row(node.key, node.name, department, "", state)
    yield from (_row(draft, str(draft.node_key), by_file) for draft in drafts if str(draft.node_key) not in keys)
    known = {draft.file for draft in drafts} | {report.root.span.file}
    for file, here in by_file.items():
        is_draft = file.lower().endswith(".yaml") or any(diagnostic.rule is MISNAMED for diagnostic in here)
        if file not in known and is_draft and any(diagnostic.is_error for diagnostic in here):
            yield Row("", "", owners.get(file, ""), file, State.UNREAD, _counts(here))


def _row(draft: Draft, section: str, by_file: Mapping[str, list[Diagnostic]]) -> Row:
    counts = _counts(by_file.get(draft.file, ()))
    state = State.FILLED
    if counts.blanks:
        state = State.PARTLY if _has_begun(draft) else State.UNTOUCHED
    return Row(str(draft.node_key), section, str(draft.department), draft.file, state, counts)


def _counts(found: Iterable[Diagnostic]) -> Counts:
    here = tuple(found)
    blanks = sum(each.rule is BLANK for each in here)
    errors = sum(each.is_error for each in here)
    return Counts(blanks, errors - blanks, len(here) - errors)


def _has_begun(parent: Draft | Item) -> bool:
    """Whether any text or figure was filled in."""
    figures = isinstance(parent, Draft) and any(str(figure.value) for figure in parent.figures)
    return bool(parent.body) or figures or any(_has_begun(item) for item in parent.items)


def _with_lateness(row: Row, drafts: Iterable[Draft], deadline: datetime.date | None, today: datetime.date) -> Row:
    """Return a row that is late when its draft was dated after the deadline, or is not filled in after it."""
    if deadline is None:
        return row
    handed_in = next((draft.date for draft in drafts if draft.file == row.file), None)
    is_late = today > deadline
    if row.state in _ENOUGH:
        is_late = handed_in is not None and handed_in > deadline
    return row._replace(is_late=is_late)
