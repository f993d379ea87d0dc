"""A few helpers to write WordprocessingML: elements, paragraphs, runs, fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from jzreport.render.gbt9704 import ParagraphStyle

Element = Any  # lxml ships no types


def element(tag: str, attributes: Mapping[str, str | int] | None = None, *children: Element) -> Element:
    """Return an element such as `w:p`; attributes without a prefix of their own are given the prefix w."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name if ":" in name else f"w:{name}"), str(value))
    made.extend(children)
    return made


def paragraph(style: ParagraphStyle | None, *runs: Element, properties: tuple[Element, ...] = ()) -> Element:
    """Return a paragraph; `properties` must stand in schema order (CT_PPrBase), without the style."""
    children = [element("w:pStyle", {"val": style_id(style)})] if style else []
    children.extend(properties)
    body = [element("w:pPr", None, *children)] if children else []
    return element("w:p", None, *body, *runs)


def run(text: str, character_style: str = "", properties: tuple[Element, ...] = ()) -> Element:
    """Return a run of text. Its quotes and dashes are set in the Chinese face: the hint says so to Word."""
    style = [element("w:rStyle", {"val": character_style})] if character_style else []
    made = element("w:r", None, element("w:rPr", None, *style, element("w:rFonts", {"hint": "eastAsia"}), *properties))
    for n, part in enumerate(text.split("\t")):
        if n:
            made.append(element("w:tab"))
        if part:
            made.append(_text(part))
    return made


def line_break() -> Element:
    """Return a run that starts a new line in the same paragraph."""
    return element("w:r", None, element("w:br"))


def page_field(cached: int) -> tuple[Element, ...]:
    """Return the runs of a PAGE field with a cached result: without one Word offers to repair the file."""
    instruction = element("w:instrText", {"xml:space": "preserve"})
    instruction.text = " PAGE "
    return (
        _field_mark("begin"),
        element("w:r", None, instruction),
        _field_mark("separate"),
        run(str(cached)),
        _field_mark("end"),
    )


def indent(left: float = 0, right: float = 0, *, cell: float, hanging: float = 0, first_line: float = 0) -> Element:
    """Return w:ind for lengths in cells: in twips for LibreOffice, in hundredths of a cell besides for Word.

    LibreOffice 7.4 ignores the …Chars form alone; Word prefers it and so keeps the indent when the size changes.
    """
    attributes: dict[str, str | int] = {}
    for name, cells in (("left", left), ("right", right), ("hanging", hanging), ("firstLine", first_line)):
        if cells:
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


def style_id(style: ParagraphStyle) -> str:
    """Return the id of a style; ids are ASCII because some readers trip over others."""
    return "S" + "".join(c if c.isascii() and c.isalnum() else f"{ord(c):x}" for c in style.name if c != " ")


def _field_mark(kind: str) -> Element:
    return element("w:r", None, element("w:fldChar", {"fldCharType": kind}))


def _text(characters: str) -> Element:
    made = element("w:t", {"xml:space": "preserve"} if characters != characters.strip() or "  " in characters else None)
    made.text = characters
    return made
