"""Times `jzreport validate` against check-jsonschema and shows how it grows: python bench/validate.py [RUNS].

Whole processes, start-up included, one after the other (A B A B); the first run of each is not counted.
check-jsonschema looks at the same files in one process, by one schema that sends a file with 结构 to the schema of
report.yaml and any other to that of drafts: running it once for each schema takes longer. It checks keys and types
only; no rule, no figure, no reference, and its messages are English.

The report grows by drafts, not by longer ones. It must have no error.

    pip install -e '.[bench]'
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from timing import (
    ROOT,
    SERIES_HEAD,
    SIZES,
    YEAR,
    Command,
    Size,
    alternate,
    grown,
    jzreport,
    print_growth,
    print_machine,
    print_ratio,
    print_table,
)

MAX_RATIO, STRETCH_RATIO = 0.5, 0.45  # of the wall time of check-jsonschema


def main() -> None:
    parser = argparse.ArgumentParser(description="jzreport validate against check-jsonschema; how cost grows")
    parser.add_argument("runs", type=int, nargs="?", default=7, help="counted runs of each command (default 7)")
    runs = parser.parse_args().runs
    print_machine()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _print_comparison(folder, runs)
        print_growth([_measure_size(times, folder, runs) for times in SIZES])


def _print_comparison(folder: Path, runs: int) -> None:
    ours, theirs = alternate(
        runs, jzreport(ROOT, "validate", YEAR), check_jsonschema(folder / "either.schema.json", ROOT)
    )
    print(f"\nValidation of {YEAR}, {runs} runs")
    print_table(("", *SERIES_HEAD), [("jzreport", *ours.cells()), ("check-jsonschema", *theirs.cells())])
    print_ratio(ours, theirs, MAX_RATIO, STRETCH_RATIO)


def check_jsonschema(schema: Path, workspace: Path) -> Command:
    """Return the command that checks all files of the year, after writing the schema for either kind of file."""
    report, draft = ({"$ref": (ROOT / "templates" / f"{kind}.schema.json").as_uri()} for kind in ("report", "draft"))
    either = {"if": {"required": ["结构"]}, "then": report, "else": draft}
    schema.write_text(json.dumps(either, ensure_ascii=False), encoding="utf-8")
    files = sorted((workspace / "data" / YEAR).glob("*.yaml"))
    return [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *map(str, files)]


def _measure_size(times: int, folder: Path, runs: int) -> Size:
    workspace = folder / f"workspace-{times}"
    items = grown(workspace, times, copies_a_file=1)
    (ours,) = alternate(runs, jzreport(workspace, "validate", YEAR))
    return Size(times, items, ours)


if __name__ == "__main__":
    main()
