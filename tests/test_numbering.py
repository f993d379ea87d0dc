from __future__ import annotations

import pytest

from jzreport.numbering import BY_DEPTH, NumberingStyle

PRINTED = {
    "一、": ["一、", "二、", "十、", "十一、", "二十、", "一百零五、"],
    "（一）": ["（一）", "（二）", "（十）", "（十一）", "（二十）", "（一百零五）"],
    "1.": ["1.", "2.", "10.", "11.", "20.", "105."],
    "1、": ["1、", "2、", "10、", "11、", "20、", "105、"],
    "（1）": ["（1）", "（2）", "（10）", "（11）", "（20）", "（105）"],
    "一是": ["一是", "二是", "十是", "十一是", "二十是", "一百零五是"],
    "无": [""] * 6,
}


@pytest.mark.parametrize("style", NumberingStyle, ids=lambda style: style.value)
def test_a_style_prints_its_numbers(style: NumberingStyle) -> None:
    assert [style.number(n) for n in (1, 2, 10, 11, 20, 105)] == PRINTED[style.value]


@pytest.mark.parametrize("style", [style for style in NumberingStyle if style is not NumberingStyle.NONE])
def test_a_style_is_called_by_the_first_number_it_prints(style: NumberingStyle) -> None:
    assert style.number(1) == style.value


def test_the_four_levels_of_the_standard_come_in_their_order() -> None:
    assert [style.value for style in BY_DEPTH] == ["一、", "（一）", "1.", "（1）"]
    assert [style.rank for style in BY_DEPTH] == [1, 2, 3, 4]


def test_headings_run_in_from_the_third_level_down() -> None:
    assert [style.value for style in NumberingStyle if style.runs_in] == ["1.", "1、", "（1）", "一是"]


def test_a_style_looks_like_the_level_of_the_standard_it_belongs_to() -> None:
    ranks = {style.value: style.rank for style in NumberingStyle}
    assert ranks == {"无": 0, "一、": 1, "（一）": 2, "1.": 3, "1、": 3, "（1）": 4, "一是": 4}


@pytest.mark.parametrize("style", NumberingStyle, ids=lambda style: style.value)
def test_more_headings_than_anybody_counts_do_not_stop_the_program(style: NumberingStyle) -> None:
    assert style.number(9999) != style.number(10_000) or style is NumberingStyle.NONE
