"""Typed reading of mappings: a table of keys (a `Keys` class) turns a node into checked values.

A `Field` is one row of such a table: the Chinese key, what kind of value it takes, and what a clerk is told about it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Any, ClassVar, Final, Generic, NamedTuple, TypeVar, overload

from jzreport.chinese import closest
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.nodes import Entry, Mapping, Node, Scalar, Sequence
from jzreport.text import Text

_MAX_GUESSED = 100
_MAX_NAMED = 4  # entries
_MAX_SHOWN = 60  # characters of a value that is shown to be copied

MISSING = Rule("S01", "缺少必填项")
UNKNOWN = Rule("S02", "不认识的项")
MISTYPED = Rule("S03", "填法不对")
BLANK = Rule("S27", "未填")

Problems = list[Diagnostic]
Schema = dict[str, Any]
Reference = Callable[["type[Record]"], Schema]  # the schema that refers to another key table's
T = TypeVar("T")
Read = Callable[[Node, Problems], "T | None"]


class Below(NamedTuple):
    """What stands below a key: entries of a key table, below a dash each, or with names of the office's own choice."""

    of: Callable[[], type[Record]]
    is_list: bool = False
    is_named: bool = False

    def takes(self, key: str, left: list[Field[Any]]) -> bool:
        """Whether an entry beside the key was meant to stand below it, not to be one of those `left` beside it."""
        if self.is_named:
            return not _guess(key, left)
        known = self.of().fields()
        return key in known or bool(not _guess(key, left) and _guess(key, [*known.values()]))


class Kind(NamedTuple, Generic[T]):
    """What may be typed behind a key: how it is read, its shape as a JSON Schema, and what may stand below it."""

    read: Read[T]
    shape: Callable[[Reference], Schema]
    below: Below | None = None


class Field(Generic[T]):
    """One key of a file; `called` is what clerks write instead that does not look like the key.

    A key with nothing behind it is a finding, unless it `may_be_blank` (for a rule to tell).
    """

    __slots__ = ("about", "called", "example", "key", "kind", "may_be_blank", "required")

    def __init__(
        self,
        key: str,
        kind: Kind[T],
        about: str,
        required: bool = False,
        example: str = "",
        called: tuple[str, ...] = (),
        may_be_blank: bool = False,
    ) -> None:
        self.key: Final = key
        self.kind: Final = kind
        self.about: Final = about
        self.required: Final = required
        self.example: Final = example
        self.called: Final = called
        self.may_be_blank: Final = may_be_blank

    @overload
    def __get__(self, instance: None, owner: type) -> Field[T]: ...
    @overload
    def __get__(self, instance: Record, owner: type) -> T | None: ...
    def __get__(self, instance: Record | None, owner: type) -> Field[T] | T | None:
        return self if instance is None else instance.value_of(self)


Fields = dict[str, Field[Any]]


class Record:
    """One mapping read by its key table: subclasses list their keys as fields; an attribute is the checked value.

    Unknown, misspelt and missing keys and values of the wrong kind are found when the record is made.
    """

    what = "这里"
    pattern: ClassVar[str] = ""  # tells all its lines, to be copied; empty: the first is example enough
    elsewhere: ClassVar[dict[str, str]] = {}  # what to do about keys that belong elsewhere

    def __init__(self, node: Node, problems: Problems, whose: str = "") -> None:
        self.span = node.span
        self._whose = whose  # what findings call this one of several
        self.is_mapping = isinstance(node, Mapping)
        self._entries: dict[str, Entry] = {}
        self._meant: Collection[str] = ()
        self._values: dict[str, Any] = {}
        if not isinstance(node, Mapping):
            problems.append(no_mapping(node, self.what, self.pattern or _example(self)))
            return
        self._entries = {str(entry.key): entry for entry in node.entries}
        known = self.fields()
        outside: dict[str, list[Entry]] = {}
        if not self._entries.keys() <= known.keys():
            outside = self._outside(known)
            self._meant = self._tell_unknown(known, problems, {str(e.key) for found in outside.values() for e in found})
        for key, field in known.items():
            entry = self._entries.get(key)
            if entry and key in outside:
                problems.append(_told_outside(entry, outside[key], field))
            elif entry and _is_blank(entry.value):
                problems.extend(self._blank(entry, field, problems))
            elif entry:
                self._values[key] = field.kind.read(entry.value, problems)
            elif field.required and key not in self._meant:
                hint = f"请加上一行{_as_line(field)}。"
                problems.append(Diagnostic(MISSING, _head(node.span), f"{self.what}缺少“{field.key}”。", hint))

    @classmethod
    @cache
    def fields(cls) -> Fields:
        """Return the key table: Chinese key to field, in the order they are written."""
        rows = (value for base in reversed(cls.__mro__) for value in vars(base).values())
        return {row.key: row for row in rows if isinstance(row, Field)}

    def value_of(self, field: Field[T]) -> T | None:
        """Return the checked value, None when it was not given or is wrong."""
        value: T | None = self._values.get(field.key)
        return value

    def lacks(self, field: Field[Any]) -> bool:
        """Whether the key was not written at all, not even misspelt."""
        return field.key not in self._entries and field.key not in self._meant

    def left_blank(self) -> frozenset[str]:
        """Return the keys that were written with nothing behind them."""
        return frozenset(key for key, entry in self._entries.items() if _is_blank(entry.value))

    def texts(self, without: Field[Any] | None = None) -> Iterator[Text]:
        """Yield the values that are text, lists of them included, but those of one field."""
        for key, value in self._values.items():
            if without and key == without.key:
                continue
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, Text):
                    yield text

    def place_of(self, field: Field[Any]) -> Span:
        """Return where the key and its value stand, else where the record stands."""
        entry = self._entries.get(field.key)
        return entry.span if entry else self.span

    def _blank(self, entry: Entry, field: Field[Any], problems: Problems) -> Iterator[Diagnostic]:
        """Yield that nothing is typed behind a key; it is passed over where something is and was dropped."""
        if field.may_be_blank or any(
            problem.rule.code.startswith("R") and problem.is_error and problem.span[:2] == entry.span[:2]
            for problem in problems
        ):
            return
        whose = f"{self._whose}的" if self._whose else ""
        hint = "请填写。" if field.required else "请填写；用不着就删去这一行。"
        if field.required and self._whose:
            hint = f"请写成{_as_line(field)}；今年没有的，把{self._whose}整个删去。"
        yield Diagnostic(BLANK, entry.span, f"{whose}“{field.key}”还没有填。", hint)

    def _outside(self, known: Fields) -> dict[str, list[Entry]]:
        """Return the entries that should stand below a key and stand beside it."""
        found: dict[str, list[Entry]] = {}
        left = [field for key, field in known.items() if key not in self._entries]
        above = below = None
        for key, entry in self._entries.items():
            if below and above in found and key in below.of().fields():  # both may have it: it follows its siblings
                found[above].append(entry)
            elif key in known:
                above, below = key, _may_take(entry, known[key].kind.below)
            elif above and below and below.takes(key, left):
                found.setdefault(above, []).append(entry)
            else:
                below = None
        return found

    def _tell_unknown(self, known: Fields, problems: Problems, outside: Collection[str]) -> set[str]:
        """Report the keys that are not known; return those that were meant by misspelt ones."""
        left = [field for key, field in known.items() if key not in self._entries]
        many = len(self._entries) > _MAX_GUESSED  # the wrong kind of file: nobody misspells so much
        meant: set[str] = set()
        for key, entry in self._entries.items():
            if key in known or key in outside:
                continue
            guess = None if many else _guess(key, left)
            hint = f"是不是“{guess}”？" if guess else f"可以写的有：{'、'.join(known)}。用不着就删去这一行。"
            hint = self.elsewhere.get(key, hint)
            span = entry.key.span() or entry.span
            problems.append(Diagnostic(UNKNOWN, span, f"{self.what}没有“{key}”这一项。", hint))
            meant |= {guess} if guess else set()
        return meant


def _guess(key: str, fields: list[Field[Any]]) -> str | None:
    named = next((field.key for field in fields if key in field.called), None)
    return named or closest(key, [field.key for field in fields])


def wrong(node: Node, message: str, hint: str = "") -> Diagnostic:
    """Return the finding for a value of the wrong kind."""
    return Diagnostic(MISTYPED, node.span, message, hint)


def _told_outside(entry: Entry, outside: list[Entry], field: Field[Any]) -> Diagnostic:
    """Return the one finding for entries that stand beside the key they belong to, with the first line to copy.

    To whom the key is told to be blank and they to be unknown, deletes all of them.
    """
    is_list = bool(field.kind.below and field.kind.below.is_list)
    first, last = outside[0], outside[-1]
    column = entry.start.column - 1
    indent = column + 2 if _is_blank(entry.value) else entry.value.span.column - 1  # as deep as those below it
    line = f"{' ' * indent}{'- ' if is_list else ''}{_line(first)}"
    deeper, further = _counted(indent - column), _counted(indent - column + (2 if is_list else 0))
    names = "".join(f"“{each.key}”" for each in outside[:_MAX_NAMED]) + ("等项" if outside[_MAX_NAMED:] else "")
    message = (
        f"{names}要写在“{field.key}”下面，以“- ”开头。" if is_list else f"{names}要比“{field.key}”再缩进{deeper}格。"
    )
    rest = f"；从下一行到“{last.key}”一项的末尾，各行前面也都加{further}格"
    hint = f"请把这一行写成“{line}”{rest if last.value.span.end_line > first.span.line else ''}。"
    return Diagnostic(UNKNOWN, first.key.span() or first.span, message, hint)


def _may_take(entry: Entry, below: Below | None) -> Below | None:
    """Return what may stand below a key, of one that has nothing there or only some of its entries."""
    is_record = below and not below.is_list and not below.is_named and isinstance(entry.value, Mapping)
    return below if is_record or _is_blank(entry.value) else None


def _counted(blanks: int) -> str:
    return {2: "两", 4: "四"}.get(blanks, str(blanks))


def _line(entry: Entry) -> str:
    """Return the line an entry begins on, without the blanks before it."""
    value = _value(entry.value) if isinstance(entry.value, Scalar) or entry.value.span.line == entry.span.line else ""
    return f"{entry.key}: {value if len(value) <= _MAX_SHOWN else '……'}".rstrip()


def _value(node: Node) -> str:
    """Return a value as it is typed on one line, “|” for text below it."""
    if isinstance(node, Sequence):
        return f"[{', '.join(map(_value, node.items))}]"
    if isinstance(node, Mapping):
        return f"{{{', '.join(f'{entry.key}: {_value(entry.value)}' for entry in node.entries)}}}"
    if node.span.line != node.span.end_line:
        return "|"
    text = str(node.lines[0])
    is_quoted = node.span.end_column - node.span.column > len(text)
    return (f"'{text}'" if '"' in text else f'"{text}"') if is_quoted else text


def _is_blank(node: Node) -> bool:
    if isinstance(node, Scalar):
        return node.is_empty
    return all(_is_blank(item) for item in node.items) if isinstance(node, Sequence) else not node.entries


def no_mapping(node: Node, what: str, hint: str) -> Diagnostic:
    """Return the finding for a value that is no mapping, often because a colon has the wrong width or no blank."""
    slip = None
    if isinstance(node, Scalar) and node.span.line == node.span.end_line:
        from jzreport.slips import slip_on  # a good draft never needs its patterns

        slip = slip_on(str(node.lines[0]), node.span.line)
    return wrong(node, f"{what}应由若干“名称: 内容”组成。", f"{slip.message}{slip.hint}" if slip else hint)


def _head(span: Span) -> Span:
    return Span.on_line(span.file, span.line, span.column, 1)


def _as_line(field: Field[Any]) -> str:
    """Return the line to type for a field: an example of it is told to be one, or it is handed in as it stands."""
    line = f"“{field.key}: ……”"
    return f"{line}，例如“{field.key}: {field.example}”（换成自己的内容）" if field.example else line


def _example(record: Record) -> str:
    rows = record.fields().values()
    first = next((row for row in rows if row.required or row.example), next(iter(rows)))
    return f"请一项一行地写成{_as_line(first)}。"
