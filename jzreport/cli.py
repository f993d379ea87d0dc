"""The command line: declares the commands, prints what they return, chooses the exit code."""

from __future__ import annotations

import contextlib
import datetime
import gc
import io
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from jzreport import display
from jzreport.chinese_click import ChineseCommand, ChineseGroup, speak_chinese
from jzreport.commands import rules
from jzreport.commands.build import build
from jzreport.commands.schema import write_schemas
from jzreport.commands.validate import selected, validate
from jzreport.disk import WorkspaceError, reason
from jzreport.workspace import Workspace

speak_chinese()

FINDINGS = 1
USAGE = 2
BUG = 3


class _Year(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A report's year: four digits, the name of a folder below data/."""

    name = "年度"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the year as typed; nothing that could be a path gets through."""
        if len(value) == 4 and value.isascii() and value.isdecimal():
            return value
        self.fail(f"“{display.safe(value)}”不是年份，请写四位数字，例如 2022。", param, ctx)


@click.group(cls=ChineseGroup)
@click.option(
    "-C",
    "start",
    metavar="目录",
    type=click.Path(path_type=Path),
    default=Path(),
    help="工作区所在的目录，默认从当前目录往上找。",
)
@click.version_option(package_name="jzreport", message="jzreport %(version)s")
@click.pass_context
def jzreport(context: click.Context, start: Path) -> None:
    """汇编法治政府建设年度报告。

    各单位的来稿是 data/年度/ 下的 YAML 文件；build 把它们汇编成符合 GB/T 9704-2012 的 Word 公文。
    """
    context.obj = start


@jzreport.command("build", cls=ChineseCommand)
@click.argument("year", metavar="年度", type=_Year())
@click.option(
    "-o", "output", metavar="目录", type=click.Path(path_type=Path), help="成品放到这个目录，默认 output/年度。"
)
@click.pass_obj
def build_command(start: Path, year: str, output: Path | None) -> int:
    """生成一年的报告：Word 文件和纯文本。有错误时不生成，并列出全部问题。"""
    built = build(Workspace.find(start), year, output, _source_date())
    for line in display.terminal(built.checked.diagnostics, built.checked.lines):
        click.echo(line, err=True)
    for path in built.paths:
        click.echo(display.safe(str(path)))
    if built.paths:
        return 0
    click.echo("有错误，没有生成文件（文件夹里若有同名文件，是以前生成的）。请改好后再运行。", err=True)
    return FINDINGS


@jzreport.command("validate", cls=ChineseCommand)
@click.argument("targets", metavar="年度或文件...", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="有提醒也算没有通过。")
@click.option("--select", metavar="规则", multiple=True, help="只看这些规则，例如 F03，或一类规则 F；可以写几次。")
@click.option("--ignore", metavar="规则", multiple=True, help="不看这些规则；可以写几次。")
@click.option(
    "--format", "form", type=click.Choice(list(display.FORMS)), default="text", help="输出的格式，默认 text（给人看）。"
)
@click.pass_obj
def validate_command(
    start: Path, targets: tuple[str, ...], strict: bool, select: tuple[str, ...], ignore: tuple[str, ...], form: str
) -> int:
    """校对一年的来稿，或交稿之前校对单份来稿（“-”是标准输入）。"""
    checked = validate(start, targets, click.get_binary_stream("stdin").read)
    found = selected(checked.diagnostics, select, ignore)
    for line in display.FORMS[form](found, checked.lines):
        click.echo(line)
    if checked.note:
        click.echo(checked.note, err=form != "text")
    return FINDINGS if any(strict or diagnostic.is_error for diagnostic in found) else 0


@jzreport.command("rules", cls=ChineseCommand)
def rules_command() -> None:
    """列出全部检查规则：编号、级别、依据、名称。"""
    for line in rules.overview():
        click.echo(line)


@jzreport.command("explain", cls=ChineseCommand)
@click.argument("code", metavar="规则")
def explain_command(code: str) -> None:
    """说明一条规则：为什么查，错的和对的各是什么样子。"""
    for line in rules.explain(code):
        click.echo(line)


@jzreport.command("schema", cls=ChineseCommand)
@click.pass_obj
def schema_command(start: Path) -> None:
    """更新编辑器用的格式说明。写到工作区的 templates 目录，VS Code 等编辑器据此提示和检查。"""
    for path in write_schemas(Workspace.find(start)):
        click.echo(display.safe(str(path)))


def main() -> NoReturn:
    """Run the program; whatever happens, the user reads one Chinese line and never a traceback."""
    # A report is a tree that lives to the end: walking it again and again for circles would cost a tenth of a long build.
    gc.set_threshold(100_000)
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
