"""Entries inside the text of a 正文, put there by wrong indentation and so lost; and files that are nothing but text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence as Several
from typing import NamedTuple

from jzreport.chinese import closest
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.encoding import TOO_LARGE
from jzreport.keys import IN_BODY, BlockKeys, ContentKeys, DraftKeys, ItemKeys, ReportKeys
from jzreport.nodes import Node, Scalar, Sequence
from jzreport.text import Text

SWALLOWED = Rule("R16", "正文里混进了另一项")
PASTED = Rule("R17", "直接粘贴的文字")

_ENTRY = r"\s*(?P<dash>- *)?(?P<key>\w{1,6}) *(?P<colon>[:：])\s*(?P<rest>.*)"
# What only wrong indentation puts at the beginning of a line. (“备注: ……”, “其中: ……” may be text.)
_OPENING = {ContentKeys.items.key, DraftKeys.figures.key, DraftKeys.waivers.key, *BlockKeys.fields()}
_ALONE = {ContentKeys.body.key, ItemKeys.title.key, *DraftKeys.fields()} - _OPENING

# What begins a line that was meant for an entry, whatever stands before the name and however it is parted from the rest.
_NAMED = r"\W*(?P<key>\w{1,8})(?:[^\w\s:：]{0,2}\s*(?P<colon>[:：﹕∶;；=＝])|(?=\s|$))"


def pasted(file: str, root: Node | None, lines: Several[str], problems: Several[Diagnostic]) -> list[Diagnostic] | None:
    """Return what to tell of a file that is text through and through, None when it is not; `problems` are its own.

    Each line of text shows a slip to who takes it for an entry, and to mend those leads astray; what is wrong with its
    characters stays.
    """
    is_text = root is None or isinstance(root, Scalar)
    is_list = isinstance(root, Sequence) and all(isinstance(item, Scalar) for item in root.items)
    first = next((n for n, line in enumerate(lines) if re.search("[\u4e00-\u9fff]{2}", line) and line[:1] != "#"), -1)
    if not (is_text or is_list) or first < 0 or any(problem.rule is TOO_LARGE for problem in problems):
        return None
    if any(map(_may_be_entry, lines)):
        return None
    from jzreport.blame import BROKEN  # a good draft needs neither their patterns nor the YAML library
    from jzreport.source import DUPLICATE_KEY, FOLDED, UNSUPPORTED

    kept = [p for p in problems if p.rule not in (BROKEN, DUPLICATE_KEY, FOLDED, UNSUPPORTED)]
    span = Span.on_line(file, first + 1, 1, len(lines[first]))
    return [*kept, Diagnostic(PASTED, span, "这像是直接粘贴的文字，前面少了三行。", _THREE_LINES)]


_THREE_LINES = "请在最前面加上“章节: ……”“填报单位: ……”“正文: |”三行，下面每行前面空两格，段与段之间空一行。"


def _may_be_entry(line: str) -> bool:
    """Whether a line begins with a key of a draft or of report.yaml, a draft's own misspelt ones included."""
    match = re.match(_NAMED, line)
    if not match:
        return False
    key, own, drafts = match["key"], ItemKeys.fields(), DraftKeys.fields()
    if key in own or key in drafts or not match["colon"]:
        return key in own or key in drafts
    return key in ReportKeys.fields() or any(key in f.called for f in drafts.values()) or bool(closest(key, drafts))


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
        return _moved(part.span.column - 3, listed) if isinstance(record.body, Sequence) else IN_BODY[entry.key]
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
