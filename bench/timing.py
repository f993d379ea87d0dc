"""What the benches share: whole processes timed in turn, their figures, tables and verdicts."""

from __future__ import annotations

import datetime
import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Timer

from grow import grow

ROOT = Path(__file__).parent.parent
BENCH = ROOT / "bench"
YEAR = "2022"
SIZES = (1, 10, 100)
MAX_GROWTH = 1.25  # cost of an item at 100 times the length against that at 10 times: flat but for noise
MAX_PEAK = 150  # MB, at 100 times the length
# As a user's computer has it: modules are compiled once and not at every start.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_ENVIRONMENT["PYTHONPATH"] = str(ROOT)  # this checkout, whatever folder a process runs in
_MB = 1 << 20 if sys.platform == "darwin" else 1 << 10  # ru_maxrss counts bytes there, kilobytes elsewhere

# Starts a command and writes what it took. The system counts a process's memory from before its program was loaded, so
# that it is never less than its parent's: this one is small.
_LAUNCHER = """
import os, sys, time
start = time.perf_counter()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(process, 0)
figures = time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss
os.write(int(sys.argv[1]), " ".join(map(str, (*figures, os.waitstatus_to_exitcode(status)))).encode())
"""

Command = list[str]


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process: seconds by the clock, seconds of processor, peak memory in MB."""

    wall: float
    cpu: float
    peak: float


Figure = Callable[[Run], float]


def wall(run: Run) -> float:
    return run.wall


def cpu(run: Run) -> float:
    return run.cpu


@dataclass(frozen=True, slots=True)
class Series:
    """The counted runs of one command."""

    runs: tuple[Run, ...]

    def median(self, of: Figure) -> float:
        """Return the median of one figure."""
        return median(map(of, self.runs))

    @property
    def peak(self) -> float:
        """The largest peak."""
        return max(run.peak for run in self.runs)

    def cells(self) -> tuple[str, ...]:
        """Return wall median and min, processor median, peak as table cells."""
        fastest = min(map(wall, self.runs))
        return (f"{self.median(wall):.3f}", f"{fastest:.3f}", f"{self.median(cpu):.3f}", f"{self.peak:.1f}")


SERIES_HEAD = ("wall s", "min s", "cpu s", "peak MB")


@dataclass(frozen=True, slots=True)
class Size:
    """The runs on a report `times` as long, of that many items (条目)."""

    times: int
    items: int
    ours: Series

    def per_item(self, first: Size, of: Figure) -> float:
        """Return the seconds an item costs, net of the shortest report's time."""
        return (self.ours.median(of) - first.ours.median(of)) / (self.items - first.items)


def jzreport(workspace: Path, *arguments: object) -> Command:
    """Return the command that runs jzreport of this checkout on a workspace."""
    return [sys.executable, "-m", "jzreport", "-C", str(workspace), *map(str, arguments)]


def alternate(runs: int, *commands: Command) -> tuple[Series, ...]:
    """Return the runs of the commands, taken in turn after one of each to warm the caches."""
    rounds = [[timed(command) for command in commands] for _ in range(runs + 1)][1:]
    return tuple(map(Series, zip(*rounds, strict=True)))


def timed(command: Command) -> Run:
    """Run a command, which must end well; what it says is shown only when it does not."""
    run, code, said = ended(command)
    if code:
        sys.exit(f"{said.decode()}exit code {code}: {' '.join(command)}")
    return run


def ended(command: Command, folder: Path = ROOT, patience: float = 600) -> tuple[Run, int, bytes]:
    """Run a command in a folder to its end (or the end of `patience`, in seconds): figures, exit code, what it said."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [sys.executable, "-S", "-E", "-c", _LAUNCHER, str(told.fileno()), *command],
            cwd=folder,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            pass_fds=[told.fileno()],
            start_new_session=True,
        )
        stop = Timer(patience, os.killpg, [process.pid, signal.SIGKILL])
        stop.start()
        process.wait()
        stop.cancel()
        said.seek(0)
        told.seek(0)
        if not (figures := told.read().split()):  # stopped
            return Run(patience, patience, 0), -signal.SIGKILL, said.read()
        wall, cpu, peak, code = map(float, figures)
        return Run(wall, cpu, peak / _MB), int(code), said.read()


def call(script: str, *arguments: object) -> str:
    """Run another script of this folder and return what it prints."""
    command = [sys.executable, str(BENCH / script), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def grown(workspace: Path, times: int, copies_a_file: int) -> int:
    """Make a workspace whose report is `times` as long and return its number of items."""
    return grow(ROOT / "data" / YEAR, times, workspace / "data" / YEAR, copies_a_file)


def ratio(ours: Series, theirs: Series, of: Figure) -> float:
    """Return the median of the ratios within each round: the machine's speed drifts."""
    return median(of(a) / of(b) for a, b in zip(ours.runs, theirs.runs, strict=True))


def verdict(figure: float, limit: float) -> str:
    """Return whether a figure keeps its limit."""
    return f" (limit {limit}: {'kept' if figure <= limit else 'BROKEN'})"


def print_machine() -> None:
    print(f"{datetime.date.today()}  Python {platform.python_version()}  {os.cpu_count()} CPUs  {platform.machine()}")


def print_ratio(ours: Series, theirs: Series, limit: float, aim: float) -> None:
    paired = ratio(ours, theirs, wall)
    print(f"wall, run by run: {paired:.2f}{verdict(paired, limit)}, aim {aim}")
    print(f"cpu (on a busy machine): {ratio(ours, theirs, cpu):.2f}")


def print_growth(sizes: Sequence[Size], *more: Sequence[str]) -> None:
    """Print the table of sizes, with `more` columns (head and cells), and whether the cost of an item stays flat."""
    first, *others = sizes
    print("\nGrowth of the report; ms per item are net of the shortest report's time")
    head = ("length", "items", *SERIES_HEAD, "ms/item", *(column[0] for column in more))
    rows = []
    for number, size in enumerate(sizes):
        per_item = f"{size.per_item(first, wall) * 1000:.3f}" if number else ""
        added = (column[1 + number] for column in more)
        rows.append((f"{size.times} x", f"{size.items}", *size.ours.cells(), per_item, *added))
    print_table(head, rows)
    growth, in_cpu = (others[-1].per_item(first, of) / others[-2].per_item(first, of) for of in (wall, cpu))
    compared = f"{others[-1].times} x against {others[-2].times} x"
    print(f"cost of an item, {compared}: {growth:.2f}{verdict(growth, MAX_GROWTH)}; in cpu {in_cpu:.2f}")
    print(f"peak at {others[-1].times} x: {others[-1].ours.peak:.1f} MB{verdict(others[-1].ours.peak, MAX_PEAK)}")


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        print(f"{row[0]:<{widths[0]}}", *(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)))
