"""The command line: declares the commands, prints what they return, chooses the exit code."""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import sys
from pathlib import Path
from typing import NoReturn, TextIO

import click

from jzreport import display
from jzreport.chinese_click import ChineseCommand, ChineseGroup, speak_chinese
from jzreport.disk import WorkspaceError, reason

# A command imports what it needs when it is called: nobody who validates waits for `fix` to be read.

speak_chinese()

FINDINGS = 1
USAGE = 2
BUG = 3


class _Year(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A report's year: four digits, the name of a folder below data/."""

    name = "年度"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the year in plain digits; nothing that could be a path gets through."""
        return _digits(value) or self.fail(f"“{display.safe(value)}”不是年份，请写四位数字，例如 2022。", param, ctx)


class _YearOrFile(click.ParamType):  # type: ignore[type-arg]
    """A year, or a file by its path."""

    name = "年度或文件"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the year in plain digits, or what was typed."""
        return _digits(value) or value


def _digits(typed: str) -> str | None:
    """Return the year of “2022”, “２０２２” or “2022年” in plain digits; None for all else."""
    year = typed.removesuffix("年")
    return f"{int(year):04}" if len(year) == 4 and year.isdecimal() else None


_FOLDER = click.Path(path_type=Path)


def _start_at(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    context.obj = folder or context.obj or Path()


_start = click.option(
    "-C",
    "start",
    metavar="目录",
    type=_FOLDER,
    callback=_start_at,
    expose_value=False,
    help="工作区所在的目录，默认从当前目录往上找。",
)


@click.group(cls=ChineseGroup)
@_start
@click.version_option(package_name="jzreport", message="jzreport %(version)s")
def jzreport() -> None:
    """汇编法治政府建设年度报告。

    各单位的来稿是 data/年度/ 下的 YAML 文件；validate 校对它们，build 把它们汇编成符合 GB/T 9704-2012 的 Word 公文。
    """


@jzreport.command("build", cls=ChineseCommand)
@click.argument("year", metavar="年度", type=_Year())
@click.option("-o", "output", metavar="目录", type=_FOLDER, help="成品放到这个目录，默认 output/年度。")
@_start
@click.pass_obj
def build_command(start: Path, year: str, output: Path | None) -> int:
    """生成一年的报告：Word 文件和纯文本。有错误时不生成，并列出全部问题。"""
    from jzreport.commands.build import build
    from jzreport.workspace import Workspace

    built = build(Workspace.find(start), year, output, _source_date())
    colour, checked = _has_colours(sys.stderr), built.checked
    for line in display.terminal(checked.diagnostics, checked.lines, f"jzreport fix {year}", colour=colour):
        click.echo(line, err=True, color=colour)
    for path in built.paths:
        click.echo(display.safe(str(path)))
    if built.paths:
        return 0
    click.echo("有错误，没有生成文件（文件夹里若有同名文件，是以前生成的）。请改好后再运行。", err=True)
    return FINDINGS


@jzreport.command("validate", cls=ChineseCommand)
@click.argument("targets", metavar="年度或文件…", type=_YearOrFile(), nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="有提醒也算没有通过。")
@click.option(
    "--select",
    metavar="规则",
    multiple=True,
    help="只看这些规则，例如 F03；F 是一类规则。可以写几个，用逗号隔开。",
)
@click.option("--ignore", metavar="规则", multiple=True, help="不看这些规则，写法相同。")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *display.MACHINE_FORMS]),
    default="text",
    help="输出的格式：text 给人看（默认），其余给程序读。",
)
@click.option(
    "--sheets",
    "folder",
    metavar="目录",
    type=_FOLDER,
    help="给每个单位写一份反馈单（纯文本），放到这个目录。",
)
@_start
@click.pass_obj
def validate_command(
    start: Path,
    targets: tuple[str, ...],
    strict: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
    folder: Path | None,
) -> int:
    """校对一年的来稿，或交稿之前校对单份来稿（“-”是标准输入）。"""
    from jzreport.commands.targets import is_year
    from jzreport.commands.validate import for_programs, outcome, validate

    checked = validate(start, targets, _read_stdin)
    shown = outcome(checked, targets, select, ignore)
    if form == "text":
        colour = _has_colours(sys.stdout)
        lines = display.text(shown, colour=colour)
    else:
        colour = False
        _write_utf8()
        lines = display.in_form(form, for_programs(shown, start, targets))
    for line in lines:
        click.echo(line, color=colour)
    aside = form != "text"  # what a program reads is nothing but findings
    if checked.note:
        click.echo(display.safe(checked.note), err=aside)
    if folder:
        from jzreport.commands.sheets import write_sheets

        # A sheet says that nothing was found: it must not keep silent about rules that were not to be shown here.
        for path in write_sheets(folder, checked, outcome(checked, targets), is_whole=is_year(targets)):
            click.echo(display.safe(str(path)), err=aside)
    return FINDINGS if any(strict or diagnostic.is_error for diagnostic in shown.diagnostics) else 0


@jzreport.command("fix", cls=ChineseCommand)
@click.argument("targets", metavar="年度或文件…", type=_YearOrFile(), nargs=-1, required=True)
@click.option("--diff", "shows", is_flag=True, help="只列出要改的地方，不改文件。")
@_start
@click.pass_obj
def fix_command(start: Path, targets: tuple[str, ...], shows: bool) -> None:
    """改好能放心改的地方：标点、空格、全角半角等。只动这些字，注释、缩进、编码都不变。"""
    from jzreport.commands.fix import fix

    fixed = fix(start, targets, writes=not shows)
    for line in fixed.diff if shows else ():
        click.echo(display.as_line(line))
    for line in fixed.told:
        click.echo(display.as_line(line), err=shows)


@jzreport.command("rules", cls=ChineseCommand)
def rules_command() -> None:
    """列出全部检查规则：编号、级别、依据、名称。"""
    from jzreport.commands.rules import overview

    for line in overview():
        click.echo(line)


@jzreport.command("explain", cls=ChineseCommand)
@click.argument("codes", metavar="规则…", nargs=-1, required=True)
def explain_command(codes: tuple[str, ...]) -> None:
    """说明一条规则：为什么查，错的和对的各是什么样子。可以写几条规则。"""
    from jzreport.commands.rules import explain

    for line in explain(codes):
        click.echo(line)


@jzreport.command("schema", cls=ChineseCommand)
@_start
@click.pass_obj
def schema_command(start: Path) -> None:
    """更新编辑器用的格式说明。写到工作区的 templates 目录，VS Code 等编辑器据此提示和检查。"""
    from jzreport.commands.schema import write_schemas
    from jzreport.workspace import Workspace

    for path in write_schemas(Workspace.find(start)):
        click.echo(display.safe(str(path)))


def main() -> NoReturn:
    """Run the program; whatever happens, the user reads one Chinese line and never a traceback."""
    try:
        sys.exit(jzreport.main(standalone_mode=False, prog_name="jzreport") or 0)
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        for line in told.getvalue().splitlines():
            click.echo(display.safe(line), err=True)
        sys.exit(error.exit_code)
    except WorkspaceError as error:
        click.echo(f"错误：{display.safe(str(error))}", err=True)
        sys.exit(USAGE)
    except OSError as error:  # what no command foresaw: a folder without permission, a full disk behind a redirection
        what = display.safe(str(error.filename or "输出"))
        click.echo(f"错误：“{what}”不能读写：{reason(error)}。", err=True)
        _forget_output()
        sys.exit(USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中止。", err=True)
        sys.exit(USAGE)
    except Exception:
        click.echo(f"程序出错了，这不是稿件的问题。请把这个文件发给维护人员：{_log()}", err=True)
        sys.exit(BUG)


def _source_date() -> datetime.datetime | None:
    """Return the moment the environment wants in file properties (SOURCE_DATE_EPOCH), None when it wants none."""
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if value is None:
        return None
    try:
        if value.isascii() and value.isdecimal():
            return datetime.datetime.fromtimestamp(int(value), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise WorkspaceError("环境变量 SOURCE_DATE_EPOCH 应是一个整数（从 1970 年起的秒数）。")


def _has_colours(stream: TextIO) -> bool:
    """Whether to colour what goes to a stream: on a terminal only, unless the environment asks (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def _read_stdin() -> bytes:
    """Return standard input (nothing when it is closed), no more of it than shows that it is too long."""
    from jzreport.encoding import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""


def _write_utf8() -> None:
    """Make the output UTF-8, whatever the console; what is no Unicode in a file's name is escaped as in JSON."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_output() -> None:
    """Let what could not be printed go, or Python would try once more at exit and end with a code of its own."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _log() -> str:
    """Return the path of a file with the traceback of the exception at hand, or that there is none."""
    import tempfile  # slow to import, and hardly ever needed
    import traceback

    try:
        handle, name = tempfile.mkstemp(prefix="jzreport-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            traceback.print_exc(file=stream)
    except OSError as error:
        return f"（日志写不出来：{reason(error)}）"
    return name
