"""Typed reading of mappings: a table of keys (a `Keys` class) turns a node into checked values.

A `Field` is one row of such a table: the Chinese key, what kind of value it takes, and what a clerk is told about it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from jzreport.chinese import closest
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.slips import slip_on
from jzreport.source import Entry, Mapping, Node, Scalar, Sequence
from jzreport.text import Text

_MAX_GUESSED = 100

MISSING = Rule("S01", "缺少必填项")
UNKNOWN = Rule("S02", "不认识的项")
MISTYPED = Rule("S03", "填法不对")
RULES = (MISSING, UNKNOWN, MISTYPED)

Problems = list[Diagnostic]
T = TypeVar("T")
Read = Callable[[Node, Problems], "T | None"]


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """What may be typed behind a key: how it is read, and its shape in the words of JSON Schema."""

    read: Read[T]
    shape: str


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One key of a file."""

    key: str
    kind: Kind[T]
    about: str
    required: bool = False
    example: str = ""

    @overload
    def __get__(self, instance: None, owner: type) -> Field[T]: ...
    @overload
    def __get__(self, instance: Record, owner: type) -> T | None: ...
    def __get__(self, instance: Record | None, owner: type) -> Field[T] | T | None:
        return self if instance is None else instance.value_of(self)


class Record:
    """One mapping read by its key table: subclasses list their keys as fields; an attribute is the checked value.

    Unknown, misspelt and missing keys and values of the wrong kind are found when the record is made.
    """

    what = "这里"

    def __init__(self, node: Node, problems: Problems) -> None:
        self.span = node.span
        self._entries: dict[str, Entry] = {}
        self._values: dict[str, Any] = {}
        if not isinstance(node, Mapping):
            problems.append(_no_mapping(node, self.what, _example(self)))
            return
        meant = self._take(node, problems)
        for field in self.fields().values():
            entry = self._entries.get(field.key)
            if entry and _is_blank(entry.value):
                problems.append(_blank(entry, field))
            elif entry:
                self._values[field.key] = field.kind.read(entry.value, problems)
            elif field.required and field.key not in meant:
                hint = f"请加上一行“{field.key}: {field.example or '……'}”。"
                problems.append(Diagnostic(MISSING, _head(node.span), f"{self.what}缺少“{field.key}”。", hint))

    @classmethod
    def fields(cls) -> dict[str, Field[Any]]:
        """Return the key table: Chinese key to field, in the order they are written."""
        rows = (value for base in reversed(cls.__mro__) for value in vars(base).values())
        return {row.key: row for row in rows if isinstance(row, Field)}

    def value_of(self, field: Field[T]) -> T | None:
        """Return the checked value, None when it was not given or is wrong."""
        value: T | None = self._values.get(field.key)
        return value

    def lacks(self, field: Field[Any]) -> bool:
        """Whether the key was not written at all."""
        return field.key not in self._entries

    def texts(self) -> Iterator[Text]:
        """Yield the values that are text, lists of them included."""
        for value in self._values.values():
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, Text):
                    yield text

    def place_of(self, field: Field[Any]) -> Span:
        """Return where the key and its value stand, else where the record stands."""
        entry = self._entries.get(field.key)
        return entry.span if entry else self.span

    def _take(self, node: Mapping, problems: Problems) -> set[str]:
        """Take the entries with known keys; return the keys that were meant by misspelt ones."""
        known = self.fields()
        left = known.keys() - {str(entry.key) for entry in node.entries}
        meant: set[str] = set()
        for entry in node.entries:
            key = str(entry.key)
            if key in known:
                self._entries[key] = entry
                continue
            many = len(node.entries) > _MAX_GUESSED  # the wrong kind of file: nobody misspells so much
            guess = None if many else closest(key, [k for k in known if k in left])
            hint = f"是不是“{guess}”？" if guess else f"可以写的有：{'、'.join(known)}。"
            span = entry.key.span() or entry.span
            problems.append(Diagnostic(UNKNOWN, span, f"{self.what}没有“{key}”这一项。", hint))
            meant |= {guess} if guess else set()
        return meant


def wrong(node: Node, message: str, hint: str = "") -> Diagnostic:
    """Return the finding for a value of the wrong kind."""
    return Diagnostic(MISTYPED, node.span, message, hint)


def read_line(node: Node, problems: Problems) -> Text | None:
    """Return text on one line, without the blanks around it."""
    if not isinstance(node, Scalar):
        problems.append(wrong(node, "这里应是一行文字。", "请在冒号后面直接写文字；以“-”“[”“{”开头的文字要加引号。"))
        return None
    lines = [line.strip() for line in node.lines if line.strip()]
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
    match = _DATE.fullmatch(str(text))
    if match is None:
        problems.append(wrong(node, f"“{text}”不是日期。", "请写成“2024-02-26”的样子。"))
        return None
    try:
        return datetime.date(*(int(part) for part in match.groups()))
    except ValueError:
        problems.append(wrong(node, f"没有“{text}”这一天。", "请核对月、日。"))
        return None


_DATE = re.compile(r"(\d{4})(?:-|年|/|\.)(\d{1,2})(?:-|月|/|\.)(\d{1,2})日?", re.ASCII)


def read_number(node: Node, problems: Problems) -> int | None:
    """Return a whole number from 1 to 9999."""
    text = read_line(node, problems)
    if text is None:
        return None
    if not re.fullmatch(r"[1-9]\d{0,3}", str(text), re.ASCII):
        problems.append(wrong(node, f"“{text}”不是1到9999之间的整数。", "请写半角数字，例如“2”。"))
        return None
    return int(str(text))


def read_year(node: Node, problems: Problems) -> int | None:
    """Return a year of four digits."""
    text = read_line(node, problems)
    if text is None:
        return None
    if not re.fullmatch(r"(?:19|20)\d\d年?", str(text), re.ASCII):
        problems.append(wrong(node, f"“{text}”不是年份。", "请写四位数字，例如“2023”。"))
        return None
    return int(str(text)[:4])


def read_flag(node: Node, problems: Problems) -> bool | None:
    """Return 是 or 否."""
    text = choice("是", "否").read(node, problems)
    return None if text is None else str(text) == "是"


def choice(*options: str) -> Kind[Text]:
    """Return the kind of a value that is one of a few words."""

    def read(node: Node, problems: Problems) -> Text | None:
        text = read_line(node, problems)
        if text is None or str(text) in options:
            return text
        meant = closest(str(text), options)
        hint = f"是不是“{meant}”？" if meant else f"请从“{'”“'.join(options)}”里选一个。"
        problems.append(wrong(node, f"不能填“{text}”。", hint))
        return None

    return Kind(read, f"choice:{'|'.join(options)}")


def choices(*options: str) -> Kind[tuple[Text, ...]]:
    """Return the kind of a list of such words."""
    one = choice(*options)

    def read(node: Node, problems: Problems) -> tuple[Text, ...] | None:
        nodes = node.items if isinstance(node, Sequence) else (node,)
        words = [one.read(item, problems) for item in nodes]
        return tuple(word for word in words if word)

    return Kind(read, f"choices:{'|'.join(options)}")


def record(of: Callable[[], type[R]]) -> Kind[R]:
    """Return the kind of a mapping with a key table of its own (given late, so that tables may nest)."""
    return Kind(lambda node, problems: of()(node, problems), "record")


def records(of: Callable[[], type[R]]) -> Kind[tuple[R, ...]]:
    """Return the kind of a list of such mappings."""

    def read(node: Node, problems: Problems) -> tuple[R, ...] | None:
        if not isinstance(node, Sequence):
            problems.append(wrong(node, "这里应是列表。", "每一项另起一行，以“- ”开头。"))
            return None
        return tuple(of()(item, problems) for item in node.items)

    return Kind(read, "records")


R = TypeVar("R", bound=Record)


def read_entries(node: Node, problems: Problems) -> tuple[Entry, ...] | None:
    """Return the entries of a mapping whose keys are names of the office's own choice."""
    if not isinstance(node, Mapping):
        problems.append(_no_mapping(node, "这里", "每行一个，冒号后空一格。"))
        return None
    return node.entries


def read_rows(node: Node, problems: Problems) -> tuple[tuple[Text, ...], ...] | None:
    """Return the rows of a table: a list of lists of text."""
    if not isinstance(node, Sequence):
        problems.append(wrong(node, "这里应是若干行。", "每行写成“- [甲, 乙]”，短横、方括号和逗号都用半角。"))
        return None
    return tuple(read_cells(row, problems) or () for row in node.items)


def read_cells(node: Node, problems: Problems) -> tuple[Text, ...] | None:
    """Return the cells of one row; an empty cell is empty text."""
    if not isinstance(node, Sequence):
        problems.append(wrong(node, "这里应是表格的一行。", "请写成“[甲, 乙]”，方括号和逗号都用半角。"))
        return None
    return tuple(read_line(cell, problems) or Text() for cell in node.items)


def read_node(node: Node, problems: Problems) -> Node | None:
    """Return the node itself, for values of several shapes that their owner reads."""
    return node


LINE = Kind(read_line, "line")
LINES = Kind(read_lines, "lines")
NAMES = Kind(read_names, "names")
DATE = Kind(read_date, "date")
NUMBER = Kind(read_number, "number")
YEAR = Kind(read_year, "year")
FLAG = Kind(read_flag, "flag")
ENTRIES = Kind(read_entries, "entries")
ROWS = Kind(read_rows, "rows")
CELLS = Kind(read_cells, "cells")


def _is_blank(node: Node) -> bool:
    if isinstance(node, Scalar):
        return node.is_empty
    return all(_is_blank(item) for item in node.items) if isinstance(node, Sequence) else not node.entries


def _no_mapping(node: Node, what: str, hint: str) -> Diagnostic:
    """Return the finding for a value that is no mapping, often because a colon has the wrong width or no blank."""
    slip = None
    if isinstance(node, Scalar) and node.span.line == node.span.end_line:
        slip = slip_on(str(node.lines[0]), node.span.line)
    return wrong(node, f"{what}应由若干“名称: 内容”组成。", f"{slip.message}{slip.hint}" if slip else hint)


def _blank(entry: Entry, field: Field[Any]) -> Diagnostic:
    hint = "请填写。" if field.required else "请填写；用不着就删去这一行。"
    return Diagnostic(MISSING, entry.span, f"“{field.key}”还没有填。", hint)


def _head(span: Span) -> Span:
    return Span.on_line(span.file, span.line, span.column, 1)


def _example(record: Record) -> str:
    rows = record.fields().values()
    first = next((row for row in rows if row.required), next(iter(rows)))
    return f"例如“{first.key}: {first.example or '……'}”。"
