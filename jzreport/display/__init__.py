"""Findings for people and programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from jzreport.diagnostics import Diagnostic
from jzreport.display.listing import MAX_PER_FILE, Lines, safe, summary, terminal

__all__ = ["FORMS", "MAX_PER_FILE", "Lines", "safe", "summary", "terminal"]

Form = Callable[[Sequence[Diagnostic], Lines], Iterator[str]]

FORMS: Mapping[str, Form] = {"text": terminal}
