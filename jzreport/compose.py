"""Compose the official document from an assembled report: numbering, run-in headings, title lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import assert_never

from jzreport import draft as drafted
from jzreport.chinese import format_date
from jzreport.document import (
    Attachment,
    Block,
    Colophon,
    Heading,
    Masthead,
    OfficialDocument,
    Paragraph,
    Picture,
    RunInParagraph,
    SignOff,
    Table,
)
from jzreport.draft import Item
from jzreport.house import House
from jzreport.numbering import BY_DEPTH, NumberingStyle
from jzreport.report import Node, Promise, Report, headed
from jzreport.text import Text
from jzreport.titles import break_title

_PROMISES = "上年承诺落实情况"
_SENTENCE_ENDS = tuple("。！？：；…")
_ENCLOSED = r"[（(](?P<inner>(?:[^（）()]|[（(][^（）()]*[）)])*)[）)]"


def compose(report: Report, house: House) -> OfficialDocument:
    """Return the document that is printed for a report whose drafts are assembled."""
    return OfficialDocument(
        name="".join(map(str, report.title)),
        issuer="、".join(report.issuers),
        date=report.document_date,
        masthead=_masthead(report),
        title=_title_lines("\n".join(map(str, report.title)), house),
        addressees=report.addressees.rstrip("：:"),
        body=body_of(report.root),
        closing=report.closing,
        sign_off=_sign_off(report),
        note=_without_brackets(report.note),
        attachments=_attachments(report, house),
        colophon=_colophon(report),
        web_source=report.web_source,
        typed_title=Text.join(report.title),
    )


def body_of(root: Node) -> tuple[Block, ...]:
    """Return the blocks printed for a node whose own title is set elsewhere (the report's, an attachment's)."""
    body = _Body()
    body.add_contents(root)
    body.add_below(root, depth=0, level=1, before=0)
    return tuple(body.blocks)


class _Body:
    """The blocks so far."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def add_below(self, parent: Node | Item, depth: int, level: int, before: int) -> int:
        """Add all below a node or item, numbered on from `before`; return the last number given.

        `depth` is the rank of the numbered heading above (the style below it follows), `level` counts all headings.
        """
        style = parent.numbering or BY_DEPTH[min(depth, len(BY_DEPTH) - 1)]
        runs_in = style.runs_in if parent.run_in is None else parent.run_in
        number, last_below = before, 0
        for child in headed(parent):
            start = last_below if isinstance(child, Node) and child.continued else 0
            if isinstance(child, Node) and child.title is None:
                self.add_contents(child)
                last_below = self.add_below(child, depth, level, start)
                continue
            number += 1
            self._add_headed(child, style, number, level, runs_in)
            deeper = depth if style is NumberingStyle.NONE else max(depth + 1, style.rank)
            last_below = self.add_below(child, deeper, level + 1, start)
        return number

    def add_contents(self, node: Node) -> None:
        """Add the text that stands directly under a node."""
        for draft in node.drafts:
            self._add_blocks(draft.body)

    def _add_headed(self, child: Node | Item, style: NumberingStyle, n: int, level: int, runs_in: bool) -> None:
        number = style.number(n)
        body = [block for draft in child.drafts for block in draft.body] if isinstance(child, Node) else [*child.body]
        first = body[0].text if body and isinstance(body[0], drafted.Paragraph) else None
        title = child.title
        if title is None:
            self.blocks.append(Paragraph(Text.made(number) + (first or Text())))
        elif runs_in and (first or not (body or headed(child))):
            self.blocks.append(RunInParagraph(style.rank, number, _closed(title), first or Text()))
        else:
            self.blocks.append(Heading(style.rank, level, number, title))
            first = None
        self._add_blocks(tuple(body[1:] if first else body))

    def _add_blocks(self, blocks: tuple[drafted.Block, ...]) -> None:
        self.blocks.extend(made for block in blocks if (made := _block(block)))


def _closed(title: Text) -> Text:
    """Return a run-in heading with the full stop that parts it from its text."""
    return title if str(title).endswith(_SENTENCE_ENDS) else title + Text.made("。")


def _block(block: drafted.Block) -> Block | None:
    if isinstance(block, drafted.Paragraph):
        return Paragraph(block.text)
    if isinstance(block, drafted.Table):
        return Table(block.caption or Text(), block.header, block.rows)
    if isinstance(block, drafted.Picture):
        return Picture(block.image, block.caption or Text(), block.description) if block.image else None
    assert_never(block)


def _without_brackets(note: str) -> str:
    """Return a note without the brackets around the whole of it, which are printed anyway; brackets within stay."""
    enclosed = re.fullmatch(_ENCLOSED, note)
    return enclosed["inner"] if enclosed else note


def _title_lines(title: str, house: House) -> tuple[str, ...]:
    # Twenty cells fill the line to half a per cent, and in many faces a digit is wider than half a cell.
    capacity = 19 if any(character.isdecimal() for character in title) else 20
    return break_title(title, house.title_words, capacity)


def _masthead(report: Report) -> Masthead | None:
    mark, suffix = report.issuer_mark, ""
    if len(mark) > 1 and mark[-1] == "文件":
        mark, suffix = (mark[:-1], "文件") if len(mark) > 2 else (("".join(mark),), "")
    secret = "★".join(part for part in (report.classification, report.secrecy_period) if part)
    masthead = Masthead(
        copy_number=report.copy_number,
        classification=secret,
        urgency=report.urgency,
        issuer_mark=mark,
        mark_suffix=suffix,
        document_number=report.document_number,
        signatories=report.signatories,
    )
    return masthead if masthead != _EMPTY_MASTHEAD else None


_EMPTY_MASTHEAD = Masthead("", "", "", (), "", "", ())


def _sign_off(report: Report) -> SignOff | None:
    if not (report.signatures or report.document_date):
        return None
    date = format_date(report.document_date) if report.document_date else ""
    return SignOff(report.signatures, date, report.sealed)


def _attachments(report: Report, house: House) -> tuple[Attachment, ...]:
    contents = [(node.title or Text.made(node.key), body_of(node)) for node in report.attachments]
    if report.prints_promises and report.promises:
        contents.append((Text.made(_PROMISES), (_fulfilment(report),)))
    several = len(contents) > 1
    return tuple(
        Attachment(
            label=f"附件{n}" if several else "附件",
            name=str(title),
            title=_title_lines(str(title), house),
            body=body,
            typed_title=title,
        )
        for n, (title, body) in enumerate(contents, 1)
    )


def _fulfilment(report: Report) -> Table:
    """Return what became of last year's promises as a table; without an explanation it names where the report tells."""
    titles = {node.key: node.name for node in report.nodes()}
    header = tuple(Text.made(name) for name in ("序号", "承诺内容", "责任单位", "落实情况", "说明"))
    rows = tuple(
        (
            Text.made(str(n)),
            promise.content,
            Text.standing_for("、".join(promise.departments), promise.span),
            Text.standing_for(promise.answer, promise.span),
            promise.explanation or _seen(promise, titles),
        )
        for n, promise in enumerate(report.promises, 1)
    )
    return Table(Text(), header, rows)


def _seen(promise: Promise, titles: Mapping[str, str]) -> Text:
    places = "”“".join(titles.get(str(name), str(name)) for name in promise.shown_in)
    return Text.standing_for(f"见“{places}”", promise.span) if places else Text()


def _colophon(report: Report) -> Colophon | None:
    copies = "，".join(name.strip("，。；") for name in report.copies_to)
    date = f"{format_date(report.printing_date)}印发" if report.printing_date else ""
    colophon = Colophon(f"{copies}。" if copies else "", report.printing_office, date)
    return colophon if colophon != Colophon("", "", "") else None
