"""What `validate` and `build` find: everything reading said, what the rules say, what is waived left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from jzreport import rules
from jzreport.commands.loading import Loaded, ReadMedia, in_doubt, is_cover, load, load_wording, load_year
from jzreport.diagnostics import Diagnostic, Span
from jzreport.draft import Draft
from jzreport.fields import Problems
from jzreport.references import UNDEFINED
from jzreport.report import NO_DRAFT, UNREAD, Node, Report
from jzreport.rules.base import Context
from jzreport.text import Text
from jzreport.waivers import waived
from jzreport.wording import Wording
from jzreport.workspace import File, Workspace

ABOUT_WHAT_IS_MISSING = (UNDEFINED, NO_DRAFT)


class Checked(NamedTuple):
    """What was read and found; `report` is None when its report.yaml cannot be used or was not at hand."""

    report: Report | None
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, list[str]]
    drafts: tuple[Draft, ...] = ()
    note: str = ""  # what could not be checked, and why; one line


def check_year(workspace: Workspace, year: str, instead: Mapping[str, File] | None = None) -> Checked:
    """Return a year's report and all findings; last year's data are looked at when there are any.

    Files named in `instead` are taken from there, not from the disk.
    """
    loaded = load_year(workspace, year, instead)
    last = str(int(year) - 1)
    previous = load_year(workspace, last).report if last in workspace.years() else None
    checked = examine(loaded, load_wording(workspace), previous)
    if loaded.is_whole:
        return checked
    doubtful = (*ABOUT_WHAT_IS_MISSING, UNREAD)
    return checked._replace(diagnostics=tuple(in_doubt(d) if d.rule in doubtful else d for d in checked.diagnostics))


def check_files(
    files: Iterable[File], cover: File | None, wording: Wording, read_media: ReadMedia | None = None
) -> Checked:
    """Return the findings of single files, as a department runs it before handing in.

    `cover` is the report.yaml of the year they belong to, read for its structure and not checked itself. What needs
    drafts that are not at hand is left out and named in the note.
    """
    named = {file.name: file for file in files}
    covers = [file for file in named.values() if is_cover(file)]
    drafts = [file for file in named.values() if file not in covers]
    loaded = load(covers[0] if covers else cover, drafts, read_media or _no_media)
    loaded.is_whole = False
    checked = examine(loaded, wording, None)
    not_asked = cover.name if cover and not covers else None
    asked = tuple(d for d in checked.diagnostics if d.span.file != not_asked)
    found = tuple(d for d in asked if not _may_be_elsewhere(d))
    absent = dict.fromkeys(_typed_at(d.span, loaded) for d in asked if d.rule is UNDEFINED and _may_be_elsewhere(d))
    return checked._replace(diagnostics=found, note=_note(absent, loaded.report))


def examine(loaded: Loaded, wording: Wording, previous: Report | None) -> Checked:
    """Return what was read and all that reading and the rules find in it."""
    report = loaded.report or Report(0, "", (), (), Node("", None, Span("report.yaml")), figures=loaded.figures)
    context = Context(report, wording, loaded.printed, loaded.typed, previous, loaded.is_whole and report.year > 0)
    found = waived(tuple(rules.findings(context)), context, loaded.lines, rules.asked(context))
    return Checked(loaded.report, (*loaded.problems, *found), loaded.lines, loaded.typed)


def _no_media(name: Text, problems: Problems) -> bytes | None:
    return None


def _may_be_elsewhere(finding: Diagnostic) -> bool:
    """Whether a finding says that something is missing which may stand in drafts that are not at hand.

    A name without a figure that is like one at hand is a slip; one that is like none may be another draft's.
    """
    return finding.rule is NO_DRAFT or (finding.rule is UNDEFINED and not finding.related)


def _typed_at(span: Span, loaded: Loaded) -> str:
    return loaded.lines[span.file][span.line - 1][span.column - 1 : span.end_column - 1]


def _note(absent: Iterable[str], report: Report | None) -> str:
    """Return what single drafts could not be checked for; `absent` are the references to figures not at hand."""
    left_out = "、".join(each.rule.code for each in rules.RULES if each.needs_whole)
    note = f"单独检查来稿，看整本报告才能查的没有查：{left_out}。"
    if report is None:
        note += "没有找到 report.yaml，“章节”和“填报单位”是否填对也没有查。"
    if names := "、".join(absent):
        note += f"这些指标不在手头的来稿里，请确认由别的来稿填报：{names}。"
    return note
