"""Findings for people and programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from jzreport.display.listing import MAX_PER_FILE, Lines, safe, summary, terminal
from jzreport.display.machine import as_github, as_json, as_sarif
from jzreport.display.outcome import Outcome, text
from jzreport.display.sheets import Sheet, sheets

__all__ = [
    "MACHINE_FORMS",
    "MAX_PER_FILE",
    "Lines",
    "Outcome",
    "Sheet",
    "safe",
    "sheets",
    "summary",
    "terminal",
    "text",
]

MACHINE_FORMS: Mapping[str, Callable[[Outcome], Iterator[str]]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
