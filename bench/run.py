"""Times jzreport against the plain docxtpl script and shows how it grows: python bench/run.py [RUNS].

Whole processes, start-up included, one after the other (A B A B); the first run of each is not counted. Both must
print the same text. Peak memory is that of the largest process, as the system counts it (Linux, macOS).

    pip install -e . docxtpl
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from xml.etree import ElementTree

ROOT = Path(__file__).parent.parent
BENCH = ROOT / "bench"
YEAR = "2022"
SIZES = (1, 10, 100)
MAX_RATIO, STRETCH_RATIO = 1.0, 0.95  # of the wall time of the docxtpl script
MAX_GROWTH = 1.25  # cost of an item at 100 times the length against that at 10 times: flat but for noise
MAX_PEAK = 150  # MB, at 100 times the length
# As a user's computer has it: modules are compiled once and not at every start.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_MB = 1 << 20 if sys.platform == "darwin" else 1 << 10  # ru_maxrss counts bytes there, kilobytes elsewhere
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Command = list[str]


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: seconds by the clock, seconds of processor, peak memory in MB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Series:
    """The counted runs of one command."""

    runs: tuple[Run, ...]

    def median(self, of: Callable[[Run], float]) -> float:
        """Return the median of one figure."""
        return median(map(of, self.runs))

    @property
    def wall(self) -> float:
        """The median of the seconds by the clock."""
        return self.median(lambda run: run.wall)

    @property
    def peak(self) -> float:
        """The largest peak."""
        return max(run.peak for run in self.runs)

    def cells(self) -> tuple[str, ...]:
        """Return wall median and min, processor median, peak as table cells."""
        fastest, cpu = min(run.wall for run in self.runs), self.median(lambda run: run.cpu)
        return (f"{self.wall:.3f}", f"{fastest:.3f}", f"{cpu:.3f}", f"{self.peak:.1f}")


@dataclass(frozen=True, slots=True)
class Size:
    """The figures of a report `times` as long."""

    times: int
    items: int
    ours: Series
    plain: Series


def main() -> None:
    parser = argparse.ArgumentParser(description="jzreport against a plain docxtpl script; how cost grows with length")
    parser.add_argument("runs", type=int, nargs="?", default=7, help="counted runs of each command (default 7)")
    runs = parser.parse_args().runs
    print(f"{datetime.date.today()}  Python {platform.python_version()}  {os.cpu_count()} CPUs  {platform.machine()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _call("docxtpl_template.py", folder / "template.docx")
        _print_comparison(_commands(ROOT, folder, "real"), folder / "real", runs)
        _print_growth([_measure_size(times, folder, runs) for times in SIZES])


def _commands(workspace: Path, folder: Path, name: str) -> tuple[Command, Command]:
    """Return the two commands that build a workspace's report into a folder of that name."""
    output = folder / name
    output.mkdir()
    ours = [sys.executable, "-m", "jzreport", "-C", str(workspace), "build", YEAR, "-o", str(output)]
    arguments = (workspace / "data" / YEAR, folder / "template.docx", output / "plain.docx")
    return ours, [sys.executable, str(BENCH / "docxtpl_build.py"), *map(str, arguments)]


def _measure_size(times: int, folder: Path, runs: int) -> Size:
    workspace = folder / f"workspace-{times}"
    items = int(_call("grow.py", ROOT / "data" / YEAR, times, workspace / "data" / YEAR))
    ours, plain = _alternate(*_commands(workspace, folder, f"out-{times}"), runs)
    _assert_same_text(folder / f"out-{times}")
    return Size(times, items, ours, plain)


def _alternate(ours: Command, plain: Command, runs: int) -> tuple[Series, Series]:
    """Return the runs of both commands, taken in turn after one of each to warm the caches."""
    pairs = [(_run(ours), _run(plain)) for _ in range(runs + 1)][1:]
    return Series(tuple(a for a, _ in pairs)), Series(tuple(b for _, b in pairs))


def _run(command: Command) -> Run:
    start = perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=_ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"exit code {process.returncode}: {' '.join(command)}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _MB)


def _call(script: str, *arguments: object) -> str:
    command = [sys.executable, str(BENCH / script), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _assert_same_text(output: Path) -> None:
    """Stop when the two documents say different things: figures for different work would mean nothing."""
    (ours,) = (path for path in output.glob("*.docx") if path.name != "plain.docx")
    for number, pair in enumerate(zip(_lines(ours), _lines(output / "plain.docx"), strict=True), 1):
        assert pair[0] == pair[1], f"line {number} differs: {pair}"


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a Word file's text that are not blank."""
    with zipfile.ZipFile(path) as package, package.open("word/document.xml") as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{_W}p":
                text = "".join("\n" if node.tag == f"{_W}br" else node.text or "" for node in element.iter())
                yield from (line for line in text.split("\n") if line.strip())
                element.clear()


def _print_comparison(commands: tuple[Command, Command], output: Path, runs: int) -> None:
    ours, plain = _alternate(*commands, runs)
    _assert_same_text(output)
    paired = _ratio(ours, plain, lambda run: run.wall)
    print(f"\nBuild of {YEAR}, {runs} runs, same text")
    _print_table(
        ("", "wall s", "min s", "cpu s", "peak MB"),
        [("jzreport", *ours.cells()), ("docxtpl script", *plain.cells())],
    )
    print(f"wall against the script, run by run: {paired:.2f}{_verdict(paired, MAX_RATIO)}, aim {STRETCH_RATIO}")
    print(f"cpu against the script (on a busy machine): {_ratio(ours, plain, lambda run: run.cpu):.2f}")


def _ratio(ours: Series, plain: Series, of: Callable[[Run], float]) -> float:
    """Return the median of the ratios within each pair of runs: the machine's speed drifts."""
    return median(of(a) / of(b) for a, b in zip(ours.runs, plain.runs, strict=True))


def _print_growth(sizes: list[Size]) -> None:
    first = sizes[0]
    net = [_per_item(size, first) for size in sizes[1:]]
    print("\nGrowth of the report; ms per item are net of the shortest report's time")
    rows = []
    for size, cost in zip(sizes, [None, *net], strict=True):
        per_item = f"{cost * 1000:.3f}" if cost is not None else ""
        rows.append((f"{size.times} x", f"{size.items}", *size.ours.cells(), per_item, *_plain_cells(size)))
    head = ("length", "items", "wall s", "min s", "cpu s", "peak MB", "ms/item", "docxtpl s", "peak MB", "ratio")
    _print_table(head, rows)
    growth = net[-1] / net[0]
    print(
        f"cost of an item, {sizes[-1].times} x against {sizes[-2].times} x: {growth:.2f}{_verdict(growth, MAX_GROWTH)}"
    )
    print(f"peak at {sizes[-1].times} x: {sizes[-1].ours.peak:.1f} MB{_verdict(sizes[-1].ours.peak, MAX_PEAK)}")


def _per_item(size: Size, first: Size) -> float:
    return (size.ours.wall - first.ours.wall) / (size.items - first.items)


def _plain_cells(size: Size) -> tuple[str, str, str]:
    return f"{size.plain.wall:.3f}", f"{size.plain.peak:.1f}", f"{size.ours.wall / size.plain.wall:.2f}"


def _verdict(figure: float, limit: float) -> str:
    return f" (limit {limit}: {'kept' if figure <= limit else 'BROKEN'})"


def _print_table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        print(f"{row[0]:<{widths[0]}}", *(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)))


if __name__ == "__main__":
    main()
