"""Entries that wrong indentation has put into a 正文."""

from __future__ import annotations

import pytest

from jzreport.diagnostics import Diagnostic
from jzreport.draft import read_draft
from jzreport.encoding import decode
from jzreport.source import parse

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
