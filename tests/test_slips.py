"""A good draft, one slip of the hand: found on that very line, with a corrected line that reads."""

from __future__ import annotations

import re

import pytest

from jzreport.diagnostics import Diagnostic
from jzreport.draft import Draft, read_draft
from jzreport.encoding import decode
from jzreport.slips import slip_on
from jzreport.source import parse

GOOD = """\
章节: 监督问效
填报单位: 市司法局
填报人: 张某
正文: |
  会议强调：要抓好落实。
  第二句。
条目:
  - 标题: 办理行政复议
    正文: |
      全年受理{{ 行政复议受理 }}。

      另起一段。
  - 标题: 推进政务公开
    正文: 主动公开政府信息。
  - 正文:
      - 第一段。
      - 表格:
          表头: [单位, 受理]
          行:
            - [市司法局, 534件]
指标:
  行政复议受理: 534件
  行政复议办结:
    数值: 514件
    上年: 498件
"""


def read(text: str) -> tuple[Draft | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    source = decode(text.encode(), "稿.yaml", problems)
    node = parse(source, problems) if source else None
    return (read_draft(node, problems) if node else None), problems


def number_of(line: str) -> int:
    lines = GOOD.split("\n")
    assert lines.count(line) == 1
    return lines.index(line) + 1


def with_line(number: int, typed: str, text: str = GOOD) -> str:
    lines = text.split("\n")
    lines[number - 1] = typed
    return "\n".join(lines)


def test_the_draft_the_slips_are_made_in_is_good() -> None:
    draft, problems = read(GOOD)
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
    ("    正文: 主动公开政府信息。", "    正文: |5件"),
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
]


@pytest.mark.parametrize(("good", "slip"), SLIPS)
def test_a_slip_is_found_on_its_line_and_the_corrected_line_reads(good: str, slip: str) -> None:
    number = number_of(good)
    _, problems = read(with_line(number, slip))
    assert [problem.span.line for problem in problems] == [number]
    (problem,) = problems
    assert problem.rule.code in ("R05", "R07")
    shown = re.search(r"：“(.*)”$", problem.hint)
    assert shown, problem.hint
    indent = slip[: len(slip) - len(slip.lstrip())]
    corrected = shown[1] if shown[1].startswith(" ") else indent + shown[1]
    draft, left = read(with_line(number, corrected, with_line(number, slip)))
    assert draft is not None and left == []


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


def test_every_line_of_a_draft_with_full_width_colons_is_told() -> None:
    _, problems = read("章节：监督问效\n填报单位：市司法局\n正文：好。\n")
    slips = [problem for problem in problems if problem.rule.code == "R05"]
    assert [problem.span.line for problem in slips] == [1, 2, 3]


def test_text_below_a_bar_is_never_blamed_for_a_slip_elsewhere() -> None:
    number = number_of("  第二句。")
    _, (problem,) = read(with_line(number, "第二句。"))
    assert problem.span.line == number  # and not the line above, which has a full-width colon


def test_a_long_line_is_shown_shortened() -> None:
    slip = slip_on("正文: @" + "好" * 500, 1)
    assert slip is not None and len(slip.hint) < 120


@pytest.mark.parametrize("line", GOOD.split("\n"))
def test_no_line_of_a_good_draft_but_text_looks_like_a_slip(line: str) -> None:
    assert slip_on(line, 1) is None or "强调：" in line
