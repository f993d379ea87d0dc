"""`jzreport validate`: proof-reads a year, or single drafts before they are handed in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from jzreport import rules
from jzreport.commands.checking import Checked, check_year
from jzreport.commands.targets import STDIN, Place, check_together, command_line, files_of, is_year
from jzreport.diagnostics import Diagnostic, in_reading_order
from jzreport.display import Outcome
from jzreport.workspace import File, Workspace, in_repository

STDIN_NAME = "标准输入"


def validate(named: Path | None, targets: tuple[str, ...], read_stdin: Callable[[], bytes]) -> Checked:
    """Return the findings of a year of the workspace named (None: that around), or of files (`-`: standard input).

    Files of several years are checked year by year.
    """
    if is_year(targets):
        return check_year(Workspace.find(named), targets[0])
    groups: dict[Place, list[File]] = {place: [file for file, _ in files] for place, files in files_of(targets).items()}
    if STDIN in targets:
        groups.setdefault(next(iter(groups), None), []).append(File(STDIN_NAME, read_stdin()))
    return _together([check_together(named, place, files) for place, files in groups.items()])


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
    checked: Checked,
    named: Path | None,
    targets: tuple[str, ...],
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Outcome:
    """Return what to show: the findings selected, in the order they are read."""
    found = in_reading_order(list(selected(checked.diagnostics, select, ignore)))
    return Outcome(
        tuple(found),
        checked.lines,
        drafts=len(checked.drafts),
        waived=checked.waived,
        is_partial=bool(select or ignore),
        repair="" if STDIN in targets else command_line(named, "fix", targets),  # what was piped in has no place
    )


def for_programs(shown: Outcome, named: Path | None, targets: tuple[str, ...]) -> Outcome:
    """Return what to show with what only programs ask for: paths in the repository and the rules' pages."""
    root = Workspace.find(named).root if is_year(targets) else Path()
    files = {diagnostic.span.file for diagnostic in shown.diagnostics}
    paths = {file: in_repository(root, file) for file in files if file != STDIN_NAME}
    return shown._replace(paths=paths, pages=rules.pages())


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
