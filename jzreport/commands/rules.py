"""`jzreport rules` and `jzreport explain`: all rules, and the page of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from jzreport.chinese import closest, display_width, fold
from jzreport.diagnostics import Rule
from jzreport.disk import WorkspaceError
from jzreport.rules import pages

_COMMA = re.compile(r"\s*[,，、]\s*|\s+")

FAMILIES = {"R": "读取", "S": "结构", "F": "指标", "W": "文字", "Y": "年度", "P": "公开"}


def overview() -> Iterator[str]:
    """Yield a table of all rules, each family under its name."""
    rows = [("规则", "级别", "依据", "名称")]
    rows += [(rule.code, rule.severity.value, rule.source_level.value, rule.title) for rule in pages()]
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    family = ""
    for row in rows:
        if row[0][0] != family and row[0][0] in FAMILIES:
            family = row[0][0]
            yield f"{family} {FAMILIES[family]}"
        cells = (cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def explain(codes: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the rules' pages, a blank line between two; WorkspaceError when there is no such rule."""
    every = pages()
    by_code = {rule.code: rule for rule in every}
    for number, rule in enumerate([by_code[_known(code, by_code)] for code in codes]):
        yield from ("",) if number else ()
        yield _head(rule)
        yield ""
        yield from every[rule].splitlines()


def beginnings(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the codes, or what codes begin with, in texts with commas; WorkspaceError when no code begins so."""
    parts = [part for text in typed for part in _COMMA.split(text.strip())]
    codes = [rule.code for rule in pages()] if parts else []
    starts = {code[:length] for code in codes for length in range(1, len(code))}
    return tuple(_known(part, codes, starts) for part in parts)


def manual() -> str:
    """Return docs/rules.md: every page, as Markdown."""
    parts = ["# 检查规则", "", "由 tools/write_rules.py 从程序里的规则生成，不要手改。", ""]
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
        parts += [page, ""]
    return "\n".join(parts)


def _known(code: str, codes: Collection[str], starts: Collection[str] = ()) -> str:
    """Return what was typed as it stands among the codes or their starts, whatever its letters' case and width."""
    wanted = fold(code).upper()
    if wanted in codes or wanted in starts:
        return wanted
    meant = closest(wanted, codes)
    raise WorkspaceError(f"没有“{code}”这条规则。{f'是不是“{meant}”？' if meant else ''}全部规则请看 jzreport rules。")


def _head(rule: Rule) -> str:
    return f"{rule.code} {rule.title}（{rule.severity.value}，依据：{rule.source_level.value}）"
