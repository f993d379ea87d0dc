"""`jzreport rules` and `jzreport explain`: all rules, and the page of one."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.chinese import closest
from jzreport.diagnostics import Rule
from jzreport.disk import WorkspaceError
from jzreport.rules import pages

FAMILIES = {"R": "读取", "S": "结构", "F": "指标", "W": "文字", "Y": "年度", "P": "公开"}


def overview() -> Iterator[str]:
    """Yield a line for each rule under its family's name."""
    family = ""
    for rule in pages():
        if rule.code[0] != family:
            family = rule.code[0]
            yield f"{family} {FAMILIES[family]}"
        yield f"  {rule.code}  {rule.severity.value}  {rule.source_level.value}  {rule.title}"


def explain(code: str) -> Iterator[str]:
    """Yield the lines of a rule's page; WorkspaceError when there is no such rule."""
    every = {rule.code: rule for rule in pages()}
    wanted = code.strip().upper()
    if wanted not in every:
        meant = closest(wanted, every)
        raise WorkspaceError(
            f"没有“{code}”这条规则。{f'是不是“{meant}”？' if meant else ''}全部规则请看 jzreport rules。"
        )
    rule = every[wanted]
    yield _head(rule)
    yield ""
    yield from pages()[rule].splitlines()


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


def _head(rule: Rule) -> str:
    return f"{rule.code} {rule.title}（{rule.severity.value}，依据：{rule.source_level.value}）"
