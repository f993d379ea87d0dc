"""Entries that wrong indentation has put into a 正文, and files of nothing but text."""

from __future__ import annotations

import re

import pytest

from jzreport.commands.loading import load
from jzreport.diagnostics import Diagnostic
from jzreport.draft import read_draft
from jzreport.encoding import decode
from jzreport.source import parse
from jzreport.workspace import File

HEAD = "章节: 监督问效\n填报单位: 市司法局\n"
ITEM = HEAD + "条目:\n  - 标题: 甲\n    正文: |\n      第一段。\n"


def found(text: str) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    source = decode(text.encode(), "稿.yaml", problems)
    node = parse(source, problems) if source else None
    assert node is not None
    read_draft(node, problems)
    return problems


@pytest.mark.parametrize(
    ("text", "lines", "hint"),
    [
        (HEAD + "正文: |\n  好。\n  条目:\n    - 标题: 甲\n      正文: 好。\n", [5], "请移到行首：“条目:”"),
        (HEAD + "正文: |\n  好。\n  条目：\n  - 标题: 甲\n", [5], "请移到行首：“条目:”"),
        (HEAD + "正文: |\n  好。\n  指标:\n    受理: 5件\n", [5], "请移到行首：“指标:”"),
        (HEAD + "正文: |\n  好。\n  填报人: 张某\n  审核人: 李某\n", [5, 6], "请移到行首：“填报人: 张某”"),
        (HEAD + "正文: |\n  好。\n  - 标题: 甲\n", [5], "另起一行“条目:”"),
        (HEAD + "正文: |\n  好。\n  - 表格:\n      行:\n", [5], "“正文:”后面不写“|”"),
        (HEAD + "正文:\n  - |\n    好。\n    - 表格:\n        行:\n", [6], "写成“  - 表格:”（前面2个空格）"),
        (HEAD + "正文:\n  - |\n    好。\n    图片：\n", [6], "写成“  - 图片:”（前面2个空格）"),
        (ITEM + "      - 标题: 乙\n        正文: |\n          好。\n", [7], "写成“  - 标题: 乙”（前面2个空格）"),
        (ITEM + "      - 标题：乙\n      -正文: 好。\n", [7, 8], "写成“  - 标题: 乙”（前面2个空格）"),
        (ITEM + "      条目:\n        - 标题: 乙\n", [7], "写成“    条目:”（前面4个空格）"),
        (ITEM + "      标题: 乙\n      正文: |\n        好。\n", [7, 8], "若是新的一条，请写成“- 标题: 乙”"),
        (ITEM + "      - 序: 2\n        标题: 乙\n", [7], "写成“  - 序: 2”（前面2个空格）"),
        (ITEM + "      正文：|\n        好。\n", [7], "若是新的一条"),
    ],
)
def test_an_entry_inside_text_is_told_with_the_column_it_belongs_to(text: str, lines: list[int], hint: str) -> None:
    problems = [problem for problem in found(text) if problem.rule.code == "R16"]
    assert [problem.span.line for problem in problems] == lines
    assert hint in problems[0].hint
    assert problems[0].is_error


@pytest.mark.parametrize(
    "line",
    [
        "来源: 市统计局",
        "来源：市统计局",
        "其中: 市本级5件。",
        "备注: 无",
        "标题：甲",
        "正文：好。",
        "填报人：张某",
        "条目：共五条。",
        "指标: 比上年上升。",
        "完成下列指标：",
        "指标完成情况:",
        "章节名称: 甲",
        "行: 甲",
        "文件: 甲",
        "“标题: 甲”",
        "时间为9:30",
        "- 会议强调: 好",
        "见{{ 标题 }}:",
    ],
)
def test_text_that_may_be_text_is_left_alone(line: str) -> None:
    assert [
        p for p in found(f"{HEAD}正文: |\n  第一段。\n  {line}\n指标:\n  标题: 5件\n") if p.rule.code == "R16"
    ] == []


def test_a_value_on_one_line_swallows_nothing() -> None:
    assert found(f'{HEAD}正文: "条目:"\n') == []


# Files of nothing but text.

PASTED = (
    "2023年，市司法局认真履行职责。\n一是健全制度。全年受理500件。\n",
    "市司法局2023年工作总结\n\n一、工作情况：好\n（一）会议强调: 要抓好落实。\n\n联系人：王某某\n",
    "　　今年以来，我局认真履职。\n　　一是健全制度。\n",
    "- 健全制度。\n- 加强监督。\n",
    "“放管服”改革深入推进。\n{{ 受理 }}。\n",
    "今年很好。",
)


def told(text: str) -> list[Diagnostic]:
    return load(None, [File("稿.yaml", text.encode())], lambda name, problems: None).problems


@pytest.mark.parametrize("text", PASTED)
def test_pasted_text_is_told_once_and_who_follows_the_hint_has_a_draft(text: str) -> None:
    (problem,) = told(text)
    assert (problem.rule.code, problem.span.line) == ("R17", 1)
    first = re.findall("“([^”]*)”", problem.hint)
    below = "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())
    mended = told("\n".join([*first, below]))
    assert not [each for each in mended if each.rule.code.startswith("R") and each.is_error]


def test_what_is_wrong_with_the_characters_of_pasted_text_is_told_beside() -> None:
    assert {each.rule.code for each in told("今年很好。\n受理\x07件。\n单位\t受理\t办结\n")} == {"R04", "R17"}
    text = "今年很好。\n明年更好。\n".encode("gb18030")
    found = load(None, [File("稿.yaml", text)], lambda name, problems: None).problems
    assert [each.rule.code for each in found] == ["R03", "R17"]


@pytest.mark.parametrize(
    "line",
    [
        "章节: 甲",
        "章节：甲",
        "  填报单位:市司法局",
        "**正文**：好",
        "  - 标题: 甲",
        "填报单为：市司法局",
        "单位：市司法局",
        "指标",
        "正文 |",
        "年度: 2023",
        '{"章节": 甲',
    ],
)
def test_a_file_with_one_entry_is_no_pasted_text(line: str) -> None:
    assert "R17" not in {each.rule.code for each in told(f"今年很好。\n{line}\n明年更好。\n")}


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# 今年很好。\n", "甲乙: 丙\n", "- 甲乙: 丙\n", "x\n", "[" * 40 + "今年很好"]
)
def test_an_empty_file_and_one_that_is_no_text_are_told_as_before(text: str) -> None:
    assert told(text) and "R17" not in {each.rule.code for each in told(text)}


def test_a_report_yaml_is_never_pasted_text() -> None:
    found = load(File("report.yaml", "今年很好。\n".encode()), [], lambda name, problems: None).problems
    assert [each.rule.code for each in found] == ["S03"]
