"""What is wrong, where, and what to type instead: the records every finding is told with."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """An error stops a build, a warning does not."""

    ERROR = "错误"
    WARNING = "提醒"

    __hash__ = object.__hash__  # that of Enum is written in Python, and every finding is hashed with its rule


class SourceLevel(Enum):
    """How binding the text is that a rule rests on; a recommendation is never an error."""

    REGULATION = "法规"
    STANDARD = "国标"
    PRACTICE = "惯例"

    __hash__ = object.__hash__  # see above


class Span(NamedTuple):
    """A stretch of one file, lines and columns counted in characters from 1; the end column is exclusive."""

    file: str
    line: int = 0  # 0: the file as a whole
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    @classmethod
    def on_line(cls, file: str, line: int, column: int, width: int) -> Span:
        """Return the span of `width` characters on one line."""
        return cls(file, line, column, line, column + width)

    def through(self, last: Span) -> Span:
        """Return the span from the start of this one to the end of `last`, a later one of the same file."""
        return Span(self.file, self.line, self.column, last.end_line, last.end_column)

    def overlaps(self, other: Span) -> bool:
        """Whether the two have a character in common."""
        if self.file != other.file:
            return False
        return self[1:3] < other[3:] and other[1:3] < self[3:]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Rule(NamedTuple):
    """One kind of finding: what `explain` and the manual call it and how much it weighs."""

    code: str
    title: str
    severity: Severity = Severity.ERROR
    source_level: SourceLevel = SourceLevel.PRACTICE
    is_private: bool = False  # what it finds must not be passed on: it is told masked


class Edit(NamedTuple):
    """A safe repair: the characters `old`, which stand at `span` on one line of a file, become `new`."""

    span: Span
    old: str
    new: str


class Diagnostic(NamedTuple):
    """One finding. `message` says what is wrong, `hint` what to type, `related` where else to look.

    `edits` are what `fix` may do about it without asking; most findings need a person and have none.
    """

    rule: Rule
    span: Span
    message: str
    hint: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    edits: tuple[Edit, ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether it stops a build."""
        return self.rule.severity is Severity.ERROR


def in_reading_order(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Return errors first, then by place, each finding once."""
    unique = dict.fromkeys(diagnostics)
    return sorted(unique, key=lambda d: (not d.is_error, d.span, d.rule.code, d.message))
