"""The office's templates (templates/*.j2): the one Jinja environment, and what it says of a broken template.

Templates are trusted as code is; drafts and last year's text reach them only as values. They run in a sandbox all the
same, see no file but templates/*.j2, and an unknown name is an error.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

Load = Callable[[str], str | None]  # a template's text by its name, None: there is none

# What begins a value or stands in one that YAML would read as something else.
_SPECIAL = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`]|.*(?::(?: |$)|[ ]#)", re.DOTALL)
_SPECIAL_IN_LIST = re.compile(r".*[,\[\]{}]", re.DOTALL)
_NAME = re.compile(r"[\w.-]+\.j2")
_UNDEFINED = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")


class TemplateError(Exception):
    """A template that cannot be used: one Chinese line with its file and line."""


class Templates:
    """The office's templates, each compiled once; `load` returns a template's text by its name."""

    def __init__(self, load: Load) -> None:
        def find(wanted: str) -> tuple[str, str, None] | None:
            text = load(wanted) if _NAME.fullmatch(wanted) else None
            return None if text is None else (text, wanted, None)  # by its name a traceback knows it

        self._environment = ImmutableSandboxedEnvironment(
            undefined=jinja2.StrictUndefined,
            loader=jinja2.FunctionLoader(find),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= {"值": typed, "缩进": _indented}

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """Return what a template makes of values, without blanks at line ends; raises TemplateError.

        Its own filters: `值` types text, a list or nothing behind a colon, `缩进` indents all lines but the first.
        """
        try:
            text = self._environment.get_template(name).render(values)
        except TemplateError:
            raise  # of `load`
        except jinja2.TemplateSyntaxError as error:
            why = "写法有误，请看这一行和上一行：花括号、百分号、引号是否成对，if、for 有没有 endif、endfor。"
            raise TemplateError(_told(error.name or name, error.lineno, why)) from error
        except Exception as error:  # whatever an expression of the template may raise
            raise TemplateError(_told(*_place(error, name), _why(error))) from error
        return "\n".join(line.rstrip() for line in text.split("\n"))


def typed(value: object) -> str:
    """Return what one types behind a colon for text, a list of texts, 是 or 否, or nothing."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(_quoted(str(each), in_list=True) for each in value)}]" if value else ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return _quoted(str(value)) if value or value == 0 else ""


def _quoted(text: str, *, in_list: bool = False) -> str:
    """Return a text in quotation marks, if it would not be read as itself without them."""
    is_plain = text == text.strip() and not _SPECIAL.match(text) and not (in_list and _SPECIAL_IN_LIST.match(text))
    if text and is_plain:
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _indented(text: str, width: int) -> str:
    blanks = " " * width
    return "\n".join(blanks + line if n and line else line for n, line in enumerate(text.split("\n")))


def _told(name: str, line: int, why: str) -> str:
    return f"templates/{name} 第{line}行：{why}" if line else f"templates/{name}：{why}"


def _place(error: Exception, name: str) -> tuple[str, int]:
    """Return the template and line an exception came from; Jinja names templates in the traceback as files."""
    if isinstance(error, jinja2.TemplateNotFound):
        name, frames = str(error.name or name), []
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _NAME.fullmatch(frame.filename)]
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else (name, 0)


def _why(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return "没有这个模板；模板只能用 templates 文件夹里的。"
    if isinstance(error, jinja2.UndefinedError):
        found = _UNDEFINED.search(str(error))
        which = f"“{found[1] or found[2]}”" if found else "这里用到的名称"
        return f"没有{which}，可以用的名称写在这个模板的开头。"
    return "运行到这里出错，请对照程序带的模板检查这一行。"
