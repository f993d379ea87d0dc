"""Lines that are no entries: text that left the text it belongs to, and names that lost their sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from jzreport.outline import (
    ENTRY,
    NAMED,
    block_text,
    changed,
    content_of,
    is_dash,
    key_of,
    line_before,
    placed_lines,
)
from jzreport.slips import KEY, ODD_INDENT, ODD_LEAD, Slip, indent_of, shaped, shown, slip_on

NO_DASH = "这一行前面少了短横“- ”。"

_BAR = re.compile(r"[|>][-+]?\s*$")
_COLONLESS = re.compile(rf"(?P<name> *+(?:- ++)*+{KEY}?)\s*+(?:[;；,，]\s*+)?$")
_TOO_LITTLE = "“|”下面的文字缩进不够。"
_MAX_PASTED = 20  # texts: nobody reads more
_SENTENCE_ENDS = "。！？；，、：”）"


def unindented(lines: Sequence[str], number: int, behind: dict[int, int]) -> Slip | None:
    """Return the slip of a line right below text that is text itself and not indented like it."""
    if number not in behind:
        return None
    line, depth = lines[number - 1], behind[number]
    if ODD_LEAD.match(line):
        return _oddly(lines, number, depth)
    slip, is_named, dashed = slip_on(line, number), bool(NAMED.match(shaped(line))), line.lstrip().startswith("- ")
    if not is_named and (colonless := _colonless(lines, number)) and not _is_placed_below(lines, number):
        return colonless
    aligned = f"若是正文，请与上面的文字对齐（前面{depth}个空格）：“{shown(' ' * depth + line.strip())}”"
    if dashed and not slip and not is_named and not _is_in_list(lines, number):
        hint = f"{aligned}；若是新的一条，请写成“- 标题: ……”，与上一条的“-”对齐。"
        return Slip(number, indent_of(line) + 1, _TOO_LITTLE, hint)
    if ENTRY.match(line) or (is_named and line.rstrip()[-1:] not in _SENTENCE_ENDS):
        return None
    if slip and "：" not in slip.message and (is_named or shaped(line) != line):
        return None
    below = next((below for below in lines[number:] if below.strip()), "")
    if is_named and line.rstrip().endswith("：") and indent_of(below) > indent_of(line) and ENTRY.match(shaped(below)):
        return None
    if not is_named and line.rstrip()[-1:] not in _SENTENCE_ENDS:
        return Slip(number, 1, _TOO_LITTLE, f"{aligned}；若是新的一项，请写成“名称: 内容”。")
    level = "" if _BAR.search(lines[line_before(lines, number) - 1]) else "，与第一行对齐"
    hint = f"请在这段文字的每一行前面加空格{level}，共{depth}个：“{shown(' ' * depth + line.strip())}”"
    return Slip(number, 1, _TOO_LITTLE, hint)


def oddly_indented(lines: Sequence[str], behind: dict[int, int]) -> Iterator[Slip]:
    """Yield the slips of the lines of text that begin with blanks of another kind, as every paragraph from Word does."""
    found = ((first, depth) for first, depth in behind.items() if ODD_LEAD.match(lines[first - 1]))
    for first, depth in islice(found, _MAX_PASTED):  # each takes a look through the file
        for number in range(first, len(lines) + 1):
            if not lines[number - 1].strip():
                continue
            slip = _oddly(lines, number, depth) if ODD_LEAD.match(lines[number - 1]) else None
            if not slip:
                break
            yield slip


def _oddly(lines: Sequence[str], number: int, depth: int) -> Slip | None:
    """Return the slip of text that begins with blanks of another kind, nothing when an entry does."""
    odd = ODD_LEAD.match(lines[number - 1])
    assert odd, "the caller has looked"
    text = lines[number - 1][odd.end() :]
    without = [*lines[: number - 1], text, *lines[number:]]
    slip = unindented(without, number, {number: depth}) if text else None
    if not slip or slip.message != _TOO_LITTLE:
        return None
    hint = f"请改用半角空格缩进，这段文字的每一行前面都是{depth}个：“{shown(' ' * depth + text.strip())}”"
    return Slip(number, odd.start("at") + 1, ODD_INDENT, hint)


def _is_in_list(lines: Sequence[str], number: int) -> bool:
    """Whether a line stands in the column of the dashes of an open list."""
    places = placed_lines(lines[:number], block_text(lines[:number])[0])
    return any(place.columns.get(indent_of(place.line)) is True for place in places if place.number == number)


def _colonless(lines: Sequence[str], number: int) -> Slip | None:
    """Return the slip of a name whose entries stand below it and that has no colon, or another sign in its place."""
    line, below = lines[number - 1], next((below for below in lines[number:] if below.strip()), "")
    match = _COLONLESS.match(line)
    if _second_half(lines, number):
        return None
    if not match or indent_of(below) <= indent_of(line) or not ENTRY.match(shaped(below)):
        return None
    return Slip(number, match.end("name"), "这一行末尾少了冒号。", changed(0, f"{match['name'].rstrip()}:"))


def _is_placed_below(lines: Sequence[str], number: int) -> bool:
    """Whether the entry below a line stands in a level that is open without it: then the line opens none."""
    last = next((n for n in range(number + 1, len(lines) + 1) if lines[n - 1].strip()), number)
    places = list(placed_lines(lines[:last], block_text(lines[:last])[0]))
    place = places[-1]
    if place.number != last or last == number or not place.belongs:
        return False
    column, earlier = content_of(place.line), [above.line for above in places if above.number < number]
    known = {key_of(line) for line in earlier if content_of(line) == column}
    return not is_dash(place.line) or key_of(place.line) in {"", *known}


def _second_half(lines: Sequence[str], number: int) -> Slip | None:
    """Return the slip of a line that runs on from the one above, which ends in the middle of a sentence."""
    line, above = lines[number - 1], lines[line_before(lines, number) - 1].rstrip()
    if NAMED.match(shaped(line)) or is_dash(line) or not above.endswith(("，", "、")):
        return None
    if not NAMED.match(shaped(above)):
        return None
    hint = f"请接在上一行末尾，写成“{shown(above + line.strip())}”，并删去这一行。"
    return Slip(number, indent_of(line) + 1, "这一行像是上一行的后半句。", hint)


def without_name(lines: Sequence[str], number: int) -> Slip:
    """Return the slip of a line that stands as an entry and is none."""
    if half := _second_half(lines, number):
        return half
    if colonless := _colonless(lines, number):
        return colonless
    line = lines[number - 1]
    indent, below = indent_of(line), next((below for below in lines[number:] if below.strip()), "")
    if below.startswith(f"{' ' * indent}- ") and not line.lstrip().startswith("-"):
        return Slip(number, indent + 1, NO_DASH, changed(indent, f"- {line.strip()}"))
    if figure := re.fullmatch(r"([^\W\d_]{2,20}?) *(\d\S{0,19})", line.strip()):
        hint = f"若是一项，请补上冒号：“{' ' * indent}{figure[1]}: {figure[2]}”"
        return Slip(number, indent + 1, "这一行没有“名称: ”，不知道属于哪一项。", hint)
    opener = lines[line_before(lines, number) - 1].rstrip()
    if re.fullmatch(r"正文 *: *", opener.strip().removeprefix("- ")):
        text = " " * (content_of(opener) + 2) + line.strip()
        hint = (
            f"若是正文，请把上一行写成“{opener} |”，这一行写成“{shown(text)}”（前面{content_of(opener) + 2}个空格）。"
        )
        return Slip(number, indent + 1, "这一行没有“名称: ”，不知道属于哪一项。", hint)
    hint = "若是上一项的文字：上一项的冒号后面写“|”，文字从下一行起每行前面空两格；若是新的一项，请写成“名称: 内容”。"
    if not indent:
        hint += "与稿件无关的话请删去。"
    return Slip(number, indent + 1, "这一行没有“名称: ”，不知道属于哪一项。", hint)
