"""正文 in Word: paragraphs, headings, tables and pictures."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, takewhile
from typing import assert_never

from jzreport.chinese import cells
from jzreport.document import Block, Heading, Paragraph, Picture, RunInParagraph, Table
from jzreport.render.gbt9704 import (
    BODY,
    CAPTION,
    EMU_PER_TWIP,
    HEADINGS,
    PICTURE,
    TABLE_LINE,
    TABLE_TEXT,
    TYPE_WIDTH,
    Profile,
)
from jzreport.render.word.comments import Comments
from jzreport.render.word.flow import Flow, count_lines
from jzreport.render.word.package import WordPackage
from jzreport.render.word.styles import TABLE_HEADER, heading_character_style
from jzreport.render.word.xml import (
    NAMESPACES,
    Attributes,
    Element,
    cell_margins,
    element,
    has_style,
    is_a,
    keep_with_next,
    paragraph,
    within,
)
from jzreport.text import Text

_TWIPS_PER_PIXEL = 15  # at 96 pixels to the inch
_PICTURE_MAX_HEIGHT = 9000
_TABLE_CELL = 12 * 20  # 小四, in twips
_CELL_MARGIN = 80
_COLUMN_EXTRA = 2 * _CELL_MARGIN + 40  # a column narrower than this beyond its text would wrap
_BORDER = 4  # eighths of a point
_BORDER_HEIGHT = 10  # what a border adds to its row


class BodyWriter:
    """Writes blocks to the end of a package's body and keeps account of the paper used."""

    def __init__(self, package: WordPackage, profile: Profile, comments: Comments) -> None:
        self.package = package
        self.profile = profile
        self.comments = comments
        self.flow = Flow(profile.type_height, profile.line)
        self._pictures = 0

    def add(self, *elements: Element) -> None:
        """Append paragraphs or tables."""
        self.package.body.extend(elements)

    def keep_last_with_next(self) -> None:
        """Keep the last paragraph, with headings right above it, or the last row of a table, with what follows."""
        keep_with_next(self._last_paragraph())
        above = reversed(self.package.body[:-1])
        for node in takewhile(lambda node: has_style(node, HEADINGS), above):
            keep_with_next(node)
        for table in (node for node in self.package.body[-2:-1] if is_a(node, "w:tbl")):
            for cell in within(table[-1], "w:p"):
                keep_with_next(cell)

    def end_section(self, properties: Element) -> None:
        """End a section with the last paragraph."""
        self._last_paragraph()[0].append(properties)

    def _last_paragraph(self) -> Element:
        last = self.package.body[-1]
        assert is_a(last, "w:p"), "a table is always followed by a paragraph"
        return last

    def blank(self, count: int = 1) -> None:
        """Append blank lines."""
        for _ in range(count):
            self.add(paragraph(None))
        self.flow.lines(count)

    def write(self, blocks: tuple[Block, ...]) -> None:
        """Append the blocks of a body."""
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self.add(paragraph(BODY, *self.comments.runs(block.text)))
            self.flow.text(str(block.text), BODY.first_line)
        elif isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, RunInParagraph):
            heading = self.comments.runs(block.heading, heading_character_style(block.rank), block.number)
            self.add(paragraph(BODY, *heading, *(self.comments.runs(block.text) if block.text else ())))
            self.flow.text(block.number + str(block.heading) + str(block.text), BODY.first_line)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            assert_never(block)

    def _heading(self, block: Heading) -> None:
        style = HEADINGS[block.rank]
        level = block.level - 1
        own = () if level == style.outline else (element("w:outlineLvl", {"val": level}),)
        self.add(paragraph(style, *self.comments.runs(block.text, before=block.number), properties=own))
        self.flow.text(block.number + str(block.text), style.first_line)

    def _table(self, table: Table) -> None:
        if table.caption:
            caption = self.comments.runs(table.caption)
            self.add(paragraph(CAPTION, *caption, properties=(element("w:keepNext"),)))
            self.flow.lines()
        rows = (table.header, *table.rows) if table.header else table.rows
        widths = column_widths(rows)
        self.add(_table(table, widths, self.comments))
        self.add(paragraph(TABLE_TEXT))  # keeps the next table apart and the text off the border
        self._account_for_rows([_row_height(row, widths) for row in rows], repeats_first=bool(table.header))

    def _account_for_rows(self, heights: list[int], *, repeats_first: bool) -> None:
        """Account for the rows of a table, its header once more on each further page, and the paragraph after it."""
        for n, height in enumerate(heights):
            page = self.flow.page
            self.flow.block(height)
            if repeats_first and n and self.flow.page > page:
                self.flow.block(heights[0])
        self.flow.block(TABLE_LINE)
        self.flow.last = heights[-1] + TABLE_LINE  # the row that is held with what follows

    def _picture(self, picture: Picture) -> None:
        width, height = picture_size(picture)
        self._pictures += 1
        drawing = _drawing(picture, self.package.add_image(picture.image), self._pictures, width, height)
        keep = (element("w:keepNext"),) if picture.caption else ()
        held = self.comments.around([element("w:r", None, drawing)], picture.description)
        self.add(paragraph(PICTURE, *held, properties=keep))
        if picture.caption:
            self.add(paragraph(CAPTION, *self.comments.runs(picture.caption)))
        self.flow.block(height + (self.flow.line if picture.caption else 0))


def column_widths(rows: tuple[tuple[Text, ...], ...]) -> tuple[int, ...]:
    """Return widths in twips that add up to the type area: what each column needs and a share of the rest.

    Where the needs exceed the page, the widest columns give way to one common width.
    """
    needs = [
        max(cells(str(cell)) for cell in column) * _TABLE_CELL + _COLUMN_EXTRA for column in zip(*rows, strict=True)
    ]
    widths = _levelled(needs, TYPE_WIDTH)
    edges = [round(TYPE_WIDTH * sum(widths[:n]) / sum(widths)) for n in range(len(widths) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _levelled(needs: list[float], room: float) -> list[float]:
    """Return the needs, those above a common level cut to it so that all fit into the room."""
    for n, need in enumerate(sorted(needs)):
        level = room / (len(needs) - n)
        if need > level:
            return [min(need, level) for need in needs]
        room -= need
    return needs


def picture_size(picture: Picture) -> tuple[int, int]:
    """Return width and height in twips: natural at 96 pixels to the inch, never beyond the type area."""
    width, height = picture.image.width * _TWIPS_PER_PIXEL, picture.image.height * _TWIPS_PER_PIXEL
    scale = min(1.0, TYPE_WIDTH / width, _PICTURE_MAX_HEIGHT / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _row_height(row: tuple[Text, ...], widths: tuple[int, ...]) -> int:
    lines = max(_cell_lines(cell, width) for cell, width in zip(row, widths, strict=True))
    return lines * TABLE_LINE + _BORDER_HEIGHT


def _cell_lines(cell: Text, width: int) -> int:
    return count_lines(str(cell), width=max(1.0, (width - 2 * _CELL_MARGIN) / _TABLE_CELL))


def _table(table: Table, widths: tuple[int, ...], comments: Comments) -> Element:
    made = element("w:tbl", None, _table_properties(str(table.caption), bool(table.header)))
    made.append(element("w:tblGrid", None, *(element("w:gridCol", {"w": width}) for width in widths)))
    if table.header:
        made.append(_row(table.header, widths, comments, is_header=True))
    made.extend(_row(row, widths, comments) for row in table.rows)
    return made


def _table_properties(caption: str, has_header: bool) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    border: dict[str, str | int] = {"val": "single", "sz": _BORDER, "space": 0, "color": "auto"}
    return element(
        "w:tblPr",
        None,
        element("w:tblW", {"w": TYPE_WIDTH, "type": "dxa"}),
        element("w:jc", {"val": "center"}),
        element("w:tblBorders", None, *(element(f"w:{side}", border) for side in sides)),
        element("w:tblLayout", {"type": "fixed"}),
        cell_margins(_CELL_MARGIN),
        element("w:tblLook", {"val": "0020" if has_header else "0000", "firstRow": int(has_header)}),
        *([element("w:tblCaption", {"val": caption})] if caption else []),
    )


def _row(row: tuple[Text, ...], widths: tuple[int, ...], comments: Comments, *, is_header: bool = False) -> Element:
    repeat = [element("w:tblHeader")] if is_header else []
    made = element("w:tr", None, element("w:trPr", None, element("w:cantSplit"), *repeat))
    for text, width in zip(row, widths, strict=True):
        # A cell whose text takes several lines reads better from the left.
        wraps = _cell_lines(text, width) > 1 and not is_header
        runs = comments.runs(text, TABLE_HEADER if is_header else "") if text else ()
        made.append(_cell(runs, width, "left" if wraps else ""))
    return made


def _cell(runs: Iterable[Element], width: int, alignment: str) -> Element:
    return element(
        "w:tc",
        None,
        element("w:tcPr", None, element("w:tcW", {"w": width, "type": "dxa"}), element("w:vAlign", {"val": "center"})),
        paragraph(TABLE_TEXT, *runs, properties=(element("w:jc", {"val": alignment}),) if alignment else ()),
    )


def _drawing(picture: Picture, relation: str, number: int, width: int, height: int) -> Element:
    """Return an inline picture (ECMA-376 part 1, 20.4.2.8) with its alternative text."""
    named: Attributes = {"id": number, "name": f"图片 {number}", "descr": str(picture.description)}
    size: Attributes = {"cx": width * EMU_PER_TWIP, "cy": height * EMU_PER_TWIP}
    shape = element(
        "pic:spPr",
        None,
        element("a:xfrm", None, element("a:off", {"x": 0, "y": 0}), element("a:ext", size)),
        element("a:prstGeom", {"prst": "rect"}, element("a:avLst")),
    )
    fill = element("a:stretch", None, element("a:fillRect"))
    content = element(
        "pic:pic",
        None,
        element("pic:nvPicPr", None, element("pic:cNvPr", named), element("pic:cNvPicPr")),
        element("pic:blipFill", None, element("a:blip", {"r:embed": relation}), fill),
        shape,
    )
    inline = element(
        "wp:inline",
        {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
        element("wp:extent", size),
        element("wp:docPr", named),
        element("wp:cNvGraphicFramePr", None, element("a:graphicFrameLocks", {"noChangeAspect": 1})),
        element("a:graphic", None, element("a:graphicData", {"uri": NAMESPACES["pic"]}, content)),
    )
    return element("w:drawing", None, inline)
