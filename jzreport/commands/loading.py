"""From a year's folder to an assembled report and all findings: what every command begins with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from jzreport.diagnostics import Diagnostic, Span
from jzreport.draft import Draft, files_named, read_draft
from jzreport.encoding import decode
from jzreport.house import House, read_house
from jzreport.nodes import Node
from jzreport.references import UNDEFINED, printable
from jzreport.report import NO_DRAFT, Report, assemble, read_report
from jzreport.source import parse
from jzreport.workspace import UNREAD, File, Workspace, WorkspaceError


class Year(NamedTuple):
    """A year as read: the report (None when its report.yaml cannot be used), every finding, every file's lines."""

    report: Report | None
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, list[str]]


def load_year(workspace: Workspace, year: str) -> Year:
    """Return the report of a year with all its drafts; one broken file hides no finding in another."""
    problems: list[Diagnostic] = []
    lines: dict[str, list[str]] = {}
    cover, rest = workspace.read_year(year, problems)
    is_whole = not problems  # every file could be opened
    root = _read_yaml(cover, problems, lines) if cover else None
    report = read_report(root, problems) if root else None
    nodes = (_read_yaml(file, problems, lines) for file in rest)
    typed = tuple(draft for node in nodes if node and (draft := read_draft(node, problems)))
    files = _read_media(workspace, year, typed, problems)
    drafts, figures = printable(typed, files, f"data/{year}/", problems)
    if report:
        report = assemble(report, drafts, figures, problems)
    problems.extend(workspace.unread(year, {str(name) for draft in typed for name in files_named(draft)}))
    if not is_whole or len(typed) < len(rest):
        problems = [_in_doubt(problem) for problem in problems]
    return Year(report, tuple(problems), lines)


def load_house(workspace: Workspace) -> House:
    """Return the house style; a style.yaml that cannot be used is an error of the workspace."""
    problems: list[Diagnostic] = []
    root = _read_yaml(workspace.template("style.yaml"), problems, {})
    house = read_house(root, problems) if root else None
    errors = [diagnostic for diagnostic in problems if diagnostic.is_error]
    if errors or house is None:
        first = errors[0]
        raise WorkspaceError(f"{first.span}: {first.message}{first.hint}")
    return house


def _in_doubt(problem: Diagnostic) -> Diagnostic:
    """Return the finding; one that says something is missing adds that it may stand in a draft nobody could read."""
    if problem.rule not in (UNDEFINED, NO_DRAFT, UNREAD):
        return problem
    return problem._replace(hint=f"{problem.hint}也可能与没读出来的来稿有关，请先改好那份来稿。")


def _read_yaml(file: File, problems: list[Diagnostic], lines: dict[str, list[str]]) -> Node | None:
    source = decode(file.data, file.name, problems)
    if source is None:
        return None
    lines[file.name] = source.lines
    return parse(source, problems)


def _read_media(
    workspace: Workspace, year: str, drafts: tuple[Draft, ...], problems: list[Diagnostic]
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name in (name for draft in drafts for name in files_named(draft)):
        if str(name) not in files:
            data = workspace.read_media(year, str(name), name.span() or Span(""), problems)
            if data is not None:
                files[str(name)] = data
    return files
