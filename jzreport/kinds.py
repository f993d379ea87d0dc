"""The kinds of values a key may take: how each is read from a node, and its shape as a JSON Schema."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import TypeVar

from jzreport.chinese import closest
from jzreport.fields import Below, Kind, Problems, Record, Reference, Schema, no_mapping, wrong
from jzreport.nodes import Entry, Mapping, Node, Scalar, Sequence
from jzreport.text import Text

R = TypeVar("R", bound=Record)

_FEW = 3  # so many words are told rather than guessed among (保密: 绝密, 机密 or 秘密?)


def read_line(node: Node, problems: Problems) -> Text | None:
    """Return text on one line, without the blanks around it."""
    if not isinstance(node, Scalar):
        problems.append(wrong(node, "这里应是一行文字。", "请在冒号后面直接写文字；以“-”“[”“{”开头的文字要加引号。"))
        return None
    lines = [stripped for line in node.lines if (stripped := line.strip())]
    if len(lines) > 1:
        problems.append(wrong(node, "这里只能写一行。", "请合成一行。"))
        return None
    return lines[0] if lines else None


def read_lines(node: Node, problems: Problems) -> tuple[Text, ...] | None:
    """Return text whose line breaks are kept; blank lines are dropped."""
    if not isinstance(node, Scalar):
        problems.append(wrong(node, "这里应是文字。", "请在冒号后面直接写文字。"))
        return None
    return tuple(stripped for line in node.lines if (stripped := line.strip())) or None


def read_names(node: Node, problems: Problems) -> tuple[Text, ...] | None:
    """Return one name, or several from a list."""
    nodes = node.items if isinstance(node, Sequence) else (node,)
    names = [read_line(item, problems) for item in nodes]
    return tuple(name for name in names if name) or None


def read_date(node: Node, problems: Problems) -> datetime.date | None:
    """Return a date typed as 2024-02-26 or 2024年2月26日."""
    text = read_line(node, problems)
    if text is None:
        return None
    match = _DATE.fullmatch(str(text))  # of this century or the last: anything else is a slip
    if match is None:
        problems.append(wrong(node, f"“{text}”不是日期。", "请写成“2024-02-26”的样子。"))
        return None
    try:
        return datetime.date(*(int(part) for part in match.groups()))
    except ValueError:
        problems.append(wrong(node, f"没有“{text}”这一天。", "请核对月、日。"))
        return None


_DATE = re.compile(r"((?:19|20)\d\d)(?:-|年|/|\.)(\d{1,2})(?:-|月|/|\.)(\d{1,2})日?", re.ASCII)


def read_number(node: Node, problems: Problems) -> int | None:
    """Return a whole number from 1 to 9999."""
    return _whole(r"([1-9]\d{0,3})", node, problems, "不是1到9999之间的整数。", "请写半角数字，例如“2”。")


def read_year(node: Node, problems: Problems) -> int | None:
    """Return a year of four digits."""
    return _whole(r"((?:19|20)\d\d)年?", node, problems, "不是年份。", "请写四位数字，例如“2023”。")


def _whole(pattern: str, node: Node, problems: Problems, message: str, hint: str) -> int | None:
    """Return the number that the pattern's only group finds in a line."""
    text = read_line(node, problems)
    match = re.fullmatch(pattern, str(text), re.ASCII) if text else None
    if text and not match:
        problems.append(wrong(node, f"“{text}”{message}", hint))
    return int(match[1]) if match else None


def read_flag(node: Node, problems: Problems) -> bool | None:
    """Return 是 or 否."""
    text = choice("是", "否").read(node, problems)
    return None if text is None else str(text) == "是"


def choice(*options: str, guesses: bool = True) -> Kind[Text]:
    """Return the kind of a value that is one of a few words; unless it `guesses`, a wrong one is answered with all.

    部分完成 is not 完成.
    """

    def read(node: Node, problems: Problems) -> Text | None:
        text = read_line(node, problems)
        if text is None or str(text) in options:
            return text
        meant = closest(str(text), options) if guesses and len(options) > _FEW else None
        hint = f"是不是“{meant}”？" if meant else f"请从“{'”“'.join(options)}”里选一个。"
        problems.append(wrong(node, f"不能填“{text}”。", hint))
        return None

    return Kind(read, lambda _: {"enum": [*options]})


def choices(*options: str) -> Kind[tuple[Text, ...]]:
    """Return the kind of a list of such words."""
    one = choice(*options)

    def read(node: Node, problems: Problems) -> tuple[Text, ...] | None:
        nodes = node.items if isinstance(node, Sequence) else (node,)
        words = [one.read(item, problems) for item in nodes]
        return tuple(word for word in words if word)

    return Kind(read, lambda reference: _one_or_list(one.shape(reference)))


def record(of: Callable[[], type[R]]) -> Kind[R]:
    """Return the kind of a mapping with a key table of its own (given late, so that tables may nest)."""
    return Kind(lambda node, problems: of()(node, problems), lambda reference: reference(of()), Below(of))


def records(of: Callable[[], type[R]]) -> Kind[tuple[R, ...]]:
    """Return the kind of a list of such mappings."""

    def read(node: Node, problems: Problems) -> tuple[R, ...] | None:
        if not isinstance(node, Sequence):
            problems.append(wrong(node, "这里应是列表。", _list_hint(node, of())))
            return None
        return tuple(of()(item, problems) for item in node.items)

    return Kind(read, lambda reference: _list(reference(of())), Below(of, is_list=True))


def _list_hint(node: Node, of: type[Record]) -> str:
    first = node.entries[0].key if isinstance(node, Mapping) and node.entries else None
    if first and (str(first) in of.fields() or not of.pattern):
        return f"请在“{first}”前面加上“- ”，下面同一项的各行也后移两格，与“{first}”对齐。"
    return of.pattern or "每一项另起一行，以“- ”开头。"


def read_entries(node: Node, problems: Problems) -> tuple[Entry, ...] | None:
    """Return the entries of a mapping whose keys are names of the office's own choice."""
    if not isinstance(node, Mapping):
        hint = "请去掉各行开头的“- ”。" if isinstance(node, Sequence) else "每行一个，冒号后空一格。"
        problems.append(no_mapping(node, "这里", hint))
        return None
    return node.entries


def read_rows(node: Node, problems: Problems) -> tuple[tuple[Text, ...], ...] | None:
    """Return the rows of a table: a list of lists of text."""
    if not isinstance(node, Sequence):
        problems.append(wrong(node, "这里应是若干行。", "每行写成“- [甲, 乙]”，短横、方括号和逗号都用半角。"))
        return None
    rows = [read_cells(row, problems) for row in node.items]
    return None if None in rows else tuple(row for row in rows if row is not None)


def read_cells(node: Node, problems: Problems) -> tuple[Text, ...] | None:
    """Return the cells of one row; an empty cell is empty text."""
    if not isinstance(node, Sequence):
        problems.append(wrong(node, "这里应是表格的一行。", "请写成“[甲, 乙]”，方括号和逗号都用半角。"))
        return None
    return tuple(read_line(cell, problems) or Text() for cell in node.items)


def _text(_: Reference) -> Schema:
    """Return the schema of text: an editor takes 514 for a number and 2024-02-26 for a date, we take all as text."""
    return {"type": ["string", "number", "boolean"]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_or_list(item: Schema) -> Schema:
    return {"anyOf": [item, _list(item)]}


def _names(reference: Reference) -> Schema:
    return _one_or_list(_text(reference))


def _cells(reference: Reference) -> Schema:
    return _list(_text(reference))


def _rows(reference: Reference) -> Schema:
    return _list(_cells(reference))


LINE = Kind(read_line, _text)
LINES = Kind(read_lines, _text)
NAMES = Kind(read_names, _names)
DATE = Kind(read_date, _text)
NUMBER = Kind(read_number, _text)
YEAR = Kind(read_year, _text)
FLAG = Kind(read_flag, choice("是", "否").shape)
ROWS = Kind(read_rows, _rows)
CELLS = Kind(read_cells, _cells)


def text_or_blocks(of: Callable[[], type[Record]]) -> Kind[Node]:
    """Return the kind of text, or a list of text and of mappings with that key table; its owner reads the node."""

    def read(node: Node, problems: Problems) -> Node | None:
        return node

    def shape(reference: Reference) -> Schema:
        return {"anyOf": [_text(reference), _list({"anyOf": [_text(reference), reference(of())]})]}

    return Kind(read, shape, Below(of, is_list=True))


def named(of: Callable[[], type[Record]]) -> Kind[tuple[Entry, ...]]:
    """Return the kind of a mapping of names to values, each on one line or a mapping with a key table of its own."""

    def shape(reference: Reference) -> Schema:
        return {"type": "object", "additionalProperties": {"anyOf": [_text(reference), reference(of())]}}

    return Kind(read_entries, shape, Below(of, is_named=True))
