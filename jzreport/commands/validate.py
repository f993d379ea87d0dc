"""`jzreport validate`: proof-reads a year, or single drafts before they are handed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from jzreport import rules
from jzreport.commands.checking import Checked, check_files, check_year
from jzreport.commands.loading import load_wording, media_of
from jzreport.diagnostics import Diagnostic
from jzreport.disk import WorkspaceError
from jzreport.workspace import File, Workspace, read_file

STDIN = "-"
STDIN_NAME = "标准输入"
_YEAR = re.compile(r"\d{4}", re.ASCII)


def validate(start: Path, targets: tuple[str, ...], read_stdin: Callable[[], bytes]) -> Checked:
    """Return the findings of a year of the workspace around `start`, or of files (`-`: standard input)."""
    if is_year(targets):
        return check_year(Workspace.find(start), targets[0])
    if any(map(_YEAR.fullmatch, targets)):
        raise WorkspaceError("年度要单独写，不能和文件写在一起。")
    paths = [Path(target) for target in targets if target != STDIN]
    files = [read_file(path) for path in paths]
    if STDIN in targets:
        files.append(File(STDIN_NAME, read_stdin()))
    around = next((found for path in paths if (found := Workspace.around(path))), None)
    if around is None:
        return check_files(files, None, load_wording(Workspace(start)))
    workspace, year = around
    return check_files(files, workspace.read_cover(year), load_wording(workspace), media_of(workspace, year))


def is_year(targets: tuple[str, ...]) -> bool:
    """Whether the command line names a year and nothing else."""
    return len(targets) == 1 and _YEAR.fullmatch(targets[0]) is not None


def selected(found: Iterable[Diagnostic], select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """Return the findings whose code begins with one of `select` (none: all) and with none of `ignore`."""
    _check_codes((*select, *ignore))
    return tuple(
        d for d in found if (not select or d.rule.code.startswith(select)) and not d.rule.code.startswith(ignore)
    )


def _check_codes(codes: tuple[str, ...]) -> None:
    for code in codes:
        if not any(each.code.startswith(code) for each in rules.pages()):
            raise WorkspaceError(f"没有“{code}”这条规则。全部规则请看 jzreport rules。")
