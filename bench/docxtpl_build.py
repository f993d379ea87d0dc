"""The yardstick: a year's report built the usual way, with yaml.safe_load and docxtpl.

What a competent programmer would write instead of jzreport: it reads the same drafts, orders them by report.yaml,
fills in the figures, numbers the headings and renders a Word template. It checks nothing and finds no error.

    pip install -e '.[bench]'
    python bench/docxtpl_template.py template.docx
    python bench/docxtpl_build.py data/2022 template.docx report.docx
"""

from __future__ import annotations

import datetime
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from docxtpl import DocxTemplate

Data = dict[str, Any]
_REFERENCE = re.compile(r"\{\{\s*(\S+?)\s*\}\}")
_DIGITS = "零一二三四五六七八九"


def main(year: Path, template: Path, output: Path) -> None:
    report = _load(year / "report.yaml")
    drafts = [_load(path) for path in sorted(year.glob("*.yaml")) if path.name != "report.yaml"]
    document = DocxTemplate(template)
    document.render(context(report, drafts), autoescape=True)
    document.save(output)


def context(report: Data, drafts: list[Data]) -> Data:
    """Return what the template prints: the lines of the title, the paragraphs of the body, the sign-off."""
    figures = {name: _printed(value) for draft in drafts for name, value in draft.get("指标", {}).items()}
    by_node: dict[str, list[Data]] = defaultdict(list)
    for draft in drafts:
        by_node[draft["章节"]].append(draft)
    body = list(_children(report["结构"], "一、", by_node))
    for paragraph in body:
        paragraph["text"] = _REFERENCE.sub(lambda match: figures[match[1]], paragraph["text"])
    return {
        "title": report["标题"].splitlines(),
        "body": body,
        "sign_off": [report["署名"], _date(report["成文日期"])],
    }


def _children(nodes: list[Data], style: str, by_node: dict[str, list[Data]]) -> Iterator[Data]:
    number = 0
    for node in nodes:
        below = style
        if title := node.get("标题"):
            number += 1
            yield {"style": "一级标题" if style == "一、" else "二级标题", "text": _number(style, number) + title}
            below = "（一）" if style == "一、" else "1."
        yield from _contents(node, node.get("编号", below), by_node)


def _contents(node: Data, style: str, by_node: dict[str, list[Data]]) -> Iterator[Data]:
    """Yield what stands below a node's title: its drafts' text, their items, the nodes below it."""
    order = [node.get("牵头单位"), *node.get("配合单位", [])]
    drafts = sorted(by_node[node["键"]], key=lambda draft: order.index(draft["填报单位"]))
    for draft in drafts:
        for text in _paragraphs(draft):
            yield {"style": "公文正文", "heading": "", "text": text}
    for number, item in enumerate(_items(drafts), 1):
        yield from _item(item, _number(style, number))
    yield from _children(node.get("章节", []), style, by_node)


def _items(drafts: list[Data]) -> list[Data]:
    """Return the items in order; one with 序 stands at that place."""
    items = [item for draft in drafts for item in draft.get("条目", [])]
    ordered = [item for item in items if "序" not in item]
    for item in sorted((item for item in items if "序" in item), key=lambda item: int(item["序"])):
        ordered.insert(item["序"] - 1, item)
    return ordered


def _item(item: Data, number: str) -> Iterator[Data]:
    heading = f"{number}{item['标题']}。" if "标题" in item else number
    for text in _paragraphs(item) or [""]:
        yield {"style": "公文正文", "heading": heading, "text": text}
        heading = ""


def _paragraphs(content: Data) -> list[str]:
    """Return the paragraphs of a 正文: a blank line ends one, other line ends are joined."""
    parts = re.split(r"\n\s*\n", content.get("正文", "").strip())
    return ["".join(line.strip() for line in part.splitlines()) for part in parts if part]


def _number(style: str, n: int) -> str:
    return style.replace("1", str(n)).replace("一", _numeral(n))


def _numeral(n: int) -> str:
    """Return a number below 10000 in Chinese."""
    text = _spell(n)
    return text.removeprefix("一") if 10 <= n < 20 else text


def _spell(n: int) -> str:
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if n >= unit:
            head, rest = divmod(n, unit)
            zero = "零" if 0 < rest < unit // 10 else ""
            return _DIGITS[head] + name + zero + (_spell(rest) if rest else "")
    return _DIGITS[n]


def _printed(value: Any) -> str:
    return str(value["数值"] if isinstance(value, dict) else value)


def _date(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


def _load(path: Path) -> Data:
    data: Data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
