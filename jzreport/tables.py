"""Tables (表格) as typed: whether all rows have as many cells as the header, and what to do about one that has not."""

from __future__ import annotations

import re
from itertools import pairwise

from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.fields import Problems
from jzreport.text import Text

RAGGED = Rule("S09", "表格不整齐")

_MAX_COLUMNS = 20


def check_shape(header: tuple[Text, ...], rows: tuple[tuple[Text, ...], ...], span: Span, problems: Problems) -> bool:
    """Return whether all rows have as many cells as the header and a page can hold them."""
    width = len(header) or len(rows[0] if rows else ())
    if width > _MAX_COLUMNS:
        problems.append(
            Diagnostic(RAGGED, span, f"表格有{width}列，纸上排不下。", f"最多{_MAX_COLUMNS}列，请拆成几张表。")
        )
        return False
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            is_header = len(header) == 1 and bool(re.search("[，、]", str(header[0]))) and len(row) > 1
            message = f"表格第{number}行有{len(row)}格，应有{width}格。"
            if is_header:
                message = f"表头只有一格，下面的行有{len(row)}格。"
            place, hint = _ragged(header if is_header else row, extra=0 if is_header else len(row) - width)
            problems.append(Diagnostic(RAGGED, place or span, message, hint))
            return False
    return True


def _ragged(row: tuple[Text, ...], *, extra: int) -> tuple[Span | None, str]:
    """Return the cell that is likely to be wrong and what to do about it."""
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
    return first, '空着的格子请写成“""”。'


def _is_torn(before: str, behind: str) -> bool:
    """Whether two cells are the halves of a number with a comma in it."""
    return bool(re.fullmatch(r"\d{1,3}", before) and re.match(r"\d{3}(?!\d)", behind))
