"""The command line: declares the commands, prints what they return, chooses the exit code."""

from __future__ import annotations

import contextlib
import datetime
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from jzreport import display, surroundings
from jzreport.arguments import PATH, Day, Year, YearOrFile, group_option, workspace_option, workspaces_option
from jzreport.batch import Batch
from jzreport.chinese_click import ChineseCommand, ChineseGroup, speak_chinese
from jzreport.disk import WorkspaceError
from jzreport.refusals import reason

if TYPE_CHECKING:
    from jzreport.commands.checking import Checked
    from jzreport.workspace import Workspace

# A command imports what it needs when it is called: nobody who validates waits for `fix` to be read.

speak_chinese()

FINDINGS = 1
USAGE = 2
BUG = 3


@click.group(cls=ChineseGroup)
@group_option
@click.version_option(package_name="jzreport", message="jzreport %(version)s")
def jzreport() -> None:
    """汇编法治政府建设年度报告。

    各单位的来稿是 data/年度/ 下的 YAML 文件；validate 校对它们，build 把它们汇编成符合 GB/T 9704-2012 的 Word 公文。
    """


@jzreport.command("build", cls=ChineseCommand)
@click.argument("year", metavar="年度", type=Year())
@click.option("-o", "output", metavar="目录", type=PATH, help="成品放到这个目录，默认 output/年度。")
@click.option("--review", "is_review", is_flag=True, help="只生成送审稿：批注里写明来稿、数的口径和来源、校对的问题。")
@workspaces_option
@click.pass_obj
def build_command(folders: tuple[Path, ...], year: str, output: Path | None, is_review: bool) -> int:
    """生成一年的报告：Word 文件和纯文本。有错误时不生成，并列出全部问题。"""
    from jzreport.commands.build import build, gaps
    from jzreport.workspace import Workspace

    if output and len(folders) > 1:
        raise click.UsageError("写了几个 -C，就不能再写 -o：成品放在各自的 output 里。")
    created, code = surroundings.source_date(), 0
    with Batch(folders or (None,)) as batch:
        for named in batch:
            try:
                workspace = Workspace.find(named)
                built = build(workspace, year, output, created, is_review=is_review)
            except Exception as error:
                if len(folders) <= 1:
                    raise
                why = _why(error)
                batch.fail(why.removeprefix("错误："))
                batch.tell(why)
                code = max(code, _code(error))
                continue
            for line in _findings(built.checked, workspace, year):
                batch.tell(line)
            if built.paths:
                batch.tell(f"已生成{'送审稿' if is_review else ''}{gaps(built.checked)}：")
            else:
                batch.fail(f"有错误，请看：{workspace.command(f'validate {year}')}")
                code = max(code, FINDINGS)
            for path in built.paths:
                batch.give(display.safe(str(path)))
    return code


def _why(error: Exception) -> str:
    """Return in one line why a command ended: what its user may do something about, or where our bug is written down."""
    if isinstance(error, WorkspaceError):
        return f"错误：{display.safe(str(error))}"
    if isinstance(error, OSError):  # none that a command foresaw: a folder without permission, a full disk
        return display.safe(f"错误：“{error.filename or '输出'}”不能读写：{reason(error)}。")
    return f"程序出错了，这不是稿件的问题。请把这个文件发给维护人员：{surroundings.crash_log()}"


def _code(error: Exception) -> int:
    return USAGE if isinstance(error, WorkspaceError | OSError) else BUG


def _findings(checked: Checked, workspace: Workspace, year: str) -> Iterator[str]:
    """Yield what was found, and that nothing was made when there are errors."""
    repair, colour = workspace.command(f"fix {year}"), surroundings.has_colours(sys.stderr)
    yield from display.terminal(checked.diagnostics, checked.lines, repair, colour=colour)
    if checked.report is None or any(diagnostic.is_error for diagnostic in checked.diagnostics):
        yield "有错误，没有生成文件（文件夹里若有同名文件，是以前生成的）。请改好后再运行。"


@jzreport.command("validate", cls=ChineseCommand)
@click.argument("targets", metavar="年度或文件…", type=YearOrFile(), nargs=-1, required=True)
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
    type=PATH,
    help="给每个单位写一份反馈单（纯文本），放到这个目录。",
)
@workspace_option
@click.pass_obj
def validate_command(
    named: Path | None,
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

    checked = validate(named, targets, surroundings.read_stdin)
    shown = outcome(checked, named, targets, select, ignore)
    if form == "text":
        colour = surroundings.has_colours(sys.stdout)
        lines = display.text(shown, colour=colour)
    else:
        colour = False
        surroundings.write_utf8()
        lines = display.in_form(form, for_programs(shown, named, targets))
    for line in lines:
        click.echo(line, color=colour)
    aside = form != "text"  # what a program reads is nothing but findings
    if checked.note:
        click.echo(display.safe(checked.note), err=aside)
    if folder:
        from jzreport.commands.sheets import write_sheets

        # A sheet says that nothing was found: it must not keep silent about rules that were not to be shown here.
        for path in write_sheets(folder, checked, outcome(checked, named, targets), is_whole=is_year(targets)):
            click.echo(display.safe(str(path)), err=aside)
    return FINDINGS if any(strict or diagnostic.is_error for diagnostic in shown.diagnostics) else 0


@jzreport.command("fix", cls=ChineseCommand)
@click.argument("targets", metavar="年度或文件…", type=YearOrFile(), nargs=-1, required=True)
@click.option("--diff", "shows", is_flag=True, help="只列出要改的地方，不改文件。")
@workspace_option
@click.pass_obj
def fix_command(named: Path | None, targets: tuple[str, ...], shows: bool) -> None:
    """改好能放心改的地方：标点、空格、全角半角等。只动这些字，注释、缩进、编码都不变。"""
    from jzreport.commands.fix import fix

    fixed = fix(named, targets, writes=not shows)
    for line in fixed.diff if shows else ():
        click.echo(display.as_line(line))
    for line in fixed.told:
        click.echo(display.as_line(line), err=shows)


@jzreport.command("new", cls=ChineseCommand)
@click.argument("year", metavar="年度", type=Year())
@click.option("--from", "pattern", metavar="年度", type=Year(), help="照哪一年的样子，默认是它之前最近的一年。")
@click.option("--blank", is_flag=True, help="不照以前的年度，从提纲开始。")
@click.option(
    "--outline",
    type=click.Choice(["七部分", "九部分"]),
    help="从提纲开始时用哪个提纲，默认七部分。",
)
@click.option("--region", metavar="地区", default="", help="没有以前的年度时写明地区，例如示例市。")
@click.option(
    "--add",
    "added",
    metavar="单位 章节",
    nargs=2,
    multiple=True,
    help="给已有的年度加一份来稿；章节写键或标题。可以写几次。",
)
@workspace_option
@click.pass_obj
def new_command(
    named: Path | None,
    year: str,
    pattern: str | None,
    blank: bool,
    outline: str | None,
    region: str,
    added: tuple[tuple[str, str], ...],
) -> None:
    """开始新的一年：照上一年建好 report.yaml 和各单位的空白来稿。已有的文件不会改动。"""
    from jzreport.commands.new import OUTLINES, add, new, next_steps
    from jzreport.workspace import Workspace

    if (pattern and blank) or (added and (pattern or blank or outline or region)):
        raise click.UsageError("--add 不能与别的选项同时写，--blank 不能与 --from 同时写。")
    workspace = Workspace.find(named)
    if added:
        for path in add(workspace, year, added):
            click.echo(display.safe(str(path)))
        return
    made = new(workspace, year, pattern, blank=blank, region=region, outline=outline or OUTLINES[0])
    for line in next_steps(made, workspace, year):
        click.echo(display.safe(line))


@jzreport.command("init", cls=ChineseCommand)
@click.argument("folder", metavar="目录", type=PATH)
def init_command(folder: Path) -> None:
    """建一个新的工作区：给别的地方用，放好模板和存放年度的文件夹。"""
    from jzreport.commands.new import init

    init(folder)
    where = display.safe(str(folder))
    click.echo(f"建好了“{where}”。")
    click.echo(f"接下来：jzreport new 年度 --region 地区 -C {display.as_argument(where, '目录')}")


@jzreport.command("status", cls=ChineseCommand)
@click.argument("year", metavar="年度", type=Year())
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出的格式，默认 text。")
@click.option(
    "--date",
    "day",
    metavar="日期",
    type=Day(),
    help="按这一天看是否逾期，例如 2024-01-15；默认今天。",
)
@workspace_option
@click.pass_obj
def status_command(named: Path | None, year: str, form: str, day: datetime.date | None) -> int:
    """看一年的进度：谁交了、填了多少、有多少问题、上年承诺答复了没有。没有齐时退出码是 1。"""
    from jzreport.commands.status import status
    from jzreport.display.status import FORMS
    from jzreport.workspace import Workspace

    workspace = Workspace.find(named)
    reached = status(workspace, year, day or datetime.date.today())
    if form == "json":
        surroundings.write_utf8()
    for line in FORMS[form](reached, workspace.command(f"validate {year}")):
        click.echo(line)
    return 0 if reached.is_complete else FINDINGS


@jzreport.command("compare", cls=ChineseCommand)
@click.argument("before", metavar="年度", type=Year())
@click.argument("after", metavar="年度", type=Year())
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    help="输出的格式：text 给人看（默认），csv 用 Excel 打开，json 给程序读。",
)
@click.option("-o", "output", metavar="文件", type=PATH, help="写到这个文件里。")
@workspace_option
@click.pass_obj
def compare_command(named: Path | None, before: str, after: str, form: str, output: Path | None) -> None:
    """对照两年的指标：数值、变化、填报单位、位置，新增的和没有了的。"""
    from jzreport.commands.compare import compare_years, write_table
    from jzreport.display.comparison import FORMS
    from jzreport.workspace import Workspace

    years = (min(before, after), max(before, after))
    workspace = Workspace.find(named)
    compared = compare_years(workspace, *years)
    lines = list(FORMS[form](compared.pairs, years))
    for year in compared.unread:
        look = workspace.command(f"validate {year}")
        click.echo(f"{year} 年有文件读不出来，表里没有它们的指标；请看 {look}。", err=True)
    if output:
        click.echo(display.safe(str(write_table(output, lines, "\r\n" if form == "csv" else "\n"))))
        return
    if form != "text":
        surroundings.write_utf8()
    for line in lines:
        click.echo(line)


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
@workspace_option
@click.pass_obj
def schema_command(named: Path | None) -> None:
    """更新编辑器用的格式说明。写到工作区的 templates 目录，VS Code 等编辑器据此提示和检查。"""
    from jzreport.commands.schema import write_schemas
    from jzreport.workspace import Workspace

    for path in write_schemas(Workspace.find(named)):
        click.echo(display.safe(str(path)))


def main() -> NoReturn:
    """Run the program; whatever happens, the user reads one Chinese line and never a traceback."""
    try:
        sys.exit(jzreport.main(standalone_mode=False, prog_name="jzreport") or 0)
    except click.ClickException as error:
        told = io.StringIO()
        error.show(told)
        for line in told.getvalue().removesuffix("\n").split("\n"):
            click.echo(display.as_line(display.safe(line)), err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中止。", err=True)
        sys.exit(USAGE)
    except Exception as error:
        with contextlib.suppress(OSError):  # where nothing can be said, the exit code still is
            click.echo(_why(error), err=True)
        surroundings.forget_output()
        sys.exit(_code(error))
