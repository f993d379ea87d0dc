"""Lines that begin with a Tab: the line to copy, told by what stands around it.

Before a file is read only the line above can say how deep such a line was meant (`encoding`); its outline says more:
how deep the text is that the line goes on with, and what an entry can belong to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jzreport.diagnostics import Diagnostic
from jzreport.encoding import CONTROL, Source
from jzreport.outline import (
    ENTRY,
    NAMED,
    OF_FIGURE,
    block_text,
    first_figure,
    is_dash,
    key_of,
    keys_above,
    line_before,
    placed_lines,
)
from jzreport.slips import indent_of, shaped

_MAX_SHOWN = 80  # characters: who would copy a longer line
_MAX_LOOKS = 20  # lines for which the whole file above is looked at: nobody reads more
_SENTENCE_ENDS = "。！？；"


def show_lines(source: Source, problems: list[Diagnostic]) -> None:
    """Put the line to copy into the findings for the Tabs before a line, where its column can be known."""
    lines = list(source.lines)  # with what is known to be meant in place of the Tabs
    looks = 0
    for index, problem in enumerate(problems):
        if not is_before_line(source, problem):
            continue
        number, looks = problem.span.line, looks + 1
        column = _column(lines, number) if looks <= _MAX_LOOKS else None
        typed = lines[number - 1].strip()
        if column is not None:
            lines[number - 1] = " " * column + typed
            shown = f"：“{lines[number - 1]}”" if len(lines[number - 1]) <= _MAX_SHOWN else f"，前面共{column}个。"
            problems[index] = problem._replace(hint=f"请改用半角空格缩进{shown}")
        elif said := re.search("：“( *).*”$", problem.hint):
            lines[number - 1] = said[1] + typed


def is_before_line(source: Source, problem: Diagnostic) -> bool:
    """Whether a finding is that of the Tabs a line begins with."""
    span = problem.span
    if problem.rule is not CONTROL or span.file != source.file:
        return False
    return not source.lines[span.line - 1][: span.column].strip()


def _column(lines: Sequence[str], number: int) -> int | None:
    """Return the column a line was meant to begin in, None when that cannot be known."""
    typed = lines[number - 1].strip()
    if not typed:
        return None
    line = shaped(typed)
    is_text = not ENTRY.match(typed) and (not NAMED.match(line) or line.endswith(tuple(_SENTENCE_ENDS)))
    inside = block_text(lines[: number - 1])[0]
    if is_text:
        return _of_text(lines, number, inside)
    if NAMED.match(line) and not is_dash(line) and (figure := first_figure(lines, number)):
        return _below_figures(lines, number, key_of(line), indent_of(figure))
    return _of_level(lines, number, line, inside)


def _of_text(lines: Sequence[str], number: int, inside: set[int]) -> int | None:
    """Return how deep the text is that a line goes on with."""
    first = line_before(lines, number)
    if first not in inside:
        return None
    while first - 1 in inside:
        first -= 1
    return next(indent_of(line) for line in lines[first - 1 :] if line.strip())


def _below_figures(lines: Sequence[str], number: int, key: str, column: int) -> int:
    """Return the column of a figure, or of what is said of the one above."""
    if key not in OF_FIGURE:
        return column
    above = lines[line_before(lines, number) - 1]
    return indent_of(above) if indent_of(above) > column else column + 2


def _of_level(lines: Sequence[str], number: int, line: str, inside: set[int]) -> int | None:
    """Return the one column in which such an entry may stand: who typed a Tab did not mean the first."""
    places = list(placed_lines(lines[:number], inside))
    columns = [column for column, lists in places[-1].columns.items() if lists == is_dash(line) and column]
    if places[-1].opens >= 0 or len(columns) != 1:
        return None
    is_again = not is_dash(line) and key_of(line) in keys_above(places[:-1], columns[0])
    return None if is_again else columns[0]
