"""The outline of a file as it was typed: which lines are text, which entries, and in which columns entries may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jzreport.slips import KEY, indent_of, shaped

NAMED = re.compile(rf"(?P<lead> *(?:- +)*)(?P<key>{KEY}|[\"'][^\"']*[\"']) *:(?: |$)(?P<value>.*)")
_BLOCK = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[^\s#'\"\[{][^:]*:)? *[|>](?:[-+]?[1-9]?|[1-9][-+])\s*(?:#.*)?$")


class Placed(NamedTuple):
    """A line that is neither blank, comment nor block text."""

    number: int
    line: str  # with its blanks, dash and colon right
    columns: dict[int, bool]  # the lists (True) and mappings open before it, by the column they stand in
    opens: int  # the column of the name without a value right above, below which a level may begin; -1: none
    belongs: bool  # whether it stands where an entry may


def placed_lines(lines: Sequence[str], inside: set[int]) -> Iterator[Placed]:
    """Yield the lines that are neither blank, comment nor text, each with what was open before it."""
    columns: dict[int, bool] = {}
    opens = -1
    for number, typed in enumerate(lines, 1):
        if number in inside or typed.lstrip()[:1] in ("", "#") or typed == "---":
            continue
        line = shaped(typed)
        if not line.strip():  # a fence: it stands for nothing
            yield Placed(number, line, columns, opens, True)
            continue
        indent, dashed = indent_of(line), bool(re.match(r" *-(?: |$)", line))
        named = NAMED.match(line)
        below = 0 <= opens <= indent if dashed else 0 <= opens < indent
        belongs = bool(dashed or named) and (not columns or columns.get(indent) == dashed or below)
        yield Placed(number, line, columns, opens, belongs)
        opens = -1
        if belongs:
            content = content_of(line)
            columns = {column: dash for column, dash in columns.items() if column <= indent}
            columns |= {match.start(): True for match in re.finditer("-", line[:content])}
            columns |= {content: False} if named else {}
            opens = content if opens_level(line) else -1


def content_of(line: str) -> int:
    """Return the column (from 0) behind the dashes a line begins with."""
    match = re.match(r" *(?:- +)*", line)
    return match.end() if match else 0


def is_dash(line: str) -> bool:
    """Whether a line begins an entry of a list."""
    return line.lstrip().startswith("- ")


def opens_level(line: str) -> bool:
    """Whether it is a name without a value, below which a level begins."""
    match = NAMED.match(line)
    return match is not None and not match["value"].partition(" #")[0].strip()


def line_before(lines: Sequence[str], line: int) -> int:
    """Return the number of the nearest line above that is neither blank nor a comment."""
    above = range(min(line - 1, len(lines)), 0, -1)
    return next((n for n in above if (text := lines[n - 1].strip()) and not text.startswith("#")), 0)


def block_text(lines: Sequence[str]) -> tuple[set[int], dict[int, int]]:
    """Return the lines that are text below a “|”, and for the line behind each such text how far it was indented."""
    inside: set[int] = set()
    behind: dict[int, int] = {}
    parent: int | None = None  # the column of the key or dash before the “|”
    depth = 0  # how far its first line is indented
    for number, line in enumerate(lines, 1):
        indent = indent_of(line)
        if parent is not None:
            if not line.strip(" ") or (indent > parent and indent >= depth):
                depth = depth or (indent if line.strip(" ") else 0)
                inside.add(number)
                continue
            behind[number], parent = depth or parent + 2, None
        if match := _BLOCK.match(line):
            parent, depth = len(match["lead"]) if match["key"] else match["lead"].rfind("-"), 0
    return inside, behind
