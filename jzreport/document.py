"""The official document: its elements as GB/T 9704-2012 names them, without fonts, sizes or files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple, assert_never

from jzreport.diagnostics import Span
from jzreport.media import Image
from jzreport.text import Text


class Paragraph(NamedTuple):
    """A paragraph of 正文."""

    text: Text


class Heading(NamedTuple):
    """A heading on a line of its own. `rank` decides its face (1 一、 to 4 （1）, 0 a group title), `level` its depth."""

    rank: int
    level: int
    number: str
    text: Text


class RunInParagraph(NamedTuple):
    """A heading and the text that follows it in the same paragraph; the heading ends with its own full stop."""

    rank: int
    number: str
    heading: Text
    text: Text


class Table(NamedTuple):
    """表格: every row has as many cells as the header (empty when the table has none)."""

    caption: Text
    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


class Picture(NamedTuple):
    """图片, with the text read to those who cannot see it."""

    image: Image
    caption: Text
    description: Text


Block = Paragraph | Heading | RunInParagraph | Table | Picture


def texts_of(block: Block) -> Iterator[Text]:
    """Yield all that was typed for a block, in the order printed; the description of a picture stands for it."""
    if isinstance(block, Paragraph | Heading):
        yield block.text
    elif isinstance(block, RunInParagraph):
        yield from (block.heading, block.text)
    elif isinstance(block, Table):
        yield from (block.caption, *block.header)
        yield from (cell for row in block.rows for cell in row)
    elif isinstance(block, Picture):
        yield from (block.description, block.caption)
    else:
        assert_never(block)


class Masthead(NamedTuple):
    """版头 (7.2): all above and with the red line. Several entries of `issuer_mark`: issued jointly."""

    copy_number: str
    classification: str  # 密级和保密期限, as printed: 秘密★1年
    urgency: str
    issuer_mark: tuple[str, ...]
    mark_suffix: str  # 文件, set to the right of several issuers
    document_number: str
    signatories: tuple[str, ...]


class SignOff(NamedTuple):
    """署名, 成文日期 and 用印 (7.3.5)."""

    signatures: tuple[str, ...]
    date: str
    sealed: bool


class Attachment(NamedTuple):
    """附件 (7.3.7), bound with the text: its number (附件1), name as in the 附件说明, title lines, body."""

    label: str
    name: str
    title: tuple[str, ...]
    body: tuple[Block, ...]
    typed_title: Text = Text()


class Colophon(NamedTuple):
    """版记 (7.4)."""

    copies_to: str  # 抄送机关, as printed after 抄送：
    printing_office: str
    printing_date: str


class Annotation(NamedTuple):
    """批注 of the review copy, on what is printed for a place; `reference` tells which of those that have one place."""

    author: str
    span: Span
    paragraphs: tuple[str, ...]
    reference: str = ""


class OfficialDocument(NamedTuple):
    """公文: every element is printed when it is given and leaves nothing when it is not."""

    name: str  # the title on one line: file name and document property
    issuer: str
    date: datetime.date | None
    masthead: Masthead | None
    title: tuple[str, ...]
    addressees: str
    body: tuple[Block, ...]
    closing: str
    sign_off: SignOff | None
    note: str
    attachments: tuple[Attachment, ...]
    colophon: Colophon | None
    web_source: str
    typed_title: Text = Text()
    annotations: tuple[Annotation, ...] = ()  # of the review copy (送审稿); a final document has none

    @property
    def texts(self) -> Iterator[Text]:
        """All that is printed and knows its place, in the order printed."""
        yield self.typed_title
        for block in self.body:
            yield from texts_of(block)
        for attachment in self.attachments:
            yield attachment.typed_title
            for block in attachment.body:
                yield from texts_of(block)

    @property
    def attachment_list(self) -> tuple[tuple[str, str], ...]:
        """附件说明 (7.3.4): number and name of each attachment; a single one has no number."""
        several = len(self.attachments) > 1
        return tuple((f"{n}. " if several else "", a.name) for n, a in enumerate(self.attachments, 1))
