"""How the lines of a file stand below each other, and what that says about one YAML cannot read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from jzreport.slips import KEY, Slip, indent_of, is_left_open, shaped, shown, slip_on

MAX_SLIPS = 20

_ENTRY = re.compile(rf" *(?:-(?: |$)|#|---|{KEY} *:(?: |$)|[\"'][^\"']*[\"'] *:(?: |$))")
_NAMED = re.compile(rf"(?P<lead> *(?:- +)*)(?P<key>{KEY}|[\"'][^\"']*[\"']) *:(?: |$)(?P<value>.*)")
_BLOCK = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[^\s#'\"\[{][^:]*:)? *[|>](?:[-+]?[1-9]?|[1-9][-+])\s*(?:#.*)?$")
_COLONLESS = re.compile(rf"(?P<name> *(?:- +)*{KEY}?)\s*[;；,，]?\s*$")
_NO_DASH = "这一行前面少了短横“- ”。"
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
    if slip := _odd_one(lines, line, inside):
        return slip
    for number in (line, opened):
        if 1 <= number <= len(lines) and number not in inside and not _ENTRY.match(lines[number - 1]):
            return _nameless(lines, number)
    if slip := _misaligned(lines, line, inside):
        return slip
    before = _line_before(lines, line)
    if before and before not in inside and not _NAMED.match(lines[before - 1]):
        return _nameless(lines, before)
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
    if "冒号" not in slip.message or not (match := _NAMED.match(place.line)):
        return True
    if "-" not in match["lead"]:
        return not _is_sentence(place.line, below)
    column = len(match["lead"])
    has_sibling = below is not None and indent_of(below.line) == column and bool(_NAMED.match(below.line))
    return match["key"] in known or has_sibling or "文字里" in slip.message


def _is_sentence(line: str, below: _Placed | None) -> bool:
    """Whether “会议强调：……。” is text, as the line below it is."""
    is_followed = below is not None and indent_of(below.line) == indent_of(line) and not _NAMED.match(below.line)
    return line.rstrip().endswith("。") and is_followed


def _outline(lines: Sequence[str], inside: set[int]) -> Iterator[_Placed]:
    columns: dict[int, bool] = {}
    opens = -1
    for number, typed in enumerate(lines, 1):
        if number in inside or typed.lstrip()[:1] in ("", "#") or typed == "---":
            continue
        line = shaped(typed)
        if not line.strip():  # a fence: it stands for nothing
            yield _Placed(number, line, columns, opens, True)
            continue
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
            opens = content if _opens(line) else -1


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
    if not is_named and (colonless := _colonless(lines, number)):
        return colonless
    if is_dash and not slip and not is_named and not _is_in_list(lines, number):
        hint = (
            f"若是正文，请与上面的文字对齐（前面{depth}个空格）；若是新的一条，请写成“- 标题: ……”，与上一条的“-”对齐。"
        )
        return Slip(number, indent_of(line) + 1, message, hint)
    if _ENTRY.match(line) or (is_named and line.rstrip()[-1:] not in _SENTENCE_ENDS):
        return None
    if slip and "：" not in slip.message and (is_named or shaped(line) != line):
        return None
    below = next((below for below in lines[number:] if below.strip()), "")
    if is_named and line.rstrip().endswith("：") and indent_of(below) > indent_of(line) and _ENTRY.match(shaped(below)):
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


def _colonless(lines: Sequence[str], number: int) -> Slip | None:
    """Return the slip of a name whose entries stand below it and that has no colon, or another sign in its place."""
    line, below = lines[number - 1], next((below for below in lines[number:] if below.strip()), "")
    match = _COLONLESS.match(line)
    if not match or indent_of(below) <= indent_of(line) or not _ENTRY.match(shaped(below)):
        return None
    return Slip(number, match.end("name"), "这一行末尾少了冒号。", _changed(0, f"{match['name'].rstrip()}:"))


def _nameless(lines: Sequence[str], number: int) -> Slip:
    if colonless := _colonless(lines, number):
        return colonless
    line = lines[number - 1]
    indent, below = indent_of(line), next((below for below in lines[number:] if below.strip()), "")
    if below.startswith(f"{' ' * indent}- ") and not line.lstrip().startswith("-"):
        return Slip(number, indent + 1, _NO_DASH, _changed(indent, f"- {line.strip()}"))
    hint = "若是上一项的文字：上一项的冒号后面写“|”，文字从下一行起每行前面空两格；若是新的一项，请写成“名称: 内容”。"
    if not indent:
        hint += "与稿件无关的话请删去。"
    return Slip(number, indent + 1, "这一行没有“名称: ”，不知道属于哪一项。", hint)


def _odd_one(lines: Sequence[str], number: int, inside: set[int]) -> Slip | None:
    """Return the slip of the line above the one where reading failed, if the lines around agree against it."""
    placed = list(_outline(lines, inside))
    here = next((n for n, place in enumerate(placed) if place.number == number), 0)
    named = _NAMED.match(placed[here].line) if here > 1 else None
    above = placed[here - 1]
    if not named or "-" in named["lead"] or not _NAMED.match(above.line):
        return None
    indent = len(named["lead"])
    own = takewhile(lambda place: _stands_below(place.line, above.opens), placed[here + 1 :])
    level = [place.line for place in own if indent_of(place.line) <= indent]
    if _opens(placed[here].line) and level and indent_of(placed[here + 1].line) == indent:
        return None  # what belongs below it stands in its own column: it is itself the odd one
    if _is_dash(above.line):
        return _odd_dash(above, indent, level) if above.opens >= 0 else None
    return _odd_name(above, indent, level, placed[here - 2].line)


def _odd_dash(above: _Placed, indent: int, level: list[str]) -> Slip | None:
    """Return the slip of the dash a list begins with, from the column of the name below and the lines behind it."""
    column = indent_of(above.line)
    dashes = [indent_of(line) for line in level if _is_dash(line)]
    usual, agrees = (above.opens, above.opens + 2), bool(level) and not _is_dash(level[0])
    if column == indent == usual[1] and agrees and column not in dashes:
        line = above.line.strip().removeprefix("- ")
        return Slip(above.number, column + 1, "这一行多了短横“- ”。", _changed(column, line))
    is_meant = dashes[:1] == [indent - 2] or (indent - 2 in usual and (agrees or column not in usual))
    return _shifted(above, indent - 2) if is_meant and column != indent - 2 else None


def _odd_name(above: _Placed, indent: int, level: list[str], before: str) -> Slip | None:
    """Return the slip of a name and its value, from the column of the name below and the lines around."""
    column = indent_of(above.line)
    if column == indent or _opens(above.line):
        return None
    agrees = bool(level) and indent_of(level[0]) == indent
    dashes = [indent_of(line) for line in level if _is_dash(line)]
    is_first = above.opens >= 0
    if is_first and column + 2 == indent and (dashes[:1] == [column] or (agrees and column == above.opens + 2)):
        return Slip(above.number, column + 1, _NO_DASH, _changed(column, f"- {above.line.strip()}"))
    is_outside = _opens(before) and column == _content(before)
    is_between = indent_of(before) == indent > column and not _is_dash(before)
    return _shifted(above, indent) if is_outside or (agrees and (is_first or is_between)) else None


def _shifted(place: _Placed, column: int) -> Slip:
    """Return the slip of a line that should stand in another column."""
    message = f"这一行没有与同级的行对齐：前面有{indent_of(place.line)}个空格，同级的有{column}个。"
    return Slip(place.number, 1, message, _changed(column, place.line.strip()))


def _is_dash(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _stands_below(line: str, column: int) -> bool:
    """Whether a line may belong to the level below a name in that column: its dashes may stand right below it."""
    return indent_of(line) > column or (indent_of(line) == column and _is_dash(line))


def _opens(line: str) -> bool:
    """Whether it is a name without a value, below which a level begins."""
    match = _NAMED.match(line)
    return match is not None and not match["value"].partition(" #")[0].strip()


def _changed(column: int, line: str) -> str:
    return f"请改成：“{shown(' ' * column + line)}”"


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
    if not allowed or place.belongs or indent in allowed or (not _NAMED.match(before) and indent >= _content(before)):
        return None
    if indent < allowed[0] and not is_dash:
        hint = "最外层的各项要从行首写起：请删去上面那些行前面多出的空格。"
        message = f"这一行没有与同级的行对齐：前面有{indent}个空格，同级的有{allowed[0]}个。"
        return Slip(number, 1, message, hint)
    if place.opens >= 0:
        allowed = sorted({*allowed, place.opens + 2})
    below = next((below for below in lines[number:] if below.strip()), "")
    column = _meant(line, allowed, indent_of(below))
    is_again = column is not None and _key(line) in _keys(places, column)
    if place.columns.get(indent) is True and (is_again or indent + 2 not in place.columns):
        return Slip(number, indent + 1, _NO_DASH, _changed(indent, f"- {line.strip()}"))
    is_above_wrong = indent_of(places[-1].line) <= places[-1].opens and not _is_dash(places[-1].line)
    if column is None or is_above_wrong or is_again:
        could = "或".join(f"{c}个" for c in allowed)
        hint = (
            f"属于哪一项，就与哪一项的第一行对齐：前面可以是{could}空格；也请检查上面几行的缩进，是不是少了短横或冒号。"
        )
        return Slip(number, 1, f"这一行没有与同级的行对齐：前面有{indent}个空格。", hint)
    return _shifted(place, column)


def _meant(line: str, allowed: list[int], below: int) -> int | None:
    """Return the column a line was meant for, None when that cannot be known.

    It is the nearest, if that is the innermost and hardly off: a line far to the right may be right and the one above
    it wrong. A line as near to another column may belong there if it begins a level of its own or the line
    below stands there.
    """
    indent, named = indent_of(line), _NAMED.match(line)
    nearest = min(allowed, key=lambda column: (abs(column - indent), -column))
    begins = _content(line) > indent or not named or not named["value"].strip()
    ties = [column for column in allowed if column != nearest and abs(column - indent) == abs(nearest - indent)]
    is_tie = bool(ties) if begins else below in ties
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
