"""`jzreport rules` and `jzreport explain`: all rules, and the page of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from jzreport.chinese import closest, fold
from jzreport.disk import WorkspaceError
from jzreport.display.columns import aligned
from jzreport.rules import pages

_COMMA = re.compile(r"\s*[,，、]\s*|\s+")

_LEGEND = """`jzreport validate` 和 `jzreport build` 照这些规则检查。一条一条地看：`jzreport explain F03`。

- **级别**：“错误”要改好才能生成公文；“提醒”请看一眼，确实没有问题可以不改，也可以写“豁免”。
- **依据**：“法规”是法律法规和国务院、上级机关的规定；“国标”是国家标准（标点 GB/T 15834、数字 GB/T 15835、公文格式 GB/T 9704）；
  “惯例”是公文写作的习惯，或程序和本机关自己的约定。
- 例子里“←”标出会提示的那一行，不是稿件的内容。“这样写不提示”的例子只说明这条规则不管，不一定是好句子。"""

FAMILIES = {"R": "读取", "S": "结构", "F": "指标", "W": "文字", "Y": "年度", "P": "公开"}


def overview() -> Iterator[str]:
    """Yield a table of all rules, each family under its name."""
    rows = [("规则", "级别", "依据", "名称")]
    rows += [(rule.code, rule.severity.value, rule.source_level.value, rule.title) for rule in pages()]
    family = ""
    for row, line in zip(rows, aligned(rows), strict=True):
        if row[0][0] != family and row[0][0] in FAMILIES:
            family = row[0][0]
            yield f"{family} {FAMILIES[family]}"
        yield f"  {line}"


def explain(codes: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the pages of the rules whose codes begin so; WorkspaceError when there is none."""
    wanted = beginnings(codes)
    for number, (rule, page) in enumerate((r, page) for r, page in pages().items() if r.code.startswith(wanted)):
        yield from ("",) if number else ()
        yield f"{rule.code} {rule.title}（{rule.severity.value}，依据：{rule.source_level.value}）"
        yield ""
        yield from _told(page).splitlines()


def beginnings(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the codes, or what codes begin with, in texts with commas; WorkspaceError when no code begins so."""
    parts = [part for text in typed for part in _COMMA.split(text.strip())]
    codes = [rule.code for rule in pages()] if parts else []
    starts = {code[:length] for code in codes for length in range(1, len(code))}
    return tuple(_known(part, codes, starts) for part in parts)


def manual() -> str:
    """Return docs/rules.md: every page, as Markdown."""
    parts = ["# 检查规则", "", _LEGEND, ""]
    family = ""
    for rule, page in pages().items():
        if rule.code[0] != family:
            family = rule.code[0]
            parts += [f"## {family} {FAMILIES[family]}", ""]
        parts += [
            f"### {rule.code} {rule.title}",
            "",
            f"级别：{rule.severity.value}。依据：{rule.source_level.value}。",
            "",
        ]
        parts += [_told(page), ""]
    return "\n".join(parts)


def _known(code: str, codes: Collection[str], starts: Collection[str] = ()) -> str:
    """Return what was typed as it stands among the codes or their starts, whatever its letters' case and width."""
    wanted = fold(code).upper()
    if wanted in codes or wanted in starts:
        return wanted
    meant = closest(wanted, codes)
    raise WorkspaceError(f"没有“{code}”这条规则。{f'是不是“{meant}”？' if meant else ''}全部规则请看 jzreport rules。")


def _told(page: str) -> str:
    """Return a page for readers: its headings are the authors', and not all that is told is an error."""
    return page.replace("错误：\n", "这样写会提示：\n").replace("正确：\n", "这样写不提示：\n")
