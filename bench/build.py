"""Times jzreport against the plain docxtpl script and shows how it grows: python bench/build.py [RUNS].

Whole processes, start-up included, one after the other (A B A B); the first run of each is not counted. Both must
print the same text. Peak memory is that of the largest process, as the system counts it (Linux, macOS).

    pip install -e '.[bench]'
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from timing import (
    BENCH,
    ROOT,
    SERIES_HEAD,
    SIZES,
    YEAR,
    Command,
    Series,
    Size,
    alternate,
    call,
    grown,
    jzreport,
    print_growth,
    print_machine,
    print_ratio,
    print_table,
    wall,
)

MAX_RATIO, STRETCH_RATIO = 1.0, 0.95  # of the wall time of the docxtpl script
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def main() -> None:
    parser = argparse.ArgumentParser(description="jzreport against a plain docxtpl script; how cost grows with length")
    parser.add_argument("runs", type=int, nargs="?", default=7, help="counted runs of each command (default 7)")
    runs = parser.parse_args().runs
    print_machine()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        call("docxtpl_template.py", folder / "template.docx")
        _print_comparison(commands_of_build(ROOT, folder, "real"), folder / "real", runs)
        sizes, plain = zip(*(_measure_size(times, folder, runs) for times in SIZES), strict=True)
    ratios = (f"{size.ours.median(wall) / theirs.median(wall):.2f}" for size, theirs in zip(sizes, plain, strict=True))
    print_growth(
        sizes,
        ("docxtpl s", *(f"{series.median(wall):.3f}" for series in plain)),
        ("peak MB", *(f"{series.peak:.1f}" for series in plain)),
        ("ratio", *ratios),
    )


def commands_of_build(workspace: Path, folder: Path, name: str) -> tuple[Command, Command]:
    """Return the two commands that build a workspace's report into a folder of that name."""
    output = folder / name
    output.mkdir()
    arguments = (workspace / "data" / YEAR, folder / "template.docx", output / "plain.docx")
    plain = [sys.executable, str(BENCH / "docxtpl_build.py"), *map(str, arguments)]
    return jzreport(workspace, "build", YEAR, "-o", output), plain


def _measure_size(times: int, folder: Path, runs: int) -> tuple[Size, Series]:
    workspace = folder / f"workspace-{times}"
    items = grown(workspace, times, copies_a_file=10)
    ours, plain = alternate(runs, *commands_of_build(workspace, folder, f"out-{times}"))
    _assert_same_text(folder / f"out-{times}")
    return Size(times, items, ours), plain


def _print_comparison(commands: tuple[Command, Command], output: Path, runs: int) -> None:
    ours, plain = alternate(runs, *commands)
    _assert_same_text(output)
    print(f"\nBuild of {YEAR}, {runs} runs, same text")
    print_table(("", *SERIES_HEAD), [("jzreport", *ours.cells()), ("docxtpl script", *plain.cells())])
    print_ratio(ours, plain, MAX_RATIO, STRETCH_RATIO)


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


if __name__ == "__main__":
    main()
