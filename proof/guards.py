"""Take out one guard after another, and see that the tests that watch it fail.

    python proof/guards.py                      all of them: a minute and a half on two processors
    python proof/guards.py disk.py windows      those whose file, name or tests hold one of the words
    python proof/guards.py --list               which guard each test is shown with

guards.toml has the guards: the file one stands in, its text, what stands there once it is taken out, and the tests that
must fail then. Where there is nothing to take out (no line of the program opens a connection), a fault is planted, and
the entry says why. Exit code 1 when a test lives through it, when a text does not stand in its file exactly once, or when
a test of the files in FILES is shown with no guard.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import shutil
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import forked
import pytest
from forked import ROOT

TABLE = Path(__file__).with_name("guards.toml")
# The files every test of which must be shown to fail.
FILES = tuple(
    f"test_{name}.py"
    for name in (
        *("faults", "security", "unchanged", "properties", "fix_anywhere", "new_unchanged", "slips_anywhere"),
        *("windows", "dependencies"),
    )
)
LIMIT = 300  # seconds for the tests of one guard
_ASIDE = shutil.ignore_patterns(".*", "__pycache__", "output", "dist", "build", "venv", "docs")


class Change(NamedTuple):
    """What stands in a file, and what stands there once a guard is taken out."""

    file: str
    text: str
    instead: str

    def made(self) -> str:
        """Return the file with the change made."""
        return (ROOT / self.file).read_text("utf-8").replace(self.text, self.instead)


class Guard(NamedTuple):
    """A guard, and the tests that watch it, as file::name; `planted` says why there is none to take out."""

    what: str
    changes: tuple[Change, ...]
    tests: tuple[str, ...]
    planted: str = ""

    @property
    def name(self) -> str:
        """What it is called: where it stands, and what it does."""
        return f"{' and '.join(Path(change.file).name for change in self.changes)}: {self.what}"


def read(table: str) -> tuple[Guard, ...]:
    """Return the guards of a table."""
    return tuple(_guard(**each) for each in tomllib.loads(table)["guard"])


def _guard(
    what: str,
    file: str,
    text: str,
    instead: str,
    tests: list[str],
    planted: str = "",
    also: Iterable[dict[str, str]] = (),
) -> Guard:
    changes = (Change(file, text, instead), *(Change(**each) for each in also))
    return Guard(what, changes, tuple(tests), planted)


# What can be seen without running anything.


def wrong(guards: Sequence[Guard], files: Iterable[str] = FILES) -> Iterator[str]:
    """Yield what is wrong with the table: a guard that has moved, a test there is none of or that is shown with none."""
    for guard in guards:
        yield from (f"{guard.name}: {why}" for why in _wrong_with(guard))
    named = {_function(test) for guard in guards for test in guard.tests}
    for file in files:
        yield from (f"{test}: no guard is taken out for it" for test in sorted(tests_in(file) - named))


def _wrong_with(guard: Guard) -> Iterator[str]:
    for change in guard.changes:
        path = ROOT / change.file
        count = path.read_text("utf-8").count(change.text) if path.is_file() else 0
        if count != 1:
            yield f"its text stands {count} times in {change.file}"
        elif not _can_be_read(change):
            yield f"{change.file} cannot be read without it"
    if not guard.tests:
        yield "no test watches it"
    for test in guard.tests:
        if _function(test) not in tests_in(test.partition("::")[0]):
            yield f"there is no test {test}"


def _can_be_read(change: Change) -> bool:
    try:
        ast.parse(change.made()) if change.file.endswith(".py") else tomllib.loads(change.made())
    except (SyntaxError, tomllib.TOMLDecodeError):
        return False
    return True


@cache
def tests_in(file: str) -> frozenset[str]:
    """Return the test functions of a file, each as file::name."""
    path = ROOT / "tests" / file
    body = ast.parse(path.read_text("utf-8")).body if path.is_file() else []
    names = (node.name for node in body if isinstance(node, ast.FunctionDef))
    return frozenset(f"{file}::{name}" for name in names if name.startswith("test_"))


def _function(test: str) -> str:
    """Return a test without its parameters."""
    return test.partition("[")[0].removeprefix("tests/")


# Running the tests.


class Watch:
    """What became of test functions: where each failed first, with any parameters; it is not run again then."""

    def __init__(self) -> None:
        self.failed: dict[str, str] = {}
        self.passed: set[str] = set()

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Pass over a test that has failed with other parameters."""
        if _function(item.nodeid) in self.failed:
            pytest.skip("it has failed")

    def pytest_exception_interact(self, node: Any, call: pytest.CallInfo[Any], report: Any) -> None:
        """Note where a test fails."""
        if isinstance(report, pytest.TestReport) and call.excinfo:
            place = call.excinfo.traceback[-1]
            told = f"{call.excinfo.typename} at {Path(place.path).name}:{place.lineno + 1}"
            self.failed.setdefault(_function(node.nodeid), told)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test passes."""
        if report.when == "call" and report.passed:
            self.passed.add(_function(report.nodeid))


class Outcome(NamedTuple):
    """How pytest ended, and what became of the test functions."""

    code: int
    failed: dict[str, str]
    passed: list[str]


def watched(tree: Path, tests: Iterable[str], limit: int = LIMIT) -> Outcome:
    """Return what becomes of tests in a copy of the tree."""
    told = tree.with_suffix(".json")
    told.unlink(missing_ok=True)
    code = forked.in_child(partial(_run, tree, tuple(tests), told), limit)
    return Outcome(code, *json.loads(told.read_text("utf-8"))) if told.exists() else Outcome(code, {}, [])


def _run(tree: Path, tests: tuple[str, ...], told: Path) -> int:
    os.chdir(tree)
    sys.path.insert(0, str(tree))
    watch = Watch()
    code = pytest.main([*forked.OPTIONS, *(f"tests/{test}" for test in tests)], [watch])
    told.write_text(json.dumps([watch.failed, sorted(watch.passed)]), "utf-8")
    return int(code)


def survivors(guard: Guard, tree: Path) -> tuple[list[str], str]:
    """Return the tests that pass without a guard, and where the others fail."""
    for change in guard.changes:
        (tree / change.file).write_text(change.made(), "utf-8")
    outcome = watched(tree, guard.tests)
    for change in guard.changes:
        shutil.copy2(ROOT / change.file, tree / change.file)
    if outcome.code not in (0, 1):
        return list(guard.tests), f"pytest ended with {outcome.code}"
    told = [f"{name.partition('::')[2]}: {where}" for name, where in outcome.failed.items()]
    return [test for test in guard.tests if _function(test) not in outcome.failed], "; ".join(told)


def copies(folder: Path, count: int) -> Iterator[Path]:
    """Yield copies of the tree, those behind the first with what the first was compiled to."""
    for n in range(count):
        shutil.copytree(folder / "0" if n else ROOT, folder / str(n), ignore=None if n else _ASIDE)
        yield folder / str(n)


def take_out(guards: Sequence[Guard], folder: Path, jobs: int) -> Iterator[str]:
    """Take out one guard after another; tell of each, yield which tests do not fail."""
    trees: SimpleQueue[Path] = SimpleQueue()
    for tree in copies(folder, jobs):
        if tree.name == "0" and (bad := _fail_anyway(tree, guards)):
            yield from bad
            return
        trees.put(tree)
    sys.dont_write_bytecode, os.environ["PYTHONDONTWRITEBYTECODE"] = True, "1"

    def tried(guard: Guard) -> tuple[list[str], str]:
        tree = trees.get()
        try:
            return survivors(guard, tree)
        finally:
            trees.put(tree)

    with ThreadPoolExecutor(jobs) as pool:
        for n, (guard, (alive, told)) in enumerate(zip(guards, pool.map(tried, guards), strict=True), 1):
            sign = "+" if guard.planted else "-"
            print(f"{n:3} {sign} {guard.name}: {told or 'nothing fails'}", flush=True)
            yield from (f"{guard.name}: {test} does not fail" for test in alive)


def _fail_anyway(tree: Path, guards: Iterable[Guard]) -> list[str]:
    """Return the tests that do not pass with all guards in place."""
    tests = dict.fromkeys(test for guard in guards for test in guard.tests)
    outcome = watched(tree, tests)
    bad = [test for test in tests if _function(test) in outcome.failed or _function(test) not in outcome.passed]
    return [f"{test} does not pass as it is" for test in bad]


def _asked(guards: Sequence[Guard], words: Sequence[str]) -> list[Guard]:
    """Return the guards of which a word is in the file, the name or a test."""
    return [g for g in guards if not words or any(w in part for w in words for part in (g.name, *g.tests))]


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="which guards; none: all")
    parser.add_argument("--list", action="store_true", help="run nothing")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    guards, began = read(TABLE.read_text("utf-8")), time.monotonic()
    bad = list(wrong(guards))
    asked = _asked(guards, options.words)
    if options.list:
        for test, whats in sorted(_by_test(asked).items()):
            print("\n    ".join((test, *whats)))
    else:
        asked = [guard for guard in asked if not any(_wrong_with(guard))]
        forked.prepare()
        with TemporaryDirectory() as folder:
            bad += take_out(asked, Path(folder), options.jobs)
    for each in bad:
        print(f"! {each}")
    planted = sum(bool(guard.planted) for guard in asked)
    print(
        f"{len(asked)} entries ({planted} planted) for {len(_by_test(asked))} tests, {len(bad)} wrong, "
        f"{time.monotonic() - began:.0f} s"
    )
    return 1 if bad else 0


def _by_test(guards: Iterable[Guard]) -> dict[str, list[str]]:
    shown: dict[str, list[str]] = {}
    for guard in guards:
        for test in guard.tests:
            shown.setdefault(_function(test), []).append(guard.name)
    return shown


if __name__ == "__main__":
    sys.exit(main())
