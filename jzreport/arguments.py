"""What commands take on the command line: a year, files, the folder to start from."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from jzreport import display


class Year(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A report's year: four digits, the name of a folder below data/."""

    name = "年度"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the year in plain digits; nothing that could be a path gets through."""
        return _digits(value) or self.fail(f"“{display.safe(value)}”不是年份，请写四位数字，例如 2022。", param, ctx)


class YearOrFile(click.ParamType):  # type: ignore[type-arg]
    """A year, or a file by its path."""

    name = "年度或文件"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the year in plain digits, or what was typed."""
        return _digits(value) or value


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, typed as 2024-01-15."""

    name = "日期"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Return the day."""
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{display.safe(value)}”不是日期，请写成 2024-01-15 的样子。", param, ctx)


def _digits(typed: str) -> str | None:
    """Return the year of “2022”, “２０２２” or “2022年” in plain digits; None for all else."""
    year = typed.removesuffix("年")
    return f"{int(year):04}" if len(year) == 4 and year.isdecimal() else None


PATH = click.Path(path_type=Path)
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _workspaces(context: click.Context, _: click.Parameter, folders: tuple[Path, ...]) -> None:
    """Gather the folders named before and behind the command, each once."""
    context.obj = tuple(dict.fromkeys((*(context.obj or ()), *folders)))


def _workspace(context: click.Context, parameter: click.Parameter, folders: tuple[Path, ...]) -> None:
    """Take the one folder named; None when there is none."""
    _workspaces(context, parameter, folders)
    if len(context.obj) > 1:
        message = "这条命令一次只能用一个工作区，-C 只写一个。几个一起生成，请写 jzreport build 年度 -C 甲 -C 乙。"
        raise click.UsageError(message, context)
    context.obj = next(iter(context.obj), None)


def _named(callback: Callable[[click.Context, click.Parameter, tuple[Path, ...]], None], more: str = "") -> Decorator:
    return click.option(
        "-C",
        "folders",
        metavar="目录",
        type=PATH,
        multiple=True,
        callback=callback,
        expose_value=False,
        help=f"工作区，就是有 data 文件夹的那个目录；不写时从当前目录往上找{more}。",
    )


workspace_option = _named(_workspace)
workspaces_option = _named(_workspaces, "；写几个，就一个接一个地生成")
group_option = _named(_workspaces)
