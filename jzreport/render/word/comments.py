"""批注 in Word: each stands at the characters that are printed for its place, else where its file begins, else at the title.

Nothing of this is printed; where there is none, a text is one run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from jzreport.document import Annotation, OfficialDocument
from jzreport.render.gbt9704 import ParagraphStyle
from jzreport.render.word.xml import Attributes, Element, element, paragraph, run
from jzreport.text import Run, Text

# Word's own name. Without the style balloons are set on lines of the page's pitch; LibreOffice reads only the run's size.
COMMENT_TEXT = ParagraphStyle("annotation text", size=20, align="left", line=240, line_rule="auto", squeeze=0)
_SIZE: Attributes = {"val": COMMENT_TEXT.size}

_Place = tuple[int, int]  # line and column


class _Piece(NamedTuple):
    """A run that was typed somewhere, and at which character of its text it begins."""

    begin: _Place
    end: _Place
    text: Text
    start: int
    run: Run

    def offset(self, place: _Place) -> int:
        """Return which character of the text stands at a place; one outside gives the nearer end of the run."""
        if place <= self.begin or place >= self.end or not self.run.exact:
            return self.start + (len(self.run.characters) if place > self.begin else 0)
        return self.start + place[1] - self.begin[1]


class _Mark(NamedTuple):
    """An annotation and the characters of a text it stands at."""

    start: int
    end: int
    annotation: Annotation


class _Printed:
    """The pieces of all that is printed, by file and place."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._pieces: dict[str, list[_Piece]] = defaultdict(list)
        for text in texts:
            for file, piece in _pieces(text):
                self._pieces[file].append(piece)
        self.first = {file: pieces[0] for file, pieces in self._pieces.items()}
        for pieces in self._pieces.values():
            pieces.sort(key=lambda piece: piece.begin)
        self._ends = {file: [piece.end for piece in pieces] for file, pieces in self._pieces.items()}

    def at(self, annotation: Annotation) -> list[_Piece]:
        """Return the pieces of one text that are printed for the annotation's place."""
        span, found = annotation.span, list[_Piece]()
        begin, end = span[1:3], max(span[3:], (span.line, span.column + 1))
        pieces, ends = self._pieces.get(span.file, []), self._ends.get(span.file, [])
        for piece in map(pieces.__getitem__, range(bisect_right(ends, begin), len(pieces))):
            if piece.begin >= end or (found and piece.text is not found[0].text):
                break
            if annotation.reference in ("", piece.run.stands_for):
                found.append(piece)
        return found


class Comments:
    """The comments of a document: to be `written` are those whose text was."""

    def __init__(self, document: OfficialDocument) -> None:
        self.written: list[Element] = []
        self._marks: dict[int, list[_Mark]] = defaultdict(list)  # by a text's identity: hashing one takes all its runs
        printed = _Printed(document.texts if document.annotations else ())
        for annotation in document.annotations:
            text, mark = _mark(annotation, printed, document.typed_title)
            self._marks[id(text)].append(mark)

    def runs(self, text: Text, character_style: str = "", before: str = "") -> list[Element]:
        """Return the runs of a text, `before` set in front of it, parted where a comment begins or ends."""
        if not self._marks:
            return [run(before + str(text), character_style)]
        string, shift = before + str(text), len(before)
        starts, ends = defaultdict[int, list[Element]](list), defaultdict[int, list[Element]](list)
        for mark in self._taken(text):
            start, *end = self._comment(mark.annotation)
            starts[mark.start + shift].append(start)
            ends[mark.end + shift].extend(end)
        made = []
        for a, b in pairwise(sorted({0, len(string), *starts, *ends})):
            made += [*starts[a], run(string[a:b], character_style), *ends[b]]
        return made or [run(string, character_style)]

    def around(self, runs: list[Element], typed: Text) -> list[Element]:
        """Return runs that stand for a text as a whole, its comments around them."""
        pairs = [self._comment(mark.annotation) for mark in self._taken(typed)]
        return [*(pair[0] for pair in pairs), *runs, *(end for pair in pairs for end in pair[1:])]

    def _taken(self, text: Text) -> list[_Mark]:
        """Return the marks of a text in order; once only, since a comment has one place."""
        return sorted(self._marks.pop(id(text), ()), key=lambda mark: mark.start)

    def _comment(self, annotation: Annotation) -> tuple[Element, Element, Element]:
        """Return the elements that begin a comment, end it and refer to it, and write it; no date: it is nobody's."""
        number: Attributes = {"id": len(self.written)}
        attributes = {**number, "author": annotation.author, "initials": annotation.author[:1]}
        comment = element("w:comment", attributes, *map(_paragraph, annotation.paragraphs))
        comment[0].insert(1, element("w:r", None, element("w:annotationRef")))
        self.written.append(comment)
        reference = element("w:r", None, element("w:commentReference", number))
        return element("w:commentRangeStart", number), element("w:commentRangeEnd", number), reference


def _paragraph(text: str) -> Element:
    size = (element("w:sz", _SIZE), element("w:szCs", _SIZE))
    return paragraph(COMMENT_TEXT, run(text, properties=size))


def _pieces(text: Text) -> Iterator[tuple[str, _Piece]]:
    start = 0
    for each in text.runs:
        if each.span and each.characters:
            yield each.span.file, _Piece(each.span[1:3], each.span[3:], text, start, each)
        start += len(each.characters)


def _mark(annotation: Annotation, printed: _Printed, title: Text) -> tuple[Text, _Mark]:
    """Return the text an annotation stands at and where: at its place, else the first of its file, else the title."""
    if pieces := printed.at(annotation):
        first, last = pieces[0], pieces[-1]
        return first.text, _Mark(first.offset(annotation.span[1:3]), _end(last, annotation), annotation)
    if piece := printed.first.get(annotation.span.file):
        return piece.text, _Mark(piece.offset(piece.begin), piece.offset(piece.end), annotation)
    return title, _Mark(0, len(title), annotation)


def _end(last: _Piece, annotation: Annotation) -> int:
    return max(last.offset(annotation.span[3:]), last.offset(annotation.span[1:3]) + 1)
