"""What follows the text in Word: 结语, 附件说明, 署名 and 成文日期, 附注 (GB/T 9704-2012 7.3.4 to 7.3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jzreport.chinese import cells
from jzreport.document import OfficialDocument, SignOff
from jzreport.render.gbt9704 import (
    ATTACHMENT_LIST,
    BODY,
    CELL,
    CELLS,
    DOCUMENT_DATE,
    NOTE,
    SEAL_BLANK_LINES,
    SEAL_ROW_LINES,
    SEALED_RIGHT_CELLS,
    SIGNATURE,
    UNSEALED_RIGHT_CELLS,
    ParagraphStyle,
)
from jzreport.render.word.body import BodyWriter
from jzreport.render.word.flow import count_lines
from jzreport.render.word.xml import Element, element, indent, keep_with_next, paragraph, run, tab_stops

_LIST_LABEL = "附件："


class _Made(NamedTuple):
    """A paragraph and the lines it takes."""

    paragraph: Element
    lines: int = 1


def write_closing(document: OfficialDocument, writer: BodyWriter) -> None:
    """Append what stands between the last paragraph of the text and the attachments."""
    if document.closing:
        writer.add(paragraph(BODY, run(document.closing)))
        writer.flow.text(document.closing, BODY.first_line)
    _write_together([*_attachment_list(document.attachment_list), *_sign_off(document.sign_off)], writer)
    if document.note:
        writer.add(paragraph(NOTE, run(f"（{document.note}）")))
        writer.flow.text(f"（{document.note}）", NOTE.first_line)


def _write_together(made: list[_Made], writer: BodyWriter) -> None:
    """Append paragraphs that share a page, with text above them when they have to go to the next one.

    A signature never stands alone on a page. The paragraph above is only held where a page may end near by (the
    estimate may be a line off): LibreOffice moves it as a whole, which leaves a gap.
    """
    needed = sum(one.lines for one in made) * writer.flow.line
    if not (writer.flow.line < writer.flow.used and needed + writer.flow.line <= writer.flow.left):
        writer.keep_last_with_next()
    for one in made[:-1]:
        keep_with_next(one.paragraph)
    for one in made:
        writer.add(one.paragraph)
        writer.flow.lines(one.lines)


def _attachment_list(entries: tuple[tuple[str, str], ...]) -> Iterator[_Made]:
    """Yield 附件说明: one blank line below the text, two cells in, names aligned when they wrap (7.3.4)."""
    yield from _blank(1 if entries else 0)
    label = cells(_LIST_LABEL)
    for n, (number, name) in enumerate(entries):
        room = max(cells(entry[0]) for entry in entries)
        left = BODY.first_line + label + room
        hanging = room if n else label + room
        text = ("" if n else _LIST_LABEL) + number.strip() + ("\t" if number else "") + name
        # The name starts at a tab stop on the hanging indent, whatever the width of the number.
        properties = (indent(left, cell=CELL, hanging=hanging),)
        yield _Made(paragraph(ATTACHMENT_LIST, run(text), properties=properties), count_lines(name, width=CELLS - left))


def _sign_off(sign_off: SignOff | None) -> Iterator[_Made]:
    if sign_off:
        yield from _sealed(sign_off) if sign_off.sealed else _unsealed(sign_off)


def _unsealed(sign_off: SignOff) -> Iterator[_Made]:
    """Yield signatures and date without seal, one blank line below the text (7.3.5.2).

    The signature ends two cells from the right, the date starts two cells right of it; a date that would stick out
    ends two cells from the right itself and the signature moves left. Several issuers stand one below the other.
    """
    yield from _blank(1)
    width = max((cells(name) for name in sign_off.signatures), default=0.0)
    date = cells(sign_off.date)
    start = CELLS - UNSEALED_RIGHT_CELLS - max(width, date + 2 if date > width else 0)
    date_start = start + 2 if sign_off.signatures else CELLS - UNSEALED_RIGHT_CELLS - date
    for name in sign_off.signatures:
        yield _line(SIGNATURE, name, CELLS - start - cells(name))
    if sign_off.date:
        yield _line(DOCUMENT_DATE, sign_off.date, CELLS - date_start - date)


def _sealed(sign_off: SignOff) -> Iterator[_Made]:
    """Yield signatures and date with room for seals (7.3.5.1).

    The date ends four cells from the right, the last signature is centred over it; several issuers stand in rows,
    each where its own seal goes.
    """
    yield from _blank(SEAL_BLANK_LINES)
    date = cells(sign_off.date)
    last = cells(sign_off.signatures[-1]) if sign_off.signatures else 0.0
    # A long name would leave the type area on the right: then name and date move left together.
    right = max(float(SEALED_RIGHT_CELLS), (last - date) / 2)
    centre = CELLS - right - date / 2
    for n, row in enumerate(_rows(sign_off.signatures)):
        yield from _blank(SEAL_ROW_LINES - 1 if n else 0)
        yield _seal_row(row, centre)
    if sign_off.date:
        yield _line(DOCUMENT_DATE, sign_off.date, right)


def _seal_row(row: tuple[str, ...], centre: float) -> _Made:
    if len(row) == 1:
        return _line(SIGNATURE, row[0], CELLS - centre - cells(row[0]) / 2)
    # The last stands over the date (or where it will be), the others share the rest of the line.
    pitch = (centre - max(cells(row[0]) / 2, 4.0)) / (len(row) - 1)
    stops = [("center", (centre - pitch * (len(row) - 1 - n)) * CELL) for n in range(len(row))]
    text = "".join(f"\t{name}" for name in row)
    properties = (tab_stops(*stops), element("w:jc", {"val": "left"}))
    return _Made(paragraph(SIGNATURE, run(text), properties=properties))


def _rows(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the issuers in rows as full as names and seals (42 mm, eight cells) allow: three, two or one."""
    longest = max((cells(name) for name in names), default=0.0)
    per_row = 3 if longest <= 8 else 2 if longest <= 12 else 1
    return [names[n : n + per_row] for n in range(0, len(names), per_row)]


def _line(style: ParagraphStyle, text: str, right: float) -> _Made:
    return _Made(paragraph(style, run(text), properties=(indent(right=max(right, 0.0), cell=CELL),)))


def _blank(count: int) -> Iterator[_Made]:
    for _ in range(count):
        yield _Made(paragraph(None))
