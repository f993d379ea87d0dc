"""版记 in Word (GB/T 9704-2012 7.4): at the foot of the type area of the document's last side."""

from __future__ import annotations

from jzreport.document import Colophon
from jzreport.render.gbt9704 import (
    CELL_4,
    COLOPHON,
    COLOPHON_LINE,
    THICK_RULE,
    THIN_RULE,
    TYPE_WIDTH,
    Profile,
)
from jzreport.render.word.flow import Flow, count_lines
from jzreport.render.word.xml import Element, cell_margins, element, paragraph, run, spacing, tab_stops

_LABEL = "抄送："
_LABEL_CELLS = 3


def table(colophon: Colophon, profile: Profile) -> Element:
    """Return the floating table: thick lines at its ends, a thin one between (7.4.1), as wide as the type area.

    Anchored to the page on the left: LibreOffice leaves a table anchored to the margin where it stands in the text.
    """
    place: dict[str, str | int] = {
        "leftFromText": 0,
        "rightFromText": 0,
        "vertAnchor": "margin",
        "horzAnchor": "page",
        "tblpX": profile.left,
        "tblpYSpec": "bottom",
    }
    made = element(
        "w:tbl",
        None,
        element(
            "w:tblPr",
            None,
            element("w:tblpPr", place),
            element("w:tblW", {"w": TYPE_WIDTH, "type": "dxa"}),
            element("w:tblLayout", {"type": "fixed"}),
            cell_margins(0),
        ),
        element("w:tblGrid", None, element("w:gridCol", {"w": TYPE_WIDTH})),
    )
    contents = _contents(colophon)
    for n, content in enumerate(contents):
        made.append(_row(content, _borders(is_first=n == 0, is_last=n == len(contents) - 1)))
    if profile.raised:
        # The margin lies below the type area of the standard: an empty row keeps the last line on its edge.
        foot = paragraph(COLOPHON, properties=(spacing(profile.raised),))
        made.append(_row(foot, element("w:tcBorders")))
    return made


def height(colophon: Colophon) -> int:
    """Return the height the table takes, in twips."""
    copies = count_lines(colophon.copies_to, width=TYPE_WIDTH / CELL_4 - 2 - _LABEL_CELLS) if colophon.copies_to else 0
    printing = 1 if colophon.printing_office or colophon.printing_date else 0
    return (copies + printing) * COLOPHON_LINE


def pages_to_turn(flow: Flow, needed: int) -> int:
    """Return how many page breaks bring the 版记 to the foot of an even side with room for it: 0, 1 or 2.

    One line is kept in reserve, for the estimate may be wrong by one.
    """
    if flow.page % 2:
        return 1
    return 0 if flow.left >= needed + flow.line else 2


def invisible_paragraph(*, on_new_page: bool = False) -> Element:
    """Return a paragraph of no height; it carries a page break or closes what must not end with a table."""
    turn = [element("w:pageBreakBefore")] if on_new_page else []
    return paragraph(None, properties=(*turn, element("w:snapToGrid", {"val": "0"}), spacing(20)))


def _row(content: Element, borders: Element) -> Element:
    width = element("w:tcW", {"w": TYPE_WIDTH, "type": "dxa"})
    cell = element("w:tc", None, element("w:tcPr", None, width, borders), content)
    return element("w:tr", None, element("w:trPr", None, element("w:cantSplit")), cell)


def _borders(*, is_first: bool, is_last: bool) -> Element:
    """Return the lines above and below a row: thick at the ends of the table, thin between rows (7.4.1)."""
    sides = (("top", is_first), ("bottom", is_last))
    made = element("w:tcBorders")
    for side, is_end in sides:
        size = THICK_RULE if is_end else THIN_RULE
        made.append(element(f"w:{side}", {"val": "single", "sz": size, "space": 0, "color": "000000"}))
    return made


def _contents(colophon: Colophon) -> list[Element]:
    rows = []
    if colophon.copies_to:
        hanging: dict[str, str | int] = {
            "left": CELL_4 * (1 + _LABEL_CELLS),
            "right": CELL_4,
            "hanging": CELL_4 * _LABEL_CELLS,
        }
        rows.append(paragraph(COLOPHON, run(_LABEL + colophon.copies_to), properties=(element("w:ind", hanging),)))
    if colophon.printing_office or colophon.printing_date:
        ends = tab_stops(("right", TYPE_WIDTH - CELL_4))
        margin = element("w:ind", {"left": CELL_4})
        text = f"{colophon.printing_office}\t{colophon.printing_date}"
        rows.append(paragraph(COLOPHON, run(text), properties=(ends, margin)))
    return rows
