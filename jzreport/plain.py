"""Files written as the hand-book teaches, text → nodes line by line: nearly all are, and need no YAML library.

Importing PyYAML alone takes a tenth of a short run. Read here is the part of YAML in which nothing can go wrong: a key
and its value on one line, lists, text behind “|”, brackets closed on their line. A file with anything else is left to
`source`, which knows all of YAML and tells what is wrong; a test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jzreport.diagnostics import Span
from jzreport.encoding import Source
from jzreport.nodes import MAX_FIELD, MAX_KEY, MAX_NODES, Entry, Mapping, Node, Scalar, Sequence
from jzreport.text import Run, Text

# What a stray begins with, inside a line or at the beginning of one; `strays` tells what it is.
_STRAYS = (
    *("*", "__", "`", "<", "&", "【【", "\ufe0f", "对您", "对你", "好的，", "作为一个", "作为一名", "告诉我"),
    *('"- ', "'- ", '"+ ', "'+ ", '"#', "'#", "•", *"✅❌✨❗❓⭐⚡❤"),
)
_MARKS = (*"-*>#|~+", ":-")  # what a line of text begins with when it may be Markdown
_DEEPEST = 20  # columns: whatever is indented less is not so deep as is refused
_CLOSING = {"[": "]", "{": "}"}
_QUOTES = frozenset("\"'")
_DEEPEST_BRACKETS = 3
_NODES_A_PLACE = 4  # that begin at one line or comma at most: a list, a mapping, a key and a value
# Within brackets: a sign, a value in quotation marks, a key or value without them.
_PIECE = r""" *([][{},]|:(?= )|"[^"\\]+"|'[^'\\]+'|[^][{}:,?"' ][^][{}:,?]*)"""


_Piece = tuple[str, int]  # what is typed, and its column
_NO_PIECE: _Piece = ("", 0)


class _OtherwiseError(Exception):
    """Something in the file is not so plain."""


def may_stray(source: Source) -> bool:
    """Whether a file may hold what is pasted with a text."""
    if source.hides or any(sign in source.text for sign in _STRAYS):
        return True
    # An emoji: a range of characters would take longer to compile than the text to encode.
    return b"\xf0\x9f" in source.text.encode("utf-8", "replace")


def read(source: Source) -> Node | None:
    """Return the root node of a file in which nothing is wrong, None when that takes a closer look."""
    places = len(source.lines) + source.text.count(",")
    if places * _NODES_A_PLACE > MAX_NODES or may_stray(source):
        return None
    try:
        return _Reader(source).root()
    except _OtherwiseError:
        return None


class _Reader:
    """Goes through the lines; `left` is what is left of one, `column` where it begins, from 0 (-1: all are read)."""

    def __init__(self, source: Source) -> None:
        self.file = source.file
        self.lines = source.lines
        self.number = -1  # from 0
        self.column = -1
        self.left = ""

    def root(self) -> Node:
        """Return the node that is the whole file."""
        self._go_on()
        root = self._block()
        if self.column >= 0:  # a line that stands below none of those before it
            raise _OtherwiseError
        return root

    def _go_on(self) -> None:
        """Go to the next line that is neither blank nor a comment."""
        for number in range(self.number + 1, len(self.lines)):
            line = self.lines[number]
            self.left = line.strip(" ")
            if "#" in line and not (self.left[0] == "#" and self.left.lstrip("#")[:1] in ("", " ")):
                raise _OtherwiseError  # it may be a comment that was meant as text
            if self.left and self.left[0] != "#":
                self.number, self.column = number, len(line) - len(line.lstrip(" "))
                return
        self.column = -1

    def _block(self) -> Node:
        """Return the list or mapping that begins here."""
        if not 0 <= self.column <= _DEEPEST:
            raise _OtherwiseError
        return self._list() if self.left.startswith("- ") else self._mapping()

    def _list(self) -> Sequence:
        column, start = self.column, self._span(self.column, 1)
        items: list[Node] = []
        while self.column == column and self.left.startswith("- "):
            self.column, self.left = column + 2, self.left[2:]
            is_mapping = self.left[0] not in "[{\"'" and _has_colon(self.left)
            items.append(self._mapping() if is_mapping else self._value(column))
        return Sequence(tuple(items), start.through(items[-1].span))

    def _mapping(self) -> Mapping:
        column, start = self.column, self._span(self.column, 1)
        entries: dict[str, Entry] = {}
        value: Node
        while self.column == column:
            name, colon, rest = self.left.partition(":")
            if not colon or rest[:1] not in ("", " ") or name in entries:
                raise _OtherwiseError
            key, place = self._key(name, column)
            if rest:
                self.left = rest.lstrip(" ")
                self.column += len(name) + 1 + len(rest) - len(self.left)
                value = self._value(column)
            else:
                value = self._below(column, column + len(name) + 1)
            entries[name] = Entry(key, value, place)
        return Mapping(tuple(entries.values()), start.through(value.span))

    def _below(self, column: int, end: int) -> Node:
        """Return the list or mapping below a key that begins and ends at those columns; a list may stand as far left.

        Where there is none, the value is still to be filled in.
        """
        nothing = Scalar((Text.typed("", self.file, self.number + 1, end + 1),), self._span(end, 0))
        self._go_on()
        if self.column > column or (self.column == column and self.left.startswith("- ")):
            return self._block()
        return nothing

    def _value(self, column: int) -> Node:
        """Return the value that is left of the line, of a list or mapping that begins at that column."""
        if self.left == "|":
            return self._text(column)
        if self.left[0] in _CLOSING:
            pieces = self._pieces()
            node = self._piece(next(pieces), pieces, 0)
            if next(pieces, None):
                raise _OtherwiseError
        elif self.left[0] not in _QUOTES and _has_colon(self.left):
            raise _OtherwiseError
        else:
            node = self._scalar(self.left, self.column)
        self._go_on()
        return node

    def _text(self, column: int) -> Scalar:
        """Return the text behind “|”: the lines below that are indented as far as the first of them."""
        first, last = self.number + 1, len(self.lines)
        indent = len(self.lines[first]) - len(self.lines[first].lstrip(" ")) if first < last else 0
        end = next((n for n in range(first, last) if self.lines[n][:indent].strip(" ")), last)
        typed = [line[indent:] for line in self.lines[first:end]]
        while typed and not typed[-1]:
            typed.pop()
        if not typed or indent <= column or sum(map(len, typed)) + len(typed) > MAX_FIELD:
            raise _OtherwiseError
        if any(map(_may_be_marked, typed)) or any(line and not line.strip(" ") for line in self.lines[first:end]):
            raise _OtherwiseError
        if end < last and self.lines[end].lstrip(" ")[0] == "#" and self.lines[end - 1]:
            raise _OtherwiseError  # right below the text it may be a comment that was meant as text
        stop = (end + 1, 1) if end < last else (last, len(self.lines[-1]) + 1)
        span = Span(self.file, self.number + 1, self.column + 1, *stop)
        places = ((line, number, indent + 1 if line else 1) for number, line in enumerate(typed, first + 1))
        lines = tuple(Text.typed(line, self.file, number, place) for line, number, place in places)
        self.number = end - 1
        self._go_on()
        return Scalar(lines, span)

    def _pieces(self) -> Iterator[_Piece]:
        """Return the pieces that the rest of the line is made of."""
        pattern = re.compile(_PIECE)
        pieces: list[_Piece] = []
        end = 0
        while end < len(self.left):  # one after the other: to search on from every blank would take the square
            match = pattern.match(self.left, end)
            if not match or len(pieces) == MAX_NODES:
                raise _OtherwiseError  # there is something between them, or too many
            pieces.append((match[1].rstrip(" "), self.column + match.start(1)))
            end = match.end()
        return iter(pieces)

    def _piece(self, piece: _Piece, pieces: Iterator[_Piece], depth: int) -> Node:
        """Return what a piece is or opens."""
        sign, column = piece
        if sign not in _CLOSING:
            return self._scalar(sign, column)
        start = self._span(column, 1)
        items: list[Node] = []
        keys: dict[str, tuple[Text, Span]] = {}
        end = ","
        while end == "," and depth < _DEEPEST_BRACKETS:
            if sign == "{":
                name, place = next(pieces, _NO_PIECE)
                if name in keys or next(pieces, _NO_PIECE)[0] != ":":
                    raise _OtherwiseError
                keys[name] = self._key(name, place)
            items.append(self._piece(next(pieces, _NO_PIECE), pieces, depth + 1))
            end, _ = next(pieces, _NO_PIECE)
        if end != _CLOSING[sign]:
            raise _OtherwiseError
        span = start.through(items[-1].span)
        if sign == "[":
            return Sequence(tuple(items), span)
        return Mapping(tuple(Entry(k, node, s) for (k, s), node in zip(keys.values(), items, strict=True)), span)

    def _key(self, name: str, column: int) -> tuple[Text, Span]:
        if len(name) > MAX_KEY or not _may_begin(name[:1]) or name != name.strip():
            raise _OtherwiseError
        span = self._span(column, len(name))
        return Text((Run(name, span),)), span

    def _scalar(self, typed: str, column: int) -> Scalar:
        """Return what is typed at a column, in quotation marks or without."""
        quote, value = typed[:1], typed
        place = span = self._span(column, len(typed))
        if quote in _QUOTES:
            value = typed[1:-1]
            place = self._span(column + 1, len(value))
            if typed[-1] != quote or not value or quote in value or "\\" in value:
                raise _OtherwiseError
        elif not _may_begin(quote):
            raise _OtherwiseError
        if len(value) > MAX_FIELD:
            raise _OtherwiseError
        return Scalar((Text((Run(value, place),)),), span)

    def _span(self, column: int, width: int) -> Span:
        line, start = self.number + 1, column + 1
        return Span(self.file, line, start, line, start + width)


def _has_colon(typed: str) -> bool:
    """Whether what is typed would be a key and its value."""
    return ": " in typed or typed.endswith(":")


def _may_begin(character: str) -> bool:
    """Whether a key or value without quotation marks may begin with it: any sign of YAML is an ASCII mark."""
    return character > "\x7f" or character.isalnum()


def _may_be_marked(line: str) -> bool:
    return line.lstrip(" \u3000").startswith(_MARKS)
