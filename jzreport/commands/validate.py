"""`jzreport validate`: proof-reads a year, or single drafts before they are handed in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from jzreport import rules
from jzreport.commands.checking import Checked, check_year
from jzreport.commands.targets import STDIN, Place, check_together, files_of, is_year
from jzreport.diagnostics import Diagnostic, in_reading_order
from jzreport.display import Outcome, as_argument
from jzreport.workspace import File, Workspace, in_repository

STDIN_NAME = "标准输入"
_NAMED = 3  # files the command line of a repair is told with


def validate(start: Path, targets: tuple[str, ...], read_stdin: Callable[[], bytes]) -> Checked:
    """Return the findings of a year of the workspace around `start`, or of files (`-`: standard input).

    Files of several years are checked year by year.
    """
    if is_year(targets):
        return check_year(Workspace.find(start), targets[0])
    groups: dict[Place, list[File]] = {place: [file for file, _ in named] for place, named in files_of(targets).items()}
    if STDIN in targets:
        groups.setdefault(next(iter(groups), None), []).append(File(STDIN_NAME, read_stdin()))
    return _together([check_together(start, place, files) for place, files in groups.items()])


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
    names = map(as_argument, targets)
    return f"jzreport fix {' '.join(names) if len(targets) <= _NAMED else '文件名'}"


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
