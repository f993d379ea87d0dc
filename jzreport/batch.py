"""Several workspaces in one call: what is said of each, and how many are done."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from jzreport import surroundings

_COLLECTED = 10  # reports at a time


def one_by_one(starts: tuple[Path, ...]) -> Iterator[tuple[Path, list[tuple[str, bool]]]]:
    """Yield each workspace with a list for the lines to say of it (and whether aside), which are then said.

    While a terminal shows how many of several are done, they wait for the last one.
    """
    colour = surroundings.has_colours(sys.stderr)
    is_shown = len(starts) > 1 and sys.stderr.isatty()
    waiting: list[tuple[str, bool]] = []
    bar = click.progressbar(starts, label="生成", file=sys.stderr) if is_shown else contextlib.nullcontext(starts)
    with bar as steps:
        for number, start in enumerate(steps, 1):
            told: list[tuple[str, bool]] = []
            yield start, told
            waiting += told
            if not is_shown:
                _say(waiting, colour=colour)
            if number % _COLLECTED == 0:
                gc.collect()  # else memory would grow with every report: circles are only looked for when asked
    _say(waiting, colour=colour)


def _say(lines: list[tuple[str, bool]], *, colour: bool) -> None:
    for line, is_aside in lines:
        click.echo(line, err=is_aside, color=colour if is_aside else None)
    lines.clear()
