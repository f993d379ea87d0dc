"""A good draft, one slip of the hand: found on that very line, with a corrected line that reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from slips_of_lines import GOOD_DRAFT, read, with_line

from jzreport.alignment import MAX_SLIPS, every_slip
from jzreport.diagnostics import Diagnostic
from jzreport.encoding import Source, decode
from jzreport.keys import FigureKeys
from jzreport.nodes import Mapping, Node, Sequence
from jzreport.outline import OF_FIGURE
from jzreport.slips import slip_on
from jzreport.source import parse

ROOT = Path(__file__).parent.parent


def number_of(line: str) -> int:
    lines = GOOD_DRAFT.split("\n")
    assert lines.count(line) == 1
    return lines.index(line) + 1


def test_the_draft_the_slips_are_made_in_is_good() -> None:
    draft, problems = read(GOOD_DRAFT)
    assert draft is not None and problems == []


SLIPS = [
    # full-width colon
    ("章节: 监督问效", "章节：监督问效"),
    ("填报人: 张某", "填报人：张某"),
    ("正文: |", "正文：|"),
    ("条目:", "条目："),
    ("  - 标题: 办理行政复议", "  - 标题：办理行政复议"),
    ("    正文: 主动公开政府信息。", "    正文：主动公开政府信息。"),
    ("  行政复议受理: 534件", "  行政复议受理：534件"),
    ("    上年: 498件", "    上年：498件"),
    # no blank, or another one, behind the colon; a blank before it
    ("填报单位: 市司法局", "填报单位:市司法局"),
    ("正文: |", "正文:|"),
    ("  - 标题: 推进政务公开", "  - 标题:推进政务公开"),
    ("    数值: 514件", "    数值:514件"),
    ("填报人: 张某", "填报人:\u3000张某"),
    ("填报人: 张某", "填报人:\u00a0张某"),
    ("填报人: 张某", "填报人\u3000: 张某"),
    # dashes
    ("  - 标题: 办理行政复议", "  -标题: 办理行政复议"),
    ("  - 标题: 推进政务公开", "  －标题: 推进政务公开"),
    ("  - 标题: 推进政务公开", "  － 标题: 推进政务公开"),
    ("  - 标题: 推进政务公开", "  — 标题: 推进政务公开"),
    ("  - 标题: 推进政务公开", "  -\u3000标题: 推进政务公开"),
    # special first characters
    ("    正文: 主动公开政府信息。", "    正文: @市司法局"),
    ("    正文: 主动公开政府信息。", "    正文: `信息`"),
    ("    正文: 主动公开政府信息。", "    正文: %5"),
    ("    正文: 主动公开政府信息。", "    正文: &R 研发"),
    ("    正文: 主动公开政府信息。", "    正文: *注"),
    ("    正文: 主动公开政府信息。", "    正文: ! 注意"),
    ("    正文: 主动公开政府信息。", "    正文: > 5件"),
    ("填报人: 张某", "填报人: >2023-01-11"),
    ("    正文: 主动公开政府信息。", "    正文: [2022]5号文"),
    ("    正文: 主动公开政府信息。", "    正文: {{ 行政复议受理 }}。"),
    ("    正文: 主动公开政府信息。", "    正文: - 好"),
    ("    正文: 主动公开政府信息。", "    正文: ? 好"),
    ("    正文: 主动公开政府信息。", '    正文: @市“局”"甲"'),
    ("      - 第一段。", "      - @第一段。"),
    # a colon in text
    ("    正文: 主动公开政府信息。", "    正文: 注意: 好。"),
    ("    正文: 主动公开政府信息。", "    正文: 注意:"),
    ("  - 标题: 推进政务公开", "  - 标题: 注意: 好"),
    # quotes, brackets, backslashes
    ("填报人: 张某", '填报人: "张某'),
    ("填报人: 张某", "填报人: '张某"),
    ("  - 标题: 推进政务公开", '  - 标题: "放管服"改革'),
    ("  - 标题: 推进政务公开", "  - 标题: '放管服'改革"),
    ("  - 标题: 推进政务公开", '  - 标题: "图片\\趋势"'),
    ("          表头: [单位, 受理]", "          表头: [单位, 受理"),
    ("            - [市司法局, 534件]", "            - [市司法局, {{ 行政复议受理 }}]"),
    ("            - [市司法局, 534件]", "            - [{{行政复议受理}}, 共{{ 行政复议受理 }}]"),
    # indentation
    ("    正文: 主动公开政府信息。", "\u00a0\u00a0\u00a0\u00a0正文: 主动公开政府信息。"),
    ("    正文: 主动公开政府信息。", "\u3000\u3000正文: 主动公开政府信息。"),
    ("  第二句。", "\u3000\u3000第二句。"),
    ("  第二句。", "第二句。"),
    ("      全年受理{{ 行政复议受理 }}。", "    全年受理{{ 行政复议受理 }}。"),
    ("      另起一段。", "     另起一段。"),
    ("    正文: 主动公开政府信息。", "   正文: 主动公开政府信息。"),
    ("    正文: 主动公开政府信息。", "     正文: 主动公开政府信息。"),
    ("  - 标题: 推进政务公开", "   - 标题: 推进政务公开"),
    ("  - 标题: 推进政务公开", " - 标题: 推进政务公开"),
    ("  - 标题: 推进政务公开", "    - 标题: 推进政务公开"),
    ("    上年: 498件", "   上年: 498件"),
    # the same signs, in ways seen less often
    ("正文: |", "正文：｜"),
    ("正文: |", "正文 |"),
    ("正文: |", "正文: 丨"),
    ("正文: |", "正文: ||"),
    ("正文: |", "正文: |。"),
    ("正文: |", "正文:"),
    ("条目:", "条目："),
    ("条目:", "条目;"),
    ("条目:", "条目"),
    ("条目:", "条目∶"),
    ("条目:", "条目:："),
    ("指标:", "指标:："),
    ("填报人: 张某", "填报人∶张某"),
    ("填报人: 张某", "填报人﹕张某"),
    ("  - 标题: 推进政务公开", "  —— 标题：推进政务公开"),
    ("  - 标题: 推进政务公开", "  -标题：推进政务公开"),
    ("  - 标题: 推进政务公开", "  -- 标题: 推进政务公开"),
    ("  - 标题: 推进政务公开", "  - - 标题: 推进政务公开"),
    ("  - 标题: 推进政务公开", "  • 标题: 推进政务公开"),
    ("  - 标题: 推进政务公开", "  * 标题: 推进政务公开"),
    ("  - 标题: 推进政务公开", "  1. 标题: 推进政务公开"),
    ("  - 标题: 推进政务公开", "  （二）标题：推进政务公开"),
    ("  - 标题: 办理行政复议", "  标题: 办理行政复议"),
    ("  - 标题: 推进政务公开", "  标题: 推进政务公开"),
    ("      - 第一段。", "      第一段。"),
    ("      - 第一段。", "      -- 第一段。"),
    ("      - 第一段。", "      • 第一段。"),
    ("      - 表格:", "      - 表格"),
    ("      - 表格:", "      表格:"),
    ("  行政复议受理: 534件", "  - 行政复议受理: 534件"),
    ("    数值: 514件", "    - 数值: 514件"),
    # Markdown
    ("章节: 监督问效", "**章节**: 监督问效"),
    ("  - 标题: 推进政务公开", "  - **标题：** 推进政务公开"),
    ("  - 标题: 推进政务公开", "  - 标题: **推进政务公开**"),
    ("    正文: 主动公开政府信息。", "    正文: **主动**公开“政府”信息。"),
    ("    正文: 主动公开政府信息。", "    正文: `主动公开`政府信息。"),
    # brackets
    ("          表头: [单位, 受理]", "          表头: [单位, 受理】"),
    ("          表头: [单位, 受理]", "          表头: [单位, 受理]]"),
    ("          表头: [单位, 受理]", "          表头：[单位, 受理"),
    ("填报人: 张某", "填报人: [张某"),
    ("填报人: 张某", "填报人: -"),
    # the first line of a level stands in another column than the rest of it
    ("  - 标题: 办理行政复议", "- 标题: 办理行政复议"),
    ("  - 标题: 办理行政复议", "   - 标题: 办理行政复议"),
    ("  行政复议受理: 534件", "行政复议受理: 534件"),
    ("    数值: 514件", "  数值: 514件"),
    ("    数值: 514件", "   数值: 514件"),
    ("    数值: 514件", "      数值: 514件"),
    ("          表头: [单位, 受理]", "        表头: [单位, 受理]"),
]


@pytest.mark.parametrize(("good", "slip"), SLIPS)
def test_a_slip_is_found_on_its_line_and_the_corrected_line_reads(good: str, slip: str) -> None:
    number = number_of(good)
    _, problems = read(with_line(number, slip))
    assert [problem.span.line for problem in problems] == [number]
    (problem,) = problems
    assert problem.rule.code in ("R05", "R07", "R08")
    shown = re.search(r"：“(.*)”$", problem.hint)
    assert shown, problem.hint
    draft, left = read(with_line(number, shown[1]))
    assert draft is not None and left == []


FIRST = "章节: 监督问效\n填报单位: 市司法局\n"


@pytest.mark.parametrize(
    ("below", "code", "line", "told"),
    [
        ('正文: "深入推进"五公开"工作。"\n', "R05", 3, "“正文: 深入推进“五公开”工作。”"),
        ('正文: "放管服"和"五公开"\n', "R05", 3, "“正文: “放管服”和“五公开””"),
        ('正文: "放管服"改革"五公开"\n', "R05", 3, "请用“ ”。"),
        ("条目:\n  - 标题: *加强审计\n", "R05", 4, "请删去“*”：“  - 标题: 加强审计”"),
        ("条目:\n  - 标题: 甲\n    正文: 好。\n    标题: 乙\n    正文: 好。\n", "R06", 6, "请写成“  - 标题: 乙”"),
        ("条目:\n    标题: 甲\n    正文: 好。\n  - 标题: 乙\n", "R05", 4, "“  - 标题: 甲”"),
        ("条目:\n  - 标题: 甲，\n乙丙\n    正文: 好。\n", "R05", 5, "写成“  - 标题: 甲，乙丙”，并删去这一行"),
        ("条目:\n  - 标题: 甲，\n      乙丙\n", "R08", 5, "请合成一行，写成“  - 标题: 甲，乙丙”"),
        ("正文: |\n  甲。\n# 批注\n  乙。\n", "R07", 5, "若是注释，请删去"),
        ("条目:\n  - 标题: ##甲\n", "R07", 4, "请删去“##”"),
        (
            "指标:\n甲乙: 5件\n丙丁: 6件\n",
            "S02",
            4,
            "请把这一行写成“  甲乙: 5件”；从下一行到“丙丁”一项的末尾，各行前面也都加两格",
        ),
        ("正文: |\n  好。\n| 单位 | 受理 |\n|---|---|\n| 甲 | 5 |\n", "R05", 5, "- 表格:"),
        ("正文: |\n第一句。\n第二句。\n", "R05", 4, "共2个：“  第一句。”"),
        ("正文:\n第一句。\n填报人: 张\n", "R05", 4, "请把上一行写成“正文: |”"),
        ("指标:\n  受理: 5件\n  办结=4件\n", "R05", 5, "“  办结: 4件”"),
        ("指标:\n  受理: 5件\n  办结4件\n", "R05", 5, "“  办结: 4件”"),
        ("条目:\n\t- 标题: 甲\n", "R04", 4, "“  - 标题: 甲”"),
        ("正文: |\n  单位\t受理\t办结\n", "R04", 4, "- 表格:"),
    ],
)
def test_the_hint_says_what_a_clerk_should_type(below: str, code: str, line: int, told: str) -> None:
    (problem,) = read(FIRST + below)[1]
    assert (problem.rule.code, problem.span.line) == (code, line)
    assert told in problem.hint


@pytest.mark.parametrize(
    ("below", "line", "shown"),
    [
        ("指标:\n受理:\n    数值: 5件\n    上年: 4件\n  办结: 5件\n", 4, "  受理:"),
        ("指标:\n  受理: 5件\n办结:\n    数值: 5件\n  收结: 4件\n", 5, "  办结:"),
        ("指标:\n    受理:\n    数值: 5件\n    上年: 4件\n  办结: 5件\n", 4, "  受理:"),
        ("指标:\n   受理:\n    数值: 5件\n  办结: 5件\n", 4, "  受理:"),
        ("条目:\n  - 标题: 甲\n条目:\n      - 标题: 乙\n        正文: 好。\n  - 标题: 丙\n", 5, "    条目:"),
        ("条目:\n  - 标题: 甲\n正文: |\n      好。\n  - 标题: 乙\n    正文: 好。\n", 5, "    正文: |"),
        ("条目:\n  - 标题: 甲\n    正文:\n      第一句。\n      第二句。\n", 5, "    正文: |"),
    ],
)
def test_the_line_that_stands_in_a_wrong_column_is_named_and_not_one_far_below(
    below: str, line: int, shown: str
) -> None:
    (problem,) = read(FIRST + below)[1]
    assert (problem.span.line, problem.hint) == (line, f"请改成：“{shown}”")


def test_the_opening_line_of_a_chat_is_to_be_deleted() -> None:
    (problem,) = read("以下是整理好的部分来稿：\n" + GOOD_DRAFT)[1]
    assert (problem.span.line, problem.hint) == (1, "与稿件无关的话请删去。")


@pytest.mark.parametrize("good", ["填报人: 张某", "  - 标题: 推进政务公开", "  行政复议受理: 534件", "    数值: 514件"])
def test_a_line_without_its_colon_is_found(good: str) -> None:
    number = number_of(good)
    _, problems = read(with_line(number, good.replace(": ", " ")))
    assert [(problem.rule.code, problem.span.line) for problem in problems] == [("R05", number)]
    assert "名称" in problems[0].message


def test_a_list_without_the_line_that_opens_it_is_found() -> None:
    _, (problem,) = read("章节: 监督问效\n填报单位: 市司法局\n  - 标题: 甲\n    正文: 好。\n")
    assert (problem.rule.code, problem.span.line) == ("R05", 3)
    assert "条目" in problem.hint


def test_a_first_line_that_is_indented_is_told_where_the_next_is_not() -> None:
    _, (problem,) = read("# 来稿\n  章节: 监督问效\n填报单位: 市司法局\n")
    assert problem.span.line == 3
    assert problem.message == "这一行没有与同级的行对齐：前面有0个空格，同级的有2个。"


def test_a_bar_with_full_width_is_found() -> None:
    number = number_of("正文: |")
    _, (problem,) = read(with_line(number, "正文: ｜"))
    assert (problem.span.line, problem.message) == (number, "“｜”是全角的。")


HEAD = "章节: 监督问效\n填报单位: 市司法局\n"
ITEM = HEAD + "条目:\n  - 标题: 甲\n"
TEXT = ITEM + "    正文: |\n      第一句。\n"
NEXT = "  - 标题: 乙\n    正文: 好。\n"
LONG = "指标:\n  受理:\n    数值: 5件\n    上年: 4件\n"
ROWS = HEAD + "正文:\n  - 表格:\n      行:\n        - [甲, 1件, 2件]\n"
FIGURE = "指标:\n  市本级受理: 5件\n"
HALF = "这里的半角引号只有一半。"


def mended(text: str) -> Node:
    """The file as it reads once its one finding's corrected line stands in place of the line it was found on."""
    problems: list[Diagnostic] = []
    parse(source_of(text), problems)
    (problem,) = problems
    shown = re.search(r"：“(.*)”$", problem.hint)
    assert shown, problem.hint
    left: list[Diagnostic] = []
    node = parse(source_of(with_line(problem.span.line, shown[1], text)), left)
    assert node is not None and left == []
    return node


def copied(text: str) -> str:
    """The file once the line that its one finding shows in full was copied over the line it was found on."""
    (problem,) = read(text)[1]
    shown = re.search(r"：“(.*?)”(?=；若是|$)", problem.hint)
    assert shown, problem.hint
    return with_line(problem.span.line, shown[1], text)


def source_of(text: str) -> Source:
    source = decode(text.encode(), "稿.yaml", [])
    assert source is not None
    return source


def told(text: str) -> list[tuple[int, str]]:
    return [(problem.span.line, problem.message) for problem in read(text)[1]]


def plain(node: Node) -> Any:
    """A node as Python's own lists, dictionaries and strings."""
    if isinstance(node, Mapping):
        return {str(entry.key): plain(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return "\n".join(map(str, node.lines))


@pytest.mark.parametrize(
    ("text", "line", "shown"),
    [
        (ITEM + "  正文: |\n    好。\n  - 标题: 乙\n    正文: 好。\n", 5, "    正文: |"),
        (ITEM + "   正文: 好。\n", 5, "    正文: 好。"),
        (ITEM + "      正文: 好。\n", 5, "    正文: 好。"),
        (HEAD + "正文: 好。\n指标:\n  甲:\n    数值: 5%\n   上年: 4%\n", 7, "    上年: 4%"),
        (ITEM + "    正文: 好。\n   - 标题: 乙\n", 6, "  - 标题: 乙"),
        (HEAD + "指标:\n甲: 5件\n  乙: 5件\n", 4, "  甲: 5件"),  # the line above is wrong
        (HEAD + "正文: 好。\n" + LONG + "   出庭应诉率: 92.12%\n", 8, "  出庭应诉率: 92.12%"),
        (HEAD + "指标:\n  甲:\n    数值: 5件\n   乙:\n    数值: 6件\n", 6, "  乙:"),
        (HEAD + "指标:\n  甲:\n    数值: 5件\n  上年: 4件\n    口径: 全市\n", 6, "    上年: 4件"),
        (HEAD + "指标:\n  甲:\n    数值: 5件\n上年: 4件\n    口径: 全市\n", 6, "    上年: 4件"),
        (HEAD + "指标:\n  甲:\n    数值: 5件\n口径: 全市\n  乙: 5件\n", 6, "    口径: 全市"),
    ],
)
def test_a_line_that_is_not_aligned_is_put_below_the_entry_right_above(text: str, line: int, shown: str) -> None:
    (problem,) = read(text)[1]
    assert (problem.span.line, problem.hint) == (line, f"请改成：“{shown}”")


@pytest.mark.parametrize("blanks", [1, 3, 5, 8])
@pytest.mark.parametrize("below", ["", "  办结: 5件\n", "  办结:\n    数值: 5件\n"])
@pytest.mark.parametrize("typed", ["口径: 全市", "口径：全市", "来源: 统计表"])
def test_what_is_said_of_a_figure_is_put_below_it(blanks: int, below: str, typed: str) -> None:
    text = f"{HEAD}正文: 好。\n{LONG}{' ' * blanks}{typed}\n{below}"
    assert {problem.span.line for problem in read(text)[1]} == {8}
    text = with_line(8, f"{' ' * blanks}{typed.replace('：', ': ')}", text)
    assert read(text)[1][0].hint == f"请改成：“    {typed.replace('：', ': ')}”"
    draft, left = read(copied(text))
    assert draft is not None and left == []


def test_what_is_said_of_a_figure_twice_may_be_of_another() -> None:
    (problem,) = read(HEAD + "正文: 好。\n" + LONG + "   上年: 3件\n")[1]
    assert "前面可以是0个或2个或4个空格" in problem.hint


def test_a_line_put_in_its_column_belongs_to_the_entry_above() -> None:
    root = plain(mended(ITEM + "  正文: |\n    好。\n".replace("    好", "      好")))
    assert root["条目"] == [{"标题": "甲", "正文": "好。\n".strip()}] and "正文" not in root


@pytest.mark.parametrize(
    ("text", "line", "columns"),
    [
        (ITEM + " 正文: 好。\n", 5, "0个或4个"),
        (ITEM + "    条目:\n      - 标题: 乙\n   正文: 好。\n", 7, "0个或4个或8个"),
        (ITEM + "    条目:\n      - 标题: 乙\n    - 标题: 丙\n", 7, "2个或6个"),
        (HEAD + "正文:\n  - 表格:\n      行:\n     - [甲, 5件]\n", 6, "2个或8个"),
        (ITEM + "    正文: 好。\n   标题: 乙\n", 6, "0个或4个"),  # a dash is missing
        (HEAD + "正文: 好。\n" + LONG + " 出庭应诉率: 92.12%\n", 8, "0个或2个空格"),
        (HEAD + "指标:\n  甲:\n    数值: 5件\n        乙: 5件\n", 6, "0个或2个空格"),
    ],
)
def test_where_several_columns_may_be_meant_they_are_told_and_no_line_is_shown(
    text: str, line: int, columns: str
) -> None:
    (problem,) = read(text)[1]
    assert problem.span.line == line and columns in problem.hint and "“" not in problem.hint


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (ITEM + "\t正文: 好。\n", [5]),
        (ITEM + "    正文: |\n\t好。\n", [6]),
        (HEAD + "正文: 好。\n指标:\n\t甲: 5件\n\t乙: 6件\n", [5, 6]),
        (ITEM + "\t正文：好。\n  - 标题: 乙\n    正文: 好。\n", [5]),
    ],
)
def test_where_a_tab_indents_a_line_only_the_tab_is_told(text: str, lines: list[int]) -> None:
    assert [(problem.rule.code, problem.span.line) for problem in read(text)[1]] == [("R04", line) for line in lines]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (HEAD + "正文: 好。\n指标:\n  受理: 5件\n\t出庭应诉率: 92.12%\n", "  出庭应诉率: 92.12%"),
        (HEAD + "正文: 好。\n" + LONG + "\t出庭应诉率: 92.12%\n", "  出庭应诉率: 92.12%"),
        (HEAD + "正文: 好。\n" + LONG + "\t办结:\n    数值: 5件\n", "  办结:"),
        (HEAD + "正文: 好。\n" + LONG + "\t口径: 全市\n  办结: 5件\n", "    口径: 全市"),
        (HEAD + "正文: 好。\n指标:\n  受理:\n\t数值: 5件\n", "    数值: 5件"),
        (HEAD + "正文: 好。\n指标:\n    受理: 5件\n\t办结: 5件\n", "    办结: 5件"),
        (TEXT + "\t\t第二句。\n" + NEXT, "      第二句。"),
        (TEXT + "\t  第二句。\n" + NEXT, "      第二句。"),
        (TEXT + "  \t第二句。\n", "      第二句。"),
        (TEXT + "\n\t会议强调：要抓好。\n" + NEXT, "      会议强调：要抓好。"),
        (HEAD + "正文: |\n  第一句。\n\t第二句。\n", "  第二句。"),
        (TEXT + "\t- 标题: 乙\n    正文: 好。\n", "  - 标题: 乙"),
        (ITEM + "    正文: 好。\n\t- 标题: 乙\n    正文: 好。\n", "  - 标题: 乙"),
        (TEXT + "\t编号: 一、\n", "    编号: 一、"),
    ],
)
def test_a_line_that_begins_with_a_tab_is_shown_as_deep_as_its_siblings(text: str, shown: str) -> None:
    (problem,) = read(text)[1]
    assert (problem.rule.code, problem.hint) == ("R04", f"请改用半角空格缩进：“{shown}”")
    assert all(left.rule.code not in ("R04", "R05", "S02", "F01") for left in read(copied(text))[1])


def test_of_several_lines_that_begin_with_tabs_each_is_shown_as_deep_as_the_text() -> None:
    problems = read(TEXT + "\t\t第二句。\n\t\t第三句。\n\n\t 第四句。\n" + NEXT)[1]
    assert [problem.hint[-12:] for problem in problems] == [f"“      第{n}句。”" for n in "二三四"]


def test_where_a_tab_stands_for_one_of_several_columns_no_line_is_shown() -> None:
    text = ITEM + "    条目:\n      - 标题: 乙\n        正文: |\n          好。\n\t- 标题: 丙\n"
    (problem,) = read(text)[1]
    assert problem.hint == "请改用半角空格缩进，与同级的行对齐。"


def test_what_is_said_of_a_figure_is_spelled_as_in_the_key_table() -> None:
    assert FigureKeys.fields().keys() == OF_FIGURE


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ('[市本级, "{{ 市本级受理 }}, 120件]', ["市本级", "{{ 市本级受理 }}", "120件"]),
        ('[各县（市、区）, "406件, 394件]', ["各县（市、区）", "406件", "394件"]),
        ('["各县, 406件, 394件]', ["各县", "406件", "394件"]),
        ("[各县, '406件, 394件]", ["各县", "406件", "394件"]),
        ('[各县, 406件, "394件]', ["各县", "406件", "394件"]),
        ('["各县", "406件, "394件"]', ["各县", "406件", "394件"]),
        ('[各县, "{{ 市本级受理 }}件”, 394件]', ["各县", "{{ 市本级受理 }}件", "394件"]),
        ("[市本级, “{{ 市本级受理 }}”, 120件]", ["市本级", "{{ 市本级受理 }}", "120件"]),
        ("[市本级, 共{{ 市本级受理 }}, “甲”]", ["市本级", "共{{ 市本级受理 }}", "“甲”"]),
    ],
)
@pytest.mark.parametrize("next_row", ["", "        - [乙, 3件, 4件]\n", '        - [乙, "3件", "{{ 市本级受理 }}"]\n'])
def test_a_row_whose_quotes_are_wrong_is_told_and_mended(row: str, cells: list[str], next_row: str) -> None:
    text = f"{ROWS}        - {row}\n{next_row}{FIGURE}"
    assert [line for line, _ in told(text)] == [7]
    assert plain(mended(text))["正文"][0]["表格"]["行"][1] == cells


@pytest.mark.parametrize("row", ['[各县, "406件, 394件', '["各县, "406件, 394件]', '[“甲", "乙, "丙]'])
def test_a_row_whose_quotes_cannot_be_known_is_told_without_a_line(row: str) -> None:
    (problem,) = read(f"{ROWS}        - {row}\n        - [乙, 3件, 4件]\n")[1]
    assert (problem.span.line, problem.message) == (7, HALF)
    assert row not in problem.hint


@pytest.mark.parametrize(
    "below",
    ["填报人: 张某\n正文: 好。\n", '填报人: 张某\n正文: "好。"\n', '填报人: 张某"\n正文: 好。\n', '填报人: "张某"\n'],
)
def test_a_quote_left_open_is_told_where_it_is(below: str) -> None:
    text = f'章节: 监督问效\n填报单位: "市司法局\n{below}'
    assert told(text) == [(2, HALF)]
    assert plain(mended(text))["填报单位"] == "市司法局"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ('"全面推进政务公开”', "全面推进政务公开"),
        ('"全面推进“政务公开”', "全面推进“政务公开”"),
        ("'全面推进政务公开’", "全面推进政务公开"),
    ],
)
def test_a_full_width_quote_that_closes_a_half_width_one_is_replaced(typed: str, title: str) -> None:
    text = f"{HEAD}条目:\n  - 标题: {typed}\n    正文: 好。\n"
    assert told(text) == [(4, HALF)]
    assert plain(mended(text))["条目"][0]["标题"] == title


@pytest.mark.parametrize("typed", ["| 深入推进决策。", "|深入推进决策。", "> 深入推进决策。", "|- 深入推进决策。"])
@pytest.mark.parametrize("below", ["", "      第二句。\n"])
def test_text_on_the_line_of_the_bar_is_to_be_written_below_it(typed: str, below: str) -> None:
    (problem,) = read(f"{ITEM}    正文: {typed}\n{below}")[1]
    shown = re.search(r"第一行“(.*)”，第二行“(.*)”（前面6个空格）。$", problem.hint)
    assert problem.span.line == 5 and shown
    root = plain(parse(source_of(f"{ITEM}{shown[1]}\n{shown[2]}\n{below}"), []) or pytest.fail())
    assert root["条目"][0]["正文"] == f"深入推进决策。\n{below.strip()}".strip()


@pytest.mark.parametrize("below", ["", "填报人: 张某\n"])
def test_a_word_alone_below_text_may_be_either(below: str) -> None:
    (problem,) = read(f"{HEAD}正文: |\n  第一句。\n条目\n{below}")[1]
    assert problem.span.line == 5
    assert "前面2个空格" in problem.hint and "名称: 内容" in problem.hint


@pytest.mark.parametrize("lead", ["", " ", "  ", "    "])
@pytest.mark.parametrize("typed", ["加强行政应诉工作", "加强行政应诉工作.", "加强应诉"])
@pytest.mark.parametrize("below", [NEXT, "    条目:\n      - 标题: 乙\n", "填报人: 张某\n", ""])
def test_a_line_below_text_that_no_sign_ends_is_text_to_be_indented_like_it(lead: str, typed: str, below: str) -> None:
    (problem,) = read(f"{TEXT}{lead}{typed}\n{below}")[1]
    assert (problem.span.line, problem.message) == (7, "“|”下面的文字缩进不够。")
    assert problem.hint.startswith(f"若是正文，请与上面的文字对齐（前面6个空格）：“      {typed}”")
    draft, left = read(copied(f"{TEXT}{lead}{typed}\n{below}"))
    assert draft is not None and left == []


@pytest.mark.parametrize("below", ["  - 规则: F03\n    原文: 好\n    原因: 好\n", "  受理: 5件\n"])
def test_a_name_below_text_that_lost_its_colon_is_told_by_what_stands_below_it(below: str) -> None:
    name = "豁免" if "规则" in below else "指标"
    (problem,) = read(f"{TEXT}{name}\n{below}")[1]
    assert (problem.span.line, problem.hint) == (7, f"请改成：“{name}:”")


@pytest.mark.parametrize(
    "blanks", ["\u3000", "\u3000\u3000", "\u00a0\u00a0\u00a0\u00a0", "  \u3000", "\u3000\u3000\u3000"]
)
@pytest.mark.parametrize("typed", ["第二句。", "会议强调：要抓好。", "加强应诉工作"])
@pytest.mark.parametrize("below", [NEXT, ""])
def test_text_that_begins_with_full_width_blanks_is_mended_in_one_round(blanks: str, typed: str, below: str) -> None:
    draft, left = read(copied(f"{TEXT}{blanks}{typed}\n{below}"))
    assert draft is not None and left == []


def test_of_paragraphs_from_word_each_is_told() -> None:
    text = TEXT.replace("      第", "\u3000\u3000第") + "\u3000\u3000第二句。\n\n\u3000\u3000会议强调：好。\n" + NEXT
    problems = sorted(read(text)[1], key=lambda problem: problem.span)
    assert [problem.span.line for problem in problems] == [6, 7, 9]
    for problem, typed in zip(problems, ["第一句。", "第二句。", "会议强调：好。"], strict=True):
        assert problem.hint == f"请改用半角空格缩进，这段文字的每一行前面都是6个：“      {typed}”"
        text = with_line(problem.span.line, f"      {typed}", text)
    assert read(text)[1] == []


def test_a_first_line_that_is_indented_is_not_followed() -> None:
    (problem,) = read(GOOD_DRAFT.replace("章节", "  章节"))[1]
    assert problem.span.line == 2 and "行首" in problem.hint and not problem.hint.endswith("”")


def test_text_with_a_dash_that_is_indented_less_than_the_text_above_is_told() -> None:
    text = ITEM + "    正文: |\n      第一段。\n    - 第二段的话。\n  - 标题: 乙\n    正文: 好。\n"
    (problem,) = read(text)[1]
    assert (problem.span.line, problem.message) == (7, "“|”下面的文字缩进不够。")
    assert "前面6个空格" in problem.hint
    root = plain(parse(source_of(text.replace("    - 第二段", "      - 第二段")), []) or pytest.fail())
    assert root["条目"][0]["正文"] == "第一段。\n- 第二段的话。"


def test_a_sentence_with_a_full_width_colon_below_text_is_text() -> None:
    text = HEAD + "正文: |\n  第一句。\n会议强调：要抓好。\n填报人: 张某\n"
    assert told(text) == [(5, "“|”下面的文字缩进不够。")]
    assert plain(mended(text))["正文"] == "第一句。\n会议强调：要抓好。"


def test_every_line_with_a_slip_of_its_own_is_told_at_once() -> None:
    typed = {
        "章节: 监督问效": "章节：监督问效",
        "填报人: 张某": "填报人:张某",
        "  - 标题: 办理行政复议": "  － 标题: 办理行政复议",
        "    正文: 主动公开政府信息。": "    正文：主动公开政府信息。",
        "  - 标题: 推进政务公开": '  - 标题: "推进政务公开',
        "            - [市司法局, 534件]": '            - [市司法局, "534件]',
        "  行政复议受理: 534件": "  行政复议受理：534件",
        "    上年: 498件": "\u3000\u3000上年: 498件",
    }
    text = "\n".join(typed.get(line, line) for line in GOOD_DRAFT.split("\n"))
    assert sorted(line for line, _ in told(text)) == sorted(map(number_of, typed))


def test_text_is_not_told_with_the_slips_of_other_lines() -> None:
    text = GOOD_DRAFT.replace("      - 第一段。", "      - 会议强调：好。\n      - 时间为9:30\n      - 好").replace(
        "章节: ", "章节："
    )
    assert [line for line, _ in told(text)] == [1]


def test_no_more_slips_are_told_than_anyone_reads() -> None:
    assert len(told("甲: 好\n" + "".join(f"键{n}：好\n" for n in range(50)))) == MAX_SLIPS


@pytest.mark.parametrize(
    "path",
    sorted(p for top in ("data", "tests/workspaces") for p in (ROOT / top).rglob("*.yaml")),
    ids=lambda p: p.name,
)
def test_no_line_of_a_good_file_is_told(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    assert list(every_slip(lines)) == []


def test_every_line_of_a_draft_with_full_width_colons_is_told() -> None:
    _, problems = read("章节：监督问效\n填报单位：市司法局\n正文：好。\n")
    slips = [problem for problem in problems if problem.rule.code == "R05"]
    assert [problem.span.line for problem in slips] == [1, 2, 3]


def test_text_below_a_bar_is_never_blamed_for_a_slip_elsewhere() -> None:
    number = number_of("  第二句。")
    _, (problem,) = read(with_line(number, "第二句。"))
    assert problem.span.line == number  # and not the line above, which has a full-width colon


def test_where_a_line_is_too_long_to_be_shown_its_blanks_are_counted() -> None:
    (problem,) = read(f"{TEXT}{'依法行政' * 50}。\n")[1]
    assert "……" in problem.hint and "与第一行对齐，共6个：" in problem.hint


def test_a_long_line_is_shown_shortened() -> None:
    slip = slip_on("正文: @" + "好" * 500, 1)
    assert slip is not None and len(slip.hint) < 120


@pytest.mark.parametrize("line", GOOD_DRAFT.split("\n"))
def test_no_line_of_a_good_draft_but_text_looks_like_a_slip(line: str) -> None:
    assert slip_on(line, 1) is None or "强调：" in line
