"""Files that are only typed: YAML as a clerk writes it becomes drafts, a report, a document; no disk is touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import dedent

from jzreport.compose import compose
from jzreport.diagnostics import Diagnostic
from jzreport.document import Block, OfficialDocument
from jzreport.draft import Draft, read_draft
from jzreport.encoding import decode
from jzreport.figures import Figure, read_figures
from jzreport.house import Fonts, House
from jzreport.nodes import Mapping as YamlMapping
from jzreport.nodes import Node
from jzreport.references import printable
from jzreport.render.text import body_lines
from jzreport.report import Report, assemble, read_report
from jzreport.source import parse

HOUSE = House("gbt9704", Fonts("小标宋体", "仿宋", "楷体", "黑体", "宋体"), ())
COVER = "年度: 2023\n地区: 示例市\n发文机关: 示例市人民政府\n标题: 示例市2023年度法治政府建设情况报告\n"


@dataclass(frozen=True, slots=True)
class Assembly:
    """A report as assembled from what was typed, and what was found."""

    report: Report
    problems: tuple[Diagnostic, ...]

    @property
    def codes(self) -> list[str]:
        return [problem.rule.code for problem in self.problems]

    @property
    def document(self) -> OfficialDocument:
        return compose(self.report, HOUSE)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.document.body

    @property
    def lines(self) -> list[str]:
        """The body as plain text."""
        return list(body_lines(self.document.body))


def typed(yaml: str, file: str) -> Node:
    """Return the root node of a file that is in order."""
    problems: list[Diagnostic] = []
    source = decode(dedent(yaml).encode(), file, problems)
    root = parse(source, problems) if source else None
    assert root is not None and not any(problem.is_error for problem in problems), problems
    return root


def draft(yaml: str, file: str = "稿.yaml") -> Draft:
    """Return a draft in which nothing is wrong; its department need not be typed."""
    problems: list[Diagnostic] = []
    text = dedent(yaml)
    read = read_draft(typed(text if "填报单位:" in text else f"填报单位: 市司法局\n{text}", file), problems)
    assert read is not None and not problems, problems
    return read


def cover(yaml: str) -> Report:
    """Return the report of a report.yaml in which nothing is wrong; what every report must have need not be typed."""
    problems: list[Diagnostic] = []
    report = read_report(typed(COVER + dedent(yaml), "report.yaml"), problems)
    assert report is not None and not problems, problems
    return report


def assembled(yaml: str, *drafts: str, files: Mapping[str, bytes] | None = None) -> Assembly:
    """Return the report of a report.yaml and of drafts that are called 01.yaml, 02.yaml …"""
    return arranged(cover(yaml), [draft(text, f"{n:02}.yaml") for n, text in enumerate(drafts, 1)], files)


def arranged(report: Report, drafts: list[Draft], files: Mapping[str, bytes] | None = None) -> Assembly:
    """Return the report with drafts handed in in that order."""
    problems: list[Diagnostic] = []
    printed, numbers = printable(tuple(drafts), files or {}, "", problems)
    return Assembly(assemble(report, printed, numbers, problems), tuple(problems))


def figures(yaml: str) -> tuple[dict[str, Figure], list[Diagnostic]]:
    """Return the figures by name, and what is wrong with them, of what stands below 指标."""
    problems: list[Diagnostic] = []
    root = typed(yaml, "稿.yaml")
    assert isinstance(root, YamlMapping)
    return {figure.name: figure for figure in read_figures(root.entries, problems)}, problems
