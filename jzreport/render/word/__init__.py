"""The official document as a Word file."""

from __future__ import annotations

import datetime

from jzreport.document import Attachment, OfficialDocument
from jzreport.house import House
from jzreport.render.gbt9704 import (
    ADDRESSEES,
    ATTACHMENT_LABEL,
    CELL_4,
    PAGE_HEIGHT,
    PAGE_NUMBER,
    PAGE_WIDTH,
    PROFILES,
    TITLE,
    Profile,
)
from jzreport.render.word import colophon
from jzreport.render.word.body import BodyWriter
from jzreport.render.word.closing import write_closing
from jzreport.render.word.comments import COMMENT_TEXT, Comments
from jzreport.render.word.masthead import write_masthead
from jzreport.render.word.package import WordPackage
from jzreport.render.word.styles import font_table, styles
from jzreport.render.word.xml import Element, element, line_break, page_field, paragraph, run
from jzreport.text import Text


def render(document: OfficialDocument, house: House, created: datetime.datetime | None = None) -> bytes:
    """Return the Word file. `created` goes into its properties (None: the date of the document)."""
    profile = PROFILES[house.profile]
    more = (COMMENT_TEXT,) if document.annotations else ()
    package = WordPackage(styles(house.fonts, profile, *more), font_table(house.fonts))
    writer = BodyWriter(package, profile, Comments(document))
    if document.masthead:
        # 7.3.3: the first page shows text; below the head come the title, a blank line, 主送 and at least two lines.
        write_masthead(document.masthead, writer, lines_below=len(document.title) + 1 + bool(document.addressees) + 2)
    _write_title(document.title, document.typed_title, writer)
    if document.addressees:
        writer.add(paragraph(ADDRESSEES, run(f"{document.addressees}：")))
        writer.flow.text(f"{document.addressees}：")
    writer.write(document.body)
    write_closing(document, writer)
    for attachment in document.attachments:
        _write_attachment(attachment, writer)
    numbered = _section(package, profile, numbered=True)
    package.body.append(_write_colophon(document, writer, profile, numbered))
    package.add_comments(writer.comments.written)
    return package.save(document.name, document.issuer, created or _at_midnight(document.date))


def _write_title(lines: tuple[str, ...], typed: Text, writer: BodyWriter) -> None:
    """Append the title, its lines broken here and not by Word, and the blank line below it (7.3.1, 7.3.2)."""
    if not lines:
        return
    runs: list[Element] = []
    for n, line in enumerate(lines):
        runs.extend([line_break()] if n else [])
        runs.append(run(line))
    writer.add(paragraph(TITLE, *writer.comments.around(runs, typed)))
    writer.flow.lines(len(lines))
    writer.blank()


def _write_attachment(attachment: Attachment, writer: BodyWriter) -> None:
    """Append an attachment on a new side: its number on the first line, its title on the third (7.3.7)."""
    writer.flow.new_page()
    turn = (element("w:pageBreakBefore"),)
    writer.add(paragraph(ATTACHMENT_LABEL, run(attachment.label), properties=turn))
    writer.flow.lines()
    writer.blank()
    _write_title(attachment.title, attachment.typed_title, writer)
    writer.write(attachment.body)


def _write_colophon(document: OfficialDocument, writer: BodyWriter, profile: Profile, numbered: Element) -> Element:
    """Append the 版记, when there is one, and return the properties of the last section.

    A blank side before the 版记 and the side of the 版记 itself then carry no page number (7.5): a section of theirs.
    """
    if not document.colophon:
        return numbered
    turns = colophon.pages_to_turn(writer.flow, colophon.height(document.colophon))
    last = numbered
    if turns == 2:
        writer.end_section(numbered)
        writer.add(colophon.invisible_paragraph())  # Word ignores a page break at the very top of a section
        last = _section(writer.package, profile, numbered=False)
    if turns:
        writer.add(colophon.invisible_paragraph(on_new_page=True))
    writer.add(colophon.table(document.colophon, profile))
    writer.add(colophon.invisible_paragraph())  # a floating table must be followed by a paragraph
    return last


def _section(package: WordPackage, profile: Profile, *, numbered: bool) -> Element:
    """Return the page settings, with page numbers on the outer side: odd right, even left (7.5)."""
    made = element("w:sectPr")
    for kind, side, page in (("default", "right", 1), ("even", "left", 2)):
        content = (run("— "), *page_field(page), run(" —")) if numbered else ()
        edge = element("w:ind", {side: CELL_4, f"{side}Chars": 100})
        footer = package.add_footer(paragraph(PAGE_NUMBER, *content, properties=(edge, element("w:jc", {"val": side}))))
        made.append(element("w:footerReference", {"type": kind, "r:id": footer}))
    made.append(element("w:type", {"val": "nextPage"}))
    made.append(element("w:pgSz", {"w": PAGE_WIDTH, "h": PAGE_HEIGHT}))
    margins = {"top": profile.top, "right": profile.right, "bottom": profile.bottom, "left": profile.left}
    made.append(element("w:pgMar", {**margins, "header": 851, "footer": profile.footer, "gutter": 0}))
    made.append(element("w:cols", {"space": 425}))
    made.append(element("w:docGrid", {"type": "lines", "linePitch": profile.line}))
    return made


def _at_midnight(date: datetime.date | None) -> datetime.datetime | None:
    return datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC) if date else None
