"""Several workspaces in one call: what is said of each, how many are done, and in the end which of them failed."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import click

from jzreport import display, surroundings

_COLLECT_EVERY = 10  # reports


class Batch:
    """Goes through workspaces (None: the one around); what is said of each stands below its name when there are several.

    While a terminal shows how many of several are done, the lines wait for the last one.
    """

    def __init__(self, folders: tuple[Path | None, ...]) -> None:
        self._folders = folders
        self._colour = surroundings.has_colours(sys.stderr)
        self._is_shown = len(folders) > 1 and surroundings.is_terminal(sys.stderr)
        self._waiting: list[tuple[str, bool]] = []
        self._failed: dict[str, str] = {}
        self._name = ""

    def __enter__(self) -> Batch:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._say()
        if kind is None and len(self._folders) > 1:
            self._sum_up()

    def __iter__(self) -> Iterator[Path | None]:
        """Yield the workspaces one by one."""
        shown = (
            click.progressbar(self._folders, label="生成", show_pos=True, file=sys.stderr) if self._is_shown else None
        )
        with shown or contextlib.nullcontext(self._folders) as steps:
            for number, folder in enumerate(steps, 1):
                self._name = display.safe(str(folder))
                if len(self._folders) > 1:
                    self.tell(f"【{self._name}】")
                yield folder
                if not self._is_shown:
                    self._say()
                if number % _COLLECT_EVERY == 0:
                    gc.collect()  # else memory would grow with every report: circles are only looked for when asked

    def tell(self, line: str) -> None:
        """Say a line of the workspace at hand, aside."""
        self._waiting.append((line, True))

    def give(self, line: str) -> None:
        """Give a line as result."""
        self._waiting.append((line, False))

    def fail(self, why: str) -> None:
        """Take it that nothing came of the workspace at hand."""
        self._failed[self._name] = why

    def _say(self) -> None:
        for line, is_aside in self._waiting:
            click.echo(line, err=is_aside, color=self._colour if is_aside else None)
        self._waiting.clear()

    def _sum_up(self) -> None:
        done = len(self._folders) - len(self._failed)
        click.echo(
            f"\n{len(self._folders)} 个工作区，生成了 {done} 个{'，没有生成的：' if self._failed else '。'}", err=True
        )
        for name, why in self._failed.items():
            click.echo(f"  {name}：{why}", err=True)
