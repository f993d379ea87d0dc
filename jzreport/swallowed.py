"""Entries that wrong indentation has put inside the text of a 正文: they would be printed, and what they say is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jzreport.diagnostics import Diagnostic, Rule
from jzreport.keys import BlockKeys, ContentKeys, DraftKeys, ItemKeys
from jzreport.nodes import Scalar, Sequence
from jzreport.text import Text

SWALLOWED = Rule("R16", "正文里混进了另一项")

_ENTRY = r"\s*(?P<dash>- *)?(?P<key>\w{1,6}) *(?P<colon>[:：])\s*(?P<rest>.*)"
# What only wrong indentation puts at the beginning of a line. (“备注: ……”, “其中: ……” may be text.)
_OPENING = {ContentKeys.items.key, DraftKeys.figures.key, DraftKeys.waivers.key, *BlockKeys.fields()}
_ALONE = {ContentKeys.body.key, ItemKeys.title.key, *DraftKeys.fields()} - _OPENING


class _Entry(NamedTuple):
    """A line that is an entry by its looks."""

    line: Text  # without the blanks around it
    key: str
    is_listed: bool  # a dash stands before it
    column: int


def entries(record: ContentKeys) -> Iterator[Diagnostic]:
    """Yield the entries that the text of a record's 正文 has swallowed, without those below them."""
    parts = record.body.items if isinstance(record.body, Sequence) else (record.body,)
    for part in parts:
        if isinstance(part, Scalar) and part.span.line != part.span.end_line:
            for entry in _outermost(part):
                yield _told(entry, record, part)


def _outermost(text: Scalar) -> Iterator[_Entry]:
    """Yield the entries that do not stand below another: “条目:” may have its dashes in its own column."""
    last: _Entry | None = None
    for line in text.lines:
        entry = _entry(line)
        if entry and (
            last is None
            or entry.column < last.column
            or (entry.column == last.column and not (entry.is_listed and not last.is_listed and last.key in _OPENING))
        ):
            last = entry
            yield entry


def _entry(line: Text) -> _Entry | None:
    match = re.match(_ENTRY, str(line)) if ":" in str(line) or "：" in str(line) else None
    if not match:
        return None
    key, rest, is_listed = match["key"], match["rest"].strip(), bool(match["dash"])
    is_half = match["colon"] == ":"
    is_sure = (
        (key in _OPENING and not rest)
        or (key in _ALONE and (is_half or is_listed or rest == "|"))
        or (key in ItemKeys.fields() and is_listed and is_half)
    )
    return _Entry(line.strip(), key, is_listed, str(line).index(str(line).strip()[0])) if is_sure else None


def _told(entry: _Entry, record: ContentKeys, part: Scalar) -> Diagnostic:
    from jzreport.slips import shaped, shown  # a good draft never needs its patterns

    message = f"“{shown(str(entry.line))}”混进了正文，会当成文字印出来。"
    hint = _remedy(entry, shown(shaped(str(entry.line))), record, part)
    return Diagnostic(SWALLOWED, entry.line.span() or part.span, message, hint)


def _remedy(entry: _Entry, typed: str, record: ContentKeys, part: Scalar) -> str:
    """Return where the entry belongs."""
    if entry.key in BlockKeys.fields():
        listed = typed if entry.is_listed else f"- {typed}"
        return _moved(part.span.column - 3, listed) if isinstance(record.body, Sequence) else _AMONG_TEXT
    if entry.key not in ItemKeys.fields():
        return _moved(0, typed)
    if entry.is_listed and isinstance(record, ItemKeys):
        return _moved(record.span.column - 3, typed)
    if entry.is_listed:
        return f"请在行首另起一行“条目:”，下一行写“  {typed}”（前面2个空格），它下面的各行一起移。"
    if entry.key == ContentKeys.items.key:
        return _moved(record.place_of(ContentKeys.body).column - 1, typed)
    return f"若是新的一条，请写成“- {typed}”，与上一条的“-”对齐；否则请与它所属那一条的其他各项对齐。"


def _moved(blanks: int, typed: str) -> str:
    if blanks <= 0:
        return f"请移到行首：“{typed}”，它下面的各行一起移。"
    return f"请移到左边，写成“{' ' * blanks}{typed}”（前面{blanks}个空格），它下面的各行一起移。"


_AMONG_TEXT = (
    "正文里夹放表格、图片时，“正文:”后面不写“|”；从下一行起，每段文字前面写“- ”，表格写成“- 表格:”，图片写成“- 图片:”。"
)
