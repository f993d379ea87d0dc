"""Whatever the slip, a line that a hint shows can be read where the finding was told."""

from __future__ import annotations

import re

import pytest
from slips_of_lines import GOOD_DRAFT, LINE_SLIPS, read, with_line

READING = {"R05", "R07", "R08"}


@pytest.mark.parametrize("name", LINE_SLIPS)
def test_a_line_that_is_shown_can_be_read(name: str) -> None:
    for number, line in enumerate(GOOD_DRAFT.split("\n"), 1):
        typed = LINE_SLIPS[name](line)
        text = with_line(number, typed)
        for problem in read(text)[1] if typed != line else ():
            shown = re.search(r"：“(.*)”$", problem.hint)
            if problem.rule.code in READING and shown:
                mended = with_line(problem.span.line, shown[1], text)
                left = [p for p in read(mended)[1] if p.span.line == problem.span.line and p.rule.code in READING]
                assert left == [], (typed, problem.hint)
