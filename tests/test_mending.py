"""Whatever the slip, a line that a hint shows can be read where the finding was told."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from test_slips import GOOD, read, with_line

Slip = Callable[[str], str]


def instead(sign: str, typed: str) -> Slip:
    return lambda line: line.replace(sign, typed, 1)


def around(pattern: str, typed: str) -> Slip:
    return lambda line: re.sub(pattern, typed, line, count=1)


SLIPS: dict[str, Slip] = {
    "full-width colon": instead(": ", "："),
    "no blank behind the colon": instead(": ", ":"),
    "another colon": instead(": ", "∶"),
    "two colons": instead(":", "::"),
    "no colon": instead(":", ""),
    "a wide blank before the colon": instead(":", "\u3000:"),
    "a wide blank behind the colon": instead(": ", ":\u3000"),
    "no blank behind the dash": instead("- ", "-"),
    "full-width dash": instead("- ", "－ "),
    "long dash": instead("- ", "——"),
    "point for a dash": instead("- ", "• "),
    "star for a dash": instead("- ", "* "),
    "two dashes": instead("- ", "- - "),
    "no dash": instead("- ", ""),
    "number for a dash": instead("- ", "1. "),
    "dash and colon": lambda line: line.replace("- ", "－", 1).replace(": ", "：", 1),
    "one blank more": around("^", " "),
    "two blanks more": around("^", "  "),
    "one blank less": around("^ ", ""),
    "two blanks less": around("^  ", ""),
    "no blanks": str.lstrip,
    "wide blanks": lambda line: re.sub("^ +", lambda match: "\u3000" * (len(match[0]) // 2), line),
    "odd blanks": lambda line: re.sub("^ +", lambda match: "\u00a0" * len(match[0]), line),
    "a quote left open": around(r": (\S)", r': "\1'),
    "a quote before the end": around(r": (\S+)$", r': "\1"好'),
    "a full-width quote at the end": around(r": (\S+)$", r': "\1”'),
    "a bold name": around(r"(\w+):", r"**\1**:"),
    "a bold value": around(r": (\S+)$", r": **\1**"),
    "a full-width bar": instead("|", "｜"),
    "two bars": instead("|", "||"),
    "no bar": instead(" |", ""),
    "a bar without colon": instead(": |", " |"),
    "an at sign": instead(": ", ": @"),
    "an ampersand": instead(": ", ": &"),
    "a question mark": instead(": ", ": ? "),
    "a bracket": instead(": ", ": ["),
    "a reference": instead(": ", ": {{ 甲 }}"),
    "a colon in text": around("$", ": 好"),
    "two entries": around("$", " 填报人: 某"),
    "no closing bracket": instead("]", ""),
    "a full-width closing bracket": instead("]", "】"),
    "two closing brackets": instead("]", "]]"),
}
READING = {"R05", "R07", "R08"}


@pytest.mark.parametrize("name", SLIPS)
def test_a_line_that_is_shown_can_be_read(name: str) -> None:
    for number, line in enumerate(GOOD.split("\n"), 1):
        typed = SLIPS[name](line)
        text = with_line(number, typed)
        for problem in read(text)[1] if typed != line else ():
            shown = re.search(r"：“(.*)”$", problem.hint)
            if problem.rule.code in READING and shown:
                mended = with_line(problem.span.line, shown[1], text)
                left = [p for p in read(mended)[1] if p.span.line == problem.span.line and p.rule.code in READING]
                assert left == [], (typed, problem.hint)
