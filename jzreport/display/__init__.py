"""Findings for people and programs."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.display.listing import MAX_PER_FILE, Lines, as_argument, as_line, safe, summary, terminal
from jzreport.display.outcome import Outcome, text

__all__ = [
    "MACHINE_FORMS",
    "MAX_PER_FILE",
    "Lines",
    "Outcome",
    "as_argument",
    "as_line",
    "in_form",
    "safe",
    "summary",
    "terminal",
    "text",
]

MACHINE_FORMS = ("json", "github", "sarif")


def in_form(form: str, outcome: Outcome) -> Iterator[str]:
    """Yield the findings in one of the forms for programs."""
    from jzreport.display import machine  # only a program asks for it

    return {"json": machine.as_json, "github": machine.as_github, "sarif": machine.as_sarif}[form](outcome)
