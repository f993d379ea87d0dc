"""版头 in Word (GB/T 9704-2012 7.2): all above and with the red line."""

from __future__ import annotations

from typing import NamedTuple

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
_NUMBER_LINES = 5  # two blank lines, 发文字号, two blank lines
_MARK_LINE = 1.2  # height of a line of the mark, in its own size
_MARK_INK = 0.14  # from the top of that line to the top of the characters, in its own size
_SUFFIX_CELLS = 2.4  # room for 文件 beside several issuers, in characters of the mark
_SPREAD_CELLS = 0.5  # room for the longest of several issuers to be spread over its line without wrapping


def write_masthead(masthead: Masthead, writer: BodyWriter, lines_below: int) -> None:
    """Append the head of the document, down to and with the two blank lines before the title.

    `lines_below` must still find room on the first page.
    """
    written = _write_top_left(masthead, writer)
    if masthead.issuer_mark:
        _write_mark(masthead, writer, written, lines_below + _NUMBER_LINES + len(masthead.signatories) // 2)
    has_rule = bool(masthead.issuer_mark or masthead.document_number or masthead.signatories)
    if has_rule:
        _write_number(masthead, writer)
    if has_rule and not masthead.issuer_mark:
        writer.add(_shortened_line(writer))
        writer.flow.lines()
        writer.blank()
    else:
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


def _write_mark(masthead: Masthead, writer: BodyWriter, written: int, lines_below: int) -> None:
    """Append 发文机关标志, its upper edge 35 mm below that of the type area (7.2.4)."""
    size = _mark_size(masthead, writer.flow.height - MARK_TOP - lines_below * writer.flow.line)
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


def _mark_size(masthead: Masthead, height: int) -> int:
    """Return the largest size, in half-points, at which each issuer fits one line and all of them that height."""
    longest = max(cells(name) for name in masthead.issuer_mark)
    if len(masthead.issuer_mark) > 1:
        longest += _SPREAD_CELLS + (_SUFFIX_CELLS if masthead.mark_suffix else 0)
    fitting = int(min(TYPE_WIDTH / longest, height / _MARK_LINE / len(masthead.issuer_mark)) / 10)
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
    signatories = _signatories(masthead)
    rows = signatories.runs()
    above, beside = (rows[:-1], rows[-1:]) if signatories.leaves_room_for(masthead.document_number) else (rows, [])
    if masthead.issuer_mark:
        writer.blank()
        writer.add(_shortened_line(writer))
    for row in above:
        writer.add(paragraph(SIGNATORY, run("\t"), *row, properties=(signatories.tab_stops(),)))
    number = [run(masthead.document_number)] if masthead.document_number else []
    rule: dict[str, str | int] = {"val": "single", "sz": RULE_SIZE, "space": RULE_GAP, "color": RED}
    border = element("w:pBdr", None, element("w:bottom", rule))
    if masthead.signatories:
        # An indent would shorten the red line, so the number's one cell from the left (7.2.5) is a tab stop.
        properties = (border, signatories.tab_stops(), element("w:jc", {"val": "left"}))
        pieces = [piece for row in beside for piece in row]
        writer.add(paragraph(DOCUMENT_NUMBER, run("\t"), *number, *pieces, properties=properties))
    else:
        writer.add(paragraph(DOCUMENT_NUMBER, *number, properties=(border,)))
    writer.flow.lines(1 + len(above) + (1 if masthead.issuer_mark else 0))


def _shortened_line(writer: BodyWriter) -> Element:
    """Return the blank line that gives way to what the red line adds, or the first page would lose a line."""
    height = spacing(writer.flow.line - RULE_EXTRA)
    return paragraph(None, properties=(element("w:snapToGrid", {"val": "0"}), height))


class _Signatories(NamedTuple):
    """签发人 set in columns, two names a row, that end one cell from the right (7.2.6); `stops` in cells."""

    names: tuple[str, ...]
    columns: int
    stops: tuple[float, ...]  # of the label and of each column

    def leaves_room_for(self, number: str) -> bool:
        """Whether 发文字号, one cell from the left, ends at least a cell before the label."""
        return not self.names or self.stops[0] >= cells(number) + 2

    def runs(self) -> list[tuple[Element, ...]]:
        """Return the runs of each row, from the stop of the number on; later rows are aligned to the first name."""
        rows = [self.names[n : n + self.columns] for n in range(0, len(self.names), self.columns)]
        leads = ["\t" + _LABEL, *["\t\t"] * len(rows)]
        return [(run(lead), run("\t".join(row), SIGNATORY_NAME)) for lead, row in zip(leads, rows, strict=False)]

    def tab_stops(self) -> Element:
        """Return the tab stops of the number, the label and the columns."""
        return tab_stops(("left", CELL), *(("left", stop * CELL) for stop in self.stops))


def _signatories(masthead: Masthead) -> _Signatories:
    """Return the signatories two a row, or one a row where the names would run into the number."""
    layouts = [_in_columns(masthead.signatories, columns) for columns in (2, 1)]
    return next((layout for layout in layouts if layout.leaves_room_for(masthead.document_number)), layouts[-1])


def _in_columns(names: tuple[str, ...], columns: int) -> _Signatories:
    columns = max(1, min(columns, len(names)))
    widths = [max(map(cells, names[n::columns]), default=0.0) for n in range(columns)]
    first = CELLS - 1 - sum(widths) - (columns - 1)
    starts = [first + sum(widths[:n]) + n for n in range(columns)]
    return _Signatories(names, columns, (max(1.0, first - cells(_LABEL)), *starts))
