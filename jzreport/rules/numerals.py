"""W: numbers, dates and ordinals as they are written (GB/T 15835-2011)."""

from __future__ import annotations

from jzreport.rules.base import CheckingRule

RULES: tuple[CheckingRule, ...] = ()
