from __future__ import annotations

from decimal import Decimal

import in_memory
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import tries

from jzreport.figures import Quantity, difference, parse_quantity, share, year_on_year
from jzreport.text import Text

quick = tries(200)


def read(typed: str) -> Quantity:
    quantity = parse_quantity(Text.typed(typed, "稿.yaml", 1, 1))
    assert quantity is not None, typed
    return quantity


# As typed, its number, prefix, numeral, unit.
VALUES = """
534件 534 - 534 件
92.12% 92.12 - 92.12 %
98.5％ 98.5 - 98.5 ％
3.2‰ 3.2 - 3.2 ‰
11万余人次 110000 - 11万余 人次
11余万人次 110000 - 11余万 人次
60000余人次 60000 - 60000余 人次
十余万人次 100000 - 十余万 人次
两万多人次 20000 - 两万多 人次
3千余件 3000 - 3千余 件
5百余户 500 - 5百余 户
68万件 680000 - 68万 件
1.85万件 18500 - 1.85万 件
1.2亿元 120000000 - 1.2亿 元
3万亿元 3000000000000 - 3万亿 元
1,234件 1234 - 1,234 件
12,345,678元 12345678 - 12,345,678 元
0件 0 - 0 件
92.5 92.5 - 92.5 -
11万 110000 - 11万 -
15个百分点 15 - 15 个百分点
1.4百分点 1.4 - 1.4 百分点
15千米 15 - 15 千米
3.5万千瓦时 35000 - 3.5万 千瓦时
12.5件/万人 12.5 - 12.5 件/万人
800元/人 800 - 800 元/人
45平方米 45 - 45 平方米
45㎡ 45 - 45 ㎡
11个类别 11 - 11 个类别
3场比赛 3 - 3 场比赛
两部 2 - 两 部
十二项 12 - 十二 项
一百二十人 120 - 一百二十 人
两千三百件 2300 - 两千三百 件
三成 3 - 三 成
四次会议 4 - 四 次会议
近11万余人次 110000 近 11万余 人次
约300% 300 约 300 %
超过90% 90 超过 90 %
不低于90% 90 不低于 90 %
达100% 100 达 100 %
均达100% 100 均达 100 %
累计近5万件 50000 累计近 5万 件
全省第2 None
第2位 2 第 2 位
第02位 2 第 02 位
"""
ROWS = [row.split() for row in VALUES.strip().split("\n")]


@pytest.mark.parametrize("row", [row for row in ROWS if row[1] != "None"], ids=lambda row: row[0])
def test_a_value_is_read_as_it_is_meant(row: list[str]) -> None:
    typed, number, prefix, numeral, unit = row
    quantity = read(typed)
    assert quantity.number == Decimal(number)
    assert [quantity.prefix or "-", quantity.numeral, quantity.unit or "-"] == [prefix, numeral, unit]
    assert str(quantity) == quantity.prefix + quantity.numeral + quantity.unit == typed


@pytest.mark.parametrize(
    ("typed", "some"), [("11万余人次", "余"), ("11余万人次", "余"), ("三百多件", "多"), ("8件", "")]
)
def test_a_value_knows_that_it_is_a_round_one(typed: str, some: str) -> None:
    assert read(typed).approximate == some


# What cannot be read, and a word of what the clerk is told to do.
REFUSED = {
    "５３４件": "请把值改成“534件”",
    "534 件": "请把值改成“534件”",
    "1，234件": "请把值改成“1,234件”",
    "9２.1２％": "请把值改成“92.12%”",
    "6省17市": "这里不止一个数",
    "6省十七市": "这里不止一个数",
    "3—5件": "这里不止一个数",
    "2023年2月1日": "这里不止一个数",
    "-5件": "不带正负号",
    "－５件": "不带正负号",
    "增加+5件": "不带正负号",
    "百分之三十": "百分数请用“%”写",
    "NaN": "只写数和单位",
    "inf件": "只写数和单位",
    "1e5件": "这里不止一个数",
    "若干件": "只写数和单位",
    "数百件": "只写数和单位",
    "万余件": "只写数和单位",
    "全市534件": "只写数和单位",
    "534件。": "末尾不加标点，请把值改成“534件”",
    "514件（含往年结转）": "只写数和单位",
    "534件案件已经全部依法依规办理完毕": "只写数和单位",
    "11余万余件": "只写数和单位",
    "一百二": "只写数和单位",
    "1234,567件": "应从个位起每三位一个。请把值改成“1234567件”",
    "12,34件": "若逗号是多写的，请把值改成“1234件”；若逗号是小数点，请把值改成“12.34件”",
    "5,34件": "逗号的位置不对。若逗号是多写的，请把值改成“534件”；若逗号是小数点，请把值改成“5.34件”",
    "92。12％": "小数点写成了句号，请把值改成“92.12%”",
    '534件"': "多了一个半角引号，请把值改成：534件（两边不加引号）",
    "“534件”": "数的两边不加引号，请把值改成：534件（两边不加引号）",
    '"534件"': "数的两边不加引号，请把值改成：534件（两边不加引号）",
    "约“92。12％”": "数的两边不加引号，小数点写成了句号，请把值改成：约92.12%（两边不加引号）",
    "“若干”": "只写数和单位",
    "5件、6件": "这里不止一个数",
    "92.%": "只写数和单位",
    ".5%": "只写数和单位",
    "٣件": "只写数和单位",
    "174件待核实": "请核实以后再填",
    "22O件": "混进了字母",
    "2l件": "混进了字母",
    "0174件": "前面不加“0”",
    "近0174件": "前面不加“0”",
    "9" * 5000 + "件": "数字太长",
    "一" * 5000 + "件": "只写数和单位",
}


@pytest.mark.parametrize("typed", REFUSED, ids=lambda typed: typed[:12])
def test_what_is_not_one_number_is_refused_with_what_to_do(typed: str) -> None:
    figures, problems = in_memory.figures(f"受理: '{typed}'")
    assert not figures["受理"].is_readable
    assert [problem.rule.code for problem in problems] == ["F04"]
    assert REFUSED[typed] in problems[0].hint
    assert len(problems[0].message) < 60
    assert (problems[0].span.line, problems[0].span.column) == (1, 6)


prefixes = st.sampled_from(["", "近", "约", "超过", "不低于", "达", "均达", "累计近"])
arabic = st.from_regex(r"(0|[1-9][0-9]{0,8}|[1-9][0-9]{0,2}(,[0-9]{3}){1,3})(\.[0-9]{1,4})?", fullmatch=True)
some = st.sampled_from(["", "余", "多"])
chinese = st.sampled_from(["两", "三", "十二", "一百二十", "两千三百", "三万", "零"])
scales = st.sampled_from(["", "百", "千", "万", "亿", "万亿"])
units = st.sampled_from(["", "件", "人次", "%", "％", "个百分点", "个类别", "件/万人", "平方米", "家", "市"])
written = st.one_of(st.tuples(arabic, some, scales).map("".join), st.tuples(arabic, scales, some).map("".join), chinese)


@quick
@given(prefixes, written, units)
def test_every_value_prints_back_character_for_character(prefix: str, numeral: str, unit: str) -> None:
    quantity = read(prefix + numeral + unit)
    assert str(quantity) == quantity.prefix + quantity.numeral + quantity.unit == prefix + numeral + unit


@quick
@given(st.text(alphabet="近约第0123456789,.％%万亿余多两十百千省市个百分点件/- 。{}（）", max_size=12))
def test_whatever_is_accepted_prints_back_and_whatever_is_not_says_why(typed: str) -> None:
    quantity = parse_quantity(Text.made(typed))
    assert quantity is None or typed == quantity.prefix + quantity.numeral + quantity.unit
    assert quantity is None or quantity.number >= 0


@quick
@given(st.decimals(0, 10**11, places=3), st.decimals(0, 10**11, places=3))
def test_the_change_of_a_count_can_be_added_up_again(now: Decimal, before: Decimal) -> None:
    told = difference(read(f"{now}件"), read(f"{before}件"))
    assert told is not None
    if now == before:
        assert told == "与上年持平"
    else:
        sign = 1 if told.startswith("增加") else -1
        assert before + sign * Decimal(told[2:-1]) == now


# This year, the year before, how the change is told as 同比 and as 增减.
CHANGES = """
534件 519件 增长2.9% 增加15件
356件 402件 下降11.4% 减少46件
412件 412件 与上年持平 与上年持平
10005件 10003件 与上年基本持平 增加2件
20010件 20000件 增长0.1% 增加10件
2001件 2000件 增长0.1% 增加1件
10004件 10000件 与上年基本持平 增加4件
150件 100件 增长50% 增加50件
5件 0件 增加5件 增加5件
0件 0件 与上年持平 与上年持平
0件 5件 下降100% 减少5件
三部 两部 增长50% 增加1部
75万件 71.4万件 增长5% 增加3.6万件
1.2亿元 0.9亿元 增长33.3% 增加0.3亿元
两万件 三万件 下降33.3% 减少1万件
75万件 749000件 增长0.1% 增加1000件
1.2亿元 9000万元 增长33.3% 增加3000万元
1,234件 1,000件 增长23.4% 增加234件
11万余人次 10万余人次 增长10% 增加1万人次
92.12% 89% 提高3.1个百分点 提高3.1个百分点
96.8% 92.5% 提高4.3个百分点 提高4.3个百分点
8.1% 9.6% 下降1.5个百分点 下降1.5个百分点
41% 38% 提高3个百分点 提高3个百分点
97.5% 97.5% 与上年持平 与上年持平
97.54% 97.5% 与上年基本持平 与上年基本持平
97.55% 97.5% 提高0.1个百分点 提高0.1个百分点
92.45% 92.2% 提高0.3个百分点 提高0.3个百分点
98.5％ 98% 提高0.5个百分点 提高0.5个百分点
15个百分点 13个百分点 提高2个百分点 提高2个百分点
1.4百分点 2百分点 下降0.6个百分点 下降0.6个百分点
30‰ 20‰ 提高1个百分点 提高1个百分点
四成 三成 提高10个百分点 提高10个百分点
"""


@pytest.mark.parametrize("row", CHANGES.strip().split("\n"))
def test_a_change_is_told_in_the_words_of_the_genre(row: str) -> None:
    now, before, relative, plain = row.split()
    assert year_on_year(read(now), read(before)) == relative
    assert difference(read(now), read(before)) == plain


def test_values_of_two_units_are_not_compared() -> None:
    assert year_on_year(read("534件"), read("96%")) is None
    assert difference(read("534件"), read("519人次")) is None
    assert share(read("53件"), read("519人次")) is None


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [("68万件", "85万件", "80%"), ("85件", "340件", "25%"), ("1件", "3件", "33.3%"), ("1件", "8件", "12.5%"),
     ("1件", "16件", "6.3%"), ("0件", "3件", "0%"), ("3件", "0件", None)],
)  # fmt: skip
def test_a_share_has_at_most_one_decimal(part: str, whole: str, told: str | None) -> None:
    assert share(read(part), read(whole)) == told


def test_the_largest_and_the_smallest_value_can_be_compared() -> None:
    largest, smallest = read(f"{'9' * 12}万亿元"), read("0.000001元")
    assert (year_on_year(largest, smallest) or "").startswith("增长")
    assert (share(largest, smallest) or "").endswith("%")


def test_a_figure_says_where_it_comes_from() -> None:
    figures, problems = in_memory.figures("""
        行政复议办结:
          数值: 514件
          上年: 498件
          口径: 全市，含往年结转
          来源: 行政复议管理平台
          备注: 已与市法院核对
          其中: [市本级办结, 县区办结]
          总数: 行政复议受理
    """)
    figure = figures["行政复议办结"]
    assert not problems
    assert (str(figure.value), str(figure.previous)) == ("514件", "498件")
    assert (figure.definition, figure.source) == ("全市，含往年结转", "行政复议管理平台")
    assert figure.remark == "已与市法院核对"
    assert ([str(part) for part in figure.parts], str(figure.whole)) == (["市本级办结", "县区办结"], "行政复议受理")
    assert (figure.span.line, figure.span.column, figure.span.end_column) == (2, 1, 7)


@pytest.mark.parametrize("name", ["受理件数", "12345热线", "第一批A类", "免罚清单２"])
def test_names_of_letters_and_digits_are_taken(name: str) -> None:
    assert list(in_memory.figures(f"{name}: 5件")[0]) == [name]


@pytest.mark.parametrize("name", ["2023", "受理.件", "受理。件", "a|b", "7*7", "受理 件", "甲-乙", "“受理”", "长" * 41])
def test_names_that_a_reference_or_a_check_could_not_tell_are_refused(name: str) -> None:
    figures, problems = in_memory.figures(f"{name}: 5件")
    assert not figures
    assert [problem.rule.code for problem in problems] == ["F07"]


def test_every_figure_still_to_be_filled_in_is_found_and_keeps_its_name() -> None:
    figures, problems = in_memory.figures("受理:\n办结: 5件\n调解:\n")
    assert [(p.rule.code, p.message) for p in problems] == [
        ("S27", "指标“受理”还没有填。"),
        ("S27", "指标“调解”还没有填。"),
    ]
    assert [(name, figure.is_readable) for name, figure in figures.items()] == [
        ("受理", False),
        ("办结", True),
        ("调解", False),
    ]


def test_a_figure_of_the_wrong_kind_is_told_once() -> None:
    figures, problems = in_memory.figures("受理:\n  - 5件\n")
    assert [p.rule.code for p in problems] == ["S03"]
    assert not figures["受理"].is_readable


def test_a_broken_previous_value_leaves_the_figure() -> None:
    figures, problems = in_memory.figures("受理:\n  数值: 5件\n  上年: 不详\n")
    assert [p.rule.code for p in problems] == ["F04"]
    assert str(figures["受理"].value) == "5件"
    assert figures["受理"].previous is None and not figures["受理"].is_readable


@pytest.mark.parametrize("typed", ["数值: 5件", "数值: 5件\n  上年: 3件"])
def test_a_figure_of_which_all_that_was_typed_is_read_is_in_order(typed: str) -> None:
    figures, problems = in_memory.figures(f"受理:\n  {typed}\n")
    assert not problems and figures["受理"].is_readable


def test_a_figure_whose_last_year_is_still_to_be_filled_in_is_not_used() -> None:
    figures, problems = in_memory.figures("受理:\n  数值: 5件\n  上年:\n")
    assert [p.rule.code for p in problems] == ["S27"]
    assert str(figures["受理"].value) == "5件" and not figures["受理"].is_readable


def test_a_figure_that_cannot_be_read_still_shows_what_was_typed() -> None:
    figures, _ = in_memory.figures("受理: 若干件\n办结:\n  数值: 几件\n")
    assert [str(figure.value) for figure in figures.values()] == ["若干件", "几件"]
    assert not any(figure.is_readable or figure.value.number for figure in figures.values())
    assert str(in_memory.figures("受理:\n  数值:\n  上年: 3件\n")[0]["受理"].value) == ""


def test_of_a_figure_typed_on_one_line_nothing_else_is_known() -> None:
    figure = in_memory.figures("受理: 5件")[0]["受理"]
    assert figure.previous is None and figure.whole is None
    assert not (figure.definition or figure.source or figure.remark or figure.parts)


def test_a_key_of_figures_is_no_name_of_one() -> None:
    figures, (problem,) = in_memory.figures("受理:\n  数值: 5件\n上年: 3件\n")
    assert list(figures) == ["受理"]
    assert (problem.rule.code, problem.span.line) == ("F07", 3)
    assert "写在指标的名称下面" in problem.hint
    assert list(in_memory.figures("上年:\n  数值: 3件\n")[0]) == ["上年"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("“534件”", "“534件”"), ("534件'", "“534件'”"), ("“534”和“5”", "““534”和“5””"), ("“534件", "““534件”")],
)
def test_a_value_in_quotation_marks_of_its_own_is_shown_in_no_others(typed: str, shown: str) -> None:
    _, (problem,) = in_memory.figures(f"受理: {typed}")
    assert problem.message == f"{shown}读不出数字。"


@pytest.mark.parametrize(("length", "shown"), [(30, "甲" * 30), (31, "甲" * 30 + "……")])
def test_of_a_long_value_that_cannot_be_read_the_beginning_is_shown(length: int, shown: str) -> None:
    _, (problem,) = in_memory.figures(f"受理: {'甲' * length}")
    assert problem.message == f"“{shown}”读不出数字。"


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("92.12%", "92.12"),
        ("98.5％", "98.5"),
        ("3.2‰", "0.32"),
        ("三成", "30"),
        ("1.5个百分点", "1.5"),
        ("2百分点", "2"),
    ],
)
def test_a_rate_is_so_many_percentage_points(typed: str, points: str) -> None:
    assert read(typed).is_rate and read(typed).points == Decimal(points)


def test_a_count_is_no_percentage_points() -> None:
    assert not read("5件").is_rate and read("5件").points is None


@pytest.mark.parametrize(
    ("typed", "scale"), [("5件", ""), ("3千件", ""), ("11万余人次", "万"), ("1.2亿元", "亿"), ("3万亿元", "亿")]
)
def test_a_value_is_told_in_ten_thousands_or_hundred_millions_when_it_was_typed_so(typed: str, scale: str) -> None:
    assert read(typed).scale == scale
