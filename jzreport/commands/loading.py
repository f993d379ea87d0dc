"""From files to drafts and an assembled report: what every command begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from jzreport import plain
from jzreport.diagnostics import Diagnostic, Span
from jzreport.disk import WorkspaceError
from jzreport.draft import Draft, files_named, read_draft
from jzreport.encoding import TOO_LARGE, decode
from jzreport.fields import BLANK, UNKNOWN, Problems
from jzreport.keys import DraftKeys, ReportKeys
from jzreport.nodes import Mapping as Entries
from jzreport.nodes import Node
from jzreport.references import Figures, printable
from jzreport.report import Report, assemble, read_report
from jzreport.swallowed import pasted
from jzreport.text import Text
from jzreport.wording import Wording, read_wording
from jzreport.workspace import File, Workspace

if TYPE_CHECKING:
    from jzreport.house import House

T = TypeVar("T")
READING = "R"  # the family of what is found while a file is read
_MAX_MEDIA = 100 << 20  # bytes of a year: nobody can mail a larger document
_MAX_TRIED = 10  # times that a picture or table which cannot be read is looked for: the finding is the same
ReadMedia = Callable[[Text, Problems], bytes | None]


class Loaded:
    """Files as read, and what was found on the way."""

    def __init__(self) -> None:
        self.cover: Report | None = None  # as typed, without drafts
        self.report: Report | None = None  # None: no report.yaml, or one that cannot be used
        self.typed: tuple[Draft, ...] = ()
        self.printed: tuple[Draft, ...] = ()  # references resolved, pictures and tables read
        self.figures: Figures = {}  # of all the drafts, by name
        self.problems: Problems = []
        self.lines: dict[str, list[str]] = {}
        self.is_whole = True  # False: some file could not be read

    @property
    def lossy(self) -> frozenset[str]:
        """The files of which something typed was left out, since an error stands in its way."""
        return frozenset(
            problem.span.file
            for problem in self.problems
            if problem.is_error and (problem.rule is UNKNOWN or problem.rule.code.startswith(READING))
        )

    @property
    def is_filled(self) -> bool:
        """Whether no draft holds a place that is still to be filled in."""
        drafts = {draft.file for draft in self.typed}
        return not any(problem.rule is BLANK and problem.span.file in drafts for problem in self.problems)


class Opened(NamedTuple):
    """A file as YAML: its root (None when it cannot be read), its lines (None: it is no text), what was found in it."""

    root: Node | None
    lines: list[str] | None
    problems: Problems


def opened(file: File) -> Opened:
    """Return a file as YAML."""
    problems: Problems = []
    source = decode(file.data, file.name, problems)
    if source is None:
        return Opened(None, None, problems)
    root = plain.read(source)
    if root is None:
        from jzreport.source import parse  # imports the YAML library

        root = parse(source, problems)
    return Opened(root, source.lines, problems)


def load(
    cover: File | None,
    drafts: Iterable[File],
    read_media: ReadMedia,
    folder: str = "",
    previous: Report | None = None,
    already: Mapping[str, Opened] | None = None,
) -> Loaded:
    """Return what files hold; one broken file hides no finding in another.

    `folder` is what media lie in, `previous` last year's report, whose figures this year's are compared with; files
    that were opened `already`, by name, are not read again.
    """
    loaded, known = Loaded(), already or {}
    root = _taken(cover, loaded, known) if cover else None
    report = loaded.cover = read_report(root, loaded.problems) if root else None
    typed = []
    for file in drafts:
        node = _taken(file, loaded, known, is_draft=True)
        draft = read_draft(node, loaded.problems) if node else None
        if draft:
            typed.append(draft)
        loaded.is_whole = loaded.is_whole and draft is not None
    loaded.typed = tuple(typed)
    media = _read_media(loaded, read_media)
    before = previous.figures if previous else None
    loaded.printed, loaded.figures = printable(loaded.typed, media, folder, loaded.problems, before)
    loaded.report = assemble(report, loaded.printed, loaded.figures, loaded.problems) if report else None
    return loaded


def load_year(
    workspace: Workspace,
    year: str,
    instead: Mapping[str, File] | None = None,
    previous: Report | None = None,
) -> Loaded:
    """Return a year's report with all its drafts; files named in `instead` are taken from there, not from the disk."""
    unreadable: Problems = []
    cover, drafts = workspace.read_year(year, unreadable)
    if instead:
        cover = instead.get(cover.name, cover) if cover else None
        drafts = tuple(instead.get(draft.name, draft) for draft in drafts)
    loaded = load(cover, drafts, media_of(workspace, year), f"data/{year}/", previous)
    loaded.is_whole = loaded.is_whole and not unreadable
    loaded.problems[:0] = unreadable
    loaded.problems.extend(workspace.unread(year, {str(name) for d in loaded.typed for name in files_named(d)}))
    return loaded


def load_previous(workspace: Workspace, year: str) -> Report | None:
    """Return the report of the year before, None when there is none or its report.yaml cannot be used."""
    last = str(int(year) - 1)
    return load_year(workspace, last).report if last in workspace.years() else None


def media_of(workspace: Workspace, year: str) -> ReadMedia:
    """Return what reads the pictures and tables that a year's drafts name."""
    return lambda name, problems: workspace.read_media(year, str(name), name.span() or Span(""), problems)


def load_house(workspace: Workspace) -> House:
    """Return the house style; a style.yaml that cannot be used is an error of the workspace."""
    return _house(workspace.template("style.yaml"))


def load_wording(workspace: Workspace) -> Wording:
    """Return the office's word lists; a wording.yaml that cannot be used is an error of the workspace."""
    return _wording(workspace.template("wording.yaml"))


@lru_cache(maxsize=1)  # workspaces built in one call mostly have the same
def _house(file: File) -> House:
    from jzreport.house import read_house  # a validation has no use for it

    house = _read_template(file, read_house)
    assert house is not None, "a style.yaml without findings is complete"
    return house


@lru_cache(maxsize=1)
def _wording(file: File) -> Wording:
    wording = _read_template(file, read_wording)
    assert wording is not None, "it always gives lists, if empty ones"
    return wording


def is_cover(root: Node | None) -> bool:
    """Whether a file is a report.yaml and no draft, whatever its name."""
    keys = {str(entry.key) for entry in root.entries} if isinstance(root, Entries) else set()
    is_draft = keys & {DraftKeys.node_key.key, DraftKeys.department.key}
    return not is_draft and bool(keys & {ReportKeys.structure.key, ReportKeys.year.key})


def _read_template(file: File, read: Callable[[Node, Problems], T]) -> T | None:
    root, _, problems = opened(file)
    made = read(root, problems) if root else None
    if errors := [diagnostic for diagnostic in problems if diagnostic.is_error]:
        raise WorkspaceError(f"{errors[0].span}: {errors[0].message}{errors[0].hint}")
    return made


def _taken(file: File, loaded: Loaded, already: Mapping[str, Opened], *, is_draft: bool = False) -> Node | None:
    read = already.get(file.name) or opened(file)
    if is_draft and read.lines is not None and not isinstance(read.root, Entries):
        alone = pasted(file.name, read.root, read.lines, read.problems)
        read = read if alone is None else Opened(None, read.lines, alone)
    loaded.problems.extend(read.problems)
    if read.lines is not None:
        loaded.lines[file.name] = read.lines
    return read.root


def _read_media(loaded: Loaded, read_media: ReadMedia) -> Mapping[str, bytes]:
    files: dict[str, bytes] = {}
    tried, size = Counter[str](), 0
    for name in (name for draft in loaded.typed for name in files_named(draft)):
        tried[str(name)] += 1
        if str(name) in files or tried[str(name)] > _MAX_TRIED:
            continue
        if (data := read_media(name, loaded.problems)) is not None:
            size += len(data)
            if size > _MAX_MEDIA:
                message = f"图片和表格的文件合起来超过 {_MAX_MEDIA >> 20} MB，从这里起都没有读。"
                hint = "请把图片缩小后再用；同一个文件请用同一种写法。"
                loaded.problems.append(Diagnostic(TOO_LARGE, name.span() or Span(""), message, hint))
                break
            files[str(name)] = data
    return files


def in_doubt(problem: Diagnostic) -> Diagnostic:
    """Return a finding that something is missing, which may stand in a draft nobody could read."""
    return problem._replace(hint=f"{problem.hint}也可能与没读出来的来稿有关，请先改好那份来稿。")
