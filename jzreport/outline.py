"""The outline of a file as it was typed: which lines are text, which entries, and in which columns entries may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jzreport.slips import KEY, indent_of, shaped, shown

# Once blanks are taken they are not given back: on a line of nothing else that would take the square of its length.
NAMED = re.compile(rf"(?P<lead> *+(?:- ++)*+)(?P<key>{KEY}|[\"'][^\"']*[\"']) *:(?: |$)(?P<value>.*)")
ENTRY = re.compile(rf" *(?:-(?: |$)|#|---|{KEY} *:(?: |$)|[\"'][^\"']*[\"'] *:(?: |$))")
_BLOCK = re.compile(r"(?P<lead> *+(?:- ++)*+)(?P<key>[^\s#'\"\[{][^:]*:)? *[|>](?:[-+]?[1-9]?|[1-9][-+])\s*(?:#.*)?$")

# What is said of a figure; `keys`, which stands in a later layer, spells them, and a test holds that they are the same.
OF_FIGURE = frozenset(("数值", "上年", "口径", "来源", "其中", "总数", "备注"))


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


def changed(column: int, line: str) -> str:
    """Return the hint that a line is to be replaced by one that begins in a column."""
    return f"请改成：“{shown(' ' * column + line)}”"


def line_before(lines: Sequence[str], line: int) -> int:
    """Return the number of the nearest line above that is neither blank nor a comment."""
    above = range(min(line - 1, len(lines)), 0, -1)
    return next((n for n in above if (text := lines[n - 1].strip()) and not text.startswith("#")), 0)


def key_of(line: str) -> str:
    """Return the name a line begins with, nothing when it has none."""
    match = NAMED.match(line)
    return match["key"] if match else ""


def first_figure(lines: Sequence[str], number: int) -> str:
    """Return the first line below the “指标:” that a line stands below, nothing when it stands elsewhere."""
    above = range(number - 1, 0, -1)
    top = next((n for n in above if re.match(r"[^\s#-]", lines[n - 1])), 0)
    if not top or key_of(shaped(lines[top - 1])) != "指标":
        return ""
    return next((line for line in lines[top : number - 1] if line.startswith(" ") and NAMED.match(shaped(line))), "")


def keys_above(places: Sequence[Placed], column: int) -> set[str]:
    """Return the names already written in the mapping that stands in a column behind these lines."""
    keys: set[str] = set()
    for place in reversed(places):
        if content_of(place.line) == column:
            keys |= {key_of(place.line)} - {""}
        if indent_of(place.line) < column:
            break
    return keys


def first_without_dash(places: Sequence[Placed], column: int) -> Placed | None:
    """Return the first line of a list whose next dash stands in a column, if it lacks its own dash."""
    for place in reversed(places):
        if indent_of(place.line) <= column or is_dash(place.line):
            return None
        if place.opens >= 0 and indent_of(place.line) == column + 2 and place.opens <= column:
            return place if NAMED.match(place.line) else None
    return None


def moved_out(places: Sequence[Placed], here: Placed, text: int = 0) -> tuple[Placed, int] | None:
    """Return the name that stands too far to the left, and its column, if a line would stand well had it not been there.

    What stands below that name must be deeper than the line by a level; `text`: how deep the text right above it is.
    """
    indent, dashed = indent_of(here.line), is_dash(here.line)
    at = next((n for n in range(len(places) - 1, 0, -1) if indent_of(places[n].line) < indent), 0)
    if not at or is_dash(places[at].line):
        return None
    place, below = places[at], places[at + 1].line if at + 1 < len(places) else " " * text
    depth, opens = indent_of(below), opens_level(place.line) or not below.strip()
    if not opens or depth < indent + (4 if dashed else 2):
        return None
    if place.opens + 2 == indent and depth == indent + 2:
        return place, indent
    meant = [c for c, lists in place.columns.items() if not lists and (c < depth or (c == depth and is_dash(below)))]
    return (place, max(meant)) if place.columns.get(indent) is dashed and max(meant, default=0) else None


def moved_in(places: Sequence[Placed], here: Placed) -> Placed | None:
    """Return the first name of a level that stands nearly as deep as what belongs below it, if a line shows where it was meant."""
    indent = indent_of(here.line)
    at = next((n for n in range(len(places) - 2, -1, -1) if indent_of(places[n].line) < indent), None)
    if at is None or at + 2 >= len(places):
        return None
    first, below = places[at + 1], places[at + 2]
    is_deep = indent < indent_of(first.line) <= indent_of(below.line) == indent + 2
    is_meant = first.opens + 2 == indent and opens_level(first.line) and not is_dash(first.line)
    return first if is_deep and is_meant and not is_dash(here.line) else None


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
