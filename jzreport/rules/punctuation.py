"""W: marks, brackets, quotes and blanks (GB/T 15834-2011, GB/T 9704-2012)."""

from __future__ import annotations

from jzreport.rules.base import CheckingRule

RULES: tuple[CheckingRule, ...] = ()
