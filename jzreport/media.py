"""Pictures and CSV files that drafts name: bytes to checked data."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import NamedTuple

from jzreport.chinese import joined
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.encoding import NOT_TEXT, Source, decode
from jzreport.fields import Problems
from jzreport.text import Text

UNUSABLE = Rule("S10", "图片或表格文件不能用")

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_MARKER = rb"(?s)\xff+(?P<code>[^\xff])"  # with its fill bytes, however many
# JPEG markers that start a frame and so tell its size (ITU-T T.81 table B.1); C4, C8 and CC are none.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MAX_PIXELS = 20_000
_MAX_ROWS = 2_000  # of a CSV file: some eighty pages
_EXCEL = (".xls", ".xlsx", ".et")
_FAMILIES = ((".png", ".jpg", ".jpeg"), (".csv", *_EXCEL))  # of files: one may be named for another
_AS_CSV = "请在 Excel 或 WPS 里另存为 CSV，再写 CSV 的文件名。"


class Image(NamedTuple):
    """A PNG or JPEG file; width and height in pixels."""

    data: bytes
    extension: str
    width: int
    height: int


def read_image(data: bytes, span: Span, problems: Problems) -> Image | None:
    """Return the picture; a finding at `span`, where its file is named, when it is none that Word can show."""
    extension, size = ("png", _png_size(data)) if data.startswith(_PNG) else ("jpeg", _jpeg_size(data))
    if size is None:
        problems.append(
            Diagnostic(UNUSABLE, span, "这个文件不是完好的 PNG 或 JPEG 图片。", "请用画图程序另存为 PNG 后再用。")
        )
        return None
    width, height = size
    if not (0 < width <= _MAX_PIXELS and 0 < height <= _MAX_PIXELS):
        message = f"图片大小是{width}×{height}像素，不能用。"
        problems.append(Diagnostic(UNUSABLE, span, message, f"宽和高请在1到{_MAX_PIXELS}像素之间。"))
        return None
    return Image(data, extension, width, height)


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR" or b"IEND" not in data[-16:]:
        return None
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(_JPEG) or b"\xff\xd9" not in data[-64:]:
        return None
    next_marker = re.compile(_MARKER).match
    position = 2
    while (marker := next_marker(data, position)) and marker.end() + 7 <= len(data):
        position = marker.end()
        if marker["code"][0] in _FRAMES:  # behind length and precision stand height and width
            return int.from_bytes(data[position + 5 : position + 7]), int.from_bytes(data[position + 3 : position + 5])
        position += int.from_bytes(data[position : position + 2])
    return None


def read_csv(data: bytes, file: str, problems: Problems) -> tuple[tuple[Text, ...], ...] | None:
    """Return the rows of a CSV file, each cell with its line; blank rows are dropped."""
    import csv  # few reports read a table from a file

    source = decode(data, file, problems)
    if source is None:
        if problems[-1].rule is NOT_TEXT:  # a workbook: what is told of drafts is not for it
            hint = "图片请写在“- 图片:”下面。" if data.startswith((_PNG, _JPEG)) else _AS_CSV
            problems[-1] = problems[-1]._replace(hint=hint)
        return None
    reader = csv.reader(io.StringIO(source.text), strict=True)
    rows: list[tuple[Text, ...]] = []
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(tuple(_cell(cell, source, line) for cell in row))
            line = reader.line_num + 1
            if len(rows) > _MAX_ROWS:
                break
    except csv.Error:
        span = Span.on_line(file, line, 1, 1)
        problems.append(
            Diagnostic(UNUSABLE, span, "从这里起读不下去，多半是引号没有成对。", "请用 Excel 或 WPS 重新另存为 CSV。")
        )
        return None
    if message := _misread(rows):
        problems.append(Diagnostic(UNUSABLE, Span(file), message, "请用 Excel 或 WPS 打开核对，另存为 CSV。"))
        return None
    if not rows:
        problems.append(Diagnostic(UNUSABLE, Span(file), "表格文件是空的。", "请填好，或改用“表头”和“行”。"))
        return None
    return tuple(rows)


def _misread(rows: list[tuple[Text, ...]]) -> str:
    """Return what shows that the file is no table a report can hold, nothing when it may be one."""
    if len(rows) > _MAX_ROWS:
        return f"表格超过{_MAX_ROWS}行，纸上排不下。"
    if rows and len(rows[0]) == 1 and re.search("[，；;\t]", str(rows[0][0])):
        return "各格之间不是半角逗号，读成了一整列。"
    if rows and sum(not cell for cell in rows[0]) * 2 > len(rows[0]):
        return "第一行应是表头，这里大半是空的。"
    return ""


def _cell(cell: str, source: Source, line: int) -> Text:
    """Return a cell's text; line ends inside a cell are joined as those of a paragraph are."""
    width = max(len(source.lines[line - 1]), 1)
    return Text.standing_for(joined(cell.split("\n")), Span.on_line(source.file, line, 1, width))


def remedy(name: str, there: Iterable[str]) -> str:
    """Return what to do about a file that is not `there`, nothing when none of those is like it.

    It may be written in another case, lie in another folder or be of another kind.
    """
    ranked = sorted((rank, other) for other in there if (rank := _likeness(name.casefold(), other.casefold())))
    if not ranked:
        return ""
    found = ranked[0][1]
    return f"“{found}”是 Excel 文件，{_AS_CSV}" if found.casefold().endswith(_EXCEL) else f"是不是“{found}”？"


def _likeness(name: str, other: str) -> int:
    """Return how well another file's name answers to one that was typed: 1 is best, 0 not at all."""
    (folder, _, file), (its_folder, _, its_file) = name.rpartition("/"), other.rpartition("/")
    (stem, _, end), (its_stem, _, its_end) = file.rpartition("."), its_file.rpartition(".")
    if file == its_file:
        return 1 if folder == its_folder else 2
    is_like = any(f".{end}" in family and f".{its_end}" in family for family in _FAMILIES)
    is_bare = file == its_stem and any(f".{its_end}" in family for family in _FAMILIES)
    if not is_bare and not (is_like and stem == its_stem):
        return 0
    return 3 if folder == its_folder else 4
