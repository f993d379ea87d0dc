"""Click in Chinese: its own messages from the catalogue, help pages set by display width, commands with both."""

from __future__ import annotations

import copy
import gettext
import inspect
import io
import os
import re
import sys
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path
from typing import Any

import click

from jzreport.chinese import closest, display_width, join_lines

_LOCALE = Path(__file__).parent / "locale"
# What Click calls the types it has, in option placeholders and in messages about a wrong value.
_TYPE_NAMES = {
    "text": "文字",
    "integer": "整数",
    "integer range": "整数",
    "float": "数字",
    "float range": "数字",
    "boolean": "是或否",
    "filename": "文件",
    "file": "文件",
    "directory": "目录",
    "path": "路径",
}
# What a line may break before: a blank, an ASCII word or one character, with the marks that cling to it.
_UNIT = r"\s+|[（《〈“‘「『【〔\[(]*(?:[!-~]+|.)[，。；：、！？）》〉”’」』】〕…—％\])]*"
_WORD = r"\s+|\S+"
_QUOTED = r"'([^']*)'"
_DASHES = "-‐‑‒–—―－−─"
_MISSING = r" (“.*”)\. ?"


def speak_chinese() -> None:
    """Make Click's messages Chinese in this process, whatever its locale; call before declaring any command."""
    os.environ["LANGUAGE"] = "zh_CN"  # what gettext looks at first, before LC_ALL, LC_MESSAGES and LANG
    gettext.bindtextdomain("messages", str(_LOCALE))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            _open_to_chinese(stream)


def _open_to_chinese(stream: io.TextIOWrapper) -> None:
    """Keep a stream from failing on a character: UTF-8 when its encoding lacks Chinese, else escape what it lacks."""
    try:
        "中文“”…".encode(stream.encoding)
    except (UnicodeEncodeError, LookupError):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    else:
        if stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


class ChineseFormatter(click.HelpFormatter):
    """Writes help pages with columns and line ends counted as a terminal shows them, and full-width colons."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line, broken at blanks only."""
        start = " " * self.current_indent + ("用法：" if prefix is None else prefix) + prog + " "
        hang = min(_width(start), self.width // 2)
        lines = _fit(re.findall(_WORD, args), self.width - hang)
        self._write_lines([start + lines[0], *(" " * hang + line for line in lines[1:])])

    def write_heading(self, heading: str) -> None:
        """Write a section's heading."""
        self._write_lines([f"{'':>{self.current_indent}}{heading}："])

    def write_text(self, text: str) -> None:
        """Write paragraphs, filled anew."""
        indent = " " * self.current_indent
        self._write_lines([indent + line for line in _fill(text, self.width - self.current_indent)])

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and their explanations in two columns."""
        rows = list(rows)
        column = min(max((_width(term) for term, _ in rows), default=0), col_max) + col_spacing
        for term, explanation in rows:
            self._write_entry(term, explanation, column, column - col_spacing)

    def _write_entry(self, term: str, explanation: str, column: int, longest: int) -> None:
        indent = " " * self.current_indent
        lines = _fill(explanation, max(self.width - self.current_indent - column, 10))
        width = _width(term)
        beside = lines.pop(0) if width <= longest else ""
        self._write_lines([indent + term + " " * (column - width) + beside])
        self._write_lines([indent + " " * column + line for line in lines])

    def _write_lines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line.rstrip() + "\n")


def _width(text: str) -> int:
    return display_width(click.unstyle(text))


def _fill(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in re.split(r"\n(?:[ \t]*\n)+", text.expandtabs().strip("\n")):
        lines += [""] if lines else []
        lines += _fill_paragraph(paragraph, width)
    return lines


def _fill_paragraph(paragraph: str, width: int) -> list[str]:
    first, _, rest = paragraph.partition("\n")
    if first.strip() == "\b":  # Click's mark for lines to be left alone
        return rest.splitlines()
    indent = " " * (len(first) - len(first.lstrip(" ")))
    return [indent + line for line in _fit(re.findall(_UNIT, _joined(paragraph)), width - len(indent))]


def _joined(paragraph: str) -> str:
    text = ""
    for line in map(str.strip, paragraph.splitlines()):
        text += join_lines(text, line) + line
    return text


def _fit(units: list[str], width: int) -> list[str]:
    lines = [""]
    for unit in units:
        if lines[-1] and _width(lines[-1]) + _width(unit.rstrip()) > width:
            lines.append("")
        if lines[-1] or not unit.isspace():
            lines[-1] += unit
    return [line.rstrip() for line in lines]


class ChineseContext(click.Context):
    """A context whose help pages the Chinese formatter writes."""

    formatter_class = ChineseFormatter


class ChineseCommand(click.Command):
    """A command with Chinese placeholders and complaints; the first sentence of its help stands in the group's list."""

    context_class = ChineseContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[选项]")
        kwargs.setdefault("context_settings", {"help_option_names": ["--help", "-h"]})
        super().__init__(*args, **kwargs)
        if self.help and not self.short_help:
            self.short_help = _first_sentence(self.help)
        for param in self.params:
            _name_type(param)
            if isinstance(param, click.Option):
                _translate(param)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; every complaint comes with the usage line and Chinese punctuation."""
        self._look_for_dashes(ctx, args)
        try:
            return super().parse_args(ctx, args)
        except click.BadParameter as error:
            raise _retold(error, ctx) from None
        except click.NoSuchOption as error:
            raise _unknown("选项", error.option_name, error.possibilities or (), ctx) from None
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def _look_for_dashes(self, ctx: click.Context, args: list[str]) -> None:
        """Complain of an option behind one dash, or a Chinese one: an input method turns -- into —."""
        known = {name for param in self.get_params(ctx) for name in (*param.opts, *param.secondary_opts)}
        for typed in takewhile(lambda each: each != "--", args):
            word = typed.lstrip(_DASHES)
            meant = next((name for name in (f"--{word}", f"-{word}") if name in known), None)
            if word and word != typed and typed not in known and meant:
                how = "两个半角短横" if meant.startswith("--") else "一个半角短横"
                raise click.UsageError(f"没有“{typed}”这个选项。是不是要写“{meant}”（前面是{how}）？", ctx)


class ChineseGroup(ChineseCommand, click.Group):
    """A group of Chinese commands, listed in the order of their declaration; its groups are of the same class."""

    command_class = ChineseCommand
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        command = "[命令]" if kwargs.get("invoke_without_command") else "命令"
        kwargs.setdefault("subcommand_metavar", f"{command} [参数]…")
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, first declared first."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is typed; of one there is none of, say which may be meant."""
        name = args[0]
        if name[:1].isalnum() and not ctx.resilient_parsing and self.get_command(ctx, name) is None:
            meant = "--help" if name in ("help", "帮助") else closest(name, self.commands)
            raise _unknown("命令", name, (meant,) if meant else (), ctx)
        return super().resolve_command(ctx, args)


def _first_sentence(text: str) -> str:
    paragraph = inspect.cleandoc(text).partition("\f")[0].partition("\n\n")[0]
    return _joined(paragraph).partition("。")[0]


def _name_type(param: click.Parameter) -> None:
    name = None if param.type.is_composite else _TYPE_NAMES.get(param.type.name)
    if name is not None:
        param.type = copy.copy(param.type)  # the plain types are shared by all programs of the process
        param.type.name = name


def _translate(option: click.Option) -> None:
    """Translate what Click's ready-made options say; older versions do not look it up."""
    option.help = _translated(option.help)
    option.prompt = _translated(option.prompt)


def _translated(said: str | None) -> str | None:
    """Return what Click says in Chinese; the program's own Chinese is not looked up (gettext reads the disk)."""
    return gettext.gettext(said) if said and said.isascii() else said


def _unknown(what: str, name: str, meant: Iterable[str], ctx: click.Context) -> click.UsageError:
    hint = "、".join(f"“{each}”" for each in meant)
    return click.UsageError(f"没有“{name}”这个{what}。{f'是不是要写{hint}？' if hint else ''}", ctx)


def _retold(error: click.BadParameter, ctx: click.Context) -> click.UsageError:
    hint = error.param_hint
    if error.param is not None and hint is None:
        hint = _chinese_quotes(error.param.get_error_hint(ctx))
    if not isinstance(error, click.MissingParameter):
        return click.BadParameter(_chinese_quotes(error.message), error.ctx or ctx, error.param, hint)
    error.param_hint = hint
    # Click itself puts a blank before the name and a full stop after it.
    return click.UsageError(re.sub(_MISSING, r"\1。", error.format_message(), count=1), ctx)


def _chinese_quotes(text: str) -> str:
    return re.sub(_QUOTED, r"“\1”", text).replace("”, “", "”、“")
