"""Tables (表格) as typed: whether all rows have as many cells as the header, and what to do about one that has not."""

from __future__ import annotations

import re
from itertools import pairwise

from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.fields import Problems
from jzreport.text import Text

RAGGED = Rule("S09", "表格不整齐")

_MAX_COLUMNS = 20
_MAX_TOLD = 10  # rows of one table
_MAX_SHOWN = 60  # characters of a row that is shown
_IN_CSV = "请用 Excel 或 WPS 打开，核对这一行，另存为 CSV。"


def check_shape(
    header: tuple[Text, ...],
    rows: tuple[tuple[Text, ...], ...],
    span: Span,
    problems: Problems,
    *,
    is_csv: bool = False,
) -> bool:
    """Return whether all rows have as many cells as the header and a page can hold them; `is_csv`: they were no YAML."""
    width = len(header) or len(rows[0] if rows else ())
    if width > _MAX_COLUMNS:
        problems.append(
            Diagnostic(RAGGED, span, f"表格有{width}列，纸上排不下。", f"最多{_MAX_COLUMNS}列，请拆成几张表。")
        )
        return False
    uneven = [(number, row) for number, row in enumerate(rows, 1) if len(row) != width]
    if uneven and len(header) == 1 and len(uneven[0][1]) > 1 and re.search("[，、]", str(header[0])):
        message = f"表头只有一格，下面的行有{len(uneven[0][1])}格。"
        place, hint = _ragged(header, 0)
        problems.append(Diagnostic(RAGGED, place or span, message, hint))
        return False
    for number, row in uneven[:_MAX_TOLD]:
        place, hint = _ragged(row, len(row) - width)
        hint = hint or (_IN_CSV if is_csv else _other_width(row, len(row) - width))
        message = f"表格第{number}行有{len(row)}格，应有{width}格。"
        problems.append(Diagnostic(RAGGED, place or span, message, hint))
    return not uneven


def _ragged(row: tuple[Text, ...], extra: int) -> tuple[Span | None, str]:
    """Return the cell that is likely to be wrong and what to do about it, nothing when it shows no slip.

    `extra` is how many cells are too many.
    """
    first = next((span for cell in row if (span := cell.span())), None)
    torn = next((n for n, (a, b) in enumerate(pairwise(row)) if _is_torn(str(a), str(b))), -1) if extra > 0 else -1
    if torn >= 0:
        parts = [str(cell) for cell in row[: torn + extra + 1]]
        end = next(n for n in range(torn + 1, len(parts)) if n + 1 == len(parts) or not _is_torn(*parts[n : n + 2]))
        whole = '"' + ",".join(parts[torn : end + 1]) + '"'
        message = f"数字里的逗号把它分成了{end - torn + 1}格：请删去这个逗号，或加上半角双引号，写成“{whole}”。"
        return row[torn].span(), message
    if extra <= 0 and any(re.search("[，、]", re.sub("（[^（）]*）", "", str(cell))) for cell in row):
        return first, "各格之间请用半角逗号“,”。"
    return first, ""


def _other_width(row: tuple[Text, ...], extra: int) -> str:
    """Return what to do about a row that shows no slip: of one that is short, the row with empty cells at its end."""
    if extra > 0:
        return "请删去多写的格子；一格里有半角逗号的，请给这一格加上半角双引号。"
    cells = [_as_cell(cell) for cell in (*row, *[Text()] * -extra)]
    whole = f"[{', '.join(cells)}]"
    if len(whole) > _MAX_SHOWN:
        return '空着的格子请写成“""”。'
    return f'若空着的是末尾，请写成“{whole}”；空着的在别处，就在那里写“""”。'


def _as_cell(cell: Text) -> str:
    """Return a cell as it must be typed within brackets."""
    text = str(cell)
    if text and not re.search(r"[][{},\"'#]|: |:$|^[-?:&*!|>%@`]", text):
        return text
    return "'" + text.replace("'", "''") + "'" if '"' in text else f'"{text}"'


def _is_torn(before: str, behind: str) -> bool:
    """Whether two cells are the halves of a number with a comma in it."""
    return bool(re.fullmatch(r"\d{1,3}", before) and re.match(r"\d{3}(?!\d)", behind))
