"""Slips of the hand in the lines of a draft, a good draft to make them in, and what is found in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from jzreport.diagnostics import Diagnostic
from jzreport.draft import Draft, read_draft
from jzreport.encoding import decode
from jzreport.source import parse

GOOD_DRAFT = """\
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
    口径: 全市，含往年结转
  市本级受理: 300件
"""

Slip = Callable[[str], str]


def instead(sign: str, typed: str) -> Slip:
    return lambda line: line.replace(sign, typed, 1)


def around(pattern: str, typed: str) -> Slip:
    return lambda line: re.sub(pattern, typed, line, count=1)


LINE_SLIPS: dict[str, Slip] = {
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


def read(text: str) -> tuple[Draft | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    source = decode(text.encode(), "稿.yaml", problems)
    node = parse(source, problems) if source else None
    return (read_draft(node, problems) if node else None), problems


def with_line(number: int, typed: str, text: str = GOOD_DRAFT) -> str:
    lines = text.split("\n")
    lines[number - 1] = typed
    return "\n".join(lines)
