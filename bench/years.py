"""Times what goes with a year's round against `jzreport validate`: python bench/years.py [RUNS].

Whole processes, start-up included, in turn: `new`, `status`, `compare` and `validate` of the same year. `status` and
`compare` may cost as much as validate does; `new`, which writes its folder anew each time, has Jinja2 to load.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from timing import ROOT, SERIES_HEAD, YEAR, Series, jzreport, print_machine, print_ratio, print_table, timed

MAX_RATIO = {"status": 1.1, "compare": 1.1, "new": 1.4}  # of the time of validate; a tenth is noise
STRETCH_RATIO = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description="new, status and compare against validate")
    parser.add_argument("runs", type=int, nargs="?", default=7, help="counted runs of each command (default 7)")
    runs = parser.parse_args().runs
    print_machine()
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name)
        shutil.copytree(ROOT / "data" / YEAR, workspace / "data" / YEAR)
        series = _measure(workspace, runs)
    print_table(("", *SERIES_HEAD), [(command, *each.cells()) for command, each in series.items()])
    for command, limit in MAX_RATIO.items():
        print(f"\n{command} against validate")
        print_ratio(series[command], series["validate"], limit, STRETCH_RATIO)


def _measure(workspace: Path, runs: int) -> dict[str, Series]:
    """Return the runs of each command, taken in turn; the first round is not counted."""
    following = str(int(YEAR) + 1)
    new = jzreport(workspace, "new", following)
    timed(new)
    commands = {
        "validate": jzreport(workspace, "validate", YEAR),
        "status": jzreport(workspace, "status", YEAR),
        "compare": jzreport(workspace, "compare", YEAR, following),
        "new": new,
    }
    rounds = []
    for _ in range(runs + 1):
        made = {}
        for command, line in commands.items():
            if command == "new":
                shutil.rmtree(workspace / "data" / following)
            made[command] = timed(line)
        rounds.append(made)
    return {command: Series(tuple(made[command] for made in rounds[1:])) for command in commands}


if __name__ == "__main__":
    main()
