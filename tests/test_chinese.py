from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import tries

from jzreport.chinese import (
    cells,
    closest,
    display_width,
    fold,
    format_date,
    join_lines,
    numeral,
    parse_numeral,
)

quick = tries(60)
KEYS = ["标题", "正文", "条目", "指标", "填报单位", "填报人", "审核人", "填报日期", "章节", "序", "豁免"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"), (100, "一百"), (105, "一百零五"),
        (110, "一百一十"), (115, "一百一十五"), (1000, "一千"), (1005, "一千零五"), (1050, "一千零五十"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_heading_numbers(number: int, text: str) -> None:
    assert numeral(number) == text
    assert parse_numeral(text) == number


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_no_heading_has_such_a_number(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        numeral(number)


@quick
@given(st.integers(1, 9999))
def test_numerals_are_read_back(number: int) -> None:
    assert parse_numeral(numeral(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0), ("两", 2), ("三", 3), ("十二", 12), ("一十二", 12), ("一百二十", 120), ("两百", 200), ("二百", 200),
        ("两千三百", 2300), ("一万二千", 12000), ("两万两千", 22000), ("十万", 100000), ("一万零五十", 10050),
        ("二十三万四千", 234000), ("一亿二千万", 120000000), ("三亿", 300000000),
    ],
)  # fmt: skip
def test_numerals_of_official_prose(text: str, number: int) -> None:
    assert parse_numeral(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三三",
        "百",
        "一百五",
        "一百两",
        "两十",
        "十两",
        "二〇二三",
        "三部",
        "3",
        "十十",
        "一千一万",
        "一万百",
        "亿" * 5000,
        "一" * 5000,
        "千",
    ],
)
def test_what_only_looks_like_a_numeral(text: str) -> None:
    assert parse_numeral(text) is None


def test_dates_have_no_padding() -> None:
    assert format_date(datetime.date(2023, 2, 1)) == "2023年2月1日"
    assert format_date(datetime.date(2023, 12, 31)) == "2023年12月31日"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("中文，", 6),
        ("“引”", 6),
        ("……", 4),
        ("——", 4),
        ("·", 2),
        ("e\u0301", 1),
        ("\u200b\ufeff", 0),
        ("ＡＢ", 4),
        ("ｱ", 1),
    ],
)
def test_columns_on_a_terminal(text: str, columns: int) -> None:
    assert display_width(text) == columns


@pytest.mark.parametrize(
    ("text", "width"),
    [("2022年度", 4), ("GB/T 9704", 4.5), ("“一网通办”", 6), ("·", 1), ("é", 0.5), ("\u200b字", 1), ("\u3000", 1)],
)
def test_cells_on_paper(text: str, width: float) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("全市", "共有", ""), ("rule", "of law", " "), ("Word", "文档", ""), ("截至", "2022年", ""), ("GB/T", "9704", " "), ("Hello,", "world", " "),
        ("（OFD）", "PDF", ""), ("end", ", next", ""), ("(a)", "b", " "), ("，", "abc", ""), ("", "a", ""), ("a", "", ""), ("a ", "b", ""),
    ],
)  # fmt: skip
def test_joining_lines_of_a_paragraph(before: str, after: str, between: str) -> None:
    assert join_lines(before, after) == between


def test_folding_ignores_width_and_blanks_only() -> None:
    assert fold("办结 ５１４件（含往年），\u3000比\u00a0例：９２％\n") == fold("办结514件(含往年),比例:92%")
    assert fold("a\u200b\ufeff\tb\r\n") == "ab"
    assert fold("“①”。、《㎡》…") == "“①”。、《㎡》…"
    assert fold("一，二") != fold("一、二")


@quick
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("标题", "标题"), ("标体", "标题"), ("题标", "标题"), ("标题名", "标题"), ("標題", "标题"), ("標题", "标题"), ("标 题", "标题"), ("标题名称", "标题"),
        ("填报部门", None), ("填表单位", "填报单位"), ("单位填报", "填报单位"), ("填報人", "填报人"), ("填写人", "填报人"), ("序号", "序"),
        ("颜色", None), ("字体", None), ("", None), ("x" * 10000, None),
    ],
)  # fmt: skip
def test_did_you_mean(typed: str, meant: str | None) -> None:
    assert closest(typed, KEYS) == meant


def test_did_you_mean_takes_the_first_of_equals_and_knows_nothing_of_nothing() -> None:
    assert closest("市某局", ["市甲局", "市乙局"]) == "市甲局"
    assert closest("标题", []) is None
    assert closest("行政复议受理数", (name for name in ["行政复议办结", "行政复议受理"])) == "行政复议受理"
