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
    rows = _rows(colophon)
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
            _borders(),
            element("w:tblLayout", {"type": "fixed"}),
            cell_margins(0),
        ),
        element("w:tblGrid", None, element("w:gridCol", {"w": TYPE_WIDTH})),
    )
    for row in rows:
        width = element("w:tcW", {"w": TYPE_WIDTH, "type": "dxa"})
        cell = element("w:tc", None, element("w:tcPr", None, width), row)
        made.append(element("w:tr", None, element("w:trPr", None, element("w:cantSplit")), cell))
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
    """Return a paragraph of no height. A floating table must be followed by one; it carries the table's page break."""
    turn = [element("w:pageBreakBefore")] if on_new_page else []
    return paragraph(None, properties=(*turn, element("w:snapToGrid", {"val": "0"}), spacing(20)))


def _borders() -> Element:
    thick: dict[str, str | int] = {"val": "single", "sz": THICK_RULE, "space": 0, "color": "000000"}
    thin = {**thick, "sz": THIN_RULE}
    return element(
        "w:tblBorders",
        None,
        element("w:top", thick),
        element("w:bottom", thick),
        element("w:insideH", thin),
    )


def _rows(colophon: Colophon) -> list[Element]:
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
