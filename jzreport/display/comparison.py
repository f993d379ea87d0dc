"""The figures of two years, for people, spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jzreport.comparison import Change, Pair, Stated
from jzreport.diagnostics import Span
from jzreport.display.columns import aligned
from jzreport.display.in_json import in_json
from jzreport.display.listing import safe
from jzreport.figures import plain

Years = tuple[str, str]
Pairs = tuple[Pair, ...]

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # what a spreadsheet takes for the beginning of one
_BOM = "\ufeff"  # without it Excel takes UTF-8 for the system's own encoding


def as_text(pairs: Pairs, years: Years) -> Iterator[str]:
    """Yield the table for a terminal, then how many figures are new, vanished or not comparable."""
    if not pairs:
        yield "两年都没有写“指标”。"
        return
    rows = [("指标", *(f"{year}年" for year in years), "变化", "填报单位", "位置")]
    rows += [(pair.name, *_values(pair), _told(pair), *_source(pair)) for pair in pairs]
    yield from aligned(rows, (1, 2))
    counts = (f"{change.value} {n} 个" for change in Change if change.value and (n := _count(pairs, change)))
    told = "，".join((f"可以比较 {_count(pairs, Change.COMPARED)} 个", *counts))
    yield f"共 {len(pairs)} 个指标：{told}。"


def as_csv(pairs: Pairs, years: Years) -> Iterator[str]:
    """Yield the lines of a CSV file that Excel opens as it is; no cell of it is taken for a formula."""
    head = ("指标", *(f"{year}年" for year in years), "变化")
    numbers = (f"{year}年的{what}" for year in years for what in ("数", "单位"))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow((*head, *numbers, "填报单位", "位置"))
    for pair in pairs:
        parts = (*_parts(pair.before), *_parts(pair.after))
        cells = (pair.name, *_values(pair), _told(pair), *parts, *_source(pair))
        writer.writerow(map(_harmless, map(safe, cells)))
    yield from (_BOM + stream.getvalue()).removesuffix("\n").split("\n")


def as_json(pairs: Pairs, years: Years) -> Iterator[str]:
    """Yield one JSON document; numbers are strings, so that none of their digits is lost."""
    figures = [
        {
            "name": pair.name,
            "before": _json_stated(pair.before),
            "after": _json_stated(pair.after),
            "change": pair.told or None,
            "state": pair.change.name.lower(),
            "状态": pair.change.value,
        }
        for pair in pairs
    ]
    yield in_json({"version": 1, "years": [int(y) for y in years], "figures": figures})


FORMS: Mapping[str, Callable[[Pairs, Years], Iterator[str]]] = {"text": as_text, "csv": as_csv, "json": as_json}


def _values(pair: Pair) -> tuple[str, str]:
    return _value(pair.before), _value(pair.after)


def _value(stated: Stated | None) -> str:
    return "" if stated is None else str(stated.figure.value) or "（未填）"


def _number(stated: Stated | None) -> str:
    return plain(stated.figure.value.number) if stated and stated.figure.is_readable else ""


def _parts(stated: Stated | None) -> tuple[str, str]:
    return _number(stated), stated.figure.value.unit if stated else ""


def _told(pair: Pair) -> str:
    return pair.told or pair.change.value


def _source(pair: Pair) -> tuple[str, str]:
    return pair.latest.department, _place(pair.latest.figure.span)


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _count(pairs: Pairs, change: Change) -> int:
    return sum(pair.change is change for pair in pairs)


def _json_stated(stated: Stated | None) -> dict[str, Any] | None:
    if stated is None:
        return None
    figure = stated.figure
    return {
        "value": str(figure.value) or None,
        "number": _number(stated) or None,
        "unit": figure.value.unit,
        "department": stated.department,
        "file": figure.span.file,
        "line": figure.span.line,
    }
