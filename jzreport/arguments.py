"""What commands take on the command line: a year, files, the folder to start from."""

from __future__ import annotations

import datetime
from pathlib import Path

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


FOLDER = click.Path(path_type=Path)


def _start_at(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    context.obj = folder or context.obj or Path()


def _starts_at(context: click.Context, _: click.Parameter, folders: tuple[Path, ...]) -> None:
    context.obj = tuple(dict.fromkeys(folders)) or (context.obj or Path(),)


start_option = click.option(
    "-C",
    "start",
    metavar="目录",
    type=FOLDER,
    callback=_start_at,
    expose_value=False,
    help="工作区所在的目录，默认从当前目录往上找。",
)

starts_option = click.option(
    "-C",
    "starts",
    metavar="目录",
    type=FOLDER,
    multiple=True,
    callback=_starts_at,
    expose_value=False,
    help="工作区所在的目录，默认从当前目录往上找；写几个，就一个接一个地生成。",
)
