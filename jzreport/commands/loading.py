"""From files to drafts and an assembled report: what every command begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from jzreport import plain
from jzreport.diagnostics import Diagnostic, Span
from jzreport.disk import WorkspaceError
from jzreport.draft import Draft, files_named, read_draft
from jzreport.encoding import decode
from jzreport.fields import Problems
from jzreport.keys import DraftKeys, ReportKeys
from jzreport.nodes import Mapping as Entries
from jzreport.nodes import Node
from jzreport.references import Figures, printable
from jzreport.report import Report, assemble, read_report
from jzreport.text import Text
from jzreport.wording import Wording, read_wording
from jzreport.workspace import File, Workspace

if TYPE_CHECKING:
    from jzreport.house import House

T = TypeVar("T")
ReadMedia = Callable[[Text, Problems], bytes | None]


class Loaded:
    """Files as read, and what was found on the way."""

    def __init__(self) -> None:
        self.report: Report | None = None  # None: no report.yaml, or one that cannot be used
        self.typed: tuple[Draft, ...] = ()
        self.printed: tuple[Draft, ...] = ()  # references resolved, pictures and tables read
        self.figures: Figures = {}  # of all the drafts, by name
        self.problems: Problems = []
        self.lines: dict[str, list[str]] = {}
        self.is_whole = True  # False: some file could not be read


def load(cover: File | None, drafts: Iterable[File], read_media: ReadMedia, folder: str = "") -> Loaded:
    """Return what files hold; one broken file hides no finding in another. `folder` is what media lie in."""
    loaded = Loaded()
    root = _read_yaml(cover, loaded) if cover else None
    report = read_report(root, loaded.problems) if root else None
    typed = []
    for file in drafts:
        node = _read_yaml(file, loaded)
        draft = read_draft(node, loaded.problems) if node else None
        if draft:
            typed.append(draft)
        loaded.is_whole = loaded.is_whole and draft is not None
    loaded.typed = tuple(typed)
    media = _read_media(loaded, read_media)
    loaded.printed, loaded.figures = printable(loaded.typed, media, folder, loaded.problems)
    loaded.report = assemble(report, loaded.printed, loaded.figures, loaded.problems) if report else None
    return loaded


def load_year(workspace: Workspace, year: str, instead: Mapping[str, File] | None = None) -> Loaded:
    """Return a year's report with all its drafts; files named in `instead` are taken from there, not from the disk."""
    unreadable: Problems = []
    cover, drafts = workspace.read_year(year, unreadable)
    if instead:
        cover = instead.get(cover.name, cover) if cover else None
        drafts = tuple(instead.get(draft.name, draft) for draft in drafts)
    loaded = load(cover, drafts, media_of(workspace, year), f"data/{year}/")
    loaded.is_whole = loaded.is_whole and not unreadable
    loaded.problems[:0] = unreadable
    loaded.problems.extend(workspace.unread(year, {str(name) for d in loaded.typed for name in files_named(d)}))
    return loaded


def media_of(workspace: Workspace, year: str) -> ReadMedia:
    """Return what reads the pictures and tables that a year's drafts name."""
    return lambda name, problems: workspace.read_media(year, str(name), name.span() or Span(""), problems)


def load_house(workspace: Workspace) -> House:
    """Return the house style; a style.yaml that cannot be used is an error of the workspace."""
    from jzreport.house import read_house  # a validation has no use for it

    house = _load_template(workspace, "style.yaml", read_house)
    assert house is not None, "a style.yaml without findings is complete"
    return house


def load_wording(workspace: Workspace) -> Wording:
    """Return the office's word lists; a wording.yaml that cannot be used is an error of the workspace."""
    wording = _load_template(workspace, "wording.yaml", read_wording)
    assert wording is not None, "it always gives lists, if empty ones"
    return wording


def is_cover(file: File) -> bool:
    """Whether a file is a report.yaml and no draft, whatever its name."""
    loaded = Loaded()
    root = _read_yaml(file, loaded)
    keys = {str(entry.key) for entry in root.entries} if isinstance(root, Entries) else set()
    is_draft = keys & {DraftKeys.node_key.key, DraftKeys.department.key}
    return not is_draft and bool(keys & {ReportKeys.structure.key, ReportKeys.year.key})


def _load_template(workspace: Workspace, name: str, read: Callable[[Node, Problems], T]) -> T | None:
    loaded = Loaded()
    root = _read_yaml(workspace.template(name), loaded)
    made = read(root, loaded.problems) if root else None
    if errors := [diagnostic for diagnostic in loaded.problems if diagnostic.is_error]:
        raise WorkspaceError(f"{errors[0].span}: {errors[0].message}{errors[0].hint}")
    return made


def _read_yaml(file: File, loaded: Loaded) -> Node | None:
    source = decode(file.data, file.name, loaded.problems)
    if source is None:
        return None
    loaded.lines[file.name] = source.lines
    if root := plain.read(source):
        return root
    from jzreport.source import parse  # imports the YAML library

    return parse(source, loaded.problems)


def _read_media(loaded: Loaded, read_media: ReadMedia) -> Mapping[str, bytes]:
    files: dict[str, bytes] = {}
    for name in (name for draft in loaded.typed for name in files_named(draft)):
        if str(name) not in files and (data := read_media(name, loaded.problems)) is not None:
            files[str(name)] = data
    return files


def in_doubt(problem: Diagnostic) -> Diagnostic:
    """Return a finding that something is missing, which may stand in a draft nobody could read."""
    return problem._replace(hint=f"{problem.hint}也可能与没读出来的来稿有关，请先改好那份来稿。")
