"""`jzreport validate`: proof-reads a year, or single drafts before they are handed in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from jzreport import rules
from jzreport.commands.checking import Checked, check_files, check_year
from jzreport.commands.loading import load_wording, media_of
from jzreport.diagnostics import Diagnostic, in_reading_order
from jzreport.disk import WorkspaceError
from jzreport.display import Outcome
from jzreport.workspace import File, Workspace, in_repository, read_file

STDIN = "-"
STDIN_NAME = "标准输入"
_NAMED = 3  # files the command line of a repair is told with

Place = tuple[Workspace, str] | None  # the workspace and year a file belongs to


def validate(start: Path, targets: tuple[str, ...], read_stdin: Callable[[], bytes]) -> Checked:
    """Return the findings of a year of the workspace around `start`, or of files (`-`: standard input).

    Files of several years are checked year by year.
    """
    if is_year(targets):
        return check_year(Workspace.find(start), targets[0])
    if any(map(_is_year, targets)):
        raise WorkspaceError("年度要单独写，不能和文件或别的年度写在一起。")
    groups: dict[Place, list[File]] = {}
    for path in {path.resolve(): path for path in map(Path, targets) if str(path) != STDIN}.values():
        file = read_file(path)
        groups.setdefault(Workspace.around(path), []).append(file)
    if STDIN in targets:
        groups.setdefault(next(iter(groups), None), []).append(File(STDIN_NAME, read_stdin()))
    return _together([_check(start, place, files) for place, files in groups.items()])


def is_year(targets: tuple[str, ...]) -> bool:
    """Whether the command line names a year and nothing else."""
    return len(targets) == 1 and _is_year(targets[0])


def _is_year(target: str) -> bool:
    return len(target) == 4 and target.isascii() and target.isdecimal()


def selected(found: Iterable[Diagnostic], select: Collection[str], ignore: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return the findings whose code begins with one of `select` (none: all) and with none of `ignore`."""
    if not (select or ignore):
        return tuple(found)
    from jzreport.commands.rules import beginnings  # needs the pages of all rules

    chosen, left_out = beginnings(select), beginnings(ignore)
    return tuple(
        each
        for each in found
        if (not chosen or each.rule.code.startswith(chosen)) and not each.rule.code.startswith(left_out)
    )


def outcome(
    checked: Checked, targets: tuple[str, ...], select: Collection[str] = (), ignore: Collection[str] = ()
) -> Outcome:
    """Return what to show: the findings selected, in the order they are read."""
    found = in_reading_order(list(selected(checked.diagnostics, select, ignore)))
    return Outcome(
        tuple(found),
        checked.lines,
        drafts=len(checked.drafts),
        waived=checked.waived,
        is_partial=bool(select or ignore),
        repair=_repair(targets),
    )


def for_programs(shown: Outcome, start: Path, targets: tuple[str, ...]) -> Outcome:
    """Return what to show with what only programs ask for: paths in the repository and the rules' pages."""
    root = Workspace.find(start).root if is_year(targets) else Path()
    files = {diagnostic.span.file for diagnostic in shown.diagnostics}
    paths = {file: in_repository(root, file) for file in files if file != STDIN_NAME}
    return shown._replace(paths=paths, pages=rules.pages())


def _repair(targets: tuple[str, ...]) -> str:
    """Return the command line that repairs the same files; empty for standard input, which cannot be written."""
    if STDIN in targets:
        return ""
    names = [f'"{target}"' if " " in target else target for target in targets]
    return f"jzreport fix {' '.join(names) if len(names) <= _NAMED else '文件名'}"


def _check(start: Path, place: Place, files: list[File]) -> Checked:
    if place is None:
        return check_files(files, None, load_wording(Workspace(start)))
    workspace, year = place
    return check_files(files, workspace.read_cover(year), load_wording(workspace), media_of(workspace, year))


def _together(parts: list[Checked]) -> Checked:
    """Return what was found in several years' files as one; of several reports there is none to name."""
    if len(parts) == 1:
        return parts[0]
    return Checked(
        None,
        tuple(diagnostic for part in parts for diagnostic in part.diagnostics),
        {file: lines for part in parts for file, lines in part.lines.items()},
        tuple(draft for part in parts for draft in part.drafts),
        "".join(dict.fromkeys(part.note for part in parts)),
        sum(part.waived for part in parts),
    )
