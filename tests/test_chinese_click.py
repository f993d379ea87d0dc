from __future__ import annotations

import ast
import gettext
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from jzreport.chinese import display_width
from jzreport.chinese_click import ChineseCommand, ChineseFormatter, ChineseGroup, speak_chinese

ROOT = Path(__file__).resolve().parents[1]

speak_chinese()


@click.group(cls=ChineseGroup)
@click.version_option("1.0", prog_name="演示")
def demo() -> None:
    """把各部门的底稿合成报告。"""


@demo.command()
@click.argument("folder", metavar="目录", type=click.Path(exists=True, file_okay=False))
@click.option("-n", "--number", type=int, default=3, show_default=True, help="份数。")
@click.option("--year", type=click.IntRange(2000, 2100), required=True, help="年度。")
@click.option("--kind", type=click.Choice(["草稿", "定稿"]), help="稿别。")
@click.option("--plain/--no-plain", default=False, help="不套版式。")
@click.option("--sure", type=bool, help="是否确定。")
@click.option("--pair", nargs=2, type=float, help="两个数。")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="日期。")
@click.option("--template", type=click.Path(exists=True, dir_okay=False), envvar="DEMO_TEMPLATE", help="版式。")
def build(**_: object) -> None:
    """合成报告。缺什么、错在哪里，都会写明文件和行号，
    改好以后再运行一次即可；只有全部改好了，才会写出文件，已经写出的文件不会被改动。

    文件写在 output 目录里。
    """


@demo.command()
@click.argument("first", metavar="甲")
@click.argument("pair", metavar="乙", nargs=2)
@click.confirmation_option()
def merge(first: str, pair: tuple[str, str]) -> None:
    """合并两份底稿。"""


@demo.command()
@click.option("--kind", type=click.Choice(["草稿", "定稿"]), required=True)
def pick(kind: str) -> None:
    """挑选。"""


def run(*arguments: str, typed: str | None = None) -> Result:
    result = CliRunner().invoke(demo, arguments, prog_name="演示", input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


# What a user types, and so reads, in Latin letters.
TYPED = {"build", "merge", "pick", "buid", "output", "yes", "no", "abc", "number", "help"}


def english(text: str) -> set[str]:
    """Return the English words of a text, apart from options and what else is typed."""
    return set(re.findall(r"(?<![-\w.])[A-Za-z]{2,}", text)) - TYPED


def message(result: Result) -> str:
    assert result.exit_code == 2
    return result.output.splitlines()[-1]


# --- help pages ---


def test_the_help_of_a_group() -> None:
    assert run("--help").output == (
        "用法：演示 [选项] 命令 [参数]…\n"
        "\n"
        "  把各部门的底稿合成报告。\n"
        "\n"
        "选项：\n"
        "  --version   显示版本号。\n"
        "  -h, --help  显示这份说明。\n"
        "\n"
        "命令：\n"
        "  build  合成报告\n"
        "  merge  合并两份底稿\n"
        "  pick   挑选\n"
    )


def test_the_help_of_a_command() -> None:
    text = run("build", "--help").output
    assert text.startswith("用法：演示 build [选项] 目录\n")
    assert "  -n, --number 整数     份数。  [默认：3]\n" in text
    assert "年度。  [2000<=x<=2100; 必填]\n" in text


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["merge", "--help"], ["pick", "--help"]])
def test_no_english_in_help(arguments: list[str]) -> None:
    assert english(run(*arguments).output) == set()


def test_explanations_start_in_one_column() -> None:
    text = run("build", "--help").output
    columns = {
        display_width(found[1])
        for line in text.partition("选项：\n")[2].splitlines()
        if (found := re.match(r"(  -.*?\S  +)\S", line))
    }
    assert len(columns) == 1


def test_help_wraps_by_display_width_and_loses_nothing() -> None:
    text = run("build", "--help").output
    assert max(display_width(line) for line in text.splitlines()) <= 80
    assert "都会写明文件和行号，改好以后再运行一次即可；" in re.sub(r"\n +", "", text)


def test_no_line_starts_with_a_closing_mark() -> None:
    for width in range(20, 60):
        formatter = ChineseFormatter(width=width)
        formatter.write_text("报告、决定（草案）、“通知”，以及《条例》。" * 9)
        lines = formatter.getvalue().splitlines()
        assert all(display_width(line) <= width for line in lines)
        assert not any(line[0] in "、，。）”》" or line[-1] in "（“《" for line in lines)


def test_paragraphs_left_alone_and_indented() -> None:
    formatter = ChineseFormatter(width=20)
    formatter.write_text("第一段\n接着写\n\n\b\n甲  乙\n丙  丁\n\n  缩进的一段文字，要折成两行")
    assert formatter.getvalue() == "第一段接着写\n\n甲  乙\n丙  丁\n\n  缩进的一段文字，要\n  折成两行\n"


def test_a_long_usage_line_breaks_at_blanks() -> None:
    formatter = ChineseFormatter(width=29)
    formatter.write_usage("演示", "[选项] [第一个参数] [第二个参数]")
    assert formatter.getvalue() == "用法：演示 [选项]\n           [第一个参数]\n           [第二个参数]\n"


def test_a_long_term_stands_on_a_line_of_its_own() -> None:
    formatter = ChineseFormatter(width=60)
    formatter.write_dl([("--a", "甲"), ("--very-long-option-name 很长很长的值", "乙"), ("--b", "")])
    lines = formatter.getvalue().splitlines()
    assert lines == ["--a" + " " * 29 + "甲", "--very-long-option-name 很长很长的值", " " * 32 + "乙", "--b"]


def test_commands_stand_in_the_order_of_declaration() -> None:
    @click.group(cls=ChineseGroup)
    def group() -> None: ...

    for name in ("b", "a"):
        group.command(name)(lambda: None)
    assert group.list_commands(click.Context(group)) == ["b", "a"]


def test_inner_groups_and_commands_are_chinese_too() -> None:
    @demo.group()
    def inner() -> None: ...

    @inner.command()
    def deep() -> None: ...

    try:
        assert type(inner) is ChineseGroup
        assert type(deep) is ChineseCommand
    finally:
        demo.commands.pop("inner")


def test_optional_command_in_usage() -> None:
    group = ChineseGroup("演示", invoke_without_command=True)
    assert CliRunner().invoke(group, ["--help"]).output.startswith("用法：演示 [选项] [命令] [参数]…\n")


def test_shared_types_keep_their_names() -> None:
    assert (click.INT.name, click.STRING.name) == ("integer", "text")


# --- wrong command lines ---

FOLDER = str(ROOT / "tests")
FILE = str(Path(__file__))
MISTAKES = [
    (["build", "--nubmer", "1"], r"错误：没有“--nubmer”这个选项。是不是要写“--number”？"),
    (["build", "--zzz"], r"错误：没有“--zzz”这个选项。"),
    (["-x"], r"错误：没有“-x”这个选项。"),
    (["build", "-number", "1"], r"错误：没有“-number”这个选项。是不是要写“--number”（前面是两个半角短横）？"),
    (["build", "——number", "1"], r"错误：没有“——number”这个选项。是不是要写“--number”（前面是两个半角短横）？"),
    (["help"], r"错误：没有“help”这个命令。是不是要写“--help”？"),
    (["buid"], r"错误：没有“buid”这个命令。是不是要写“build”？"),
    (["build", "--year", "2023"], r"错误：缺少参数“目录”。"),
    (["build", FOLDER], r"错误：缺少选项“--year”。"),
    (["build", FOLDER, "多", "余", "--year", "2023"], r"错误：多写了参数：多 余"),
    (["build", FOLDER, "-n"], r"错误：选项“-n”后面要写 1 个值。"),
    (["build", FOLDER, "--pair", "1"], r"错误：选项“--pair”后面要写 2 个值。"),
    (["build", FOLDER, "--plain=1"], r"错误：选项“--plain”后面不能写值。"),
    (["merge", "甲", "乙"], r"错误：这个参数要写满 2 个值。"),
    (["build", FOLDER, "-n", "abc"], r"错误：“-n” / “--number”的值不对：“abc”不是整数。"),
    (["build", FOLDER, "--pair", "1", "二"], r"错误：“--pair”的值不对：“二”不是数字。"),
    (["build", FOLDER, "--sure", "也许"], r"错误：“--sure”的值不对：“也许”不能表示是或否，请写 yes 或 no。"),
    (["build", FOLDER, "--year", "1"], r"错误：“--year”的值不对：1 不在 2000<=x<=2100 的范围内。"),
    (["build", FOLDER, "--kind", "样稿"], r"错误：“--kind”的值不对：“样稿”不在可以写的值之中：“草稿”、“定稿”。"),
    (["build", FOLDER, "--day", "今天"], r"错误：“--day”的值不对：“今天”不合格式：“%Y-%m-%d”。"),
    (["build", "没有", "--year", "2023"], r"错误：“目录”的值不对：目录“没有”不存在。"),
    (["build", FILE, "--year", "2023"], r"错误：“目录”的值不对：“.*”是文件，这里要写目录。"),
    (["build", FOLDER, "--template", FOLDER], r"错误：“--template”的值不对：“.*”是目录，这里要写文件。"),
    (["build", FOLDER, "--template", "无.docx"], r"错误：“--template”的值不对：文件“无.docx”不存在。"),
]


@pytest.mark.parametrize(("arguments", "expected"), MISTAKES)
def test_a_mistake_is_told_in_chinese(arguments: list[str], expected: str) -> None:
    result = run(*arguments)
    assert re.fullmatch(expected, message(result)), message(result)
    command = f"演示 {arguments[0]}" if arguments[0] in demo.commands else "演示"
    lines = result.output.splitlines()
    assert lines[0].startswith(f"用法：{command} [选项] ")
    assert lines[1] == f"运行“{command} --help”可以看到用法说明。"
    assert english(re.sub(r"“/.*?”|%\w", "", result.output)) <= {"docx"}


def test_a_missing_choice_names_the_choices() -> None:
    assert run("pick").output.endswith("错误：缺少选项“--kind”。可以写的有：\n\t草稿,\n\t定稿\n")


def test_a_command_is_missing() -> None:
    assert english(run().output) == set()
    bare = ChineseGroup("演示", no_args_is_help=False, commands=[ChineseCommand("甲")])
    assert message(CliRunner().invoke(bare, [])) == "错误：没有写要运行的命令。"


def test_questions_and_aborting() -> None:
    assert run("merge", "甲", "乙", "丙", typed="n\n").output == "要继续吗？ [y/N]: n\n已中止。\n"
    assert run("merge", "甲", "乙", "丙", "--yes").output == ""


def test_a_deprecated_command_says_so() -> None:
    old = ChineseCommand("旧", deprecated=True)
    assert CliRunner().invoke(old, []).output == "提醒：命令“旧”已停用。\n"


def test_the_version() -> None:
    assert run("--version").output == "演示，版本 1.0\n"


# --- the catalogue ---

# Calls whose message is no literal, and the messages they look up.
NOT_LITERAL = {"extra['required']": ["required"]}


@dataclass
class Call:
    """One call that translates: its messages (singular, plural) and what is filled in."""

    messages: list[str]
    filled_in: set[str] = field(default_factory=set)


def calls_in_click() -> list[Call]:
    sources = Path(click.__file__).parent.glob("*.py")
    return [call for path in sources for call in translations(ast.parse(path.read_text(encoding="utf-8")))]


def translations(tree: ast.Module) -> Iterator[Call]:
    formatted: dict[ast.expr, set[str]] = {}
    for node in ast.walk(tree):  # outer calls come before inner ones
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            formatted[node.func.value] = {keyword.arg for keyword in node.keywords if keyword.arg}
        elif isinstance(node.func, ast.Name) and node.func.id in {"_", "gettext", "ngettext"}:
            count = 2 if node.func.id == "ngettext" else 1
            yield Call([text for part in node.args[:count] for text in literals(part)], formatted.get(node, set()))


def literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    return NOT_LITERAL[ast.unparse(node)]


def translated(call: Call) -> str:
    if len(call.messages) == 2:
        return gettext.ngettext(call.messages[0], call.messages[1], 2)
    return gettext.gettext(call.messages[0])


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_message_of_click_is_translated() -> None:
    calls = calls_in_click()
    assert len(calls) > 40
    untranslated = [call.messages[0] for call in calls if translated(call) in call.messages]
    # Nothing but placeholders: there is nothing to translate.
    assert [text for text in untranslated if re.search(r"[a-z]", re.sub(r"\{.*?\}", "", text))] == []


def test_translations_use_only_what_click_fills_in() -> None:
    for call in calls_in_click():
        allowed = call.filled_in or set().union(*map(placeholders, call.messages))
        assert {name.split(".")[0] for name in placeholders(translated(call))} <= {n.split(".")[0] for n in allowed}


def test_the_compiled_catalogue_is_fresh() -> None:
    compiler = ROOT / "tools" / "compile_catalogue.py"
    checked = subprocess.run([sys.executable, compiler, "--check"], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


# --- whatever the machine ---

PROGRAM = """
from jzreport.chinese_click import ChineseCommand, speak_chinese
speak_chinese()
speak_chinese()
import click
ChineseCommand("demo", params=[click.Option(["--file"], type=click.Path())])(["--help"], prog_name="demo")
"""
SETTINGS = [
    {},
    {"LANG": "C"},
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LC_ALL": "en_US.UTF-8"},
    {"LC_ALL": "en_US.ISO-8859-1", "LANGUAGE": "en:de"},
    {"LANGUAGE": "C", "LANG": "de_DE.UTF-8"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "cp1252:strict"},
    {"PYTHONIOENCODING": "gbk"},
]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_chinese_in_every_environment(settings: dict[str, str]) -> None:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    environment = kept | settings | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    shown = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=False)
    encoding = "gbk" if settings.get("PYTHONIOENCODING") == "gbk" else "utf-8"
    assert (shown.returncode, shown.stderr) == (0, b"")
    words = shown.stdout.decode(encoding).split()
    assert words == ["用法：demo", "[选项]", "选项：", "--file", "路径", "-h,", "--help", "显示这份说明。"]


def test_characters_beyond_the_console_are_escaped() -> None:
    program = "from jzreport.chinese_click import speak_chinese\nspeak_chinese()\nprint('𠮷')"
    environment = os.environ | {"PYTHONIOENCODING": "gbk", "PYTHONPATH": str(ROOT)}
    shown = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert shown.stdout.split() == [rb"\U00020bb7"]
