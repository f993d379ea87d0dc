"""What `validate` and `build` find: everything reading said, what the rules say, what is waived left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from jzreport import rules
from jzreport.commands.loading import (
    READING,
    Loaded,
    ReadMedia,
    in_doubt,
    is_cover,
    load,
    load_previous,
    load_wording,
    load_year,
    opened,
)
from jzreport.diagnostics import Diagnostic, Span
from jzreport.disk import WorkspaceError
from jzreport.draft import Draft
from jzreport.encoding import misnamed
from jzreport.fields import Problems
from jzreport.references import NO_PREVIOUS, UNDEFINED, undefined_name
from jzreport.report import NO_DRAFT, UNREAD, Node, Report
from jzreport.rules.base import Context
from jzreport.text import Text
from jzreport.waivers import UNUSED, waived
from jzreport.wording import Wording
from jzreport.workspace import File, Workspace

_SHOWN = 2  # characters at each end of what is private

ABOUT_WHAT_IS_MISSING = (UNDEFINED, NO_DRAFT)


class Checked(NamedTuple):
    """What was read and found; `report` is None when its report.yaml cannot be used or was not at hand."""

    report: Report | None
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, list[str]]
    drafts: tuple[Draft, ...] = ()
    note: str = ""  # what could not be checked, and why; one line
    waived: int = 0  # findings that waivers cover


def check_year(workspace: Workspace, year: str, instead: Mapping[str, File] | None = None) -> Checked:
    """Return a year's report and all findings; last year's data are looked at when there are any.

    Files named in `instead` are taken from there, not from the disk.
    """
    previous = load_previous(workspace, year)
    loaded = load_year(workspace, year, instead, previous)
    checked = examine(loaded, load_wording(workspace), previous)
    note, last = "", str(int(year) - 1)
    if last in workspace.years() and previous is None:
        note = f"data/{last}/report.yaml 读不出来，没有与{last}年的报告比较。"
    unasked = f"{_count_unasked()} 条要看整本报告的规则没有查；"
    if not loaded.is_whole:
        doubtful = (*ABOUT_WHAT_IS_MISSING, UNREAD)
        found = tuple(in_doubt(d) if d.rule in doubtful else d for d in checked.diagnostics)
        return checked._replace(diagnostics=found, note=f"有文件没有读出来，{unasked}改好以后请再校对一次。{note}")
    if loaded.lossy:
        note = f"有的内容没有读进来，{unasked}改好以后请再校对一次。{note}"
    elif not loaded.is_filled:
        note = f"来稿里还有没填的地方，{unasked}填好以后请再校对一次。{note}"
    return checked._replace(note=note)


def check_files(
    files: Iterable[File],
    cover: File | None,
    wording: Wording,
    read_media: ReadMedia | None = None,
    previous: Report | None = None,
) -> Checked:
    """Return the findings of single files, as a department runs it before handing in.

    `cover` is the report.yaml of the year they belong to, read for its structure and not checked itself; `previous` is
    last year's report. What needs drafts that are not at hand is left out and named in the note.
    """
    named = {file.name: file for file in files}
    read = {name: opened(file) for name, file in named.items()}
    covers = [file for name, file in named.items() if is_cover(read[name].root)]
    if len(covers) > 1:
        raise WorkspaceError(
            f"一次只能查一份 report.yaml，这里有{len(covers)}份：{'、'.join(c.name for c in covers)}。"
        )
    drafts = [file for file in named.values() if file not in covers]
    loaded = load(covers[0] if covers else cover, drafts, read_media or _no_media, previous=previous, already=read)
    loaded.is_whole = False
    loaded.problems.extend(slip for file in drafts if (slip := misnamed(file.name)))
    checked = examine(loaded, wording, previous)
    not_asked = cover.name if cover and not covers else None
    asked = tuple(d for d in checked.diagnostics if d.span.file != not_asked)
    found = tuple(d for d in asked if not (_may_be_elsewhere(d) or (cover is None and d.rule is NO_PREVIOUS)))
    absent = dict.fromkeys(undefined_name(d) for d in asked if d.rule is UNDEFINED and _may_be_elsewhere(d))
    return checked._replace(diagnostics=found, note=_note(absent, loaded.report))


def examine(loaded: Loaded, wording: Wording, previous: Report | None) -> Checked:
    """Return what was read and all that reading and the rules find in it.

    Of a paragraph that could not be read as it was meant the rules say nothing: mended, it will be another one.
    """
    report = loaded.report or Report(0, "", (), (), Node("", None, Span("report.yaml")), figures=loaded.figures)
    has_all = loaded.is_whole and report.year > 0
    is_whole = has_all and loaded.is_filled and not loaded.lossy
    context = Context(report, wording, loaded.printed, loaded.typed, previous, is_whole, has_all)
    misread = _misread(loaded, context)
    found = tuple(d for d in rules.findings(context) if not misread or d.span[:2] not in misread)
    kept = waived(found, context, loaded.lines, rules.asked(context))
    if loaded.lossy:  # what a waiver is for may stand in what was left out
        kept = [d for d in kept if d.rule is not UNUSED or d.span.file not in loaded.lossy]
    read = {report.root.span.file, *(draft.file for draft in loaded.typed)}
    told = (d if d.span.file in read else d._replace(edits=()) for d in (*loaded.problems, *kept))
    count = len(set(found).difference(kept)) if tuple(kept) != found else 0
    return Checked(loaded.report, tuple(told), _masked(loaded.lines, found), loaded.typed, waived=count)


def _misread(loaded: Loaded, context: Context) -> set[tuple[str, int]]:
    """Return the lines of the paragraphs in which reading found an error."""
    lines = {d.span[:2] for d in loaded.problems if d.is_error and d.rule.code.startswith(READING)}
    for span in (passage.span() for passage in context.typed_passages if lines):
        paragraph = {(span.file, number) for number in range(span.line, span.end_line + 1)}
        lines |= paragraph if not paragraph.isdisjoint(lines) else set()
    return lines


def _masked(lines: Mapping[str, list[str]], found: Iterable[Diagnostic]) -> Mapping[str, list[str]]:
    """Return the lines as they may be shown to anyone: of what is private only the ends.

    Those of a table's file are not among them.
    """
    shown = {file: list(typed) for file, typed in lines.items()}
    private = (d.span for d in found if d.rule.is_private and d.span.file in shown)
    for span in (span for span in private if span.line == span.end_line > 0):
        line = shown[span.file][span.line - 1]
        start, end = span.column - 1 + _SHOWN, span.end_column - 1 - _SHOWN
        shown[span.file][span.line - 1] = line[:start] + "*" * (end - start) + line[max(start, end) :]
    return shown


def _no_media(name: Text, problems: Problems) -> bytes | None:
    return None


def _may_be_elsewhere(finding: Diagnostic) -> bool:
    """Whether a finding says that something is missing which may stand in drafts that are not at hand.

    A name without a figure that is like one at hand is a slip; one that is like none may be another draft's.
    """
    return finding.rule is NO_DRAFT or (finding.rule is UNDEFINED and not finding.related)


def _note(absent: Iterable[str], report: Report | None) -> str:
    """Return what single drafts could not be checked for; `absent` are the references to figures not at hand."""
    note = f"单独检查来稿时，有 {_count_unasked()} 条要看整本报告的规则没有查（jzreport validate 年度 时会查）。"
    if report is None:
        note += "没有找到 report.yaml，“章节”和“填报单位”是否填对、有没有上年的数也没有查。"
    if names := "、".join(absent):
        note += f"这些指标不在手头的来稿里，请确认由别的来稿填报：{names}。"
    return note


def _count_unasked() -> int:
    return sum(each.needs_whole for each in rules.RULES)
