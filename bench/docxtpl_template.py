"""Makes the Word template of docxtpl_build.py: python bench/docxtpl_template.py FILE.

One loop over paragraphs, one branch a style: what an office would draw in Word once. Needs python-docx only.
"""

from __future__ import annotations

import sys

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

# Style, face, size in points, first-line indent in points, alignment.
_STYLES = (
    ("公文标题", "方正小标宋简体", 22, 0, WD_ALIGN_PARAGRAPH.CENTER),
    ("一级标题", "黑体", 16, 32, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("二级标题", "楷体_GB2312", 16, 32, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("公文正文", "仿宋_GB2312", 16, 32, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("落款", "仿宋_GB2312", 16, 0, WD_ALIGN_PARAGRAPH.RIGHT),
)
_BRANCHES = ("一级标题", "二级标题")


def make() -> WordDocument:
    document = Document()
    _set_page(document)
    for definition in _STYLES:
        _add_style(document, *definition)
    _loop(document, "title", "公文标题")
    document.add_paragraph("{%p for p in body %}")
    for number, style in enumerate(_BRANCHES):
        document.add_paragraph(f"{{%p {'elif' if number else 'if'} p.style == '{style}' %}}")
        document.add_paragraph("{{ p.text }}", style=style)
    document.add_paragraph("{%p else %}")
    paragraph = document.add_paragraph("{{ p.heading }}", style="公文正文")
    paragraph.add_run("{{ p.text }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    _loop(document, "sign_off", "落款")
    return document


def _loop(document: WordDocument, name: str, style: str) -> None:
    document.add_paragraph(f"{{%p for line in {name} %}}")
    document.add_paragraph("{{ line }}", style=style)
    document.add_paragraph("{%p endfor %}")


def _set_page(document: WordDocument) -> None:
    """Set A4 and the margins of GB/T 9704-2012."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _add_style(document: WordDocument, name: str, face: str, size: int, indent: int, align: WD_ALIGN_PARAGRAPH) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size = face, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    layout = style.paragraph_format
    layout.alignment, layout.first_line_indent = align, Pt(indent)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.95)


if __name__ == "__main__":
    make().save(sys.argv[1])
