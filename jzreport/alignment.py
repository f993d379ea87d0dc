"""How the lines of a file stand below each other, and what that says about one YAML cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jzreport.slips import KEY, Slip, indent_of, is_left_open, shaped, shown, slip_on

MAX_SLIPS = 20

_ENTRY = re.compile(rf" *(?:-(?: |$)|#|---|{KEY} *:(?: |$)|[\"'][^\"']*[\"'] *:(?: |$))")
_NAMED = re.compile(rf"(?P<lead> *(?:- +)*)(?P<key>{KEY}|[\"'][^\"']*[\"']) *:(?: |$)(?P<value>.*)")
_BLOCK = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[^\s#'\"\[{][^:]*:)? *[|>](?:[-+]?[1-9]?|[1-9][-+])\s*(?:#.*)?$")
_SENTENCE_ENDS = "。！？；，、：”）"


class _Placed(NamedTuple):
    """A line that is neither blank, comment nor block text."""

    number: int
    line: str  # with its blanks, dash and colon right
    columns: dict[int, bool]  # the lists (True) and mappings open before it, by the column they stand in
    opens: int  # the column of the name without a value right above, below which a level may begin; -1: none
    belongs: bool  # whether it stands where an entry may


def suspect(lines: Sequence[str], line: int, opened: int) -> Slip | None:
    """Return the slip on the line where reading failed, else on the one before it, else where it was opened."""
    inside, behind = block_text(lines)
    typed = [number for number in dict.fromkeys((line, _line_before(lines, line), opened)) if number not in inside]
    for number in typed:
        is_line = 1 <= number <= len(lines)
        if is_line and (slip := _unindented(lines, number, behind) or slip_on(lines[number - 1], number)):
            return slip
    for number in (line, opened):
        if 1 <= number <= len(lines) and number not in inside and not _ENTRY.match(lines[number - 1]):
            return _nameless(lines[number - 1], number)
    if slip := _misaligned(lines, line, inside):
        return slip
    before = _line_before(lines, line)
    if before and before not in inside and not _NAMED.match(lines[before - 1]):
        return _nameless(lines[before - 1], before)
    return None


def left_open(lines: Sequence[str], last: int) -> Slip | None:
    """Return the first line up to the last whose quote takes in what follows, where it should not."""
    return next((slip for slip in every_slip(lines) if slip.line <= last and is_left_open(slip)), None)


def takes_in(lines: Sequence[str], number: int) -> Slip | None:
    """Return the slip of a line whose quote takes in the entry below it."""
    slip = slip_on(lines[number - 1], number)
    below = next((line for line in lines[number:] if line.strip()), "")
    return slip if slip and is_left_open(slip) and _ENTRY.match(below) else None


def every_slip(lines: Sequence[str]) -> Iterator[Slip]:
    """Yield the slips that lines show by themselves where each stands as an entry, a limited number of them."""
    inside, behind = block_text(lines)
    placed = list(_outline(lines, inside))
    known = {match["key"] for n, *_ in placed if (match := _NAMED.match(lines[n - 1]))}
    left = MAX_SLIPS
    for place, below in zip(placed, [*placed[1:], None], strict=True):
        if not left:
            return
        slip = slip_on(lines[place.number - 1], place.number) if place.belongs else None
        if slip and not _unindented(lines, place.number, behind) and _is_sure(place, below, slip, known):
            left -= 1
            yield slip


def _is_sure(place: _Placed, below: _Placed | None, slip: Slip, known: set[str]) -> bool:
    """Whether a slip cannot be the way of a good text: “- 会议强调：……” or a bracket closed further down."""
    if is_left_open(slip) or "少了" in slip.message:
        return below is None or bool(_ENTRY.match(below.line))
    if "冒号" not in slip.message or not (match := _NAMED.match(place.line)) or "-" not in match["lead"]:
        return True
    column = len(match["lead"])
    has_sibling = below is not None and indent_of(below.line) == column and bool(_NAMED.match(below.line))
    return match["key"] in known or has_sibling or "文字里" in slip.message


def _outline(lines: Sequence[str], inside: set[int]) -> Iterator[_Placed]:
    columns: dict[int, bool] = {}
    opens = -1
    for number, typed in enumerate(lines, 1):
        if number in inside or typed.lstrip()[:1] in ("", "#") or typed == "---":
            continue
        line = shaped(typed)
        indent, is_dash = indent_of(line), bool(re.match(r" *-(?: |$)", line))
        named = _NAMED.match(line)
        below = 0 <= opens <= indent if is_dash else 0 <= opens < indent
        belongs = bool(is_dash or named) and (not columns or columns.get(indent) == is_dash or below)
        yield _Placed(number, line, columns, opens, belongs)
        opens = -1
        if belongs:
            content = _content(line)
            columns = {column: dash for column, dash in columns.items() if column <= indent}
            columns |= {match.start(): True for match in re.finditer("-", line[:content])}
            columns |= {content: False} if named else {}
            opens = content if named and not named["value"].partition(" #")[0].strip() else -1


def _content(line: str) -> int:
    """Return the column (from 0) behind the dashes a line begins with."""
    match = re.match(r" *(?:- +)*", line)
    return match.end() if match else 0


def _line_before(lines: Sequence[str], line: int) -> int:
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


def _unindented(lines: Sequence[str], number: int, behind: dict[int, int]) -> Slip | None:
    """Return the slip of a line right below text that is text itself and not indented like it."""
    if number not in behind:
        return None
    line, depth = lines[number - 1], behind[number]
    slip, is_named, is_dash = slip_on(line, number), bool(_NAMED.match(shaped(line))), line.lstrip().startswith("- ")
    message = "“|”下面的文字缩进不够。"
    if is_dash and not slip and not is_named and not _is_in_list(lines, number):
        hint = (
            f"若是正文，请与上面的文字对齐（前面{depth}个空格）；若是新的一条，请写成“- 标题: ……”，与上一条的“-”对齐。"
        )
        return Slip(number, indent_of(line) + 1, message, hint)
    if _ENTRY.match(line) or (is_named and line.rstrip()[-1:] not in _SENTENCE_ENDS):
        return None
    if slip and "：" not in slip.message:
        return None
    if not is_named and line.rstrip()[-1:] not in _SENTENCE_ENDS:
        hint = f"若是正文，请与上面的文字对齐（前面{depth}个空格）；若是新的一项，请写成“名称: 内容”。"
        return Slip(number, 1, message, hint)
    hint = f"请在这段文字的每一行前面加空格，与第一行对齐：“{shown(' ' * depth + line.strip())}”"
    return Slip(number, 1, message, hint)


def _is_in_list(lines: Sequence[str], number: int) -> bool:
    """Whether a line stands in the column of the dashes of an open list."""
    places = _outline(lines, block_text(lines)[0])
    return any(place.columns.get(indent_of(place.line)) is True for place in places if place.number == number)


def _nameless(line: str, number: int) -> Slip:
    hint = "若是上一项的文字：上一项的冒号后面写“|”，文字从下一行起每行前面空两格；若是新的一项，请写成“名称: 内容”。"
    return Slip(number, indent_of(line) + 1, "这一行没有“名称: ”，不知道属于哪一项。", hint)


def _misaligned(lines: Sequence[str], number: int, inside: set[int]) -> Slip | None:
    """Return the slip of a line that stands in no column where a line above allows one of its kind."""
    line = lines[number - 1] if number <= len(lines) else ""
    places = [place for place in _outline(lines[:number], inside) if place.number <= number]
    if not places or places[-1].number != number or not _ENTRY.match(line):
        return None
    place, is_dash, indent = places.pop(), line.lstrip().startswith("- "), indent_of(line)
    allowed = sorted(column for column, dash in place.columns.items() if dash == is_dash)
    if is_dash and not allowed:
        hint = "请检查上面是不是漏了“条目:”这样的一行，或缩进没有对齐。"
        return Slip(number, indent + 1, "这一行以“- ”开头，上面却没有它所属的“名称:”。", hint)
    before = lines[_line_before(lines, number) - 1]
    if not allowed or place.belongs or indent in allowed or (not _NAMED.match(before) and indent == _content(before)):
        return None
    if indent < allowed[0] and not is_dash:
        hint = "最外层的各项要从行首写起：请删去上面那些行前面多出的空格。"
        message = f"这一行没有与同级的行对齐：前面有{indent}个空格，同级的有{allowed[0]}个。"
        return Slip(number, 1, message, hint)
    if place.opens >= 0:
        allowed = sorted({*allowed, place.opens + 2})
    column = _meant(line, allowed)
    is_above_wrong = indent_of(places[-1].line) <= places[-1].opens and not places[-1].line.lstrip().startswith("- ")
    if column is None or is_above_wrong or _key(line) in _keys(places, column):
        could = "或".join(f"{c}个" for c in allowed)
        hint = (
            f"属于哪一项，就与哪一项的第一行对齐：前面可以是{could}空格；也请检查上面几行的缩进，是不是少了短横或冒号。"
        )
        return Slip(number, 1, f"这一行没有与同级的行对齐：前面有{indent}个空格。", hint)
    message = f"这一行没有与同级的行对齐：前面有{indent}个空格，同级的有{column}个。"
    return Slip(number, 1, message, f"请改成：“{shown(' ' * column + line.strip())}”")


def _meant(line: str, allowed: list[int]) -> int | None:
    """Return the column a line was meant for, None when that cannot be known.

    It is the nearest, if that is the innermost and hardly off: a line far to the right may be right and the one above
    it wrong. A line that begins a level of its own, as near to another column, may belong there.
    """
    indent, named = indent_of(line), _NAMED.match(line)
    nearest = min(allowed, key=lambda column: (abs(column - indent), -column))
    begins = _content(line) > indent or not named or not named["value"].strip()
    is_tie = begins and sum(abs(column - indent) == abs(nearest - indent) for column in allowed) > 1
    is_far = indent - nearest > 2
    return nearest if nearest == allowed[-1] and not is_tie and not is_far else None


def _key(line: str) -> str:
    match = _NAMED.match(line)
    return match["key"] if match else ""


def _keys(places: Sequence[_Placed], column: int) -> set[str]:
    """Return the names already written in the mapping that stands in a column behind these lines."""
    keys: set[str] = set()
    for place in reversed(places):
        if _content(place.line) == column:
            keys |= {_key(place.line)} - {""}
        if indent_of(place.line) < column:
            break
    return keys
