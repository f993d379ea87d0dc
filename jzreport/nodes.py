"""What a YAML file says, with places: scalars, lists and mappings."""

from __future__ import annotations

from typing import NamedTuple

from jzreport.diagnostics import Span
from jzreport.text import Text

MAX_DEPTH = 32  # lists and mappings in one another
MAX_NODES = 50_000
MAX_FIELD = 100_000  # characters
MAX_KEY = 100  # characters


class Scalar(NamedTuple):
    """A value: its lines (one, but for a literal block) as typed."""

    lines: tuple[Text, ...]
    span: Span

    @property
    def is_empty(self) -> bool:
        """Whether nothing but blanks was typed."""
        return not any(str(line).strip() for line in self.lines)


class Sequence(NamedTuple):
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


class Entry(NamedTuple):
    """A key and its value."""

    key: Text
    value: Node
    start: Span  # of the key as typed, quotation marks included

    @property
    def span(self) -> Span:
        """The stretch from the key to the end of the value."""
        return self.start.through(self.value.span)


class Mapping(NamedTuple):
    """Keys and values, in the order typed; no key stands twice."""

    entries: tuple[Entry, ...]
    span: Span


Node = Scalar | Sequence | Mapping
