"""`jzreport validate`: proof-reads a year, or single drafts before they are handed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from jzreport import rules
from jzreport.commands.checking import Checked, check_files, check_year
from jzreport.commands.loading import load_wording, media_of
from jzreport.commands.rules import beginnings
from jzreport.diagnostics import Diagnostic, in_reading_order
from jzreport.disk import WorkspaceError, file_name, write_all
from jzreport.display import Outcome, Sheet, sheets
from jzreport.workspace import File, Workspace, in_repository, read_file

STDIN = "-"
STDIN_NAME = "标准输入"
_NAMED = 3  # files the command line of a repair is told with
_YEAR = re.compile(r"\d{4}", re.ASCII)

Place = tuple[Workspace, str] | None  # the workspace and year a file belongs to


def validate(start: Path, targets: tuple[str, ...], read_stdin: Callable[[], bytes]) -> Checked:
    """Return the findings of a year of the workspace around `start`, or of files (`-`: standard input).

    Files of several years are checked year by year.
    """
    if is_year(targets):
        return check_year(Workspace.find(start), targets[0])
    if any(map(_YEAR.fullmatch, targets)):
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
    return len(targets) == 1 and _YEAR.fullmatch(targets[0]) is not None


def selected(found: Iterable[Diagnostic], select: Iterable[str], ignore: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Return the findings whose code begins with one of `select` (none: all) and with none of `ignore`."""
    chosen, left_out = beginnings(select), beginnings(ignore)
    return tuple(
        each
        for each in found
        if (not chosen or each.rule.code.startswith(chosen)) and not each.rule.code.startswith(left_out)
    )


def outcome(checked: Checked, targets: tuple[str, ...], select: Iterable[str], ignore: Iterable[str]) -> Outcome:
    """Return what to show: the findings selected, in the order they are read."""
    found = in_reading_order(list(selected(checked.diagnostics, select, ignore)))
    return Outcome(tuple(found), checked.lines, len(checked.drafts), _repair(targets))


def for_programs(shown: Outcome, start: Path, targets: tuple[str, ...]) -> Outcome:
    """Return what to show with what only programs ask for: paths in the repository and the rules' pages."""
    root = Workspace.find(start).root if is_year(targets) else Path()
    files = {diagnostic.span.file for diagnostic in shown.diagnostics}
    paths = {file: in_repository(root, file) for file in files if file != STDIN_NAME}
    return shown._replace(paths=paths, pages=rules.pages())


def write_sheets(folder: Path, checked: Checked, shown: Outcome, *, is_whole: bool) -> tuple[Path, ...]:
    """Write a feedback sheet for each department into a folder, all or none."""
    made = sheets(checked.report, checked.drafts, shown, is_whole=is_whole)
    return write_all(folder, _named(made))


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
    )


def _named(made: Iterable[Sheet]) -> Mapping[str, bytes]:
    """Return the sheets by file names that differ on every system."""
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for sheet in made:
        name, number = file_name(sheet.name), 1
        while name.casefold() in taken:
            number += 1
            name = f"{file_name(sheet.name)}-{number}"
        taken.add(name.casefold())
        files[f"{name}.txt"] = sheet.data
    return files
