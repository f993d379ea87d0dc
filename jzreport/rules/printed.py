"""What stands before and behind titles on paper: asked only of drafts whose titles look numbered or end with a mark."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.compose import body_of
from jzreport.diagnostics import Span
from jzreport.document import Block, Heading, Paragraph, RunInParagraph
from jzreport.report import Report
from jzreport.text import Text


def unnumbered(report: Report) -> set[Span | None]:
    """Return where the headings stand that the program gives no number."""
    blocks = _printed(report)
    return {block.text.span() for block in blocks if isinstance(block, Heading) and not block.number}


def run_in(report: Report) -> set[Span | None]:
    """Return where the headings stand that a text follows in the same paragraph."""
    return {block.heading.span() for block in _printed(report) if isinstance(block, RunInParagraph)}


def numbered(report: Report) -> Iterator[tuple[str, Text]]:
    """Yield the paragraphs that the program begins with a number: the number, the text as typed."""
    for block in _printed(report):
        if isinstance(block, Paragraph) and block.text and block.text.runs[0].span is None:
            number = block.text.runs[0].characters
            yield number, block.text[len(number) :]


def _printed(report: Report) -> Iterator[Block]:
    for root in (report.root, *report.attachments):
        yield from body_of(root)
