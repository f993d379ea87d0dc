"""What the review copy (送审稿) tells its reader: of each item who wrote it, of each number what it is, what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from jzreport import draft as drafted
from jzreport.diagnostics import Diagnostic, Span, in_reading_order
from jzreport.display.listing import brief
from jzreport.document import Annotation, OfficialDocument
from jzreport.draft import Draft, Item
from jzreport.figures import Figure, difference, share, year_on_year
from jzreport.references import Figures, references
from jzreport.report import Report
from jzreport.text import Run, Text

_OF_DRAFT = "来稿"
_OF_FIGURE = "指标"
_OF_FINDING = "校对"
# What a department has to do in its file; who reads the report has no use for it.
_OF_FILLING = ("F08", "F17")

_Places = Mapping[tuple[str, int], Span]  # by file and line


def review_copy(document: OfficialDocument, report: Report, found: Iterable[Diagnostic]) -> OfficialDocument:
    """Return a document with its annotations: what its report knows of each item and number, and what was found."""
    drafts = {draft.file: draft for node in report.nodes() for draft in node.drafts}
    printed = tuple(_references(document.texts))
    figures = report.figures or {}
    made = (
        *(each for draft in drafts.values() for each in _of_draft(draft)),
        *_of_figures(printed, figures, drafts),
        *_of_findings(found, _printed_instead(report, printed, figures)),
    )
    safe = tuple(each._replace(paragraphs=tuple(map(brief, each.paragraphs))) for each in made)
    return document._replace(annotations=safe)


def _of_draft(draft: Draft) -> Iterator[Annotation]:
    if place := _first(draft.body):
        yield _provenance(draft, place, _typed_at(draft.body[0]))
    for item in draft.items:
        yield from _of_item(item, draft)


def _of_item(item: Item, draft: Draft) -> Iterator[Annotation]:
    title = item.title.span() if item.title else None
    typed_at = title or (_typed_at(item.body[0]) if item.body else item.span)
    yield _provenance(draft, title or _first(item.body) or item.span, typed_at)
    for child in item.items:
        yield from _of_item(child, draft)


def _provenance(draft: Draft, place: Span, typed_at: Span) -> Annotation:
    return Annotation(_OF_DRAFT, place, (f"{draft.department}，{_told(typed_at._replace(file=draft.file))}",))


def _first(blocks: Iterable[drafted.Block]) -> Span | None:
    """Return where the first words of some blocks stand: nobody reads well what is marked from end to end."""
    runs = (run for block in blocks for text in _texts(block) for run in text.runs if run.span and run.characters)
    run = next(runs, None)
    return run.place(0, len(re.split("(?<=.)[，。；：]", run.characters)[0])) if run else None


def _texts(block: drafted.Block) -> Iterator[Text]:
    if isinstance(block, drafted.Paragraph):
        yield block.text
    elif isinstance(block, drafted.Picture):
        yield block.description
    elif isinstance(block, drafted.Table):
        yield from (cell for row in ((block.caption or Text(),), block.header, *block.rows) for cell in row)
    else:
        assert_never(block)


def _typed_at(block: drafted.Block) -> Span:
    return (block.text.span() or Span("")) if isinstance(block, drafted.Paragraph) else block.span


def _references(texts: Iterable[Text]) -> Iterator[tuple[Run, str]]:
    """Yield the runs printed for a reference and the name of its figure; one that was cut in two only once.

    A unit alone is no number: of a table that gives it a column, each row would say the same once more.
    """
    for text in texts:
        before = None
        for run in text.runs:
            if run.stands_for and (run.span, run.stands_for) != before:
                asked = references(Text.made(run.stands_for))
                yield from ((run, reference.name) for reference in asked if reference.attribute != "单位")
            before = (run.span, run.stands_for)


def _of_figures(
    printed: Iterable[tuple[Run, str]], figures: Figures, drafts: Mapping[str, Draft]
) -> Iterator[Annotation]:
    for run, name in printed:
        figure = figures.get(name)
        if figure and run.span:
            told = tuple(_figure(figure, figures, drafts.get(figure.span.file)))
            yield Annotation(_OF_FIGURE, run.span, told, run.stands_for)


def _figure(figure: Figure, figures: Figures, draft: Draft | None) -> Iterator[str]:
    """Yield value and change, what it is a share of, definition and source, and who stated it where."""
    yield f"{figure.name}：{figure.value}{_change(figure)}。"
    whole = figures.get(str(figure.whole)) if figure.whole else None
    if whole and (part := share(figure.value, whole.value)):
        yield f"占“{whole.name}”（{whole.value}）的{part}。"
    labelled = (("口径", figure.definition), ("来源", figure.source))
    if told := "".join(f"{label}：{text.rstrip('。')}。" for label, text in labelled if text):
        yield told
    yield f"{draft.department}，{_told(figure.span)}" if draft else _told(figure.span)


def _change(figure: Figure) -> str:
    if figure.previous is None:
        return ""
    changes = (year_on_year(figure.value, figure.previous), difference(figure.value, figure.previous))
    return "，".join(("", f"上年{figure.previous}", *dict.fromkeys(change for change in changes if change)))


def _of_findings(found: Iterable[Diagnostic], instead: _Places) -> Iterator[Annotation]:
    for finding in in_reading_order([each for each in found if each.rule.code not in _OF_FILLING]):
        place = instead.get(finding.span[:2], finding.span)
        yield Annotation(_OF_FINDING, place, tuple(_finding(finding)))


def _finding(finding: Diagnostic) -> Iterator[str]:
    yield f"{finding.rule.severity.value} {finding.rule.code}：{finding.message}"
    if finding.hint:
        yield f"改法：{finding.hint}"
    yield from (f"另见：{_told(place)}，{what}" for place, what in finding.related)
    yield _told(finding.span)


def _printed_instead(report: Report, printed: Iterable[tuple[Run, str]], figures: Figures) -> _Places:
    """Return what is printed for lines that are not: for the key of a node its title, for a figure its first reference."""
    places: dict[tuple[str, int], Span] = {}
    for node in report.nodes():
        if node.title and (title := node.title.span()):
            places.setdefault(node.span[:2], title)
    for run, name in printed:
        if run.span and (figure := figures.get(name)):
            values = (quantity.text.span() for quantity in (figure.value, figure.previous) if quantity)
            for span in (figure.span, *values):
                places.setdefault(span[:2] if span else ("", 0), run.span)
    return places


def _told(span: Span) -> str:
    return f"{span.file} 第{span.line}行" if span.line else span.file
