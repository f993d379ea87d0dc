"""Comments that look like text: YAML drops everything from a “#” on, and nobody would miss it in print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

BELOW = "这一行以“#”开头，会被当成注释，不印。"

_MAX_TOLD = 100  # lines of a file: nobody reads more


class Lost(NamedTuple):
    """A stretch to the end of a line (from 1) that is dropped, why it may be text, what to type."""

    line: int
    column: int
    message: str
    hint: str


# Behind a value or key, and before the next one, YAML allows nothing but these signs, blanks and a comment. One that
# was meant stands apart: two blanks before its sign, one behind. (“完成编号 #12 的整改”, “好 # 坏” may be text.)
_TRAILING = r"(?P<before>[][|>+0-9,:{} -]*)(?P<lost>#.*)"
_HEADING = r"(?:: *+)? *+(?P<marks>#{2,6}) *+[^\s#]"
_BARE = r" *(?:- +)*#+[^\s#]"
_MEANT = r"#+(?: |$)"


def behind_value(lines: Sequence[str], number: int, column: int) -> tuple[Lost, ...]:
    """Return the comment behind a value that ends (or begins, with “|”) at a place, unless it stands apart."""
    line = lines[number - 1] if number <= len(lines) else ""
    match = re.compile(_TRAILING).match(line, column - 1) if "#" in line else None
    if not match or not match["before"].endswith(" "):
        return ()
    if match["before"].endswith("  ") and re.match(_MEANT, match["lost"]):
        return ()
    if marks := re.compile(_HEADING).match(line, column - 1):
        hint = f"若是标题的记号，请删去“{marks['marks']}”；若是注释，请在“#”前面空两格，后面空一格。"
        return (Lost(number, match.start("lost") + 1, "从“#”起会被当成注释丢掉。", hint),)
    text = "若是正文，请从下一行起写" if "|" in match["before"] else "若是正文，请给整个值加上半角双引号"
    hint = f"{text}；若是注释，请在“#”前面空两格，后面空一格。"
    return (Lost(number, match.start("lost") + 1, "从“#”起会被当成注释丢掉。", hint),)


def bare(lines: Sequence[str]) -> Iterator[Lost]:
    """Yield the lines outside block text whose sign is followed by a character: a remark has a blank there."""
    if not any(re.match(_BARE, line) for line in lines if "#" in line):
        return
    from jzreport import outline  # a good draft never needs its patterns

    text = outline.block_text(lines)[0]
    found = (number for number, line in enumerate(lines, 1) if re.match(_BARE, line) and number not in text)
    for number in islice(found, _MAX_TOLD):
        hint = "若是正文，请与正文的其他行对齐；若是注释，请在“#”后面空一格。"
        yield Lost(number, lines[number - 1].index("#") + 1, BELOW, hint)


def behind_text(lines: Sequence[str], bar: int, value: str) -> Iterator[Lost]:
    """Yield the comments right below the text of the “|” on line `bar`; below an empty line they are meant."""
    typed = value.rstrip("\n ").split("\n") if value.strip() else []
    last = bar + len(typed)
    indent = len(lines[last - 1]) - len(value.split("\n")[len(typed) - 1]) if typed else 0
    for number in range(last + 1, len(lines) + 1):
        line = lines[number - 1]
        if not line.strip().startswith("#"):
            return
        below = next((below for below in lines[number:] if below.strip() and not below.lstrip().startswith("#")), "")
        is_inside = 0 < indent <= len(below) - len(below.lstrip(" "))
        where = f"与上面的文字对齐（前面{indent}个空格）" if indent else "比上一行的名称多缩进两格"
        meant = "正文里不能写注释，若是注释，请删去" if is_inside else "若是注释，请在上面空一行"
        hint = f"若是正文，请{where}；{meant}。"
        yield Lost(number, line.index("#") + 1, BELOW, hint)
