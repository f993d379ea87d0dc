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
    JOINT_SEAL_BLANK_LINES,
    NOTE,
    SEAL_BLANK_LINES,
    SEAL_CELLS,
    SEAL_ROW_LINES,
    SEALED_RIGHT_CELLS,
    SIGNATURE,
    SIGNATURE_MAX_CELLS,
    UNSEALED_RIGHT_CELLS,
    ParagraphStyle,
)
from jzreport.render.word.body import BodyWriter
from jzreport.render.word.flow import count_lines
from jzreport.render.word.xml import Element, element, indent, keep_with_next, paragraph, run, tab_stops
from jzreport.titles import break_title

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
    entries = list(_attachment_list(document.attachment_list))
    if entries:
        _hold_text_above(entries[:2], writer)
        keep_with_next(entries[0].paragraph)
        _write(entries, writer)
    ending = [*_sign_off(document.sign_off), *_note(document.note)]
    if ending:
        _hold_text_above(ending, writer)
        for made in ending[:-1]:
            keep_with_next(made.paragraph)
        _write(ending, writer)


def _hold_text_above(made: list[_Made], writer: BodyWriter) -> None:
    """Keep what stands above with paragraphs that may go to the next page: a signature never stands there alone.

    Only where a page may end near by (the estimate may be a line off): LibreOffice moves the paragraph above as a whole,
    which leaves a gap.
    """
    needed = sum(one.lines for one in made) * writer.flow.line
    if writer.flow.used <= writer.flow.line or needed + writer.flow.line > writer.flow.left:
        writer.keep_last_with_next()
    if needed > writer.flow.left and writer.flow.last + needed <= writer.flow.height:
        writer.flow.hold_last()


def _write(made: list[_Made], writer: BodyWriter) -> None:
    for one in made:
        writer.add(one.paragraph)
        writer.flow.lines(one.lines)


def _note(note: str) -> Iterator[_Made]:
    """Yield 附注: two cells in, in brackets (7.3.6)."""
    if note:
        text = f"（{note}）"
        yield _Made(paragraph(NOTE, run(text)), count_lines(text, NOTE.first_line))


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
    names = _broken(sign_off.signatures)
    width = max((cells(name) for name in names), default=0.0)
    date = cells(sign_off.date)
    start = CELLS - UNSEALED_RIGHT_CELLS - max(width, date + 2 if date > width else 0)
    date_start = start + 2 if names else CELLS - UNSEALED_RIGHT_CELLS - date
    for name in names:
        yield _line(SIGNATURE, name, CELLS - start - cells(name))
    if sign_off.date:
        yield _line(DOCUMENT_DATE, sign_off.date, CELLS - date_start - date)


def _sealed(sign_off: SignOff) -> Iterator[_Made]:
    """Yield signatures and date with room for seals (7.3.5.1).

    The date ends four cells from the right, the last signature is centred over it; several issuers stand in rows,
    each where its own seal goes.
    """
    is_joint = len(sign_off.signatures) > 1
    yield from _blank(JOINT_SEAL_BLANK_LINES if is_joint else SEAL_BLANK_LINES)
    date = cells(sign_off.date)
    rows = _rows(sign_off.signatures) if is_joint else [(line,) for line in _broken(sign_off.signatures)]
    last = cells(rows[-1][-1]) if rows else 0.0
    # A long name would leave the type area on the right: then name and date move left together.
    right = max(float(SEALED_RIGHT_CELLS), (last - date) / 2)
    centre = CELLS - right - date / 2
    for n, row in enumerate(rows):
        yield from _blank(SEAL_ROW_LINES - 1 if n and is_joint else 0)
        yield _seal_row(row, centre)
    if sign_off.date:
        yield _line(DOCUMENT_DATE, sign_off.date, right)


def _seal_row(row: tuple[str, ...], centre: float) -> _Made:
    if len(row) == 1:
        return _line(SIGNATURE, row[0], CELLS - centre - cells(row[0]) / 2)
    # The last stands over the date (or where it will be), the others share the rest of the line.
    pitch = (centre - max(cells(row[0]), SEAL_CELLS) / 2) / (len(row) - 1)
    stops = [("center", (centre - pitch * (len(row) - 1 - n)) * CELL) for n in range(len(row))]
    text = "".join(f"\t{name}" for name in row)
    properties = (tab_stops(*stops), element("w:jc", {"val": "left"}))
    return _Made(paragraph(SIGNATURE, run(text), properties=properties))


def _rows(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the issuers in rows as full as names and seals allow: three, two or one."""
    longest = max((cells(name) for name in names), default=0.0)
    per_row = 3 if longest <= 8 else 2 if longest <= 12 else 1
    return [names[n : n + per_row] for n in range(0, len(names), per_row)]


def _broken(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names, one that is too long for its place broken into lines as a title is."""
    return tuple(line for name in names for line in break_title(name, capacity=SIGNATURE_MAX_CELLS))


def _line(style: ParagraphStyle, text: str, right: float) -> _Made:
    return _Made(paragraph(style, run(text), properties=(indent(right=max(right, 0.0), cell=CELL),)))


def _blank(count: int) -> Iterator[_Made]:
    for _ in range(count):
        yield _Made(paragraph(None))
