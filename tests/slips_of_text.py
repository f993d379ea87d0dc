"""Slips in plain paragraphs: what the rules on punctuation and numerals find, what their repairs make of them."""

from __future__ import annotations

from collections import Counter

from jzreport.diagnostics import Diagnostic, Edit, Span
from jzreport.draft import Draft, Paragraph
from jzreport.report import Node, Report
from jzreport.rules import dates, numerals, pairs, punctuation, repetitions, series
from jzreport.rules.base import Context
from jzreport.text import Text
from jzreport.wording import NOTHING

_RULES = (*punctuation.RULES, *pairs.RULES, *numerals.RULES, *dates.RULES, *series.RULES, *repetitions.RULES)
_FILE = "稿.yaml"
# Pieces of text by chance: with slips, with what is none, with what YAML means something by.
TEXT_SLIPS = [
    *(
        "市政府带头学法,举办讲座(含线上).",
        "受理 534 件",
        "５３４件",
        "１５％",
        "，，",
        "...",
        "--",
        "〔2022]8号",
        "[2022]8号",
    ),
    *(
        "1、抓学习",
        "一、 ",
        "**要点**",
        '“放管服"',
        "、等",
        "〇二二年",
        "\u200b",
        "\u3000",
        "{{ 受理 }}",
        "｛｛ 受理。同比 ｝｝",
    ),
    *(
        "加强组织领导",
        "。",
        "，",
        "依法行政",
        "2022年",
        "（二）",
        "- ",
        "## ",
        "https://a.cn/?b=1,2",
        ": ",
        "：",
        "'",
        '"',
        "%",
    ),
]


def found(*paragraphs: str) -> list[Diagnostic]:
    """Return the findings, the first paragraph on line 1."""
    body = tuple(Paragraph(Text.typed(text.strip(), _FILE, n, 1)) for n, text in enumerate(paragraphs, 1))
    draft = Draft(_FILE, Text.made("工作情况"), Text.made("市司法局"), body)
    report = Report(2023, "示例市", (), (), Node("", None, Span("report.yaml")))
    context = Context(report, NOTHING, (draft,))
    return [finding for each in _RULES for finding in each.findings(context)]


def codes(*paragraphs: str) -> list[str]:
    return [finding.rule.code for finding in found(*paragraphs)]


def repaired(paragraph: str, code: str) -> str:
    """Return the paragraph with the repairs of one rule made."""
    edits = {edit for finding in found(paragraph) if finding.rule.code == code for edit in finding.edits}
    return _edited(paragraph.strip(), sorted(edits))


def fixed(paragraph: str) -> str:
    """Return the paragraph with every repair made, rule after rule."""
    for each in _RULES:
        paragraph = repaired(paragraph, each.rule.code)
    return paragraph


def over_and_over(unit: str) -> dict[str, int]:
    """Return how often each rule finds something in a passage of one unit eight thousand times over."""
    return dict(Counter(codes("依法" + unit * 8000 + "行政。")))


def _edited(paragraph: str, edits: list[Edit]) -> str:
    parts, position = list[str](), 0
    for edit in edits:
        start = edit.span.column - 1
        assert start >= position and paragraph.startswith(edit.old, start), "repairs of one rule do not overlap"
        parts += paragraph[position:start], edit.new
        position = start + len(edit.old)
    return "".join((*parts, paragraph[position:]))
