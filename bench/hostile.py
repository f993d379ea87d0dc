"""Runs the program on hostile inputs and shows the worst: python bench/hostile.py [WORDS].

Whole processes, one after the other. None may take more than two seconds or 300 MB, fall (exit code 3, a traceback,
a signal) or speak English. Seconds are those of the processor, since other programs may be at work; a process that is
still there after ten seconds is stopped and counts as hanging. WORDS: only inputs whose class or name holds one.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from hostile_drafts import GOOD
from hostile_inputs import COVER, DRAFT, REPORT, Case, cases
from timing import Run, cpu, ended, print_machine, print_table, verdict

MAX_SECONDS, MAX_MEMORY = 2.0, 300.0  # MB
_HANGS = 10.0  # seconds
_SHOWN = 10
_ENGLISH = re.compile(r"(?:\b[A-Za-z]{2,}[ ,]+){3}")
_TRACEBACK = "Traceback (most recent call last)"


class Result(NamedTuple):
    """How the program took one input; `fault` is empty when it did well but for time and memory."""

    kind: str
    name: str
    run: Run
    fault: str

    @property
    def share(self) -> float:
        """The larger share of what is allowed: 1.0 is all of it."""
        return max(self.run.cpu / MAX_SECONDS, self.run.peak / MAX_MEMORY)


def main() -> None:
    words = sys.argv[1:]
    chosen = (case for case in cases() if not words or any(word in f"{case.kind} {case.name}" for word in words))
    print_machine()
    with tempfile.TemporaryDirectory() as name:
        results = [_result(case, Path(name) / str(number)) for number, case in enumerate(chosen)]
    if results:
        _print(results)


def _result(case: Case, workspace: Path) -> Result:
    for name, data in {REPORT: COVER.encode(), DRAFT: GOOD.encode(), **case.files}.items():
        path = workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if case.make:
        case.make(workspace)
    command = [sys.executable, "-m", "jzreport", *case.arguments]
    run, code, said = ended(command, folder=workspace, patience=_HANGS)
    return Result(case.kind, case.name, run, _fault(run, code, said))


def _fault(run: Run, code: int, said: bytes) -> str:
    if run.wall >= _HANGS:
        return "hangs"
    if code not in (0, 1, 2):
        return f"exit code {code}"
    try:
        text = said.decode()
    except UnicodeDecodeError:
        return "no UTF-8"
    if not text.strip():
        return "says nothing"
    if _TRACEBACK in text:
        return "traceback"
    english = _ENGLISH.search(text)
    return f"English: {english.group()}" if english else ""


def _print(results: list[Result]) -> None:
    kinds = Counter(result.kind for result in results)
    print(f"\n{len(results)} inputs: {', '.join(f'{count} {kind}' for kind, count in kinds.items())}")
    worst = sorted(results, key=lambda result: (not result.fault, -result.share))
    shown = [result for result in worst if result.fault or result.share > 1]
    rows = [_row(result) for result in worst[: max(_SHOWN, len(shown))]]
    print_table(("the worst", "cpu s", "wall s", "peak MB", "fault"), rows)
    slowest, largest = max(cpu(result.run) for result in results), max(result.run.peak for result in results)
    print(f"slowest: {slowest:.2f} s{verdict(slowest, MAX_SECONDS)}")
    print(f"largest: {largest:.0f} MB{verdict(largest, MAX_MEMORY)}")
    faults = sum(bool(result.fault) for result in results)
    print(f"tracebacks, hangs, English: {faults}{verdict(faults, 0)}")


def _row(result: Result) -> tuple[str, ...]:
    run = result.run
    name = f"{result.kind}: {result.name}"
    return name, f"{run.cpu:.2f}", f"{run.wall:.2f}", f"{run.peak:.0f}", result.fault


if __name__ == "__main__":
    main()
