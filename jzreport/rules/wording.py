"""W: words: the office's list, and the fixed forms no list can hold."""

from __future__ import annotations

from jzreport.rules.base import CheckingRule

RULES: tuple[CheckingRule, ...] = ()
