"""`jzreport fix`: makes the safe repairs that findings carry, in the drafts and the report.yaml themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jzreport.commands.checking import check_year
from jzreport.commands.targets import STDIN, Place, check_together, command_line, files_of, is_year
from jzreport.diagnostics import Diagnostic
from jzreport.disk import WorkspaceError, rewrite_all
from jzreport.display import safe
from jzreport.edits import Raw, difference
from jzreport.fields import Problems
from jzreport.repair import Check, Files, Repaired, repaired
from jzreport.workspace import File, Workspace


class Fixed(NamedTuple):
    """What to show: a unified diff; what was done and what is left to a person."""

    diff: tuple[str, ...]
    told: tuple[str, ...]


class _Pile(NamedTuple):
    """Files that are checked together, where they stand, and those that could not be read."""

    files: Files
    paths: Mapping[str, Path]
    check: Check
    unread: tuple[str, ...] = ()


_Done = Sequence[tuple[_Pile, Repaired]]


def fix(named: Path | None, targets: tuple[str, ...], *, writes: bool = True) -> Fixed:
    """Repair a year of the workspace named (None: that around), or files; unless it `writes`, only say what would be done.

    All files are written or none, and none that has changed since it was read.
    """
    piles = (_year(Workspace.find(named), targets[0]),) if is_year(targets) else _piles(named, targets)
    done = [(pile, repaired(pile.files, pile.check)) for pile in piles]
    pairs = [(pile.paths[name], (pile.files[name], new)) for pile, made in done for name, new in made.files.items()]
    if writes and pairs:
        rewrite_all(dict(pairs))
    return Fixed(
        tuple(_diff(done)), (*_per_file(done, writes), *_left(done, command_line(named, "validate", targets), writes))
    )


def _year(workspace: Workspace, year: str) -> _Pile:
    problems: Problems = []
    cover, drafts = workspace.read_year(year, problems)
    files = {file.name: file.data for file in (cover, *drafts) if file}

    def check(now: Files) -> tuple[Diagnostic, ...]:
        return check_year(workspace, year, {name: File(name, data) for name, data in now.items()}).diagnostics

    paths = {name: workspace.root / name for name in files}
    return _Pile(files, paths, check, tuple(problem.span.file for problem in problems))


def _piles(named: Path | None, targets: Iterable[str]) -> Iterator[_Pile]:
    """Yield the files named, those of one year together."""
    if STDIN in targets:
        raise WorkspaceError("“-”（标准输入）改好了没有地方写，请写文件名。")
    yield from [_files(named, place, files) for place, files in files_of(targets).items()]


def _files(named: Path | None, place: Place, files: Sequence[tuple[File, Path]]) -> _Pile:
    def check(now: Files) -> tuple[Diagnostic, ...]:
        return check_together(named, place, (File(name, data) for name, data in now.items())).diagnostics

    return _Pile({file.name: file.data for file, _ in files}, {file.name: path for file, path in files}, check)


def _diff(done: _Done) -> Iterator[str]:
    for pile, made in done:
        for name, data in made.files.items():
            before, after = Raw.of(pile.files[name]), Raw.of(data)
            assert before and after, "only a file that can be written back is repaired"
            yield from (safe(line) for line in difference(name, before, after))


def _per_file(done: _Done, writes: bool) -> Iterator[str]:
    for pile, made in done:
        for name in pile.files:
            count, refused = made.places.get(name, 0), made.refused.get(name, 0)
            told = [f"{'改了' if writes else '可以改'} {count} 处"] if count else []
            if not made.is_finished:
                told += ["要改的太多，一次改不完，请再运行一次"] if count else []
            elif refused:
                told.append(f"{refused} 处没有改：照着改会出别的问题，或者太多，没有逐处试过")
            if told:
                yield f"{safe(name)}：{'；'.join(told)}。"
        yield from (f"{safe(name)}：读不出来，没有动它。" for name in (*pile.unread, *made.unread))


def _left(done: _Done, look: str, writes: bool) -> Iterator[str]:
    """Yield whether there was nothing to do, and how much is left to a person."""
    is_changed, is_finished = any(made.files for _, made in done), all(made.is_finished for _, made in done)
    left = dict.fromkeys(diagnostic for _, made in done for diagnostic in made.remaining)
    errors = sum(diagnostic.is_error for diagnostic in left)
    if not is_changed:
        yield "没有可以自动改的地方。"
    elif not writes:
        yield "以上只列出改法，文件没有改动。"
    if left:
        still = "改好以后还有" if is_changed and not writes else "还有"
        what = "要由人来改" if is_finished else "或更多"
        yield f"{still} {errors} 处错误、{len(left) - errors} 处提醒{what}，请看 {safe(look)}。"
    elif is_changed:
        yield "没有别的问题。"
