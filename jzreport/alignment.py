"""How the lines of a file stand below each other, and what that says about one YAML cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from jzreport.encoding import AS_TABLE
from jzreport.nameless import NO_DASH, oddly_indented, unindented, without_name
from jzreport.outline import (
    ENTRY,
    NAMED,
    OF_FIGURE,
    Placed,
    block_text,
    changed,
    content_of,
    first_figure,
    first_without_dash,
    is_dash,
    key_of,
    keys_above,
    line_before,
    moved_in,
    moved_out,
    opens_level,
    placed_lines,
)
from jzreport.slips import Slip, indent_of, is_left_open, shaped, slip_on

MAX_SLIPS = 20

_MAX_TOP_KEY = 7  # characters: what is longer is no name of an outermost entry


def suspect(lines: Sequence[str], line: int, opened: int) -> Slip | None:
    """Return the slip on the line where reading failed, else on the one before it, else where it was opened."""
    inside, behind = block_text(lines)
    if slip := _item_below_figures(lines, inside):
        return slip
    typed = [number for number in dict.fromkeys((line, line_before(lines, line), opened)) if number not in inside]
    for number in typed:
        if 1 <= number <= len(lines) and (slip := _of_line(lines, number, behind)):
            return slip
    if slip := _odd_one(lines, line, inside) or _said_outside(lines, line, inside):
        return slip
    for number in (line, opened):
        if 1 <= number <= len(lines) and number not in inside and not ENTRY.match(lines[number - 1]):
            return without_name(lines, number)
    if slip := _misaligned(lines, line, inside):
        return slip
    before = line_before(lines, line)
    if before and before not in inside and not NAMED.match(lines[before - 1]):
        return without_name(lines, before)
    return None


def _item_below_figures(lines: Sequence[str], inside: set[int]) -> Slip | None:
    """Return the first line of an item that was added at the end of the file, behind the figures."""
    above = ""
    for number, line in enumerate(lines, 1):
        if number in inside:
            continue
        if top := re.match(r"([^\s#-][^:]*):", line):
            above = top[1]
        elif above == "指标" and re.match(r" *- +(?:标题|正文) *[:：]", line):
            hint = "请把这一条移到“指标:”上面、“条目”的最后，短横前面空两格。"
            return Slip(number, len(line) - len(line.lstrip()) + 1, "新的一条写到“指标”下面了。", hint)
    return None


def _of_line(lines: Sequence[str], number: int, behind: dict[int, int]) -> Slip | None:
    """Return the slip of a line that stands outside the text of a “|”."""
    foreign = _table(lines, number) or _opening(lines, number)
    return foreign or unindented(lines, number, behind) or slip_on(lines[number - 1], number)


def _table(lines: Sequence[str], number: int) -> Slip | None:
    """Return the slip of a row of a table drawn with bars."""
    line = lines[number - 1].strip()
    if not re.match(r"\|.*\|$", line):
        return None
    return Slip(number, indent_of(lines[number - 1]) + 1, "用“|”画的表格不会印成表格。", AS_TABLE)


def _opening(lines: Sequence[str], number: int) -> Slip | None:
    """Return the slip of the line with which a chat hands over a whole draft: “以下是……来稿：”."""
    line, below = lines[number - 1].rstrip(), next((below for below in lines[number:] if below.strip()), "")
    if line_before(lines, number) or len(line) <= _MAX_TOP_KEY or not line.endswith(("：", ":")) or line[0] in " -":
        return None
    return Slip(number, 1, "这一行不是稿件的内容。", "与稿件无关的话请删去。") if NAMED.match(shaped(below)) else None


def left_open(lines: Sequence[str], last: int) -> Slip | None:
    """Return the first line up to the last whose quote takes in what follows, where it should not."""
    return next((slip for slip in every_slip(lines) if slip.line <= last and is_left_open(slip)), None)


def takes_in(lines: Sequence[str], number: int) -> Slip | None:
    """Return the slip of a line whose quote takes in the entry below it."""
    slip = slip_on(lines[number - 1], number)
    below = next((line for line in lines[number:] if line.strip()), "")
    return slip if slip and is_left_open(slip) and ENTRY.match(below) else None


def every_slip(lines: Sequence[str]) -> Iterator[Slip]:
    """Yield the slips that lines show by themselves where each stands as an entry, a limited number of them."""
    inside, behind = block_text(lines)
    placed = list(placed_lines(lines, inside))
    known = {match["key"] for n, *_ in placed if (match := NAMED.match(lines[n - 1]))}
    pasted = {slip.line: slip for slip in islice(oddly_indented(lines, behind), MAX_SLIPS)}
    yield from pasted.values()
    left = MAX_SLIPS - len(pasted)
    for place, below in zip(placed, [*placed[1:], None], strict=False):
        if left <= 0:
            return
        is_entry = place.belongs and place.number not in pasted
        slip = slip_on(lines[place.number - 1], place.number) if is_entry else None
        slip = slip and (_opening(lines, place.number) or slip)
        if slip and not unindented(lines, place.number, behind) and _is_sure(place, below, slip, known):
            left -= 1
            yield slip


def _is_sure(place: Placed, below: Placed | None, slip: Slip, known: set[str]) -> bool:
    """Whether a slip cannot be the way of a good text: “- 会议强调：……” or a bracket closed further down."""
    if is_left_open(slip) or "少了" in slip.message:
        return below is None or bool(ENTRY.match(below.line))
    if "冒号" not in slip.message or not (match := NAMED.match(place.line)):
        return True
    if "-" not in match["lead"]:
        return not _is_sentence(place.line, below)
    column = len(match["lead"])
    has_sibling = below is not None and indent_of(below.line) == column and bool(NAMED.match(below.line))
    return match["key"] in known or has_sibling or "文字里" in slip.message


def _is_sentence(line: str, below: Placed | None) -> bool:
    """Whether “会议强调：……。” is text, as the line below it is."""
    is_followed = below is not None and indent_of(below.line) == indent_of(line) and not NAMED.match(below.line)
    return line.rstrip().endswith("。") and is_followed


def _odd_one(lines: Sequence[str], number: int, inside: set[int]) -> Slip | None:
    """Return the slip of the line above the one where reading failed, if the lines around agree against it."""
    placed = list(placed_lines(lines, inside))
    here = next((n for n, place in enumerate(placed) if place.number == number), 0)
    named = NAMED.match(placed[here].line) if here > 1 else None
    above = placed[here - 1]
    if not named or "-" in named["lead"] or not NAMED.match(above.line):
        return None
    indent = len(named["lead"])
    own = takewhile(lambda place: _stands_below(place.line, above.opens), placed[here + 1 :])
    level = [place.line for place in own if indent_of(place.line) <= indent]
    if opens_level(placed[here].line) and level and indent_of(placed[here + 1].line) == indent:
        return None  # what belongs below it stands in its own column: it is itself the odd one
    if is_dash(above.line):
        return _odd_dash(above, indent, level) if above.opens >= 0 else None
    return _odd_name(above, indent, level, placed[here - 2].line)


def _odd_dash(above: Placed, indent: int, level: list[str]) -> Slip | None:
    """Return the slip of the dash a list begins with, from the column of the name below and the lines behind it."""
    column = indent_of(above.line)
    dashes = [indent_of(line) for line in level if is_dash(line)]
    usual, agrees = (above.opens, above.opens + 2), bool(level) and not is_dash(level[0])
    if column == indent == usual[1] and agrees and column not in dashes:
        line = above.line.strip().removeprefix("- ")
        return Slip(above.number, column + 1, "这一行多了短横“- ”。", changed(column, line))
    is_meant = dashes[:1] == [indent - 2] or (indent - 2 in usual and (agrees or column not in usual))
    return _shifted(above, indent - 2) if is_meant and column != indent - 2 else None


def _odd_name(above: Placed, indent: int, level: list[str], before: str) -> Slip | None:
    """Return the slip of a name and its value, from the column of the name below and the lines around."""
    column = indent_of(above.line)
    if column == indent or opens_level(above.line):
        return None
    agrees = bool(level) and indent_of(level[0]) == indent
    dashes = [indent_of(line) for line in level if is_dash(line)]
    is_first = above.opens >= 0
    if is_first and column + 2 == indent and (dashes[:1] == [column] or (agrees and column == above.opens + 2)):
        return Slip(above.number, column + 1, NO_DASH, changed(column, f"- {above.line.strip()}"))
    is_outside = opens_level(before) and column == content_of(before)
    is_between = indent_of(before) == indent > column and not is_dash(before)
    return _shifted(above, indent) if is_outside or (agrees and (is_first or is_between)) else None


def _shifted(place: Placed, column: int) -> Slip:
    """Return the slip of a line that should stand in another column."""
    message = f"这一行没有与同级的行对齐：前面有{indent_of(place.line)}个空格，同级的有{column}个。"
    return Slip(place.number, 1, message, changed(column, place.line.strip()))


def _stands_below(line: str, column: int) -> bool:
    """Whether a line may belong to the level below a name in that column: its dashes may stand right below it."""
    return indent_of(line) > column or (indent_of(line) == column and is_dash(line))


def _misaligned(lines: Sequence[str], number: int, inside: set[int]) -> Slip | None:
    """Return the slip of a line that stands in no column where a line above allows one of its kind."""
    line = lines[number - 1] if number <= len(lines) else ""
    places = [place for place in placed_lines(lines[:number], inside) if place.number <= number]
    if not places or places[-1].number != number or not ENTRY.match(line):
        return None
    place, dashed, indent = places.pop(), line.lstrip().startswith("- "), indent_of(line)
    allowed = sorted(column for column, dash in place.columns.items() if dash == dashed)
    if dashed and indent not in allowed and (first := first_without_dash(places, indent)):
        return Slip(first.number, indent + 3, NO_DASH, changed(indent, f"- {first.line.strip()}"))
    if indent not in allowed and (moved := moved_out(places, place, block_text(lines)[1].get(number, 0))):
        return _shifted(*moved)
    if first := moved_in(places, place):
        return _shifted(first, indent)
    if dashed and not allowed:
        hint = "请检查上面是不是漏了“条目:”这样的一行，或缩进没有对齐。"
        return Slip(number, indent + 1, "这一行以“- ”开头，上面却没有它所属的“名称:”。", hint)
    before = lines[line_before(lines, number) - 1]
    if not allowed or place.belongs or indent in allowed or (not NAMED.match(before) and indent >= content_of(before)):
        return None
    if indent < allowed[0] and not dashed:
        hint = "最外层的各项要从行首写起：请删去上面那些行前面多出的空格。"
        message = f"这一行没有与同级的行对齐：前面有{indent}个空格，同级的有{allowed[0]}个。"
        return Slip(number, 1, message, hint)
    if place.opens >= 0:
        allowed = sorted({*allowed, place.opens + 2})
    below = next((below for below in lines[number:] if below.strip()), "")
    able = _able(lines, place, allowed)
    column = able[0] if len(able) == 1 else _meant(line, able, indent_of(below))
    is_again = column is not None and key_of(line) in keys_above(places, column)
    if place.columns.get(indent) is True and (is_again or indent + 2 not in place.columns):
        return Slip(number, indent + 1, NO_DASH, changed(indent, f"- {line.strip()}"))
    is_above_wrong = indent_of(places[-1].line) <= places[-1].opens and not is_dash(places[-1].line)
    if column is None or is_above_wrong or is_again:
        could = "或".join(f"{c}个" for c in (able if len(able) > 1 else allowed))
        hint = (
            f"属于哪一项，就与哪一项的第一行对齐：前面可以是{could}空格；也请检查上面几行的缩进，是不是少了短横或冒号。"
        )
        return Slip(number, 1, f"这一行没有与同级的行对齐：前面有{indent}个空格。", hint)
    return _shifted(place, column)


def _able(lines: Sequence[str], place: Placed, allowed: list[int]) -> list[int]:
    """Return the columns where a line can be read: what is said of a figure stands below one, a figure does not."""
    figure, named = first_figure(lines, place.number), NAMED.match(place.line)
    if not figure or not named or is_dash(place.line):
        return allowed
    if named["key"] in OF_FIGURE:
        return [column for column in allowed if column > indent_of(figure)] or allowed
    is_figure = not named["value"].strip() or re.search(r"\d", named["value"])
    return [column for column in allowed if not is_figure or column <= indent_of(figure)] or allowed


def _said_outside(lines: Sequence[str], number: int, inside: set[int]) -> Slip | None:
    """Return the slip of what is said of a figure and stands above a line as if it were a figure itself."""
    before, above = [None, None, *placed_lines(lines[: number - 1], inside)][-2:]
    if not before or not above or key_of(above.line) not in OF_FIGURE or is_dash(above.line):
        return None
    figure = first_figure(lines, above.number)
    if not figure or indent_of(above.line) > indent_of(figure) or opens_level(above.line):
        return None
    if indent_of(before.line) > indent_of(figure):
        return _shifted(above, indent_of(before.line))
    return _shifted(above, above.opens + 2) if above.opens >= 0 else None


def _meant(line: str, allowed: list[int], below: int) -> int | None:
    """Return the column a line was meant for, None when that cannot be known.

    It is the nearest, if that is the innermost and hardly off: a line far to the right may be right and the one above
    it wrong. A line as near to another column may belong there if it begins a level of its own or the line
    below stands there.
    """
    indent, named = indent_of(line), NAMED.match(line)
    nearest = min(allowed, key=lambda column: (abs(column - indent), -column))
    begins = content_of(line) > indent or not named or not named["value"].strip()
    ties = [column for column in allowed if column != nearest and abs(column - indent) == abs(nearest - indent)]
    is_tie = bool(ties) if begins else below in ties
    is_far = indent - nearest > 2
    return nearest if nearest == allowed[-1] and not is_tie and not is_far else None
