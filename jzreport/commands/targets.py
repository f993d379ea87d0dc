"""What a command line names: a year of the workspace, or files, those of one year together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from jzreport.commands.checking import Checked, check_files
from jzreport.commands.loading import load_previous, load_wording, media_of
from jzreport.disk import WorkspaceError
from jzreport.display import as_argument
from jzreport.workspace import File, Workspace, read_file

STDIN = "-"
_A_FILE = "文件名"
_REPEATED = 3  # files that another command line is told with

Place = tuple[Workspace, str] | None  # the workspace and year a file belongs to


def is_year(targets: Sequence[str]) -> bool:
    """Whether the command line names a year and nothing else."""
    return len(targets) == 1 and _is_year(targets[0])


def files_of(targets: Iterable[str]) -> Mapping[Place, list[tuple[File, Path]]]:
    """Return the files named by the year they belong to, each once; standard input is left to the command."""
    if any(map(_is_year, targets)):
        raise WorkspaceError("年度要单独写，不能和文件或别的年度写在一起。")
    groups: dict[Place, list[tuple[File, Path]]] = {}
    read = ((read_file(path), path) for path in map(Path, targets) if str(path) != STDIN)  # refuses links in a circle
    for file, path in {path.resolve(): (file, path) for file, path in read}.values():
        groups.setdefault(Workspace.around(path), []).append((file, path))
    return groups


def command_line(named: Path | None, verb: str, targets: Sequence[str]) -> str:
    """Return the command line that does something else with the same year or files."""
    if is_year(targets):
        return Workspace.find(named).command(f"{verb} {targets[0]}")
    names = [as_argument(target, _A_FILE) for target in targets]
    is_told = len(names) <= _REPEATED and _A_FILE not in names
    return f"jzreport {verb} {' '.join(names) if is_told else _A_FILE}"


def check_together(named: Path | None, place: Place, files: Iterable[File]) -> Checked:
    """Return the findings of single files, with the report.yaml, pictures and word lists of the year they belong to."""
    if place is None:
        return check_files(files, None, load_wording(Workspace(named or Path())))
    workspace, year = place
    wording, previous = load_wording(workspace), load_previous(workspace, year)
    return check_files(files, workspace.read_cover(year), wording, media_of(workspace, year), previous)


def _is_year(target: str) -> bool:
    return len(target) == 4 and target.isascii() and target.isdecimal()
