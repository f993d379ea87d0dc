"""The official document as plain text: one paragraph a line, for web editors and for comparing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from jzreport.document import Attachment, Block, Heading, OfficialDocument, Paragraph, Picture, RunInParagraph, Table


def render(document: OfficialDocument) -> str:
    """Return the whole document, elements parted by a blank line, ending with a line end."""
    elements = (element for element in _elements(document) if element)
    return "\n\n".join("\n".join(element) for element in elements) + "\n"


def body_lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the lines of a body, numbers included."""
    for block in blocks:
        yield from _block(block)


def _elements(document: OfficialDocument) -> Iterator[list[str]]:
    if masthead := document.masthead:
        yield [line for line in (masthead.copy_number, masthead.classification, masthead.urgency) if line]
        yield [*masthead.issuer_mark[:-1], *(mark + masthead.mark_suffix for mark in masthead.issuer_mark[-1:])]
        signatories = "　".join(masthead.signatories)
        yield [line for line in (masthead.document_number, signatories and f"签发人：{signatories}") if line]
    yield list(document.title)
    body = [f"{document.addressees}："] if document.addressees else []
    yield [*body, *body_lines(document.body), *([document.closing] if document.closing else [])]
    yield [("附件：" if n == 0 else "") + number + name for n, (number, name) in enumerate(document.attachment_list)]
    if sign_off := document.sign_off:
        yield [line for line in (*sign_off.signatures, sign_off.date) if line]
    yield [f"（{document.note}）"] if document.note else []
    for attachment in document.attachments:
        yield from _attachment(attachment)
    if colophon := document.colophon:
        printing = "　".join(part for part in (colophon.printing_office, colophon.printing_date) if part)
        yield [line for line in (colophon.copies_to and f"抄送：{colophon.copies_to}", printing) if line]
    yield [f"来源：{document.web_source}"] if document.web_source else []


def _attachment(attachment: Attachment) -> Iterator[list[str]]:
    yield [attachment.label]
    yield list(attachment.title)
    yield list(body_lines(attachment.body))


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield str(block.text)
    elif isinstance(block, Heading):
        yield block.number + str(block.text)
    elif isinstance(block, RunInParagraph):
        yield block.number + str(block.heading) + str(block.text)
    elif isinstance(block, Table):
        yield from [str(block.caption)] if block.caption else []
        yield from ("\t".join(map(str, row)) for row in (block.header, *block.rows) if row)
    elif isinstance(block, Picture):
        yield f"[图片：{block.caption or block.description}]"
    else:
        assert_never(block)
