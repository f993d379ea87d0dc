"""Prints one table of everything that is timed: python bench/table.py [RUNS].

build, validate, new and status at 1, 10 and 100 times the length; beside them docxtpl (build, reading the same drafts),
pandoc (build, from the finished text as Markdown: it reads no drafts) and check-jsonschema (validate); and 200 workspaces
built in one call. Whole processes, start-up included, in turn; the first run of each is not counted; medians.

    pip install -e '.[bench]'
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pypandoc
from build import commands_of_build
from timing import (
    ROOT,
    SIZES,
    YEAR,
    Command,
    Run,
    Series,
    call,
    grown,
    jzreport,
    print_machine,
    print_table,
    timed,
    verdict,
    wall,
)
from validate import check_jsonschema

_WORKSPACES = 200
_TIMES = 400  # as long, for ten thousand items
_MAX_LOAD, _MAX_LOAD_MEMORY = 6.0, 400  # seconds and MB, of a build of them
_MAX_BATCH = 0.5  # of one pandoc run, for a report of a batch
_NEXT = str(int(YEAR) + 1)
_HEAD = ("", *(f"{times} x" for times in SIZES), *(f"MB {times} x" for times in SIZES))


def main() -> None:
    parser = argparse.ArgumentParser(description="all commands at three lengths, beside other tools; a batch")
    parser.add_argument("runs", type=int, nargs="?", default=5, help="counted runs of each command (default 5)")
    runs = parser.parse_args().runs
    print_machine()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        call("docxtpl_template.py", folder / "template.docx")
        columns = [_measured(times, folder, runs) for times in SIZES]
        _print(columns)
        _print_load(folder)
        _print_batch(folder, columns[0]["pandoc build"])


def _print(columns: list[dict[str, Series]]) -> None:
    rows = []
    for command in columns[0]:
        seconds = (f"{column[command].median(wall):.3f}" for column in columns)
        memory = (f"{column[command].peak:.0f}" for column in columns)
        rows.append((command, *seconds, *memory))
    print_table(_HEAD, rows)


def _measured(times: int, folder: Path, runs: int) -> dict[str, Series]:
    """Return the runs of every command on a report that is so many times as long."""
    workspace = folder / f"workspace-{times}"
    grown(workspace, times, copies_a_file=10)
    commands = dict(_commands(workspace, folder, times))
    rounds = []
    for _ in range(runs + 1):
        shutil.rmtree(workspace / "data" / _NEXT, ignore_errors=True)  # for `new` to begin
        rounds.append({name: timed(command) for name, command in commands.items()})
    return {name: Series(tuple(each[name] for each in rounds[1:])) for name in commands}


def _commands(workspace: Path, folder: Path, times: int) -> Iterator[tuple[str, Command]]:
    build, docxtpl = commands_of_build(workspace, folder, f"out-{times}")
    yield "jzreport build", build
    yield "docxtpl build", docxtpl
    yield "pandoc build", _pandoc(build, folder / f"out-{times}")
    yield "jzreport validate", jzreport(workspace, "validate", YEAR)
    yield "check-jsonschema", check_jsonschema(folder / f"{times}.schema.json", workspace)
    yield "jzreport status", jzreport(workspace, "status", YEAR)
    yield "jzreport new", jzreport(workspace, "new", _NEXT)


def _pandoc(build: Command, output: Path) -> Command:
    """Return the command that makes a Word file of the finished text, a paragraph a line."""
    timed(build)
    (text,) = output.glob("*.txt")
    source = output / "report.md"
    source.write_text(text.read_text("utf-8").replace("\n", "\n\n"), "utf-8")
    return [pypandoc.get_pandoc_path(), str(source), "-o", str(output / "pandoc.docx")]


def _print_load(folder: Path) -> None:
    """Print what a report of ten thousand items costs."""
    workspace = folder / "load"
    items = grown(workspace, _TIMES, copies_a_file=10)
    run = timed(jzreport(workspace, "build", YEAR))
    print(f"\nbuild of {items} items: {run.wall:.1f} s{verdict(run.wall, _MAX_LOAD)}")
    print(f"peak: {run.peak:.0f} MB{verdict(run.peak, _MAX_LOAD_MEMORY)}")


def _print_batch(folder: Path, pandoc: Series) -> None:
    """Print what a report of 200 workspaces in one call costs, and whether memory stays flat."""
    runs = {count: _batch(folder, count) for count in (1, _WORKSPACES)}
    each = (runs[_WORKSPACES].wall - runs[1].wall) / (_WORKSPACES - 1)
    share = each / median(map(wall, pandoc.runs))
    print(f"\n{_WORKSPACES} workspaces in one call: {runs[_WORKSPACES].wall:.1f} s, {each * 1000:.0f} ms a report")
    print(f"of one pandoc run: {share:.2f}{verdict(share, _MAX_BATCH)}")
    print(f"peak: {runs[1].peak:.0f} MB for one, {runs[_WORKSPACES].peak:.0f} MB for all")


def _batch(folder: Path, count: int) -> Run:
    starts: list[str] = []
    for number in range(count):
        workspace = folder / "batch" / f"{number:03}"
        shutil.copytree(ROOT / "data" / YEAR, workspace / "data" / YEAR, dirs_exist_ok=True)
        starts += ["-C", str(workspace)]
    return timed([sys.executable, "-m", "jzreport", "build", YEAR, *starts])


if __name__ == "__main__":
    main()
