"""A few helpers to write WordprocessingML: elements, paragraphs, runs, fields."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from xml.etree.ElementTree import Element

from jzreport.render.gbt9704 import ParagraphStyle

__all__ = ["Element"]

_OFFICE = "http://schemas.openxmlformats.org"
NAMESPACES = {
    "w": f"{_OFFICE}/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/officeDocument/2006/relationships",
    "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
    "a": f"{_OFFICE}/drawingml/2006/main",
    "pic": f"{_OFFICE}/drawingml/2006/picture",
    "cp": f"{_OFFICE}/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
for _prefix, _uri in NAMESPACES.items():
    if _prefix != "xml":
        ET.register_namespace(_prefix, _uri)

Attributes = Mapping[str, str | int]


def element(tag: str, attributes: Attributes | None = None, *children: Element) -> Element:
    """Return an element such as `w:p`; the attributes of a w element are w attributes unless they say otherwise."""
    prefix = "w:" if tag.startswith("w:") else ""
    own = {_name(n if ":" in n else prefix + n): str(value) for n, value in (attributes or {}).items()}
    made = Element(_name(tag), own)
    made.extend(children)
    return made


def is_a(node: Element, tag: str) -> bool:
    """Whether a node is an element of that tag."""
    return node.tag == _name(tag)


def has_style(node: Element, styles: Collection[ParagraphStyle]) -> bool:
    """Whether a node is a paragraph of one of the styles."""
    style = node.find(f"{_name('w:pPr')}/{_name('w:pStyle')}")
    return style is not None and style.get(_name("w:val"), "") in [style_id(one) for one in styles]


def within(node: Element, tag: str) -> Iterator[Element]:
    """Yield all elements of that tag inside a node."""
    return node.iter(_name(tag))


def text_element(tag: str, text: str, attributes: Attributes | None = None) -> Element:
    """Return an element that holds text, its blanks kept."""
    made = element(tag, attributes)
    made.text = text
    if text != text.strip() or "  " in text:
        made.set(_name("xml:space"), "preserve")
    return made


def serialize(root: Element) -> bytes:
    """Return a part's bytes."""
    body: str = ET.tostring(root, "unicode")  # encoding at every piece, as ET would, takes twice as long
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body).encode()


def paragraph(style: ParagraphStyle | None, *runs: Element, properties: tuple[Element, ...] = ()) -> Element:
    """Return a paragraph; `properties` must stand in schema order (CT_PPrBase), without the style."""
    children = [element("w:pStyle", {"val": style_id(style)})] if style else []
    return element("w:p", None, element("w:pPr", None, *children, *properties), *runs)


def keep_with_next(paragraph: Element) -> None:
    """Keep a paragraph on the page of the one that follows."""
    properties = paragraph[0]
    keep = element("w:keepNext")
    has_style = len(properties) > 0 and is_a(properties[0], "w:pStyle")
    if properties.find(keep.tag) is None:
        properties.insert(1 if has_style else 0, keep)


def run(text: str, character_style: str = "", properties: tuple[Element, ...] = ()) -> Element:
    """Return a run of text. Its quotes and dashes are set in the Chinese face: the hint says so to Word."""
    style = [element("w:rStyle", {"val": character_style})] if character_style else []
    made = element("w:r", None, element("w:rPr", None, *style, element("w:rFonts", {"hint": "eastAsia"}), *properties))
    for n, part in enumerate(text.split("\t")):
        if n:
            made.append(element("w:tab"))
        if part:
            made.append(text_element("w:t", part))
    return made


def line_break() -> Element:
    """Return a run that starts a new line in the same paragraph."""
    return element("w:r", None, element("w:br"))


def page_field(cached: int) -> tuple[Element, ...]:
    """Return the runs of a PAGE field with a cached result: without one Word offers to repair the file."""
    return (
        _field_mark("begin"),
        element("w:r", None, text_element("w:instrText", " PAGE ")),
        _field_mark("separate"),
        run(str(cached)),
        _field_mark("end"),
    )


def indent(left: float = 0, right: float = 0, *, cell: float, hanging: float = 0, first_line: float = 0) -> Element:
    """Return w:ind for lengths in cells: in twips for LibreOffice, in hundredths of a cell besides for Word.

    LibreOffice 7.4 ignores the …Chars form alone; Word prefers it and so keeps the indent when the size changes. With
    a hanging indent the two count from different edges (Word's leftChars leaves the hanging out): then twips only.
    """
    attributes: dict[str, str | int] = {}
    for name, cells in (("left", left), ("right", right), ("hanging", hanging), ("firstLine", first_line)):
        if cells:
            if not hanging:
                attributes[f"{name}Chars"] = round(cells * 100)
            attributes[name] = round(cells * cell)
    return element("w:ind", attributes)


def spacing(line: int, rule: str = "exact", before: int = 0) -> Element:
    """Return w:spacing with nothing after the paragraph."""
    return element("w:spacing", {"before": before, "after": 0, "line": line, "lineRule": rule})


def tab_stops(*stops: tuple[str, float]) -> Element:
    """Return tab stops: alignment and place in twips."""
    return element("w:tabs", None, *(element("w:tab", {"val": kind, "pos": round(at)}) for kind, at in stops))


def cell_margins(side: int) -> Element:
    """Return w:tblCellMar, in twips; a table without its own is moved to the left by LibreOffice's default."""
    return element("w:tblCellMar", None, *(element(f"w:{s}", {"w": side, "type": "dxa"}) for s in ("left", "right")))


@cache
def style_id(style: ParagraphStyle) -> str:
    """Return the id of a style; ids are ASCII because some readers trip over others."""
    return "S" + "".join(c if c.isascii() and c.isalnum() else f"{ord(c):x}" for c in style.name if c != " ")


def _field_mark(kind: str) -> Element:
    return element("w:r", None, element("w:fldChar", {"fldCharType": kind}))


@cache
def _name(tag: str) -> str:
    """Return the name of a tag or attribute as ElementTree wants it."""
    prefix, _, local = tag.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local
