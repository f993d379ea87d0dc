"""Drafts (来稿): what one department hands in for one section, and the blocks its text is made of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from jzreport import swallowed
from jzreport.chinese import closest, join_lines
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.encoding import TOO_LARGE
from jzreport.fields import BLANK, MISTYPED, Problems, wrong
from jzreport.figures import Figure, read_figures
from jzreport.keys import BlockKeys, ContentKeys, DraftKeys, ItemKeys, PictureKeys, TableKeys, WaiverKeys
from jzreport.media import Image, read_csv, read_image
from jzreport.nodes import Mapping as Entries
from jzreport.nodes import Node, Scalar, Sequence
from jzreport.numbering import NumberingStyle
from jzreport.tables import check_shape
from jzreport.text import Text

HOLLOW = Rule("S08", "条目没有内容")

# Of a file: a whole report has a tenth of the texts and a quarter of the characters.
MAX_TEXTS = 3_000
MAX_CELLS = 12_000
MAX_CHARACTERS = 200_000
# What a new year's draft holds where its text is to be written; beside text that was written, S17 tells of it.
_HINT = re.compile(r"【请填写[^【】，。；：]{0,30}】")


class Paragraph(NamedTuple):
    """One paragraph of text, its lines joined."""

    text: Text


class Table(NamedTuple):
    """表格: cells as typed, or `file`, a CSV whose first row is the header."""

    caption: Text | None
    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    file: Text | None
    span: Span


class Picture(NamedTuple):
    """图片: the file as typed, from the year's folder; `image` is None until it has been read."""

    file: Text
    caption: Text | None
    description: Text
    span: Span
    image: Image | None = None


Block = Paragraph | Table | Picture


class Item(NamedTuple):
    """条目: a title, text and further items, at least one of them."""

    title: Text | None
    body: tuple[Block, ...]
    items: tuple[Item, ...]
    span: Span
    place: int | None = None
    numbering: NumberingStyle | None = None
    run_in: bool | None = None


class Waiver(NamedTuple):
    """豁免: the finding of rule `code` at the words `quote` is known and stays, for `reason`."""

    code: str
    quote: str
    reason: str
    span: Span


class Draft(NamedTuple):
    """来稿: text, items and figures of one department for the node `node_key`."""

    file: str
    node_key: Text
    department: Text
    body: tuple[Block, ...] = ()
    items: tuple[Item, ...] = ()
    figures: tuple[Figure, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    is_bare: bool = False  # neither text nor figures were typed, readable or not
    date: datetime.date | None = None


def read_draft(node: Node, problems: Problems) -> Draft | None:
    """Return the draft a file holds; None when it cannot be told to which node or department it belongs."""
    record = DraftKeys(node, problems)
    body, items = _content(record, problems)
    figures = read_figures(record.figures or (), problems)
    waivers = read_waivers(record.waivers or ())
    department = record.department
    if department is None and DraftKeys.department.key in record.left_blank():
        department = Text()  # still to be filled in
    if record.node_key is None or department is None:
        return None
    is_bare = record.lacks(DraftKeys.body) and record.lacks(DraftKeys.items) and record.lacks(DraftKeys.figures)
    draft = Draft(node.span.file, record.node_key, department, body, items, figures, waivers, is_bare, record.date)
    if too_large := _too_large(draft):
        problems.append(too_large)
        return None
    return draft


def _too_large(draft: Draft) -> Diagnostic | None:
    """Return the finding for more than anybody can have written: every rule looks at every text of it."""
    texts, cells = (tuple(_texts(draft, cells=cells)) for cells in (False, True))
    characters = sum(map(len, (*texts, *cells)))
    if len(texts) > MAX_TEXTS:
        message = f"来稿的段落和标题有{len(texts)}个，超过{MAX_TEXTS}个。"
    elif len(cells) > MAX_CELLS:
        message = f"来稿的表格有{len(cells)}格，超过{MAX_CELLS}格。"
    elif characters > MAX_CHARACTERS:
        message = f"来稿有{characters}字，超过{MAX_CHARACTERS}字。"
    else:
        return None
    return Diagnostic(TOO_LARGE, Span(draft.file), message, "请核对有没有贴错内容；确实这么长的，请拆成几个文件。")


def _texts(parent: Draft | Item, *, cells: bool) -> Iterator[Text]:
    """Yield the cells of the tables, or else what is printed by itself: titles, paragraphs, captions."""
    for block in parent.body:
        if cells and isinstance(block, Table):
            yield from (cell for row in (block.header, *block.rows) for cell in row)
        elif not cells:
            yield block.text if isinstance(block, Paragraph) else block.caption or Text()
    for item in parent.items:
        if not cells and item.title:
            yield item.title
        yield from _texts(item, cells=cells)


def read_waivers(records: tuple[WaiverKeys, ...]) -> tuple[Waiver, ...]:
    """Return the waivers that are complete."""
    return tuple(
        Waiver(str(r.code), str(r.quote), str(r.reason), r.span) for r in records if r.code and r.quote and r.reason
    )


def paragraphs(scalar: Scalar) -> Iterator[Paragraph]:
    """Yield the paragraphs of a 正文: a blank line ends one, other line ends are joined as Chinese text is.

    Blanks around a line, typed first-line indents among them, are layout and not text.
    """
    parts: list[Text] = []
    for line in (*scalar.lines, Text()):
        stripped = line.strip()
        if stripped:
            if parts:
                parts.append(Text.made(join_lines(str(parts[-1]), str(stripped))))
            parts.append(stripped)
        elif parts:
            yield Paragraph(Text.join(parts))
            parts = []


def files_named(draft: Draft) -> tuple[Text, ...]:
    """Return the names of the pictures and CSV files a draft asks for."""
    return tuple(block.file for block in _blocks_of(draft) if not isinstance(block, Paragraph) and block.file)


def _blocks_of(parent: Draft | Item) -> Iterator[Block]:
    """Yield the blocks of a draft or item and of all items below it."""
    yield from parent.body
    for item in parent.items:
        yield from _blocks_of(item)


def with_files(draft: Draft, files: Mapping[str, bytes], problems: Problems, folder: str = "") -> Draft:
    """Return the draft with its pictures and CSV tables read; a file that is not among `files` is left out.

    `files` go by the names that were typed; findings put `folder` before them.
    """
    return rewrite(draft, lambda text: text, _Reader(files, problems, folder).load) if files else draft


class _Reader:
    """Reads the pictures and CSV tables of a draft: each picture once, and no more cells than a draft may have."""

    def __init__(self, files: Mapping[str, bytes], problems: Problems, folder: str) -> None:
        self.files, self.problems, self.folder = files, problems, folder
        self.images: dict[str, Image | None] = {}
        self.cells = 0

    def load(self, block: Block) -> Block:
        if not isinstance(block, Picture | Table) or not block.file or str(block.file) not in self.files:
            return block
        name, span = str(block.file), block.file.span() or block.span
        if isinstance(block, Picture):
            if name not in self.images:
                self.images[name] = read_image(self.files[name], span, self.problems)
            return block._replace(image=self.images[name])
        return self._table(block, name, span) if self.cells <= MAX_CELLS else block

    def _table(self, table: Table, name: str, span: Span) -> Table:
        header, *rows = read_csv(self.files[name], f"{self.folder}{name}", self.problems) or ((),)
        self.cells += sum(map(len, (header, *rows)))
        if self.cells > MAX_CELLS:
            message = f"从文件读的表格到这里超过{MAX_CELLS}格，从这一张起都没有读。"
            self.problems.append(Diagnostic(TOO_LARGE, span, message, "请核对文件对不对；太长的表请另作附件。"))
            return table
        fits = check_shape(header, tuple(rows), span, self.problems, is_csv=True)
        return table._replace(header=header, rows=tuple(rows)) if fits else table


def rewrite(draft: Draft, on_text: Callable[[Text], Text], on_block: Callable[[Block], Block]) -> Draft:
    """Return the draft with every block, then every printed text in it, replaced by what the functions return."""

    def block(old: Block) -> Block:
        new = on_block(old)
        if isinstance(new, Paragraph):
            return Paragraph(on_text(new.text))
        caption = on_text(new.caption) if new.caption else None
        if isinstance(new, Picture):
            return new._replace(caption=caption, description=on_text(new.description))
        header = tuple(on_text(cell) for cell in new.header)
        return new._replace(caption=caption, header=header, rows=tuple(tuple(map(on_text, row)) for row in new.rows))

    def item(old: Item) -> Item:
        title = on_text(old.title) if old.title else None
        return old._replace(title=title, body=tuple(map(block, old.body)), items=tuple(map(item, old.items)))

    return draft._replace(body=tuple(map(block, draft.body)), items=tuple(map(item, draft.items)))


def _content(record: ContentKeys, problems: Problems) -> tuple[tuple[Block, ...], tuple[Item, ...]]:
    body = tuple(_blocks(record.body, problems)) if record.body else ()
    problems.extend(swallowed.entries(record))
    return body, tuple(_item(item, problems) for item in record.items or ())


def _blocks(node: Node, problems: Problems) -> Iterator[Block]:
    if isinstance(node, Scalar):
        yield from _text(node, problems)
    elif isinstance(node, Sequence):
        for part in node.items:
            yield from _text(part, problems) if isinstance(part, Scalar) else _block(part, problems)
    else:
        first = str(node.entries[0].key) if node.entries else ""
        hint = "文字请写成“正文: |”，从下一行起缩进；表格、图片前面要加“- ”。"
        if first in BlockKeys.fields():
            line = f"{' ' * (node.span.column - 1)}- {first}:"
            hint = f"请把这一行写成“{line}”，“{first}”下面的各行前面也都再加两格。"
        problems.append(wrong(node, "“正文”应是文字，或由文字、表格、图片组成的列表。", hint))


def _text(scalar: Scalar, problems: Problems) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text; of one that was never written nothing but the finding that it was not."""
    written = tuple(paragraphs(scalar))
    if len(written) == 1 and _HINT.fullmatch(str(written[0].text)):
        hint = "请把【】和里面的话换成正文；这一条用不着，就整条删去。"
        place = written[0].text.span() or scalar.span
        problems.append(Diagnostic(BLANK, place, "正文还没有填。", hint))
        return
    yield from written


def _block(node: Node, problems: Problems) -> Iterator[Block]:
    if isinstance(node, Entries) and not any(closest(str(entry.key), BlockKeys.fields()) for entry in node.entries):
        hint = "文字请给整段加上半角双引号，或改用全角冒号；表格、图片请写成“- 表格:”“- 图片:”。"
        problems.append(wrong(node, "这一段里有半角冒号，没有加引号。", hint))
        return
    record = BlockKeys(node, problems)
    if sum(record.value_of(field) is not None for field in BlockKeys.fields().values()) > 1:
        message = f"一个“- ”下面只能写一个“{'”或“'.join(BlockKeys.fields())}”。"
        problems.append(wrong(node, message, "请各写一个“- ”，顺序就是印出的顺序。"))
    if record.table:
        yield from _table(record.table, problems)
    if record.picture:
        yield from _picture(record.picture)


def _picture(record: PictureKeys) -> Iterator[Picture]:
    if record.file and record.description:
        yield Picture(record.file, record.caption, record.description, record.span)


def _table(record: TableKeys, problems: Problems) -> Iterator[Table]:
    table = Table(record.caption, record.header or (), record.rows or (), record.file, record.span)
    has_file = not record.lacks(TableKeys.file)
    has_cells = not (record.lacks(TableKeys.header) and record.lacks(TableKeys.rows))
    if has_file == has_cells:
        message = "表格写了“文件”，又写了“表头”或“行”。" if has_file else "表格里没有“表头”和“行”，也没有“文件”。"
        problems.append(
            Diagnostic(MISTYPED, record.span, message, "“表头”和“行”是一种写法，“文件”是另一种，请用一种。")
        )
    elif check_shape(table.header, table.rows, record.span, problems):
        yield table


def _item(record: ItemKeys, problems: Problems) -> Item:
    body, items = _content(record, problems)
    if record.is_mapping and record.lacks(ItemKeys.title) and record.lacks(ItemKeys.body):
        message = "这一条既没有“标题”也没有“正文”。"
        problems.append(Diagnostic(HOLLOW, record.span, message, "请至少填一样；用不着就整条删去。"))
    style = NumberingStyle(str(record.numbering)) if record.numbering else None
    return Item(record.title, body, items, record.span, record.place, style, record.run_in)
