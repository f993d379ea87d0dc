"""版头 in Word (GB/T 9704-2012 7.2): all above and with the red line."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.chinese import cells
from jzreport.document import Masthead
from jzreport.render.gbt9704 import (
    CELL,
    CELLS,
    CLASSIFICATION,
    COPY_NUMBER,
    DOCUMENT_NUMBER,
    ISSUER_MARK,
    MARK_MAX_SIZE,
    MARK_MIN_SIZE,
    MARK_TOP,
    RED,
    RULE_EXTRA,
    RULE_GAP,
    RULE_SIZE,
    SIGNATORY,
    TYPE_WIDTH,
    URGENCY,
    ParagraphStyle,
)
from jzreport.render.word.body import BodyWriter
from jzreport.render.word.styles import SIGNATORY_NAME
from jzreport.render.word.xml import Element, cell_margins, element, paragraph, run, spacing, tab_stops

_LABEL = "签发人："
_MARK_LINE = 1.2  # height of a line of the mark, in its own size
_MARK_INK = 0.14  # from the top of that line to the top of the characters, in its own size
_SUFFIX_CELLS = 2.4  # room for 文件 beside several issuers, in characters of the mark
_SPREAD_CELLS = 0.5  # room for the longest of several issuers to be spread over its line without wrapping


def write_masthead(masthead: Masthead, writer: BodyWriter) -> None:
    """Append the head of the document, down to and with the two blank lines before the title."""
    written = _write_top_left(masthead, writer)
    if masthead.issuer_mark:
        _write_mark(masthead, writer, written)
    if masthead.issuer_mark or masthead.document_number or masthead.signatories:
        _write_number(masthead, writer)
    writer.blank(2)


def _write_top_left(masthead: Masthead, writer: BodyWriter) -> int:
    """Append 份号, 密级 and 紧急程度, flush left from the first line; 密级 stands on the second (7.2.2)."""
    lines: list[tuple[str, ParagraphStyle]] = []
    if masthead.copy_number or masthead.classification:
        lines.append((masthead.copy_number, COPY_NUMBER))
    if masthead.classification:
        lines.append((masthead.classification, CLASSIFICATION))
    if masthead.urgency:
        lines.append((masthead.urgency, URGENCY))
    for text, style in lines:
        writer.add(paragraph(style, run(text)))
        writer.flow.lines()
    return len(lines)


def _write_mark(masthead: Masthead, writer: BodyWriter, written: int) -> None:
    """Append 发文机关标志, its upper edge 35 mm below that of the type area (7.2.4)."""
    size = _mark_size(masthead)
    line = round(size * 10 * _MARK_LINE)
    ink = round(size * 10 * _MARK_INK)
    room = MARK_TOP + writer.profile.raised - ink - written * writer.flow.line
    lines, rest = divmod(room, writer.flow.line)
    writer.blank(lines)
    writer.add(paragraph(None, properties=(element("w:snapToGrid", {"val": "0"}), spacing(max(rest, 1)))))
    writer.flow.block(rest)
    if len(masthead.issuer_mark) == 1:
        writer.add(paragraph(ISSUER_MARK, _mark_run(masthead.issuer_mark[0], size), properties=(spacing(line),)))
    else:
        writer.add(_joint_mark(masthead, size, line))
    writer.flow.block(line * len(masthead.issuer_mark))


def _mark_size(masthead: Masthead) -> int:
    """Return the largest size, in half-points, at which the mark fits one line of the type area."""
    longest = max(cells(name) for name in masthead.issuer_mark)
    if len(masthead.issuer_mark) > 1:
        longest += _SPREAD_CELLS + (_SUFFIX_CELLS if masthead.mark_suffix else 0)
    fitting = int(TYPE_WIDTH / 10 / longest)
    return max(MARK_MIN_SIZE, min(MARK_MAX_SIZE, fitting))


def _mark_run(text: str, size: int) -> Element:
    return run(text, properties=(element("w:sz", {"val": size}), element("w:szCs", {"val": size})))


def _joint_mark(masthead: Masthead, size: int, line: int) -> Element:
    """Return a table without borders: issuers one below the other, 文件 to their right and centred on them."""
    suffix_width = round(_SUFFIX_CELLS * size * 10) if masthead.mark_suffix else 0
    longest = max(cells(name) for name in masthead.issuer_mark)
    name_width = round((longest + _SPREAD_CELLS) * size * 10)
    widths = [name_width, suffix_width] if suffix_width else [name_width]
    made = element(
        "w:tbl",
        None,
        element(
            "w:tblPr",
            None,
            element("w:tblW", {"w": sum(widths), "type": "dxa"}),
            element("w:jc", {"val": "center"}),
            element("w:tblLayout", {"type": "fixed"}),
            cell_margins(0),
        ),
        element("w:tblGrid", None, *(element("w:gridCol", {"w": width}) for width in widths)),
    )
    for n, name in enumerate(masthead.issuer_mark):
        spread = (spacing(line), element("w:jc", {"val": "distribute"}))
        cells_of_row = [_mark_cell(name_width, paragraph(ISSUER_MARK, _mark_run(name, size), properties=spread))]
        if suffix_width:
            text = [_mark_run(masthead.mark_suffix, size)] if n == 0 else []
            merged = element("w:vMerge", {"val": "restart" if n == 0 else "continue"})
            suffix = paragraph(ISSUER_MARK, *text, properties=(spacing(line),))
            cells_of_row.append(_mark_cell(suffix_width, suffix, merged))
        made.append(element("w:tr", None, *cells_of_row))
    return made


def _mark_cell(width: int, content: Element, *merge: Element) -> Element:
    width_element = element("w:tcW", {"w": width, "type": "dxa"})
    return element(
        "w:tc", None, element("w:tcPr", None, width_element, *merge, element("w:vAlign", {"val": "center"})), content
    )


def _write_number(masthead: Masthead, writer: BodyWriter) -> None:
    """Append 发文字号 with the red line, two lines below the mark; 签发人 beside it when given (7.2.5 to 7.2.7)."""
    if masthead.issuer_mark:
        writer.blank()
    *above, last = list(_signatory_rows(masthead)) or [()]
    # The red line adds to its paragraph; the line above gives way, or the first page would lose a line.
    shortened = (element("w:snapToGrid", {"val": "0"}), spacing(writer.flow.line - RULE_EXTRA))
    if masthead.issuer_mark:
        writer.add(paragraph(None, properties=shortened))
    for row in above:
        writer.add(paragraph(SIGNATORY, run("\t"), *row, properties=(_signatory_tabs(masthead),)))
    rule: dict[str, str | int] = {"val": "single", "sz": RULE_SIZE, "space": RULE_GAP, "color": RED}
    border = element("w:pBdr", None, element("w:bottom", rule))
    number = [run(masthead.document_number)] if masthead.document_number else []
    if masthead.signatories:
        # An indent would shorten the red line, so the number's one cell from the left (7.2.5) is a tab stop.
        properties = (border, _signatory_tabs(masthead), element("w:jc", {"val": "left"}))
        writer.add(paragraph(DOCUMENT_NUMBER, run("\t"), *number, *last, properties=properties))
    else:
        writer.add(paragraph(DOCUMENT_NUMBER, *number, properties=(border,)))
    writer.flow.lines(2 + len(above))


def _signatory_rows(masthead: Masthead) -> Iterator[tuple[Element, ...]]:
    """Yield the runs of each row of 签发人: two names a row, the later rows aligned to the first name (7.2.6)."""
    for n in range(0, len(masthead.signatories), 2):
        lead = run(f"\t{_LABEL}") if n == 0 else run("\t\t")
        yield (lead, run("\t".join(masthead.signatories[n : n + 2]), SIGNATORY_NAME))


def _signatory_tabs(masthead: Masthead) -> Element:
    """Return tab stops for the number, the label, and one or two columns of names that end one cell from the right."""
    columns = min(2, len(masthead.signatories))
    name = max(cells(name) for name in masthead.signatories)
    first = CELLS - 1 - name * columns - (columns - 1)
    stops = [first - cells(_LABEL), *(first + n * (name + 1) for n in range(columns))]
    return tab_stops(("left", CELL), *(("left", stop * CELL) for stop in stops))
