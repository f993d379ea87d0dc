"""How many lines a paragraph takes, told without a renderer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import tries

from jzreport.render.word.flow import Flow, count_lines


@pytest.mark.parametrize(
    ("text", "first_line", "lines"),
    [
        ("国" * 28, 0, 1),
        ("国" * 29, 0, 2),
        ("国" * 726, 2, 26),
        ("国" * 28 + "。", 0, 1),  # a mark hangs over the edge
        ("国" * 28 + "。国", 0, 2),
        ("国" * 27 + "（国", 0, 2),  # an opening mark never ends a line
        ("国" * 27 + "2022", 0, 2),  # a number stays whole
        ("国" * 26 + "2022", 0, 1),
        ("", 2, 1),
    ],
)
def test_lines_are_counted_as_they_are_set(text: str, first_line: float, lines: int) -> None:
    assert count_lines(text, first_line) == lines


@tries(300)
@given(st.text("国国国国，。（”2.% ", max_size=120), st.sampled_from([0, 1.5, 2]), st.sampled_from([28, 6.3, 2.0]))
def test_characters_fill_lines_together_as_they_do_one_by_one(text: str, first_line: float, width: float) -> None:
    one_by_one = text.replace("国", "□")  # as wide, but no letter: each is a piece of its own
    assert count_lines(text, first_line, width) == count_lines(one_by_one, first_line, width)


def test_what_does_not_fit_goes_to_the_next_page() -> None:
    flow = Flow(height=1000, line=100)
    flow.lines(9)
    flow.block(200)
    assert (flow.page, flow.used, flow.left) == (2, 200, 800)


def test_a_held_paragraph_goes_with_what_follows() -> None:
    flow = Flow(height=1000, line=100)
    flow.lines(7)
    flow.text("国" * 60)
    flow.hold_last()
    assert (flow.page, flow.used) == (2, 300)
