"""Drafts made up by chance: what was meant, the YAML a careful clerk types for it, what such a file
says, and what stands in a Word file."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from jzreport.diagnostics import Diagnostic
from jzreport.encoding import decode
from jzreport.nodes import Mapping, Node, Scalar
from jzreport.source import parse

COVER = "年度: 2023\n地区: 示例市\n发文机关: 示例市人民政府\n标题: 示例市年度报告\n成文日期: 2024-02-26\n"
# One section that prints neither heading nor numbers: what is printed is what was typed, and nothing besides.
BARE = f"{COVER}结构:\n  - 键: 工作情况\n    编号: 无\n    接排: 否\n"
HEAD = "章节: 工作情况\n填报单位: 市司法局\n"

# What clerks type and paste, and what hurts: signs of YAML, marks of both widths, braces, odd blanks, digits.
SIGNS = "市司法局办理案件，。；：、“”《》（）〔〕—… :-#&*!|>'\"%@`{}[],?<\\~.\n01289一二三年月日个百分点\u00a0\u3000\u200b\ue000"
NARROW = str.maketrans("，（）％：＃－［］“”’！＆", ',()%:#-[]""\'!&')
anything = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60)
pasted = st.text(st.sampled_from(SIGNS), max_size=120)
prose = st.text("依法行政市县乡案件办理，。、“”：；（）《》&<>'\"%#-/ a1\u3000", min_size=1, max_size=40)
# Mostly what is accepted, or the properties of accepted text would hold of next to nothing.
line = st.one_of(prose, prose, prose, anything, pasted).map(lambda text: " ".join(text.split())).filter(bool)


@dataclass(frozen=True)
class Table:
    """A table as meant."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Entry:
    """An item as meant."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Meant:
    """A draft as meant."""

    body: tuple[str | Table, ...]
    items: tuple[Entry, ...]

    @property
    def yaml(self) -> str:
        parts = [HEAD, "正文:\n" if self.body else ""]
        for block in self.body:
            parts.append(_table(block) if isinstance(block, Table) else f"  - |\n    {block}\n")
        parts.append("条目:\n" if self.items else "")
        for item in self.items:
            text = "\n\n".join(f"      {paragraph}" for paragraph in item.paragraphs)
            parts.append(f"  - 标题: {quoted(item.title)}\n    正文: |\n{text}\n")
        return "".join(parts)

    @property
    def pieces(self) -> list[str]:
        """All that is printed of it, in order, without white space."""
        said: list[str] = []
        for block in self.body:
            said += [block] if isinstance(block, str) else [block.caption, *(c for row in block.rows for c in row)]
        for item in self.items:
            said += [item.title, *item.paragraphs]
        return folded(said)


tables = st.builds(
    Table,
    line,
    st.integers(1, 3).flatmap(
        lambda width: st.lists(st.tuples(*[line] * width), min_size=2, max_size=3).map(lambda rows: tuple(rows))
    ),
)
entries = st.builds(Entry, line, st.lists(line, min_size=1, max_size=2).map(tuple))
meant = st.builds(
    Meant, st.lists(st.one_of(line, tables), max_size=2).map(tuple), st.lists(entries, max_size=2).map(tuple)
).filter(lambda draft: bool(draft.pieces))


def quoted(text: str) -> str:
    """Return a value in quotation marks that leave every character as it is."""
    return "'" + text.replace("'", "''") + "'"


def folded(texts: list[str]) -> list[str]:
    """Return texts without any white space, none of them empty."""
    return [text for text in ("".join(each.split()) for each in texts) if text]


def said(data: bytes) -> list[str]:
    """Return all that a file says, half-width, as a list of paragraphs with its shape; nothing when it is unreadable."""
    problems: list[Diagnostic] = []
    source = decode(data, "稿.yaml", problems)
    root = parse(source, problems) if source else None

    def walk(node: Node) -> Iterator[str]:
        if isinstance(node, Scalar):
            yield from ("=", *(str(line).translate(NARROW).strip() for line in node.lines))
        elif isinstance(node, Mapping):
            for entry in node.entries:
                yield from (":", str(entry.key))
                yield from walk(entry.value)
        else:
            for item in node.items:
                yield "-"
                yield from walk(item)

    return list(walk(root)) if root else []


def in_word(data: bytes) -> list[str]:
    """Return the text of every paragraph of a Word file, in order, without white space."""
    main = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = ET.fromstring(package.read("word/document.xml"))
    return folded(["".join(t.text or "" for t in p.iter(f"{main}t")) for p in body.iter(f"{main}p")])


def _table(table: Table) -> str:
    header, *rows = table.rows
    cells = [f"[{', '.join(map(quoted, row))}]" for row in (header, *rows)]
    lines = "".join(f"          - {row}\n" for row in cells[1:])
    return f"  - 表格:\n      标题: {quoted(table.caption)}\n      表头: {cells[0]}\n      行:\n{lines}"
