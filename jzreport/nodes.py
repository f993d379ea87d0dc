"""What a YAML file says, with places: scalars, lists and mappings."""

from __future__ import annotations

from typing import NamedTuple

from jzreport.diagnostics import Span
from jzreport.text import Text


class Scalar(NamedTuple):
    """A value: its lines (one, but for a literal block) as typed."""

    lines: tuple[Text, ...]
    span: Span

    @property
    def is_empty(self) -> bool:
        """Whether nothing but blanks was typed."""
        return not any(line.strip() for line in self.lines)


class Sequence(NamedTuple):
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


class Entry(NamedTuple):
    """A key and its value."""

    key: Text
    value: Node
    span: Span


class Mapping(NamedTuple):
    """Keys and values, in the order typed; no key stands twice."""

    entries: tuple[Entry, ...]
    span: Span


Node = Scalar | Sequence | Mapping
